"""What web tells the assistant: a customer has proved who they are, a person has handed the conversation back."""

from typing import Any

import pytest

from actions.turns.house import House
from bot.store.cases import load_draft
from tests.unit.actions.driver import FormDriver

KARI = ("demo-kari", "demo-fjordpumpe")
#: As the engine has read it.
SIXTY = {
    "text": "60",
    "intent": {"name": "inform"},
    "entities": [{"entity": "number", "value": 60.0, "start": 0, "end": 2}],
}
RG5 = {
    "text": "RG5",
    "intent": {"name": "inform"},
    "entities": [{"entity": "alloy", "value": "CC491K", "start": 0, "end": 3}],
}


def _written(text: str) -> dict[str, Any]:
    return {"text": text, "intent": {"name": "inform", "confidence": 0.5}, "entities": []}


async def _asked_for_alloy(language: str = "nb") -> FormDriver:
    form = FormDriver(language)
    await form.say("jeg vil ha tilbud", "place_order")
    await form.say("pumpehus til sjøvann")
    await form.say("nei", "deny")
    assert form.question == "alloy"
    return form


async def test_what_a_person_settled_is_taken_and_the_next_question_asked(house: House) -> None:
    form = await _asked_for_alloy()
    said = await form.told_by_web(
        kind="handed_back", person="Ola Nordmann", settled="RG5 passer, 60 stk", request="continue",
        answers={"alloy": RG5, "quantity": SIXTY},
    )  # fmt: skip
    assert "Ola Nordmann" in said
    assert "RG5 passer, 60 stk" in said
    assert "veier" in said
    given = {"part": "pumpehus til sjøvann", "drawing": "deny", "alloy": "CC491K", "quantity": 60}
    assert form.answers == given | {"application": "seawater"}


async def test_what_no_reader_can_read_stands_as_it_was_written_and_marked(house: House) -> None:
    form = await _asked_for_alloy("en")
    answers = {
        "alloy": _written("like the sample from Monday"), "quantity": _written("a pallet or two"),
        "weight": _written("as on the drawing"), "delivery": _written("ok"), "drawing": _written("no"), "confidential": _written("no"),
        "requirements": _written("standard"), "pattern": _written("none"), "application": _written("lamp"), "notes": _written("-"),
        "name": _written("Kim"), "email": _written("none yet"), "nonsense": _written("x"), "part": "broken",
    }  # fmt: skip
    said = await form.told_by_web(kind="handed_back", person="", settled="", request="continue", answers=answers)
    assert "e-mail" in said
    assert form.question == "email"
    assert form.answers["part"] == "pumpehus til sjøvann"
    read_back = await form.say("kim@firma.example", email="kim@firma.example")
    for wanted in (
        "Alloy: like the sample from Monday (as sales wrote it)", "Quantity: a pallet or two (as sales wrote it)",
        "Weight: as on the drawing (as sales wrote it)",
    ):  # fmt: skip
        assert wanted in read_back
    again = await form.say("T6", temper="T6")
    assert "Alloy" not in again


async def test_with_nothing_missing_everything_is_read_back(house: House) -> None:
    form = FormDriver()
    await form.say("ring meg om porer", "complaint")
    assert form.question == "order"
    said = await form.told_by_web(
        kind="handed_back", person="Ola", settled="", request="continue",
        answers={"order": _written("SO-30417"), "name": _written("Kim Berg"), "affected": _written("10"), "found": _written("i går"),
                 "photos": _written("ingen"), "remedy": _written("nye deler"),
                 "email": {"text": "kim@firma.example", "entities": [{"entity": "email", "value": "kim@firma.example"}]}},
    )  # fmt: skip
    assert "SO-30417" in said
    assert "Skal jeg sende" in said


async def test_a_person_may_end_the_request(house: House) -> None:
    form = await _asked_for_alloy()
    await form.say("stopp", "stop_task")
    await form.say("fortsett", resume=True)
    said = await form.told_by_web(kind="handed_back", person="Ola", settled="Tilbud sendt", request="end", answers={})
    assert "avslutter jeg forespørselen" in said
    assert form.question is None
    assert form.slots["task"] is None
    assert form.slots["answers"] == {}
    assert load_draft(house.own, form.conversation, None) is None


async def test_without_a_word_on_the_request_the_open_question_is_asked(house: House) -> None:
    form = await _asked_for_alloy()
    said = await form.told_by_web(kind="handed_back", person="Ola", settled="", request="none", answers=None)
    assert said.endswith("Hvilken legering ønsker du?")


@pytest.mark.parametrize("odd", [{}, {"answers": ["x"]}, {"settled": None, "person": 7, "answers": {"alloy": None}}])
async def test_an_incomplete_hand_back_never_breaks(house: House, odd: dict[str, Any]) -> None:
    form = await _asked_for_alloy()
    assert "Hvilken legering" in await form.told_by_web(kind="handed_back", **odd)


async def test_after_a_proof_the_form_does_not_ask_who_it_is(house: House) -> None:
    form = await _asked_for_alloy()
    form.contact = KARI
    said = await form.told_by_web(kind="proved")
    assert "Hvilken legering" in said
    assert form.answers["email"]


async def test_a_question_that_waited_for_the_proof_is_answered_first(house: House) -> None:
    form = await _asked_for_alloy()
    asked = await form.say("hvor er ordren SO-30417?", "order_status", order_no="SO-30417")
    assert "vet hvem du er" in asked
    form.contact = KARI
    said = await form.told_by_web(kind="proved")
    assert "SO-30417" in said
    assert said.splitlines()[-1].startswith("Hvilken legering")
