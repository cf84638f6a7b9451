"""Names, addresses and drawings that stand, written otherwise: «Lena Foxx», «Havnegata 21», «now in rev. D»."""

import difflib
import re

from actions.form.answers import Answer, line
from actions.form.labels import REVISION, called
from actions.form.pieces import asked_in, pieces
from actions.form.righting.held import renewed
from actions.form.righting.pairs import MOST, WORD, denies
from actions.form.righting.standing import NOTED, Righted, Standing
from actions.form.righting.wording import RUN, overlaps
from actions.form.task import SAID
from actions.form.words import find, opens, pattern

#: A whole name has so many words; spelt otherwise it is so alike.
_NAMED, _SPELT_ALIKE = 2, 0.8
#: A word of an address or a name, spelt otherwise, has so many signs, and is so alike.
_SPELT, _RESPELT = 4, 0.7
#: A code has so many figures.
_CODE = 4
#: Answers in which a word may be spelt otherwise.
_SPELT_OUT = ("email", "name", *NOTED, "part", "drawing")
_OF_DRAWING = re.compile(r"(?P<lead>\brev\.? )(?P<revision>[a-z0-9]{1,2})\b", re.I)
#: A word and the figure of its own: «Havnegata 21», «Store 7».
_NAMED_FIGURE = re.compile(r"(?<!\w)(?P<word>[^\W\d_]{4,})\s+(?P<figure>\d{1,4}[a-zA-Z]?)(?![\w.,]*\d)(?!\w)")


def revised(standing: Standing) -> Righted | None:
    """Put another revision to the drawing that stands: «it is revision C, not B», «now in rev. D»."""
    turn, known = standing.turn, standing.answers.get("drawing")
    found = next((each for each in REVISION.finditer(turn.text) if not denies(turn.text, each.start())), None)
    stands = _OF_DRAWING.search(str(known.value)) if known and isinstance(known.value, str) else None
    if known is None or found is None or turn.said("drawing_no", "part_no"):
        return None
    new = found["revision"].upper()
    if stands is None:
        return _first_revision(standing, known, found, new)
    if stands["revision"].upper() == new or asked_in(turn.text, found.start()):
        return None
    value = _OF_DRAWING.sub(lambda each: each["lead"] + new, str(known.value))
    end = found.end()
    for each in pieces(turn.text):
        # «Revision C, not B»
        if each.start >= found.end() and opens(each.text, "negated") and len(each.text.split()) <= MOST:
            end = max(end, each.end)
    return Righted("drawing", known.but(value=value), found.start(), end, known)


def _first_revision(standing: Standing, known: Answer, found: re.Match[str], new: str) -> Righted | None:
    """«Rev C» alone where a drawing is to come, or where there was none: it goes to the drawing, whatever is asked."""
    alone = next(
        (each for each in pieces(standing.turn.text, joints=False) if each.start <= found.start() < each.end), None
    )
    lead = standing.turn.text[alone.start : found.start()] if alone else "."
    if alone is None or known.listed or asked_in(standing.turn.text, found.start()) or re.search(r"\w", pattern("filler", "drawings", "articles", "label_is").sub(" ", lead)):  # fmt: skip
        return None
    if known.value == "affirm":
        if known.more.get("revision") == new:
            return None
        fresh = known.but(reply="utter_line_drawing_affirm_rev", revision=new)
    elif known.value in (None, "deny"):
        fresh = line("drawing", f"rev {new}", "")
    else:
        return None
    return Righted("drawing", fresh, found.start(), found.end(), known)


def respelt(standing: Standing) -> Righted | None:
    """Spell the name that stands otherwise, with hardly a word beside it: «Lena Foxx, with two x's»."""
    turn, known = standing.turn, standing.answers.get("name")
    person = str(known.more.get("person") or "") if known else ""
    words = [each[0].strip(".") for each in WORD.finditer(turn.text)]
    count = len(person.split())
    if known is None or count < _NAMED or len(words) > count + MOST:
        return None
    for at in range(len(words) - count + 1):
        said = " ".join(words[at : at + count])
        same = set(said.casefold().split()) & set(person.casefold().split())
        if (
            said != person
            and _alike(said, person) >= _SPELT_ALIKE
            and same
            and all(each[0].isupper() for each in said.split())
        ):
            fresh = known.but(value=str(known.value).replace(person, said), person=said)
            return Righted("name", fresh, 0, len(turn.text), known)
    return None


def spelt_otherwise(standing: Standing) -> Righted | None:
    """Spell a word of what stands otherwise: «mail wrong, with w: pompserwis», «the PO is 44871, swapped two figures»."""
    turn = standing.turn
    if asked_in(turn.text, 0):
        return None
    wrong = find(turn.text, "is_wrong", "wrong", "spelt")
    for name in _SPELT_OUT:
        answer = standing.answers.get(name)
        if answer is None or answer.unknown or not isinstance(answer.value, str) or getattr(answer, "items", None):
            continue
        if turn.said(name) or not (called(turn.text, name) or wrong):
            continue
        for said in RUN.finditer(turn.text):
            if (old := _spelt_like(said[0], answer.value)) and (wrong or said[0].isdigit()):
                fresh = renewed(name, answer, old, said[0], turn.text, within=True)
                if fresh is not None:
                    return Righted(name, fresh, 0, len(turn.text) if _only(standing, said) else said.end(), answer)
    return None


def _only(standing: Standing, said: re.Match[str]) -> bool:
    """Whether a message holds no other value than the word that was found."""
    return all(
        each["entity"] == "language" or overlaps(each, said.start(), said.end()) for each in standing.turn.entities
    )


def other_figure(standing: Standing) -> Righted | None:
    """Put another figure behind the same word: «no, Havnegata 21» where Havnegata 12 stands."""
    for said in _NAMED_FIGURE.finditer(standing.turn.text):
        over = [each for each in standing.turn.entities if overlaps(each, said.start("figure"), said.end("figure"))]
        if any(each["entity"] not in ("number", "language", "of_address") for each in over):
            continue
        stands = re.compile(rf"(?<!\w)({re.escape(said['word'])}\s+)(\d{{1,4}}[a-z]?)(?!\w)", re.I)
        for name in (*NOTED, SAID, "notes"):
            answer = standing.answers.get(name)
            found = stands.findall(str(answer.value)) if answer and not answer.unknown else []
            if answer is None or len(found) != 1 or found[0][1].casefold() == said["figure"].casefold():
                continue
            value = stands.sub(rf"\g<1>{said['figure']}", str(answer.value))
            return Righted(name, answer.but(value=value), said.start(), said.end(), answer)
    return None


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _spelt_like(said: str, value: str) -> str | None:
    """The one word of a value that a word of the message is, spelt otherwise; figures have the same number of signs."""
    runs = RUN.findall(value)
    if len(said) < _SPELT or said.casefold() in (each.casefold() for each in runs):
        return None
    if any(each.isdigit() for each in said) and len(said) < _CODE:
        return None
    like = [
        each for each in runs
        if each.isdigit() == said.isdigit() and len(each) >= _SPELT
        and (len(each) == len(said) or not said.isdigit()) and _alike(each, said) >= _RESPELT
    ]  # fmt: skip
    return like[0] if len(like) == 1 else None
