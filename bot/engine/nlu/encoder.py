"""Sentence vectors of ``data/encoder``: a unigram tokeniser and an ONNX model, one sentence at a time on one thread."""

import functools
import hashlib
import json
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from bot.common.settings import ROOT

FOLDER = ROOT / "data" / "encoder"
#: Vectors of training sentences, so that only new sentences cost time.
CACHE = ROOT / "var" / "encoder"
SIZE = 384
_MOST_PIECES, _LONGEST_PIECE = 93, 16
#: Letters that can become pieces at all; what follows is cut away with the pieces.
_MOST_LETTERS = 600
Vector = NDArray[np.float32]


class Encoder:
    """Turns a sentence into a vector of ``SIZE`` floats and length 1."""

    def __init__(self, folder: Path = FOLDER) -> None:
        vocabulary = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        self._bos, self._eos, self._unknown = vocabulary["bos"], vocabulary["eos"], vocabulary["unk"]
        self._unknown_score: float = vocabulary["unk_score"]
        self._normalise = str.maketrans(vocabulary["normalise"])
        self._prefix: str = vocabulary["prefix"]
        pieces = enumerate(vocabulary["pieces"])
        self._pieces = {piece: (score, at) for at, (piece, score) in pieces if piece and at != self._unknown}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        model = folder / "encoder.int8.onnx"
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def pieces(self, text: str) -> list[int]:
        """Ids of the likeliest cut into word pieces (Viterbi over their scores), at most 95."""
        written = (self._prefix + text[:_MOST_LETTERS]).translate(self._normalise)
        joined = "▁" + "▁".join(written.split())
        best = [0.0] + [-1e30] * len(joined)
        back: list[tuple[int, int]] = [(0, 0)] * (len(joined) + 1)
        for start in range(len(joined)):
            here = best[start]
            for end in range(start + 1, min(len(joined), start + _LONGEST_PIECE) + 1):
                known = self._pieces.get(joined[start:end])
                if known and here + known[0] > best[end]:
                    best[end], back[end] = here + known[0], (known[1], start)
            if here + self._unknown_score > best[start + 1]:
                best[start + 1], back[start + 1] = here + self._unknown_score, (self._unknown, start)
        ids, at = [], len(joined)
        while at:
            piece, at = back[at]
            ids.append(piece)
        return [self._bos, *ids[::-1][:_MOST_PIECES], self._eos]

    def embed(self, text: str) -> Vector:
        """The vector of one sentence."""
        vector: Vector = self._session.run(None, {"ids": np.array(self.pieces(text), np.int64)})[0]
        return vector / np.linalg.norm(vector)

    def embed_all(self, texts: Sequence[str], cache: Path = CACHE) -> Vector:
        """The vectors of training sentences, one a row; those embedded before come from ``cache``."""
        path = cache / f"{_digest()}.npz"
        known: dict[str, Vector] = {}
        if path.exists():
            stored = np.load(path)
            known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
        keys = [hashlib.sha256(text.encode()).hexdigest()[:20] for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            vectors = cores.map(self.embed, new.values())
            known |= {key: vector.astype(np.float16) for key, vector in zip(new, vectors, strict=True)}
        if new:
            cache.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial.npz")
            np.savez(partial, keys=np.array(list(known)), vectors=np.array(list(known.values())))
            partial.replace(path)
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(texts), SIZE)


@functools.lru_cache(maxsize=1)
def encoder() -> Encoder:
    """The encoder of this process, loaded at first use."""
    return Encoder()


def _digest() -> str:
    """What the cached vectors depend on: another encoder means other vectors."""
    digest = hashlib.sha256()
    for name in ("encoder.int8.onnx", "vocabulary.json"):
        digest.update((FOLDER / name).read_bytes())
    return digest.hexdigest()[:16]
