"""What is kept of people, for how long, how much and since when: the facts behind the admin's page on privacy."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Engine, func, select, true

from bot.common.settings import settings
from bot.store.cases.intake import ENTRIES
from bot.store.cases.models import Case, Draft, Outbox, Proof
from bot.store.cases.proof import KEPT
from bot.store.database import reading
from bot.store.models import Audit, Conversation, Staff, StaffSession, Upload, WrongAnswer


@dataclass(frozen=True)
class Kept:
    """One kind of data. ``name`` is the key of its texts; ``days`` None: as long as it is in use."""

    name: str
    days: int | None
    count: int
    oldest: dt.datetime | None


def kept(engine: Engine) -> list[Kept]:
    """Everything that is kept, in the order of the page."""
    with reading(engine) as session:
        found = []
        for name, days, key, at, which in _stores():
            count, oldest = session.execute(select(func.count(key), func.min(at)).where(which)).one()
            found.append(Kept(name, days, count, oldest))
        return found


def _stores() -> list[tuple[str, int | None, Any, Any, ColumnElement[bool]]]:
    chat, case, audit = settings().keep_days, settings().case_days, settings().audit_days
    rated = Conversation.rating.is_not(None)
    return [
        ("conversations", chat, Conversation.id, Conversation.created_at, true()),
        ("files", chat, Upload.id, Upload.at, Upload.case_no.is_(None)),
        ("ratings", chat, Conversation.id, Conversation.created_at, rated),
        ("wrong_answers", chat, WrongAnswer.message_id, WrongAnswer.at, true()),
        ("drafts", chat, Draft.request_id, Draft.created_at, true()),
        ("codes", KEPT.days, Proof.id, Proof.created_at, true()),
        ("cases", case, Case.case_no, Case.received_at, true()),
        ("case_files", case, Upload.id, Upload.at, Upload.case_no.is_not(None)),
        ("mails", chat, Outbox.key, Outbox.created_at, Outbox.kind.not_in(("erase", *ENTRIES))),
        ("staff", None, Staff.id, Staff.created_at, true()),
        ("staff_sessions", 1, StaffSession.id, StaffSession.created_at, true()),
        ("audit", audit, Audit.id, Audit.at, true()),
    ]
