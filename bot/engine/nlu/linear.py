"""A multinomial linear classifier over bags of features, on plain arrays.

Training is scikit-learn's; what is stored and run is a vocabulary and a matrix, because the stock classifier of Rasa
loses seconds in its loader and most of its time in stacking sparse matrices.
"""

import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression


class LinearText:
    """Weights, vocabulary and labels of one classifier."""

    def __init__(self, vocabulary: dict[str, int], idf: NDArray[np.float32], weights: NDArray[np.float32],
                 bias: NDArray[np.float32], labels: list[str]) -> None:  # fmt: skip
        self.vocabulary, self.idf, self.weights, self.bias, self.labels = vocabulary, idf, weights, bias, labels

    @classmethod
    def fit(
        cls, samples: Sequence[Sequence[str]], labels: Sequence[str], strength: float, rare: int = 2
    ) -> "LinearText":
        """Learn from bags of features. ``strength`` is the inverse regularisation; features seen less than ``rare`` times are dropped."""
        seen = Counter(feature for sample in samples for feature in set(sample))
        vocabulary = {feature: index for index, feature in enumerate(sorted(f for f, n in seen.items() if n >= rare))}
        counts = np.array([seen[feature] for feature in vocabulary], dtype=np.float32)
        idf = (np.log((1 + len(samples)) / (1 + counts)) + 1).astype(np.float32)
        rows = [_vector(sample, vocabulary, idf) for sample in samples]
        data = np.concatenate([values for _, values in rows])
        indices = np.concatenate([index for index, _ in rows])
        pointers = np.cumsum([0] + [len(index) for index, _ in rows])
        matrix = csr_matrix((data, indices, pointers), shape=(len(samples), len(vocabulary)))
        model = LogisticRegression(C=strength, max_iter=60, tol=1e-2, class_weight="balanced", solver="lbfgs")
        model.fit(matrix, np.array(labels))
        coefficients = model.coef_ if len(model.classes_) > 2 else np.vstack([-model.coef_, model.coef_])
        bias = model.intercept_ if len(model.classes_) > 2 else np.array([-model.intercept_[0], model.intercept_[0]])
        return cls(vocabulary, idf, np.ascontiguousarray(coefficients.T, np.float32), bias.astype(np.float32),
                   [str(label) for label in model.classes_])  # fmt: skip

    def probabilities(self, sample: Sequence[str]) -> NDArray[np.float32]:
        """One probability a label, in the order of ``labels``."""
        index, values = _vector(sample, self.vocabulary, self.idf)
        scores = values @ self.weights[index] + self.bias
        scores = np.exp(scores - scores.max())
        result: NDArray[np.float32] = scores / scores.sum()
        return result

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
    """Sublinear tf-idf of the known features, scaled to length one per kind so that long words do not drown short ones."""
    counts = Counter(feature for feature in sample if feature in vocabulary)
    index = np.fromiter((vocabulary[feature] for feature in counts), np.int32, len(counts))
    values = (1 + np.log(np.fromiter(counts.values(), np.float32, len(counts)))) * idf[index]
    pieces = np.fromiter((feature[0] == "c" for feature in counts), bool, len(counts))
    for kind in (pieces, ~pieces):
        norm = np.linalg.norm(values[kind])
        if norm:
            values[kind] /= norm
    return index, values.astype(np.float32)
