"""One-time codes by mail: who may ask how often, what a code is worth, and when it is over.

Nothing here looks at customers: a code is asked for and tried the same way whether or not anybody fits, with the same
statements, so that neither words nor time tell. The worker alone finds out whom an order number and an address belong to.
"""

import datetime as dt
import hmac
import secrets
import uuid
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, delete, func, select, update
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.common.signing import RESUME_SECONDS, ResumeLink, address_hash, keyed
from bot.store.cases.cases import put_entry, repeat
from bot.store.cases.models import Proof
from bot.store.database import reading, writing

IDENTIFY, RESUME, TRY, LINK = "identify", "resume", "try", "link"
#: How often a mailed link opens its chat.
OPENINGS = 5
#: The kind of its entries in the outbox.
OUTBOX = "proof"
#: Minutes a code for the chat is good, and hours one for the way back to a chat.
CODE_MINUTES, RESUME_HOURS = 10, 24
TRIES = 5
#: Codes an hour that one conversation, one address and one client may ask for, and codes a day for one address:
#: 50 guesses a day among a million codes.
PER_CONVERSATION, PER_ADDRESS, PER_ADDRESS_DAY, PER_CLIENT = 5, 5, 10, 20
#: Attempts an hour to come back, by address and by client.
RESUME_PER_ADDRESS, RESUME_PER_CLIENT = 20, 40
#: A wish that could not be mailed for so long is dropped: the customer has given up.
STALE = dt.timedelta(minutes=30)
#: Rows are of no use after the longest limit and the longest code.
KEPT = dt.timedelta(hours=24, seconds=max(RESUME_HOURS * 3600, RESUME_SECONDS))
#: How long a right code may be sent again under its message's id, after an answer that got lost.
LATELY = dt.timedelta(minutes=2)
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@dataclass(frozen=True)
class Entered:
    """What a typed code was: ``right``, ``wrong`` (or too old, or nobody's) or ``locked`` (too many wrong ones)."""

    outcome: str
    contact_id: str | None = None


@dataclass(frozen=True)
class Wanted:
    """A wish the worker has to look up: the pair as typed, or the contact it was found to belong to before."""

    reference: str
    email: str
    contact_id: str | None


class TooMany(RuntimeError):
    """Too many attempts; said to everybody alike."""


def client_hash(address: str) -> str:
    """The keyed hash of a client's network address."""
    return keyed("client", address)


def ask_in(session: Session, conversation: str, reference: str, email: str, client: str, language: str) -> bool:
    """A wish for a code, for the worker to look at; False when too many were asked for lately. ``client``: its hash."""
    address = address_hash(email)
    # Every count is made, whichever is over: the same work for everybody.
    counts = [
        (_asked(session, Proof.conversation_id == conversation, HOUR), PER_CONVERSATION),
        (_asked(session, Proof.address_hash == address, HOUR), PER_ADDRESS),
        (_asked(session, Proof.address_hash == address, DAY), PER_ADDRESS_DAY),
        (_asked(session, Proof.client_hash == client, HOUR), PER_CLIENT),
    ]
    if any(found >= most for found, most in counts):
        return False
    now, wish = utcnow(), uuid.uuid4().hex
    session.add(
        Proof(
            id=wish, purpose=IDENTIFY, conversation_id=conversation, address_hash=address, client_hash=client,
            reference=reference, email=email, tries=0, created_at=now,
            expires_at=now + dt.timedelta(minutes=CODE_MINUTES),
        )
    )  # fmt: skip
    put_entry(session, f"proof-{wish}", OUTBOX, {"proof": wish, "conversation": conversation, "language": language})
    return True


def enter_in(session: Session, conversation: str, code: str) -> Entered:
    """Try a code against the newest wish of the conversation, whose row the caller has locked."""
    row = session.scalar(
        select(Proof)
        .where(Proof.conversation_id == conversation, Proof.purpose == IDENTIFY)
        .order_by(Proof.created_at.desc())
        .limit(1)
    )
    given = keyed("code", row.id if row else conversation, code)
    right = hmac.compare_digest(given, (row and row.code_hash) or keyed("code"))
    if row is None:
        return Entered("wrong")
    if row.tries >= TRIES:
        return Entered("locked")
    row.tries += 1
    if right and row.contact_id is not None and row.used_at is None and utcnow() < row.expires_at:
        row.used_at = utcnow()
        return Entered("right", row.contact_id)
    return Entered("locked" if row.tries >= TRIES else "wrong")


def entered_lately(engine: Engine, conversation: str, code: str) -> str | None:
    """The contact whose code was right moments ago, for the same code again: the first time the answer got lost."""
    with reading(engine) as session:
        row = session.scalar(
            select(Proof)
            .where(Proof.conversation_id == conversation, Proof.purpose == IDENTIFY)
            .where(Proof.used_at > utcnow() - LATELY)
            .order_by(Proof.used_at.desc())
            .limit(1)
        )
        right = row and hmac.compare_digest(keyed("code", row.id, code), row.code_hash or "")
        return row.contact_id if row and right else None


def wanted(engine: Engine, wish: str) -> Wanted | None:
    """What the worker has to look up; None when it is too late, done, or a newer wish of the conversation counts."""
    with reading(engine) as session:
        row = session.get(Proof, wish)
        if row is None or row.used_at is not None or utcnow() - row.created_at > STALE:
            return None
        same = (Proof.conversation_id == row.conversation_id) & (Proof.purpose == IDENTIFY)
        if session.scalar(select(Proof.id).where(same, Proof.created_at > row.created_at).limit(1)):
            return None
        return Wanted(row.reference or "", row.email or "", row.contact_id)


def make_code(engine: Engine, wish: str, contact_id: str | None) -> str:
    """A fresh code for a wish, good from now on; one that nobody gets when no contact fits. The pair is forgotten."""
    code = f"{secrets.randbelow(10**6):06d}"
    with writing(engine) as session:
        session.execute(
            update(Proof)
            .where(Proof.id == wish, Proof.used_at.is_(None))
            .values(
                code_hash=keyed("code", wish, code), contact_id=contact_id, reference=None, email=None,
                expires_at=utcnow() + dt.timedelta(minutes=CODE_MINUTES),
            )
        )  # fmt: skip
    return code


def make_resume_code(engine: Engine, conversation: str, email: str) -> str:
    """A code that lets whoever reads that mailbox back into a stranger's conversation; the earlier ones end."""
    code, now, row = f"{secrets.randbelow(10**8):08d}", utcnow(), uuid.uuid4().hex
    with writing(engine) as session:
        earlier = (Proof.conversation_id == conversation) & (Proof.purpose == RESUME)
        session.execute(update(Proof).where(earlier, Proof.used_at.is_(None)).values(used_at=now))
        session.add(
            Proof(
                id=row, purpose=RESUME, conversation_id=conversation, address_hash=address_hash(email),
                code_hash=keyed("code", row, code), tries=0, created_at=now,
                expires_at=now + dt.timedelta(hours=RESUME_HOURS),
            )
        )  # fmt: skip
    return code


def try_resume(engine: Engine, email: str, code: str, client: str) -> str | None:
    """The conversation that address and code open, once; None for any other. Raises TooMany.

    A wrong code counts against every code of the address. The statements are the same for an address nobody has.
    """
    address, client, now = address_hash(email), client_hash(client), utcnow()
    with writing(engine) as session:
        tried = Proof.purpose == TRY
        if (
            _asked(session, tried & (Proof.address_hash == address), HOUR, TRY) >= RESUME_PER_ADDRESS
            or _asked(session, tried & (Proof.client_hash == client), HOUR, TRY) >= RESUME_PER_CLIENT
        ):
            raise TooMany
        session.add(
            Proof(
                id=uuid.uuid4().hex, purpose=TRY, conversation_id=None, address_hash=address, client_hash=client,
                tries=0, created_at=now, expires_at=now,
            )
        )  # fmt: skip
        open_now = (Proof.address_hash == address) & (Proof.purpose == RESUME) & Proof.used_at.is_(None)
        open_now &= (Proof.tries < TRIES) & (Proof.expires_at > now)
        rows = session.scalars(select(Proof).where(open_now).with_for_update()).all()
        found = None
        for row in rows:
            if hmac.compare_digest(keyed("code", row.id, code), row.code_hash or ""):
                found = row
        session.execute(update(Proof).where(open_now).values(tries=Proof.tries + (0 if found else 1)))
        if found is None:
            return None
        found.used_at = now
        return found.conversation_id


def open_link(engine: Engine, link: ResumeLink) -> bool:
    """Count an opening of a mailed link; False when it was opened often enough."""
    return repeat(lambda: _open_link(engine, link))


def _open_link(engine: Engine, link: ResumeLink) -> bool:
    with writing(engine) as session:
        which, now = keyed("link", link.conversation, link.contact, link.link)[:40], utcnow()
        row = session.get(Proof, which, with_for_update=True)
        if row is None:
            row = Proof(
                id=which, purpose=LINK, conversation_id=link.conversation, address_hash=link.address,
                contact_id=link.contact, tries=0, created_at=now,
                expires_at=now + dt.timedelta(seconds=RESUME_SECONDS),
            )  # fmt: skip
            session.add(row)
        if row.tries >= OPENINGS:
            return False
        row.tries += 1
        return True


def forget_old(engine: Engine) -> None:
    """Delete what no limit and no code needs any more."""
    with writing(engine) as session:
        session.execute(delete(Proof).where(Proof.created_at < utcnow() - KEPT))


def erase_in(session: Session, conversation: str) -> None:
    """A conversation is erased: its codes are worth nothing, and what was typed is gone.

    The keyed hashes stay until ``forget_old``: erasing one's conversation must not give new tries.
    """
    _blank(session, Proof.conversation_id == conversation)


def erase_contact_in(session: Session, contact_ids: Collection[str]) -> None:
    """As ``erase_in`` for what names a contact in other conversations."""
    _blank(session, Proof.contact_id.in_(contact_ids))


def _blank(session: Session, which: ColumnElement[bool]) -> None:
    nothing = dict.fromkeys(("conversation_id", "reference", "email", "contact_id", "code_hash"))
    session.execute(update(Proof).where(which).values(used_at=utcnow(), **nothing))


def _asked(session: Session, which: ColumnElement[bool], within: dt.timedelta, purpose: str = IDENTIFY) -> int:
    counted = select(func.count()).select_from(Proof)
    return session.scalar(counted.where(which, Proof.purpose == purpose, Proof.created_at > utcnow() - within)) or 0
