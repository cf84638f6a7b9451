"""What is told under its name is so: «part: gearbox cover. company: Savon», «2210-C is the drawing number, not the order».

It goes to the question that is named and to no other, in the place of what stood there, and what called it something else
gives it up.
"""

from collections.abc import Iterator

from actions.form.answers import Answer, Problem, line
from actions.form.contact import find_person, may_be_name
from actions.form.labels import BEHIND, COMPANY, IS, PERSON, SHOULD, SIGN, Told, called, not_known, told_under_names
from actions.form.left_out import without
from actions.form.pieces import Piece, cut_out, pieces
from actions.form.question import Question
from actions.form.righting.held import KINDS, along
from actions.form.righting.standing import KEPT, NOTED, Righted, Standing
from actions.form.shared import left_open, read
from actions.form.task import SAID
from actions.form.text import is_thing, part_words
from actions.form.typed import PartAnswer, QuantityAnswer
from actions.form.words import find, opens
from actions.turns.unknown import knows_nothing
from actions.turns.yes import only_agrees
from bot.common.words import word_set

#: A name right in front of its value tells it of these, where several stand in a row.
_ROWS = ("part", "order")
#: Answers of which a sentence with their name only says more.
_DESCRIBED = ("pattern", "drawing", "requirements")
#: Answers that their task reads in other ways, and that stand as they are told under their name.
_AS_TOLD = ("call_time",)
#: «The pattern must be made»: what it is to be says too little without its name.
_IN_SENTENCE = ("pattern",)
#: Answers that a word in the place of a value says nothing of: they are told with a sign.
_WITH_SIGN = ("details", "notes", "found", "remedy", "call_time", "address")
#: So many words behind a bare name are a value, so many are a firm or a person.
_FEW, _MOST = 4, 6
#: «I don't know the order number» has so many words.
_UNKNOWN = 9
#: The values of which a line of a list has its own.
_OF_LINES = ("part", "alloy", "quantity", "weight", "delivery", "drawing")


def told_by_name(standing: Standing) -> list[Righted]:
    """All that a message tells under names, each told apart from the others."""
    turn, found = standing.turn, list[Righted]()
    every = told_under_names(turn.text)
    for told in every:
        for one in _taken(standing, told, every):
            found.append(one)
            if one.answer is None:
                standing.answers.pop(one.name, None)
            else:
                standing.answers[one.name] = one.answer
    standing.turn = without(turn, *((each.start, each.end) for each in found))
    return [*found, *_still_said(standing), *_not_known(standing)]


def _taken(standing: Standing, told: Told, every: list[Told]) -> Iterator[Righted]:
    """The answer that is named with its value; what held the value under another name gives it up."""
    name = next((each for each in told.names if _may_be_told(standing, each)), None)
    if name is None:
        yield from _called_something_else(standing, told)
        return
    if not _is_value(standing, name, told, every):
        return
    fresh = _answer(standing, name, told)
    if fresh is None:
        return
    home = "name" if name in (COMPANY, PERSON) else name
    before = standing.answers.get(home)
    if told.kind == BEHIND or told.wrong:
        yield from (each for each in _given_up(standing, told) if each.name != home)
    yield Righted(home, fresh, told.start, told.end, before)


def _may_be_told(standing: Standing, name: str) -> bool:
    """Whether the request asks what is named, or has noted it."""
    if name in (COMPANY, PERSON):
        return _question(standing, "name") is not None
    if name in NOTED and _question(standing, name) is None:
        return name in standing.answers
    answer, part = standing.answers.get(name), standing.answers.get("part")
    of_lines = isinstance(part, PartAnswer) and part.items and name in _OF_LINES
    return _question(standing, name) is not None and not (of_lines or (answer and answer.listed) or standing.of_several(name))  # fmt: skip


def _question(standing: Standing, name: str) -> Question | None:
    return next((each for each in standing.questions if each.name == name), None)


def _is_value(standing: Standing, name: str, told: Told, every: list[Told]) -> bool:
    """Whether what stands with a name is told under it, by how it is said."""
    text = told.value.text
    if name in (COMPANY, PERSON) and not may_be_name(text):
        # «Put the firm's name right first»: no firm is called «first».
        return False
    if name == "size" and told.wrong and not _figures(text):
        # «The size isn't 3 mm, that is the allowance» tells what the figure is, and no size.
        return False
    if told.kind == SIGN:
        return True
    if name in (COMPANY, PERSON, "part") and told.kind in (SHOULD, IS) and _is_judged(standing, told):
        return False
    if told.kind == SHOULD:
        return name not in _DESCRIBED or name in standing.answers or told.led
    if name in _WITH_SIGN:
        return False
    if told.kind == BEHIND:
        return _may_be_named_behind(standing, name, told)
    if told.kind == IS:
        return _said_to_be(standing, name, told, every)
    if name in (COMPANY, PERSON):
        return len(text.split()) <= _MOST and (
            told.led or (text[:1].isupper() and (_alone(standing, told) or _in_a_row(told, every)))
        )
    if name in NOTED:
        return True
    valued = any(told.value.holds(each) for each in standing.turn.entities if each["entity"] in ("alloy", "quantity"))
    listed = told.led or (name in _ROWS and _in_a_row(told, every))
    return listed and len(text.split()) <= _FEW and is_thing(text) and not valued


def _said_to_be(standing: Standing, name: str, told: Told, every: list[Told]) -> bool:
    """«The use is ...» tells it; what only describes («the pattern is ours») its own question reads, until it is put right."""
    stood = standing.answers.get("name" if name in (COMPANY, PERSON) else name)
    if name in (*_DESCRIBED, PERSON, "email"):
        return told.led or (stood is not None and name not in _DESCRIBED) or (name == PERSON and _in_a_row(told, every))
    question = _question(standing, name)
    if stood is not None and _figures(str(stood.value)) and not _figures(told.value.text) and not told.led:
        # «The dimensions are finished ones» says more of the figures that stand.
        return False
    if question and not question.words and not told.led:
        # A value that nobody has told before is read wherever it stands.
        return stood is not None
    return name != "part" or is_thing(told.value.text)


def _figures(text: str) -> bool:
    return any(each.isdigit() for each in text)


def _is_judged(standing: Standing, told: Told) -> bool:
    """«The name is right», «the part must be ready in May»: nothing is called so."""
    times = ("date", "week", "lead", "quantity", "asap")
    timed = any(told.value.holds(each) for each in standing.turn.entities if each["entity"] in times)
    return timed or opens(told.value.text, "label_judged") is not None


def _alone(standing: Standing, told: Told) -> bool:
    """Whether nothing else stands in the message: «firma Voima Oy»."""
    return told.end - told.start >= len(standing.turn.text.strip(" \n.!"))


def _in_a_row(told: Told, every: list[Told]) -> bool:
    """Whether who asks, or something with a sign, is told under a name beside it: «Name Mikko. Part cover. Company Savon»."""
    others = [each for each in every if each is not told and each.names != told.names]
    return any(each.kind == SIGN or set(each.names) & {COMPANY, PERSON} for each in others)


def _may_be_named_behind(standing: Standing, name: str, told: Told) -> bool:
    """«Savon is the company», «2210-C is the drawing»: no word that only points, «this is the part»."""
    said = told.value.text.casefold()
    words = [each for each in said.split() if each not in word_set("common.common")]
    if not words or opens(said, "definite", "asks"):
        return False
    if name == "part":
        return is_thing(told.value.text) and len(words) == len(said.split())
    stands = any(said in str(each.value).casefold() for each in standing.answers.values())
    return name == COMPANY or stands or any(each.isdigit() for each in said)


def _answer(standing: Standing, name: str, told: Told) -> Answer | None:
    """The value read as the answer to what is named; None where it is none."""
    text, before = told.value.text.strip("«»\"'"), standing.answers.get(name)
    question = _question(standing, "name" if name in (COMPANY, PERSON) else name)
    if question and (not_known(text) or knows_nothing(text)):
        return left_open(question.name) if question.may_stay_open else None
    if name in (COMPANY, PERSON):
        return _person(standing, name, told)
    if question is None:
        return before.but(value=text) if before else None
    whole = name in _IN_SENTENCE and told.kind in (IS, SHOULD) and not told.wrong
    fresh = _read(standing, question, told.whole(standing.turn.text) if whole else told.value)
    in_words = question.words or name in _AS_TOLD
    if isinstance(fresh, Problem) or (fresh is None and not in_words) or (fresh and fresh.unknown):
        return None
    if fresh is None or (name == "part" and told.kind != IS):
        named = part_words(text) if name == "part" else text
        if named is None or (name != "part" and told.kind not in (SIGN, SHOULD)):
            return None
        fresh = PartAnswer(named, "utter_line_part") if name == "part" else line(name, text)
    if before is None or before.unknown:
        return fresh
    if isinstance(before, QuantityAnswer) and before.value == fresh.value and not before.lots:
        return before
    told_instead = question.adds and _instead_of(before, fresh, text)
    if told_instead:
        return told_instead
    more = question.adds and (opens(text, "label_more") or (told.kind == IS and not told.led))
    if more and before.reply == fresh.reply and str(text) not in str(before.value):
        return before.but(value=f"{before.value}; {fresh.value}")
    return along(before, fresh, None)


def _instead_of(before: Answer, fresh: Answer, text: str) -> Answer | None:
    """«The use is sea water, not a mill» where the mill stands: what is denied gives its place up."""
    denied = find(text, "set_against")
    old = text[denied.end() :].strip(" .,«»\"'") if denied else ""
    if denied is None or not old or not isinstance(before.value, str) or old.casefold() not in before.value.casefold():
        return None
    return fresh.but(value=text[: denied.start()].rstrip(" ,"))


def _read(standing: Standing, question: Question, value: Piece) -> Answer | Problem | None:
    """What the words of a value answer to a question, whatever they sound like."""
    alone = cut_out(standing.turn, [(value.start, value.end)])
    over = [
        each for each in standing.turn.entities
        if int(each.get("start", 0)) < value.start < int(each.get("end", 0)) <= value.end
    ]  # fmt: skip
    alone.entities += [{**each, "start": 0, "end": int(each["end"]) - value.start} for each in over]
    alone.intent, alone.confidence, alone.asks = "inform", 1.0, False
    if question.yes_or_no:
        denies = value.text.casefold() in word_set("no.no")
        alone.intent = "deny" if denies else "affirm" if only_agrees(value.text) else "inform"
    return read(question, alone, requested=True)


def _person(standing: Standing, name: str, told: Told) -> Answer | None:
    """The person beside the firm that stands, or the firm beside the person."""
    before, text = standing.answers.get("name"), told.value.text.strip("«»\"' ")
    if any(told.value.holds(each) for each in standing.turn.said("email", "phone", "number")):
        return None
    person = str(before.more.get("person") or before.value or "") if before and not before.unknown else ""
    firm = str(before.more.get("company") or "") if before else ""
    if before is None and name == COMPANY:
        # Who asks stays the same, where the name of the firm was asked for to be put right.
        person = str(standing.turn.ground.who.get("name") or "")
    if firm and person == before.value:  # type: ignore[union-attr]  # a firm was read from an answer
        person = ""
    if name == COMPANY:
        firm = text
    else:
        found = find_person(cut_out(standing.turn, [(told.value.start, told.value.end)]), True)
        # «The name should be Vik AS» names the firm.
        person, firm = (found.name or person, found.company or firm) if found.full else (text, firm)
    full = ", ".join(each for each in (person, firm) if each)
    return line("name", full, person=person or None, company=firm or None) if full else None


def _given_up(standing: Standing, told: Told) -> Iterator[Righted]:
    """The answers that are the value, under a name that it is not told to have."""
    said = told.value.text.strip("«»\"' ").casefold()
    for name, answer in [*standing.answers.items()]:
        if name not in KEPT and name != SAID and not answer.unknown and str(answer.value or "").casefold() == said:
            yield Righted(name, None, told.start, told.end, answer)


def _called_something_else(standing: Standing, told: Told) -> Iterator[Righted]:
    """«2210-C is the drawing number»: where nothing asks for that, the words go along and leave the answer they stood in."""
    held = [*_given_up(standing, told)] if told.kind == BEHIND else []
    if not held:
        return
    yield from held
    known, words = standing.answers.get(SAID), " ".join(standing.turn.text[told.start : told.end].split())
    stood = f"{known.value}; " if known else ""
    yield Righted(SAID, Answer(f"{stood}{words}", "utter_line_said").but(latest=words), told.start, told.end, known)


def _still_said(standing: Standing) -> Iterator[Righted]:
    """«It still says gearbox cover alloy»: what is to stand there is asked; what stands nowhere any more tells nothing."""
    turn = standing.turn
    for piece in pieces(turn.text, joints=False):
        sign = find(piece.text, "still_says")
        said = piece.text[sign.end() :].strip(" ?.!«»\"'").casefold() if sign else ""
        if not said:
            continue
        values = [each["value"] for each in turn.entities if piece.holds(each) and each["entity"] in KINDS]
        held = [
            each.name for each in standing.questions if (answer := standing.answers.get(each.name))
            and (answer.value in values if values else said in str(answer.value).casefold())
        ]  # fmt: skip
        end = piece.end + (1 if turn.text[piece.end : piece.end + 1] == "?" else 0)
        if len(held) == 1:
            asked = Problem(f"utter_ask_{held[0]}", asks=True)
            yield Righted(held[0], standing.answers[held[0]], piece.start, end, problem=asked)
        else:
            yield Righted(SAID, None, piece.start, end, nothing=True)


def _not_known(standing: Standing) -> Iterator[Righted]:
    """«I don't know the order number» where one stands: it is left open."""
    for piece in pieces(standing.turn.text, joints=False):
        if not knows_nothing(piece.text) or len(piece.text.split()) > _UNKNOWN:
            continue
        named = [each for each in standing.questions if called(piece.text, each.name) and each.may_stay_open]
        stood = standing.answers.get(named[0].name) if len(named) == 1 else None
        if stood and not stood.unknown:
            yield Righted(named[0].name, left_open(named[0].name), piece.start, piece.end, stood)
