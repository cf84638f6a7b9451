"""Opening a case for the sales desk: one transaction with its mails, safe to repeat under its request id."""

import datetime as dt
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Engine, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.common.addresses import read_address, spellings
from bot.common.clock import now, today, utcnow
from bot.common.signing import address_hash
from bot.store.cases.deadline import answer_by
from bot.store.cases.files import keep_with_case
from bot.store.cases.intake import Wish
from bot.store.cases.models import KINDS, Case, Outbox
from bot.store.database import reading, writing
from bot.store.models import Conversation
from bot.store.records import Told
from bot.store.rows import note_told

Result = TypeVar("Result")

#: Receipts a day to an address nobody proved: enough for a customer, useless for flooding a stranger's mailbox.
UNPROVEN_RECEIPTS = 3


@dataclass(frozen=True)
class Asker:
    """Whom a case is for, as far as known. ``proved`` (``sign_in``, ``mail``) only from a verified identity."""

    name: str | None = None
    email: str | None = None
    phone: str | None = None
    contact_id: str | None = None
    customer_id: str | None = None
    customer: str | None = None
    proved: str | None = None


def open_case(
    engine: Engine, *, request_id: str, kind: str, wording: str, asker: Asker, language: str,
    conversation: str | None = None, fields: dict[str, Any] | None = None, intake: Wish | None = None,
) -> Case:  # fmt: skip
    """Open a case at once, with its mails. The same ``request_id`` gives the same case, however often it is sent.

    ``intake`` goes to the production side too. Raises ValueError for an unknown kind.
    """
    return repeat(lambda: _open(engine, request_id, kind, wording, asker, language, conversation, fields, intake))


def find_case(engine: Engine, request_id: str) -> Case | None:
    """The case of a request, if it has been opened."""
    with reading(engine) as session:
        return session.scalar(select(Case).where(Case.request_id == request_id))


def add_contact(
    engine: Engine, case_no: str, email: str | None, phone: str | None, words: str | None = None
) -> Case:  # fmt: skip
    """The customer told how to be reached after the case was opened; the desk is told. Raises LookupError.

    ``words``: what they said besides.
    """
    with writing(engine) as session:
        case = session.get(Case, case_no, with_for_update=True)
        if case is None:
            raise LookupError(case_no)
        case.email, case.phone = email or case.email, phone or case.phone
        case.wording = f"{case.wording}\n{words}" if words else case.wording
        put_mail(session, f"{case_no}-contact", "contact", case_no)
        _receipt(session, case)
        return case


def open_in(
    session: Session, *, request_id: str, kind: str, wording: str, asker: Asker, language: str,
    conversation: str | None = None, fields: dict[str, Any] | None = None, intake: Wish | None = None,
) -> Case:  # fmt: skip
    """As ``open_case``, within a transaction of the caller."""
    if kind not in KINDS:
        raise ValueError(f"kind {kind}")
    known = session.scalar(select(Case).where(Case.request_id == request_id))
    if known is not None:
        return known
    email = read_address(asker.email) if asker.email else None
    _note_told(session, conversation, asker, email)
    case = Case(
        case_no=_number(session), request_id=request_id, kind=kind, conversation_id=conversation, wording=wording,
        name=asker.name, email=email, phone=asker.phone, contact_id=asker.contact_id, customer_id=asker.customer_id,
        customer=asker.customer, proved=asker.proved, language=language, fields=fields or {}, received_at=utcnow(), state="received",
        answer_by=answer_by(kind, now()),
    )  # fmt: skip
    session.add(case)
    session.flush()
    keep_with_case(session, case)
    put_mail(session, f"{case.case_no}-desk", "desk", case.case_no)
    _receipt(session, case)
    if intake is not None:
        put_entry(session, f"{case.case_no}-intake", intake.outbox_kind, intake.entry(case.case_no))
    return case


def put_mail(session: Session, key: str, template: str, case_no: str, **values: Any) -> None:
    """Queue a mail about a case; a key is queued once. ``values``: what the template says besides."""
    put_entry(session, key, "mail", {"template": template, "case_no": case_no, **values})


def put_conversation_mail(
    session: Session, key: str, template: str, conversation: str, *, to: str | None = None, **values: Any
) -> None:
    """Queue a mail about a conversation (``waiting``, ``transcript``, ``answer``); a key is queued once.

    ``to`` is the address typed by a stranger. Without it the desk's mails go to the desk, and the customer's to the
    address on record of the conversation's contact. ``values``: what the template says besides (``reason``).
    """
    payload = {"template": template, "conversation": conversation, "to": to, **values}
    if to is not None:  # the address itself is forgotten when the mail is sent
        payload["to_hash"] = address_hash(to)
    put_entry(session, key, "mail", payload)


def put_entry(session: Session, key: str, kind: str, payload: dict[str, Any]) -> None:
    """Queue something for the worker, due at once; a key is queued once."""
    if session.get(Outbox, key) is None:
        now = utcnow()
        session.add(Outbox(key=key, kind=kind, payload=payload, attempts=0, next_try=now, created_at=now))
        session.flush()


def repeat(work: Callable[[], Result]) -> Result:
    """Do it again when another process was first with the same key: the second time finds what the first one made."""
    try:
        return work()
    except IntegrityError:
        return work()


def _open(
    engine: Engine, request_id: str, kind: str, wording: str, asker: Asker, language: str,
    conversation: str | None, fields: dict[str, Any] | None, intake: Wish | None,
) -> Case:  # fmt: skip
    with writing(engine) as session:
        return open_in(
            session, request_id=request_id, kind=kind, wording=wording, asker=asker, language=language,
            conversation=conversation, fields=fields, intake=intake,
        )  # fmt: skip


def _note_told(session: Session, conversation: str | None, asker: Asker, email: str | None) -> None:
    """A stranger's request says who they are and where to reach them: kept with the conversation that knew nothing.

    The conversation is locked before its case, as everywhere.
    """
    if conversation is None or asker.proved is not None or not (email or asker.phone or asker.name):
        return
    row = session.get(Conversation, conversation, with_for_update=True)
    if row is not None:
        reach = (None, None) if row.reach else (email, asker.phone)
        note_told(row, Told(row.told_name or asker.name, row.told_company or asker.customer, *reach))


def _receipt(session: Session, case: Case) -> None:
    """Queue the customer's receipt, if there is an address and, for an unproven one, it did not get many today."""
    if case.email is None:
        return
    if case.proved is None:
        since = utcnow() - dt.timedelta(days=1)
        same = func.lower(Case.email).in_(spellings(case.email)) & (Case.received_at > since)
        if (session.scalar(select(func.count()).select_from(Case).where(same)) or 0) > UNPROVEN_RECEIPTS:
            return
    put_mail(session, f"{case.case_no}-receipt", "receipt", case.case_no)


def _number(session: Session) -> str:
    """A free number, short enough to say on the phone and not in sequence: C-26-483920."""
    while True:
        number = f"C-{today():%y}-{secrets.randbelow(900_000) + 100_000}"
        if session.get(Case, number) is None:
            return number
