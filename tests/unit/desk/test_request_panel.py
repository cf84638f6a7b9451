"""The request a customer is in the middle of, as the desk reads it."""

from typing import Any

import pytest

from bot.web.desk.request_panel import answered_name, request_panel


@pytest.mark.parametrize(
    "state",
    [None, {}, [], "x", {"task": None}, {"task": 7}, {"task": "unheard_of"}, {"answers": {"name": {"value": "x"}}}],
)
def test_no_task_is_no_panel(state: Any) -> None:
    assert request_panel(state, "nb") is None


@pytest.mark.parametrize("language", ["nb", "en"])
def test_whatever_is_in_a_state_is_shown_or_left_out(language: str) -> None:
    state = {
        "task": "quote_request", "question": 7, "missing": "x",
        "answers": {"part": "pumpehus", "alloy": None, "quantity": {"reply": "utter_line_quantity"}, "other": {}},
    }  # fmt: skip
    panel = request_panel(state, language)
    assert panel
    assert [one["question"] for one in panel["answers"]] == ["part", "alloy", "quantity", "other"]
    assert panel["missing"] == []
    assert all(one["label"] for one in [*panel["answers"], *panel["missing"]])


def test_what_is_missing_is_named_as_the_assistant_has_found_it() -> None:
    state = {"task": "quote_request", "answers": {}, "missing": ["alloy", 7, "delivery"]}
    panel = request_panel(state, "nb") or {}
    assert panel["missing"] == [
        {"question": "alloy", "label": "Legering"}, {"question": "delivery", "label": "Levering"},
    ]  # fmt: skip


def test_values_are_words_in_the_desks_language() -> None:
    state = {
        "task": "quote_request",
        "answers": {
            "delivery": {"value": "2027-W14", "reply": "utter_line_delivery_week"},
            "weight": {"value": 38.5, "reply": "utter_line_weight"},
            "drawing": {"value": "deny", "reply": "utter_line_drawing_deny"},
        },
    }  # fmt: skip
    shown = {language: request_panel(state, language) or {} for language in ("nb", "en")}
    values = {
        language: {one["question"]: one["value"] for one in panel["answers"]} for language, panel in shown.items()
    }
    assert values["nb"] == {"delivery": "uke 14 (2027)", "weight": "38,5 kg per stk", "drawing": "finnes ikke"}
    assert values["en"]["weight"].startswith("38.5 kg")


@pytest.mark.parametrize(
    "state", [None, [], {"answers": []}, {"answers": {"name": "x"}}, {"answers": {"name": {"value": 7}}}]
)
def test_a_name_is_only_what_was_answered(state: Any) -> None:
    assert answered_name(state) is None
    assert answered_name({"answers": {"name": {"value": "Ola, Firma AS"}}}) == "Ola, Firma AS"
