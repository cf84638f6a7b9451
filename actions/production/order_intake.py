"""The port through which anything is written to the production side, and its table for a foundry without an ERP's API.

Writes are requests a person can still refuse. Nothing here inserts an order.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection, Engine, select, update
from sqlalchemy import insert as sql_insert
from sqlalchemy.exc import IntegrityError

from actions.production import views
from actions.production.identity import Identity
from actions.production.models import Hold, HoldDay, ResourceDay
from bot.common.clock import utcnow

#: Float noise of booked hours and kilograms.
TOLERANCE = 1e-6


class CapacityTakenError(RuntimeError):
    """Somebody else took the capacity between the answer and the hold."""


@dataclass(frozen=True)
class Share:
    """What is taken of a resource on a day, in the resource's unit."""

    resource_id: str
    day: dt.date
    quantity: float


@dataclass(frozen=True)
class Receipt:
    """Proof that a request arrived. The same request id gives the same receipt."""

    id: str
    request_id: str
    expires_at: dt.datetime


class OrderIntake(Protocol):
    """What the assistant may ask of the production side. An ERP implements it with its API."""

    def hold(self, identity: Identity, request_id: str, shares: Sequence[Share], expires_at: dt.datetime) -> Receipt:
        """Keep capacity until a moment. Raises CapacityTakenError when it is no longer free."""
        ...

    def release_expired(self, now: dt.datetime) -> int:
        """Mark holds that have run out as released; returns how many."""
        ...


class TableIntake:
    """Holds in our own tables; the views count them as booked while they last."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def hold(self, identity: Identity, request_id: str, shares: Sequence[Share], expires_at: dt.datetime) -> Receipt:
        """Keep capacity; asked twice it is one hold. Raises CapacityTakenError, ValueError for nothing to hold."""
        if not shares or any(share.quantity <= 0 for share in shares):
            raise ValueError("a hold needs shares with quantities above zero")
        try:
            with self.engine.begin() as connection:
                known = _known(connection, identity, request_id)
                return known or _write(connection, identity, request_id, shares, expires_at)
        except IntegrityError:
            # The same request came in twice at the same moment: the other one has written it.
            with self.engine.connect() as connection:
                known = _known(connection, identity, request_id)
            if known is None:
                raise
            return known

    def release_expired(self, now: dt.datetime) -> int:
        """Mark holds that ran out before ``now`` (aware)."""
        with self.engine.begin() as connection:
            done = connection.execute(
                update(Hold).where(Hold.state == "active", Hold.expires_at <= now).values(state="released")
            )
        return done.rowcount


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
