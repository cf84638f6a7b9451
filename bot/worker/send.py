"""Handing a mail over: to an SMTP server, or to a file on a laptop."""

import os
import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from urllib.parse import unquote, urlsplit

from bot.common.settings import settings

#: Seconds the mail server may take for one answer; a whole delivery stays below the outbox's lease.
SMTP_SECONDS = 10

Send = Callable[[str, EmailMessage], None]


class Refused(RuntimeError):
    """The receiving server will never take this mail (an address that does not exist)."""


def sender() -> Send:
    """How this installation sends: SMTP when it is set, else files."""
    return send_smtp if settings().smtp_url is not None else save_file


def save_file(key: str, message: EmailMessage) -> None:
    """Write ``<data dir>/mail/<key>.eml``, whole or not at all; a second time it is there already."""
    path = mail_folder() / f"{file_name(key)}.eml"
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(".part")  # what a killed worker left is written over by the next one
    with draft.open("wb") as file:
        file.write(message.as_bytes())
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)


def send_smtp(key: str, message: EmailMessage) -> None:
    """Send through ``smtp://`` (STARTTLS when offered; required with a password) or ``smtps://``. Raises Refused, OSError."""
    configured = settings().smtp_url
    assert configured is not None
    server = urlsplit(configured.get_secret_value())
    try:
        with _connect(server.scheme, server.hostname or "localhost", server.port) as smtp:
            if server.scheme != "smtps":
                smtp.ehlo()
                if smtp.has_extn("starttls"):
                    smtp.starttls(context=ssl.create_default_context())
                elif server.username:
                    raise smtplib.SMTPException("no STARTTLS: a password is not sent in the clear")
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.send_message(message)
    except smtplib.SMTPRecipientsRefused as error:
        if all(500 <= code < 600 for code, _ in error.recipients.values()):
            raise Refused(key) from error
        raise
    except smtplib.SMTPNotSupportedError as error:
        # A local part beyond ASCII, and a server that passes none on: no later try changes that.
        if not str(message["To"]).isascii():
            raise Refused(key) from error
        raise


def mail_folder() -> Path:
    """Where mails land without a mail server."""
    return settings().mail_folder


def _connect(scheme: str, host: str, port: int | None) -> smtplib.SMTP:
    if scheme == "smtps":
        return smtplib.SMTP_SSL(host, port or 465, timeout=SMTP_SECONDS, context=ssl.create_default_context())
    return smtplib.SMTP(host, port or 25, timeout=SMTP_SECONDS)


def file_name(key: str) -> str:
    """A key as part of a file's name."""
    return "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in key)
