"""The one patch of Rasa: the schema that checks answers of the action server is compiled once, not at every call.

``RemoteAction._validate_action_result`` hands its schema to ``jsonschema.validate``, which checks the schema itself
each time: 24 ms a turn with an action became 7. ``tests/unit/engine/test_rasa_patch.py`` fails when Rasa no longer
does so, and this file can go.
"""

import functools
from typing import Any

from jsonschema import Draft7Validator
from rasa.core.actions.action import RemoteAction


@functools.lru_cache(maxsize=1)
def _validator() -> Any:
    return Draft7Validator(RemoteAction.action_response_format_spec())


def _validate_action_result(self: RemoteAction, result: dict[str, Any]) -> bool:
    _validator().validate(result)
    return True


def apply() -> None:
    """Install the compiled check. Safe to call twice."""
    RemoteAction._validate_action_result = _validate_action_result
