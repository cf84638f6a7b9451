"""One more part of a request that runs: «add: gland ring, 8 pcs», «we also need a cover for it, 3 kg, same number», and parts that are one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from actions.form.line_names import numbered_lines
from actions.form.lines import OF_METAL, Item, item_in, items
from actions.form.part_namings import thing_at
from actions.form.pieces import asked_in, sentence_breaks, sentence_spans
from actions.form.text import described_part
from actions.form.words import find, opens, pattern, without_lead
from actions.turns.turn import Turn

#: What makes a thing that is told beside a request a part of it.
_DESCRIBES = ("quantity", "weight", "alloy", "metal", "dimensions", "drawing_no", "part_no", "yearly")
#: What parts that are one have of each other.
_SHARED = ("quantity", "yearly", "weight", "alloy", "metal", "temper", "drawing_no", "part_no", "dimensions", "wall", "revision", "finished", "breaks")  # fmt: skip


@dataclass(frozen=True)
class Further:
    """A part that comes beside those that stand, and the stretch of the message that tells it."""

    item: Item
    start: int
    end: int


def further_part(turn: Turn) -> Further | None:
    """The one more part that a sentence of a message tells, by what leads to it."""
    if items(turn):
        return None
    for start, end in sentence_spans(turn.text):
        if asked_in(turn.text, start) or (found := _in_sentence(turn, start, end)) is None:
            continue
        return found
    return None


def _in_sentence(turn: Turn, start: int, end: int) -> Further | None:
    text = turn.text[start:end]
    before = len(text) - len(text.lstrip(" ,.-"))
    lead = opens(text[before:], "adds_line", "also_wanted")
    if lead is None:
        # «And another 20 brackets»: only with their number, and as the whole message says it.
        lead = opens(text[before:], "also") if not turn.text[:start].strip() else None
        counted = [each for each in turn.said("quantity") if not {"bad", "every", "role"} & each.keys()]
        described = described_part(turn) or turn.said("part_no", "drawing_no")
        if lead is None or not counted or not described:
            return None
        return Further(item_in(turn, start + before + lead.end(), len(turn.text)), start, len(turn.text))
    at = start + before + lead.end()
    at += len(re.match(r"[\s:,–-]*", turn.text[at:end])[0])  # type: ignore[index]  # it matches nothing too
    if numbered_lines(turn.text[at:end]):
        return None
    at = end - len(without_lead(turn.text[at:end], "articles"))
    name = thing_at(turn, at)
    item = item_in(turn, at, end)
    same = find(turn.text[at:end], "same_number", "same_alloy", "same_as_above")
    if not any(key in item for key in _DESCRIBES) and not same:
        return None
    if name is None and "quantity" not in item:
        return None
    if name and "quantity" not in item:
        item["part"] = name[0]
    return Further(item, start, end)


def with_same(item: Item, known: Sequence[Item]) -> Item:
    """«Same number, same alloy» is that of the line before, and is written as it is there."""
    if not known:
        return item
    stretch, before = item["text"], known[-1]
    told, said = dict(item), dict(item.get("said") or {})
    copied: list[str] = []
    for topic, names in (("same_number", ("quantity",)), ("same_alloy", (*OF_METAL, "temper"))):
        found = find(stretch, topic)
        if found is None:
            continue
        for name in names:
            if name in before and not (name in told or (name in OF_METAL and set(OF_METAL) & told.keys())):
                told[name] = before[name]  # type: ignore[literal-required]  # a name of an Item
                key = "alloy" if name in OF_METAL else name
                said[key] = (before.get("said") or {}).get(key) or f"{before[name]}"  # type: ignore[literal-required]
                said[key] = f"{before['quantity']:g} ×" if name == "quantity" else said[key]
                copied.append(said[key])
        stretch = stretch.replace(found[0], "", 1)
    if not copied:
        return item
    words = [each.strip(" .") for each in re.split(r",|\s(?:" + pattern("joined_by").pattern + r")\s*(?=,|$)", stretch)]
    return cast("Item", {**told, "text": ", ".join([*(each for each in words if each), *copied]), "said": said})


def line_named(turn: Turn, number: int, name: str, values: Item) -> Item:
    """A line told with its number: in the customer's words behind it, or its name with its values."""
    mention = next((each for each in numbered_lines(turn.text) if each.lines == (number,)), None)
    behind = turn.text[mention.end :] if mention else ""
    at = behind.find(name)
    if mention is None or at < 0:
        return cast("Item", {**values, "part": name, "text": name})
    start = mention.end + at
    later = [each.start for each in numbered_lines(turn.text) if each.start > start]
    stops = [stop.start() for stop in sentence_breaks().finditer(turn.text) if stop.start() > start]
    item = item_in(turn, start, min([len(turn.text), *later, *stops]))
    return cast("Item", {**item, **values, "part": name})


def alike(one: Item, other: Item) -> bool:
    """Whether two lines are one part: the same drawing or number of their own."""
    return any(name in one and one.get(name) == other.get(name) for name in ("drawing_no", "part_no"))


def only_one(turn: Turn) -> bool:
    """«That is only one part»: what was taken for several is one."""
    return bool(find(turn.text, "only_one_part")) and not find(turn.text, "not") and "?" not in turn.text


def together(known: Sequence[Item]) -> Item:
    """The first of several lines that are one part, with what only the others tell."""
    first = dict(known[0])
    for other in known[1:]:
        for name in _SHARED:
            metal = name in OF_METAL and set(OF_METAL) & first.keys()
            if name in other and name not in first and not metal:
                first[name] = other[name]  # type: ignore[literal-required]  # a name of an Item
    return cast("Item", first)
