"""Messages and turns of the own database: stored first, answered once, one turn of a conversation at a time.

The database is the queue. ``accept`` stores a message and, when no process runs a turn of this conversation, gives
the caller the lease and the oldest turn; ``finish`` and ``fail`` give the next turn or release the lease. All three
lock the conversation's row, so no message is left behind between them. A process that dies loses its lease in time,
and ``claim_due`` finds what it left.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, and_, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.common.settings import settings
from bot.conversations.database import reading, writing
from bot.conversations.models import Conversation, Message, Offer
from bot.conversations.ownership import ASSISTANT_ANSWERS, reopen_in
from bot.conversations.records import (
    Accepted,
    ConversationErased,
    Finished,
    ForeignConversation,
    Incoming,
    Pending,
    Reply,
    Sender,
    Stored,
)  # fmt: skip

#: Commands any client may send: what widgets send when they open, and the way to help.
ALWAYS_ALLOWED = frozenset({"/get_started", "/greet", "/help", "/human"})
HISTORY_LIMIT = 200


def lease_seconds() -> float:
    """How long a turn may keep its conversation before another process takes it for dead."""
    return max(15.0, 2 * settings().turn_timeout + 5)


def accept(engine: Engine, incoming: Incoming, lease: str) -> Accepted:
    """Store a customer's message under its client id. Raises ForeignConversation when it belongs to somebody else."""
    try:
        return _accept(engine, incoming, lease)
    except IntegrityError:  # two first messages at the same moment: the second finds what the first made
        return _accept(engine, incoming, lease)


def _accept(engine: Engine, incoming: Incoming, lease: str) -> Accepted:
    with writing(engine) as session:
        conversation = _open(session, incoming)
        known = session.scalar(
            select(Message).where(Message.conversation_id == conversation.id, Message.client_id == incoming.client_id)
        )
        refused = False
        if known is None:
            title, refused = _command(session, incoming)
            state = "answered" if refused else "person" if conversation.owner == "person" else "received"
            message = _put_customer(session, conversation, incoming, title, state)
        else:
            message = known
        return Accepted(
            message=stored(message), language=conversation.language, owner=conversation.owner,
            duplicate=known is not None, refused=refused, contact_id=conversation.contact_id,
            turn=_claim(session, conversation, lease),
        )  # fmt: skip


def finish(
    engine: Engine, turn: Pending, lease: str, replies: Sequence[Reply], language: str | None = None,
    asked: dict[str, Any] | None = None,
) -> Finished:  # fmt: skip
    """Store the answer of a turn. Nothing is shown when it was answered before or a person took over meanwhile.

    ``asked`` is what the answer asks on web's own behalf (``{"ask": "contact", ...}``), normally nothing.
    """
    with writing(engine) as session:
        conversation, message = locked(session, turn)
        sent: list[Message] = []
        if message.state in ("received", "failed"):
            shown = conversation.owner in ASSISTANT_ANSWERS
            sent = [put(session, conversation, reply, message.id, suppressed=not shown) for reply in replies]
            message.state, message.next_try = ("answered" if shown else "person"), None
            conversation.language = language or conversation.language
            conversation.asked = asked
        return Finished(
            sent=[stored(one) for one in sent if not one.suppressed], changed=[stored(message)],
            contact_id=conversation.contact_id, turn=_following(session, conversation, lease),
        )  # fmt: skip


def fail(
    engine: Engine, turn: Pending, lease: str, notice: Reply | None, next_try: dt.datetime, queue_too: bool
) -> Finished:
    """Keep a turn without an answer for another try. ``queue_too``: those waiting behind it share its fate."""
    with writing(engine) as session:
        conversation, message = locked(session, turn)
        if message.state not in ("received", "failed"):
            return Finished([], [stored(message)], conversation.contact_id, _following(session, conversation, lease))
        failed = [message]
        if queue_too:
            waiting = select(Message).where(Message.conversation_id == conversation.id, Message.state == "received")
            failed += [one for one in session.scalars(waiting.order_by(Message.seq)) if one is not message]
        shown = conversation.owner in ASSISTANT_ANSWERS
        for one in failed:
            one.state, one.next_try = ("failed" if shown else "person"), next_try
        message.attempts += 1
        sent = [put(session, conversation, notice, message.id)] if notice and shown else []
        session.flush()
        following = _following(session, conversation, lease)
        changed = [stored(one) for one in failed]
        return Finished([stored(one) for one in sent], changed, conversation.contact_id, following)


def say(engine: Engine, conversation: str, reply: Reply, in_reply_to: str | None = None) -> Stored:
    """Store something said outside a turn. Raises ConversationErased."""
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is None:
            raise ConversationErased(conversation)
        return stored(put(session, row, reply, in_reply_to))


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
            if conversation and (turn := _claim(session, conversation, lease)):
                turns.append(turn)
        return turns


def make_due(engine: Engine) -> None:
    """The engine is back: everything that failed may be tried at once, in its order."""
    with writing(engine) as session:
        session.execute(update(Message).where(Message.state == "failed").values(next_try=utcnow()))


def overdue(engine: Engine, seconds: float, limit: int = 20) -> list[Pending]:
    """Messages nobody answered for that long, oldest first; their conversations' leases are not taken."""
    before = utcnow() - dt.timedelta(seconds=seconds)
    with reading(engine) as session:
        rows = session.execute(
            select(Message, Conversation)
            .join(Conversation, Message.conversation_id == Conversation.id)
            .where(Message.state.in_(("failed", "received")), Message.at <= before)
            .order_by(Message.at)
            .limit(limit)
        ).all()
        return [_pending(message, conversation) for message, conversation in rows]


def resume(engine: Engine, conversation: str, sender: Sender | None) -> Conversation | None:
    """The conversation for a socket that comes back to it; None when nobody wrote yet.

    A contact who signed in makes a stranger's conversation theirs. Raises ForeignConversation for another contact's.
    """
    with reading(engine) as session:
        row = session.get(Conversation, conversation)
        if row is None or sender is None or row.contact_id is not None:
            if row is not None:
                _check_sender(row, sender)
            return row
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is not None:
            _check_sender(row, sender)
            _bind(row, sender)
        return row


def history(engine: Engine, conversation: str, after: int, limit: int = HISTORY_LIMIT) -> tuple[list[Stored], bool]:
    """The newest messages with a higher ``seq``, in order, and whether older ones were left out."""
    with reading(engine) as session:
        rows = session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation, Message.seq > after, Message.suppressed.is_(False))
            .order_by(Message.seq.desc())
            .limit(limit + 1)
        ).all()
        return [stored(row) for row in reversed(rows[:limit])], len(rows) > limit


def transcript(engine: Engine, conversation: str, limit: int = 40) -> list[Stored]:
    """The newest messages for people of the foundry, suppressed answers left out."""
    return history(engine, conversation, 0, limit)[0]


def _open(session: Session, incoming: Incoming) -> Conversation:
    now = utcnow()
    conversation = session.get(Conversation, incoming.conversation, with_for_update=True)
    if conversation is None:
        conversation = Conversation(
            id=incoming.conversation, owner="assistant", owner_since=now, created_at=now, last_at=now
        )
        conversation.last_seq = 0
        session.add(conversation)
    _check_sender(conversation, incoming.sender)
    if incoming.sender:
        _bind(conversation, incoming.sender)
    conversation.language = conversation.language or incoming.language
    conversation.last_at = now
    reopen_in(session, conversation)
    session.flush()
    return conversation


def _check_sender(conversation: Conversation, sender: Sender | None) -> None:
    """A conversation that a contact proved to be theirs is theirs alone; a stranger's may become a contact's."""
    if conversation.contact_id is not None and (sender is None or sender.contact_id != conversation.contact_id):
        raise ForeignConversation(conversation.id)


def _bind(conversation: Conversation, sender: Sender) -> None:
    conversation.contact_id, conversation.customer_id = sender.contact_id, sender.customer_id
    conversation.proved = sender.proved


def _command(session: Session, incoming: Incoming) -> tuple[str | None, bool]:
    """The title of an offered payload, and whether the text is a command that nobody offered.

    The engine strips text before it looks for a command, so a command is recognised with blanks around it, and
    obeyed only without.
    """
    offer = session.get(Offer, (incoming.conversation, incoming.text)) if len(incoming.text) <= 500 else None
    if offer is not None:
        return offer.title, False
    return None, incoming.text.strip().startswith("/") and incoming.text not in ALWAYS_ALLOWED


def _put_customer(
    session: Session, conversation: Conversation, incoming: Incoming, title: str | None, state: str
) -> Message:
    conversation.last_seq += 1
    message = Message(
        conversation_id=conversation.id, seq=conversation.last_seq, id=uuid.uuid4().hex, direction="in",
        author="customer", text=incoming.text, title=title, client=incoming.client, client_id=incoming.client_id,
        language=incoming.language, proven=incoming.proven and incoming.sender is not None, state=state, attempts=0,
        suppressed=False, at=utcnow(),
    )  # fmt: skip
    session.add(message)
    session.flush()
    return message


def put(
    session: Session, conversation: Conversation, reply: Reply, in_reply_to: str | None, suppressed: bool = False
) -> Message:
    """Store something said to the customer, and what it offers, within the caller's transaction."""
    conversation.last_seq += 1
    message = Message(
        conversation_id=conversation.id, seq=conversation.last_seq, id=uuid.uuid4().hex, direction="out",
        author=reply.author, author_name=reply.name, text=reply.text, buttons=reply.buttons or None, card=reply.card,
        language=conversation.language, suppressed=suppressed, in_reply_to=in_reply_to, attempts=0, proven=False,
        at=utcnow(),
    )  # fmt: skip
    session.add(message)
    if not suppressed:
        for button in reply.buttons:
            if button["payload"].startswith("/") and len(button["payload"]) <= 500:
                offer = Offer(
                    conversation_id=conversation.id, payload=button["payload"], title=button["title"], seq=message.seq
                )
                session.merge(offer)
    return message


def locked(session: Session, turn: Pending) -> tuple[Conversation, Message]:
    """The rows of a turn, under the conversation's lock. Raises ConversationErased."""
    conversation = session.get(Conversation, turn.conversation, with_for_update=True)
    message = session.get(Message, (turn.conversation, turn.message.seq))
    if conversation is None or message is None:
        raise ConversationErased(turn.conversation)
    return conversation, message


def _claim(session: Session, conversation: Conversation, lease: str) -> Pending | None:
    """The lease with the oldest turn, when no process holds it."""
    if conversation.lease is not None and conversation.lease_until and conversation.lease_until > utcnow():
        return None
    return _next(session, conversation, lease)


def _following(session: Session, conversation: Conversation, lease: str) -> Pending | None:
    """The next turn after one of ours, unless another process took us for dead and has the conversation now."""
    return _next(session, conversation, lease) if conversation.lease in (None, lease) else None


def _next(session: Session, conversation: Conversation, lease: str) -> Pending | None:
    """The oldest turn, its lease renewed; with none left the lease is released."""
    session.flush()
    message = session.scalar(
        select(Message)
        .where(
            Message.conversation_id == conversation.id,
            or_(Message.state == "received", and_(Message.state == "failed", Message.next_try <= utcnow())),
        )
        .order_by(Message.seq)
        .limit(1)
    )
    if message is None:
        conversation.lease, conversation.lease_until = None, None
        return None
    conversation.lease, conversation.lease_until = lease, utcnow() + dt.timedelta(seconds=lease_seconds())
    return _pending(message, conversation)


def _pending(message: Message, conversation: Conversation) -> Pending:
    sender = None
    if message.proven and conversation.contact_id and conversation.customer_id:
        sender = Sender(conversation.contact_id, conversation.customer_id, conversation.proved or "sign_in")
    return Pending(
        message=stored(message), contact_id=conversation.contact_id, sender=sender, client=message.client,
        language=conversation.language, attempts=message.attempts, asked=conversation.asked,
    )  # fmt: skip


def stored(row: Message) -> Stored:
    """A row as a plain value."""
    return Stored(
        conversation=row.conversation_id, seq=row.seq, id=row.id, direction=row.direction, author=row.author,
        name=row.author_name, text=row.text, title=row.title, buttons=row.buttons or [], card=row.card,
        client_id=row.client_id, state=row.state, in_reply_to=row.in_reply_to, at=row.at, language=row.language,
    )  # fmt: skip
