"""A mail of a template. Texts are in data/mail; the first line of a template is the subject."""

import datetime as dt
import functools
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from babel import Locale
from babel.dates import format_datetime

from bot.common.addresses import for_servers
from bot.common.data_file import read_yaml
from bot.common.replies import foundry_name
from bot.common.settings import ROOT, settings

FOLDER = ROOT / "data" / "mail"
LANGUAGES = ROOT / "data" / "languages.yml"
#: Octets in a line of a mail, by RFC 5321 with its line end 1000.
LONGEST_LINE = 998
#: The language the foundry's own people read.
DESK_LANGUAGE = "nb"


class Gone(RuntimeError):
    """What a mail is about was erased before it was sent."""


class Nobody(RuntimeError):
    """There is nobody to send it to, or no reason to any more."""


@dataclass(frozen=True)
class Letter:
    """A mail and the name it is sent under: sent again under the same name it is the same mail."""

    key: str
    message: EmailMessage


def letter(
    key: str, to: str, at: dt.datetime, language: str, template: str, values: dict[str, Any],
    reply_to: str | None = None,
) -> Letter:  # fmt: skip
    """A template filled in. The key makes the Message-ID, ``at`` the date, so that a double is known as one.

    ``reply_to`` is the desk's mailbox unless the mail goes there.
    """
    text = environment().get_template(f"{language}/{template}.txt.j2").render({"foundry": foundry_name(), **values})
    subject, _, body = text.lstrip("\n").partition("\n")
    message = EmailMessage(policy=SMTP if to.partition("@")[0].isascii() else SMTPUTF8)
    # «=?» would begin a word in code, and what that holds is read as part of the header: line ends and all.
    message["Subject"] = " ".join(subject.replace("=?", "= ?").split())[:200]
    message["From"] = settings().mail_from
    message["To"] = for_servers(to)
    if answer_to := _answer_to(to, reply_to):
        message["Reply-To"] = answer_to
    message["Date"] = at
    message["Message-ID"] = f"<{key}@{settings().mail_from.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.strip() + "\n", cte=_encoding(body))
    return Letter(key, message)


def _answer_to(to: str, reply_to: str | None) -> str | None:
    """Where an answer goes. An address that only some servers know is left to the text: a header of it stops the mail."""
    ours = settings().mail_to
    if reply_to is None:
        return ours if to != ours else None
    written = for_servers(reply_to)
    return written if written.isascii() else None


def _encoding(body: str) -> str:
    """Plain where every server takes it as it stands, else quoted-printable, which keeps lines short."""
    plain = body.isascii() and all(len(line) <= LONGEST_LINE for line in body.splitlines())
    return "7bit" if plain else "quoted-printable"


def moment(at: dt.datetime, language: str, pattern: str = "d. MMMM y 'kl.' HH:mm") -> str:
    """A moment in the foundry's time zone, in the language's words."""
    locale = Locale.parse("en_GB" if language == "en" else language)
    return str(format_datetime(at, pattern, tzinfo=ZoneInfo(settings().time_zone), locale=locale))


def mail_language(*wishes: str | None) -> str:
    """The language to write in: the first one known, Norwegian when none is."""
    for wish in wishes:
        if wish:
            return _answered_in().get(wish.lower(), "en")
    return DESK_LANGUAGE


@functools.lru_cache(maxsize=1)
def environment() -> jinja2.Environment:
    """The templates. Plain text mails: nothing to escape, and `<` in an order text must stay `<`."""
    plain: dict[str, Any] = {"autoescape": False, "trim_blocks": True, "lstrip_blocks": True}
    return jinja2.Environment(loader=jinja2.FileSystemLoader(FOLDER), undefined=jinja2.StrictUndefined, **plain)  # noqa: S701


@functools.lru_cache(maxsize=1)
def _answered_in() -> dict[str, str]:
    known: dict[str, str] = read_yaml(LANGUAGES)
    return known
