"""Two or more alloys against each other, or whether two names are one alloy."""

from dataclasses import replace
from itertools import pairwise
from typing import Any

from actions.alloys.advice import asks_to_mend, say_mending
from actions.alloys.asked import asks_better, asks_choice, asks_difference, asks_to_compare
from actions.alloys.claims import say_claim
from actions.alloys.facts import MINIMA, PROPERTY_OF_USE, Facts
from actions.alloys.property import gains, properties, properties_in, tempers, wanted
from actions.alloys.recommendation import (
    Head,
    ask_use,
    conditions_heard,
    judge,
    needs_before,
    needs_heard,
    note_needs,
    say_candidate,
)
from actions.alloys.request import own_metal, pair_in_request, told_uses
from actions.alloys.subject import (
    FEWEST,
    MOST,
    PICKED,
    answer_rest,
    ask_group,
    ask_near,
    asks_which,
    earlier,
    group_asked,
    hear_names,
    named,
    note_picked,
    offer_person,
    only_close,
    only_loose,
    other_name,
    picked,
    proposed,
    refuse,
    show_alloys,
    sure,
    take_usual,
    tells_use,
    weighed,
    written,
)
from actions.production.catalogue import RATINGS, Alloy, Condition, catalogue
from actions.production.recommendation import Candidate, meets, recommendations
from actions.turns.cards import Card, Word, table_card, term, word
from actions.turns.handler import Handler, answer_as
from actions.turns.reading import Entity
from actions.turns.sources import say_sources
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.replies import replies

#: What names an alloy.
_METALS = ("alloy", "alloy_group")
#: Demands that ask for one property of the alloys that are compared, as against the surroundings they are for.
IN_WHICH = PROPERTY_OF_USE.keys() - {"seawater", "drinking_water"}
#: Where less of a property is what is usually asked for: the text for who has least of it.
LEAST = {"density": "utter_compare_lightest"}
#: What the table of proposals says of an alloy that makes it dearer to cast.
DEARER = ("feeding", "campaign")


class AlloyComparison(Handler):
    """Says the differences in a few lines, and that alloys are not interchangeable without approval."""

    intent = "alloy_comparison"
    uses = ("alloy", "alloy_group", "temper", "property", "application")

    def goes_on(self, turn: Turn) -> bool:
        """«What do I gain?» after a temper was named."""
        return gains(turn)

    async def answer(self, turn: Turn) -> None:
        """Compares what was named; with one name, against what was talked of before."""
        hear_names(turn)
        _hear_what_is_compared(turn)
        if say_claim(turn):
            return
        if asks_to_mend(turn):
            say_mending(turn)
            return
        if tells_use(turn):
            await answer_as(turn, "alloy_recommendation")
            return
        strange = turn.said("unknown_alloy", "foreign_material")
        if strange and len(sure(named(turn, "alloy"))) < 2:
            if named(turn, "alloy"):
                # The others are what was talked of, and not meant where one is named.
                turn.entities = [
                    each for each in turn.entities if each["entity"] != "alloy" or not each.get("reference")
                ]
            refuse(turn, strange)
            if answer_rest(turn):
                await answer_as(turn, "alloy_property")
            return
        _take_near(turn)
        if _say_several(turn):
            return
        if (pair := pair_in_request(turn)) is not None:
            _say_pair(turn, *pair)
            return
        which = asks_which(turn)
        if which or not turn.said("alloy", "alloy_group"):
            _hear_beside(turn)
        for group in take_usual(turn):
            _say_kind(turn, group, plain=bool(turn.said("property", "application")))
        if _say_kinds(turn):
            return
        if self._unclear(turn):
            return
        said = turn.said("alloy")
        needs = needs_before(turn)
        if needs and len(sure(said)) == 1 and words("alloys").says(turn.text, "why_not"):
            turn.remember("alloy_recommendation", ())
            judge(turn, sure(said), needs)
            return
        which = which and not said
        alloys = weighed(turn) if which else sure(said) or earlier(turn) or proposed(turn)
        if len(alloys) == 1 and len(said) < 2:
            # «Is it harder to cast than 42100?» sets it against the one talked of, or the one just proposed.
            alloys = list(dict.fromkeys([*(earlier(turn) or sure(picked(turn)) or weighed(turn)[:1]), *alloys]))
        if len(alloys) == 1 and not said:
            # «Which is stronger?» after one and then another: the two talked of lately.
            alloys = sure([{"entity": "alloy", "value": name} for name in turn.ground.recent("alloy")[:2]]) or alloys
        if which and len(alloys) >= 2 and _pick(turn, alloys):
            return
        if not which and len(alloys) >= 2 and not _in_one_thing(turn):
            _pick_first(turn, alloys[:MOST])
        turn.remember(self.intent, self.uses, alloy=_entities(alloys), alloy_group=[])
        if len(alloys) >= 2:
            _compare(turn, alloys[:MOST])
            show_alloys(turn, alloys)
            if alloys[MOST:]:
                turn.say("utter_alloy_left", count=MOST, names=[alloy.title for alloy in alloys[MOST:]])
        elif alloys and len(said) > 1:
            names = list(dict.fromkeys(written(turn, each) for each in said))
            close, loose = ([each for each in names if known(each)] for known in (only_close, only_loose))
            if close:
                turn.say("utter_alloy_close", written=close[0], alloy=alloys[0].label)
            elif loose and len(names) > 1:
                turn.say("utter_alloy_loose", written=loose[0], alloy=alloys[0].label, standard=alloys[0].standard)
            else:
                turn.say("utter_compare_same", names=names, alloy=alloys[0].label, standard=alloys[0].standard)
        elif alloys and turn.said("property", "temper"):
            await answer_as(turn, "alloy_property")
        elif alloys and told_uses(turn):
            # Nothing stands beside it: it is put to what the part is for.
            _judge_for_use(turn, alloys[0])
        elif alloys:
            turn.say("utter_compare_with_what", alloy=alloys[0].label)
        else:
            turn.say("utter_compare_which")

    def _unclear(self, turn: Turn) -> bool:
        near = next((each for each in turn.said("alloy") if each.get("near")), None)
        group = group_asked(turn, sure(turn.said("alloy"))) if turn.said("alloy_group") else None
        if near:
            ask_near(turn, near)
        elif group:
            ask_group(turn, group)
        else:
            return False
        turn.remember(self.intent, self.uses, alloy=_entities(sure(turn.said("alloy"))))
        return True


def _hear_what_is_compared(turn: Turn) -> None:
    """Leave out the kinds that a metal named is of; take weight for what is compared."""
    named = {alloy.designation for alloy in sure(turn.said("alloy"))}
    if len(named) == 1 and not (asks_difference(turn.text) or asks_to_compare(turn.text) or asks_better(turn.text)):
        # «And CuSn10 then? We always had tin bronze» names one metal.
        turn.entities = [
            each
            for each in turn.entities
            if each["entity"] != "alloy_group" or not named & set(each.get("options", ()))
        ]
    weighs = words("trade").where(turn.text, "weighs")
    if weighs and len(turn.said(*_METALS)) > 1 and not turn.said("weight"):
        turn.entities.append({"entity": "property", "value": "density", "start": weighs[0], "end": weighs[1]})


def _take_near(turn: Turn) -> None:
    """A trade name that is not sure, set against another alloy, is taken for the likeliest: said, and not asked."""
    unsure = [each for each in turn.said("alloy") if each.get("near") and each.get("options")]
    if len(unsure) != 1 or len(turn.said("alloy", "alloy_group")) < FEWEST:
        return
    taken = {**unsure[0], "value": unsure[0]["options"][0], "usual": True}
    taken.pop("near")
    turn.entities = [taken if each is unsure[0] else each for each in turn.entities]
    turn.say("utter_compare_taken", written=written(turn, unsure[0]), alloy=catalogue()[taken["value"]].title)


def _say_kind(turn: Turn, group: Entity, plain: bool) -> None:
    """What a name of several alloys stands for, and which of them is taken for it; ``plain``: only that."""
    kind, alloy = str(group["value"]), catalogue()[group["usual"]]
    if not plain and f"made_of.{kind}" in replies().terms[turn.language]:
        turn.say("utter_compare_kind", group=f"alloy_group.{kind}", made_of=f"made_of.{kind}", alloy=alloy.title)
    else:
        turn.say("utter_compare_usual", group=f"alloy_group.{kind}", alloy=alloy.title)


def _in_one_thing(turn: Turn) -> bool:
    """Whether they are compared in one property alone: «which is lighter?»"""
    demands = {str(each["value"]) for each in turn.said("application")}
    return bool(demands) and demands <= IN_WHICH


def _hear_beside(turn: Turn) -> None:
    """«He swears by RG5, she by AB2. Which is stronger?» asks about those that the message names beside."""
    beside = [each for each in turn.reading.whole.entities if each["entity"] in ("alloy", "alloy_group")]
    if len({str(each["value"]) for each in beside}) > 1:
        turn.entities = [each for each in turn.entities if not each.get("reference")]
        turn.entities += [{**each, "start": -at - 1, "end": -at - 1} for at, each in enumerate(beside)]


def _say_kinds(turn: Turn) -> bool:
    """What differs between the kinds of a metal, where nothing but its name is compared: «is bronze just bronze?»"""
    groups = turn.said("alloy_group")
    names = {str(each["value"]) for each in groups}
    options = [catalogue()[name] for each in groups[:1] for name in each.get("options", ())]
    melted = {alloy.melt_group for alloy in options}
    if turn.said("alloy", "property", "application") or len(names) != 1 or len(melted) == 1:
        return False
    known = {name: set(each["options"]) for name, each in catalogue().words["groups"].items()}
    meant = known.get(next(iter(names)), set())
    kinds = [name for name, each in known.items() if each & meant and len(each) < len(meant)]
    if len(kinds) < FEWEST:
        return False
    for name in kinds:
        turn.say("utter_compare_made_of", group=f"alloy_group.{name}", made_of=f"made_of.{name}")
    turn.say("utter_recommend_use")
    turn.remember("alloy_recommendation", ("alloy_group",), alloy=[])
    return True


def _pick(turn: Turn, alloys: list[Alloy]) -> bool:
    """Say which we would take, where nothing is named that it is to be best in. False: something is."""
    told = [str(each["value"]) for each in turn.said("application")]
    if turn.said("property") or not words("alloys").says(turn.text, "best"):
        return False
    needs = told or needs_before(turn)
    if set(needs) & set(recommendations().guarded):
        return False
    proposed = recommendations().choose(needs) if needs else []
    first = next((each for each in proposed if each.alloy in alloys), None)
    if first:
        head = Head("utter_pick", {"alloy": first.alloy.title, "needs": [f"application.{need}" for need in needs]})
        say_candidate(turn, first, head)
        say_sources(turn, [("recommendation", "")])
        note_picked(turn, first.alloy)
        note_needs(turn, needs)
        # What comes next is put to the same needs.
        turn.remember("alloy_recommendation", ())
    elif told:
        judge(turn, alloys, needs)
        turn.remember("alloy_recommendation", ())
        note_needs(turn, needs)
    else:
        turn.remember("alloy_comparison", (), alloy=_entities(alloys), alloy_group=[])
        turn.say("utter_pick_depends")
        _ratings(turn, alloys)
        ask_use(turn)
    show_alloys(turn, alloys)
    return True


def _pick_first(turn: Turn, alloys: list[Alloy]) -> None:
    """«RG5 or AB2 in sea water?»: which we would take for what the talk is about comes before the figures."""
    told = [str(each["value"]) for each in turn.reading.whole.entities if each["entity"] == "application"]
    needs = list(
        dict.fromkeys([*(told or [str(each["value"]) for each in turn.about("application")]), *conditions_heard(turn)])
    )
    if not needs or set(needs) & set(recommendations().guarded):
        return
    note_needs(turn, needs)
    first = next((each for each in recommendations().choose(needs) if each.alloy in alloys), None)
    if first:
        say_candidate(
            turn,
            first,
            Head("utter_pick", {"alloy": first.alloy.title, "needs": [f"application.{need}" for need in needs]}),
        )
        note_picked(turn, first.alloy)
        return
    _pick_other(turn, alloys, needs)


def _pick_other(turn: Turn, alloys: list[Alloy], needs: list[str]) -> None:
    """None of the alloys compared is proposed for what was told: what is, or the one of them that nothing speaks against."""
    terms = [f"application.{need}" for need in needs]
    families = {alloy.family for alloy in alloys}
    family = families.pop() if len(families) == 1 else None
    rather = next(iter(recommendations().choose(needs, (), family)), None)
    if rather and (len(needs) > 1 or needs[0] not in ("seawater", "outdoor")):
        turn.say("utter_pick_rather", alloy=rather.alloy.title, needs=terms)
        note_picked(turn, rather.alloy)
        return
    fitting = [alloy for alloy in alloys if all(meets(alloy, need) for need in needs)]
    if fitting:
        best = min(fitting, key=lambda alloy: (alloy.ratings.get("corrosion", "E"), recommendations().campaign(alloy)))
        turn.say("utter_pick_best", alloy=best.title, needs=terms)
        note_picked(turn, best)


def _say_several(turn: Turn) -> bool:
    """«Rødgods er rødgods?»: a name of several alloys set against itself is no alloy; which of them we would take. False for anything else."""
    groups = turn.said("alloy_group")
    if len(groups) < FEWEST or len({str(each["value"]) for each in groups}) > 1 or turn.said("alloy"):
        return False
    options = [catalogue()[each] for each in groups[0].get("options", ())]
    turn.say(
        "utter_group_several", written=written(turn, groups[0]).capitalize(), names=[each.title for each in options]
    )
    needs = list(dict.fromkeys([*told_uses(turn), *needs_heard(turn)]))
    found = [each for each in recommendations().choose(needs) if each.alloy in options] if needs else []
    if found:
        _say_first_choice(turn, found[0], needs)
    else:
        ask_use(turn)
    turn.remember("alloy_comparison", ("alloy_group",), alloy=[])
    show_alloys(turn, list(dict.fromkeys([options[0], found[0].alloy if found else options[1]])))
    return True


def _say_first_choice(turn: Turn, candidate: Candidate, needs: list[str]) -> None:
    """What we would take first for some needs, and why."""
    head = Head("utter_pick", {"alloy": candidate.alloy.title, "needs": [f"application.{need}" for need in needs]})
    say_candidate(turn, candidate, head)
    note_picked(turn, candidate.alloy)
    note_needs(turn, needs)


def _judge_for_use(turn: Turn, alloy: Alloy) -> None:
    """Whether the one alloy that is named suits what the part is for, and which we would take first."""
    needs = told_uses(turn)
    judge(turn, [alloy], needs)
    proposed = recommendations().choose(needs, (), alloy.family)
    first = next((each for each in proposed[:1] if each.alloy != alloy), None)
    if first and not set(needs) & set(recommendations().guarded):
        _say_first_choice(turn, first, needs)
    turn.remember("alloy_comparison", (), alloy=_entities([alloy]), alloy_group=[])
    show_alloys(turn, [alloy, *([first.alloy] if first else [])])


def _say_pair(turn: Turn, own: Alloy, other: Alloy) -> None:
    """The request's own alloy beside one that is asked about, in few lines; the request keeps its own."""
    alloys = [own, other]
    for group in turn.said("alloy_group"):
        turn.say("utter_compare_usual", group=f"alloy_group.{group['value']}", alloy=other.title)
    needs = told_uses(turn)
    asked = [each for each in properties_in(turn.said("property")) if each != "price"]
    dearer = words("alloys").says(turn.text, "dearer")
    if dearer:
        _say_dearer(turn, alloys)
    elif asked:
        for name in asked:
            _verdict(turn, alloys, name)
        facts = Facts(turn, tempers(turn, alloys), wanted(turn), notes=False)
        for name in asked:
            for alloy in alloys:
                facts.say(alloy, name)
        facts.finish()
    else:
        choice = asks_choice(turn.text)
        first = None
        if needs and (choice or asks_better(turn.text)) and not set(needs) & set(recommendations().guarded):
            first = next((each for each in recommendations().choose(needs) if each.alloy in alloys), None)
            if first:
                _say_first_choice(turn, first, needs)
        if not (first and choice):
            _say_strongest(turn, alloys)
            _lines(turn, alloys)
    if own in own_metal(turn).alloys:
        turn.say("utter_own_stays", alloy=own.title)
    turn.remember("alloy_comparison", (), alloy=_entities(alloys), alloy_group=[])
    show_alloys(turn, alloys)


def _entities(alloys: list[Alloy]) -> list[dict[str, str]]:
    return [{"entity": "alloy", "value": alloy.designation} for alloy in alloys]


def _compare(turn: Turn, alloys: list[Alloy]) -> None:
    """The verdict first, then a line for each alloy, then where they differ and what it rests on."""
    full = []
    if any(not each.get("usual") for each in named(turn, "alloy")):
        turn.say("utter_compare_different", names=[_name(turn, alloy) for alloy in alloys])
        full = [alloy.designation for alloy in alloys]
    further = turn.about("application") and not named(turn, "alloy")
    # «Which is cheaper, RG5 or AB2?» names what they are compared in.
    further = further or any(str(each["value"]) in IN_WHICH for each in turn.said("application"))
    asked = properties(turn) if turn.about("property") or further else _asked_before(turn)
    asked = [name for name in asked if name != "uses" and (name != "price" or len(asked) == 1)]
    if asked == ["price"] or words("alloys").says(turn.text, "dearer"):
        _say_dearer(turn, alloys)
        turn.offer({"reply": "utter_start_choice_quote", "payload": "/place_order"})
        return
    if asked:
        for name in asked:
            _verdict(turn, alloys, name)
        facts = Facts(turn, tempers(turn, alloys), wanted(turn), named=full, notes=False)
        for name in asked:
            for alloy in alloys:
                facts.say(alloy, name)
        facts.finish()
        person = facts.person or facts.safety
    else:
        person = _in_general(turn, alloys)
        turn.show(_card(alloys, [_condition(alloy, tempers(turn, alloys)) for alloy in alloys]))
        _cautions(turn, alloys)
    if turn.said("pressure"):
        turn.say("utter_alloy_pressure", bar=turn.said("pressure")[0]["value"])
        if not person:
            offer_person(turn)


def _say_dearer(turn: Turn, alloys: list[Alloy]) -> None:
    """What makes one of them dearer to cast, where the table tells; no figure of a price."""
    table = recommendations()
    told = {
        alloy: {
            caution
            for entry in table.entries
            for each in entry.candidates
            if each.alloy == alloy
            for caution in each.cautions
        }
        for alloy in alloys
    }
    for caution in DEARER:
        names = [alloy.title for alloy in alloys if caution in told[alloy]]
        if names and len(names) < len(alloys):
            turn.say(f"utter_compare_dearer_{caution}", names=names)
    turn.say("utter_compare_price")


def _asked_before(turn: Turn) -> list[str]:
    """«Which one is then»: what the question before asked of all of them."""
    before = turn.before
    return properties_in([*before.about("property"), *before.about("application")]) if asks_which(turn) else []


def _name(turn: Turn, alloy: Alloy) -> str:
    """The customer's name beside ours: «LM25 = EN AC-42000 (AlSi7Mg)»."""
    other = other_name(turn, alloy)
    return f"{other} = {alloy.label}" if other else alloy.label


def _in_general(turn: Turn, alloys: list[Alloy]) -> bool:
    """What matters most, in few lines. True when a person has to judge something."""
    return _lines(turn, alloys, further=True)


def _lines(turn: Turn, alloys: list[Alloy], further: bool = False) -> bool:
    """A line for each alloy with its sources; ``further``: also the ratings and the uses. True when a person has to judge something."""
    hidden = False
    for alloy in alloys:
        condition = _condition(alloy, tempers(turn, alloys))
        values = {
            "alloy": alloy.designation, "density": alloy.conditions[0].density,
            "seawater": f"seawater.{alloy.seawater}", "lead": f"lead.{alloy.lead.role}",
        }  # fmt: skip
        if condition is None or condition.minima is None:
            turn.say("utter_compare_alloy_hidden", **values)
            hidden = True
            continue
        turn.say(
            "utter_compare_alloy", condition=f"condition.{condition.temper}", uts=condition.minima.uts_mpa,
            proof=condition.minima.proof_mpa, elongation=condition.minima.elongation_pct, hardness=condition.minima.hardness_hbw, **values,
        )  # fmt: skip
    if further:
        _ratings(turn, alloys, join=" " if _say_strongest(turn, alloys) else "\n")
    for number, alloy in enumerate(alloys if further else ()):
        turn.say(
            "utter_compare_uses", alloy=alloy.designation, uses=alloy.use(turn.language), join=" " if number else "\n"
        )
    records = any(each.minima and each.minima.by_records for alloy in alloys for each in alloy.conditions)
    sources = [("comparison", alloy.standard) for alloy in alloys]
    say_sources(turn, [*sources, ("records", "")] if records else sources)
    if hidden:
        offer_person(turn)
    return hidden


def _card(alloys: list[Alloy], conditions: list[Condition | None]) -> Card:
    """The same figures, an alloy a column."""
    minima = [condition.minima if condition else None for condition in conditions]

    def figures(name: str, column: str, unit: str) -> list[Word | str]:
        told = [word(unit, value=getattr(each, column)) if each else word("not_told") for each in minima]
        return [word(name), *told]

    rows: list[list[Word | str]] = [
        [word("condition"), *(term(f"condition.{each.temper}") if each else word("not_told") for each in conditions)],
        figures("uts", "uts_mpa", "mpa"), figures("elongation", "elongation_pct", "percent"),
        figures("hardness", "hardness_hbw", "hbw"),
        [word("density"), *(word("kg_dm3", value=alloy.conditions[0].density) for alloy in alloys)],
        [word("seawater"), *(term(f"seawater.{alloy.seawater}") for alloy in alloys)],
        [word("lead"), *(term(f"lead.{alloy.lead.role}") for alloy in alloys)],
    ]  # fmt: skip
    return table_card(word("comparison"), [word("property"), *(alloy.title for alloy in alloys)], rows)


def _condition(alloy: Alloy, asked: tuple[str, ...]) -> Condition | None:
    """The condition to compare: the one asked for, else the strongest whose minima may be told."""
    shown = [each for each in alloy.conditions if each.minima]
    wished = [each for each in shown if each.temper in asked]
    return max(wished or shown, key=lambda each: _figure(getattr(each.minima, "uts_mpa", 0)) or 0.0, default=None)


def _figure(value: Any) -> float | None:
    """A figure to compare by; «<1» counts as its limit."""
    try:
        return float(str(value).lstrip("<"))
    except ValueError:
        return None


def _verdict(turn: Turn, alloys: list[Alloy], name: str) -> None:
    """Which one has most of the property asked for, where the catalogue can tell."""
    if name == "lead":
        _least_lead(turn, alloys)
        return
    if name == "seawater":
        if len({alloy.seawater for alloy in alloys}) == 1:
            turn.say("utter_compare_equal_water")
        else:
            _say_first(turn, "utter_compare_water", name, {alloy: -_rank(alloy.seawater) for alloy in alloys})
        return
    if name in RATINGS:
        if len({alloy.scale for alloy in alloys}) == 1:
            _say_first(turn, "utter_compare_best", name, {alloy: -_rank(alloy.ratings[name]) for alloy in alloys})
        return
    column = MINIMA.get("uts" if name == "strength" else name)
    figures: dict[Alloy, float] = {}
    for alloy in alloys:
        condition = _condition(alloy, tempers(turn, alloys))
        found = getattr(condition.minima, column) if column and condition else getattr(alloy.conditions[0], name, None)
        figure = _figure(found)
        if figure is None or (column and condition is None):
            return
        figures[alloy] = figure
    less = LEAST.get(name)
    if less and not words("alloys").says(turn.text, "heavy"):
        # «Lighter», «softer»: who has least of it is asked for.
        _say_first(turn, less, name, {alloy: -figure for alloy, figure in figures.items()})
        return
    _say_first(turn, "utter_compare_most", name, figures)


def _least_lead(turn: Turn, alloys: list[Alloy]) -> None:
    """Which of them is lead-free, or that none is and which comes nearest."""
    free = [alloy.designation for alloy in alloys if alloy.lead_free]
    if free:
        turn.say("utter_compare_lead_free", names=free)
    elif all(alloy.lead.max_pct is not None for alloy in alloys):
        least = min(alloys, key=lambda alloy: alloy.lead.max_pct or 0.0)
        turn.say("utter_compare_lead_none", name=least.designation)


def _rank(rating: str) -> float:
    """Ratings in order, the best lowest: A to E, 1 to 5."""
    return float(rating) if rating.isdigit() else float(ord(rating[:1]))


def _say_first(turn: Turn, reply: str, name: str, figures: dict[Alloy, float]) -> None:
    best = max(figures.values())
    first = [alloy.designation for alloy, figure in figures.items() if figure == best]
    if len(first) == len(figures):
        turn.say("utter_compare_equal", property=f"property.{name}")
    else:
        turn.say(reply, names=first, property=f"property.{name}")
        # What was said to be taken first for the use stays the choice.
        if len(first) == 1 and turn.ground.since(PICKED) != turn.ground.turn:
            note_picked(turn, catalogue()[first[0]])


def _cautions(turn: Turn, alloys: list[Alloy]) -> None:
    """What to mind with each alloy in the use that was named, from the recommendation table."""
    needs = [each["value"] for each in turn.about("application")]
    for candidate in recommendations().choose(needs):
        if candidate.alloy in alloys and candidate.cautions:
            say_candidate(turn, replace(candidate, reasons=()))


def _say_strongest(turn: Turn, alloys: list[Alloy]) -> bool:
    """In words which has most strength, hardness and toughness, where one of them has. False when none is told."""
    most: dict[str, list[str]] = {}
    conditions = {alloy: _condition(alloy, tempers(turn, alloys)) for alloy in alloys}
    for name in ("uts", "hardness", "elongation"):
        found = {alloy: _figure(getattr(each.minima, MINIMA[name], None)) for alloy, each in conditions.items() if each}
        if len(found) < len(alloys) or any(figure is None for figure in found.values()):
            continue
        best = [
            alloy.designation
            for alloy, figure in found.items()
            if figure == max(f for f in found.values() if f is not None)
        ]
        if len(best) == 1:
            most.setdefault(best[0], []).append(f"more.{name}")
    for number, (designation, names) in enumerate(most.items()):
        turn.say("utter_compare_stronger", alloy=designation, more=names, join=" " if number else "\n")
    return bool(most)


def _ratings(turn: Turn, alloys: list[Alloy], join: str = "\n") -> None:
    """What each alloy is rated best for; scales of different families are not mixed."""
    if any(one.scale != other.scale for one, other in pairwise(alloys)):
        turn.say("utter_compare_scales", join=join)
        return
    better: dict[str, list[str]] = {}
    for name in RATINGS:
        ranks = {alloy.designation: _rank(alloy.ratings[name]) for alloy in alloys}
        best = [designation for designation, rank in ranks.items() if rank == min(ranks.values())]
        if len(best) == 1:
            better.setdefault(best[0], []).append(f"property.{name}")
    separator = join
    for designation, found in better.items():
        turn.say("utter_compare_better", alloy=designation, properties=found, join=separator)
        separator = " "
