"""The rules for one clause in their order, and what it means by the first that answers."""

from collections.abc import Callable

from actions.dialogue.commands import Command
from actions.dialogue.rules import (
    agreements,
    alloys,
    conduct,
    courtesy,
    design,
    faults,
    follow_ups,
    orders,
    people,
    questions,
    read_back,
    request,
    trade,
    wishes,
)
from actions.dialogue.view import View
from actions.turns.reading import Clause

FOR_CLAUSE: tuple[Callable[[Clause, View], Command | None], ...] = (
    # What the words alone make clear, whatever the clause sounds like.
    questions.word_asked,
    conduct.noted,
    questions.yes_or_no,
    conduct.exploring,
    design.design,
    trade.other_process,
    questions.can_cast,
    alloys.runs_weekly,
    trade.heavier,
    trade.weighed,
    trade.figure_of_metal,
    trade.few,
    orders.mused,
    agreements.of_agreement,
    orders.of_shown,
    orders.paper_and_wish,
    orders.asks_of_ordered,
    orders.paper_contents,
    orders.marks_order,
    courtesy.busy,
    people.proof,
    orders.presses,
    orders.so_many_fewer,
    faults.no_fault,
    orders.paper_missing,
    wishes.leaves,
    wishes.taken_up,
    wishes.renamed,
    conduct.enough,
    conduct.own_steer,
    courtesy.privacy,
    request.kept_back,
    orders.other_order,
    # Which wish it is, and what it withdraws or begins anew.
    wishes.asks_of_wish,
    orders.when_goods,
    conduct.of_request,
    courtesy.courtesy,
    wishes.take_back,
    wishes.anew,
    wishes.comes_back,
    request.agrees,
    # What goes on from what was sent or answered before.
    request.set_right,
    people.of_sent_order,
    orders.reference,
    people.after_sent,
    orders.next_order,
    orders.told_before,
    orders.reproach,
    follow_ups.same,
    alloys.left_to_us,
    alloys.settles,
    alloys.dearer,
    trade.beside,
    trade.set_against,
    trade.tight,
    trade.used_for_it,
    alloys.which,
    follow_ups.pointed,
    follow_ups.next_week,
    follow_ups.asks_on,
    orders.together,
    follow_ups.goes_on,
    orders.price_of_shown,
    alloys.demands,
    alloys.looks_for_alloy,
    follow_ups.bare_value,
    # A person, faults, and how the request goes.
    people.no_person,
    people.person,
    alloys.other_metal,
    faults.own_slip,
    faults.money_claimed,
    faults.waited_in_vain,
    orders.asks_of_order,
    wishes.claimed,
    conduct.stop,
    conduct.only_cancel,
    conduct.postpone,
    conduct.resume,
    conduct.recap,
    # Questions that are clear, reasons, and what is said to the read-back.
    alloys.advice,
    questions.fact,
    conduct.explain,
    request.correct,
    read_back.wrong_here,
    read_back.yes,
    read_back.no,
    # What it sounds most like: a wish, a question; then what the request takes.
    trade.tells_of_metal,
    request.only_asks,
    request.same_request,
    wishes.other_task,
    orders.looked_up,
    orders.of_named_order,
    alloys.of_alloys,
    questions.question,
    courtesy.about_us,
    request.values,
    request.words,
    # What is left.
    alloys.material,
    follow_ups.follow_up,
    read_back.remark,
    questions.close,
    courtesy.nothing,
)


def decide(clause: Clause, view: View) -> Command:
    """The command of one unit: that of the first rule that answers."""
    for rule in FOR_CLAUSE:
        found = rule(clause, view)
        if found is not None:
            return found
    raise AssertionError("the last rule answers everything")
