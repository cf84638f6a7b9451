"""Words of one topic by what they mean: ``data/words/<topic>.yml``. All languages stand together."""

import functools
import re
from collections.abc import Iterable

from bot.common.words import END, alternatives, word_lists


class Words:
    """The word lists of one file. A word ending in * is the beginning of one; a blank is any space."""

    def __init__(self, topic: str) -> None:
        self._alternatives = {meaning: alternatives(words, end=END) for meaning, words in word_lists(topic).items()}
        self._patterns = {
            meaning: re.compile(rf"(?<!\w)(?:{pattern})", re.I) for meaning, pattern in self._alternatives.items()
        }

    def says(self, text: str, *meanings: str) -> bool:
        """Whether a word of any of these meanings stands in the text. Raises KeyError for a meaning the file has not."""
        return any(self._patterns[meaning].search(text) for meaning in meanings)

    def near(self, text: str, first: str, then: str, gap: int) -> bool:
        """Whether a word of one meaning stands before one of another in a sentence, with so many words at most between."""
        between = rf"(?:[ \t]+[\w'’-]+){{0,{gap}}}?[ \t]+"
        found = rf"(?<!\w)(?:{self._alternatives[first]}){between}(?:{self._alternatives[then]})"
        return re.search(found, text, re.I) is not None

    def where(self, text: str, meaning: str) -> tuple[int, int] | None:
        """Where the first word of a meaning stands in the text."""
        found = self._patterns[meaning].search(text)
        return found.span() if found else None

    def pattern(self, meaning: str) -> str:
        """The words of a meaning, to be part of another pattern."""
        return self._alternatives[meaning]

    def ends(self, text: str, meaning: str) -> bool:
        """Whether a text ends in a word of this meaning."""
        return re.search(rf"(?<!\w)(?:{self._alternatives[meaning]})\s*$", text, re.I) is not None

    def ends_near(self, text: str, meaning: str, gap: int) -> bool:
        """Whether a text ends in a word of this meaning and so many words at most behind it."""
        # A figure in between counts something else, unless it is a grade: «bolted to 316 stainless».
        behind = rf"(?:[ \t]+(?:[^\W\d][\w'’-]*|\d{{3}}L?)){{0,{gap}}}?\s*$"
        return re.search(rf"(?<!\w)(?:{self._alternatives[meaning]}){behind}", text, re.I) is not None

    def begins_near(self, text: str, meaning: str, gap: int) -> bool:
        """Whether a text begins with so many words at most and a word of this meaning."""
        before = rf"\s*(?:[\w'’-]+[ \t]+){{0,{gap}}}?"
        return re.match(rf"{before}(?:{self._alternatives[meaning]})", text, re.I) is not None

    def without(self, text: str, meaning: str) -> str:
        """The text with the words of a meaning blanked out; nothing in it moves."""
        return self._patterns[meaning].sub(lambda found: " " * len(found[0]), text)


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """A text with blanks where these spans are; nothing in it moves."""
    signs = list(text)
    for start, end in spans:
        for at in range(max(start, 0), min(end, len(signs))):
            signs[at] = " "
    return "".join(signs)


@functools.cache
def words(topic: str) -> Words:
    """The words of one topic, read once."""
    return Words(topic)
