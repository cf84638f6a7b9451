"""Words that tell what a customer's sentence is about: ``data/words/form.yml``, one list a topic, all languages together."""

import functools
import re
from typing import Any

from bot.common.words import alternatives, word_lists

#: No word of a topic has so many letters.
LONGEST = 80
#: «no new drawing»: so many words may stand between two that belong together.
GAP = 3
#: A word that ends in a letter does not go on, also behind a hyphen.
_END = r"(?:(?<!\w)|(?![\w-]*\w))"


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
    words = [word for topic in topics for word in word_list(topic)]
    either = alternatives(words, ending=r"[\w-]*", end=_END, written=_written)
    return rf"(?<![\w@])(?:{either})"


def _written(word: str) -> str:
    return re.escape(word).replace("'", "['’]?")


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


def _tables() -> dict[str, Any]:
    return word_lists("form")
