"""What is to be made, as the schedule needs it: from a released part, or assumed from an alloy and a weight."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from actions.production.catalogue import Alloy
from actions.production.plant import Plant


@dataclass(frozen=True)
class Job:
    """One kind of casting. Weights in kg, hours decimal; ``new`` means not yet delivered from this pattern."""

    melt_group: str
    family: str
    line: str
    casting_kg: float
    poured_kg_per_mould: float
    castings_per_mould: int = 1
    core_hours_per_mould: float = 0.0
    fettling_hours_per_piece: float = 0.0
    temper: str = ""
    heat_treated: bool = False
    basket_litres: float = 0.0
    ndt: str = ""
    machining_hours_per_piece: float = 0.0
    subcontract_workdays: int = 0
    certificate: str = ""
    new: bool = False
    listed_lead_time_days: int | None = None


def job_of_part(part: Mapping[str, Any], alloy: Alloy) -> Job:
    """The job of a row of v_product. The measured poured weight counts; without one the alloy's planning yield."""
    per_mould = part["castings_per_mould"] or 1
    casting = part["casting_kg"] or 0.0
    heat = part["heat_treatment_class"] or ""
    return Job(
        melt_group=alloy.melt_group,
        family=alloy.family,
        line=part["line"] or "",
        casting_kg=casting,
        poured_kg_per_mould=part["poured_kg_per_mould"] or casting * per_mould / alloy.yield_planning,
        castings_per_mould=per_mould,
        core_hours_per_mould=part["core_hours_per_mould"] or 0.0,
        fettling_hours_per_piece=part["fettling_hours_per_piece"] or 0.0,
        temper=part["temper"] or "",
        heat_treated=needs_furnace(part["temper"] or "", heat),
        basket_litres=part["basket_litres"] or 0.0,
        ndt=part["ndt"] or "",
        machining_hours_per_piece=part["machining_hours_per_piece"] or 0.0,
        subcontract_workdays=part["subcontract_days"] or 0,
        certificate=part["certificate"] or "",
        new=part["release_status"] != "released",
        listed_lead_time_days=part["listed_lead_time_days"],
    )


def needs_furnace(temper: str, heat_treatment_class: str = "") -> bool:
    """Whether castings go through the heat treatment furnace; T1 ages on the shelf alone."""
    return (
        temper in ("T4", "T5", "T6", "T64", "T7")
        or "heat treated" in temper
        or bool(heat_treatment_class and heat_treatment_class.lower() not in ("none", "f", "t1"))
    )


def assumed_job(plant: Plant, alloy: Alloy, casting_kg: float, temper: str, line: str) -> Job:
    """A typical job of that alloy, weight and line, for ranges that say what they assume."""
    return Job(
        melt_group=alloy.melt_group,
        family=alloy.family,
        line=line,
        casting_kg=casting_kg,
        poured_kg_per_mould=casting_kg / alloy.yield_planning,
        core_hours_per_mould=plant.estimate.core_hours_per_mould[line],
        fettling_hours_per_piece=plant.estimate.fettling_hours_per_piece[line],
        temper=temper,
        heat_treated=needs_furnace(temper),
    )
