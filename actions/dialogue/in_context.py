"""A clause against the message it stands in: a wish the message says nothing of is only told, and so is half a complaint.

«It is yellow, at any rate» sounds like a complaint by itself; in an enquiry about a sleeve it describes it.
"""

from collections.abc import Sequence
from dataclasses import replace

from actions.tasks.complaint.questions import tells_fault
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading

#: How sure the message must be of its own meaning, and how little it may think of that of the clause.
SURE, NOTHING = 0.55, 0.08
#: Below this a complaint without a word of a fault was none in two of three sentences of strangers.
BORNE_OUT = 0.5
#: The share of anger from which a message is one.
ANGRY = 0.5
#: What no clause of a message is by so much, the message is not either.
IN_NONE = 0.3
#: What has something done, or fetches somebody.
_WANTS = ("task", "person")
#: The meaning of what nobody asks.
FAULT = "complaint"


def in_context(reading: Reading) -> Reading:
    """The message with what its clauses only sound like taken for what is told. Whoever is angry means what it sounds like."""
    if reading.anger >= ANGRY:
        return reading
    if len(reading.clauses) < 2:
        return replace(reading, clauses=tuple(map(_alone, reading.clauses)), whole=_alone(reading.whole))
    clauses = tuple(_heard(each, reading.whole) for each in reading.clauses)
    return replace(reading, clauses=clauses, whole=_borne(reading.whole, clauses))


def only_sounds(clause: Clause) -> bool:
    """Whether a clause may be a complaint by its sound alone, and hardly: of those without a word of a fault most are none."""
    return clause.act == FAULT and clause.sure < BORNE_OUT and not _says_so(clause)


def _alone(clause: Clause) -> Clause:
    """What may as well be told as complained of is told; another wish is asked about (``close.py``)."""
    told = len(clause.acts) > 1 and intent(clause.acts[1][0]).kind not in (*_WANTS, "question")
    return clause.told_instead(FAULT) if told and only_sounds(clause) and not clause.asks else clause


def _borne(whole: Clause, clauses: Sequence[Clause]) -> Clause:
    """The message without a complaint that none of its clauses makes: each of them is read in the light of the others."""
    made = max(each.chance(FAULT) for each in clauses)
    return whole.told_instead(FAULT) if whole.act == FAULT and made < IN_NONE and not _says_so(whole) else whole


def _heard(clause: Clause, whole: Clause) -> Clause:
    # A fault is complained of in so many words, and never only by the sound of one clause.
    strays = [
        act for act, _ in clause.acts
        if intent(act).kind in _WANTS and whole.chance(act) < NOTHING and (act == FAULT or whole.sure >= SURE)
    ] or [FAULT] * only_sounds(clause)  # fmt: skip
    asks = "?" in clause.text or (clause.asks and clause.act != FAULT)
    if clause.act not in strays or asks or _says_so(clause):
        return clause
    return clause.told_instead(*strays)


def _says_so(clause: Clause) -> bool:
    """Whether the words bear the wish out: one of their orders is named, or a fault is told where one is complained of."""
    if any(each["entity"] in OWN_NUMBERS for each in clause.entities):
        return True
    return clause.act == FAULT and tells_fault(clause.text)
