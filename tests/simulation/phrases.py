"""The words of simulated customers: a file a voice, ``phrases/<language>/<voice>.yml``. ``phrases/README.md`` has the format."""

import re
import string
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "phrases"
#: Facts, each with the placeholders that its sentences may hold besides those of other facts.
FACTS = {
    "part": ("part",), "drawing_none": (), "drawing_later": (), "drawing_number": ("drawing",), "confidential_no": (),
    "alloy": ("alloy",), "quantity": ("quantity",), "weight": ("weight",), "weight_total": ("weight",), "size": ("size",),
    "requirements": ("requirements",), "pattern_none": (), "pattern": ("pattern",), "application": ("application",),
    "delivery_week": ("week",), "delivery_date": ("date",), "delivery_asap": (), "notes": ("notes",), "name": ("name",),
    "email": ("email",), "item": ("part", "quantity", "alloy", "weight"), "own_part": ("number",), "po": ("po",),
    "order": ("order",), "change_quantity": ("quantity",), "change_week": ("week",), "change_date": ("date",),
    "defect": ("defect",), "affected": ("affected",), "found": ("found",), "photos_no": (), "photos_later": (),
    "remedy": ("remedy",),
}  # fmt: skip
#: Facts that are corrected, so that they need sentences for it.
CORRECTED = (
    "alloy", "quantity", "weight", "delivery_week", "delivery_date", "email", "affected", "change_quantity", "change_week",
)  # fmt: skip
#: Facts that stand in the words of another sentence or in a list only, so that no question is answered by them alone.
NEVER_ASKED = ("item", "defect")
STARTS = (
    "quote_request",
    "quote_list",
    "reorder",
    "change_order",
    "cancel_order",
    "complaint",
    "order_status",
    "order_document",
)
HABITS = (
    "greeting", "courtesy", "thanks", "yes", "no", "dont_know", "reserve", "wrong", "postpone", "resume", "withdraw", "stop",
    "ask_alloy", "ask_capacity", "ask_company",
)  # fmt: skip
THINGS = ("part", "requirements", "pattern", "application", "notes", "defect", "found", "remedy", "name")
PLACEHOLDERS = frozenset(name for names in FACTS.values() for name in names)
_WORD = re.compile(r"(?<![{\w])[^\W\d_]{5,}(?![}\w])")


@dataclass(frozen=True)
class Voice:
    """One voice: how somebody says facts and talks around them."""

    language: str
    name: str
    facts: dict[str, dict[str, list[str]]]
    starts: dict[str, list[str]]
    habits: dict[str, list[str]]
    things: dict[str, list[str]]

    def sentences(self, fact: str, way: str) -> list[str]:
        """Sentences for a fact: to ``say`` it, to ``answer`` its question, to ``correct`` it."""
        said = self.facts[fact]
        wanted = said.get(way) or []
        return [*wanted, *said.get("say", [])] if way == "answer" else wanted

    def problems(self) -> list[str]:
        """What is missing or misspelt in the file."""
        found = [
            f"facts.{fact}.{way}" for fact in FACTS for way in self._ways(fact) if not self.facts.get(fact, {}).get(way)
        ]
        for section, wanted in (("starts", STARTS), ("habits", HABITS), ("things", THINGS)):
            found += [f"{section}.{name}" for name in wanted if not getattr(self, section).get(name)]
            found += [f"{section}.{name} is unknown" for name in getattr(self, section) if name not in wanted]
        found += [f"facts.{name} is unknown" for name in self.facts if name not in FACTS]
        return found + [f"{text!r}: {{{name}}}" for text in self._all() for name in holes(text) - PLACEHOLDERS]

    @staticmethod
    def _ways(fact: str) -> list[str]:
        return ["say", *(["answer"] if fact not in NEVER_ASKED else []), *(["correct"] if fact in CORRECTED else [])]

    def _all(self) -> list[str]:
        said = [text for ways in self.facts.values() for texts in ways.values() for text in texts]
        return said + [text for each in (self.starts, self.habits) for texts in each.values() for text in texts]


def holes(sentence: str) -> frozenset[str]:
    """The placeholders of a sentence."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(sentence) if name)


def mistype(sentence: str, share: float, dice: Random) -> str:
    """The sentence with some of its longer words misspelt; placeholders stay whole."""

    def spoil(match: re.Match[str]) -> str:
        word = match[0]
        if dice.random() >= share:
            return word
        at = dice.randrange(1, len(word) - 2)
        return word[:at] + (word[at + 1] + word[at] if dice.random() < 0.5 else word[at]) + word[at + 2 :]

    return _WORD.sub(spoil, sentence)


@cache
def voices() -> tuple[Voice, ...]:
    """All voices, by language and name. Raises ValueError naming what a file lacks."""
    found = [_load(path) for path in sorted(FOLDER.glob("*/*.yml"))]
    wrong = {f"{voice.language}/{voice.name}": voice.problems() for voice in found if voice.problems()}
    if wrong:
        raise ValueError(f"phrase files: {wrong}")
    return tuple(found)


def _load(path: Path) -> Voice:
    # Nothing but texts: «yes», «no» and «3.1» are words here.
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)
    return Voice(path.parent.name, path.stem, content["facts"], content["starts"], content["habits"], content["things"])
