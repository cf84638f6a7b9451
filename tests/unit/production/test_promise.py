"""Promises over a real database: the worked results of the domain note, and what changes them."""

import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import Engine, delete, insert

from actions.production import views
from actions.production.catalogue import catalogue
from actions.production.plant import plant
from actions.production.promise import Destination, promise
from actions.production.promise_job import Job
from tests.unit.production.promise_plant import change_days, make_plant

RG5 = Job("CU-GUN", "copper", "B", 38, 60, core_hours_per_mould=1.5, fettling_hours_per_piece=1.2, certificate="3.1")
ALSI = Job("AL-SiMg-lowFe", "aluminium", "A", 12, 22, fettling_hours_per_piece=0.4, temper="T6", heat_treated=True)
ASKED = dt.date(2027, 3, 1)


def march(day: int) -> dt.date:
    return dt.date(2027, 3, day)


@pytest.fixture
def engine() -> Engine:
    return make_plant()


def test_forty_housings_asked_on_the_first_of_march(engine: Engine) -> None:
    found = promise(engine, plant(), RG5, 40, ASKED)
    assert (found.step, found.pour, found.bottleneck) == ("days", march(4), "B")
    assert [(batch.ready.day, batch.quantity) for batch in found.batches] == [
        (5, 6), (8, 12), (9, 18), (10, 24), (11, 30), (12, 36), (15, 40),
    ]  # fmt: skip
    assert (found.ready, found.ship) == (march(17), march(19))
    assert (found.moulds, found.poured_kg) == (42, 2520)


def test_easter_lies_between_when_asked_two_weeks_later(engine: Engine) -> None:
    found = promise(engine, plant(), RG5, 40, march(15), wanted=march(24))
    assert (found.pour, found.bottleneck) == (march(18), "B")
    assert (found.ready, found.ship) == (dt.date(2027, 4, 6), dt.date(2027, 4, 8))
    assert found.ready_by_wanted == 24
    assert found.in_time is False
    assert [(first, reason) for first, _, reason in found.closed_stretches] == [
        (march(25), "maundy_thursday"), (march(26), "good_friday"), (march(29), "easter_monday"),
    ]  # fmt: skip


def test_a_tin_bronze_campaign_makes_the_furnace_the_bottleneck(engine: Engine) -> None:
    change_days(engine, "F3", march(4), march(12), melt_group="CU-SN")
    found = promise(engine, plant(), RG5, 40, ASKED)
    assert (found.pour, found.ready, found.ship) == (march(15), march(31), dt.date(2027, 4, 2))
    assert found.bottleneck == "furnace"


def test_sixty_heat_treated_castings_leave_in_three_loads(engine: Engine) -> None:
    found = promise(engine, plant(), ALSI, 60, ASKED)
    assert (found.pour, found.bottleneck) == (march(4), "A")
    assert [batch.quantity for batch in found.batches] == [24, 48, 60]
    assert (found.ready, found.ship) == (march(17), march(19))


def test_nine_hundred_kilos_of_red_brass_are_refused_with_the_figures(engine: Engine) -> None:
    alloy = catalogue()["CC491K"]
    heavy = replace(RG5, line="C", casting_kg=900, poured_kg_per_mould=900 / alloy.yield_planning)
    found = promise(engine, plant(), heavy, 1, ASKED)
    assert found.ship is None
    assert found.refusal
    assert found.refusal.limit
    assert found.refusal.limit.kg == 570
    assert round(found.refusal.poured_kg) == 1385


def test_a_resource_day_closed_by_sql_changes_the_next_answer(engine: Engine) -> None:
    before = promise(engine, plant(), RG5, 40, ASKED)
    change_days(engine, "B", march(8), march(10), capacity=0, closed_reason="maintenance")
    after = promise(engine, plant(), RG5, 40, ASKED)
    assert before.ship
    assert after.ship
    assert after.ship > before.ship


def test_booked_moulds_are_not_promised_again(engine: Engine) -> None:
    change_days(engine, "B", march(1), march(31), booked=4)
    found = promise(engine, plant(), RG5, 4, ASKED)
    assert [batch.quantity for batch in found.batches] == [2, 4]


def test_a_bottleneck_may_stand_behind_the_moulding(engine: Engine) -> None:
    change_days(engine, "FET", march(1), dt.date(2027, 12, 31), booked=15)
    assert promise(engine, plant(), RG5, 40, ASKED).bottleneck == "fettling"


def test_the_planner_who_closes_a_week_stands_above_the_days(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(insert(views.capacity_week), [_week(9, closed=True), _week(10, band="full")])
    assert promise(engine, plant(), RG5, 40, ASKED).pour == march(15)


def test_without_days_the_weekly_figures_answer_by_week(engine: Engine) -> None:
    weeks = [_week(week, *row) for week in range(9, 20) for row in WEEKLY]
    with engine.begin() as connection:
        connection.execute(delete(views.resource_day))
        connection.execute(insert(views.capacity_week), weeks)
    found = promise(engine, plant(), RG5, 40, ASKED)
    assert (found.step, found.week_only) == ("weeks", True)
    assert found.ship
    assert found.ship.isocalendar().week == 11


WEEKLY = (
    ("B", "line", "mould", 30.0), ("F3", "furnace", "kg", 8550.0), ("K", "core", "hour", 70.0),
    ("FET", "fettling", "hour", 89.0),
)  # fmt: skip


def test_weekly_hours_of_a_line_count_as_moulds(engine: Engine) -> None:
    rows = [("B", "line", "hour", 75.0), *WEEKLY[1:]]
    with engine.begin() as connection:
        connection.execute(delete(views.resource_day))
        connection.execute(insert(views.capacity_week), [_week(week, *row) for week in range(9, 20) for row in rows])
    found = promise(engine, plant(), RG5, 40, ASKED)
    assert found.ship
    assert found.ship.isocalendar().week == 11


def _week(week: int, name: str = "B", kind: str = "line", unit: str = "mould", capacity: float = 30.0,
          closed: bool = False, band: str | None = None) -> dict[str, object]:  # fmt: skip
    return {
        "iso_year": 2027, "iso_week": week, "resource_id": name, "resource_type": kind, "unit": unit,
        "capacity": capacity, "booked": 0.0, "working_days": 5, "planner_closed": closed, "planner_band": band,
    }  # fmt: skip


def test_without_any_load_the_listed_lead_time_answers() -> None:
    engine = make_plant()
    views.resource_day.drop(engine)
    views.capacity_week.drop(engine)
    listed = promise(engine, plant(), replace(RG5, listed_lead_time_days=28), 40, ASKED)
    assert (listed.step, listed.pour, listed.ship, listed.week_only) == ("listed", None, march(30), True)
    assert promise(engine, plant(), RG5, 40, ASKED).step == "none"


def test_a_resource_nobody_knows_is_not_promised(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(delete(views.resource_day).where(views.resource_day.c.resource_type == "heat_treatment"))
    assert promise(engine, plant(), ALSI, 60, ASKED).step == "none"


def test_an_order_beyond_the_plan_is_not_dated(engine: Engine) -> None:
    assert promise(engine, plant(), RG5, 5000, ASKED).step == "beyond"


def test_beyond_eight_weeks_only_the_week_is_said(engine: Engine) -> None:
    assert promise(engine, plant(), RG5, 40, ASKED).week_only is False
    assert promise(engine, plant(), RG5, 240, ASKED).week_only is True


def test_the_summer_closing_is_waited_for(engine: Engine) -> None:
    found = promise(engine, plant(), RG5, 40, dt.date(2027, 7, 5))
    assert found.ship
    assert found.ship > dt.date(2027, 8, 1)
    assert found.closed_stretches == ((dt.date(2027, 7, 12), dt.date(2027, 7, 30), "summer"),)


def test_export_ships_on_tuesday_or_thursday_and_arrives_later(engine: Engine) -> None:
    found = promise(engine, plant(), RG5, 40, ASKED, to=Destination("SE", 2))
    assert (found.ship, found.arrive) == (march(23), dt.date(2027, 3, 30))


def test_natural_ageing_takes_its_days_on_the_shelf(engine: Engine) -> None:
    raw = promise(engine, plant(), replace(ALSI, temper="F", heat_treated=False), 20, ASKED)
    t1 = promise(engine, plant(), replace(ALSI, temper="T1", heat_treated=False), 20, ASKED)
    t4 = promise(engine, plant(), replace(ALSI, temper="T4"), 20, ASKED)
    t6 = promise(engine, plant(), ALSI, 20, ASKED)
    assert raw.ship
    assert t1.ship
    assert t4.ship
    assert t6.ship
    assert t1.pour
    assert (t1.batches[0].ready - t1.pour).days >= 10
    assert t1.ship > raw.ship
    assert t4.ship > t6.ship


def test_a_bulky_housing_fills_the_basket_before_its_weight_does(engine: Engine) -> None:
    by_weight = promise(engine, plant(), ALSI, 60, ASKED)
    by_volume = promise(engine, plant(), replace(ALSI, basket_litres=100), 60, ASKED)
    assert by_weight.ship
    assert by_volume.ship
    assert by_volume.ship > by_weight.ship
    assert by_volume.bottleneck == "heat_treatment"


def test_a_floor_mould_takes_the_crew_several_days(engine: Engine) -> None:
    heavy = Job("CU-GUN", "copper", "C", 300, 480, fettling_hours_per_piece=4)
    found = promise(engine, plant(), heavy, 3, ASKED)
    assert found.step == "days"
    assert found.moulds == 4
    assert found.batches[-1].ready >= march(15)


def test_two_furnaces_into_one_ladle_need_both(engine: Engine) -> None:
    heavy = Job("AL-SiMg", "aluminium", "C", 380, 700, fettling_hours_per_piece=4)
    free = promise(engine, plant(), heavy, 1, ASKED)
    change_days(engine, "F2", march(1), march(31), melt_group="AL-Mg")
    later = promise(engine, plant(), heavy, 1, ASKED)
    assert free.pour
    assert later.pour
    assert later.pour > march(31) > free.pour


def test_pattern_and_sample_time_moves_the_start(engine: Engine) -> None:
    known = promise(engine, plant(), RG5, 10, ASKED)
    new = promise(engine, plant(), replace(RG5, new=True), 10, ASKED, extra_workdays=20)
    assert known.ship
    assert new.ship
    assert (new.ship - known.ship).days >= 28
    assert new.moulds == 11


def test_a_first_pour_inside_the_fixed_plan_is_marked(engine: Engine) -> None:
    assert promise(engine, plant(), RG5, 10, ASKED).in_frozen_zone is True
    change_days(engine, "B", march(1), march(12), booked=6)
    assert promise(engine, plant(), RG5, 10, ASKED).in_frozen_zone is False
