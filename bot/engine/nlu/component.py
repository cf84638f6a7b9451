"""The understanding of a message in one Rasa component: entities, intent and language."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, Optional

import yaml
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.common.clock import today
from bot.common.settings import ROOT
from bot.engine.nlu.entities import find_entities
from bot.engine.nlu.features import intent_features, language_features, spoken_words
from bot.engine.nlu.language import decide, wished_language
from bot.engine.nlu.linear import LinearText

LANGUAGES = ROOT / "data" / "languages.yml"
ANGER = ROOT / "data" / "anger" / "sentences.yml"
#: Sentences of these intents are no examples of calm.
NOT_CALM = {"complaint", "human"}
FALLBACK = "nlu_fallback"
#: Below this probability the message counts as not understood.
UNDERSTOOD = 0.30
#: What is asked of a metal we do not cast is declined, however much it sounds like one of these.
NOT_IN_STEEL = {"price", "lead_time", "place_order", "capacity", "casting_limits", "alloy_offered", "alloy_property"}
#: What is said of one of our quotations; another guess that is not sure gives way to what quotations are made for.
OF_QUOTATIONS = {
    "place_order",
    "cancel_order",
    "price",
    "order_document",
    "affirm",
    "deny",
    "inform",
    "human",
    "stop_task",
}
SURE_OF_ANOTHER = 0.7
#: Questions of the form that are answered with names and addresses: they tell no language.
NAMES = {"name", "email", "order"}
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class Understanding(GraphComponent):
    """Extracts, classifies and decides the language. A retrieval intent's full name lies in ``faq`` of the message."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        intents: LinearText | None = None, languages: LinearText | None = None, moods: LinearText | None = None,
    ) -> None:  # fmt: skip
        self.config = config
        self.model_storage = model_storage
        self.resource = resource
        self.intents = intents
        self.languages = languages
        self.moods = moods
        self.answered_in: dict[str, str] = yaml.safe_load(LANGUAGES.read_text(encoding="utf-8"))

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Inverse regularisation of the two classifiers and the language a silent visitor gets."""
        return {"intent_strength": 20.0, "language_strength": 10.0, "mood_strength": 5.0, "default_language": "nb"}

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Understanding:
        """A component to be trained."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls, config: dict[str, Any], model_storage: ModelStorage, resource: Resource,
        execution_context: ExecutionContext, **kwargs: Any,
    ) -> Understanding:  # fmt: skip
        """The trained component."""
        with model_storage.read_from(resource) as folder:
            learnt = [LinearText.load(Path(folder), name) for name in ("intents", "languages", "moods")]
        return cls(config, model_storage, resource, *learnt)

    def train(self, training_data: TrainingData) -> Resource:
        """Learn intents and languages from the sentences of data/nlu, anger from its own."""
        texts, labels, languages = [], [], []
        for example in training_data.intent_examples:
            texts.append(example.get(TEXT))
            labels.append(example.get_full_intent())
            languages.append(example.get("metadata")["intent"]["language"])
        found = [find_entities(text, today(), language) for text, language in zip(texts, languages, strict=True)]
        samples = [intent_features(t, e) for t, e in zip(texts, found, strict=True)]
        self.intents = LinearText.fit(samples, labels, self.config["intent_strength"])
        self.moods = self._learn_moods(samples, labels)
        self.languages = LinearText.fit(
            [language_features(t, e) for t, e in zip(texts, found, strict=True)],
            languages,
            self.config["language_strength"],
        )
        with self.model_storage.write_to(self.resource) as folder:
            self.intents.save(Path(folder), "intents")
            self.languages.save(Path(folder), "languages")
            self.moods.save(Path(folder), "moods")
        return self.resource

    def _learn_moods(self, samples: list[list[str]], labels: list[str]) -> LinearText:
        """Anger against everything else that customers write."""
        calm = [sample for sample, label in zip(samples, labels, strict=True) if label not in NOT_CALM]
        moods = ["calm"] * len(calm)
        for mood, spoken in yaml.safe_load(ANGER.read_text(encoding="utf-8")).items():
            for language, texts in spoken.items():
                calm += [intent_features(text, find_entities(text, today(), language)) for text in texts]
                moods += [mood] * len(texts)
        return LinearText.fit(calm, moods, self.config["mood_strength"])

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Rules need no features."""
        return training_data

    def process(self, messages: list[Message], tracker: Optional[DialogueStateTracker] = None) -> list[Message]:  # noqa: UP045 - Rasa's graph check knows no ``|``
        """Understand each message in the light of its conversation."""
        for message in messages:
            text = message.get(TEXT) or ""
            if not text.startswith("/"):
                self._understand(message, text, tracker)
        return messages

    def _understand(self, message: Message, text: str, tracker: DialogueStateTracker | None) -> None:
        current = tracker.get_slot("language") if tracker else None
        entities = find_entities(text, today(), current)
        intent, ranking = self._intent(text, entities)
        message.set("anger", self._anger(text, entities), add_to_output=True)
        if intent["name"].startswith("faq/"):
            message.set("faq", intent["name"], add_to_output=True)
            intent["name"] = "faq"
        entities.append(self._language(text, entities, intent, tracker, current, message))
        message.set(ENTITIES, entities, add_to_output=True)
        message.set(INTENT, intent, add_to_output=True)
        message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)

    def _intent(self, text: str, entities: list[dict[str, Any]]) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        assert self.intents is not None
        features = intent_features(text, entities)
        probabilities = self.intents.probabilities(features)
        order = probabilities.argsort()[::-1][:3]
        ranking = [{"name": self.intents.labels[i], "confidence": float(probabilities[i])} for i in order]
        if entities and _bare(text, entities) and not _asks_price(entities, ranking[0]):
            return {"name": "inform", "confidence": 1.0}, ranking
        kinds = {entity["entity"] for entity in entities}
        if "foreign_material" in kinds and not kinds & {"alloy", "alloy_group"} and ranking[0]["name"] in NOT_IN_STEEL:
            return {"name": "out_of_scope", "confidence": ranking[0]["confidence"]}, ranking
        other = ranking[0]["name"] not in OF_QUOTATIONS and ranking[0]["confidence"] < SURE_OF_ANOTHER
        if "quotation_no" in kinds and other:
            return {"name": "place_order", "confidence": max(ranking[0]["confidence"], UNDERSTOOD)}, ranking
        if ranking[0]["confidence"] < UNDERSTOOD or not (entities or self.intents.knows_a_word(features)):
            return {"name": FALLBACK, "confidence": 1.0 - ranking[0]["confidence"]}, ranking
        return dict(ranking[0]), ranking

    def _anger(self, text: str, entities: list[dict[str, Any]]) -> float:
        """The share of anger in a message, 0 to 1."""
        if self.moods is None:
            return 0.0
        return round(
            float(self.moods.probabilities(intent_features(text, entities))[self.moods.labels.index("angry")]), 3
        )

    def _language(
        self, text: str, entities: list[dict[str, Any]], intent: dict[str, Any],
        tracker: DialogueStateTracker | None, current: str | None, message: Message,
    ) -> dict[str, Any]:  # fmt: skip
        assert self.languages is not None
        wished = wished_language(text) if intent["name"] == "change_language" else None
        probabilities = dict.fromkeys(self.answered_in.values(), 0.0)
        for label, share in zip(
            self.languages.labels, self.languages.probabilities(language_features(text, entities)), strict=True
        ):
            probabilities[self.answered_in[label]] += float(share)
        hint = ((message.get("metadata") or {}).get("client") or {}).get("language")
        words = 0 if tracker and tracker.get_slot("requested_slot") in NAMES else spoken_words(text, entities)
        chosen = bool(tracker and tracker.get_slot("language_chosen"))
        known = current if words == 0 or chosen or _spoken_before(tracker) else None
        default = current or self.config["default_language"]
        language = wished or decide(known, chosen, current or hint, probabilities, words, default)
        entity = {"entity": "language", "value": language, "start": 0, "end": 0, "extractor": "smelt"}
        return entity | ({"wish": True} if wished else {}) | ({} if words else {"guess": True})


def _spoken_before(tracker: DialogueStateTracker | None) -> bool:
    """Whether any earlier message told the language, so that one more must be sure to change it."""
    said = (event for event in reversed(tracker.events) if isinstance(event, UserUttered)) if tracker else ()
    return any(
        entity.get("entity") == "language" and not entity.get("guess") for event in said for entity in event.entities
    )


def _asks_price(entities: list[dict[str, Any]], best: dict[str, Any]) -> bool:
    """«Price?» is a bare value by its words and a question all the same."""
    return best["name"] == "price" and any(
        each["entity"] == "property" and each["value"] == "price" for each in entities
    )


def _bare(text: str, entities: list[dict[str, Any]]) -> bool:
    """Whether nothing but values was written."""
    rest = "".join(" " if any(e["start"] <= i < e["end"] for e in entities) else char for i, char in enumerate(text))
    return not _LETTERS.search(rest)
