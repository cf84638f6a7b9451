"""What an order is read out of: parts named in words, pieces of several parts, several deliveries, numbers that count nothing."""

import datetime as dt
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.orders.numbers import find_own_numbers
from actions.production.contacts import contact
from actions.production.identity import Identity
from actions.production.promise_parts import parts_of
from actions.tasks.order.names import parts_named
from actions.tasks.order.reading import counted, split_words
from actions.tasks.order.several import several_in
from actions.tasks.price.task import general
from actions.turns.house import House
from actions.turns.turn import Turn
from bot.common.signing import sign_identity
from bot.engine.nlu.entities import find_entities

TODAY = dt.date(2027, 3, 1)


def _turn(text: str, language: str = "nb", who: tuple[str, str] | None = None) -> Turn:
    message: dict[str, Any] = {"text": text, "intent": {"name": "place_order", "confidence": 0.9}}
    message["entities"] = find_entities(text, TODAY, language)
    if who:
        message["metadata"] = {"identity": sign_identity(*who, "sign_in", "here")}
    tracker = Tracker("here", {"language": language}, message, [], False, None, {}, "action_listen")
    return Turn(tracker, CollectingDispatcher())


def _identity(house: House, contact_id: str) -> Identity:
    person = contact(house.production, contact_id)
    assert person
    return Identity(person.contact_id, person.customer_id, "sign_in")


@pytest.mark.parametrize(
    ("who", "text", "wanted"),
    [
        ("demo-anna", "could we have twelve more of the hubs", ["HM3302"]),
        ("demo-anna", "the deck fittings again please", ["HM1180"]),
        ("demo-anna", "20 fittings and 4 hubs", ["HM1180", "HM3302"]),
        ("demo-kari", "vi må ha flere av sliteringene", ["FP-2052"]),
        ("demo-kari", "60 ringer til, de vanlige", ["FP-2052"]),
        ("demo-kari", "da tar vi tjuefire slitringer til", ["FP-2052"]),
        ("demo-jens", "hvad koster lejedækslet hvis vi tager 200", ["LK-77"]),
        ("demo-katrin", "nochmal 40 von den Laufrädern", ["WP6612"]),
        ("demo-kari", "jeg ringer dere i morgen", []),
        ("demo-kari", "dekker dere det? lock it in", []),
        ("demo-anna", "we hubbed around the dock", []),
        ("demo-anna", "the invoice please", []),
    ],
)
def test_parts_are_found_by_what_people_call_them(house: House, who: str, text: str, wanted: list[str]) -> None:
    parts = parts_of(house.production, _identity(house, who))
    assert [each.part.number for each in parts_named(parts, text)] == wanted


@pytest.mark.parametrize(
    ("who", "text", "wanted"),
    [
        ("demo-kari", "10 FP-2040 og 20 FP-2041 takk", [("FP-2040", 10), ("FP-2041", 20)]),
        ("demo-kari", "FP-2040: 10 stk, FP-2041: 20 stk", [("FP-2040", 10), ("FP-2041", 20)]),
        ("demo-kari", "40 hver av FP-2040 og FP-2041", [("FP-2040", 40), ("FP-2041", 40)]),
        ("demo-anna", "8 hubs and 60 deck fittings", [("HM3302", 8), ("HM1180", 60)]),
        ("demo-kari", "FP-2040 og FP-2041, 40 stk", []),
        ("demo-kari", "40 stk FP-2040", []),
        ("demo-kari", "10 av FP-2040, 20 av FP-2041 og 5 til", []),
    ],
)
async def test_several_parts_each_have_their_own_pieces(
    house: House, who: str, text: str, wanted: list[tuple[str, int]]
) -> None:
    identity = _identity(house, who)
    turn = _turn(text, who=(identity.contact_id, identity.customer_id))
    await find_own_numbers(turn)
    found = several_in(house.production, identity, turn)
    assert [(each["number"], each["quantity"]) for each in found] == wanted


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("3 x 50 stk i juni, september og desember, i tre leveranser", "nb", None),
        ("halvparten i april, resten i juni", "nb", "halvparten i april, resten i juni"),
        ("500 in three deliveries", "en", "500 in three deliveries"),
        ("200 of those, half in week 22 and the rest in week 30", "en", None),
        ("240 stk, fordelt på fire puljer", "nb", "fordelt på fire puljer"),
        ("can you do that in two deliveries?", "en", None),
        ("40 stk i uke 22", "nb", None),
    ],
)
def test_several_deliveries_are_kept_in_the_customers_words(text: str, language: str, wanted: str | None) -> None:
    assert split_words(_turn(text, language)) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("hva med 14001 da", []), ("30 stk", [30]), ("ISO 9001 og 45001", []), ("gjør det til 25", [25]), ("0,5", [])],
)
def test_a_standard_counts_nothing(text: str, wanted: list[int]) -> None:
    assert [int(each["value"]) for each in counted(_turn(text))] == wanted


@pytest.mark.parametrize(
    ("text", "language", "wanted"),
    [
        ("hva tar dere i kiloen for bronse?", "nb", "per_kg"),
        ("can you do something about a discount", "en", "discount"),
        ("why have your prices gone up", "en", "price_up"),
        ("hva koster en modell?", "nb", "pattern"),
        ("kilopris på 40 stk à 3 kg i RG5", "nb", None),
        ("what would 60 brackets cost", "en", None),
    ],
)
def test_prices_in_general_are_told_from_the_price_of_a_thing(text: str, language: str, wanted: str | None) -> None:
    assert general(_turn(text, language)) == wanted
