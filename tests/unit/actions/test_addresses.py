"""Figures of an address count nothing, and who takes the goods in is not who asks."""

import pytest

from actions.form.addresses import find_addresses, receiver_told
from actions.form.contact import find_person, reached_when
from actions.form.place import place_told

from .quote.reading_help import turn_of


@pytest.mark.parametrize(
    "text",
    [
        "Leveres til Verkstedveien 14, 2817 Gjøvik",
        "our address is Mill Road 8, 5003 Bergen",
        "vi holder til i Strandgata 22",
        "deliver them to Dock Street 9",
        "die Adresse ist Hafenstraße 17, 28195 Bremen",
    ],
)
def test_figures_of_an_address_count_nothing(text: str) -> None:
    turn = turn_of(text)
    find_addresses(turn)
    assert not turn.said("number", "quantity")


@pytest.mark.parametrize(
    "text", ["vi trenger 40 stk", "20 covers for Mill Road", "pumpehus 40", "30 stk til Bergen i uke 14"]
)
def test_pieces_beside_a_place_stay_pieces(text: str) -> None:
    turn = turn_of(text)
    find_addresses(turn)
    assert turn.said("number", "quantity")


@pytest.mark.parametrize(
    ("text", "receiver"),
    [
        ("Mottaker: Roy Dahl, tlf 91 22 33 44", "Mottaker: Roy Dahl, tlf 91 22 33 44"),
        ("deliver to Mill Road 8, 5003 Bergen, consignee Roy Dahl 91 22 33 44", "consignee Roy Dahl 91 22 33 44"),
        ("ask for Roy at the gate, 91 22 33 44", "ask for Roy at the gate, 91 22 33 44"),
    ],
)
def test_a_receiver_is_not_who_asks(text: str, receiver: str) -> None:
    turn = turn_of(text)
    find_addresses(turn)
    assert receiver_told(turn) == receiver
    assert not turn.said("phone")
    assert find_person(turn, asked=False).full is None


def test_the_place_ends_before_the_receiver() -> None:
    turn = turn_of("deliver to Mill Road 8, 5003 Bergen, consignee Roy Dahl 91 22 33 44")
    find_addresses(turn)
    assert place_told(turn) == "Mill Road 8, 5003 Bergen"


@pytest.mark.parametrize(
    ("text", "when"),
    [
        ("Siri Aune, 40 11 22 33, helst etter to", "helst etter to"),
        ("siri@aune.example, ring før lunsj", "ring før lunsj"),
        ("+44 113 496 0123, best after 2pm", "best after 2pm"),
        ("40 11 22 33", None),
        ("40 11 22 33, 20 stk", None),
    ],
)
def test_when_somebody_is_best_called_is_heard_beside_the_number(text: str, when: str | None) -> None:
    assert reached_when(turn_of(text)) == when
