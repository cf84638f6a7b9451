"""Values that are rejected, only asked, of a detail or under their label: what is taken of them, and where it goes."""

import datetime as dt

import pytest

from actions.dialogue.times import find_times
from actions.form.measures import find_measures
from actions.turns.house import House
from bot.common import clock, settings
from bot.common.spans import time_of
from tests.unit.actions.quote.reading_help import told, turn_of
from tests.unit.actions.talk import Conversation


@pytest.fixture(autouse=True)
def _first_of_march(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "settings", lambda: settings.Settings(today=dt.date(2027, 3, 1)))


@pytest.mark.parametrize(
    "text",
    [
        "95 kg, that is out of the question",
        "95 kg is not an option",
        "95 kilo, det er uaktuelt",
        "95 kg kommer ikke på tale",
    ],
)
def test_a_rejected_figure_is_no_weight(text: str) -> None:
    before = told("tilbud på 20 lokk i RG5, 8 kg", act="place_order")
    assert told(text, "drawing", before).value("weight") == 8


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("the bore is Ø80 H7", ["feature"]),
        ("the seat must be 60 mm", ["feature"]),
        ("leave 3 mm allowance on the seats", ["allowance"]),
        ("boringen er Ø80 H7", ["feature"]),
        ("setet blir 60 mm", ["feature"]),
        ("3 mm pålegg på setene", ["allowance"]),
        ("it is 400 x 300 x 120 mm", ["dimensions"]),
        ("lengden er 400 mm", ["dimensions"]),
    ],
)
def test_a_detail_is_not_the_size_of_the_part(text: str, kinds: list[str]) -> None:
    turn = turn_of(text, "drawing")
    find_measures(turn)
    found = [each["entity"] for each in turn.entities if each["entity"] in ("feature", "allowance", "dimensions")]
    assert set(found) == set(kinds)


@pytest.mark.parametrize(
    "text",
    [
        "and what about 180 mm, for example?",
        "what tolerance do I get on a 200 mm length?",
        "hvilken toleranse får jeg på en lengde på 200 mm?",
        "og på for eksempel 180 mm?",
    ],
)
def test_a_length_that_is_asked_about_is_no_size(text: str) -> None:
    before = told("tilbud på 20 lokk i RG5, 8 kg", act="place_order")
    assert told(text, "drawing", before).value("size") is None


@pytest.mark.parametrize(
    ("language", "text", "day"),
    [
        ("en", "by mid-May", "2027-05-14"),
        ("en", "by the middle of June", "2027-06-15"),
        ("nb", "innen midten av mai", "2027-05-14"),
        ("nb", "innen midten av juni", "2027-06-15"),
    ],
)
def test_by_the_middle_is_no_later(language: str, text: str, day: str) -> None:
    turn = turn_of(text, "delivery", language=language)
    find_times(turn)
    assert [time_of(each) for each in turn.said("date")] == [day]


@pytest.mark.parametrize(
    "text", ["in the summer, say July", "this summer, let's say July", "til sommeren, la oss si juli", "i sommer, juli"]
)
def test_the_narrower_time_is_meant(text: str) -> None:
    before = told("tilbud på 20 lokk i RG5, 8 kg", act="place_order")
    language = "en" if "July" in text else "nb"
    turn = turn_of(text, "delivery", language=language)
    value = told(text, "delivery", before, entities=turn.entities).value("delivery")
    assert str(value).startswith("2027-07-01/2027-07-3")


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("dimensions: 420 x 350 x 180", "size", "420 × 350 × 180 mm"),
        ("mål: 420 x 350 x 180", "size", "420 × 350 × 180 mm"),
        ("use: sea water", "application", "sea water"),
        ("bruk: sjøvann", "application", "sjøvann"),
        ("bruken er sjøvann, ikke sagbruk", "application", "sjøvann"),
        ("rev C", "drawing", "rev C"),
        ("tegning rev C", "drawing", "rev C"),
    ],
)
def test_what_is_told_under_its_label_replaces_what_stood(text: str, name: str, value: str) -> None:
    stood = told("tilbud på 20 lokk i LM25, 8 kg, 300 x 200 x 80 mm", act="place_order")
    stood = told("nei", "drawing", stood, act="deny")
    stood = told("bruk: sagbruk", "notes", stood)
    assert told(text, "email", stood).value(name) == value


@pytest.mark.parametrize(
    "text",
    [
        "the size is not 3 mm, it is the allowance",
        "the size isn't 3 mm, that is what we machine",
        "målet er ikke 3 mm, det er pålegget",
        "målet er ikke 3 mm, det er det vi dreier av",
    ],
)
def test_what_a_figure_is_instead_is_no_size(text: str) -> None:
    before = told("tilbud på 20 lokk i RG5, 8 kg", act="place_order")
    assert told(text, "drawing", before).value("size") is None


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("The drawing is not confidential", "deny"),
        ("drawings only after an NDA is signed", "affirm"),
        ("tegningen er ikke konfidensiell", "deny"),
        ("tegninger først etter at taushetserklæring er signert", "affirm"),
    ],
)
async def test_a_drawing_and_its_secrecy(house: House, text: str, secret: str) -> None:
    talk = Conversation(house, "en" if "rawing" in text else "nb")
    await talk.say("tilbud på 20 lokk i RG5, 8 kg, tegning rev B", "place_order")
    await talk.say(text)
    answers = talk.slots["answers"]["quote_request"]
    assert answers["confidential"]["value"] == secret
    assert answers["drawing"]["value"] != "deny"
