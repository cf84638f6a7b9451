"""Words that tell what a customer's sentence is about: ``data/words/form.yml``, one list a topic, all languages together."""

import functools
import re
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

WORDS = ROOT / "data" / "words" / "form.yml"
#: No word of a topic has so many letters.
LONGEST = 80
#: «no new drawing»: so many words may stand between two that belong together.
GAP = 3


def find(text: str, *topics: str) -> re.Match[str] | None:
    """The first word of any of the topics in a text."""
    return pattern(*topics).search(text)


def opens(text: str, *topics: str) -> re.Match[str] | None:
    """A word of the topics at the beginning of a text."""
    return pattern(*topics).match(text)


def closes(text: str, *topics: str) -> bool:
    """Whether a text ends in a word of the topics."""
    start = max(0, len(text.rstrip()) - LONGEST)
    return any(not text[each.end() :].strip() for each in pattern(*topics).finditer(text, start))


def near(text: str, first: str, then: str, gap: int = GAP) -> re.Match[str] | None:
    """A word of one topic with a word of another after it, at most ``gap`` words apart."""
    return _near(first, then, gap).search(text)


def without_lead(text: str, topic: str) -> str:
    """A text freed of the words of a topic at its beginning, however many they are."""
    text = text.strip()
    while found := pattern(topic).match(text):
        text = text[found.end() :].lstrip(" \t\n,.:;!–-")
    return text


@functools.cache
def pattern(*topics: str) -> re.Pattern[str]:
    """Any word of the topics as a whole word. Raises KeyError for a topic that is not in the file."""
    return re.compile(_alternatives(*topics), re.I)


@functools.cache
def _near(first: str, then: str, gap: int) -> re.Pattern[str]:
    return re.compile(rf"{_alternatives(first)}(?:[\s,]+[\w-]+){{0,{gap}}}?[\s,]+{_alternatives(then)}", re.I)


@functools.cache
def _alternatives(*topics: str) -> str:
    words = sorted({word for topic in topics for word in word_list(topic)}, key=len, reverse=True)
    return rf"(?<![\w@])(?:{'|'.join(map(_written, words))})"


def _written(word: str) -> str:
    stem, any_ending = (word[:-1], True) if word.endswith("*") else (word, False)
    spelt = re.escape(stem).replace(r"\ ", r"\s+").replace("'", "['’]?")
    if any_ending:
        return spelt + r"[\w-]*"
    return spelt + (r"(?![\w-]*\w)" if stem[-1].isalnum() else "")


def has_topic(topic: str) -> bool:
    """Whether the file has words for a topic."""
    return topic in _tables()


@functools.cache
def word_list(topic: str) -> tuple[str, ...]:
    """The words of a topic."""
    return tuple(str(word) for word in _tables()[topic])


@functools.cache
def word_set(topic: str) -> frozenset[str]:
    """The words of a topic in small letters, for single words."""
    return frozenset(word.casefold() for word in word_list(topic))


@functools.cache
def numbers() -> dict[str, int]:
    """Small numbers by their words."""
    return {str(word): int(value) for word, value in _tables()["numbers"].items()}


@functools.cache
def line_places() -> dict[str, int]:
    """Places in a list by their words; from the end when negative."""
    return {str(word): int(place) for word, place in _tables()["line_places"].items()}


@functools.cache
def lot_ordinals() -> dict[str, int]:
    """The place of a delivery by its word; the last is -1."""
    return {str(word): int(place) for word, place in _tables()["lot_ordinals"].items()}


@functools.lru_cache(maxsize=1)
def _tables() -> dict[str, Any]:
    tables: dict[str, Any] = read_yaml(WORDS)
    return tables
