"""Prices: a customer's own, on a day, for a quantity, and never a total while a surcharge is open."""

import datetime as dt

import pytest
from sqlalchemy import Engine, text

from actions.production.identity import Identity
from actions.production.prices import PartPrice, agreed_price, price_of
from actions.production.rights import MOST_NAMED, Rights, rights, who_sees_prices

from .conftest import TODAY, identity_of

DAY = dt.timedelta(days=1)


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


@pytest.mark.parametrize(
    ("quantity", "from_quantity"), [(1, 1), (19, 1), (20, 20), (99, 20), (100, 100), (5000, 100)]
)  # fmt: skip
def test_the_break_of_the_quantity_counts(plant: Engine, quantity: int, from_quantity: int) -> None:
    found = price_of(plant, identity_of(plant, "demo-kari"), "P-1003", quantity, TODAY)
    assert (found.code, found.from_quantity, found.currency, found.per) == ("ok", from_quantity, "NOK", "piece")
    assert [each.minimum_quantity for each in found.breaks] == [1, 20, 100]
    price = {each.minimum_quantity: each.price_minor for each in found.breaks}[from_quantity]
    assert found.price_minor == found.piece_minor == price
    assert found.total_minor == price * quantity
    assert found.valid_until == TODAY + 120 * DAY
    assert found.minimum_quantity == 20


def test_no_total_while_a_surcharge_is_open(plant: Engine) -> None:
    found = price_of(plant, identity_of(plant, "demo-kari"), "P-1001", 40, TODAY)
    assert (found.ok, found.surcharge_open, found.surcharge_month) == (True, True, "2027-03")
    assert found.piece_minor
    assert found.total_minor is None


def test_a_closed_surcharge_gives_a_total(own_plant: Engine) -> None:
    change(own_plant, "UPDATE price SET surcharge_open = false")
    kari = identity_of(own_plant, "demo-kari")
    assert price_of(own_plant, kari, "P-1001", 40, TODAY).total_minor


def test_a_price_per_kg_is_reckoned_with_the_casting_weight(own_plant: Engine) -> None:
    katrin = identity_of(own_plant, "demo-katrin")
    change(own_plant, "UPDATE price SET price_minor = 1234, surcharge_open = false WHERE product_id = 'P-1012'")
    found = price_of(own_plant, katrin, "P-1012", 3, TODAY)
    assert (found.currency, found.per, found.casting_kg) == ("EUR", "kg", 7.25)
    assert found.piece_minor == 8947  # 89.465 EUR, half up
    assert found.total_minor == 26840  # 268.395 EUR: rounded once, not three times
    change(own_plant, "UPDATE product SET finished_kg = 1 WHERE id = 'P-1012'")
    assert price_of(own_plant, katrin, "P-1012", 3, TODAY).piece_minor == 8947


@pytest.mark.parametrize(
    ("part", "code", "first", "last"),
    [("P-1013", "expired", -300, -20), ("P-1014", "not_yet", 21, 386)],
)
def test_a_price_out_of_its_time_tells_when_and_no_money(
    plant: Engine, part: str, code: str, first: int, last: int
) -> None:
    found = price_of(plant, identity_of(plant, "demo-kari"), part, 20, TODAY)
    assert found == PartPrice(code, part, 20, valid_from=TODAY + first * DAY, valid_until=TODAY + last * DAY)


def test_the_first_and_the_last_day_count(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    assert price_of(plant, kari, "P-1013", 20, TODAY - 20 * DAY).ok
    assert price_of(plant, kari, "P-1013", 20, TODAY - 19 * DAY).code == "expired"
    assert price_of(plant, kari, "P-1014", 20, TODAY + 21 * DAY).ok
    assert price_of(plant, kari, "P-1014", 20, TODAY + 20 * DAY).code == "not_yet"


def test_the_next_period_has_its_own_price(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    now, next_year = (price_of(plant, kari, "P-1003", 20, TODAY + days * DAY) for days in (0, 130))
    assert now.price_minor
    assert next_year.price_minor
    assert next_year.price_minor > now.price_minor
    assert len(next_year.breaks) == 3


def test_who_may_not_see_prices_sees_none(plant: Engine) -> None:
    hanne = identity_of(plant, "demo-hanne")
    assert price_of(plant, hanne, "P-1001", 40, TODAY) == PartPrice("no_right", "P-1001", 40)
    assert agreed_price(plant, hanne, "P-1001", 40, TODAY).ok


def test_a_right_that_was_taken_away_is_gone_at_once(own_plant: Engine) -> None:
    kari = identity_of(own_plant, "demo-kari")
    assert rights(own_plant, kari) == Rights(True, True, False, "NOK")
    change(own_plant, "UPDATE contact SET active = false WHERE id = 'demo-kari'")
    assert rights(own_plant, kari) == Rights()
    assert price_of(own_plant, kari, "P-1001", 40, TODAY).code == "no_right"


def test_a_contact_of_another_customer_has_no_rights(plant: Engine) -> None:
    forged = Identity("demo-kari", identity_of(plant, "demo-jens").customer_id, "sign_in")
    assert rights(plant, forged) == Rights()


@pytest.mark.parametrize("part", ["P-1001", "P-9999", "' OR 1=1 --"])
def test_another_customers_part_and_an_invented_one_are_the_same_answer(plant: Engine, part: str) -> None:
    assert price_of(plant, identity_of(plant, "demo-jens"), part, 40, TODAY) == PartPrice("no_price", part, 40)


def test_below_the_lowest_break_only_the_breaks_are_told(own_plant: Engine) -> None:
    change(own_plant, "DELETE FROM price WHERE product_id = 'P-1003' AND minimum_quantity = 1")
    found = price_of(own_plant, identity_of(own_plant, "demo-kari"), "P-1003", 5, TODAY)
    assert (found.code, found.price_minor, found.total_minor) == ("below_break", None, None)
    assert [each.minimum_quantity for each in found.breaks] == [20, 100]


def test_without_a_quantity_the_breaks_are_told(plant: Engine) -> None:
    found = price_of(plant, identity_of(plant, "demo-kari"), "P-1003", None, TODAY)
    assert found.ok
    assert len(found.breaks) == 3
    assert found.price_minor is None


def test_prices_in_two_currencies_are_not_mixed(own_plant: Engine) -> None:
    change(own_plant, "UPDATE price SET currency = 'USD' WHERE product_id = 'P-1003' AND minimum_quantity = 100")
    found = price_of(own_plant, identity_of(own_plant, "demo-kari"), "P-1003", 200, TODAY)
    assert (found.currency, found.from_quantity) == ("NOK", 20)
    assert [each.minimum_quantity for each in found.breaks] == [1, 20]


def test_who_may_see_prices_is_named_of_the_own_firm_only(plant: Engine) -> None:
    named = who_sees_prices(plant, identity_of(plant, "demo-hanne"))
    assert "Kari Nordvik" in named
    assert "Hanne Vikeland" not in named
    assert len(named) <= MOST_NAMED
    assert not set(named) & set(who_sees_prices(plant, identity_of(plant, "demo-anna")))
