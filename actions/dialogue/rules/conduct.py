"""Rules about how the running request goes: it stops, waits, goes on, says what it knows and why it asks."""

import re
from dataclasses import replace

from actions.dialogue.commands import Answer, Both, Command, Enough, Explain, Fill, Postpone, Recap, Resume, Stop, Talk
from actions.dialogue.enquiry import EXPLORING, only_explores
from actions.dialogue.read_back import part, pieces_of
from actions.dialogue.rules.questions import question
from actions.dialogue.rules.seen import (
    ANSWERED,
    BARE,
    HALF,
    OF_WHAT_WAS_SENT,
    answers_open,
    likeliest_question,
    points_at_orders,
    takes,
)
from actions.dialogue.view import CLOSE, DOUBT, LIKELY, SURE, View, because, has, states
from actions.form.words import find, near
from actions.orders.facets import ORDERS
from actions.turns.conduct import merely_waits, wants_read_back
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import words

#: «Are you sure of that?» has no more words.
DOUBTS = 7


def exploring(clause: Clause, view: View) -> Command | None:
    """Somebody only asks for now: no request is made, and what was told is kept."""
    if not only_explores(clause.text) or clause.values or clause.asks or clause.words > OF_WHAT_WAS_SENT:
        return None
    return Postpone(because(exploring)) if view.running else Talk(because(exploring), EXPLORING, clause)


def enough(clause: Clause, view: View) -> Command | None:
    """No more questions; what is told in the same breath answers what it can."""
    known = words("no")
    if not view.running or view.at_read_back or not known.says(clause.text, "enough"):
        return None
    rest = replace(clause, text=known.without(clause.text, "enough"), acts=(("inform", HALF),))
    if not re.search(r"\w", rest.text) or not view.fits(rest, False):
        return Enough(because(enough))
    return Both(because(enough), Fill(because(enough), rest), Enough(because(enough)))


def own_steer(clause: Clause, view: View) -> Command | None:
    """A word of the running task's own, such as «the rest is open»."""
    return Fill(because(own_steer), clause, prose=True) if view.running and view.steers(clause) else None


def of_request(clause: Clause, view: View) -> Command | None:
    """What comes next, what is left to be answered, or whether it can be done by then."""
    said = words("request")
    needs = said.says(clause.text, "needs") and not said.ends(clause.text.rstrip(" ?!."), "purpose_end")
    if needs and clause.asks and not clause.values:
        return Recap(because(of_request)) if view.running else Talk(because(of_request), "needs", clause)
    if not view.running or not clause.asks:
        return None
    timed = {each["entity"] for each in clause.values} <= {"date", "week", "lead", "shift"}
    if said.says(clause.text, "next") and not clause.values and not find(clause.text, "goods_times"):
        return Talk(because(of_request), "next", clause)
    if said.says(clause.text, "left") and not clause.values:
        return Recap(because(of_request))
    doable = said.says(clause.text, "doable") and timed
    if not doable or (not clause.values and len(said.without(clause.text, "doable").split()) > BARE):
        return None
    asked = Talk(because(of_request), "doable", clause)
    # What stands is not put out by a question; where nothing stands, it tells when they are wanted.
    tells = clause.values and not view.changes(clause)
    return Both(because(of_request), Fill(because(of_request), clause), asked) if tells else asked


def noted(clause: Clause, view: View) -> Command | None:
    """What has been taken down is to be said, whether or not it was sent; «list it» alone where there is something."""
    said, there = words("talk"), view.running or view.sent or view.task is not None
    asked = (
        view.running and said.says(clause.text, "stands_now") and (clause.asks or said.says(clause.text, "shows_only"))
    )
    # «What did you note?» asks for all of it, and not for the remark.
    whole = said.says(clause.text, "noted_contents")
    if asked and not whole and clause.words <= OF_WHAT_WAS_SENT:
        named = view.asked_of(clause)
        # «Does it still say week 14?» is answered by what it says.
        if named or clause.values or said.says(clause.text, "asks_quantity", "asks_delivery"):
            return Recap(because(noted), named)
    beside = all(each.get("reference") for each in clause.values) and clause.words <= OF_WHAT_WAS_SENT
    listed = beside and there and said.says(clause.text, "list_it")
    if listed or (beside and whole):
        return Recap(because(noted))
    if not there or not wants_read_back(clause.text) or _of_something_else(clause):
        return None
    rest = _beside_read_back(clause)
    fits = rest is not None and view.running and view.fits(rest, False)
    return (
        Both(because(noted), Fill(because(noted), rest), Recap(because(noted)))
        if rest and fits
        else Recap(because(noted))
    )


def _of_something_else(clause: Clause) -> bool:
    """Whether orders are to be listed, or something is missing from what was read back."""
    return clause.sure >= LIKELY and (intent(clause.act).of_orders or clause.act in (*ORDERS, "correct", "help"))


def _beside_read_back(clause: Clause) -> Clause | None:
    """What a clause tells before or behind the words that ask for a read-back; None where that is all it says."""
    asking = [each for each in pieces_of(Reading(clause, (clause,))) if wants_read_back(each.text)]
    if not asking:
        return None
    before = part(clause, 0, asking[0].start - clause.start)
    behind = part(clause, asking[-1].end - clause.start, len(clause.text))
    return (
        max(before, behind, key=lambda each: (bool(each.values), each.words)) if before.words or behind.words else None
    )


def stop(clause: Clause, view: View) -> Command | None:
    """The questions are to stop."""
    # «Not stopped» tells of production, not of the questions.
    if (
        clause.act != "stop_task"
        or clause.sure < LIKELY
        or clause.values
        or _word_of_it(clause, view)
        or near(clause.text, "not_done", "stopped", 0)
    ):
        return None
    return Stop(because(stop)) if view.running else Talk(because(stop), "stop_task", clause)


def _word_of_it(clause: Clause, view: View) -> bool:
    """Whether one word is read by the request in progress: «later» of a date that was just read back."""
    return view.running and clause.words <= 1 and bool(view.fits(clause, False))


def only_cancel(clause: Clause, view: View) -> Command | None:
    """«Cancel» alone in the midst of questions means the questions: an order has to be named."""
    bare = clause.act == "cancel_order" and not clause.values and clause.words <= 2
    return Stop(because(only_cancel)) if view.running and bare else None


def postpone(clause: Clause, view: View) -> Command | None:
    """Not now: the request is kept and nothing is sent."""
    if view.running and merely_waits(clause.text):
        return Postpone(because(postpone))
    if clause.act != "postpone" or clause.sure < LIKELY:
        return None
    if not view.running:
        return Talk(because(postpone), "postpone", clause)
    if view.fits(clause, False) or (view.at_read_back and takes(clause, view)):
        # «The drawing comes later» is an answer.
        return None
    return None if answers_open(clause, view) and clause.sure < HALF else Postpone(because(postpone))


def resume(clause: Clause, view: View) -> Command | None:
    """The request is to go on."""
    said = has(clause, "resume") and clause.words <= 3
    meant = clause.act == "resume" and clause.sure >= LIKELY and not clause.values
    return Resume(because(resume)) if said or meant else None


def recap(clause: Clause, view: View) -> Command | None:
    """What was understood so far is to be said."""
    tells = view.running and states(clause) and bool(view.fits(clause, False))
    return Recap(because(recap)) if clause.act == "recap" and clause.sure >= LIKELY and not tells else None


def explain(clause: Clause, view: View) -> Command | None:
    """Why something is asked, or where a fact comes from."""
    doubts = clause.words <= DOUBTS and not clause.values and words("talk").says(clause.text, "sure", "source")
    asked = doubts or (clause.act == "explain" and clause.sure >= LIKELY and not has(clause, "property"))
    # «Why do you need a drawing?» names what it asks about and answers nothing.
    why = clause.asks and not clause.values and clause.sure >= SURE
    # «What is it with the late one» asks about the order.
    if not asked or (view.fits(clause, False) and not why) or (points_at_orders(clause) and not doubts):
        return None
    if doubts:
        return Explain(because(explain), clause)
    if view.running and not _asks_why(clause):
        # Whatever is asked beside the questions of the request is no question for their reasons: «how long does it take?»
        asked_for = likeliest_question(clause)
        likely = clause.asks and asked_for and clause.chance(asked_for) >= ANSWERED
        return Answer(because(question), asked_for, clause) if likely and asked_for else None
    other = likeliest_question(clause)
    # «Is there any difference between them?» asks for no reason.
    close = other is not None and clause.sure < DOUBT and dict(clause.acts)[other] >= CLOSE * clause.sure
    return Answer(because(question), other, clause) if other and close else Explain(because(explain), clause)


def _asks_why(clause: Clause) -> bool:
    """Whether the reason or the meaning of a question is asked for, and not something else."""
    meant = words("request").says(clause.text, "reason", "meaning")
    return meant or not clause.asks or clause.words <= BARE
