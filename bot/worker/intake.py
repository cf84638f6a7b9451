"""Confirmed wishes to the production side: each arrives exactly once, or people are told that it did not.

Steps: the entry is taken (lease), the port is asked, receipt and done are noted in one transaction. Killed between
any two, or with the port's answer lost, the entry comes again, and the port knows its request id.
"""

import datetime as dt

import structlog
from sqlalchemy import Engine, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from actions.production.identity import Identity
from actions.production.order_intake import CapacityTakenError, OrderIntake, Receipt, RefusedError, Submission
from bot.common.clock import utcnow
from bot.common.replies import replies
from bot.common.settings import settings
from bot.store.cases import outbox
from bot.store.cases.cases import put_mail
from bot.store.cases.intake import INTAKE_FIRST
from bot.store.cases.models import Case, Outbox
from bot.store.cases.wording import reply_language
from bot.store.database import reading, writing
from bot.store.models import Conversation
from bot.store.records import Reply
from bot.store.rows import put
from bot.worker.letter import Gone

log = structlog.get_logger("worker")
#: Longest pause between two tries, seconds: a production side that is up again has what waited soon after.
LONGEST_PAUSE, LONGEST_PAUSE_FIRST = 300.0, 20.0


def register(engine: Engine, intake: OrderIntake | None, entry: outbox.Entry) -> None:
    """One try to hand an entry over. Raises Gone when its case was erased."""
    with reading(engine) as session:
        case = session.get(Case, entry.payload["case_no"])
    if case is None:
        raise Gone(entry.key)
    if intake is None:
        # This foundry takes cases by mail only; the desk has that mail.
        outbox.done(engine, entry.key, "nobody")
        return
    submission = Submission(case.request_id, entry.payload["kind"], entry.payload["payload"])
    try:
        receipt = _submit(intake, _identity(case), submission)
    except RefusedError as error:
        give_up(engine, entry, error.code)
    except Exception as error:  # whatever it is: not known whether it arrived, so it is asked again
        _failed(engine, entry, error)
    else:
        _note(engine, entry, receipt, lost=bool(submission.hold) and receipt.hold_id is None)


def release_expired(intake: OrderIntake | None) -> None:
    """Holds that ran out are given back; a production side that is away is asked later."""
    if intake is None:
        return
    try:
        number = intake.release_expired(utcnow())
    except Exception as error:  # the port may be anything
        log.warning("holds not released", error=type(error).__name__)
    else:
        if number:
            log.info("holds released", number=number)


def give_up(engine: Engine, entry: outbox.Entry, reason: str) -> None:
    """It was not registered: desk and customer are told, in one transaction with the entry's end."""
    with writing(engine) as session:
        conversation, case, row = _locked(session, entry)
        if row is None or row.done_at is not None:
            return
        row.done_at, row.outcome, row.error = utcnow(), "gave_up", reason[:80]
        if case is not None:
            put_mail(session, f"{case.case_no}-not-registered-desk", "not_registered_desk", case.case_no, reason=reason)
            _tell(session, conversation, case, "not_registered")
    log.error("intake gave up", key=entry.key, attempts=entry.attempts, error=reason)


def _submit(intake: OrderIntake, identity: Identity | None, submission: Submission) -> Receipt:
    """With its hold, or without when somebody else took the capacity: the wish itself still stands."""
    try:
        return intake.submit(identity, submission)
    except CapacityTakenError:
        return intake.submit(identity, submission.without_hold())


def _identity(case: Case) -> Identity | None:
    """Who confirmed, as it was proved then; None for a stranger."""
    if case.proved is None or case.contact_id is None or case.customer_id is None:
        return None
    return Identity(case.contact_id, case.customer_id, case.proved)


def _note(engine: Engine, entry: outbox.Entry, receipt: Receipt, lost: bool) -> None:
    with writing(engine) as session:
        conversation, case, row = _locked(session, entry)
        if row is None or row.done_at is not None:
            return
        row.done_at, row.outcome = utcnow(), "sent"
        if case is not None:
            case.receipt_no = receipt.id
            if lost:
                _tell(session, conversation, case, "hold_lost")
    log.info("registered", key=entry.key, receipt=receipt.id, attempts=entry.attempts)


def _locked(session: Session, entry: outbox.Entry) -> tuple[Conversation | None, Case | None, Outbox | None]:
    """Conversation, case and entry under their locks, in the order in which everybody takes them."""
    case_no = entry.payload["case_no"]
    chat = session.scalar(select(Case.conversation_id).where(Case.case_no == case_no))
    conversation = session.get(Conversation, chat, with_for_update=True) if chat else None
    case = session.get(Case, case_no, with_for_update=True)
    return conversation, case, session.get(Outbox, entry.key, with_for_update=True)


def _failed(engine: Engine, entry: outbox.Entry, error: Exception) -> None:
    name = type(error).__name__
    waited = utcnow() - entry.created_at
    if waited >= dt.timedelta(hours=settings().intake_give_up_hours):
        give_up(engine, entry, name)
        return
    pause = outbox.put_off(engine, entry, name, LONGEST_PAUSE_FIRST if entry.kind == INTAKE_FIRST else LONGEST_PAUSE)
    if isinstance(error, SQLAlchemyError | OSError):
        outbox.hold_back(engine, entry.kind, min(pause, LONGEST_PAUSE_FIRST))
    log.warning("intake put off", key=entry.key, attempts=entry.attempts, seconds=pause, error=name)


def _tell(session: Session, conversation: Conversation | None, case: Case, what: str) -> None:
    """The customer hears it by mail and in the chat, as far as either reaches them."""
    if case.email:
        put_mail(session, f"{case.case_no}-{what.replace('_', '-')}", what, case.case_no, at=utcnow().isoformat())
    if conversation is not None:
        values = {"case_no": case.case_no, "kind": f"case.{case.kind}"}
        text = replies().render(reply_language(case.language), f"utter_intake_{what}", values)
        put(session, conversation, Reply(text, author="system"), None)
