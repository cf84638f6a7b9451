"""A clause read alone against the message it stands in: a wish the message says nothing of is only told.

«It is yellow, at any rate» sounds like a complaint by itself; in an enquiry about a sleeve it describes it.
"""

from dataclasses import replace

from actions.tasks.complaint.questions import tells_fault
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading

#: How sure the message must be of its own meaning, and how little it may think of that of the clause.
SURE, NOTHING = 0.55, 0.08
#: What has something done, or fetches somebody.
_WANTS = ("task", "person")
#: The meaning of what nobody asks.
FAULT = "complaint"


def in_context(reading: Reading) -> Reading:
    """The message with what its clauses only sound like taken for what is told."""
    if len(reading.clauses) < 2:
        return reading
    return replace(reading, clauses=tuple(_heard(each, reading.whole) for each in reading.clauses))


def _heard(clause: Clause, whole: Clause) -> Clause:
    # A fault is complained of in so many words, and never only by the sound of one clause.
    strays = [
        act for act, _ in clause.acts
        if intent(act).kind in _WANTS and whole.chance(act) < NOTHING and (act == FAULT or whole.sure >= SURE)
    ]  # fmt: skip
    asks = "?" in clause.text or (clause.asks and clause.act != FAULT)
    if clause.act not in strays or asks or _says_so(clause):
        return clause
    return clause.told_instead(*strays)


def _says_so(clause: Clause) -> bool:
    """Whether the words bear the wish out: one of their orders is named, or a fault is told where one is complained of."""
    if any(each["entity"] in OWN_NUMBERS for each in clause.entities):
        return True
    return clause.act == FAULT and tells_fault(clause.text)
