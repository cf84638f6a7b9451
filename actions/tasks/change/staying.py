"""What of an order is to stay as it is: «antallet kan stå», «forget the date», «16 March stays», «bare datoen»."""

import re

from actions.form.text import asks_something
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from actions.turns.words import words

#: What of an order can be changed, by the words that name it.
TOPICS = {
    "quantity": "quantity", "date": "date", "alloy": "alloy_word", "certificate": "certificate_word", "delivery_address": "address", "hold": "hold",
}  # fmt: skip
#: Figures that want something of the order they are said of.
FIGURES = ("date", "week", "quantity", "shift", "lead", "alloy", "number")
#: Figures that want something of an order; papers that can be asked for beside it.
_OF_A_WISH = ("date", "week", "quantity", "shift", "alloy")
_PAPERS = ("invoice", "delivery_note", "order_confirmation")
CLAUSES = re.compile(r"[,;!?\n](?!\d)|(?<!\d)\.(?!\d)|(?<!\w)(?:men|but|og|and)(?!\w)", re.I)


def untouched(text: str) -> list[tuple[set[str], tuple[int, int]]]:
    """What is plainly to stay, with the stretches that say so, whatever figure they name: «16 March stays», «antallet skal fortsatt være 40»."""
    found = []
    for start, end in _clauses(text):
        clause = text[start:end]
        if words("change").says(clause, "untouched"):
            found.append((_topics(clause), (start, end)))
    return found


def staying(turn: Turn) -> frozenset[str]:
    """What is to stay as it is after all. What is not plain counts only in a message without figures of its own."""
    stay: set[str] = {topic for topics, _ in untouched(turn.text) for topic in topics}
    if turn.said(*FIGURES):
        return frozenset(stay)
    if _of_another_matter(turn):
        return frozenset(stay)
    for start, end in _clauses(turn.text):
        clause = turn.text[start:end]
        if words("change").says(clause, "stays", "forget"):
            stay |= _topics(clause)
        elif not asks_something(turn):
            stay |= _left_out(clause)
    return frozenset(stay)


def kept_orders(turn: Turn) -> dict[str, tuple[int, int]]:
    """The orders that are to stay as they are, each with the clause that says so: «keep SO-2 as it is, only SO-1 to Hamar»."""
    kept: dict[str, tuple[int, int]] = {}
    for start, end in _clauses(turn.text):
        inside = [each for each in turn.entities if start <= each.get("start", -1) < end]
        named = [str(each["value"]) for each in inside if each["entity"] == "order_no"]
        wants = any(each["entity"] in _OF_A_WISH for each in inside)
        if len(named) == 1 and not wants and words("change").says(turn.text[start:end], "stays", "untouched"):
            kept[named[0]] = (start, end)
    return kept


def _of_another_matter(turn: Turn) -> bool:
    """Whether a no sets one thing against another that no change is: «I asked for the INVOICE of SO-2, not the delivery»."""
    stored = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("order") or {}
    named = {str(each["value"]) for each in turn.said("order_no")}
    other_order = bool(stored.get("value")) and bool(named) and stored["value"] not in named
    return other_order or any(asks(turn.text, f"document_{each}") for each in _PAPERS)


def only(turn: Turn) -> frozenset[str]:
    """The one thing that is to be changed: «bare datoen»."""
    if turn.said(*FIGURES):
        return frozenset()
    named: set[str] = set()
    for start, end in _clauses(turn.text):
        clause = turn.text[start:end]
        if words("change").says(clause, "only") and not words("change").says(clause, "stays", "forget"):
            named |= _topics(clause)
    return frozenset(named)


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [each.span() for each in CLAUSES.finditer(text)]
    starts, ends = [0, *(end for _, end in cuts)], [*(start for start, _ in cuts), len(text)]
    return list(zip(starts, ends, strict=True))


def _left_out(clause: str) -> set[str]:
    """«Not the quantity», where «the date does not suit» leaves nothing out."""
    found = re.search(rf"(?<!\w)(?:{words('change').pattern('left_out')})\s+(?P<what>\S+(?:\s+\S+)?)", clause, re.I)
    return _topics(found["what"]) if found else set()


def _topics(clause: str) -> set[str]:
    return {about for about, topic in TOPICS.items() if asks(clause, topic)}
