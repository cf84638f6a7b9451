"""What can be the number of an order: words, counts and sizes are none, and a named order stands."""

import pytest

from actions.form.answers import Answers, line
from actions.form.taking import Taking
from actions.tasks.cancel.task import CancelOrder
from tests.unit.actions.quote.reading_help import turn_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("SO-30417", "SO-30417"),
        ("it's HM/2203", "HM/2203"),
        ("følgeseddel 88123", "88123"),
        ("417", "417"),
        ("nummer 417", "417"),
        ("our ref KX-77", "KX-77"),
        ("Make the lid 40 off", None),
        ("all twelve", None),
        ("alle tolv", None),
        ("lag dekselet i 30 stk", None),
        ("the one from 2026", None),
        ("den vi fikk i fjor", None),
        ("three foot by two, some 50 pounds", None),
    ],
)
def test_what_is_taken_for_an_order(text: str, number: str | None) -> None:
    answers = Answers()
    Taking(turn_of(text, "order"), CancelOrder(), answers, "order").take()
    assert answers.value("order") == number


@pytest.mark.parametrize("text", ["all twelve", "alle tolv", "the part is P-1007", "tegning 4711-B"])
def test_a_named_order_stands(text: str) -> None:
    answers = Answers({"order": line("order", "SO-30433")})
    Taking(turn_of(text, "line"), CancelOrder(), answers, "line").take()
    assert answers.value("order") == "SO-30433"


@pytest.mark.parametrize("text", ["no, SO-30432", "nei, SO-30432"])
def test_another_number_takes_its_place(text: str) -> None:
    answers = Answers({"order": line("order", "SO-30433")})
    Taking(turn_of(text, "line"), CancelOrder(), answers, "line").take()
    assert answers.value("order") == "SO-30432"
