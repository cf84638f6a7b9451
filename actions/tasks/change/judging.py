"""The verdict on each wanted change of each line, as facts that can be stored, compared and said."""

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from sqlalchemy import Engine

from actions.form.answers import Answer, Problem
from actions.form.lot_lines import lots_as_payload
from actions.form.task import Stop
from actions.orders.line_words import item
from actions.plan.capacity_reading import HUMAN
from actions.production import changes
from actions.production.calendar import WorkCalendar
from actions.production.identity import Identity
from actions.production.order_facts import Order, OrderLine
from actions.production.plant import Plant
from actions.production.rights import rights
from actions.tasks.change.dates import nearest
from actions.tasks.change.wants import ENDING, Want
from bot.common.formats import iso_week, week_monday

#: The new quantity is the old one.
SAME = "same"
#: Kinds of wants that are judged by their name.
BY_NAME = ("alloy", "certificate_3.1", "certificate_3.2", "delivery_address", "cancel")


@dataclass(frozen=True)
class Cost:
    """What a change costs: its code, and the share of the line's price where a contract holds it."""

    code: str
    percent: list[float] | None = None
    contract: str | None = None


@dataclass(frozen=True)
class Judged:
    """One change of one line, on the day it was judged. Days are ISO text: it is stored and compared.

    ``verdict``: ``free``, ``costs``, ``person`` or ``no``. ``lines``: how many the order has. ``latest`` is the last day for
    it, before ``step``. ``urgent``: the planner must hear of it before ``melt``.
    """

    order: str
    line: int
    lines: int
    want: Want
    quantity: int
    confirmed: str | None
    verdict: str = "person"
    reasons: list[str] = field(default_factory=list)
    change: str | None = None
    state: str | None = None
    cost: Cost | None = None
    latest: str | None = None
    step: str | None = None
    lowest: int | None = None
    urgent: bool = False
    melt: str | None = None
    poured: int | None = None
    #: How many pieces are through the step that goes on, and how many are finished and here: told where a part is to be shipped.
    at_step: str | None = None
    through: int | None = None
    finished: int | None = None
    #: The line's part in words, to be said and not to be compared.
    item: str = field(default="", compare=False)

    @classmethod
    def load(cls, stored: dict[str, Any]) -> "Judged":
        """What ``asdict`` made of it."""
        cost = stored.get("cost")
        return cls(**{**stored, "want": Want(**stored["want"]), "cost": Cost(**cost) if cost else None})

    def dump(self) -> dict[str, Any]:
        """What the production side is told of it."""
        lots = {"lots": lots_as_payload(self.want.lots)} if self.want.lots else {}
        return {**asdict(self), "want": {**self.want.dump(), **lots}}


@dataclass
class JudgedAnswer(Answer):
    """The task's note of what was judged; what was read back is compared with it before anything is sent."""

    verdicts: list[Judged] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.verdicts = [each if isinstance(each, Judged) else Judged.load(each) for each in self.verdicts]


@dataclass(frozen=True)
class Judge:
    """Judges what one customer wants of an order, on ``today``."""

    engine: Engine
    identity: Identity
    order: Order
    today: dt.date
    plant: Plant
    language: str

    def judge(self, numbers: Sequence[int], wants: Sequence[Want]) -> list[Judged]:
        """Every wish on the line it is about, or else on every line named; a wish nobody can read goes to a person."""
        return [
            self._judged(line, want)
            for line in self.order.lines
            for want in wants or [Want("other")]
            if (want.line == line.line_no if want.line is not None else line.line_no in numbers)
        ]

    def _judged(self, line: OrderLine, want: Want) -> Judged:
        want = settled(want, line)
        confirmed = line.confirmed_date.isoformat() if line.confirmed_date else None
        judged = Judged(
            self.order.order_no, line.line_no, len(self.order.lines), want, line.quantity, confirmed,
            item=item(line, self.language),
        )  # fmt: skip
        if want.kind in ENDING:
            judged = self._with_stop(judged)
        if want.kind == "split":
            judged = _with_progress(judged, line)
        if _is_so(want, line):
            return replace(judged, verdict="no", reasons=[SAME])
        change = _change(want, line)
        answer = change and changes.what_if(
            self.engine, self.identity, self.order.order_no, line.line_no, change, self.today, self.plant, quantity=want.to
        )  # fmt: skip
        if isinstance(answer, changes.ChangeAnswer):
            return _with_answer(judged, answer)
        may_order = rights(self.engine, self.identity).may_order
        return replace(judged, reasons=[] if may_order else ["no_right_to_order"])

    def _with_stop(self, judged: Judged) -> Judged:
        """Whether metal is to be melted soon: the planner must hear of it first."""
        stop = changes.stop_before_melt(self.engine, self.identity, judged.order, judged.line, self.today)
        if stop is None:
            return judged
        soon = WorkCalendar(self.plant.closing).add(self.today, self.plant.times.frozen_workdays)
        near = stop.urgent and stop.next_melt is not None and stop.next_melt <= soon
        return replace(
            judged, urgent=stop.urgent and (judged.want.kind == "stop" or near), poured=stop.pieces_poured, state=stop.state,
            melt=stop.next_melt.isoformat() if stop.next_melt else None,
        )  # fmt: skip


def _with_progress(judged: Judged, line: OrderLine) -> Judged:
    """How many pieces are through which step: what there is to ship a part of."""
    progress = line.progress()
    finished = max(0, line.finished_quantity - line.shipped_quantity)
    if progress is None:
        return replace(judged, finished=finished)
    return replace(judged, at_step=progress.code, through=progress.done_quantity, finished=finished)


def _is_so(want: Want, line: OrderLine) -> bool:
    """Whether the line is as wanted already."""
    if want.kind == "quantity":
        return want.to == line.quantity
    return want.kind == "date" and line.confirmed_date is not None and _day(want, line) == line.confirmed_date


def settled(want: Want, line: OrderLine) -> Want:
    """The wish in absolute figures: the new quantity, the new date and which way it goes."""
    if want.kind == "quantity":
        return replace(want, to=_pieces(want, line.quantity), by=None, percent=None)
    if want.kind != "date":
        return want
    day, way = _day(want, line), want.way
    if day and line.confirmed_date:
        way = "earlier" if day < line.confirmed_date else "later"
    date = day.isoformat() if day and (want.by_days is not None or want.any_month) else want.date
    return replace(want, date=date, by_days=None, any_month=None, way=way or "later")


def _pieces(want: Want, ordered: int) -> int:
    """The new quantity; a share of what is ordered in whole pieces, rather one too many."""
    if want.percent is not None:
        return math.ceil(round(ordered * want.percent / 100, 6))
    return want.to if want.to is not None else ordered + (want.by or 0)


def _day(want: Want, line: OrderLine) -> dt.date | None:
    if want.date:
        day = dt.date.fromisoformat(want.date)
        if want.any_month and line.confirmed_date:
            day = nearest(day, line.confirmed_date)
        within = line.confirmed_date is not None and want.date <= line.confirmed_date.isoformat() <= (want.until or "")
        return line.confirmed_date if within or _kept(want, line, day, day) else day
    if want.week:
        first = week_monday(want.week)
        same_week = line.confirmed_date is not None and iso_week(line.confirmed_date) == want.week
        last = first + dt.timedelta(days=6)
        return line.confirmed_date if same_week or _kept(want, line, first, last) else first
    if want.by_days is not None and line.confirmed_date:
        return line.confirmed_date + dt.timedelta(days=want.by_days * (1 if want.way == "later" else -1))
    return None


def _kept(want: Want, line: OrderLine, first: dt.date, last: dt.date) -> bool:
    """Whether the confirmed date keeps what is wanted: «not before Easter», «by week 20»."""
    confirmed = line.confirmed_date
    if confirmed is None or want.bound is None:
        return False
    return confirmed >= first if want.bound == "from" else confirmed <= last


def keeps(want: Want, wish: Want, order: Order) -> bool:
    """Whether a date that is wanted keeps another wish for it on every line: «two weeks later» - «not before Easter»."""
    days = [_day(want, each) for each in order.lines if want.line in (None, each.line_no)]
    moved = [replace(each, confirmed_date=day) for each, day in zip(order.lines, days, strict=False) if day]
    return bool(moved) and len(moved) == len(days) and all(_day(wish, each) == each.confirmed_date for each in moved)


def _change(want: Want, line: OrderLine) -> str | None:
    """The change as the rules call it."""
    if want.kind == "quantity":
        to = want.to or 0
        if to <= 0:
            return "cancel"
        return "quantity_up" if to > line.quantity else "quantity_down"
    if want.kind == "date":
        return f"date_{want.way}"
    return want.kind if want.kind in BY_NAME else None


def _with_answer(judged: Judged, answer: changes.ChangeAnswer) -> Judged:
    cost = answer.cost
    return replace(
        judged, change=answer.change, verdict=answer.verdict, reasons=list(answer.reasons), state=answer.state,
        cost=Cost(cost.code, list(cost.percent) if cost.percent else None, cost.contract) if cost else None,
        latest=answer.latest.isoformat() if answer.latest else None, step=answer.latest_step, lowest=answer.lowest_quantity,
    )  # fmt: skip


def impossible(want: Want, line: OrderLine, today: dt.date) -> Problem | None:
    """What cannot be on this line: fewer pieces than none, a day that has passed."""
    if want.kind == "quantity" and want.by is not None and line.quantity + want.by <= 0:
        return Problem("utter_change_bad_too_many", {"quantity": line.quantity, "by": -want.by})
    day = _day(want, line) if want.kind == "date" and want.by_days is not None else None
    return Problem("utter_change_bad_past", {"day": day.isoformat()}) if day and day < today else None


def unequal(want: Want, lines: Sequence[OrderLine]) -> Problem | None:
    """What the lots of a part shipment are together, where that is not what is ordered: how they are meant is asked."""
    pieces = [each["quantity"] for each in want.lots or []]
    ordered = lines[0].quantity if len(lines) == 1 else None
    if not pieces or ordered in (None, sum(pieces)):
        return None
    values = {"pieces": [str(each) for each in pieces], "told": sum(pieces), "ordered": ordered}
    return Problem("utter_change_lots_unequal", values, asks=True)


def refused(order: Order, judged: Sequence[Judged]) -> Stop | None:
    """The end of a wish of which nothing is possible any more, with why and with what is possible instead."""
    if not judged or any(each.verdict != "no" for each in judged):
        return None
    first = judged[0]
    reasons = list(dict.fromkeys(reason for each in judged for reason in each.reasons))
    if reasons == [SAME] and first.want.kind == "date":
        return Stop("utter_change_same_date", {"order_no": order.order_no, "day": first.confirmed})
    if reasons == [SAME]:
        return Stop("utter_change_same", {"order_no": order.order_no, "quantity": first.quantity})
    again = ({"reply": "utter_choice_order_more", "payload": "/reorder"},) if "next_batch" in reasons else ()
    values = {
        "order_no": order.order_no, "change": f"change.{first.change or first.want.kind}",
        "reasons": [f"change_reason.{reason}" for reason in reasons],
    }  # fmt: skip
    lines = {each.line for each in judged}
    if len(lines) == 1 and len(order.lines) > 1:
        return Stop("utter_change_no_on_line", {**values, "line": first.line}, (*again, HUMAN))
    return Stop("utter_change_no", values, (*again, HUMAN))
