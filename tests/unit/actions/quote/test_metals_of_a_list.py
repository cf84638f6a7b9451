"""Each part of a list has its own metal; a measure with its number is no part, and by when an answer is wanted no time of the goods."""

import pytest

from actions.form.told import wants_answer
from tests.unit.actions.quote.reading_help import told

LISTS = [
    ("en", "20 covers in aluminium, 3 kg and 10 bushes in bronze, 2 kg each", ["aluminium", "bronze"]),
    ("nb", "15 deksler i aluminium, 4 kg og 8 glideringer i tinnbronse, 1 kg", ["aluminium", "tinnbronse"]),
    ("en", "5 hubs in gunmetal, 6 kg and 30 caps in aluminium, 1 kg", ["gunmetal", "aluminium"]),
    ("nb", "12 flenser i bronse, 3 kg, og 4 hus i aluminium, 20 kg", ["bronse", "aluminium"]),
]


@pytest.mark.parametrize(("language", "text", "metals"), LISTS, ids=[text for _, text, _ in LISTS])
def test_the_metal_of_one_part_is_none_of_the_others(language: str, text: str, metals: list[str]) -> None:
    """No metal stands for all of them."""
    answers = told(text, language=language)
    alloy = answers.get("alloy")
    assert alloy is None or alloy.listed
    assert [metal in each["text"] for each, metal in zip(answers["part"].items, metals, strict=True)] == [True, True]  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "text",
    [
        "20 lock i brons, 90 ytter, 70 inner, 40 långa",
        "20 lids in bronze, 90 outside, 70 inside, 40 long",
        "20 lokk i bronse, 90 utvendi, 70 inni, 40 lang",
    ],
)
def test_a_measure_with_its_number_is_no_part(text: str) -> None:
    """«40 long» counts nothing."""
    part = told(text).get("part")
    assert part is not None
    assert not getattr(part, "items", [])


@pytest.mark.parametrize("text", ["can I have your answer before Friday?", "får vi svar fra dere innen torsdag?"])
def test_an_answer_is_wanted_by_then_and_no_goods(text: str) -> None:
    """The plan is not asked."""
    assert wants_answer(text)
