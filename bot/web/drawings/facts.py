"""What a drawing says of itself."""

import json
import math
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any, Self

LONGEST_NAME, MOST_PAGES = 80, 100_000
#: Lengths a part of a foundry has, in millimetres; what lies outside is some other thing or no length.
SMALLEST, LARGEST = 0.01, 100_000.0
#: How many millimetres the units of a drawing have. What is not here is told by no size.
UNITS = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "in": 25.4}


@dataclass(frozen=True)
class Facts:
    """Name, unit and size in it, pages. None: the file does not hold it, or not without doubt."""

    name: str | None = None
    unit: str | None = None
    size: tuple[float, ...] | None = None
    pages: int | None = None

    @classmethod
    def read(cls, text: str | bytes) -> Self | None:
        """The facts a reader printed, looked at as anything a stranger's file may have written; None for nothing."""
        try:
            said = json.loads(text)
        except (ValueError, RecursionError):
            return None
        if not isinstance(said, dict):
            return None
        unit = said.get("unit") if said.get("unit") in UNITS else None
        found = cls(
            plain_name(said.get("name")),
            unit,
            _size(said.get("size"), unit) if unit else None,
            _pages(said.get("pages")),
        )
        return found if found != cls() else None

    def written(self) -> str:
        """The facts as JSON."""
        return json.dumps(asdict(self), allow_nan=False)

    @property
    def told(self) -> dict[str, Any]:
        """The facts that there are, for the file's card and for the request."""
        told = {name: value for name, value in asdict(self).items() if value is not None}
        return told | ({"mm": self.millimetres} if self.millimetres else {})

    @property
    def millimetres(self) -> list[float] | None:
        """The size in millimetres."""
        return [round(each * UNITS[self.unit], 2) for each in self.size] if self.size and self.unit else None


def plain_name(said: Any) -> str | None:
    """A name as one short line of letters; None where there is none to speak of."""
    if not isinstance(said, str):
        return None
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in said[:1000])
    name = " ".join(seen.split()).strip("'\" ")[:LONGEST_NAME].strip()
    return name if any(sign.isalnum() for sign in name) else None


def _size(said: Any, unit: str) -> tuple[float, ...] | None:
    if not isinstance(said, list) or len(said) not in (2, 3):
        return None
    lengths = [float(each) for each in said if isinstance(each, int | float) and not isinstance(each, bool)]
    fits = all(math.isfinite(each) and SMALLEST <= each * UNITS[unit] <= LARGEST for each in lengths)
    return tuple(round(each, 3) for each in lengths) if fits and len(lengths) == len(said) else None


def _pages(said: Any) -> int | None:
    return said if isinstance(said, int) and not isinstance(said, bool) and 0 < said <= MOST_PAGES else None
