"""Drafts: what was gathered for a task. Only an explicit yes to a stored draft becomes a case, and only once."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.cases.cases import Asker, open_in, repeat
from bot.cases.intake import Wish
from bot.cases.models import Case, Draft
from bot.common.clock import utcnow
from bot.conversations.database import reading, writing
from bot.conversations.models import Conversation


class DraftClosed(RuntimeError):
    """The draft was dropped, or there never was one with this request id."""


@dataclass(frozen=True)
class OpenDraft:
    """A draft as it stands."""

    request_id: str
    conversation: str
    contact: str | None
    task: str
    fields: dict[str, Any]


def save_draft(engine: Engine, conversation: str, contact: str | None, task: str, fields: dict[str, Any]) -> str:
    """Store the answers so far and return the request id: the same one until the draft is submitted or dropped.

    ``contact`` is the proven contact's id or None. A stranger's draft becomes the contact's after the proof.
    """
    return repeat(lambda: _save(engine, conversation, contact, task, fields))


def load_draft(engine: Engine, conversation: str, contact: str | None, task: str | None = None) -> OpenDraft | None:
    """The newest open draft of this contact, else of this conversation as a stranger; of one task or of any."""
    with reading(engine) as session:
        row = _find(session, conversation, contact, task)
        return OpenDraft(row.request_id, row.conversation_id, row.contact_id, row.task, row.fields) if row else None


def drop_draft(engine: Engine, request_id: str) -> None:
    """Forget an open draft. A submitted one stays what it is."""
    with writing(engine) as session:
        row = session.get(Draft, request_id, with_for_update=True)
        if row is not None and row.state == "open":
            row.state, row.fields, row.updated_at = "dropped", {}, utcnow()


def submit_draft(
    engine: Engine, request_id: str, *, kind: str, wording: str, asker: Asker, language: str,
    conversation: str | None = None, intake: Wish | None = None,
) -> Case:  # fmt: skip
    """The customer's yes: the draft becomes a case with its mails, in one transaction.

    Sent again, in another process, or after a kill at any step: the same case. ``wording`` is what the customer read
    and confirmed. ``conversation`` defaults to the draft's. ``intake``: what the worker hands to the production side
    under the draft's request id. Raises DraftClosed when it was dropped or never saved.
    """
    return repeat(lambda: _submit(engine, request_id, kind, wording, asker, language, conversation, intake))


def _save(engine: Engine, conversation: str, contact: str | None, task: str, fields: dict[str, Any]) -> str:
    now = utcnow()
    with writing(engine) as session:
        row = _find(session, conversation, contact, task, lock=True)
        if row is None:
            row = Draft(request_id=uuid.uuid4().hex, task=task, state="open", created_at=now)
            session.add(row)
        row.owner, row.conversation_id, row.contact_id = _owner(conversation, contact), conversation, contact
        row.fields, row.updated_at = fields, now
        return row.request_id


def _submit(
    engine: Engine, request_id: str, kind: str, wording: str, asker: Asker, language: str, conversation: str | None,
    intake: Wish | None,
) -> Case:  # fmt: skip
    with writing(engine) as session:
        _lock_conversation(session, request_id, conversation)
        draft = session.get(Draft, request_id, with_for_update=True)
        if draft is None or draft.state == "dropped":
            raise DraftClosed(request_id)
        draft.state, draft.updated_at = "submitted", utcnow()
        return open_in(
            session, request_id=request_id, kind=kind, wording=wording, asker=asker, language=language,
            conversation=conversation or draft.conversation_id, fields=draft.fields, intake=intake,
        )  # fmt: skip


def _lock_conversation(session: Session, request_id: str, conversation: str | None) -> None:
    """The conversation is locked before its drafts, here and in erasure, so that neither waits for the other."""
    which = conversation or session.scalar(select(Draft.conversation_id).where(Draft.request_id == request_id))
    if which is not None:
        session.get(Conversation, which, with_for_update=True)


def _owner(conversation: str, contact: str | None) -> str:
    return f"contact:{contact}" if contact else f"conversation:{conversation}"


def _find(
    session: Session, conversation: str, contact: str | None, task: str | None, lock: bool = False
) -> Draft | None:
    for owner in dict.fromkeys((_owner(conversation, contact), _owner(conversation, None))):
        query = (
            select(Draft).where(Draft.owner == owner, Draft.state == "open").order_by(Draft.updated_at.desc()).limit(1)
        )
        if task is not None:
            query = query.where(Draft.task == task)
        row = session.scalar(query.with_for_update() if lock else query)
        if row is not None:
            return row
    return None
