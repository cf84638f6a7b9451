"""Ordering again: which part is meant, and what becomes of the wish."""

import datetime as dt

import pytest
from sqlalchemy import Engine, select, text

from actions.production import views
from actions.production.candidates import Candidate, find_part, find_parts, last_ordered, usual
from actions.production.identity import Identity
from actions.production.order_intake import TableIntake
from actions.production.plant import plant as parameters
from actions.production.reorder import NOTES, REASONS, Assessment, assess
from actions.production.stock import free_stock

from .conftest import TODAY, identity_of

DAY = dt.timedelta(days=1)


def wish(
    engine: Engine, part: str, quantity: int = 40, contact: str = "demo-kari", revision: str | None = None,
    wanted: dt.date | None = None,
) -> Assessment:  # fmt: skip
    identity = identity_of(engine, contact)
    found = find_part(engine, identity, part)
    assert found
    return assess(engine, identity, found, quantity, revision, wanted, TODAY, parameters())


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def numbers(found: list[Candidate]) -> list[str]:
    return [each.part.row["product_id"] for each in found]


def test_the_last_ones_are_of_the_newest_orders(plant: Engine) -> None:
    found = last_ordered(plant, identity_of(plant, "demo-kari"), TODAY)
    assert len(found) == 3
    assert len(set(numbers(found))) == 3
    assert found[0].part.row["product_id"] == "P-1001"
    last = found[0].last
    assert last
    assert (last.order_no, last.ordered_on, last.quantity, last.mine) == ("SO-30407", TODAY, 25, True)
    days = [each.last.ordered_on for each in found if each.last]
    assert days == sorted(days, reverse=True)


def test_the_usual_are_the_parts_ordered_most(plant: Engine) -> None:
    found = usual(plant, identity_of(plant, "demo-kari"), TODAY)
    assert numbers(found)[:2] == ["P-1001", "P-1003"]
    assert found[0].times > 5
    assert found[0].price
    assert found[0].price.ok
    assert found[0].price.quantity == 25


def test_who_may_not_see_prices_gets_candidates_without(plant: Engine) -> None:
    found = usual(plant, identity_of(plant, "demo-hanne"), TODAY)
    assert {each.price.code for each in found if each.price} == {"no_right"}


def test_a_company_without_orders_has_no_usual(own_plant: Engine) -> None:
    change(own_plant, "UPDATE order_line SET state = 'cancelled'")
    change(own_plant, "DELETE FROM delivery")
    change(own_plant, "DELETE FROM operation")
    change(own_plant, "DELETE FROM works_order")
    assert usual(own_plant, identity_of(own_plant, "demo-kari"), TODAY) == []
    assert last_ordered(own_plant, identity_of(own_plant, "demo-kari"), TODAY) == []


@pytest.mark.parametrize("number", ["P-1001", "p1001", "FP-2040", "fp 2040", "4711-B", "4711 b"])
def test_a_part_is_found_by_any_of_its_numbers(plant: Engine, number: str) -> None:
    assert numbers(find_parts(plant, identity_of(plant, "demo-kari"), number, TODAY)) == ["P-1001"]


def test_the_same_drawing_number_is_another_part_for_another_customer(plant: Engine) -> None:
    assert numbers(find_parts(plant, identity_of(plant, "demo-jens"), "4711-B", TODAY)) == ["P-1009"]
    assert find_parts(plant, identity_of(plant, "demo-jens"), "FP-2040", TODAY) == []
    assert find_part(plant, identity_of(plant, "demo-jens"), "P-1001") is None


def test_nobody_ever_finds_a_part_of_another_customer(plant: Engine) -> None:
    with plant.connect() as connection:
        owners = dict(connection.execute(select(views.product.c.product_id, views.product.c.owner_customer_id)).all())
        people = connection.execute(select(views.contact.c.contact_id, views.contact.c.customer_id)).all()
    for contact_id, customer_id in people[::7]:
        identity = Identity(contact_id, customer_id, "sign_in")
        found = [*last_ordered(plant, identity, TODAY, 9), *usual(plant, identity, TODAY, 9)]
        found += find_parts(plant, identity, "4711-B", TODAY)
        assert {owners[each] for each in numbers(found)} <= {customer_id}


def test_a_released_part_with_a_price_becomes_an_order_with_date_and_hold(plant: Engine) -> None:
    found = wish(plant, "P-1003", 60)
    assert (found.outcome, found.reasons) == ("order", ())
    assert found.price
    assert found.price.total_minor
    assert found.promise
    assert found.promise.ship
    assert found.promise.ship > TODAY
    assert found.hold_hours == 48
    assert {share.resource_id for share in found.shares} >= {"A", "F3", "FETTLING"}
    moulds = sum(share.quantity for share in found.shares if share.resource_id == "A")
    assert moulds == found.promise.moulds
    poured = sum(
        share.quantity
        for share in found.shares
        if share.resource_id.startswith("F") and share.resource_id[1:].isdigit()
    )
    assert poured == pytest.approx(found.promise.poured_kg)
    assert found.released_revision == "A"


@pytest.mark.parametrize(("part", "contact", "quantity"), [
    ("P-1001", "demo-kari", 40), ("P-1002", "demo-kari", 12), ("P-1003", "demo-kari", 400), ("P-1009", "demo-jens", 90),
    ("P-1007", "demo-anna", 9), ("P-1011", "demo-katrin", 30), ("P-1012", "demo-katrin", 60), ("P-1010", "demo-jens", 24),
])  # fmt: skip
def test_the_shares_of_a_promise_can_be_held_and_move_the_next_one(
    own_plant: Engine, part: str, contact: str, quantity: int
) -> None:
    found = wish(own_plant, part, quantity, contact)
    assert found.outcome == "order"
    assert found.promise
    later = dt.datetime.now(dt.UTC) + dt.timedelta(hours=48)
    TableIntake(own_plant).hold(identity_of(own_plant, contact), "r-1", found.shares, later)
    again = wish(own_plant, part, quantity, contact)
    assert again.promise
    assert again.promise.pour >= found.promise.pour  # type: ignore[operator]
    assert again.promise.ship >= found.promise.ship  # type: ignore[operator]
    TableIntake(own_plant).hold(identity_of(own_plant, contact), "r-2", again.shares, later)


@pytest.mark.parametrize(
    ("part", "contact", "quantity", "outcome", "reasons"),
    [
        ("P-1001", "demo-ola", 40, "quote_request", ("no_right_to_order",)),
        ("P-1017", "demo-turid", 40, "person", ("credit_hold",)),
        ("P-1015", "demo-kari", 40, "person", ("blocked", "no_price")),
        ("P-1005", "demo-kari", 40, "quote_request", ("not_released", "no_price")),
        ("P-1004", "demo-kari", 40, "quote_request", ("pattern_damaged",)),
        ("P-1016", "demo-kari", 40, "quote_request", ("pattern_condemned",)),
        ("P-1013", "demo-kari", 40, "quote_request", ("price_expired",)),
        ("P-1014", "demo-kari", 40, "quote_request", ("price_not_yet",)),
        ("P-1001", "demo-kari", 1, "quote_request", ("below_minimum",)),
        ("P-1016", "demo-ola", 2, "quote_request", ("no_right_to_order", "pattern_condemned", "below_minimum")),
    ],
)
def test_what_is_no_order_says_why(
    plant: Engine, part: str, contact: str, quantity: int, outcome: str, reasons: tuple[str, ...]
) -> None:
    found = wish(plant, part, quantity, contact)
    assert (found.outcome, found.reasons) == (outcome, reasons)


@pytest.mark.parametrize(("named", "stops"), [("C", False), (" c ", False), (None, False), ("B", True), ("D", True)])
def test_another_revision_than_the_released_one_stops_the_order(plant: Engine, named: str | None, stops: bool) -> None:
    found = wish(plant, "P-1001", 40, revision=named)
    assert found.reasons == (("revision_differs",) if stops else ())
    assert found.released_revision == "C"


def test_a_newer_drawing_on_record_stops_the_order_too(own_plant: Engine) -> None:
    change(own_plant, "UPDATE customer_product SET revision = 'D' WHERE product_id = 'P-1001'")
    assert wish(own_plant, "P-1001", 40).reasons == ("revision_differs",)


def test_a_pattern_of_another_revision_is_for_a_person(own_plant: Engine) -> None:
    change(
        own_plant, "UPDATE pattern SET revision = 'B' WHERE id = (SELECT pattern_id FROM product WHERE id = 'P-1001')"
    )
    found = wish(own_plant, "P-1001", 40)
    assert (found.outcome, found.reasons) == ("person", ("pattern_revision",))


def test_an_open_claim_is_for_a_person(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    part = find_part(plant, kari, "P-1001")
    assert part
    found = assess(plant, kari, part, 40, None, None, TODAY, parameters(), open_claims=True)
    assert (found.outcome, found.reasons) == ("person", ("open_claims",))


def test_who_may_order_but_not_see_prices_orders_without_reading_one(plant: Engine) -> None:
    found = wish(plant, "P-1001", 40, "demo-hanne")
    assert found.outcome == "order"
    assert found.price
    assert (found.price.code, found.price.breaks, found.price.price_minor) == ("no_right", (), None)


def test_notes_say_what_is_worth_saying(own_plant: Engine) -> None:
    assert "surcharge_open" in wish(own_plant, "P-1001", 40).notes
    assert "date_missed" in wish(own_plant, "P-1003", 60, wanted=TODAY + 2 * DAY).notes
    assert "date_missed" not in wish(own_plant, "P-1003", 60, wanted=TODAY + 200 * DAY).notes
    assert "from_stock" in wish(own_plant, "P-1003", 36).notes
    assert "from_stock" not in wish(own_plant, "P-1003", 37).notes
    change(own_plant, "DELETE FROM hold_day")
    change(own_plant, "DELETE FROM planner_week")
    change(own_plant, "DELETE FROM resource_day")
    found = wish(own_plant, "P-1003", 60)
    assert found.outcome == "order"
    assert found.promise
    assert found.promise.step == "listed"
    assert found.notes == ("no_hold",)
    change(own_plant, "UPDATE product SET listed_lead_time_days = NULL")
    assert wish(own_plant, "P-1003", 60).notes == ("no_date", "no_hold")


def test_a_casting_no_furnace_pours_is_for_a_person(own_plant: Engine) -> None:
    change(own_plant, "UPDATE product SET poured_kg_per_mould = 900 WHERE id = 'P-1001'")
    assert wish(own_plant, "P-1001", 40).reasons == ("too_heavy",)


@pytest.mark.parametrize("quantity", [0, -3])
def test_no_pieces_are_no_order(plant: Engine, quantity: int) -> None:
    with pytest.raises(ValueError, match="one piece"):
        wish(plant, "P-1001", quantity)


def test_codes_are_lists_without_doubles() -> None:
    assert set(REASONS.values()) == {"person", "quote_request"}
    assert len(NOTES) == len(set(NOTES))


def test_free_stock_is_what_is_not_reserved(own_plant: Engine) -> None:
    kari, jens = identity_of(own_plant, "demo-kari"), identity_of(own_plant, "demo-jens")
    assert free_stock(own_plant, kari, "P-1003") == 36
    assert free_stock(own_plant, kari, "P-1001") == 0
    assert free_stock(own_plant, kari, "P-1013") is None
    assert free_stock(own_plant, jens, "P-1003") is None
    change(own_plant, "UPDATE stock SET reserved = 99 WHERE product_id = 'P-1003'")
    assert free_stock(own_plant, kari, "P-1003") == 0
