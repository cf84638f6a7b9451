"""Signed-in browsers of the desk: a random cookie of which only the SHA-256 is stored, with an idle and a final end."""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.common.settings import settings
from bot.store.database import reading, writing
from bot.store.models import Staff, StaffSession
from bot.store.ownership import Person

#: The time of last use is written at most this often.
TOUCH = dt.timedelta(seconds=60)


@dataclass(frozen=True)
class StaffMember:
    """A signed-in member of the sales desk. ``role`` is ``agent`` or ``admin``."""

    id: str
    name: str
    email: str
    role: str
    presence: str = "available"

    @property
    def person(self) -> Person:
        """As the rules of ownership know them."""
        return Person(self.id, self.name)


def member(row: Staff) -> StaffMember:
    """A row as a plain value."""
    return StaffMember(row.id, row.name, row.email, row.role, row.presence)


def cookie_hash(cookie: str) -> str:
    """What is stored of a cookie."""
    return hashlib.sha256(cookie.encode("utf-8", "replace")).hexdigest()


def begin_in(session: Session, staff_id: str) -> str:
    """A new session in a transaction of the caller; returns the cookie. Sessions that ended are swept away."""
    now, cookie = utcnow(), secrets.token_urlsafe(32)
    session.execute(
        delete(StaffSession).where((StaffSession.expires_at <= now) | (StaffSession.last_at <= now - idle()))
    )
    expires = now + dt.timedelta(hours=settings().desk_session_hours)
    session.add(
        StaffSession(id=cookie_hash(cookie), staff_id=staff_id, created_at=now, last_at=now, expires_at=expires)
    )
    return cookie


def signed_in(engine: Engine, session_id: str) -> StaffMember | None:
    """Whose session this is (``cookie_hash`` of the cookie), None when it ended. Counts as use of it."""
    now = utcnow()
    with reading(engine) as session:
        found = session.execute(
            select(StaffSession.last_at, Staff)
            .join(Staff, Staff.id == StaffSession.staff_id)
            .where(
                StaffSession.id == session_id, Staff.active,
                StaffSession.expires_at > now, StaffSession.last_at > now - idle(),
            )
        ).first()  # fmt: skip
    if found is None:
        return None
    last_at, row = found
    if now - last_at > TOUCH:
        _touch(engine, session_id, row.id, now)
    return member(row)


def valid(engine: Engine, session_ids: set[str]) -> dict[str, StaffMember]:
    """Those of the sessions that hold, without counting as use: for sockets that stay open."""
    now = utcnow()
    with reading(engine) as session:
        rows = session.execute(
            select(StaffSession.id, Staff)
            .join(Staff, Staff.id == StaffSession.staff_id)
            .where(
                StaffSession.id.in_(session_ids), Staff.active,
                StaffSession.expires_at > now, StaffSession.last_at > now - idle(),
            )
        ).all()  # fmt: skip
        return {session_id: member(row) for session_id, row in rows}


def end(engine: Engine, session_id: str) -> None:
    """Sign out one browser."""
    with writing(engine) as session:
        session.execute(delete(StaffSession).where(StaffSession.id == session_id))


def end_all_in(session: Session, staff_id: str, but: str | None = None) -> None:
    """Sign out every browser of somebody, within a transaction of the caller; ``but`` is a session that stays."""
    ended = delete(StaffSession).where(StaffSession.staff_id == staff_id)
    session.execute(ended if but is None else ended.where(StaffSession.id != but))


def idle() -> dt.timedelta:
    """How long an unused session holds."""
    return dt.timedelta(hours=settings().desk_idle_hours)


def _touch(engine: Engine, session_id: str, staff_id: str, now: dt.datetime) -> None:
    with writing(engine) as session:
        session.execute(update(StaffSession).where(StaffSession.id == session_id).values(last_at=now))
        session.execute(update(Staff).where(Staff.id == staff_id).values(last_seen_at=now))
