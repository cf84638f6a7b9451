"""When a person is asked for: on request, on anger, on a complaint, by the rules; once, and never instead of an answer."""

import pytest

from actions.turns.house import House
from tests.unit.actions.driver import FormDriver
from tests.unit.actions.test_talk import ALLOY, Outside

LANGUAGE = {"entity": "language", "value": "en", "start": 0, "end": 0}


async def test_a_person_is_asked_for_once_and_said_to_be_asked_for_after_that() -> None:
    talk = Outside()
    assert await talk.hears("can I talk to someone", "human") == ["utter_human"]
    assert talk.hand_over == "asked"
    talk.owner = "waiting"
    assert await talk.hears("is anyone coming?", "human") == ["utter_human_waiting"]
    assert talk.hand_over is None


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ("utter_faq_terms_unapproved", "unanswered"),
        ("utter_faq_partly_unapproved", "unanswered"),
        ("utter_alloy_drinking_rule", "safety"),
        ("utter_order_sign_in", "asked"),
    ],
)
async def test_the_button_for_a_person_carries_the_reason_it_was_offered_for(said: str, reason: str) -> None:
    talk = Outside()
    talk.said(said)
    await talk.hears("/human", "human")
    assert talk.hand_over == reason


async def test_what_a_person_must_decide_goes_to_one_with_the_answer() -> None:
    talk = Outside()
    food = {"entity": "application", "value": "food", "start": 0, "end": 0}
    said = await talk.hears("is RG5 ok for food", "alloy_property", ALLOY, food)
    assert said == ["utter_alloy_guarded", "utter_fetch_safety"]
    assert talk.hand_over == "safety"
    talk.owner = "waiting"
    assert await talk.hears("is RG5 ok for food", "alloy_property", ALLOY, food) == ["utter_alloy_guarded"]


@pytest.mark.parametrize(
    "intent", ["nlu_fallback", "inform", "out_of_scope", "deny", "stop_task", "affirm", "bot_challenge"]
)
async def test_plain_anger_is_met_calmly_whatever_it_was_taken_for(intent: str) -> None:
    talk = Outside()
    assert await talk.hears("you are so damn useless!!", intent, LANGUAGE) == ["utter_angry"]
    assert talk.hand_over == "angry"
    talk.owner = "waiting"
    assert await talk.hears("you are so damn useless!!", intent, LANGUAGE) == ["utter_angry_waiting"]
    assert talk.hand_over is None


async def test_a_clear_question_asked_in_anger_is_answered_too() -> None:
    talk = Outside()
    said = await talk.hears("for fuck's sake, what is the strength of RG5", "alloy_property", ALLOY)
    assert said[0] == "utter_angry"
    assert "utter_alloy_minima" in said
    assert talk.hand_over == "angry"
    assert await talk.hears("english for god's sake", "change_language") == [
        "utter_angry", "utter_which_language"
    ]  # fmt: skip


async def test_an_angry_wish_for_a_person_is_one_sentence() -> None:
    talk = Outside()
    assert await talk.hears("get me a fucking human", "human") == ["utter_human"]
    assert talk.hand_over == "angry"


async def test_a_complaint_is_registered_and_goes_to_a_person(house: House) -> None:
    form = FormDriver()
    said = await form.say("10 av husene lekker", "complaint")
    assert form.hand_over == "complaint"
    assert "Hvilken ordre" in said
    assert form.answers["details"] == "10 av husene lekker"


async def test_anger_without_a_matter_is_no_complaint(house: House) -> None:
    form = FormDriver()
    said = await form.say("dere er helt ubrukelige!!", "complaint")
    assert form.hand_over == "angry"
    assert "frustrerende" in said
    assert form.question is None
    assert not form.slots.get("answers")


@pytest.mark.parametrize("intent", ["out_of_scope", "nlu_fallback", "inform", "complaint", "deny", "affirm"])
async def test_anger_in_the_form_is_no_answer_and_the_question_stays_open(house: House, intent: str) -> None:
    form = FormDriver()
    await form.say("jeg vil ha tilbud", "place_order")
    said = await form.say("du er jo helt ubrukelg", intent)
    assert said.startswith("Jeg skjønner at dette er frustrerende")
    assert "Hva skal støpes" in said
    assert form.hand_over == "angry"
    assert form.answers == {}


async def test_anger_at_the_questions_is_no_complaint_about_goods(house: House) -> None:
    form = FormDriver("en")
    await form.say("quote please", "place_order")
    said = await form.say("this is ridiculous, i just want a price!!", "complaint")
    assert said.startswith("I understand that this is frustrating")
    assert form.slots["task"] == "quote_request"
    assert form.hand_over == "angry"


async def test_a_complaint_about_goods_starts_also_in_anger_and_in_the_form(house: House) -> None:
    form = FormDriver("en")
    await form.say("quote please", "place_order")
    await form.say("the housings of SO-30417 leak, what a bloody mess", "complaint", order_no="SO-30417")
    assert form.slots["task"] == "complaint"


async def test_who_waits_for_a_person_is_not_offered_one() -> None:
    talk = Outside()
    talk.owner = "waiting"
    await talk.hears("are you a robot", "bot_challenge")
    assert not talk.events[-1]["metadata"].get("choices")


async def test_an_answer_given_in_anger_is_taken(house: House) -> None:
    form = FormDriver()
    await form.say("tilbud på pumpehus", "place_order")
    await form.say("nei", "deny")
    said = await form.say("for faen, RG5 har jeg sagt", alloy=("CC491K", {"start": 10, "end": 13}))
    assert said.startswith("Jeg skjønner")
    assert "Hvor mange" in said
    assert form.answers["alloy"] == "CC491K"


async def test_two_misses_in_the_form_ask_for_a_person_once(house: House) -> None:
    form = FormDriver()
    await form.say("tilbud på pumpehus", "place_order")
    await form.say("nei", "deny")
    await form.say("øh", "nlu_fallback", 0.6)
    assert form.hand_over is None
    said = await form.say("øh", "nlu_fallback", 0.6)
    assert form.hand_over == "not_understood"
    assert "ber en på salg" in said
    assert "Vet ikke" in form.offered


async def test_a_bad_value_twice_is_two_misses(house: House) -> None:
    form = FormDriver()
    await form.say("tilbud på pumpehus i RG5", "place_order", alloy=("CC491K", {"start": 22, "end": 25}))
    await form.say("nei", "deny")
    await form.say("0 stk", quantity=(0, {"bad": "zero"}))
    assert form.hand_over is None
    await form.say("-4 stk", quantity=(-4, {"bad": "negative"}))
    assert form.hand_over == "not_understood"
    assert form.question == "quantity"
