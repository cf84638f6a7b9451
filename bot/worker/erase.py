"""Tombstones: what an erasure left outside the own database goes too, tried again until it is gone."""

import datetime as dt
from urllib.parse import quote

import httpx
from sqlalchemy import Engine, text

from bot.common.settings import settings
from bot.common.signing import engine_token
from bot.store.cases import outbox
from bot.store.privacy.privacy import erase_leftovers
from bot.worker.send import file_name, mail_folder

#: Seconds the engine may take to connect and to answer.
CONNECT_SECONDS, ENGINE_SECONDS = 2.0, 10.0
#: A turn that ran while its conversation was erased has ended after this, whatever it wrote.
EVERY_TURN_HAS_ENDED = dt.timedelta(minutes=2)


def bury(engine: Engine, entry: outbox.Entry) -> None:
    """Erase what a tombstone names; the tombstone goes last. Raises what keeps the engine or the disk from it."""
    conversation: str | None = entry.payload["conversation"]
    remove_files(entry.payload["files"])
    remove_mails(entry.payload["mails"])
    if conversation is not None:
        erase_leftovers(engine, conversation)
    shrink(engine)
    if conversation is not None:
        forget_tracker(conversation)
    if entry.payload["again"]:
        outbox.once_more(engine, entry.key, {**entry.payload, "again": False}, EVERY_TURN_HAS_ENDED)
    else:
        outbox.drop(engine, entry.key)
        shrink(engine)


def forget_tracker(conversation: str) -> None:
    """Make the engine forget a conversation. Raises httpx.HTTPError."""
    answer = httpx.delete(
        f"{settings().engine_base}/webhooks/smelt/conversations/{quote(conversation, safe='')}",
        headers={"Authorization": f"Bearer {engine_token()}"}, trust_env=False,
        timeout=httpx.Timeout(ENGINE_SECONDS, connect=CONNECT_SECONDS),
    )  # fmt: skip
    answer.raise_for_status()


def remove_files(ids: list[str]) -> None:
    """Customer files of these ids, if they are there."""
    for one in ids:
        (settings().data_dir / "uploads" / one).unlink(missing_ok=True)


def remove_mails(keys: list[str]) -> None:
    """Mails that were saved as files because there is no mail server."""
    for key in keys:
        for path in mail_folder().glob(f"{file_name(key)}*"):
            path.unlink(missing_ok=True)


def shrink(engine: Engine) -> None:
    """SQLite keeps old pages in its log until they are written over: have it emptied. PostgreSQL's autovacuum does it."""
    if engine.dialect.name == "sqlite":
        with engine.connect() as connection:
            connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
