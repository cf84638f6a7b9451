"""Mails about a chat: one-time codes, answers nobody saw, customers who wait, transcripts."""

import re
from typing import Any
from urllib.parse import quote

from babel import Locale
from sqlalchemy import Engine, select

from actions.production.contacts import Contact, contact, contact_by_pair
from bot.common.settings import settings
from bot.common.signing import sign_resume
from bot.store.cases import proof
from bot.store.cases.outbox import Entry
from bot.store.database import reading
from bot.store.models import Conversation, Message
from bot.store.rows import stored
from bot.store.talk.messages import transcript
from bot.worker.letter import DESK_LANGUAGE, Gone, Letter, Nobody, letter, mail_language
from bot.worker.lines import lines

#: A receiving server that refuses these refuses a customer's address.
TO_CUSTOMER = ("code", "answer", "transcript")
LAST_LINES, WHOLE = 12, 2000
_LINK = re.compile(r"(?:\b[a-z][a-z0-9+.-]{0,15}://|www\.)\S+", re.IGNORECASE)
#: What mail programs make a link of although it does not look like one; «f.eks.» is none.
_DOMAIN = re.compile(
    r"(?<![\w-])(?!f\.eks\b)(?:[\w-]{1,63}\.){1,10}[^\W\d_]{2,24}(?![\w-])(?:[:/?#]\S*)?", re.IGNORECASE
)
CUT = "[…]"


def code(engine: Engine, production: Engine | None, entry: Entry) -> Letter:
    """The mail with the code of a wish. Raises Nobody, after the same work, when number and address do not fit.

    Every attempt makes another code, as only its hash is kept: hence another mail.
    """
    wanted = proof.wanted(engine, entry.payload["proof"])
    if wanted is None:
        raise Nobody(entry.key)
    register = _register(production)
    if wanted.contact_id:
        found = contact(register, wanted.contact_id)
    else:
        found = contact_by_pair(register, wanted.reference, wanted.email)
    digits = proof.make_code(engine, entry.payload["proof"], found.contact_id if found else None)
    if found is None:
        raise Nobody(entry.key)
    values = {"name": found.name, "code": f"{digits[:3]} {digits[3:]}", "minutes": proof.CODE_MINUTES}
    language = mail_language(entry.payload["language"], found.language)
    return letter(f"{entry.key}-{entry.attempts}", found.email, entry.created_at, language, "code", values)


def about(engine: Engine, production: Engine | None, entry: Entry) -> Letter:
    """A mail about a conversation. Raises Gone when it was erased, Nobody when there is nobody to mail to."""
    with reading(engine) as session:
        row = session.get(Conversation, entry.payload["conversation"])
    if row is None:
        raise Gone(entry.key)
    return {"answer": _answer, "waiting": _waiting, "transcript": _transcript}[entry.payload["template"]](
        engine, production, entry, row
    )


def _answer(engine: Engine, production: Engine | None, entry: Entry, row: Conversation) -> Letter:
    """What staff wrote, for an address that is proven; for any other only that there is something, and a code."""
    if row.seen_seq >= entry.payload["upto"]:
        raise Nobody(entry.key)
    found = _contact(production, row)
    if found is not None:
        link = f"{settings().public_base}/#resume={sign_resume(row.id, found.contact_id, found.email)}"
        said = _by_staff(engine, row.id, entry.payload["after"], entry.payload["upto"])
        proven: dict[str, Any] = {"name": found.name, "lines": said, "link": link}
        return letter(
            entry.key, found.email, entry.created_at, mail_language(row.language, found.language), "answer", proven
        )
    if row.contact_id is not None or not row.reach or "@" not in row.reach:
        raise Nobody(entry.key)
    digits = proof.make_resume_code(engine, row.id, row.reach)
    spaced, page = f"{digits[:4]} {digits[4:]}", f"{settings().public_base}/#resume="
    values: dict[str, Any] = {"code": spaced, "hours": proof.RESUME_HOURS, "link": page}
    key = f"{entry.key}-{entry.attempts}"
    return letter(key, row.reach, entry.created_at, mail_language(row.language), "answer_code", values)


def _waiting(engine: Engine, production: Engine | None, entry: Entry, row: Conversation) -> Letter:
    """To the desk: somebody waits."""
    found = _contact(production, row)
    locale = Locale.parse(DESK_LANGUAGE)
    values = {
        "reason": entry.payload.get("reason") or "other",
        "who": f"{found.name}, {found.customer_name}" if found else None,
        "proved": row.proved, "reach": row.reach, "language_name": locale.languages.get(row.language or "nb", ""),
        "lines": lines(transcript(engine, row.id, LAST_LINES), DESK_LANGUAGE),
        "link": f"{settings().public_base}/desk#/conversations/{quote(row.id)}", "conversation": row.id,
    }  # fmt: skip
    return letter(entry.key, settings().mail_to, entry.created_at, DESK_LANGUAGE, "waiting", values)


def _transcript(engine: Engine, production: Engine | None, entry: Entry, row: Conversation) -> Letter:
    """The whole conversation, to the contact or to the address a stranger typed."""
    found = _contact(production, row)
    # A contact's conversation goes to the address on record or nowhere, also when the contact has left.
    to = found.email if found else None if row.contact_id else entry.payload.get("to")
    if not to:
        raise Nobody(entry.key)
    language = mail_language(row.language, found.language if found else None)
    pattern = "d. MMMM 'kl.' HH:mm" if language == "nb" else "d MMMM, HH:mm"
    said = lines(transcript(engine, row.id, WHOLE), language, pattern)
    if found is None:  # nobody proved that address: no link of a stranger's is mailed to it
        said = [one | {"text": _without_links(one)} for one in said]
    values = {"name": found.name if found else None, "lines": said, "proved": found is not None}
    return letter(entry.key, to, entry.created_at, language, "transcript", values)


def _without_links(said: dict[str, Any]) -> str:
    """The text of a line without links; what the customer wrote also without names that mail programs make links of."""
    text = _LINK.sub(CUT, said["text"])
    return _DOMAIN.sub(CUT, text) if said["author"] == "customer" else text


def _contact(production: Engine | None, row: Conversation) -> Contact | None:
    """The active contact of a conversation."""
    return contact(_register(production), row.contact_id) if row.contact_id else None


def _register(production: Engine | None) -> Engine:
    if production is None:
        raise RuntimeError("no register of contacts")
    return production


def _by_staff(engine: Engine, conversation: str, after: int, upto: int) -> list[dict[str, Any]]:
    with reading(engine) as session:
        rows = session.scalars(
            select(Message)
            .where(Message.conversation_id == conversation, Message.author == "person")
            .where(Message.seq > after, Message.seq <= upto, Message.mailed.is_(False))
            .order_by(Message.seq)
        ).all()
        return lines([stored(row) for row in rows], DESK_LANGUAGE)
