"""A customer's transcript by mail: to a proven address, or a few a day to one that nobody proved."""

import datetime as dt
import uuid

from sqlalchemy import ColumnElement, Engine, func, select
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.common.signing import address_hash
from bot.store.cases.cases import put_conversation_mail
from bot.store.cases.models import Outbox
from bot.store.database import writing
from bot.store.rows import held

#: Transcripts a day to one address that was only typed, and out of one conversation.
UNPROVEN, MOST = 3, 10
#: Transcripts to typed addresses: an hour for one client, as a new conversation costs nothing, and a day in all.
UNPROVEN_PER_CLIENT, UNPROVEN_IN_ALL = 5, 50
HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


class TooManyTranscripts(RuntimeError):
    """No more transcripts today."""


def send_transcript(engine: Engine, conversation: str, contact_id: str | None, email: str | None, client: str) -> bool:
    """Queue the mail; ``email`` None: to the contact's address on record. False when there is nothing to send.

    ``contact_id`` is who asks, if they signed in; ``client`` the keyed hash of their network address. Raises
    TooManyTranscripts, ForeignConversation.
    """
    with writing(engine) as session:
        row = held(session, conversation, contact_id)
        if row is None or (email is None and row.contact_id is None):
            return False
        _limit(session, conversation, email, client)
        key, who = f"transcript-{uuid.uuid4().hex}", {} if email is None else {"client_hash": client}
        put_conversation_mail(session, key, "transcript", conversation, to=email, **who)
        return True


def _limit(session: Session, conversation: str, email: str | None, client: str) -> None:
    limits = [(_with("conversation", conversation), DAY, MOST)]
    if email is not None:
        limits += [
            (_with("to_hash", address_hash(email)), DAY, UNPROVEN),
            (_with("client_hash", client), HOUR, UNPROVEN_PER_CLIENT),
            (Outbox.payload["to_hash"].as_string().is_not(None), DAY, UNPROVEN_IN_ALL),
        ]
    if any(_sent(session, which, within) >= most for which, within, most in limits):
        raise TooManyTranscripts


def _with(name: str, value: str) -> ColumnElement[bool]:
    wanted: ColumnElement[bool] = Outbox.payload[name].as_string() == value
    return wanted


def _sent(session: Session, which: ColumnElement[bool], within: dt.timedelta) -> int:
    """How many transcripts of a kind were queued lately."""
    ours = Outbox.key.startswith("transcript-") & (Outbox.created_at > utcnow() - within)
    return session.scalar(select(func.count()).select_from(Outbox).where(ours, which)) or 0
