"""Rules about the running request: its values, the words for its open question, and what is corrected in it."""

from dataclasses import replace

from actions.dialogue.commands import Answer, Command, Correct, Fill, FollowUp, Miss
from actions.dialogue.rules.follow_ups import follow_up
from actions.dialogue.rules.questions import question
from actions.dialogue.rules.seen import (
    asks_of_one_time,
    hardly_a_word,
    likeliest_question,
    names_to_change,
    supposes,
    wants_words,
    wishes,
)
from actions.dialogue.rules.wishes import renamed
from actions.dialogue.view import LIKELY, OF_A_CASTING, SURE, View, because, has
from actions.form import own_wishes
from actions.form.task import task_of_intent
from actions.form.words import closes
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.unknown import behind_shrug, leaves_open
from actions.turns.yes import only_agrees


def left_open(reading: Reading, view: View) -> tuple[Command, ...]:
    """No more than that it is not known, or that there is nothing to say: the open question is answered, however it sounds."""
    if not view.running or view.at_read_back or reading.whole.values or not leaves_open(reading.text):
        return ()
    whole = reading.whole
    if (at := behind_shrug(reading.text)) is not None:
        # «Don't know, we want new ones»: what follows answers it.
        rest = replace(whole, text=reading.text[at:], start=at, entities=())
        if view.fits(rest, False) or renamed(whole, view):
            return ()
    return (Fill(because(left_open), whole, prose=True),) if view.open in view.fits(whole, True) else ()


def kept_back(clause: Clause, view: View) -> Command | None:
    """A detail of who asks is kept back: that is respected, and the request goes on."""
    kept = view.running and not clause.asks and own_wishes.kept_back(clause.text) and view.fits(clause, False)
    return Fill(because(kept_back), clause, prose=wants_words(view)) if kept else None


def correct(clause: Clause, view: View) -> Command | None:
    """An answer is called wrong without the right one, or is named as one that is to change."""
    if not view.running:
        return None
    named = view.at_read_back and names_to_change(clause, view)
    # «Did the other one go off?» calls nothing wrong.
    asks = clause.asks and not view.names(clause)
    if not named and (clause.act != "correct" or clause.sure < LIKELY or asks):
        return None
    return None if view.fits(clause, False) else Correct(because(correct), clause)


def only_asks(clause: Clause, view: View) -> Command | None:
    """A question puts nothing in the place of what stands: «would RG7 be cheaper?», «what if it were 30?»"""
    # «Can they be here in April?» wishes for no other division of the pieces.
    wish = wishes(clause) and not (view.divided and asks_of_one_time(clause))
    if not view.running or not clause.asks or wish or not view.changes(clause):
        return None
    asked = intent(clause.act).kind == "question" and clause.sure >= LIKELY
    return Answer(because(only_asks), clause.act, clause) if asked else Miss(because(only_asks), clause)


def same_request(clause: Clause, view: View) -> Command | None:
    """The wish again, or one that belongs to the request in progress: what it says is taken into it."""
    if not view.running or view.task is None or intent(clause.act).kind != "task" or clause.sure < LIKELY:
        return None
    within = task_of_intent(clause.act) == view.task or clause.act in view.task.covers
    return Fill(because(same_request), clause, prose=wants_words(view), within=clause.act) if within else None


def agrees(clause: Clause, view: View) -> Command | None:
    """Agreement where something else was asked: it describes nothing, so the question stands."""
    if not view.running or view.at_read_back or view.question is None or view.question.yes_or_no or clause.values:
        return None
    if not view.question.words and view.open in view.fits(clause, True):
        # Agreement to an alloy that was proposed is its answer.
        return None
    choices = {payload for _, payload in view.question.choices}
    return Miss(because(agrees), clause) if "/affirm" not in choices and only_agrees(clause.text) else None


def set_right(clause: Clause, view: View) -> Command | None:
    """One value is said to be right and another of its kind not: «the alloy is RG7, not RG5» compares nothing."""
    if not view.running or "?" in clause.text:
        return None
    for each in clause.values:
        others = any(one["entity"] == each["entity"] and one.get("value") != each.get("value") for one in clause.values)
        if (
            others
            and closes(clause.text[: int(each.get("start", 0)) - clause.start], "set_against")
            and view.fits(clause, False)
        ):
            return Fill(because(set_right), clause, prose=wants_words(view))
    return None


def values(clause: Clause, view: View) -> Command | None:
    """Values of the request in progress, whatever is being asked."""
    if not view.running or not view.fits(clause, False) or _asks_outside(clause):
        return None
    if supposes(clause):
        return None
    if clause.asks and has(clause, "alloy", "alloy_group") and not wishes(clause) and not hardly_a_word(clause):
        # «What does RG5 mean?» puts RG5 nowhere.
        asked = likeliest_question(clause)
        return Answer(because(question), asked, clause) if asked else FollowUp(because(follow_up), clause)
    return Fill(because(values), clause, prose=wants_words(view) and not clause.asks)


def words(clause: Clause, view: View) -> Command | None:
    """Words for the open question, which takes them."""
    if not view.running or clause.asks or not view.fits(clause, True):
        return None
    return Fill(because(words), clause, prose=True)


def _asks_outside(clause: Clause) -> bool:
    """«Who won the match yesterday?»: the day is none of the request's."""
    return clause.asks and clause.act == "out_of_scope" and clause.sure >= SURE and not has(clause, *OF_A_CASTING)
