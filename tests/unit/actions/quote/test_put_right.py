"""Old words and new ones: the field that holds the old is put right, and nothing else."""

import pytest

from actions.form.answers import Answers, line
from actions.form.put_right import put_right
from actions.form.text import only_comments
from actions.form.typed import PartAnswer, QuantityAnswer, SizeAnswer
from actions.tasks.quote.task import QuoteRequest

from .reading_help import told, turn_of


def standing() -> Answers:
    """A request with something in each kind of field."""
    return Answers(
        {
            "part": PartAnswer("bearing caps", "utter_line_part"),
            "drawing": line("drawing", "TZ-310 rev. B", ""),
            "quantity": QuantityAnswer(12, "utter_line_quantity"),
            "size": SizeAnswer("outer 90 inner 60", "utter_line_size", mm=[90.0, 60.0]),
            "notes": line("notes", "deliver to Fjordgata 12, 4370 Egersund"),
            "name": line("name", "Siv Bakken, Bakken Mek AS", person="Siv Bakken", company="Bakken Mek AS"),
        }
    )


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("rev. C, not B", "drawing", "TZ-310 rev. C"),
        ("utgave D nå", "drawing", "TZ-310 rev. D"),
        ("TZ-310 should be TZ-301", "drawing", "TZ-301 rev. B"),
        ("TZ-310 er feil, det skal være TZ-130", "drawing", "TZ-130 rev. B"),
        ("wrong drawing, it is ZT-44", "drawing", "ZT-44"),
        ("it's Bakke, not Bakken", "name", "Siv Bakke, Bakke Mek AS"),
        ("ikke Siv, men Liv", "name", "Liv Bakken, Bakken Mek AS"),
        ("Siv Backen, with ck and e", "name", "Siv Backen, Bakken Mek AS"),
        ("Fjordgata 21, ikke 12", "notes", "deliver to Fjordgata 21, 4370 Egersund"),
        ("from Egersund to Sandnes", "notes", "deliver to Fjordgata 12, 4370 Sandnes"),
        ("housings, not bearing caps", "part", "housings"),
        ("inner is 65, not 60", "size", "outer 90 inner 65"),
    ],
)
def test_the_field_that_holds_the_old_words_is_put_right(text: str, name: str, value: str) -> None:
    answers = standing()
    found = put_right(turn_of(text, "delivery", stood=answers), QuoteRequest().questions, answers)
    assert [(each.name, each.answer.value) for each in found if each.answer] == [(name, value)]


@pytest.mark.parametrize(
    "text",
    ["machined, not painted", "we need it in May, not June", "is it rev C, not B?", "not before week 20", "rev. B"],
)
def test_what_nothing_holds_is_no_correction(text: str) -> None:
    answers = standing()
    assert put_right(turn_of(text, "delivery", stood=answers), QuoteRequest().questions, answers) == []


def test_the_figures_of_a_size_are_put_right_with_its_words() -> None:
    assert told("inner is 65, not 60", "delivery", standing())["size"].mm == [90.0, 65.0]  # type: ignore[attr-defined]


def test_another_name_keeps_the_firm() -> None:
    assert told("my name is Liv Moen", "delivery", standing()).value("name") == "Liv Moen, Bakken Mek AS"


@pytest.mark.parametrize(
    "text", ["just been told, not 20", "nei, det var feil", "no, not that", "fått beskjed, ikke 30", "wrong"]
)
@pytest.mark.parametrize("opened", ["part", "alloy", "drawing", "pattern", "name", "requirements", "delivery"])
def test_a_comment_answers_nothing(text: str, opened: str) -> None:
    assert only_comments(turn_of(text, opened))
    assert opened not in told(text, opened)


@pytest.mark.parametrize("text", ["no", "nei", "not 20 but 30", "wrong alloy, RG7", "ja"])
def test_an_answer_is_no_comment(text: str) -> None:
    assert not only_comments(turn_of(text, "drawing"))


def test_a_list_in_the_midst_of_a_request_for_one_part_lists_nothing() -> None:
    assert told("we have 4 people and 2 machines on it", "delivery", standing()).value("quantity") == 12


def test_a_figure_with_a_unit_counts_no_pieces() -> None:
    assert told("vi er 40 ansatte", "name", standing()).value("quantity") == 12


def test_pieces_that_are_denied_are_asked_again() -> None:
    assert "quantity" not in told("just been told, not 12", "delivery", standing())
