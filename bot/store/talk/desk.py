"""What the desk reads of conversations: the queue, one of them with everything in it, and the search of past ones."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store.database import reading, writing
from bot.store.models import Conversation, HandOver, Message, Note, Upload, WrongAnswer
from bot.store.ownership import Owner
from bot.store.records import ConversationErased, Stored
from bot.store.rows import stored
from bot.store.talk.messages import ALWAYS_ALLOWED

#: How far back conversations of the assistant are listed, how many of them, and how many waiting and held ones.
ASSISTANT_HOURS, ASSISTANT_MOST, MOST = 24, 50, 200
MESSAGES = 500
PAGE = 25
SNIPPET = 80
#: What strangers say of themselves.
TOLD = (Conversation.told_name, Conversation.told_company, Conversation.told_email, Conversation.told_phone)
#: Messages people can read: no internal turns.
SHOWN = or_(Message.direction == "out", Message.author == "customer")


@dataclass(frozen=True)
class Row:
    """A conversation in a list."""

    conversation: Conversation
    last: Stored | None
    unread: int


@dataclass(frozen=True)
class Queue:
    """Who waits, who is looked after by whom, and whom the assistant talked to last."""

    waiting: list[Row]
    mine: list[Row]
    others: list[Row]
    assistant: list[Row]


@dataclass(frozen=True)
class Detail:
    """One conversation with everything in it. ``earlier`` are others of the same proven contact."""

    row: Row
    messages: list[Stored]
    truncated: bool
    count: int
    client: dict[str, Any]
    notes: list[Note]
    hand_overs: list[HandOver]
    files: list[Upload]
    flags: list[WrongAnswer]
    earlier: list[Conversation]


@dataclass(frozen=True)
class Search:
    """What to look for: words in messages, whose it is (an owner or ``mine``), and between which moments it went on."""

    words: str = ""
    owner: str | None = None
    staff_id: str | None = None
    contacts: tuple[str, ...] = ()
    since: dt.datetime | None = None
    until: dt.datetime | None = None
    page: int = 1


@dataclass(frozen=True)
class Hit:
    """A conversation that was found, and the words around the first place."""

    row: Row
    snippet: str | None


def queue(engine: Engine, staff_id: str) -> Queue:
    """The lists of somebody's desk."""
    held = Conversation.owner == "person"
    mine = Conversation.owner_id == staff_id
    recent = Conversation.last_at > utcnow() - dt.timedelta(hours=ASSISTANT_HOURS)
    with reading(engine) as session:
        oldest = Conversation.owner_since
        return Queue(
            waiting=_rows(session, select(Conversation).where(Conversation.owner == "waiting").order_by(oldest)),
            mine=_rows(session, select(Conversation).where(held, mine).order_by(Conversation.last_at.desc())),
            others=_rows(session, select(Conversation).where(held, ~mine).order_by(oldest)),
            assistant=_rows(
                session,
                select(Conversation)
                .where(Conversation.owner == "assistant", recent)
                .order_by(Conversation.last_at.desc()),
                ASSISTANT_MOST,
            ),
        )


def detail(engine: Engine, conversation: str) -> Detail:
    """Everything about one conversation. Raises ConversationErased."""
    with reading(engine) as session:
        row = _get(session, conversation)
        own = Message.conversation_id == conversation
        found = session.scalars(
            select(Message).where(own, SHOWN).order_by(Message.seq.desc()).limit(MESSAGES + 1)
        ).all()
        count = session.scalar(select(func.count()).select_from(Message).where(own, SHOWN)) or 0
        return Detail(
            row=_as_rows(session, [row])[0],
            messages=[stored(one) for one in reversed(found[:MESSAGES])],
            truncated=len(found) > MESSAGES,
            count=count,
            client=next((one.client for one in found if one.direction == "in" and one.client), {}),
            notes=list(_of(session, Note, conversation, Note.id)),
            hand_overs=list(_of(session, HandOver, conversation, HandOver.id)),
            files=list(_of(session, Upload, conversation, Upload.at)),
            flags=list(_of(session, WrongAnswer, conversation, WrongAnswer.at)),
            earlier=_earlier(session, row),
        )


def row_of(engine: Engine, conversation: str) -> Row:
    """One conversation as in a list. Raises ConversationErased."""
    with reading(engine) as session:
        return _as_rows(session, [_get(session, conversation)])[0]


def contact_of(engine: Engine, conversation: str) -> tuple[bool, str | None]:
    """Whether there is such a conversation, and whose it is: the customer's sockets are found by that."""
    with reading(engine) as session:
        row = session.execute(select(Conversation.contact_id).where(Conversation.id == conversation)).first()
        return row is not None, row[0] if row else None


def owner_of(engine: Engine, conversation: str) -> tuple[Owner, str | None]:
    """Who answers, and whose conversation it is. Raises ConversationErased."""
    with reading(engine) as session:
        row = _get(session, conversation)
        return Owner(row.owner, row.owner_name, row.owner_id), row.contact_id


def read(engine: Engine, conversation: str, seq: int, staff_id: str) -> int | None:
    """Somebody of the desk has seen messages up to this one; how far, when it is news from the person who answers.

    Raises ConversationErased.
    """
    with writing(engine) as session:
        row = session.get(Conversation, conversation, with_for_update=True)
        if row is None:
            raise ConversationErased(conversation)
        seen = max(row.desk_seq, min(seq, row.last_seq))
        moved, row.desk_seq = seen != row.desk_seq, seen
        return seen if moved and row.owner == "person" and row.owner_id == staff_id else None


def search(engine: Engine, wanted: Search) -> tuple[list[Hit], int]:
    """A page of the conversations that fit, the latest first, and how many fit."""
    condition = and_(*_conditions(wanted))
    with reading(engine) as session:
        total = session.scalar(select(func.count()).select_from(Conversation).where(condition)) or 0
        query = select(Conversation).where(condition).order_by(Conversation.last_at.desc(), Conversation.id)
        rows = _rows(session, query.offset((wanted.page - 1) * PAGE), PAGE)
        return [Hit(row, _snippet(session, row.conversation.id, wanted.words)) for row in rows], total


def _conditions(wanted: Search) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [Conversation.last_seq > 0]
    if wanted.owner is not None:
        found.append(Conversation.owner == wanted.owner)
    if wanted.staff_id is not None:
        found.append(
            (Conversation.owner_id == wanted.staff_id)
            | Conversation.id.in_(select(HandOver.conversation_id).where(HandOver.staff_id == wanted.staff_id))
        )
    if wanted.since is not None:
        found.append(Conversation.last_at >= wanted.since)
    if wanted.until is not None:
        found.append(Conversation.created_at < wanted.until)
    if wanted.words:
        said = select(Message.conversation_id).where(SHOWN, *_holds(wanted.words))
        noted = select(Note.conversation_id).where(Note.text.icontains(wanted.words, autoescape=True))
        known = Conversation.contact_id.in_(wanted.contacts) if wanted.contacts else Conversation.id == wanted.words
        told = and_(*(or_(*(one.icontains(word, autoescape=True) for one in TOLD)) for word in _words(wanted.words)))
        found.append(or_(known, told, Conversation.id.in_(said), Conversation.id.in_(noted)))
    return found


def _words(words: str) -> list[str]:
    return words.split()[:6]


def _holds(words: str) -> list[ColumnElement[bool]]:
    return [Message.text.icontains(word, autoescape=True) for word in _words(words)]


def _snippet(session: Session, conversation: str, words: str) -> str | None:
    if not words:
        return None
    said = session.scalar(
        select(Message.text)
        .where(Message.conversation_id == conversation, SHOWN, *_holds(words))
        .order_by(Message.seq.desc())
        .limit(1)
    )
    if said is None:
        return None
    plain = " ".join(said.split())
    at = max(0, plain.casefold().find(words.split()[0].casefold()) - SNIPPET // 2)
    cut = plain[at : at + 2 * SNIPPET]
    return ("…" if at else "") + cut + ("…" if at + len(cut) < len(plain) else "")


def _get(session: Session, conversation: str) -> Conversation:
    row = session.get(Conversation, conversation)
    if row is None:
        raise ConversationErased(conversation)
    return row


def _of(session: Session, table: Any, conversation: str, order: Any) -> Sequence[Any]:
    return session.scalars(select(table).where(table.conversation_id == conversation).order_by(order)).all()


def _earlier(session: Session, row: Conversation) -> list[Conversation]:
    if row.contact_id is None:
        return []
    query = (
        select(Conversation)
        .where(Conversation.contact_id == row.contact_id, Conversation.id != row.id, Conversation.last_seq > 0)
        .order_by(Conversation.last_at.desc())
        .limit(10)
    )
    return list(session.scalars(query))


def _rows(session: Session, query: Select[tuple[Conversation]], most: int = MOST) -> list[Row]:
    return _as_rows(session, session.scalars(query.limit(most)).all())


def _as_rows(session: Session, conversations: Sequence[Conversation]) -> list[Row]:
    """With what a person said last, customer or colleague, and how many of the customer's the desk has not seen."""
    ids = [one.id for one in conversations]
    if not ids:
        return []
    newest = (
        select(Message.conversation_id, func.max(Message.seq).label("seq"))
        .where(Message.conversation_id.in_(ids), Message.author.in_(("customer", "person")), SHOWN, _no_command())
        .group_by(Message.conversation_id)
        .subquery()
    )
    here = (Message.conversation_id == newest.c.conversation_id) & (Message.seq == newest.c.seq)
    last = {one.conversation_id: stored(one) for one in session.scalars(select(Message).join(newest, here))}
    unread = _unread(session, ids)
    return [Row(one, last.get(one.id), unread.get(one.id, 0)) for one in conversations]


def _unread(session: Session, ids: Sequence[str]) -> dict[str, int]:
    query = (
        select(Message.conversation_id, func.count().label("unread"))
        .join(Conversation, Conversation.id == Message.conversation_id)
        .where(
            Message.conversation_id.in_(ids), Message.author == "customer", Message.seq > Conversation.desk_seq,
            _no_command(),
        )
        .group_by(Message.conversation_id)
    )  # fmt: skip
    return {row.conversation_id: row.unread for row in session.execute(query)}


def _no_command() -> ColumnElement[bool]:
    """Not what a widget sends by itself."""
    return Message.title.is_not(None) | Message.text.not_in(ALWAYS_ALLOWED)
