"""Proving who one is by mail, as plain chat: ``/identify``, number and address, then the six digits.

Web answers these messages itself, in the transaction that stores them: whoever answers the conversation, and also when
the engine is away. So a code is never stored, and it is tried in the process that holds the customer's socket.
"""

import asyncio
import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from actions.production.contacts import contact
from bot.cases import proof as rules
from bot.common.clock import utcnow
from bot.conversations.models import Conversation
from bot.conversations.records import Accepted, Aside, Incoming, Reply
from bot.web.identity import Visitor, proven_by_mail
from bot.web.person import ASKED_MINUTES
from bot.web.proof_reading import Pair, find_code, find_pair, is_stop
from bot.web.texts import reply_language, system

COMMAND, AGAIN, STOP = "/identify", "/identify_again", "/identify_stop"
COMMANDS = (COMMAND, AGAIN, STOP)
#: How long the next message is read as an answer to our question.
OPEN_MINUTES = 30
#: What the transcript shows instead of a code.
MASK = "••••••"
LOOK_SECONDS = 2.0
_STOP = {"reply": "utter_choice_proof_stop", "payload": STOP}
_AGAIN = {"reply": "utter_choice_proof_again", "payload": AGAIN}
_RESTART = {"reply": "utter_choice_proof_restart", "payload": COMMAND}
_HUMAN = {"reply": "utter_choice_human", "payload": "/human"}


@dataclass(frozen=True)
class Proving:
    """Answers a socket's messages that belong to the proof. ``visitor``: whom the socket belongs to already."""

    address: str
    language: str | None
    visitor: Visitor | None

    def __call__(self, session: Session, conversation: Conversation, incoming: Incoming) -> Aside | None:
        """What to say to a message, None for one that is about something else. The conversation's row is locked."""
        step = _Step(self, session, conversation)
        text = incoming.text.strip()
        if text in COMMANDS:
            return step.command(text)
        state = step.state
        if not state or text.startswith("/"):
            return None
        if is_stop(text):
            return step.stop()
        if state["step"] == "code" and (code := find_code(text)):
            return step.code(code)
        return step.pair(find_pair(text))


@dataclass(frozen=True)
class _Step:
    """One message of the flow, within the transaction that stores it."""

    who: Proving
    session: Session
    conversation: Conversation

    @property
    def state(self) -> dict[str, Any]:
        """Where the flow stands; empty when it is not open."""
        state = self.conversation.proving or {}
        return state if state.get("until", "") > utcnow().isoformat() else {}

    def command(self, text: str) -> Aside:
        """The customer pressed a button, or sent the command itself."""
        if text == STOP:
            return self.stop()
        if self.who.visitor and self.who.visitor.proven:
            return self._say("utter_proof_known", who=self.who.visitor.name, company=self.who.visitor.customer)
        state = self.state
        if text == AGAIN and state.get("reference") and state.get("email"):
            return self._ask_for_code(state["reference"], state["email"])
        self._keep("pair")
        return self._say("utter_proof_ask", _STOP)

    def stop(self) -> Aside:
        """The customer calls it off."""
        self.conversation.proving = None
        return self._say("utter_proof_stopped")

    def pair(self, found: Pair) -> Aside | None:
        """Number and address, or one of them; a new pair while a code is awaited starts again."""
        state, waits_for_code = self.state, self.state["step"] == "code"
        only_part = not (found.reference and found.email)
        if not (found.reference or found.email):
            return None
        # Somebody else asked for an address or a number since: the answer is theirs.
        if only_part and self._asked_since():
            return None
        # A number or an address in a sentence about something else is no answer; the address alone may be introduced.
        if only_part and not found.alone and (waits_for_code or found.reference):
            return None
        reference, email = found.reference or state.get("reference"), found.email or state.get("email")
        if reference and email:
            return self._ask_for_code(reference, email)
        self._keep("pair", reference, email)
        return self._say("utter_proof_ask_email" if reference else "utter_proof_ask_reference", _STOP)

    def code(self, code: str) -> Aside:
        """Six digits."""
        entered = rules.enter_in(self.session, self.conversation.id, code)
        if entered.outcome == "right":
            self.conversation.proving = None
            return Aside(None, MASK, entered.contact_id)
        if entered.outcome == "wrong":
            return replace(self._say("utter_proof_wrong", _AGAIN, _STOP), stored_as=MASK)
        return replace(self._say("utter_proof_locked", _AGAIN, _HUMAN, _STOP), stored_as=MASK)

    def _asked_since(self) -> bool:
        """Whether the customer was asked where to be reached after our own question."""
        asked = (self.conversation.asked or {}).get("until")
        if not asked:
            return False
        ours = dt.datetime.fromisoformat(self.state["until"]) - dt.timedelta(minutes=OPEN_MINUTES)
        return dt.datetime.fromisoformat(asked) - dt.timedelta(minutes=ASKED_MINUTES) > ours

    def _ask_for_code(self, reference: str, email: str) -> Aside:
        client = self.who.address
        if not rules.ask_in(self.session, self.conversation.id, reference, email, client, self._language):
            return self._say("utter_proof_too_many", _HUMAN, _STOP)
        self._keep("code", reference, email)
        return self._say("utter_proof_sent", _AGAIN, _STOP)

    def _keep(self, step: str, reference: str | None = None, email: str | None = None) -> None:
        until = (utcnow() + dt.timedelta(minutes=OPEN_MINUTES)).isoformat()
        self.conversation.proving = {"step": step, "reference": reference, "email": email, "until": until}

    def _say(self, name: str, *choices: dict[str, Any], **values: Any) -> Aside:
        return Aside(system(self._language, name, *choices, **values))

    @property
    def _language(self) -> str:
        return reply_language(self.conversation.language, self.who.language)


def proved_again(own: Engine, accepted: Accepted, text: str) -> Accepted:
    """A right code that comes again because its answer got lost proves again; anything else stays as it is."""
    code = find_code(text)
    if not accepted.duplicate or accepted.message.text != MASK or code is None:
        return accepted
    return replace(accepted, proved=rules.entered_lately(own, accepted.message.conversation, code))


async def look_up(production: Engine, contact_id: str) -> tuple[str, Visitor] | None:
    """The sign-in token and the visitor that a right code makes; None when the contact is gone or cannot be read now."""
    try:
        found = await asyncio.wait_for(asyncio.to_thread(contact, production, contact_id), LOOK_SECONDS)
    except (SQLAlchemyError, TimeoutError):
        return None
    return proven_by_mail(found) if found else None


def identity(token: str, visitor: Visitor) -> dict[str, Any]:
    """What the browser is told of a proof: the token to connect with from now on."""
    until = dt.datetime.fromtimestamp(visitor.until, dt.UTC).isoformat()
    return {"token": token, "name": visitor.name, "company": visitor.customer, "until": until}


def thanks(language: str, visitor: Visitor) -> Reply:
    """Said when the code was right."""
    return system(language, "utter_proof_done", who=visitor.name, company=visitor.customer)


def unavailable(language: str) -> Reply:
    """The code was right, but whom it proves cannot be looked up."""
    return system(language, "utter_proof_unavailable", _RESTART, _HUMAN)
