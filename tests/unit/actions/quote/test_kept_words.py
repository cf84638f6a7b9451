"""What is told of a request and no answer shows goes along as it was written; what is shown, asked or mere talk does not."""

import pytest

from actions.form.kept import keep, remark
from actions.form.task import SAID, tasks
from tests.unit.actions.quote.reading_help import told, turn_of

NOTED = "40 stk lagerhus i RG5, 12 kg, uke 20"


def kept(text: str, act: str = "inform", language: str = "nb") -> str | None:
    """What of a message is kept beside a request of forty bearing housings."""
    answers = told(NOTED)
    turn = turn_of(text, act=act, language=language, stood=answers)
    keep(turn, tasks()["quote_request"], answers, turn.reading.clauses)
    said = answers.get(SAID)
    return str(said.value) if said else None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("lokket skal sitte på en åpen brønn", "lokket skal sitte på en åpen brønn"),
        ("40 stk i RG5, boltes i betong", "boltes i betong"),
        ("12 kg hver, 3 mm på boringen", "3 mm på boringen"),
        ("ring etter klokka 15, uke 20", "ring etter klokka 15"),
        ("lagerhus til kverna på Rena", "lagerhus til kverna på Rena"),
    ],
)
def test_what_no_answer_shows_is_kept_as_it_was_written(text: str, words: str) -> None:
    assert kept(text) == words


@pytest.mark.parametrize(
    "text",
    [
        "40 stk lagerhus i RG5", "vi trenger 40 stk, og gjerne i uke 20", "tolv kilo, ca 12 kg stykket", "RG5 er det vi vil ha",
        "kan dere gjøre hullet større?", "ikke noe spesielt", "vet ikke hva slags modell det er", "ok, greit",
    ],
)  # fmt: skip
def test_what_is_shown_asked_or_unknown_is_not(text: str) -> None:
    assert kept(text) is None


def test_thanks_are_no_words_of_the_request() -> None:
    assert kept("tusen takk for kjempeflott hjelp", act="thanks") is None


def test_words_of_several_messages_stand_together_and_only_new_ones_are_named() -> None:
    answers = told(NOTED)
    for text in ("boltes i betong", "flensen vender opp"):
        turn = turn_of(text, stood=answers)
        keep(turn, tasks()["quote_request"], answers, turn.reading.clauses)
    assert answers[SAID].value == "boltes i betong; flensen vender opp"
    assert answers[SAID].more["latest"] == "flensen vender opp"


def test_the_remark_of_an_order_holds_what_was_kept() -> None:
    answers = told(NOTED)
    assert remark(answers) is None
    keep(
        turn := turn_of("merk kassene med kran", stood=answers), tasks()["quote_request"], answers, turn.reading.clauses
    )
    assert remark(answers) == "merk kassene med kran"
