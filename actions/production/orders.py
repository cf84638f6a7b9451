"""A customer's own orders, read from the contract's views.

Every function takes the identity as its first argument after the engine, and the customer is a condition of every
statement: another customer's order and one that does not exist are the same answer from the same code. Nothing is
cached; two reads around a change in the database differ.
"""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Engine, Row, func, select

from actions.production import views
from actions.production.identity import Identity
from actions.production.models import aware
from actions.production.order_facts import Move, Order, OrderLine, OrderSummary, Shipment, Step
from bot.common.clock import today

#: Nothing more happens to these.
CLOSED = ("shipped", "delivered", "cancelled")
#: Open orders are looked for among those of so many days; an older one is still found by its number.
OPEN_WITHIN_DAYS = 1100
#: Orders an answer may look at when a number of the customer's own fits many.
MOST = 50


def find_order(engine: Engine, identity: Identity, order_no: str) -> Order | None:
    """The customer's order of that number with lines, steps, moves and shipments; None when the customer has none."""
    with engine.connect() as connection:
        return _order(connection, identity, order_no)


def find_orders(engine: Engine, identity: Identity, numbers: Iterable[str]) -> list[Order]:
    """The customer's orders of those numbers that there are, in their order."""
    with engine.connect() as connection:
        found = [_order(connection, identity, number) for number in numbers]
    return [order for order in found if order]


def find_by_po(engine: Engine, identity: Identity, po_no: str) -> list[OrderSummary]:
    """The customer's orders under its own purchase order number, newest first; spaces and case do not matter."""
    return _summaries(engine, identity, same(views.order.c.customer_po, po_no))


def find_by_part(engine: Engine, identity: Identity, part_no: str) -> list[OrderSummary]:
    """The customer's orders of a part, by the foundry's or the customer's own number, newest first."""
    product, own = views.product.c, views.customer_product.c
    ours = select(product.product_id).where(same(product.product_no, part_no))
    theirs = select(own.product_id).where(own.customer_id == identity.customer_id, same(own.customer_part_no, part_no))
    return _summaries(engine, identity, _has_product(identity, ours.union(theirs)))


def find_by_drawing(
    engine: Engine, identity: Identity, drawing_no: str, revision: str | None = None
) -> list[OrderSummary]:
    """The customer's orders of a drawing, newest first; with a revision only those made to it."""
    product, own = views.product.c, views.customer_product.c
    # Two customers may own the same drawing number: the order's own customer decides, never the drawing.
    ours = select(product.product_id).where(same(product.drawing_no, drawing_no))
    theirs = select(own.product_id).where(own.customer_id == identity.customer_id, same(own.drawing_no, drawing_no))
    return _summaries(engine, identity, _has_product(identity, ours.union(theirs), revision))


def open_orders(engine: Engine, identity: Identity) -> list[OrderSummary]:
    """What the customer waits for, the earliest confirmed date first, orders without a date last."""
    since = today() - dt.timedelta(days=OPEN_WITHIN_DAYS)
    waiting = views.order.c.status.not_in(CLOSED) & (views.order.c.ordered_on >= since)
    found = _summaries(engine, identity, waiting, limit=None)
    return sorted(found, key=by_date)


def by_date(order: OrderSummary) -> tuple[bool, dt.date, str]:
    """Sorts by the next confirmed date, orders without one last."""
    return order.next_date is None, order.next_date or dt.date.max, order.order_no


def recent_orders(engine: Engine, identity: Identity, limit: int = 5) -> list[OrderSummary]:
    """The customer's newest orders, whatever their status."""
    return _summaries(engine, identity, views.order.c.order_no.is_not(None), limit=limit)


def ordered_between(engine: Engine, identity: Identity, first: dt.date, last: dt.date) -> list[OrderSummary]:
    """What the customer ordered from one day to another, newest first."""
    return _summaries(engine, identity, views.order.c.ordered_on.between(first, last), limit=None)


def sent_between(engine: Engine, identity: Identity, first: dt.date, last: dt.date) -> list[OrderSummary]:
    """The orders of which something left the foundry from one day to another, newest first."""
    view = views.delivery.c
    sent = select(view.order_no).where(view.customer_id == identity.customer_id, view.shipped_on.between(first, last))
    return _summaries(engine, identity, views.order.c.order_no.in_(sent), limit=None)


def data_as_of(engine: Engine) -> dt.datetime | None:
    """When the source last told us anything, aware, in UTC; None when it does not say."""
    with engine.connect() as connection:
        moment = connection.scalar(select(views.contract.c.data_as_of))
    return aware(moment) if moment else None


def same(column: Column[Any], wanted: str) -> ColumnElement[bool]:
    """Equal apart from spaces and case: people type their own numbers as they please. For conditions on views."""
    return func.upper(func.replace(column, " ", "")) == wanted.upper().replace(" ", "")


def _has_product(identity: Identity, products: Any, revision: str | None = None) -> ColumnElement[bool]:
    line = views.order_line.c
    found = select(line.order_no).where(
        line.customer_id == identity.customer_id, line.product_id.in_(select(products.subquery().c.product_id))
    )
    if revision:
        found = found.where(same(line.revision, revision))
    return views.order.c.order_no.in_(found)


def _order(connection: Connection, identity: Identity, order_no: str) -> Order | None:
    view = views.order.c
    row = connection.execute(
        select(view.order_no, view.customer_po, view.ordered_on, view.status).where(
            view.customer_id == identity.customer_id, view.order_no == order_no
        )
    ).first()
    if row is None:
        return None
    lines = _lines(connection, identity, [order_no])[order_no]
    moves, steps, shipments = (
        _by_line(read(connection, identity, order_no)) for read in (_read_moves, _read_steps, _read_shipments)
    )
    full = tuple(
        OrderLine(
            **line,
            moves=tuple(
                Move(aware(m.changed_at), m.old_date, m.new_date, m.reason_code, bool(m.visible)) for m in moves(line)
            ),
            steps=tuple(Step(s.code, s.state, s.done_quantity or 0, s.planned_end, s.finished_on) for s in steps(line)),
            shipments=tuple(Shipment(*s[1:]) for s in shipments(line)),
        )
        for line in lines
    )
    return Order(row.order_no, row.customer_po, row.ordered_on, row.status, full)


def _by_line(rows: Sequence[Row[Any]]) -> Any:
    return lambda line: [row for row in rows if row.line_no == line["line_no"]]


def _read_moves(connection: Connection, identity: Identity, order_no: str) -> Sequence[Row[Any]]:
    view = views.promise.c
    return connection.execute(
        select(view.line_no, view.changed_at, view.old_date, view.new_date, view.reason_code, view.visible)
        .where(view.customer_id == identity.customer_id, view.order_no == order_no)
        .order_by(view.line_no, view.changed_at)
    ).all()


def _read_steps(connection: Connection, identity: Identity, order_no: str) -> Sequence[Row[Any]]:
    view = views.operation.c
    return connection.execute(
        select(view.line_no, view.code, view.state, view.done_quantity, view.planned_end, view.finished_on)
        .where(view.customer_id == identity.customer_id, view.order_no == order_no)
        .order_by(view.line_no, view.works_order_no, view.sequence)
    ).all()


def _read_shipments(connection: Connection, identity: Identity, order_no: str) -> Sequence[Row[Any]]:
    view = views.delivery.c
    return connection.execute(
        select(
            view.line_no, view.delivery_no, view.quantity, view.shipped_on, view.carrier, view.tracking_no,
            view.tracking_url, view.expected_on, view.delivered_on,
        )
        .where(view.customer_id == identity.customer_id, view.order_no == order_no)
        .order_by(view.line_no, view.shipped_on, view.delivery_no)
    ).all()  # fmt: skip


def _lines(connection: Connection, identity: Identity, order_nos: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """The lines of the customer's orders with the part's names, by order and line number."""
    line, product, own = views.order_line.c, views.product.c, views.customer_product.c
    query = (
        select(
            line.order_no, line.line_no, line.product_id, product.product_no, product.description_nb,
            product.description_en, own.customer_part_no, product.drawing_no, line.revision, line.quantity,
            line.finished_quantity, line.shipped_quantity, line.wanted_date, line.confirmed_date, line.status,
        )
        .outerjoin(views.product, product.product_id == line.product_id)
        .outerjoin(
            views.customer_product, (own.product_id == line.product_id) & (own.customer_id == line.customer_id)
        )
        .where(line.customer_id == identity.customer_id, line.order_no.in_(list(order_nos)))
        .order_by(line.order_no, line.line_no)
    )  # fmt: skip
    found: dict[str, list[dict[str, Any]]] = {}
    for row in connection.execute(query):
        values = dict(row._mapping)
        for name in ("quantity", "finished_quantity", "shipped_quantity"):
            values[name] = int(values[name] or 0)
        found.setdefault(values.pop("order_no"), []).append(values)
    return {number: found.get(number, []) for number in order_nos}


def _summaries(
    engine: Engine, identity: Identity, condition: ColumnElement[bool], limit: int | None = MOST
) -> list[OrderSummary]:
    view = views.order.c
    newest_first = (view.ordered_on.desc(), view.order_no.desc())
    # Which orders first, their status after: deriving it costs, and most customers have years of orders.
    which = select(view.order_no).where(view.customer_id == identity.customer_id, condition)
    query = (
        select(view.order_no, view.customer_po, view.ordered_on, view.status)
        .where(
            view.customer_id == identity.customer_id,
            view.order_no.in_(which.order_by(*newest_first).limit(limit)),
        )
        .order_by(*newest_first)
    )
    with engine.connect() as connection:
        orders = connection.execute(query).all()
        lines = _lines(connection, identity, [order.order_no for order in orders])
        moved = _first_promises(connection, identity, [order.order_no for order in orders])
    return [
        OrderSummary(
            row.order_no, row.customer_po, row.ordered_on, row.status,
            tuple(OrderLine(**line, moves=moved.get((row.order_no, line["line_no"]), ())) for line in lines[row.order_no]),
        )
        for row in orders
    ]  # fmt: skip


def _first_promises(
    connection: Connection, identity: Identity, order_nos: Sequence[str]
) -> dict[tuple[str, int], tuple[Move, ...]]:
    view = views.promise.c
    rows = connection.execute(
        select(
            view.order_no, view.line_no, view.changed_at, view.old_date, view.new_date, view.reason_code, view.visible
        )
        .where(view.customer_id == identity.customer_id, view.order_no.in_(order_nos))
        .order_by(view.order_no, view.line_no, view.changed_at)
    )
    found: dict[tuple[str, int], tuple[Move, ...]] = {}
    for row in rows:
        move = Move(aware(row.changed_at), row.old_date, row.new_date, row.reason_code, bool(row.visible))
        found[row.order_no, row.line_no] = (*found.get((row.order_no, row.line_no), ()), move)
    return found
