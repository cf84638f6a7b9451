"""What a complaint must tell, and whether the line, delivery and heat it names are the customer's.

No judgement: not whose fault, not whether it came in time, no remedy. A person answers every complaint.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine

from actions.production.documents import documents_of
from actions.production.identity import Identity
from actions.production.shipments import Parcel, shipments_of
from actions.production.work import Work, works_of

#: What is asked, in this order; every one may be answered with "don't know". The first three are asked always.
QUESTIONS = (
    "order_line", "defect", "quantity_affected", "heat_no", "found_where", "found_on", "machined", "photos",
    "production_stopped", "remedy", "parts_kept",
)  # fmt: skip
NEEDED = ("order_line", "defect", "quantity_affected")
DEFECTS = (
    "porosity", "cold_shut", "sand_inclusion", "shrinkage", "dimension", "hardness", "analysis", "leakage", "surface",
    "wrong_quantity", "wrong_part", "transport_damage", "other",
)  # fmt: skip
REMEDIES = ("replacement", "repair", "credit", "investigation", "other")
#: What does not fit; the complaint is registered all the same, and a person sees these.
DOUBTS = (
    "order_unknown", "line_unknown", "line_needed", "not_shipped", "delivery_unknown", "heat_unknown",
    "more_than_shipped",
)  # fmt: skip


@dataclass(frozen=True)
class ClaimCheck:
    """What is known about what a complaint names. ``lines`` are the order's lines when one must be chosen.

    ``days_since_delivery`` counts calendar days since the parcel arrived, or left when no arrival is known; None when
    nothing was shipped. ``heats`` are those the line's certificates name.
    """

    doubts: tuple[str, ...]
    line: Work | None = None
    lines: tuple[Work, ...] = ()
    parcels: tuple[Parcel, ...] = ()
    heats: tuple[str, ...] = ()
    delivered_on: dt.date | None = None
    days_since_delivery: int | None = None


def check_claim(
    engine: Engine, identity: Identity, order_no: str, today: dt.date, line_no: int | None = None,
    delivery_no: str | None = None, heat_no: str | None = None, quantity: int | None = None,
) -> ClaimCheck:  # fmt: skip
    """What the customer's data says about a complaint, on ``today``. ``quantity`` is the affected pieces.

    Another customer's order and none are the same answer. Raises SQLAlchemyError.
    """
    lines = works_of(engine, identity, order_no)
    if not lines:
        return ClaimCheck(("order_unknown",))
    line = _line(lines, line_no)
    if line is None:
        return ClaimCheck(("line_needed" if line_no is None else "line_unknown",), lines=tuple(lines))
    parcels = [each for each in shipments_of(engine, identity, order_no, live=False) if each.line_no == line.line_no]
    heats = _heats(engine, identity, order_no, line.line_no)
    named = [each for each in parcels if delivery_no is None or _fold(each.delivery_no) == _fold(delivery_no)]
    arrived = max((each.delivered_on or each.shipped_on for each in named), default=None)
    found = {
        "not_shipped": not parcels,
        "delivery_unknown": bool(parcels) and not named,
        "heat_unknown": heat_no is not None and _fold(heat_no) not in {_fold(each) for each in heats},
        "more_than_shipped": quantity is not None and bool(parcels) and quantity > line.shipped_quantity,
    }
    return ClaimCheck(
        tuple(name for name in DOUBTS if found.get(name)), line, tuple(lines), tuple(named), heats, arrived,
        (today - arrived).days if arrived else None,
    )  # fmt: skip


def _line(lines: list[Work], line_no: int | None) -> Work | None:
    if line_no is None:
        return lines[0] if len(lines) == 1 else None
    return next((each for each in lines if each.line_no == line_no), None)


def _heats(engine: Engine, identity: Identity, order_no: str, line_no: int) -> tuple[str, ...]:
    papers = documents_of(engine, identity, order_no, line_no)
    return tuple(dict.fromkeys(each.heat_no for each in papers if each.heat_no))


def _fold(number: str) -> str:
    return "".join(sign for sign in number.upper() if sign.isalnum())
