"""What customers read when they ask about room, time and limits: handlers over a real database, texts rendered."""

import asyncio
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher
from sqlalchemy import Engine, delete, insert, update

from actions.plan.capacity import Capacity
from actions.plan.casting_limits import CastingLimits
from actions.plan.lead_time import LeadTime
from actions.production import plant as plant_module
from actions.production import views
from actions.production.plant import plant
from actions.turns import house
from actions.turns.ground import Ground
from actions.turns.handler import Handler, answer_as
from actions.turns.turn import Turn
from bot.common import clock, settings
from bot.common.replies import replies
from bot.common.signing import sign_identity
from tests.unit.production.promise_plant import change_days, make_plant

MONDAY = dt.date(2027, 3, 1)
CONVERSATION = "talk-1"
RG5 = {"entity": "alloy", "value": "CC491K"}
ALSI = {"entity": "alloy", "value": "EN AC-42100"}
BRONZE = {"entity": "alloy_group", "value": "bronze", "options": ["CC491K", "CC480K", "CC483K", "CC331G", "CC333G"]}
FORTY = {"entity": "quantity", "value": 40}
PART = {"entity": "part_no", "value": "FP-2040"}


class Answer:
    """One rendered message with its choices."""

    def __init__(self, text: str, choices: list[dict[str, str]], hand_over: str | None = None) -> None:
        self.text, self.choices, self.hand_over = text, choices, hand_over

    @property
    def titles(self) -> list[str]:
        return [choice["title"] for choice in self.choices]

    @property
    def offers_person(self) -> bool:
        return any(choice["payload"] == "/human" for choice in self.choices)

    def __repr__(self) -> str:
        return f"{self.text}\n{self.titles}"

    def __contains__(self, words: object) -> bool:
        return str(words) in self.text


def kg(value: float, **extras: Any) -> dict[str, Any]:
    return {"entity": "weight", "value": value, "per": None, "kind": None, **extras}


def week(value: str, **extras: Any) -> dict[str, Any]:
    return {"entity": "week", "value": value, "meaning": "on", **extras}


def day(value: str, meaning: str = "on", **extras: Any) -> dict[str, Any]:
    return {"entity": "date", "value": value, "meaning": meaning, **extras}


def ask(handler: Handler, *entities: dict[str, Any], customer: str | None = None, language: str = "nb",
        subject: dict[str, Any] | None = None) -> Answer:  # fmt: skip
    token = sign_identity("kontakt", customer, "sign_in", CONVERSATION) if customer else None
    message = {
        "text": "", "intent": {"name": handler.intent, "confidence": 1.0}, "entities": list(entities),
        "metadata": {"identity": token, "message_id": "1"},
    }  # fmt: skip
    ground = Ground()
    ground.topic = (subject or {}).get("intent", "")
    for name, found in (subject or {}).get("entities", {}).items():
        ground.note(name, found)
    slots = {"language": language, "ground": ground.dump()}
    dispatcher = CollectingDispatcher()
    turn = Turn(Tracker(CONVERSATION, slots, message, [], False, None, {}, None), dispatcher)
    turn.note_said()
    asyncio.run(answer_as(turn, handler.intent))
    turn.send()
    assert len(dispatcher.messages) == 1, "one answer to one message"
    sent = dispatcher.messages[0]
    choices = sent.get("choices") or []
    return Answer(
        replies().compose(language, sent["parts"]), replies().choices(language, choices), sent.get("hand_over")
    )


def part_rows() -> list[dict[str, Any]]:
    base = {
        "owner_customer_id": "vestpump", "temper": "GS", "line": "B", "castings_per_mould": 1, "casting_kg": 38.0,
        "poured_kg_per_mould": 60.0, "core_hours_per_mould": 1.5, "fettling_hours_per_piece": 1.2,
        "machining_hours_per_piece": 0.0, "subcontract_days": 0, "certificate": "3.1", "release_status": "released",
        "listed_lead_time_days": None, "alloy": "CC491K", "description_nb": "Pumpehus",
        "description_en": "Pump housing", "revision": "C", "heat_treatment_class": None, "basket_litres": None,
        "ndt": None, "minimum_quantity": 1, "finished_kg": 33.0,
    }  # fmt: skip
    return [
        base | {"product_id": "p1", "product_no": "A-1", "drawing_no": "4711-B", "pattern_id": "m1"},
        base | {"product_id": "p2", "product_no": "A-2", "drawing_no": "4712", "pattern_id": "m2", "casting_kg": 12.0},
        base | {"product_id": "p3", "product_no": "A-3", "drawing_no": "4713", "pattern_id": None, "casting_kg": 9.0},
        base | {"product_id": "p4", "product_no": "A-4", "drawing_no": "4714", "pattern_id": "m1", "casting_kg": 9.0,
                "release_status": "blocked"},
        base | {"product_id": "p5", "product_no": "A-5", "drawing_no": "4715", "pattern_id": None, "casting_kg": 7.0,
                "release_status": "new"},
        base | {"product_id": "p6", "product_no": "A-6", "drawing_no": "4716", "pattern_id": "m3", "casting_kg": 6.0},
        base | {"product_id": "p9", "product_no": "Z-9", "drawing_no": "9999", "pattern_id": "m1",
                "owner_customer_id": "annen", "description_nb": "Hemmelig hus"},
    ]  # fmt: skip


def _customer(name: str, hold: bool = False) -> dict[str, Any]:
    return {"customer_id": name, "customer_no": name, "name": name, "country": "NO", "credit_hold": hold}


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    database = make_plant(dt.date(2027, 1, 4), dt.date(2028, 1, 14))
    with database.begin() as connection:
        connection.execute(insert(views.contract).values(version=1, data_as_of=dt.datetime(2027, 3, 1, 5)))
        connection.execute(
            insert(views.customer), [_customer("vestpump"), _customer("annen"), _customer("treg", hold=True)]
        )
        connection.execute(insert(views.product), part_rows())
        connection.execute(
            insert(views.customer_product).values(
                customer_id="vestpump", product_id="p1", customer_part_no="FP-2040", drawing_no="4711-B", revision="C"
            )
        )
        connection.execute(
            insert(views.pattern),
            [
                {"pattern_id": "m1", "condition": "good", "revision": "C"},
                {"pattern_id": "m2", "condition": "damaged", "revision": "C"},
                {"pattern_id": "m3", "condition": "good", "revision": "B"},
            ],
        )
    monkeypatch.setattr(clock, "settings", lambda: settings.Settings(today=MONDAY))
    monkeypatch.setenv("SMELT_TODAY", MONDAY.isoformat())
    settings.settings.cache_clear()
    house.use(house.House(production=database, own=database))
    yield database
    house.use(None)
    settings.settings.cache_clear()
    database.dispose()


# Capacity


def test_easter_week_is_short_and_says_why(engine: Engine) -> None:
    answer = ask(Capacity(), week("2027-W12"))
    assert "I uke 12 (2027), 22. mars til 26. mars:" in answer
    assert "Stengt: skjærtorsdag 25. mars, langfredag 26. mars" in answer
    assert "God plass: formelinje A" in answer
    assert "ordrebekreftelse" in answer


def test_the_same_in_english(engine: Engine) -> None:
    answer = ask(Capacity(), week("2027-W12"), language="en")
    assert "Closed: Maundy Thursday 25 March, Good Friday 26 March" in answer
    assert "Good: moulding line A" in answer


def test_bands_follow_the_load(engine: Engine) -> None:
    first, last = dt.date(2027, 4, 12), dt.date(2027, 4, 16)
    change_days(engine, "B", first, last, booked=5)
    change_days(engine, "A", first, last, booked=24)
    answer = ask(Capacity(), week("2027-W15"))
    assert "Begrenset plass: formelinje B" in answer
    assert "Fullt: formelinje A" in answer


def test_no_kilograms_are_told_to_anybody(engine: Engine) -> None:
    assert " kg" not in ask(Capacity(), week("2027-W15")).text


def test_the_planner_decides_above_the_days(engine: Engine) -> None:
    row = {"iso_year": 2027, "iso_week": 15, "resource_type": "line", "unit": "mould", "capacity": 30.0, "booked": 0.0}
    with engine.begin() as connection:
        connection.execute(
            insert(views.capacity_week),
            [row | {"resource_id": "B", "planner_closed": True, "planner_band": None},
             row | {"resource_id": "A", "planner_closed": False, "planner_band": "limited"}],
        )  # fmt: skip
    answer = ask(Capacity(), week("2027-W15"))
    assert "Står stille: formelinje B" in answer
    assert "Begrenset plass: formelinje A" in answer


def test_a_closed_week_says_when_work_starts_again(engine: Engine) -> None:
    answer = ask(Capacity(), week("2027-W29"))
    assert "Stengt: fellesferie fra 19. juli til 23. juli" in answer
    assert "mandag 2. august 2027" in answer


def test_the_summer_closing_is_told_from_the_plan(engine: Engine) -> None:
    answer = ask(Capacity(), day("2027-06-01", until="2027-08-31", named="summer"))
    assert "fellesferie fra 12. juli til 30. juli" in answer
    assert "2. august" in answer


def test_the_days_between_christmas_and_new_year(engine: Engine) -> None:
    answer = ask(Capacity(), day("2027-12-27", until="2027-12-31", named="new_year"), language="en")
    assert "Christmas closing" in answer
    assert "Monday 3 January 2028" in answer


def test_before_easter_means_until_the_wednesday(engine: Engine) -> None:
    answer = ask(Capacity(), day("2027-03-24", "by", named="easter"))
    assert "Fram til onsdag 24. mars 2027" in answer
    assert "God plass" in answer


def test_an_alloy_melted_on_other_days_gets_its_next_day(engine: Engine) -> None:
    change_days(engine, "F3", dt.date(2027, 3, 15), dt.date(2027, 3, 19), melt_group="CU-SN")
    answer = ask(Capacity(), week("2027-W11"), RG5)
    assert "Vi smelter ikke rødgods i perioden. Neste mulige dag er mandag 22. mars 2027" in answer


def test_a_named_amount_is_judged(engine: Engine) -> None:
    fits = ask(Capacity(), week("2027-W15"), RG5, FORTY, kg(38, per="piece"))
    assert "40 stk ser ut til å få plass" not in fits
    assert "Bare en del av 40 stk får plass" in fits
    assert "20 stk ser ut til å få plass" in ask(
        Capacity(), week("2027-W15"), RG5, {"entity": "quantity", "value": 20}, kg(38, per="piece")
    )


def test_tonnes_in_a_month_are_no_number_of_pieces(engine: Engine) -> None:
    answer = ask(Capacity(), day("2027-04-01", until="2027-04-30"), RG5, kg(2000))
    assert "Fra 1. april til fredag 30. april 2027" in answer
    assert " stk " not in answer
    assert "Skriv vekt per stykk og antall" in answer


def test_no_week_named_gives_an_overview(engine: Engine) -> None:
    answer = ask(Capacity())
    assert "• uke 10 (2027):" in answer
    assert "• uke 15 (2027):" in answer
    assert "(kort uke: 3 arbeidsdager)" in answer
    assert "langfredag 26. mars" in answer


def test_two_weeks_get_an_answer_each(engine: Engine) -> None:
    answer = ask(Capacity(), week("2027-W10"), week("2027-W11"))
    assert "uke 10" in answer
    assert "uke 11" in answer


def test_the_running_week_lies_in_the_fixed_plan(engine: Engine) -> None:
    answer = ask(Capacity(), week("2027-W09"))
    assert "den faste planen" in answer
    assert answer.offers_person


@pytest.mark.parametrize(
    ("entity", "words"),
    [
        (
            {"entity": "bad_week", "value": "2027-W53", "number": 53, "year": 2027},
            "Uke 53 finnes ikke i 2027. Det året har 52",
        ),
        ({"entity": "bad_date", "value": "30. februar"}, "«30. februar» finnes ikke"),
        ({"entity": "week", "value": "2027-W05"}, "er passert"),
        ({"entity": "date", "value": "2027-02-10", "meaning": "on"}, "er passert"),
        ({"entity": "unknown_alloy", "value": "CC999X"}, "CC999X finnes ikke"),
        ({"entity": "alloy", "value": "CC491K", "near": True}, "Mener du CC491K"),
    ],
)
@pytest.mark.parametrize("handler", [Capacity(), LeadTime()])
def test_what_cannot_be_is_said(engine: Engine, handler: Handler, entity: dict[str, Any], words: str) -> None:
    assert words in ask(handler, entity)


def test_unknown_load_is_called_unknown(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(delete(views.resource_day))
    for entities in ([week("2027-W15")], [week("2027-W15"), RG5]):
        answer = ask(Capacity(), *entities)
        assert "ikke kjent" in answer
        assert answer.offers_person


def test_old_data_goes_to_a_person(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(update(views.contract).values(data_as_of=dt.datetime(2027, 1, 4)))
    for handler in (Capacity(), LeadTime()):
        answer = ask(handler, RG5)
        assert "ikke oppdatert siden" in answer
        assert answer.hand_over == "old_data"


def test_what_nobody_approved_is_checked_first(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    unapproved = plant().copy(update={"bands": plant().bands.copy(update={"approved_by": None})})
    monkeypatch.setattr("actions.plan.capacity.plant", lambda: unapproved)
    assert plant_module.plant() is plant()
    assert "få sjekket" in ask(Capacity(), week("2027-W12"))


def test_only_what_matters_to_the_alloy_and_weight_is_told(engine: Engine) -> None:
    answer = ask(Capacity(), week("2027-W15"), RG5, FORTY, kg(38, per="piece"))
    assert "formelinje B" in answer
    assert "formelinje A" not in answer
    assert "varmebehandlingen" not in answer
    assert "varmebehandlingen" in ask(Capacity(), week("2027-W15"), ALSI, {"entity": "temper", "value": "T6"})


def test_an_alloy_without_a_week_shows_its_campaign_weeks(engine: Engine) -> None:
    change_days(engine, "F2", dt.date(2027, 3, 1), dt.date(2027, 12, 31), melt_group="AL-Cu")
    change_days(engine, "F2", dt.date(2027, 3, 17), dt.date(2027, 3, 17), melt_group="AL-Mg")
    answer = ask(Capacity(), {"entity": "alloy", "value": "EN AC-51300"})
    lines = {line.split(":")[0]: line for line in answer.text.splitlines()}
    assert "ingen smelting av AlMg" in lines["• uke 10 (2027)"]
    assert "AlMg" in lines["• uke 11 (2027)"]
    assert "ingen smelting" not in lines["• uke 11 (2027)"]


def test_a_saturday_is_said_to_be_closed(engine: Engine) -> None:
    assert "Stengt: helg 20. mars" in ask(Capacity(), day("2027-03-20"))


def test_a_weight_no_line_carries_is_said_to_be_too_heavy(engine: Engine) -> None:
    answer = ask(Capacity(), week("2027-W15"), RG5, {"entity": "quantity", "value": 2}, kg(900, per="piece"))
    assert "mer enn formelinjene våre tar" in answer
    assert answer.offers_person


def test_a_period_far_away_is_not_known(engine: Engine) -> None:
    answer = ask(Capacity(), week("2029-W10"))
    assert "ikke kjent" in answer
    assert answer.offers_person


# Delivery time


def test_a_stranger_gets_weeks_with_their_assumptions(engine: Engine) -> None:
    answer = ask(LeadTime(), FORTY, kg(38, per="piece"), RG5)
    assert "Regn med 3 til 5 uker fra bestilling for 40 stk à 38 kg i RG5 (CC491K)" in answer
    assert "ferdig og godkjent modell" in answer
    assert "ny del" in answer
    assert "2027" not in answer
    assert "laskehals" not in answer


def test_nothing_said_is_answered_with_named_assumptions(engine: Engine) -> None:
    answer = ask(LeadTime())
    assert "avhengig av legeringen" in answer
    assert "for noen få stykker på 10 kg" in answer
    assert "Antatt: vekten" in answer
    assert "Skriv legering, vekt per stykk og antall" in answer


def test_an_ambiguous_metal_is_answered_and_asked(engine: Engine) -> None:
    answer = ask(LeadTime(), FORTY, kg(12, per="piece"), BRONZE)
    assert "40 stk à 12 kg i bronse" in answer
    assert "RG5 (CC491K)" in answer.titles


def test_a_strangers_wanted_date_is_weighed(engine: Engine) -> None:
    common = (FORTY, kg(38, per="piece"), RG5)
    assert "rekker vi det neppe" in ask(LeadTime(), *common, day("2027-03-08", "by"))
    assert "bør det gå" in ask(LeadTime(), *common, day("2027-06-01", "by"))


def test_an_impossible_weight_gets_no_date(engine: Engine) -> None:
    answer = ask(LeadTime(), {"entity": "quantity", "value": 1}, kg(900, per="piece"), RG5)
    assert "900 / 0,65" in answer
    assert "uker fra bestilling" not in answer


def test_a_contacts_part_gets_its_date(engine: Engine) -> None:
    answer = ask(LeadTime(), FORTY, PART, customer="vestpump")
    assert "FP-2040, Pumpehus, i RG5 (CC491K)" in answer
    assert "støpe fra torsdag 4. mars 2027 (uke 9) og sende alle 40 stk fredag 19. mars 2027" in answer
    assert "Flaskehalsen er formelinje B" in answer
    assert "24 stk kan være klare her onsdag 10. mars 2027" in answer
    assert "Bindende først ved vår ordrebekreftelse" in answer


def test_a_contacts_part_in_english(engine: Engine) -> None:
    answer = ask(LeadTime(), FORTY, PART, customer="vestpump", language="en")
    assert "ship all 40 on Friday 19 March 2027" in answer
    assert "24 can be ready here on Wednesday 10 March 2027" in answer


def test_a_part_is_known_by_alloy_and_weight(engine: Engine) -> None:
    assert "fredag 19. mars" in ask(LeadTime(), FORTY, RG5, kg(38, per="piece"), customer="vestpump")


def test_two_parts_that_fit_are_asked_about(engine: Engine) -> None:
    answer = ask(LeadTime(), FORTY, RG5, kg(9, per="piece"), customer="vestpump")
    assert answer.titles == ["Leveringstid på A-3", "Leveringstid på A-4"]


def test_the_quantity_is_asked_for(engine: Engine) -> None:
    assert "hvor mange stykker" in ask(LeadTime(), PART, customer="vestpump")


def test_another_customers_part_does_not_exist_for_me(engine: Engine) -> None:
    for number in ("Z-9", "9999"):
        answer = ask(LeadTime(), FORTY, {"entity": "drawing_no", "value": number}, customer="vestpump")
        assert "finner ikke" in answer
        assert "Hemmelig" not in answer


def test_a_stranger_with_a_part_number_gets_only_the_range(engine: Engine) -> None:
    answer = ask(LeadTime(), FORTY, PART)
    assert "uker fra bestilling" in answer
    assert "Pumpehus" not in answer


@pytest.mark.parametrize(
    ("number", "words"),
    [
        ("4712", "Modellen til A-2 er skadet"),
        ("4713", "ingen modell til A-3"),
        ("4714", "A-4 er sperret"),
        ("4716", "annen revisjon (B) enn delen (C)"),
    ],
)
def test_what_stands_in_the_way_goes_to_a_person(engine: Engine, number: str, words: str) -> None:
    answer = ask(LeadTime(), FORTY, {"entity": "drawing_no", "value": number}, customer="vestpump")
    assert words in answer
    assert answer.offers_person
    assert "2027" not in answer


def test_another_revision_than_the_released_one(engine: Engine) -> None:
    drawing = {"entity": "drawing_no", "value": "4711-B", "revision": "D"}
    assert "revisjon D, men den godkjente delen FP-2040 har revisjon C" in ask(
        LeadTime(), FORTY, drawing, customer="vestpump"
    )


def test_a_credit_hold_is_not_explained(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            update(views.customer).where(views.customer.c.customer_id == "vestpump").values(credit_hold=True)
        )
    answer = ask(LeadTime(), FORTY, PART, customer="vestpump")
    assert answer.offers_person
    assert "2027" not in answer
    assert "kreditt" not in answer.text.lower()


def test_a_new_part_counts_pattern_sample_and_approval(engine: Engine) -> None:
    answer = ask(LeadTime(), FORTY, {"entity": "drawing_no", "value": "4715"}, customer="vestpump")
    assert "30 til 50 arbeidsdager" in answer
    assert "Så langt fram sier vi bare uke" in answer


def test_sixty_before_easter(engine: Engine) -> None:
    answer = ask(
        LeadTime(),
        {"entity": "quantity", "value": 60},
        PART,
        day("2027-03-24", "by", named="easter"),
        customer="vestpump",
    )
    assert "Nei, ikke alle 60 stk rekker onsdag 24. mars 2027" in answer
    assert "stk kan være framme til da" in answer
    assert answer.offers_person


def test_a_date_that_can_be_met(engine: Engine) -> None:
    assert "Ja, alle 40 stk rekker fredag 9. april 2027" in ask(
        LeadTime(), FORTY, PART, day("2027-04-09", "by"), customer="vestpump"
    )


def test_changed_days_change_the_next_answer(engine: Engine) -> None:
    change_days(engine, "B", dt.date(2027, 3, 8), dt.date(2027, 3, 12), capacity=0, closed_reason="maintenance")
    answer = ask(LeadTime(), FORTY, PART, customer="vestpump")
    assert "fredag 19. mars" not in answer


def test_without_a_plan_the_listed_time_is_named_as_such(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(delete(views.resource_day))
        connection.execute(update(views.product).values(listed_lead_time_days=30))
    assert "etter vanlig leveringstid" in ask(LeadTime(), FORTY, PART, customer="vestpump")


def test_nothing_known_goes_to_a_person(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(delete(views.resource_day))
    for customer in (None, "vestpump"):
        answer = ask(LeadTime(), FORTY, PART, customer=customer)
        assert "ikke kjent" in answer
        assert answer.offers_person


def test_a_follow_up_keeps_the_quantity_and_weight(engine: Engine) -> None:
    subject = {
        "intent": "lead_time",
        "entities": {"quantity": [FORTY], "weight": [kg(12, per="piece")], "alloy": [RG5]},
    }
    answer = ask(LeadTime(), ALSI, subject=subject)
    assert "40 stk à 12 kg" in answer
    assert "EN AC-42100" in answer


def test_a_bare_number_answers_how_many(engine: Engine) -> None:
    subject = {"intent": "lead_time", "entities": {"part_no": [PART]}}
    answer = ask(LeadTime(), {"entity": "number", "value": 40.0}, customer="vestpump", subject=subject)
    assert "sende alle 40 stk fredag 19. mars" in answer


def test_another_alloy_is_not_about_the_part_before(engine: Engine) -> None:
    subject = {"intent": "lead_time", "entities": {"part_no": [PART], "quantity": [FORTY]}}
    answer = ask(LeadTime(), {"entity": "alloy", "value": "CC493K"}, customer="vestpump", subject=subject)
    assert "Pumpehus" not in answer
    assert "RG7" in answer


def test_a_part_on_the_way_to_approval_names_the_time(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(
            update(views.product).where(views.product.c.product_id == "p1").values(release_status="sample")
        )
    assert "Prøven er ikke godkjent ennå: 5 til 10 arbeidsdager" in ask(LeadTime(), FORTY, PART, customer="vestpump")


def test_an_unanswered_ambiguity_is_asked_again(engine: Engine) -> None:
    unclear = {"entity": "quantity", "value": 1500, "ask": [1500, 2]}
    subject = {"intent": "lead_time", "entities": {"quantity": [unclear]}}
    assert "Hvor mange mener du" in ask(LeadTime(), RG5, subject=subject)


@pytest.mark.parametrize(
    ("entity", "title"),
    [
        ({"entity": "quantity", "value": 1500, "ask": [1500, 2]}, "1 500 stk"),
        ({"entity": "weight", "value": 12.75, "ask": [12.75, 12750]}, "12,75 kg"),
    ],
)
def test_an_ambiguous_figure_is_asked_about(engine: Engine, entity: dict[str, Any], title: str) -> None:
    answer = ask(LeadTime(), entity)
    assert title in [words.replace("\xa0", " ") for words in answer.titles]


def test_a_day_with_two_readings_is_answered_for_both(engine: Engine) -> None:
    either = {"entity": "date", "value": "2027-04-03", "meaning": "by", "ask": ["2027-04-03", "2027-03-04"]}
    answer = ask(LeadTime(), either)
    assert "3. april 2027" in answer
    assert "4. mars 2027" in answer


@pytest.mark.parametrize("bad", ["negative", "zero", "fraction"])
def test_an_impossible_quantity_is_corrected(engine: Engine, bad: str) -> None:
    assert "helt tall" in ask(LeadTime(), {"entity": "quantity", "value": -4, "bad": bad}, RG5)


# Limits


def test_nine_hundred_kilos_of_gunmetal_in_one_pour(engine: Engine) -> None:
    answer = ask(CastingLimits(), kg(900), RG5)
    text = answer.text.replace("\xa0", " ")
    assert "900 kg støpegods i RG5 (CC491K) krever omtrent 1 385 kg hellet metall (900 / 0,65)" in text
    assert "største støp er 570 kg" in text
    assert "Heller ikke 900 kg hellevekt" in text
    assert "omtrent 3 smelter" in text
    assert "partnerstøperi" in text
    assert answer.offers_person


def test_nine_hundred_kilos_of_any_bronze(engine: Engine) -> None:
    text = ask(CastingLimits(), kg(900), BRONZE).text.replace("\xa0", " ")
    assert text.startswith("Nei. 900 kg i én støp er for mye i alle legeringene")
    assert "både som støpevekt og som hellevekt" in text
    assert "1 385 kg" in text


def test_a_weight_between_the_meanings_is_asked_about(engine: Engine) -> None:
    answer = ask(CastingLimits(), kg(500), RG5)
    assert "Nei." in answer
    assert "Ja. 500 kg hellevekt" in answer
    assert answer.titles == ["500 kg støpevekt", "500 kg hellevekt"]


def test_a_weight_some_bronzes_allow_is_told_apart(engine: Engine) -> None:
    answer = ask(CastingLimits(), kg(300, kind="casting"), BRONZE)
    assert "Som støpevekt går 300 kg i rødgods og tinnbronse, men ikke i aluminiumbronse" in answer
    assert "RG5 (CC491K)" in answer.titles


def test_two_furnaces_for_aluminium_both_may_melt(engine: Engine) -> None:
    answer = ask(CastingLimits(), kg(380, kind="casting"), ALSI, language="en")
    assert answer.text.startswith("Yes. A 380 kg casting")
    assert "740 kg" in answer
    assert "F1 and F2" in answer


def test_one_furnace_for_aluminium_only_one_may_melt(engine: Engine) -> None:
    answer = ask(CastingLimits(), kg(300, kind="poured"), {"entity": "alloy", "value": "EN AC-51300"})
    assert "over største støp på 270 kg" in answer


def test_a_weight_the_furnace_holds_but_no_line_carries(engine: Engine) -> None:
    answer = ask(CastingLimits(), kg(365, kind="casting"), RG5)
    assert "formelinjene tar høyst 350 kg" in answer


def test_size_and_wall_are_judged(engine: Engine) -> None:
    fits = {"entity": "dimensions", "value": [800, 600, 300], "kind": "size"}
    large = {"entity": "dimensions", "value": [3000, 600, 300], "kind": "size"}
    assert "800 × 600 × 300 mm får plass på formelinje B" in ask(CastingLimits(), fits)
    assert "for stort" in ask(CastingLimits(), large)
    assert "2 150 × 1 600 × 1 200 mm" in ask(CastingLimits(), large).text.replace("\xa0", " ")


@pytest.mark.parametrize(("thickness", "words"), [(3, "for tynt i aluminium"), (4.5, "på grensen"), (6, "Ja. 6 mm")])
def test_walls(engine: Engine, thickness: float, words: str) -> None:
    assert words in ask(CastingLimits(), {"entity": "wall", "value": thickness}, ALSI)


def test_aluminium_bronze_needs_a_thicker_wall(engine: Engine) -> None:
    answer = ask(CastingLimits(), {"entity": "wall", "value": 5}, {"entity": "alloy", "value": "CC333G"})
    assert "5 mm er for tynt i aluminiumbronse" in answer


def test_largest_in_aluminium(engine: Engine) -> None:
    group = {"entity": "alloy_group", "value": "aluminium", "options": ["EN AC-42000", "EN AC-42100", "EN AC-51300"]}
    text = ask(CastingLimits(), group).text.replace("\xa0", " ")
    assert "største støp 740 kg hellet, tyngste støpegods omtrent 385 kg" in text
    assert "AlMg: største støp 270 kg hellet" in text
    assert "2 150 × 1 600 × 1 200 mm" in text


# Every text


def test_no_line_of_the_plant_lacks_a_word(engine: Engine) -> None:
    groups = {group for furnace in plant().melting.furnaces for group in furnace.melt_groups}
    for language in replies().languages:
        terms = replies().terms[language]
        assert {f"resource.{line.id}" for line in plant().moulding.lines} <= terms.keys()
        assert {f"melt_group.{group}" for group in groups} <= terms.keys()
        assert {f"closed.{reason}" for reason in plant().closing.reasons if reason != "public_holiday"} <= terms.keys()
