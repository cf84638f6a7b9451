"""The questions of a complaint. Nothing here judges what was told."""

import re
from dataclasses import dataclass, field

from actions.form.answers import Answer, Reading, line
from actions.form.files import file_line
from actions.form.pieces import sentence_breaks
from actions.form.question import Question
from actions.form.text import MAX_TEXT, asks_something, free_text, only_values, says_nothing
from actions.form.words import numbers, pattern
from actions.production.claims import DEFECTS
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import Words, words
from bot.common.words import topic

#: A yes or no of so many words says nothing else.
FEW_WORDS = 2

#: «12 of 40», «4 av de 20», «tre av ti»: in figures or in words.
_COUNT = r"\d[\d ]*|[^\W\d_]+"
_SHARE = re.compile(
    rf"(?<![\w-])(?P<some>{_COUNT})\s*{topic('complaint.pieces')}?\s*(?:{topic('complaint.out_of')}|/)\s*"
    rf"(?:{topic('complaint.of_total')} )?(?P<of>{_COUNT})(?![\w-])", re.I
)  # fmt: skip
#: Where a sentence begins, and where something new begins in it.
_SENTENCES = re.compile(rf"{sentence_breaks('.!?;').pattern}|\s/\s")
_STARTS = re.compile(rf",\s+|\s+{topic('complaint.starts')}\s+", re.I)
#: Kinds of what can be wanted, and where one of several begins in a sentence.
_REMEDIES = ("remedy_new", "remedy_money", "remedy_repair")
_ALTERNATIVES = re.compile(r"[,;]\s+|[.!?]\s+|\s+(?=(?:or|eller|oder)\s)", re.I)
#: How far before a figure the word stands that says what came.
_CAME = 24


@dataclass
class AffectedAnswer(Answer):
    """Pieces with the fault, or ``all``; ``of`` how many, where it was said. ``counts``: how many have which fault, in words."""

    of: int | None = None
    counts: list[str] = field(default_factory=list)


@dataclass
class FoundAnswer(Answer):
    """When and where it was found, in the customer's words; ``heats`` that were named."""

    heats: list[str] = field(default_factory=list)


@dataclass
class RemedyAnswer(Answer):
    """What hurries and what is wanted, in the customer's words; ``stopped``: whether their production stands still."""

    stopped: bool | None = None


#: Kinds of faults whose words are of no other use.
SURE_DEFECTS = [each for each in DEFECTS if each not in ("other", "dimension", "analysis", "wrong_quantity")]


def names_defect(text: str) -> bool:
    """Whether a kind of fault is named in words that are of no other use."""
    return any(asks(text, f"defect_{defect}") for defect in SURE_DEFECTS)


def tells_fault(text: str) -> bool:
    """Whether something is wrong with goods that came, in whatever words: being late or unanswered is nothing of that."""
    return words("complaint").says(text, "wrong", "faulty", "not_these", "stopped", "remedy") or names_defect(text)


def denies_fault(text: str) -> bool:
    """Whether it is said that nothing is faulty, or that nothing is complained of."""
    return words("complaint").says(text, "no_fault")


def tells_defect(text: str) -> bool:
    """Whether goods are told to be faulty or others than ordered, beside what is said not to be: neither lateness nor a stop over there."""
    left = words("complaint").without(text, "no_fault")
    return words("complaint").says(left, "faulty", "not_these") or names_defect(left)


def claims_money(text: str) -> bool:
    """Whether somebody is to pay for hours, for a delay or for damage."""
    return words("complaint").says(text, "claims_money")


def read_affected(turn: Turn, requested: bool) -> Reading:
    """Pieces with the fault, and of how many where it is said."""
    share = _share(turn)
    if share:
        return AffectedAnswer(share[0], "utter_line_affected_of", of=share[1])
    if _known().says(turn.text, "each_one"):
        return AffectedAnswer("all", "utter_line_affected_all")
    every = _every(turn)
    if every:
        return AffectedAnswer(every, "utter_line_affected_of", of=every)
    bare = [each for each in turn.said("number") if "unit" not in each]
    single = [each for each in bare if _of_them(turn, each) or requested]
    counted = sorted([*turn.said("quantity"), *single], key=lambda each: int(each["start"]))
    if _measured(turn):
        counted = [each for each in counted if _of_them(turn, each)]
    pieces = [each for each in counted if not {"bad", "ask", "every"} & each.keys() and each["value"] > 0 and float(each["value"]).is_integer()]  # fmt: skip
    pieces = [each for each in pieces if not _to_come(turn, each)]
    faulty = [each for each in pieces if not _came(turn, each)]
    if len(faulty) == 1 and len(pieces) == 2:
        other = int(next(each["value"] for each in pieces if each not in faulty))
        some = int(faulty[0]["value"])
        return AffectedAnswer(some, "utter_line_affected_of", of=other) if some <= other else AffectedAnswer(some, "utter_line_affected")  # fmt: skip
    if len(faulty) == 1:
        return AffectedAnswer(int(faulty[0]["value"]), "utter_line_affected")
    if not pieces and _known().says(turn.text, "single", *(("single_short",) if requested else ())):
        return AffectedAnswer(1, "utter_line_affected")
    if requested and _known().says(turn.text, "all") and not _known().says(turn.text, "uncounted"):
        return AffectedAnswer("all", "utter_line_affected_all")
    return None


def _share(turn: Turn) -> tuple[int, int] | None:
    """So many of so many, in figures or in words; a date is none."""
    for found in _SHARE.finditer(turn.text):
        some, of = _counted(found["some"]), _counted(found["of"])
        dated = any(found.start() < each["end"] and each["start"] < found.end() for each in turn.said("date"))
        if some and of and some <= of and not dated:
            return some, of
    return None


def _counted(said: str) -> int | None:
    figures = said.replace(" ", "")
    return int(figures) if figures.isdigit() else numbers().get(said.casefold())


def _of_them(turn: Turn, entity: Entity) -> bool:
    """Whether a figure counts pieces, whatever is measured beside it: «6 are cracked», «4 av dem»."""
    return bool(re.match(rf"\s+(?:{_known().pattern('of_them')})", turn.text[entity["end"] :], re.I))


def _every(turn: Turn) -> int | None:
    """All that came, by their number: «all twelve», «alle de 12»."""
    count = "|".join(map(re.escape, sorted(numbers(), key=len, reverse=True)))
    found = re.search(
        rf"(?<!\w)(?:{_known().pattern('all_of')})\s+(?:(\d{{1,6}})|({count}))(?![\w.,]*\w)", turn.text, re.I
    )
    if found is None:
        return None
    others = [each for each in turn.entities if each["entity"] not in ("number", "quantity", "language")]
    at = found.start(1 if found[1] else 2)
    if any(each.get("start", -1) <= at < each.get("end", 0) for each in others):
        return None
    return int(found[1]) if found[1] else numbers()[found[2].casefold()]


def _only_counts(turn: Turn) -> bool:
    """Whether hardly more than a number of pieces was written: «all 12»."""
    return bool(turn.said("number", "quantity")) and only_values(turn, beside=1)


def counted_anew(turn: Turn) -> int | None:
    """The pieces that a correction counts: «no, it's 11», «bare 9 likevel». A measure counts none."""
    if _measured(turn) or _share(turn):
        return None
    for entity in (*turn.said("number"), *turn.said("quantity")):
        plain = not {"bad", "ask", "every", "unit"} & entity.keys() and float(entity["value"]).is_integer()
        if plain and _known().ends(turn.text[: entity["start"]], "counts_anew"):
            return int(entity["value"])
    return None


def measures(text: str) -> bool:
    """Whether a sentence tells a measure: «drawing says 46, I've 42». «6 are too small» counts pieces."""
    counted = re.compile(rf"\d+\s+(?:{_known().pattern('of_them')})", re.I)
    return _known().says(text, "measured") and bool(re.search(r"\d", counted.sub(" ", text)))


def _measured(turn: Turn) -> bool:
    return any(measures(each) for each in told_beside(turn))


def told_beside(turn: Turn) -> list[str]:
    """Sentences that describe the fault in figures, or say how the customer is reached and what to tell whom.

    A clause belongs to the sentence it was cut from.
    """
    text = turn.reading.text if turn.text in turn.reading.text else turn.text
    sentences = [each.strip() for each in _SENTENCES.split(text)]
    own = [each for each in sentences if each and (each in turn.text or turn.text.strip(" .!") in each)]
    return [each for each in own if _is_beside(each)]


def _is_beside(sentence: str) -> bool:
    known = _known()
    if words("orders").says(sentence, "reproach") and not known.says(sentence, "found", "remedy", "stopped"):
        # What is felt about it is told to whoever takes it up.
        return True
    return measures(sentence) or (known.says(sentence, "reached") and not known.says(sentence, "found"))


def asks_who_sees_to_it(turn: Turn) -> bool:
    """Who takes the matter up, and when somebody answers."""
    return asks_something(turn) and _known().says(turn.text, "sees_to_it")


def tells_no_place(turn: Turn) -> bool:
    """Whether every sentence tells what is wanted or pictured, and none when or where it was found."""
    known = _known()
    sentences = [each for each in _SENTENCES.split(turn.text) if each.strip()]
    return all(known.says(each, "remedy", "stopped", "photo") and not known.says(each, "found") for each in sentences)


def _no_photo() -> re.Pattern[str]:
    """A no with hardly a word before the pictures: «dont have any pics»."""
    known = _known()
    return re.compile(rf"(?<!\w)(?:{known.pattern('no')})(?: \w+){{0,2}}? (?:{known.pattern('photo')})", re.I)


def _photos_none(text: str) -> bool:
    """A no behind the pictures: «bilder har jeg ikke», «pictures we don't have»."""
    return _known().near(text, "photo", "photo_none", 0)


def asks_what_to_do(turn: Turn) -> bool:
    """«Shall I send the bad ones back or keep them?»"""
    known = _known()
    asked = [each for each in _SENTENCES.split(turn.text) if "?" in each or asks_something(turn)]
    return any(known.says(each, "keep_or_return") and not known.says(each, "photo") for each in asked)


def asks_how_soon(turn: Turn) -> bool:
    """«How soon can we have new ones?»: nobody here can say that of a complaint."""
    asks_so = asks_something(turn) or "?" in turn.text or _known().begins_near(turn.text, "how_soon", 1)
    return asks_so and _known().says(turn.text, "how_soon") and not _known().says(turn.text, "sees_to_it", "photo")


def asks_where_to_send(turn: Turn) -> bool:
    """«And the pictures, where do I send them?», «may I add some?»: they come."""
    known = _known()
    about_them = known.says(turn.text, "photo") or turn.slot("question") == "photos"
    if asks_what_to_do(turn) or asks_how_soon(turn):
        return False
    may = known.says(turn.text, "may_send") and asks_something(turn)
    return about_them and (known.says(turn.text, "send_where") or may) and known.says(turn.text, "has_photo", "adds")


def only_asks(turn: Turn) -> bool:
    """Whether a message is a question, and no wish in the shape of one: «can you send us new ones?»"""
    return asks_something(turn) and not words("change").says(turn.text, "wish")


def _came(turn: Turn, entity: Entity) -> bool:
    """Whether a figure tells how many were ordered or came."""
    before = turn.text[max(0, entity["start"] - _CAME) : entity["start"]]
    return bool(re.search(rf"(?<!\w)(?:{_known().pattern('came')})(?:\W+\w+){{0,2}}?\W*$", before, re.I))


def _to_come(turn: Turn, entity: Entity) -> bool:
    """Whether a figure tells how many are wanted instead: «send 20 right hand ones»."""
    return _known().ends(turn.text[: entity["start"]], "to_come")


def read_found(turn: Turn, requested: bool) -> Reading:
    """When and where it was found, the heat, machined or raw."""
    heats = [str(entity["value"]) for entity in turn.said("heat_no")]
    if requested:
        if turn.intent in ("affirm", "deny", "thanks") or asks_something(turn):
            return None
        share = _SHARE.fullmatch(turn.text.strip(" .!"))
        counts = (share and _share(turn)) or _only_counts(turn)
        if _told(turn, None, "remedy") and not _known().says(turn.text, "found") and not _in_work(turn.text):
            # «Send new ones, we have no time» tells what is wanted.
            return None
        text = None if counts else _without_beside(turn)
        return FoundAnswer(text, "utter_line_found", heats=heats) if text else None
    if heats and only_values(turn):
        return FoundAnswer(", ".join(heats), "utter_line_found_heat", heats=heats)
    told = _told(turn, _STARTS, "found") or _in_work(turn.text)
    if told:
        return FoundAnswer(told, "utter_line_found", heats=heats)
    return FoundAnswer(", ".join(heats), "utter_line_found_heat", heats=heats) if heats else None


def _in_work(text: str) -> str | None:
    """«when we turn them»: at which work it came to light, in the customer's words."""
    known = _known()
    found = re.search(
        rf"(?<!\w)(?:{known.pattern('while')})\s+(?:\w+\s+){{0,3}}?(?:{known.pattern('work')})(?:\s+\w+){{0,2}}",
        text,
        re.I,
    )
    return found[0] if found else None


def _without_beside(turn: Turn) -> str | None:
    """What was written, less the sentences that say no place and no time of the fault."""
    beside = told_beside(turn)
    return without(turn.text, beside) if beside else free_text(turn)


def without(text: str, sentences: list[str]) -> str | None:
    """A text less some of its sentences; None when nothing is left."""
    left = [each for each in _SENTENCES.split(text) if not any(each.strip(" .!,") in other for other in sentences)]
    return " ".join(" ".join(left).split())[:MAX_TEXT] or None


def read_photos(turn: Turn, requested: bool) -> Reading:
    """Whether pictures come."""
    known = _known()
    if known.says(turn.text, "no_photo") or _no_photo().search(turn.text) or _photos_none(turn.text):
        return line("photos", "deny", "utter_line_photos_deny")
    stated = " ".join(each for each in _SENTENCES.split(turn.text) if "?" not in each)
    if known.says(stated, "photo") and known.says(stated, "has_photo"):
        return line("photos", "affirm", "utter_line_photos_affirm", pending=True)
    if asks_where_to_send(turn):
        return line("photos", "affirm", "utter_line_photos_affirm", pending=True)
    if not requested or turn.said("number", "quantity"):
        return None
    if turn.intent == "deny" or says_nothing(turn.text):
        return line("photos", "deny", "utter_line_photos_deny")
    if turn.intent == "affirm" or known.says(turn.text, "has_photo"):
        return line("photos", "affirm", "utter_line_photos_affirm", pending=True)
    return None


def read_remedy(turn: Turn, requested: bool) -> Reading:
    """What hurries and what the customer wants: as written, promised by nobody."""
    known = _known()
    stands = known.says(turn.text, "stopped")
    if requested:
        if turn.intent == "affirm" and len(turn.text.split()) <= FEW_WORDS:
            return RemedyAnswer("stopped", "utter_line_remedy_stopped", stopped=True)
        if turn.intent == "deny" and len(turn.text.split()) <= FEW_WORDS:
            return RemedyAnswer("running", "utter_line_remedy_running", stopped=False)
        text = None if only_asks(turn) or turn.intent == "thanks" else _without_beside(turn)
        text = settled_remedy(text) if text else None
        return RemedyAnswer(text, "utter_line_remedy", stopped=stands) if text else None
    told = _told(turn, None, "remedy", "stopped", *_REMEDIES) or _more_wanted(turn)
    told = settled_remedy(told) if told else None
    return RemedyAnswer(told, "utter_line_remedy", stopped=stands or None) if told else None


def settled_remedy(text: str) -> str:
    """What is wanted after a change of mind: «a credit note maybe. No wait, new pieces» wants new pieces."""
    wanted = _decided_on(text)
    if wanted is None:
        return text
    pieces = [each.strip(" ,.") for each in _ALTERNATIVES.split(text)]
    kept = [each for each in pieces if each and not (_kinds_of(each) and wanted not in _kinds_of(each))]
    return ", ".join(each for each in kept if not pattern("or_no", "changes_mind").fullmatch(each))


def _decided_on(text: str) -> str | None:
    """The one kind that is settled on behind «no wait», where another was wanted before it."""
    found = list(pattern("or_no", "changes_mind").finditer(text))
    before, after = (text[: found[-1].start()], text[found[-1].end() :]) if found else ("", "")
    wanted = [each for each in _kinds_of(after) if not _unwanted(after, each)]
    return wanted[0] if len(wanted) == 1 and set(_kinds_of(before)) - set(wanted) else None


def remedy_instead(text: str) -> bool:
    """Whether one thing is wanted and not another: «I don't want credit, I want 6 new pieces», «new parts, no credit note»."""
    kinds = _kinds_of(text)
    return any(_unwanted(text, each) for each in kinds) and any(not _unwanted(text, each) for each in kinds)


def only_stopped(text: str) -> str:
    """Of what was wanted before, what tells how the production stands there."""
    told = [each.strip(" ,.;") for each in _SENTENCES.split(text) if words("complaint").says(each, "production")]
    pieces = [one.strip(" ,.") for each in told for one in _ALTERNATIVES.split(each) if not _kinds_of(one)]
    return ", ".join(each for each in pieces if each)


def _kinds_of(text: str) -> list[str]:
    return [each for each in _REMEDIES if _known().says(text, each)]


def _unwanted(text: str, kind: str) -> bool:
    return _known().near(text, "not_wanted", kind, 1)


def _more_wanted(turn: Turn) -> str | None:
    """«Two arrived broken, also send 10 more»: the piece that says how many are to come."""
    figures = [each["start"] for each in turn.said("quantity", "number") if _to_come(turn, each)]
    ends = [match.span() for match in _STARTS.finditer(turn.text)]
    start = max((end for _, end in ends if figures and end <= figures[0]), default=0)
    return turn.text[start:].strip(" .") if figures and start and not asks_something(turn) else None


def _told(turn: Turn, start: re.Pattern[str] | None, *meanings: str) -> str | None:
    """The customer's own words that say it, in a message that says more: sentences, or what follows from ``start`` on."""
    told: list[str] = []
    for sentence in _SENTENCES.split(turn.text):
        pieces = start.split(sentence) if start else [sentence]
        first = next((number for number, each in enumerate(pieces) if _known().says(each, *meanings)), None)
        if first is not None and meanings == ("found",) and _known().says(pieces[first], "paper_found"):
            # «Found the packing slip: 30412» says which order it is.
            continue
        if first is not None and meanings == ("found",):
            others = [
                at for at, each in enumerate(pieces) if at > first and _known().says(each, "photo", "remedy", "stopped")
            ]
            pieces = pieces[: min(others, default=len(pieces))]
        if first is not None:
            told.append(" ".join(", ".join(pieces[first:]).split()).strip(" ,"))
    return "; ".join(told)[:MAX_TEXT] or None


def _known() -> Words:
    return words("complaint")


AFFECTED = Question("affected", read_affected)
FOUND = Question("found", read_found, words=True, any_statement=True, adds=True, claims=True)
PHOTOS = Question(
    "photos", read_photos, words=True, any_statement=True, yes_or_no=True, claims=True, file=file_line("photos"),
    choices=(("photos", "/affirm"), ("no_photos", "/deny")),
)  # fmt: skip
REMEDY = Question("remedy", read_remedy, words=True, any_statement=True, adds=True, yes_or_no=True, claims=True)
