"""A message as the extractors read it: folded without moving a character, with what is already understood covered up."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

WORDS = ROOT / "data" / "catalogue" / "measure_words.yml"
#: Found and understood, but of no use to an action (a clock time, a standard): covered up and not reported.
SILENT = ""
_COVER = "\x00"
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
_SAME_LENGTH = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u2009\u202f\u2002\u2003\u200a\u3000\t\r\v\f", " "),
        **dict.fromkeys("–—−‑‐‒", "-"),
        **dict.fromkeys("×✕", "x"),
        **dict.fromkeys("’‘´`′", "'"),
        **dict.fromkeys("“”„«»″", '"'),
        "⁄": "/", "Φ": "φ", "ϕ": "φ", "⌀": "ø", "µ": "u", "μ": "u",
    }
)  # fmt: skip
_KEY = str.maketrans(
    {"å": "a", "ä": "a", "æ": "a", "ø": "o", "ö": "o", "ü": "u", "é": "e", "è": "e", "ß": "ss", "à": "a", "á": "a"}
)


@dataclass(frozen=True, slots=True)
class Found:
    """One understood piece of a message. Offsets are those of the text given to ``Reading``."""

    entity: str
    value: Any
    start: int
    end: int
    extras: dict[str, Any] = field(default_factory=dict)


class Reading:
    """``text`` is the whole message, ``open`` the same with every understood span covered by characters that match nothing."""

    def __init__(self, text: str, today: dt.date, language: str | None) -> None:
        self.text = fold(text)
        self.open = self.text
        self.today = today
        self.language = (language or "")[:2].lower()
        self.american = (language or "").lower().replace("_", "-") == "en-us"
        self.found: list[Found] = []

    def cover(self, spans: Iterable[tuple[int, int]]) -> None:
        """Hide spans from the extractors that come later."""
        pieces, at = [], 0
        for start, end in sorted(spans):
            start, end = max(start, at), min(end, len(self.open))
            if end > start:
                pieces += [self.open[at:start], _COVER * (end - start)]
                at = end
        self.open = "".join([*pieces, self.open[at:]])

    def take(self, candidates: Iterable[Found]) -> None:
        """Keep the longest of overlapping candidates and cover them."""
        kept = without_overlaps(candidates)
        if kept:
            self.found += kept
            self.cover((found.start, found.end) for found in kept)


def without_overlaps(candidates: Iterable[Found]) -> list[Found]:
    """The candidates in reading order; of overlapping ones the longest, of equally long ones the first given."""
    kept: list[Found] = []
    by_start = sorted(
        (found for found in candidates if found.end > found.start), key=lambda found: (found.start, -found.end)
    )
    for found in by_start:
        if kept and found.start < kept[-1].end:
            if found.end - found.start > kept[-1].end - kept[-1].start:
                kept[-1] = found
            continue
        kept.append(found)
    return kept


#: «The inscription "LINE 1911"»: what ends a quotation behind a figure is no sign for inches.
_QUOTED = re.compile(r'(?<!\w)"(?=[^\s"])[^"\n]{0,80}[0-9]"')


def fold(text: str) -> str:
    """Lower case, plain spaces, dashes and digits; exactly as long as the text."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(char.lower() if len(char.lower()) == 1 else char for char in text)
    low = low.translate(_SAME_LENGTH)
    if '"' in low:
        low = _QUOTED.sub(lambda quoted: f"{quoted[0][:-1]} ", low)
    if low.isascii():
        return low
    return "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in low)


def composed(text: str) -> tuple[str, list[int] | None]:
    """The text in NFC and without signs that nobody sees (zero-width spaces, soft hyphens, marks of direction).

    With it, for each of its characters, the offset in the text as given (None when nothing changed).
    """
    if unicodedata.is_normalized("NFC", text) and not _UNSEEN.search(text):
        return text, None
    characters: list[str] = []
    offsets: list[int] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at == len(text) or not unicodedata.combining(text[at]):
            cluster = _UNSEEN.sub("", unicodedata.normalize("NFC", text[start:at]))
            characters.append(cluster)
            offsets += [start] * len(cluster)
            start = at
    return "".join(characters), [*offsets, len(text)]


def key(word: str) -> str:
    """A word as tables are keyed: no diacritics, and ae, oe, aa as the single letter."""
    return word.lower().translate(_KEY).replace("aa", "a").replace("ae", "a").replace("oe", "o").replace("ue", "u")


@lru_cache(maxsize=1)
def word_tables() -> dict[str, Any]:
    """The tables of ``measure_words.yml``."""
    tables: dict[str, Any] = read_yaml(WORDS)
    return tables
