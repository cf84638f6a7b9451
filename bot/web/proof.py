"""Proving who one is by mail, as plain chat: number and address, then the six digits, by a button or typed freely.

How far a customer came stands in ``Conversation.proving``: ``{"step", "reference", "email", "said", "until", "client", "ready", "instead", "told"}``.
``step`` is ``heard`` (said something of it, unasked), ``may`` (the assistant has said that it must know who asks),
``pair`` (number and address are awaited), ``code``, ``without`` (the code cannot be got: none is sent unless it is asked
for), or ``done`` (the assistant is about to go on). ``said`` is what was
said beside them: the assistant answers it after the proof. ``instead``: numbers that were called wrong, each with the right one. ``told``: the addresses, the latest
last. ``ready``: number or address were told since it is known that
they are wanted, in a message that the assistant answers.

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

from actions.production.contacts import ORDER_PREFIX, contact
from bot.common.clock import utcnow
from bot.store.cases import proof as rules
from bot.store.models import Conversation
from bot.store.records import Accepted, Aside, Incoming, Reply
from bot.store.talk.messages import Invite
from bot.web.identity import Visitor, proven_by_mail
from bot.web.person import ASKED_MINUTES, wants_person
from bot.web.proof_reading import (
    SHORT,
    Code,
    Pair,
    asks_again,
    asks_which_code,
    calls_address_wrong,
    cannot,
    corrected_domain,
    corrected_ending,
    corrects,
    find_code,
    find_pair,
    has_phone,
    is_stop,
    lacks_number,
    looks_ours,
    names_other_address,
    resists,
    tries,
    wants_code,
    wants_proof,
)
from bot.web.texts import reply_language, system

COMMAND, AGAIN, STOP = "/identify", "/identify_again", "/identify_stop"
COMMANDS = (COMMAND, AGAIN, STOP)
#: How long the next message is read as an answer to our question.
OPEN_MINUTES = 30
#: What the transcript shows instead of a code.
MASK = "••••••"
LOOK_SECONDS = 2.0
#: Steps in which web waits for an answer.
ANSWERED = ("pair", "code")
#: Steps behind which a code was tried for what was told: whoever begins anew has told something wrong.
TRIED = ("code", "without")
#: Steps in which number and address are only noted.
UNASKED = ("heard", "may")
#: Questions of a request that an address answers, and those that the number of an order never answers.
CONTACT = ("name", "email", "reach")
WITHOUT_ORDER = ("quotation", *CONTACT)
LONGEST_SAID = 1000
#: In a longer message, as an enquiry with its signature, an address is not told to prove something. Words.
SHORT_SAID = 30
#: An address with no more words beside it, told right after the proof was spoken of, is told for it. Words.
FEW_SAID = 10
#: Questions that a number of the customer's own is the answer to.
OF_NUMBERS = ("order", "quotation")
#: So many addresses are remembered.
MOST_TOLD = 3
#: Requests that anybody may make: nothing in them needs a proof.
OF_ANYBODY = ("complaint", "call_back", "quote_request")
#: Numbers of orders of the same time begin with so many figures alike.
ALIKE = 2
_GO_ON = {"reply": "utter_choice_resume", "payload": "/resume"}
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
        if wants_proof(text) and not incoming.file:
            return step.command(COMMAND)
        if text.startswith("/") or incoming.file or (self.visitor and self.visitor.proven):
            return None
        return step.answered(text) if step.state.get("step") in ANSWERED else step.heard(text)


@dataclass(frozen=True)
class _Step:
    """One message of the flow, within the transaction that stores it."""

    who: Proving
    session: Session
    conversation: Conversation

    @property
    def state(self) -> dict[str, Any]:
        """Where the flow stands; empty when it is not open."""
        return _state(self.conversation)

    def command(self, text: str) -> Aside:
        """The customer pressed a button, or sent the command itself."""
        if text == STOP:
            return self.stop()
        if self.who.visitor and self.who.visitor.proven:
            return self._say("utter_proof_known", who=self.who.visitor.name, company=self.who.visitor.customer)
        if text == AGAIN and self._both:
            return self._ask_for_code()
        # What was told unasked, or half of it, is taken now; whoever begins anew after a code has told something wrong.
        half = self.state.get("step") == "pair" and not self._both
        told = self.state if self.state.get("step") in UNASKED or half else {}
        return self._take(Pair(told.get("reference"), told.get("email"), alone=True), anew=True)

    def stop(self) -> Aside:
        """The customer calls it off."""
        self.conversation.proving = None
        return self._say("utter_proof_stopped")

    def answered(self, text: str) -> Aside | None:
        """A message while number and address, or a code, are awaited."""
        if is_stop(text):
            return self.stop()
        if self.state["step"] == "code" and (code := find_code(text)) and not self._another_order(code):
            return self.code(code)
        if cannot(text):
            return self.without(text)
        pair = find_pair(text)
        if self._lacks_number(text, pair):
            return self._say("utter_proof_no_number", _HUMAN, _STOP)
        if (asks_again(text) or wants_code(text)) and not pair.email:
            return self._ask_for_code(again=True) if self._both else self._nothing_sent()
        if asks_which_code(text) and not pair.email:
            return self._which_code()
        if self._resists(text):
            return self._why()
        found, other = self._corrected(text), names_other_address(text)
        wrong = other or calls_address_wrong(text)
        if wrong and not found.email and self.state.get("email"):
            told = [each for each in self.state.get("told") or () if each != self.state["email"]]
            if other and told:
                return self._take(Pair(None, told[-1], alone=True))
            _keep(self.conversation, "pair", self.state.get("reference"), said=self.state.get("said"))
            return self._say("utter_proof_ask_email" if self.state["reference"] else "utter_proof_ask_reference", _STOP)
        return self.pair(replace(found, alone=True) if wrong else found)

    def _lacks_number(self, text: str, found: Pair) -> bool:
        """Whether the number that is wanted is not at hand, and nothing else is told for the proof."""
        told = found.email or found.sure or self.state.get("reference") or self._question
        return not told and not wants_person(text) and lacks_number(text)

    def _another_order(self, code: Code) -> bool:
        """Whether five figures alone are the number of another order, and no code mistyped."""
        figures = str(self.state.get("reference") or "").removeprefix(ORDER_PREFIX)
        return looks_ours(code.digits) and len(code.digits) == len(figures) and code.digits[:ALIKE] == figures[:ALIKE]

    def without(self, text: str) -> Aside | None:
        """The mail cannot be read: what goes without it is said once, by the assistant's answer where more is told."""
        state = self.state
        more = find_pair(text).email or has_phone(text) or wants_person(text)
        _keep(
            self.conversation,
            "without",
            state.get("reference"),
            state.get("email"),
            state.get("said"),
            ready=bool(more),
        )
        if more:
            return None
        return self._say("utter_proof_without", *((_GO_ON,) if self._question else ()), _RESTART, _HUMAN)

    def _corrected(self, text: str) -> Pair:
        """Number and address in a message; told anew as a correction while a code is awaited, they are all of it."""
        found, state = find_pair(text), self.state
        if ending := corrected_ending(text, state.get("reference")):
            found = replace(found, reference=ending, sure=True, alone=True)
        if wants_code(text) and found.email:
            return replace(found, alone=True)
        if state["step"] != "code" or not state.get("email") or not (corrects(text) or self._tries(text, found)):
            return found
        if not found.email and (domain := corrected_domain(text, state["email"])):
            return replace(found, email=domain, reference=None, alone=True)
        other = found.email not in (None, state["email"]) or (found.sure and found.reference != state["reference"])
        return replace(found, alone=True) if other else found

    def _tries(self, text: str, found: Pair) -> bool:
        """Whether another address is proposed for the proof, and not told to a question of the request."""
        return found.email is not None and self._question not in CONTACT and tries(text)

    def pair(self, found: Pair) -> Aside | None:
        """Number and address, or one of them; a new pair while a code is awaited starts again."""
        waits_for_code = self.state["step"] == "code"
        only_part = not (found.reference and found.email)
        if not (found.reference or found.email):
            return None
        # Somebody else asked for an address or a number since: the answer is theirs.
        if only_part and self._asked_since():
            return None
        # While a request is taken down, bare figures are more likely said of it.
        if only_part and waits_for_code and self._question and found.reference and not found.named:
            if found.sure and found.slip:
                # The request takes it; the next code is for that order.
                self._note(found.reference, None, ready=False)
            return None
        # A number or an address in a sentence about something else is no answer; the address alone may be introduced,
        # and what is surely the number that is asked for may be guessed at: «found a note, SO-30403 I think».
        guessed = not waits_for_code and found.sure and "?" not in found.rest and len(found.rest.split()) <= SHORT
        if only_part and not found.alone and not guessed and (waits_for_code or found.reference):
            return None
        return self._take(found)

    def heard(self, text: str) -> Aside | None:
        """A message of somebody who was not asked for number and address by web, but maybe by the assistant."""
        if self._both and self.state["step"] == "may" and not self._question and asks_again(text):
            # Too many codes were asked for: whoever asks for another hears so again.
            return self._ask_for_code()
        found = find_pair(text)
        if wants_code(text) and (self.state or self._question is None or _of_request(self.conversation)):
            return self._take(replace(found, alone=len(text.split()) <= SHORT))
        if self.state.get("step") == "may" and cannot(text):
            return self.without(text)
        if self.state.get("step") == "may" and self._resists(text):
            return self._why()
        if self.state.get("step") == "may" and not self._asked_since() and self._lacks_number(text, found):
            return self._say("utter_proof_no_number", _HUMAN)
        if not (found.reference or found.email):
            return None
        if self.state.get("step") == "may" and not self._asked_since() and self._is_answer(found):
            return self._take(found)
        # The address that the request asks for too completes the number that was told before, and the other way round.
        completes = bool((found.email and self.state.get("reference")) or (found.sure and self.state.get("email")))
        wanted = (completes or not self._form_asks(found)) and self._task not in OF_ANYBODY
        ready = self.state.get("step") == "may" and wanted and len(found.rest.split()) <= SHORT_SAID
        self._note(found.reference if found.sure else None, found.email, ready)
        return None

    def code(self, code: Code) -> Aside:
        """Six digits."""
        entered = rules.enter_in(self.session, self.conversation.id, code.digits)
        state = self.state
        said = _joined(state.get("said"), code.rest)
        if entered.outcome == "right":
            _keep(self.conversation, "done", state["reference"], said=said, instead=state.get("instead"))
            return Aside(None, MASK, entered.contact_id)
        _keep(
            self.conversation, "code", state["reference"], state["email"], said, state["until"],
            instead=state.get("instead"),
        )  # fmt: skip
        if entered.outcome == "wrong":
            return replace(self._say("utter_proof_wrong", _AGAIN, _STOP), stored_as=MASK)
        return replace(self._say("utter_proof_locked", _AGAIN, _HUMAN, _STOP), stored_as=MASK)

    @property
    def _both(self) -> bool:
        return bool(self.state.get("reference") and self.state.get("email"))

    def _is_answer(self, found: Pair) -> bool:
        """Whether number or address are told to prove something, where the assistant has only said that one can."""
        if self._form_asks(found):
            return False
        if self._task in OF_ANYBODY and not found.reference:
            # Where to answer to, whatever is being asked: nothing in it needs a proof.
            return False
        if found.reference and found.email and (found.sure or found.alone):
            return True
        if found.email:
            # «Hold on, wrong one, kari@...», «customers since 2009, but very well, kari@...»: told because it was asked for.
            return found.alone or corrects(found.rest) or len(found.rest.split()) <= FEW_SAID
        # While a request is taken down, bare figures are more likely said of it.
        return found.alone and (found.sure or (self._question is None and str(found.reference).isdigit()))

    def _form_asks(self, found: Pair) -> bool:
        """Whether the request in progress asks for what was said, so that it is its answer."""
        if found.reference and found.email:
            # «per@verksted.example 91234567» in a complaint is where to be reached, and no proof.
            return self._question not in (None, *OF_NUMBERS) and not found.sure
        if found.email:
            return self._question in CONTACT
        numbered = (found.reference or "").startswith(ORDER_PREFIX) or (found.reference or "").isdigit()
        if self._question == "quantity" and (found.reference or "").startswith(ORDER_PREFIX):
            # How many pieces are wanted is no number of an order.
            return False
        return self._question is not None and not (self._question in WITHOUT_ORDER and numbered)

    @property
    def _task(self) -> str | None:
        return (self.conversation.state or {}).get("task") if self._question else None

    @property
    def _question(self) -> str | None:
        return (self.conversation.state or {}).get("question")

    def _take(self, found: Pair, anew: bool = False) -> Aside:
        """Keep what was told; with both a code is sent, else what is missing asked for. ``anew``: forget the rest."""
        state = self.state
        known = {} if anew else state
        asked = {} if state.get("step") in TRIED else _of_request(self.conversation)
        reference = found.reference or known.get("reference") or asked.get("order")
        email = found.email or known.get("email") or asked.get("email")
        said = _joined(state.get("said"), "" if found.alone else found.rest)
        instead = self._instead(found, known)
        for old, new in (instead or {}).items():
            said = said and said.replace(old, new)
        _keep(self.conversation, "pair", reference, email, said, instead=instead)
        if reference and email:
            return self._ask_for_code()
        if not (reference or email):
            return self._say("utter_proof_ask", _STOP)
        return self._say("utter_proof_ask_email" if reference else "utter_proof_ask_reference", _STOP)

    def _instead(self, found: Pair, known: dict[str, Any]) -> dict[str, str] | None:
        """The numbers that were called wrong, each with the right one: what was asked of them is asked of that."""
        before, now = known.get("reference"), found.reference
        earlier: dict[str, str] = known.get("instead") or {}
        if not before or not now or now == before or not (found.slip or known.get("step") == "code"):
            return earlier or None
        return {**dict.fromkeys(earlier, now), before: now}

    def _nothing_sent(self) -> Aside:
        """Nothing can have come: half of what a code needs is missing, and which is said."""
        return self._say("utter_proof_half_email" if self.state.get("reference") else "utter_proof_half_number", _STOP)

    def _which_code(self) -> Aside:
        """Where the code is to be found; that there is none yet while half of what it needs is missing."""
        if not self._both:
            return self._nothing_sent()
        return self._say("utter_proof_where", _AGAIN, _STOP, _HUMAN, email=self.state["email"])

    def _resists(self, text: str) -> bool:
        """Whether a message objects to the proof and tells nothing for it; in a request it may be about that."""
        found = find_pair(text)
        return resists(text) and not (found.sure or found.email) and self._question is None

    def _why(self) -> Aside:
        """Why everybody has to prove who they are, and the way around it."""
        return self._say("utter_proof_why", _RESTART, _HUMAN)

    def _note(self, reference: str | None, email: str | None, ready: bool) -> None:
        """Remember what was told, in case the assistant has to know who asks. ``ready``: it has said so already."""
        state = self.state
        if reference or email:
            _keep(
                self.conversation, state.get("step") or "heard", reference or state.get("reference"),
                email or state.get("email"), state.get("said"), state.get("until"), rules.client_hash(self.who.address),
                ready, state.get("instead"),
            )  # fmt: skip

    def _asked_since(self) -> bool:
        """Whether the customer was asked where to be reached after our own question."""
        asked = (self.conversation.asked or {}).get("until")
        if not asked:
            return False
        ours = dt.datetime.fromisoformat(self.state["until"]) - dt.timedelta(minutes=OPEN_MINUTES)
        return dt.datetime.fromisoformat(asked) - dt.timedelta(minutes=ASKED_MINUTES) > ours

    def _ask_for_code(self, again: bool = False) -> Aside:
        client = rules.client_hash(self.who.address)
        return Aside(_send(self.session, self.conversation, self.state, client, self._language, again))

    def _say(self, name: str, *choices: dict[str, Any], **values: Any) -> Aside:
        return Aside(system(self._language, name, *choices, **values))

    @property
    def _language(self) -> str:
        return reply_language(self.conversation.language, self.who.language)


def invite(language: str | None, asks_who: bool) -> Invite:
    """What is to be said of the proof beside the assistant's answer to a stranger; ``asks_who``: it must know who asks.

    From now on number and address are heard. Both told before or in this very message, they are taken, and the customer
    hears what comes of it, a code or why there is none: nobody is asked for what they have said.
    """

    def invited(session: Session, conversation: Conversation) -> Reply | None:
        state = _state(conversation)
        if conversation.contact_id is not None or not (asks_who or state.get("ready")) or state.get("step") == "pair":
            return None
        if state.get("step") == "without":
            if not state.get("ready"):
                return None
            _keep(conversation, "without", state.get("reference"), state.get("email"), state.get("said"))
            return system(reply_language(language), "utter_proof_without_more")
        if state.get("step") == "code":
            return system(reply_language(language), "utter_proof_awaited", _AGAIN, _STOP)
        reference, email, client = (state.get(name) for name in ("reference", "email", "client"))
        _keep(conversation, "may", reference, email, state.get("said"), client=client)
        asks = (conversation.state or {}).get("question")
        told_as_answer = asks and asks not in CONTACT and not looks_ours(reference)
        if not (reference and email and client) or told_as_answer:
            return None
        return _send(session, conversation, _state(conversation), client, reply_language(language))

    return invited


def _of_request(conversation: Conversation) -> dict[str, str]:
    """The ``order`` and ``email`` that the request in progress has noted: nobody is asked for them again."""
    state = conversation.state or {}
    answers = state.get("answers") or {}
    told = {name: (answers.get(name) or {}).get("value") for name in ("order", "email")}
    told["email"] = told["email"] or (state.get("contact") or {}).get("email")
    return {name: str(value) for name, value in told.items() if value}


def _state(conversation: Conversation) -> dict[str, Any]:
    """Where the flow stands; empty when it is not open."""
    state = conversation.proving or {}
    return state if state.get("until", "") > utcnow().isoformat() and state["step"] != "done" else {}


def _keep(
    conversation: Conversation, step: str, reference: str | None = None, email: str | None = None,
    said: str | None = None, until: str | None = None, client: str | None = None, ready: bool = False,
    instead: dict[str, str] | None = None,
) -> None:  # fmt: skip
    told = [each for each in (conversation.proving or {}).get("told") or () if each != email]
    until = until or (utcnow() + dt.timedelta(minutes=OPEN_MINUTES)).isoformat()
    conversation.proving = {
        "step": step, "reference": reference, "email": email, "said": said, "until": until, "client": client,
        "ready": ready, "instead": instead, "told": [*told, *([email] if email else [])][-MOST_TOLD:],
    }  # fmt: skip


def _send(
    session: Session, conversation: Conversation, state: dict[str, Any], client: str, language: str, again: bool = False
) -> Reply:  # fmt: skip
    """Have a code sent if the pair fits, and say the same whether or not it does; or that too many were asked for.

    Whoever asks ``again`` hears what was told, where a slip would show.
    """
    reference, email = state["reference"], state["email"]
    if not rules.ask_in(session, conversation.id, reference, email, client, language):
        _keep(conversation, "may", reference, email, state.get("said"), client=client, instead=state.get("instead"))
        return system(language, "utter_proof_too_many", _HUMAN, _STOP)
    _keep(conversation, "code", reference, email, state.get("said"), instead=state.get("instead"))
    if again:
        return system(language, "utter_proof_sent_again", _AGAIN, _STOP, _HUMAN, reference=reference, email=email)
    return system(language, "utter_proof_sent", _AGAIN, _STOP)


def _joined(*said: str | None) -> str | None:
    """What was said beside the proof, of all its messages."""
    return "\n".join(each for each in said if each)[:LONGEST_SAID] or None


def proved_again(own: Engine, accepted: Accepted, text: str) -> Accepted:
    """A right code that comes again because its answer got lost proves again; anything else stays as it is."""
    code = find_code(text)
    if not accepted.duplicate or accepted.message.text != MASK or code is None:
        return accepted
    return replace(accepted, proved=rules.entered_lately(own, accepted.message.conversation, code.digits))


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
