"""A customer's transcript by mail: to a proven address, or a few a day to one that nobody proved."""

import datetime as dt
import uuid

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.cases.cases import put_conversation_mail
from bot.cases.models import Outbox
from bot.common.clock import utcnow
from bot.common.signing import address_hash
from bot.conversations.database import writing
from bot.conversations.rows import held

#: Transcripts a day to one address that was only typed, and out of one conversation.
UNPROVEN, MOST = 3, 10


class TooManyTranscripts(RuntimeError):
    """No more transcripts today."""


def send_transcript(engine: Engine, conversation: str, contact_id: str | None, email: str | None) -> bool:
    """Queue the mail; ``email`` None: to the contact's address on record. False when there is nothing to send.

    ``contact_id`` is who asks, if they signed in. Raises TooManyTranscripts, ForeignConversation.
    """
    with writing(engine) as session:
        row = held(session, conversation, contact_id)
        if row is None or (email is None and row.contact_id is None):
            return False
        _limit(session, conversation, email)
        key = f"transcript-{uuid.uuid4().hex}"
        put_conversation_mail(session, key, "transcript", conversation, to=email)
        return True


def _limit(session: Session, conversation: str, email: str | None) -> None:
    since = utcnow() - dt.timedelta(days=1)
    sent = (
        select(func.count()).select_from(Outbox).where(Outbox.key.startswith("transcript-"), Outbox.created_at > since)
    )
    of_this = sent.where(Outbox.payload["conversation"].as_string() == conversation)
    if (session.scalar(of_this) or 0) >= MOST:
        raise TooManyTranscripts
    to_this = sent.where(Outbox.payload["to_hash"].as_string() == address_hash(email or ""))
    if email is not None and (session.scalar(to_this) or 0) >= UNPROVEN:
        raise TooManyTranscripts
