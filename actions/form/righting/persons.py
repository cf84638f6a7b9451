"""Who asks, put right: «I am Marit Vik, not Geir» is another person altogether, «put the firm's name right first» tells none yet."""

import re

from actions.form.answers import Problem, line
from actions.form.contact import may_be_name
from actions.form.labels import COMPANY, PERSON, named_with_change
from actions.form.pieces import pieces
from actions.form.righting.standing import Righted, Standing
from actions.form.words import opens, pattern, without_lead

#: A name has so many words; «not Geir» and «not 'Dimensions'» have no more behind the sign.
_LEAST, _MOST, _DENIED = 2, 4, 4
_WORD = re.compile(r"[^\s,;:!?()«»“”\"'’]+(?:['’]\w+)?")


def another_person(standing: Standing) -> Righted | None:
    """Put the whole name of a person in the place of the one of which any word is denied: «I am Kari Berg, not Eli»."""
    known, text = standing.answers.get("name"), standing.turn.text
    if known is None or known.unknown:
        return None
    stood = str(known.more.get("person") or known.value or "")
    for piece in pieces(text):
        lead = opens(piece.text, "set_against")
        denied = [each[0].strip(".") for each in _WORD.finditer(piece.text[lead.end() :])] if lead else []
        before = next((each for each in reversed(pieces(text)) if each.end <= piece.start), None)
        if before is None or not 0 < len(denied) <= _DENIED or not _is_of(denied, stood):
            continue
        name = _name_at_end(before.text)
        if name and name.casefold() != stood.casefold():
            firm = known.more.get("company")
            full = ", ".join(each for each in (name, firm) if each)
            fresh = line("name", full, person=name, company=firm or None)
            return Righted("name", fresh, before.start, piece.end, known)
    return None


def _is_of(denied: list[str], stood: str) -> bool:
    """Whether what is denied is a word of the name that stands."""
    own = {each.casefold().strip(",") for each in stood.split()}
    return all(each.casefold() in own for each in denied)


def _name_at_end(text: str) -> str | None:
    """The person's name that a clause consists of, behind what introduces it."""
    for topic in ("label_lead", "name_lead", "name_cue", "name_maybe", "name_label", "label_is", "corrects_lead"):
        text = without_lead(text, topic)
    words = [each[0].strip(".") for each in _WORD.finditer(text)]
    name = " ".join(words)
    return (
        name
        if _LEAST <= len(words) <= _MOST and all(each[:1].isupper() for each in words) and may_be_name(name)
        else None
    )


def asks_to_correct(standing: Standing) -> Righted | None:
    """Ask for the name that is to be put right, where it is not told: «put the firm's name right first»."""
    if not any(each.name == "name" for each in standing.questions) or "name" not in standing.answers:
        return None
    text = standing.turn.text
    for piece in pieces(text):
        found = named_with_change(text, piece)
        if found is None or not set(found[0]) & {COMPANY, PERSON, "name"}:
            continue
        rest = pattern("filler", "asides", "label_judged", "label_change", "label_should", "label_is", "joints").sub(
            " ", text[found[1] : piece.end]
        )
        behind = next((each for each in pieces(text) if each.start >= piece.end), None)
        told = behind and opens(behind.text, "corrects_lead", "but_it_is", "called_company", "called_person")
        if not told and not may_be_name(rest):
            problem = Problem("utter_ask_name", asks=True)
            return Righted(
                "name", standing.answers["name"], piece.start, piece.end, standing.answers["name"], problem=problem
            )
    return None
