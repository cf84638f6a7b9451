"""Questions about orders with the subject left out, each answered with what it asks for and nothing beside."""

import datetime as dt

import pytest

from actions.orders.facets import facets_in
from actions.production.contacts import contact
from actions.turns.house import House
from tests.unit.actions.driver import FormDriver


@pytest.fixture(autouse=True)
def today_is_the_plants(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = dt.datetime(2027, 3, 1, 9, 0).astimezone()
    for module in ("actions.orders.words.now", "bot.common.clock.now"):
        monkeypatch.setattr(module, lambda: moment)


def _talk(house: House, who: str, language: str) -> FormDriver:
    person = contact(house.production, who)
    assert person
    return FormDriver(language, contact=(person.contact_id, person.customer_id))


@pytest.mark.parametrize(
    ("text", "facets"),
    [
        ("why?", ("why",)),
        ("hva skyldes det?", ("why",)),
        ("kvifor er ho forseinka", ("why",)),
        ("varför då?", ("why",)),
        ("hvor mange dager er det snakk om?", ("days",)),
        ("how late is it now", ("days",)),
        ("how far behind are you", ("days",)),
        ("ka mange daga er det", ("days",)),
        ("ny dato da?", ("date",)),
        ("what's the new date", ("date",)),
        ("når sender dere den", ("date",)),
        ("wann kommt sie", ("date",)),
        ("has it got a tracking number", ("track",)),
        ("sporingsnummer?", ("track",)),
        ("hvilken transportør går den med", ("track",)),
        ("kan begge gå samlet", ("together",)),
        ("could you put them in one shipment", ("together",)),
        ("why, and when does it leave?", ("why", "date")),
        ("hvor mange gjenstår da", ("left",)),
        ("how many are left to come", ("left",)),
        ("hvem signerte for den", ("signed",)),
        ("who took them in", ("signed",)),
        ("hvilken lastebil kommer den med", ("vehicle",)),
        ("which truck, and the tracking?", ("vehicle",)),
        ("what is the status", ()),
        ("hvor er den nå", ()),
        ("how far has it come", ()),
    ],
)
def test_what_is_asked_of_an_order(text: str, facets: tuple[str, ...]) -> None:
    assert facets_in(text) == facets


async def test_after_a_status_only_what_is_asked_is_told(house: House) -> None:
    talk = _talk(house, "demo-kari", "nb")
    assert "beklager" in await talk.say("hvor er SO-30401", "order_status")
    assert await talk.say("hvorfor det?", "explain") == (
        "SO-30401 er forsinket. Årsak: vrak i støpingen, så noen stykker må støpes på nytt."
    )
    assert await talk.say("og når kommer den da", "order_status") == (
        "SO-30401 sendes tirsdag 9. mars 2027, uke 10. Først var datoen 26. februar."
    )
    assert await talk.say("hvor mange dager blir det", "nlu_fallback") == (
        "SO-30401 er 11 dager forsinket: fra 26. februar til 9. mars."
    )
    assert await talk.say("det samme for SO-30404", "inform") == (
        "SO-30404 skulle vært sendt 25. februar, for 4 dager siden. Ny dato er ikke satt. "
        "En på salg kan finne ut når den kommer."
    )
    assert await talk.say("er den sendt? sporing?", "order_status") == "SO-30404 er ikke sendt ennå."


async def test_after_a_list_words_point_into_it(house: House) -> None:
    talk = _talk(house, "demo-anna", "en")
    assert "2 open orders" in await talk.say("what have we got with you", "order_list")
    assert "SO-30431 and SO-30432 can go together on Monday 15 March 2027" in await talk.say(
        "would they fit in one shipment", "order_document", 0.4
    )
    assert await talk.say("and the first, when does that leave?", "order_status") == (
        "SO-30431 ships on Thursday 4 March 2027, week 9."
    )
    assert await talk.say("and the other?", "nlu_fallback") == (
        "SO-30432 ships on Monday 15 March 2027, week 11. The first date was 4 March."
    )
    assert "Order SO-30432: Deck fitting" in await talk.say("what is the status of the late one", "order_status")


async def test_another_of_one_is_not_the_same_again(house: House) -> None:
    talk = _talk(house, "demo-erik", "nb")
    assert "SO-30421" in await talk.say("hvor er ordren min", "order_status")
    answer = await talk.say("og den andre?", "inform")
    assert answer.startswith("Ingen andre ordrer enn SO-30421 er åpne hos oss nå.")


@pytest.mark.parametrize(
    ("text", "language", "told"),
    [
        ("hvor mange gjenstår på SO-30402?", "nb", "SO-30402: 24 av 40 stk er sendt, 16 gjenstår."),
        ("how many are left of SO-30417", "en", "SO-30417: none of the 40 pcs has been shipped yet."),
    ],
)
async def test_how_many_are_to_come_is_all_that_is_told(house: House, text: str, language: str, told: str) -> None:
    assert await _talk(house, "demo-kari", language).say(text, "order_status") == told


async def test_what_is_in_no_table_is_said_to_be_in_none(house: House) -> None:
    talk = _talk(house, "demo-kari", "en")
    assert "Who signed for SO-30412 is not in the data" in await talk.say("who signed for SO-30412", "order_status")
    assert "Which vehicle brings SO-30411 is not in" in await talk.say("which lorry brings SO-30411", "order_status")


async def test_a_purchase_order_beside_an_order_is_one_more(house: House) -> None:
    answer = await _talk(house, "demo-kari", "en").say("SO-30417 and PO-88101, when?", "order_status")
    assert "Order SO-30417" in answer
    assert "Order SO-30401" in answer


@pytest.mark.parametrize(
    ("text", "head", "without"),
    [
        ("what comes this month", "Shipping date March 2027: 12 of", "SO-30406"),
        ("what ships next week", "Shipping date 8–14 March 2027: 3 of", "SO-30417"),
        ("what did we order last year", "Orders placed 2026: 3.", "SO-30417"),
        ("what did you send us in February", "Shipped February 2027: something on 4 of", "SO-30417"),
        ("what comes in August", "None of your open orders has a shipping date then (August 2027).", "SO-"),
    ],
)
async def test_orders_of_a_time(house: House, text: str, head: str, without: str) -> None:
    answer = await _talk(house, "demo-kari", "en").say(text, "order_list")
    assert head in answer
    assert without not in answer


async def test_the_next_time_goes_on(house: House) -> None:
    talk = _talk(house, "demo-kari", "nb")
    await talk.say("hva kommer denne måneden", "order_list")
    assert "Sendedato 8.–14. mars 2027: 3 av" in await talk.say("og neste uke?", "inform")


@pytest.mark.parametrize(
    ("who", "text", "language", "told"),
    [
        ("demo-anna", "where are my hubs", "en", "Order SO-30431: Propeller hub"),
        ("demo-kari", "hvor blir det av løpehjulene mine?", "nb", "Jeg finner 3 slike ordrer:\nSO-30403"),
    ],
)
async def test_orders_are_named_by_what_is_cast(house: House, who: str, text: str, language: str, told: str) -> None:
    assert told in await _talk(house, who, language).say(text, "order_status")


async def test_orders_talked_of_one_after_another_are_pointed_at(house: House) -> None:
    talk = _talk(house, "demo-kari", "nb")
    await talk.say("status på SO-30401", "order_status")
    await talk.say("og SO-30417?", "inform")
    assert await talk.say("hva var datoen på den forrige?", "order_status") == (
        "SO-30401 sendes tirsdag 9. mars 2027, uke 10. Først var datoen 26. februar."
    )
    assert await talk.say("og den andre?", "inform") == "SO-30417 sendes tirsdag 16. mars 2027, uke 11."


async def test_sorry_is_said_once(house: House) -> None:
    talk = _talk(house, "demo-kari", "en")
    told = [await talk.say(text, "order_status") for text in ("status SO-30401", "status SO-30402", "why?")]
    assert [answer.count("sorry") for answer in told] == [1, 0, 0]


async def test_a_first_answer_tells_all(house: House) -> None:
    talk = _talk(house, "demo-kari", "nb")
    answer = await talk.say("når sendes SO-30417?", "order_status")
    assert "Pumpehus, 40 stk" in answer
    assert "16. mars" in answer


async def test_reasons_after_a_list_are_those_of_the_late_ones(house: House) -> None:
    talk = _talk(house, "demo-kari", "en")
    await talk.say("list our orders", "order_list")
    answer = await talk.say("why?", "explain")
    assert "5 of 17 open orders are late" in answer
    assert "SO-30417" not in answer


async def test_figures_said_before_are_not_assumed(house: House) -> None:
    talk = FormDriver("en")
    await talk.say("do you cast gunmetal CC491K? we are thinking of 50 pcs of 12 kg", "alloy_offered")
    await talk.say("are you certified to ISO 9001?", "faq")
    answer = await talk.say("and how long would it take", "lead_time")
    assert "50 pieces of 12 kg" in answer
    assert "ssum" not in answer.split("\n")[0]


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("og uka etter?", 21),
        ("og veka før?", 19),
        ("the week after that?", 21),
        ("and the previous week", 19),
        ("hva med uken som følger", 21),
        ("og i uka som kommer etter?", 21),
        ("the week that follows?", 21),
    ],
)
async def test_a_week_is_counted_from_the_one_talked_of(house: House, text: str, week: int) -> None:
    talk = FormDriver("en")
    await talk.say("room in week 20 for CC491K?", "capacity")
    assert f"In week {week} (2027)" in await talk.say(text, "nlu_fallback", 0.3)
