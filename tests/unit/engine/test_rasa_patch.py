"""The one patch of Rasa is still needed, and does what it says."""

import inspect
import time

import pytest
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.utils.endpoints import EndpointConfig

from bot.engine import rasa_patch

ANSWER = {"events": [{"event": "slot", "name": "x", "value": 1, "timestamp": None}], "responses": [{"text": "a"}]}
STOCK = RemoteAction.__dict__["_validate_action_result"]


def test_rasa_still_checks_its_schema_at_every_call() -> None:
    if STOCK is rasa_patch._validate_action_result:
        pytest.skip("another test has applied the patch")
    assert "validate(result, self.action_response_format_spec())" in inspect.getsource(STOCK)


def test_the_patch_accepts_and_refuses_as_rasa_does_and_is_faster() -> None:
    action = RemoteAction("action_x", EndpointConfig("http://127.0.0.1:1"))
    started = time.perf_counter()
    assert STOCK(action, ANSWER)
    stock = time.perf_counter() - started
    rasa_patch._validate_action_result(action, ANSWER)
    started = time.perf_counter()
    assert rasa_patch._validate_action_result(action, ANSWER)
    assert time.perf_counter() - started < stock
    with pytest.raises(ValidationError):
        rasa_patch._validate_action_result(action, {"events": "none"})
