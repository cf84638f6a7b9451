"""Signing in to the desk: the same answer, after the same time, for a wrong password and for an unknown address.

Tries count before the password is looked at, so that many at once are not more than one after the other; an address
nobody has is counted and locked like any other.
"""

import datetime as dt
import hashlib

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store.audit import record_in
from bot.store.database import writing
from bot.store.models import SignInTry, Staff
from bot.store.ownership import Person
from bot.store.staff import passwords, sessions
from bot.store.staff.sessions import StaffMember, member
from bot.store.staff.staff import address_hash, normal

#: So many wrong passwords in a row lock the account.
MOST_WRONG = 8
SHORTEST_LOCK, LONGEST_LOCK = dt.timedelta(minutes=1), dt.timedelta(hours=1)
#: Wrong passwords are forgotten after this time without a try.
FORGOTTEN_AFTER = dt.timedelta(days=1)


class WrongPassword(RuntimeError):
    """The address, the password, or both: nobody is told which."""


class Locked(RuntimeError):
    """Too many wrong passwords for this address; ``seconds`` until the next try."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


def sign_in(engine: Engine, email: str, password: str, address: str) -> tuple[StaffMember, str]:
    """Who it is, and the cookie of the new session. Raises Locked and WrongPassword.

    ``address`` is where it comes from, for the audit trail of what fails.
    """
    try:
        row = _count(engine, email)
    except IntegrityError:  # two first tries at the same moment
        row = _count(engine, email)
    usable = row if row is not None and row.active else None
    if not passwords.fits(usable.password_hash if usable else None, password):
        with writing(engine) as session:
            record_in(session, "sign_in_failed", None, row.id if row else None, {"address": address})
        raise WrongPassword
    assert usable is not None
    with writing(engine) as session:
        session.execute(delete(SignInTry).where(SignInTry.address_hash == address_hash(email)))
        return begin_in(session, usable, "password")


class UnknownStaff(RuntimeError):
    """The identity provider knows them, the desk does not."""


def sign_in_by_provider(engine: Engine, issuer: str, subject: str, email: str | None) -> tuple[StaffMember, str]:
    """Who it is by the identity provider, and the cookie of the new session. Raises UnknownStaff.

    ``email`` only when the provider has verified it: it finds an account the first time, which then belongs to this
    issuer and subject, whatever address they have later.
    """
    key = _subject_key(issuer, subject)
    with writing(engine) as session:
        row = session.scalar(select(Staff).where(Staff.oidc_subject == key).with_for_update())
        if row is None and email:
            row = session.scalar(
                select(Staff).where(Staff.email == normal(email), Staff.oidc_subject.is_(None)).with_for_update()
            )
        if row is not None and row.active:
            row.oidc_subject = key
            return begin_in(session, row, "provider")
    with writing(engine) as session:
        record_in(session, "sign_in_failed", None, row.id if row else None, {"how": "provider"})
    raise UnknownStaff


def _subject_key(issuer: str, subject: str) -> str:
    """Issuer and subject as they are kept; those too long for it as their hash."""
    key = f"{issuer}|{subject}"
    return key if len(key) <= 255 else hashlib.sha256(key.encode()).hexdigest()


def begin_in(session: Session, row: Staff, how: str) -> tuple[StaffMember, str]:
    """A new session for somebody who proved who they are, in a transaction of the caller."""
    record_in(session, "sign_in", Person(row.id, row.name), row.id, {"how": how})
    return member(row), sessions.begin_in(session, row.id)


def _count(engine: Engine, email: str) -> Staff | None:
    """Count a try that may turn out wrong, and find the account. Raises Locked."""
    now = utcnow()
    with writing(engine) as session:
        session.execute(delete(SignInTry).where(SignInTry.at < now - FORGOTTEN_AFTER))
        tries = session.get(SignInTry, address_hash(email), with_for_update=True)
        if tries is None:
            tries = SignInTry(address_hash=address_hash(email), failed=0)
            session.add(tries)
        if tries.locked_until is not None and tries.locked_until > now:
            raise Locked(int((tries.locked_until - now).total_seconds()) + 1)
        tries.failed, tries.at = tries.failed + 1, now
        if tries.failed >= MOST_WRONG:
            tries.locked_until = now + lock_time(tries.failed)
        return session.scalar(select(Staff).where(Staff.email == normal(email)))


def lock_time(failed: int) -> dt.timedelta:
    """A minute after the first so many wrong passwords, twice as long after each further one, at most an hour."""
    doubled: int = 2 ** min(failed - MOST_WRONG, 10)
    return min(LONGEST_LOCK, SHORTEST_LOCK * doubled)
