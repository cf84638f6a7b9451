"""What a customer is told about orders, in both languages, from the invented plant."""

import datetime as dt
import re

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import Engine, text

from actions.orders.numbers import find_own_numbers
from actions.orders.order_list import OrderList
from actions.orders.status import OrderStatus
from actions.plan.capacity import Capacity
from actions.plan.casting_limits import CastingLimits
from actions.plan.lead_time import LeadTime
from actions.production.contacts import contact
from actions.turns import house
from actions.turns.ground import Ground
from actions.turns.handler import Handler, answer_as
from actions.turns.turn import Turn
from bot.common import clock
from bot.common.replies import replies
from bot.common.signing import sign_identity

from .conftest import TODAY

CONVERSATION = "conversation-1"

#: What is advised beside a number that is not there.
CHECK = "Sjekk nummeret, eller spør meg om alle ordrene dere har inne."


@pytest.fixture(autouse=True)
def today_is_the_plants(monkeypatch: pytest.MonkeyPatch) -> None:
    moment = dt.datetime.combine(TODAY, dt.time(9, 0)).astimezone()
    for module in ("actions.orders.words.now", "bot.common.clock.now"):
        monkeypatch.setattr(module, lambda: moment)
    assert clock.today() == TODAY


class Answer:
    def __init__(self, messages: list[dict], events: list[dict], language: str) -> None:  # type: ignore[type-arg]
        self.events = events
        self.text = "\n".join(replies().compose(language, message["parts"]) for message in messages)
        self.choices = [choice for message in messages for choice in message.get("choices", [])]
        self.hand_over = next((message["hand_over"] for message in messages if "hand_over" in message), None)

    @property
    def subject(self) -> dict:  # type: ignore[type-arg]
        """What the talk is about afterwards, in the shape ``ask`` takes."""
        ground = Ground(next(event["value"] for event in self.events if event["name"] == "ground"))
        return {"intent": ground.topic, "entities": ground.everything()}


async def ask(
    engine: Engine,
    handler: Handler,
    who: str | None,
    *entities: dict,  # type: ignore[type-arg]
    language: str = "nb",
    subject: dict | None = None,  # type: ignore[type-arg]
    text: str = "",
) -> Answer:
    house.use(house.House(production=engine, own=engine))
    metadata = {}
    if who:
        person = contact(engine, who)
        assert person is not None
        metadata["identity"] = sign_identity(who, person.customer_id, "sign_in", CONVERSATION)
    message = {"text": text, "intent": {"name": handler.intent}, "entities": list(entities), "metadata": metadata}
    ground = Ground()
    ground.topic = (subject or {}).get("intent", "")
    for name, found in (subject or {}).get("entities", {}).items():
        ground.note(name, found)
    slots = {"language": language, "ground": ground.dump()}
    dispatcher = CollectingDispatcher()
    try:
        turn = Turn(Tracker(CONVERSATION, slots, message, [], False, None, {}, None), dispatcher)
        await find_own_numbers(turn)
        turn.note_said()
        await answer_as(turn, handler.intent)
        turn.send()
        events = turn.events
    finally:
        house.use(None)
    return Answer(dispatcher.messages, events, language)


def order_no(number: str) -> dict[str, str]:
    return {"entity": "order_no", "value": number}


async def test_a_stranger_is_asked_to_sign_in_whether_the_order_exists_or_not(plant: Engine) -> None:
    there = await ask(plant, OrderStatus(), None, order_no("SO-30417"))
    nowhere = await ask(plant, OrderStatus(), None, order_no("SO-99999"))
    listed = await ask(plant, OrderList(), None)
    assert there.text == nowhere.text == listed.text
    assert "e-postadressen din" in there.text
    assert [choice["payload"] for choice in there.choices] == ["/identify", "/human"]


async def test_a_forged_identity_is_a_stranger(plant: Engine) -> None:
    message = {"text": "", "entities": [order_no("SO-30417")], "metadata": {"identity": "forged"}}
    dispatcher = CollectingDispatcher()
    house.use(house.House(production=plant, own=plant))
    turn = Turn(Tracker("x", {"language": "nb"}, message, [], False, None, {}, None), dispatcher)
    await answer_as(turn, "order_status")
    turn.send()
    house.use(None)
    assert dispatcher.messages[0]["response"] == "utter_order_sign_in"


async def test_another_customers_order_reads_like_one_that_does_not_exist(plant: Engine) -> None:
    theirs = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-30441"))
    nowhere = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-99999"))
    assert theirs.text.replace("SO-30441", "SO-99999") == nowhere.text
    assert theirs.choices == nowhere.choices
    assert "finner ingen ordre" in theirs.text


@pytest.mark.parametrize("who", ["demo-kari", "demo-ola", "demo-hanne"])
async def test_status_is_for_every_contact_of_the_customer(plant: Engine, who: str) -> None:
    answer = await ask(plant, OrderStatus(), who, order_no("SO-30417"))
    assert "Pumpehus, 40 stk" in answer.text
    assert "Tegning 4711-B, revisjon C" in answer.text
    assert re.search(r"i produksjon: støping pågår, \d+ av 40 stk", answer.text)
    assert "tirsdag 16. mars 2027, uke 11" in answer.text
    assert "forsinkelse" not in answer.text


async def test_a_late_order_names_old_date_new_date_and_reason_and_apologises(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-30401"))
    assert "flyttet fra fredag 26. februar 2027 til tirsdag 9. mars 2027, uke 10" in answer.text
    assert "Årsak: vrak i støpingen" in answer.text
    assert "beklager" in answer.text


async def test_english_says_the_same(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-anna", order_no("SO-30432"), language="en")
    assert "moved from Thursday 4 March 2027 to Monday 15 March 2027, week 11" in answer.text
    assert "Reason: our capacity was full" in answer.text
    assert "Deck fitting" in answer.text


async def test_an_invisible_reason_is_not_told_but_a_person_offered(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-30403"))
    assert "flyttet fra" in answer.text
    assert "kapasitet" not in answer.text
    assert "beklager" in answer.text
    assert {"reply": "utter_choice_human", "payload": "/human"} in answer.choices


async def test_waiting_for_the_customer_brings_no_apology(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-30415"))
    assert "står på vent før" in answer.text
    assert "tegning eller dokumenter" in answer.text
    assert "beklager" not in answer.text


async def test_a_passed_date_without_a_new_one_is_said_as_it_is(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-30404"))
    assert "torsdag 25. februar 2027, uke 8. Den er passert" in answer.text
    assert "Årsak" not in answer.text


async def test_partly_shipped_tells_what_went_and_when_the_rest_comes(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-30402"))
    assert "24 av 40 stk er sendt, 16 gjenstår" in answer.text
    assert "Østerdal Gods" in answer.text
    assert "for resten" in answer.text
    assert "5. mars 2027" in answer.text


async def test_a_shipped_order_has_carrier_tracking_and_arrival(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-anna", order_no("SO-30433"), language="en")
    assert "with Doggerbank Freight" in answer.text
    assert re.search(r"Tracking number DOG\d+GB: https://", answer.text)
    assert "Expected on" in answer.text
    assert "confirmed shipping date" not in answer.text


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("SO-30405", "ikke startet"),
        ("SO-30406", "Produksjonen er ikke startet"),
        ("SO-30407", "sendedato er ikke bekreftet ennå"),
        ("SO-30408", "venter på svar fra dere"),
        ("SO-30409", "klare til pakking"),
        ("SO-30410", "pakkes for sending"),
        ("SO-30412", "Alt er levert"),
        ("SO-30413", "avbestilt"),
        ("SO-30416", "framskyndet fra"),
    ],
)
async def test_each_state_has_its_words(plant: Engine, number: str, words: str) -> None:
    assert words in (await ask(plant, OrderStatus(), "demo-kari", order_no(number))).text


async def test_an_order_of_several_lines_tells_each(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-30414"))
    assert "har 2 linjer" in answer.text
    assert answer.text.index("Linje 2: Slitering") < answer.text.index("Linje 1: Pumpehus")


async def test_one_open_order_is_the_answer_without_a_number(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-erik")
    assert answer.text.startswith("Ordre SO-30421")
    assert answer.subject["entities"]["order_no"] == [order_no("SO-30421")]


async def test_several_open_orders_are_a_short_list_to_choose_from(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari")
    assert "Hvilken gjelder det?" in answer.text
    assert len(answer.choices) == 5
    assert all(choice["title"].startswith("SO-") for choice in answer.choices)
    rows = [row for row in answer.text.splitlines() if row.startswith("SO-")]
    assert len(rows) == 5
    total = int(re.search(r"(\d+) åpne", answer.text).group(1))  # type: ignore[union-attr]
    assert f"og {total - 5} til" in answer.text


async def test_the_order_talked_about_is_meant_when_none_is_named(plant: Engine) -> None:
    subject = {"intent": "order_status", "entities": {"order_no": [order_no("SO-30402")]}}
    answer = await ask(plant, OrderStatus(), "demo-kari", subject=subject)
    assert answer.text.startswith("Ordre SO-30402")


async def test_a_newly_named_drawing_beats_the_order_talked_about(plant: Engine) -> None:
    subject = {"intent": "order_status", "entities": {"order_no": [order_no("SO-30442")]}}
    drawing = {"entity": "drawing_no", "value": "4711-B"}
    answer = await ask(plant, OrderStatus(), "demo-jens", drawing, subject=subject)
    assert "SO-30441" in answer.text
    assert "SO-30442" not in answer.text
    # The next question without a number is about what was found.
    assert order_no("SO-30442") not in answer.subject["entities"].get("order_no", [])


async def test_a_purchase_order_leads_to_the_order(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-anna", {"entity": "po_no", "value": "HM-PO-2201"}, language="en")
    assert answer.text.startswith("Order SO-30431")


async def test_an_unknown_part_is_said_to_be_unknown(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari", {"entity": "part_no", "value": "XX-1"})
    assert answer.text == f"Jeg finner ingen ordre hos dere på XX-1. {CHECK}"


async def test_two_orders_named_are_both_answered_and_the_unknown_one_named(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-30417"), order_no("SO-1"), order_no("SO-30417"))
    assert answer.text.count("Ordre SO-30417") == 1
    assert "ingen ordre SO-1 " in answer.text


async def test_the_list_counts_late_ones_and_shortens_itself(plant: Engine) -> None:
    answer = await ask(plant, OrderList(), "demo-kari")
    rows = [row for row in answer.text.splitlines() if row.startswith("SO-")]
    assert len(rows) == 10
    assert re.match(r"Dere har 1\d åpne ordrer, \d forsinket:", answer.text)
    assert re.search(r"og \d til", answer.text)


async def test_a_number_picked_from_the_list_is_told_in_full(plant: Engine) -> None:
    answer = await ask(plant, OrderList(), "demo-kari", order_no("SO-30417"))
    assert answer.text.startswith("Ordre SO-30417")


async def test_no_open_orders_names_the_latest(own_plant: Engine) -> None:
    with own_plant.begin() as connection:
        connection.execute(text("UPDATE order_line SET state = 'cancelled' WHERE order_no = 'SO-30421'"))
    status = await ask(own_plant, OrderStatus(), "demo-erik")
    assert "ingen åpne ordrer" in status.text
    assert "SO-" in status.text
    assert "ingen åpne ordrer" in (await ask(own_plant, OrderList(), "demo-erik")).text


async def test_a_change_made_while_running_is_in_the_next_answer(own_plant: Engine) -> None:
    assert "avbestilt" not in (await ask(own_plant, OrderStatus(), "demo-kari", order_no("SO-30417"))).text
    with own_plant.begin() as connection:
        connection.execute(text("UPDATE order_line SET state = 'cancelled' WHERE order_no = 'SO-30417'"))
    assert "avbestilt" in (await ask(own_plant, OrderStatus(), "demo-kari", order_no("SO-30417"))).text


async def test_old_data_is_called_old_and_very_old_data_goes_to_a_person(own_plant: Engine) -> None:
    def aged(moment: str) -> None:
        with own_plant.begin() as connection:
            connection.execute(text("UPDATE source SET data_as_of = :moment"), {"moment": moment})

    question = ("demo-kari", order_no("SO-30417"))
    assert "Opplysningene er fra" not in (await ask(own_plant, OrderStatus(), *question)).text
    aged("2027-02-26 12:00:00.000000")
    old = await ask(own_plant, OrderStatus(), *question)
    assert "Opplysningene er fra fredag 26. februar 2027 kl. 13:00" in old.text
    assert "støping" in old.text
    aged("2027-02-10 12:00:00.000000")
    for handler in (OrderStatus(), OrderList()):
        very_old = await ask(own_plant, handler, *question[:1])
        assert "onsdag 10. februar 2027" in very_old.text
        assert "SO-" not in very_old.text
        assert (very_old.choices, very_old.hand_over) == ([], "old_data")


async def test_no_price_is_told_by_an_order_answer(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-hanne", order_no("SO-30412"))
    assert "NOK" not in answer.text
    assert "kr" not in answer.text.split()


@pytest.mark.parametrize("handler", [OrderStatus(), OrderList()])
async def test_why_late_with_several_orders_open_tells_the_late_ones_with_reason_and_new_date(
    plant: Engine, handler: Handler
) -> None:
    answer = await ask(plant, handler, "demo-kari", text="hvorfor er ordren min forsinket?")
    assert re.search(r"5 av \d+ åpne ordrer er forsinket:", answer.text)
    assert "SO-30401: Pumpehus, 40 stk. Ny sendedato er 9. mars, uke 10 (først 26. februar). Årsak: vrak" in answer.text
    assert (
        "SO-30403: Løpehjul, 12 stk. Ny sendedato er 8. mars, uke 10 (først 26. februar). Årsaken kan en på salg"
        in answer.text
    )
    assert "SO-30404: Slitering, 120 stk. Bekreftet dato 25. februar er passert" in answer.text
    assert "SO-30417" not in answer.text
    assert answer.text.endswith("Vi beklager forsinkelsen.")
    assert {"reply": "utter_choice_human", "payload": "/human"} in answer.choices


async def test_why_late_is_about_the_only_late_order(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-anna", text="why is it late", language="en")
    assert answer.text.startswith("Order SO-30432")
    assert [entity["value"] for entity in answer.subject["entities"]["order_no"]] == ["SO-30432"]


async def test_why_late_without_a_late_order_says_so_and_what_comes_next(own_plant: Engine) -> None:
    with own_plant.begin() as connection:
        connection.execute(text("DELETE FROM promise_change"))
        connection.execute(
            text("UPDATE order_line SET confirmed_date = '2027-05-03' WHERE confirmed_date < '2027-03-02'")
        )
    answer = await ask(own_plant, OrderStatus(), "demo-kari", text="hvorfor er den forsinket")
    assert re.match(r"Ingen av de \d+ åpne ordrene er forsinket", answer.text)


async def test_a_bare_order_number_is_enough_and_anothers_is_like_an_invented_one(plant: Engine) -> None:
    mine = await ask(plant, OrderStatus(), "demo-kari", number("30401", 0), text="30401")
    assert mine.text.startswith("Ordre SO-30401")
    theirs = await ask(plant, OrderStatus(), "demo-kari", number("30441", 0), text="30441")
    nowhere = await ask(plant, OrderStatus(), "demo-kari", number("39999", 0), text="39999")
    assert theirs.text.replace("30441", "39999") == nowhere.text == f"Jeg finner ingen ordre SO-39999 hos dere. {CHECK}"


async def test_a_buyers_own_part_number_is_found_though_no_shape_tells_it(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-anna", text="status on hm 3302 / HM3302", language="en")
    assert "HM-3302" in answer.text or "HM3302" in answer.text
    assert "SO-30431" in answer.text


async def test_a_part_that_is_not_the_customers_is_named_and_not_passed_over(plant: Engine) -> None:
    answer = await ask(plant, OrderStatus(), "demo-kari", text="hvor er LK-77?")
    assert answer.text == f"Jeg finner ingen ordre hos dere på LK-77. {CHECK}"


async def test_another_revision_of_the_drawing_is_said_to_be_another(plant: Engine) -> None:
    drawing = {"entity": "drawing_no", "value": "4711-B", "revision": "C", "start": 7, "end": 19}
    answer = await ask(plant, OrderStatus(), "demo-jens", drawing, text="status 4711-B rev C")
    assert answer.text.startswith("Jeg finner ingen ordre hos dere på 4711-B rev. C, men på en annen revisjon")
    assert "SO-30441" in answer.text


async def test_more_orders_than_are_told_in_full_get_a_line_each(plant: Engine) -> None:
    asked = [order_no(f"SO-3040{last}") for last in range(1, 6)]
    answer = await ask(plant, OrderStatus(), "demo-kari", *asked)
    assert answer.text.count("Ordre SO-") == 3
    assert "SO-30404: Slitering" in answer.text
    assert "SO-30405: Pumpehus" in answer.text


def number(value: str, start: int) -> dict:  # type: ignore[type-arg]
    return {"entity": "number", "value": float(value), "start": start, "end": start + len(value)}


async def test_the_part_of_the_order_told_is_kept_for_the_next_question(plant: Engine) -> None:
    status = await ask(plant, OrderStatus(), "demo-kari", order_no("SO-30417"))
    pieces = {"entity": "quantity", "value": 40}
    answer = await ask(plant, LeadTime(), "demo-kari", pieces, text="leveringstid på 40 til?", subject=status.subject)
    assert answer.text.startswith("FP-2040, Pumpehus, i RG5")
    assert re.search(r"sende alle 40 stk \w+ \d+\. april 2027 \(uke \d+\)", answer.text)


async def test_a_bare_number_answers_what_is_missing_and_then_corrects_the_pieces(plant: Engine) -> None:
    subject: dict = {}  # type: ignore[type-arg]
    said = [
        ([{"entity": "alloy", "value": "CC491K"}], "noen få stykker på 10 kg"),
        ([number("40", 0)], "40 stk à 10 kg"),
        ([number("38", 0)], "40 stk à 38 kg"),
        ([number("60", 4)], "60 stk à 38 kg"),
    ]
    for entities, expected in said:
        answer = await ask(plant, LeadTime(), None, *entities, subject=subject)
        assert expected in answer.text
        subject = answer.subject


async def test_a_part_named_now_takes_the_place_of_the_drawing_named_before(plant: Engine) -> None:
    before = {"intent": "lead_time", "entities": {"drawing_no": [{"entity": "drawing_no", "value": "4711-B"}]}}
    pieces = {"entity": "quantity", "value": 20}
    answer = await ask(plant, LeadTime(), "demo-kari", pieces, text="FP-2052 20 stk", subject=before)
    assert answer.text.startswith("FP-2052, Slitering")


async def test_copper_alloys_are_not_heat_treated_whatever_was_asked(plant: Engine) -> None:
    asked = [{"entity": "alloy", "value": "CC491K"}, {"entity": "temper", "value": "T6"}]
    assert "regnet uten varmebehandling" in (await ask(plant, LeadTime(), None, *asked)).text
    light = [{"entity": "alloy", "value": "EN AC-42000"}, {"entity": "temper", "value": "T6"}]
    assert "uten varmebehandling" not in (await ask(plant, LeadTime(), None, *light)).text


async def test_when_are_you_closed_without_a_season_tells_all_closed_days_of_the_year(plant: Engine) -> None:
    before = {"intent": "capacity", "entities": {"week": [{"entity": "week", "value": "2027-W12"}]}}
    answer = await ask(plant, Capacity(), None, text="når har dere ferie?", subject=before)
    for closed in ("skjærtorsdag 25. mars", "fellesferie fra 12. juli til 30. juli", "juleferie fra 24. desember"):
        assert closed in answer.text
    assert "Begrenset" not in answer.text


async def test_only_the_limit_asked_for_is_told(plant: Engine) -> None:
    wall = await ask(plant, CastingLimits(), None, text="minste godstykkelse?")
    assert "5 mm" in wall.text
    assert "740 kg" not in wall.text
    everything = await ask(plant, CastingLimits(), None, text="hva er grensene deres?")
    assert "5 mm" in everything.text
    assert "740 kg" in everything.text
