"""The order book: writes one order with its lines, works orders, shipments and papers, consistent with today."""

import datetime as dt
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.production.demo import days, names
from actions.production.demo.routing import Batch, add_works_order
from actions.production.demo.rows import Rows, dice
from actions.production.models import (
    Contact,
    Customer,
    CustomerProduct,
    Delivery,
    Document,
    OrderLine,
    Product,
    PromiseChange,
    SalesOrder,
)

HOUR = dt.timedelta(hours=1)


@dataclass(frozen=True)
class Move:
    """A promise that was moved on a day, from an old to a new date."""

    on: dt.date
    old: dt.date
    new: dt.date
    reason: str | None
    visible: bool = True


@dataclass(frozen=True)
class Line:
    """What happened to one line so far. ``finish`` is when the shop will be done when that is not the promised day."""

    part: dict[str, Any]
    quantity: int
    confirmed: dt.date | None
    wanted: dt.date | None = None
    state: str = "confirmed"
    works: bool = True
    finish: dt.date | None = None
    moves: Sequence[Move] = ()
    #: pieces and day of each shipment
    shipped: Sequence[tuple[int, dt.date]] = ()
    on_the_way: bool = False
    #: step where the rest stands still, and why (None: it waits its turn)
    blocked: tuple[str, str | None] | None = None


@dataclass(frozen=True)
class Order:
    """One order to write."""

    number: str
    contact_id: str
    customer_id: str
    ordered_on: dt.date
    lines: Sequence[Line] = field(default_factory=tuple)
    po: str | None = None


class Book:
    """Writes orders into the rows. Numbers of works orders, deliveries and papers run on."""

    def __init__(self, rows: Rows, seed: int, today: dt.date) -> None:
        self.rows = rows
        self.today = today
        self.chance: random.Random = dice(seed, f"orders/{today}")
        self.customers = {row["id"]: row for row in rows.all(Customer)}
        self.parts = {row["id"]: row for row in rows.all(Product)}
        self.own_numbers = {row["product_id"]: row["customer_part_no"] for row in rows.all(CustomerProduct)}
        self.contacts: dict[str, list[dict[str, Any]]] = {}
        for row in rows.all(Contact):
            self.contacts.setdefault(row["customer_id"], []).append(row)
        self._works = 40_000
        self._deliveries = 80_000
        self._documents = 0

    def parts_of(self, customer_id: str, released: bool = True) -> list[dict[str, Any]]:
        """A customer's parts."""
        found = [part for part in self.parts.values() if part["owner_customer_id"] == customer_id]
        return [part for part in found if not released or part["release_status"] == "released"]

    def write(self, order: Order) -> None:
        """Write an order and everything that hangs on it."""
        customer = self.customers[order.customer_id]
        po = order.po or f"{self.chance.choice(('PO', '45', 'B', 'IO'))}{self.chance.randint(10_000, 99_999)}"
        self.rows.add(
            SalesOrder, number=order.number, customer_id=order.customer_id, contact_id=order.contact_id, customer_po=po,
            ordered_on=order.ordered_on, currency=customer["currency"],
        )  # fmt: skip
        for number, line in enumerate(order.lines, start=1):
            self._line(order, number, line, customer)
        if any(line.confirmed for line in order.lines):
            self._document(order, None, "order_confirmation", days.shift(order.ordered_on, 1), None)

    def _line(self, order: Order, number: int, line: Line, customer: dict[str, Any]) -> None:
        self.rows.add(
            OrderLine, order_no=order.number, line_no=number, product_id=line.part["id"], revision=line.part["revision"],
            quantity=line.quantity, wanted_date=line.wanted or line.confirmed, confirmed_date=line.confirmed,
            state=line.state, split_allowed=bool(line.shipped) or self.chance.random() < 0.6,
            certificate=line.part["certificate"],
        )  # fmt: skip
        for move in line.moves:
            moment = dt.datetime.combine(move.on, dt.time(9, 30), dt.UTC)
            self.rows.add(
                PromiseChange, order_no=order.number, line_no=number, changed_at=moment, old_date=move.old,
                new_date=move.new, reason_code=move.reason, visible=move.visible,
            )  # fmt: skip
        heats = self._batches(order, number, line)
        for pieces, on in line.shipped:
            self._ship(order, number, line, customer, pieces, on, heats)

    def _batches(self, order: Order, number: int, line: Line) -> str | None:
        """The works orders: one for each shipment, one for the rest. Returns the heat number of the first."""
        if not line.works or line.confirmed is None or line.state == "cancelled":
            return None
        first = f"WO-{self._works + 1}"
        for pieces, on in line.shipped:
            batch = Batch(self._next_works(), order.number, number, pieces, on)
            add_works_order(self.rows, self.chance, batch, line.part, self.today, shipped=True)
        rest = line.quantity - sum(pieces for pieces, _ in line.shipped)
        if rest > 0:
            at, reason = line.blocked or (None, None)
            batch = Batch(self._next_works(), order.number, number, rest, line.finish or line.confirmed, at, reason)
            add_works_order(self.rows, self.chance, batch, line.part, self.today)
        return f"H{first[3:]}"

    def _next_works(self) -> str:
        self._works += 1
        return f"WO-{self._works}"

    def _ship(
        self,
        order: Order,
        number: int,
        line: Line,
        customer: dict[str, Any],
        pieces: int,
        on: dt.date,
        heat: str | None,
    ) -> None:
        self._deliveries += 1
        carrier, domain = names.CARRIERS[customer["country"]]
        tracking = f"{domain[:3].upper()}{self._deliveries}{customer['country']}"
        expected = days.shift(on, customer["transit_days"])
        arrived = expected < self.today and not line.on_the_way
        self.rows.add(
            Delivery, number=f"D-{self._deliveries}", order_no=order.number, line_no=number, quantity=pieces,
            shipped_on=on, carrier=carrier, tracking_no=tracking,
            tracking_url=f"https://track.{domain}.example/{tracking}", expected_on=expected,
            delivered_on=expected if arrived else None,
        )  # fmt: skip
        self._document(order, number, "delivery_note", on, None)
        self._document(order, number, "invoice", days.shift(on, 1), None)
        if line.part["certificate"] in ("3.1", "3.2", "2.2"):
            self._document(order, number, f"certificate_{line.part['certificate']}", on, heat)

    def _document(self, order: Order, number: int | None, kind: str, on: dt.date, heat: str | None) -> None:
        if on > self.today:
            return
        self._documents += 1
        name = f"DOC-{self._documents:05d}"
        self.rows.add(
            Document, id=name, order_no=order.number, line_no=number, type=kind, heat_no=heat, issued_on=on,
            file_name=f"{order.number}-{kind.replace('_', '-')}-{self._documents:05d}.pdf",
        )  # fmt: skip
