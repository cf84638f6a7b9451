"""The invented plant obeys the rules of a sand foundry, for every date and seed."""

import csv
import datetime as dt

import pytest
from sqlalchemy import Engine, create_engine, func, select, text

from actions.production import views
from actions.production.contacts import contact
from actions.production.database import connect
from actions.production.demo import NotADemoError, days, fits, seed
from actions.production.demo.__main__ import listing, main
from actions.production.demo.notable import BLOCK, NOTABLE
from actions.production.demo.parts import CATALOGUE, max_pour_kg
from actions.production.demo.people import DEMO_CONTACTS
from actions.production.demo.seeding import plan
from actions.production.models import Customer, OrderLine, Product, ResourceDay, SalesOrder, Source
from actions.production.orders import find_order
from actions.production.views import OPERATIONS, STATUSES
from bot.common.settings import ROOT

from .conftest import TODAY, identity_of

#: A weekend, the middle of the summer closing, romjul, the week before Easter, an ordinary Wednesday.
DATES = [dt.date(2027, 3, 6), dt.date(2027, 7, 20), dt.date(2026, 12, 29), dt.date(2027, 3, 24), dt.date(2026, 10, 14)]


def rows(engine: Engine, table, *conditions):  # type: ignore[no-untyped-def]
    with engine.connect() as connection:
        return connection.execute(select(table).where(*conditions)).all()


def test_the_same_date_and_seed_give_the_same_plant() -> None:
    assert plan(TODAY, 1).by_table == plan(TODAY, 1).by_table
    assert plan(TODAY, 1).by_table != plan(TODAY, 2).by_table


@pytest.mark.parametrize("seed_number", [1, 7])
def test_the_plant_is_as_large_as_promised(seed_number: int) -> None:
    found = plan(TODAY, seed_number)
    customers = found.all(Customer)
    assert len(customers) >= 40
    assert {row["country"] for row in customers} == {"NO", "SE", "DK", "DE", "GB", "FI"}
    assert len(found.all(Product)) == 150
    # The fixed block has some numbers to spare.
    assert len(found.all(SalesOrder)) >= 600 + len(NOTABLE)
    oldest = min(row["ordered_on"] for row in found.all(SalesOrder))
    assert (TODAY - oldest).days > 650


def test_mail_addresses_are_of_the_reserved_top_domain_and_plain(plant: Engine) -> None:
    for row in rows(plant, views.contact):
        assert row.email.endswith(".example")
        assert row.email.isascii()
        assert " " not in row.email


def test_each_customer_has_one_who_may_not_order_and_one_who_may_not_see_prices(plant: Engine) -> None:
    for customer in rows(plant, views.customer):
        people = rows(plant, views.contact, views.contact.c.customer_id == customer.customer_id)
        assert any(not person.may_order for person in people)
        assert any(not person.may_see_prices for person in people)
        assert any(person.may_order and person.may_see_prices for person in people)


def test_parts_can_be_poured_moulded_and_made_of_catalogue_alloys(plant: Engine) -> None:
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        alloys = {(row["designation_en"], row["temper"]): row for row in csv.DictReader(lines)}
    for part in rows(plant, views.product):
        facts = alloys[part.alloy, part.temper]
        assert part.poured_kg_per_mould <= max_pour_kg(facts["melt_group"]), part.product_no
        part_yield = part.casting_kg * part.castings_per_mould / part.poured_kg_per_mould
        assert part_yield == pytest.approx(float(facts["yield_planning"]), abs=0.04), part.product_no
        assert bool(part.heat_treatment_class) == (part.temper in ("T4", "T6"))
        assert (part.basket_litres is not None) == (part.temper in ("T4", "T6"))
        if part.finished_kg is not None:
            assert part.finished_kg < part.casting_kg


def test_the_pump_housing_of_the_story_is_there(plant: Engine) -> None:
    part = rows(plant, views.product, views.product.c.product_no == "P-1001")[0]
    assert (part.alloy, part.casting_kg, part.poured_kg_per_mould, part.line) == ("CC491K", 38.0, 60.0, "B")
    assert part.release_status == "released"
    person = contact(plant, "demo-kari")
    assert person is not None
    assert person.customer_id == part.owner_customer_id
    condition = rows(plant, views.pattern, views.pattern.c.pattern_id == part.pattern_id)[0].condition
    assert condition == "good"


def test_two_customers_own_parts_with_the_same_drawing_number(plant: Engine) -> None:
    owners = {row.owner_customer_id for row in rows(plant, views.product, views.product.c.drawing_no == "4711-B")}
    kari, jens = (identity_of(plant, name).customer_id for name in ("demo-kari", "demo-jens"))
    assert owners == {kari, jens}


def test_every_status_occurs_and_operations_stand_in_routing_order(plant: Engine) -> None:
    with plant.connect() as connection:
        statuses = set(connection.scalars(select(views.order_line.c.status).distinct()))
        operations = connection.execute(
            select(views.operation).order_by(views.operation.c.works_order_no, views.operation.c.sequence)
        ).all()
    assert statuses == set(STATUSES)
    last: dict[str, tuple[int, int]] = {}
    for step in operations:
        place = OPERATIONS.index(step.code)
        before, pieces = last.get(step.works_order_no, (-1, 10**6))
        assert place > before, step
        # Nothing is finished that was not started before.
        assert step.code == "release" or step.done_quantity <= pieces, step
        last[step.works_order_no] = (place, pieces if step.code == "release" else step.done_quantity)


def test_states_of_operations_fit_today(plant: Engine) -> None:
    for step in rows(plant, views.operation):
        if step.state == "done":
            assert step.finished_on is not None
            assert step.finished_on <= TODAY
        elif step.state == "started":
            assert step.planned_start <= TODAY <= step.planned_end
        elif step.state == "waiting":
            assert step.done_quantity == 0


def test_nothing_is_shipped_or_delivered_in_the_future_or_twice(plant: Engine) -> None:
    for line in rows(plant, views.order_line):
        assert line.shipped_quantity <= line.quantity
    for parcel in rows(plant, views.delivery):
        assert parcel.shipped_on < TODAY
        assert days.is_open(parcel.shipped_on)
        assert parcel.delivered_on is None or parcel.shipped_on < parcel.delivered_on < TODAY


def test_confirmed_dates_are_working_days_with_their_iso_week(plant: Engine) -> None:
    for line in rows(plant, views.order_line, views.order_line.c.confirmed_date.is_not(None)):
        assert days.is_open(line.confirmed_date)
        assert (line.iso_year, line.iso_week) == line.confirmed_date.isocalendar()[:2]


def test_moves_are_in_the_past_and_end_at_the_confirmed_date(plant: Engine) -> None:
    confirmed = {(row.order_no, row.line_no): row.confirmed_date for row in rows(plant, views.order_line)}
    latest = {}
    for move in sorted(rows(plant, views.promise), key=lambda move: move.changed_at):
        assert move.changed_at.date() <= TODAY
        latest[move.order_no, move.line_no] = move.new_date
    assert latest
    assert all(confirmed[line] == date for line, date in latest.items())
    reasons = {(move.reason_code is not None, bool(move.visible)) for move in rows(plant, views.promise)}
    assert {(True, True), (True, False)} <= reasons


@pytest.mark.parametrize("date", [TODAY, *DATES])
def test_no_day_is_booked_above_ninety_percent_and_closed_days_have_no_capacity(date: dt.date) -> None:
    found = plan(date, 3).all(ResourceDay)
    assert {row["day"] for row in found} == {date + dt.timedelta(days=number) for number in range(-30, 301)}
    for row in found:
        assert 0 <= row["booked"] <= 0.9 * row["capacity"] + 1e-9, row
        assert (row["capacity"] == 0) == (row["closed_reason"] is not None) or row["resource_id"] == "HT1", row


def test_the_plant_is_nearly_full_now_and_at_forty_percent_in_ten_weeks(plant: Engine) -> None:
    def share(first: int, last: int) -> float:
        view = views.resource_day.c
        with plant.connect() as connection:
            booked, capacity = connection.execute(
                select(func.sum(view.booked), func.sum(view.capacity)).where(
                    view.resource_id.in_(("A", "B", "FETTLING")),
                    view.day.between(TODAY + dt.timedelta(weeks=first), TODAY + dt.timedelta(weeks=last, days=-1)),
                )
            ).one()
        return float(booked / capacity)

    assert share(0, 2) > 0.75
    assert 0.3 < share(9, 11) < 0.5
    assert share(25, 35) < 0.3


def test_closing_days_of_2027() -> None:
    reasons = {
        dt.date(2027, 3, 24): None,
        dt.date(2027, 3, 25): "public_holiday",
        dt.date(2027, 3, 29): "public_holiday",
        dt.date(2027, 5, 7): "between_days",
        dt.date(2027, 5, 17): "public_holiday",
        dt.date(2027, 7, 12): "summer",
        dt.date(2027, 7, 30): "summer",
        dt.date(2027, 8, 2): None,
        dt.date(2027, 12, 24): "christmas",
        dt.date(2027, 12, 29): "christmas",
        dt.date(2027, 12, 31): "christmas",
        dt.date(2027, 3, 6): "weekend",
        dt.date(2028, 5, 26): "between_days",
    }
    assert {day: days.closed_reason(day) for day in reasons} == reasons
    assert [day for day in reasons if days.is_half_day(day)] == [dt.date(2027, 3, 24)]
    assert days.is_reline_day(dt.date(2027, 8, 2))


def test_the_wednesday_before_easter_has_half_the_capacity_and_furnaces_rest_after_summer() -> None:
    found = {(row["resource_id"], row["day"]): row for row in plan(TODAY, 1).all(ResourceDay)}
    assert found["B", dt.date(2027, 3, 24)]["capacity"] == 3
    assert found["B", dt.date(2027, 8, 2)]["capacity"] == 6
    assert found["F3", dt.date(2027, 8, 2)]["closed_reason"] == "maintenance"
    assert found["F3", dt.date(2027, 8, 3)]["capacity"] > 0


@pytest.mark.parametrize("date", DATES)
@pytest.mark.parametrize("seed_number", [2, 99])
def test_the_notable_orders_tell_their_story_on_any_date(date: dt.date, seed_number: int) -> None:
    engine = connect("sqlite://")
    seed(engine, date, seed_number)
    expected = {
        "late": "in_production", "partly": "partly_shipped", "fettling": "in_production", "overdue": "in_production",
        "planned": "planned", "confirmed": "confirmed", "received": "received", "quoted": "quoted",
        "ready": "ready_to_ship", "packing": "packing", "shipped": "shipped", "delivered": "delivered",
        "cancelled": "cancelled", "two_lines": "partly_shipped", "blocked": "planned",
    }  # fmt: skip
    for notable in NOTABLE:
        order = find_order(engine, identity_of(engine, notable.contact_id), notable.order_no)
        assert order is not None, notable
        status = expected.get(notable.story)
        assert status is None or order.status == status, (notable, order.status)
        late = notable.story.startswith("late") or notable.story in ("overdue", "partly", "blocked")
        assert order.late(date) == late, notable
        line = order.lines[0]
        if notable.story.startswith("late"):
            assert (line.moves[-1].shown_reason is None) == (notable.story == "late_silent")
        if notable.story == "fettling":
            fettling = [step for step in line.steps if step.code == "fettling"]
            assert fettling[0].state == "started"
            assert 0 < fettling[0].done_quantity < line.quantity
        if notable.story == "shipped":
            assert line.shipments[0].tracking_no
            assert line.shipments[0].delivered_on is None
    engine.dispose()


def test_erik_has_exactly_one_open_order(plant: Engine) -> None:
    from actions.production.orders import open_orders

    assert [order.order_no for order in open_orders(plant, identity_of(plant, "demo-erik"))] == ["SO-30421"]


def test_a_plant_is_recognised_by_date_and_seed(plant: Engine, tmp_path) -> None:  # type: ignore[no-untyped-def]
    assert fits(plant, TODAY, 1)
    assert not fits(plant, TODAY, 2)
    assert not fits(plant, TODAY + dt.timedelta(days=1), 1)
    assert not fits(connect(f"sqlite:///{tmp_path}/nothing.db"), TODAY, 1)


def test_seeding_again_replaces_the_plant(own_plant: Engine) -> None:
    seed(own_plant, TODAY, 2)
    assert fits(own_plant, TODAY, 2)
    with own_plant.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(Source)) == 1


def test_a_real_database_is_left_alone(own_plant: Engine) -> None:
    with own_plant.begin() as connection:
        connection.execute(text("UPDATE source SET demo_date = NULL, demo_seed = NULL, demo_version = NULL"))
        before = connection.scalar(select(func.count()).select_from(OrderLine))
    with pytest.raises(NotADemoError):
        seed(own_plant, TODAY, 1)
    with own_plant.connect() as connection:
        assert connection.scalar(select(func.count()).select_from(OrderLine)) == before


def test_the_command_line_seeds_and_lists(tmp_path, capsys) -> None:  # type: ignore[no-untyped-def]
    url = f"sqlite:///{tmp_path}/cli.db"
    main(["--url", url, "--today", "2027-03-01", "--seed", "4", "--documents", str(tmp_path / "documents")])
    assert fits(create_engine(url), TODAY, 4)
    main(["--list"])
    assert "SO-30417" in capsys.readouterr().out


def test_the_page_about_the_demo_names_every_contact_and_order() -> None:
    page = (ROOT / "docs" / "demo.md").read_text(encoding="utf-8")
    assert "invented" in page
    for contact_ in DEMO_CONTACTS:
        assert f"`{contact_.id}`" in page
        assert contact_.id in listing()
    for notable in NOTABLE:
        assert f"`{notable.order_no}`" in page
        assert int(notable.order_no[3:]) in BLOCK


def test_notable_order_numbers_are_not_used_twice() -> None:
    numbers = [row["number"] for row in plan(TODAY, 1).all(SalesOrder)]
    assert len(numbers) == len(set(numbers))
