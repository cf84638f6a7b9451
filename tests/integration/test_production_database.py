"""The production schema, its views, holds and checks on SQLite and PostgreSQL."""

import datetime as dt
import threading
import time
from collections.abc import Iterator

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect, select, text
from sqlalchemy.exc import DBAPIError, OperationalError

from actions.production import orders, views
from actions.production.database import MIGRATIONS, connect, migrate
from actions.production.demo import fits, seed
from actions.production.identity import Identity
from actions.production.models import Base
from actions.production.order_intake import CapacityTakenError, Share, TableIntake
from actions.production.verify import ContractError, check, verify
from bot.common.sqlite_file import create

TODAY = dt.date(2027, 3, 1)
KARI = Identity("demo-kari", "C-1001", "sign_in")
NOW = dt.datetime.now(dt.UTC)
LATER = NOW + dt.timedelta(hours=48)
DAY = dt.date(2027, 5, 3)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url, statement_seconds=30)
    yield engine
    engine.dispose()


@pytest.fixture
def plant(engine: Engine) -> Engine:
    seed(engine, TODAY, 1)
    return engine


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def status_of(engine: Engine, number: str) -> tuple[str, str]:
    order = orders.find_order(engine, KARI, number)
    assert order is not None
    return order.status, order.lines[0].status


def booked(engine: Engine, resource: str = "B", day: dt.date = DAY) -> float:
    view = views.resource_day.c
    with engine.connect() as connection:
        return float(connection.scalar(select(view.booked).where(view.resource_id == resource, view.day == day)) or 0)


def test_migrating_twice_is_harmless_and_the_models_match_the_migrations(engine: Engine) -> None:
    migrate(engine)
    migrate(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": "production_version"})
        assert compare_metadata(context, Base.metadata) == []


def test_migrations_go_back_to_an_empty_database(engine: Engine) -> None:
    migrate(engine)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert set(inspect(engine).get_table_names()) <= {"production_version"}
    assert inspect(engine).get_view_names() == []


def test_the_seeded_plant_keeps_the_contract_in_every_row(plant: Engine) -> None:
    assert verify(plant, sample=None) == []
    assert check(plant) == []
    assert fits(plant, TODAY, 1)


def test_seeding_is_quick(engine: Engine) -> None:
    started = time.perf_counter()
    seed(engine, TODAY, 5)
    assert time.perf_counter() - started < 15


def test_an_empty_database_is_told_view_by_view(engine: Engine) -> None:
    create(engine.url)
    found = verify(engine)
    assert {problem.view for problem in found} == set(views.metadata.tables)
    assert {problem.view for problem in found if problem.note} == set(views.OPTIONAL)
    with pytest.raises(ContractError, match="v_order_line: the view is missing"):
        check(engine)


def test_missing_optional_views_are_notes(plant: Engine) -> None:
    change(plant, "DROP VIEW v_capacity_week")
    change(plant, "DROP VIEW v_resource_day")
    notes = check(plant)
    assert {note.view for note in notes} == set(views.OPTIONAL)
    assert all(str(note).startswith("note: ") for note in notes)


@pytest.mark.parametrize(
    ("drop", "create", "message"),
    [
        ("v_stock", "CREATE VIEW v_stock AS SELECT product_id, on_hand FROM stock", "v_stock: no column reserved"),
        (
            "v_promise",
            "CREATE VIEW v_promise AS SELECT order_no, line_no, 'C' AS customer_id, changed_at, old_date, new_date,"
            " 'RAIN' AS reason_code, visible FROM promise_change",
            "v_promise: reason_code holds RAIN; allowed are CAP",
        ),
        ("v_contract", "CREATE VIEW v_contract AS SELECT 'x' AS contract, 9 AS version, 'y' AS source_system,"
         " data_as_of FROM source", "v_contract: version is 9"),
        ("v_stock", "CREATE VIEW v_stock AS SELECT product_id, 'many' AS on_hand, reserved FROM stock", "on_hand holds 'many'"),
        ("v_customer_product", "CREATE VIEW v_customer_product AS SELECT NULL AS customer_id, product_id,"
         " customer_part_no, drawing_no, revision FROM customer_product", "customer_id is empty in some row"),
        ("v_quotation", "CREATE VIEW v_quotation AS SELECT number AS quotation_no, customer_id, product_id, quantity,"
         " currency, price_minor, 'soon' AS issued_on, valid_until, state FROM quotation", "v_quotation"),
    ],
)  # fmt: skip
def test_a_view_that_breaks_the_contract_is_named(plant: Engine, drop: str, create: str, message: str) -> None:
    change(plant, f"DROP VIEW {drop}")
    change(plant, create)
    with pytest.raises(ContractError) as error:
        check(plant)
    assert message in str(error.value)


def test_status_follows_production_and_shipments(plant: Engine) -> None:
    assert status_of(plant, "SO-30417") == ("in_production", "in_production")
    works = "(SELECT number FROM works_order WHERE order_no = 'SO-30417')"
    change(plant, f"UPDATE operation SET state = 'done' WHERE code <> 'packing' AND works_order_no IN {works}")
    assert status_of(plant, "SO-30417")[1] == "ready_to_ship"
    change(plant, f"UPDATE operation SET state = 'started' WHERE code = 'packing' AND works_order_no IN {works}")
    assert status_of(plant, "SO-30417")[1] == "packing"
    parcel = "INSERT INTO delivery (number, order_no, line_no, quantity, shipped_on, carrier) VALUES "
    change(plant, parcel + "('D-1', 'SO-30417', 1, 15, '2027-03-01', 'X')")
    assert status_of(plant, "SO-30417") == ("partly_shipped", "partly_shipped")
    change(plant, parcel + "('D-2', 'SO-30417', 1, 25, '2027-03-01', 'X')")
    assert status_of(plant, "SO-30417") == ("shipped", "shipped")
    change(plant, "UPDATE delivery SET delivered_on = '2027-03-02' WHERE order_no = 'SO-30417'")
    assert status_of(plant, "SO-30417") == ("delivered", "delivered")


def test_an_order_is_cancelled_when_all_its_lines_are(plant: Engine) -> None:
    change(plant, "UPDATE order_line SET state = 'cancelled' WHERE order_no = 'SO-30414' AND line_no = 2")
    # The other line has left the foundry.
    assert status_of(plant, "SO-30414")[0] == "shipped"
    change(plant, "UPDATE order_line SET state = 'cancelled' WHERE order_no = 'SO-30414'")
    assert status_of(plant, "SO-30414")[0] == "cancelled"


def test_the_confirmed_week_follows_the_date(plant: Engine) -> None:
    change(plant, "UPDATE order_line SET confirmed_date = '2027-01-03' WHERE order_no = 'SO-30417'")
    view = views.order_line.c
    with plant.connect() as connection:
        found = connection.execute(select(view.iso_year, view.iso_week).where(view.order_no == "SO-30417")).one()
    # 3 January 2027 belongs to week 53 of 2026.
    assert tuple(found) == (2026, 53)


def test_a_hold_counts_as_booked_until_it_expires(plant: Engine) -> None:
    before = booked(plant)
    receipt = TableIntake(plant).hold(KARI, "r-1", [Share("B", DAY, 1)], LATER)
    assert booked(plant) == before + 1
    assert receipt.id.startswith("HOLD-")
    change(plant, "UPDATE hold SET expires_at = '2020-01-01 00:00:00'")
    assert booked(plant) == before
    assert TableIntake(plant).release_expired(dt.datetime.now(dt.UTC)) == 1
    assert TableIntake(plant).release_expired(dt.datetime.now(dt.UTC)) == 0


def test_a_hold_shows_in_the_week(plant: Engine) -> None:
    view = views.capacity_week.c
    year, week, _ = DAY.isocalendar()
    query = select(view.booked).where(view.iso_year == year, view.iso_week == week, view.resource_id == "B")
    with plant.connect() as connection:
        before = connection.scalar(query)
    TableIntake(plant).hold(KARI, "r-1", [Share("B", DAY, 2)], LATER)
    with plant.connect() as connection:
        assert connection.scalar(query) == pytest.approx(before + 2)


def test_the_same_request_is_one_hold(plant: Engine) -> None:
    intake = TableIntake(plant)
    first = intake.hold(KARI, "r-1", [Share("B", DAY, 1)], LATER)
    again = intake.hold(KARI, "r-1", [Share("B", DAY, 1)], LATER)
    assert (first.id, first.expires_at) == (again.id, again.expires_at)
    with plant.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM hold")) == 1


def test_capacity_that_is_gone_is_not_held_and_nothing_is_left_behind(plant: Engine) -> None:
    before = booked(plant)
    with pytest.raises(CapacityTakenError):
        TableIntake(plant).hold(KARI, "r-1", [Share("C", DAY, 0.1), Share("B", DAY, 7)], LATER)
    with pytest.raises(CapacityTakenError):
        TableIntake(plant).hold(KARI, "r-2", [Share("B", dt.date(2027, 5, 1), 1)], LATER)
    assert booked(plant) == before
    with plant.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM hold")) == 0


@pytest.mark.parametrize("quantity", [0, -1])
def test_nothing_is_not_held(plant: Engine, quantity: float) -> None:
    with pytest.raises(ValueError, match="above zero"):
        TableIntake(plant).hold(KARI, "r-1", [Share("B", DAY, quantity)], LATER)
    with pytest.raises(ValueError, match="above zero"):
        TableIntake(plant).hold(KARI, "r-1", [], LATER)


def test_two_who_want_the_last_place_at_once_do_not_both_get_it(plant: Engine) -> None:
    change(plant, f"UPDATE resource_day SET booked = capacity - 1 WHERE resource_id = 'B' AND day = '{DAY}'")
    results: list[str] = []
    start = threading.Barrier(4)

    def take(number: int) -> None:
        start.wait()
        try:
            TableIntake(plant).hold(KARI, f"r-{number}", [Share("B", DAY, 1)], LATER)
            results.append("held")
        except CapacityTakenError:
            results.append("taken")

    threads = [threading.Thread(target=take, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["held", "taken", "taken", "taken"]
    assert booked(plant) == 6


def test_a_double_click_at_the_same_moment_is_one_hold(plant: Engine) -> None:
    receipts: list[str] = []
    start = threading.Barrier(3)

    def take() -> None:
        start.wait()
        receipts.append(TableIntake(plant).hold(KARI, "r-1", [Share("B", DAY, 1)], LATER).id)

    threads = [threading.Thread(target=take) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 3
    assert len(set(receipts)) == 1


def test_the_planners_word_shows_for_one_resource_and_for_the_plant(plant: Engine) -> None:
    change(plant, "DELETE FROM planner_week")
    change(plant, "INSERT INTO planner_week VALUES (2027, 18, '*', false, 'limited'), (2027, 18, 'B', true, 'full')")
    view = views.capacity_week.c
    with plant.connect() as connection:
        found = {
            row.resource_id: (bool(row.planner_closed), row.planner_band)
            for row in connection.execute(select(views.capacity_week).where(view.iso_year == 2027, view.iso_week == 18))
        }
    assert found["B"] == (True, "full")
    assert found["A"] == (False, "limited")


def test_a_week_adds_up_its_days(plant: Engine) -> None:
    week, day = views.capacity_week.c, views.resource_day.c
    with plant.connect() as connection:
        found = connection.execute(
            select(week.capacity, week.working_days).where(
                week.iso_year == 2027, week.iso_week == 12, week.resource_id == "B"
            )
        ).one()
        days = connection.execute(
            select(day.capacity).where(day.iso_year == 2027, day.iso_week == 12, day.resource_id == "B")
        ).all()
    # Easter: two whole days and a half.
    assert tuple(found) == (15, 3)
    assert len(days) == 7


def test_a_read_only_role_is_enough(plant: Engine, database_url: str) -> None:
    if plant.dialect.name == "sqlite":
        path = plant.url.database
        reader = connect(f"sqlite:///file:{path}?mode=ro&uri=true")
    else:
        with plant.begin() as connection:
            connection.execute(text("DROP ROLE IF EXISTS smelt_reader"))
            connection.execute(text("CREATE ROLE smelt_reader"))
            for name in views.metadata.tables:
                connection.execute(text(f"GRANT SELECT ON {name} TO smelt_reader"))
        url = plant.url.update_query_dict({"options": "-c role=smelt_reader"})
        reader = connect(url.render_as_string(hide_password=False))
    try:
        assert orders.find_order(reader, KARI, "SO-30417") is not None
        with pytest.raises(DBAPIError):
            change(reader, "DELETE FROM order_line")
    finally:
        reader.dispose()
        if plant.dialect.name == "postgresql":
            change(plant, "DROP OWNED BY smelt_reader")
            change(plant, "DROP ROLE smelt_reader")


def test_a_slow_statement_on_postgresql_is_given_up(postgres_url: str) -> None:
    engine = connect(postgres_url, statement_seconds=1)
    started = time.perf_counter()
    with engine.connect() as connection, pytest.raises(OperationalError):
        connection.execute(text("SELECT pg_sleep(20)"))
    assert time.perf_counter() - started < 5
    engine.dispose()


def test_a_database_that_is_away_is_said_within_seconds() -> None:
    engine = connect("postgresql+psycopg://nobody@127.0.0.1:1/nothing")
    started = time.perf_counter()
    with pytest.raises(OperationalError):
        orders.find_order(engine, KARI, "SO-30417")
    assert time.perf_counter() - started < 5


def test_a_restarted_postgresql_is_met_with_a_fresh_connection(postgres_url: str) -> None:
    engine = connect(postgres_url)
    with engine.connect() as connection:
        pid = connection.scalar(text("SELECT pg_backend_pid()"))
    killer = connect(postgres_url)
    change(killer, f"SELECT pg_terminate_backend({pid})")
    killer.dispose()
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT 1")) == 1
    engine.dispose()
