"""The rule about a quotation that is not wanted: the one that was begun ends, and what was asked is answered."""

from dataclasses import replace

from actions.dialogue.commands import Answer, Command, Confirm, Drop, Fill, Person, Start, Talk
from actions.dialogue.enquiry import EXPLORING, QUOTE, only_asked, refuses_quote, wants_quote
from actions.dialogue.rules.for_clause import decide
from actions.dialogue.units import units
from actions.dialogue.view import View, because
from actions.form.task import task_of_intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import words
from actions.turns.yes import kinds_of


def no_quotation(reading: Reading, view: View) -> tuple[Command, ...]:
    """No quotation is wanted, said outright while one is being made or lies aside: it is dropped, and what is asked is answered."""
    quote = task_of_intent(QUOTE)
    if view.asked_to_send and view.task is not None and view.task != quote and _sends_without(reading, view.task.name):
        return (Confirm(because(no_quotation)),)
    said = [each for each in reading.clauses if refuses_quote(each.text)]
    running = view.running and view.task == quote
    if quote is None or not said or not (running or quote.name in view.aside) or wants_quote(reading):
        return ()
    # Where the talk stands without it.
    after = replace(view, task=None, open=None, asked_to_send=False, steers=lambda clause: False) if running else view
    after = replace(after, aside=tuple(each for each in view.aside if each != quote.name), no_quotation=True)
    return (Drop(because(no_quotation), quote.name), *_matters(reading, said, after))


def _sends_without(reading: Reading, task: str) -> bool:
    """«Fine. Send it to an engineer only, no quotation»: what was read back is to be sent, and it is no quotation."""
    known = words("request")
    if not refuses_quote(reading.text) or "?" in reading.text:
        return False
    rest = known.without(known.without(reading.text, "refuses_quote"), "to_engineer").strip(" ,.;!-–")
    return "send" in kinds_of(rest, task)


def _matters(reading: Reading, said: list[Clause], view: View) -> list[Command]:
    """What else is asked or told; where another request goes on, it goes on with that."""
    rest = tuple(each for each in reading.clauses if each not in said or each.asks or "?" in each.text)
    if not rest:
        return []
    left = list(rest) if len(rest) == 1 else units(replace(reading, clauses=rest), view.running)
    found = [only_asked(decide(each, view)) for each in left]
    kinds = (Answer, Person, Fill, Start) if view.running else (Answer, Person, Start)
    return [each for each in found if isinstance(each, kinds) or (isinstance(each, Talk) and each.act != EXPLORING)]
