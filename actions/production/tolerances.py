"""What a casting can hold as cast: the bands of ISO 8062-3 in ``data/catalogue/tolerances.yml`` and each line's best grade."""

import functools
from dataclasses import dataclass

from pydantic import BaseModel

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

FILE = ROOT / "data" / "catalogue" / "tolerances.yml"


class Row(BaseModel):
    """The whole bands (mm) by grade for nominal sizes from ``low`` to ``high`` mm."""

    low: float
    high: float
    bands: dict[int, float]

    class Config:
        frozen = True
        extra = "forbid"


class Tolerances(BaseModel):
    """The table with its origin, and the finest grade of each moulding line."""

    source: str
    approved_by: str | None
    best_grade: dict[str, int]
    rows: tuple[Row, ...]

    class Config:
        frozen = True
        extra = "forbid"


@dataclass(frozen=True)
class Finest:
    """The finest that is offered: DCTG ``grade``, whose band at ``low`` to ``high`` mm is plus or minus ``half`` mm."""

    grade: int
    low: float
    high: float
    half: float


@functools.lru_cache(maxsize=1)
def tolerances() -> Tolerances:
    """The table of this process, read once."""
    return Tolerances.parse_obj(read_yaml(FILE))


def finest(line: str | None = None, size_mm: float | None = None) -> Finest | None:
    """The finest grade on a moulding line (on any when None) for a length; the smallest row when it is not known.

    Between two rows of the table the smaller one counts, so that nothing is refused that could be held. None: not approved.
    """
    table = tolerances()
    if table.approved_by is None:
        return None
    grade = table.best_grade.get(line or "", min(table.best_grade.values()))
    rows = [row for row in table.rows if size_mm is not None and row.low <= size_mm]
    row = rows[-1] if rows else table.rows[0]
    return Finest(grade, row.low, row.high, row.bands[grade] / 2)


def half_bands(mm: float, grades: str | float) -> tuple[float, float] | None:
    """The tolerance of a length, plus or minus, at the first and the last of ``grades`` («9-10»), in mm.

    None where the table has no figure, or nobody has approved it.
    """
    table = tolerances()
    row = next((each for each in table.rows if each.low < mm <= each.high), None)
    named = [int(each) for each in str(grades).split("-")]
    if row is None or table.approved_by is None or not set(named) <= row.bands.keys():
        return None
    return row.bands[named[0]] / 2, row.bands[named[-1]] / 2
