"""A case as a mail. Texts are in data/mail; the first line of a template is the subject."""

import datetime as dt
from typing import Any

from babel import Locale
from sqlalchemy import Engine

from bot.common.formats import Formats
from bot.common.replies import ReplyError, replies
from bot.common.settings import settings
from bot.store.cases.deadline import local_text
from bot.store.cases.models import Case, CaseEvent
from bot.store.cases.outbox import Entry
from bot.store.cases.wording import told
from bot.store.database import reading
from bot.store.talk.messages import transcript
from bot.worker.letter import DESK_LANGUAGE, Gone, Letter, letter, mail_language, moment
from bot.worker.lines import lines

#: What became of a wish on its way to the production side; the chat says the same.
OF_INTAKE = ("not_registered", "hold_lost")
TO_CUSTOMER = ("receipt", "decision", *OF_INTAKE)
TRANSCRIPT_MESSAGES = 30


def render(engine: Engine, entry: Entry) -> Letter:
    """The mail of an outbox entry. Raises Gone.

    The same entry gives the same Message-ID and date, so that a receiving server can drop one that came twice.
    """
    with reading(engine) as session:
        case = session.get(Case, entry.payload["case_no"])
        event = session.get(CaseEvent, entry.payload["event"]) if "event" in entry.payload else None
    if case is None:
        raise Gone(entry.key)
    template = entry.payload["template"]
    to_customer = template in TO_CUSTOMER
    language = mail_language(case.language) if to_customer else DESK_LANGUAGE
    values = _values(case, language) | ({} if to_customer else _for_the_desk(engine, case))
    if event is not None:
        values |= {
            "told": told(case, event, language, entry.payload["corrected"], by_mail=True),
            "staff_name": event.staff_name,
        }
    values["reason"] = entry.payload.get("reason")
    if template in OF_INTAKE:
        told_of = {"case_no": case.case_no, "kind": f"case.{case.kind}"}
        values["intake_told"] = replies().render(language, f"utter_intake_{template}", told_of)
    to, answer_to = (case.email or "", None) if to_customer else (settings().mail_to, case.email)
    return letter(entry.key, to, _at(entry, case, event), language, template, values, answer_to)


def _at(entry: Entry, case: Case, event: CaseEvent | None) -> dt.datetime:
    """The moment the mail is of: the same one however often it is made."""
    if "at" in entry.payload:
        return dt.datetime.fromisoformat(entry.payload["at"])
    return event.at if event else case.received_at


def _values(case: Case, language: str) -> dict[str, Any]:
    kind = replies().terms[language][f"case.{case.kind}"]
    formats = Formats(language, replies().terms[language])
    return {
        "case": case, "kind": kind, "kind_title": kind[0].upper() + kind[1:],
        "answer_by": formats.moment(local_text(case.answer_by)) if case.answer_by else None,
    }  # fmt: skip


def _for_the_desk(engine: Engine, case: Case) -> dict[str, Any]:
    locale = Locale.parse(DESK_LANGUAGE)
    said = transcript(engine, case.conversation_id, TRANSCRIPT_MESSAGES) if case.conversation_id else []
    return {
        "who": " ".join(case.customer.split()) if case.customer else case.name and " ".join(case.name.split()),
        "received": moment(case.received_at, DESK_LANGUAGE),
        "language_name": locale.languages.get(case.language, case.language),
        "translated": _in_norwegian(case),
        "fields": _fields(case.fields),
        "lines": lines(said, DESK_LANGUAGE),
    }


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
