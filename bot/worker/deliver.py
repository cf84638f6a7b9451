"""The worker's loop: take, send, note. It may be killed between any two lines.

Killed before the note, the entry comes again after its lease, with the same Message-ID and the same file name: a file
is written once, and a mail server that drops doubles by Message-ID shows one mail.
"""

import threading
import time

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from bot.cases import outbox
from bot.conversations.privacy import ERASE
from bot.worker.erase import bury
from bot.worker.mail import TO_CUSTOMER, CaseGone, render
from bot.worker.send import Refused, Send

log = structlog.get_logger("worker")
PROCESS = "worker"
#: Seconds between two looks into an empty outbox, and between signs of life.
PAUSE, BEAT = 1.0, 5.0


def deliver_one(engine: Engine, send: Send) -> bool:
    """Deliver the oldest entry that is due; False when there is none. Sending errors put the entry off."""
    entry = outbox.take(engine)
    if entry is None:
        return False
    try:
        if entry.kind == ERASE:
            bury(engine, entry)
            return True
        send(entry.key, render(engine, entry))
    except CaseGone:
        outbox.done(engine, entry.key, "erased")
    except Exception as error:  # whatever it is, the mail is kept and the next one is not held up
        _failed(engine, entry, error)
    else:
        outbox.done(engine, entry.key)
        log.info("mail sent", key=entry.key, attempts=entry.attempts)
    return True


def _failed(engine: Engine, entry: outbox.Entry, error: Exception) -> None:
    name = type(error).__name__
    if isinstance(error, Refused) and entry.payload.get("template") in TO_CUSTOMER:
        # A customer's address that does not exist. The desk's own mailbox is never given up.
        outbox.done(engine, entry.key, "refused")
        log.warning("mail refused", key=entry.key, error=name)
        return
    pause = outbox.put_off(engine, entry, name)
    log.warning("put off", key=entry.key, attempts=entry.attempts, seconds=pause, error=name)


def run(engine: Engine, send: Send, stop: threading.Event) -> None:
    """Deliver until told to stop. A database that is away is waited for."""
    beaten = 0.0
    while not stop.is_set():
        try:
            if time.monotonic() - beaten >= BEAT:
                outbox.beat(engine, PROCESS)
                beaten = time.monotonic()
            if deliver_one(engine, send):
                continue
        except SQLAlchemyError as error:
            log.error("own database away", error=type(error).__name__)
        stop.wait(PAUSE)
