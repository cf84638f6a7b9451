"""Answers survive the slot and the draft: what is dumped is loaded again as the same kind with the same fields."""

import dataclasses
import json
from typing import Any, Literal, get_args, get_origin, get_type_hints, is_typeddict

import pytest

from actions.form.answers import Answer, Answers, fact, line, note, silent
from actions.form.task import tasks

tasks()
KINDS = [Answer, *(Answer.kinds[name] for name in sorted(Answer.kinds))]


def _value(hint: Any) -> Any:
    """Some value of a type that an answer holds."""
    origin, inner = get_origin(hint), [each for each in get_args(hint) if each is not type(None)]
    if origin is Literal:
        return inner[0]
    if origin in (list, tuple):
        return origin([_value(inner[0])] if inner else [])
    if origin is dict or hint is Any:
        return {}
    if origin is not None:
        return _value(inner[0])
    if dataclasses.is_dataclass(hint):
        hints = get_type_hints(hint)
        return hint(**{each.name: _value(hints[each.name]) for each in dataclasses.fields(hint) if each.init})
    if is_typeddict(hint):
        return {name: _value(each) for name, each in get_type_hints(hint).items()}
    return {bool: True, int: 3, float: 2.5, str: "x"}[hint]


def _filled(kind: type[Answer]) -> Answer:
    """An answer in which every field is other than its default."""
    hints = get_type_hints(kind)
    given = {
        each.name: _value(hints[each.name]) for each in dataclasses.fields(kind) if each.name not in ("value", "more")
    }
    return kind(value="told", more={"title": "RG5 (CC491K)", "count": 2}, **given)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_answer_with_every_field_set_comes_back_the_same(kind: type[Answer]) -> None:
    answer = _filled(kind)
    assert Answer.load(json.loads(json.dumps(answer.dump()))) == answer


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_an_answer_of_defaults_comes_back_the_same(kind: type[Answer]) -> None:
    assert Answer.load(json.loads(json.dumps(kind().dump()))) == kind()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)
def test_a_change_keeps_the_kind_and_puts_what_is_no_field_beside_it(kind: type[Answer]) -> None:
    changed = kind().but(value=40, title="RG5")
    assert type(changed) is kind
    assert (changed.value, changed.more) == (40, {"title": "RG5"})


def test_every_answer_of_a_task_is_a_kind_of_its_own_name() -> None:
    assert len(KINDS) > 10
    assert all(name == kind.__name__ for name, kind in Answer.kinds.items())


def test_answers_of_a_task_come_back_in_their_order() -> None:
    told = Answers({"part": line("part", "ring"), "alloy": line("alloy", "CC491K", title="RG5"), "judged": note(1)})
    again = Answers(json.loads(json.dumps(told.dump())))
    assert list(again) == ["part", "alloy", "judged"]
    assert dict(again) == dict(told)
    assert again.value("part") == "ring"
    assert again.value("weight") is None


def test_an_answer_stored_by_a_kind_that_is_gone_is_still_read() -> None:
    assert Answer.load({"value": 1, "reply": "utter_line_quantity", "kind": "Gone", "old": 2}).more == {"old": 2}


def test_what_is_not_read_back() -> None:
    assert silent().reply is None
    assert silent().unknown
    assert note("x").reply is None
    assert fact("utter_line_quantity", value=1).line()["value"] == 1
