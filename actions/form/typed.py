"""Answers that tasks compute with, each with fields of its own instead of a bare value."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.form.answers import Answer
from actions.form.lines import Item
from actions.form.lots import Lot


@dataclass
class WeightAnswer(Answer):
    """Kilograms as cast; ``total`` when they are those of the whole order, ``finished`` the weight after machining."""

    total: bool = False
    finished: float | None = None


@dataclass
class PartAnswer(Answer):
    """What is to be cast; ``items`` when it is a list of parts."""

    items: list[Item] = field(default_factory=list)


@dataclass
class QuantityAnswer(Answer):
    """Pieces in all; ``lots`` when each has its own date, ``deliveries`` when only their number was said."""

    lots: list[Lot] = field(default_factory=list)
    deliveries: int | None = None


@dataclass
class SizeAnswer(Answer):
    """The largest dimensions; ``mm`` when they were said in figures, and the ``shape`` that their words tell."""

    mm: list[float] = field(default_factory=list)
    shape: dict[str, Any] | None = None


def sides(mm: Sequence[float]) -> str:
    """Dimensions as they are read back: «300 × 200 × 150 mm»."""
    return " × ".join(f"{each:g}" for each in mm) + " mm"
