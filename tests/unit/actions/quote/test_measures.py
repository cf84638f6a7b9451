"""Measures in words are one size with what each figure measures; none of them counts pieces, and an allowance is a requirement."""

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.form.measures import find_measures
from actions.turns.turn import Turn
from bot.common.clock import today
from bot.engine.nlu.entities import find_entities


def measured(text: str, values: list[dict[str, Any]] | None = None) -> list[dict[str, Any]]:
    """The values of a message, its measures found."""
    message = {
        "text": text,
        "entities": find_entities(text, today(), "en") if values is None else values,
        "intent": {"name": "inform", "confidence": 0.9},
    }
    turn = Turn(Tracker("c", {"language": "en"}, message, [], False, None, {}, "action_listen"), CollectingDispatcher())
    find_measures(turn)
    return turn.entities


@pytest.mark.parametrize(
    ("text", "words", "figures"),
    [
        ("sleeve 90 od, 60 bore, 75 long with a 130 flange on top", "90 od, 60 bore, 75 long with a 130 flange", [90.0, 60.0, 75.0, 130.0]),
        ("110 utv 70 innv 95 lang, 8 stk", "110 utv 70 innv 95 lang", [110.0, 70.0, 95.0]),
        ("a ring Ø280/210 in bronze", "Ø280/210", [280.0, 210.0]),
        ("the lid is 240 mm across", "240 mm across", [240.0]),
        ("Lengde 40 cm, bredde 20 cm", "Lengde 40 cm, bredde 20 cm", [400.0, 200.0]),
        ("outer 210 inner 160", "outer 210 inner 160", [210.0, 160.0]),
        ("ytre 75 indre 50 lengde 110", "ytre 75 indre 50 lengde 110", [75.0, 50.0, 110.0]),
        ("40 across, 15 tall", "40 across, 15 tall", [40.0, 15.0]),
        ("180 round, 25 thick, hole 60", "180 round, 25 thick, hole 60", [180.0, 25.0, 60.0]),
        ("ytterdiameter 80 innerdiameter 55 längd 40", "ytterdiameter 80 innerdiameter 55 längd 40", [80.0, 55.0, 40.0]),
        ("Høyden er 55 mm", "Høyden er 55 mm", [55.0]),
    ],
)  # fmt: skip
def test_measures_are_one_size_in_words(text: str, words: str, figures: list[float]) -> None:
    sizes = [each for each in measured(text) if each["entity"] == "dimensions"]
    assert [(each.get("words"), each["value"]) for each in sizes] == [(words, figures)]


@pytest.mark.parametrize("text", ["90 od, 60 bore with a 130 flange", "length 300, width 200", "60 long 25"])
def test_no_measure_counts_pieces(text: str) -> None:
    assert not [each for each in measured(text) if each["entity"] == "quantity"]


def test_a_bare_number_taken_for_kilograms_is_the_measure_that_is_named() -> None:
    text = "utvendig diameter 180, innvendig 120"
    values = [
        {"entity": "dimensions", "value": [180.0], "start": 0, "end": 21},
        {"entity": "weight", "value": 120, "start": 33, "end": 36},
    ]
    assert [each["entity"] for each in measured(text, values)] == ["dimensions"]


def test_pieces_beside_measures_stay_pieces() -> None:
    assert [each["value"] for each in measured("20 flanges, 300 long") if each["entity"] == "quantity"] == [20]


@pytest.mark.parametrize(
    "text",
    [
        "5 mm for machining on both faces",
        "200 utvendig pluss 3 mm",
        "legg på 4 mm til dreiing",
        "the bore has 2 mm stock",
    ],
)
def test_what_is_left_on_is_no_size(text: str) -> None:
    left = [each for each in measured(text) if each["entity"] == "allowance"]
    assert len(left) == 1
