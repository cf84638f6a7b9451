"""What a person of the desk says to a customer or does to a conversation: each in one transaction with its trail.

The customer is told in that same transaction, so that a change of who answers and the word about it are there together.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.store import uploads
from bot.store.audit import record_in
from bot.store.database import writing
from bot.store.models import Conversation, Message, Staff
from bot.store.ownership import Owner, OwnershipError, Person, assign_in, close_in, reopen_in, take_over_in
from bot.store.records import ConversationErased, Reply, Stored
from bot.store.rows import give_unread_back, leave_to_person, put, stored
from bot.store.uploads import FileInfo

#: What the customer is told, in the language of the conversation.
Words = Callable[[str | None, str], Reply]


@dataclass(frozen=True)
class Changed:
    """Who answers now, whose conversation it is, and what the customer was told; None when nothing changed."""

    owner: Owner
    contact_id: str | None
    said: Stored | None


@dataclass(frozen=True)
class Replied:
    """A message of a person, whose conversation it is in, and whether it is new."""

    message: Stored
    contact_id: str | None
    new: bool


def reply(
    engine: Engine, conversation: str, person: Person, said: Reply, client_id: str, file: FileInfo | None = None
) -> Replied:
    """Store what a person says, once under its client id; with ``file``, a file that lies ready.

    Only the person who answers may. Raises OwnershipError, ConversationErased and BadUpload.
    """
    with writing(engine) as session:
        row = _locked(session, conversation)
        # The customer's own ids stand in the same column, and their browser must not be able to name this one.
        key = hashlib.sha256(f"{person.id}:{client_id}".encode()).hexdigest()
        same = (Message.conversation_id == conversation) & (Message.client_id == key)
        known = session.scalar(select(Message).where(same, Message.direction == "out"))
        if known is not None:
            return Replied(stored(known), row.contact_id, False)
        if row.owner != "person" or row.owner_id != person.id:
            raise OwnershipError("another answers", _owner(row))
        if file is not None:
            uploads.put(session, file, conversation, "out")
        message = put(session, row, said, None)
        message.client_id = key
        # Whoever answers has read what came before.
        row.desk_seq = row.last_seq
        record_in(session, "file" if file else "reply", person, conversation, {"seq": message.seq})
        return Replied(stored(message), row.contact_id, True)


def take_over(engine: Engine, conversation: str, person: Person, words: Words) -> Changed:
    """A person answers from now on; nothing changes when they do already. Raises OwnershipError.

    A colleague whose account has ended holds nothing.
    """
    with writing(engine) as session:
        row = _locked(session, conversation)
        if row.owner == "person" and row.owner_id == person.id:
            return Changed(_owner(row), row.contact_id, None)
        holder = session.get(Staff, row.owner_id) if row.owner_id else None
        if row.owner == "person" and row.owner_id and (holder is None or not holder.active):
            owner = assign_in(session, conversation, Person(row.owner_id, row.owner_name or ""), person)
        else:
            owner = take_over_in(session, conversation, person)
        leave_to_person(session, row)
        record_in(session, "take_over", person, conversation)
        return _told(session, row, owner, words)


def assign(engine: Engine, conversation: str, by: Person, to_id: str, admin: bool, words: Words) -> Changed:
    """Give a conversation to an active colleague; an admin also one that another holds, or nobody.

    Raises OwnershipError, and LookupError when there is no such colleague.
    """
    with writing(engine) as session:
        row, colleague = _locked(session, conversation), session.get(Staff, to_id)
        if colleague is None or not colleague.active:
            raise LookupError(to_id)
        to = Person(colleague.id, colleague.name)
        if row.owner == "person":
            holder = Person(row.owner_id or "", row.owner_name or "") if admin else by
            owner = assign_in(session, conversation, holder, to)
        elif admin:
            owner = take_over_in(session, conversation, to)
        else:
            raise OwnershipError("not held by this person", _owner(row))
        leave_to_person(session, row)
        record_in(session, "assign", by, conversation, {"to": to.id})
        return _told(session, row, owner, words)


def close(engine: Engine, conversation: str, person: Person, words: Words) -> Changed:
    """End a conversation; the assistant goes on instead when the customer wrote something nobody has read.

    Raises OwnershipError when another person holds it, or it is closed.
    """
    with writing(engine) as session:
        row = _locked(session, conversation)
        owner = close_in(session, conversation, person)
        record_in(session, "close", person, conversation)
        if give_unread_back(session, row):
            reopen_in(session, row)
            return Changed(_owner(row), row.contact_id, None)
        return _told(session, row, owner, words)


def _told(session: Session, row: Conversation, owner: Owner, words: Words) -> Changed:
    message = put(session, row, words(row.language, owner.name or ""), None)
    return Changed(owner, row.contact_id, stored(message))


def _owner(row: Conversation) -> Owner:
    return Owner(row.owner, row.owner_name, row.owner_id)


def _locked(session: Session, conversation: str) -> Conversation:
    row = session.get(Conversation, conversation, with_for_update=True)
    if row is None:
        raise ConversationErased(conversation)
    return row
