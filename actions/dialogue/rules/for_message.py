"""The rules for a message as a whole in their order; those about a refusal ask the rules for a clause."""

from collections.abc import Callable

from actions.dialogue.commands import Command
from actions.dialogue.rules import (
    agreements,
    alloys,
    courtesy,
    faults,
    follow_ups,
    lists,
    no_quotation,
    orders,
    people,
    questions,
    read_back,
    refusal,
    request,
)
from actions.dialogue.view import View
from actions.turns.reading import Reading

FOR_MESSAGE: tuple[Callable[[Reading, View], tuple[Command, ...]], ...] = (
    # What the words of the whole message make clear.
    people.anybody,
    orders.mused_over,
    orders.paper_wrong,
    agreements.of_agreements,
    agreements.holds,
    orders.keeps,
    faults.denies,
    no_quotation.no_quotation,
    # What is said to the read-back, and before it.
    read_back.clear_yes,
    refusal.waits_instead,
    refusal.held_beside,
    refusal.more_found,
    refusal.withdrawn,
    refusal.refused,
    read_back.kind_yes,
    read_back.send_now,
    read_back.reservation,
    read_back.yes_and_more,
    request.left_open,
    # How a talk begins, ends or is put off.
    courtesy.opening,
    courtesy.parting,
    people.will_wait,
    courtesy.another_time,
    courtesy.elsewhere_first,
    courtesy.all_courtesy,
    courtesy.praise,
    # People, and what was sent to them.
    people.adds,
    people.call_back,
    people.reached,
    # What is asked or wanted in several clauses.
    follow_ups.again,
    alloys.scrap,
    alloys.beside_metal,
    alloys.wrought,
    questions.asked_of_told,
    questions.numbered,
    lists.list_,
    alloys.chosen,
)
