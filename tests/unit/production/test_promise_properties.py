"""What holds for every plan: nothing above free capacity, nothing on closed days, more is never earlier."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from actions.production.calendar import ONE, WorkCalendar
from actions.production.capacity_load import DayRow, Load, _planned_days
from actions.production.plant import plant
from actions.production.promise import from_load, promise_over
from actions.production.promise_job import Job
from actions.production.promise_schedule import NotKnownError, furnace_moulds, pieces_to_mould, plan_pours

MONDAY = dt.date(2027, 3, 1)
LENGTH = 90
JOB = Job("CU-GUN", "copper", "B", 38, 60, core_hours_per_mould=1.5, fettling_hours_per_piece=1.2)
NEEDS = (("B", "line", 6.0), ("F3", "furnace", 1710.0), ("K", "core", 14.0), ("FET", "fettling", 17.85),
         ("HT1", "heat_treatment", 1.0), ("QA", "inspection", 7.0), ("CNC", "machining", 14.0))  # fmt: skip
JOBS = st.sampled_from([
    JOB,
    replace(JOB, heat_treated=True, temper="T6", basket_litres=60),
    replace(JOB, machining_hours_per_piece=0.7, castings_per_mould=2),
    replace(JOB, line="C", casting_kg=250, poured_kg_per_mould=400, core_hours_per_mould=9),
])  # fmt: skip
#: Days off and load: (day from the start, resource, share booked); a share of 2 closes the day.
BOOKINGS = st.lists(
    st.tuples(st.integers(0, 40), st.integers(0, len(NEEDS) - 1), st.sampled_from([0.2, 0.5, 0.9, 1.0, 2])), max_size=40
)


def make_load(bookings: list[tuple[int, int, float]], slow: bool = False) -> Load:
    days = make_days(bookings, slow)
    return Load("days", days, [], WorkCalendar(plant().closing, _planned_days(days)))


def make_days(bookings: list[tuple[int, int, float]], slow: bool) -> list[DayRow]:
    rows = {}
    for name, kind, amount in NEEDS:
        for number in range(LENGTH):
            day = MONDAY + number * ONE
            if day.weekday() < 5:
                name, amount = ("C", 0.6) if slow and kind == "line" else (name, amount)
                rows[kind, number] = DayRow(name, kind, day, amount, 0.0)
    for number, resource, share in bookings:
        row = rows.get((NEEDS[resource][1], number))
        if row:
            closed = "maintenance" if share == 2 else None
            booked = round(row.capacity * share) if row.type in ("line", "heat_treatment") else row.capacity * share
            rows[row.type, number] = replace(row, booked=max(row.booked, booked), closed_reason=closed)
    return list(rows.values())


def last_ready(job: Job, quantity: int, load: Load) -> dt.date:
    try:
        found = from_load(load, plant(), job, quantity, MONDAY)
    except NotKnownError:
        return dt.date.max
    assert found.ready
    return found.ready


@settings(max_examples=60, deadline=None)
@given(job=JOBS, moulds=st.integers(1, 60), bookings=BOOKINGS)
def test_pours_stay_inside_free_capacity_and_off_closed_days(job: Job, moulds: int, bookings: list) -> None:
    load = make_load(bookings, slow=job.line == "C")
    try:
        pours = plan_pours(job, moulds, load, plant(), MONDAY)
    except NotKnownError:
        return
    poured, line_free, core_free = 0, 0.0, load.free("core", MONDAY - 3 * ONE)
    by_day = dict(pours)
    assert sum(by_day.values()) == moulds
    for number in range(LENGTH):
        day = MONDAY + number * ONE
        count = by_day.get(day, 0)
        poured += count
        line_free += load.free("line", day, job.line)
        assert count <= furnace_moulds(job, load, plant(), day)
        assert count * job.poured_kg_per_mould <= load.free("furnace", day) + 1e-6
        assert poured <= line_free + 1e-6
        assert poured * job.core_hours_per_mould <= core_free + 1e-6
        core_free += load.free("core", day)
        if count:
            assert load.calendar.is_working(day)
            assert load.free("line", day, job.line) > 0


@settings(max_examples=60, deadline=None)
@given(job=JOBS, quantity=st.integers(1, 60), more=st.integers(1, 40), bookings=BOOKINGS)
def test_a_larger_order_is_never_earlier(job: Job, quantity: int, more: int, bookings: list) -> None:
    load = make_load(bookings, slow=job.line == "C")
    assert last_ready(job, quantity, load) <= last_ready(job, quantity + more, load)


LISTED = st.sampled_from([None, 20])


def weekly(rows: list[DayRow]) -> Load:
    """A coarser plan of the same plant: all of a week on its Monday, and a few weeks further ahead."""
    weeks: dict[tuple[str, str, dt.date], DayRow] = {}
    for row in rows:
        for later in (0, LENGTH // 7 * 7):
            monday = row.day - row.day.weekday() * ONE + later * ONE
            known = weeks.get((row.resource_id, row.type, monday), replace(row, day=monday, capacity=0.0, booked=0.0))
            added = replace(known, capacity=known.capacity + row.capacity, booked=known.booked + row.booked)
            weeks[row.resource_id, row.type, monday] = added
    days = list(weeks.values())
    return Load("weeks", days, [], WorkCalendar(plant().closing, _planned_days(days)))


def shipped(job: Job, quantity: int, loads: list[Load]) -> dt.date:
    """When it ships by the best source there is; what no plan has room for is later than anything."""
    return promise_over(loads, plant(), job, quantity, MONDAY).ship or dt.date.max


@settings(max_examples=60, deadline=None)
@given(job=JOBS, quantity=st.integers(1, 400), more=st.integers(1, 1000), bookings=BOOKINGS, listed=LISTED)
def test_more_pieces_never_ship_earlier_whatever_source_answers(
    job: Job, quantity: int, more: int, bookings: list, listed: int | None
) -> None:
    job = replace(job, listed_lead_time_days=listed)
    slow = job.line == "C"
    loads = [make_load(bookings, slow), weekly(make_days(bookings, slow))]
    assert shipped(job, quantity, loads) <= shipped(job, quantity + more, loads)


def test_an_order_beyond_the_plan_says_so_and_gets_no_date() -> None:
    found = promise_over([make_load([])], plant(), replace(JOB, listed_lead_time_days=20), 100_000, MONDAY)
    assert (found.step, found.ship) == ("beyond", None)
    assert found.planned_until


@settings(max_examples=80, deadline=None)
@given(job=JOBS, quantity=st.integers(1, 50), bookings=BOOKINGS, taken=BOOKINGS)
def test_taking_capacity_away_is_never_earlier(job: Job, quantity: int, bookings: list, taken: list) -> None:
    slow = job.line == "C"
    free = last_ready(job, quantity, make_load(bookings, slow))
    less = last_ready(job, quantity, make_load(bookings + taken, slow))
    assert free <= less


@settings(max_examples=40, deadline=None)
@given(job=JOBS, quantity=st.integers(1, 60), bookings=BOOKINGS)
def test_batches_grow_to_the_whole_order(job: Job, quantity: int, bookings: list) -> None:
    try:
        found = from_load(make_load(bookings, job.line == "C"), plant(), job, quantity, MONDAY)
    except NotKnownError:
        return
    amounts = [batch.quantity for batch in found.batches]
    assert amounts == sorted(set(amounts))
    assert amounts[-1] == quantity
    assert found.ship is not None
    assert found.ship >= found.batches[-1].ready


@pytest.mark.parametrize(("quantity", "per_mould", "moulds"), [(40, 1, 42), (1, 1, 2), (100, 4, 26), (40, 6, 7)])
def test_moulds_include_the_scrap_allowance(quantity: int, per_mould: int, moulds: int) -> None:
    assert pieces_to_mould(replace(JOB, castings_per_mould=per_mould), quantity, plant()) == moulds
