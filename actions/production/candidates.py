"""Which part "the last ones", "the usual", or a number means: only parts of the contact's own customer.

Two customers may own the same part or drawing number; the customer is a condition of every statement.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, select

from actions.production import views
from actions.production.identity import Identity
from actions.production.prices import PartPrice, price_of
from actions.production.promise_parts import Part, fold, named, parts_of

#: Orders older than this are no habit any more, days.
WITHIN_DAYS = 1100
#: An order of so many days ago counts half as much as one of today.
HALF_LIFE_DAYS = 180
#: Not ordered, or not any more.
NO_ORDER = ("quoted", "cancelled")


@dataclass(frozen=True)
class LastOrder:
    """The newest order line of a part. ``mine``: ordered by the contact who asks now."""

    order_no: str
    line_no: int
    ordered_on: dt.date
    quantity: int
    revision: str | None
    status: str
    certificate: str | None
    mine: bool


@dataclass(frozen=True)
class Candidate:
    """A part that may be meant. ``times`` it was ordered lately; ``price`` of the last quantity, as the contact may see it."""

    part: Part
    last: LastOrder | None
    times: int
    price: PartPrice | None


def last_ordered(engine: Engine, identity: Identity, today: dt.date, limit: int = 3) -> list[Candidate]:
    """Parts by their newest order, the contact's own orders first on the same day. Raises SQLAlchemyError."""
    lines = _lines(engine, identity, today)
    return _candidates(engine, identity, today, list(_by_product(lines).values())[:limit])


def usual(engine: Engine, identity: Identity, today: dt.date, limit: int = 3) -> list[Candidate]:
    """The parts the customer orders most, recent orders counting more. Raises SQLAlchemyError."""
    groups = _by_product(_lines(engine, identity, today)).values()

    def habit(rows: Sequence[Row[Any]]) -> float:
        return float(sum(0.5 ** ((today - row.ordered_on).days / HALF_LIFE_DAYS) for row in rows))

    return _candidates(engine, identity, today, sorted(groups, key=habit, reverse=True)[:limit])


def find_parts(engine: Engine, identity: Identity, number: str, today: dt.date) -> list[Candidate]:
    """The customer's parts of a part number, ours or theirs, or a drawing number; spaces, case and hyphens do not matter.

    A revision is judged by ``reorder.assess``, not here. Raises SQLAlchemyError.
    """
    parts = parts_of(engine, identity)
    wanted = fold(number)
    found = [part for part in parts if wanted in part.numbers] or named(parts, [number])
    if not found:
        return []
    groups = _by_product(_lines(engine, identity, today))
    return [_candidate(engine, identity, today, part, groups.get(part.row["product_id"], [])) for part in found]


def find_part(engine: Engine, identity: Identity, product_id: str) -> Part | None:
    """The customer's part of that id; None when it is not the customer's. Raises SQLAlchemyError."""
    return next((part for part in parts_of(engine, identity) if part.row["product_id"] == product_id), None)


def last_order(engine: Engine, identity: Identity, product_id: str, today: dt.date) -> LastOrder | None:
    """The customer's newest order of a part. Raises SQLAlchemyError."""
    rows = _by_product(_lines(engine, identity, today)).get(product_id)
    return _last(identity, rows[0]) if rows else None


def _lines(engine: Engine, identity: Identity, today: dt.date) -> Sequence[Row[Any]]:
    """The customer's ordered lines, newest first."""
    line, order = views.order_line.c, views.order.c
    query = (
        select(
            line.order_no, line.line_no, line.product_id, line.quantity, line.revision, line.status, line.certificate,
            order.ordered_on, order.contact_id,
        )
        .join(views.order, (order.order_no == line.order_no) & (order.customer_id == line.customer_id))
        .where(line.customer_id == identity.customer_id, order.customer_id == identity.customer_id)
        .where(order.ordered_on > today - dt.timedelta(days=WITHIN_DAYS), order.ordered_on <= today)
    )  # fmt: skip
    with engine.connect() as connection:
        rows = [row for row in connection.execute(query) if row.status not in NO_ORDER]

    def newest_first(row: Row[Any]) -> tuple[dt.date, bool, str]:
        return row.ordered_on, row.contact_id == identity.contact_id, row.order_no

    return sorted(rows, key=newest_first, reverse=True)


def _by_product(rows: Iterable[Row[Any]]) -> dict[str, list[Row[Any]]]:
    groups: dict[str, list[Row[Any]]] = {}
    for row in rows:
        groups.setdefault(row.product_id, []).append(row)
    return groups


def _candidates(
    engine: Engine, identity: Identity, today: dt.date, groups: Iterable[Sequence[Row[Any]]]
) -> list[Candidate]:
    parts = {part.row["product_id"]: part for part in parts_of(engine, identity)}
    return [
        _candidate(engine, identity, today, parts[rows[0].product_id], rows)
        for rows in groups
        if rows[0].product_id in parts
    ]


def _candidate(engine: Engine, identity: Identity, today: dt.date, part: Part, rows: Sequence[Row[Any]]) -> Candidate:
    last = _last(identity, rows[0]) if rows else None
    price = price_of(engine, identity, part.row["product_id"], last.quantity if last else None, today)
    return Candidate(part, last, len(rows), price)


def _last(identity: Identity, row: Row[Any]) -> LastOrder:
    return LastOrder(
        row.order_no, row.line_no, row.ordered_on, row.quantity or 0, row.revision, row.status, row.certificate,
        row.contact_id == identity.contact_id,
    )  # fmt: skip
