"""Messages of the own database: stored before anything else, answered once, and the rules of who may read them."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Engine, bindparam, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store import uploads
from bot.store.database import reading, writing
from bot.store.models import Conversation, Message, Offer
from bot.store.ownership import Person, hand_back_in, reopen_in
from bot.store.records import (
    Accepted,
    Aside,
    ConversationErased,
    Finished,
    Incoming,
    Pending,
    Reply,
    Sender,
    Stored,
    Told,
    Waiting,
)  # fmt: skip
from bot.store.rows import (
    LONGEST_PAYLOAD,
    LONGEST_TOLD,
    check_contact,
    give_unread_back,
    held,
    locked,
    note_told,
    put,
    put_customer,
    put_internal,
    stored,
)
from bot.store.talk.queue import claim, following
from bot.store.talk.waiting import Also, wait_in

#: Commands any client may send: what widgets send when they open, and the way to help.
ALWAYS_ALLOWED = frozenset({"/get_started", "/greet", "/help", "/human", "/identify"})
HISTORY_LIMIT = 200
#: The open question to which a yes sends the request.
SENDS = "confirmation"
_SAME = select(Message).where(
    Message.conversation_id == bindparam("conversation"), Message.client_id == bindparam("client")
)


#: Lets the customer prove who they are, under the conversation's lock; what is to be said of it.
Invite = Callable[[Session, Conversation], Reply | None]
#: Web's own answer to a message, made under the conversation's lock; None when it is for the assistant or a person.
Answer = Callable[[Session, Conversation, Incoming], Aside | None]


def accept(engine: Engine, incoming: Incoming, lease: str, answer: Answer | None = None) -> Accepted:
    """Store a customer's message under its client id. Raises ForeignConversation when it belongs to somebody else."""
    try:
        return _accept(engine, incoming, lease, answer)
    except IntegrityError:  # two first messages at the same moment: the second finds what the first made
        return _accept(engine, incoming, lease, answer)


def _accept(engine: Engine, incoming: Incoming, lease: str, answer: Answer | None) -> Accepted:
    with writing(engine) as session:
        conversation = _open(session, incoming)
        message = _known(session, incoming)
        if message is None and answer and (aside := answer(session, conversation, incoming)):
            return _aside(session, conversation, incoming, lease, aside)
        duplicate, refused, waits = message is not None, False, None
        if message is None:
            title, refused = (None, False) if incoming.file else _command(session, incoming)
            state = _state_of_new(conversation, incoming, refused)
            if incoming.file:
                uploads.put(session, incoming.file, conversation.id, "in")
            message = put_customer(session, conversation, incoming, title, state)
            waits = message if state == "received" else None
        return Accepted(
            message=stored(message), language=conversation.language, owner=conversation.owner, duplicate=duplicate,
            refused=refused, contact_id=conversation.contact_id, turn=claim(session, conversation, lease, waits),
        )  # fmt: skip


def _state_of_new(conversation: Conversation, incoming: Incoming, refused: bool) -> str:
    """A file and a refused command wait for no turn."""
    if refused:
        return "answered"
    if conversation.owner == "person":
        return "person"
    return "answered" if incoming.file else "received"


def _aside(session: Session, conversation: Conversation, incoming: Incoming, lease: str, aside: Aside) -> Accepted:
    """Store a message with web's own answer; turns that wait go on."""
    title, _ = _command(session, incoming)
    kept = replace(incoming, text=aside.stored_as, client=None) if aside.stored_as else incoming
    message = put_customer(session, conversation, kept, title, "answered")
    said = put(session, conversation, aside.reply, message.id) if aside.reply else None
    return Accepted(
        message=stored(message), language=conversation.language, owner=conversation.owner,
        contact_id=conversation.contact_id, turn=claim(session, conversation, lease), said=stored(said) if said else None,
        proved=aside.proved,
    )  # fmt: skip


def _in_order(answer: Sequence[Reply], proof: Reply | None, conversation: Conversation) -> list[Reply]:
    """The answer and what web says of the proof; «shall I send it?» stays the last word, for the next one is the yes to it."""
    if proof is None:
        return list(answer)
    sends = (conversation.state or {}).get("question") == SENDS
    return [proof, *answer] if sends else [*answer, proof]


def finish(
    engine: Engine, turn: Pending, lease: str, replies: Sequence[Reply], language: str | None = None,
    asked: dict[str, Any] | None = None, *, state: dict[str, Any] | None = None, waiting: Waiting | None = None,
    also: Also | None = None, invite: Invite | None = None, still_asked: bool = False,
) -> Finished:  # fmt: skip
    """Store the answer of a turn. Nothing is shown when it was answered before or a person took over meanwhile.

    ``asked`` is what the answer asks on web's own behalf (``{"ask": "contact", ...}``), normally nothing. ``state`` is
    what the assistant is asking for now. ``waiting``: the answer fetches a person, and ``also`` happens with it.
    ``invite``: what web says of the proof of who they are, in place of what only asks for it. ``still_asked``: to whoever waits for a person, the question goes on.
    """
    with writing(engine) as session:
        conversation, message = locked(session, turn)
        sent: list[Stored] = []
        waits = False
        if message.state in ("received", "failed"):
            shown = conversation.owner != "person"
            conversation.language = language or conversation.language
            if not (still_asked and conversation.owner == "waiting"):
                conversation.asked = asked
            conversation.state = state or conversation.state
            note_told(conversation, told_in(state))
            message.understood = next((reply.understood for reply in replies if reply.understood), None)
            proof = invite(session, conversation) if invite and shown else None
            said = _in_order([each for each in replies if not (proof and each.only_identify)], proof, conversation)
            rows = [put(session, conversation, reply, message.id, suppressed=not shown) for reply in said]
            message.state, message.next_try = ("answered" if shown else "person"), None
            told = wait_in(session, conversation, waiting, also) if shown and waiting else []
            waits, sent = bool(told), [*(stored(row) for row in rows), *told]
        return Finished(
            sent=[one for one in sent if not one.suppressed], late=[one for one in sent if one.suppressed],
            changed=[stored(message)], contact_id=conversation.contact_id, waits=waits,
            turn=following(session, conversation, lease, {message.seq}),
        )  # fmt: skip


def fail(
    engine: Engine, turn: Pending, lease: str, notice: Reply | None, next_try: dt.datetime, queue_too: bool
) -> Finished:
    """Keep a turn without an answer for another try. ``queue_too``: those waiting behind it share its fate."""
    with writing(engine) as session:
        conversation, message = locked(session, turn)
        failed, sent = [], []
        if message.state in ("received", "failed"):
            failed = [message, *(_behind(session, message) if queue_too else ())]
            shown = conversation.owner != "person"
            for one in failed:
                one.state, one.next_try = ("failed" if shown else "person"), next_try
            message.attempts += 1
            sent = [put(session, conversation, notice, message.id)] if notice and shown else []
        done = {message.seq, *(one.seq for one in failed)}
        return Finished(
            sent=[stored(one) for one in sent], changed=[stored(one) for one in failed or [message]],
            contact_id=conversation.contact_id, turn=following(session, conversation, lease, done),
        )  # fmt: skip


def say(engine: Engine, conversation: str, reply: Reply, in_reply_to: str | None = None) -> Stored:
    """Store something said outside a turn. Raises ConversationErased."""
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is None:
            raise ConversationErased(conversation)
        return stored(put(session, row, reply, in_reply_to))


def begin_internal(engine: Engine, conversation: str, internal: dict[str, Any], lease: str) -> Pending | None:
    """Store a turn that web itself asks for; it comes back to be run now, or None when others wait before it.

    Raises ConversationErased.
    """
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is None:
            raise ConversationErased(conversation)
        return claim(session, row, lease, put_internal(session, row, internal))


def begin_proved(engine: Engine, conversation: str, lease: str) -> Pending | None:
    """As ``begin_internal`` after a proof: the assistant goes on with what waited for it. Raises ConversationErased."""
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is None:
            raise ConversationErased(conversation)
        proof, row.proving = row.proving or {}, None
        told = {name: proof[name] for name in ("reference", "said", "instead") if proof.get(name)}
        return claim(session, row, lease, put_internal(session, row, {"kind": "proved", **told}))


def hand_back(
    engine: Engine, conversation: str, person: Person, internal: dict[str, Any], lease: str
) -> tuple[str | None, Pending | None]:
    """A person gives the conversation back, and the assistant has a turn to go on, in one transaction.

    Returns the conversation's contact and the turn if it may run now. Raises OwnershipError.
    """
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        hand_back_in(session, conversation, person, internal["settled"])
        assert row is not None
        give_unread_back(session, row)
        session.flush()
        return row.contact_id, claim(session, row, lease, put_internal(session, row, internal))


def state_of(engine: Engine, conversation: str) -> dict[str, Any] | None:
    """What the assistant is asking for, as of its last turn."""
    with reading(engine) as session:
        return session.scalar(select(Conversation.state).where(Conversation.id == conversation))


def note_contact(engine: Engine, conversation: str, told: Told) -> None:
    """Keep who a customer says they are and where to reach them, as typed."""
    with writing(engine) as session:
        if row := session.get(Conversation, conversation, with_for_update=True):
            note_told(row, told)


def note_seen(engine: Engine, conversation: str, contact_id: str | None, seq: int) -> bool:
    """The customer has seen everything up to ``seq``; whether that is news. Raises ForeignConversation."""
    with writing(engine) as session:
        row = held(session, conversation, contact_id)
        if row is None or not row.seen_seq < seq <= row.last_seq:
            return False
        row.seen_seq = seq
        return True


def rate(engine: Engine, conversation: str, contact_id: str | None, score: int, words: str | None) -> None:
    """Keep the customer's verdict, 1 to 5. Raises ForeignConversation."""
    with writing(engine) as session:
        if row := held(session, conversation, contact_id):
            row.rating, row.rating_text = score, words


def check_holder(engine: Engine, conversation: str, contact_id: str | None) -> None:
    """Whether a client may act in a conversation, where nothing is written. Raises ForeignConversation."""
    with reading(engine) as session:
        if row := session.get(Conversation, conversation):
            check_contact(row, contact_id)


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


def begin(engine: Engine, conversation: str, sender: Sender, language: str | None) -> None:
    """Make a contact's conversation before its first message."""
    now = utcnow()
    with writing(engine) as session:
        row = Conversation(
            id=conversation, owner="assistant", owner_since=now, created_at=now, last_at=now, language=language
        )
        _bind(row, sender)
        session.add(row)


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
    """The conversation of a message, under its lock; made when this is its first."""
    now = utcnow()
    conversation = session.get(Conversation, incoming.conversation, with_for_update=True)
    if conversation is None:
        conversation = Conversation(
            id=incoming.conversation, owner="assistant", owner_since=now, created_at=now, last_at=now, last_seq=0
        )
        session.add(conversation)
        session.flush()
    _check_sender(conversation, incoming.sender)
    if incoming.sender:
        _bind(conversation, incoming.sender)
    conversation.language = conversation.language or incoming.language
    conversation.last_at = now
    reopen_in(session, conversation)
    return conversation


def told_in(state: dict[str, Any] | None) -> Told:
    """What the assistant read about the customer in the message."""
    contact = (state or {}).get("contact")
    said = contact if isinstance(contact, dict) else {}
    return Told(**{name: str(said[name]) for name in LONGEST_TOLD if said.get(name)})


def _known(session: Session, incoming: Incoming) -> Message | None:
    return session.scalar(_SAME, {"conversation": incoming.conversation, "client": incoming.client_id})


def _behind(session: Session, message: Message) -> Sequence[Message]:
    waiting = (Message.conversation_id == message.conversation_id) & (Message.state == "received")
    return session.scalars(select(Message).where(waiting, Message.seq != message.seq).order_by(Message.seq)).all()


def _check_sender(conversation: Conversation, sender: Sender | None) -> None:
    check_contact(conversation, sender.contact_id if sender else None)


def _bind(conversation: Conversation, sender: Sender) -> None:
    conversation.contact_id, conversation.customer_id = sender.contact_id, sender.customer_id
    conversation.proved = sender.proved


def _command(session: Session, incoming: Incoming) -> tuple[str | None, bool]:
    """The title of an offered payload, and whether the text is a command that nobody offered.

    The engine strips text before it looks for a command, so a command is recognised with blanks around it, and
    obeyed only without.
    """
    if not incoming.text.strip().startswith("/"):
        return None, False
    known = len(incoming.text) <= LONGEST_PAYLOAD
    offer = session.get(Offer, (incoming.conversation, incoming.text)) if known else None
    if offer is not None:
        return offer.title, False
    return None, incoming.text not in ALWAYS_ALLOWED
