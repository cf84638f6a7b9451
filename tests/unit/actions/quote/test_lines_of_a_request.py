"""Several parts in one request: each line keeps its own values, is corrected, struck out or added by what is said of it."""

import asyncio
from typing import Any

import pytest

from actions.form.answers import Answers, note
from actions.form.lines import items as listed_in
from actions.form.typed import PartAnswer, QuantityAnswer, WeightAnswer
from actions.tasks.quote.judging import Judging
from actions.tasks.quote.lines import take_lines
from actions.tasks.quote.task import QuoteRequest, payload
from tests.unit.actions.quote.reading_help import told, turn_of, values

LIST = "1. lagerhus RG5 12 kg 40 stk\n2. brakett LM25 3 kg 20 stk\n3. deksel RG7 2 kg 15 stk"
#: What is said of the list, and (quantity, weight) of each line after it.
TABLE: list[tuple[str, list[tuple[int, float]]]] = [
    ("på linje 2 trenger vi 90 stk", [(40, 12), (90, 3), (15, 2)]),
    ("ta bort linje 3", [(40, 12), (20, 3)]),
    ("line 2 can be removed, drop it", [(40, 12), (15, 2)]),
    ("make that 55 for item 1, no longer 40", [(55, 12), (20, 3), (15, 2)]),
    ("Part two should be 35 pcs", [(40, 12), (35, 3), (15, 2)]),
    ("linje 1 veier 14 kg og linje 3 skal være 18 stk", [(40, 14), (20, 3), (18, 2)]),
    ("drop item 2 and make item 3 25 pcs", [(40, 12), (25, 2)]),
    ("lines 1 and 3 should be 18 pcs", [(18, 12), (20, 3), (18, 2)]),
    ("linje 2 og 90 stk av den", [(40, 12), (90, 3), (15, 2)]),
    ("ta bort linje 7", [(40, 12), (20, 3), (15, 2)]),
    ("lagerhusene skal være 60 stk", [(60, 12), (20, 3), (15, 2)]),
    ("60 lagerhus og 30 deksel", [(60, 12), (20, 3), (30, 2)]),
    ("dropp braketten", [(40, 12), (15, 2)]),
    ("the deksel should be 240 pcs", [(40, 12), (20, 3), (240, 2)]),
    ("kan den øverste være 14 kg", [(40, 14), (20, 3), (15, 2)]),
    ("den nederste blir 25 stk", [(40, 12), (20, 3), (25, 2)]),
    ("can you make the brakett 25 instead?", [(40, 12), (25, 3), (15, 2)]),
    ("dekslene tåler 40 grader", [(40, 12), (20, 3), (15, 2)]),
    ("linje 2: 90 stk", [(40, 12), (90, 3), (15, 2)]),
    ("linje 1 og 3 skal være 18 stk", [(18, 12), (20, 3), (18, 2)]),
    ("line 1, line 2 and line 3 should be 18 pcs", [(18, 12), (18, 3), (18, 2)]),
    ("linje 2-3: 99 stk", [(40, 12), (99, 3), (99, 2)]),
    ("tegning kommer for linje 2 og 3", [(40, 12), (20, 3), (15, 2)]),
    ("item 1, 2 and 3 all need a certificate", [(40, 12), (20, 3), (15, 2)]),
    ("vi har modell til linje 1 og 2, men ikke til 3", [(40, 12), (20, 3), (15, 2)]),
    ("og så 10 flenser i LM25, 4 kg", [(40, 12), (20, 3), (15, 2), (10, 4)]),
]


def items(answers: Answers) -> list[tuple[Any, Any]]:
    part = answers["part"]
    assert isinstance(part, PartAnswer)
    return [(each.get("quantity"), each.get("weight")) for each in part.items]


@pytest.mark.parametrize(("text", "lines"), TABLE, ids=[text for text, _ in TABLE])
def test_lines_after_a_change(text: str, lines: list[tuple[int, float]]) -> None:
    answers = told(text, "drawing", told(LIST))
    assert items(answers) == lines
    assert answers["quantity"].listed, "a line's figure is not that of all"


@pytest.mark.parametrize(
    ("text", "reply"),
    [
        ("på linje 2 trenger vi 90 stk", "utter_quote_line_now"),
        ("ta bort linje 3", "utter_quote_line_dropped"),
        ("ta bort linje 7", "utter_quote_no_line"),
        ("also 10 flanges in LM25, 4 kg", "utter_quote_line_added"),
    ],
)
def test_a_change_is_said_with_the_line_as_it_is_now(text: str, reply: str) -> None:
    turn, answers = turn_of(text, "drawing"), told(LIST)
    take_lines(turn, answers)
    assert [each["reply"] for each in turn.parts] == [reply]


@pytest.mark.parametrize(
    ("text", "question", "value"),
    [
        ("tegning kommer for linje 2 og 3", "drawing", "tegning kommer for linje 2 og 3"),
        ("line 1 and 3: drawing to follow", "drawing", "line 1 and 3: drawing to follow"),
        ("rad 2 och 3, ritning skickas", "drawing", "rad 2 och 3, ritning skickas"),
        (
            "drawings follow for items 1 and 2, for item 3 we have the pattern",
            "drawing",
            "drawings follow for items 1 and 2",
        ),
        (
            "drawings follow for items 1 and 2, for item 3 we have the pattern",
            "pattern",
            "for item 3 we have the pattern",
        ),
        ("modellen til linje 1, 2 og 3 står hos oss", "pattern", "modellen til linje 1, 2 og 3 står hos oss"),
    ],
)
def test_which_lines_have_a_drawing_or_a_pattern_stays_in_words(text: str, question: str, value: str) -> None:
    assert values(told(text, "drawing", told(LIST)))[question] == value


def test_drawings_of_other_lines_come_beside_those_told_before() -> None:
    first = told("tegning kommer for linje 1 og 2", "drawing", told(LIST))
    second = told("for linje 3 sendes tegning i morgen", "pattern", first)
    assert values(second)["drawing"] == "tegning kommer for linje 1 og 2; for linje 3 sendes tegning i morgen"


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("please quote 1) 10 hubs in LM25, 4 kg 2) 12 covers in RG5, 6 kg. By week 25.", [(10, 4), (12, 6)]),
        (
            "pris på 1. hus RG5 12 kg 40 stk 2. lokk LM25 3 kg 20 stk 3. ring RG7 2 kg 15 stk",
            [(40, 12), (20, 3), (15, 2)],
        ),
        ("a) 40 hus i RG5, 12 kg, b) 12 lokk i LM25, 3 kg", [(40, 12), (12, 3)]),
    ],
)
def test_a_list_in_running_text_is_cut_at_its_numbers(text: str, parts: list[tuple[int, float]]) -> None:
    assert [(each.get("quantity"), each.get("weight")) for each in listed_in(turn_of(text))] == parts


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("25 casings, 25 covers and 100 brackets in A356", [25, 25, 100]),
        ("vi trenger 10 pumpehus og 20 deksler", [10, 20]),
        ("three brackets and a dozen hubs", [3, 12]),
        ("30 i april og 50 i juni", []),
        ("40 now and 60 later", []),
        ("16 foringer i RG7, ca 120 utvendig og 90 lang", []),
        ("12 covers with 4 holes and 3 ribs", []),
        ("600 split over four shipments", []),
        ("100 pcs per year, 25 pieces at a time", []),
    ],
)
def test_figures_that_count_different_things_are_lines(text: str, pieces: list[int]) -> None:
    assert [each.get("quantity") for each in listed_in(turn_of(text))] == pieces


def test_the_text_of_a_line_follows_its_values() -> None:
    answers = told("item 1 is 55 now, no longer 40", "drawing", told(LIST))
    assert answers["part"].items[0]["text"] == "lagerhus RG5 12 kg 55 stk"  # type: ignore[attr-defined]  # a PartAnswer


def test_one_part_becomes_two() -> None:
    first = told("40 stk lagerhus i RG5, 12 kg")
    answers = told("og så 10 flenser i LM25, 4 kg", "drawing", first)
    assert items(answers) == [(40, 12.0), (10, 4.0)]
    assert answers["alloy"].listed


@pytest.mark.parametrize("text", ["fjern linje 2 og ta bort linje 3", "strike lines 2 and 3", "stryk linjene 2 og 3"])
def test_two_become_one(text: str) -> None:
    answers = told(text, "drawing", told(LIST))
    assert values(answers)["part"] == "lagerhus RG5 12 kg 40 stk"
    assert (values(answers)["quantity"], values(answers)["weight"]) == (40, 12.0)


def test_a_line_of_a_request_with_one_part_is_said_not_to_be_there() -> None:
    turn, answers = turn_of("på linje 2 trenger vi 90 stk", "drawing"), told("40 stk lagerhus i RG5")
    asyncio.run(QuoteRequest().take(turn, answers, "drawing"))
    assert [each["reply"] for each in turn.parts] == ["utter_quote_one_line"]
    assert values(told("på linje 2 trenger vi 90 stk", "drawing", answers))["quantity"] == 40


def test_a_line_in_a_metal_we_do_not_cast_is_refused_by_name() -> None:
    answers = told("1. lagerhus RG5 12 kg 40 stk\n2. brakett i stål S355 3 kg 20 stk")
    turn = turn_of("")
    verdicts = Judging(turn, answers, {}).say()
    refusal = next(each for each in turn.parts if each["reply"] == "utter_quote_line_foreign")
    assert (refusal["number"], refusal["material"]) == (2, "material.steel")
    assert verdicts["part"]["no"]


def test_each_line_keeps_its_own_date() -> None:
    answers = told("1. lagerhus RG5 12 kg 40 stk uke 12\n2. brakett LM25 3 kg 20 stk uke 16")
    assert [each.get("delivery") for each in answers["part"].items] == ["2027-W12", "2027-W16"]  # type: ignore[attr-defined]
    assert answers["delivery"].listed


def test_lots_reach_the_production_side() -> None:
    answers = told("30 stk uke 12, 50 stk uke 16", "quantity")
    lots = payload(answers)["quantity"]["lots"]
    assert [(each["quantity"], each["delivery"]) for each in lots] == [(30, "2027-W12"), (50, "2027-W16")]
    loaded = Answers(answers.dump())["quantity"]
    assert isinstance(loaded, QuantityAnswer)
    assert loaded.lots == lots


def test_notes_beside_the_answers_do_not_reach_the_production_side() -> None:
    answers = told("30 stk lagerhus i RG5")
    asked = set(payload(answers))
    for name in ("asked", "unsent_told", "judged", "any_other"):
        answers[name] = note(True)
    assert set(payload(answers)) == asked >= {"part", "quantity", "alloy"}


def test_a_division_said_later_stays_with_the_quantity() -> None:
    answers = told("i fire leveranser", "drawing", told("600 stk lagerhus"))
    quantity = answers["quantity"]
    assert isinstance(quantity, QuantityAnswer)
    assert (quantity.value, quantity.deliveries) == (600, 4)


def test_the_finished_weight_is_kept_beside_that_as_cast() -> None:
    weight = told("4.1 was the machined weight. The casting is 5.2 as cast", "alloy", told("30 pcs, 4.1 kg"))["weight"]
    assert isinstance(weight, WeightAnswer)
    assert (weight.value, weight.finished) == (5.2, 4.1)
