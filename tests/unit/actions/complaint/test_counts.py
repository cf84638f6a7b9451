"""How many pieces have which fault, in many wordings, and what corrects it."""

import pytest

from actions.form.answers import Answers
from actions.tasks.complaint.counts import COUNTS, affected_of, counts_in, is_code, take_counts, take_share

COUNTED = [
    ("7 stykka e porøs, syns når vi dreie dem. å det mangla 2", [(7, None), (2, None)]),
    ("5 of the castings are cracked and 1 is missing", [(5, None), (1, None)]),
    ("4 av 20 har porer, 3 har feil mål", [(4, 20), (3, None)]),
    ("syv av dem er sprukket", [(7, None)]),
    ("we are short by two", [(2, None)]),
    ("3 st har sprickor, 1 saknas", [(3, None), (1, None)]),
    ("zwei sind gerissen", [(2, None)]),
    ("seks er utette", [(6, None)]),
    ("to er skeive og tre for korte", [(2, None), (3, None)]),
    ("10 of the covers are leaking", [(10, None)]),
    ("two were damaged", [(2, None)]),
    ("vi har 40 på lager", []),
    ("we ordered 40 in May", []),
    ("kode 916141", []),
]


@pytest.mark.parametrize(("text", "wanted"), COUNTED)
def test_what_a_message_counts_by_its_faults(text: str, wanted: list[tuple[int, int | None]]) -> None:
    assert [(some, of) for some, of, _ in counts_in(text)] == wanted


CORRECTED = [
    ("9 e det, ikkje 7. dem to som mangle stæmme", [9, 2]),
    ("it is 8 not 7", [8, 2]),
    ("make it 6 porous", [6, 2]),
    ("8, inte 7", [8, 2]),
    ("3 missing, not 2", [7, 3]),
]


@pytest.mark.parametrize(("text", "wanted"), CORRECTED)
def test_a_count_is_put_right(text: str, wanted: list[int]) -> None:
    answers = Answers()
    assert take_counts("7 are porous and 2 are missing", answers)
    assert take_counts(text, answers)
    assert [some for some, _, _ in answers.value(COUNTS)] == wanted


def test_of_how_many_is_told_later() -> None:
    answers = Answers()
    take_counts("10 of the covers are leaking", answers)
    assert take_share(10, 40, answers)
    affected = affected_of(answers.value(COUNTS))
    assert (affected.value, affected.of, affected.counts) == (10, 40, [])


def test_several_faults_are_read_back_one_by_one() -> None:
    answers = Answers()
    take_counts("7 porous, 2 missing", answers)
    affected = affected_of(answers.value(COUNTS))
    assert (affected.value, affected.counts) == (7, ["7 porous", "2 missing"])


@pytest.mark.parametrize(
    ("text", "code"), [("916141", True), (" 000000. ", True), ("30411", False), ("916141 deler", False)]
)
def test_a_code_is_a_number_of_six_figures_and_nothing_else(text: str, code: bool) -> None:
    assert is_code(text) is code


def test_a_word_that_calls_no_fault_counts_the_same_pieces() -> None:
    answers = Answers()
    take_counts("3 av husa har porer", answers)
    take_counts("det er 3 stk som er feil", answers)
    assert [some for some, _, _ in answers.value(COUNTS)] == [3]
