"""Rules about what is not to be sent as it was read back; what else was said is decided as any other clause is."""

from collections.abc import Sequence
from dataclasses import replace

from actions.dialogue.commands import (
    Answer,
    Command,
    Correct,
    Fill,
    Person,
    Postpone,
    Refuse,
    Start,
    TakeBack,
    TakeUp,
)
from actions.dialogue.read_back import not_now, part, refused_in, withdrawn_in
from actions.dialogue.rules.for_clause import decide
from actions.dialogue.units import units
from actions.dialogue.view import View, because, has
from actions.tasks.change.holding import holds_instead, makes_no_more
from actions.tasks.complaint.questions import tells_fault
from actions.turns.reading import Clause, Reading
from actions.turns.words import words

#: How far, or to when, an order is moved.
_MOVES = ("date", "week", "shift", "lead")


def waits_instead(reading: Reading, view: View) -> tuple[Command, ...]:
    """«Don't cancel it, just wait»: the order that was to be ended is to wait; what is asked beside it the read-back tells."""
    ends = view.running and view.task is not None and view.task.name == "cancel_order"
    told = [each for each in reading.clauses if not each.asks and "?" not in each.text]
    if not ends or not told:
        return ()
    said = part(reading.whole, told[0].start, told[-1].end)
    if not holds_instead(said.text) or has(said, *_MOVES, "quantity"):
        return ()
    return (Fill(because(waits_instead), said, prose=True),)


def more_found(reading: Reading, view: View) -> tuple[Command, ...]:
    """More faulty pieces were found while another wish is going on: that is told of the complaint that lies aside."""
    aside = view.running and "complaint" in view.aside and view.task is not None and view.task.name != "complaint"
    told = aside and words("complaint").says(reading.text, "found_more") and has(reading.whole, "quantity", "number")
    return (TakeUp(because(more_found), "complaint", reading.whole),) if told else ()


def held_beside(reading: Reading, view: View) -> tuple[Command, ...]:
    """In the midst of a complaint nothing more of another order is to be cast: a wish of its own, with its own number."""
    complains = view.running and view.task is not None and view.task.name == "complaint"
    orders = {
        str(each["value"])
        for each in reading.whole.entities
        if each["entity"] == "order_no" and not each.get("reference")
    }
    if not complains or len(orders) != 1 or not view.of_other_order(reading.whole):
        return ()
    if not any(makes_no_more(each.text) for each in reading.clauses):
        return ()
    return (Start(because(held_beside), "cancel_order", reading.whole),)


def withdrawn(reading: Reading, view: View) -> tuple[Command, ...]:
    """What was read back is not wanted any more: nothing of it is sent, whatever else was said; what is wanted instead is seen to."""
    taken_back = withdrawn_in(reading, view) if view.at_read_back else []
    if not taken_back:
        return ()
    if _changes_instead(reading, view):
        return ()
    rest = [each for each in reading.clauses if each not in taken_back and each not in refused_in(reading)]
    return (TakeBack(because(withdrawn)), *_matters(rest, ended(view)))


def ended(view: View) -> View:
    """Where the talk stands when the request in progress is over."""
    return replace(view, task=None, open=None, asked_to_send=False, refused=False, steers=lambda clause: False)


def refused(reading: Reading, view: View) -> tuple[Command, ...]:
    """A no to what was read back: nothing is sent, whatever else was said; a value that corrects it stands for the no."""
    said_no = refused_in(reading) if view.at_read_back else []
    if not said_no or view.task is None or _changes_instead(reading, view):
        return ()
    rest = [each for each in reading.clauses if each not in said_no]
    if any(_corrects_request(each, view) for each in (*rest, *said_no)):
        return ()
    if view.task.ends_with_no and not any(not_now(each) for each in said_no):
        return (TakeBack(because(refused)), *_matters(rest, ended(view)))
    matters = _matters(rest, view)
    if any(isinstance(each, (Start, TakeUp)) for each in matters):
        return matters
    later = view.refused or any(not_now(each) or each.act == "postpone" for each in reading.clauses)
    return (Postpone(because(refused)) if later else Refuse(because(refused)), *matters)


def _changes_instead(reading: Reading, view: View) -> bool:
    """«Don't cancel it, just push it to week 20»: a change takes the place of the cancellation that was read back."""
    if view.task is None or view.task.name != "cancel_order" or not has(reading.whole, *_MOVES):
        return False
    said = [decide(each, view) for each in units(reading, view.running)]
    moved = [each for each in said if isinstance(each, Start) and each.intent == "change_order"]
    # The cancellation itself reads what is wanted instead of it.
    return bool(moved) or any(isinstance(each, Fill) and each.because == "take_back" for each in said)


def _corrects_request(clause: Clause, view: View) -> bool:
    """Whether a clause beside a no tells what is right, or calls an answer wrong: «no, 60», «no, the date is wrong»."""
    said = decide(clause, view)
    if isinstance(said, Correct) or (isinstance(said, Start) and said.because == "take_back"):
        return True
    if not isinstance(said, Fill) or view.task is None:
        return False
    told = {each for each in view.fits(clause, False) if each not in ("*", "withdrawn", view.task.home)}
    return bool(told & {"order", "line", "change", "also"} if view.task.ends_with_no else told)


def _matters(clauses: Sequence[Clause], view: View) -> tuple[Command, ...]:
    """What clauses beside a no ask or want of their own; words of anger are none."""
    found = [decide(each, view) for each in clauses]
    wanted = [each for each in found if isinstance(each, (Answer, Start, TakeUp, Person))]
    return tuple(each for each in wanted if not (isinstance(each, Start) and each.only_complains and not tells_fault(each.clause.text)))  # fmt: skip
