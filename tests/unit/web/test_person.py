"""Plain wishes for a person and ways to be reached are recognised, and nothing else is."""

import pytest

from bot.web.person import find_reach, wants_person


@pytest.mark.parametrize(
    "text",
    [
        "/human", "Kan jeg snakke med et menneske?", "snakk med en selger", "ring meg", "Kan noen ringe meg?",
        "jeg vil snakke med noen", "talk to a human", "I want a real person", "please call me back", "agent",
        "can somebody contact me", "Eg vil snakke med nokon",
    ],
)  # fmt: skip
def test_a_wish_for_a_person(text: str) -> None:
    assert wants_person(text)


@pytest.mark.parametrize(
    "text",
    [
        "hva koster RG5?", "menneskelig svikt", "reagent", "når kan dere ringe", "/help", "hvor er ordren min",
        "cancel order", "personlig", "Vi trenger 40 pumpehus i RG5 til uke 12, og når de er klare kan en person hos oss "
        "hente dem på lageret deres.",
    ],
)  # fmt: skip
def test_something_else(text: str) -> None:
    assert not wants_person(text)


@pytest.mark.parametrize(
    ("text", "reach"),
    [
        ("kari@pumpe.example", ("kari@pumpe.example", None)),
        ("skriv til Kari.Nordvik+salg@pumpe.co.example, takk.", ("Kari.Nordvik+salg@pumpe.co.example", None)),
        ("912 34 567", (None, "912 34 567")),
        ("ring +47 91 23 45 67 etter kl. 10", (None, "+47 91 23 45 67")),
        ("tlf. 91234567.", (None, "91234567")),
        ("kari@", (None, None)),
        ("40 stk i uke 12", (None, None)),
        ("SO-30417", (None, None)),
        ("nei", (None, None)),
    ],
)
def test_a_way_to_be_reached(text: str, reach: tuple[str | None, str | None]) -> None:
    assert find_reach(text) == reach
