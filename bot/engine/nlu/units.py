"""The unit after a number: what kind of figure it makes and what one of it is in our units (kg, mm, bar, days)."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.common.words import topic
from bot.engine.nlu.reading import key, word_tables

_TOKEN = re.compile(r'[ -]{0,2}(?P<word>° ?[a-zæøå]{0,9}|℃|[a-zæøåäöüéß]+[23²³]?|["%‰€$£]|,-|\'\')')
_COMPOUND = re.compile(
    r" {0,2}(?P<word>n ?/ ?mm ?[2²]|kg ?/ ?dm ?[3³]|g ?/ ?cm ?[3³]|ms ?/ ?m|w ?/ ?\(?m ?[*·]? ?k\)?|kg ?/ ?m[3³]|m ?/ ?s|kg ?/ ?(?:t|h|time|år|uke|dag))(?!\w)"
)
_DAYS = re.compile(rf"[ -]{{1,2}}(?P<kind>{topic('numbers.day_kinds')})[ -]?(?:days?|dag(?:er|ar)?)(?!\w)")
_STRESS = re.compile(r"n ?/ ?mm")


@dataclass(frozen=True, slots=True)
class Unit:
    """``kind`` names the table it stands in, ``factor`` converts to the base unit, ``name`` is what is reported."""

    kind: str
    factor: float
    name: str
    end: int


@lru_cache(maxsize=1)
def _units() -> dict[str, tuple[str, float, str]]:
    tables: dict[str, Any] = word_tables()
    units: dict[str, tuple[str, float, str]] = {}
    for kind, name in (("clock", ""), ("other_units", ""), ("working_days", "days"), ("stress", "MPa"), ("percent", "%"), ("hardness", "HBW"),
                       ("celsius", "°C"), ("degrees", "°")):  # fmt: skip
        units |= {
            key(word): ("working_day" if kind == "working_days" else kind, 1.0, name or word) for word in tables[kind]
        }
    units |= {key(word): ("money", 1.0, currency) for currency, words in tables["currency"].items() for word in words}
    for kind, base in (("duration", "days"), ("bar", "bar"), ("length", "mm"), ("mass", "kg")):
        units |= {key(word): (kind, float(factor), base) for factor, words in tables[kind].items() for word in words}
    units |= {key(word): ("piece", 1.0, "pcs") for word in tables["pieces"]["units"]}
    return units | {
        ",-": ("money", 1.0, "NOK"),
        "''": ("length", 25.4, "mm"),
        "‰": ("percent", 0.1, "%"),
        "°c": ("celsius", 1.0, "°C"),
    }


def unit_after(text: str, end: int) -> Unit | None:
    """The unit that follows a number ending at ``end``, or None."""
    compound = _COMPOUND.match(text, end)
    if compound:
        name = (
            "MPa"
            if _STRESS.match(compound["word"])
            else compound["word"].replace(" ", "").replace("²", "2").replace("³", "3")
        )
        return Unit("stress" if name == "MPa" else "other_units", 1.0, name, compound.end())
    days = _DAYS.match(text, end)
    if days:
        counted = days["kind"] in ("calendar", "kalender", "consecutive")
        return Unit("duration" if counted else "working_day", 1.0, "days", days.end())
    match = _TOKEN.match(text, end)
    if not match:
        return None
    known = _units().get(key(match["word"].replace(" ", "").replace("²", "2").replace("³", "3")))
    after = text[match.end() : match.end() + 1]
    if known is None or (match["word"][-1].isalnum() and (after.isalnum() or after == "_")):
        return None
    return Unit(*known, match.end())


@lru_cache(maxsize=1)
def _nouns() -> tuple[frozenset[str], tuple[str, ...]]:
    pieces = word_tables()["pieces"]
    return frozenset(key(word) for word in pieces["nouns"]), tuple(key(word) for word in pieces["noun_endings"])


@lru_cache(maxsize=2)
def _listed(name: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Words of a list whole, and the beginnings of those that end in a star."""
    words = word_tables()["pieces"][name]
    return (
        frozenset(key(word) for word in words if not word.endswith("*")),
        tuple(key(word[:-1]) for word in words if word.endswith("*")),
    )


@lru_cache(maxsize=4096)
def counts_others(word: str) -> bool:
    """Whether a word behind a number is no part, or no noun at all: «questions», «hull», «av»."""
    whole, stems = _listed("no_parts")
    return key(word) in whole or key(word).startswith(stems)


@lru_cache(maxsize=4096)
def is_single(word: str) -> bool:
    """Whether a word with an article before it is one piece: «en prototyp», «ett exemplar»."""
    whole, stems = _listed("singles")
    return key(word) in whole or key(word).startswith(stems)


@lru_cache(maxsize=4096)
def counts_parts(word: str) -> bool:
    """Whether a noun names castings or parts: «pumpehus», «housings», «girhusene»."""
    nouns, endings = _nouns()
    folded = key(word)
    return folded in nouns or folded.endswith(endings)
