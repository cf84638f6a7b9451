"""Two readers of one message and what they say together: words and letters (``linear``), and the encoder's vector."""

import json
import warnings
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.exceptions import ConvergenceWarning
from sklearn.linear_model import LogisticRegression

from bot.engine.nlu.context import ASKED, GENERAL, kinds_of
from bot.engine.nlu.linear import LinearText

Floats = NDArray[np.float32]
#: How far a context reaches beside the 384 numbers of a vector, each of which spreads by one.
_CONTEXT_REACH = 2.0
_LEAST = 1e-6


class VectorHead:
    """A multinomial logistic regression over encoder vectors and the context."""

    def __init__(
        self, mean: Floats, spread: Floats, weights: Floats, bias: Floats, labels: list[str], topics: list[str]
    ) -> None:
        self.mean, self.spread, self.weights, self.bias, self.labels = mean, spread, weights, bias, labels
        self.topics = topics

    @classmethod
    def fit(
        cls, vectors: Floats, contexts: Sequence[str | None], labels: Sequence[str], shares: Sequence[float], strength: float
    ) -> "VectorHead":  # fmt: skip
        """Learn labels from vectors. ``shares`` weigh the examples; ``strength`` is the inverse regularisation."""
        mean, spread = vectors.mean(axis=0), vectors.std(axis=0) + _LEAST
        known = [kind for context in contexts if context is not None for kind in kinds_of(context)]
        topics = sorted({kind for kind in known if kind.startswith(":")})
        rows = np.hstack([(vectors - mean) / spread, [_context(each, topics) for each in contexts]])
        model = LogisticRegression(C=strength, solver="lbfgs", max_iter=100, tol=1e-3)
        # Labels that many sentences teach may not drown the others: the square root of the usual balance.
        names, counts = np.unique(np.array(labels), return_counts=True)
        balance = dict(zip(names.tolist(), np.sqrt(len(labels) / (len(names) * counts)).tolist(), strict=True))
        weights = [share * balance[label] for share, label in zip(shares, labels, strict=True)]
        with warnings.catch_warnings():
            # Far enough: later steps change no unseen sentence.
            warnings.simplefilter("ignore", ConvergenceWarning)
            model.fit(rows, np.array(labels), sample_weight=weights)
        two = len(model.classes_) == 2
        coefficients = np.vstack([-model.coef_, model.coef_]) / 2 if two else model.coef_
        bias = np.concatenate([-model.intercept_, model.intercept_]) / 2 if two else model.intercept_
        return cls(
            mean, spread, coefficients.astype(np.float32), bias.astype(np.float32), model.classes_.tolist(), topics
        )

    def probabilities(self, vector: Floats, context: str | None) -> Floats:
        """A probability for each label, summing to one."""
        row = np.concatenate([(vector - self.mean) / self.spread, _context(context, self.topics)])
        return softmax(self.weights @ row + self.bias)

    def save(self, folder: Path, name: str) -> None:
        """Write ``<name>.npz``."""
        np.savez(
            folder / f"{name}.npz", mean=self.mean, spread=self.spread, weights=self.weights, bias=self.bias,
            labels=np.array(self.labels), topics=np.array(self.topics, dtype=str),
        )  # fmt: skip

    @classmethod
    def load(cls, folder: Path, name: str) -> "VectorHead":
        """Read what ``save`` wrote."""
        stored = np.load(folder / f"{name}.npz")
        names = (stored["labels"].tolist(), stored["topics"].tolist())
        return cls(stored["mean"], stored["spread"], stored["weights"], stored["bias"], *names)


class Blend:
    """Both readers, mixed by ``share`` (of the vectors) and softened or sharpened by ``temperature``."""

    def __init__(self, words: LinearText, vectors: VectorHead, share: float, temperature: float) -> None:
        self.words, self.vectors, self.share, self.temperature = words, vectors, share, temperature
        self.labels = words.labels

    def probabilities(self, features: Sequence[str], vector: Floats, context: str | None) -> Floats:
        """A probability for each label, as often right as it says."""
        mixed = mix(self.words.probabilities(features), self.vectors.probabilities(vector, context), self.share)
        return tempered(mixed, self.temperature)

    def save(self, folder: Path, name: str) -> None:
        """Write both readers and how they are mixed."""
        self.words.save(folder, f"{name}_words")
        self.vectors.save(folder, f"{name}_vectors")
        mixing = {"share": self.share, "temperature": self.temperature}
        (folder / f"{name}.json").write_text(json.dumps(mixing), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> "Blend":
        """Read what ``save`` wrote."""
        mixing = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        return cls(LinearText.load(folder, f"{name}_words"), VectorHead.load(folder, f"{name}_vectors"), **mixing)


def mix(words: Floats, vectors: Floats, share: float) -> Floats:
    """The two opinions as one, in logarithms: a label that one of them rules out is out."""
    return softmax((1 - share) * np.log(words + _LEAST) + share * np.log(vectors + _LEAST))


def tempered(probabilities: Floats, temperature: float) -> Floats:
    """Probabilities raised to ``1 / temperature``, row by row; above 1 they become more careful."""
    return softmax(np.log(probabilities + _LEAST) / temperature)


def softmax(scores: Floats) -> Floats:
    """Along the last axis."""
    raised = np.exp(scores - scores.max(axis=-1, keepdims=True))
    shares: Floats = (raised / raised.sum(axis=-1, keepdims=True)).astype(np.float32)
    return shares


def _context(context: str | None, topics: Sequence[str]) -> Floats:
    """Which general context, or that a question is open, and what was talked of; nothing where none is known."""
    columns = [*GENERAL, ASKED, *topics]
    row = np.zeros(len(columns), np.float32)
    for kind in kinds_of(context) if context is not None else ():
        if kind in columns:
            row[columns.index(kind)] = _CONTEXT_REACH
    return row
