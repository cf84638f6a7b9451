"""Framework agreements: what is left to call off, and whether a call-off fits. Source: ``v_agreement``."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, Row, select

from actions.production import views
from actions.production.candidates import find_part
from actions.production.identity import Identity
from actions.production.orders import same
from actions.production.plant import Plant
from actions.production.reorder import Assessment, assess

#: What stops a call-off, beside the reasons of ``reorder.REASONS``.
REASONS = ("agreement_unknown", "agreement_not_yet", "agreement_ended", "agreement_short", "agreement_ends_before")


@dataclass(frozen=True)
class Agreement:
    """A framework agreement on one part, in pieces. ``valid_until`` None: until further notice."""

    agreement_no: str
    product_id: str
    product_no: str | None
    customer_part_no: str | None
    description_nb: str | None
    description_en: str | None
    agreed_quantity: int
    called_off_quantity: int
    remaining_quantity: int
    valid_from: dt.date | None
    valid_until: dt.date | None

    def state(self, on: dt.date) -> str:
        """``valid``, ``not_yet``, ``ended``, or ``used_up`` when nothing is left in its time."""
        if self.valid_from and on < self.valid_from:
            return "not_yet"
        if self.valid_until and on > self.valid_until:
            return "ended"
        return "valid" if self.remaining_quantity > 0 else "used_up"


@dataclass(frozen=True)
class CallOff:
    """Whether a call-off fits. ``outcome`` is ``order`` or ``person``; ``reasons`` name what stops it."""

    outcome: str
    reasons: tuple[str, ...]
    quantity: int
    agreement: Agreement | None = None
    assessment: Assessment | None = None


def agreements_of(engine: Engine, identity: Identity, on: dt.date, every: bool = False) -> list[Agreement]:
    """The customer's agreements that hold on a day with pieces left, the one that ends first in front.

    With ``every`` also those that ended, begin later or are used up. Raises SQLAlchemyError.
    """
    found = _read(engine, identity)
    kept = [each for each in found if every or each.state(on) == "valid"]
    return sorted(kept, key=lambda each: (each.valid_until or dt.date.max, each.agreement_no))


def find_agreement(engine: Engine, identity: Identity, agreement_no: str) -> Agreement | None:
    """The customer's agreement of that number; None when the customer has none. Raises SQLAlchemyError."""
    return next(iter(_read(engine, identity, same(views.agreement.c.agreement_no, agreement_no))), None)


def agreements_for(engine: Engine, identity: Identity, product_id: str, on: dt.date) -> list[Agreement]:
    """The customer's agreements on a part that hold on a day with pieces left. Raises SQLAlchemyError."""
    return [each for each in agreements_of(engine, identity, on) if each.product_id == product_id]


def check_call_off(
    engine: Engine, identity: Identity, agreement_no: str, quantity: int, wanted: dt.date | None, today: dt.date,
    plant: Plant,
) -> CallOff:  # fmt: skip
    """Whether ``quantity`` pieces may be called off for a wanted day, with date, price and shares as for an order.

    Another customer's agreement and none are the same answer. Raises ValueError for no pieces, SQLAlchemyError.
    """
    if quantity < 1:
        raise ValueError("a call-off needs at least one piece")
    agreement = find_agreement(engine, identity, agreement_no)
    part = find_part(engine, identity, agreement.product_id) if agreement else None
    if agreement is None or part is None:
        return CallOff("person", ("agreement_unknown",), quantity)
    found = assess(engine, identity, part, quantity, None, wanted, today, plant)
    reasons = (*_reasons(agreement, quantity, wanted, today), *found.reasons)
    return CallOff("person" if reasons else "order", reasons, quantity, agreement, found)


def _reasons(agreement: Agreement, quantity: int, wanted: dt.date | None, today: dt.date) -> tuple[str, ...]:
    state = agreement.state(today)
    found = {
        "agreement_not_yet": state == "not_yet",
        "agreement_ended": state == "ended",
        "agreement_short": quantity > agreement.remaining_quantity,
        "agreement_ends_before": state != "ended"
        and bool(wanted and agreement.valid_until and wanted > agreement.valid_until),
    }
    return tuple(name for name in REASONS if found.get(name))


def _read(engine: Engine, identity: Identity, *conditions: Any) -> list[Agreement]:
    view, product, own = views.agreement.c, views.product.c, views.customer_product.c
    query = (
        select(
            view.agreement_no, view.product_id, product.product_no, own.customer_part_no, product.description_nb,
            product.description_en, view.agreed_quantity, view.called_off_quantity, view.remaining_quantity,
            view.valid_from, view.valid_until,
        )
        .outerjoin(views.product, product.product_id == view.product_id)
        .outerjoin(
            views.customer_product, (own.product_id == view.product_id) & (own.customer_id == view.customer_id)
        )
        .where(view.customer_id == identity.customer_id, *conditions)
        .order_by(view.agreement_no)
    )  # fmt: skip
    with engine.connect() as connection:
        return [_agreement(row) for row in connection.execute(query)]


def _agreement(row: Row[Any]) -> Agreement:
    values = dict(row._mapping)
    for name in ("agreed_quantity", "called_off_quantity", "remaining_quantity"):
        values[name] = max(0, int(values[name] or 0))
    return Agreement(**values)
