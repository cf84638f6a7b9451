"""A message that lists several parts, as a pasted mail does: one item a line, each with its own figures."""

import re
from typing import Any

from actions.turn import Entity, Turn

#: The beginning of a list line that is no part of the description.
_NUMBERING = re.compile(
    r"^\s*(?:(?:pos|item|linje|line|nr|no|del|part)\s*\.?\s*)?(?:[0-9]{1,3}\s*[.:)]|[-*•·])\s*", re.I
)
_JOINT = re.compile(r"(?:[\s,;]|\b(?:og|and|samt|und|och|pluss|plus)\b)+$", re.I)
#: Columns of a pasted table.
_COLUMN = re.compile(r"\t|;|\|| {3,}")
_SIGNED = re.compile(
    r"^\W*(?:(?:med )?(?:vennlig|venleg|beste?) hils\w+|mvh|hilsen|(?:(?:best|kind|warm|many) )?regards|med vänlig\w* hälsning\w*|"
    r"vänliga hälsningar|mit freundlichen grüßen|mfg|venlig hilsen)\W*(?:fra |from )?(?P<rest>.*)$",
    re.I,
)
#: Entities that make a line with a figure one of a part.
_OF_A_PART = ("alloy", "alloy_group", "unknown_alloy", "weight", "part_no", "drawing_no", "temper", "dimensions")
MOST_ITEMS = 40


def items(turn: Turn) -> list[dict[str, Any]]:
    """The parts a message lists: ``text`` as written, ``quantity``, ``alloy``, ``weight``, ``entities``; empty when it lists none."""
    spans = _lines(turn)
    if len(spans) < 2:
        spans = _within_a_line(turn)
    found = [_item(turn, *span) for span in spans[:MOST_ITEMS]]
    return found if len(found) >= 2 else []


def signature(turn: Turn) -> str | None:
    """Name and company under a pasted mail: «Mvh / Kari Nordmann / Fjord AS»."""
    lines = [line.strip() for line in turn.text.splitlines()]
    for number, line in enumerate(lines):
        match = _SIGNED.match(line)
        if match is None:
            continue
        names = [each for each in (match["rest"].strip(), *lines[number + 1 :]) if each]
        names = [each for each in names if not re.search(r"[@\d]|www\.|^(?:tlf|tel|mob|phone)", each, re.I)]
        return ", ".join(names[:2])[:80] or None
    return None


def numbered(found: list[dict[str, Any]]) -> str:
    """The items as the read-back and the case show them."""
    return "\n".join(f"{number}. {item['text']}" for number, item in enumerate(found, 1))


def _quantities(turn: Turn) -> list[Entity]:
    named = [entity for entity in turn.said("quantity") if not {"bad", "every", "role"} & entity.keys()]
    return sorted(named, key=lambda entity: int(entity["start"]))


def _lines(turn: Turn) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in turn.text.splitlines(keepends=True):
        end = start + len(line)
        inside = [entity for entity in turn.entities if start <= entity["start"] < end]
        if _is_item(line, inside, turn):
            spans.append((start, end))
        start = end
    return spans


def _is_item(line: str, inside: list[Entity], turn: Turn) -> bool:
    counted = any(entity in inside for entity in _quantities(turn))
    described = [entity for entity in inside if entity["entity"] in _OF_A_PART]
    columns = [each for each in _COLUMN.split(line.strip()) if each.strip()]
    table = len(columns) >= 3 and any(
        re.fullmatch(r"\s*[0-9][0-9 .,]*\s*(?:stk|pcs)?\s*", each, re.I) for each in columns
    )
    words = re.search(r"[^\W\d_]{3}", re.sub(r"\b(?:stk|stykk|pcs|pieces|deler|parts|off)\b", "", line, flags=re.I))
    return table or (counted and not line.rstrip().endswith(":") and bool(described or words)) or len(described) >= 2


def _within_a_line(turn: Turn) -> list[tuple[int, int]]:
    """«40 stk hus RG5 12 kg, 20 stk brakett LM25 3 kg»: each quantity begins an item, if each has figures of its own."""
    starts = [int(entity["start"]) for entity in _quantities(turn)]
    weights, alloys = turn.said("weight"), {entity["value"] for entity in turn.said("alloy") if not entity.get("near")}
    if len(starts) < 2 or (len(weights) < 2 and len(alloys) < 2):
        return []
    return list(zip(starts, [*starts[1:], len(turn.text)], strict=True))


def _item(turn: Turn, start: int, end: int) -> dict[str, Any]:
    words = _NUMBERING.sub("", " ".join(turn.text[start:end].split()))
    item: dict[str, Any] = {"text": _JOINT.sub("", words)[:200]}
    inside = [entity for entity in turn.entities if start <= entity["start"] < end]
    for entity in inside:
        name, value = entity["entity"], entity.get("value")
        usable = not {"bad", "ask", "near", "every", "role"} & entity.keys()
        if name in ("quantity", "alloy", "weight", "temper", "drawing_no", "part_no", "dimensions", "wall") and usable:
            item.setdefault(name, value)
            if name == "drawing_no" and entity.get("revision"):
                item.setdefault("revision", entity["revision"])
    return item
