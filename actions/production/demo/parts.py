"""Parts with patterns and method cards that a sand foundry could run, and what belongs to a part: prices, stock."""

import csv
import datetime as dt
import math
import random
from typing import Any

from actions.production.demo import names
from actions.production.demo.people import EURO, ON_HOLD, customer_id
from actions.production.demo.rows import Rows, dice
from actions.production.models import CustomerProduct, Pattern, Product
from actions.production.plant import plant
from bot.common.settings import ROOT

COUNT = 150
CATALOGUE = ROOT / "data" / "catalogue" / "alloys.csv"
#: lightest casting worth the line, kg: aluminium, copper
LIGHTEST = {"A": (0.4, 0.8), "B": (8.0, 15.0), "C": (90.0, 110.0)}
PATTERN_TYPES = {"A": "match_plate", "B": "split", "C": "loose"}
#: fettling hours for a casting of 10 kg; grows with the surface
FETTLING_AT_10_KG = 0.45
#: Parts that hold for every seed: place of the customer, then what differs from the drawn part.
FIXED: tuple[tuple[int, dict[str, Any]], ...] = (
    (0, {"description_nb": "Pumpehus", "description_en": "Pump housing", "drawing_no": "4711-B", "revision": "C",
         "customer_part_no": "FP-2040", "alloy": "CC491K", "temper": "GS", "line": "B", "casting_kg": 38.0,
         "poured_kg_per_mould": 60.0, "finished_kg": 33.5, "castings_per_mould": 1, "core_hours_per_mould": 0.8,
         "fettling_hours_per_piece": 1.0, "machining_hours_per_piece": 0.0, "subcontract_days": 0,
         "pressure_bar": 24.0, "certificate": "3.1", "release_status": "released", "ndt": None}),
    (0, {"description_nb": "Løpehjul", "description_en": "Impeller", "drawing_no": "4712-A", "revision": "B",
         "customer_part_no": "FP-2041", "alloy": "CC333G", "temper": "GS", "line": "B", "casting_kg": 21.0,
         "castings_per_mould": 1, "core_hours_per_mould": 0.5, "release_status": "released", "certificate": "3.1"}),
    (0, {"description_nb": "Slitering", "description_en": "Wear ring", "drawing_no": "4720-D", "revision": "A",
         "customer_part_no": "FP-2052", "alloy": "CC483K", "temper": "GS", "line": "A", "casting_kg": 3.2,
         "castings_per_mould": 4, "release_status": "released", "certificate": "2.2"}),
    (0, {"description_nb": "Pumpelokk", "description_en": "Pump cover", "drawing_no": "4731-A", "revision": "B",
         "customer_part_no": "FP-2060", "alloy": "EN AC-42100", "temper": "T6", "line": "A", "casting_kg": 9.5,
         "castings_per_mould": 1, "release_status": "released", "condition": "damaged"}),
    (0, {"description_nb": "Ventilhus", "description_en": "Valve body", "drawing_no": "4740-A", "revision": "A",
         "customer_part_no": "FP-2071", "alloy": "CC492K", "temper": "GS", "line": "B", "casting_kg": 27.0,
         "castings_per_mould": 1, "release_status": "sample"}),
    (1, {"description_nb": "Ventilhus", "description_en": "Valve body", "drawing_no": "VH-118", "revision": "D",
         "customer_part_no": "VV-118-2", "alloy": "CC499K", "temper": "GS", "line": "B", "casting_kg": 18.0,
         "castings_per_mould": 2, "release_status": "released"}),
    (2, {"description_nb": "Propellnav", "description_en": "Propeller hub", "drawing_no": "HM-3302", "revision": "B",
         "customer_part_no": "HM3302", "alloy": "CC333G", "temper": "GS", "line": "B", "casting_kg": 64.0,
         "castings_per_mould": 1, "release_status": "released", "certificate": "3.1", "ndt": "PT"}),
    (2, {"description_nb": "Båtbeslag", "description_en": "Deck fitting", "drawing_no": "HM-1180", "revision": "A",
         "customer_part_no": "HM1180", "alloy": "EN AC-51300", "temper": "F", "line": "A", "casting_kg": 1.8,
         "castings_per_mould": 4, "release_status": "released"}),
    (3, {"description_nb": "Lagerlokk", "description_en": "Bearing cover", "drawing_no": "4711-B", "revision": "A",
         "customer_part_no": "LK-77", "alloy": "EN AC-42100", "temper": "T6", "line": "A", "casting_kg": 6.4,
         "castings_per_mould": 2, "release_status": "released"}),
    (3, {"description_nb": "Kjøleribbe", "description_en": "Heat sink", "drawing_no": "LK-900", "revision": "C",
         "customer_part_no": "LK-90", "alloy": "EN AC-44200", "temper": "F", "line": "A", "casting_kg": 4.1,
         "castings_per_mould": 2, "release_status": "released"}),
    (EURO, {"description_nb": "Løpehjul", "description_en": "Impeller", "drawing_no": "WP-6612", "revision": "B",
            "customer_part_no": "WP6612", "alloy": "CC480K", "temper": "GS", "line": "B", "casting_kg": 24.0,
            "castings_per_mould": 1, "release_status": "released", "certificate": "3.1"}),
    (EURO, {"description_nb": "Flens", "description_en": "Flange", "drawing_no": "WP-6701", "revision": "A",
            "customer_part_no": "WP6701", "alloy": "CC491K", "temper": "GS", "line": "A", "casting_kg": 7.25,
            "castings_per_mould": 2, "release_status": "released", "certificate": "2.2"}),
    (0, {"description_nb": "Lokk", "description_en": "Cover", "drawing_no": "4750-B", "revision": "B",
         "customer_part_no": "FP-2080", "alloy": "CC491K", "temper": "GS", "line": "A", "casting_kg": 5.4,
         "castings_per_mould": 2, "release_status": "released", "certificate": "2.2"}),
    (0, {"description_nb": "Flens", "description_en": "Flange", "drawing_no": "4751-A", "revision": "A",
         "customer_part_no": "FP-2081", "alloy": "CC491K", "temper": "GS", "line": "A", "casting_kg": 6.8,
         "castings_per_mould": 2, "release_status": "released", "certificate": "2.2"}),
    (0, {"description_nb": "Rørbend", "description_en": "Pipe bend", "drawing_no": "4752-A", "revision": "C",
         "customer_part_no": "FP-2082", "alloy": "CC491K", "temper": "GS", "line": "B", "casting_kg": 16.0,
         "castings_per_mould": 1, "release_status": "blocked"}),
    (0, {"description_nb": "Trykkskive", "description_en": "Thrust washer", "drawing_no": "4753-A", "revision": "A",
         "customer_part_no": "FP-2083", "alloy": "CC483K", "temper": "GS", "line": "A", "casting_kg": 2.6,
         "castings_per_mould": 4, "release_status": "released", "condition": "condemned"}),
    (ON_HOLD, {"description_nb": "Koblingsboks", "description_en": "Junction box", "drawing_no": "EE-204", "revision": "A",
               "customer_part_no": "EE204", "alloy": "EN AC-44200", "temper": "F", "line": "A", "casting_kg": 3.4,
               "castings_per_mould": 2, "release_status": "released"}),
)  # fmt: skip


def catalogue() -> dict[tuple[str, str], dict[str, str]]:
    """The alloy catalogue by designation and temper."""
    with CATALOGUE.open(encoding="utf-8", newline="") as lines:
        return {(row["designation_en"], row["temper"]): row for row in csv.DictReader(lines)}


def max_pour_kg(melt_group: str) -> float:
    """Largest single pour: the largest furnace of the group, or two that are tapped together."""
    furnaces = {furnace.id: furnace.usable_kg for furnace in plant().furnaces_for(melt_group)}
    pairs = [
        sum(furnaces[one] for one in pair) for pair in plant().melting.tapped_together if set(pair) <= furnaces.keys()
    ]
    return max([*furnaces.values(), *pairs])


def add_parts(rows: Rows, seed: int, today: dt.date) -> None:
    """All parts with their patterns; the fixed ones first."""
    chance, alloys = dice(seed, "parts"), catalogue()
    for place in range(COUNT):
        owner, given = FIXED[place] if place < len(FIXED) else (_owner(chance, place), {})
        part = _part(chance, alloys, given)
        add_part(rows, chance, place, customer_id(owner), part, today)


def _owner(chance: random.Random, place: int) -> int:
    # Every company owns at least one part; the rest falls where it falls.
    served = {owner for owner, _ in FIXED}
    others = [number for number in range(len(names.COMPANIES)) if number not in served]
    spare = place - len(FIXED)
    return others[spare] if spare < len(others) else chance.randrange(len(names.COMPANIES))


def _part(
    chance: random.Random, alloys: dict[tuple[str, str], dict[str, str]], given: dict[str, Any]
) -> dict[str, Any]:
    """A part drawn by chance, with what is given taking the place of what was drawn."""
    alloy, temper, _ = chance.choices(names.ALLOYS, weights=[weight for *_, weight in names.ALLOYS])[0]
    alloy, temper = given.get("alloy", alloy), given.get("temper", temper)
    facts = alloys[alloy, temper]
    copper = facts["family"] == "copper"
    line = given.get("line") or chance.choices("ABC", weights=(60, 34, 6))[0]
    casting_kg, per_mould, poured = _weights(chance, facts, line, copper, given)
    nb, en = chance.choice(names.CASTINGS[facts["family"]])
    machined = chance.random() < 0.25
    drawn = {
        "description_nb": nb, "description_en": en, "alloy": alloy, "temper": temper, "line": line,
        "casting_kg": casting_kg, "castings_per_mould": per_mould, "poured_kg_per_mould": poured,
        "finished_kg": round(casting_kg * chance.uniform(0.82, 0.93), 2) if machined else None,
        "core_hours_per_mould": round(chance.choice((0, 0, 0.1, 0.2)) + {"A": 0.05, "B": 0.6, "C": 2.2}[line], 2)
        if chance.random() < 0.6 else 0.0,
        "fettling_hours_per_piece": round(max(0.05, FETTLING_AT_10_KG * (casting_kg / 10) ** 0.67), 2),
        "heat_treatment_class": _heat_treatment(facts["melt_group"], temper),
        "basket_litres": round(casting_kg / float(facts["density_kg_dm3"]) * 4.5, 1) if temper in ("T4", "T6") else None,
        "ndt": chance.choice((None, None, None, None, "PT", "RT")),
        "pressure_bar": chance.choice((None, None, None, 10.0, 16.0, 24.0)),
        "machining_hours_per_piece": round(chance.uniform(0.1, 1.2), 2) if machined else 0.0,
        "subcontract_days": chance.choice((0, 0, 0, 0, 5, 8)),
        "certificate": chance.choice((None, "2.1", "2.2", "2.2", "3.1", "3.1")),
        "release_status": chance.choices(("released", "sample", "new", "blocked"), weights=(90, 5, 3, 2))[0],
        "drawing_no": f"{chance.choice(('T', 'D', 'M', ''))}{chance.randint(10_000, 99_999)}-{chance.choice('ABCDE')}",
        "revision": chance.choice("AABBCD"), "customer_part_no": f"{chance.randint(100_000, 999_999)}",
        "condition": chance.choices(("good", "worn", "damaged", "condemned", "missing"), weights=(80, 14, 3, 2, 1))[0],
    }  # fmt: skip
    if given.get("release_status") == "released":
        drawn["condition"] = "good"
    return drawn | given


def _weights(
    chance: random.Random, facts: dict[str, str], line: str, copper: bool, given: dict[str, Any]
) -> tuple[float, int, float]:
    """Casting kg, castings per mould and poured kg per mould, within the line's limit and the largest single pour."""
    family = "copper" if copper else "aluminium"
    usual_yield = float(facts["yield_planning"])
    pourable = 0.9 * max_pour_kg(facts["melt_group"])
    moulding = plant().line(line)
    heaviest = min(moulding.max_kg[family] if moulding else 10.0, pourable * usual_yield)
    lightest = min(LIGHTEST[line][copper], heaviest / 2)
    weight = math.exp(chance.uniform(math.log(lightest), math.log(0.7 * heaviest)))
    casting_kg = float(given.get("casting_kg") or round(weight, 2))
    wanted = chance.choice((1, 2, 4, 6)) if line == "A" and casting_kg < 4 else 1
    per_mould = int(given.get("castings_per_mould") or max(1, min(wanted, int(pourable * usual_yield / casting_kg))))
    return casting_kg, per_mould, round(casting_kg * per_mould / usual_yield, 1)


def _heat_treatment(melt_group: str, temper: str) -> str | None:
    """Class of loads that may share the furnace: temper and solution temperature in C; none without solution treatment."""
    if temper not in ("T4", "T6", "T64"):
        return None
    degrees = {"AL-SiCu": 525, "AL-Cu": 527}.get(melt_group, 540)
    return f"{temper}-{degrees}"


def add_part(rows: Rows, chance: random.Random, place: int, owner: str, part: dict[str, Any], today: dt.date) -> None:
    """One part with its pattern and the customer's own number."""
    pattern = f"M-{3001 + place}"
    foundry_owned = chance.random() < 0.15
    new = part["release_status"] == "new"
    rows.add(
        Pattern, id=pattern, number=pattern, owner="foundry" if foundry_owned else "customer",
        owner_customer_id=None if foundry_owned else owner, type=PATTERN_TYPES[part["line"]],
        material=chance.choice(("wood", "resin", "aluminium")), line=part["line"],
        shrink_pct=1.2 if part["alloy"].startswith("EN") else 1.5, cavities=part["castings_per_mould"],
        location=f"{chance.choice('ABCD')}{chance.randint(1, 40):02d}", condition=part.pop("condition"),
        revision=part["revision"], last_used=None if new else today - dt.timedelta(days=chance.randint(20, 600)),
        storage_until=today + dt.timedelta(days=chance.randint(200, 1500)),
    )  # fmt: skip
    number = f"P-{1001 + place}"
    own_number = part.pop("customer_part_no")
    rows.add(
        CustomerProduct, customer_id=owner, product_id=number, customer_part_no=own_number,
        drawing_no=part["drawing_no"], revision=part["revision"],
    )  # fmt: skip
    rows.add(
        Product, id=number, number=number, owner_customer_id=owner, pattern_id=None if new else pattern,
        listed_lead_time_days=chance.choice((28, 35, 42, 49)),
        minimum_quantity={"A": 20, "B": 4, "C": 1}[part["line"]], **part,
    )  # fmt: skip
