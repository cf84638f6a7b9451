"""The questions that only a quotation request asks: secrecy, yearly volume, size, wall, requirements, pattern, use, place, notes."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.form.answers import Answer, Reading, line
from actions.form.contact import find_person, is_company, looks_like_person
from actions.form.kept import tells
from actions.form.lots import deliveries
from actions.form.own_wishes import kept_back
from actions.form.pieces import Piece, about, asked_in, joined, pieces, rest
from actions.form.place import place_in, place_told
from actions.form.question import Question
from actions.form.text import MAX_TEXT, asks_something, denied, free_text, only_values, says_nothing
from actions.form.told import how_to_answer, ruled_out, wants_answer
from actions.form.typed import SizeAnswer, sides
from actions.form.words import closes, find, near, opens, pattern, without_lead
from actions.turns.reading import Entity
from actions.turns.shapes import Shape
from actions.turns.turn import Turn
from actions.turns.unknown import has_nothing
from actions.turns.words import blanked, words
from actions.turns.yes import merely_consents, only_agrees

#: A firm has no more words where it is asked for.
_FIRM_WORDS = 3
#: Uses that say in which environment a part works, as against what it is.
ENVIRONMENTS = (
    "seawater", "drinking_water", "food", "acid", "heat", "pressure_equipment", "lifting", "aviation", "class_approval",
)  # fmt: skip
#: What a message asks of quality, found as a figure or code.
_REQUIRED = ("tolerance", "certificate", "pressure", "allowance")
#: A message of so many words that agrees or thanks says nothing else.
BARE = 3
#: «No, it isn't» has so many words.
_IS_NOT = 6
#: Behind a no so many words tell something of their own.
_MORE = 4
#: Figures that belong to other questions than those that take words.
_FIGURES = ("weight", "quantity", "dimensions", "wall")
#: What a piece holds that tells of the parts, and no more of their pattern.
_OF_OTHERS = (*_FIGURES, "date", "week", "alloy", "email", "phone")
_GRADE = re.compile(r"\b(?:D?CTG?|GCTG)\s*-?\s*(\d{1,2})\b", re.I)


@dataclass
class RequirementsAnswer(Answer):
    """What is asked of quality; the narrowest ``tolerance`` (plus or minus, mm) and the ``grade`` (DCTG) are judged."""

    tolerance: float | None = None
    grade: int | None = None


@dataclass
class ApplicationAnswer(Answer):
    """What the part is for; ``codes`` of environments, and whether it was said already that a person decides."""

    codes: list[str] = field(default_factory=list)
    told: bool = False


def _size(turn: Turn, requested: bool) -> Reading:
    """Largest dimensions in mm."""
    # «Take 5 mm out» tells no size.
    sizes = [each for each in turn.said("dimensions") if not opens(turn.text[each["end"] :].strip(), "by_so_much")]
    sizes = [each for each in sizes if not _only_asked(turn, each) and not _denied(turn, each)]
    values = [each for entity in sizes for each in _list(entity["value"])]
    if any("words" in each for each in sizes):
        # What each figure measures stands beside it.
        words = [str(each.get("words") or turn.text[each["start"] : each["end"]]) for each in sizes]
        return SizeAnswer("; ".join(words)[:MAX_TEXT], "utter_line_size", mm=values, shape=_shape(sizes))
    if values:
        return SizeAnswer(sides(values), "utter_line_size_mm", mm=values, shape=_shape(sizes))
    others = turn.said("weight", "quantity", "alloy", "date", "week", "tolerance", "wall")
    if _asked_with(turn, "weight"):
        sized = [each for each in about(turn, "sized") if not any(map(each.holds, others))]
        return line("size", joined(turn.text, sized)) if sized else None
    elsewhere = bool(others) or deliveries(turn) is not None
    return _statement("size", turn) if requested and turn.intent != "deny" and not elsewhere else None


def _denied(turn: Turn, size: Entity) -> bool:
    """«The size isn't 3 mm»."""
    return denied(turn, size) or closes(turn.text[: int(size["start"])], "label_is_not")


def _only_asked(turn: Turn, size: Entity) -> bool:
    """«What tolerance can I expect on 200 mm?», «and on 180, for example?»: a figure of a question tells nothing of the part."""
    if turn.slot("task") != "quote_request" or not turn.slot("question"):
        return False
    piece = next((each for each in pieces(turn.text, joints=False) if each.holds(size)), None)
    asked = asked_in(turn.text, int(size["start"])) and not _asked_with(turn, "weight")
    return asked or bool(piece and find(piece.text, "for_example"))


def _shape(sizes: Sequence[Entity]) -> dict[str, Any] | None:
    """The shape that sizes tell together; None where one of them tells none."""
    told = [Shape.load(each.get("shape")) for each in sizes]
    found = told[0] if told else None
    for other in told[1:]:
        found = found.with_other(other) if found and other else None
    return found.dump() if found else None


def _asked_with(turn: Turn, question: str) -> bool:
    """Whether what was asked last asks for other answers along with its own."""
    return bool(turn.slot("question") == question)


def _list(value: Any) -> list[float]:
    return [float(each) for each in (value if isinstance(value, list) else [value])]


def _wall(turn: Turn, requested: bool) -> Reading:
    """The thinnest wall in mm."""
    named = turn.said("wall") or (turn.said("dimensions") if requested else [])
    for entity in named:
        thickness = min(_list(entity.get("low") or entity["value"]))
        return line("wall", thickness)
    if requested and turn.said("number"):
        return line("wall", float(turn.said("number")[0]["value"]))
    return None


def _yearly(turn: Turn, requested: bool) -> Reading:
    """Pieces a year, beside those of one batch."""
    for entity in turn.said("quantity"):
        if entity.get("every") == "year" and not entity.get("bad"):
            return line("yearly", int(entity["value"]))
    batches = _batches(turn.text)
    if batches:
        return line("yearly", batches, "utter_line_yearly_batches")
    if requested and turn.said("number"):
        return line("yearly", int(turn.said("number")[0]["value"]))
    return None


def _batches(text: str) -> int | None:
    """«4 ganger i året»: how many times a year."""
    for word in pattern("times_count").finditer(text):
        number = re.search(r"(\d{1,3})\s*$", text[: word.start()])
        if number and opens(text[word.end() :].lstrip(), "a_year"):
            return int(number[1])
    return None


def _requirements(turn: Turn, requested: bool) -> Reading:
    """Tolerance, machining, tests, certificate, surface: as written; the figures are judged apart."""
    told = joined(turn.text, _required_pieces(turn))
    if requested and not told and (turn.intent == "deny" or says_nothing(turn.text)) and not _GRADE.search(turn.text):
        return RequirementsAnswer("none", "utter_line_requirements_none")
    if requested and not (_says_nothing(turn) and not told):
        text = told if _of_several(turn) and told else _own_words(turn, _patterned)
        return _required(turn, text) if text and (told or not asks_something(turn)) else None
    return _required(turn, told) if told else None


def _names_firm(turn: Turn, piece: Piece) -> bool:
    """Whether a few words where the firm is asked for are its name: «Verdal Maskinering»."""
    few = len(piece.text.split()) <= _FIRM_WORDS and not find(piece.text, "not", "none_of")
    return turn.slot("question") == "name" and few and not re.search(r"\d", piece.text)


def _required_pieces(turn: Turn) -> list[Piece]:
    """The pieces that ask something of quality: by a word, or by a figure such as a tolerance."""
    figures, weights = turn.said(*_REQUIRED), turn.said("weight")
    named = [
        each
        for each in about(turn, "requirements")
        if not is_company(each.text)
        and not _names_firm(turn, each)
        and not (re.search(r"\d", each.text) and find(each.text, "weight_finished", "weight_cast"))
        # «3.2 kilo» is no certificate.
        and find(
            blanked(each.text, ((one["start"] - each.start, one["end"] - each.start) for one in weights)),
            "requirements",
        )
    ]
    return [
        each
        for each in about(turn)
        if each in named
        or (
            (any(each.holds(figure) for figure in figures) or _GRADE.search(each.text))
            and not asked_in(turn.text, each.start)
        )
    ]


def _required(turn: Turn, text: str) -> RequirementsAnswer:
    return RequirementsAnswer(text, "utter_line_requirements", tolerance=_tolerance(turn), grade=_grade(turn))


def _tolerance(turn: Turn) -> float | None:
    """The narrowest plus or minus, mm."""
    return min((float(entity["value"]) for entity in turn.said("tolerance")), default=None)


def _grade(turn: Turn) -> int | None:
    found = _GRADE.search(turn.text)
    return int(found[1]) if found else None


def _pattern(turn: Turn, requested: bool) -> Reading:
    """Whether a pattern stands somewhere, whose and in which condition."""
    told = of_pattern(turn)
    if (requested and turn.intent == "deny") or any(map(_none_of_pattern, told)):
        return line("pattern", "none", "utter_line_pattern_none")
    if told:
        asked = requested or _asked_with(turn, "notes")
        own = not requested or _of_several(turn)
        stands = asked or any(find(each.text, "pattern_stands") or _serves(each) for each in told)
        return line("pattern", joined(turn.text, told) if own else _own_words(turn)) if stands else None
    if requested and turn.intent == "affirm" and len(turn.text.split()) <= 3:
        return line("pattern", "exists", "utter_line_pattern_exists")
    return _statement("pattern", turn) if requested else None


def of_pattern(turn: Turn) -> list[Piece]:
    """The pieces about pattern equipment, with those behind that only go on: «the tooling is no. 7, and stands at yours»."""
    found: list[Piece] = []
    before: Piece | None = None
    for piece in pieces(turn.text):
        named = _patterned(piece) and not asked_in(turn.text, piece.start)
        more = without_lead(piece.text, "it")
        goes_on = bool(found) and before is found[-1] and opens(more, "pattern_stands", "lacking")
        if named or (goes_on and not any(map(piece.holds, turn.said(*_OF_OTHERS)))):
            found.append(piece)
        before = piece
    return found


def _none_of_pattern(piece: Piece) -> bool:
    """Whether a piece says that there is no pattern: «no pattern», «modell har vi ikke»."""
    return bool(near(piece.text, "no_patterns", "patterns") or near(piece.text, "patterns", "lacking", 1))


def _patterned(piece: Piece) -> bool:
    """Whether a piece is about pattern equipment; a 3D model is a drawing."""
    return (bool(find(piece.text, "patterns")) and not find(piece.text, "not_patterns")) or _serves(piece)


def _serves(piece: Piece) -> bool:
    """Whether something is told to serve as the pattern: «the old housing can be used as a template»."""
    return words("matter").says(piece.text, "template")


def _application(turn: Turn, requested: bool) -> Reading:
    """What the part is for; the environment decides what is legal and which alloy holds."""
    places = [each for each in turn.said("application") if each["value"] in ENVIRONMENTS]
    codes = list(dict.fromkeys(each["value"] for each in places))
    if requested:
        if turn.intent == "deny" or says_nothing(turn.text):
            return ApplicationAnswer("none", "utter_line_application_none")
        said = _statement("application", turn)
        return ApplicationAnswer(said.value, said.reply, codes=codes) if isinstance(said, Answer) else said
    told = [each for each in about(turn) if _says_use(turn, each)]
    if _asked_with(turn, "notes"):
        # Whoever was asked for it says more in a word than its code.
        required = _required_pieces(turn)
        told += [each for each in about(turn) if each not in (*told, *required) and any(map(each.holds, places))]
    used = joined(turn.text, sorted(told, key=lambda each: each.start))
    if used:
        return ApplicationAnswer(used, "utter_line_application", codes=codes)
    if codes:
        found = ApplicationAnswer(", ".join(codes), "utter_line_application_codes", codes=codes)
        return found.but(terms=[f"application.{code}" for code in codes])
    return None


def _says_use(turn: Turn, piece: Piece) -> bool:
    """Whether a piece says what the part is for: «used in a pump», «for a gearbox on a train»; «for a quote» does not."""
    if asked_in(turn.text, piece.start):
        return False
    opening = opens(piece.text, "used_for")
    goes_into = opening and not find(piece.text[opening.end() :], "no_thing", "not_of_part", "times")
    return bool(find(piece.text, "used") or goes_into) and not _serves(piece)


def _notes(turn: Turn, requested: bool) -> Reading:
    """Whatever else sales should know: place and terms, packing, currency, by when an answer is needed."""
    if requested and nothing_more(turn):
        stood = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("notes") or {}
        stands = _asked_with(turn, "notes") and stood.get("value")
        return Answer.load(stood) if stands else line("notes", "none", "utter_line_notes_none")
    if requested:
        return _statement("notes", turn) if tells(turn.text) else None
    place = place_in(turn)
    noted = [
        each
        for each in _noted_pieces(turn)
        if (place is None or each.end <= place.start or place.end <= each.start)
        # «Reply by mail» sets no time.
        and (how_to_answer(each.text) or not find(each.text, "offer_deadline"))
    ]
    return line("notes", joined(turn.text, noted)) if noted else None


def _place(turn: Turn, requested: bool) -> Reading:
    """Where the parts are to go, with the terms that stand before it: «DAP Hull»."""
    place = None if asks_something(turn) else place_told(turn)
    return line("place", place) if place else None


def nothing_more(turn: Turn) -> bool:
    """«No», «that's all», «yes, that's right»; «no, we fetch them in Elverum ourselves» has more to tell."""
    if only_agrees(turn.text):
        # A bare yes announces something.
        return len(turn.text.split()) > 1 or merely_consents(turn.text)
    if turn.intent != "deny" and not says_nothing(turn.text):
        return False
    more = without_lead(without_lead(turn.text, "asides"), "no_but")
    told = len(more.split()) >= _MORE and not find(more, "not", "none_of")
    return not told or has_nothing(more)


def _noted_pieces(turn: Turn) -> list[Piece]:
    """Packing, terms, by when an answer is wanted, when nothing can come; and what follows on «one more thing», unless it answers a question."""
    required, noted, announced, closed = _required_pieces(turn), [], False, ruled_out(turn)
    kept = kept_back(turn.text).values()
    said = [each for each in turn.entities if each["entity"] != "language"]
    for piece in pieces(turn.text):
        words = without_lead(piece.text, "beside_that")
        if not words:
            announced = True
            continue
        if turn.text[piece.end :].lstrip()[:1] == ":":
            # «Please note a request: ...» leads to what is told.
            announced = False
            continue
        free = piece not in required and not _patterned(piece) and not any(map(piece.holds, said))
        place = find(piece.text, "deliver_to")
        named = (
            (free and place and _names_place(piece.text[place.end() :]))
            or (free and (announced or words != piece.text))
            or find(piece.text, "noted", "how_to_answer")
            or how_to_answer(piece.text)
        )
        tells = (named and piece not in kept) or piece in closed or wants_answer(piece.text)
        # «It goes into a packaging machine» tells the use, and nothing of how it is packed.
        if tells and not asked_in(turn.text, piece.start) and not _says_use(turn, piece):
            noted.append(Piece(words, piece.end - len(words), piece.end))
        announced = False
    return noted


def _names_place(behind: str) -> bool:
    """Whether a place stands behind «delivered to», and no time and nobody in general."""
    return bool(re.match(r"\s*\w{3}", behind)) and not opens(behind.lstrip(), "to_nobody_else", "times")


def _confidential(turn: Turn, requested: bool) -> Reading:
    """Whether drawings may lie in a chat at all."""
    if find(turn.text, "open_to_all") and (requested or find(turn.text, "drawings")):
        return None if "?" in turn.text and not requested else _secrecy(False)
    found = find(turn.text, "secret")
    if found:
        secret = not find(turn.text[: found.start()], "not")
        if "?" in turn.text and not requested:
            return None
        return _secrecy(secret)
    if requested and find(turn.text, "is_not") and not asks_something(turn) and turn.reading.whole.words <= _IS_NOT:
        return _secrecy(False)
    if requested and turn.intent in ("affirm", "deny") and not turn.said("dont_know"):
        return _secrecy(turn.intent == "affirm")
    return None


def _secrecy(secret: bool) -> Answer:
    word = "affirm" if secret else "deny"
    return line("confidential", word, f"utter_line_confidential_{word}")


# ---------------------------------------------------------------- words that belong to no other question


def _says_nothing(turn: Turn) -> bool:
    """A bare word, a name, figures that belong to other questions, or noises: «ja», «Per Hansen», «90 kg», «hmm»."""
    whole = turn.reading.whole
    bare = turn.intent in ("affirm", "thanks", "goodbye") and (whole.words <= BARE or only_agrees(turn.text))
    noise = turn.intent == "nlu_fallback" and not re.search(r"[^\W\d_]{4}", turn.text)
    name = looks_like_person(turn) and not _own_words(turn)
    return bare or noise or turn.angry or only_values(turn) or _of_another(turn) or name


def _of_another(turn: Turn) -> bool:
    """«600 x 400 mm, wall 6 mm»: figures of other questions with one word beside them."""
    figures = turn.said(*_FIGURES)
    left = blanked(turn.text, ((each["start"], each["end"]) for each in figures))
    return bool(figures) and len(re.findall(r"[^\W\d_]{3,}", left)) <= 1


def _of_several(turn: Turn) -> bool:
    """Whether a message tells several things, so that only its own pieces go to a question."""
    drawn = [each for each in about(turn, "drawings") if not _patterned(each)]
    told = [
        bool(_required_pieces(turn)),
        any(map(_patterned, about(turn))),
        bool(drawn),
        bool(find_person(turn, False).full),
    ]
    return sum(told) > 1 or bool(turn.said(*_FIGURES, "email", "phone"))


def _own_words(turn: Turn, *others: Any) -> str:
    """What was written, less who writes it, figures alone and what other questions ask for."""
    person = find_person(turn, False)

    def names(piece: Piece) -> bool:
        return any(piece.start < end and start < piece.end for start, end in person.spans)

    def bare(piece: Piece) -> bool:
        return _only_figures(piece, turn.said(*_FIGURES, "email", "phone")) or not re.search(r"[^\W\d_]{2}", piece.text)

    if not person.spans and not turn.said("email", "phone") and not any(any(o(p) for o in others) for p in about(turn)):
        return free_text(turn) or ""
    return rest(turn, names, bare, *others)


def _only_figures(piece: Piece, figures: list[Entity]) -> bool:
    inside = [each for each in figures if piece.holds(each)]
    return bool(inside) and len(piece.text.split()) <= sum(len(str(each["value"]).split()) + 1 for each in inside)


def _statement(question: str, turn: Turn) -> Reading:
    if _says_nothing(turn) or turn.intent in ("greet", "stop_task", "explain") or asks_something(turn):
        return None
    if find(turn.text, "undecided"):
        return None
    others = (_patterned, _is_required(turn)) if question == "application" else ()
    text = _own_words(turn, *others)
    return line(question, text) if text else None


def _is_required(turn: Turn) -> Any:
    required = _required_pieces(turn)
    return lambda piece: piece in required


CONFIDENTIAL = Question(
    "confidential", _confidential, yes_or_no=True,
    choices=(("not_confidential", "/deny"), ("is_confidential", "/affirm")),
)  # fmt: skip
YEARLY = Question("yearly", _yearly)
SIZE = Question("size", _size, words=True, any_statement=True, choices=(("dont_know", None),))
WALL = Question("wall", _wall)
REQUIREMENTS = Question(
    "requirements", _requirements, words=True, any_statement=True, adds=True, yes_or_no=True, claims=True,
    choices=(("no_requirements", "/deny"), ("dont_know", None)),
)  # fmt: skip
PATTERN = Question(
    "pattern", _pattern, words=True, any_statement=True, adds=True, yes_or_no=True, claims=True,
    choices=(("no_pattern", "/deny"), ("has_pattern", "/affirm"), ("dont_know", None)),
)  # fmt: skip
APPLICATION = Question(
    "application",
    _application,
    words=True,
    any_statement=True,
    adds=True,
    yes_or_no=True,
    claims=True,
    choices=(("dont_know", None),),
)
NOTES = Question(
    "notes", _notes, words=True, any_statement=True, adds=True, yes_or_no=True, claims=True, keeps=("delivery",),
    choices=(("no_notes", "/deny"),), tags=("notes", "reach", "reference", "reason"),
)  # fmt: skip
PLACE = Question("place", _place, claims=True)
