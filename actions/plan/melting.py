"""How much metal can be melted in a week: what the furnaces hold, by metal."""

from collections.abc import Sequence

from actions.plan.capacity_reading import HUMAN, alloys_meant
from actions.production.catalogue import Alloy, catalogue
from actions.production.limits import week_melts
from actions.production.plant import plant
from actions.turns.question_words import asks
from actions.turns.turn import Turn

#: What is asked when the melting of a week is: all of these must be.
ASKED = ("melting", "in_a_week", "how_much")


def say_week(turn: Turn) -> bool:
    """The most a week gives in the alloys named, or in both metals. True when it was asked."""
    if not all(asks(turn.text, topic) for topic in ASKED):
        return False
    if not plant().approved("melting"):
        turn.say("utter_capacity_to_check")
        turn.offer(HUMAN)
        return True
    turn.say("utter_limits_week_head")
    named = turn.said("alloy", "alloy_group")
    for materials, kg in _weeks(alloys_meant(turn) if named else []):
        turn.say("utter_limits_week", materials=materials, kg=kg)
    return True


def _weeks(alloys: Sequence[Alloy]) -> list[tuple[list[str], float]]:
    """Terms of metals, those of the same furnaces together, with what a week gives."""
    if not alloys:
        known = catalogue().alloys.values()
        groups = {
            family: {each.melt_group for each in known if each.family == family} for family in ("aluminium", "copper")
        }
        return [([f"family.{family}"], week_melts(plant(), theirs)) for family, theirs in groups.items()]
    found: dict[tuple[str, ...], dict[str, None]] = {}
    for alloy in alloys:
        furnaces = tuple(each.id for each in plant().furnaces_for(alloy.melt_group))
        found.setdefault(furnaces, {})[alloy.melt_group] = None
    return [([f"melt_group.{each}" for each in groups], week_melts(plant(), groups)) for groups in found.values()]
