"""Everything of one customer as plain JSON values: what they said and were told, files, cases, ratings.

Private notes of the staff, and answers that were never shown, are not part of it. Files are listed; the desk downloads them.
"""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Engine, select
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store.cases.models import Case, CaseEvent, Draft
from bot.store.database import reading
from bot.store.models import Conversation, Message, Upload
from bot.store.privacy.privacy import kept_until
from bot.store.privacy.whose import Whom, cases_of, conversations_of, mentions_of


def export(engine: Engine, whom: Whom) -> dict[str, Any]:
    """The customer's data. Keys are English words for machines; texts are as they were written."""
    with reading(engine) as session:
        ids = conversations_of(session, whom)
        cases = cases_of(session, whom, ids)
        return {
            "made_at": _moment(utcnow()),
            "subject": {"contact_ids": sorted(whom.contact_ids), "emails": sorted(whom.emails)},
            "conversations": [_conversation(session, one) for one in ids],
            "drafts": _drafts(session, whom, ids),
            "files": _files(session, ids, cases),
            "cases": [_case(session, case) for case in cases],
        }


def find(engine: Engine, whom: Whom) -> dict[str, Any]:
    """What there is, without its content: for the admin to see before exporting or erasing."""
    with reading(engine) as session:
        ids = conversations_of(session, whom)
        cases = cases_of(session, whom, ids)
        return {
            "contact_ids": sorted(whom.contact_ids),
            "conversations": [_facts(session.get_one(Conversation, one)) for one in ids],
            "cases": [
                {"case_no": case.case_no, "received_at": _moment(case.received_at),
                 "kept_until": kept_until(case.received_at).isoformat()}
                for case in cases
            ],
            "files": len(_files(session, ids, cases)),
            "mentions": mentions_of(session, whom),
        }  # fmt: skip


def _facts(row: Conversation) -> dict[str, Any]:
    return {
        "id": row.id, "created_at": _moment(row.created_at), "last_at": _moment(row.last_at), "messages": row.last_seq,
        "contact_id": row.contact_id, "proved": row.proved, "language": row.language,
    }  # fmt: skip


def _conversation(session: Session, conversation: str) -> dict[str, Any]:
    row = session.get_one(Conversation, conversation)
    shown = (Message.conversation_id == conversation) & Message.suppressed.is_(False)
    said = session.scalars(select(Message).where(shown).order_by(Message.seq))
    rating = {"score": row.rating, "text": row.rating_text} if row.rating is not None else None
    return {**_facts(row), "told": _told(row), "rating": rating, "messages": [_message(one) for one in said]}


def _told(row: Conversation) -> dict[str, str | None]:
    return {
        "name": row.told_name, "company": row.told_company, "email": row.told_email, "phone": row.told_phone
    }  # fmt: skip


def _message(row: Message) -> dict[str, Any]:
    said = {"at": _moment(row.at), "author": row.author, "name": row.author_name, "text": row.title or row.text}
    return said | ({"card": row.card} if row.card else {}) | ({"client": row.client} if row.client else {})


def _drafts(session: Session, whom: Whom, conversations: list[str]) -> list[dict[str, Any]]:
    theirs = Draft.conversation_id.in_(conversations) | Draft.contact_id.in_(whom.contact_ids)
    rows = session.scalars(select(Draft).where(theirs, Draft.state == "open").order_by(Draft.created_at))
    return [{"task": row.task, "answers": row.fields, "updated_at": _moment(row.updated_at)} for row in rows]


def _files(session: Session, conversations: list[str], cases: Sequence[Case]) -> list[dict[str, Any]]:
    of_cases = Upload.case_no.in_([case.case_no for case in cases])
    rows = session.scalars(
        select(Upload).where(Upload.conversation_id.in_(conversations) | of_cases).order_by(Upload.at)
    )
    return [
        {"id": row.id, "name": row.name, "media_type": row.media_type, "size": row.size, "sha256": row.sha256,
         "at": _moment(row.at), "direction": row.direction, "conversation": row.conversation_id, "case_no": row.case_no}
        for row in rows
    ]  # fmt: skip


def _case(session: Session, case: Case) -> dict[str, Any]:
    events = session.scalars(select(CaseEvent).where(CaseEvent.case_no == case.case_no).order_by(CaseEvent.id))
    return {
        "case_no": case.case_no, "kind": case.kind, "state": case.state, "received_at": _moment(case.received_at),
        "answer_by": _moment(case.answer_by), "kept_until": kept_until(case.received_at).isoformat(),
        "wording": case.wording, "fields": case.fields, "name": case.name, "email": case.email, "phone": case.phone,
        "company": case.customer, "proved": case.proved, "language": case.language,
        "answers": [{"at": _moment(one.at), "state": one.state, "text": one.text, "by": one.staff_name} for one in events],
    }  # fmt: skip


def _moment(at: dt.datetime | None) -> str | None:
    return at.isoformat() if at else None
