"""A question the assistant could not answer in time becomes a case of the sales desk, and the customer is told."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine

from bot.store.cases.cases import Asker, open_in, repeat
from bot.store.cases.models import Case
from bot.store.database import writing
from bot.store.records import Pending, Reply, Stored
from bot.store.rows import locked, put, stored

#: What to tell the customer about the case, and what that asks of them.
Tell = Callable[[Case], tuple[Reply, dict[str, Any] | None]]


def hand_over(engine: Engine, turn: Pending, asker: Asker, language: str, tell: Tell) -> list[Stored]:
    """Case, mail, the customer's notice and the message's new state, in one transaction.

    Returns the message and the notice; nothing when it was answered meanwhile. Raises ConversationErased.
    """
    return repeat(lambda: _hand_over(engine, turn, asker, language, tell))


def _hand_over(engine: Engine, turn: Pending, asker: Asker, language: str, tell: Tell) -> list[Stored]:
    with writing(engine) as session:
        conversation, message = locked(session, turn)
        if message.state not in ("received", "failed") or conversation.owner == "person":
            return []
        case = open_in(
            session, request_id=f"unanswered:{message.id}", kind="message", wording=message.title or message.text,
            asker=asker, language=language, conversation=conversation.id,
        )  # fmt: skip
        message.state, message.next_try = "handed_over", None
        reply, conversation.asked = tell(case)
        notice = put(session, conversation, reply, message.id)
        return [stored(message), stored(notice)]
