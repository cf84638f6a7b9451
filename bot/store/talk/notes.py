"""Private notes of the desk on a conversation: never among its messages, so no customer can come across one."""

from sqlalchemy import Engine

from bot.common.clock import utcnow
from bot.store.audit import record_in
from bot.store.database import writing
from bot.store.models import Conversation, Note
from bot.store.ownership import Person
from bot.store.records import ConversationErased

LONGEST = 4000


def add(engine: Engine, conversation: str, who: Person, text: str) -> Note:
    """Write a note after the present last message. Raises ConversationErased."""
    with writing(engine) as session:
        row = session.get(Conversation, conversation)
        if row is None:
            raise ConversationErased(conversation)
        note = Note(
            conversation_id=conversation, after_seq=row.last_seq, staff_id=who.id, staff_name=who.name, text=text,
            at=utcnow(),
        )  # fmt: skip
        session.add(note)
        session.flush()
        record_in(session, "note", who, conversation, {"note": note.id})
        return note
