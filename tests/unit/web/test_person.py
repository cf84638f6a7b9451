"""Plain wishes for a person and ways to be reached are recognised, and nothing else is."""

import pytest

from bot.store.records import Told
from bot.web.contact_reading import Contact, find_contact
from bot.web.person import wants_person


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
    ("text", "told"),
    [
        ("kari@pumpe.example", Told(email="kari@pumpe.example")),
        ("skriv til Kari.Nordvik+salg@pumpe.co.example, takk.", Told(email="Kari.Nordvik+salg@pumpe.co.example")),
        ("Sean O'Brien, sean.o'brien@pumpe.example", Told("Sean O'Brien", email="sean.o'brien@pumpe.example")),
        ("Kåre Nord, kåre.nord@støperi.example", Told("Kåre Nord", email="kåre.nord@støperi.example")),
        ("r&d@pumpe.example", Told(email="r&d@pumpe.example")),
        ("kari @ pumpe . example", Told(email="kari@pumpe.example")),
        ("912 34 567", Told(phone="912 34 567")),
        ("ring +47 91 23 45 67 etter kl. 10", Told(phone="+47 91 23 45 67")),
        ("tlf. 91234567.", Told(phone="91234567")),
        ("Torunn, 955 00 111", Told("Torunn", phone="955 00 111")),
        ("call us on 555 0177", Told(phone="555 0177")),
        ("97654321, Arne Moe", Told("Arne Moe", phone="97654321")),
        ("Arne Moe, Moe Maskin AS, arne@moe.example", Told("Arne Moe", "Moe Maskin AS", "arne@moe.example")),
        ("This is Joan from Harbour Pumps Ltd, 555 0123", Told("Joan", "Harbour Pumps Ltd", phone="555 0123")),
        ("Kan dere ringe Arne Moe på 955 00 111?", Told("Arne Moe", phone="955 00 111")),
        ("Jag heter Åsa Ek, telefon 070-123 45 67", Told("Åsa Ek", phone="070-123 45 67")),
        ("Mein Name ist Jürgen von Thal, +49 30 1234567", Told("Jürgen von Thal", phone="+49 30 1234567")),
        ("eg heiter Sunniva Lie", Told("Sunniva Lie")),
    ],
)
def test_what_strangers_say_of_themselves(text: str, told: Told) -> None:
    assert find_contact(text) == Contact(told, clear=True)


@pytest.mark.parametrize(
    ("text", "told", "more"),
    [
        ("Erna Solvang, erna@vik.example. Gi meg en liste over det som gjenstår, helst før 12. mars.", Told("Erna Solvang", email="erna@vik.example"), True),
        ("Heller et menneske, takk. +47 955 00 111, Arne Moe", Told("Arne Moe", phone="+47 955 00 111"), True),
        ("Peter Hall, p.hall@hall.example. Please send me the open points by Friday.", Told("Peter Hall", email="p.hall@hall.example"), True),
        ("Please call about the Pump Housing, mornings only: +44 20 7946 0000", Told(phone="+44 20 7946 0000"), True),
        ("Peter Hall, p.hall@hall.example", Told("Peter Hall", email="p.hall@hall.example"), False),
        ("rune nilsen hydro 91 23 45 67", Told(phone="91 23 45 67"), True),
    ],
)  # fmt: skip
def test_a_matter_told_with_the_address(text: str, told: Told, more: bool) -> None:
    assert find_contact(text) == Contact(told, clear=True, more=more)


@pytest.mark.parametrize(
    "text",
    [
        "20 30 40 50 mm", "what about 20 30 40 50?", "kari@", "40 stk i uke 12", "SO-30417", "nei", "tegning 12345678", "hva koster 10000000 stk?", "God dag", "nei takk, vent",
        "drawing 1234567, rev B", "Vi trenger 4000000 kg RG5", "jeg har alt sagt det til Geir", "/human",
    ],
)  # fmt: skip
def test_what_is_about_something_else(text: str) -> None:
    assert not find_contact(text).told
