"""Shipments of an order with the carrier's link, and where a carrier offers it, where the parcel is now.

Live status: Bring's Tracking API v2 (https://developer.bring.com/api/tracking/), switched on by SMELT_BRING_UID and
SMELT_BRING_KEY. It is asked at most once in ten minutes for a number and may take three seconds; without it the
answer is the one from the production database.
"""

import datetime as dt
import json
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from typing import Any

import requests
from sqlalchemy import Engine, select
from urllib3.exceptions import HTTPError

from actions.production import views
from actions.production.identity import Identity
from actions.production.orders import same
from bot.common.settings import settings

#: Words in a carrier's name that mean Bring.
BRING = ("bring", "posten")
#: Seconds the whole question may take; seconds an answer, or a failure, is remembered.
SECONDS, REMEMBERED, FAILED = 3.0, 600.0, 60.0
LARGEST, MOST = 1_000_000, 1000
#: Bring's status codes and ours. A code that is not here counts as ``unknown``.
STATUSES = {
    "PRE_NOTIFIED": "announced", "NOTIFICATION_SENT": "announced", "HANDED_IN": "on_the_way",
    "COLLECTED": "on_the_way", "TERMINAL": "on_the_way", "INTERNATIONAL": "on_the_way", "IN_TRANSIT": "on_the_way",
    "CUSTOMS": "customs", "TRANSPORT_TO_RECIPIENT": "out_for_delivery", "READY_FOR_PICKUP": "ready_for_pickup",
    "ATTEMPTED_DELIVERY": "attempted", "DEVIATION": "deviation", "RETURN": "returned",
    "DELIVERED_SENDER": "returned", "DELIVERED": "delivered",
}  # fmt: skip


@dataclass(frozen=True)
class Live:
    """Where a parcel is by its carrier: a code of ``STATUSES``' values or ``unknown``, the moment (aware), the place."""

    status: str
    at: dt.datetime | None = None
    place: str | None = None


@dataclass(frozen=True)
class Parcel:
    """A shipment of one order line. ``live`` is None where nothing can be asked, or nobody answered in time."""

    delivery_no: str
    order_no: str
    line_no: int
    quantity: int
    shipped_on: dt.date
    carrier: str | None
    tracking_no: str | None
    tracking_url: str | None
    expected_on: dt.date | None
    delivered_on: dt.date | None
    live: Live | None = None


def shipments_of(engine: Engine, identity: Identity, order_no: str, live: bool = True) -> list[Parcel]:
    """Shipments of the customer's order, newest first; what is on its way with its live status.

    Another customer's order and none are the same empty answer. Raises SQLAlchemyError; a carrier that does not
    answer is no error. Only web addresses are passed on as links.
    """
    view = views.delivery.c
    query = (
        select(
            view.delivery_no, view.order_no, view.line_no, view.quantity, view.shipped_on, view.carrier,
            view.tracking_no, view.tracking_url, view.expected_on, view.delivered_on,
        )
        .where(view.customer_id == identity.customer_id, same(view.order_no, order_no))
        .order_by(view.shipped_on.desc(), view.delivery_no.desc(), view.line_no)
    )  # fmt: skip
    with engine.connect() as connection:
        found = [Parcel(**row._mapping) for row in connection.execute(query)]
    return [_with_live(_with_safe_link(each), live) for each in found]


def live_status(carrier: str | None, tracking_no: str | None) -> Live | None:
    """Where a parcel is, from Bring; None for another carrier, without a key, or when nobody answers in time."""
    if not tracking_no or not any(word in (carrier or "").lower() for word in BRING):
        return None
    uid, key = settings().bring_uid, settings().bring_key
    if not uid or key is None:
        return None
    return _memory.get(tracking_no)


def _with_safe_link(parcel: Parcel) -> Parcel:
    url = parcel.tracking_url
    return parcel if url is None or url.startswith(("https://", "http://")) else replace(parcel, tracking_url=None)


def _with_live(parcel: Parcel, live: bool) -> Parcel:
    if not live or parcel.delivered_on is not None:
        return parcel
    return replace(parcel, live=live_status(parcel.carrier, parcel.tracking_no))


class _Memory:
    """Answers by tracking number. Two who ask at once ask twice at worst."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._answers: OrderedDict[str, tuple[float, Live | None]] = OrderedDict()

    def get(self, tracking_no: str) -> Live | None:
        with self._lock:
            known = self._answers.get(tracking_no)
        if known and known[0] > time.monotonic():
            return known[1]
        found = _ask(tracking_no)
        with self._lock:
            self._answers[tracking_no] = (time.monotonic() + (REMEMBERED if found else FAILED), found)
            self._answers.move_to_end(tracking_no)
            while len(self._answers) > MOST:
                self._answers.popitem(last=False)
        return found

    def clear(self) -> None:
        with self._lock:
            self._answers.clear()


_memory = _Memory()


def forget() -> None:
    """Forget every remembered answer (tests)."""
    _memory.clear()


def _ask(tracking_no: str) -> Live | None:
    key = settings().bring_key
    assert key is not None
    headers = {
        "X-Mybring-API-Uid": settings().bring_uid or "",
        "X-Mybring-API-Key": key.get_secret_value(),
        "X-Bring-Client-URL": settings().public_base,
        "Accept": "application/json",
    }
    until = time.monotonic() + SECONDS
    url = f"{settings().bring_url.rstrip('/')}/tracking/api/v2/tracking.json"
    try:
        # A redirect would carry the key elsewhere.
        with requests.get(
            url, params={"q": tracking_no, "lang": "en"}, headers=headers, timeout=SECONDS, stream=True,
            allow_redirects=False,
        ) as answer:  # fmt: skip
            if answer.status_code != requests.codes.ok:
                return None
            return _read(json.loads(_body(answer, until)))
    except (requests.RequestException, HTTPError, TimeoutError, ValueError, LookupError, TypeError, AttributeError):
        return None


def _body(answer: requests.Response, until: float) -> bytes:
    """The body, within the time left: a server that drips must not hold a customer."""
    data = b""
    # What has arrived, not what would fill a buffer.
    while chunk := answer.raw.read1(65536, decode_content=True):
        data += chunk
        if time.monotonic() > until or len(data) > LARGEST:
            raise TimeoutError
    return data


def _read(content: Any) -> Live | None:
    """The newest event of the first package. Raises LookupError and the like for what is not as documented."""
    events = content["consignmentSet"][0]["packageSet"][0]["eventSet"]
    timed = [(dt.datetime.fromisoformat(event["dateIso"]), event) for event in events]
    at, newest = max(timed, key=lambda pair: pair[0])
    return Live(STATUSES.get(newest["status"], "unknown"), at, str(newest.get("city") or "").title() or None)
