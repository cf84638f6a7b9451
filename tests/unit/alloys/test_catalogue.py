"""The catalogue: every name means what the table says, hidden minima are gone, a wrong row stops the start."""

import csv
import shutil
from pathlib import Path

import pytest

from actions.production.catalogue import FOLDER, Catalogue, CatalogueError, catalogue

ROWS = list(csv.DictReader((FOLDER / "alloys.csv").open(encoding="utf-8", newline="")))


def _names(column: str) -> list[tuple[str, str]]:
    return sorted({(row["designation_en"], name) for row in ROWS for name in row[column].split("|") if name})


@pytest.mark.parametrize(("designation", "name"), _names("aliases"))
def test_an_alias_is_its_alloy_or_a_question_that_offers_it(designation: str, name: str) -> None:
    found = catalogue().resolve(name)
    assert found is not None
    assert designation in found.options
    assert not found.near
    if len(found.options) > 1:
        assert found.group in catalogue().groups


@pytest.mark.parametrize(("designation", "name"), _names("aliases_unverified"))
def test_an_unverified_name_is_never_a_silent_choice(designation: str, name: str) -> None:
    found = catalogue().resolve(name)
    assert found is not None
    assert found.near or len(found.options) > 1
    assert designation in found.options


@pytest.mark.parametrize(
    ("name", "designation"),
    [
        ("RG5", "CC491K"), ("rg 5", "CC491K"), ("Rg-5", "CC491K"), ("R G 5", "CC491K"), ("er-ge-fem", "CC491K"),
        ("Rødgods fem", "CC491K"), ("rodgods 5", "CC491K"), ("roedgods 5", "CC491K"), ("rödgods 5", "CC491K"),
        ("r?dgods 5", "CC491K"), ("rÃ¸dgods 5", "CC491K"), ("CC491", "CC491K"), ("CC491 K", "CC491K"),
        ("EN CC491K", "CC491K"), ("CuSn5Zn5Pb5-C", "CC491K"), ("cusn5zn5pb5", "CC491K"), ("2.1096", "CC491K"),
        ("EN AC 42100", "EN AC-42100"), ("ENAC42100", "EN AC-42100"), ("AC-42100", "EN AC-42100"),
        ("42100", "EN AC-42100"), ("AlSi7Mg0,3", "EN AC-42100"), ("ALSI7MG0.3", "EN AC-42100"),
        ("AlSi7Mg 0.3", "EN AC-42100"), ("LM25", "EN AC-42000"), ("LM6", "EN AC-44100"), ("3.2381", "EN AC-43000"),
        ("PB1", "CC481K"), ("RG10", "RG10"), ("CuSn4Zn2PS", "CuSn4Zn2PS-C"), ("manganese aluminium bronze", "CC212E"),
    ],
)  # fmt: skip
def test_spellings_fold_to_one_alloy(name: str, designation: str) -> None:
    found = catalogue().resolve(name)
    assert found is not None
    assert (found.options, found.near) == ((designation,), False)


@pytest.mark.parametrize(
    "name",
    ["bronse", "bronze", "bronce", "silumin", "alubronse", "aluminium bronze", "manganbronse", "manganese bronze",
     "messing", "brass", "mesing", "356", "aluminium", "alumium", "kopper", "kobber", "rødmetall", "rødgods", "gunmetal",
     "rødgås", "blybronse", "tinnbronse", "Rotguss", "kanonmetall"],
)  # fmt: skip
def test_an_ambiguous_name_keeps_all_its_options(name: str) -> None:
    found = catalogue().resolve(name)
    assert found is not None
    assert found.group
    assert len(found.options) > 1


@pytest.mark.parametrize(
    ("name", "options"),
    [("CC419K", ("CC491K",)), ("C491K", ("CC491K",)), ("CC491J", ("CC491K",)), ("CC473K", ("CuSn4Zn2PS-C",)),
     ("Hydronalium", ("EN AC-51100", "EN AC-51300"))],
)  # fmt: skip
def test_a_typing_error_is_near(name: str, options: tuple[str, ...]) -> None:
    found = catalogue().resolve(name)
    assert found is not None
    assert found.near
    assert found.options == options


@pytest.mark.parametrize("name", ["CC999X", "EN AC-99999", "RG8", "CuBe2", "316L", "", "hei"])
def test_what_is_not_ours_is_none(name: str) -> None:
    assert catalogue().resolve(name) is None


def test_every_alias_list_is_free_of_remarks_in_brackets() -> None:
    for _, name in _names("aliases") + _names("aliases_unverified"):
        assert " (" not in name


def test_minima_that_customers_may_not_see_are_in_no_object() -> None:
    for row in ROWS:
        alloy = catalogue()[row["designation_en"]]
        condition = alloy.conditions[
            [r["temper"] for r in ROWS if r["designation_en"] == alloy.designation].index(row["temper"])
        ]
        if row["show_minima_to_customer"].startswith("no"):
            assert condition.minima is None
        else:
            assert condition.minima is not None
            assert condition.minima.by_records is ("by our records" in row["show_minima_to_customer"])
            assert condition.minima.uts_mpa == float(row["uts_mpa_min"])
    assert sum(r["show_minima_to_customer"].startswith("no") for r in ROWS) == 21


def test_an_elongation_below_one_percent_stays_a_text() -> None:
    condition = catalogue()["EN AC-45300"].condition("T6")
    assert condition
    assert condition.minima
    assert condition.minima.elongation_pct == "<1"


def test_what_is_withdrawn_or_without_number_says_so() -> None:
    assert catalogue()["EN AC-71000"].status == "withdrawn"
    assert catalogue()["RG10"].status == "no_en_number"
    assert catalogue()["CuSn4Zn2PS-C"].status == "number_unconfirmed"


def test_lead_free_means_a_permitted_maximum_of_a_tenth_of_a_percent() -> None:
    for alloy in catalogue().alloys.values():
        if alloy.lead_free and alloy.lead.max_pct is not None:
            assert alloy.lead.max_pct <= 0.1


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("alloys.csv", "alloy_names.yml"):
        shutil.copy(FOLDER / name, tmp_path / name)
    return tmp_path


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("EN 1706,F,current,140", "EN 1706,F,current,hundred", "not a number"),
        ("EN 1706,F,current,140", "EN 1706,F,maybe,140", "status"),
        ("EN 1706,T4,current,170", "EN 1706,T9,current,170", "temper"),
        (",A,A,C,yes", ",A,A,C,perhaps", "show_minima_to_customer"),
        (",C,C,C,\"no, until", ",C,C,C,\"yes, until", "show_minima_to_customer"),
        (",A,A,C,yes", ",C,A,C,yes", "conf_mech"),
        ("AB2|NAB", "AB2|RG5|NAB", "aliases of several alloys"),
        ("copper,CC483K,", "copper,CC4830K,", "CC483K"),
    ],
)  # fmt: skip
def test_a_wrong_row_stops_the_start(folder: Path, old: str, new: str, message: str) -> None:
    path = folder / "alloys.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(CatalogueError, match=message):
        Catalogue(folder)


def test_a_group_with_an_unknown_alloy_stops_the_start(folder: Path) -> None:
    path = folder / "alloy_names.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("[CC495K, ", "[CC999K, "), encoding="utf-8")
    with pytest.raises(CatalogueError, match="CC999K"):
        Catalogue(folder)
