"""A change in a talk: a question leaves it as it is, two orders are both named, and what lies aside is taken up again."""

from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from actions.turns.house import House
from bot.store.cases.models import Case
from tests.unit.actions.talk import Conversation


def wants(talk: Conversation) -> list[dict[str, Any]]:
    """What is noted of the change."""
    return list(((talk.slots["answers"] or {}).get("change_order") or {}).get("wants", {}).get("wants") or [])


async def moved(house: House, language: str = "en") -> Conversation:
    """A change that is read back."""
    talk = Conversation(house, language, "demo-kari")
    await talk.say("move SO-30405 to week 20", "change_order")
    assert talk.slots["question"] == "confirmation"
    return talk


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("en", "does bringing it forward cost extra?", "price"),
        ("en", "is there a fee for week 18?", "change_order"),
        ("nb", "koster det noe å framskynde den?", "price"),
        ("nb", "hva blir prisen om den kommer i uke 18?", "change_order"),
    ],
)
async def test_a_question_what_it_costs_leaves_the_wish(house: House, language: str, text: str, act: str) -> None:
    talk = await moved(house, language)
    before = wants(talk)
    said = await talk.say(text, act)
    assert wants(talk) == before
    assert talk.slots["task"] == "change_order"
    assert ("costs nothing now" if language == "en" else "koster ingenting nå") in said


@pytest.mark.parametrize(
    "text", ["how about week 22?", "would week 22 be possible?", "hva med uke 22?", "er uke 22 mulig?"]
)
async def test_a_proposal_is_a_wish_all_the_same(house: House, text: str) -> None:
    talk = await moved(house)
    await talk.say(text, "change_order")
    assert [each["week"] for each in wants(talk)] == ["2027-W22"]


@pytest.mark.parametrize("language", ["en", "nb"])
async def test_who_decides_the_cost_is_said(house: House, language: str) -> None:
    talk = Conversation(house, language, "demo-kari")
    await talk.say("please deliver SO-30405 to Shed Nine instead", "change_order")
    said = await talk.say("hva koster det?" if language == "nb" else "what will that cost?", "price")
    assert ("sales tells you" if language == "en" else "får du vite av salg") in said


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("deliver it to Shed 9 instead", True),
        ("can it go to Berth 3?", True),
        ("send den til Verksted 4", True),
        ("den skal omdirigeres", True),
        ("deliver it on Friday", False),
        ("send den i uke 22", False),
    ],
)
async def test_a_place_is_an_address_and_counts_no_pieces(house: House, text: str, place: bool) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say("I want to change SO-30405", "change_order")
    await talk.say(text, "change_order")
    kinds = [each["kind"] for each in wants(talk)]
    assert ("delivery_address" in kinds) == place
    assert "quantity" not in kinds


@pytest.mark.parametrize(
    ("text", "order"),
    [
        ("I need to change something on SO-30411", "SO-30411"),
        ("can SO-30413 still be altered?", "SO-30413"),
        ("jeg må endre noe på SO-30411", "SO-30411"),
        ("kan SO-30413 ennå endres?", "SO-30413"),
    ],
)
async def test_what_cannot_be_changed_is_said_before_it_is_asked(house: House, text: str, order: str) -> None:
    talk = Conversation(house, "en", "demo-kari")
    said = await talk.say(text, "change_order")
    assert f"Nothing can be changed on {order}" in said
    assert talk.slots["task"] is None


@pytest.mark.parametrize(
    "text", ["the same for SO-30406", "SO-30406 too please", "samme for SO-30406", "og SO-30406 også"]
)
async def test_another_order_comes_beside_the_first(house: House, text: str) -> None:
    talk = await moved(house)
    said = await talk.say(text, "change_order")
    assert "The same for SO-30406" in said
    await talk.say("yes", "affirm")
    with Session(house.own) as session:
        case = session.scalars(select(Case)).one()
    assert "SO-30405" in case.wording
    assert "SO-30406" in case.wording


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        ("how is SO-30406?", "both orders should go to Shed Nine"),
        ("hvordan ligger SO-30406 an?", "begge ordrene skal leveres til Naust Ni"),
    ],
)
async def test_both_orders_are_the_two_that_were_talked_of(house: House, asked: str, text: str) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say(asked, "order_status")
    await talk.say("please deliver SO-30405 to Shed Two", "change_order")
    said = await talk.say(text, "change_order")
    assert "The same for SO-30406" in said
    assert text in said


@pytest.mark.parametrize(
    "text", ["SO-30411 and SO-30405 shall be moved to week 22", "flytt SO-30411 og SO-30405 til uke 22"]
)
async def test_of_two_orders_the_one_that_is_too_late_is_said(house: House, text: str) -> None:
    talk = Conversation(house, "en", "demo-kari")
    said = await talk.say(text, "change_order")
    assert "not possible on SO-30411" in said
    assert "Order: SO-30405" in said
    assert "Shall I send" in said


@pytest.mark.parametrize("text", ["30406 it is", "it's 30406 then", "det er 30406", "30406, altså"])
async def test_a_wish_put_aside_is_completed_by_its_order(house: House, text: str) -> None:
    talk = await moved(house)
    await talk.say("hang on", "postpone")
    assert talk.slots["question"] is None
    said = await talk.say(text, "inform")
    assert "Order: SO-30406" in said
    assert "week 20" in said


@pytest.mark.parametrize(
    "text", ["send the change after all", "please send the date change", "send endringen", "send datoendringen likevel"]
)
async def test_a_wish_put_aside_is_taken_up_by_its_name(house: House, text: str) -> None:
    talk = await moved(house)
    await talk.say("hang on", "postpone")
    await talk.say("how is SO-30411?", "order_status")
    said = await talk.say(text, "change_order")
    assert "Order: SO-30405" in said
    assert "week 20" in said


@pytest.mark.parametrize("text", ["SO-30411 is wrong, the holes are missing", "SO-30411 er feil, hullene mangler"])
async def test_what_came_and_is_wrong_is_a_complaint(house: House, text: str) -> None:
    talk = Conversation(house, "en", "demo-kari")
    await talk.say(text, "change_order")
    assert talk.slots["task"] == "complaint"
    assert talk.slots["answers"]["complaint"]["order"]["value"] == "SO-30411"
    assert talk.hand_over == "complaint"


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("move SO-30405 to week 20 and SO-30406 to week 22", ["week 20"], ["week 22"]),
        ("week 20 for SO-30405 and week 22 for SO-30406", ["week 20"], ["week 22"]),
        ("utsett SO-30405 en uke og SO-30406 to uker", ["12 April"], ["13 May"]),
        ("postpone SO-30405 and SO-30406 a week, and 12 will do on SO-30405", ["12 April", "18 to 12"], ["6 May"]),
        ("30405 og 30406 utsettes en uke, og på 30405 holder det med 12", ["12 April", "18 to 12"], ["6 May"]),
        ("reduce SO-30405 by 5 and SO-30406 by 20", ["18 to 13"], ["200 to 180"]),
        ("SO-30405 to 12 pcs, SO-30406 to week 22", ["18 to 12"], ["week 22"]),
    ],
)
async def test_each_of_two_orders_gets_what_was_said_of_it(
    house: House, text: str, first: list[str], second: list[str]
) -> None:
    talk = Conversation(house, "en", "demo-kari")
    said = await talk.say(text, "change_order")
    of_first, _, of_second = said.partition("For SO-30406:")
    assert all(each in of_first and each not in of_second for each in first)
    assert all(each in of_second and each not in of_first for each in second)
    await talk.say("yes", "affirm")
    with Session(house.own) as session:
        case = session.scalars(select(Case)).one()
    assert all(each in case.wording for each in (*first, *second, "SO-30406"))


@pytest.mark.parametrize("text", ["also SO-30406 to week 22", "og SO-30406 til uke 22 også"])
async def test_another_order_with_a_date_of_its_own_leaves_the_first(house: House, text: str) -> None:
    talk = await moved(house)
    said = await talk.say(text, "change_order")
    assert "For SO-30406:" in said
    assert [(each["order"], each["week"]) for each in wants(talk)] == [
        ("SO-30405", "2027-W20"), ("SO-30406", "2027-W22"),
    ]  # fmt: skip
