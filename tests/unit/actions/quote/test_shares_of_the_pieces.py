"""A number that counts a part of the pieces leaves the total as it stands; a decision stands over what was weighed."""

from typing import Any

import pytest

from actions.form.answers import Answers
from actions.form.decided import find_decided
from actions.form.shares import find_shares, share_told
from actions.form.taking import Taking
from actions.form.typed import QuantityAnswer
from actions.tasks.quote.task import QuoteRequest
from actions.turns.turn import Turn

from .reading_help import turn_of


def marked(text: str, total: int | None = None) -> tuple[Turn, Answers]:
    """A message with its shares found, and the answers that stood before it."""
    answers = Answers({"quantity": QuantityAnswer(total, "utter_line_quantity")} if total else {})
    turn = turn_of(text, "drawing", stood=answers)
    find_decided(turn)
    find_shares(turn)
    return turn, answers


def answered(text: str, total: int | None = None) -> dict[str, Any]:
    """The lines of pieces and delivery after a message."""
    turn, answers = marked(text, total)
    Taking(turn, QuoteRequest(), answers, None).take()
    return {name: answers[name].line() for name in ("quantity", "delivery") if name in answers}


@pytest.mark.parametrize(
    ("text", "total", "share"),
    [
        ("70 of them are mirrored", 200, "70 of them are mirrored"),
        ("50 of these left, the rest right", 200, "50 of these left, the rest right"),
        ("derav 12 med gjenger", 40, "derav 12 med gjenger"),
        ("15 nå og resten i uke 24", 60, "15 nå og resten i uke 24"),
        ("the first 25 are urgent", 100, "the first 25 are urgent"),
        ("25 venstre og 35 høyre", 60, "25 venstre og 35 høyre"),
        ("varav 20 ska målas", 80, "varav 20 ska målas"),
        ("halvparten speilvendt", 80, "halvparten speilvendt"),
        ("we need 25 first", 80, "we need 25 first"),
        ("6 og 6", 12, "6 og 6"),
    ],
)
def test_a_share_keeps_the_total_and_its_words(text: str, total: int, share: str) -> None:
    assert share_told(marked(text, total)[0]) == share
    stands = answered(text, total)["quantity"]
    assert stands["value"] == total
    assert share in str(stands.get("said") or stands.get("texts"))


@pytest.mark.parametrize(
    ("text", "total", "stands"),
    [
        ("we only need 70 of them", 200, 70),
        ("make it 90 pcs", 200, 90),
        ("300 stk, resten er åpent", None, 300),
        ("the rest is open, 80 pcs", 100, 80),
        ("no, 120 pcs", 100, 120),
        ("bestill 70 stk, halvparten i uke 22 og resten i uke 34", 90, 70),
    ],
)
def test_what_tells_nothing_of_a_part_is_the_total(text: str, total: int | None, stands: int) -> None:
    assert share_told(marked(text, total)[0]) is None
    assert answered(text, total)["quantity"]["value"] == stands


def test_a_share_with_the_total_in_one_message() -> None:
    lines = answered("We need 90 levers, 30 of them in week 18 and the rest in week 26")
    assert lines["quantity"]["value"] == 90
    assert [each["quantity"] for each in lines["quantity"]["lots"]] == [30, 60]
    assert lines["delivery"]["value"] == "30 of them in week 18; the rest in week 26"


def test_numbers_beside_a_share_with_times_of_their_own_are_shares_too() -> None:
    lines = answered("20 of them in week 14, 40 in week 20", 60)
    assert [each["quantity"] for each in lines["quantity"]["lots"]] == [20, 40]
    assert answered("20 of them in week 14, 30 in week 20", 60)["quantity"]["value"] == 60


def test_the_rest_is_a_lot_of_the_standing_total() -> None:
    lines = answered("55 stk i uke 16, resten i uke 30", 100)
    assert [each["quantity"] for each in lines["quantity"]["lots"]] == [55, 45]


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("14 I think, or 16 to be safe, yes let's say 16", 16),
        ("kanskje 40 stk, eller 45, nei vi sier 45 stk", 45),
        ("perhaps 8 pcs, maybe 9 pcs ... make it 10 pcs", 10),
        ("vielleicht 30 Stück oder 35, sagen wir 35 Stück", 35),
    ],
)
def test_a_decision_stands_over_what_was_weighed(text: str, stands: int) -> None:
    turn, answers = marked(text)
    Taking(turn, QuoteRequest(), answers, "quantity").take()
    assert answers.value("quantity") == stands


def test_a_decision_about_kilograms_leaves_the_pieces() -> None:
    turn, answers = marked("14 housings, 3 kg I think, let's say 4")
    Taking(turn, QuoteRequest(), answers, None).take()
    assert (answers.value("quantity"), answers.value("weight")) == (14, 4.0)


def test_values_that_are_not_weighed_stay() -> None:
    turn, _ = marked("60 housings, 12 kg, make it 3 kg for the lids")
    assert not turn.said("weighed")
