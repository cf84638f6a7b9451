"""What a person of the desk says to a customer, or does to a conversation, in one transaction with its trail."""

from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.conversations import ownership
from bot.conversations.audit import record_in
from bot.conversations.database import reading, writing
from bot.conversations.models import Conversation, Message, Staff
from bot.conversations.ownership import Owner, OwnershipError, Person
from bot.conversations.records import ConversationErased, Reply, Stored
from bot.conversations.rows import put, stored


def reply(
    engine: Engine, conversation: str, person: Person, said: Reply, client_id: str, action: str = "reply"
) -> tuple[Stored, str | None, bool]:
    """Store what a person says, once under its client id: the message, whose conversation it is, whether it is new.

    Only the person who answers may. Raises OwnershipError and ConversationErased.
    """
    with writing(engine) as session:
        row = _locked(session, conversation)
        # In the same column as the customer's own ids, whose browser could otherwise name the same one.
        key = f"desk:{person.id[:12]}:{client_id}"[:64]
        known = session.scalar(select(Message).where(Message.conversation_id == conversation, Message.client_id == key))
        if known is not None:
            return stored(known), row.contact_id, False
        if row.owner != "person" or row.owner_id != person.id:
            raise OwnershipError("another answers", Owner(row.owner, row.owner_name, row.owner_id))
        message = put(session, row, said, None)
        message.client_id = key
        # Whoever answers has read what came before.
        row.desk_seq = row.last_seq
        record_in(session, action, person, conversation, {"seq": message.seq})
        return stored(message), row.contact_id, True


def take_over(engine: Engine, conversation: str, person: Person) -> tuple[Owner, bool]:
    """A person answers from now on, and whether that is new. Raises OwnershipError.

    A colleague whose account has ended holds nothing.
    """
    before = ownership.owner(engine, conversation)
    if before.state == "person" and before.staff_id == person.id:
        return before, False
    if before.state == "person" and before.staff_id and not _active(engine, before.staff_id):
        return ownership.assign(engine, conversation, Person(before.staff_id, before.name or ""), person), True
    return ownership.take_over(engine, conversation, person), True


def assign(engine: Engine, conversation: str, by: Person, to_id: str, admin: bool) -> Owner:
    """Give a conversation to an active colleague; an admin also one that another holds, or nobody.

    Raises OwnershipError and LookupError when there is no such colleague.
    """
    with reading(engine) as session:
        row = session.get(Staff, to_id)
    if row is None or not row.active:
        raise LookupError(to_id)
    to = Person(row.id, row.name)
    before = ownership.owner(engine, conversation)
    if before.state == "person" and admin and before.staff_id:
        by = Person(before.staff_id, before.name or "")
    if before.state in ("assistant", "waiting") and (admin or to.id == by.id):
        return ownership.take_over(engine, conversation, to)
    return ownership.assign(engine, conversation, by, to)


def trail(engine: Engine, action: str, person: Person, conversation: str, detail: dict[str, Any] | None = None) -> None:
    """Note what was done to a conversation."""
    with writing(engine) as session:
        record_in(session, action, person, conversation, detail)


def _active(engine: Engine, staff_id: str) -> bool:
    with reading(engine) as session:
        row = session.get(Staff, staff_id)
        return row is not None and row.active


def _locked(session: Session, conversation: str) -> Conversation:
    row = session.get(Conversation, conversation, with_for_update=True)
    if row is None:
        raise ConversationErased(conversation)
    return row
