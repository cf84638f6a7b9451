"""A case as a mail. Texts are in data/mail; the first line of a template is the subject."""

import datetime as dt
import functools
from email.message import EmailMessage
from email.policy import SMTP
from typing import Any
from zoneinfo import ZoneInfo

import jinja2
from babel import Locale
from babel.dates import format_datetime
from sqlalchemy import Engine

from bot.cases.deadline import local_text
from bot.cases.models import Case, CaseEvent
from bot.cases.outbox import Entry
from bot.cases.wording import told
from bot.common.formats import Formats
from bot.common.replies import ReplyError, foundry_name, replies
from bot.common.settings import ROOT, settings
from bot.conversations.database import reading
from bot.conversations.messages import transcript

FOLDER = ROOT / "data" / "mail"
#: The language the foundry's own people read.
DESK_LANGUAGE = "nb"
TO_CUSTOMER = ("receipt", "decision")
TRANSCRIPT_MESSAGES = 30


class CaseGone(RuntimeError):
    """The case of a mail was erased before the mail was sent."""


def render(engine: Engine, entry: Entry) -> EmailMessage:
    """The mail of an outbox entry. Raises CaseGone.

    The same entry gives the same Message-ID and date, so that a receiving server can drop one that came twice.
    """
    with reading(engine) as session:
        case = session.get(Case, entry.payload["case_no"])
        event = session.get(CaseEvent, entry.payload["event"]) if "event" in entry.payload else None
    if case is None:
        raise CaseGone(entry.key)
    template = entry.payload["template"]
    to_customer = template in TO_CUSTOMER
    language = _reply_language(case.language) if to_customer else DESK_LANGUAGE
    values = _values(case, language) | ({} if to_customer else _for_the_desk(engine, case))
    if event is not None:
        values |= {
            "told": told(case, event, language, entry.payload["corrected"], by_mail=True),
            "staff_name": event.staff_name,
        }
    subject, _, body = _environment().get_template(f"{language}/{template}.txt.j2").render(values).partition("\n")
    to = (case.email or "") if to_customer else settings().mail_to
    message = _message(entry.key, case, to, event.at if event else case.received_at, subject, body)
    if template == "decision":
        message["Reply-To"] = settings().mail_to
    return message


def _message(key: str, case: Case, to: str, at: dt.datetime, subject: str, body: str) -> EmailMessage:
    domain = settings().mail_from.rpartition("@")[2]
    message = EmailMessage(policy=SMTP)
    message["Subject"] = " ".join(subject.split())[:200]
    message["From"] = settings().mail_from
    message["To"] = to
    if to == settings().mail_to and case.email:
        message["Reply-To"] = case.email
    message["Date"] = at
    message["Message-ID"] = f"<{key}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(body.strip() + "\n", cte="8bit" if body.isascii() else "quoted-printable")
    return message


def _values(case: Case, language: str) -> dict[str, Any]:
    kind = replies().terms[language][f"case.{case.kind}"]
    formats = Formats(language, replies().terms[language])
    return {
        "case": case, "kind": kind, "kind_title": kind[0].upper() + kind[1:], "foundry": foundry_name(),
        "answer_by": formats.moment(local_text(case.answer_by)) if case.answer_by else None,
    }  # fmt: skip


def _for_the_desk(engine: Engine, case: Case) -> dict[str, Any]:
    locale = Locale.parse(DESK_LANGUAGE)
    lines = transcript(engine, case.conversation_id, TRANSCRIPT_MESSAGES) if case.conversation_id else []
    return {
        "who": " ".join(case.customer.split()) if case.customer else case.name and " ".join(case.name.split()),
        "received": _moment(case.received_at, locale),
        "language_name": locale.languages.get(case.language, case.language),
        "translated": _in_norwegian(case),
        "fields": _fields(case.fields),
        "transcript": [
            {
                "at": _moment(line.at, locale, "HH:mm"),
                "who": _speaker(line.author, line.name),
                "text": line.title or line.text,
            }
            for line in lines
        ],
    }


def _speaker(author: str, name: str | None) -> str:
    return {"customer": "Kunden", "assistant": "Assistenten", "system": "Assistenten"}.get(author, name or "Salg")


def _moment(at: dt.datetime, locale: Locale, pattern: str = "d. MMMM y 'kl.' HH:mm") -> str:
    return str(format_datetime(at, pattern, tzinfo=ZoneInfo(settings().time_zone), locale=locale))


def _in_norwegian(case: Case) -> str:
    """The confirmed answers once more in the desk's language, when the customer read them in another."""
    parts = [value for value in case.fields.values() if isinstance(value, dict) and value.get("reply")]
    if case.language == DESK_LANGUAGE or not parts:
        return ""
    try:
        return replies().compose(DESK_LANGUAGE, parts)
    except (ReplyError, KeyError):  # an old case and a text that is gone: the original wording stands above
        return ""


def _fields(fields: dict[str, Any]) -> list[tuple[str, str]]:
    """Facts that are not part of the wording: values without a text of their own."""
    plain = {name: value for name, value in fields.items() if not (isinstance(value, dict) and "reply" in value)}
    terms = replies().terms[DESK_LANGUAGE]
    return [
        (terms.get(f"question.{name}", name), ", ".join(map(str, value)) if isinstance(value, list) else str(value))
        for name, value in plain.items()
        if value not in (None, "", [])
    ]


def _reply_language(language: str) -> str:
    """The customer's language when we write it, else English."""
    return language if (FOLDER / language).is_dir() else "en"


@functools.lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(FOLDER)
    # Plain text mails: nothing to escape, and `<` in an order text must stay `<`.
    plain: dict[str, Any] = {"autoescape": False, "trim_blocks": True, "lstrip_blocks": True}
    return jinja2.Environment(loader=loader, undefined=jinja2.StrictUndefined, **plain)  # noqa: S701
