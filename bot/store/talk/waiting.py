"""Customers who wait for a person: when waiting begins, when it takes longer than promised, and colleagues who are gone."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session, aliased

from bot.common.clock import utcnow
from bot.store.database import reading, writing
from bot.store.models import Conversation, Message, Staff
from bot.store.ownership import release_in, request_person_in
from bot.store.records import ConversationErased, Stored, Waiting
from bot.store.rows import put, stored

#: Whoever's desk has not been heard of for so long is not there.
THERE_SECONDS = 90
#: A customer who writes to a colleague that is gone waits for another one after this.
ABSENT_MINUTES = 5

#: What else happens in the same transaction: a mail to the desk.
Also = Callable[[Session], None]


def somebody_there(engine: Engine) -> bool:
    """Whether anybody of the desk is available with an open desk."""
    since = utcnow() - dt.timedelta(seconds=THERE_SECONDS)
    there = Staff.active & (Staff.presence == "available") & (Staff.last_seen_at > since)
    with reading(engine) as session:
        return session.scalar(select(Staff.id).where(there).limit(1)) is not None


def wait(engine: Engine, conversation: str, waiting: Waiting, also: Also | None = None) -> list[Stored]:
    """Let a conversation wait for a person, outside a turn; what was said, nothing when it waits already."""
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is None:
            raise ConversationErased(conversation)
        return wait_in(session, row, waiting, also)


def wait_in(session: Session, conversation: Conversation, waiting: Waiting, also: Also | None = None) -> list[Stored]:
    """As ``wait``, within the transaction of a caller that holds the conversation's lock."""
    if (
        conversation.owner != "assistant"
        or request_person_in(session, conversation.id, waiting.reason).state != "waiting"
    ):
        return []
    conversation.promised_at, conversation.asked = waiting.promised, waiting.asked
    if also is not None:
        also(session)
    return [stored(put(session, conversation, waiting.reply, None))]


def overdue(engine: Engine, now: dt.datetime, limit: int = 50) -> list[tuple[str, str | None, bool]]:
    """Conversations whose customer was promised a person before ``now`` and has not been told that it takes longer.

    Each with its language, and whether the customer can be reached outside the chat.
    """
    late = (Conversation.owner == "waiting") & (Conversation.promised_at < now) & Conversation.told_late_at.is_(None)
    with reading(engine) as session:
        rows = session.scalars(select(Conversation).where(late).limit(limit)).all()
        return [(row.id, row.language, bool(row.contact_id or row.reach)) for row in rows]


def tell_late(engine: Engine, conversation: str, waiting: Waiting, also: Also) -> tuple[list[Stored], str | None]:
    """Say once that it takes longer; what was said and the conversation's contact. Nothing when a person came meanwhile."""
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is None or row.owner != "waiting" or row.told_late_at is not None:
            return [], None
        row.told_late_at, row.asked = utcnow(), waiting.asked or row.asked
        also(session)
        return [stored(put(session, row, waiting.reply, None))], row.contact_id


def left_alone(engine: Engine, limit: int = 50) -> list[tuple[str, str | None]]:
    """Conversations (id, language) held by a colleague whose desk is gone, with a customer's message that nobody has answered."""
    since = utcnow() - dt.timedelta(minutes=ABSENT_MINUTES)
    said = aliased(Message)
    answered = (
        select(func.coalesce(func.max(said.seq), 0))
        .where(said.conversation_id == Conversation.id, said.author == "person")
        .correlate(Conversation)
        .scalar_subquery()
    )
    unanswered = (
        select(Message.seq)
        .where(
            Message.conversation_id == Conversation.id, Message.author == "customer", Message.seq > answered,
            Message.at < since,
        )
        .exists()
    )  # fmt: skip
    gone = (Staff.id.is_(None)) | (Staff.last_seen_at.is_(None)) | (Staff.last_seen_at < since)
    query = (
        select(Conversation.id, Conversation.language)
        .outerjoin(Staff, Staff.id == Conversation.owner_id)
        .where(Conversation.owner == "person", Conversation.owner_since < since, gone, unanswered)
        .limit(limit)
    )
    with reading(engine) as session:
        return [(row.id, row.language) for row in session.execute(query).all()]


def release(engine: Engine, conversation: str, waiting: Waiting, also: Also) -> tuple[list[Stored], str | None]:
    """Give a conversation whose colleague is gone back to the queue; what the customer is told, and their contact."""
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is None or row.owner != "person" or not release_in(session, conversation, waiting.reason):
            return [], None
        row.promised_at, row.asked = waiting.promised, waiting.asked
        also(session)
        return [stored(put(session, row, waiting.reply, None))], row.contact_id
