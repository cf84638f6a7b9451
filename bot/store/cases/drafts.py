"""Drafts: what was gathered for a task. Only an explicit yes to a stored draft becomes a case, and only once."""

import uuid
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, select
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store.cases.cases import Asker, open_in, repeat
from bot.store.cases.intake import Wish
from bot.store.cases.models import Case, Draft
from bot.store.database import reading, writing
from bot.store.models import Conversation


class DraftClosed(RuntimeError):
    """The draft was dropped, or there never was one with this request id."""


class DraftElsewhere(DraftClosed):
    """The contact has gone on with the draft in another conversation. ``case_no``: what it has become there."""

    def __init__(self, request_id: str, case_no: str | None) -> None:
        super().__init__(request_id)
        self.case_no = case_no


@dataclass(frozen=True)
class OpenDraft:
    """A draft as it stands."""

    request_id: str
    conversation: str
    contact: str | None
    task: str
    fields: dict[str, Any]


def save_draft(engine: Engine, conversation: str, contact: str | None, task: str, fields: dict[str, Any]) -> str:
    """Store the conversation's answers so far; the request id: the same one until the draft is submitted or dropped.

    ``contact`` is the proven contact's id or None. A stranger's draft becomes the contact's after the proof.
    """
    return repeat(lambda: _save(engine, conversation, contact, task, fields))


def load_draft(engine: Engine, conversation: str, contact: str | None, task: str | None = None) -> OpenDraft | None:
    """The conversation's newest open draft, else the contact's newest of another one; of one task or of any."""
    with reading(engine) as session:
        return _open_draft(_find(session, conversation, contact, task))


def take_draft(engine: Engine, conversation: str, contact: str, task: str) -> OpenDraft | None:
    """As ``load_draft``; one of another conversation is this one's from now on, and can be sent from here alone."""
    return repeat(lambda: _take(engine, conversation, contact, task))


def drop_draft(engine: Engine, request_id: str) -> None:
    """Forget an open draft. A submitted one stays what it is."""
    with writing(engine) as session:
        row = session.get(Draft, request_id, with_for_update=True)
        if row is not None and row.state == "open":
            row.state, row.fields, row.updated_at = "dropped", {}, utcnow()


def submit_draft(
    engine: Engine, request_id: str, *, kind: str, wording: str, asker: Asker, language: str,
    conversation: str | None = None, fields: dict[str, Any] | None = None, intake: Wish | None = None,
) -> Case:  # fmt: skip
    """The customer's yes: the draft becomes a case with its mails, in one transaction.

    Sent again, in another process, or after a kill at any step: the same case. ``wording`` is what the customer read
    and confirmed, and ``fields`` are the answers it was made of (default: the stored ones). ``conversation`` is where
    the yes was said (default: the draft's). ``intake``: what the worker hands to the production side under the draft's
    request id. Raises DraftClosed when it was dropped or never saved, DraftElsewhere when it is another conversation's.
    """
    return repeat(lambda: _submit(engine, request_id, kind, wording, asker, language, conversation, fields, intake))


def _save(engine: Engine, conversation: str, contact: str | None, task: str, fields: dict[str, Any]) -> str:
    now = utcnow()
    with writing(engine) as session:
        # Whoever signed in since: what the conversation says now takes the place of what it said before.
        row = session.scalar(_newest(Draft.conversation_id == conversation, task).with_for_update())
        if row is None:
            row = Draft(
                request_id=uuid.uuid4().hex, conversation_id=conversation, task=task, state="open", created_at=now
            )
            session.add(row)
        row.contact_id, row.fields, row.updated_at = contact, fields, now
        return row.request_id


def _take(engine: Engine, conversation: str, contact: str, task: str) -> OpenDraft | None:
    with writing(engine) as session:
        row = _find(session, conversation, contact, task, lock=True)
        if row is not None:
            row.conversation_id, row.contact_id = conversation, contact
        return _open_draft(row)


def _submit(
    engine: Engine, request_id: str, kind: str, wording: str, asker: Asker, language: str, conversation: str | None,
    fields: dict[str, Any] | None, intake: Wish | None,
) -> Case:  # fmt: skip
    with writing(engine) as session:
        _lock_conversation(session, request_id, conversation)
        draft = session.get(Draft, request_id, with_for_update=True)
        if draft is not None and conversation not in (None, draft.conversation_id):
            raise DraftElsewhere(request_id, session.scalar(select(Case.case_no).where(Case.request_id == request_id)))
        if draft is None or draft.state == "dropped":
            raise DraftClosed(request_id)
        if draft.state == "open":
            draft.state, draft.fields = "submitted", draft.fields if fields is None else fields
        draft.updated_at = utcnow()
        return open_in(
            session, request_id=request_id, kind=kind, wording=wording, asker=asker, language=language,
            conversation=draft.conversation_id, fields=draft.fields, intake=intake,
        )  # fmt: skip


def _lock_conversation(session: Session, request_id: str, conversation: str | None) -> None:
    """The conversation is locked before its drafts, here and in erasure, so that neither waits for the other."""
    which = conversation or session.scalar(select(Draft.conversation_id).where(Draft.request_id == request_id))
    if which is not None:
        session.get(Conversation, which, with_for_update=True)


def _find(
    session: Session, conversation: str, contact: str | None, task: str | None, lock: bool = False
) -> Draft | None:
    here = (Draft.conversation_id == conversation) & (Draft.contact_id.is_(None) | (Draft.contact_id == contact))
    places = [here] if contact is None else [here, Draft.contact_id == contact]
    for place in places:
        query = _newest(place, task)
        row = session.scalar(query.with_for_update() if lock else query)
        if row is not None:
            return row
    return None


def _newest(where: ColumnElement[bool], task: str | None) -> Select[tuple[Draft]]:
    """The newest open draft of a place."""
    query = select(Draft).where(where, Draft.state == "open").order_by(Draft.updated_at.desc()).limit(1)
    return query if task is None else query.where(Draft.task == task)


def _open_draft(row: Draft | None) -> OpenDraft | None:
    return OpenDraft(row.request_id, row.conversation_id, row.contact_id, row.task, row.fields) if row else None
