"""Whether we cast an alloy, and what a name from another standard is called in EN."""

from collections.abc import Sequence

from actions.alloys.claims import say_claim
from actions.alloys.property import gains
from actions.alloys.subject import (
    ASKED_GROUP,
    NAMES,
    answer_rest,
    group_asked,
    hear_names,
    read_back,
    refuse,
    settle,
    show_alloys,
    sure,
)
from actions.production.catalogue import Alloy, catalogue
from actions.production.recommendation import recommendations
from actions.turns.handler import Handler, answer_as
from actions.turns.question_words import asks
from actions.turns.turn import Turn

#: The temper of which it is not told which one; so many alloys are named that have one.
HARDENED, FEW = "hardened", 2
#: More names than this are no answer a customer reads.
SHOWN = 6


class AlloyOffered(Handler):
    """Yes with designation and standard, a question, or an honest no."""

    intent = "alloy_offered"
    uses = ("alloy", "alloy_group", "temper")

    def goes_on(self, turn: Turn) -> bool:
        """«What do I gain?» after a temper was named."""
        return gains(turn)

    async def answer(self, turn: Turn) -> None:
        """Answers for each alloy named, or lists them all; materials we do not cast are declined beside them."""
        hear_names(turn)
        if say_claim(turn):
            return
        if asks(turn.text, "runs_weekly") and _say_weekly(turn):
            return
        strange = turn.said("foreign_material", "unknown_alloy")
        if strange:
            refuse(turn, strange)
            if not answer_rest(turn):
                turn.remember(self.intent, self.uses)
                return
        group = group_asked(turn, []) if turn.said("alloy_group") and not turn.said("alloy") else None
        if group and turn.said("application"):
            # «Do you have a lead-free bronze?» is answered by those that are.
            await answer_as(turn, "alloy_recommendation")
            return
        if group:
            turn.remember(self.intent, self.uses, alloy=[])
            if turn.reading.whole.says("quantity"):
                # The request that the pieces begin asks which of them.
                names = [catalogue()[name].title for name in group["options"]]
                turn.say("utter_offered_group_names", group=f"alloy_group.{group['value']}", names=names)
                return
            # Yes to all of them, so it is not asked which.
            turn.say("utter_offered_group_names", group=f"alloy_group.{group['value']}", names=_usual(group["options"]))
            turn.offer(*({"title": name} for name in _usual(group["options"])))
            show_alloys(turn, [catalogue()[name] for name in group["options"]])
            turn.ground.note(ASKED_GROUP, [group], "database")
            return
        if gains(turn) and turn.about("alloy"):
            several = len(sure(turn.about("alloy"))) > 1
            await answer_as(turn, "alloy_comparison" if several else "alloy_property")
            return
        listed = any(each["value"] == "range" for each in turn.said("property"))
        if not turn.said(*NAMES) and (listed or not turn.about("alloy", "alloy_group")):
            _list(turn)
            return
        alloys = settle(turn, self.intent, self.uses)
        read_back(turn, alloys)
        for alloy in alloys:
            _offered(turn, alloy)
        if alloys and turn.said("temper") and asks(turn.text, "gain"):
            await answer_as(turn, "alloy_comparison" if len(alloys) > 1 else "alloy_property")


def _usual(options: Sequence[str]) -> list[str]:
    """The alloys of a name, those that are melted every week first; no more of them than anybody reads."""
    alloys = sorted((catalogue()[each] for each in options), key=recommendations().campaign)
    return [each.title for each in alloys][:SHOWN]


def _say_weekly(turn: Turn) -> bool:
    """Whether the alloys meant are melted every week. False when none is meant."""
    named = [name for each in turn.about("alloy_group") for name in each.get("options", ())]
    alloys = sure(turn.about("alloy")) or [catalogue()[name] for name in named]
    for campaign, reply in ((False, "utter_offered_weekly"), (True, "utter_offered_on_campaign")):
        names = [each.title for each in alloys if recommendations().campaign(each) == campaign]
        if names:
            turn.say(reply, names=names[:SHOWN])
    if alloys:
        turn.remember("alloy_offered", ("alloy", "alloy_group"))
    return bool(alloys)


def _list(turn: Turn) -> None:
    """What is melted every week by name, the rest by number."""
    usual = [
        alloy
        for alloy in catalogue().alloys.values()
        if not recommendations().campaign(alloy) and alloy.status == "current"
    ]
    turn.say("utter_offered_all")
    for family in ("aluminium", "copper"):
        turn.say(f"utter_offered_{family}", names=[alloy.title for alloy in usual if alloy.family == family])
    turn.say("utter_offered_more", count=len(catalogue().alloys) - len(usual))


def _offered(turn: Turn, alloy: Alloy) -> None:
    tempers = list(dict.fromkeys(str(each["value"]) for each in turn.said("temper") if each["value"] != HARDENED))
    missing = [temper for temper in tempers if not alloy.condition(temper)]
    if missing and len(missing) == len(tempers):
        _not_in(turn, alloy, missing[0])
        return
    turn.say("utter_offered_yes", alloy=alloy.label, standard=alloy.standard)
    if alloy.status != "current":
        turn.say(f"utter_alloy_status_{alloy.status}", standard=alloy.standard, join=" ")
    if recommendations().campaign(alloy):
        turn.say("utter_offered_campaign", join=" ")
    for temper in tempers:
        values = {"alloy": alloy.designation, "conditions": [f"condition.{each.temper}" for each in alloy.conditions]}
        if alloy.condition(temper):
            turn.say("utter_offered_temper", join=" ", condition=f"condition.{temper}")
        else:
            turn.say("utter_alloy_no_temper", join=" ", temper=temper, **values)


def _not_in(turn: Turn, alloy: Alloy, temper: str) -> None:
    """No to a temper that the catalogue has not for an alloy, with what it has, and who has the temper."""
    conditions = [f"condition.{each.temper}" for each in alloy.conditions]
    turn.say("utter_offered_not_in", alloy=alloy.label, temper=temper, conditions=conditions)
    table = recommendations()
    others = [each for each in catalogue().alloys.values() if each.family == alloy.family and each.condition(temper)]
    names = [each.title for each in others if each.status == "current" and not table.campaign(each)][:FEW]
    if names:
        turn.say("utter_offered_temper_in", join=" ", temper=temper, names=names)
