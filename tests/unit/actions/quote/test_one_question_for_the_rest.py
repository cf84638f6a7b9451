"""What is asked along with the weight and with the question for all the rest: each part goes where it belongs, nothing is asked twice."""

import asyncio
from typing import Any

import pytest

from actions.form.answers import Answers
from actions.form.summary import Summary
from actions.form.taking import Taking
from actions.tasks.quote.task import QuoteRequest
from tests.unit.actions.quote.reading_help import told, turn_of

TASK = QuoteRequest()
#: Everything before the question for all the rest; before the weight; the former with a place told in passing.
TOLD = "30 stk pakningshus i RG7, 6 kg, uke 24, ingen tegning"
WEIGHTLESS = "30 stk pakningshus i RG7, ingen tegning"
PLACED = f"{TOLD}, leveres til Ålesund"


def request(text: str) -> Answers:
    """A request after its first message."""
    answers = told(text)
    asyncio.run(TASK.known(turn_of("", "drawing"), answers))
    return answers


def answered(text: str, opened: str, before: str, act: str = "inform") -> Answers:
    """A request after the answer to its open question, as the form takes it."""
    answers = request(before)
    turn = turn_of(text, opened, act, stood=answers)
    own = asyncio.run(TASK.take(turn, answers, opened))
    Taking(turn, TASK, answers, None if opened in own else opened).take()
    asyncio.run(TASK.known(turn, answers))
    return answers


def shown(answers: Answers, before: str) -> dict[str, Any]:
    """What the read-back shows that it did not before."""
    stood = request(before)
    return {name: each.value for name, each in answers.items() if each.reply and each != stood.get(name)}


#: What is said to the question for all the rest, and what is stored of it.
ALL_THE_REST: list[tuple[str, dict[str, Any]]] = [
    ("Trykkprøves til 8 bar, står i sjøvann, ny modell må lages, sendes til Molde",
     {"requirements": "Trykkprøves til 8 bar", "application": "står i sjøvann", "pattern": "none", "place": "Molde"}),
    ("3.1 certificate please. it sits in a sea water pump, the tooling is yours. deliver to Cork",
     {"requirements": "3.1 certificate please", "application": "it sits in a sea water pump", "pattern": "the tooling is yours",
      "place": "Cork"}),
    ("intyg 3.1, dricksvatten, vi har egen modell", {"requirements": "intyg 3.1", "application": "dricksvatten", "pattern": "vi har egen modell"}),
    ("Abnahmeprüfzeugnis 3.1, Trinkwasser", {"requirements": "Abnahmeprüfzeugnis 3.1", "application": "Trinkwasser"}),
    ("kjølekrets med saltvann i en båt", {"application": "kjølekrets med saltvann i en båt"}),
    ("vi eier modellen, den står hos dere", {"pattern": "vi eier modellen, den står hos dere"}),
    ("our own pattern, it stands with you", {"pattern": "our own pattern, it stands with you"}),
    ("the previous ones wore out after a year", {"notes": "the previous ones wore out after a year"}),
    ("nei, men de hentes av budbil", {"notes": "de hentes av budbil"}),
    ("no, but pack them on half pallets", {"notes": "pack them on half pallets"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "stored"), ALL_THE_REST, ids=[text for text, _ in ALL_THE_REST])
def test_what_is_said_to_all_the_rest_goes_where_it_belongs_and_stands_once(text: str, stored: dict[str, Any]) -> None:
    answers = answered(text, "notes", TOLD)
    assert shown(answers, TOLD) == stored
    assert TASK.next_question(answers) == "name"
    asked_for = {"requirements", "pattern", "application"}
    assert set(TASK.missing(answers)) - {"size"} == asked_for - stored.keys()


@pytest.mark.parametrize(
    ("text", "act"),
    [("nei", "deny"), ("nei takk, det var alt", "deny"), ("nothing else", "deny"), ("nej, inget mer", "deny"), ("nein", "deny"),
     ("ingenting spesielt", "inform"), ("ja, det stemmer", "affirm"), ("ok", "affirm"), ("yep, all correct", "affirm")],
)  # fmt: skip
def test_no_and_agreement_close_all_of_it_without_a_word(text: str, act: str) -> None:
    answers = answered(text, "notes", TOLD, act)
    assert shown(answers, TOLD) == {}
    assert TASK.next_question(answers) == "name"
    assert TASK.missing(answers) == ["size"]


@pytest.mark.parametrize("text", ["vet ikke", "no idea", "det aner jeg ikke", "weiß ich nicht"])
def test_not_to_know_closes_all_of_it_and_names_it_once(text: str) -> None:
    answers = answered(text, "notes", TOLD)
    assert shown(answers, TOLD) == {}
    assert TASK.missing(answers) == ["size", "requirements", "pattern", "application"]
    remarks = [each for each in TASK._remarks(answers) if each.reply == "utter_quote_open"]
    assert [each.more["what"] for each in remarks] == [
        ["question.size", "question.requirements", "question.pattern", "question.application"]
    ]


def test_a_bare_yes_announces_something() -> None:
    assert TASK.next_question(answered("ja", "notes", TOLD, "affirm")) == "notes"


def test_what_only_corrects_something_leaves_the_question_open() -> None:
    answers = answered("forresten 45 stk", "notes", TOLD)
    assert shown(answers, TOLD) == {"quantity": 45}
    assert TASK.next_question(answers) == "notes"


@pytest.mark.parametrize("text", ["uke 26", "week 26 instead", "heller uke 26"])
def test_a_time_alone_is_when_the_parts_are_wanted(text: str) -> None:
    assert shown(answered(text, "notes", TOLD), TOLD) == {"delivery": "2027-W26"}


def test_by_when_an_answer_is_wanted_moves_no_delivery() -> None:
    assert shown(answered("svar innen fredag", "notes", TOLD), TOLD) == {"offer_by": "2027-03-05"}


def test_who_asks_told_instead_goes_on() -> None:
    answers = answered("Eli Aas, Aas Mek, eli@aas.example", "notes", TOLD)
    assert TASK.next_question(answers) == "confirmation"
    assert "pattern" in TASK.missing(answers)


def test_a_place_told_in_passing_answers_no_question_and_is_kept() -> None:
    assert TASK.next_question(request(PLACED)) == "notes"
    answers = answered("3.1, and invoice in euro", "notes", PLACED)
    assert answers.value("notes") == "invoice in euro"
    answers = answered("nei", "notes", PLACED, "deny")
    assert answers.value("place") == "Ålesund"
    assert TASK.next_question(answers) == "name"


@pytest.mark.parametrize(
    ("before", "what"),
    [
        (f"{TOLD}, 3.1 sertifikat", ["pattern", "application", "place", "more"]),
        (f"{TOLD}, vi har egen modell, brukes i sjøvann", ["requirements", "place", "more"]),
        (f"{PLACED}, vi har egen modell", ["requirements", "application", "more"]),
    ],
)
def test_only_what_nobody_has_told_is_asked_for(before: str, what: list[str]) -> None:
    turn, answers = turn_of("", "delivery"), request(before)
    assert TASK.next_question(answers) == "notes"
    assert asyncio.run(TASK.ask(turn, answers, "notes"))
    assert [each["what"] for each in turn.parts] == [[f"asked.{each}" for each in what]]
    assert not asyncio.run(TASK.ask(turn, request(TOLD), "notes"))


#: What is said to the weight, what is stored of it, and whether the weight itself stays open.
WEIGHT: list[tuple[str, dict[str, Any], bool]] = [
    ("8 kg, 250 x 180 x 90 mm", {"weight": 8.0, "size": "250 × 180 × 90 mm"}, False),
    ("250 x 180 x 90 mm", {"size": "250 × 180 × 90 mm"}, True),
    ("wall 7 mm at the thinnest", {"wall": 7.0}, True),
    ("on storleik med ei skoeske", {"size": "on storleik med ei skoeske"}, True),
    ("about the size of a bucket", {"size": "about the size of a bucket"}, True),
    ("ungefär lika stor som en hink", {"size": "ungefär lika stor som en hink"}, True),
]


@pytest.mark.parametrize(("text", "stored", "left"), WEIGHT, ids=[text for text, _, _ in WEIGHT])
def test_what_tells_only_the_size_answers_the_weight(text: str, stored: dict[str, Any], left: bool) -> None:
    answers = answered(text, "weight", WEIGHTLESS)
    assert shown(answers, WEIGHTLESS) == stored
    assert TASK.next_question(answers) == "delivery"
    assert ("weight" in TASK.missing(answers)) is left


@pytest.mark.parametrize(("text", "act"), [("nei", "deny"), ("vet ikke", "inform"), ("no clue", "inform")])
def test_no_weight_is_left_out_with_the_size(text: str, act: str) -> None:
    answers = answered(text, "weight", WEIGHTLESS, act)
    assert TASK.next_question(answers) == "delivery"
    assert {"weight", "size"} <= set(TASK.missing(answers))


def test_the_drawing_shows_size_and_weight() -> None:
    answers = answered("det står på tegningen", "weight", "30 stk pakningshus i RG7, tegning 7712-B")
    assert TASK.next_question(answers) == "delivery"
    assert "size" not in TASK.missing(answers)
    assert "weight" in TASK.missing(answers)


def test_the_weight_is_asked_again_when_something_else_was_told() -> None:
    assert TASK.next_question(answered("brukes i sjøvann", "weight", WEIGHTLESS)) == "weight"


@pytest.mark.parametrize("text", ["resten er åpent", "send it", "oversend den", "good to go", "stemmer bra, fyr løs"])
def test_the_rest_is_left_out_in_one_breath_and_named_once(text: str) -> None:
    answers = answered(text, "weight", WEIGHTLESS)
    assert shown(answers, WEIGHTLESS) == {}
    assert TASK.next_question(answers) == "name"
    assert TASK.missing(answers) == ["weight", "size", "delivery", "requirements", "pattern", "application"]


def test_the_way_past_the_questions_is_offered_while_there_are_many() -> None:
    offered = {
        opened: bool(TASK.ways_on(request("30 stk pakningshus"), opened)) for opened in ("part", "drawing", "alloy")
    }
    assert offered == {"part": False, "drawing": True, "alloy": True}
    assert TASK.ways_on(request(WEIGHTLESS), "weight")
    assert not TASK.ways_on(request(f"{WEIGHTLESS}, 6 kg"), "delivery")
    assert not TASK.ways_on(request(TOLD), "notes")


def test_what_is_still_to_be_answered_counts_the_questions_that_are_asked() -> None:
    turn, answers = turn_of("hvor mange spørsmål er det igjen?", "weight"), request(WEIGHTLESS)
    Summary(turn, TASK, answers).recap()
    left = next(each["what"] for each in turn.parts if each["reply"] == "utter_task_missing")
    assert left == ["question.weight", "question.delivery", "question.notes", "question.name", "question.email"]
