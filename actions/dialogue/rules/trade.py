"""Rules about ordinary foundry questions: what a part weighs, what another alloy takes or gives, which one people use, whether so few are worth it.

A question in the midst of a request is put to what the request is of; it changes nothing in it.
"""

from dataclasses import replace

from actions.alloys.asked import (
    asks_better,
    asks_choice,
    asks_difference,
    asks_figures,
    asks_heavier,
    asks_tight,
    asks_to_compare,
    asks_weight,
    asks_whether_few,
    denied,
    in_question_order,
    is_first,
    only_names,
)
from actions.alloys.subject import ALLOY_TOPICS, NAMES
from actions.alloys.weight import WEIGHT
from actions.dialogue.commands import Answer, Both, Command, Fill
from actions.dialogue.rules.seen import MEASURED, NAMES_ANOTHER, hardly_a_word, wishes
from actions.dialogue.view import LIKELY, SURE, View, because, has, without_values
from actions.form.matter import says_what_was_asked
from actions.form.words import find
from actions.talk.faq import surely_asked
from actions.turns.ground import OWN_NUMBERS
from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.reading import Clause

#: Figures that are asked of a metal and of nothing else.
_FIGURES = {"uts", "proof", "elongation", "hardness", "density", "melting"}
#: What names an alloy.
_METALS = ("alloy", "alloy_group")
#: Figures of orders, and what is told of a thing that is on order.
_OF_ORDERS = (*OWN_NUMBERS, "part_no")
#: A question about an alloy that is talked of has no more words.
_SHORT = 14
#: So many words before a question tell something of their own.
_TELLS = 3
#: The question about the least number of pieces.
_NUMBER, _OF_NUMBER = "faq/minimum_order", "company.number"


def questioned(clause: Clause) -> bool:
    """Whether a clause asks, by its form or by the order of its words: «håller den bättre»."""
    return clause.asks or "?" in clause.text or in_question_order(clause.text)


def heavier(clause: Clause, view: View) -> Command | None:
    """It is asked how much heavier or lighter another metal is than the one at hand, or than the one talked of before."""
    of_metal = has(clause, *_METALS) or view.metal or view.topic in (*ALLOY_TOPICS, WEIGHT)
    asked = of_metal and asks_heavier(clause.text) and not has(clause, *_OF_ORDERS)
    return Answer(because(heavier), WEIGHT, clause) if asked else None


def figure_of_metal(clause: Clause, view: View) -> Command | None:
    """A figure of a metal is asked for («what Rp0.2 can I count on?»), however much it sounds like a question to the company."""
    figures = {each["value"] for each in clause.values if each["entity"] == "property"} & _FIGURES
    of_company = intent(clause.act).name == "faq" or clause.sure < LIKELY or intent(clause.act).kind == "value"
    if has(clause, *MEASURED, *_OF_ORDERS) or not of_company:
        return None
    kinds = {each["entity"] for each in clause.values}
    # «And T6?», «42100 in T6 then, same numbers please» after a figure was told.
    of_metal = view.metal and (view.running or view.topic in ALLOY_TOPICS)
    goes_on = of_metal and kinds <= {*_METALS, "temper"} and "temper" in kinds and hardly_a_word(clause)
    same = kinds & {*_METALS, "temper"} and asks_figures(clause.text)
    if not same and not (questioned(clause) and (figures or goes_on)):
        return None
    return Answer(because(figure_of_metal), "alloy_property", clause)


def weighed(clause: Clause, view: View) -> Command | None:
    """It is asked what a part weighs: an estimate by its measures."""
    of_casting = view.running or (view.sized and not view.of_an_order) or has(clause, "dimensions", *_METALS)
    if not questioned(clause) or not of_casting or has(clause, "weight", *_OF_ORDERS) or _several(clause):
        return None
    if not asks_weight(clause.text) and not asks_weight(without_values(clause)):
        return None
    return Answer(because(weighed), WEIGHT, clause)


def beside(clause: Clause, view: View) -> Command | None:
    """Another alloy is named and hardly a word beside it, where one stands or was reckoned with: the same is asked of that one."""
    named = {each["entity"] for each in clause.values}
    asked = questioned(clause) or view.topic in (*ALLOY_TOPICS, WEIGHT)
    if not named or not named <= {*_METALS, "property"} or not named & set(_METALS) or not asked:
        return None
    if not only_names(without_values(clause)):
        return None
    if view.topic == WEIGHT:
        return Answer(because(beside), WEIGHT, clause)
    return Answer(because(beside), "alloy_comparison", clause) if view.running and view.changes(clause) else None


def set_against(clause: Clause, view: View) -> Command | None:
    """It is asked what is lost, won or better with another alloy than the one at hand."""
    named = has(clause, *_METALS)
    # «Er ikke messing like bra»: whatever is asked of it, it takes nothing's place.
    is_it = named and view.running and is_first(clause.text) and not hardly_a_word(clause) and view.changes(clause)
    compares = asks_to_compare(clause.text) and named
    asked = is_it or compares or questioned(clause)
    if not asked or wishes(clause) or has(clause, *MEASURED, *_OF_ORDERS) or _sure_of_other(clause):
        return None
    if has(clause, "property") and _only_other(clause) and not asks_difference(clause.text):
        # «And how strong is the other?» asks of that one alone.
        return Answer(because(set_against), "alloy_property", clause)
    if compares or asks_difference(clause.text):
        of_metal = named or (view.metal and (view.topic in ALLOY_TOPICS or _of_alloys(clause)))
        return Answer(because(set_against), "alloy_comparison", clause) if of_metal else None
    # «Is there lead in RG5?» asks of that one alone.
    plain = is_it and not has(clause, "property")
    better = (
        (plain or asks_better(clause.text)) and clause.words <= _SHORT and (named or not asks(clause.text, "any_alloy"))
    )
    if not better or not (view.running or (not named and view.topic == WEIGHT)):
        return None
    of_metal = named or (view.metal and view.topic in (*ALLOY_TOPICS, WEIGHT))
    return Answer(because(set_against), "alloy_comparison", clause) if of_metal else None


def tells_of_metal(clause: Clause, view: View) -> Command | None:
    """In the midst of a request a property of a metal is asked: of the one named, else of the request's own."""
    told = has(clause, "property") or (has(clause, "application") and has(clause, *_METALS))
    asked = told and not has(clause, *MEASURED, *_OF_ORDERS) and questioned(clause)
    if not view.running or not asked or wishes(clause) or _sure_of_other(clause):
        return None
    if any(each["value"] in ("price", "range", "names") for each in clause.values if each["entity"] == "property"):
        return None
    of_metal = has(clause, *_METALS) or (view.metal and clause.chance(*ALLOY_TOPICS) >= clause.chance("inform"))
    several = len({each["value"] for each in clause.values if each["entity"] == "alloy"}) > 1
    about = "alloy_comparison" if several else "alloy_property"
    return Answer(because(tells_of_metal), about, clause) if of_metal else None


def tight(clause: Clause, view: View) -> Command | None:
    """It is asked whether the metal at hand holds liquid or pressure."""
    asked = questioned(clause) and clause.words <= _SHORT and not has(clause, *MEASURED, *_OF_ORDERS)
    told = asks_tight(clause.text) or has(clause, "pressure")
    # A metal that is named has a question of its own.
    of_metal = view.metal and (view.running or view.topic in ALLOY_TOPICS) and not has(clause, *NAMES)
    if not asked or not told or not of_metal or wishes(clause) or _sure_of_other(clause):
        return None
    return Answer(because(tight), "alloy_property", clause)


def used_for_it(clause: Clause, view: View) -> Command | None:
    """It is asked what people use, or what we would take: an alloy for what was told."""
    if not questioned(clause) or has(clause, *_OF_ORDERS, *MEASURED) or not asks_choice(clause.text):
        return None
    if clause.act in ALLOY_TOPICS and clause.sure >= SURE:
        # Surely one of them already: what was compared is compared further.
        return None
    of_part = view.running or view.topic in ALLOY_TOPICS or view.used or has(clause, "application")
    if not of_part or surely_asked(clause.text) or find(clause.text, "drawings") or has(clause, "alloy"):
        return None
    told, asked = _told_ahead(clause)
    answer = Answer(because(used_for_it), "alloy_recommendation", asked)
    if told and view.running and view.fits(told, False):
        return Both(because(used_for_it), Fill(because(used_for_it), told), answer)
    return answer


def few(clause: Clause, view: View) -> Command | None:
    """It is asked whether so many pieces are few: what the number decides."""
    numbered = has(clause, "quantity", "number") and not has(clause, "date", "week", "weight", *_OF_ORDERS, *_METALS)
    asked = questioned(clause) and clause.words <= NAMES_ANOTHER and not wishes(clause)
    if not numbered or not asked or not asks_whether_few(clause.text):
        return None
    return Answer(because(few), _NUMBER, replace(clause, facet=_OF_NUMBER, acts=((_NUMBER, 1.0),)))


def other_process(clause: Clause, view: View) -> Command | None:
    """Another way of casting than in sand is asked for by its name."""
    asked = questioned(clause) and asks(clause.text, "outside_process") and not has(clause, *MEASURED)
    return Answer(because(other_process), "out_of_scope", clause) if asked else None


def _told_ahead(clause: Clause) -> tuple[Clause | None, Clause]:
    """What is told before the question in one breath, and the question: «it goes in an excavator boom, what do people use»."""
    told, comma, asked = clause.text.rpartition(",")
    if not comma or len(told.split()) < _TELLS or not asks_choice(asked) or asks_choice(told):
        return None, clause
    end = clause.start + len(told)
    ahead = tuple(each for each in clause.entities if each.get("start", 0) < end)
    seen = tuple(each for each in clause.told if each.start < end)
    behind = tuple(each for each in clause.entities if each not in ahead)
    start = clause.end - len(asked.lstrip())
    return (
        replace(clause, text=told, end=end, asks=False, acts=(("inform", SURE),), entities=ahead, told=seen),
        replace(clause, text=asked.lstrip(), start=start, entities=behind, told=()),
    )


def _several(clause: Clause) -> bool:
    """Whether several metals are set against each other: what they weigh is asked of the metals, and not of a part."""
    return len({each["value"] for each in clause.values if each["entity"] in _METALS}) > 1


def asked_about(clause: Clause, view: View) -> Command | None:
    """What was asked is said again, with its metals: «I asked about RG5, not AB2» goes back to the question, and takes nothing."""
    if not has(clause, *_METALS) or not says_what_was_asked(clause.text):
        return None
    about = [each for each in clause.values if each["entity"] in _METALS]
    several = len({each["value"] for each in about if not denied(clause.text, each["start"] - clause.start)}) > 1
    before = view.topic if view.topic in ALLOY_TOPICS and view.topic != "alloy_comparison" else "alloy_property"
    return Answer(because(asked_about), "alloy_comparison" if several else before, clause)


def _of_alloys(clause: Clause) -> bool:
    return clause.chance(*ALLOY_TOPICS) >= clause.chance("inform")


def _only_other(clause: Clause) -> bool:
    """Whether the one alloy it is about is «the other»."""
    meant = [each for each in clause.values if each["entity"] in _METALS]
    return len(meant) == 1 and meant[0].get("reference") == "other"


def _sure_of_other(clause: Clause) -> bool:
    """Whether it is surely a question about something else than metals."""
    act = intent(clause.act)
    return (
        clause.sure >= SURE and act.kind in ("question", "task") and act.name not in (*ALLOY_TOPICS, "casting_limits")
    )
