"""What can be cast at all: the largest pour of a melt group, the heaviest casting, the size, the thinnest wall.

Furnaces hold poured weight (casting, runners and feeders); customers mostly name the casting weight. The planning
yield of the catalogue is the way from one to the other.
"""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from actions.production.catalogue import Alloy
from actions.production.plant import Line, Plant, Wall

#: Share of a kilogram that rounding may hide.
TOLERANCE_KG = 1e-6
#: Days of a week that is worked in full.
WEEK_DAYS = 5


class NotMeltedError(LookupError):
    """No furnace of ours may melt this alloy."""


@dataclass(frozen=True)
class PourLimit:
    """Most that can be poured in one go, kg, and the furnaces that give it."""

    kg: float
    furnaces: tuple[str, ...]


def pour_limit(plant: Plant, melt_group: str) -> PourLimit | None:
    """Largest single pour of a melt group: one furnace, or two into one ladle if both may melt it. None: not melted."""
    allowed = {furnace.id: furnace.usable_kg for furnace in plant.furnaces_for(melt_group)}
    options = [PourLimit(kg, (name,)) for name, kg in allowed.items()]
    for pair in plant.melting.tapped_together:
        if all(name in allowed for name in pair):
            options.append(PourLimit(sum(allowed[name] for name in pair), pair))
    return max(options, key=lambda option: option.kg, default=None)


def week_melts(plant: Plant, melt_groups: Collection[str]) -> float:
    """Most that a week of five working days gives of any of these groups, kg of poured metal: every furnace that may melt them."""
    allowed = [each for each in plant.melting.furnaces if not set(melt_groups).isdisjoint(each.melt_groups)]
    return sum(each.usable_kg * each.melts_per_day * WEEK_DAYS for each in allowed)


@dataclass(frozen=True)
class Verdict:
    """One weight against one alloy's limits, with the figures of the arithmetic (kg)."""

    alloy: Alloy
    casting_kg: float
    poured_kg: float
    limit: PourLimit
    largest_kg: float
    melts: int

    @property
    def possible(self) -> bool:
        """Whether it can be one casting in one pour."""
        return self.casting_kg <= self.largest_kg + TOLERANCE_KG and self.poured_kg <= self.limit.kg + TOLERANCE_KG

    @property
    def by_line(self) -> bool:
        """Whether the moulding line, not the furnace, says no."""
        return not self.possible and self.poured_kg <= self.limit.kg + TOLERANCE_KG


def largest_casting(plant: Plant, alloy: Alloy) -> float:
    """Heaviest casting of an alloy, kg: what the largest pour leaves after gating, and what a moulding line carries."""
    limit = pour_limit(plant, alloy.melt_group)
    if limit is None:
        return 0.0
    heaviest = max(line.max_kg.get(alloy.family, 0.0) for line in plant.moulding.lines)
    return min(limit.kg * alloy.yield_planning, heaviest)


def judge(plant: Plant, alloy: Alloy, kg: float, poured: bool = False) -> Verdict:
    """A weight as casting weight, or as poured weight. Raises NotMeltedError when no furnace may melt the alloy."""
    limit = pour_limit(plant, alloy.melt_group)
    if limit is None:
        raise NotMeltedError(alloy.designation)
    casting = kg * alloy.yield_planning if poured else kg
    pour = kg if poured else kg / alloy.yield_planning
    melts = math.ceil(pour / limit.kg - TOLERANCE_KG)
    return Verdict(alloy, casting, pour, limit, largest_casting(plant, alloy), melts)


def inner_box(plant: Plant, line: Line) -> tuple[float, float, float]:
    """Largest part of a line, mm: the flask less sand on every side, and along its length less the gating."""
    length, width, height = line.flask_mm
    sand = 2 * plant.moulding.sand_mm
    return length - sand - plant.moulding.gating_mm, width - sand, height - sand


def fits(plant: Plant, line: Line, dimensions_mm: Sequence[float]) -> bool:
    """Whether a part of these dimensions (one to three, any order) goes into the line's largest flask."""
    room = sorted(inner_box(plant, line), reverse=True)
    return all(size <= free for size, free in zip(sorted(dimensions_mm, reverse=True), room, strict=False))


def line_for(plant: Plant, family: str, casting_kg: float, dimensions_mm: Sequence[float] = ()) -> Line | None:
    """The smallest line that carries the weight and takes the size; lines stand in that order in the parameters."""
    for line in plant.moulding.lines:
        if casting_kg <= line.max_kg.get(family, 0.0) + TOLERANCE_KG and fits(plant, line, dimensions_mm):
            return line
    return None


def wall(plant: Plant, alloy: Alloy | None, family: str) -> Wall:
    """The wall limits of an alloy's melt group, or else of its family."""
    walls = plant.moulding.walls_mm
    return walls.get(alloy.melt_group if alloy else "", walls[family])


def judge_wall(limits: Wall, thickness_mm: float) -> str:
    """``yes``, ``review`` (a person looks at the drawing) or ``no``."""
    if thickness_mm >= limits.usual:
        return "yes"
    return "review" if thickness_mm >= limits.possible else "no"
