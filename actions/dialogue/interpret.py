"""What a message means where the talk stands: reading and state in, commands out. Pure: no I/O, no text, no clock.

``interpret`` asks the rules of ``FOR_MESSAGE`` about the whole message and those of ``FOR_CLAUSE``, in their order, about
each unit of it; the first that answers decides, and its docstring is the reason that is kept with the message.
"""

from actions.dialogue.commands import Both, Command
from actions.dialogue.enquiry import enquiry
from actions.dialogue.rules.dropping import dropped
from actions.dialogue.rules.for_clause import decide
from actions.dialogue.rules.for_message import FOR_MESSAGE
from actions.dialogue.rules.sending import send_ahead, yes_beside
from actions.dialogue.settle import settle
from actions.dialogue.units import about_order, corrects, units
from actions.dialogue.view import View, joined
from actions.turns.reading import Reading

#: Rules about a part of the message that is seen to first; what is left is a message of its own.
APART = (dropped, yes_beside, send_ahead)


def interpret(reading: Reading, view: View) -> tuple[Command, ...]:
    """The commands of a message, in the order they are carried out. Never empty."""
    for apart in APART:
        first, left, now = apart(reading, view)
        if left is not reading:
            # What is dropped, or sent, tells nothing of what else is said.
            return (*first, *(interpret(left, now) if left else ()))
    for rule in FOR_MESSAGE:
        found = rule(reading, view)
        if found:
            return found
    said = units(reading, view.running)
    if view.running and len(said) > 1 and corrects(said[0], said[1]):
        said = [joined(said[0], said[1], reading, lead=said[1]), *said[2:]]
    decided = [decide(unit, view) for unit in about_order(said)]
    parts = [part for each in decided for part in ((each.first, each.second) if isinstance(each, Both) else (each,))]
    return settle(enquiry(parts, reading, view), reading, view)
