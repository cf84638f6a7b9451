"""How far the pieces of an order line have got in the shop, physically: that decides what may still be changed.

Read from ``v_operation``, never from dates alone: a plan that slipped has not poured anything.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, Row, select

from actions.production import views
from actions.production.identity import Identity
from actions.production.orders import same

#: Physical states in the order in which work passes them.
STATES = ("before_release", "released", "moulded", "poured", "treated", "packed", "shipped")
#: Steps that begin a state. Cores are made after release; melting means metal for this order is in the furnace.
BEGIN: dict[str, tuple[str, ...]] = {
    "released": ("release", "core"),
    "moulded": ("moulding",),
    "poured": ("melting", "pouring", "cooling", "cutting", "fettling"),
    "treated": ("heat_treatment", "machining", "surface"),
    "packed": ("packing",),
}
#: What a "latest moment" is the planned beginning of.
MOMENTS: dict[str, tuple[str, ...]] = {
    "release": ("release",),
    "moulding": ("moulding",),
    "pouring": ("melting", "pouring"),
    "packing": ("packing",),
}


@dataclass(frozen=True)
class Batch:
    """A works order of the line: by step its planned first and last day, and the pieces through it."""

    works_order_no: str
    state: str
    starts: dict[str, dt.date]
    ends: dict[str, dt.date]
    done: dict[str, int]

    def moment(self, name: str) -> dt.date | None:
        """The planned day of one of ``MOMENTS``; None when nobody has planned it."""
        days = [self.starts[code] for code in MOMENTS[name] if code in self.starts]
        return min(days, default=None)

    def before(self, state: str) -> bool:
        """Whether the works order has not got to a state yet."""
        return STATES.index(self.state) < STATES.index(state)


@dataclass(frozen=True)
class Work:
    """A line in the shop. ``status`` is the line's word in the contract; ``batches`` are the works orders.

    ``state`` is that of the works order that has come furthest and is not packed and gone: what was made cannot be
    unmade. ``moulded`` and ``poured`` count pieces, shipped ones included.
    """

    order_no: str
    line_no: int
    product_id: str
    quantity: int
    shipped_quantity: int
    status: str
    certificate: str | None
    confirmed_date: dt.date | None
    state: str
    batches: tuple[Batch, ...] = ()
    moulded: int = 0
    poured: int = 0

    @property
    def open_batches(self) -> tuple[Batch, ...]:
        """The works orders whose pieces have not left."""
        return tuple(batch for batch in self.batches if batch.before("shipped"))

    def latest(self, moment: str, today: dt.date) -> dt.date | None:
        """The first planned day, not before today, on which a moment comes for work that has not passed it.

        A change must be here before. None when it is not planned or has passed for all.
        """
        passed = {"release": "released", "moulding": "moulded", "pouring": "poured", "packing": "packed"}[moment]
        days = [batch.moment(moment) for batch in self.open_batches if batch.before(passed)]
        return min((max(day, today) for day in days if day is not None), default=None)


def work_of(engine: Engine, identity: Identity, order_no: str, line_no: int) -> Work | None:
    """The customer's line in the shop; None when the customer has no such line. Raises SQLAlchemyError."""
    return next((each for each in works_of(engine, identity, order_no) if each.line_no == line_no), None)


def works_of(engine: Engine, identity: Identity, order_no: str) -> list[Work]:
    """All lines of the customer's order, by line number; empty when the customer has no such order."""
    line, step = views.order_line.c, views.operation.c
    lines = select(
        line.order_no, line.line_no, line.product_id, line.quantity, line.shipped_quantity, line.status,
        line.certificate, line.confirmed_date,
    ).where(line.customer_id == identity.customer_id, same(line.order_no, order_no))  # fmt: skip
    steps = (
        select(
            step.line_no,
            step.works_order_no,
            step.code,
            step.planned_start,
            step.planned_end,
            step.state,
            step.done_quantity,
        )
        .where(step.customer_id == identity.customer_id, same(step.order_no, order_no))
        .order_by(step.works_order_no, step.sequence)
    )
    with engine.connect() as connection:
        found = connection.execute(lines.order_by(line.line_no)).all()
        operations = connection.execute(steps).all() if found else []
    return [_work(row, [each for each in operations if each.line_no == row.line_no]) for row in found]


def _work(row: Row[Any], operations: Sequence[Row[Any]]) -> Work:
    shipped = int(row.shipped_quantity or 0)
    gone = row.status in ("shipped", "delivered")
    names = list(dict.fromkeys(each.works_order_no for each in operations))
    batches = [_batch(name, [each for each in operations if each.works_order_no == name]) for name in names]
    batches = _mark_shipped(batches, shipped, gone)
    state = "shipped" if gone else _furthest(batch for batch in batches if batch.before("shipped"))
    return Work(
        row.order_no, row.line_no, row.product_id, int(row.quantity or 0), shipped, row.status, row.certificate,
        row.confirmed_date, state, tuple(batches), _through(batches, "moulding"), _through(batches, "pouring"),
    )  # fmt: skip


def _batch(name: str, operations: Sequence[Row[Any]]) -> Batch:
    begun = {each.code for each in operations if each.state in ("started", "done") or (each.done_quantity or 0) > 0}
    state = "before_release"
    for reached, codes in BEGIN.items():
        if begun & set(codes):
            state = reached
    starts = {each.code: each.planned_start for each in operations if each.planned_start is not None}
    ends = {each.code: each.planned_end for each in operations if each.planned_end is not None}
    return Batch(name, state, starts, ends, {each.code: int(each.done_quantity or 0) for each in operations})


def _mark_shipped(batches: Sequence[Batch], shipped: int, gone: bool) -> list[Batch]:
    """The contract does not tie shipments to works orders: packed ones count as gone, oldest first, piece by piece."""
    marked = []
    for batch in batches:
        pieces = batch.done.get("packing") or max(batch.done.values(), default=0)
        if gone or (batch.state == "packed" and 0 < pieces <= shipped):
            shipped -= pieces
            batch = replace(batch, state="shipped")
        marked.append(batch)
    return marked


def _furthest(batches: Iterable[Batch]) -> str:
    return max((batch.state for batch in batches), key=STATES.index, default="before_release")


def _through(batches: Iterable[Batch], code: str) -> int:
    return sum(batch.done.get(code, 0) for batch in batches)
