"""A part shipment of an order in a talk: kept whole, answered from the order's facts, never a cut or a move."""

from typing import Any

import pytest

from actions.turns.house import House
from tests.unit.actions.talk import Conversation


def wants(talk: Conversation) -> list[dict[str, Any]]:
    """What is noted of the change."""
    return list(((talk.slots["answers"] or {}).get("change_order") or {}).get("wants", {}).get("wants") or [])


def lots(talk: Conversation) -> list[int]:
    """The pieces of each delivery of the one thing that is wanted."""
    (one,) = wants(talk)
    assert one["kind"] == "split"
    return [each["quantity"] for each in one["lots"] or []]


@pytest.mark.parametrize(
    ("language", "texts", "pieces"),
    [
        ("en", ["SO-30417: ship 15 now, rest as planned"], [15, 25]),
        ("en", ["SO-30417: need 15 this week", "no, I dont want fewer. still all 40, just 15 of them this week"], [15, 25]),
        ("nb", ["SO-30417: kan dere sende de 34 først?", "bare todelt levering, antallet skal fortsatt være 40!"], [34, 6]),
        ("nb", ["delsending av SO-30417, 34 stk til 10. mars, rest 6 stk 16. mars", "nei, 30 i første"], [30, 10]),
        ("sv", ["SO-30417: 20 st nu och resten vecka 12"], [20, 20]),
        ("nn", ["SO-30417: 30 stk i veke 10 og dei siste 10 i veke 12"], [30, 10]),
    ],
)  # fmt: skip
async def test_a_part_shipment_keeps_the_quantity_and_the_date(
    house: House, language: str, texts: list[str], pieces: list[int]
) -> None:
    talk = Conversation(house, "en" if language == "en" else "nb", "demo-kari")
    for text in texts:
        said = await talk.say(text, "change_order")
        assert "40" in said or "Shall I send" in said or "Skal jeg sende" in said
    assert lots(talk) == pieces


@pytest.mark.parametrize("text", ["how many are poured?", "hvor mange er støpt?", "hva er igjen etter støping?"])
async def test_what_is_through_a_step_is_told_and_nothing_changes(house: House, text: str) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say("reduce SO-30417 to 30 pcs", "change_order")
    before = wants(talk)
    said = await talk.say(text, "order_status")
    assert "34 of 40 pcs are through pouring" in said
    assert wants(talk) == before
