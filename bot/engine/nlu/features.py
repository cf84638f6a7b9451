"""What the classifier sees of a message: folded words and character pieces, with recognised values masked.

``40 stk RG5 i uke 12`` becomes ``<quantity> <alloy> i <week>``: a sentence learnt with one order number holds for all.
"""

import functools
import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.engine.nlu.context import kinds_of

#: Entities whose words carry the meaning themselves: they are marked, not masked.
SPOKEN = {"property", "application", "temper", "foreign_material", "dont_know", "resume", "asap", "language"}
#: Messages of so many words and fewer mean what the question before them makes of them.
SHORT = 5
_FOLD = str.maketrans({"ø": "o", "ö": "o", "å": "a", "æ": "ae", "ä": "ae", "ß": "ss", "é": "e", "ü": "u"})
_DIGRAPHS = (("aa", "a"), ("oe", "o"))
_TOKEN = re.compile(r"<\w+>|[a-z]+|\d+|[?!]")


def fold(text: str) -> str:
    """Lower case without diacritics, æøå and their ASCII writings alike."""
    text = unicodedata.normalize("NFC", text).lower().translate(_FOLD)
    for written, folded in _DIGRAPHS:
        text = text.replace(written, folded)
    return text


def masked(text: str, entities: Sequence[dict[str, Any]]) -> str:
    """The folded text with entity spans replaced by ``<entity>``."""
    pieces, at = [], 0
    for entity in sorted(entities, key=lambda found: int(found["start"])):
        if entity["entity"] in SPOKEN or entity["start"] < at:
            continue
        pieces += [fold(text[at : entity["start"]]), f" <{entity['entity']}> "]
        at = entity["end"]
    return "".join([*pieces, fold(text[at:])])


def _pieces(word: str) -> Iterator[str]:
    padded = f"_{word}_"
    for size in (3, 4, 5):
        for at in range(len(padded) - size + 1):
            yield f"c:{padded[at : at + size]}"


class Concepts:
    """The words of data/nlu/concepts.yaml: whole words and beginnings, each with the concepts it stands for."""

    def __init__(self) -> None:
        self.words: dict[str, set[str]] = {}
        self.beginnings: dict[str, set[str]] = {}
        content = read_yaml(ROOT / "data" / "nlu" / "concepts.yaml")
        for concept, entries in content.items():
            for entry in map(str, entries):
                table = self.beginnings if entry.endswith("*") else self.words
                table.setdefault(fold(entry.rstrip("*")), set()).add(str(concept))

    @functools.lru_cache(maxsize=20_000)  # noqa: B019 - one instance for the life of the process
    def of(self, word: str) -> tuple[str, ...]:
        """Concepts of a folded word, in a stable order."""
        found = set(self.words.get(word, ()))
        for size in range(2, len(word) + 1):
            found |= self.beginnings.get(word[:size], set())
        return tuple(sorted(found))


@functools.lru_cache(maxsize=1)
def concepts() -> Concepts:
    """The concepts of this process, loaded once."""
    return Concepts()


def _concept_features(tokens: list[str]) -> list[str]:
    """Concepts, pairs of concepts within a message, and what the message opens with."""
    lists = [concepts().of(token) if token[0].isalpha() else (token,) for token in tokens]
    flat = [concept for found in lists for concept in found]
    features = [f"k:{concept}" for concept in flat]
    unique = sorted(set(flat))
    features += [f"p:{a}+{b}" for i, a in enumerate(unique) for b in unique[i + 1 :]] if len(unique) <= 14 else []
    first = next((found for found in lists if found and "hello" not in found), ())
    return features + [f"o:{concept}" for concept in first]


def intent_features(text: str, entities: Sequence[dict[str, Any]], context: str | None = None) -> list[str]:
    """Words, pairs and near pairs of words, character pieces, which kinds of value were found, and the context.

    ``context`` is a code of ``context_of``; None where it is not known.
    """
    tokens = _TOKEN.findall(masked(text, entities))
    features = [f"w:{token}" for token in tokens]
    features += [f"b:{a} {b}" for a, b in zip(["^", *tokens], [*tokens, "$"], strict=True)]
    features += [f"s:{a} {b}" for a, b in zip(tokens, tokens[2:], strict=False)]
    for token in tokens:
        if token[0].isalpha():
            features += _pieces(token)
    features += _concept_features(tokens)
    kinds = [entity["entity"] for entity in entities]
    features += [f"e:{kind}" for kind in set(kinds)]
    alloys = sum(kind in ("alloy", "alloy_group") for kind in kinds)
    features += [f"n:alloys{min(alloys, 2)}", f"n:length{min(len(tokens) // 4, 4)}"]
    return features + (_context_features(context, tokens) if context is not None else [])


def _context_features(context: str, tokens: list[str]) -> list[str]:
    """What the context says, and, in a message too short to speak for itself, each word in that context."""
    kinds = kinds_of(context)
    crosses = [f"y:{each} {token}" for each in kinds for token in tokens] if len(tokens) <= SHORT else []
    return [f"x:{each}" for each in kinds] + crosses


def without_context(features: Sequence[str]) -> list[str]:
    """The same features as if the context were not known."""
    return [feature for feature in features if not feature.startswith(("x:", "y:"))]


def language_features(text: str, entities: Sequence[dict[str, Any]]) -> list[str]:
    """Words and character pieces as written (æøå tell languages apart), without codes and figures."""
    spans = [(e["start"], e["end"]) for e in entities if e["entity"] not in SPOKEN]
    kept = "".join(" " if any(a <= i < b for a, b in spans) else char for i, char in enumerate(text)).lower()
    words = re.findall(r"[^\W\d_]+", kept)
    features = [f"w:{word}" for word in words]
    for word in words:
        features += [f"c:{f'_{word}_'[at : at + size]}" for size in (2, 3, 4) for at in range(len(word) + 3 - size)]
    return features


def spoken_words(text: str, entities: Sequence[dict[str, Any]]) -> int:
    """How many words of language a message holds: codes, figures and names of alloys do not count."""
    return sum(feature.startswith("w:") for feature in language_features(text, entities))
