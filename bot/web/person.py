"""A person can be reached while the engine is away: web itself takes a call-back and passes it to the sales desk."""

import asyncio
import datetime as dt
import functools
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.production.contacts import contact
from bot.cases import Asker, add_contact, open_case
from bot.cases.cases import EMAIL
from bot.common.clock import utcnow
from bot.conversations.messages import note_reach
from bot.conversations.records import Pending, Reply
from bot.web.parts import Parts
from bot.web.texts import reply_language, system

WORDS = Path(__file__).with_name("person_words.yml")
COMMAND = "/human"
#: Longer messages that mention a person are about something else.
SHORT = 90
ALONE = r"(?!\w)"
#: How long an answer to our question for an address is taken as one.
ASKED_MINUTES = 15
PHONE = re.compile(r"(?<![\w-])\+?\d(?:[ ()./-]{0,2}\d){7,14}(?![\w-])")


@dataclass(frozen=True)
class Said:
    """What web answers, and what it asks with it."""

    reply: Reply
    asked: dict[str, Any] | None = None


@functools.lru_cache(maxsize=1)
def _wishes() -> re.Pattern[str]:
    words: list[str] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    ends = (rf"{re.escape(word.strip('<>'))}{ALONE if word.startswith('<') else ''}" for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ends)})")


def wants_person(text: str) -> bool:
    """Whether a message is the command for a person, or a short plain wish for one."""
    return text == COMMAND or (len(text) <= SHORT and _wishes().search(text.casefold()) is not None)


def find_reach(text: str) -> tuple[str | None, str | None]:
    """E-mail address and phone number in a message."""
    address, number = EMAIL.search(text), PHONE.search(text)
    return (address[0] if address else None), (number[0] if number and not address else None)


async def told_reach(parts: Parts, turn: Pending) -> Said | None:
    """The answer to our own question for an address, if this message is one."""
    asked = turn.asked or {}
    if asked.get("ask") != "contact" or asked.get("until", "") < utcnow().isoformat():
        return None
    email, phone = find_reach(turn.message.text)
    if not email and not phone:
        return None
    language = reply_language(turn.language)
    await parts.db(note_reach, parts.own, turn.conversation, email or phone)
    if asked.get("form"):
        return None
    if asked.get("case"):
        case = await parts.db(add_contact, parts.own, asked["case"], email, phone)
        return Said(system(language, "utter_contact_added", reach=email or phone, case_no=case.case_no))
    return await _registered(parts, turn, Asker(email=email, phone=phone), asked.get("wording"))


def asked_again(turn: Pending) -> Said | None:
    """Without the engine: something like an address, but none, to our question for one."""
    if not turn.asked or turn.asked.get("ask") != "contact" or not re.search(r"[@\d]", turn.message.text):
        return None
    return Said(system(reply_language(turn.language), "utter_callback_ask_again"), turn.asked)


async def who(production: Engine, turn: Pending) -> Asker | None:
    """The proven contact of a turn with address and number; ids alone when the production database is away."""
    if turn.sender is None:
        return None
    ids = {
        "contact_id": turn.sender.contact_id, "customer_id": turn.sender.customer_id, "proved": turn.sender.proved
    }  # fmt: skip
    try:
        known = await asyncio.to_thread(contact, production, turn.sender.contact_id)
    except SQLAlchemyError:
        known = None
    if known is None:
        return Asker(**ids)
    return Asker(name=known.name, email=known.email, phone=known.phone, customer=known.customer_name, **ids)


def ask_contact(case_no: str | None = None, wording: str | None = None) -> dict[str, Any]:
    """To be kept with the conversation: we asked for an address, for this case or for a call-back."""
    until = utcnow() + dt.timedelta(minutes=ASKED_MINUTES)
    return {"ask": "contact", "case": case_no, "wording": wording, "until": until.isoformat()}


async def _registered(parts: Parts, turn: Pending, asker: Asker, wording: str | None) -> Said:
    language = reply_language(turn.language)
    case = await parts.db(
        open_case, parts.own, request_id=f"callback:{turn.message.id}", kind="call_back",
        wording=wording or turn.message.title or turn.message.text, asker=asker, language=language,
        conversation=turn.conversation,
    )  # fmt: skip
    reach = asker.email or asker.phone
    return Said(system(language, "utter_callback_registered", reach=reach, case_no=case.case_no))
