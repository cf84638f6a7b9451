"""The policy of the assistant: every message is answered by the one action, in one hop; then the engine listens."""

from __future__ import annotations

from typing import Any, Optional

from rasa.core.policies.policy import Policy, PolicyPrediction
from rasa.engine.graph import ExecutionContext
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.generator import TrackerWithCachedStates
from rasa.shared.core.trackers import DialogueStateTracker

#: What a message means and what is done about it is decided there, in one place.
ACTION = "action_turn"


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.POLICY_WITHOUT_END_TO_END_SUPPORT, is_trainable=True)
class OneAction(Policy):
    """Predicts ``action_turn`` after a message and ``action_listen`` after that. Learns nothing."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Above every other policy, if one is ever configured."""
        return {"priority": 10}

    def train(self, training_trackers: list[TrackerWithCachedStates], domain: Domain, **kwargs: Any) -> Resource:
        """Nothing to learn."""
        return self._resource

    def predict_action_probabilities(
        self, tracker: DialogueStateTracker, domain: Domain,
        rule_only_data: Optional[dict[str, Any]] = None, **kwargs: Any,  # noqa: UP045 - Rasa's graph check knows no ``|``
    ) -> PolicyPrediction:  # fmt: skip
        """The next action, for sure."""
        answering = tracker.latest_action_name == ACTION_LISTEN_NAME
        action = ACTION if answering else ACTION_LISTEN_NAME
        return self._prediction([float(name == action) for name in domain.action_names_or_texts])

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> OneAction:
        """The policy as it always is."""
        return cls(config, model_storage, resource, execution_context)
