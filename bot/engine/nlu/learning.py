"""What the understanding learns from the training sentences: acts (the intents), facets, languages and moods."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from bot.common.clock import today
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.engine.nlu.blend import Blend, Floats, VectorHead, mix
from bot.engine.nlu.clauses import cut
from bot.engine.nlu.clean import clean
from bot.engine.nlu.context import ANSWER, ASKED, NAME, OPENING, kinds_of
from bot.engine.nlu.encoder import Wanted, encoder
from bot.engine.nlu.entities import find_entities
from bot.engine.nlu.facets import Facets
from bot.engine.nlu.features import intent_features, language_features, without_context
from bot.engine.nlu.linear import LinearText
from bot.engine.nlu.names import find_names
from bot.engine.nlu.voices import Line

ANGER = ROOT / "data" / "anger" / "sentences.yml"
#: Sentences of these intents are no examples of calm; in voices, which write in every mood, those of more.
NOT_CALM = {"complaint", "human"}
MOODY = NOT_CALM | {
    "out_of_scope", "stop_task", "order_status", "explain", "deny", "take_back", "change_order", "cancel_order", "bot_challenge",
}  # fmt: skip
#: Inverse regularisation of the classifiers, the share of the encoder in the blend and the temperature of its confidence.
#: The last two are chosen on voices nobody learnt from (``make evaluate ARGS=--folds``), for customers are such voices.
DEFAULTS = {
    "intent_strength": 20.0, "vector_strength": 0.03, "vector_share": 0.4, "temperature": 1.2, "facet_strength": 0.3,
    "facet_share": 0.5, "language_strength": 10.0, "mood_strength": 4.0,
}  # fmt: skip
#: An opening of so many words says what it is about by itself.
SELF_CONTAINED = 7
#: Kinds of meanings (data/intents.yml) that interrupt whatever is being asked.
INTERRUPT = {"steer", "person", "about"}


@dataclass
class Learnt:
    """The trained classifiers. ``facets`` is missing until sentences with a facet exist."""

    acts: Blend
    languages: LinearText
    moods: LinearText
    facets: Facets | None = None

    def save(self, folder: Path) -> None:
        """Write all classifiers into a folder."""
        self.acts.save(folder, "acts")
        self.languages.save(folder, "languages")
        self.moods.save(folder, "moods")
        if self.facets:
            self.facets.save(folder)

    @classmethod
    def load(cls, folder: Path) -> "Learnt":
        """Read what ``save`` wrote."""
        languages, moods = (LinearText.load(folder, name) for name in ("languages", "moods"))
        return cls(Blend.load(folder, "acts"), languages, moods, Facets.load(folder))


class Samples:
    """Training sentences as the classifiers see them."""

    def __init__(self, lines: Sequence[Line]) -> None:
        #: So many are sentences of their own; behind them stand the same ones in another context.
        self.own = len(lines)
        whole = [*lines, *elsewhere(lines), *after_others(lines)]
        wanted: list[Wanted] = [(clean(line.text).text, line.ctx, None) for line in whole]
        #: Behind the messages stand the clauses of those whose clauses somebody has labelled.
        clauses = [each for line in lines if line.clauses for each in clauses_of(line)]
        self.whole = len(whole)
        self.lines = [*whole, *(line for line, _ in clauses)]
        wanted += [each for _, each in clauses]
        self.texts = [text[slice(*part)] if part else text for text, _, part in wanted]
        self.found = [_found(text, line) for text, line in zip(self.texts, self.lines, strict=True)]
        self.features = [
            intent_features(text, found, line.ctx)
            for text, found, line in zip(self.texts, self.found, self.lines, strict=True)
        ]
        self.vectors: Floats = encoder().embed_all(wanted)

    def fit(self, chosen: Iterable[int], config: Mapping[str, Any]) -> tuple[LinearText, VectorHead]:
        """Both readers, learnt from some of the sentences. One with two labels is two samples with a share each."""
        rows = [(at, label, share) for at in chosen for label, share in self.lines[at].shares()]
        labels, shares = [label for _, label, _ in rows], [share for _, _, share in rows]
        words = LinearText.fit(
            [self.features[at] for at, _, _ in rows], labels, config["intent_strength"], shares=shares
        )
        contexts = [self.lines[at].ctx for at, _, _ in rows]
        vectors = self.vectors[[at for at, _, _ in rows]]
        return words, VectorHead.fit(vectors, contexts, labels, shares, config["vector_strength"])

    def unseen(self, kept: Sequence[int], config: Mapping[str, Any]) -> tuple[list[str], Floats]:
        """The labels, and what readers that never saw the ``kept`` sentences say of them (not yet tempered)."""
        apart = set(kept)
        words, head = self.fit((at for at in range(len(self.lines)) if at not in apart), config)
        opinions = [
            mix(
                words.probabilities(self.features[at]),
                head.probabilities(self.vectors[at], self.lines[at].ctx),
                config["vector_share"],
            )
            for at in kept
        ]
        return words.labels, np.array(opinions)


def _found(text: str, line: Line) -> list[dict[str, Any]]:
    return find_entities(text, today(), line.language, find_names(text, line.ctx == NAME))


def clauses_of(line: Line) -> list[tuple[Line, Wanted]]:
    """Each clause of a message as a line of its own, and where it stands; none when the message is now cut otherwise."""
    text, labels = clean(line.text).text, line.clauses or ()
    spans = cut(text)
    if len(spans) != len(labels) or len(spans) < 2:
        return []
    found: list[tuple[Line, Wanted]] = []
    for (start, end), names in zip(spans, labels, strict=True):
        facet = line.facet if names[0].startswith("faq/") else None
        own = replace(line, text=text[start:end], labels=names, facet=facet, marks=None, clauses=None)
        found.append((own, (text, line.ctx, (start, end))))
    return found


def elsewhere(lines: Sequence[Line]) -> list[Line]:
    """What interrupts a request, once more in the midst of one: there most messages are answers, but not these."""
    kinds = {name: each["kind"] for name, each in read_yaml(ROOT / "data" / "intents.yml").items()}
    asked = sorted({line.ctx for line in lines if line.ctx is not None and ASKED in kinds_of(line.ctx)})
    found = []
    for line in lines:
        interrupts = kinds.get(line.labels[0].partition("/")[0]) in INTERRUPT
        if asked and interrupts and line.ctx is not None and line.ctx not in asked:
            found.append(replace(line, clauses=None, ctx=asked[zlib.crc32(line.text.encode()) % len(asked)]))
    return found


def after_others(lines: Sequence[Line]) -> list[Line]:
    """What opens a talk, once more after an answer about something else: who changes the subject says so in their words alone."""
    topics = sorted({line.ctx for line in lines if line.ctx is not None and line.ctx.startswith(f"{ANSWER}:")})
    found = []
    for line in lines:
        if topics and line.ctx == OPENING and len(line.text.split()) >= SELF_CONTAINED:
            other = topics[zlib.crc32(line.text.encode()) % len(topics)]
            found.append(replace(line, clauses=None, ctx=other))
    return found


def learn(lines: Sequence[Line], config: Mapping[str, Any]) -> Learnt:
    """Learn everything."""
    samples = Samples(lines)
    words, head = samples.fit(range(len(samples.lines)), config)
    return Learnt(
        acts=Blend(words, head, config["vector_share"], config["temperature"]),
        languages=LinearText.fit(
            [language_features(samples.texts[at], samples.found[at]) for at in range(samples.whole)],
            [line.language for line in samples.lines[: samples.whole]],
            config["language_strength"],
        ),
        moods=_learn_moods(samples, config["mood_strength"]),
        facets=Facets.fit(samples.lines, samples.features, samples.vectors, config),
    )


def _learn_moods(samples: Samples, strength: float) -> LinearText:
    """Anger against everything else that customers write."""
    told = zip(samples.features[: samples.own], samples.lines, strict=False)
    calm = [
        without_context(features)
        for features, line in told
        if not (NOT_CALM if line.ctx is None else MOODY).intersection(line.labels)
    ]
    moods = ["calm"] * len(calm)
    for mood, spoken in read_yaml(ANGER).items():
        for language, texts in spoken.items():
            calm += [intent_features(text, find_entities(text, today(), language)) for text in texts]
            moods += [mood] * len(texts)
    return LinearText.fit(calm, moods, strength)
