"""Which alloy suits a use: proposals of the table with reasons from the catalogue; the drawing and a person decide."""

from typing import Any

from actions.alloy_facts import PROPERTY_OF_USE, SAFETY
from actions.alloy_subject import ask_group, ask_near, fetch_specialist, group_asked, offer_person, sure
from actions.handler import Handler
from actions.production.catalogue import Alloy, Condition, catalogue
from actions.production.recommendation import Candidate, choices, recommendations
from actions.turn import Turn

USE_OF_PROPERTY = {name: use for use, name in PROPERTY_OF_USE.items()} | {
    "corrosion": "seawater",
    "uts": "high_strength",
    "thermal": "cooling",
}
#: Without one of these, nobody can say what replaces stainless steel.
MEDIA = frozenset({"seawater", "drinking_water", "food", "acid", "heat"})

#: More reasons than this make no line a customer reads.
_REASONS = 3


class AlloyRecommendation(Handler):
    """Proposes candidates; asks one question when the use is missing."""

    intent = "alloy_recommendation"
    uses = ("application", "property", "alloy", "alloy_group", "foreign_material")

    async def answer(self, turn: Turn) -> None:
        """Decline what we do not cast, ask what is missing, warn where a person decides, propose."""
        near = next((each for each in turn.said("alloy") if each.get("near")), None)
        if near:
            ask_near(turn, near)
            return
        needs = self._needs(turn)
        if turn.said("foreign_material"):
            turn.say("utter_not_cast", material=f"material.{turn.said('foreign_material')[0]['value']}")
        if turn.about("foreign_material") and not MEDIA & set(needs):
            _ask(turn, "utter_recommend_medium", "ask_medium")
            return
        if not needs:
            self._ask_use(turn)
            return
        self._propose(turn, needs)

    def _needs(self, turn: Turn) -> list[str]:
        """The uses said; a follow-up adds to those of the question before."""
        names = ("application", "property")
        before = (turn.tracker.get_slot("subject") or {}) if turn.intent != self.intent else {}
        known = (before.get("entities") or {}) if before.get("intent") == self.intent else {}
        entities = [each for name in names for each in known.get(name, [])] + turn.said(*names)
        if not entities:
            entities = turn.about(*names)
        turn.remember(
            self.intent, self.uses, application=[each for each in entities if each["entity"] == "application"]
        )
        found = [
            each["value"] if each["entity"] == "application" else USE_OF_PROPERTY.get(each["value"], "")
            for each in entities
        ]
        return [need for need in dict.fromkeys(found) if need]

    def _ask_use(self, turn: Turn) -> None:
        group = group_asked(turn, sure(turn.said("alloy")))
        if group and not turn.said("alloy"):
            ask_group(turn, group)
            return
        _ask(turn, "utter_recommend_use", "ask_application")

    def _propose(self, turn: Turn, needs: list[str]) -> None:
        table = recommendations()
        guarded = [f"application.{need}" for need in needs if need in table.guarded]
        without = [alloy.designation for alloy in sure(turn.said("alloy"))]
        found = table.choose(needs, without, _family(turn))
        if found:
            turn.say("utter_recommend_for", needs=[f"application.{need}" for need in needs])
            records = [say_candidate(turn, candidate) for candidate in found]
            turn.say("utter_recommend_source")
            if any(records):
                turn.say("utter_recommend_records", join=" ")
        elif not guarded:
            turn.say("utter_recommend_none", needs=[f"application.{need}" for need in needs])
        _warn(turn, needs, guarded)
        if found and not guarded:
            turn.offer({"reply": "utter_start_choice_quote", "payload": "/place_order"})
        if SAFETY.intersection(needs):
            fetch_specialist(turn)
        else:
            offer_person(turn)


def _family(turn: Turn) -> str | None:
    """The family an ambiguous name keeps to: which bronze, which aluminium."""
    families = {catalogue()[name].family for each in turn.said("alloy_group") for name in each["options"]}
    return families.pop() if len(families) == 1 else None


def _warn(turn: Turn, needs: list[str], guarded: list[str]) -> None:
    if "drinking_water" in needs:
        turn.say("utter_alloy_drinking_rule")
    if "heat" in needs:
        turn.say("utter_recommend_heat")
    if "lead_free" in needs:
        turn.say("utter_recommend_lead_free")
    if turn.said("pressure"):
        turn.say("utter_alloy_pressure", bar=turn.said("pressure")[0]["value"])
    left = [name for name in guarded if name not in ("application.drinking_water", "application.heat")]
    if left:
        turn.say("utter_recommend_guarded", needs=left)


def _ask(turn: Turn, reply: str, listed: str) -> None:
    turn.say(reply)
    turn.offer(*({"reply": f"utter_choice_use_{use}"} for use in choices()[listed]))
    offer_person(turn)


def say_candidate(turn: Turn, candidate: Candidate) -> bool:
    """One line: the alloy, why, and what to mind. A reason without a figure we may tell is left out.

    True when a minimum was said that stands in our records only.
    """
    turn.say("utter_recommend_candidate", alloy=candidate.alloy.title)
    separator = " "
    for reason in candidate.reasons[:_REASONS]:
        values = _values(turn, candidate.alloy, reason)
        if values is not None:
            turn.say(values.pop("reply", f"utter_reason_{reason}"), join=separator, **values)
            separator = ", "
    for number, caution in enumerate(candidate.cautions):
        if number == 0:
            turn.say("utter_recommend_note", join=" – " if candidate.reasons else " ")
        turn.say(f"utter_caution_{caution}", join=" " if number == 0 else ", ", value=candidate.alloy.lead.max_pct)
    condition = _condition(candidate.alloy)
    told = {"strength", "hardness"} & set(candidate.reasons[:_REASONS])
    return bool(told and condition and condition.minima and condition.minima.by_records)


def _condition(alloy: Alloy) -> Condition | None:
    """The condition whose minima stand for an alloy: the hardened one where there is one."""
    return next((each for each in reversed(alloy.conditions) if each.minima), None)


def _values(turn: Turn, alloy: Alloy, reason: str) -> dict[str, Any] | None:
    """What a reason's text shows, or None when the catalogue has nothing to show."""
    condition = _condition(alloy)
    minima = condition.minima if condition else None
    rating = {"tightness": "pressure_tightness"}.get(reason, reason)
    if rating in alloy.ratings:
        return {"rating": alloy.ratings[rating]}
    if reason in ("strength", "hardness"):
        if minima is None or condition is None:
            return None
        tempers = {"condition": f"condition.{condition.temper}"} if alloy.family == "aluminium" else {}
        values = {"uts": minima.uts_mpa, "elongation": minima.elongation_pct, "hardness": minima.hardness_hbw}
        return {"reply": f"utter_reason_{reason}{'_in' if tempers else ''}", **tempers, **values}
    if reason == "thermal":
        return {"value": alloy.conditions[0].thermal}
    if reason == "conductivity":
        return {"value": alloy.conditions[0].electrical}
    if reason in ("lead_free", "lead_limit"):
        return {"value": alloy.lead.max_pct} if alloy.lead.max_pct is not None else None
    shown: dict[str, dict[str, Any]] = {
        "seawater": {"rating": f"seawater.{alloy.seawater}"},
        "density": {"value": alloy.conditions[0].density},
        "uses": {"uses": alloy.use(turn.language)},
    }
    return shown[reason]
