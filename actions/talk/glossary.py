"""What a word of ours means, for somebody who asks: «what is a pattern?»"""

import functools
import re

from actions.turns.words import words
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.common.words import topic

_ASKS = "asks_"
_QUOTED = r"[«»\"“”„'’]"


def word_asked(text: str) -> str | None:
    """The word whose meaning is asked for, by its name in ``data/words/glossary.yml``; None when something else is asked.

    «What is a pattern?» and «I don't know what "pattern" means here» ask for it, «what is the pattern made of?» does not.
    """
    known = words("glossary")
    unknown = known.says(text, "asks_unknown") or known.says(text, "asks_before")
    before, small, after = (known.pattern(f"{_ASKS}{each}") for each in ("before", "small", "after"))
    for name in explained():
        word = known.pattern(name)
        if unknown and re.search(rf"{_QUOTED}(?:{word}){_QUOTED}", text, re.I):
            return name
        ends = rf"(?:\s+(?:{after}))*\s*(?:[?.!,)]|$|{topic('grammar.and')}\s)"
        if re.search(rf"(?<!\w)(?:{before})\s+(?:(?:{small})\s+)*(?:{word}){ends}", text, re.I):
            return name
        meant = rf"{topic('glossary.asks_what')}\s+(?:(?:{small})\s+)*(?:{word})\s+(?:{after}){ends}"
        if known.says(text, "asks_unknown") and re.search(rf"(?<!\w){meant}", text, re.I):
            return name
    return None


@functools.lru_cache(maxsize=1)
def explained() -> tuple[str, ...]:
    """The names of the words that are explained."""
    content = read_yaml(ROOT / "data" / "words" / "glossary.yml")
    return tuple(name for name in content if not name.startswith(_ASKS))
