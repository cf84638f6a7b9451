"""One customer message as an action sees it: what was said, who asks, what was talked of, and what to reply.

An action declares the entities it can use, asks the turn for them and says its parts; it never builds a sentence.
"""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.anger import angry
from actions.production.identity import Identity
from bot.common.replies import replies
from bot.common.signing import read_identity

Entity = dict[str, Any]
#: Texts that say a message was not understood.
MISSES = ("utter_not_understood", "utter_again_", "utter_bad_", "utter_needed_")
#: Intents whose messages sound weary or insistent without anger: only words of anger count in them.
SELDOM_ANGRY = ("stop_task", "human", "bot_challenge", "explain", "greet", "goodbye", "thanks", "affirm")
#: What stays in mind when the customer turns to another kind of question.
LASTING = ("alloy", "order_no", "part_no", "drawing_no")
#: Answers of the form that questions asked in its midst may leave out.
FROM_FORM = ("alloy", "quantity", "weight")


class Turn:
    """The latest message of a conversation with the means to answer it.

    ``subject`` is what questions are about, apart from the form's answers:
    ``{"intent": name, "entities": {name: [entity, ...]}}``.
    """

    def __init__(self, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
        self.tracker = tracker
        self.dispatcher = dispatcher
        self.conversation: str = tracker.sender_id
        self.message: dict[str, Any] = tracker.latest_message or {}
        self.text: str = self.message.get("text") or ""
        self.intent: str = (self.message.get("intent") or {}).get("name") or ""
        self.confidence: float = (self.message.get("intent") or {}).get("confidence") or 0.0
        self.entities: list[Entity] = self.message.get("entities") or []
        self.language: str = tracker.get_slot("language") or _hinted(self.metadata)
        self.subject: dict[str, Any] = tracker.get_slot("subject") or {}
        self.events: list[dict[str, Any]] = []
        self._parts: list[dict[str, Any]] = []
        self._choices: list[dict[str, Any]] = []
        self._hand_over: str | None = None
        self._card: dict[str, Any] | None = None

    @property
    def metadata(self) -> dict[str, Any]:
        """What web sent with the message."""
        return self.message.get("metadata") or {}

    @property
    def internal(self) -> dict[str, Any]:
        """What web tells the assistant of itself (``kind`` is ``proved`` or ``handed_back``); empty for a customer's message."""
        return self.metadata.get("internal") or {}

    @property
    def waiting(self) -> bool:
        """Whether a person has been asked for already and has not come yet."""
        return self.metadata.get("owner") == "waiting"

    @property
    def angry(self) -> bool:
        """Whether the customer has lost patience, by the words of the message and by what the engine has learnt."""
        if self.internal or self._spoken:
            return False
        learnt = 0.0 if self.intent in SELDOM_ANGRY else float(self.message.get("anger") or 0)
        return angry(self.text, learnt)

    @property
    def _spoken(self) -> bool:
        """Whether this message has got an answer already, and the form or another action only adds to it."""
        for event in reversed(self.tracker.events):
            if event["event"] in ("bot", "user"):
                return bool(event["event"] == "bot")
        return False

    @property
    def identity(self) -> Identity | None:
        """The proven contact, verified from this very message; None for a stranger."""
        claims = read_identity(self.metadata.get("identity"), self.conversation)
        return Identity(claims["contact"], claims["customer"], claims["proved"]) if claims else None

    @property
    def message_id(self) -> str:
        """Web's id of the message, unique in the conversation: the key that makes writes safe to repeat."""
        return str(self.metadata.get("message_id") or self.message.get("message_id") or "")

    def said(self, *names: str) -> list[Entity]:
        """The entities of these names in the message itself."""
        return [entity for entity in self.entities if entity["entity"] in names]

    def about(self, *names: str) -> list[Entity]:
        """As ``said``, or else what the conversation was about before: for questions with the subject left out."""
        found = self.said(*names)
        if found:
            return found
        known = self.subject.get("entities") or {}
        given = self._given()
        return [entity for name in names for entity in known.get(name) or given.get(name, [])]

    def _given(self) -> dict[str, list[Entity]]:
        """What the running form was told, as entities: a question in its midst is about the same thing."""
        if not self.tracker.get_slot("requested_slot"):
            return {}
        answers = (self.tracker.get_slot("answers") or {}).get(self.tracker.get_slot("task")) or {}
        given: dict[str, list[Entity]] = {}
        for name in FROM_FORM:
            answer = answers.get(name) or {}
            value = None if answer.get("as_written") else answer.get("value")
            if value is not None:
                values = str(value).split(" / ") if name == "alloy" else [value]
                per = {"per": "total" if answers[name].get("total") else "piece"} if name == "weight" else {}
                given[name] = [{"entity": name, "value": each, "start": 0, "end": 0, **per} for each in values]
        return given

    def first(self, *names: str) -> Entity | None:
        """The first of ``about``."""
        found = self.about(*names)
        return found[0] if found else None

    def remember(self, intent: str, names: Iterable[str], **entities: list[Entity]) -> None:
        """Keep what this question was about. Another kind of question keeps only the lasting part of the old subject.

        ``entities`` overrides what is kept under a name, for a handler that found out more than the message said.
        """
        same = self.subject.get("intent") == intent
        known = self.subject.get("entities") or {}
        kept = {name: found for name, found in known.items() if same or name in LASTING}
        kept |= {name: found for name in names if (found := self.said(name))} | entities
        self.subject = {"intent": intent, "entities": kept}
        self.set("subject", self.subject)

    @property
    def last_message(self) -> dict[str, Any]:
        """Metadata of what the assistant said last: its ``parts`` and the ``choices`` it offered."""
        for event in reversed(self.tracker.events):
            if event["event"] == "bot":
                return event.get("metadata") or {}
        return {}

    @property
    def last_said(self) -> list[str]:
        """Names of the texts the assistant said last."""
        return [part["reply"] for part in self.last_message.get("parts") or []]

    @property
    def last_offered(self) -> list[dict[str, Any]]:
        """The quick replies the assistant offered last."""
        return self.last_message.get("choices") or []

    def count_miss(self) -> int:
        """How many messages in a row were not understood, this one included. Kept until the assistant says anything else."""
        missed = any(reply.startswith(MISSES) for reply in self.last_said)
        misses = int(self.tracker.get_slot("misses") or 0) + 1 if missed else 1
        self.set("misses", misses)
        return misses

    def set(self, slot: str, value: Any) -> None:
        """Set a slot when the turn ends."""
        self.events.append(SlotSet(slot, value))

    def say(self, reply: str, **values: Any) -> None:
        """Add a text from data/replies to this answer, on a line of its own unless ``join=" "`` is given."""
        self._parts.append({"reply": reply, **{name: _plain(value) for name, value in values.items()}})

    def say_first(self, reply: str, **values: Any) -> None:
        """As ``say``, before everything said so far."""
        said, self._parts = self._parts, []
        self.say(reply, **values)
        self._parts += said

    def offer(self, *choices: dict[str, Any]) -> None:
        """Add quick replies: ``{"reply": text name, "payload": "/intent"}`` or ``{"title": "RG5"}`` (sent as typed).

        Whoever waits for a person is not offered one.
        """
        self._choices.extend(each for each in choices if not (self.waiting and each.get("payload") == "/human"))

    def hand_over(self, reason: str) -> bool:
        """Ask for a person: web makes the conversation wait for one when this answer is stored. The first reason counts.

        False when somebody has been asked for before.
        """
        if not self.waiting:
            self._hand_over = self._hand_over or reason
        return not self.waiting

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What has been said so far, to be shown in a card too."""
        return list(self._parts)

    def show(self, card: dict[str, Any]) -> None:
        """Facts of this answer for a rich client, which the text says as well.

        Words in a card are ``{"reply": name, **values}``, ``{"parts": [...]}`` or, as label and value, ``{"answer": answer}``.
        """
        self._card = _plain(card)

    @property
    def answered(self) -> bool:
        """Whether anything has been said."""
        return bool(self._parts)

    def send(self) -> None:
        """Send what was said as one message, with its quick replies and its card."""
        if self._parts:
            extra: dict[str, Any] = {"choices": self._choices} if self._choices else {}
            if self._card:
                extra["card"] = self._card
            if self._hand_over:
                extra["hand_over"] = self._hand_over
            if not self.tracker.get_slot("language"):
                extra["language"] = self.language
            self.dispatcher.utter_message(response=self._parts[0]["reply"], parts=self._parts, **extra)
        self._parts, self._choices, self._hand_over, self._card = [], [], None, None


def _hinted(metadata: dict[str, Any]) -> str:
    """The language of a conversation whose first message is a pressed button: what the page is in."""
    hint = metadata.get("language_hint")
    return str(hint) if hint in replies().languages else "nb"


def _plain(value: Any) -> Any:
    """Values travel to the engine as JSON: dates as ISO text, also within lists and cards."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value
