"""Talk outside the form: what yes means, and never the same «not understood» for ever."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.alloy_property import AlloyProperty
from actions.fallback import Fallback
from actions.follow_up import FollowUp
from actions.handler import Handler
from actions.out_of_scope import OutOfScope
from actions.talk import Talk

#: What a property asked in passing is answered by; a handler is known once its module is loaded.
PROPERTY = AlloyProperty.intent
HUMAN = {"reply": "utter_choice_human", "payload": "/human"}
QUOTE = {"reply": "utter_start_choice_quote", "payload": "/place_order"}
ALLOY = {"entity": "alloy", "value": "CC491K", "start": 0, "end": 0}


class Outside:
    """Messages outside the form; remembers slots and what was said."""

    def __init__(self, **slots: Any) -> None:
        self.slots: dict[str, Any] = {"language": "en", **slots}
        self.events: list[dict[str, Any]] = []
        self.next: str | None = None
        self.owner = "assistant"
        self.hand_over: str | None = None

    def said(self, *replies: str, choices: tuple[dict[str, Any], ...] = ()) -> None:
        """The assistant said this last."""
        parts = [{"reply": reply} for reply in replies]
        self.events.append({"event": "bot", "metadata": {"parts": parts, "choices": list(choices)}})

    async def hears(self, handler: Handler, text: str, intent: str, *entities: dict[str, Any]) -> list[str]:
        """Names of the texts the handler answers with."""
        message = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": list(entities)}
        message["metadata"] = {"owner": self.owner}
        self.events.append({"event": "user", "text": text, "parse_data": {"intent": message["intent"]}})
        tracker = Tracker("talk", self.slots, message, self.events, False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        self.next = None
        for event in await handler.run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            elif event["event"] == "followup":
                self.next = event["name"]
        sent = [each if "parts" in each else each["custom"] for each in dispatcher.messages]
        self.hand_over = next((each["hand_over"] for each in sent if each.get("hand_over")), None)
        for each in sent:
            self.events.append({"event": "bot", "metadata": each})
        return [part["reply"] for each in sent for part in each["parts"]]


@pytest.mark.parametrize(
    ("offered", "action", "task"),
    [
        ((HUMAN,), "action_human", None),
        ((QUOTE,), "task_form", "quote_request"),
        (({"title": "RG5"}, HUMAN), "action_human", None),
    ],
)
async def test_yes_takes_the_one_thing_that_was_offered(
    offered: tuple[dict[str, Any], ...], action: str, task: str | None
) -> None:
    talk = Outside()
    talk.said("utter_alloy_guarded", choices=offered)
    assert await talk.hears(Talk(), "ja", "affirm") == []
    assert (talk.next, talk.slots.get("task")) == (action, task)


async def test_yes_to_two_offers_asks_which() -> None:
    talk = Outside()
    talk.said("utter_recommend_source", choices=(QUOTE, HUMAN))
    assert await talk.hears(Talk(), "yes", "affirm") == ["utter_yes_to_which"]
    assert talk.next is None


async def test_yes_goes_on_with_what_was_put_aside_and_a_second_yes_sends_nothing_twice() -> None:
    talk = Outside(task="quote_request")
    talk.said("utter_task_left", choices=({"reply": "utter_choice_resume"},))
    await talk.hears(Talk(), "yes", "affirm")
    assert talk.next == "task_form"
    talk = Outside()
    talk.said("utter_case_received", "utter_case_next")
    assert await talk.hears(Talk(), "yes", "affirm") == ["utter_already_sent"]


async def test_yes_to_did_you_mean_answers_the_earlier_question() -> None:
    talk = Outside(subject={"intent": PROPERTY, "entities": {"alloy": []}})
    talk.said("utter_alloy_did_you_mean", choices=({"title": "RG5 (CC491K)", "alloy": "CC491K"},))
    await talk.hears(Talk(), "yes", "affirm")
    assert talk.next == "action_alloy_property"
    assert talk.slots["subject"]["entities"]["alloy"][0]["value"] == "CC491K"


async def test_an_ok_inside_a_question_is_no_yes() -> None:
    talk = Outside(subject={"intent": PROPERTY, "entities": {"alloy": [ALLOY]}})
    talk.said("utter_alloy_rating", choices=(HUMAN,))
    food = {"entity": "application", "value": "food", "start": 13, "end": 17}
    assert "utter_alloy_guarded" in await talk.hears(Talk(), "is it ok for food", "affirm", food)
    assert talk.next is None


async def test_what_holds_no_value_is_not_understood_and_asked_in_other_words_each_time() -> None:
    talk = Outside()
    assert await talk.hears(FollowUp(), "qwe", "inform") == ["utter_not_understood"]
    assert talk.hand_over is None
    assert await talk.hears(Fallback(), "???", "nlu_fallback") == ["utter_not_understood_again"]
    assert talk.hand_over == "not_understood"
    talk.owner = "waiting"
    assert await talk.hears(FollowUp(), "zxcv", "inform") == ["utter_not_understood_waiting"]
    assert talk.hand_over is None
    assert await talk.hears(Talk(), "hello", "greet") == ["utter_greet"]
    assert await talk.hears(Fallback(), "???", "nlu_fallback") == ["utter_not_understood"]


async def test_a_property_of_the_alloy_talked_of_is_our_business_whatever_it_sounds_like() -> None:
    talk = Outside(subject={"intent": PROPERTY, "entities": {"alloy": [ALLOY]}})
    weldable = {"entity": "property", "value": "weldability", "start": 6, "end": 14}
    assert "utter_alloy_rating" in await talk.hears(OutOfScope(), "is it weldable", "out_of_scope", weldable)
    assert await talk.hears(OutOfScope(), "who won", "out_of_scope") == ["utter_out_of_scope"]


async def test_a_fact_that_sounds_like_an_explanation_is_answered() -> None:
    talk = Outside(subject={"intent": PROPERTY, "entities": {"alloy": [ALLOY]}})
    density = {"entity": "property", "value": "density", "start": 7, "end": 15}
    assert "utter_alloy_density" in await talk.hears(Talk(), "hva er tettheten", "explain", density)
    assert await talk.hears(Talk(), "how do you know", "explain") == ["utter_explain_source"]
