"""What a message changes about the lines of a list that stands: other values for the ones it names, another name, out with them or back."""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TypedDict, cast

from actions.form.line_names import Mention, mentions, numbered_lines
from actions.form.line_strikes import Fate, fates
from actions.form.line_titles import name_stretch, titled, titled_anew
from actions.form.lines import OF_METAL, Item, read_item, spans_of_lines
from actions.form.pieces import Piece, narrowed
from actions.form.told import as_told
from actions.form.words import closes, find, pattern
from actions.turns.turn import Turn

#: «60 foringer»: a figure stands so near before the noun it counts.
_NEAR = re.compile(r"\s*(?:stk\.?|st\.?|pcs\.?|pieces|of|av|the|nye?)?\s*$", re.I)

#: What may be told of all lines in a word; a time or a size of all is the request's own.
_OF_EVERY = ("quantity", "alloy", "metal", "weight", "temper")
_SENTENCE = re.compile(r"[.!?;]\s+(?=[^\W\d_])|\n")

#: So many words stand between the name of a thing and its new value.
_FEW = 2


class Edit(TypedDict, total=False):
    """What is to become of a line: ``number`` as the customer counts, ``values`` anew, another ``name``, or ``drop``.

    ``back``: the place among the struck lines of the one that is wanted again; ``keep``: it is not to be struck.
    """

    number: int
    drop: bool
    back: int
    keep: bool
    name: str
    values: Item
    #: The words that say something of it to be as on the line before.
    same: str


def edits(turn: Turn, known: Sequence[Item], struck: Sequence[Item] = ()) -> list[Edit]:
    """What a message says of lines: «linje 2: 90 stk», «fjern linje 3», «foringa skal være 60 stk», «the cover is not to be struck».

    ``struck``: the lines that were struck out before, which may come back.
    """
    # «For line 2 the drawing comes tomorrow» moves no delivery.
    turn = as_told(turn)
    named, found = _named(turn, known, struck), list[Edit]()
    ends = fates(turn.text, named)
    starts = [_with_count(turn, each) for each in named]
    weighed = False
    for at, (mention, start) in enumerate(zip(named, starts, strict=True)):
        until = starts[at + 1] if at + 1 < len(named) else len(turn.text)
        since = max(named[at - 1].end, starts[at - 1]) if at else 0
        values = Item() if ends[at] == Fate.DROPPED else _told_of(turn, named, at, (since, start, until), ends[at])
        if weighed and _elliptic(turn, named[at - 1], mention, values):
            values = _as_weight(values)
        weighed = "weight" in values and "quantity" not in values
        if ends[at] == Fate.DROPPED and not mention.struck:
            found += [Edit(number=number, drop=True) for number in mention.lines]
        elif mention.struck:
            wanted = ends[at] in (Fate.KEPT, Fate.BACK) or bool(values)
            found += [Edit(back=mention.lines[0] - 1, values=values)] if wanted else []
        else:
            told = _told_anew(turn, mention, until, values, ends[at])
            found += [cast("Edit", {"number": number, **told}) for number in mention.lines] if told else []
    return found


def _told_anew(turn: Turn, mention: Mention, until: int, values: Item, fate: Fate) -> Edit:
    """What is told of a line that stands: its values, its name, that it is not to be struck, what is as on the line before."""
    told, behind = Edit(), turn.text[mention.end : until]
    inside = [each for each in turn.entities if mention.end <= int(each.get("start", -1)) < until]
    if values:
        told["values"] = values
    if name := titled(turn.text, mention, until, inside):
        told["name"] = name
    if fate == Fate.KEPT and not values:
        told["keep"] = True
    if find(behind, "same_alloy", "same_number") and not mention.every:
        told["same"] = behind
    return told


def _named(turn: Turn, known: Sequence[Item], struck: Sequence[Item]) -> list[Mention]:
    """The lines that a message names, with those that were struck out: by their noun, where no line that stands has it."""
    found = mentions(turn.text, [each["text"] for each in known])
    names = [stretch for each in found if (stretch := name_stretch(turn.text, each))]
    # «Line 1 is gate valve body»: its name names no other line.
    found = [each for each in found if not each.noun or not any(start <= each.start < end for start, end in names)]
    gone = [each for each in mentions(turn.text, [each["text"] for each in struck]) if each.noun] if struck else []
    gone = [replace(each, struck=True) for each in gone if not any(one.start < each.end and each.start < one.end for one in found)]  # fmt: skip
    return sorted([*found, *gone], key=lambda each: each.start)


def _told_of(turn: Turn, named: Sequence[Mention], at: int, bounds: tuple[int, int, int], fate: Fate) -> Item:
    """The values that are told of a line that is named: behind it, before it, or of all lines in a word."""
    mention, (since, start, until) = named[at], bounds
    behind = Piece(turn.text[mention.end : until], mention.end, until)
    before = Piece(turn.text[start : mention.start], start, mention.start)
    # «We have the pattern for line 1, 2 is missing»: where papers and tools are spoken of, a bare number counts nothing.
    bare = not find(turn.text[since:until], "drawings", "patterns")
    # «The cover is not to be struck, it must be 5»: what it becomes stands further on.
    soon = fate in (Fate.KEPT, Fate.BACK) or _soon(turn, mention, behind)
    values = _values(turn, before, bare) or (_values(turn, behind, bare) if soon else Item())
    if mention.every:
        return _of_every(turn, named[at - 1].end if at else 0, mention, until)
    if not values and len(named) == 1 and not mention.noun:
        return _values(turn, Piece(turn.text[: mention.start], 0, mention.start), bare)
    return values


def _elliptic(turn: Turn, before: Mention, mention: Mention, values: Item) -> bool:
    """«The bracket weighs 3.5 kg, the bushing 8»: a bare number right behind the next thing is of the kind just told."""
    if not mention.noun or "weight" in values or _SENTENCE.search(turn.text, before.end, mention.start):
        return False
    said = (values.get("said") or {}).get("quantity", "")
    return (
        bool(re.match(rf"\s*{re.escape(said)}(?!\s*[^\W\d_])", turn.text[mention.end :])) if said.isdigit() else False
    )


def _as_weight(values: Item) -> Item:
    said = dict(values.get("said") or {})
    said["weight"] = f"{said.pop('quantity')} kg"
    kept = {name: each for name, each in values.items() if name != "quantity"}
    return cast("Item", {**kept, "weight": float(values["quantity"]), "said": said})


def names_line(turn: Turn, known: Sequence[Item] = ()) -> bool:
    """Whether a message speaks of a line of a list, so that its figures are that line's."""
    return any(not each.every for each in mentions(turn.text, [each["text"] for each in known]))


def tells_every(turn: Turn, known: Sequence[Item]) -> bool:
    """Whether a message tells something of all lines in a word."""
    return any(each.every for each in mentions(turn.text, [one["text"] for one in known]))


def _of_every(turn: Turn, since: int, mention: Mention, until: int) -> Item:
    """What is told of all lines in the sentence of «both», behind it or before: «both in RG5», «CC492K for both, not RG7»."""
    start = max([since, *(each.end() for each in _SENTENCE.finditer(turn.text, since, mention.start))])
    stop = _SENTENCE.search(turn.text, mention.end, until)
    behind = Piece("", mention.end, stop.start() if stop else until)
    before = Piece("", start, mention.start)
    found = _values(turn, behind, False) or _values(turn, before, False)
    kept = {name: each for name, each in found.items() if name in _OF_EVERY}
    said = {name: each for name, each in (found.get("said") or {}).items() if name in _OF_EVERY or name == "alloy"}
    return cast("Item", {**kept, "said": said}) if kept else Item()


def with_words_above(turn: Turn, known: list[Item]) -> list[Item]:
    """What the words above a list put right in its lines by their numbers: «Pos 2 shall be 60, and pos 3 is out»."""
    spans = [] if turn.table else spans_of_lines(turn)
    above = Piece(turn.text[: spans[0][0]], 0, spans[0][0]) if spans and len(spans) == len(known) else None
    if above is None or not numbered_lines(above.text):
        return known
    changes = [each for each in edits(narrowed(turn, [above]), known) if each["number"] <= len(known)]
    for edit in sorted(changes, key=lambda each: -each["number"]):
        known = edited(known, edit)
    return known


def edited(known: list[Item], edit: Edit) -> list[Item]:
    """The items after an edit. Its number must be one of theirs."""
    at = edit["number"] - 1
    if edit.get("drop"):
        return [*known[:at], *known[at + 1 :]]
    item = titled_anew(known[at], edit["name"]) if edit.get("name") else known[at]
    item = _corrected(item, edit["values"]) if edit.get("values") else item
    return [*known[:at], item, *known[at + 1 :]]


def back_again(known: Sequence[Item], item: Item, values: Item) -> list[Item]:
    """The items with one that was struck out, in its old place, with what is told of it now."""
    at = min(max(item.get("place", len(known) + 1) - 1, 0), len(known))
    again = cast("Item", {name: each for name, each in item.items() if name != "place"})
    return [*known[:at], _corrected(again, values) if values else again, *known[at:]]


def _with_count(turn: Turn, mention: Mention) -> int:
    """Where a mention begins, with the figure that counts the thing."""
    if not mention.noun:
        return mention.start
    counts = [each for each in turn.said("quantity", "number") if int(each["end"]) <= mention.start]
    last = max(counts, key=lambda each: int(each["end"]), default=None)
    near = last is not None and _NEAR.fullmatch(turn.text[int(last["end"]) : mention.start])
    return int(last["start"]) if last is not None and near else mention.start


def _soon(turn: Turn, mention: Mention, behind: Piece) -> bool:
    """Whether what stands behind the name of a thing is its new value: «foringa skal være 60», not «foringene tåler 40 grader»."""
    if not mention.noun:
        return True
    first = min(
        (each for each in turn.entities if behind.holds(each)), key=lambda each: int(each["start"]), default=None
    )
    if first is None or len(turn.text[behind.start : first["start"]].split()) > _FEW:
        return False
    rest = pattern("filler").sub(" ", turn.text[first["end"] : behind.end])
    return first["entity"] != "number" or not re.match(r"\s*[^\W\d_]", rest)


def _values(turn: Turn, piece: Piece, bare: bool = True) -> Item:
    """The values of a line's piece. ``bare``: a number alone is pieces."""
    inside = [each for each in turn.entities if piece.holds(each)]
    wanted = [each for each in inside if not closes(turn.text[piece.start : each["start"]], "negated")]
    # «Change line 2 to 80 pcs»: what it is changed to is its value.
    wanted = [{key: it for key, it in each.items() if (key, it) != ("role", "to")} for each in wanted]
    item = read_item(turn, wanted)
    plain = [each for each in wanted if bare and each["entity"] == "number"]
    if plain and "quantity" not in item and "weight" not in item:
        # «The lids 1.1» weigh so much: nobody wants so many.
        whole = float(plain[0]["value"]).is_integer()
        said = turn.text[plain[0]["start"] : plain[0]["end"]]
        item.setdefault("said", {})["quantity" if whole else "weight"] = said if whole else f"{said} kg"
        item["quantity" if whole else "weight"] = int(plain[0]["value"]) if whole else float(plain[0]["value"])  # type: ignore[literal-required]  # one of two
    return item


def _corrected(item: Item, values: Item) -> Item:
    """An item with other values; its text says them in the place of the old ones."""
    text, said = item["text"], dict(item.get("said") or {})
    for name, now in (values.get("said") or {}).items():
        before = said.get(name)
        written = re.sub(r"\d[\d .,]*(?=\D|$)", f"{now} ", before, count=1).strip() if before and now.isdigit() else now
        text = text.replace(before, written, 1) if before and before in text else f"{text}, {written}"
        said[name] = written
    # One metal takes the place of the other, whether it is an alloy or a name of several.
    other = {*OF_METAL} if {"alloy", "metal"} & values.keys() else set()
    if "quantity" in values:
        other |= {"breaks"}
    kept = {name: each for name, each in item.items() if name not in other}
    unread = {name: each for name, each in (item.get("unread") or {}).items() if name not in values}
    return cast("Item", {**kept, **values, "text": text, "said": said, "unread": unread})
