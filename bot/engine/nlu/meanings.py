"""What the words before a date or a week say about it: by, before, from, after, on."""

import re
from typing import Literal, cast

from bot.common.words import either, spelt
from bot.engine.nlu.reading import word_tables

Meaning = Literal["by", "before", "from", "after", "on"]
_GROUPS = "|".join(f"(?P<{name}>{either(words)})" for name, words in word_tables()["meanings"].items())
_FILLER = spelt("dates.filler")
_BEFORE = re.compile(rf"(?<!\w)(?:{_GROUPS})[ :]{{1,2}}(?:(?:{_FILLER}) ){{0,2}}$")
_WINDOW = 40


def meaning_before(text: str, start: int) -> Meaning | None:
    """The meaning of the word that leads to a date at ``start``; None when there is none."""
    match = _BEFORE.search(text, max(0, start - _WINDOW), start)
    return cast(Meaning, match.lastgroup) if match else None
