"""Rules about what goes on from the answer before: the same for another thing, words without a subject, a bare value."""

import re

from actions.dialogue.commands import Answer, Command, FollowUp, Start
from actions.dialogue.rules.orders import of_named_order
from actions.dialogue.rules.seen import TELLING_TASKS, hardly_a_word, points_at_orders, supposes
from actions.dialogue.view import LIKELY, SURE, View, because, has, only_names, only_points
from actions.tasks.complaint.questions import tells_fault
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import words

#: Kinds of clauses whose values count where nothing else took them: «no, RG7» corrects what was asked.
VALUED = ("value", "outside", "steer", "yes", "no")


def again(reading: Reading, view: View) -> tuple[Command, ...]:
    """The answer just given is to be said once more."""
    if view.running or view.topic not in view.topics or reading.whole.values:
        return ()
    said = words("again")
    # «Once more» after the answer about an order may order the same.
    kinds = ("repeat",) if intent(view.topic).of_orders else ("repeat", "once_more")
    rest = reading.text
    for kind in (*kinds, "beside"):
        rest = said.without(rest, kind)
    alone = said.says(reading.text, *kinds) and not re.search(r"\w", rest)
    return (Answer(because(again), view.topic, reading.whole),) if alone else ()


def same(clause: Clause, view: View) -> Command | None:
    """The question or the wish before, for another thing: «the same for ...»."""
    if view.running or not has(clause, "same") or not clause.values:
        return None
    if view.topic in TELLING_TASKS:
        return Start(because(same), view.topic, clause)
    return FollowUp(because(same), clause) if view.topic in view.topics else None


def pointed(clause: Clause, view: View) -> Command | None:
    """It points at what was shown and says hardly more: the question before is asked of that."""
    if not only_points(clause) or (view.running and not clause.asks):
        return None
    wish = intent(clause.act).kind == "task" and clause.sure >= LIKELY
    week = view.topic == "capacity" and has(clause, "week")
    return FollowUp(because(pointed), clause) if week or not wish else None


def next_week(clause: Clause, view: View) -> Command | None:
    """A week counted from the one that capacity was told of: capacity is asked of it, unless it is surely something else."""
    counted = [each for each in clause.values if each.get("reference") in ("week", "then")]
    asked = view.topic == "capacity" and counted and len(counted) == len(clause.values)
    other = clause.sure >= SURE and clause.act not in ("capacity", "lead_time", "inform")
    return FollowUp(because(next_week), clause) if asked and not other and not view.running else None


def asks_on(clause: Clause, view: View) -> Command | None:
    """A few words that ask on about what was told of the company just now: «and on Saturdays?»"""
    return FollowUp(because(asks_on), clause) if not view.running and view.asks_on(clause) else None


def goes_on(clause: Clause, view: View) -> Command | None:
    """Words without a subject that ask on about what was answered: «why?», «and the new date?»"""
    if view.running or not view.goes_on(clause) or of_named_order(clause, view):
        return None
    if clause.act == "complaint" and tells_fault(clause.text):
        # «Nearly all of them are cracked» tells a fault, and asks nothing.
        return None
    wish = intent(clause.act).kind in ("task", "person") and clause.sure >= LIKELY
    other = (
        intent(clause.act).kind == "question"
        and clause.sure >= SURE
        and clause.act not in (view.topic, "lead_time")
        and not points_at_orders(clause)
    )
    return None if wish or other else FollowUp(because(goes_on), clause)


def bare_value(clause: Clause, view: View) -> Command | None:
    """Values and hardly a word beside them, of the kind that the question before is about: they change it."""
    uses = view.topics.get(view.topic, frozenset())
    kinds = {each["entity"] for each in clause.values}
    if view.running or clause.asks or not kinds or not kinds <= uses or not hardly_a_word(clause):
        return None
    another = clause.sure >= SURE and clause.act != view.topic and intent(clause.act).kind in ("question", "task")
    if another and not only_names(clause):
        return None
    return FollowUp(because(bare_value), clause)


def follow_up(clause: Clause, view: View) -> Command | None:
    """A question with its subject left out, or a bare value: it belongs to what was answered before."""
    if view.running and (not clause.asks or supposes(clause)):
        return None
    timed = has(clause, "date", "week") and {each["entity"] for each in clause.values} <= {"date", "week"}
    if not view.topic and timed and clause.asks and intent(clause.act).kind in ("question", "task"):
        # A time alone, with nothing answered before: it can only be what it sounds most like.
        return None
    bare = clause.values and (intent(clause.act).kind in VALUED or clause.sure < LIKELY)
    return FollowUp(because(follow_up), clause) if bare else None
