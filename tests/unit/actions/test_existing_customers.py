"""What customers with orders say of them: each order has its own change, and more pieces or the present are no date."""

from typing import Any

import pytest

from actions.tasks.change.address import address_in
from actions.tasks.change.quantities import tells_pieces
from actions.tasks.complaint.questions import only_stopped, remedy_instead, settled_remedy
from actions.turns.house import House
from tests.unit.actions.talk import Conversation


def change(talk: Conversation) -> dict[str, Any]:
    """What is noted of the change."""
    return dict((talk.slots["answers"] or {}).get("change_order") or {})


def wants(talk: Conversation) -> list[dict[str, Any]]:
    """The single changes."""
    return list(change(talk).get("wants", {}).get("wants") or [])


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("can they go to our depot in Hamar instead, Storgata 9, 2317 Hamar? And the rest as usual", "Storgata 9, 2317 Hamar"),
        ("please send it to Hall 3, Havnegata 12, 5003 Bergen, and thanks", "Hall 3, Havnegata 12, 5003 Bergen"),
        ("kan den gå til verkstedet vårt på Hamar, Storgata 9, 2317 Hamar? Vi er der i juni", "Storgata 9, 2317 Hamar"),
        ("lever den til Havnegata 12, 5003 Bergen i stedet for hit", "Havnegata 12, 5003 Bergen"),
    ],
)  # fmt: skip
def test_an_address_takes_the_address_only(text: str, address: str) -> None:
    assert address_in(text) == address


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no, leave SO-30417 as it is, just SO-30405"),
        ("en", "SO-30417 stays as it was, only SO-30405 please"),
        ("nb", "nei, la SO-30417 stå som den er, bare SO-30405"),
        ("nb", "SO-30417 kan stå, det er bare SO-30405 som skal flyttes"),
    ],
)
async def test_an_order_that_stays_is_left_out_of_the_change(house: House, language: str, text: str) -> None:
    talk = Conversation(house, language, "demo-kari")
    await talk.say("move both SO-30405 and SO-30417 to week 20", "change_order")
    assert change(talk)["also"]["orders"] == ["SO-30417"]
    await talk.say(text, "change_order")
    assert change(talk)["order"]["value"] == "SO-30405"
    assert change(talk)["also"]["orders"] == []
    assert [each["week"] for each in wants(talk)] == ["2027-W20"]


@pytest.mark.parametrize(
    ("text", "more"),
    [
        ("we need to bump it up to more pieces", True), ("could it be fewer of them", True), ("increase the quantity", True),
        ("vi må ha flere stykker", True), ("øke antallet litt", True), ("færre deler enn sist", True),
        ("push it back a bit", False), ("utsett den litt", False),
    ],
)  # fmt: skip
def test_more_pieces_are_told_without_a_figure(text: str, more: bool) -> None:
    assert tells_pieces(text) is more


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "we need to bump SO-30417 up to more pieces"),
        ("en", "please increase the quantity on SO-30417"),
        ("nb", "vi må skyve SO-30417 opp til flere stykker"),
        ("nb", "øk antallet på SO-30417 er du snill"),
    ],
)
async def test_more_pieces_are_asked_for_and_move_no_date(house: House, language: str, text: str) -> None:
    talk = Conversation(house, language, "demo-kari")
    said = await talk.say(text, "change_order")
    assert ("How many pieces" if language == "en" else "Hvor mange stykk") in said
    assert wants(talk) == []


@pytest.mark.parametrize(
    ("language", "wish", "asked"),
    [
        ("en", "20 extra pieces on SO-30417.", "How many are on it today?"),
        ("en", "add 20 to SO-30417.", "What quantity is it now, 35?"),
        ("nb", "20 ekstra på SO-30417.", "Hvor mange ligger den på i dag?"),
        ("nb", "legg 20 til på SO-30417.", "Hvilket antall er den på nå, 35?"),
    ],
)
async def test_what_stands_today_is_told_and_is_no_date(house: House, language: str, wish: str, asked: str) -> None:
    talk = Conversation(house, language, "demo-kari")
    await talk.say("move SO-30417 to week 20", "change_order")
    clauses = [(wish, "change_order"), (asked, "order_status")]
    said = await talk.say(f"{wish} {asked}", "change_order", clauses=clauses)
    assert {each["kind"]: each.get("week") or each.get("by") for each in wants(talk)} == {
        "date": "2027-W20",
        "quantity": 20,
    }
    assert ("confirmed now: 40" if language == "en" else "40 stk") in said


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("a credit note perhaps. No wait, new pieces", "new pieces"),
        ("new parts I guess, or a refund. or no, new parts", "new parts I guess, new parts"),
        ("kreditnota kanskje, eller nei, nye deler", "nye deler"),
        ("produksjonen går. nye deler, nei vent, reparasjon", "produksjonen går, reparasjon"),
        ("we want new castings", "we want new castings"),
    ],
)
def test_the_last_remedy_counts(text: str, settled: str) -> None:
    assert settled_remedy(text) == settled


@pytest.mark.parametrize(
    ("text", "instead"),
    [
        ("new pieces, not credit", True), ("I don't want a refund, I want new parts", True),
        ("nye deler, ikke kreditnota", True), ("ikke nye deler, men refusjon", True),
        ("new pieces please", False), ("ingen bilder, nye deler takk", False),
    ],
)  # fmt: skip
def test_one_remedy_is_wanted_instead_of_another(text: str, instead: bool) -> None:
    assert remedy_instead(text) is instead


def test_how_the_production_stands_is_kept_beside_another_remedy() -> None:
    assert only_stopped("production is stopped; credit note please") == "production is stopped"


@pytest.mark.parametrize(
    ("language", "text", "revision"),
    [
        ("en", "C then, as I said", "C"), ("en", "let us take D", "D"),
        ("nb", "da tar vi C", "C"), ("nb", "det skal være D, den nye", "D"),
    ],
)  # fmt: skip
async def test_a_revision_that_was_offered_is_named_in_a_sentence(
    house: House, language: str, text: str, revision: str
) -> None:
    talk = Conversation(house, language, "demo-kari")
    await talk.say(
        "order 20 P-1001 rev. D for week 20" if language == "en" else "bestill 20 P-1001 rev. D til uke 20", "reorder"
    )
    await talk.say(text, "inform")
    assert (talk.slots["answers"] or {})["reorder"]["part"]["asked"] == revision


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("order P-1001 again, make it 40. Or no, 55", 55), ("order P-1001 again, 40 pcs, no wait, 55", 55),
        ("bestill P-1001 igjen, 40 stk. eller nei, 55", 55), ("bestill P-1001 igjen, 40 stk, nei vent, 55", 55),
    ],
)  # fmt: skip
async def test_a_change_of_mind_ends_with_the_last(house: House, text: str, pieces: int) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say(text, "reorder")
    assert (talk.slots["answers"] or {})["reorder"]["quantity"]["value"] == pieces
