"""Words of a language as data: ``data/words/<subject>.yml``, one list a topic, all languages together.

A word ending in * is the beginning of one, and a blank is any space. A pattern is grammar around topics:
``rf"{topic('amounts.per')} {topic('amounts.piece')}"``.
"""

import functools
import re
from collections.abc import Callable, Iterable
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

WORDS = ROOT / "data" / "words"
#: What may follow a word: nothing that goes on with it.
END = r"(?!\w)"
_SPELLINGS = {
    "å": "(?:å|aa|a)", "ø": "(?:ø|ö|oe|o)", "æ": "(?:æ|ä|ae)", "ä": "(?:ä|æ|ae|a)", "ö": "(?:ö|ø|oe|o)", "ü": "(?:ü|ue|u)",
    "é": "[ée]", "ß": "(?:ß|ss)", "'": "'?",
}  # fmt: skip
#: The bare vowel would make these another word: for (nb "for" is not "før").
_EXACT = {
    "fortsätt": "forts[äæ]tt",
    "fortsæt": "forts[äæ]t",
    "før": "(?:før|før|foer|förr)",
    "på": "(?:på|paa|pa)",
    "år": "(?:år|aar)",
}


@functools.cache
def word_lists(subject: str) -> dict[str, Any]:
    """The lists of a subject by their topics."""
    content: dict[str, Any] = read_yaml(WORDS / f"{subject}.yml")
    return content


@functools.cache
def topic(name: str) -> str:
    """Any word of a topic («amounts.about») as a group of a pattern. Raises KeyError for a topic that no file has."""
    return f"(?:{alternatives(_listed(name), blank=' +')})"


@functools.cache
def whole(name: str) -> str:
    """As ``topic``, but none of its words goes on, unless it is the beginning of one."""
    return f"(?:{alternatives(_listed(name), blank=' +', end=END)})"


@functools.cache
def spelt(name: str) -> str:
    """As ``topic``, in every spelling of æ, ø, å, ä, ö, ü."""
    return f"(?:{either(_listed(name))})"


def either(words: Iterable[str]) -> str:
    """A pattern (without group) for any of the words, longest first, in every spelling of æ, ø, å, ä, ö, ü."""
    return alternatives(words, blank=" +", written=_spelt)


def _spelt(word: str) -> str:
    return _EXACT.get(word) or "".join(_SPELLINGS.get(char) or re.escape(char) for char in word)


@functools.cache
def word_set(name: str) -> frozenset[str]:
    """The words of a topic, to look single words up in."""
    return frozenset(map(str, _listed(name)))


def _listed(name: str) -> list[str]:
    subject, _, listed = name.partition(".")
    words: list[str] = word_lists(subject)[listed]
    return words


def alternatives(
    words: Iterable[str],
    *,
    blank: str = r"\s+",
    ending: str = r"\w*",
    end: str = "",
    written: Callable[[str], str] = re.escape,
) -> str:
    """Words as one pattern without group, the longest first.

    ``blank`` stands between two words, ``ending`` where a beginning may go on, ``end`` behind any other;
    ``written`` makes a pattern of a single word.
    """

    def pattern(word: str) -> str:
        stem = word.rstrip("*")
        joined = blank.join(map(written, stem.split()))
        return joined + (ending if stem != word else end)

    return "|".join(map(pattern, sorted({str(word) for word in words if word}, key=lambda word: (-len(word), word))))
