"""Questions that the customer has numbered: «1) how many people are you 2) where are you».

The number of a question counts nothing, and questions that stand in one line are asked each for itself.
"""

import re
from dataclasses import replace

from actions.dialogue.view import LIKELY, has
from actions.production.company import company
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.turn import Turn
from actions.turns.words import words

#: «1)», «2.», «3:» before a word.
_MARK = re.compile(r"(?:(?<=\s)|^)\(?(?P<number>[1-9])\s?[).:]\s?(?=[^\W\d])")
#: So many letters of a fact's word name it in a question that stands by itself.
_TELLING = 4
FEWEST = 2


def marks(text: str) -> list[re.Match[str]]:
    """The numbers of questions in a text: those that count up from one. Fewer than two number nothing."""
    found: list[re.Match[str]] = []
    for each in _MARK.finditer(text):
        if int(each["number"]) == len(found) + 1:
            found.append(each)
    return found if len(found) >= FEWEST else []


def leave_numbers(turn: Turn) -> None:
    """Take the numbers of questions out of what the message names."""
    spans = [each.span() for each in marks(turn.text)]
    turn.entities = [
        each
        for each in turn.entities
        if each["entity"] != "number" or not any(start <= int(each.get("start", -1)) < end for start, end in spans)
    ]


def numbered_questions(reading: Reading) -> list[tuple[str, Clause]]:
    """What each numbered question asks, with its words; empty where they are no questions.

    Parts that are numbered carry figures. A question that names nothing known is one about the company at large.
    """
    found = marks(reading.text)
    if not found:
        return []
    ends = [*(each.start() for each in found[1:]), len(reading.text)]
    asked = [_asked(reading, mark.end(), end) for mark, end in zip(found, ends, strict=True)]
    known = [topic for topic, _ in asked if topic]
    figures = any(has(clause, "quantity", "weight", "drawing_no", "part_no") for _, clause in asked)
    return asked if len(known) >= FEWEST and not figures else []


def _asked(reading: Reading, start: int, end: int) -> tuple[str, Clause]:
    """What stands from one number to the next: as the engine has read it where it is a clause, else by its words."""
    text = reading.text[start:end].rstrip(" ,;\n")
    end = start + len(text)
    own = [each for each in reading.clauses if each.start < end and start < each.end]
    values = tuple(each for each in reading.whole.entities if start <= int(each.get("start", -1)) < end)
    clause = replace(reading.whole, text=text, start=start, end=end, entities=values, told=(), asks=True, facet=None)
    if len(own) == 1 and len(marks(reading.text[own[0].start : own[0].end])) == 0:
        clause = replace(clause, acts=own[0].acts, facet=own[0].facet)
        if intent(clause.act).kind == "question" and clause.sure >= LIKELY:
            return clause.act, clause
    return _topic(clause), clause


def _topic(clause: Clause) -> str:
    house = company()
    part = house.facet(clause.facet) or house.named_best(clause.text, _TELLING)
    if words("limits").says(clause.text, "at_large") and words("limits").says(clause.text, "of_castings"):
        return "casting_limits"
    if part:
        return f"faq/{house.topic_of(part)}"
    return "alloy_offered" if any(each["value"] == "range" for each in clause.values) else ""
