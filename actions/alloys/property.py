"""A fact about a named alloy or family: minima, physical figures, ratings, lead, water, names, uses."""

from collections.abc import Sequence

from actions.alloys.advice import asks_to_mend, say_advice, say_mending, topics_asked
from actions.alloys.asked import asks_tight
from actions.alloys.claims import say_claim
from actions.alloys.facts import MINIMA, PROPERTY_OF_USE, Facts
from actions.alloys.request import metal_at_hand, told_uses, usual_of
from actions.alloys.subject import (
    MOST,
    NAMES,
    TALKED_OF,
    among_compared,
    ask_alloy,
    ask_group,
    earlier,
    group_asked,
    hear_names,
    names_another_part,
    picked,
    proposed,
    read_back,
    settle,
    sure,
)
from actions.production.catalogue import Alloy, catalogue
from actions.production.recommendation import recommendations
from actions.turns.handler import Handler, answer_as
from actions.turns.outside import outside
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words

#: The temper of a casting that was not heat treated.
AS_CAST = "F"
#: Figures that may be listed for every member of an ambiguous name before asking which one is meant.
LISTED = ("shrinkage", "density", "melting", "lead", "seawater", "drinking_water", *MINIMA, "strength")
_MOST = 4
#: What the words of general advice are also read as.
IN_ADVICE = frozenset({"corrosion", "anodised", "range", "names", "uses"})


class AlloyProperty(Handler):
    """Answers for the alloys named, or for the earlier one when the question leaves it out."""

    intent = "alloy_property"
    uses = ("alloy", "alloy_group", "temper", "property", "application")

    def goes_on(self, turn: Turn) -> bool:
        """«What do I gain?» after a temper was named."""
        return gains(turn)

    async def answer(self, turn: Turn) -> None:
        """Facts of up to three alloys; an ambiguous name becomes a question. What was compared is compared further."""
        hear_names(turn)
        _hear_at_hand(turn)
        topics = topics_asked(turn.text, turn.entities)
        if not topics and say_claim(turn):
            return
        if topics and self._advised(turn, topics):
            return
        if asks_to_mend(turn):
            say_mending(turn)
            return
        if names_another_part(turn):
            await answer_as(turn, "alloy_recommendation")
            return
        if among_compared(turn) or _against_talked_of(turn):
            await answer_as(turn, "alloy_comparison")
            return
        if [each["value"] for each in turn.said("property")] == ["range"] and not turn.said(*NAMES):
            await answer_as(turn, "alloy_offered")
            return
        if turn.before.topic == "alloy_recommendation" and _goes_on_looking(turn):
            await answer_as(turn, "alloy_recommendation")
            return
        unnamed = not turn.about("alloy", "alloy_group") and not turn.said(*NAMES)
        if unnamed and properties(turn) == ["shrinkage"]:
            _say_shrinkage(turn)
            return
        if unnamed and outside(turn):
            await answer_as(turn, "out_of_scope")
            return
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
        if turn.said("pressure"):
            turn.say("utter_alloy_pressure", bar=turn.said("pressure")[0]["value"])
        left = sure(turn.said("alloy"))[MOST:]
        if left:
            turn.say("utter_alloy_left", count=MOST, names=[alloy.title for alloy in left])

    def _advised(self, turn: Turn, topics: list[str]) -> bool:
        """Say what is general. False when a figure of an alloy is asked for beside it."""
        say_advice(turn, topics)
        beside = {each["value"] for each in turn.said("property", "application")} - IN_ADVICE
        turn.entities = [
            each
            for each in turn.entities
            if each["entity"] != "foreign_material" and each.get("value") not in IN_ADVICE
        ]
        if beside and turn.said("alloy"):
            return False
        turn.remember(self.intent, self.uses)
        return True


def _hear_at_hand(turn: Turn) -> None:
    """Complete a question with its subject left out: a pressure asks for tightness, and what was proposed or stands is meant."""
    tight = turn.said("pressure") or asks_tight(turn.text)
    if tight and not turn.said("property"):
        turn.entities.append({"entity": "property", "value": "pressure_tightness", "start": 0, "end": 0})
    if turn.said(*NAMES) or turn.about("alloy"):
        return
    taken = picked(turn)
    if not taken and turn.slot("question") and turn.said("property"):
        options = metal_at_hand(turn).options
        usual = usual_of(options, told_uses(turn)) if options else None
        taken = [{"entity": "alloy", "value": usual.designation}] if usual else []
    turn.entities += [{**each, "start": 0, "end": 0, "reference": TALKED_OF} for each in taken[:1]]


def _against_talked_of(turn: Turn) -> bool:
    """«Would aluminium be lighter?»: a name of several alloys is set against what was talked of.

    «How much stronger is that?» sets the alloy talked of now against the one before.
    """
    groups = turn.said("alloy_group")
    if turn.said("alloy") or not words("alloys").says(turn.text, "comparative", "dearer"):
        return False
    if not groups:
        return len(turn.ground.recent("alloy")) > 1 and not turn.said(*NAMES)
    options = groups[0].get("options", ())
    return any(alloy.designation not in options for alloy in (*earlier(turn), *proposed(turn)))


def _goes_on_looking(turn: Turn) -> bool:
    """Whether an alloy is put to the needs that were told, or a further need is told («it has to be welded too»)."""
    if turn.said("alloy"):
        return not turn.said("property", "application")
    demands = {"application", *(("property",) if set(properties(turn)) <= set(PROPERTY_OF_USE.values()) else ())}
    return not turn.asks and not turn.said(*NAMES) and bool(turn.said(*demands))


def asks_pattern_size(turn: Turn) -> bool:
    """Whether it is asked how much larger than the part a pattern is made, which the alloy tells."""
    return asks(turn.text, "larger_pattern") or any(each["value"] == "shrinkage" for each in turn.said("property"))


async def say_pattern_size(turn: Turn) -> None:
    """The shrinkage of the alloy talked of, or of both metals."""
    turn.entities.append({"entity": "property", "value": "shrinkage", "start": 0, "end": 0})
    await answer_as(turn, "alloy_property")


def _say_shrinkage(turn: Turn) -> None:
    """How much larger a pattern is than the part, in each metal, where no alloy was named; then the question for it."""
    for family in ("aluminium", "copper"):
        alloys = [alloy for alloy in catalogue().alloys.values() if alloy.family == family]
        told = [each.shrinkage.split("-") for alloy in alloys for each in alloy.conditions]
        found = [float(figure) for figures in told for figure in figures]
        turn.say("utter_alloy_shrinkage_family", family=f"family.{family}", low=min(found), high=max(found))
    ask_alloy(turn)


def properties(turn: Turn) -> list[str]:
    """What is asked: the properties said and what the use said demands; without either, as before. Empty: everything."""
    names = ("property", "application")
    return properties_in(turn.said(*names) or turn.about(*names))


def properties_in(entities: Sequence[Entity]) -> list[str]:
    """The properties that entities name, and what the uses among them demand."""
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
    known = tuple(dict.fromkeys(each["value"] for each in turn.about("temper")))
    found = said or tuple(temper for temper in known if all(alloy.condition(temper) for alloy in alloys))
    # What a treatment gains is seen beside the casting as it is.
    as_cast = any(alloy.condition(AS_CAST) for alloy in alloys) and AS_CAST not in found
    return (AS_CAST, *found) if found and as_cast and (gains(turn) or weighs_temper(turn)) else found


def gains(turn: Turn) -> bool:
    """Whether it is asked what something brings, in hardly more words."""
    return asks(turn.text, "gain") and not turn.said(*NAMES, "application")


def weighs_temper(turn: Turn) -> bool:
    """Whether one temper is asked about, and none decided on: «would T6 make a difference?»"""
    return bool(turn.said("temper")) and (turn.asks or words("alloys").says(turn.text, "compares"))


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
    if not _all_alike(group, asked):
        ask_group(turn, group)


def _all_alike(group: Entity, asked: list[str]) -> bool:
    """Whether all alloys a name may mean have the one density that was asked: nothing is left to choose."""
    return asked == ["density"] and len({catalogue()[each].conditions[0].density for each in group["options"]}) == 1
