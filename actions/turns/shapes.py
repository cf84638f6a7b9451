"""The shape of a part by its told dimensions, as far as it decides the volume: a tube, a round, or a block.

Pure: figures and the words beside them in, millimetres out. What a shape says of a casting is an estimate: radii, holes and
what is left on for machining stand in no measure.
"""

import math
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Self

from actions.turns.words import words

_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")
_ROUND_SIGN = re.compile(r"[øØ⌀φ]\s*$|(?<!\w)d\s*[=:]?\s*$", re.I)
_AXIS = re.compile(r"(?<!\w)(l|b|w|h|t)\s*[=:]?\s*$", re.I)
_AXES = {"l": "length", "b": "width", "w": "width", "h": "length", "t": "length"}
_SLASH = re.compile(r"\s*(?:mm)?\s*/\s*(?:[øØ⌀]\s*)?")
_BY = re.compile(r"\s*(?:mm|cm)?\s*(?:x|×|\*)\s*(?:[a-zøØ⌀]{1,2}\s*)?", re.I)
_ROLES = ("inner", "wall", "beside", "length", "width", "outer")
#: The sides of a block.
_SIDES = 3
_MM3_PER_DM3 = 1e6


@dataclass(frozen=True)
class Shape:
    """Measures in millimetres; None where nobody told one. ``sides`` are those of a block; ``beside``: more than these was told."""

    outer: float | None = None
    inner: float | None = None
    length: float | None = None
    sides: tuple[float, ...] = ()
    beside: bool = False

    @classmethod
    def load(cls, stored: Any) -> Self | None:
        """A shape out of its JSON; None out of nothing."""
        return cls(**{**stored, "sides": tuple(stored.get("sides") or ())}) if stored else None

    def dump(self) -> dict[str, Any]:
        """JSON that ``load`` reads."""
        return {name: list(each) if isinstance(each, tuple) else each for name, each in asdict(self).items() if each}

    def with_other(self, other: "Shape") -> "Shape":
        """This shape with what another message told of it: «Ø310», and later «60 thick»."""
        return Shape(
            other.outer or self.outer, other.inner or self.inner, other.length or self.length,
            other.sides or self.sides, self.beside or other.beside,
        )  # fmt: skip

    @property
    def lacks(self) -> str | None:
        """The measure without which no volume can be reckoned: ``length`` or ``outer``; None where it can."""
        if len(self.sides) == _SIDES:
            return None
        if self.outer:
            return None if self.length else "length"
        return "outer"

    @property
    def volume(self) -> float | None:
        """Cubic decimetres; None while a measure is missing."""
        if self.lacks:
            return None
        if len(self.sides) == _SIDES:
            return math.prod(self.sides) / _MM3_PER_DM3
        assert self.outer
        assert self.length
        return math.pi / 4 * (self.outer**2 - (self.inner or 0.0) ** 2) * self.length / _MM3_PER_DM3


def shape_of(text: str, millimetres: Sequence[float], thing: str = "") -> Shape | None:
    """The shape that a stretch of measures tells. ``millimetres``: its figures in their order; ``thing``: what is to be cast, in words.

    None where a figure has no meaning: what is not clear is not reckoned with.
    """
    figures = list(_FIGURE.finditer(text))
    if not figures or len(figures) != len(millimetres):
        return None
    roles = _roles(text, figures)
    told: dict[str, float] = {}
    for role, value in zip(roles, millimetres, strict=True):
        if role and role != "beside":
            told.setdefault(role, float(value))
    free = [float(value) for role, value in zip(roles, millimetres, strict=True) if role is None]
    return _shape(told, free, "beside" in roles, thing)


def _shape(told: dict[str, float], free: Sequence[float], beside: bool, thing: str) -> Shape | None:
    """What the measures with a meaning make, and those without one by their number and by the thing."""
    known = words("measures")
    if not told and len(free) == _SIDES:
        if known.says(thing, "hollow") and free[0] > free[1]:
            return Shape(free[0], free[1], free[2])
        return Shape(sides=tuple(free))
    if len(free) == 1 and "outer" in told and "length" not in told and "width" not in told:
        told, free = {**told, "length": free[0]}, ()
    if free or not told:
        return None
    outer, inner = told.get("outer"), told.get("inner")
    if "width" in told and not (outer or inner):
        sides = [told[each] for each in ("length", "width") if each in told]
        return Shape(sides=tuple(sides), beside=beside)
    if outer and not inner and "wall" in told:
        inner = outer - 2 * told["wall"]
    if outer and inner and inner > outer:
        outer, inner = inner, outer
    if "width" in told and outer:
        return None if "length" in told else Shape(outer, inner, told["width"], beside=beside)
    return Shape(outer, inner, told.get("length"), beside=beside)


def _roles(text: str, figures: Sequence[re.Match[str]]) -> list[str | None]:
    """What each figure measures: by its sign, by the word at it, by its place behind a slash."""
    roles = _named(text, figures, _signs(text, figures))
    for at in range(1, len(figures)):
        gap = text[figures[at - 1].end() : figures[at].start()]
        first = float(figures[at - 1][0].replace(",", "."))
        smaller = float(figures[at][0].replace(",", ".")) < first
        if _SLASH.fullmatch(gap) and smaller and roles[at - 1] in (None, "outer") and roles[at] in (None, "outer"):
            roles[at - 1], roles[at] = "outer", "inner"
        elif _BY.fullmatch(gap) and roles[at] is None and roles[at - 1] in ("outer", "inner"):
            roles[at] = "length"
    lengths = [at for at, role in enumerate(roles) if role == "length"]
    if len(lengths) == 2 and "outer" not in roles and "width" in roles:
        # Length, width and height are the sides of a block.
        return [None] * len(roles) if len(roles) == _SIDES else roles
    return roles


def _signs(text: str, figures: Sequence[re.Match[str]]) -> list[str | None]:
    found: list[str | None] = []
    for each in figures:
        ahead = text[: each.start()]
        axis = _AXIS.search(ahead)
        found.append("outer" if _ROUND_SIGN.search(ahead) else _AXES[axis[1].lower()] if axis else None)
    return found


def _named(text: str, figures: Sequence[re.Match[str]], signs: Sequence[str | None]) -> list[str | None]:
    """What figures measure by their ``signs``, and the others by words: behind a figure where one stands first, else before it."""
    gaps = [text[: figures[0].start()]]
    ends = [*(each.start() for each in figures[1:]), len(text)]
    gaps += [text[each.end() : end] for each, end in zip(figures, ends, strict=True)]
    found: list[list[str]] = [_in(gap) for gap in gaps]
    behind = not found[0] and signs[0] is None
    roles = list(signs)
    # Each word names one figure: first the one it leads or follows, then the one on its other side.
    for order in ((behind,), (not behind,)):
        for at in range(len(figures)):
            place = at + 1 if order[0] else at
            if roles[at] is None and found[place]:
                roles[at] = found[place].pop(0) if order[0] else found[place].pop()
    return roles


def _in(gap: str) -> list[str]:
    """The meanings of the words in a gap, in their order; «outside diameter» is one of them."""
    known = words("measures")
    hits: list[tuple[int, int, str]] = []
    for role in _ROLES:
        left = gap
        while (span := known.where(left, role)) is not None:
            hits.append((*span, role))
            left = left[: span[0]] + " " * (span[1] - span[0]) + left[span[1] :]
    kept: list[tuple[int, int, str]] = []
    for start, end, role in sorted(hits):
        if kept and start < kept[-1][1]:
            continue
        beside = kept and not re.search(r"\w", known.without(gap[kept[-1][1] : start], "between"))
        if beside and role == "outer" and kept[-1][2] in ("inner", "outer", "beside"):
            # «Utvendig diameter», «inner diameter», «flange diameter».
            kept[-1] = (kept[-1][0], end, kept[-1][2])
            continue
        kept.append((start, end, role))
    return [role for _, _, role in kept]
