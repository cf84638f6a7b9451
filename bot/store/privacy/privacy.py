"""Erasure: what the own database and the disk hold of a conversation or a customer goes, in one transaction each.

A case keeps its confirmed wording, its files and the time of receipt for its legal period; it loses the conversation.
The engine's memory and the files are outside the transaction. A tombstone in the outbox, made in it, has the worker
erase them until it is done, and a second time after every turn that was still running has ended.
"""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Engine, Text, cast, delete, or_, select, update
from sqlalchemy.orm import Session

from bot.common.addresses import spellings
from bot.common.settings import settings
from bot.store.cases import proof
from bot.store.cases.cases import put_entry
from bot.store.cases.files import keep_with_open_case
from bot.store.cases.models import Case, Draft, Outbox
from bot.store.database import reading, writing
from bot.store.models import Conversation, Upload
from bot.store.privacy.whose import Whom, cases_of, conversations_of
from bot.store.rows import held

#: The kind of a tombstone in the outbox.
ERASE = "erase"


@dataclass(frozen=True)
class KeptCase:
    """A case that outlives the erasure, and until when the law wants it."""

    case_no: str
    until: dt.date


@dataclass(frozen=True)
class Erased:
    """What was erased, and what is kept. ``conversations``: id and contact, for telling open browsers."""

    conversations: tuple[tuple[str, str | None], ...] = ()
    files: int = 0
    kept: tuple[KeptCase, ...] = field(default=())


def erase_conversation(engine: Engine, conversation: str) -> Erased:
    """Erase one conversation with everything that hangs on it. Erasing it again finds nothing and changes nothing."""
    with writing(engine) as session:
        return _erase(session, conversation)


def erase_own(engine: Engine, conversation: str, contact_id: str | None) -> Erased:
    """As ``erase_conversation``, by a client: ``contact_id`` is who signed in. Raises ForeignConversation."""
    with writing(engine) as session:
        held(session, conversation, contact_id)
        return _erase(session, conversation)


def erase_customer(engine: Engine, whom: Whom) -> Erased:
    """Erase everything of one customer. May be repeated when it was interrupted: each conversation is a transaction."""
    with reading(engine) as session:
        found = conversations_of(session, whom)
        kept = [_kept(case) for case in cases_of(session, whom, found)]
    done = [erase_conversation(engine, one) for one in found]
    with writing(engine) as session:
        _forget_person(session, whom)
    return Erased(
        conversations=tuple(one for each in done for one in each.conversations),
        files=sum(each.files for each in done), kept=tuple(kept),
    )  # fmt: skip


def erase_leftovers(engine: Engine, conversation: str) -> None:
    """What a turn that was still running wrote for a conversation that is gone. One that lives again is left alone."""
    with writing(engine) as session:
        if session.get(Conversation, conversation) is None:
            _forget_rows(session, conversation)


def put_tombstone(session: Session, conversation: str | None, files: list[str], mails: list[str]) -> None:
    """Have the worker erase what is outside this database; ``conversation`` when the engine may remember one."""
    payload = {"conversation": conversation, "files": files, "mails": mails, "again": conversation is not None}
    put_entry(session, f"erase-{uuid.uuid4().hex}", ERASE, payload)


def kept_until(received: dt.datetime) -> dt.date:
    """The first day on which a case need not be kept: periods count from the end of the year."""
    year = received.astimezone(ZoneInfo(settings().time_zone)).year
    return dt.date(year + 1, 1, 1) + dt.timedelta(days=settings().case_days)


def _erase(session: Session, conversation: str) -> Erased:
    row = session.get(Conversation, conversation, with_for_update=True)
    if row is None:
        return Erased()
    # Drafts first, then files: the order in which a draft becomes a case, so that neither waits for the other.
    session.execute(delete(Draft).where(Draft.conversation_id == conversation))
    keep_with_open_case(session, conversation)
    cases = session.scalars(select(Case).where(Case.conversation_id == conversation).order_by(Case.received_at)).all()
    mails = _mail_keys(session, conversation, cases)
    files = _forget_rows(session, conversation)
    session.execute(delete(Conversation).where(Conversation.id == conversation))  # messages and all that cascades
    put_tombstone(session, conversation, files, mails)
    return Erased(((conversation, row.contact_id),), len(files), tuple(_kept(case) for case in cases))


def _forget_rows(session: Session, conversation: str) -> list[str]:
    """Rows that name a conversation without belonging to it. Returns the ids of files that go with it."""
    session.execute(delete(Draft).where(Draft.conversation_id == conversation))
    proof.erase_in(session, conversation)
    session.execute(delete(Outbox).where(Outbox.kind != ERASE, _names(conversation)))
    session.execute(update(Case).where(Case.conversation_id == conversation).values(conversation_id=None))
    own = Upload.conversation_id == conversation
    files = list(session.scalars(delete(Upload).where(own, Upload.case_no.is_(None)).returning(Upload.id)))
    session.execute(update(Upload).where(own).values(conversation_id=None))
    return files


def _forget_person(session: Session, whom: Whom) -> None:
    """What names a person outside of conversations: drafts of a contact, mails to an address."""
    session.execute(delete(Draft).where(Draft.contact_id.in_(whom.contact_ids)))
    proof.erase_contact_in(session, whom.contact_ids)
    for address in whom.emails:
        session.execute(delete(Outbox).where(Outbox.kind != ERASE, _to(address)))


def _to(address: str) -> ColumnElement[bool]:
    payload = cast(Outbox.payload, Text)
    return or_(*(payload.icontains(f'"{one}"', autoescape=True) for one in spellings(address)))


def _names(conversation: str) -> ColumnElement[bool]:
    """Entries whose payload or key holds the conversation's id, which is random and long."""
    return or_(
        cast(Outbox.payload, Text).contains(conversation, autoescape=True),
        Outbox.key.contains(conversation, autoescape=True),
    )


def _mail_keys(session: Session, conversation: str, cases: Sequence[Case]) -> list[str]:
    """Mails that quote the conversation: kept as files where there is no mail server."""
    quoting = [f"{case.case_no}-desk" for case in cases]
    named = session.scalars(select(Outbox.key).where(Outbox.kind != ERASE, _names(conversation)))
    return [*quoting, *named]


def _kept(case: Case) -> KeptCase:
    return KeptCase(case.case_no, kept_until(case.received_at))
