"""The database is the queue of turns: one of a conversation at a time, in order, whichever process runs it.

A conversation's ``lease`` names the process that runs its turns. It is given and taken under the lock of the
conversation's row, so no message is left behind; a process that dies loses it in time.
"""

import datetime as dt
from collections.abc import Container
from dataclasses import replace

from sqlalchemy import Engine, and_, bindparam, or_, select, update
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.common.settings import settings
from bot.store.database import reading, writing
from bot.store.models import Conversation, Message, UtcTime
from bot.store.records import Pending
from bot.store.rows import after_answer, pending

#: Built once, as it is asked twice a turn.
_WAITING = (
    select(Message)
    .where(Message.conversation_id == bindparam("conversation"))
    .where(
        or_(
            Message.state == "received",
            and_(Message.state == "failed", Message.next_try <= bindparam("now", type_=UtcTime())),
        )
    )
    .order_by(Message.seq)
    .limit(100)
)


def lease_seconds() -> float:
    """How long a turn may keep its conversation before another process takes it for dead."""
    return max(15.0, 2 * settings().turn_timeout + 5)


def claim_due(engine: Engine, lease: str, limit: int = 20) -> list[Pending]:
    """Turns to be tried again, and those a dead process left, one of each conversation, with their leases."""
    now = utcnow()
    due_now = or_(
        and_(Message.state == "failed", Message.next_try <= now),
        and_(Message.state == "received", Message.at <= now - dt.timedelta(seconds=lease_seconds())),
    )
    free = or_(Conversation.lease.is_(None), Conversation.lease_until < now)
    with reading(engine) as session:
        found_due = select(Conversation.id).join(Message, Message.conversation_id == Conversation.id)
        due = session.scalars(found_due.where(due_now, free).distinct().limit(limit)).all()
    if not due:
        return []
    with writing(engine) as session:
        turns = []
        for found in due:
            conversation = session.get(Conversation, found, with_for_update=True, populate_existing=True)
            if conversation and (turn := claim(session, conversation, lease)):
                turns.append(turn)
        return turns


def make_due(engine: Engine) -> None:
    """The engine is back: everything that failed may be tried at once, in its order."""
    with writing(engine) as session:
        session.execute(update(Message).where(Message.state == "failed").values(next_try=utcnow()))


def overdue(engine: Engine, seconds: float, limit: int = 20) -> list[Pending]:
    """Customers' messages nobody answered for that long, oldest first; their conversations' leases are not taken."""
    before = utcnow() - dt.timedelta(seconds=seconds)
    with reading(engine) as session:
        rows = session.execute(
            select(Message, Conversation)
            .join(Conversation, Message.conversation_id == Conversation.id)
            .where(Message.state.in_(("failed", "received")), Message.at <= before, Message.author == "customer")
            .order_by(Message.at)
            .limit(limit)
        ).all()
        return [pending(message, conversation) for message, conversation in rows]


def claim(session: Session, conversation: Conversation, lease: str, new: Message | None = None) -> Pending | None:
    """The lease with the oldest turn, when no process holds it. ``new`` is a message that is not written yet."""
    if conversation.lease is not None and conversation.lease_until and conversation.lease_until > utcnow():
        return None
    return _take(session, conversation, lease, oldest(session, conversation) or new)


def following(session: Session, conversation: Conversation, lease: str, done: Container[int]) -> Pending | None:
    """The next turn after those done, or None with the lease released.

    None too when another process took us for dead and has the conversation now.
    """
    if conversation.lease not in (None, lease):
        return None
    return _take(session, conversation, lease, oldest(session, conversation, done))


def oldest(session: Session, conversation: Conversation, done: Container[int] = ()) -> Message | None:
    """The first message in order that waits for its turn, as the database has it; those ``done`` are left out."""
    waiting = session.scalars(_WAITING, {"conversation": conversation.id, "now": utcnow()})
    return next((one for one in waiting if one.seq not in done), None)


def _take(session: Session, conversation: Conversation, lease: str, message: Message | None) -> Pending | None:
    if message is None:
        conversation.lease, conversation.lease_until = None, None
        return None
    conversation.lease, conversation.lease_until = lease, utcnow() + dt.timedelta(seconds=lease_seconds())
    return replace(pending(message, conversation), after_answer=after_answer(session, message))
