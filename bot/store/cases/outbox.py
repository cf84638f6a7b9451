"""The outbox: taken by one worker at a time, tried again with growing pauses, never forgotten."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, case, delete, select, update

from bot.common.clock import utcnow
from bot.store.cases.intake import INTAKE_FIRST
from bot.store.cases.models import Heartbeat, Outbox
from bot.store.database import reading, writing

#: How long a worker may hold an entry before another takes it for dead: a mail server that takes
#: longer than this for one mail gets it twice, under one Message-ID.
LEASE = dt.timedelta(seconds=60)
FIRST_PAUSE, LONGEST_PAUSE = 5.0, 1800.0


@dataclass(frozen=True)
class Entry:
    """One delivery to make now."""

    key: str
    kind: str
    payload: dict[str, Any]
    attempts: int
    created_at: dt.datetime


def take(engine: Engine) -> Entry | None:
    """The oldest delivery that is due, stops first, held for ``LEASE``; None when there is nothing to do."""
    now = utcnow()
    with writing(engine) as session:
        due = select(Outbox).where(Outbox.done_at.is_(None), Outbox.next_try <= now)
        first = case((Outbox.kind == INTAKE_FIRST, 0), else_=1)
        row = session.scalar(due.order_by(first, Outbox.next_try).limit(1).with_for_update(skip_locked=True))
        if row is None:
            return None
        row.attempts, row.next_try = row.attempts + 1, now + LEASE
        return Entry(row.key, row.kind, row.payload, row.attempts, row.created_at)


def done(engine: Engine, key: str, outcome: str = "sent") -> None:
    """The delivery is made (``sent``), or never will be (``refused``, ``erased``, ``nobody``). An address is forgotten."""
    with writing(engine) as session:
        row = session.get(Outbox, key, with_for_update=True)
        if row is not None and row.done_at is None:
            row.done_at, row.outcome = utcnow(), outcome
            row.payload = {name: value for name, value in row.payload.items() if name != "to"}


def put_off(engine: Engine, entry: Entry, error: str, longest: float = LONGEST_PAUSE) -> float:
    """Try again later; returns the pause in seconds, at most ``longest``. ``error`` names the kind of error only."""
    pause = min(FIRST_PAUSE * 2.0 ** min(entry.attempts - 1, 20), longest)
    with writing(engine) as session:
        row = session.get(Outbox, entry.key, with_for_update=True)
        if row is not None and row.done_at is None:
            row.next_try, row.error = utcnow() + dt.timedelta(seconds=pause), error[:80]
    return pause


def hold_back(engine: Engine, kind: str, seconds: float) -> None:
    """Nothing of a kind is tried for so long: its receiver is away, and every try costs the others their turn."""
    later = utcnow() + dt.timedelta(seconds=seconds)
    with writing(engine) as session:
        waiting = (Outbox.kind == kind) & Outbox.done_at.is_(None) & (Outbox.next_try < later)
        session.execute(update(Outbox).where(waiting).values(next_try=later))


def once_more(engine: Engine, key: str, payload: dict[str, Any], pause: dt.timedelta) -> None:
    """Done for now, and to be done once more with this payload after a pause."""
    with writing(engine) as session:
        row = session.get(Outbox, key, with_for_update=True)
        if row is not None and row.done_at is None:
            row.payload, row.attempts, row.next_try = payload, 0, utcnow() + pause


def drop(engine: Engine, key: str) -> None:
    """Done, and nothing of it is to be kept."""
    with writing(engine) as session:
        session.execute(delete(Outbox).where(Outbox.key == key))


def beat(engine: Engine, process: str) -> None:
    """Say that a process lives."""
    with writing(engine) as session:
        session.merge(Heartbeat(process=process, at=utcnow()))


def heartbeat_age(engine: Engine, process: str) -> float | None:
    """Seconds since the last sign of life; None when there never was one."""
    with reading(engine) as session:
        at = session.scalar(select(Heartbeat.at).where(Heartbeat.process == process))
    return None if at is None else (utcnow() - at).total_seconds()
