"""Which alloy suits a use: proposals of the table with reasons from the catalogue; the drawing and a person decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.alloys.facts import PROPERTY_OF_USE, SAFETY, Facts
from actions.alloys.request import own_metal, told_uses
from actions.alloys.subject import (
    MOST,
    USE_ASKED,
    among_compared,
    ask_near,
    fetch_specialist,
    hear_names,
    left_to_us,
    note_picked,
    offer_person,
    show_alloys,
    sure,
)
from actions.alloys.wrought import say_wrought
from actions.production.catalogue import Alloy, Condition, catalogue
from actions.production.recommendation import Candidate, choices, meets, recommendations
from actions.turns.handler import Handler, answer_as
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.sources import say_sources
from actions.turns.turn import Turn
from actions.turns.words import words

USE_OF_PROPERTY = {name: use for use, name in PROPERTY_OF_USE.items()} | {
    "corrosion": "seawater",
    "uts": "high_strength",
    "thermal": "cooling",
}
# «How much does it cost?» asks for no cheap alloy.
del USE_OF_PROPERTY["price"]
#: Without one of these, nobody can say what replaces stainless steel.
MEDIA = frozenset({"seawater", "drinking_water", "food", "acid", "heat"})

#: More reasons, and more proposals, than this make no answer a customer reads.
_REASONS, _PROPOSALS = 2, 3
#: What a part does or suffers, in ordinary words, and the need it makes: words of data/words/alloys.yml.
_HEARD_NEEDS = {"slides": "bearing", "worn": "wear"}
#: What a part has to stand where it is used: words of data/words/alloys.yml.
CONDITIONS = ("dry", "outdoor")
#: The common ground's name for what the alloy looked for must do: said once, it holds for the talk.
_NEED = "need"


def needs_before(turn: Turn) -> list[str]:
    """What the alloy looked for must do, as the talk before told."""
    return [str(each["value"]) for each in turn.before.about(_NEED)]


def note_needs(turn: Turn, needs: Sequence[str]) -> None:
    """Keep what the alloy looked for must do."""
    turn.ground.note(_NEED, [{"entity": _NEED, "value": need} for need in needs])


class AlloyRecommendation(Handler):
    """Proposes candidates; asks one question when the use is missing."""

    intent = "alloy_recommendation"
    uses = ("application", "property", "alloy", "alloy_group", "foreign_material")

    async def answer(self, turn: Turn) -> None:
        """Decline what we do not cast, ask what is missing, warn where a person decides, propose."""
        if say_wrought(turn):
            return
        near = next((each for each in turn.said("alloy") if each.get("near")), None)
        if near:
            ask_near(turn, near)
            return
        if among_compared(turn):
            await answer_as(turn, "alloy_comparison")
            return
        leaves = left_to_us(turn.text) and not turn.asks
        needs = self._needs(turn)
        if leaves:
            _choose(turn, needs)
            return
        judged = sure(turn.said("alloy"))
        if judged and needs and _to_be_judged(turn, self.intent):
            judge(turn, judged[:MOST], needs)
            return
        if turn.said("foreign_material"):
            turn.say("utter_not_cast", materials=[f"material.{turn.said('foreign_material')[0]['value']}"])
        if turn.about("foreign_material") and not MEDIA & set(needs):
            _ask(turn, "utter_recommend_medium", "ask_medium")
            return
        if not needs:
            ask_use(turn)
            return
        self._propose(turn, needs)

    def _needs(self, turn: Turn) -> list[str]:
        """The needs said, with those of the talk before unless another part or a search anew is spoken of."""
        said = [each for each in turn.reading.whole.entities if each["entity"] in ("application", "property")]
        heard = [need for need in map(_need, said or turn.said("application", "property")) if need]
        if not recommendations().parts & set(heard):
            heard += [need for need in needs_heard(turn) if need not in heard]
        heard += [need for need in conditions_heard(turn) if need not in heard]
        known = needs_before(turn) or told_uses(turn)
        if turn.slot("question"):
            # In the midst of a request it is about what that is for.
            known = list(dict.fromkeys([*told_uses(turn), *known]))
        if not heard and not known:
            heard = [need for need in map(_need, turn.about("application", "property")) if need]
        anew = _anew(turn, heard, known)
        if anew and known and not turn.said("alloy_group"):
            # The metal belonged to the part before.
            turn.ground.note("alloy_group", [])
        needs = list(dict.fromkeys(heard if anew else known + heard))
        turn.remember(self.intent, self.uses, application=[{"entity": "application", "value": need} for need in needs])
        note_needs(turn, needs)
        return needs or (["light"] if _family(turn) == "aluminium" else [])

    def _propose(self, turn: Turn, needs: list[str]) -> None:
        table = recommendations()
        guarded = [f"application.{need}" for need in needs if need in table.guarded]
        without = [alloy.designation for alloy in sure(turn.said("alloy"))]
        found = _of_metal(turn, table.choose(needs, without, _family(turn)))[:_PROPOSALS]
        if found and turn.slot("question") and not guarded:
            _say_one(turn, found, needs)
        elif found:
            turn.say("utter_recommend_for", needs=[f"application.{need}" for need in needs])
            records = [say_candidate(turn, candidate) for candidate in found]
            if len(found) > 1 and not guarded:
                turn.say("utter_pick_of_these", alloy=found[0].alloy.title)
            say_sources(turn, [("recommendation", ""), *([("records", "")] if any(records) else [])])
            show_alloys(turn, [each.alloy for each in found])
            note_picked(turn, found[0].alloy)
        elif not guarded:
            turn.say("utter_recommend_none", needs=[f"application.{need}" for need in needs])
            show_alloys(turn, [])
        _warn(turn, needs, guarded)
        if found and not guarded and not turn.slot("question"):
            turn.offer({"reply": "utter_start_choice_quote", "payload": "/place_order"})
        if SAFETY.intersection(needs):
            fetch_specialist(turn)
        else:
            offer_person(turn)


def _need(entity: Entity) -> str:
    value = str(entity["value"])
    return value if entity["entity"] == "application" else USE_OF_PROPERTY.get(value, "")


def _choose(turn: Turn, needs: Sequence[str]) -> None:
    """The choice is left to us: what we would take first for what was told, else that the foundry proposes one."""
    guarded = set(needs) & set(recommendations().guarded)
    found = recommendations().choose(needs, (), _family(turn)) if needs and not guarded else []
    if found:
        head = Head("utter_pick", {"alloy": found[0].alloy.title, "needs": [f"application.{need}" for need in needs]})
        say_candidate(turn, found[0], head)
        note_picked(turn, found[0].alloy)
    else:
        turn.say("utter_recommend_ours")
    turn.offer({"reply": "utter_start_choice_quote", "payload": "/place_order"})


def take_alloy(turn: Turn) -> None:
    """An alloy is settled on after an answer about alloys: that is said, and what could come next."""
    hear_names(turn)
    alloys = sure(turn.said("alloy"))
    groups = turn.said("alloy_group")
    if alloys:
        turn.remember("alloy_property", ("alloy",), alloy=[{"entity": "alloy", "value": alloys[0].designation}])
        turn.say("utter_alloy_taken", alloy=alloys[0].title)
        note_picked(turn, alloys[0])
    elif groups:
        turn.remember("alloy_property", ("alloy_group",), alloy=[])
        turn.say("utter_alloy_taken_group", group=f"alloy_group.{groups[0]['value']}")
    turn.offer({"reply": "utter_start_choice_quote", "payload": "/place_order"})


def conditions_heard(turn: Turn) -> list[str]:
    """What the part has to stand besides what it is, in ordinary words: little lubrication, a place outdoors."""
    return [need for need in CONDITIONS if words("alloys").says(turn.reading.text, need)]


def needs_heard(turn: Turn) -> list[str]:
    """What the message tells of the part in ordinary words: it slides, it is worn by sand."""
    said, text = words("alloys"), turn.reading.text
    found = [need for meaning, need in _HEARD_NEEDS.items() if said.says(text, meaning)]
    # What slides under load is a bearing; wear is what else is said of it.
    return found[:1]


def _anew(turn: Turn, heard: Sequence[str], known: Sequence[str]) -> bool:
    """Whether needs begin a search: another part is named, or an alloy is looked for and not «also» for something."""
    parts = recommendations().parts
    another = bool(parts & set(heard) - set(known) and parts & set(known))
    return another or bool(heard and asks(turn.text, "any_alloy") and not asks(turn.text, "adds"))


def _to_be_judged(turn: Turn, intent: str) -> bool:
    """«What about RG5?» after proposals and «does RG5 suit it?» ask for a verdict; «instead of RG5» does not."""
    behind = turn.text[max(int(each.get("end", 0)) for each in turn.said("alloy")) :]
    replaces = asks(turn.text, "replace") and not words("alloys").says(behind, "in_its_place")
    return not replaces and (turn.before.topic == intent or asks(turn.text, "suits"))


def judge(turn: Turn, alloys: list[Alloy], needs: list[str]) -> None:
    """Whether named alloys suit a use, and why; what we would rather take when they do not."""
    terms = [f"application.{need}" for need in needs]
    proposed = recommendations().choose(needs)
    facts = Facts(turn, notes=False)
    for alloy in alloys:
        candidate = next((each for each in proposed if each.alloy == alloy), None)
        if candidate:
            say_candidate(turn, candidate, Head("utter_judge_yes", {"alloy": alloy.title, "needs": terms}))
            facts.sources.setdefault(("recommendation", ""))
            if len(alloys) == 1:
                note_picked(turn, alloy)
            continue
        failed = [need for need in needs if not meets(alloy, need)]
        if failed:
            turn.say("utter_judge_no", alloy=alloy.title, needs=[f"application.{need}" for need in failed])
        else:
            turn.say("utter_judge_not", alloy=alloy.title, needs=terms)
        for name in dict.fromkeys(
            PROPERTY_OF_USE[need] for need in failed or needs if PROPERTY_OF_USE.get(need, "price") != "price"
        ):
            facts.say(alloy, name)
    others = [each.alloy.title for each in proposed if each.alloy not in alloys]
    if others and not all(any(each.alloy == alloy for each in proposed) for alloy in alloys):
        turn.say("utter_judge_rather", names=others[:2])
    facts.finish()
    _warn_guarded(turn, needs)


def _say_one(turn: Turn, found: Sequence[Candidate], needs: Sequence[str]) -> None:
    """In the midst of a request: the first choice with its reason, and what else could be taken."""
    first = found[0]
    head = Head("utter_pick", {"alloy": first.alloy.title, "needs": [f"application.{need}" for need in needs]})
    records = say_candidate(turn, first, head)
    others = [each.alloy.title for each in found[1:]]
    if others:
        turn.say("utter_pick_else", names=others)
    say_sources(turn, [("recommendation", ""), *([("records", "")] if records else [])])
    show_alloys(turn, [each.alloy for each in found])
    note_picked(turn, first.alloy)


def _of_metal(turn: Turn, found: Sequence[Candidate]) -> list[Candidate]:
    """Of the proposals those that the metal's name means, where it means one of them: which gunmetal."""
    options = {name for each in turn.said("alloy_group") or turn.about("alloy_group") for name in each["options"]}
    options = options or set(own_metal(turn).options)
    meant = [each for each in found if each.alloy.designation in options]
    return meant or list(found)


def _family(turn: Turn) -> str | None:
    """The family an ambiguous name keeps to: which bronze, which aluminium; or else that of the request."""
    families = {catalogue()[name].family for each in turn.about("alloy_group") for name in each["options"]}
    if not families and turn.slot("question") and not turn.said("alloy", "foreign_material"):
        return own_metal(turn).family
    return families.pop() if len(families) == 1 else None


def _warn_guarded(turn: Turn, needs: list[str]) -> None:
    """What a person decides is said after a verdict too, and goes to one."""
    left = [f"application.{need}" for need in needs if need in recommendations().guarded and need != "drinking_water"]
    if left:
        turn.say("utter_recommend_guarded", needs=left)
    if SAFETY.intersection(needs):
        fetch_specialist(turn)


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


def ask_use(turn: Turn) -> None:
    """What is the part for? With the usual uses as quick replies."""
    _ask(turn, USE_ASKED, "ask_application")


def _ask(turn: Turn, reply: str, listed: str) -> None:
    turn.say(reply)
    turn.offer(*({"reply": f"utter_choice_use_{use}"} for use in choices()[listed]))
    offer_person(turn)


@dataclass(frozen=True)
class Head:
    """What a line on an alloy begins with."""

    reply: str
    values: dict[str, Any]


def say_candidate(turn: Turn, candidate: Candidate, head: Head | None = None) -> bool:
    """One line: the alloy, why, and what to mind. A reason without a figure we may tell is left out.

    True when a minimum was said that stands in our records only.
    """
    head = head or Head("utter_recommend_candidate", {"alloy": candidate.alloy.title})
    turn.say(head.reply, **head.values)
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
