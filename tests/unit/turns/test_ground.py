"""Common ground: what is meant when it is not said again, for how long, and what forgets it."""

import json
from typing import Any

import pytest

from actions.turns.ground import FIGURES, FIGURES_HOLD, LIST_HOLDS, THINGS, Ground


def _entity(kind: str, value: Any) -> dict[str, Any]:
    return {"entity": kind, "value": value, "start": 0, "end": 1}


def _told(**values: Any) -> Ground:
    """The ground after one message with these values."""
    ground = Ground()
    ground.turn = 1
    for kind, value in values.items():
        ground.note(kind, [_entity(kind, value)])
    return ground


def _values(ground: Ground, kind: str, topic: str = "") -> list[Any]:
    return [each["value"] for each in ground.about(kind, topic)]


def test_nothing_is_meant_at_first() -> None:
    ground = Ground()
    assert ground.empty
    assert ground.about("alloy") == []
    assert ground.said_by("alloy") is None
    assert ground.since("alloy") is None


def test_what_was_said_is_meant_until_something_else_is() -> None:
    ground = _told(alloy="CC491K")
    ground.turn = 40
    assert _values(ground, "alloy") == ["CC491K"]
    ground.note("alloy", [_entity("alloy", "CC493K")])
    assert _values(ground, "alloy") == ["CC493K"]
    assert ground.since("alloy") == 40


def test_nothing_meant_forgets() -> None:
    ground = _told(property="density")
    ground.note("property", [])
    assert ground.about("property") == []


@pytest.mark.parametrize("kind", FIGURES)
def test_figures_hold_for_some_messages_only(kind: str) -> None:
    ground = _told(**{kind: 40})
    ground.turn = 1 + FIGURES_HOLD
    assert _values(ground, kind) == [40]
    ground.turn += 1
    assert _values(ground, kind) == []


@pytest.mark.parametrize("kind", THINGS)
def test_a_thing_holds_until_another_is_named(kind: str) -> None:
    ground = _told(**{kind: "A-1"})
    ground.turn = 100
    assert _values(ground, kind) == ["A-1"]


@pytest.mark.parametrize("figure", ["quantity", "weight", "dimensions"])
def test_a_new_thing_takes_the_figures_of_the_old_one_with_it(figure: str) -> None:
    ground = _told(part_no="FP-1", **{figure: 40})
    ground.turn = 2
    ground.note("part_no", [_entity("part_no", "FP-2")])
    assert ground.about(figure) == []


def test_figures_said_with_the_new_thing_stay() -> None:
    ground = _told(part_no="FP-1", quantity=40)
    ground.turn = 2
    ground.note("quantity", [_entity("quantity", 12)])
    ground.note("part_no", [_entity("part_no", "FP-2")])
    assert _values(ground, "quantity") == [12]


def test_the_same_thing_again_and_what_the_database_adds_forget_no_figure() -> None:
    ground = _told(part_no="FP-1", quantity=40)
    ground.turn = 2
    ground.note("part_no", [_entity("part_no", "FP-1")])
    ground.note("order_no", [_entity("order_no", "SO-1")], "database")
    ground.note("part_no", [_entity("part_no", "FP-2")], "database")
    assert _values(ground, "quantity") == [40]
    assert ground.said_by("order_no") == "database"


def test_what_a_question_asked_holds_while_the_same_kind_goes_on() -> None:
    ground = _told(property="density")
    ground.topic = "alloy_property"
    assert _values(ground, "property", "alloy_property") == ["density"]
    assert _values(ground, "property", "lead_time") == []
    assert _values(ground, "property") == ["density"]


def test_a_list_can_be_pointed_into_for_some_messages() -> None:
    ground = _told()
    ground.show("order", [("SO-1", ["late"]), ("SO-2", [])])
    assert [(each["value"], each["marks"]) for each in ground.list_shown] == [("SO-1", ["late"]), ("SO-2", [])]
    ground.turn += LIST_HOLDS
    assert ground.list_shown
    ground.turn += 1
    assert ground.list_shown == []


def test_what_is_said_once_is_said_once() -> None:
    ground = Ground()
    assert ground.first_time("source")
    assert not ground.first_time("source")
    assert not Ground(ground.dump()).first_time("source")


def test_it_survives_the_slot() -> None:
    ground = _told(alloy="CC491K", order_no="SO-1", quantity=40)
    ground.topic, ground.facets = "alloy_property", ["strength"]
    ground.show("order", [("SO-1", ["late"])])
    again = Ground(json.loads(json.dumps(ground.dump())))
    assert again.dump() == ground.dump()
    assert again.everything() == ground.everything()
    assert not again.empty
