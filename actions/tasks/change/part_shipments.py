"""A part of an order that is there is to be shipped before the rest: «15 this week, the rest on the 9th», «can you send the good ones now?»

It is a change of its own kind, which sales decides: neither the pieces of the order nor its date change by it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.form.lot_marks import ASAP, OPEN, TIMES, Mark, marks_of
from actions.form.lots import Division, Lot, divided
from actions.tasks.change.quantities import more_or_fewer
from actions.turns.reading import Clause, Entity, Reading
from actions.turns.turn import moved
from actions.turns.words import words

#: So much is kept of the words.
_MOST = 300
#: A time belongs to pieces no farther away than this.
_NEAR = 40
#: The end of a sentence: «send the 34 first. The fitter comes on the 10th» tells no time of the 34.
_STOP = re.compile(r"[!?\n]|\.(?=\s)")


@dataclass(frozen=True)
class PartShipment:
    """A part shipment that is wanted, and the stretch of the text that tells it; ``lots`` empty where no figures do."""

    start: int
    end: int
    lots: list[Lot]

    def words(self, text: str) -> str:
        """The customer's words for it."""
        return " ".join(text[self.start : self.end].split())[:_MOST]


def part_shipment(
    text: str, entities: Sequence[Entity], ordered: int | None = None, stand: Sequence[Lot] = ()
) -> PartShipment | None:
    """The part shipment that a text wants of an order for ``ordered`` pieces; ``stand``: the lots that were told before."""
    found = divided(text, entities, ordered, stand)
    if found and not (found.whole and ordered and found.whole != ordered):
        # Lots that are not the whole are asked about when they are judged.
        lots = [each for each in found.lots if each["quantity"] > 0]
        return PartShipment(*_stretch(text, found), lots)
    first = _first_part(text, entities, ordered)
    if first:
        return first
    said = _said(text, entities)
    return PartShipment(*said, []) if said else None


def may_tell(text: str, entities: Sequence[Entity]) -> bool:
    """Whether anything in a text can be a part of an order, so that it is worth knowing how many are ordered."""
    marks = marks_of(text, entities)
    return bool(marks.parts or marks.places or marks.deliveries) or _said(text, entities) is not None


def joined_shipment(reading: Reading, ordered: int | None = None, stand: Sequence[Lot] = ()) -> Reading:
    """The reading with all clauses of one part shipment as one, which wants a change; as it is where it tells none."""
    whole = reading.whole
    orders = {str(each["value"]) for each in whole.entities if each["entity"] == "order_no"}
    if len(orders) > 1:
        return replace(reading, clauses=tuple(_of_its_order(each) for each in reading.clauses))
    if bears_change(whole.text):
        return reading
    found = part_shipment(whole.text, whole.entities, ordered, stand)
    inside = [each for each in reading.clauses if found and each.start < found.end and each.end > found.start]
    if not inside:
        return reading
    start, end = inside[0].start, inside[-1].end
    entities = tuple(each for each in whole.entities if start <= int(each.get("start", -1)) < end)
    if not any(each["entity"] == "order_no" for each in entities):
        before = [each for each in whole.entities if each["entity"] == "order_no" and int(each.get("start", 0)) < start]
        entities = (*before[-1:], *entities)
    told = tuple(each for each in whole.told if start <= each.start < end)
    one = Clause(whole.text[start:end], start, end, (("change_order", 1.0),), False, None, entities, told)
    others = [each for each in reading.clauses if each not in inside]
    clauses = tuple(sorted([*others, one], key=lambda each: each.start))
    return replace(reading, clauses=clauses, whole=whole if others else replace(one, start=whole.start, end=whole.end))


def _of_its_order(clause: Clause) -> Clause:
    """A clause that names one of several orders and wants a part of it shipped first, or express, as a change of that."""
    inside = [moved(each, clause.start) for each in clause.entities if "start" in each]
    named = any(each["entity"] == "order_no" for each in inside)
    wanted = (
        named and not bears_change(clause.text) and (wants_express(clause.text) or part_shipment(clause.text, inside))
    )
    return replace(clause, acts=(("change_order", 1.0),), asks=False) if wanted else clause


def wants_express(text: str) -> bool:
    """Whether goods are to go by a faster freight."""
    return words("change").says(text, "express")


def bears_change(text: str) -> bool:
    """Whether words of changing how many are ordered stand in a text: so many fewer, more, instead."""
    known = words("change")
    text = known.without(text, "no_change_of_pieces")
    return known.says(text, "fewer", "more_before", "more_after", "double", "makes_it", "changes_to", "instead_of")


def asks_whether(text: str) -> bool:
    """Whether it is only asked if a part shipment can be had: «is a part shipment possible, yes or no?»"""
    known = words("change")
    beside = known.without(text, "part_shipment")
    return known.says(text, "part_shipment") and known.says(beside, "whether") and not known.says(beside, "sends")


def _first_part(text: str, entities: Sequence[Entity], ordered: int | None) -> PartShipment | None:
    """One number of pieces that is to come first: with a time of its own, behind a word of sending, or as so many of them."""
    marks = marks_of(text, entities, ordered)
    total = marks.whole.value if marks.whole else ordered
    # «Can you send half of them now?»
    halved = [replace(each, kind="count", value=total // 2) for each in marks.parts if each.kind == "half" and total]
    counts = [each for each in marks.parts if each.kind == "count"] or halved
    if len(counts) != 1 or bears_change(text) or (total is not None and counts[0].value >= total):
        return None
    count, time = counts[0], _time_of(text, counts[0], marks.times)
    said = _said(text, entities)
    sent = words("change").ends_near(text[: count.start], "ships", 1)
    counted = _counted(entities, count)
    # «Call me after 2 today»: a bare figure beside a time counts no pieces.
    timed = time and any(each["entity"] == "quantity" for each in counted)
    if not (said or (total and (sent or timed))) or any(more_or_fewer(text, each) for each in counted):
        return None
    start, end = min(count.start, time.start if time else count.start), max(count.end, time.end if time else count.end)
    start, end = _around(text, start, end)
    if said:
        start, end = min(start, said[0]), max(end, said[1])
    if not total:
        return PartShipment(start, end, [])
    lot = Lot(quantity=count.value, delivery=time.time if time else OPEN, text=" ".join(text[start:end].split()))
    rest = Lot(quantity=total - count.value, delivery=OPEN, text="", rest=True)
    return PartShipment(start, end, [lot, rest])


def _counted(entities: Sequence[Entity], count: Mark) -> list[Entity]:
    return [each for each in entities if each["entity"] in ("quantity", "number") and each.get("start") == count.start]


def _time_of(text: str, count: Mark, times: Sequence[Mark]) -> Mark | None:
    """The time that stands beside the pieces; a word for at once anywhere."""
    near = [
        each
        for each in times
        if (
            each.start >= count.end
            and each.start - count.end <= _NEAR
            and not _STOP.search(text, count.end, each.start)
        )
        or (
            each.end <= count.start
            and count.start - each.end <= _NEAR
            and not _STOP.search(text, each.end, count.start)
        )
    ]
    exact = [each for each in near if not each.named] or [each for each in (near or times) if each.time == ASAP]
    return min(exact, key=lambda each: abs(each.start - count.start), default=None)


def _said(text: str, entities: Sequence[Entity]) -> tuple[int, int] | None:
    """Where words alone speak of several deliveries, or of a part that is to come first."""
    known = words("change")
    timed = any(each["entity"] in TIMES for each in entities)
    for name in ("splits", "partly"):
        place = known.where(text, name)
        if place and (name == "splits" or timed or known.says(text, "wish", "ships")):
            # «The first must not wait for the rest. Rather two shipments»: both say it.
            start, end = place
            while place := known.where(text[end:], name):
                end += place[1]
            return _around(text, start, end)
    return None


def _stretch(text: str, found: Division) -> tuple[int, int]:
    return _around(text, found.start, found.end)


def _around(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch up to the ends of its sentences; the stop of «10. mars» ends none."""
    ends = [each.end() for each in re.finditer(r"[!?\n]+|(?<!\d)\.(?=\s|$)|(?<=\d)\.(?=\s*$|\s+[A-ZÆØÅÄÖ])", text)]
    first = max((each for each in ends if each <= start), default=0)
    last = min((each for each in ends if each >= end), default=len(text))
    return first + len(text[first:]) - len(text[first:].lstrip()), last
