"""Prices: only those agreed with the contact's own customer, only for contacts who may see them.

Money is minor units (øre, cents) with an ISO 4217 currency, without VAT, freight and pattern. Source: ``v_price``.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from sqlalchemy import Engine, Row, select

from actions.production import views
from actions.production.identity import Identity
from actions.production.rights import rights

#: Codes of a ``PartPrice``. ``below_break``: agreed only from a larger quantity on (see ``breaks``).
CODES = ("ok", "no_right", "no_price", "expired", "not_yet", "below_break")


@dataclass(frozen=True)
class Break:
    """A price from a number of pieces on, minor units per piece or kg."""

    minimum_quantity: int
    price_minor: int


@dataclass(frozen=True)
class PartPrice:
    """The price of a part on a day. Everything below ``code`` is empty unless the code says there is something.

    ``expired`` and ``not_yet`` carry the period (``valid_from``, ``valid_until``) but no money. ``piece_minor`` is the
    price of one piece, computed from ``casting_kg`` where it is agreed per kg. ``total_minor`` stays empty while a
    metal surcharge is open or a weight is not known: no total may be named then. ``valid_until`` None: until further
    notice. ``minimum_quantity`` is the part's smallest order in pieces.
    """

    code: str
    product_id: str
    quantity: int | None = None
    currency: str | None = None
    per: str | None = None
    price_minor: int | None = None
    from_quantity: int | None = None
    casting_kg: float | None = None
    piece_minor: int | None = None
    total_minor: int | None = None
    surcharge_month: str | None = None
    surcharge_open: bool = False
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    breaks: tuple[Break, ...] = ()
    minimum_quantity: int | None = None

    @property
    def ok(self) -> bool:
        """Whether a price holds on that day for that quantity."""
        return self.code == "ok"


def price_of(engine: Engine, identity: Identity, product_id: str, quantity: int | None, on: dt.date) -> PartPrice:
    """The price of a part of the contact's customer on a day; without a quantity the breaks only.

    Another customer's part, and one nobody agreed a price for, both give ``no_price``. Raises SQLAlchemyError.
    """
    if not rights(engine, identity).may_see_prices:
        return PartPrice("no_right", product_id, quantity)
    return agreed_price(engine, identity, product_id, quantity, on)


def agreed_price(engine: Engine, identity: Identity, product_id: str, quantity: int | None, on: dt.date) -> PartPrice:
    """As ``price_of`` without the question who may see it: to decide whether something can be ordered, never to show."""
    rows = _rows(engine, identity, product_id)
    usable = [row for row in rows if row.per == "piece" or row.per == "kg"]
    valid = [row for row in usable if _begun(row, on) and _lasts(row, on)]
    if valid:
        return _priced(product_id, _one_list(valid), quantity)
    return _not_valid(product_id, usable, quantity, on)


def masked(price: PartPrice, may_see_prices: bool) -> PartPrice:
    """The price as a contact may see it."""
    return price if may_see_prices else PartPrice("no_right", price.product_id, price.quantity)


def _rows(engine: Engine, identity: Identity, product_id: str) -> Sequence[Row[Any]]:
    price, product = views.price.c, views.product.c
    query = (
        select(
            price.currency, price.minimum_quantity, price.price_minor, price.per, price.surcharge_month,
            price.surcharge_open, price.valid_from, price.valid_until, product.casting_kg,
            product.minimum_quantity.label("smallest_order"), views.customer.c.currency.label("own_currency"),
        )
        .join(views.product, product.product_id == price.product_id)
        .join(views.customer, views.customer.c.customer_id == price.customer_id)
        .where(price.customer_id == identity.customer_id, price.product_id == product_id)
        .where(price.price_minor.is_not(None), price.currency.is_not(None))
        .order_by(price.valid_from, price.minimum_quantity)
    )  # fmt: skip
    with engine.connect() as connection:
        return connection.execute(query).all()


def _begun(row: Row[Any], on: dt.date) -> bool:
    return row.valid_from is None or row.valid_from <= on


def _lasts(row: Row[Any], on: dt.date) -> bool:
    return row.valid_until is None or on <= row.valid_until


def _one_list(rows: Sequence[Row[Any]]) -> list[Row[Any]]:
    """Of lists that overlap the one that began last, in one currency (the customer's own, if there is one) and unit."""
    own = [row for row in rows if row.currency == row.own_currency] or rows
    last = max(own, key=lambda row: row.valid_from or dt.date.min)
    key = (last.valid_from, last.currency, last.per)
    found = [row for row in own if (row.valid_from, row.currency, row.per) == key]
    return sorted(found, key=lambda row: row.minimum_quantity or 1)


def _priced(product_id: str, rows: list[Row[Any]], quantity: int | None) -> PartPrice:
    first = rows[0]
    breaks = tuple(Break(row.minimum_quantity or 1, row.price_minor) for row in rows)
    found = PartPrice(
        "ok", product_id, quantity, first.currency, first.per, casting_kg=first.casting_kg, breaks=breaks,
        surcharge_month=first.surcharge_month, surcharge_open=_open(first), valid_from=first.valid_from,
        valid_until=first.valid_until, minimum_quantity=first.smallest_order,
    )  # fmt: skip
    if quantity is None:
        return found
    fitting = [row for row in rows if (row.minimum_quantity or 1) <= quantity]
    if not fitting:
        return replace(found, code="below_break")
    row = fitting[-1]
    piece = _piece_minor(row)
    surcharge_open = _open(row)
    return replace(
        found, price_minor=row.price_minor, from_quantity=row.minimum_quantity or 1, piece_minor=piece,
        total_minor=_total(row, quantity) if not surcharge_open else None, surcharge_month=row.surcharge_month,
        surcharge_open=surcharge_open, valid_until=row.valid_until,
    )  # fmt: skip


def _open(row: Row[Any]) -> bool:
    """A surcharge nobody has closed is open: not known is not settled."""
    return row.surcharge_open is not False


def _piece_minor(row: Row[Any]) -> int | None:
    if row.per == "piece":
        return int(row.price_minor)
    return None if row.casting_kg is None else _rounded(_kilograms(row) * row.price_minor)


def _total(row: Row[Any], quantity: int) -> int | None:
    if row.per == "piece":
        return int(row.price_minor) * quantity
    return None if row.casting_kg is None else _rounded(_kilograms(row) * row.price_minor * quantity)


def _kilograms(row: Row[Any]) -> Decimal:
    return Decimal(str(row.casting_kg))


def _rounded(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def _not_valid(product_id: str, rows: Sequence[Row[Any]], quantity: int | None, on: dt.date) -> PartPrice:
    """The next period that begins, else the last one that ended, without its money."""
    later = [row for row in rows if not _begun(row, on)]
    if later:
        code, row = "not_yet", min(later, key=lambda each: each.valid_from)
    elif rows:
        code, row = "expired", max(rows, key=lambda each: each.valid_until)
    else:
        return PartPrice("no_price", product_id, quantity)
    return PartPrice(code, product_id, quantity, valid_from=row.valid_from, valid_until=row.valid_until)
