"""Reading load and parts on SQLite and PostgreSQL: rows, views that are left out, and databases that do not answer."""

import datetime as dt

import pytest
from sqlalchemy import create_engine, insert
from sqlalchemy.exc import DBAPIError

from actions.production import views
from actions.production.capacity_load import read
from actions.production.identity import Identity
from actions.production.plant import plant
from actions.production.promise import promise
from actions.production.promise_job import Job
from actions.production.promise_parts import parts_of
from tests.unit.production.promise_plant import day_rows

RG5 = Job("CU-GUN", "copper", "B", 38, 60, core_hours_per_mould=1.5, fettling_hours_per_piece=1.2)
MONDAY = dt.date(2027, 3, 1)


def test_both_databases_give_the_same_promise(database_url: str) -> None:
    engine = create_engine(database_url)
    views.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(views.resource_day), day_rows(MONDAY, dt.date(2027, 5, 31)))
    assert promise(engine, plant(), RG5, 40, MONDAY).ship == dt.date(2027, 3, 19)
    engine.dispose()


def test_a_source_without_these_views_knows_nothing(database_url: str) -> None:
    engine = create_engine(database_url)
    assert read(engine, plant(), MONDAY, dt.date(2027, 5, 31)) == []
    engine.dispose()


def test_weeks_around_new_year_are_read_by_their_iso_year(database_url: str) -> None:
    engine = create_engine(database_url)
    views.metadata.create_all(engine)
    row = {"resource_id": "B", "resource_type": "line", "unit": "mould", "capacity": 30.0, "booked": 0.0}
    weeks = [(2026, 51), (2026, 53), (2027, 1), (2027, 9)]
    with engine.begin() as connection:
        connection.execute(
            insert(views.capacity_week), [row | {"iso_year": year, "iso_week": week} for year, week in weeks]
        )
    (load,) = read(engine, plant(), dt.date(2026, 12, 28), dt.date(2027, 1, 10))
    assert {week.week for week in load.weeks} == {(2026, 53), (2027, 1)}
    engine.dispose()


def test_a_database_that_is_gone_is_an_error_not_an_empty_plan(tmp_path: object) -> None:
    engine = create_engine(f"sqlite:///{tmp_path}/missing/folder/plant.db")
    with pytest.raises(DBAPIError):
        read(engine, plant(), MONDAY, dt.date(2027, 5, 31))


def test_parts_are_filtered_by_customer(database_url: str) -> None:
    engine = create_engine(database_url)
    views.metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(views.customer), [{"customer_id": "a"}, {"customer_id": "b"}])
        connection.execute(
            insert(views.product),
            [{"product_id": "1", "product_no": "P1", "owner_customer_id": "a", "drawing_no": "4711"},
             {"product_id": "2", "product_no": "P2", "owner_customer_id": "b", "drawing_no": "4711"},
             {"product_id": "3", "product_no": "P3", "owner_customer_id": None, "drawing_no": "SHARED"}],
        )  # fmt: skip
        connection.execute(
            insert(views.customer_product),
            [{"customer_id": "a", "product_id": "3", "customer_part_no": "A-3"},
             {"customer_id": "b", "product_id": "3", "customer_part_no": "B-3"}],
        )  # fmt: skip
    assert [part.number for part in parts_of(engine, Identity("x", "a", "sign_in"))] == ["P1", "A-3"]
    assert [part.number for part in parts_of(engine, Identity("x", "b", "mail"))] == ["P2", "B-3"]
    assert parts_of(engine, Identity("x", "nobody", "mail")) == []
    engine.dispose()
