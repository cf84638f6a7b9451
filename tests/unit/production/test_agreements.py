"""Framework agreements and quotations: the customer's own, on a day, with what stands in the way."""

import datetime as dt

import pytest
from sqlalchemy import Engine, text

from actions.production.agreements import CallOff, agreements_for, agreements_of, check_call_off, find_agreement
from actions.production.plant import plant as parameters
from actions.production.quotations import can_accept, can_decline, find_quotation, quotations_of

from .conftest import TODAY, identity_of

DAY = dt.timedelta(days=1)


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def call_off(engine: Engine, number: str, quantity: int, contact: str = "demo-kari", days: int = 60) -> CallOff:
    return check_call_off(
        engine, identity_of(engine, contact), number, quantity, TODAY + days * DAY, TODAY, parameters()
    )  # fmt: skip


def test_agreements_with_pieces_left_are_listed(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    found = agreements_of(plant, kari, TODAY)
    assert [(each.agreement_no, each.remaining_quantity) for each in found] == [("RA-7001", 360)]
    assert found[0].customer_part_no == "FP-2052"
    assert [each.agreement_no for each in agreements_of(plant, kari, TODAY, every=True)] == ["RA-7002", "RA-7001"]
    assert agreements_for(plant, kari, "P-1003", TODAY) == found
    assert agreements_for(plant, kari, "P-1001", TODAY) == []


def test_an_agreement_of_another_customer_is_unknown(plant: Engine) -> None:
    jens = identity_of(plant, "demo-jens")
    assert find_agreement(plant, jens, "RA-7001") is None
    assert find_agreement(plant, identity_of(plant, "demo-kari"), "ra 7001") is None
    assert find_agreement(plant, identity_of(plant, "demo-kari"), "ra-7001")
    assert call_off(plant, "RA-7001", 100, "demo-jens") == call_off(plant, "RA-7999", 100, "demo-jens")


def test_a_call_off_that_fits_is_an_order_with_date_price_and_shares(plant: Engine) -> None:
    found = call_off(plant, "RA-7001", 200)
    assert (found.outcome, found.reasons) == ("order", ())
    assert found.assessment
    assert found.assessment.promise
    assert found.assessment.promise.ship
    assert found.assessment.shares


@pytest.mark.parametrize(
    ("number", "quantity", "contact", "days", "reasons"),
    [
        ("RA-7001", 360, "demo-kari", 60, ()),
        ("RA-7001", 361, "demo-kari", 60, ("agreement_short",)),
        ("RA-7001", 200, "demo-kari", 165, ()),
        ("RA-7001", 200, "demo-kari", 166, ("agreement_ends_before",)),
        ("RA-7002", 40, "demo-kari", 60, ("agreement_ended", "agreement_short")),
        ("RA-7001", 100, "demo-ola", 60, ("no_right_to_order",)),
        ("RA-7001", 5, "demo-kari", 60, ("below_minimum",)),
        ("RA-9999", 100, "demo-kari", 60, ("agreement_unknown",)),
    ],
)
def test_what_stops_a_call_off(
    plant: Engine, number: str, quantity: int, contact: str, days: int, reasons: tuple[str, ...]
) -> None:
    found = call_off(plant, number, quantity, contact, days)
    assert found.reasons == reasons
    assert found.outcome == ("person" if reasons else "order")


def test_an_agreement_that_begins_later_is_not_called_off(own_plant: Engine) -> None:
    change(own_plant, "UPDATE agreement SET valid_from = '2027-04-01' WHERE number = 'RA-7001'")
    assert call_off(own_plant, "RA-7001", 100).reasons == ("agreement_not_yet",)


def test_open_quotations_are_those_that_have_not_run_out(plant: Engine) -> None:
    kari, jens = identity_of(plant, "demo-kari"), identity_of(plant, "demo-jens")
    assert [each.quotation_no for each in quotations_of(plant, kari, TODAY)] == ["T-5001", "T-5005"]
    states = {each.quotation_no: each.state for each in quotations_of(plant, kari, TODAY, every=True)}
    assert states["T-5002"] == "expired"
    assert states["T-5003"] == "accepted"
    assert states["T-5004"] == "declined"
    found = find_quotation(plant, jens, "T-5008", TODAY)
    assert found
    assert found.state == "expired"
    assert find_quotation(plant, kari, "T-5008", TODAY) is None


def test_a_quotation_holds_through_its_last_day(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    last = TODAY + 50 * DAY
    assert can_accept(plant, kari, "T-5001", last).ok
    assert can_accept(plant, kari, "T-5001", last + DAY).code == "expired"


@pytest.mark.parametrize(
    ("contact", "number", "accept", "decline"),
    [
        ("demo-kari", "T-5001", "ok", "ok"),
        ("demo-kari", "t-5001", "ok", "ok"),
        ("demo-kari", "T-5002", "expired", "ok"),
        ("demo-kari", "T-5003", "accepted", "accepted"),
        ("demo-kari", "T-5004", "declined", "declined"),
        ("demo-kari", "T-5006", "quotation_unknown", "quotation_unknown"),
        ("demo-kari", "T-9999", "quotation_unknown", "quotation_unknown"),
        ("demo-ola", "T-5001", "no_right_to_order", "no_right_to_order"),
        ("demo-hanne", "T-5001", "no_right_to_prices", "ok"),
        ("demo-jens", "T-5008", "expired", "ok"),
        ("demo-katrin", "T-5007", "ok", "ok"),
        ("demo-turid", "T-5009", "credit_hold", "ok"),
    ],
)
def test_who_may_accept_and_decline_what(plant: Engine, contact: str, number: str, accept: str, decline: str) -> None:
    identity = identity_of(plant, contact)
    assert can_accept(plant, identity, number, TODAY).code == accept
    assert can_decline(plant, identity, number, TODAY).code == decline


def test_money_of_a_quotation_is_for_those_who_may_see_prices(plant: Engine) -> None:
    kari, hanne = identity_of(plant, "demo-kari"), identity_of(plant, "demo-hanne")
    seen, hidden = (find_quotation(plant, each, "T-5001", TODAY) for each in (kari, hanne))
    assert seen
    assert hidden
    assert seen.price_minor
    assert seen.total_minor == seen.price_minor * 50
    assert (hidden.price_minor, hidden.currency, hidden.total_minor) == (None, None, None)
