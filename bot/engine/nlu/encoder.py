"""What ``data/encoder`` reads in a message: a vector of the whole, and for each piece of it the value it tells.

A unigram tokeniser and an ONNX model, one message at a time on one thread. What the message answers to (its context) is
put in front of it in words, so that «20» after «how many?» is read otherwise than after «what does it weigh?».
"""

import functools
import hashlib
import json
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from bot.common.settings import ROOT
from bot.engine.nlu.context import OPENING

FOLDER = ROOT / "data" / "encoder"
#: Vectors of training sentences, so that only new sentences cost time.
CACHE = ROOT / "var" / "encoder"
SIZE = 384
_MOST_PIECES, _LONGEST_PIECE = 93, 16
#: Letters that can become pieces at all; what follows is cut away with the pieces.
_MOST_LETTERS = 600
#: A clause that goes on for so many letters behind the last piece was not read.
CUT_SHORT = 8
#: How the context of an opening message is called in front of it; the others by their codes.
_OPENING = "start"
Vector = NDArray[np.float32]
#: A text, what it answers to, and the part of it that is wanted (start, end; None for all of it).
Wanted = tuple[str, str | None, tuple[int, int] | None]


@dataclass(frozen=True, slots=True)
class Pieces:
    """A message cut into word pieces: their ids, and where each stands in the text (start, end; (0, 0) outside of it)."""

    ids: list[int]
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Seen:
    """What the encoder saw in a message, and in its pieces.

    ``vector`` is ``SIZE`` floats of length 1, ``tags`` a probability for each piece and each of ``Encoder.tags``,
    ``inside`` ``SIZE`` floats for each piece, as the pieces around it make it.
    """

    vector: Vector
    pieces: Pieces
    tags: Vector
    inside: Vector

    def part(self, start: int, end: int) -> Vector | None:
        """The vector of a stretch of the text, read in its message; None where the encoder did not read so far."""
        rows = [at for at, (first, last) in enumerate(self.pieces.spans) if start < last and first < end]
        if not rows or self.pieces.spans[rows[-1]][1] < end - CUT_SHORT:
            return None
        vector: Vector = self.inside[rows].mean(axis=0)
        return vector / np.linalg.norm(vector)


class Encoder:
    """Reads one message in its context."""

    def __init__(self, folder: Path = FOLDER) -> None:
        vocabulary = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        self._bos, self._eos, self._unknown = vocabulary["bos"], vocabulary["eos"], vocabulary["unk"]
        self._unknown_score: float = vocabulary["unk_score"]
        self._normalise = str.maketrans(vocabulary["normalise"])
        self._prefix: str = vocabulary["prefix"]
        #: The values a piece may be part of; the first stands for none.
        self.tags: list[str] = vocabulary["tags"]
        pieces = enumerate(vocabulary["pieces"])
        self._pieces = {piece: (score, at) for at, (piece, score) in pieces if piece and at != self._unknown}
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = False
        model = folder / "encoder.int8.onnx"
        self._session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])

    def pieces(self, text: str, context: str | None = None) -> Pieces:
        """The likeliest cut into word pieces (Viterbi over their scores), at most 95 of them."""
        letters = list(self._letters(text[:_MOST_LETTERS], context))
        joined = "".join(letter for letter, _ in letters)
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
        cut, at = [], len(joined)
        while at:
            piece, start = back[at]
            places = [place for _, place in letters[start:at] if place is not None]
            cut.append((piece, (places[0], places[-1] + 1) if places else (0, 0)))
            at = start
        kept = cut[::-1][:_MOST_PIECES]
        return Pieces(
            [self._bos, *(piece for piece, _ in kept), self._eos], [(0, 0), *(span for _, span in kept), (0, 0)]
        )

    def _letters(self, text: str, context: str | None) -> Iterator[tuple[str, int | None]]:
        """The normalised letters, words parted by «▁», each with its place in the text (None in front of it)."""
        lead = self._prefix + (f"{spoken(context)}: " if context else "")
        apart = True
        for place, char in enumerate(lead + text):
            for letter in self._normalise.get(ord(char), char) or "":
                if letter.isspace():
                    apart = True
                    continue
                if apart:
                    yield "▁", None
                    apart = False
                yield letter, place - len(lead) if place >= len(lead) else None

    def see(self, text: str, context: str | None = None) -> Seen:
        """Read a message that answers to ``context`` (``context.py``; None where nobody knows)."""
        pieces = self.pieces(text, context)
        vector, inside, tags = self._session.run(["emb", "pieces", "tags"], {"ids": np.array(pieces.ids, np.int64)})
        raised = np.exp(tags - tags.max(axis=1, keepdims=True))
        return Seen(vector / np.linalg.norm(vector), pieces, raised / raised.sum(axis=1, keepdims=True), inside)

    def embed(self, text: str, context: str | None = None, part: tuple[int, int] | None = None) -> Vector:
        """The vector of a message that answers to ``context``, or of a ``part`` of it (start, end) read in its message."""
        pieces = self.pieces(text, context)
        vector, inside = self._session.run(["emb", "pieces"], {"ids": np.array(pieces.ids, np.int64)})
        whole: Vector = vector / np.linalg.norm(vector)
        if part is None:
            return whole
        seen = Seen(whole, pieces, whole, inside).part(*part)
        return self.embed(text[slice(*part)], context) if seen is None else seen

    def embed_all(self, texts: Sequence[Wanted], cache: Path = CACHE) -> Vector:
        """The vectors of training sentences, one a row; those embedded before come from ``cache``."""
        path = cache / f"{_digest()}.npz"
        known: dict[str, Vector] = {}
        if path.exists():
            stored = np.load(path)
            known = dict(zip(stored["keys"].tolist(), stored["vectors"], strict=True))
        keys = [hashlib.sha256(f"{context}|{part}|{text}".encode()).hexdigest()[:20] for text, context, part in texts]
        new = {key: each for key, each in zip(keys, texts, strict=True) if key not in known}
        with ThreadPoolExecutor(os.cpu_count()) as cores:
            vectors = cores.map(lambda each: self.embed(*each), new.values())
            known |= {key: vector.astype(np.float16) for key, vector in zip(new, vectors, strict=True)}
        if new:
            cache.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial.npz")
            np.savez(partial, keys=np.array(list(known)), vectors=np.array(list(known.values())))
            partial.replace(path)
        return np.array([known[key] for key in keys], dtype=np.float32).reshape(len(texts), SIZE)


def spoken(context: str) -> str:
    """A context in words, as the encoder has learnt it: ``answer lead time``."""
    code, _, topic = context.partition(":")
    return f"{_OPENING if code == OPENING else code} {topic}".replace("_", " ").strip()


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
