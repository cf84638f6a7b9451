"""Tempers, properties and applications in the languages customers write."""

from typing import Any

import pytest
import yaml

from bot.engine.nlu.words import WORDS, find_words

T, P, A = "temper", "property", "application"

FOUND = [
    ("Strekkfasthet for RG5?", [(P, "uts")]),
    ("strekfasthet", [(P, "uts")]), ("strekkfsthet", [(P, "uts")]),
    ("draghållfasthet", [(P, "uts")]), ("trækstyrke", [(P, "uts")]), ("Zugfestigkeit", [(P, "uts")]),
    ("bruddforlengelse og Rp0,2", [(P, "elongation"), (P, "proof")]),
    ("yield strength", [(P, "proof")]), ("Härte", [(P, "hardness")]), ("hardleik", [(P, "hardness")]),
    ("og i T6?", [(T, "T6")]), ("A356-T6", [(T, "T6")]), ("EN AC-42100ST6", [(T, "T6")]), ("42000 F", [(T, "F")]),
    ("A356 F", [(T, "F")]), ("i støpt tilstand", [(T, "F")]), ("te seks", [(T, "T6")]), ("den er herdet", [(T, "hardened")]),
    ("herdet til T6", [(T, "T6")]), ("T64", [(T, "T64")]),
    ("is LM25 weldable", [(P, "weldability")]), ("kan den sveises", [(P, "weldability")]),
    ("how much lead is in RG7", [(P, "lead")]), ("Bleigehalt", [(P, "lead")]),
    ("Er messingen blyfri?", [(A, "lead_free")]), ("alternative to RG5 without lead", [(A, "lead_free")]),
    ("hva krymper alubronse", [(P, "shrinkage")]), ("Schwindmaß", [(P, "shrinkage")]), ("krympmån", [(P, "shrinkage")]),
    ("drikkevannsventil", [(A, "drinking_water"), (A, "valve")]), ("dricksvatten", [(A, "drinking_water")]),
    ("sjøvannspumpehus", [(A, "seawater"), (A, "pump_housing")]), ("Meerwasser", [(A, "seawater")]),
    ("bronseforing", [(A, "bearing")]), ("RG5 til lager", [(A, "bearing")]),
    ("something light", [(A, "light")]), ("legering for 400 grader", [(A, "heat")]), ("kan den eloksers?", [(P, "anodising")]),
    ("trykkutstyr (PED)", [(A, "pressure_equipment"), (A, "pressure_equipment")]), ("fatigue strength", [(P, "fatigue")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(each["entity"], each["value"]) for each in find_words(text)] == expected


@pytest.mark.parametrize(
    "text",
    ["what is the lead time for RG5", "har dere RG5 på lager", "lead-time?", "30 °C", "mikromarin", "500 g", "100 F",
     "Hvor er ordre SO-30417, den skulle vært her i går?", "kopi av ordrebekreftelse", "40 stk innen uke 12", "part T6-110", "", "to cast a bracket",
     "can you hold a 5 mm wall", "john@harbour-marine.example", "vent til vi gir beskjed", "let us know", "proof of delivery",
     "green sand or chemically bonded"],
)  # fmt: skip
def test_nothing_found(text: str) -> None:
    assert find_words(text) == []


@pytest.mark.parametrize(
    ("text", "name", "wanted"),
    [("CC333G min. 650 MPa", "uts", 650), ("CC333G min 650?", "uts", 650), ("flytegrense min 200 MPa", "proof", 200),
     ("140 HB", "hardness", 140), ("Rm 240 N/mm2", "uts", 240)],
)  # fmt: skip
def test_a_demanded_figure_goes_with_its_property(text: str, name: str, wanted: int) -> None:
    assert {"value": name, "wanted": wanted}.items() <= next(
        each for each in find_words(text) if "wanted" in each
    ).items()


def test_a_minimum_quantity_is_no_strength() -> None:
    assert find_words("min 500 stk") == []


def _phrases() -> list[tuple[str, str, str]]:
    content: dict[str, Any] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return [
        (kind, value, phrase.rstrip("*"))
        for kind in ("temper", "property", "application")
        for value, phrases in content[kind].items()
        for phrase in phrases
    ]


@pytest.mark.parametrize(("kind", "value", "phrase"), _phrases())
def test_every_listed_phrase_is_found_as_listed(kind: str, value: str, phrase: str) -> None:
    found = [(each["entity"], each["value"]) for each in find_words(f"spørsmål om {phrase} i dag")]
    assert (kind, value) in found


def test_no_phrase_is_listed_under_two_values() -> None:
    seen: dict[str, str] = {}
    for kind, value, phrase in _phrases():
        assert seen.setdefault(phrase.casefold(), f"{kind}.{value}") == f"{kind}.{value}", phrase
