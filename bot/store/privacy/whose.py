"""What belongs to one customer: proven by contact id, or left by a stranger who typed the address as theirs.

Another contact's conversation that merely mentions an address is that contact's: it is neither exported nor erased
with the customer, and shown to the admin as a mention.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Text, cast, false, func, or_, select
from sqlalchemy.orm import Session

from bot.common.addresses import addresses_in, same_address, spellings
from bot.store.cases.models import Case, Draft, Proof
from bot.store.models import Conversation, Message


@dataclass(frozen=True)
class Whom:
    """A customer: contact ids, addresses in lower case, or one conversation."""

    contact_ids: frozenset[str] = frozenset()
    emails: frozenset[str] = frozenset()
    conversation: str | None = None


def conversations_of(session: Session, whom: Whom) -> list[str]:
    """Ids of the customer's conversations, oldest first."""
    theirs = or_(
        Conversation.contact_id.in_(whom.contact_ids), Conversation.id == whom.conversation,
        Conversation.id.in_(_typed(session, whom.emails, proven=False)),
    )  # fmt: skip
    return list(session.scalars(select(Conversation.id).where(theirs).order_by(Conversation.created_at)))


def mentions_of(session: Session, whom: Whom) -> list[str]:
    """Conversations of other contacts in which one of the addresses was typed."""
    others = Conversation.id.in_(_typed(session, whom.emails, proven=True)) & Conversation.contact_id.not_in(
        whom.contact_ids
    )
    return list(session.scalars(select(Conversation.id).where(others).order_by(Conversation.created_at)))


def cases_of(session: Session, whom: Whom, conversations: Iterable[str]) -> Sequence[Case]:
    """The customer's cases, those of the given conversations among them."""
    theirs = or_(
        Case.contact_id.in_(whom.contact_ids), Case.conversation_id.in_(list(conversations)),
        Case.contact_id.is_(None) & func.lower(Case.email).in_(_spelled(whom.emails)),
    )  # fmt: skip
    return session.scalars(select(Case).where(theirs).order_by(Case.received_at)).all()


def _typed(session: Session, emails: frozenset[str], proven: bool) -> set[str]:
    """Conversations of strangers (or of proven contacts) in which one of these addresses was typed."""
    if not emails:
        return set()
    who = Conversation.contact_id.is_not(None) if proven else Conversation.contact_id.is_(None)
    found = set(
        session.scalars(select(Conversation.id).where(who, func.lower(Conversation.told_email).in_(_spelled(emails))))
    )
    for named in (Case, Proof):
        query = select(Conversation.id).join(named, named.conversation_id == Conversation.id)
        found |= set(session.scalars(query.where(who, func.lower(named.email).in_(_spelled(emails)))))
    drafts = select(Conversation.id, Draft.fields).join(Draft, Draft.conversation_id == Conversation.id)
    messages = select(Conversation.id, Message.text).join(Message, Message.conversation_id == Conversation.id)
    rows = [
        *session.execute(drafts.where(who, _holds(cast(Draft.fields, Text), emails))),
        *session.execute(messages.where(who, Message.direction == "in", _holds(Message.text, emails))),
    ]
    return found | {conversation for conversation, content in rows if emails & _addresses(content)}


def _holds(column: ColumnElement[str] | object, emails: Iterable[str]) -> ColumnElement[bool]:
    """A first, cheap look for the addresses; part of a longer address is found too."""
    text: ColumnElement[str] = column  # type: ignore[assignment]  # columns and casts of them
    return or_(false(), *(text.icontains(one, autoescape=True) for one in _spelled(emails)))


def _spelled(emails: Iterable[str]) -> set[str]:
    return {one for email in emails for one in spellings(email)}


def _addresses(content: object) -> set[str]:
    """The whole addresses in a text or an answer."""
    text = content if isinstance(content, str) else json.dumps(content, ensure_ascii=False)
    return {same_address(each.value) for each in addresses_in(text)}
