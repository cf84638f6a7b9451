"""Nothing is written down twice: what changes in the production database changes the next answer.

The assistant runs on another day and another invented plant than every other test; what is expected is read with SQL
from the contract's views, after each change.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, text

from actions.production.catalogue import catalogue
from actions.production.database import connect
from bot.common.formats import Formats, as_date, iso_week
from bot.common.replies import replies
from tests.integration.talking import Customer
from tests.stack import Stack

TODAY, SEED = dt.date(2027, 4, 12), 7
ORDER, CONTACT, CUSTOMER = "SO-30417", "demo-kari", "C-1001"
NB = Formats("nb", replies().terms["nb"])


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    stack = Stack(tmp_path_factory.mktemp("followed"), today=TODAY.isoformat(), seed=SEED)
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture
def plant(assistant: Stack) -> Iterator[Engine]:
    """The running assistant's production database, as another program sees it."""
    engine = connect(assistant.database("production"))
    yield engine
    engine.dispose()


def one(plant: Engine, query: str, **values: Any) -> Any:
    """The first row of a query."""
    with plant.connect() as connection:
        return connection.execute(text(query), values).first()


def change(plant: Engine, *statements: str, **values: Any) -> None:
    with plant.begin() as connection:
        for statement in statements:
            assert connection.execute(text(statement), values).rowcount, statement


async def asked(stack: Stack, question: str, contact: str | None = CONTACT) -> str:
    """The answer in a new conversation: nothing can come from an earlier one."""
    async with Customer(stack, contact) as customer:
        await customer.open(language="nb")
        return await customer.ask_for(question)


async def test_a_moved_date_and_its_reason(assistant: Stack, plant: Engine) -> None:
    confirmed = "SELECT confirmed_date FROM v_order_line WHERE order_no = :order AND line_no = 1"
    before = as_date(one(plant, confirmed, order=ORDER)[0])
    assert NB.date(before) in await asked(assistant, f"hvor er ordre {ORDER}?")
    change(
        plant,
        "UPDATE order_line SET confirmed_date = :new WHERE order_no = :order AND line_no = 1",
        "INSERT INTO promise_change (order_no, line_no, changed_at, old_date, new_date, reason_code, visible)"
        " VALUES (:order, 1, :now, :old, :new, 'HT', true)",
        order=ORDER, old=before.isoformat(), new=(before + dt.timedelta(days=23)).isoformat(),
        now="2027-04-11 08:00:00.000000",
    )  # fmt: skip
    answer = await asked(assistant, f"hvor er ordre {ORDER}?")
    moved = one(
        plant,
        "SELECT l.confirmed_date, p.old_date, p.reason_code FROM v_order_line l JOIN v_promise p ON p.order_no = l.order_no"
        " WHERE l.order_no = :order ORDER BY p.changed_at DESC",
        order=ORDER,
    )
    assert NB.date(moved[0]) in answer
    assert NB.date(moved[1]) in answer
    assert NB.term(f"reason.{moved[2]}") in answer
    change(plant, "UPDATE promise_change SET visible = false WHERE order_no = :order", order=ORDER)
    assert NB.term(f"reason.{moved[2]}") not in await asked(assistant, f"hvor er ordre {ORDER}?")


async def test_a_finished_operation(assistant: Stack, plant: Engine) -> None:
    # Melting is told as pouring: a buyer asks about castings.
    following = (
        "SELECT code, works_order_no, sequence FROM v_operation WHERE order_no = :order AND state <> 'done'"
        " AND code <> 'melting' ORDER BY sequence"
    )
    first = one(plant, following, order=ORDER)
    assert NB.term(f"operation.{first[0]}") in await asked(assistant, f"hvor er ordre {ORDER}?")
    change(
        plant,
        "UPDATE operation SET state = 'done', done_quantity = 40, finished_on = :day"
        " WHERE works_order_no = :works AND sequence <= :sequence",
        works=first[1], sequence=first[2], day=TODAY.isoformat(),
    )  # fmt: skip
    second = one(plant, following, order=ORDER)
    assert second[0] != first[0]
    answer = await asked(assistant, f"hvor er ordre {ORDER}?")
    assert NB.term(f"operation.{second[0]}") in answer
    assert NB.term(f"operation.{first[0]}") not in answer


async def test_a_line_that_closes_for_a_week(assistant: Stack, plant: Engine) -> None:
    year, week = _ordinary_week(plant, TODAY + dt.timedelta(weeks=7))
    still = replies().render("nb", "utter_capacity_stands_still", {"thing": "resource.B"})
    question = f"har dere ledig kapasitet i uke {week}?"
    assert still not in await asked(assistant, question, None)
    change(
        plant,
        "UPDATE resource_day SET capacity = 0, closed_reason = 'maintenance' WHERE resource_id = 'B' AND day IN"
        " (SELECT day FROM calendar_day WHERE iso_year = :year AND iso_week = :week)",
        year=year, week=week,
    )  # fmt: skip
    stands_still = [
        row[0]
        for row in _rows(
            plant,
            "SELECT resource_id FROM v_capacity_week WHERE iso_year = :year AND iso_week = :week AND capacity = 0"
            " AND resource_type = 'line' AND NOT planner_closed",
            year=year, week=week,
        )
    ]  # fmt: skip
    assert stands_still == ["B"]
    assert still in await asked(assistant, question, None)


async def test_furnaces_that_are_filled_have_no_room_for_their_alloys(assistant: Stack, plant: Engine) -> None:
    group = catalogue()["CC491K"].melt_group
    melted = _rows(
        plant,
        "SELECT c.iso_year, c.iso_week FROM resource_day d JOIN resource r ON r.id = d.resource_id"
        " JOIN calendar_day c ON c.day = d.day WHERE r.type = 'furnace' AND r.melt_groups LIKE :groups"
        " AND (d.melt_group IS NULL OR d.melt_group = :group) AND d.booked < d.capacity",
        group=group, groups=f"%{group}%",
    )  # fmt: skip
    year, week = _ordinary_week(plant, TODAY + dt.timedelta(weeks=10), set(map(tuple, melted)))
    question = f"har dere ledig kapasitet i uke {week} for RG5?"
    before = await asked(assistant, question, None)
    change(
        plant,
        "UPDATE resource_day SET booked = capacity WHERE resource_id IN (SELECT id FROM resource WHERE type = 'furnace')"
        " AND day IN (SELECT day FROM calendar_day WHERE iso_year = :year AND iso_week = :week)",
        year=year, week=week,
    )  # fmt: skip
    answer = await asked(assistant, question, None)
    full = replies().render("nb", "utter_capacity_full_melting", {"things": [f"melt_group.{group}"]})
    assert full not in before
    assert full in answer


async def test_a_closing_day_of_the_whole_foundry(assistant: Stack, plant: Engine) -> None:
    year, week = _ordinary_week(plant, TODAY + dt.timedelta(weeks=9))
    day = dt.date.fromisocalendar(year, week, 3)
    question = f"har dere ledig kapasitet i uke {week}?"
    closed = replies().render("nb", "utter_capacity_closed", {"reason": "closed.inventory", "first": day.isoformat()})
    assert closed not in await asked(assistant, question, None)
    change(
        plant, "UPDATE resource_day SET capacity = 0, closed_reason = 'inventory' WHERE day = :day", day=day.isoformat()
    )
    assert closed in await asked(assistant, question, None)


async def test_a_deactivated_contact_is_a_stranger_at_once(assistant: Stack, plant: Engine) -> None:
    sign_in = replies().texts["nb"]["utter_order_sign_in"]
    async with Customer(assistant, "demo-ola") as customer:
        await customer.open(language="nb")
        assert ORDER in await customer.ask_for(f"hvor er ordre {ORDER}?")
        change(plant, "UPDATE contact SET active = false WHERE id = 'demo-ola'")
        assert sign_in in await customer.ask_for(f"hvor er ordre {ORDER}?")
        change(plant, "UPDATE contact SET active = true WHERE id = 'demo-ola'")
        assert ORDER in await customer.ask_for(f"hvor er ordre {ORDER}?")


async def test_how_many_orders_are_open(assistant: Stack, plant: Engine) -> None:
    waiting = "SELECT count(*) FROM v_order WHERE customer_id = :customer AND status NOT IN ('shipped', 'delivered', 'cancelled')"
    number = one(plant, waiting, customer=CUSTOMER)[0]
    assert f"{number} åpne ordrer" in await asked(assistant, "hvilke ordrer har vi inne?")
    change(plant, "UPDATE order_line SET state = 'cancelled' WHERE order_no = 'SO-30406'")
    assert one(plant, waiting, customer=CUSTOMER)[0] == number - 1
    assert f"{number - 1} åpne ordrer" in await asked(assistant, "hvilke ordrer har vi inne?")


async def test_the_coming_weeks_are_those_after_the_moved_day(assistant: Stack) -> None:
    answer = await asked(assistant, "har dere ledig kapasitet framover?", None)
    assert NB.week(iso_week(TODAY + dt.timedelta(days=7))) in answer
    assert NB.week(iso_week(TODAY - dt.timedelta(days=7))) not in answer


def _rows(plant: Engine, query: str, **values: Any) -> list[Any]:
    connection: Connection
    with plant.connect() as connection:
        return list(connection.execute(text(query), values))


def _ordinary_week(plant: Engine, after: dt.date, among: set[tuple[int, int]] | None = None) -> tuple[int, int]:
    """The first week in which the lines work five days with much room, and the planner has said nothing."""
    found = _rows(
        plant,
        "SELECT iso_year, iso_week FROM v_capacity_week WHERE resource_type IN ('line', 'furnace') GROUP BY iso_year, iso_week"
        " HAVING min(working_days) = 5 AND max(booked / capacity) < 0.8 AND max(planner_band) IS NULL"
        " AND NOT max(planner_closed) ORDER BY iso_year, iso_week",
    )
    return next(
        (year, week)
        for year, week in found
        if dt.date.fromisocalendar(year, week, 1) > after and (among is None or (year, week) in among)
    )
