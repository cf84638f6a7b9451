"""A talk with the real handlers, extractors and texts; only Rasa's routing is replaced by naming the intent."""

import asyncio
from dataclasses import dataclass, field
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.alloy_comparison import AlloyComparison
from actions.alloy_offered import AlloyOffered
from actions.alloy_property import AlloyProperty
from actions.alloy_recommendation import AlloyRecommendation
from actions.follow_up import FollowUp
from bot.common.replies import Replies
from bot.engine.nlu.alloys import find_alloys
from bot.engine.nlu.words import find_words

HANDLERS = {cls.intent: cls for cls in (AlloyProperty, AlloyRecommendation, AlloyComparison, AlloyOffered)}
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
        handler = HANDLERS.get(intent, FollowUp)()
        for event in asyncio.run(handler.run(dispatcher, tracker, {})):
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


@pytest.fixture
def talk() -> Talk:
    """A Norwegian conversation."""
    return Talk()


@pytest.fixture
def english() -> Talk:
    """An English conversation."""
    return Talk("en")
