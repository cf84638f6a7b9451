"""What becomes of an order as it stands: judged by the database now, in the same way for the read-back and for sending."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from actions.form.answers import Answer, Answers
from actions.form.kept import remark
from actions.production.agreements import REASONS as OF_AGREEMENTS
from actions.production.agreements import Agreement, check_call_off, find_agreement
from actions.production.candidates import find_part
from actions.production.identity import Identity
from actions.production.order_intake import Share, hold_wish
from actions.production.plant import plant
from actions.production.promise_parts import Part
from actions.production.reorder import REASONS, Assessment, assess
from actions.tasks.order.answers import Delivery, more_parts, own_part
from actions.tasks.order.splits import as_lots, last_wanted
from actions.turns.house import House
from bot.common.clock import today
from bot.common.spans import last_day
from bot.store.cases.claims import open_complaints

#: Outcomes from the best to the worst: an order goes as the worst of its parts.
OUTCOMES = ("order", "quote_request", "person")
#: What the customer wants to be different, which has to be quoted.
OF_WISHES = ("certificate_changed", "alloy_changed")


@dataclass(frozen=True)
class JudgedPart:
    """One part of an order as it would be sent: ``outcome`` is one of ``OUTCOMES``."""

    outcome: str
    reasons: tuple[str, ...]
    found: Assessment
    asked: str | None = None
    agreement: Agreement | None = None


@dataclass(frozen=True)
class Judged:
    """An order as it would be sent: its parts, the first in front."""

    parts: tuple[JudgedPart, ...]

    @property
    def first(self) -> JudgedPart:
        """The part that was named first."""
        return self.parts[0]

    @property
    def outcome(self) -> str:
        """That of the worst part: an order is sent as one."""
        return max((each.outcome for each in self.parts), key=OUTCOMES.index)


def judge(house: House, identity: Identity, answers: Answers, by: dt.date | None = None) -> Judged | None:
    """Judge what is answered so far; None while part or quantity is missing, or a part is not the customer's any more.

    ``by``: the day to be held against the plan, in place of the one that is wanted.
    """
    noted, quantity = own_part(answers), answers.value("quantity")
    if noted is None or not quantity:
        return None
    wanted = [(noted.product_id, int(quantity), noted.asked)]
    wanted += [(each["product_id"], each["quantity"], each["asked"]) for each in more_parts(answers)]
    parts = [_judge_part(house, identity, answers, *each, by or wanted_by(answers)) for each in wanted]
    known = tuple(each for each in parts if each)
    return Judged(known) if len(known) == len(parts) else None


def _judge_part(
    house: House,
    identity: Identity,
    answers: Answers,
    product_id: str,
    quantity: int,
    revision: str | None,
    wanted: dt.date | None,
) -> JudgedPart | None:
    part = find_part(house.production, identity, product_id)
    if part is None:
        return None
    claims = _claimed(house.own, identity, part)
    found = assess(house.production, identity, part, quantity, revision, wanted, today(), plant(), claims)
    agreement, extra = _call_off(house.production, identity, answers, part, quantity, wanted)
    asked = answers.value("certificate")
    differs = {
        "certificate_changed": bool(asked) and asked != part.row["certificate"],
        "alloy_changed": _other_alloy(answers, part),
    }
    other = tuple(reason for reason in OF_WISHES if differs[reason])
    outcome = found.outcome
    if outcome == "order" and (extra or other):
        outcome = "person" if extra else "quote_request"
    return JudgedPart(outcome, (*extra, *found.reasons, *other), found, revision, agreement)


def _other_alloy(answers: Answers, part: Part) -> bool:
    """Whether another alloy was asked for than the part is released in."""
    asked = answers.value("alloy")
    return bool(asked) and part.row["alloy"] not in str(asked).split(" / ")


def forget_usual_alloy(house: House, identity: Identity, answers: Answers) -> None:
    """An alloy that all the parts are made of anyway only describes them."""
    if "alloy" not in answers:
        return
    noted = own_part(answers)
    ids = [noted.product_id] if noted else []
    parts = [
        find_part(house.production, identity, each)
        for each in (*ids, *(one["product_id"] for one in more_parts(answers)))
    ]
    if not any(part and _other_alloy(answers, part) for part in parts):
        del answers["alloy"]


def wanted_day(delivery: Answer | None) -> dt.date | None:
    """The last day of an answered delivery: a date, the Friday of a week, the last working day of a month."""
    if isinstance(delivery, Delivery) and delivery.since:
        return None
    try:
        return last_day(str(delivery.value or "")) if delivery else None
    except ValueError:
        return None


def wanted_by(answers: Answers) -> dt.date | None:
    """The last day on which all of it is wanted: of one delivery, or of the last of several."""
    last = last_wanted(answers)
    return last_day(last) if last else wanted_day(answers.get("delivery"))


def as_payload(answers: Answers, judged: Judged) -> dict[str, Any]:
    """The order for the production side: codes, numbers and dates, money in minor units. ``parts`` when there are several."""
    # Of several deliveries each has its own day.
    delivery, wanted = answers.get("delivery"), None if as_lots(answers) else wanted_by(answers)
    payload = _part_payload(judged.first) | {
        "wanted": wanted.isoformat() if wanted else None, "outcome": judged.outcome,
        "wanted_words": delivery.more.get("words") if delivery else None,
        "agreement_no": answers.value("agreement"), "customer_po": answers.value("po"),
        "marking": answers.value("mark"),
        "certificate_asked": answers.value("certificate"), "alloy_asked": answers.value("alloy"),
        "deliver_to": answers.value("place"), "words": answers.value("details"),
        "split": answers.value("split"), "remark": remark(answers),
    }  # fmt: skip
    if lots := as_lots(answers):
        payload["lots"] = lots
    if len(judged.parts) > 1:
        payload["parts"] = [_part_payload(each) for each in judged.parts]
    hours = judged.first.found.hold_hours
    payload["hold"] = hold_wish(_shares(judged), hours) if judged.outcome == "order" else None
    return payload


def _part_payload(judged: JudgedPart) -> dict[str, Any]:
    found, price, promise = judged.found, judged.found.price, judged.found.promise
    row = found.part.row
    payload: dict[str, Any] = {
        "product_id": row["product_id"], "product_no": row["product_no"], "customer_part_no": row["customer_part_no"],
        "drawing_no": row["own_drawing_no"] or row["drawing_no"], "revision": row["revision"],
        "revision_asked": judged.asked, "alloy": row["alloy"], "quantity": found.quantity,
        "reasons": list(judged.reasons), "notes": list(found.notes), "certificate": row["certificate"],
        "ship": promise.ship.isoformat() if promise and promise.ship else None,
    }  # fmt: skip
    if price and price.ok:
        payload["price"] = {
            "currency": price.currency, "per": price.per, "price_minor": price.price_minor,
            "piece_minor": price.piece_minor, "total_minor": price.total_minor,
            "surcharge_open": price.surcharge_open, "surcharge_month": price.surcharge_month,
        }  # fmt: skip
    return payload


def _shares(judged: Judged) -> list[Share]:
    """What a hold of all parts takes: the shares of a resource on a day together."""
    taken: dict[tuple[str, dt.date], float] = {}
    for part in judged.parts:
        for share in part.found.shares:
            key = share.resource_id, share.day
            taken[key] = taken.get(key, 0.0) + share.quantity
    return [Share(resource, day, quantity) for (resource, day), quantity in taken.items()]


def kind_of(answers: Answers, judged: Judged) -> str:
    """What the production side is asked."""
    if judged.outcome != "order":
        return "request"
    return "call_off" if answers.get("agreement") else "order"


def case_of(judged: Judged) -> str:
    """The kind of the case sales gets."""
    if judged.outcome == "quote_request":
        return "quote_request"
    return "reorder" if judged.first.found.last else "order"


def known_reason(reason: str) -> str:
    """The name of the text that tells a reason."""
    told = reason in REASONS or reason in OF_AGREEMENTS or reason in OF_WISHES
    return f"utter_order_reason_{reason}" if told else "utter_order_reason_other"


def _call_off(
    engine: Engine, identity: Identity, answers: Answers, part: Part, quantity: int, wanted: dt.date | None
) -> tuple[Agreement | None, tuple[str, ...]]:
    """The agreement a part is called off from, and what stands in the way; no agreement for the other parts."""
    number, noted = answers.value("agreement"), own_part(answers)
    if not number or noted is None or part.row["product_id"] != noted.product_id:
        return None, ()
    checked = check_call_off(engine, identity, str(number), quantity, wanted, today(), plant())
    of_agreement = tuple(reason for reason in checked.reasons if reason.startswith("agreement_"))
    return checked.agreement or find_agreement(engine, identity, str(number)), of_agreement


def _claimed(own: Engine, identity: Identity, part: Part) -> bool:
    """Whether a complaint that names this part is not settled yet."""
    names = {str(name).casefold() for name in (part.number, part.row["product_no"]) if name}
    return any(name in wording.casefold() for wording in open_complaints(own, identity.customer_id) for name in names)
