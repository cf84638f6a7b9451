"""One alloy as the catalogue knows it, read strictly from the rows of ``alloys.csv``.

Minima that nobody compared with the purchased standard are dropped here: no object carries them, so no answer can.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

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
    ratings: Mapping[str, str] = field(hash=False)
    scale: str
    rating_confidence: str
    physical_confidence: str
    melt_group: str
    yield_planning: float
    uses: Mapping[str, str] = field(hash=False)
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

    def use(self, language: str) -> str:
        """What it is used for, in the middle of a sentence. English where a language has no text of its own."""
        text = self.uses.get(language) or self.uses["en"]
        return text if text[1:2].isupper() or not text[1:2].isalpha() else text[:1].lower() + text[1:]

    def condition(self, temper: str) -> Condition | None:
        """The condition of a temper as customers name it, or None when the catalogue has no such row."""
        return next((each for each in self.conditions if each.temper == temper), None)

    @property
    def lead_free(self) -> bool:
        """Whether the permitted lead stays at or below 0.1 % by our records, with a figure to show for it."""
        return self.lead.reach == "no" and self.lead.role == "none"


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


def read_alloy(rows: list[dict[str, str]], common: Mapping[str, str]) -> Alloy:
    """The alloy of its rows, one a temper; ``common`` has short names by designation. Raises CatalogueError."""
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
        uses={
            column.removeprefix("typical_uses_"): row[column] for column in row if column.startswith("typical_uses_")
        },
        aliases=_split(rows, "aliases"),
        unverified=_split(rows, "aliases_unverified"),
    )
