"""The port through which anything is written to the production side, and its table for a foundry without an ERP's API.

Writes are requests a person can still refuse. Nothing here inserts an order.
"""

import datetime as dt
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy import insert as sql_insert
from sqlalchemy.exc import IntegrityError

from actions.production import views
from actions.production.identity import Identity
from actions.production.models import Hold, HoldDay, IntakeSubmission, ResourceDay
from bot.common.clock import utcnow

#: Float noise of booked hours and kilograms.
TOLERANCE = 1e-6


#: Kinds of a submission. The first group binds the customer: only a contact with the right to order may send it.
BINDING = ("order", "call_off", "change", "cancel", "stop", "accept_quotation", "decline_quotation")
#: These anybody may send, proven or not.
FREE = ("request", "claim")
KINDS = (*FREE, *BINDING)
#: The planner hears of these before anything else.
URGENT = ("stop",)


class IntakeError(RuntimeError):
    """The production side answered, and not with a receipt. Nothing was written."""


class CapacityTakenError(IntakeError):
    """Somebody else took the capacity between the answer and the hold."""


class RefusedError(IntakeError):
    """It will never be taken: ``code`` is ``not_proven``, ``no_right_to_order`` or ``other_customer``."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Share:
    """What is taken of a resource on a day, in the resource's unit."""

    resource_id: str
    day: dt.date
    quantity: float


@dataclass(frozen=True)
class Receipt:
    """Proof that a request arrived. The same request id gives the same receipt.

    ``id`` is the hold's own number, or that of a submission; ``hold_id`` and ``expires_at`` (aware) tell of the
    capacity that is kept with a submission, None when none is.
    """

    id: str
    request_id: str
    expires_at: dt.datetime | None
    hold_id: str | None = None


@dataclass(frozen=True)
class Submission:
    """A confirmed wish. ``payload`` is JSON: codes, numbers, ISO dates, money in minor units, no sentences.

    ``payload["hold"]``, as ``hold_wish`` makes it, asks for capacity to be kept with an order or a call-off.
    """

    request_id: str
    kind: str
    payload: dict[str, Any]

    @property
    def hold(self) -> tuple[Share, ...]:
        """The shares to keep; empty when none are asked for."""
        wish = self.payload.get("hold") or {}
        return tuple(
            Share(each["resource_id"], dt.date.fromisoformat(each["day"]), float(each["quantity"]))
            for each in wish.get("shares", [])
        )

    @property
    def hold_hours(self) -> float:
        """Hours the shares are kept."""
        return float((self.payload.get("hold") or {}).get("hours", 0))

    def without_hold(self) -> "Submission":
        """The same wish when its capacity is gone; the payload says so."""
        return replace(self, payload={**self.payload, "hold": None, "hold_lost": True})


def hold_wish(shares: Sequence[Share], hours: float) -> dict[str, Any] | None:
    """Shares for a payload's ``hold``; None when there is nothing to keep."""
    if not shares:
        return None
    return {
        "hours": hours,
        "shares": [
            {"resource_id": share.resource_id, "day": share.day.isoformat(), "quantity": share.quantity}
            for share in shares
        ],
    }


class OrderIntake(Protocol):
    """What the assistant may ask of the production side. An ERP implements it with its API.

    Every method may be called again with the same request id and then gives the same receipt. Whatever it raises
    beside ``IntakeError`` means: not known whether it arrived, ask again.
    """

    def submit(self, identity: Identity | None, submission: Submission) -> Receipt:
        """Take a confirmed wish. Raises RefusedError (never), CapacityTakenError (not with this hold)."""
        ...

    def hold(self, identity: Identity, request_id: str, shares: Sequence[Share], expires_at: dt.datetime) -> Receipt:
        """Keep capacity until a moment. Raises CapacityTakenError when it is no longer free."""
        ...

    def release_expired(self, now: dt.datetime) -> int:
        """Mark holds that have run out as released; returns how many."""
        ...


class TableIntake:
    """Submissions and holds in our own tables; the views count holds as booked while they last.

    Nothing is ever written into the tables of orders: people do that, or refuse.
    """

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def submit(self, identity: Identity | None, submission: Submission) -> Receipt:
        """Store a wish once, with its hold in the same transaction; asked twice it is one.

        ``identity`` None: a stranger, who may send what is ``FREE``. Raises ValueError for an unknown kind,
        RefusedError, CapacityTakenError (then nothing is stored), SQLAlchemyError.
        """
        if submission.kind not in KINDS:
            raise ValueError(f"kind {submission.kind}")
        return self._once(
            lambda connection: _submitted(connection, identity, submission.request_id),
            lambda connection: _submit(connection, identity, submission),
        )

    def hold(self, identity: Identity, request_id: str, shares: Sequence[Share], expires_at: dt.datetime) -> Receipt:
        """Keep capacity; asked twice it is one hold. Raises CapacityTakenError, ValueError for nothing to hold."""
        if not shares or any(share.quantity <= 0 for share in shares):
            raise ValueError("a hold needs shares with quantities above zero")
        return self._once(
            lambda connection: _known(connection, identity, request_id),
            lambda connection: _write(connection, identity, request_id, shares, expires_at),
        )

    def release_expired(self, now: dt.datetime) -> int:
        """Mark holds that ran out before ``now`` (aware)."""
        with self.engine.begin() as connection:
            done = connection.execute(
                update(Hold).where(Hold.state == "active", Hold.expires_at <= now).values(state="released")
            )
        return done.rowcount

    def _once(self, known: Callable[[Connection], Receipt | None], write: Callable[[Connection], Receipt]) -> Receipt:
        """What is known under the request id, else what is written now, in one transaction."""
        try:
            with self.engine.begin() as connection:
                return known(connection) or write(connection)
        except IntegrityError:
            # The same request came in twice at the same moment: the other one has written it.
            with self.engine.connect() as connection:
                found = known(connection)
            if found is None:
                raise
            return found


def _submitted(connection: Connection, identity: Identity | None, request_id: str) -> Receipt | None:
    row = connection.execute(
        select(IntakeSubmission.id, IntakeSubmission.customer_id, IntakeSubmission.hold_id, Hold.expires_at)
        .outerjoin(Hold, Hold.id == IntakeSubmission.hold_id)
        .where(IntakeSubmission.request_id == request_id)
    ).first()
    if row is None:
        return None
    if row.customer_id != (identity.customer_id if identity else None):
        raise RefusedError("other_customer")
    return Receipt(row.id, request_id, row.expires_at, row.hold_id)


def _submit(connection: Connection, identity: Identity | None, submission: Submission) -> Receipt:
    _check_right(connection, identity, submission.kind)
    held = None
    if submission.hold and identity is not None:
        now = utcnow()
        held = _known(connection, identity, submission.request_id) or _write(
            connection,
            identity,
            submission.request_id,
            submission.hold,
            now + dt.timedelta(hours=submission.hold_hours),
        )
    receipt = Receipt(
        f"IN-{uuid.uuid4().hex[:10].upper()}", submission.request_id, held.expires_at if held else None,
        held.id if held else None,
    )  # fmt: skip
    connection.execute(
        sql_insert(IntakeSubmission).values(
            id=receipt.id, request_id=submission.request_id, kind=submission.kind, urgent=submission.kind in URGENT,
            customer_id=identity.customer_id if identity else None,
            contact_id=identity.contact_id if identity else None, proved=identity.proved if identity else None,
            payload=submission.payload, received_at=utcnow(), hold_id=receipt.hold_id, state="received",
        )
    )  # fmt: skip
    return receipt


def _check_right(connection: Connection, identity: Identity | None, kind: str) -> None:
    """Rights as they are at this moment: the yes may be hours old."""
    if kind in FREE:
        return
    if identity is None:
        raise RefusedError("not_proven")
    view = views.contact.c
    may_order = connection.scalar(
        select(view.may_order).where(
            view.contact_id == identity.contact_id, view.customer_id == identity.customer_id, view.active
        )
    )
    if not may_order:
        raise RefusedError("no_right_to_order")


def _known(connection: Connection, identity: Identity, request_id: str) -> Receipt | None:
    row = connection.execute(
        select(Hold.id, Hold.expires_at).where(Hold.request_id == request_id, Hold.customer_id == identity.customer_id)
    ).first()
    return Receipt(row.id, request_id, row.expires_at) if row else None


def _write(
    connection: Connection, identity: Identity, request_id: str, shares: Sequence[Share], expires_at: dt.datetime
) -> Receipt:
    receipt = Receipt(f"HOLD-{uuid.uuid4().hex[:10].upper()}", request_id, expires_at)
    connection.execute(
        sql_insert(Hold).values(
            id=receipt.id, request_id=request_id, customer_id=identity.customer_id, contact_id=identity.contact_id,
            created_at=utcnow(), expires_at=expires_at, state="active",
        )
    )  # fmt: skip
    ordered = sorted(shares, key=lambda share: (share.resource_id, share.day))
    for share in ordered:
        # The row lock queues two holds for the same day; SQLite has locked the whole file with the insert above.
        connection.execute(
            select(ResourceDay.capacity)
            .where(ResourceDay.resource_id == share.resource_id, ResourceDay.day == share.day)
            .with_for_update()
        )
    connection.execute(
        sql_insert(HoldDay),
        [{"hold_id": receipt.id, "resource_id": s.resource_id, "day": s.day, "quantity": s.quantity} for s in ordered],
    )
    for share in ordered:
        _check_room(connection, share)
    return receipt


def _check_room(connection: Connection, share: Share) -> None:
    view = views.resource_day.c
    row = connection.execute(
        select(view.capacity, view.booked).where(view.resource_id == share.resource_id, view.day == share.day)
    ).first()
    if row is None or row.booked > row.capacity + TOLERANCE:
        raise CapacityTakenError(f"{share.resource_id} {share.day}: no longer free")
