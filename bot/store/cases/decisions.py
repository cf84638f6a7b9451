"""What the sales desk does with cases: take one, decide it, tell the customer. Safe to repeat and to do at once.

The row of the case is the lock. A decision, its mail and its message in the chat are one transaction. Where both rows
are needed the conversation is locked before its cases, here and in erasure, so that neither waits for the other.
"""

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store.audit import record_in
from bot.store.cases.cases import put_mail, repeat
from bot.store.cases.files import keep_with_case
from bot.store.cases.inbox import decision_key
from bot.store.cases.models import Case, CaseEvent
from bot.store.cases.outbox import Entry
from bot.store.cases.wording import reply_language, told
from bot.store.database import writing
from bot.store.models import Conversation
from bot.store.ownership import Person
from bot.store.records import Reply, Stored
from bot.store.rows import put, stored

#: What may follow each state. A decision may be corrected by another one; what is closed stays closed: a customer who
#: comes back gets a new case. Asking and adjusting may be repeated, an answer seldom settles everything.
FOLLOWS = {
    "received": ("accepted", "adjusted", "asked", "refused", "closed"),
    "asked": ("accepted", "adjusted", "asked", "refused", "closed"),
    "accepted": ("adjusted", "asked", "refused", "closed"),
    "adjusted": ("accepted", "adjusted", "asked", "refused", "closed"),
    "refused": ("accepted", "adjusted", "asked", "closed"),
    "closed": (),
}  # fmt: skip
#: Decisions that say nothing without words of the staff.
NEED_TEXT = ("adjusted", "asked", "refused")
#: Answers to what was asked for: another one replaces the one before, and says so.
VERDICTS = ("accepted", "adjusted", "refused")
#: Whoever decides so soon after somebody else has not read it yet: that is no correction.
JUST_NOW = dt.timedelta(minutes=1)
LONGEST_TEXT = 4000
LONGEST_REQUEST_ID = 64


class DecisionError(RuntimeError):
    """The decision is not possible; the case is as before."""


class InvalidDecision(DecisionError):
    """The decision itself is wrong; ``field`` says where: ``request_id``, ``state`` or ``text``."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class NotAllowed(DecisionError):
    """The case's present state does not allow it: somebody else decided meanwhile, or it is closed."""

    def __init__(self, state: str, staff_name: str | None) -> None:
        super().__init__(state)
        self.state = state
        self.staff_name = staff_name


class UnknownCase(LookupError):
    """There is no such case."""


@dataclass(frozen=True)
class Decided:
    """A decision as it is stored. ``message`` is what the chat shows from now on; ``chat``: whether there still is one.

    ``repeated``: it was made before under this request id, nothing is new.
    """

    case: Case
    event: CaseEvent
    chat: bool
    message: Stored | None = None
    contact_id: str | None = None
    repeated: bool = False


def take(engine: Engine, case_no: str, person: Person) -> Case:
    """Somebody works on a case from now on, whoever did before. Raises UnknownCase."""
    with writing(engine) as session:
        case = _locked(session, case_no)
        case.staff_id, case.staff_name = person.id, person.name
        record_in(session, "case", person, case_no, {"to": "taken"})
        return case


def decide(
    engine: Engine, case_no: str, request_id: str, state: str, text: str, person: Person, seen: int | None = None
) -> Decided:
    """Decide a case and tell the customer by mail and in the chat, as far as either reaches them.

    The same ``request_id`` decides once, however often it is sent. ``seen`` is how many decisions the person had
    before them; without it one that somebody else made just now counts as unseen. Raises UnknownCase,
    InvalidDecision, NotAllowed.
    """
    text = text.strip()
    _check(request_id, state, text)
    return repeat(lambda: _decide(engine, case_no, request_id, state, text, person, seen))


def _decide(
    engine: Engine, case_no: str, request_id: str, state: str, text: str, person: Person, seen: int | None
) -> Decided:
    with writing(engine) as session:
        conversation = _conversation(session, case_no)
        case = _locked(session, case_no)
        known = session.scalar(select(CaseEvent).where(CaseEvent.request_id == request_id))
        if known is not None:
            return _again(case, known, state, conversation is not None)
        if state not in FOLLOWS[case.state] or _unseen(session, case_no, person, seen):
            raise NotAllowed(case.state, case.staff_name)
        corrected = state in VERDICTS and case.state in VERDICTS
        event = CaseEvent(
            case_no=case_no, request_id=request_id, at=utcnow(), state=state, text=text, staff_id=person.id,
            staff_name=person.name,
        )  # fmt: skip
        session.add(event)
        session.flush()
        case.state, case.staff_id, case.staff_name = state, person.id, person.name
        keep_with_case(session, case)
        if case.email is not None:
            put_mail(session, decision_key(event), "decision", case_no, event=event.id, corrected=corrected)
        record_in(session, "case", person, case_no, {"to": state})
        message = _in_chat(session, conversation, case, event, corrected)
        contact_id = conversation.contact_id if conversation else None
        return Decided(case, event, conversation is not None, message, contact_id)


def tell_desk(engine: Engine, refused: Entry) -> None:
    """A customer's server refuses the mail of a decision: the desk is told, so that somebody can ring."""
    payload = refused.payload
    if payload.get("template") == "decision":
        with writing(engine) as session:
            more = {name: payload[name] for name in ("event", "corrected")}
            put_mail(
                session,
                f"{payload['case_no']}-undelivered-{payload['event']}",
                "undelivered",
                payload["case_no"],
                **more,
            )


def _unseen(session: Session, case_no: str, person: Person, seen: int | None) -> bool:
    """Whether somebody decided without this person knowing."""
    of_case = CaseEvent.case_no == case_no
    if seen is not None:
        return session.scalar(select(func.count()).select_from(CaseEvent).where(of_case)) != seen
    last = session.scalar(select(CaseEvent).where(of_case).order_by(CaseEvent.id.desc()).limit(1))
    return last is not None and last.staff_id != person.id and last.at > utcnow() - JUST_NOW


def _again(case: Case, known: CaseEvent, state: str, chat: bool) -> Decided:
    if known.case_no != case.case_no or known.state != state:
        raise InvalidDecision("request_id")
    return Decided(case, known, chat, repeated=True)


def _check(request_id: str, state: str, text: str) -> None:
    if not 0 < len(request_id) <= LONGEST_REQUEST_ID:
        raise InvalidDecision("request_id")
    if state not in FOLLOWS["received"]:
        raise InvalidDecision("state")
    if len(text) > LONGEST_TEXT or "\0" in text or (not text and state in NEED_TEXT):
        raise InvalidDecision("text")


def _conversation(session: Session, case_no: str) -> Conversation | None:
    """The case's conversation under its lock, while there is one."""
    found = session.scalar(select(Case.conversation_id).where(Case.case_no == case_no))
    return session.get(Conversation, found, with_for_update=True) if found else None


def _locked(session: Session, case_no: str) -> Case:
    case = session.get(Case, case_no, with_for_update=True, populate_existing=True)
    if case is None:
        raise UnknownCase(case_no)
    return case


def _in_chat(
    session: Session, conversation: Conversation | None, case: Case, event: CaseEvent, corrected: bool
) -> Stored | None:
    if conversation is None:
        return None
    text = "\n\n".join(told(case, event, reply_language(case.language), corrected))
    message = put(session, conversation, Reply(text, author="person", name=event.staff_name), None)
    message.mailed = case.email is not None
    return stored(message)
