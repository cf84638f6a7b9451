"""What may still be changed, by where the pieces are; stops before a melt; what a complaint names."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import Engine, select, text

from actions.production import views
from actions.production.calendar import WorkCalendar
from actions.production.change_rules import CHANGES, FILE, RulesError, change_rules, read_rules
from actions.production.changes import (
    ChangeAnswer,
    all_changes,
    stop_before_melt,
    stop_order_before_melt,
    what_if,
)
from actions.production.claims import check_claim
from actions.production.database import connect
from actions.production.demo import seed
from actions.production.demo.notable import NOTABLE
from actions.production.invented import invented_data
from actions.production.plant import plant as parameters
from actions.production.work import STATES, work_of

from .conftest import TODAY, identity_of

#: The demo's orders in each physical state, and whose they are.
ORDERS = {
    "before_release": ("SO-30405", "demo-kari"), "released": ("SO-30418", "demo-kari"),
    "moulded": ("SO-30419", "demo-kari"), "poured": ("SO-30420", "demo-kari"), "treated": ("SO-30444", "demo-jens"),
    "packed": ("SO-30410", "demo-kari"), "shipped": ("SO-30411", "demo-kari"),
}  # fmt: skip


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def ask(
    engine: Engine, state: str, wish: str, contact: str | None = None, quantity: int | None = None, **more: Any
) -> ChangeAnswer:
    order_no, owner = ORDERS[state]
    found = what_if(
        engine, identity_of(engine, contact or owner), order_no, 1, wish, TODAY, parameters(), quantity, **more
    )
    assert found
    return found


def planned(engine: Engine, order_no: str, code: str) -> dt.date:
    view = views.operation.c
    with engine.connect() as connection:
        found = connection.scalar(select(view.planned_start).where(view.order_no == order_no, view.code == code))
    assert isinstance(found, dt.date)
    return found


@pytest.mark.parametrize("date", [TODAY, dt.date(2027, 3, 6), dt.date(2027, 7, 20), dt.date(2026, 12, 29)])
def test_the_plant_has_an_order_in_every_state_on_any_date(date: dt.date) -> None:
    assert set(ORDERS) == set(STATES)
    assert {order_no for order_no, _ in ORDERS.values()} <= {each.order_no for each in NOTABLE}
    engine = connect("sqlite://")
    seed(engine, date, 5)
    found = {state: work_of(engine, identity_of(engine, who), number, 1) for state, (number, who) in ORDERS.items()}
    assert {state: work.state for state, work in found.items() if work} == {state: state for state in STATES}
    engine.dispose()


@pytest.mark.parametrize(
    ("state", "verdicts"),
    [
        ("before_release", "free free free free person costs person person free"),
        ("released", "person costs person person person costs person person costs"),
        ("moulded", "person costs no person no costs no person costs"),
        ("poured", "person no person person no no no person costs"),
        ("treated", "person no person person no no no person costs"),
        ("packed", "person no person no no no no no costs"),
        ("shipped", "no no no no no no no no no"),
    ],
)
def test_the_state_decides(own_plant: Engine, state: str, verdicts: str) -> None:
    change(own_plant, "UPDATE order_line SET certificate = NULL")
    change(own_plant, "UPDATE resource_day SET booked = 0")
    found = [ask(own_plant, state, wish, quantity=20).verdict for wish in CHANGES]
    assert found == verdicts.split()


def test_a_cost_is_named_only_where_the_contract_holds_it(plant: Engine) -> None:
    released, moulded, poured = (ask(plant, state, "cancel").cost for state in ("released", "moulded", "poured"))
    assert released
    assert (released.code, released.percent, released.contract) == ("work_so_far", None, None)
    assert moulded
    assert moulded.percent == (40, 60)
    assert moulded.contract
    assert poured
    assert poured.percent == (100, 100)


def test_the_latest_moment_is_the_planned_day_of_the_step(own_plant: Engine) -> None:
    change(own_plant, "UPDATE order_line SET certificate = NULL")
    number = ORDERS["before_release"][0]
    wanted = {
        "quantity_up": "release", "quantity_down": "release", "cancel": "release", "alloy": "moulding",
        "certificate_3.2": "moulding", "certificate_3.1": "melting", "date_later": "packing",
        "delivery_address": "packing",
    }  # fmt: skip
    for wish, step in wanted.items():
        found = ask(own_plant, "before_release", wish)
        assert found.latest == planned(own_plant, number, step), wish
        assert found.latest_step == ("pouring" if step == "melting" else step)
    assert ask(own_plant, "moulded", "cancel").latest is None
    assert ask(own_plant, "moulded", "date_later").latest == planned(own_plant, "SO-30419", "packing")


def test_a_step_that_is_overdue_may_come_any_moment(own_plant: Engine) -> None:
    change(own_plant, "UPDATE operation SET planned_start = '2027-02-20' WHERE works_order_no IN "
           "(SELECT number FROM works_order WHERE order_no = 'SO-30405')")  # fmt: skip
    found = ask(own_plant, "before_release", "quantity_down")
    assert (found.latest, found.in_frozen_zone, found.verdict) == (TODAY, True, "person")


def test_inside_the_frozen_zone_only_the_planner_decides(own_plant: Engine) -> None:
    calendar = WorkCalendar(parameters().closing)
    for workdays, frozen in ((4, True), (5, False), (6, False)):
        day = calendar.add(TODAY, workdays)
        change(own_plant, f"UPDATE operation SET planned_start = '{day}' WHERE code IN ('moulding', 'melting') AND "
               "works_order_no IN (SELECT number FROM works_order WHERE order_no = 'SO-30405')")  # fmt: skip
        found = ask(own_plant, "before_release", "quantity_down")
        assert found.in_frozen_zone == frozen
        assert found.verdict == ("person" if frozen else "free")
        assert not ask(own_plant, "before_release", "delivery_address").in_frozen_zone


def test_more_pieces_need_free_moulds_on_the_planned_days(own_plant: Engine) -> None:
    change(own_plant, "UPDATE resource_day SET booked = 0 WHERE resource_id = 'B'")
    assert ask(own_plant, "before_release", "quantity_up", quantity=22).verdict == "free"
    found = ask(own_plant, "before_release", "quantity_up", quantity=500)
    assert (found.verdict, found.reasons) == ("person", ("no_capacity",))
    change(own_plant, "UPDATE resource_day SET booked = capacity WHERE resource_id = 'B'")
    assert ask(own_plant, "before_release", "quantity_up", quantity=19).reasons == ("no_capacity",)
    change(own_plant, "DELETE FROM resource_day")
    assert ask(own_plant, "before_release", "quantity_up", quantity=19).reasons == ("capacity_unknown",)


def test_fewer_pieces_than_are_moulded_cannot_be_made(own_plant: Engine) -> None:
    change(own_plant, "UPDATE operation SET done_quantity = 5 WHERE code = 'moulding' AND works_order_no IN "
           "(SELECT number FROM works_order WHERE order_no = 'SO-30419')")  # fmt: skip
    found = ask(own_plant, "moulded", "quantity_down", quantity=6)
    assert (found.verdict, found.lowest_quantity, found.reasons) == ("costs", 5, ("moulds_not_made", "frozen_zone"))


def test_a_line_without_works_order_is_free(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    found = what_if(plant, kari, "SO-30406", 1, "cancel", TODAY, parameters())
    assert found
    assert (found.state, found.verdict, found.latest) == ("before_release", "free", None)


def test_a_cancelled_line_is_not_changed(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    found = what_if(plant, kari, "SO-30413", 1, "quantity_up", TODAY, parameters())
    assert found
    assert (found.verdict, found.reasons) == ("no", ("cancelled",))


def test_a_certificate_that_is_ordered_is_not_ordered_again(plant: Engine) -> None:
    assert ask(plant, "moulded", "certificate_3.1").reasons == ("already_ordered",)


def test_who_may_not_order_asks_a_person(plant: Engine) -> None:
    found = ask(plant, "before_release", "cancel", "demo-ola")
    assert (found.verdict, found.reasons) == ("person", ("no_right_to_order",))
    assert ask(plant, "poured", "alloy", "demo-ola").verdict == "no"


def test_credit_hold_stops_what_would_be_more(plant: Engine) -> None:
    turid = identity_of(plant, "demo-turid")
    more, less = (
        what_if(plant, turid, "SO-30447", 1, wish, TODAY, parameters(), 61) for wish in ("quantity_up", "cancel")
    )
    assert more
    assert (more.verdict, more.reasons[0]) == ("person", "credit_hold")
    assert less
    assert less.verdict == "free"


def test_another_customers_line_and_none_are_no_line(plant: Engine) -> None:
    jens = identity_of(plant, "demo-jens")
    for number, line in (("SO-30405", 1), ("SO-99999", 1), ("SO-30441", 7)):
        assert what_if(plant, jens, number, line, "cancel", TODAY, parameters()) is None
        assert all_changes(plant, jens, number, line, TODAY, parameters()) == []
        assert stop_before_melt(plant, jens, number, line, TODAY) is None
    assert len(all_changes(plant, jens, "SO-30441", 1, TODAY, parameters())) == len(CHANGES)


def test_a_change_nobody_knows_is_an_error(plant: Engine) -> None:
    with pytest.raises(ValueError, match="colour"):
        ask(plant, "poured", "colour")


def test_rules_nobody_approved_leave_it_to_a_person(plant: Engine) -> None:
    rules = change_rules().copy(update={"approved_by": None})
    found = ask(plant, "before_release", "cancel", rules=rules)
    assert (found.verdict, found.reasons) == ("person", ("rules_not_approved",))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda rules: rules["changes"].pop("cancel"),
        lambda rules: rules["changes"]["cancel"]["states"].pop("poured"),
        lambda rules: rules["changes"]["cancel"].update(latest="some day"),
        lambda rules: rules["changes"]["cancel"]["states"]["poured"].update(cost="imagined"),
        lambda rules: rules["changes"]["cancel"]["states"]["poured"].pop("cost"),
        lambda rules: rules["changes"]["alloy"]["states"]["poured"].pop("reason"),
        lambda rules: rules["changes"]["alloy"]["states"]["poured"].update(verdict="maybe"),
        lambda rules: rules.pop("approved_by"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(tmp_path: Path, spoil: Any) -> None:
    rules = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    spoil(rules)
    path = tmp_path / "rules.yml"
    path.write_text(yaml.safe_dump(rules), encoding="utf-8")
    with pytest.raises(RulesError):
        read_rules(path)


def test_the_demos_rules_are_named_as_invented() -> None:
    assert "data/catalogue/change_rules.yml" in invented_data()


@pytest.mark.parametrize(
    ("state", "urgent"),
    [
        ("before_release", True),
        ("released", True),
        ("moulded", True),
        ("treated", False),
        ("packed", False),
        ("shipped", False),
    ],
)
def test_a_stop_is_urgent_while_metal_is_to_be_melted(plant: Engine, state: str, urgent: bool) -> None:
    order_no, owner = ORDERS[state]
    found = stop_before_melt(plant, identity_of(plant, owner), order_no, 1, TODAY)
    assert found
    assert found.urgent == urgent
    assert found.next_melt == (planned(plant, order_no, "melting") if urgent else None)


def test_a_stop_during_the_pour_is_for_today(own_plant: Engine) -> None:
    kari = identity_of(own_plant, "demo-kari")
    change(own_plant, "UPDATE operation SET done_quantity = 6 WHERE code = 'moulding' AND works_order_no IN "
           "(SELECT number FROM works_order WHERE order_no = 'SO-30419')")  # fmt: skip
    change(own_plant, "UPDATE operation SET state = 'started', done_quantity = 2 WHERE code IN ('melting', 'pouring') "
           "AND works_order_no IN (SELECT number FROM works_order WHERE order_no = 'SO-30419')")  # fmt: skip
    found = stop_before_melt(own_plant, kari, "SO-30419", 1, TODAY)
    assert found
    assert (found.urgent, found.next_melt, found.pieces_poured) == (True, TODAY, 2)


def test_an_order_stops_at_its_most_urgent_line(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    found = stop_order_before_melt(plant, kari, "SO-30414", TODAY)
    first, second = (stop_before_melt(plant, kari, "SO-30414", line, TODAY) for line in (1, 2))
    assert found in (first, second)
    assert first
    assert not first.urgent
    assert stop_order_before_melt(plant, kari, "SO-30413", TODAY) is not None
    assert stop_order_before_melt(plant, kari, "SO-99999", TODAY) is None


def test_a_complaint_about_delivered_pieces_knows_line_heat_and_days(plant: Engine) -> None:
    kari = identity_of(plant, "demo-kari")
    found = check_claim(plant, kari, "so-30412", TODAY, quantity=10)
    assert found.doubts == ()
    assert found.line
    assert len(found.heats) == 1
    assert found.days_since_delivery == (TODAY - found.parcels[0].delivered_on).days  # type: ignore[operator]
    again = check_claim(
        plant, kari, "SO-30412", TODAY, 1, found.parcels[0].delivery_no.lower(), found.heats[0].lower(), 40
    )
    assert again.doubts == ()


@pytest.mark.parametrize(
    ("order_no", "more", "doubts"),
    [
        ("SO-99999", {}, ("order_unknown",)),
        ("SO-30441", {}, ("order_unknown",)),
        ("SO-30414", {}, ("line_needed",)),
        ("SO-30414", {"line_no": 9}, ("line_unknown",)),
        ("SO-30405", {"quantity": 3}, ("not_shipped",)),
        ("SO-30412", {"delivery_no": "D-1"}, ("delivery_unknown",)),
        ("SO-30412", {"heat_no": "H1"}, ("heat_unknown",)),
        ("SO-30412", {"quantity": 41}, ("more_than_shipped",)),
    ],
)
def test_what_does_not_fit_is_a_doubt_for_a_person(
    plant: Engine, order_no: str, more: dict[str, Any], doubts: tuple[str, ...]
) -> None:
    assert check_claim(plant, identity_of(plant, "demo-kari"), order_no, TODAY, **more).doubts == doubts
