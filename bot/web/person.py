"""A person can be reached while the engine is away: web itself takes a call-back and passes it to the sales desk."""

import asyncio
import datetime as dt
import functools
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from actions.production.contacts import contact
from bot.common.clock import utcnow
from bot.common.data_file import read_yaml
from bot.store.cases import Asker, add_contact, open_case
from bot.store.models import Conversation
from bot.store.records import Incoming, Pending, Reply
from bot.store.rows import note_told
from bot.store.talk.messages import note_contact
from bot.web.contact_reading import find_contact
from bot.web.outgoing import shown_text
from bot.web.parts import Parts
from bot.web.texts import reply_language, system

WORDS = Path(__file__).with_name("person_words.yml")
COMMAND = "/human"
#: Longer messages that mention a person are about something else.
SHORT = 90
ALONE = r"(?!\w)"
#: How long an answer to our question for an address is taken as one.
ASKED_MINUTES = 15


@dataclass(frozen=True)
class Said:
    """What web answers, and what it asks with it."""

    reply: Reply
    asked: dict[str, Any] | None = None


@functools.lru_cache(maxsize=1)
def _wishes() -> re.Pattern[str]:
    words: list[str] = read_yaml(WORDS)
    ends = (rf"{re.escape(word.strip('<>'))}{ALONE if word.startswith('<') else ''}" for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(ends)})")


def wants_person(text: str) -> bool:
    """Whether a message is the command for a person, or a short plain wish for one."""
    return text == COMMAND or (len(text) <= SHORT and _wishes().search(text.casefold()) is not None)


def hear_contact(conversation: Conversation, incoming: Incoming) -> None:
    """Keep what somebody who waits for a person, or talks to one, says of themselves. The conversation's row is locked."""
    if conversation.owner in ("waiting", "person") and not incoming.file:
        found = find_contact(incoming.text)
        if found.clear:
            note_told(conversation, found.told)


async def told_reach(parts: Parts, turn: Pending, *, alone: bool) -> Said | None:
    """The answer to our own question for an address, or an address told while a person is waited for.

    The assistant reads a wish back before it is a case. Web takes one ``alone``, while the engine is away, and the address
    for a case or a call that was asked for without it.
    """
    asked, waits = turn.asked or {}, turn.owner == "waiting" and turn.sender is None
    was_asked = asked.get("ask") == "contact" and (waits or asked.get("until", "") > utcnow().isoformat())
    if not was_asked and not waits:
        return None
    found = find_contact(turn.message.text)
    if not found.reach or not found.clear:
        return None
    language = reply_language(turn.language)
    await parts.db(note_contact, parts.own, turn.conversation, found.told)
    if not alone and not (asked.get("case") or asked.get("away")):
        return None
    if asked.get("form"):
        # The request in progress takes it too, and a case that waits for an address has it.
        if asked.get("case"):
            await parts.db(add_contact, parts.own, asked["case"], found.told.email, found.told.phone, None)
        return None
    if not was_asked:
        return Said(system(language, "utter_contact_noted", reach=found.reach))
    told, words = found.told, turn.message.text if found.more else None
    if asked.get("case"):
        case = await parts.db(add_contact, parts.own, asked["case"], told.email, told.phone, words)
        name = "utter_contact_added_with" if words else "utter_contact_added"
        return Said(system(language, name, reach=found.reach, case_no=case.case_no, words=_in_a_line(words)))
    asker = Asker(name=told.name, customer=told.company, email=told.email, phone=told.phone)
    return await _registered(parts, turn, asker, asked.get("wording"), words)


async def told_with_wish(parts: Parts, turn: Pending, language: str | None) -> Said | None:
    """The call-back of a wish for a person that tells itself where to call or write: all it says is in the case."""
    text = shown_text(turn.message) or ""
    told = find_contact(text).told
    if not (told.email or told.phone):
        return None
    await parts.db(note_contact, parts.own, turn.conversation, told)
    asker = Asker(name=told.name, customer=told.company, email=told.email, phone=told.phone)
    return await _registered(parts, replace(turn, language=language or turn.language), asker, None, text)


def asked_again(turn: Pending) -> Said | None:
    """Without the engine: something like an address, but none, to our question for one. An address waits for the request."""
    if not turn.asked or turn.asked.get("ask") != "contact" or not re.search(r"[@\d]", turn.message.text):
        return None
    found = find_contact(turn.message.text)
    if found.reach and found.clear:
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


def ask_contact(case_no: str | None = None, wording: str | None = None, *, away: bool = False) -> dict[str, Any]:
    """To be kept with the conversation: we asked for an address, for this case or for a call-back; ``away``: without the engine."""
    until = utcnow() + dt.timedelta(minutes=ASKED_MINUTES)
    return {"ask": "contact", "case": case_no, "wording": wording, "until": until.isoformat(), "away": away}


async def _registered(parts: Parts, turn: Pending, asker: Asker, wording: str | None, words: str | None) -> Said:
    """Open the call-back: what it was asked for with, and what was said beside the address (``words``)."""
    language = reply_language(turn.language)
    said = [each for each in (wording, words) if each] or [turn.message.title or turn.message.text]
    case = await parts.db(
        open_case, parts.own, request_id=f"callback:{turn.message.id}", kind="call_back",
        wording="\n".join(said), asker=asker, language=language, conversation=turn.conversation,
    )  # fmt: skip
    name = "utter_callback_registered_with" if words else "utter_callback_registered"
    reach = asker.email or asker.phone
    return Said(system(language, name, reach=reach, case_no=case.case_no, words=_in_a_line(words)))


def _in_a_line(words: str | None) -> str:
    return " ".join((words or "").split())
