"""Quotations given to the customer, and whether one can be accepted today. Source: ``v_quotation``."""

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine, Row, select

from actions.production import views
from actions.production.identity import Identity
from actions.production.orders import same
from actions.production.rights import Rights, rights

#: Codes of an ``Acceptance`` that stand in its way, in the order in which they are told.
CODES = (
    "quotation_unknown", "no_right_to_order", "no_right_to_prices", "accepted", "declined", "expired", "credit_hold",
)  # fmt: skip
STATES = ("open", "accepted", "declined", "expired")


@dataclass(frozen=True)
class Quotation:
    """A quotation. ``price_minor`` is minor units per piece, None for a contact who may not see prices.

    ``product_id`` is None for a part that does not exist yet. ``state`` counts the day: what ran out is ``expired``,
    whatever the source still calls it.
    """

    quotation_no: str
    product_id: str | None
    product_no: str | None
    customer_part_no: str | None
    description_nb: str | None
    description_en: str | None
    quantity: int | None
    currency: str | None
    price_minor: int | None
    issued_on: dt.date | None
    valid_until: dt.date | None
    state: str

    @property
    def total_minor(self) -> int | None:
        """Pieces times price, where both are known."""
        return None if self.price_minor is None or self.quantity is None else self.price_minor * self.quantity


@dataclass(frozen=True)
class Acceptance:
    """Whether a quotation can be accepted: ``code`` is ``ok`` or one of ``CODES``."""

    code: str
    quotation: Quotation | None = None

    @property
    def ok(self) -> bool:
        """Whether an acceptance may be registered; a person still confirms the order."""
        return self.code == "ok"


def quotations_of(engine: Engine, identity: Identity, today: dt.date, every: bool = False) -> list[Quotation]:
    """The customer's open quotations, the one that runs out first in front; with ``every`` all, newest first.

    Raises SQLAlchemyError.
    """
    found = _read(engine, identity, today)
    if every:
        return sorted(found, key=lambda each: (each.issued_on or dt.date.min, each.quotation_no), reverse=True)
    still = [each for each in found if each.state == "open"]
    return sorted(still, key=lambda each: (each.valid_until or dt.date.max, each.quotation_no))


def find_quotation(engine: Engine, identity: Identity, quotation_no: str, today: dt.date) -> Quotation | None:
    """The customer's quotation of that number; None when the customer has none. Raises SQLAlchemyError."""
    return next(iter(_read(engine, identity, today, same(views.quotation.c.quotation_no, quotation_no))), None)


def can_accept(engine: Engine, identity: Identity, quotation_no: str, today: dt.date) -> Acceptance:
    """Whether the contact may accept this quotation today.

    Nobody accepts a price without the right to read it. Another customer's quotation and none are the same answer.
    Raises SQLAlchemyError.
    """
    found = find_quotation(engine, identity, quotation_no, today)
    if found is None:
        return Acceptance("quotation_unknown")
    allowed = rights(engine, identity)
    stops = _rights_stop(allowed) or (found.state if found.state != "open" else None)
    return Acceptance(stops or ("credit_hold" if allowed.credit_hold else "ok"), found)


def can_decline(engine: Engine, identity: Identity, quotation_no: str, today: dt.date) -> Acceptance:
    """Whether the contact may decline this quotation: an open or expired one, with the right to order."""
    found = find_quotation(engine, identity, quotation_no, today)
    if found is None:
        return Acceptance("quotation_unknown")
    if not rights(engine, identity).may_order:
        return Acceptance("no_right_to_order", found)
    return Acceptance(found.state if found.state in ("accepted", "declined") else "ok", found)


def _rights_stop(allowed: Rights) -> str | None:
    if not allowed.may_order:
        return "no_right_to_order"
    return None if allowed.may_see_prices else "no_right_to_prices"


def _read(engine: Engine, identity: Identity, today: dt.date, *conditions: Any) -> list[Quotation]:
    view, product, own = views.quotation.c, views.product.c, views.customer_product.c
    query = (
        select(
            view.quotation_no, view.product_id, product.product_no, own.customer_part_no, product.description_nb,
            product.description_en, view.quantity, view.currency, view.price_minor, view.issued_on, view.valid_until,
            view.state,
        )
        .outerjoin(views.product, product.product_id == view.product_id)
        .outerjoin(
            views.customer_product, (own.product_id == view.product_id) & (own.customer_id == view.customer_id)
        )
        .where(view.customer_id == identity.customer_id, *conditions)
    )  # fmt: skip
    with engine.connect() as connection:
        found = [_quotation(row, today) for row in connection.execute(query)]
    if rights(engine, identity).may_see_prices:
        return found
    return [replace(each, price_minor=None, currency=None) for each in found]


def _quotation(row: Row[Any], today: dt.date) -> Quotation:
    found = Quotation(**row._mapping)
    # A word this contract does not know is no open quotation.
    state = found.state if found.state in STATES else "expired"
    ran_out = state == "open" and found.valid_until is not None and found.valid_until < today
    return replace(found, state="expired" if ran_out else state)
