"""Reading a customer's orders: only its own, always as the database says now."""

import datetime as dt

import pytest
from sqlalchemy import Engine, event, select, text

from actions.production import orders, views
from actions.production.contacts import contact, demo_contacts, named
from actions.production.identity import Identity
from actions.production.order_facts import Move, OrderLine, Step

from .conftest import TODAY, identity_of


@pytest.fixture
def kari(plant: Engine) -> Identity:
    return identity_of(plant, "demo-kari")


@pytest.fixture
def jens(plant: Engine) -> Identity:
    return identity_of(plant, "demo-jens")


def test_an_order_is_found_by_its_own_customer_only(plant: Engine, kari: Identity, jens: Identity) -> None:
    assert orders.find_order(plant, kari, "SO-30417") is not None
    assert orders.find_order(plant, jens, "SO-30417") is None
    assert orders.find_order(plant, jens, "SO-99999") is None


def test_somebody_elses_order_runs_the_same_statements_as_no_order(plant: Engine, jens: Identity) -> None:
    seen: list[str] = []
    event.listen(plant, "before_cursor_execute", lambda *args: seen.append(args[2]))
    orders.find_order(plant, jens, "SO-30417")
    theirs = list(seen)
    seen.clear()
    orders.find_order(plant, jens, "SO-99999")
    assert theirs == seen


def test_every_statement_names_the_customer(plant: Engine, kari: Identity) -> None:
    statements: list[tuple[str, object]] = []
    event.listen(plant, "before_cursor_execute", lambda *args: statements.append((args[2], args[3])))
    orders.find_order(plant, kari, "SO-30402")
    orders.open_orders(plant, kari)
    orders.recent_orders(plant, kari)
    orders.find_by_po(plant, kari, "PO-88117")
    orders.find_by_part(plant, kari, "P-1001")
    orders.find_by_drawing(plant, kari, "4711-B")
    assert statements
    assert all("customer_id =" in sql and kari.customer_id in parameters for sql, parameters in statements)


def test_no_search_ever_returns_an_order_of_another_customer(plant: Engine) -> None:
    with plant.connect() as connection:
        owners = dict(connection.execute(select(views.order.c.order_no, views.order.c.customer_id)).all())
        parts = connection.execute(select(views.customer_product)).all()
        everyone = connection.execute(select(views.contact.c.contact_id, views.contact.c.customer_id)).all()
    for contact_id, customer_id in everyone[::9]:
        identity = Identity(contact_id, customer_id, "sign_in")
        found = [*orders.open_orders(plant, identity), *orders.recent_orders(plant, identity, 100)]
        for part in parts[::15]:
            found += orders.find_by_part(plant, identity, part.customer_part_no)
            found += orders.find_by_drawing(plant, identity, part.drawing_no)
        assert found
        assert {owners[order.order_no] for order in found} == {customer_id}


def test_the_shared_drawing_number_finds_each_its_own(plant: Engine, kari: Identity, jens: Identity) -> None:
    hers = {order.order_no for order in orders.find_by_drawing(plant, kari, "4711-b")}
    his = {order.order_no for order in orders.find_by_drawing(plant, jens, "4711-B")}
    assert "SO-30417" in hers
    assert "SO-30441" in his
    assert not hers & his
    assert not orders.find_by_drawing(plant, kari, "4711-B", revision="Z")


@pytest.mark.parametrize("written", ["PO-88117", "po-88117", "PO - 88117"])
def test_a_purchase_order_is_found_however_it_is_typed(plant: Engine, kari: Identity, written: str) -> None:
    assert [order.order_no for order in orders.find_by_po(plant, kari, written)] == ["SO-30417"]


@pytest.mark.parametrize("number", ["P-1001", "FP-2040", "fp-2040"])
def test_a_part_is_found_by_our_number_and_the_customers(plant: Engine, kari: Identity, number: str) -> None:
    assert "SO-30417" in {order.order_no for order in orders.find_by_part(plant, kari, number)}


@pytest.mark.parametrize("number", ["' OR 1=1 --", "%", "_", "", "SO-30417' --", "ø" * 500, "\u0000"])
def test_strange_numbers_find_nothing(plant: Engine, kari: Identity, number: str) -> None:
    assert orders.find_order(plant, kari, number) is None
    assert orders.find_by_part(plant, kari, number) == []
    assert orders.find_by_drawing(plant, kari, number) == []


def test_open_orders_come_by_date_and_without_closed_ones(plant: Engine, kari: Identity) -> None:
    found = orders.open_orders(plant, kari)
    dates = [order.next_date for order in found if order.next_date]
    assert dates == sorted(dates)
    assert not {order.status for order in found} & {"shipped", "delivered", "cancelled"}
    numbers = {order.order_no for order in found}
    assert {"SO-30401", "SO-30402", "SO-30407", "SO-30417"} <= numbers
    assert not numbers & {"SO-30411", "SO-30412", "SO-30413"}


def test_a_change_in_the_database_is_seen_at_once(own_plant: Engine) -> None:
    kari = identity_of(own_plant, "demo-kari")
    before = orders.find_order(own_plant, kari, "SO-30417")
    assert before is not None
    assert not before.late(TODAY)
    with own_plant.begin() as connection:
        connection.execute(text("UPDATE order_line SET confirmed_date = '2027-02-24' WHERE order_no = 'SO-30417'"))
    after = orders.find_order(own_plant, kari, "SO-30417")
    assert after is not None
    assert after.late(TODAY)
    with own_plant.begin() as connection:
        connection.execute(text("UPDATE sales_order SET customer_id = 'C-1002' WHERE number = 'SO-30417'"))
    assert orders.find_order(own_plant, kari, "SO-30417") is None


@pytest.mark.parametrize("words", ["KÆRGÅRD", "kærgård", "Kærgård", "SIV ØRN", "siv ørn", "@KÆRGÅRD.EXAMPLE"])
def test_the_desk_finds_a_contact_by_name_firm_and_address_in_any_size(own_plant: Engine, words: str) -> None:
    with own_plant.begin() as connection:
        connection.execute(
            text("UPDATE contact SET name = 'Siv Ørn', email = 'siv@kærgård.example' WHERE id = 'demo-kari'")
        )
        connection.execute(
            text(
                "UPDATE customer SET name = 'Kærgård AS' WHERE id = (SELECT customer_id FROM contact WHERE id = 'demo-kari')"
            )
        )
    assert "demo-kari" in named(own_plant, words)


def test_contacts_have_their_rights(plant: Engine) -> None:
    rights = {
        name: (person.may_order, person.may_see_prices)
        for name in ("demo-kari", "demo-ola", "demo-hanne")
        if (person := contact(plant, name))
    }
    assert rights == {"demo-kari": (True, True), "demo-ola": (False, True), "demo-hanne": (True, False)}
    languages = [contact(plant, name).language for name in ("demo-kari", "demo-erik", "demo-anna", "demo-jens")]  # type: ignore[union-attr]
    assert languages == ["nb", "sv", "en", "da"]
    assert contact(plant, "demo-nobody") is None
    assert len(demo_contacts(plant)) == 8


def test_an_inactive_contact_is_nobody(own_plant: Engine) -> None:
    with own_plant.begin() as connection:
        connection.execute(text("UPDATE contact SET active = false WHERE id = 'demo-kari'"))
    assert contact(own_plant, "demo-kari") is None
    assert "demo-kari" not in {person.contact_id for person in demo_contacts(own_plant)}


def line(**values: object) -> OrderLine:
    given = {
        "line_no": 1, "product_id": "P", "product_no": "P", "description_nb": "Hus", "description_en": "Housing",
        "customer_part_no": None, "drawing_no": None, "revision": None, "quantity": 10, "finished_quantity": 0,
        "shipped_quantity": 0, "wanted_date": None, "confirmed_date": dt.date(2027, 3, 5), "status": "in_production",
    }  # fmt: skip
    return OrderLine(**(given | values))  # type: ignore[arg-type]


def move(old: dt.date, new: dt.date) -> Move:
    return Move(dt.datetime(2027, 2, 20, tzinfo=dt.UTC), old, new, "CAP", True)


def test_late_is_a_confirmed_date_passed_or_moved_later_and_never_a_wish() -> None:
    assert not line().late(dt.date(2027, 3, 5))
    assert line().late(dt.date(2027, 3, 6))
    assert not line(confirmed_date=None, wanted_date=dt.date(2027, 1, 1)).late(TODAY)
    assert line(moves=[move(dt.date(2027, 3, 1), dt.date(2027, 3, 5))]).late(TODAY)
    assert not line(moves=[move(dt.date(2027, 3, 9), dt.date(2027, 3, 5))]).late(TODAY)
    assert not line(status="shipped").late(dt.date(2027, 4, 1))
    assert not line(status="cancelled").late(dt.date(2027, 4, 1))


def test_moved_out_and_back_is_not_late() -> None:
    there = move(dt.date(2027, 3, 5), dt.date(2027, 3, 12))
    back = move(dt.date(2027, 3, 12), dt.date(2027, 3, 5))
    assert not line(moves=[there, back]).late(TODAY)


def test_progress_is_the_first_step_not_done_over_all_works_orders() -> None:
    steps = [
        Step("moulding", "done", 6, None, None), Step("melting", "started", 3, None, None),
        Step("pouring", "started", 3, None, None), Step("packing", "waiting", 0, None, None),
        Step("moulding", "done", 4, None, None), Step("melting", "waiting", 0, None, None),
        Step("pouring", "waiting", 0, None, None), Step("packing", "waiting", 0, None, None),
    ]  # fmt: skip
    progress = line(steps=steps).progress()
    assert progress is not None
    # Melting and pouring are one step to a buyer.
    assert (progress.code, progress.state, progress.done_quantity) == ("pouring", "started", 3)
    assert line().progress() is None
    assert line(steps=[Step("pouring", "done", 10, None, None)]).progress() is None
