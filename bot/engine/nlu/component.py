"""The understanding of a message in one Rasa component: clean, entities, acts of the whole and of its clauses, language.

What the actions get beside Rasa's ``intent``, ``intent_ranking`` and ``entities`` (offsets in the text as written):

``clauses``  ``[{start, end, text, acts: [[label, probability], ...], facet, asks, entities: [index, ...]}]``
``contact``  ``{name, company, email, phone}`` of the signature
``table``    ``{rows, left}``: the lines of a table of parts, which is no part of the text that was read (``tables.py``)
``faq``, ``facet``  the full name of a company question and ``{name, confidence}`` of what it is about
``anger``    the share of anger, 0 to 1
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Optional

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
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.engine.nlu.clauses import asks, cut
from bot.engine.nlu.clean import Cleaned, clean
from bot.engine.nlu.contact_details import find_contact_details
from bot.engine.nlu.context import NAME, context_of
from bot.engine.nlu.encoder import Seen, Vector, encoder
from bot.engine.nlu.entities import find_entities
from bot.engine.nlu.features import SPOKEN, intent_features, language_features, spoken_words
from bot.engine.nlu.language import decide, tells, wished_language
from bot.engine.nlu.learning import DEFAULTS, Learnt, learn
from bot.engine.nlu.names import find_names
from bot.engine.nlu.reading import Reading
from bot.engine.nlu.spans import counted, find_spans
from bot.engine.nlu.tables import find_tables
from bot.engine.nlu.voices import line_of

LANGUAGES = ROOT / "data" / "languages.yml"
FALLBACK = "nlu_fallback"
#: Below this probability the message counts as not understood; from ``SURE`` on it is even without a word ever learnt.
UNDERSTOOD, SURE = 0.2, 0.6
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
#: Requests whose lines a table of parts tells; one in the midst of another is words of that.
OF_PARTS = {"quote_request", "reorder"}
#: Questions of the form that are answered with names and addresses: they tell no language.
NAMES = {"name", "email", "order"}
#: So many acts of a message or clause are told.
RANKED = 5
_LETTERS = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Read:
    """What a message or a clause says: likeliest acts first, the facet of a company question, whether any word is known."""

    acts: list[tuple[str, float]]
    facet: dict[str, Any] | None
    known: bool


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class Understanding(GraphComponent):
    """Extracts, classifies and decides the language. A retrieval intent's full name lies in ``faq`` of the message."""

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource, learnt: Learnt | None = None
    ) -> None:
        self.config = config
        self.model_storage = model_storage
        self.resource = resource
        self.learnt = learnt
        self.answered_in: dict[str, str] = read_yaml(LANGUAGES)

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How the classifiers learn (``learning.DEFAULTS``) and the language a silent visitor gets."""
        return {**DEFAULTS, "default_language": "nb"}

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
            return cls(config, model_storage, resource, Learnt.load(Path(folder)))

    def train(self, training_data: TrainingData) -> Resource:
        """Learn acts, facets and languages from the sentences of data/nlu, anger from its own."""
        self.learnt = learn([line_of(example) for example in training_data.intent_examples], self.config)
        with self.model_storage.write_to(self.resource) as folder:
            self.learnt.save(Path(folder))
        return self.resource

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
        context = context_of(tracker)
        cleaned = clean(text)
        table = None if _of_another_matter(tracker) else find_tables(cleaned.text, today(), current)
        if table:
            cleaned = cleaned.without(table.spans)
        cleaned = cleaned.unwrapped()
        names = find_names(cleaned.text, context == NAME)
        entities = find_entities(cleaned.text, today(), current, names) + _signed(text, cleaned, current)
        seen = encoder().see(cleaned.text, context)
        spans = find_spans(cleaned.text, seen, encoder().tags)
        entities = counted(cleaned.text, entities, spans)
        read = self._read(cleaned.text, entities, context, seen.vector)
        intent, ranking = self._intent(read, cleaned.text, entities)
        if table and not _LETTERS.search(cleaned.text):
            intent = {"name": "inform", "confidence": 1.0}
        output = {
            "anger": self._anger(cleaned.text, entities),
            "contact": asdict(cleaned.contact),
            "spans": spans,
            "read": cleaned.read,
        }
        if table:
            output["table"] = table.dump()
        output["clauses"] = self._clauses(cleaned.text, entities, context, read, seen)
        if intent["name"].startswith("faq/"):
            output |= {"faq": intent["name"], "facet": read.facet}
            intent["name"] = "faq"
        language = self._language(cleaned.text, entities, intent, tracker, current, message)
        output |= {ENTITIES: [*entities, language], INTENT: intent, INTENT_RANKING_KEY: ranking}
        for name, value in output.items():
            message.set(name, value, add_to_output=True)

    def _read(
        self, text: str, entities: list[dict[str, Any]], context: str | None, vector: Vector | None = None
    ) -> Read:
        """What a message or a clause says, by words and by vector."""
        assert self.learnt is not None
        features = intent_features(text, entities, context)
        vector = encoder().embed(text, context) if vector is None else vector
        probabilities = self.learnt.acts.probabilities(features, vector, context)
        labels = self.learnt.acts.labels
        acts = [(labels[at], round(float(probabilities[at]), 4)) for at in probabilities.argsort()[::-1][:RANKED]]
        known = bool(entities) or self.learnt.acts.words.knows_a_word(features)
        facets = self.learnt.facets if acts[0][0].startswith("faq/") else None
        return Read(acts, facets.likeliest(features, vector, acts) if facets else None, known)

    def _clauses(
        self, text: str, entities: list[dict[str, Any]], context: str | None, whole: Read, seen: Seen
    ) -> list[dict[str, Any]]:
        """Each clause with its likeliest acts, by its own words and as the message makes it; the only one says what all says."""
        spans = cut(text)
        clauses = []
        for start, end in spans:
            inside = [at for at, each in enumerate(entities) if start <= each["start"] and each["end"] <= end]
            own = [
                entities[at] | {"start": entities[at]["start"] - start, "end": entities[at]["end"] - start}
                for at in inside
            ]
            read = whole if len(spans) == 1 else self._read(text[start:end], own, context, seen.part(start, end))
            clauses.append(
                {
                    "start": start,
                    "end": end,
                    "text": text[start:end],
                    "acts": [list(act) for act in read.acts],
                    "facet": read.facet,
                    "asks": asks(text[start:end]),
                    "entities": inside,
                }
            )
        return clauses

    def _intent(
        self, read: Read, text: str, entities: list[dict[str, Any]]
    ) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        ranking: list[dict[str, Any]] = [{"name": name, "confidence": confidence} for name, confidence in read.acts]
        if _bare(text, entities):
            return {"name": "inform", "confidence": 1.0}, ranking
        kinds = {entity["entity"] for entity in entities}
        if "foreign_material" in kinds and not kinds & {"alloy", "alloy_group"} and ranking[0]["name"] in NOT_IN_STEEL:
            return {"name": "out_of_scope", "confidence": ranking[0]["confidence"]}, ranking
        other = ranking[0]["name"] not in OF_QUOTATIONS and ranking[0]["confidence"] < SURE_OF_ANOTHER
        if "quotation_no" in kinds and other:
            return {"name": "place_order", "confidence": max(ranking[0]["confidence"], UNDERSTOOD)}, ranking
        understood = read.known or (ranking[0]["confidence"] >= SURE and _LETTERS.search(text))
        if ranking[0]["confidence"] < UNDERSTOOD or not understood:
            return {"name": FALLBACK, "confidence": 1.0 - ranking[0]["confidence"]}, ranking
        return dict(ranking[0]), ranking

    def _anger(self, text: str, entities: list[dict[str, Any]]) -> float:
        """The share of anger in a message, 0 to 1."""
        assert self.learnt is not None
        shares = self.learnt.moods.probabilities(intent_features(text, entities))
        return round(float(shares[self.learnt.moods.labels.index("angry")]), 3)

    def _language(
        self, text: str, entities: list[dict[str, Any]], intent: dict[str, Any],
        tracker: DialogueStateTracker | None, current: str | None, message: Message,
    ) -> dict[str, Any]:  # fmt: skip
        assert self.learnt is not None
        languages = self.learnt.languages
        wished = wished_language(text) if intent["name"] == "change_language" else None
        probabilities = dict.fromkeys(self.answered_in.values(), 0.0)
        for label, share in zip(
            languages.labels, languages.probabilities(language_features(text, entities)), strict=True
        ):
            probabilities[self.answered_in[label]] += float(share)
        hint = ((message.get("metadata") or {}).get("client") or {}).get("language")
        words = 0 if tracker and tracker.get_slot("requested_slot") in NAMES else spoken_words(text, entities)
        chosen = bool(tracker and tracker.get_slot("language_chosen"))
        known = current if words == 0 or chosen or _spoken_before(tracker) else None
        default = current or self.config["default_language"]
        language = wished or decide(known, chosen, current or hint, probabilities, words, default)
        entity = {"entity": "language", "value": language, "start": 0, "end": 0, "extractor": "smelt"}
        return (
            entity
            | ({"wish": True} if wished else {})
            | ({} if words and (known or tells(probabilities, words)) else {"guess": True})
        )


def _signed(text: str, cleaned: Cleaned, language: str | None) -> list[dict[str, Any]]:
    """Address and telephone number of who signs, which are facts of the message all the same."""
    found = find_contact_details(Reading(text, today(), language)) if cleaned.signatures else ()
    return [
        {"entity": each.entity, "value": each.value, "start": each.start, "end": each.end, "extractor": "smelt"}
        for each in found
        if each.value in (cleaned.contact.email, cleaned.contact.phone)
        and any(start <= each.start and each.end <= end for start, end in cleaned.signatures)
    ]


def _of_another_matter(tracker: DialogueStateTracker | None) -> bool:
    """Whether a request is in progress whose lines are no parts to be cast."""
    return bool(tracker and tracker.get_slot("question") and tracker.get_slot("task") not in OF_PARTS)


def _spoken_before(tracker: DialogueStateTracker | None) -> bool:
    """Whether any earlier message told the language, so that one more must be sure to change it."""
    said = (event for event in reversed(tracker.events) if isinstance(event, UserUttered)) if tracker else ()
    return any(
        entity.get("entity") == "language" and not entity.get("guess") for event in said for entity in event.entities
    )


def _bare(text: str, entities: list[dict[str, Any]]) -> bool:
    """Whether nothing but values was written; a property or a use is a word, with which something is asked."""
    values = [each for each in entities if each["entity"] not in SPOKEN]
    rest = "".join(" " if any(e["start"] <= i < e["end"] for e in values) else char for i, char in enumerate(text))
    return bool(values) and not _LETTERS.search(rest)
