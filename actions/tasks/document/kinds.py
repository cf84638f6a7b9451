"""Which papers a message asks for, and of which of the orders that it names."""

import re
from collections.abc import Sequence

from actions.production.certificates import TYPES
from actions.turns.question_words import where
from actions.turns.turn import Turn
from actions.turns.words import words

#: Types that can be asked for by a word, in the order in which words decide.
ASKED = (
    "certificate", "order_confirmation", "delivery_note", "invoice", "test_report", "measuring_report",
    "material_declaration", "drawing",
)  # fmt: skip


def kinds_in(turn: Turn, text: str) -> list[str]:
    """The papers a text asks for: the strongest word's, and those that are put beside it («faktura og pakkseddel»)."""
    certificate = next((str(each["value"]) for each in turn.said("certificate")), None)
    named = f"certificate_{certificate}" if certificate in TYPES and text == turn.text else None
    found = {kind: span for kind in ASKED if (span := where(text, f"document_{kind}"))}
    drawing = words("orders").where(text, "paper_drawing")
    found |= {"drawing": drawing} if drawing else {}
    first = "certificate" if named else next((kind for kind in ASKED if kind in found), None)
    if first is None:
        return []
    placed = sorted(found, key=lambda kind: found[kind])
    kinds = [first, *(kind for kind in placed if kind != first and _beside(text, found, kind, first))]
    return [named if kind == "certificate" and named else kind for kind in kinds]


def _beside(text: str, found: dict[str, tuple[int, int]], kind: str, first: str) -> bool:
    """Whether a paper is wanted too: a word of joining stands between it and the first."""
    if first not in found:
        return False
    one, other = sorted((found[kind], found[first]))
    return words("orders").says(text[one[1] : other[0]], "joins")


def kinds_of_each(turn: Turn, kinds: Sequence[str], orders: Sequence[str]) -> dict[str, list[str]]:
    """The papers that are meant for each order: «invoice for SO-1 and packing list for the same, 3.1 for SO-2».

    Papers are those of the order that is named behind them; where the orders come first, of the one before. Of several that
    stand together all are meant.
    """
    every = {order: list(kinds) for order in orders}
    spots = sorted(
        [
            *((span[0], "paper", kind) for kind in kinds if (span := where(turn.text, f"document_{_bare(kind)}"))),
            *((int(each["start"]), "order", str(each["value"])) for each in turn.said("order_no") if "start" in each),
            *((found.start(), "order", "") for found in re.finditer(_same(), turn.text, re.I)),
        ]
    )
    if len(orders) < 2 or len([each for each in spots if each[1] == "paper"]) < len(kinds):
        return every
    groups: list[tuple[str, list[str]]] = []
    for _, what, value in spots:
        if not groups or groups[-1][0] != what:
            groups.append((what, []))
        # «For the same» is the order before it.
        before = next((each[1][-1] for each in reversed(groups) if each[0] == "order" and each[1]), "")
        groups[-1][1].append(value or before)
    if groups[0][0] == "order":
        groups = groups[::-1]
    found: dict[str, list[str]] = {}
    for (what, named), (_, theirs) in zip(groups[::2], groups[1::2], strict=False):
        for order in theirs if what == "paper" else ():
            found.setdefault(order, []).extend(named)
    papers = {kind for each in found.values() for kind in each}
    return found if set(found) == set(orders) and papers == set(kinds) else every


def _same() -> str:
    return rf"(?<!\w)(?:{words('papers').pattern('same_order')})"


def _bare(kind: str) -> str:
    """The word-list of a paper: ``certificate`` of ``certificate_3.1``."""
    return "certificate" if kind.startswith("certificate") else kind
