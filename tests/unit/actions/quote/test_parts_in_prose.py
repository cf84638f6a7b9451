"""Several parts told in sentences are the same lines as a table: each figure goes to its part, wherever it stands."""

from typing import Any

import pytest

from actions.form.answers import Answers
from actions.form.lines import items
from actions.form.typed import PartAnswer
from tests.unit.actions.quote.reading_help import told, turn_of, values

#: What is told, and (name, pieces, weight, alloy) of each part.
TOLD: list[tuple[str, list[tuple[Any, ...]]]] = [
    ("A price for two castings, a bearing housing in gunmetal, around 8 kg, and the end cap that goes with it, same stuff, about 2 kg. 40 housings and 80 caps to begin with",
     [("bearing housing", 40, 8, "gunmetal"), ("end cap", 80, 2, "gunmetal")]),
    ("Housing 8 kg, 40 off. End cap 2 kg, 80 off. Both in RG7", [("Housing", 40, 8, "CC493K"), ("End cap", 80, 2, "CC493K")]),
    ("impeller A 38 kg, dia 420 mm, height 150. impeller B 17 kg, dia 310, height 110", [("impeller A", None, 38, None), ("impeller B", None, 17, None)]),
    ("vi trenger to deler, et lagerhus i RG7 på ca 8 kg og et endelokk i samme legering, 2 kg. 40 hus og 80 lokk",
     [("lagerhus", 40, 8, "CC493K"), ("endelokk", 80, 2, "CC493K")]),
    ("pris på et pumpehus, 20 kg, 10 stk, og et deksel, 4 kg, 20 stk. Begge i RG5", [("pumpehus", 10, 20, "CC491K"), ("deksel", 20, 4, "CC491K")]),
    ("To støypegods: ei hylse på 3 kg og eit lok på 1,5 kg, 50 stk av kvar, begge i tinnbronse", [("hylse", 50, 3, "tin bronze"), ("lok", 50, 1.5, "tin bronze")]),
    ("dei to delane er eit hus på 12 kg og ein flens på 4 kg, AlSi10Mg på begge. 20 hus og 40 flensar", [("hus", 20, 12, "EN AC-43000"), ("flens", 40, 4, "EN AC-43000")]),
    ("Vi behöver två delar: ett lagerhus, 8 kg, 40 st, och ett lock, 2 kg, 80 st, båda i RG7", [("lagerhus", 40, 8, "CC493K"), ("lock", 80, 2, "CC493K")]),
    ("Offert på två detaljer i brons: en bussning ca 2 kg, 100 st, och en fläns ca 5 kg, 50 st", [("bussning", 100, 2, "bronze"), ("fläns", 50, 5, "bronze")]),
    ("den store flensen 12 kg 20 stk, den lille 5 kg 40 stk, begge i AlSi10Mg", [("den store flensen", 20, 12, "EN AC-43000"), ("den lille", 40, 5, "EN AC-43000")]),
    ("Two brackets. The left one is 3 kg and the right one 3.2 kg, both LM25, 20 of each", [("brackets, The left one", 20, 3, "EN AC-42000"), ("brackets, the right one", 20, 3.2, "EN AC-42000")]),
    ("Quote a hub and a cover please. Hub: 12 kg, RG7, 30 off. Cover: 3 kg, LM25, 60 off.", [("hub", 30, 12, "CC493K"), ("cover", 60, 3, "EN AC-42000")]),
    ("a volute, 45 kg, AB2, 4 off, plus its cover, 12 kg, also AB2, 4 off", [("volute", 4, 45, "CC333G"), ("cover", 4, 12, "CC333G")]),
    ("One housing of 30 kg, one cover of 6 kg, 12 sets", [("housing", 12, 30, None), ("cover", 12, 6, None)]),
    ("10 lids and 5 hubs, the lids weigh 2 kg, the hubs 3.5", [("lids", 10, 2, None), ("hubs", 5, 3.5, None)]),
]  # fmt: skip
#: One part, however much is told of it; figures of another thing than a part.
ONE = [
    "bracket 200 x 100 mm, 4 kg, in LM25, with a core ø14 x 150 and two bosses, 30 pcs. It sits in a gearbox of 80 kg",
    "We need a pump cover, about 12 kg, with a flange of 200 mm dia, 25 pcs, in RG5",
    "the bracket weighs 3 kg and is 200 x 100, 40 pcs. The machine it sits in weighs 800 kg and has 4 of them",
    "Kjerne ø14 x 150 i pumpehuset, vekt 12 kg, 40 stk i RG5",
    "pumpehus 12 kg, ferdig maskinert 10 kg, 40 stk RG5",
    "the machine has two pumps, we need a new impeller 12 kg in AB2, 3 pcs",
    "a bracket, 3 kg, LM25, 100 pcs now and 100 pcs in June",
    "30 stk deksel 2 kg, leveres 10 i uke 20 og 20 i uke 24",
    "We cast a flange today at 12 kg, in LM25, 40 off per year, with a boss of 25 mm and a core of 3 kg",
]
BOTH = "a bearing housing in gunmetal, 8 kg, and the end cap, same stuff, 2 kg. 40 housings and 80 caps"


def parts(answers: Answers) -> list[tuple[Any, ...]]:
    part = answers["part"]
    assert isinstance(part, PartAnswer)
    return [(each.get("quantity"), each.get("weight"), each.get("alloy", each.get("metal"))) for each in part.items]


@pytest.mark.parametrize(("text", "wanted"), TOLD, ids=[text for text, _ in TOLD])
def test_parts_told_in_sentences(text: str, wanted: list[tuple[Any, ...]]) -> None:
    found = items(turn_of(text))
    told_of = [(each["text"], each.get("quantity"), each.get("weight"), each.get("alloy", each.get("metal"))) for each in found]  # fmt: skip
    assert [each[1:] for each in told_of] == [each[1:] for each in wanted]
    assert all(name in each[0] for each, (name, *_) in zip(told_of, wanted, strict=True))


def test_the_big_one_and_the_small_one_are_known_by_their_figures() -> None:
    text = "two impellers, one 310 mm about 17 kg and one 420 mm about 38 kg. Of the big one 6 pieces a year, of the small 12"
    assert [(each["weight"], each["yearly"]) for each in items(turn_of(text))] == [(17, 12), (38, 6)]


@pytest.mark.parametrize("text", ONE)
def test_one_part_with_its_details_stays_one(text: str) -> None:
    assert items(turn_of(text)) == []


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("No, two parts. Housing 9 kg, 45 off. End cap 2 kg, 80 off. Both in RG7", [(45, 9, "CC493K"), (80, 2, "CC493K")]),
        ("Then it has to be LG4, so CC492K for both, not RG7. Not confidential", [(40, 8, "CC492K"), (80, 2, "CC492K")]),
        ("it must be CC492K on both", [(40, 8, "CC492K"), (80, 2, "CC492K")]),
        ("begge i RG5", [(40, 8, "CC491K"), (80, 2, "CC491K")]),
        ("båda ska vara i RG5", [(40, 8, "CC491K"), (80, 2, "CC491K")]),
        ("60 of each", [(60, 8, "gunmetal"), (60, 2, "gunmetal")]),
        ("both must be machined", [(40, 8, "gunmetal"), (80, 2, "gunmetal")]),
        ("the caps weigh 3 kg", [(40, 8, "gunmetal"), (80, 3, "gunmetal")]),
    ],
)  # fmt: skip
def test_parts_told_again_put_their_lines_right(text: str, wanted: list[tuple[Any, ...]]) -> None:
    assert parts(told(text, "drawing", told(BOTH))) == wanted


def test_a_time_before_the_lines_is_that_of_all() -> None:
    text = "By week 22 ideally, housings can come first, caps two weeks later"
    assert values(told(text, "delivery", told(BOTH)))["delivery"] == "2027-W22"


def test_a_part_that_stands_becomes_several_of_its_name() -> None:
    one = told("pump impellers in AB2", act="place_order")
    text = "It's two impellers, one 420 mm diameter about 38 kg and one 310 mm about 17 kg. can you do that in bronze?"
    answers = told(text, "drawing", one)
    assert parts(answers) == [(None, 38, "CC333G"), (None, 17, "CC333G")]
    again = told("impeller A 420 mm 39 kg. Impeller B 310 mm 17 kg", "delivery", answers)
    assert parts(again) == [(None, 39, "CC333G"), (None, 17, "CC333G")]


def test_a_part_that_stands_becomes_the_first_of_those_told_beside_it() -> None:
    answers = told(
        "a hub, 4 kg, LM25, 30 off and a ring, 2 kg, LM25, 10 off", "drawing", told("40 stk lagerhus i RG5, 12 kg")
    )
    assert parts(answers) == [(40, 12, "CC491K"), (30, 4, "EN AC-42000"), (10, 2, "EN AC-42000")]


@pytest.mark.parametrize(
    "text",
    ["RG5 or aluminium bronze, which?", "vi har ikke bestemt legering, RG5 kanskje", "torn between AB2 and CuSn10", "RG5 eller AB2, hva er best", "would T6 help", "compare F and T6 in the same alloy"],
)  # fmt: skip
def test_what_is_weighed_chooses_no_alloy(text: str) -> None:
    before = told("40 stk lagerhus, 12 kg")
    answers = told(text, "drawing", before)
    assert "alloy" not in values(answers)
    chosen = told(text, "drawing", told("40 stk lagerhus i LM25, 12 kg"))
    assert (chosen["alloy"].value, chosen["alloy"].more.get("temper")) == ("EN AC-42000", None)
