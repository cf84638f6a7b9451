"""What metals weigh: one alloy, or those that one name means."""

from collections.abc import Sequence
from dataclasses import dataclass

from actions.production.catalogue import Alloy, catalogue
from actions.turns.turn import Turn
from bot.common.replies import replies

#: Densities that differ by less than this share are told as one figure.
_ALIKE = 0.04


@dataclass(frozen=True)
class Density:
    """Kilograms a cubic decimetre, from the lightest to the densest alloy meant; ``name`` as it is said."""

    low: float
    high: float
    name: str

    @property
    def ending(self) -> str:
        """How the names of the texts end that tell it."""
        return "" if self.one else "_range"

    @property
    def one(self) -> bool:
        """Whether one figure stands for it."""
        return self.high - self.low <= _ALIKE * self.high


def density_of(alloy: Alloy) -> Density:
    """The density of one alloy."""
    return Density(alloy.conditions[0].density, alloy.conditions[0].density, alloy.title)


def density_of_group(turn: Turn, options: Sequence[str], group: str) -> Density:
    """The densities of the alloys that one name means, under that name."""
    figures = [catalogue()[each].conditions[0].density for each in options]
    return Density(min(figures), max(figures), replies().terms[turn.language][f"alloy_group.{group}"])
