"""What becomes of a wish to order a part again: an order that waits for its confirmation, a quotation, or a person.

An order needs a released part, the released revision, a usable pattern, a price that holds, no credit hold, the
contact's right to order and the smallest quantity. Everything else says why, as codes, and nothing is guessed.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine

from actions.production.candidates import LastOrder, last_order
from actions.production.capacity_load import read
from actions.production.catalogue import catalogue
from actions.production.hold_shares import hold_shares
from actions.production.identity import Identity
from actions.production.order_intake import Share
from actions.production.plant import Plant
from actions.production.prices import PartPrice, agreed_price, masked
from actions.production.promise import HORIZON, Promise, promise_over
from actions.production.promise_job import job_of_part
from actions.production.promise_parts import Part
from actions.production.rights import Rights, rights
from actions.production.stock import free_stock

#: What stops an order, and where the wish goes then. The order is the one in which reasons are told.
#: ``person``: nothing the customer could answer or wait for helps. ``quote_request``: sales quotes anew.
REASONS: dict[str, str] = {
    "no_right_to_order": "quote_request",
    "credit_hold": "person",
    "blocked": "person",
    "not_released": "quote_request",
    "revision_differs": "quote_request",
    "pattern_revision": "person",
    "pattern_missing": "quote_request",
    "pattern_damaged": "quote_request",
    "pattern_condemned": "quote_request",
    "open_claims": "person",
    "below_minimum": "quote_request",
    "no_price": "quote_request",
    "price_expired": "quote_request",
    "price_not_yet": "quote_request",
    "not_melted": "person",
    "too_heavy": "person",
}
#: What is worth saying about an order that goes through.
NOTES = ("surcharge_open", "no_date", "no_hold", "frozen_zone", "date_missed", "certificate_differs", "from_stock")
_OF_PRICE = {
    "no_price": "no_price", "expired": "price_expired", "not_yet": "price_not_yet", "below_break": "below_minimum",
}  # fmt: skip


@dataclass(frozen=True)
class Assessment:
    """``outcome`` is ``order``, ``quote_request`` or ``person``; ``reasons`` say why it is no order.

    ``price`` is as the contact may see it (code ``no_right`` else), ``promise`` as computed now, ``shares`` what a hold
    of ``hold_hours`` would take (empty: nothing can be held). ``released_revision`` is the one we would make.
    ``minimum_quantity`` in pieces, None when not known. ``stock_free`` pieces that could leave at once, None: not known.
    """

    outcome: str
    part: Part
    quantity: int
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    price: PartPrice | None = None
    promise: Promise | None = None
    shares: tuple[Share, ...] = ()
    hold_hours: int = 0
    last: LastOrder | None = None
    released_revision: str | None = None
    minimum_quantity: int | None = None
    stock_free: int | None = None


def assess(
    engine: Engine, identity: Identity, part: Part, quantity: int, revision: str | None, wanted: dt.date | None,
    today: dt.date, plant: Plant, open_claims: bool = False,
) -> Assessment:  # fmt: skip
    """What becomes of ordering ``quantity`` pieces of the customer's own ``part``, asked on ``today``.

    ``revision`` is the one the customer named, None for none; ``wanted`` the day it shall be there. ``open_claims``:
    a claim about this part is not settled yet (known to the cases, not to the ERP). The promise and the shares are
    computed for every outcome that a date makes sense for. Raises ValueError for no pieces, SQLAlchemyError.
    """
    if quantity < 1:
        raise ValueError("an order needs at least one piece")
    allowed = rights(engine, identity)
    price = agreed_price(engine, identity, part.row["product_id"], quantity, today)
    promised, shares = _when(engine, plant, part, quantity, wanted, today)
    reasons = _reasons(part, quantity, revision, price, promised, allowed, open_claims)
    last = last_order(engine, identity, part.row["product_id"], today)
    stock = free_stock(engine, identity, part.row["product_id"])
    return Assessment(
        _outcome(reasons), part, quantity, reasons, _notes(part, quantity, price, promised, shares, last, stock),
        masked(price, allowed.may_see_prices), promised, shares, plant.times.hold_hours, last,
        part.row["revision"], part.row["minimum_quantity"], stock,
    )  # fmt: skip


def _outcome(reasons: tuple[str, ...]) -> str:
    if not reasons:
        return "order"
    return "person" if any(REASONS[reason] == "person" for reason in reasons) else "quote_request"


def _when(
    engine: Engine, plant: Plant, part: Part, quantity: int, wanted: dt.date | None, today: dt.date
) -> tuple[Promise | None, tuple[Share, ...]]:
    """Date and shares; nothing for a part no date can be given for."""
    alloy = part.row["alloy"]
    if alloy not in catalogue() or part.row["release_status"] != "released" or _pattern(part):
        return None, ()
    job = job_of_part(part.row, catalogue()[alloy])
    loads = read(engine, plant, today, today + dt.timedelta(days=HORIZON))
    promised = promise_over(loads, plant, job, quantity, today, wanted, part.to)
    if promised.step != "days":
        return promised, ()
    return promised, hold_shares(loads, plant, job, quantity, today)


def _reasons(
    part: Part, quantity: int, revision: str | None, price: PartPrice, promised: Promise | None, allowed: Rights,
    open_claims: bool,
) -> tuple[str, ...]:  # fmt: skip
    status, smallest = part.row["release_status"], part.row["minimum_quantity"]
    refusal = promised.refusal.reason if promised and promised.refusal else None
    found = {
        "no_right_to_order": not allowed.may_order,
        "credit_hold": allowed.credit_hold or part.credit_hold,
        "blocked": status == "blocked",
        "not_released": status not in ("released", "blocked"),
        "revision_differs": _differs(revision, part.row["revision"]) or _differs(part.revision, part.row["revision"]),
        "open_claims": open_claims,
        "below_minimum": smallest is not None and quantity < smallest,
        "not_melted": refusal == "not_melted",
        "too_heavy": refusal == "weight",
    }
    pattern = _pattern(part) if status == "released" else None
    reasons = {name for name, is_so in found.items() if is_so} | ({pattern} if pattern else set())
    if price.code in _OF_PRICE:
        reasons.add(_OF_PRICE[price.code])
    return tuple(name for name in REASONS if name in reasons)


def _pattern(part: Part) -> str | None:
    """What is wrong with the pattern; a worn one still makes good castings."""
    if part.pattern_condition in (None, "missing"):
        return "pattern_missing"
    if part.pattern_condition in ("damaged", "condemned"):
        return f"pattern_{part.pattern_condition}"
    return "pattern_revision" if _differs(part.pattern_revision, part.row["revision"]) else None


def _differs(one: str | None, other: str | None) -> bool:
    """Whether two revisions are known and not the same; case and spaces do not matter."""
    if not one or not other:
        return False
    return one.strip().upper() != other.strip().upper()


def _notes(
    part: Part, quantity: int, price: PartPrice, promised: Promise | None, shares: tuple[Share, ...],
    last: LastOrder | None, stock: int | None,
) -> tuple[str, ...]:  # fmt: skip
    found = {
        "surcharge_open": price.ok and price.surcharge_open,
        "no_date": promised is None or promised.ship is None,
        "no_hold": not shares,
        "frozen_zone": promised is not None and promised.in_frozen_zone,
        "date_missed": promised is not None and promised.in_time is False,
        "certificate_differs": last is not None and last.certificate != part.row["certificate"],
        "from_stock": stock is not None and stock >= quantity,
    }
    return tuple(name for name in NOTES if found[name])
