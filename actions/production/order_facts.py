"""What is known about an order, and what follows from it: is it late, which step is it at, when does the rest come."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from actions.production.views import OPERATIONS

#: Nothing more is made or sent on these.
FINISHED = ("shipped", "delivered", "cancelled")
#: Steps a buyer hears about under the name of the step that ends with them on the same day.
PART_OF = {"melting": "pouring"}


@dataclass(frozen=True)
class Move:
    """A confirmed date that was moved."""

    changed_at: dt.datetime
    old_date: dt.date
    new_date: dt.date
    reason_code: str | None
    visible: bool

    @property
    def shown_reason(self) -> str | None:
        """The reason code the customer may read."""
        return self.reason_code if self.visible else None


@dataclass(frozen=True)
class Step:
    """One operation of one works order."""

    code: str
    state: str
    done_quantity: int
    planned_end: dt.date | None
    finished_on: dt.date | None


@dataclass(frozen=True)
class Shipment:
    """Pieces that left the foundry."""

    delivery_no: str
    quantity: int
    shipped_on: dt.date
    carrier: str | None
    tracking_no: str | None
    tracking_url: str | None
    expected_on: dt.date | None
    delivered_on: dt.date | None


@dataclass(frozen=True)
class Progress:
    """Where a line is in the shop: the first step that is not done for all its pieces."""

    code: str
    state: str
    done_quantity: int


@dataclass(frozen=True)
class OrderLine:
    """One part of an order. Pieces; ``confirmed_date`` is the day it leaves the foundry."""

    line_no: int
    product_id: str
    product_no: str | None
    description_nb: str | None
    description_en: str | None
    customer_part_no: str | None
    drawing_no: str | None
    revision: str | None
    quantity: int
    finished_quantity: int
    shipped_quantity: int
    wanted_date: dt.date | None
    confirmed_date: dt.date | None
    status: str
    moves: Sequence[Move] = ()
    steps: Sequence[Step] = ()
    shipments: Sequence[Shipment] = ()

    @property
    def closed(self) -> bool:
        """Whether nothing more is to come."""
        return self.status in FINISHED

    @property
    def rest(self) -> int:
        """Pieces still to be shipped."""
        return max(0, self.quantity - self.shipped_quantity)

    @property
    def first_date(self) -> dt.date | None:
        """The date that was confirmed first."""
        return self.moves[0].old_date if self.moves else self.confirmed_date

    def overdue(self, today: dt.date) -> bool:
        """Whether the confirmed date has passed and pieces are still here."""
        return not self.closed and self.confirmed_date is not None and self.confirmed_date < today

    @property
    def moved_later(self) -> bool:
        """Whether the date that holds now is later than the one confirmed first."""
        first = self.first_date
        return (
            bool(self.moves) and first is not None and self.confirmed_date is not None and self.confirmed_date > first
        )

    @property
    def moved_earlier(self) -> bool:
        """Whether the date that holds now is earlier than the one confirmed first."""
        first = self.first_date
        return (
            bool(self.moves) and first is not None and self.confirmed_date is not None and self.confirmed_date < first
        )

    def late(self, today: dt.date) -> bool:
        """Late: a confirmed date was moved to a later one or has passed. A wish that was never confirmed is not late."""
        return not self.closed and (self.moved_later or self.overdue(today))

    def progress(self) -> Progress | None:
        """The first step in routing order that is not done for all pieces; None without works orders or when all is done."""
        for code in OPERATIONS:
            rows = [step for step in self.steps if step.code == code]
            if any(step.code == PART_OF.get(code) for step in self.steps):
                continue
            if rows and any(step.state != "done" for step in rows):
                done = min(self.quantity, sum(step.done_quantity for step in rows))
                return Progress(code, _state(rows), done)
        return None


def _state(rows: Sequence[Step]) -> str:
    """The state of a step over several works orders: what goes on, before what stands still, before what waits."""
    states = {row.state for row in rows}
    for state in ("started", "blocked", "ready"):
        if state in states:
            return state
    return "started" if "done" in states else "waiting"


@dataclass(frozen=True)
class OrderSummary:
    """An order for a list; its lines know dates and moves, no steps or shipments."""

    order_no: str
    customer_po: str | None
    ordered_on: dt.date
    status: str
    lines: Sequence[OrderLine]

    @property
    def next_date(self) -> dt.date | None:
        """The earliest confirmed date of what is still to come."""
        return min(
            (line.confirmed_date for line in self.lines if not line.closed and line.confirmed_date), default=None
        )

    def late(self, today: dt.date) -> bool:
        """Whether any line is late."""
        return any(line.late(today) for line in self.lines)


@dataclass(frozen=True)
class Order(OrderSummary):
    """An order with everything known about it."""
