"""Answers of the assistant that staff called wrong, with the right ones: kept for teaching."""

from sqlalchemy import Engine, func, select

from bot.common.clock import utcnow
from bot.store.audit import record_in
from bot.store.database import reading, writing
from bot.store.models import Message, WrongAnswer
from bot.store.ownership import Person

LONGEST = 4000
PAGE = 50


def flag(engine: Engine, message_id: str, right_answer: str, who: Person) -> WrongAnswer:
    """Call an answer of the assistant wrong; again gives it another right answer. Raises LookupError for any other message."""
    with writing(engine) as session:
        message = session.scalar(select(Message).where(Message.id == message_id))
        if message is None or message.author != "assistant":
            raise LookupError(message_id)
        asked = (
            session.scalar(select(Message).where(Message.id == message.in_reply_to)) if message.in_reply_to else None
        )
        row = session.get(WrongAnswer, message_id, with_for_update=True) or WrongAnswer(message_id=message_id)
        row.conversation_id, row.language = message.conversation_id, message.language
        row.question = (asked.title or asked.text) if asked is not None and asked.author == "customer" else ""
        row.answer, row.right_answer = message.text, right_answer
        row.staff_id, row.staff_name, row.at = who.id, who.name, utcnow()
        session.add(row)
        record_in(session, "flag", who, message_id)
        return row


def page(engine: Engine, number: int) -> tuple[list[WrongAnswer], int]:
    """A page of them, newest first, from 1; and how many there are."""
    with reading(engine) as session:
        newest = select(WrongAnswer).order_by(WrongAnswer.at.desc(), WrongAnswer.message_id)
        rows = session.scalars(newest.limit(PAGE).offset((number - 1) * PAGE)).all()
        return list(rows), session.scalar(select(func.count()).select_from(WrongAnswer)) or 0
