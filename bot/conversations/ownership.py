"""Who answers a conversation: one owner at any time, changed under a lock, by rules that stand here alone.

    assistant → waiting → person → assistant | closed

The row of the conversation is the lock: a change names the owners it may start from, in one UPDATE. An answer of the
assistant is stored under the same lock (``messages.finish``), so it is shown before a person takes over or not at all.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, select, update
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.conversations.database import reading, writing
from bot.conversations.models import Conversation

#: From whom each owner may be reached. A closed conversation opens again when the customer writes.
REACHED_FROM = {
    "waiting": ("assistant",),
    "person": ("assistant", "waiting"),
    "assistant": ("waiting", "person", "closed"),
    "closed": ("assistant", "waiting", "person"),
}
#: Owners under whom the assistant answers what it is sure of.
ASSISTANT_ANSWERS = ("assistant", "waiting")


class OwnershipError(RuntimeError):
    """The change is not allowed from the present owner: somebody else was first, or the conversation is unknown."""


@dataclass(frozen=True)
class Owner:
    """The present owner; ``name`` is the person's, when it is a person."""

    state: str
    name: str | None = None


def owner(engine: Engine, conversation: str) -> Owner:
    """Who answers now. A conversation nobody wrote in yet belongs to the assistant."""
    with reading(engine) as session:
        row = session.execute(
            select(Conversation.owner, Conversation.owner_name).where(Conversation.id == conversation)
        ).first()
    return Owner(row.owner, row.owner_name) if row else Owner("assistant")


def request_person(engine: Engine, conversation: str, reason: str) -> Owner:
    """The customer wants a person. Repeating it, or asking while a person answers, changes nothing."""
    with writing(engine) as session:
        return request_person_in(session, conversation, reason)


def request_person_in(session: Session, conversation: str, reason: str) -> Owner:
    """As ``request_person``, within a transaction of the caller."""
    if not _move(session, conversation, "waiting", None, reason):
        row = session.get(Conversation, conversation)
        return Owner(row.owner, row.owner_name) if row else Owner("assistant")
    return Owner("waiting")


def take_over(engine: Engine, conversation: str, name: str) -> Owner:
    """A person answers from now on. Raises OwnershipError when another person does already, or it is closed."""
    with writing(engine) as session:
        if not _move(session, conversation, "person", name):
            row = session.get(Conversation, conversation)
            if row is None or row.owner != "person" or row.owner_name != name:
                raise OwnershipError("another person answers" if row and row.owner == "person" else "not open")
    return Owner("person", name)


def hand_back(engine: Engine, conversation: str, name: str) -> Owner:
    """The person who answers gives the conversation back. Raises OwnershipError for anybody else."""
    with writing(engine) as session:
        if not _move(session, conversation, "assistant", held_by=name):
            raise OwnershipError("not held by this person")
    return Owner("assistant")


def close(engine: Engine, conversation: str, name: str | None = None) -> Owner:
    """End a conversation; one that a person holds is ended by that person. Raises OwnershipError otherwise."""
    with writing(engine) as session:
        if not _move(session, conversation, "closed", held_by=name):
            raise OwnershipError("held by another person, or closed already")
    return Owner("closed")


def reopen_in(session: Session, conversation: Conversation) -> None:
    """The customer wrote in a closed conversation: the assistant answers again."""
    if conversation.owner == "closed":
        conversation.owner, conversation.owner_name, conversation.owner_since = "assistant", None, utcnow()


def _move(
    session: Session, conversation: str, to: str, name: str | None = None, reason: str | None = None,
    held_by: str | None = None,
) -> bool:  # fmt: skip
    """Change the owner if the present one allows it; ``held_by`` is who must hold it when a person does."""
    allowed: ColumnElement[bool] = Conversation.owner.in_(REACHED_FROM[to])
    if to in ("assistant", "closed"):
        allowed &= (Conversation.owner != "person") | (Conversation.owner_name == held_by)
    done = session.execute(
        update(Conversation)
        .where(Conversation.id == conversation, allowed)
        .values(owner=to, owner_name=name, owner_since=utcnow(), waiting_reason=reason)
        .returning(Conversation.id)
    )
    return done.first() is not None
