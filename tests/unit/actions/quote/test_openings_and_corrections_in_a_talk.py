"""Whole talks: a wish told in one breath begins its request, and what is wrong at the read-back is put right there."""

import datetime as dt

import pytest

from actions.turns.house import House
from bot.common import clock, settings
from tests.unit.actions.talk import Conversation


@pytest.fixture(autouse=True)
def _first_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "settings", lambda: settings.Settings(today=dt.date(2027, 3, 1)))


@pytest.mark.parametrize(
    ("language", "text", "task"),
    [
        ("nb", "kan vi få 74 stk til av FP-2041? vi må ha delene 28. september 2027", "reorder"),
        ("en", "new order for FP-2041, 52 pieces, we need them as soon as possible", "reorder"),
        ("en", "how soon can we have 52 pieces of FP-2041?", None),
    ],
)
async def test_pieces_of_a_numbered_part_are_an_order(house: House, language: str, text: str, task: str | None) -> None:
    talk = Conversation(house, language, "demo-kari")
    await talk.say(text, "lead_time")
    assert talk.slots.get("task") == task


@pytest.mark.parametrize(
    ("text", "part"),
    [("her er noe feil, delen er ventillokk", "ventillokk"), ("det er tykkelsen på flensen som er feil", "pumpelokk")],
)
async def test_no_complaint_begins_at_the_read_back(house: House, text: str, part: str) -> None:
    talk = Conversation(house, "nb")
    await talk.say("tilbud på 40 pumpelokk i RG5, 4 kg, uke 20", "place_order")
    await talk.say("resten er åpent")
    await talk.say("Liv Dahl, Dahl Mek AS")
    await talk.say("liv@dahl.example")
    assert talk.slots["question"] == "confirmation"
    await talk.say(text, "complaint")
    assert talk.slots["task"] == "quote_request"
    assert talk.slots["answers"]["quote_request"]["part"]["value"] == part
    assert talk.hand_over is None
