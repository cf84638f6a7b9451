"""The case inbox of the sales desk: what is to be answered, in the order in which it was promised."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Engine, Select, case, exists, func, or_, select, true

from bot.common.clock import now
from bot.store.cases.cases import put_mail
from bot.store.cases.files import OPEN
from bot.store.cases.models import Case, CaseEvent, Outbox
from bot.store.database import reading, writing
from bot.store.models import Conversation, Upload

PAGE = 50
#: Overdue cases the desk is reminded of in one go.
REMINDERS = 20
#: First what waits for us, then what waits for the customer, then what is decided.
_RANK = case({"received": 0, "asked": 1}, value=Case.state, else_=2)


@dataclass(frozen=True)
class Details:
    """A case with everything the desk shows of it. ``mails``: what became of each decision's mail, by event id."""

    case: Case
    events: Sequence[CaseEvent]
    files: Sequence[Upload]
    mails: dict[int, str]
    conversation_available: bool


def overdue(one: Case, moment: dt.datetime | None = None) -> bool:
    """Whether the customer still waits for a first answer that was promised by now."""
    return one.state == "received" and one.answer_by is not None and one.answer_by < (moment or now())


def inbox(
    engine: Engine, *, open_only: bool = True, kind: str | None = None, words: str = "", page: int = 1
) -> tuple[Sequence[Case], int]:
    """One page of cases, the most urgent first, and how many there are. ``words``: number, name, company or wording."""
    wanted = [Case.state.in_(OPEN) if open_only else true(), Case.kind == kind if kind else true(), *_matching(words)]
    with reading(engine) as session:
        total = session.scalar(select(func.count()).select_from(Case).where(*wanted)) or 0
        rows = session.scalars(_urgent_first(select(Case).where(*wanted)).limit(PAGE).offset((page - 1) * PAGE)).all()
    return rows, total


def open_count(engine: Engine) -> int:
    """How many cases are not decided."""
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Case).where(Case.state.in_(OPEN))) or 0


def of_conversation(engine: Engine, conversation: str) -> Sequence[Case]:
    """The cases of one conversation, newest first."""
    with reading(engine) as session:
        theirs = select(Case).where(Case.conversation_id == conversation)
        return session.scalars(theirs.order_by(Case.received_at.desc())).all()


def details(engine: Engine, case_no: str) -> Details | None:
    """One case as a whole, None for an unknown number."""
    with reading(engine) as session:
        found = session.get(Case, case_no)
        if found is None:
            return None
        of_case = CaseEvent.case_no == case_no
        events = session.scalars(select(CaseEvent).where(of_case).order_by(CaseEvent.id)).all()
        files = session.scalars(select(Upload).where(_files(found)).order_by(Upload.at)).all()
        there = bool(found.conversation_id) and session.get(Conversation, found.conversation_id) is not None
        mails = session.scalars(select(Outbox).where(Outbox.key.in_([decision_key(event) for event in events]))).all()
        by_key = {mail.key: mail.outcome or "queued" for mail in mails}
    return Details(found, events, files, {one.id: by_key.get(decision_key(one), "none") for one in events}, there)


def decision_key(event: CaseEvent) -> str:
    """The outbox key of a decision's mail."""
    return f"{event.case_no}-decision-{event.id}"


def _files(one: Case) -> ColumnElement[bool]:
    """What belongs to a case: a drawing sent after an open one was opened, too."""
    own = Upload.case_no == one.case_no
    if one.conversation_id is None or one.state not in OPEN:
        return own
    later = (Upload.conversation_id == one.conversation_id) & Upload.case_no.is_(None) & (Upload.direction == "in")
    return own | later


def remind(engine: Engine) -> list[str]:
    """Queue a mail to the desk for each case whose promise was broken, once a case. Returns their numbers."""
    key = Case.case_no.concat("-overdue")
    late = (Case.state == "received") & (Case.answer_by < now()) & ~exists().where(Outbox.key == key)
    with reading(engine) as session:
        found = session.scalars(select(Case.case_no).where(late).order_by(Case.answer_by).limit(REMINDERS)).all()
    if found:
        with writing(engine) as session:
            for case_no in found:
                put_mail(session, f"{case_no}-overdue", "overdue", case_no)
    return list(found)


def _matching(words: str) -> list[ColumnElement[bool]]:
    columns = (Case.case_no, Case.name, Case.customer, Case.email, Case.wording)
    return [
        or_(*(func.lower(column).contains(word.lower(), autoescape=True) for column in columns))
        for word in words.split()[:8]
    ]


def _urgent_first(query: Select[tuple[Case]]) -> Select[tuple[Case]]:
    waiting = case((_RANK < 2, Case.answer_by))
    return query.order_by(_RANK, waiting.asc().nulls_last(), Case.received_at.desc(), Case.case_no)
