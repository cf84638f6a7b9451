"""A talk with the real handlers, extractors and texts; only Rasa's routing is replaced by naming the intent."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.follow_up import question_of, what_about
from actions.turns.handler import answer_as, handlers
from actions.turns.sources import explain_sources
from actions.turns.turn import Turn
from bot.common.replies import Replies
from bot.engine.nlu.alloys import find_alloys
from bot.engine.nlu.words import find_words

REPLIES = Replies()


@dataclass
class Answer:
    """What the customer sees."""

    text: str
    choices: list[str]
    payloads: list[str]
    #: Why a person is asked for, None when nobody is.
    hand_over: str | None = None


@dataclass
class Talk:
    """One conversation; ``slots`` live on between the messages."""

    language: str = "nb"
    slots: dict[str, Any] = field(default_factory=dict)

    def say(self, text: str, intent: str = "inform", extra: list[dict[str, Any]] | None = None) -> Answer:
        entities = find_alloys(text) + find_words(text) + (extra or [])
        message = {"text": text, "intent": {"name": intent, "confidence": 1.0}, "entities": entities}
        tracker = Tracker(
            "talk", {"language": self.language, **self.slots}, message, [], False, None, {}, "action_listen"
        )
        dispatcher = CollectingDispatcher()
        turn = Turn(tracker, dispatcher)
        if intent == "explain":
            explain_sources(turn)
        else:
            self._answer(turn, intent if intent in handlers() else question_of(turn))
        turn.send()
        for event in turn.events:
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        assert len(dispatcher.messages) == 1, dispatcher.messages
        sent = dispatcher.messages[0]
        payload = sent.get("custom") or sent
        parts = payload.get("parts") or sent["parts"]
        choices = REPLIES.choices(self.language, payload.get("choices") or [])
        return Answer(
            REPLIES.compose(self.language, parts),
            [each["title"] for each in choices],
            [each["payload"] for each in choices],
            payload.get("hand_over"),
        )

    def _answer(self, turn: Turn, intent: str) -> None:
        if intent:
            asyncio.run(answer_as(turn, intent))
        else:
            what_about(turn)


@pytest.fixture
def talk() -> Talk:
    """A Norwegian conversation."""
    return Talk()


@pytest.fixture
def english() -> Talk:
    """An English conversation."""
    return Talk("en")
