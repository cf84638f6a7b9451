"""Talk outside of a request: what yes means, and never the same «not understood» for ever."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.dialogue.assistant import Assistant
from actions.turns.ground import Ground
from actions.turns.house import House

HUMAN = {"reply": "utter_choice_human", "payload": "/human"}
QUOTE = {"reply": "utter_start_choice_quote", "payload": "/place_order"}
ALLOY = {"entity": "alloy", "value": "CC491K", "start": 0, "end": 0}


def talked_of(topic: str, **entities: dict[str, Any]) -> dict[str, Any]:
    """The common ground after an answer about these things."""
    ground = Ground()
    ground.topic = topic
    for kind, entity in entities.items():
        ground.note(kind, [entity])
    return ground.dump()


class Outside:
    """Messages outside of a request; remembers slots and what was said."""

    def __init__(self, **slots: Any) -> None:
        self.slots: dict[str, Any] = {"language": "en", **slots}
        self.events: list[dict[str, Any]] = []
        self.owner = "assistant"
        self.hand_over: str | None = None

    def said(self, *replies: str, choices: tuple[dict[str, Any], ...] = ()) -> None:
        """The assistant said this last."""
        parts = [{"reply": reply} for reply in replies]
        self.events.append({"event": "bot", "metadata": {"parts": parts, "choices": list(choices)}})

    async def hears(self, text: str, intent: str, *entities: dict[str, Any], sure: float = 0.9) -> list[str]:
        """Names of the texts of the answer."""
        message = {"text": text, "intent": {"name": intent, "confidence": sure}, "entities": list(entities)}
        message["metadata"] = {"owner": self.owner}
        self.events.append({"event": "user", "text": text, "parse_data": {"intent": message["intent"]}})
        tracker = Tracker("talk", dict(self.slots), message, self.events, False, None, {}, "action_listen")
        dispatcher = CollectingDispatcher()
        for event in await Assistant().run(dispatcher, tracker, {}):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
        sent = [each if "parts" in each else each["custom"] for each in dispatcher.messages]
        self.hand_over = next((each["hand_over"] for each in sent if each.get("hand_over")), None)
        self.events += [{"event": "bot", "metadata": each} for each in sent]
        return [part["reply"] for each in sent for part in each["parts"]]


@pytest.mark.parametrize("offered", [(HUMAN,), ({"title": "RG5"}, HUMAN)])
async def test_yes_fetches_the_person_that_was_offered(offered: tuple[dict[str, Any], ...]) -> None:
    talk = Outside()
    talk.said("utter_alloy_guarded", choices=offered)
    assert await talk.hears("ja", "affirm") == ["utter_human"]
    assert talk.hand_over == "safety"


async def test_yes_begins_the_request_that_was_offered(house: House) -> None:
    talk = Outside()
    talk.said("utter_recommend_source", choices=(QUOTE,))
    assert "utter_ask_part" in await talk.hears("ja", "affirm")
    assert talk.slots["task"] == "quote_request"


async def test_yes_to_two_offers_asks_which() -> None:
    talk = Outside()
    talk.said("utter_recommend_source", choices=(QUOTE, HUMAN))
    assert await talk.hears("yes", "affirm") == ["utter_yes_to_which"]
    assert talk.slots.get("task") is None


async def test_yes_goes_on_with_what_was_put_aside_and_a_second_yes_sends_nothing_twice(house: House) -> None:
    talk = Outside(task="quote_request")
    talk.said("utter_task_left", choices=({"reply": "utter_choice_resume"},))
    assert "utter_resume_task" in await talk.hears("yes", "affirm")
    talk = Outside()
    talk.said("utter_case_received", "utter_case_next")
    assert await talk.hears("yes", "affirm") == ["utter_already_sent"]


async def test_yes_to_did_you_mean_answers_the_earlier_question() -> None:
    talk = Outside(ground=talked_of("alloy_property"))
    talk.said("utter_alloy_did_you_mean", choices=({"title": "RG5 (CC491K)", "alloy": "CC491K"},))
    await talk.hears("yes", "affirm")
    assert talk.slots["ground"]["about"]["alloy"]["entities"][0]["value"] == "CC491K"


async def test_an_ok_inside_a_question_is_no_yes() -> None:
    talk = Outside(ground=talked_of("alloy_property", alloy=ALLOY))
    talk.said("utter_alloy_rating", choices=(HUMAN,))
    food = {"entity": "application", "value": "food", "start": 13, "end": 17}
    assert "utter_human" not in await talk.hears("is it ok for food?", "affirm", food)


async def test_what_holds_no_value_is_not_understood_and_asked_in_other_words_each_time() -> None:
    talk = Outside()
    assert await talk.hears("qwe", "inform") == ["utter_not_understood"]
    assert talk.hand_over is None
    assert await talk.hears("???", "nlu_fallback") == ["utter_not_understood_again"]
    assert talk.hand_over == "not_understood"
    talk.owner = "waiting"
    assert await talk.hears("zxcv", "inform") == ["utter_not_understood_waiting"]
    assert talk.hand_over is None
    assert await talk.hears("hello", "greet") == ["utter_greet"]
    assert await talk.hears("???", "nlu_fallback") == ["utter_not_understood"]


async def test_a_property_of_the_alloy_talked_of_is_our_business_whatever_it_sounds_like() -> None:
    talk = Outside(ground=talked_of("alloy_property", alloy=ALLOY))
    weldable = {"entity": "property", "value": "weldability", "start": 6, "end": 14}
    assert "utter_alloy_rating" in await talk.hears("is it weldable", "out_of_scope", weldable)
    assert await talk.hears("who won", "out_of_scope") == ["utter_out_of_scope"]


async def test_a_fact_that_sounds_like_an_explanation_is_answered() -> None:
    talk = Outside(ground=talked_of("alloy_property", alloy=ALLOY))
    density = {"entity": "property", "value": "density", "start": 7, "end": 15}
    assert "utter_alloy_density" in await talk.hears("hva er tettheten", "explain", density)
