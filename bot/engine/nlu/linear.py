"""A linear classifier over bags of features, on plain arrays.

Training is scikit-learn's; what is stored and run is a vocabulary and a matrix, because the stock classifier of Rasa
loses seconds in its loader and most of its time in stacking sparse matrices.
"""

import json
import os
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

#: Weight of each kind of feature (its first letter), found by trying on held-out sentences: character pieces and words,
#: pairs of words, concepts, pairs of concepts and openings, kinds of values and length, the context, its crosses with words.
WEIGHTS = {"c": 1.0, "w": 1.0, "bs": 0.7, "k": 0.8, "po": 0.5, "en": 0.4, "x": 0.5, "y": 0.5}
_LEAST = 1e-12
_SCALES = np.array(list(WEIGHTS.values()), np.float32)
_KIND_OF = {letter: kind for kind, letters in enumerate(WEIGHTS) for letter in letters}


class LinearText:
    """Weights, vocabulary and labels of one classifier."""

    def __init__(self, vocabulary: dict[str, int], idf: NDArray[np.float32], weights: NDArray[np.float32],
                 bias: NDArray[np.float32], labels: list[str]) -> None:  # fmt: skip
        self.vocabulary, self.idf, self.weights, self.bias, self.labels = vocabulary, idf, weights, bias, labels

    @classmethod
    def fit(
        cls, samples: Sequence[Sequence[str]], labels: Sequence[str], strength: float, rare: int = 2,
        shares: Sequence[float] | None = None,
    ) -> "LinearText":  # fmt: skip
        """Learn from bags of features.

        ``strength`` is the inverse regularisation; features seen less than ``rare`` times are dropped; ``shares`` weigh
        the samples (a message with two labels is two samples).
        """
        seen = Counter(feature for sample in samples for feature in set(sample))
        vocabulary = {feature: index for index, feature in enumerate(sorted(f for f, n in seen.items() if n >= rare))}
        counts = np.array([seen[feature] for feature in vocabulary], dtype=np.float32)
        idf = (np.log((1 + len(samples)) / (1 + counts)) + 1).astype(np.float32)
        rows = [_vector(sample, vocabulary, idf) for sample in samples]
        data = np.concatenate([values for _, values in rows])
        indices = np.concatenate([index for index, _ in rows])
        pointers = np.cumsum([0] + [len(index) for index, _ in rows])
        matrix = csr_matrix((data, indices, pointers), shape=(len(samples), len(vocabulary)))
        names = sorted(set(labels))
        wanted, weights = np.array(labels), np.array([1.0] * len(labels) if shares is None else shares)

        def against_the_rest(name: str) -> LogisticRegression:
            # In the dual: half the time of the multinomial solver and no worse on unseen sentences.
            mine = wanted == name
            # Of two labels the rest is the other one, and weighs as such.
            rest = 1.0 if len(names) > 2 else len(labels) / (2 * (~mine).sum())
            balance = {True: len(labels) / (len(names) * mine.sum()), False: rest}
            model = LogisticRegression(
                C=strength, solver="liblinear", dual=True, tol=0.1, class_weight=balance, random_state=0
            )
            return model.fit(matrix, mine, sample_weight=weights)

        # The solver leaves Python alone while it works, so each core takes a label.
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            models = list(cores.map(against_the_rest, names))
        coefficients = np.vstack([model.coef_ for model in models])
        bias = np.concatenate([model.intercept_ for model in models])
        return cls(vocabulary, idf, np.ascontiguousarray(coefficients.T, np.float32), bias.astype(np.float32), names)

    def probabilities(self, sample: Sequence[str]) -> NDArray[np.float32]:
        """One probability a label, in the order of ``labels``."""
        index, values = _vector(sample, self.vocabulary, self.idf)
        scores = values @ self.weights[index] + self.bias
        shares = 1 / (1 + np.exp(-scores))
        result: NDArray[np.float32] = shares / shares.sum()
        return result

    def knows_a_word(self, sample: Sequence[str]) -> bool:
        """Whether a sample holds any whole word or concept that was learnt; pieces of letters prove nothing."""
        return any(
            feature in self.vocabulary for feature in sample if feature[:2] in ("w:", "k:") and feature[2].isalpha()
        )

    def save(self, folder: Path, name: str) -> None:
        """Write ``<name>.npz`` and ``<name>.json``."""
        np.savez(folder / f"{name}.npz", idf=self.idf, weights=self.weights.astype(np.float16), bias=self.bias)
        content = {"vocabulary": list(self.vocabulary), "labels": self.labels}
        (folder / f"{name}.json").write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path, name: str) -> "LinearText":
        """Read what ``save`` wrote."""
        arrays = np.load(folder / f"{name}.npz")
        content = json.loads((folder / f"{name}.json").read_text(encoding="utf-8"))
        vocabulary = {feature: index for index, feature in enumerate(content["vocabulary"])}
        return cls(vocabulary, arrays["idf"], arrays["weights"].astype(np.float32), arrays["bias"], content["labels"])


def _vector(
    sample: Sequence[str], vocabulary: dict[str, int], idf: NDArray[np.float32]
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Sublinear tf-idf of the known features, each kind scaled to its weight so that long words do not drown short ones."""
    counts = Counter(feature for feature in sample if feature in vocabulary)
    index = np.fromiter((vocabulary[feature] for feature in counts), np.int32, len(counts))
    values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * idf[index]
    kinds = np.fromiter((_KIND_OF[feature[0]] for feature in counts), np.int32, len(counts))
    norms = np.sqrt(np.bincount(kinds, values**2, len(_SCALES)))
    # A kind of which there is nothing has no norm; none of its values is scaled.
    return index, (values * (_SCALES / np.maximum(norms, _LEAST))[kinds]).astype(np.float32)
