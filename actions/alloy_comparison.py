"""Two or more alloys against each other, or whether two names are one alloy."""

from dataclasses import replace
from itertools import pairwise

from actions.alloy_facts import Facts
from actions.alloy_property import properties, tempers, wanted
from actions.alloy_recommendation import say_candidate
from actions.alloy_subject import (
    ask_group,
    ask_near,
    earlier,
    group_asked,
    offer_person,
    read_back,
    refuse,
    sure,
    written,
)
from actions.handler import Handler
from actions.production.catalogue import RATINGS, Alloy
from actions.production.recommendation import recommendations
from actions.turn import Turn

_MOST = 3


class AlloyComparison(Handler):
    """Says the differences in a few lines, and that alloys are not interchangeable without approval."""

    intent = "alloy_comparison"
    uses = ("alloy", "alloy_group", "temper", "property", "application")

    async def answer(self, turn: Turn) -> None:
        """Compares what was named; with one name, against what was talked of before."""
        if self._unclear(turn):
            return
        said = turn.said("alloy")
        alloys = sure(said) or earlier(turn)
        if len(alloys) == 1 and len(said) < 2:
            alloys = list(dict.fromkeys([*earlier(turn), *alloys]))
        turn.remember(self.intent, self.uses, alloy=_entities(alloys), alloy_group=[])
        if len(alloys) >= 2:
            read_back(turn, alloys)
            _compare(turn, alloys[:_MOST])
        elif alloys and len(said) > 1:
            names = list(dict.fromkeys(written(turn, each) for each in said))
            turn.say("utter_compare_same", names=names, alloy=alloys[0].label, standard=alloys[0].standard)
        elif alloys:
            turn.say("utter_compare_with_what", alloy=alloys[0].label)
        else:
            turn.say("utter_compare_which")

    def _unclear(self, turn: Turn) -> bool:
        near = next((each for each in turn.said("alloy") if each.get("near")), None)
        group = group_asked(turn, sure(turn.said("alloy"))) if turn.said("alloy_group") else None
        strange = turn.said("unknown_alloy", "foreign_material")
        if near:
            ask_near(turn, near)
        elif group:
            ask_group(turn, group)
        elif strange and len(sure(turn.said("alloy"))) < 2:
            refuse(turn, strange)
        else:
            return False
        turn.remember(self.intent, self.uses, alloy=_entities(sure(turn.said("alloy"))))
        return True


def _entities(alloys: list[Alloy]) -> list[dict[str, str]]:
    return [{"entity": "alloy", "value": alloy.designation} for alloy in alloys]


def _compare(turn: Turn, alloys: list[Alloy]) -> None:
    turn.say("utter_compare_different", names=[alloy.label for alloy in alloys])
    asked = properties(turn) if turn.about("property") else []
    facts = Facts(turn, tempers(turn, alloys), wanted(turn))
    for name in asked or ["strength"]:
        for alloy in alloys:
            facts.say(alloy, name)
    if not asked:
        for alloy in alloys:
            turn.say(
                "utter_compare_line", alloy=alloy.designation, density=alloy.conditions[0].density,
                shrinkage=alloy.conditions[0].shrinkage, seawater=f"seawater.{alloy.seawater}", lead=f"lead.{alloy.lead.role}",
            )  # fmt: skip
        _ratings(turn, alloys)
        _cautions(turn, alloys)
    facts.finish()
    if turn.said("pressure"):
        turn.say("utter_alloy_pressure", bar=turn.said("pressure")[0]["value"])
        if not facts.person:
            offer_person(turn)


def _cautions(turn: Turn, alloys: list[Alloy]) -> None:
    """What to mind with each alloy in the use that was named, from the recommendation table."""
    needs = [each["value"] for each in turn.about("application")]
    for candidate in recommendations().choose(needs):
        if candidate.alloy in alloys and candidate.cautions:
            say_candidate(turn, replace(candidate, reasons=()))


def _ratings(turn: Turn, alloys: list[Alloy]) -> None:
    """The ratings in which the alloys differ; scales of different families are not mixed."""
    if any(one.scale != other.scale for one, other in pairwise(alloys)):
        turn.say("utter_compare_scales")
        turn.say("utter_compare_estimate", join=" ")
        return
    for name in RATINGS:
        values = [alloy.ratings[name] for alloy in alloys]
        if len(set(values)) > 1:
            pairs = [f"{alloy.designation} {value}" for alloy, value in zip(alloys, values, strict=True)]
            turn.say("utter_compare_rating", property=f"property.{name}", values=pairs)
    turn.say(f"utter_compare_estimate_{alloys[0].scale}")
