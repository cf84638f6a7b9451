"""One order in several deliveries: «30 stk uke 12, 50 stk uke 16», «3 x 50 in June, September, December», «36 + 28», «34 now».

The one reader of a division, for what is quoted, ordered, or on order already. The pieces in all never change by it; where
the parts are not the whole together, that is told (``Unequal``) and asked about.
"""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NotRequired, TypedDict

from actions.form.lines import items
from actions.form.lot_marks import ASAP, LATER, OPEN, Mark, Marks, deliveries_in, marks_of
from actions.form.shares import total_told
from actions.form.words import closes, find, pattern
from actions.turns.reading import Entity
from actions.turns.turn import Turn

__all__ = ["ASAP", "LATER", "OPEN", "Division", "Lot", "Unequal", "deliveries", "divided", "lots", "of_each_delivery"]

#: What parts a sentence: a time belongs to the pieces on its own side of it.
_STOPS = re.compile(r"[,;.\n!?]+(?=\s|$)")
#: «3 x» before the pieces of each.
_TIMES_OF = re.compile(r"^\d+\s*[x×*]\s*", re.I)
_PLUS = re.compile(r"\s*[+&]\s*")


class Lot(TypedDict):
    """Pieces that are wanted at one time; ``text`` as the customer wrote it, ``rest`` when it is what the others leave, ``since``
    when its time is one to begin with: «after Easter»."""

    quantity: int
    delivery: str
    text: str
    rest: NotRequired[bool]
    since: NotRequired[bool]


@dataclass(frozen=True)
class Division:
    """The lots that the pieces are divided into, and the stretch of the text that tells them; ``whole``: the pieces in all as told."""

    lots: list[Lot]
    start: int
    end: int
    whole: int | None = None


@dataclass(frozen=True)
class Unequal(Division):
    """Lots that are not the whole together: ``told`` pieces, where it is ``of`` so many."""

    told: int = 0
    of: int = 0


@dataclass(frozen=True)
class _Part:
    """A part as it is told. ``quantity`` None: no figure tells it."""

    start: int
    end: int
    quantity: int | None = None
    half: bool = False
    rest: bool = False
    place: int | None = None
    time: str = OPEN
    since: bool = False
    #: what tells it, where its pieces and its time stand apart
    told: str = ""


def divided(
    text: str, entities: Sequence[Entity], total: int | None = None, stand: Sequence[Lot] = ()
) -> Division | None:
    """The division that a text tells: of ``total`` pieces, or of those it tells itself; of the lots that ``stand`` it may put some right.

    None where it tells none. «20 first and the rest in the new year», «half now, half after Easter», «not march, 16 APRIL: 34».
    """
    marks = marks_of(text, entities, total)
    parts = _parts(text, marks)
    said = marks.whole.value if marks.whole else None
    whole = said or total
    if stand and (renewed := _renewed(text, parts, list(stand), said, total)):
        return _with_whole(renewed, marks.whole)
    counted = [each for each in parts if _counts(each)]
    gaps = [text[one.end : other.start] for one, other in itertools.pairwise(counted)]
    if len(counted) < 2 or any(find(gap, "either_or") for gap in gaps) or not _bears(text, counted, marks, whole):
        return None
    found = _fitted(text, _told_whole(text, counted), whole, said)
    return _with_whole(found, marks.whole) if found else None


def _with_whole(found: Division, whole: Mark | None) -> Division:
    """A division with the words for the pieces in all as a part of its stretch."""
    if whole is None:
        return found
    return replace(found, start=min(found.start, whole.start), end=max(found.end, whole.end))


def lots(turn: Turn) -> list[Lot]:
    """The lots of a message, each a number of pieces with a time; empty when there are not two, or they are not the whole."""
    if items(turn):
        return []
    told = total_told(turn)
    found = divided(turn.text, turn.entities, int(told) if told else None)
    if (
        found is None
        or isinstance(found, Unequal)
        or any(each["delivery"] in (OPEN, LATER, ASAP) for each in found.lots)
    ):
        return []
    return found.lots


def deliveries(turn: Turn) -> int | None:
    """In how many deliveries the pieces are wanted, when that was said."""
    found = deliveries_in(turn.text)
    return found.value if found else None


def of_each_delivery(turn: Turn, pieces: Entity) -> bool:
    """Whether pieces are those of every delivery: «six shipments of 50»."""
    start = int(pieces["start"])
    behind = (turn.text[each.end() : start] for each in pattern("deliveries").finditer(turn.text, 0, start))
    return any(pattern("of_each").fullmatch(words.strip(" ,:")) for words in behind)


# ---------------------------------------------------------------- the parts of a text


def _parts(text: str, marks: Marks) -> list[_Part]:
    """The parts, in their order: pieces with the place and the time that belong to them, or a place with a time of its own."""
    heads = [each for each in marks.parts for _ in range(each.times)]
    days = [each for each in marks.times if not each.named]
    if not heads and days and marks.whole and marks.deliveries == len(days) and marks.whole.value % len(days) == 0:
        equal = marks.whole.value // len(days)
        return [_Part(each.start, each.end, equal, time=each.time, since=each.since) for each in days]
    parts = [
        _Part(each.start, each.end, each.value or None, half=each.kind == "half", rest=each.rest) for each in heads
    ]
    parts = _placed(text, parts, marks.places)
    return [_now(text, each) for each in _timed(text, parts, marks)]


def _placed(text: str, parts: list[_Part], places: Sequence[Mark]) -> list[_Part]:
    """The parts with their places: before the pieces, or behind them; and the places that have no pieces."""
    before = bool(places and parts) and places[0].start < parts[0].start
    alone = []
    for each in places:
        nexts = [part for part in parts if part.start >= each.end]
        lasts = [part for part in parts if part.end <= each.start]
        close = nexts and not text[each.end : nexts[0].start].strip(" :=–-")
        chosen = nexts[0] if nexts and (close or before) else lasts[-1] if lasts else None
        if chosen is None or chosen.place is not None:
            alone.append(_Part(each.start, each.end, place=each.value))
            continue
        span = min(chosen.start, each.start), max(chosen.end, each.end)
        parts[parts.index(chosen)] = replace(chosen, place=each.value, start=span[0], end=span[1])
    return sorted([*parts, *alone], key=lambda each: each.start)


def _timed(text: str, parts: list[_Part], marks: Marks) -> list[_Part]:
    """The parts with their times: beside the pieces, or one list behind the other."""
    days = [each for each in marks.times if not each.named]
    same = len({(each.start, each.end) for each in parts}) == 1
    if (
        parts
        and 1 < len(parts) == len(days)
        and (same or parts[-1].end <= days[0].start or days[-1].end <= parts[0].start)
    ):
        if find(text[days[0].end : days[-1].start], "either_or") or not (same or _listed(text, parts)):
            return parts
        return [_in_list(text, part, when) for part, when in zip(parts, days, strict=True)]
    first = days[0] if days else None
    ahead = first is not None and bool(parts) and first.start < parts[0].start
    told: dict[int, list[Mark]] = {}
    for when in marks.times:
        if any(each.start <= when.start < each.end for each in parts):
            # «The first» of a place says nothing of now.
            continue
        at = _nearest(text, parts, when, ahead)
        if at is not None:
            told.setdefault(at, []).append(when)
    result = []
    for at, part in enumerate(parts):
        times = told.get(at, [])
        exact = [each for each in times if not each.named] or times
        near = min(exact, key=lambda each: max(each.start - part.end, part.start - each.end), default=None)
        result.append(_with_time(part, near) if near else part)
    return result


def _nearest(text: str, parts: Sequence[_Part], when: Mark, ahead: bool) -> int | None:
    """The part that a time belongs to: the one from which fewer stops part it, else as the first time stands to the first part."""
    lasts = [at for at, each in enumerate(parts) if each.end <= when.start]
    nexts = [at for at, each in enumerate(parts) if each.start >= when.end]
    if not lasts or not nexts:
        return lasts[-1] if lasts else nexts[0] if nexts else None
    behind, before = _apart(text[parts[lasts[-1]].end : when.start]), _apart(text[when.end : parts[nexts[0]].start])
    if behind != before:
        return lasts[-1] if behind < before else nexts[0]
    return nexts[0] if ahead else lasts[-1]


def _apart(between: str) -> int:
    return len(_STOPS.findall(between)) + len(pattern("joints").findall(between))


def _in_list(text: str, part: _Part, when: Mark) -> _Part:
    """A part whose time stands in a list of its own: «30 and 50, in May and June»."""
    told = f"{_words(text, when.start, when.end)}: {_TIMES_OF.sub('', _words(text, part.start, part.end))}"
    return replace(_with_time(part, when), told=told)


def _with_time(part: _Part, when: Mark) -> _Part:
    return replace(
        part, time=when.time, since=when.since, start=min(part.start, when.start), end=max(part.end, when.end)
    )


def _now(text: str, part: _Part) -> _Part:
    """«The first 20» come first, where no other time is told for them."""
    return replace(part, time=ASAP) if not part.time and closes(text[: part.start], "lot_first") else part


def _listed(text: str, parts: Sequence[_Part]) -> bool:
    """Whether the numbers are one list: «30 and 50»."""
    gaps = [text[one.end : other.start] for one, other in itertools.pairwise(parts)]
    return all(not pattern("joined_by").sub("", gap).strip(" ,;/+&\n") for gap in gaps)


def _counts(part: _Part) -> bool:
    return part.quantity is not None or part.half or part.rest


def _bears(text: str, parts: Sequence[_Part], marks: Marks, whole: int | None) -> bool:
    """Whether numbers are parts of one whole, and not pieces of several things."""
    if all(each.time for each in parts):
        return True
    if marks.deliveries and len({(each.start, each.end) for each in parts}) == 1:
        # «Three instalments of 400» tells how many deliveries, and of none when.
        return False
    # «80 of them are left handed, the rest right» tells what they are, and not when they come.
    when = any(each.time or each.place for each in parts) or find(text, "deliveries", "divides")
    told = marks.deliveries or (when and any(each.rest or each.half or each.place for each in parts))
    summed = all(_PLUS.fullmatch(text[one.end : other.start]) for one, other in itertools.pairwise(parts))
    return bool(whole and (told or summed or find(text, "divides")))


# ---------------------------------------------------------------- lots of the whole


def _fitted(text: str, parts: list[_Part], whole: int | None, said: int | None) -> Division | None:
    """The parts as lots of the whole; of the sum of all where none is told."""
    open_ones = [each for each in parts if each.quantity is None]
    if open_ones and whole is None:
        return None
    halves = [each for each in open_ones if each.half]
    if halves and whole and whole % 2 == 0:
        parts = [replace(each, quantity=whole // 2) if each.half else each for each in parts]
    parts = _without_repeated(parts, whole)
    fixed = sum(each.quantity or 0 for each in parts)
    left = [each for each in parts if each.quantity is None]
    if len(left) > 1 or any(each.half for each in left):
        return None
    if left and whole:
        parts = [replace(each, quantity=whole - fixed) if each is left[0] else each for each in parts]
    return _as_division(text, _by_place(parts), whole, said)


def _without_repeated(parts: list[_Part], whole: int | None) -> list[_Part]:
    """«37 by then is ok. Split it, 37 mid April and the last 23 in week 17»: what is said once more with its time is no part of its own."""
    if whole is None or any(each.quantity is None for each in parts):
        return parts
    once = [
        each
        for each in parts
        if each.time
        or each.place
        or not any(one.quantity == each.quantity for one in parts if one is not each and one.time)
    ]
    total = sum(each.quantity or 0 for each in parts)
    return once if total != whole and sum(each.quantity or 0 for each in once) == whole else parts


def _by_place(parts: list[_Part]) -> list[_Part]:
    """The parts in the order of their places, where every one has its own; else as they were told."""
    places = [len(parts) if each.place == -1 else each.place for each in parts]
    if len({each for each in places if each}) != len(parts):
        return parts
    return [each for _, each in sorted(zip(places, parts, strict=True), key=lambda pair: pair[0] or 0)]


def _as_division(text: str, parts: Sequence[_Part], whole: int | None, said: int | None) -> Division | None:
    found = [_lot(text, each) for each in parts]
    total = sum(each["quantity"] for each in found)
    span = min(each.start for each in parts), max(each.end for each in parts)
    if whole is not None and (total != whole or any(each["quantity"] <= 0 for each in found)):
        fixed = sum(each["quantity"] for each in found if each["quantity"] > 0 and not each.get("rest"))
        return Unequal(found, *span, said, told=fixed if fixed > whole else total, of=whole)
    return Division(found, *span, said)


def _told_whole(text: str, parts: list[_Part]) -> list[_Part]:
    """The parts with all that is said of those without a time: «rest in call-offs»; the first of others that have one comes at once."""
    result = []
    for at, part in enumerate(parts):
        others = [each for each in parts if each is not part]
        if not part.time and part.place == 1 and all(each.time for each in others):
            part = replace(part, time=ASAP)
        elif not part.time:
            until = parts[at + 1].start if at + 1 < len(parts) else len(text)
            stop = _STOPS.search(text, part.end, until)
            joint = pattern("joints").search(text, part.end, until)
            end = min(each.start() for each in (stop, joint) if each) if stop or joint else until
            part = replace(part, end=part.end + len(text[part.end : end].rstrip(" ,+&")))
        result.append(part)
    return result


def _lot(text: str, part: _Part) -> Lot:
    words = part.told or _words(text, part.start, part.end)
    lot = Lot(quantity=part.quantity or 0, delivery=part.time, text=words)
    if part.rest:
        lot["rest"] = True
    if part.since:
        lot["since"] = True
    return lot


# ---------------------------------------------------------------- lots that stand


def _renewed(
    text: str, parts: Sequence[_Part], stand: list[Lot], said: int | None, whole: int | None
) -> Division | None:
    """The lots that stand with what a text says of some of them: other pieces, another time; None where it tells none of them.

    Of a whole that is known the last lot of which no pieces are told takes up the difference.
    """
    counted = [each for each in parts if _counts(each)]
    if not parts or (len(counted) > 1 and all(each.time for each in counted)):
        return None
    meant = [at for each in parts if (at := _meant(each, stand, parts)) is not None]
    if len(meant) < len(parts) or len(set(meant)) < len(meant):
        return None
    now = list(stand)
    for part, at in zip(parts, meant, strict=True):
        now[at] = _put(text, now[at], part)
    total = said or whole
    if now == stand and not any(_counts(each) or each.place for each in parts):
        return None
    fixed = {at for part, at in zip(parts, meant, strict=True) if part.quantity is not None}
    others = [at for at in range(len(now)) if at not in fixed]
    if total and fixed and others:
        taken = sum(each["quantity"] for at, each in enumerate(now) if at != others[-1])
        now[others[-1]] = with_pieces(now[others[-1]], total - taken)
    span = min(each.start for each in parts), max(each.end for each in parts)
    together = sum(each["quantity"] for each in now)
    if total and (together != total or any(each["quantity"] <= 0 for each in now)):
        return Unequal(now, *span, said, told=sum(now[at]["quantity"] for at in fixed), of=total)
    return Division(now, *span, said)


def _meant(part: _Part, stand: Sequence[Lot], parts: Sequence[_Part]) -> int | None:
    """Which of the lots that stand a part is: by its place, its time, its pieces, or as one of as many."""
    if part.place is not None:
        at = len(stand) if part.place == -1 else part.place
        return at - 1 if at <= len(stand) else None
    timed = [at for at, each in enumerate(stand) if part.time and each["delivery"] == part.time]
    alike = [at for at, each in enumerate(stand) if part.quantity == each["quantity"]]
    for found in (timed, alike):
        if len(found) == 1:
            return found[0]
    if part.rest:
        return len(stand) - 1
    return parts.index(part) if len(parts) == len(stand) and part.quantity else None


def _put(text: str, lot: Lot, part: _Part) -> Lot:
    """A lot with the pieces and the time that a part tells of it."""
    words = part.told or _words(text, part.start, part.end)
    fresh = with_pieces(lot, part.quantity) if part.quantity is not None else lot
    if part.time and part.time != lot["delivery"]:
        told = words if part.quantity is not None else f"{fresh['quantity']}: {words}"
        plain = Lot(quantity=fresh["quantity"], delivery=part.time, text=told)
        fresh = {**plain, "since": True} if part.since else plain
    return fresh


def with_pieces(lot: Lot, pieces: int) -> Lot:
    """A lot with other pieces than before, in words that tell them."""
    if lot["quantity"] == pieces:
        return lot
    if lot.get("rest") and not re.search(rf"(?<!\w){lot['quantity']}(?!\w)", lot["text"]):
        return {**lot, "quantity": pieces}
    text, count = re.subn(rf"(?<!\w){lot['quantity']}(?!\w)", str(pieces), lot["text"], count=1)
    return {**lot, "quantity": pieces, "text": text if count else f"{pieces} ({lot['text']})"}


def _words(text: str, start: int, end: int) -> str:
    return " ".join(text[start:end].split()).strip(" ,")
