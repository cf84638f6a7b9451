"""What customers write, and what is found in it."""

import time

import pytest

from actions.production.catalogue import catalogue
from bot.engine.nlu.alloys import find_alloys
from bot.engine.nlu.words import find_words

A, G, U, M = "alloy", "alloy_group", "unknown_alloy", "foreign_material"

FOUND = [
    ("Strekkfasthet for RG5?", [(A, "CC491K", "RG5")]),
    ("Er-ge-fem takk", [(A, "CC491K", "Er-ge-fem")]),
    ("rødgods 5 stk", [(G, "gunmetal", "rødgods")]),
    ("RG5 5 stk", [(A, "CC491K", "RG5")]),
    ("LM 25 10 kg", [(A, "EN AC-42000", "LM 25")]),
    ("alu bronse 10 stk", [(G, "aluminium bronze", "alu bronse")]),
    ("bronsehusene lekker", [(G, "bronze", "bronsehusene")]),
    ("phosphor bronze PB1", [(A, "CC481K", "phosphor bronze PB1")]),
    ("nikkel-aluminium-bronse", [(A, "CC333G", "nikkel-aluminium-bronse")]),
    ("Rødgods eller alubronse til foring", [(G, "gunmetal", "Rødgods"), (G, "aluminium bronze", "alubronse")]),
    ("RG5 (CC491K)", [(A, "CC491K", "RG5 (CC491K)")]),
    ("RG5/RG7", [(A, "CC491K", "RG5"), (A, "CC493K", "RG7")]),
    ("5 kg RG5 og 3 kg RG7", [(A, "CC491K", "RG5"), (A, "CC493K", "RG7")]),
    ("CC419K", [(A, "CC491K", "CC419K")]),
    ("CC999X", [(U, "CC999X", "CC999X")]),
    ("EN AC-99999", [(U, "EN AC-99999", "EN AC-99999")]),
    ("RG8 og LM13", [(U, "RG8", "RG8"), (U, "LM13", "LM13")]),
    ("støper dere CuSn8?", [(U, "CuSn8", "CuSn8")]),
    ("EN AW-6082", [(U, "EN AW-6082", "EN AW-6082")]),
    ("EN AC-42100ST6", [(A, "EN AC-42100", "EN AC-42100")]),
    ("A356-T6", [(A, "EN AC-42100", "A356-T6")]),
    ("AlSi7Mg 0.3 mm", [(A, "EN AC-42000", "AlSi7Mg")]),
    ("AlSi7Mg 0,3", [(A, "EN AC-42100", "AlSi7Mg 0,3")]),
    ("2.1096.01", [(A, "CC491K", "2.1096.01")]),
    ("CuNi 90/10", [(A, "CC380H", "CuNi 90/10")]),
    ("Kan vi bruke 45300 istedenfor 46200?", [(A, "EN AC-45300", "45300"), (A, "EN AC-46200", "46200")]),
    ("42100", [(A, "EN AC-42100", "42100")]),
    ("356 or A356?", [(G, "356", "356"), (A, "EN AC-42100", "A356")]),
    ("356-T6", [(G, "356", "356")]),
    ("alloy 308", [(A, "EN AC-45000", "308")]),
    ("syrefast pumpehus", [(M, "stainless", "syrefast")]),
    ("pumpehus i rustfirtt", [(M, "stainless", "rustfirtt")]),
    ("SS316 ventil", [(M, "stainless", "SS316")]),
    ("1.4401 eller 1.4404", [(M, "stainless", "1.4401"), (M, "stainless", "1.4404")]),
    ("cast steel or støpejern?", [(M, "steel", "cast steel"), (M, "iron", "støpejern")]),
    ("sto/pejern", [(M, "iron", "sto/pejern")]),
    ("støper dere i sink?", [(M, "zinc", "i sink")]),
    ("i Al", [(G, "aluminium", "Al")]),
    ("we want to order RG5", [(A, "CC491K", "RG5")]),
    ("Wir brauchen Rotguss 5, 20 Stück", [(A, "CC491K", "Rotguss 5")]),
    ("GK-AlSi9Mg in new standard", [(A, "EN AC-43300", "AlSi9Mg")]),
    ("do you do CuCr1Zr", [(U, "CuCr1Zr", "CuCr1Zr")]),
    ("klokkebronse, støpes det?", [(U, "klokkebronse", "klokkebronse")]),
    ("rust fritt", [(M, "stainless", "rust fritt")]),
    ("NAB", [(A, "CC333G", "NAB")]),
    ("alubronse som inneholder nikkel", [(A, "CC333G", "alubronse som inneholder nikkel")]),
    ("a lead-free brass", [(A, "CC768S", "lead-free brass")]),
    ("nikkelholdig aluminiumbronse", [(A, "CC333G", "aluminiumbronse")]),
    ("bornse til lager", [(G, "bronze", "bornse")]),
    ("coper and mesing", [(G, "copper", "coper"), (G, "brass", "mesing")]),
    ("something is missing", []),
    ("the missing lock", []),
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_found(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [
        (each["entity"], each["value"], text[each["start"] : each["end"]]) for each in find_alloys(text)
    ] == expected


@pytest.mark.parametrize(
    "text",
    ["Johnson Metall AB leverer", "356 stk", "226 kg", "we need 308 pcs", "SO-30417", "42000 stk til 100 kr", "ordre 42100",
     "RG5-1023", "part no RG5", "3.1 sertifikat", "EN 10204 3.1", "EN 1982", "2.1096 kg", "10.03.2027", "all parts, al kapacitet",
     "heat sink", "the kitchen sink", "T6", 'G1 1/2"', "SAE 40 oil", "modell i aluminium", "nab the slot", "vi støper modellen i gods",
     "mail@rg5.no", "let me talk to a human", "tlf 62 41 42 10", "a 356 casting", "Pb under 0,1 %", "sn", "hvor mange deler er ferdig", "stale bread",
     "leveringstid 40 stk 12 kg uke 12", "kjernemerke og formkasse", "", "🙂"],
)  # fmt: skip
def test_nothing_found(text: str) -> None:
    assert find_alloys(text) == []


def test_typing_errors_and_unverified_names_are_marked() -> None:
    assert find_alloys("CC419K")[0]["near"] is True
    assert find_alloys("LM24")[0]["near"] is True
    assert find_alloys("15x hub CuAl10Ni5Fe5")[0].items() >= {"value": "CC333G", "near": True}.items()
    assert "near" not in find_alloys("RG5")[0]
    assert len(find_alloys("Hydronalium")[0]["options"]) == 2


@pytest.mark.parametrize("designation", sorted(catalogue().alloys))
def test_what_a_button_sends_means_its_alloy(designation: str) -> None:
    alloy = catalogue()[designation]
    for text in (alloy.title, alloy.label, designation, f"og {alloy.symbol}?"):
        found = find_alloys(text)
        assert [(each["entity"], each["value"], each.get("near")) for each in found] == [
            ("alloy", designation, None)
        ], text


@pytest.mark.parametrize("name", sorted({name for alloy in catalogue().alloys.values() for name in alloy.aliases}))
def test_every_alias_is_found_in_a_sentence(name: str) -> None:
    found = find_alloys(f"Støper dere legering {name}?")
    options = {value for each in found for value in (each.get("options") or [each["value"]])}
    resolved = catalogue().resolve(name)
    assert resolved is not None
    assert set(resolved.options) <= options | set(resolved.options[1:])
    assert resolved.options[0] in options


def test_entities_never_overlap() -> None:
    for text, _ in FOUND:
        ends = 0
        for each in find_alloys(text):
            assert each["start"] >= ends
            ends = each["end"]


def test_a_message_is_read_in_about_a_millisecond() -> None:
    text = "Hei, vi trenger 40 stk pumpehus i RG5 etter tegning 4711-B rev C, ca 12 kg hver, innen uke 12. Pris på alubronse?"
    find_alloys(text)
    best = min(_seconds(text) for _ in range(20))
    assert best < 0.002


@pytest.mark.parametrize(
    "text",
    ["CuSn5Zn5Pb5 AlSi7Mg0.3 RG5 " * 150, "226 RG5 " * 500, "alsi1" + "ac" * 2000 + "@", "cusn1" + "s" * 4000, "- " * 2000,
     "650 MPa " * 500, "bronse" * 650, "1 2 3 4 5 6 7 8 9 " * 220, "((((" * 1000, "?a" * 2000, "AlSi7Mg " * 500],
    ids=range(11),
)  # fmt: skip
def test_the_longest_message_stays_quick_whatever_it_holds(text: str) -> None:
    assert min(_seconds(text[:4000]) for _ in range(3)) < 0.4


def _seconds(text: str) -> float:
    started = time.perf_counter()
    find_alloys(text)
    find_words(text)
    return time.perf_counter() - started
