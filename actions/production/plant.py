"""Plant parameters: what the foundry can melt, mould and promise, from ``data/catalogue/plant.yml``.

Every section names its source and who approved it. What nobody approved is not told to customers.
"""

import functools
from pathlib import Path

from pydantic import BaseModel

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

PLANT = ROOT / "data" / "catalogue" / "plant.yml"


class _Frozen(BaseModel):
    class Config:
        frozen = True
        extra = "forbid"


class Section(_Frozen):
    """A group of parameters with its origin."""

    source: str
    approved_by: str | None


class Furnace(_Frozen):
    """A furnace; ``usable_kg`` is what one melt can pour."""

    id: str
    usable_kg: float
    melts_per_day: int
    hours_per_day: float
    melt_groups: tuple[str, ...]


class Melting(Section):
    """What melts where; ``melt_loss`` is the share of the charge lost before the mould."""

    furnaces: tuple[Furnace, ...]
    tapped_together: tuple[tuple[str, str], ...]
    melt_loss: dict[str, float]
    shown: tuple[str, ...]


class Line(_Frozen):
    """A moulding line; ``max_kg`` is the heaviest casting by family, ``flask_mm`` length, width, height."""

    id: str
    moulds_per_day: float
    hours_per_day: float
    flask_mm: tuple[float, float, float]
    max_kg: dict[str, float]


class Wall(_Frozen):
    """Thinnest wall in mm: no below ``possible``, yes from ``usual``, a person's word between."""

    possible: float
    usual: float


class Moulding(Section):
    """The moulding lines, smallest first, with the room sand and gating take in a flask."""

    lines: tuple[Line, ...]
    sand_mm: float
    gating_mm: float
    walls_mm: dict[str, Wall]


class Scrap(Section):
    """Castings made beyond the ordered quantity, as a share."""

    repeat: float
    new_pattern: float


class Times(Section):
    """Fixed times and buffers; workdays skip closed days, days do not."""

    release_workdays: int
    frozen_workdays: int
    cooling_days: int
    heavy_from_kg: float
    heavy_cooling_days: int
    heat_treatment_load_workdays: int
    heat_treatment_cycle_days: int
    heat_treatment_release_workdays: int
    heat_treatment_load_kg: float
    heat_treatment_basket_litres: float
    ageing_days: dict[str, int]
    inspection_hours_per_piece: float
    external_ndt: tuple[str, ...]
    external_ndt_workdays: int
    certificate_workdays: int
    certificate_32_workdays: int
    packing_workdays: int
    buffer_workdays: int
    buffer_new_pattern_workdays: int
    exact_days: int
    hold_hours: int


class Shipping(Section):
    """Pick-up weekdays (ISO) and days on the road."""

    home_country: str
    home_weekdays: tuple[int, ...]
    export_weekdays: tuple[int, ...]
    transit_workdays: dict[str, int]


class Span(_Frozen):
    """A range of workdays."""

    low: int
    high: int


class PatternSpan(Span):
    """Workdays to make a pattern for castings up to a weight."""

    up_to_kg: float


class NewPart(Section):
    """Pattern, sample and approval times of a part without a released pattern."""

    pattern_workdays: tuple[PatternSpan, ...]
    sample_workdays: Span
    approval_workdays: Span


class Estimate(Section):
    """A typical job, assumed and named when the customer has not said enough."""

    quantity: int
    weight_kg: float
    core_hours_per_mould: dict[str, float]
    fettling_hours_per_piece: dict[str, float]
    slack_weeks: int


class Bands(Section):
    """From which free share a week counts as good or limited, and how far an overview reaches."""

    good_from_free: float
    limited_from_free: float
    overview_weeks: int
    longest_range_weeks: int


class Closing(Section):
    """Company closing days beyond the plan, and the reasons customers have a word for."""

    days: tuple[str, ...]
    summer_weeks: tuple[int, ...]
    reasons: tuple[str, ...]


class Plant(_Frozen):
    """All parameters of the foundry."""

    melting: Melting
    moulding: Moulding
    scrap: Scrap
    times: Times
    shipping: Shipping
    new_part: NewPart
    estimate: Estimate
    bands: Bands
    closing: Closing

    def line(self, line_id: str) -> Line | None:
        """The moulding line of that id."""
        return next((line for line in self.moulding.lines if line.id == line_id), None)

    def furnace(self, furnace_id: str) -> Furnace | None:
        """The furnace of that id."""
        return next((furnace for furnace in self.melting.furnaces if furnace.id == furnace_id), None)

    def furnaces_for(self, melt_group: str) -> tuple[Furnace, ...]:
        """The furnaces that may melt a group; empty when it is not melted here."""
        return tuple(furnace for furnace in self.melting.furnaces if melt_group in furnace.melt_groups)

    def approved(self, *sections: str) -> bool:
        """Whether somebody stands behind all these sections, so that customers may be told."""
        return all(getattr(self, section).approved_by for section in sections)

    def demo(self) -> bool:
        """Whether any parameter is the demo plant's invention, which production must not start on."""
        return any("demo" in (getattr(self, name).approved_by or "") for name in self.__fields__)


def load(path: Path = PLANT) -> Plant:
    """Read the parameters. Raises pydantic.ValidationError naming what is missing or misspelt."""
    return Plant.parse_obj(read_yaml(path))


@functools.lru_cache(maxsize=1)
def plant() -> Plant:
    """The parameters of this process, read once."""
    return load()
