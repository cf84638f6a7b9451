"""The alloy catalogue: what we cast, what may be said about it, and what customers call it.

Loaded once from ``data/catalogue``; a wrong row is a start-up error. Minima that nobody compared with the purchased
standard are dropped while loading: no object of this module carries them, so no answer can.
"""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import yaml

from actions.production.alloy_names import key, lost_letters, nearest
from bot.common.settings import ROOT

FOLDER = ROOT / "data" / "catalogue"
RATINGS = ("castability", "pressure_tightness", "machinability", "corrosion", "weldability")
_STATUS = {
    "current": "current",
    "withdrawn from EN 1706 (2010)": "withdrawn",
    "not in EN 1982 sand tables": "no_en_number",
    "EN number to be checked": "number_unconfirmed",
}
_TEMPERS = {
    "F": "F", "T1": "T1", "T4": "T4", "T6": "T6", "T64": "T64", "GS": "GS", "GS grade A": "GS_A",
    "GS grade B": "GS_B", "GS grade C": "GS_C", "GS, fully heat treated": "GS_HT",
}  # fmt: skip
_SHOWN = {"yes": False, "yes, marked 'EN minimum by our records, confirmed in the quotation'": True}
_LEAD_ROLES = {"alloying element": "alloying", "permitted impurity": "impurity", "none": "none"}
_HIDDEN = ("no", "no, until checked in the purchased standard")
_DRINKING_WATER = {
    "": "not_assessed",
    "not relevant": "not_assessed",
    "not acceptable": "not_acceptable",
    "check": "check",
    "candidate lead-free": "candidate_lead_free",
    "candidate": "candidate_low_lead",
}


class CatalogueError(RuntimeError):
    """A row or list in data/catalogue is wrong; the text says which and why."""


@dataclass(frozen=True)
class Minima:
    """Minimum values of separately cast test pieces, sand. ``elongation_pct`` may be the text ``<1``.

    ``by_records``: the figures come from our records and are confirmed in the quotation (confidence B).
    """

    uts_mpa: float
    proof_mpa: float
    elongation_pct: float | str
    hardness_hbw: float
    by_records: bool


@dataclass(frozen=True)
class Condition:
    """An alloy in one temper. ``minima`` is None when we have none that may be told. Other figures are typical values.

    Units: kg/dm3, degrees Celsius, MS/m, W/(m K), 1e-6/K, percent. A figure is a number or a text such as ``21-27``.
    """

    temper: str
    minima: Minima | None
    density: float
    melting: tuple[float, float] | None
    electrical: str | None
    thermal: str | None
    expansion: str | None
    shrinkage: str


@dataclass(frozen=True)
class Lead:
    """What the standard permits: role ``alloying``, ``impurity`` or ``none``; maximum in percent; REACH duty above 0.1 %."""

    role: str
    max_pct: float | None
    reach: str


@dataclass(frozen=True)
class Alloy:
    """One alloy with its tempers. ``ratings`` use the scale ``scale`` (``letters``: A best, ``figures``: 1 best)."""

    designation: str
    symbol: str
    common: str
    family: str
    standard: str
    status: str
    conditions: tuple[Condition, ...]
    lead: Lead
    seawater: str
    seawater_rule: bool
    drinking_water: str
    ratings: Mapping[str, str]
    scale: str
    rating_confidence: str
    physical_confidence: str
    melt_group: str
    yield_planning: float
    uses: Mapping[str, str]
    aliases: tuple[str, ...]
    unverified: tuple[str, ...] = field(repr=False, default=())

    @property
    def title(self) -> str:
        """Short name with designation, as on a button: ``RG5 (CC491K)``. Typed back it means this alloy."""
        return self.designation if self.common == self.designation else f"{self.common} ({self.designation})"

    @property
    def label(self) -> str:
        """Designation with the names that tell a buyer the same: ``CC491K (CuSn5Zn5Pb5-C, RG5)``."""
        known = (self.designation, self.symbol.removesuffix("-C"))
        names = [self.symbol] if self.symbol != self.designation else []
        names += [self.common] if self.common not in known else []
        return f"{self.designation} ({', '.join(names)})" if names else self.designation

    def condition(self, temper: str) -> Condition | None:
        """The condition of a temper as customers name it, or None when the catalogue has no such row."""
        return next((each for each in self.conditions if each.temper == temper), None)

    @property
    def lead_free(self) -> bool:
        """Whether the permitted lead stays at or below 0.1 % by our records, with a figure to show for it."""
        return self.lead.reach == "no" and self.lead.role == "none"


@dataclass(frozen=True)
class Resolution:
    """What a name means. One option: that alloy; several: ask; ``near``: a typing error or unverified name, ask."""

    options: tuple[str, ...]
    near: bool = False
    group: str | None = None


def _number(text: str, where: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise CatalogueError(f"{where}: {text!r} is not a number") from None


def _figure(text: str) -> str | None:
    return text.replace(">=", "≥").replace("~", "≈") or None


def _code(row: Mapping[str, str], column: str, codes: Mapping[str, Any]) -> Any:
    try:
        return codes[row[column]]
    except KeyError:
        raise CatalogueError(f"{row['designation_en']} {row['temper']}: unknown {column} {row[column]!r}") from None


def _minima(row: Mapping[str, str]) -> Minima | None:
    shown, where = row["show_minima_to_customer"], f"{row['designation_en']} {row['temper']}"
    if shown in _HIDDEN:
        return None
    if shown not in _SHOWN:
        raise CatalogueError(f"{where}: unknown show_minima_to_customer {shown!r}")
    if (row["conf_mech"] == "B") is not _SHOWN[shown] or row["conf_mech"] not in "AB":
        raise CatalogueError(f"{where}: show_minima_to_customer does not follow conf_mech {row['conf_mech']!r}")
    elongation = row["elongation_pct_min"]
    return Minima(
        uts_mpa=_number(row["uts_mpa_min"], where),
        proof_mpa=_number(row["proof_mpa_min"], where),
        elongation_pct=elongation if elongation.startswith("<") else _number(elongation, where),
        hardness_hbw=_number(row["hardness_hbw_min"], where),
        by_records=_SHOWN[shown],
    )


def _condition(row: Mapping[str, str]) -> Condition:
    where = f"{row['designation_en']} {row['temper']}"
    low, high = row["melt_low_c"], row["melt_high_c"]
    return Condition(
        temper=_code(row, "temper", _TEMPERS),
        minima=_minima(row),
        density=_number(row["density_kg_dm3"], where),
        melting=(_number(low, where), _number(high, where)) if low else None,
        electrical=_figure(row["elec_cond_ms_m"]),
        thermal=_figure(row["thermal_cond_w_mk"]),
        expansion=_figure(row["thermal_exp_1e6_k"]),
        shrinkage=row["shrinkage_allowance_pct"],
    )


def _drinking_water(text: str) -> str:
    return _DRINKING_WATER[max((start for start in _DRINKING_WATER if text.startswith(start)), key=len)]


def _lead(row: Mapping[str, str]) -> Lead:
    role = _code(row, "lead_role", _LEAD_ROLES)
    maximum = _number(row["pb_max_pct"], row["designation_en"]) if row["pb_max_pct"] else None
    reach = row["reach_svhc_lead"].split()[0]
    if reach not in ("yes", "no", "possible"):
        raise CatalogueError(f"{row['designation_en']}: unknown reach_svhc_lead {row['reach_svhc_lead']!r}")
    return Lead(role, maximum, reach)


def _split(rows: Iterable[Mapping[str, str]], column: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for row in rows for name in row[column].split("|") if name))


def _alloy(rows: list[dict[str, str]], common: Mapping[str, str]) -> Alloy:
    row = rows[0]
    designation = row["designation_en"]
    for column in ("family", "symbol", "standard", "status", "pb_max_pct", "lead_role", "melt_group", "seawater"):
        if len({each[column] for each in rows}) != 1:
            raise CatalogueError(f"{designation}: its rows differ in {column}")
    if len({each["temper"] for each in rows}) != len(rows):
        raise CatalogueError(f"{designation}: a temper stands twice")
    ratings = {name: row["corrosion_resistance" if name == "corrosion" else name] for name in RATINGS}
    return Alloy(
        designation=designation,
        symbol=row["symbol"],
        common=common.get(designation, row["symbol"].removesuffix("-C")),
        family=row["family"],
        standard="DIN 1705 / BS 1400 G1" if row["standard"].startswith("DIN 1705") else row["standard"],
        status=_code(row, "status", _STATUS),
        conditions=tuple(_condition(each) for each in rows),
        lead=_lead(row),
        seawater=row["seawater"][:1],
        seawater_rule="rule" in row["seawater"],
        drinking_water=_drinking_water(row["drinking_water"]),
        ratings=ratings,
        scale="letters" if row["family"] == "aluminium" else "figures",
        rating_confidence=row["conf_rating"],
        physical_confidence=row["conf_phys"],
        melt_group=row["melt_group"],
        yield_planning=_number(row["yield_planning"], designation),
        uses={column.removeprefix("typical_uses_"): row[column] for column in row if column.startswith("typical_uses_")},
        aliases=_split(rows, "aliases"),
        unverified=_split(rows, "aliases_unverified"),
    )


def _yaml(path: Path) -> dict[str, Any]:
    content = yaml.safe_load(path.read_text(encoding="utf-8"))
    if not isinstance(content, dict):
        raise CatalogueError(f"{path.name}: not a mapping")
    return content


def _rows(path: Path) -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if None in row or None in row.values():
                raise CatalogueError(f"{path.name}: a row of {row.get('designation_en')!r} has the wrong number of columns")
            grouped.setdefault(row["designation_en"], []).append(row)
    return grouped


class Catalogue:
    """All alloys by designation, and all names. Immutable after loading."""

    def __init__(self, folder: Path = FOLDER) -> None:
        words = _yaml(folder / "alloy_names.yml")
        self.alloys: dict[str, Alloy] = {
            designation: _alloy(rows, words["common"]) for designation, rows in _rows(folder / "alloys.csv").items()
        }
        self.groups: dict[str, dict[str, Any]] = words["groups"]
        self.foreign: dict[str, dict[str, Any]] = words["foreign"]
        self.words: dict[str, Any] = words
        for name in words["common"]:
            self._known(name, "common")
        for group, content in self.groups.items():
            for name in content["options"]:
                self._known(name, group)
        self.names: dict[str, Resolution] = self._names()

    def _known(self, designation: str, where: str) -> None:
        if designation not in self.alloys:
            raise CatalogueError(f"alloy_names.yml, {where}: {designation!r} is not in alloys.csv")

    def __getitem__(self, designation: str) -> Alloy:
        """The alloy of a designation. Raises KeyError for another text: use ``resolve`` for what customers write."""
        return self.alloys[designation]

    def __contains__(self, designation: object) -> bool:
        return designation in self.alloys

    def _names(self) -> dict[str, Resolution]:
        """Every name by its key. Groups beat aliases, aliases beat unverified names, a name of several alloys asks."""
        sure, unsure = _collect(self.alloys.values(), self.words["spelled"])
        names = {name: Resolution(tuple(found), near=True) for name, found in unsure.items()}
        for name, found in sure.items():
            names[name] = Resolution(tuple(found), group=None if len(found) == 1 else name)
        for group, content in self.groups.items():
            for written in content["names"]:
                plain = written.rstrip("*")
                names[key(plain)] = names[lost_letters(plain)] = Resolution(tuple(content["options"]), group=group)
        return names

    def resolve(self, name: str) -> Resolution | None:
        """What a name as written means; None when we do not know it. A typing error of a code comes back as ``near``."""
        wanted = key(name)
        found = self.names.get(wanted)
        if found:
            return found
        close = nearest(wanted, self.codes) if len(wanted) > 4 else []
        return Resolution(tuple(close), near=True) if close else None

    @cached_property
    def codes(self) -> dict[str, str]:
        """Designations and chemical symbols by key: what a typing error is compared with."""
        return {
            key(name): alloy.designation
            for alloy in self.alloys.values()
            for name in (alloy.designation, alloy.symbol, alloy.symbol.removesuffix("-C"))
        }


def _collect(alloys: Iterable[Alloy], spelled: Mapping[str, list[str]]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    sure: dict[str, list[str]] = {}
    unsure: dict[str, list[str]] = {}
    for alloy in alloys:
        for name in [*_spellings(alloy), *alloy.aliases, *spelled.get(alloy.designation, [])]:
            for form in {key(name), lost_letters(name)}:
                if alloy.designation not in sure.setdefault(form, []):
                    sure[form].append(alloy.designation)
        for name in alloy.unverified:
            if alloy.designation not in unsure.setdefault(key(name), []):
                unsure[key(name)].append(alloy.designation)
    return sure, {name: found for name, found in unsure.items() if name not in sure}


def _spellings(alloy: Alloy) -> Iterable[str]:
    """The designation and symbol with the usual abbreviations: 42100, AC-42100, EN CC491K, CC491, CuSn12."""
    number = alloy.designation.removeprefix("EN AC-")
    yield from (alloy.designation, alloy.symbol, alloy.symbol.removesuffix("-C"), f"EN {alloy.symbol}")
    if number != alloy.designation:
        yield from (number, f"AC-{number}", f"EN {number}", f"EN AC-{alloy.symbol}", f"EN AC-{number} {alloy.symbol}")
    elif re.fullmatch(r"CC\d{3}[A-Z]", alloy.designation):
        yield from (f"EN {alloy.designation}", alloy.designation[:-1], f"EN-{alloy.designation}-GS")


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue of this process, loaded once. Raises CatalogueError when the data is wrong."""
    return Catalogue()
