"""What a question about the company is about (a code of data/company/facts.yml): by its words, its vector and its topic."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from bot.engine.nlu.blend import Blend, Floats, VectorHead
from bot.engine.nlu.features import without_context
from bot.engine.nlu.linear import LinearText
from bot.engine.nlu.voices import Line

#: A facet is learnt from so many sentences on.
LEAST = 2
#: What a facet counts whose topic is not asked about: topics lie close to each other.
ELSEWHERE = 0.05


class Facets:
    """Both readers of a blend, and under which topics each facet is asked about."""

    def __init__(self, reader: Blend, topics: Mapping[str, Sequence[str]]) -> None:
        self.reader = reader
        self.topics = {facet: list(names) for facet, names in topics.items()}

    @classmethod
    def fit(
        cls, lines: Sequence[Line], features: Sequence[Sequence[str]], vectors: Floats, config: Mapping[str, Any]
    ) -> "Facets | None":
        """Learn from the sentences that name a facet; None while too few do."""
        counts = Counter(line.facet for line in lines if line.facet)
        chosen = [at for at, line in enumerate(lines) if line.facet and counts[line.facet] >= LEAST]
        facets = [str(lines[at].facet) for at in chosen]
        if len(set(facets)) < 2:
            return None
        words = LinearText.fit([without_context(features[at]) for at in chosen], facets, config["intent_strength"])
        head = VectorHead.fit(
            vectors[chosen], [None] * len(chosen), facets, [1.0] * len(chosen), config["facet_strength"]
        )
        topics: dict[str, list[str]] = {}
        for at in chosen:
            topics.setdefault(str(lines[at].facet), []).extend(lines[at].labels)
        return cls(
            Blend(words, head, config["facet_share"], 1.0), {name: sorted(set(of)) for name, of in topics.items()}
        )

    def likeliest(self, features: Sequence[str], vector: Floats, acts: Sequence[tuple[str, float]]) -> dict[str, Any]:
        """``{name, confidence}`` of the likeliest facet of a message with these acts."""
        shares = self.reader.probabilities(without_context(features), vector, None)
        asked = {act: share for act, share in acts if act.startswith("faq/")}
        whole = sum(asked.values()) or 1.0
        fits = [
            ELSEWHERE + sum(asked.get(topic, 0.0) for topic in self.topics[name]) / whole for name in self.reader.labels
        ]
        weighed = shares * np.array(fits, np.float32)
        best = int(weighed.argmax())
        return {"name": self.reader.labels[best], "confidence": round(float(weighed[best] / weighed.sum()), 3)}

    def save(self, folder: Path) -> None:
        """Write the readers and the topics."""
        self.reader.save(folder, "facets")
        (folder / "facet_topics.json").write_text(json.dumps(self.topics), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> "Facets | None":
        """Read what ``save`` wrote; None where nothing was learnt."""
        stored = folder / "facet_topics.json"
        return (
            cls(Blend.load(folder, "facets"), json.loads(stored.read_text(encoding="utf-8")))
            if stored.exists()
            else None
        )
