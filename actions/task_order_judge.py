"""What becomes of an order as it stands: judged by the database now, in the same way for the read-back and for sending."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from actions.house import House
from actions.production.agreements import REASONS as OF_AGREEMENTS
from actions.production.agreements import Agreement, check_call_off, find_agreement
from actions.production.identity import Identity
from actions.production.order_intake import hold_wish
from actions.production.plant import plant
from actions.production.promise_parts import Part
from actions.production.reorder import REASONS, Assessment, assess
from actions.task_order_part import part_of
from actions.tasks import Answer, Answers
from bot.cases.claims import open_complaints
from bot.common.clock import today
from bot.common.formats import iso_week, week_monday

ONE = dt.timedelta(days=1)


@dataclass(frozen=True)
class Judged:
    """An order as it would be sent: ``outcome`` is ``order``, ``quote_request`` or ``person``."""

    outcome: str
    reasons: tuple[str, ...]
    found: Assessment
    agreement: Agreement | None = None

    @property
    def seal(self) -> list[Any]:
        """What the customer says yes to, for comparing: a yes to something else is none."""
        price, promise = self.found.price, self.found.promise
        money = [price.code, price.piece_minor, price.total_minor, price.currency] if price else []
        ship = promise.ship if promise else None
        shown = None if ship is None else iso_week(ship) if promise and promise.week_only else ship.isoformat()
        return [self.outcome, list(self.reasons), money, shown, self.found.released_revision]


def judge(house: House, identity: Identity, answers: Answers) -> Judged | None:
    """Judge what is answered so far; None while part or quantity is missing, or the part is not the customer's any more."""
    part, quantity = part_of(house.production, identity, answers.get("part")), answers.get("quantity", {}).get("value")
    if part is None or not quantity:
        return None
    wanted, revision = wanted_day(answers.get("delivery")), answers["part"].get("asked")
    claims = _claimed(house.own, identity, part)
    found = assess(house.production, identity, part, int(quantity), revision, wanted, today(), plant(), claims)
    agreement, extra = _call_off(house.production, identity, answers, int(quantity), wanted)
    reasons = (*extra, *found.reasons)
    asked = answers.get("certificate", {}).get("value")
    other = ("certificate_changed",) if asked and asked != part.row["certificate"] else ()
    reasons = (*reasons, *other)
    outcome = found.outcome
    if outcome == "order" and (extra or other):
        outcome = "person" if extra else "quote_request"
    return Judged(outcome, reasons, found, agreement)


def wanted_day(delivery: Answer | None) -> dt.date | None:
    """The last day of an answered delivery: a date, or the Friday of a week."""
    if delivery and delivery.get("since"):
        return None
    value = str((delivery or {}).get("value") or "")
    try:
        return week_monday(value) + 4 * ONE if "-W" in value else dt.date.fromisoformat(value)
    except ValueError:
        return None


def as_payload(answers: Answers, judged: Judged) -> dict[str, Any]:
    """The order for the production side: codes, numbers and dates, money in minor units."""
    found, price, promise = judged.found, judged.found.price, judged.found.promise
    row, wanted = found.part.row, wanted_day(answers.get("delivery"))
    payload: dict[str, Any] = {
        "product_id": row["product_id"], "product_no": row["product_no"], "customer_part_no": row["customer_part_no"],
        "drawing_no": row["own_drawing_no"] or row["drawing_no"], "revision": row["revision"],
        "revision_asked": answers["part"].get("asked"), "alloy": row["alloy"], "quantity": found.quantity,
        "wanted": wanted.isoformat() if wanted else None, "outcome": judged.outcome, "reasons": list(judged.reasons),
        "notes": list(found.notes), "agreement_no": answers.get("agreement", {}).get("value"),
        "customer_po": answers.get("po", {}).get("value"), "certificate": row["certificate"],
        "certificate_asked": answers.get("certificate", {}).get("value"),
        "ship": promise.ship.isoformat() if promise and promise.ship else None,
        "words": answers.get("details", {}).get("value"),
    }  # fmt: skip
    if price and price.ok:
        payload["price"] = {
            "currency": price.currency, "per": price.per, "price_minor": price.price_minor,
            "piece_minor": price.piece_minor, "total_minor": price.total_minor,
            "surcharge_open": price.surcharge_open, "surcharge_month": price.surcharge_month,
        }  # fmt: skip
    payload["hold"] = hold_wish(found.shares, found.hold_hours) if judged.outcome == "order" else None
    return payload


def kind_of(answers: Answers, judged: Judged) -> str:
    """What the production side is asked."""
    if judged.outcome != "order":
        return "request"
    return "call_off" if answers.get("agreement") else "order"


def case_of(judged: Judged) -> str:
    """The kind of the case sales gets."""
    if judged.outcome == "quote_request":
        return "quote_request"
    return "reorder" if judged.found.last else "order"


def known_reason(reason: str) -> str:
    """The name of the text that tells a reason."""
    told = reason in REASONS or reason in OF_AGREEMENTS or reason == "certificate_changed"
    return f"utter_order_reason_{reason}" if told else "utter_order_reason_other"


def _call_off(
    engine: Engine, identity: Identity, answers: Answers, quantity: int, wanted: dt.date | None
) -> tuple[Agreement | None, tuple[str, ...]]:
    number = answers.get("agreement", {}).get("value")
    if not number:
        return None, ()
    checked = check_call_off(engine, identity, str(number), quantity, wanted, today(), plant())
    of_agreement = tuple(reason for reason in checked.reasons if reason.startswith("agreement_"))
    return checked.agreement or find_agreement(engine, identity, str(number)), of_agreement


def _claimed(own: Engine, identity: Identity, part: Part) -> bool:
    """Whether a complaint that names this part is not settled yet."""
    names = {str(name).casefold() for name in (part.number, part.row["product_no"]) if name}
    return any(name in wording.casefold() for wording in open_complaints(own, identity.customer_id) for name in names)
