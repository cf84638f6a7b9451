"""A fact about a named alloy or family: minima, physical figures, ratings, lead, water, names, uses."""

from actions.alloy_facts import MINIMA, PROPERTY_OF_USE, Facts
from actions.alloy_subject import MOST, ask_group, group_asked, read_back, settle, sure
from actions.handler import Handler
from actions.production.catalogue import Alloy, catalogue
from actions.production.recommendation import recommendations
from actions.turn import Entity, Turn

#: Figures that may be listed for every member of an ambiguous name before asking which one is meant.
LISTED = ("shrinkage", "density", "melting", "lead", "seawater")
_MOST = 4


class AlloyProperty(Handler):
    """Answers for the alloys named, or for the earlier one when the question leaves it out."""

    intent = "alloy_property"
    uses = ("alloy", "alloy_group", "temper", "property", "application")

    async def answer(self, turn: Turn) -> None:
        """Facts of up to three alloys; an ambiguous name becomes a question."""
        group = None if turn.said("alloy") else group_asked(turn, [])
        asked = properties(turn)
        if group and set(asked) & set(LISTED) and (turn.said("alloy_group") or not turn.about("alloy")):
            turn.remember(self.intent, self.uses, alloy=[])
            _list_members(turn, group, [name for name in asked if name in LISTED])
            return
        alloys = settle(turn, self.intent, self.uses)
        if not alloys:
            return
        facts = Facts(turn, tempers(turn, alloys), wanted(turn), named=read_back(turn, alloys))
        for alloy in alloys:
            for name in asked or ("strength", "uses"):
                facts.say(alloy, name)
        if "hardened" in facts.tempers and not asked_temper(turn, alloys):
            turn.say("utter_alloy_hardened")
        facts.finish()
        left = sure(turn.said("alloy"))[MOST:]
        if left:
            turn.say("utter_alloy_left", count=MOST, names=[alloy.title for alloy in left])


def properties(turn: Turn) -> list[str]:
    """What is asked: the properties said and what the use said demands; without either, as before. Empty: everything."""
    names = ("property", "application")
    entities = turn.said(*names) or turn.about(*names)
    asked = [each["value"] for each in entities if each["entity"] == "property" and each["value"] != "range"]
    for entity in entities:
        if entity["entity"] == "application":
            use = entity["value"]
            name = (
                use if use in recommendations().guarded and use not in PROPERTY_OF_USE else PROPERTY_OF_USE.get(use, "")
            )
            asked += [name] if name else [] if asked else ["uses"]
    if set(asked) & set(recommendations().guarded) - PROPERTY_OF_USE.keys():
        asked = [name for name in asked if name != "uses"]
    if {"uts", "proof"} & set(asked):
        asked = [name for name in asked if name != "strength"]
    if "fatigue" in asked:
        asked = [name for name in asked if name not in ("strength", "uts")]
    return list(dict.fromkeys(asked))[:_MOST]


def tempers(turn: Turn, alloys: list[Alloy]) -> tuple[str, ...]:
    """The tempers asked for. A remembered one counts only where the alloy has it."""
    said = tuple(dict.fromkeys(each["value"] for each in turn.said("temper")))
    if said:
        return said
    known = tuple(dict.fromkeys(each["value"] for each in turn.about("temper")))
    return tuple(temper for temper in known if all(alloy.condition(temper) for alloy in alloys))


def asked_temper(turn: Turn, alloys: list[Alloy]) -> bool:
    """Whether «hardened» leaves only one temper for these alloys."""
    return all(len([each for each in alloy.conditions if each.temper != "F"]) <= 1 for alloy in alloys)


def wanted(turn: Turn) -> dict[str, float]:
    """Demanded figures by property: min. 650 MPa."""
    return {
        each["value"]: each["wanted"]
        for each in turn.said("property")
        if each.get("wanted") and each["value"] in MINIMA
    }


def _list_members(turn: Turn, group: Entity, asked: list[str]) -> None:
    """The figure of each alloy a name may mean, then the question."""
    facts = Facts(turn)
    for name in asked:
        for designation in group["options"]:
            facts.say(catalogue()[designation], name)
    facts.finish()
    ask_group(turn, group)
