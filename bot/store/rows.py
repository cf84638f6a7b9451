"""Rows of conversations as plain values, and the rows that a message makes. All within a caller's transaction."""

import uuid
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store.models import Conversation, Message, Offer
from bot.store.records import ConversationErased, ForeignConversation, Incoming, Pending, Reply, Sender, Stored, Told

LONGEST_PAYLOAD = 500
#: What the engine is sent for an internal turn; what it is about stands in the metadata.
INTERNAL = "/inform"
#: As long as the columns.
LONGEST_TOLD = {"name": 120, "company": 120, "email": 254, "phone": 40}


def held(session: Session, conversation: str, contact_id: str | None) -> Conversation | None:
    """The row, under its lock, for a client that acts on it; None when there is none. Raises ForeignConversation."""
    row = session.get(Conversation, conversation, with_for_update=True)
    if row is not None:
        check_contact(row, contact_id)
    return row


def check_contact(conversation: Conversation, contact_id: str | None) -> None:
    """A conversation that a contact proved to be theirs is theirs alone; a stranger's may become a contact's."""
    if conversation.contact_id not in (None, contact_id):
        raise ForeignConversation(conversation.id)


def put_customer(
    session: Session, conversation: Conversation, incoming: Incoming, title: str | None, state: str
) -> Message:
    """The row of a customer's message; ``title`` is that of the quick reply they pressed."""
    conversation.last_seq += 1
    message = Message(
        conversation_id=conversation.id, seq=conversation.last_seq, id=uuid.uuid4().hex, direction="in",
        author="customer", text=incoming.text, title=title, client=incoming.client, client_id=incoming.client_id,
        language=incoming.language, proven=incoming.proven and incoming.sender is not None, state=state, attempts=0,
        suppressed=False, at=utcnow(), card=incoming.file.card if incoming.file else None,
    )  # fmt: skip
    session.add(message)
    return message


def note_told(conversation: Conversation, told: Told) -> None:
    """Keep what a stranger says of themselves; what they say later counts, what they leave out stays."""
    if conversation.contact_id is not None:
        return
    for name, longest in LONGEST_TOLD.items():
        said = getattr(told, name)
        if said and len(said) <= longest:
            setattr(conversation, f"told_{name}", said)


def put_internal(session: Session, conversation: Conversation, internal: dict[str, Any]) -> Message:
    """The row of a turn that web itself asks for; no transcript shows it."""
    conversation.last_seq += 1
    message = Message(
        conversation_id=conversation.id, seq=conversation.last_seq, id=uuid.uuid4().hex, direction="in",
        author="system", text=INTERNAL, card=internal, proven=conversation.contact_id is not None, state="received",
        attempts=0, suppressed=False, at=utcnow(),
    )  # fmt: skip
    session.add(message)
    return message


def put(
    session: Session, conversation: Conversation, reply: Reply, in_reply_to: str | None, suppressed: bool = False
) -> Message:
    """The row of something said to the customer, and what it offers."""
    conversation.last_seq += 1
    message = Message(
        conversation_id=conversation.id, seq=conversation.last_seq, id=uuid.uuid4().hex, direction="out",
        author=reply.author, author_name=reply.name, text=reply.text, buttons=reply.buttons or None, card=reply.card,
        language=conversation.language, suppressed=suppressed, in_reply_to=in_reply_to, attempts=0, proven=False,
        at=utcnow(),
    )  # fmt: skip
    session.add(message)
    if not suppressed:
        _offer(session, conversation.id, message.seq, reply)
    return message


def locked(session: Session, turn: Pending) -> tuple[Conversation, Message]:
    """The rows of a turn, under the conversation's lock. Raises ConversationErased."""
    conversation = session.get(Conversation, turn.conversation, with_for_update=True)
    message = session.get(Message, (turn.conversation, turn.message.seq))
    if conversation is None or message is None:
        raise ConversationErased(turn.conversation)
    return conversation, message


def pending(message: Message, conversation: Conversation) -> Pending:
    """A message as a turn to be run."""
    sender = None
    if message.proven and conversation.contact_id and conversation.customer_id:
        sender = Sender(conversation.contact_id, conversation.customer_id, conversation.proved or "sign_in")
    return Pending(
        message=stored(message), contact_id=conversation.contact_id, sender=sender, client=message.client,
        language=conversation.language, attempts=message.attempts, asked=_asked(conversation), owner=conversation.owner,
        proving=() if sender else _proving(conversation),
    )  # fmt: skip


def after_answer(session: Session, message: Message) -> bool:
    """Whether nothing was said to the customer between the assistant's newest answer and this message.

    Neither by web or a person after that answer, nor has the answer come only after the message was written.
    """
    session.flush()
    asked = {"conversation": message.conversation_id, "before": message.seq}
    read_last, answer = session.execute(_SAID_LAST, asked).one()
    return bool(read_last == answer)


def _proving(conversation: Conversation) -> tuple[str, ...]:
    """Which of number and address are told and still count."""
    known = conversation.proving or {}
    if known.get("step") == "done" or str(known.get("until", "")) <= utcnow().isoformat():
        return ()
    return tuple(each for each in ("reference", "email") if known.get(each))


def _asked(conversation: Conversation) -> dict[str, Any] | None:
    """Web's own question; ``form`` when a request is being taken down, which is to have what is told of a person too."""
    form = {"form": True} if (conversation.state or {}).get("question") else {}
    return (conversation.asked or {}) | form or None


def stored(row: Message) -> Stored:
    """A row as a plain value."""
    return Stored(
        conversation=row.conversation_id, seq=row.seq, id=row.id, direction=row.direction, author=row.author,
        name=row.author_name, text=row.text, title=row.title, buttons=row.buttons or [], card=row.card,
        client_id=row.client_id, state=row.state, in_reply_to=row.in_reply_to, at=row.at, language=row.language,
        suppressed=row.suppressed, understood=row.understood or [],
    )  # fmt: skip


#: Built once, as it is asked every turn.
_SAID_LAST = select(
    func.max(Message.seq).filter(Message.seq < bindparam("before"), Message.suppressed.is_(False)),
    func.max(Message.seq).filter(Message.author == "assistant"),
).where(Message.conversation_id == bindparam("conversation"), Message.direction == "out")


def _offer(session: Session, conversation: str, seq: int, reply: Reply) -> None:
    offers = {
        button["payload"]: {"conversation_id": conversation, "title": button["title"], "seq": seq}
        for button in reply.buttons
        if button["payload"].startswith("/") and len(button["payload"]) <= LONGEST_PAYLOAD
    }
    if offers:
        statement = _OFFER[session.get_bind().dialect.name]
        session.connection().execute(statement, [{"payload": payload, **offer} for payload, offer in offers.items()])


def _offer_statement(insert: Any) -> Any:
    """An offer made again keeps its newest title."""
    statement = insert(Offer.__table__)
    changed = {"title": statement.excluded.title, "seq": statement.excluded.seq}
    return statement.on_conflict_do_update(index_elements=["conversation_id", "payload"], set_=changed)


#: Built once: a turn's time is mostly spent on building statements.
_OFFER = {"sqlite": _offer_statement(sqlite.insert), "postgresql": _offer_statement(postgresql.insert)}


def leave_to_person(session: Session, conversation: Conversation) -> None:
    """A person answers from now on: turns that failed or wait are theirs. One that runs now ends by itself."""
    mine = (Message.conversation_id == conversation.id) & Message.state.in_(("failed", "received"))
    waiting = session.scalars(select(Message).where(mine, Message.direction == "in").order_by(Message.seq)).all()
    runs = (
        conversation.lease is not None and conversation.lease_until is not None and conversation.lease_until > utcnow()
    )
    running = next((one for one in waiting if one.state == "received"), None) if runs else None
    for message in waiting:
        if message is not running:
            message.state = "person" if message.author == "customer" else "answered"
            message.next_try = None


def give_unread_back(session: Session, conversation: Conversation) -> bool:
    """What the customer wrote and no person has read or answered waits for the assistant again; whether there is any."""
    answered = select(func.max(Message.seq)).where(
        Message.conversation_id == conversation.id, Message.author == "person"
    )
    since = max(conversation.desk_seq, session.scalar(answered) or 0)
    unread = (Message.conversation_id == conversation.id) & (Message.state == "person") & (Message.seq > since)
    found = session.scalars(select(Message).where(unread, Message.card.is_(None))).all()
    for message in found:
        message.state, message.next_try = "failed", utcnow()
    return bool(found)
