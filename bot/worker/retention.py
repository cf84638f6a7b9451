"""What is old goes: hourly, in small batches, each a transaction. The log tells how many, never what."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

import structlog
from sqlalchemy import ColumnElement, Engine, delete, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from bot.common.clock import utcnow
from bot.common.settings import settings
from bot.store.cases.models import Case, Draft, Outbox
from bot.store.database import reading, writing
from bot.store.models import Audit, Conversation, StaffSession, Upload
from bot.store.privacy.privacy import erase_conversation, put_tombstone
from bot.worker.erase import shrink
from bot.worker.send import mail_folder

log = structlog.get_logger("retention")
BATCH = 50
#: Names asked for in one statement.
NAMES = 500
#: Batches in one go: mails wait meanwhile, so the rest is left for the next hour.
ROUNDS = 20
#: A file without a row is one whose upload broke off, once it is this old.
STRAY = dt.timedelta(days=1)


def clear(engine: Engine, moment: dt.datetime | None = None) -> dict[str, int]:
    """Erase what is past its time; how many of each, nothing of what there was none."""
    now = moment or utcnow()
    counts: Counter[str] = Counter()
    for _ in range(ROUNDS):
        found = {name: work(engine, now) for name, work in WORK.items()}
        counts.update(found)
        if max(found.values()) < BATCH:
            break
    counts["stray files"] = _stray_files(engine, now)
    counts["saved mails"] = _saved_mails(now)
    done = {name: number for name, number in counts.items() if number}
    if done:
        shrink(engine)
        log.info("erased by age", **{name.replace(" ", "_"): number for name, number in done.items()})
    return done


def _conversations(engine: Engine, now: dt.datetime) -> int:
    old = Conversation.last_at < now - dt.timedelta(days=settings().keep_days)
    with reading(engine) as session:
        found = session.scalars(select(Conversation.id).where(old).order_by(Conversation.last_at).limit(BATCH)).all()
    return sum(bool(erase_conversation(engine, one).conversations) for one in found)


def _cases(engine: Engine, now: dt.datetime) -> int:
    """Cases whose period, which counts from the end of the year they were received in, is over."""
    zone = ZoneInfo(settings().time_zone)
    year = (now.astimezone(zone) - dt.timedelta(days=settings().case_days)).year
    over = Case.received_at < dt.datetime(year, 1, 1, tzinfo=zone)
    with reading(engine) as session:
        found = session.scalars(select(Case.case_no).where(over).limit(BATCH)).all()
    for case_no in found:
        _erase_case(engine, case_no)
    return len(found)


def _erase_case(engine: Engine, case_no: str) -> None:
    with writing(engine) as session:
        case = session.get(Case, case_no, with_for_update=True)
        if case is None:
            return
        own = Upload.case_no == case_no
        files = list(session.scalars(delete(Upload).where(own, Upload.conversation_id.is_(None)).returning(Upload.id)))
        session.execute(update(Upload).where(own).values(case_no=None))
        about = Outbox.key.startswith(f"{case_no}-", autoescape=True)
        mails = list(session.scalars(delete(Outbox).where(about).returning(Outbox.key)))
        session.execute(delete(Draft).where(Draft.request_id == case.request_id))
        session.delete(case)
        put_tombstone(session, None, files, mails)


def _drafts(engine: Engine, now: dt.datetime) -> int:
    old = Draft.updated_at < now - dt.timedelta(days=settings().keep_days)
    return _delete(engine, Draft, Draft.request_id, old)


def _sent(engine: Engine, now: dt.datetime) -> int:
    old = Outbox.done_at < now - dt.timedelta(days=settings().keep_days)
    return _delete(engine, Outbox, Outbox.key, old)


def _sessions(engine: Engine, now: dt.datetime) -> int:
    return _delete(engine, StaffSession, StaffSession.id, StaffSession.expires_at < now)


def _audit(engine: Engine, now: dt.datetime) -> int:
    return _delete(engine, Audit, Audit.id, Audit.at < now - dt.timedelta(days=settings().audit_days))


def _lost_uploads(engine: Engine, now: dt.datetime) -> int:
    """Files of no case whose conversation is gone; their stray files follow."""
    gone = or_(Upload.conversation_id.is_(None), Upload.conversation_id.not_in(select(Conversation.id)))
    return _delete(engine, Upload, Upload.id, gone & Upload.case_no.is_(None) & (Upload.at < now - STRAY))


def _delete(engine: Engine, table: Any, key: InstrumentedAttribute[Any], old: ColumnElement[bool]) -> int:
    with writing(engine) as session:
        found = session.scalars(select(key).where(old).limit(BATCH)).all()
        session.execute(delete(table).where(key.in_(found)))
        return len(found)


def _stray_files(engine: Engine, now: dt.datetime) -> int:
    folder = settings().data_dir / "uploads"
    old = [path for path in folder.glob("*") if path.is_file() and _age(path, now) > STRAY]
    known = _known_uploads(engine, [path.stem for path in old])
    stray = [path for path in old if path.stem not in known]
    for path in stray:
        path.unlink(missing_ok=True)
    return len(stray)


def _known_uploads(engine: Engine, names: list[str]) -> set[str]:
    """Those of the names that have a row; asked in pieces, since a statement takes only so many values."""
    known: set[str] = set()
    with reading(engine) as session:
        for start in range(0, len(names), NAMES):
            known.update(session.scalars(select(Upload.id).where(Upload.id.in_(names[start : start + NAMES]))))
    return known


def _saved_mails(now: dt.datetime) -> int:
    """Mails saved as files, where there is no mail server."""
    kept = dt.timedelta(days=settings().keep_days)
    old = [path for path in mail_folder().glob("*") if path.is_file() and _age(path, now) > kept]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _age(path: Any, now: dt.datetime) -> dt.timedelta:
    try:
        return now - dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)
    except FileNotFoundError:
        return dt.timedelta(0)


WORK: dict[str, Callable[[Engine, dt.datetime], int]] = {
    "conversations": _conversations, "cases": _cases, "drafts": _drafts, "sent": _sent, "sessions": _sessions,
    "audit": _audit, "lost uploads": _lost_uploads,
}  # fmt: skip
