"""Who answers a conversation: one owner at any time, changed under a lock, by rules that stand here alone.

    assistant → waiting → person → assistant | closed

The row of the conversation is the lock: a change names the owners it may start from, in one UPDATE. An answer of the
assistant is stored under the same lock (``messages.finish``), so it is shown before a person takes over or not at all.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, select, update
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store.database import reading, writing
from bot.store.models import Conversation, HandOver

#: From whom each owner may be reached. A closed conversation opens again when the customer writes.
REACHED_FROM = {
    "waiting": ("assistant",),
    "person": ("assistant", "waiting"),
    "assistant": ("waiting", "person", "closed"),
    "closed": ("assistant", "waiting", "person"),
}


class OwnershipError(RuntimeError):
    """The change is not allowed from the present owner; ``owner`` is who answers instead, None for an unknown one."""

    def __init__(self, text: str, owner: "Owner | None" = None) -> None:
        super().__init__(text)
        self.owner = owner


@dataclass(frozen=True)
class Person:
    """Somebody of the sales desk, as far as answering goes."""

    id: str
    name: str


@dataclass(frozen=True)
class Owner:
    """The present owner; ``name`` and ``staff_id`` are the person's, when it is a person."""

    state: str
    name: str | None = None
    staff_id: str | None = None


def owner(engine: Engine, conversation: str) -> Owner:
    """Who answers now. A conversation nobody wrote in yet belongs to the assistant."""
    with reading(engine) as session:
        row = session.execute(
            select(Conversation.owner, Conversation.owner_name, Conversation.owner_id).where(
                Conversation.id == conversation
            )
        ).first()
    return Owner(row.owner, row.owner_name, row.owner_id) if row else Owner("assistant")


def request_person(engine: Engine, conversation: str, reason: str) -> Owner:
    """The customer wants a person. Repeating it, or asking while a person answers, changes nothing."""
    with writing(engine) as session:
        return request_person_in(session, conversation, reason)


def request_person_in(session: Session, conversation: str, reason: str) -> Owner:
    """As ``request_person``, within a transaction of the caller."""
    if _move(session, conversation, "waiting", reason=reason):
        return Owner("waiting")
    return _present(session, conversation) or Owner("assistant")


def release_in(session: Session, conversation: str, reason: str) -> bool:
    """The person who answers is gone: the customer waits for another one. Within a transaction of the caller."""
    return _move(session, conversation, "waiting", reason=reason, held_by_anybody=True)


def take_over(engine: Engine, conversation: str, person: Person) -> Owner:
    """A person answers from now on. Raises OwnershipError when another person does already, or it is closed."""
    with writing(engine) as session:
        return take_over_in(session, conversation, person)


def take_over_in(session: Session, conversation: str, person: Person) -> Owner:
    """As ``take_over``, within a transaction of the caller."""
    if not _move(session, conversation, "person", person):
        present = _present(session, conversation)
        if present is None or present.staff_id != person.id:
            raise OwnershipError("another person answers, or it is not open", present)
    return Owner("person", person.name, person.id)


def assign(engine: Engine, conversation: str, by: Person, to: Person) -> Owner:
    """Whoever answers gives the conversation to a colleague. Raises OwnershipError for anybody else."""
    with writing(engine) as session:
        return assign_in(session, conversation, by, to)


def assign_in(session: Session, conversation: str, by: Person, to: Person) -> Owner:
    """As ``assign``, within a transaction of the caller."""
    if not _move(session, conversation, "person", to, held_by=by, reason=None):
        raise OwnershipError("not held by this person", _present(session, conversation))
    return Owner("person", to.name, to.id)


def hand_back(engine: Engine, conversation: str, person: Person, settled: str = "") -> Owner:
    """The person who answers gives the conversation back, with a word on what was settled. Raises OwnershipError."""
    with writing(engine) as session:
        return hand_back_in(session, conversation, person, settled)


def hand_back_in(session: Session, conversation: str, person: Person, settled: str = "") -> Owner:
    """As ``hand_back``, within a transaction of the caller."""
    if not _move(session, conversation, "assistant", held_by=person, reason=settled or None):
        raise OwnershipError("not held by this person", _present(session, conversation))
    return Owner("assistant")


def close(engine: Engine, conversation: str, person: Person | None = None) -> Owner:
    """End a conversation; one that a person holds is ended by that person. Raises OwnershipError otherwise."""
    with writing(engine) as session:
        return close_in(session, conversation, person)


def close_in(session: Session, conversation: str, person: Person | None = None) -> Owner:
    """As ``close``, within a transaction of the caller."""
    if not _move(session, conversation, "closed", held_by=person):
        raise OwnershipError("held by another person, or closed already", _present(session, conversation))
    return Owner("closed")


def reopen_in(session: Session, conversation: Conversation) -> None:
    """The customer wrote in a closed conversation: the assistant answers again."""
    if conversation.owner == "closed":
        now = utcnow()
        conversation.owner, conversation.owner_id, conversation.owner_name = "assistant", None, None
        conversation.owner_since = now
        session.add(HandOver(conversation_id=conversation.id, at=now, to="assistant"))


def _present(session: Session, conversation: str) -> Owner | None:
    row = session.get(Conversation, conversation, populate_existing=True)
    return Owner(row.owner, row.owner_name, row.owner_id) if row else None


def _move(
    session: Session, conversation: str, to: str, person: Person | None = None, *, reason: str | None = None,
    held_by: Person | None = None, held_by_anybody: bool = False,
) -> bool:  # fmt: skip
    """Change the owner if the present one allows it; ``held_by`` is who must hold it when a person does."""
    allowed: ColumnElement[bool] = Conversation.owner.in_(REACHED_FROM[to])
    if to in ("assistant", "closed"):
        allowed &= (Conversation.owner != "person") | (Conversation.owner_id == (held_by.id if held_by else None))
    elif held_by is not None:
        allowed = (Conversation.owner == "person") & (Conversation.owner_id == held_by.id)
    if held_by_anybody:
        allowed = Conversation.owner == "person"
    now = utcnow()
    done = session.execute(
        update(Conversation)
        .where(Conversation.id == conversation, allowed)
        .values(
            owner=to, owner_id=person.id if person else None, owner_name=person.name if person else None,
            owner_since=now, waiting_reason=reason if to == "waiting" else None, promised_at=None, told_late_at=None,
        )
        .returning(Conversation.id)
    )  # fmt: skip
    if done.first() is None:
        return False
    acting = person or held_by
    session.add(
        HandOver(
            conversation_id=conversation, at=now, to=to, reason=reason,
            staff_id=acting.id if acting else None, staff_name=acting.name if acting else None,
        )
    )  # fmt: skip
    return True
