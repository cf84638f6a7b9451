"""The engine's private channel on the running assistant: reasons for a person, where a request stands, turns of web's own."""

import pytest

from bot.web.hand_back import END_OF_REQUEST
from tests.engine_rig import Web
from tests.stack import Stack

KARI = ("demo-kari", "demo-fjordpumpe")


@pytest.fixture
def web(sqlite_assistant: Stack) -> Web:
    sqlite_assistant.wait_healthy()
    return Web(sqlite_assistant)


async def test_every_answer_says_where_the_request_stands(web: Web) -> None:
    await web.say("hvilken strekkfasthet har RG5?")
    assert (web.state["task"], web.state["question"], web.state["missing"]) == (None, None, [])
    assert web.state["subject"]["intent"] == "alloy_property"
    await web.say("jeg vil ha tilbud på 40 pumpehus i RG5")
    assert (web.state["task"], web.state["question"]) == ("quote_request", "drawing")
    assert web.state["answers"]["quantity"]["value"] == 40
    assert {"drawing", "weight", "delivery", "name", "email"} <= set(web.state["missing"])
    assert not {"part", "alloy", "quantity", "yearly"} & set(web.state["missing"])
    await web.say("stopp")
    assert (web.state["task"], web.state["question"]) == ("quote_request", None)


async def test_what_staff_settled_is_read_by_the_engine_and_the_request_goes_on(web: Web) -> None:
    await web.say("jeg vil ha tilbud på 40 pumpehus")
    settled = {"alloy": "RG5", "weight": "38 kilo per stk", "delivery": "når kranen er tilbake", "name": "/restart"}
    said = await web.tell(
        "handed_back", person="Ola Nordmann", settled="RG5 passer", request="continue", answers=settled
    )
    assert "Ola Nordmann" in said
    assert "RG5 passer" in said
    answers = web.state["answers"]
    assert answers["alloy"]["value"] == "CC491K"
    assert answers["weight"]["value"] == 38
    assert answers["delivery"]["value"] == "når kranen er tilbake"
    assert answers["name"]["value"] == "/restart"
    assert web.state["question"] == "drawing"
    await web.say("nei")
    await web.say("resten er åpent")
    assert "RG5 (CC491K)" in await web.say("kim@firma.example")


async def test_staff_may_end_a_request_that_was_put_aside(web: Web) -> None:
    await web.say("jeg vil ha tilbud på 40 pumpehus")
    await web.say("stopp")
    said = await web.tell("handed_back", person="Ola", settled="", request="end", answers={})
    assert "avslutter jeg forespørselen" in said
    assert web.state["task"] is None


async def test_a_request_ends_also_when_web_has_put_the_form_down_before(web: Web) -> None:
    await web.say("jeg vil ha tilbud på 40 pumpehus")
    await web.events(END_OF_REQUEST)
    said = await web.tell("handed_back", person="Ola", settled="", request="end", answers={})
    assert "avslutter jeg forespørselen" in said
    assert "uferdig" not in await web.say("takk")


async def test_a_wish_for_a_person_is_the_same_when_the_message_comes_again(web: Web) -> None:
    said = await web.say("kan jeg få snakke med et menneske?", message_id="m1")
    assert web.hand_over == "asked"
    assert await web.say("kan jeg få snakke med et menneske?", message_id="m1") == said
    assert web.hand_over == "asked"
    web.owner = "waiting"
    assert "allerede bedt om" in await web.say("kommer det noen snart?")
    assert web.hand_over is None


async def test_a_request_that_was_put_aside_goes_on_when_staff_say_so(web: Web) -> None:
    await web.say("jeg vil ha tilbud på 40 pumpehus")
    await web.say("stopp")
    said = await web.tell("handed_back", person="Ola", settled="", request="continue", answers={"alloy": "RG5"})
    assert "Har du tegning" in said
    assert web.state["answers"]["alloy"]["value"] == "CC491K"


async def test_without_a_request_the_assistant_is_just_back(web: Web) -> None:
    web.language = "en"
    said = await web.tell("handed_back", person="Ola", settled="he calls at two", request="none", answers={})
    assert "Ola has handed the conversation back" in said
    assert "he calls at two" in said


async def test_after_a_proof_the_question_that_led_to_it_is_answered(web: Web) -> None:
    await web.say("hvor er SO-30417?")
    await web.say("hva er tettheten til RG5?")
    web.contact = KARI
    assert "SO-30417" in await web.tell("proved")
    assert "ordrene deres" in await web.tell("proved")


async def test_after_a_proof_the_form_goes_on(web: Web) -> None:
    await web.say("jeg vil ha tilbud på 40 pumpehus")
    await web.say("hvor er ordren min, SO-30417?")
    web.contact = KARI
    said = await web.tell("proved")
    assert "SO-30417" in said
    assert "Har du tegning" in said
    assert "email" in web.state["answers"]
