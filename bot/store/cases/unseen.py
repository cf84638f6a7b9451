"""An answer by staff that nobody saw in time goes by mail, once for all that was written meanwhile."""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, func, or_, select
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store.cases.cases import put_conversation_mail
from bot.store.database import reading, writing
from bot.store.models import Conversation, Message

#: Older answers are not looked at: they were mailed, or nobody could be.
LOOK_BACK = dt.timedelta(days=2)


@dataclass(frozen=True)
class Unseen:
    """A conversation whose newest answer by staff waits: ``seq`` is that answer."""

    conversation: str
    seq: int


def unseen(engine: Engine, minutes: float) -> list[Unseen]:
    """Conversations with an answer that old, staff quiet since, neither seen nor mailed, and an address to mail to."""
    now = utcnow()
    newest = func.max(Message.at)
    written = (Message.author == "person") & (Message.at > now - LOOK_BACK) & Message.suppressed.is_(False)
    written &= Message.mailed.is_(False)
    waits = (Message.seq > Conversation.seen_seq) & (Message.seq > Conversation.mailed_seq)
    reachable = or_(Conversation.contact_id.is_not(None), Conversation.told_email.is_not(None))
    with reading(engine) as session:
        rows = session.execute(
            select(Message.conversation_id, func.max(Message.seq))
            .join(Conversation, Conversation.id == Message.conversation_id)
            .where(written, waits, reachable)
            .group_by(Message.conversation_id)
            .having(newest <= now - dt.timedelta(minutes=minutes))
            .limit(50)
        ).all()
    return [Unseen(conversation, seq) for conversation, seq in rows]


def mail_unseen(engine: Engine, minutes: float) -> int:
    """Queue a mail for each of them; how many. Two workers at once queue each once."""
    queued = 0
    for found in unseen(engine, minutes):
        with writing(engine) as session:
            row = session.get(Conversation, found.conversation, with_for_update=True)
            if row is None or max(row.seen_seq, row.mailed_seq) >= found.seq:
                continue
            after, row.mailed_seq = max(row.seen_seq, row.mailed_seq), found.seq
            if _answered(session, found):
                continue
            key = f"answer-{found.conversation}-{found.seq}"
            put_conversation_mail(session, key, "answer", found.conversation, after=after, upto=found.seq)
            queued += 1
    return queued


def _answered(session: Session, found: Unseen) -> bool:
    """Whether the customer wrote since, and so saw it: stock clients do not tell what they have shown."""
    theirs = (Message.conversation_id == found.conversation) & (Message.author == "customer")
    return session.scalar(select(Message.seq).where(theirs, Message.seq > found.seq).limit(1)) is not None
