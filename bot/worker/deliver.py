"""The worker's loop: take, send, note. It may be killed between any two lines.

Killed before the note, the entry comes again after its lease, with the same Message-ID and the same file name: a file
is written once, and a mail server that drops doubles by Message-ID shows one mail.
"""

import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.production.order_intake import OrderIntake
from bot.common.settings import settings
from bot.store.cases import outbox, proof, unseen
from bot.store.cases.decisions import tell_desk
from bot.store.cases.inbox import remind
from bot.store.cases.intake import ENTRIES
from bot.store.privacy.privacy import ERASE
from bot.worker import chat_mail
from bot.worker.erase import bury
from bot.worker.intake import register, release_expired
from bot.worker.letter import Gone, Letter, Nobody
from bot.worker.mail import TO_CUSTOMER, render
from bot.worker.retention import clear
from bot.worker.send import Refused, Send

log = structlog.get_logger("worker")
PROCESS = "worker"
#: Seconds between two looks into an empty outbox, between signs of life, and between looks for unseen answers and
#: broken promises.
PAUSE, BEAT, LOOK = 1.0, 5.0, 10.0
#: Seconds between two erasures of what is old, and between two looks for holds that ran out.
CLEAR, RELEASE = 3600.0, 60.0


def deliver_one(
    engine: Engine, send: Send, production: Engine | None = None, intake: OrderIntake | None = None
) -> bool:
    """Deliver the oldest entry that is due; False when there is none. Sending errors put the entry off.

    ``production`` is where addresses on record are looked up, ``intake`` takes confirmed wishes (None: by mail only).
    """
    entry = outbox.take(engine)
    if entry is None:
        return False
    try:
        if entry.kind == ERASE:
            bury(engine, entry)
            return True
        if entry.kind in ENTRIES:
            register(engine, intake, entry)
            return True
        letter = _letter(engine, production, entry)
        send(letter.key, letter.message)
    except Gone:
        outbox.done(engine, entry.key, "erased")
    except Nobody:
        outbox.done(engine, entry.key, "nobody")
    except Exception as error:  # whatever it is, the mail is kept and the next one is not held up
        _failed(engine, entry, error)
    else:
        outbox.done(engine, entry.key)
        log.info("mail sent", key=entry.key, attempts=entry.attempts)
    return True


def _letter(engine: Engine, production: Engine | None, entry: outbox.Entry) -> Letter:
    """The mail of an entry. Raises Gone, Nobody."""
    if entry.kind == proof.OUTBOX:
        return chat_mail.code(engine, production, entry)
    if "conversation" in entry.payload:
        return chat_mail.about(engine, production, entry)
    return render(engine, entry)


def _failed(engine: Engine, entry: outbox.Entry, error: Exception) -> None:
    name = type(error).__name__
    template = "code" if entry.kind == proof.OUTBOX else entry.payload.get("template")
    if isinstance(error, Refused) and template in (*TO_CUSTOMER, *chat_mail.TO_CUSTOMER):
        # A customer's address that does not exist. The desk's own mailbox is never given up.
        outbox.done(engine, entry.key, "refused")
        tell_desk(engine, entry)
        log.warning("mail refused", key=entry.key, error=name)
        return
    pause = outbox.put_off(engine, entry, name)
    log.warning("put off", key=entry.key, attempts=entry.attempts, seconds=pause, error=name)


def run(
    engine: Engine, send: Send, stop: threading.Event, production: Engine | None = None,
    intake: OrderIntake | None = None,
) -> None:  # fmt: skip
    """Deliver until told to stop. A database that is away is waited for."""
    chores = [
        Chore("beat", BEAT, lambda: outbox.beat(engine, PROCESS)),
        Chore("remind", LOOK, lambda: remind(engine)),
        Chore("unseen", LOOK, lambda: unseen.mail_unseen(engine, settings().unseen_minutes)),
        Chore("release", RELEASE, lambda: release_expired(intake)),
        Chore("forget", CLEAR, lambda: proof.forget_old(engine)),
        Chore("clear", CLEAR, lambda: clear(engine)),
    ]
    while not stop.is_set():
        for chore in chores:
            chore.run_if_due()
        try:
            if deliver_one(engine, send, production, intake):
                continue
        except SQLAlchemyError as error:
            log.error("own database away", error=type(error).__name__)
        stop.wait(PAUSE)


@dataclass
class Chore:
    """Something done again and again, apart from the others: one that fails holds up neither them nor the mails."""

    name: str
    every: float
    work: Callable[[], object]
    done: float = -math.inf

    def run_if_due(self) -> None:
        """Do it when its time has come. An error is logged, and the next try comes when the chore is due again."""
        if time.monotonic() - self.done < self.every:
            return
        try:
            self.work()
        except Exception as error:  # whatever it is, the worker goes on
            log.error("chore failed", chore=self.name, error=type(error).__name__)
        self.done = time.monotonic()
