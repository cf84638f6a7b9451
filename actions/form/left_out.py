"""Stretches of a message that count for nothing more: put right already, or taken back in the same breath."""

import copy
import re
from collections.abc import Sequence
from dataclasses import replace

from actions.turns.reading import Reading
from actions.turns.turn import Turn
from actions.turns.words import blanked


def without(turn: Turn, *spans: tuple[int, int]) -> Turn:
    """The turn as if these stretches had not been written; nothing in it moves."""
    rest = copy.copy(turn)
    leave_out(rest, spans)
    return rest


def leave_out(turn: Turn, spans: Sequence[tuple[int, int]]) -> None:
    """Take these stretches out of a message, of its clauses and its values; nothing in it moves."""

    def outside(start: int) -> bool:
        return not any(first <= start < last for first, last in spans)

    turn.text = blanked(turn.text, spans)
    turn.entities = [
        each for each in turn.entities if each["entity"] == "language" or outside(int(each.get("start", 0)))
    ]
    turn.told = tuple(each for each in turn.told if outside(each.start))
    whole = replace(
        turn.reading.whole,
        text=turn.text,
        asks="?" in turn.text
        or any(each.asks for each in turn.reading.clauses if turn.text[each.start : each.end].strip()),
        entities=tuple(each for each in turn.reading.whole.entities if outside(int(each.get("start", 0)))),
        told=turn.told,
    )
    clauses = []
    for each in turn.reading.clauses:
        text = turn.text[each.start : each.end]
        start = each.start + len(text) - len(text.lstrip(" \t\n,.;:!?–-"))
        end = each.start + len(text.rstrip(" \t\n,;:–-"))
        if not re.search(r"\w", text):
            continue
        clauses.append(
            replace(
                each, text=turn.text[start:end], start=start, end=end,
                asks=each.asks and ("?" in text or text.strip() == each.text.strip()),
                entities=tuple(one for one in each.entities if outside(int(one.get("start", 0)))),
                told=tuple(one for one in each.told if outside(one.start)),
            )
        )  # fmt: skip
    turn.reading = Reading(whole, tuple(clauses) or (whole,), turn.reading.contact, turn.reading.anger)
