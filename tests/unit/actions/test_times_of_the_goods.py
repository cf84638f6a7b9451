"""Which times a message tells of the goods, and which of something else."""

import datetime as dt
from types import SimpleNamespace

import pytest

from actions.form.told import for_delivery
from bot.engine.nlu.entities import find_entities


def _times(text: str, question: str | None = None) -> list[str]:
    turn = SimpleNamespace(
        text=text,
        entities=find_entities(text, dt.date(2026, 11, 30), "nb"),
        told=(),
        slot=lambda name: question if name == "question" else None,
    )
    return [each["entity"] for each in for_delivery(turn).entities if each["entity"] in ("date", "week")]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "text",
    [
        "I decide on Thursday",
        "Our customer decides Thursday.",
        "The audit is on 4 February",
        "Vi har stengt uke 8",
        "Sjåføren vår køyrer forbi den 29.",
        "Wir wären am 17.12. in Oslo",
        "den må betales idag",
        "Jag är ledig vecka 8",
        "Me tek avgjerda torsdag",
        "We are in Oslo on 17 December",
        "vi har to leverandører i dag",
    ],
)
def test_a_time_of_something_else_is_none_of_the_goods(text: str) -> None:
    assert _times(text) == []
    assert _times(text, "delivery") != []


@pytest.mark.parametrize(
    "text",
    [
        "we need them by week 9",
        "hadde vore fint å få dei før jul",
        "uke 12 går fint",
        "KW 5 bitte",
        "senest vecka 12, helst tidigare",
        "40 hus i RG5, uke 8",
        "uke 24 i stedet",
        "the 12th then",
        "end of March if you can manage",
        "Det må være her 1. mars",
    ],
)
def test_a_time_of_the_goods_stays(text: str) -> None:
    assert _times(text) != []


@pytest.mark.parametrize(
    ("text", "alloy"),
    [
        ("OK so 42100 in T6", "EN AC-42100"),
        ("is the elongation on a T6 42100 sand casting only 2 %?", "EN AC-42100"),
        ("så 42000 er svakere", "EN AC-42000"),
        ("C95800", "CC333G"),
        ("would the 85/5/5/5 be weaker", "CC491K"),
        ("88/10/2, what is the nearest", "RG10"),
    ],
)
def test_bare_numbers_and_compositions_are_alloys(text: str, alloy: str) -> None:
    found = find_entities(text, dt.date(2026, 11, 30), "en")
    assert [each["value"] for each in found if each["entity"] == "alloy"] == [alloy]
    assert not [each for each in found if each["entity"] in ("order_no", "quantity")]
