"""Alloys and tempers as the standards of several countries write them; only what the catalogue's tables bear out is one of ours."""

import pytest

from bot.engine.nlu.entities import find_entities
from tests.unit.nlu.reading_help import TODAY

KINDS = ("alloy", "alloy_group", "unknown_alloy", "temper")


def named(text: str) -> list[tuple[str, str]]:
    return [(each["entity"], each["value"]) for each in find_entities(text, TODAY, "en") if each["entity"] in KINDS]


@pytest.mark.parametrize(
    ("text", "alloy", "temper"),
    [
        ("EN AC-42100 KT6", "EN AC-42100", "T6"),
        ("EN AC-42100 ST6", "EN AC-42100", "T6"),
        ("EN AC-42000KT6", "EN AC-42000", "T6"),
        ("LM25-TF", "EN AC-42000", "T6"),
        ("LM25 TF", "EN AC-42000", "T6"),
        ("LM25-M", "EN AC-42000", "F"),
        ("LM6-M", "EN AC-44100", "F"),
        ("GK-AlSi7Mg wa", "EN AC-42100", "T6"),
        ("G-AlSi7Mg wa", "EN AC-42100", "T6"),
        ("G-AlSi10Mg ka", "EN AC-43000", "T4"),
        ("AlSi10Mg(Cu) T6", "EN AC-43200", "T6"),
        ("AlSi10Mg(Cu) wa", "EN AC-43200", "T6"),
    ],
)
def test_an_alloy_is_read_with_its_temper(text: str, alloy: str, temper: str) -> None:
    assert named(text) == [("alloy", alloy), ("temper", temper)]


@pytest.mark.parametrize(
    ("text", "alloy"),
    [
        ("EN 1982-CC491K-GS-XXXX", "CC491K"),
        ("EN 1982-CC333G-GS", "CC333G"),
        ("EN 1706-AC-42100", "EN AC-42100"),
        ("SS 5204-15", "CC491K"),
        ("SAE 660", "CC493K"),
        ("bronze 660", "CC493K"),
    ],
)
def test_a_designation_is_read_whatever_stands_around_it(text: str, alloy: str) -> None:
    assert named(text) == [("alloy", alloy)]


@pytest.mark.parametrize("text", ["GBz 12", "BA1032", "AlMag35", "C95400", "SS 5299"])
def test_a_designation_that_no_table_has_is_unknown_and_named(text: str) -> None:
    assert [kind for kind, _ in named(text)] == ["unknown_alloy"]


@pytest.mark.parametrize("text", ["vi vil ta 40", "RG5 ka koster det", "AlSi7Mg ta kontakt", "type M", "LM25 Main St"])
def test_small_words_are_no_tempers(text: str) -> None:
    assert "temper" not in [kind for kind, _ in named(text)]


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("RG5 or LM25-TF", ["CC491K", "EN AC-42000"]),
        ("CC491K eller CC493K", ["CC491K", "CC493K"]),
        ("SAE 660 and CC333G", ["CC493K", "CC333G"]),
        ("EN AC-42100 KT6 / EN AC-43000", ["EN AC-42100", "EN AC-43000"]),
    ],
)
def test_two_designations_give_both(text: str, both: list[str]) -> None:
    assert [value for kind, value in named(text) if kind == "alloy"] == both
