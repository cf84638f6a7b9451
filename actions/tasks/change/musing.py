"""What ending or changing an order would cost or mean: told from the data, and nothing is wanted by asking."""

import asyncio
from collections.abc import Sequence

from actions.form.answers import Answers
from actions.form.proven import proven
from actions.production.changes import all_changes
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.production.orders import find_order
from actions.production.plant import plant
from actions.tasks.change.holding import holds_making
from actions.tasks.change.others import judged_on
from actions.tasks.change.questions import wants_of
from actions.tasks.change.wants import ENDING, Want
from actions.tasks.change.words import part, say_state, say_wants
from actions.turns.house import house
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today

#: Texts that end the answer; after them «keep it» takes nothing back.
NOTHING_YET = ("utter_cancel_nothing_yet", "utter_change_nothing_yet", "utter_mused_nothing")
#: Orders told of in one answer; the common ground's name for them.
MOST, MUSED_ON = 3, "mused_on"


def ends_in(text: str) -> bool:
    """Whether an order is to be ended, or its making stopped, by the words."""
    return words("cancel").says(words("cancel").without(text, "aside"), "cancel", "stop") or holds_making(text)


def muses(text: str) -> bool:
    """Whether the words ask what ending or changing an order would cost or set one back."""
    return words("change").says(text, "costs") and (ends_in(text) or words("change").says(text, "alters"))


def wonders(text: str) -> bool:
    """Whether the words ask what would become of an ending or a change, or whether there is time for one."""
    asks = words("change").says(text, "costs") or words("cancel").says(text, "asks_whether")
    return asks and (ends_in(text) or words("change").says(text, "alters"))


async def tell_musing(turn: Turn) -> None:
    """For each order named, or the one talked of: how far it has got, and what the change would cost."""
    identity = await proven(turn)
    if identity is None:
        return
    numbers = [
        str(each["value"])
        for each in (turn.said("order_no") or _named_last(turn) or _in_progress(turn) or turn.about("order_no"))
    ]
    wants, possible = _wants(turn), not numbers
    for number in list(dict.fromkeys(numbers))[:MOST]:
        order = await asyncio.to_thread(find_order, house().production, identity, number)
        if order is None:
            turn.say("utter_order_unknown", order_no=number)
        else:
            possible = await tell_would(turn, identity, order, wants) or possible
    if not numbers:
        turn.say("utter_change_cost_sales")
    turn.ground.note(MUSED_ON, [{"entity": MUSED_ON, "value": number} for number in numbers], "database")
    _say_nothing_yet(turn, wants, possible)


def _say_nothing_yet(turn: Turn, wants: Sequence[Want], possible: bool) -> None:
    """Nothing is done by asking; what can be done is offered, unless a request is in progress."""
    if turn.slot("question"):
        turn.say("utter_mused_nothing")
    elif possible and any(each.kind in ENDING for each in wants):
        turn.say("utter_cancel_nothing_yet")
        turn.offer({"reply": "utter_choice_cancel_it"})
    elif possible:
        turn.say("utter_change_nothing_yet")


async def tell_would(
    turn: Turn, identity: Identity, order: Order, wants: Sequence[Want], lines: Sequence[int] | None = None
) -> bool:
    """What is wanted of an order as it would be judged today; a sum that no data hold is named by sales. Whether any of it is possible."""
    if not wants:
        line = order.lines[0]
        changes = await asyncio.to_thread(
            all_changes, house().production, identity, order.order_no, line.line_no, today(), plant()
        )
        say_state(turn, order, line.line_no, changes[0])
        turn.say("utter_change_cost_sales", join=" ")
        return True
    verdicts = await judged_on(turn, identity, order, wants, lines)
    ends = all(each.kind in ENDING for each in wants)
    turn.say("utter_cancel_would_be" if ends else "utter_change_of_other", order_no=order.order_no)
    for each in say_wants(verdicts):
        turn.say(**each.line())
    if any(each.cost is None and each.verdict not in ("free", "no") for each in verdicts):
        turn.say(**part("utter_change_cost_sales").but(join=" ").line())
    return any(each.verdict != "no" for each in verdicts)


def _wants(turn: Turn) -> list[Want]:
    """What the words would have done; nothing where they name no more than a change."""
    if ends_in(turn.text) and not words("change").says(turn.text, "alters"):
        return [Want("stop" if words("cancel").says(turn.text, "stop") or holds_making(turn.text) else "cancel")]
    found = [each for each in wants_of(turn, True) if each.kind != "other"]
    return found or _bare_quantity(turn)


def _bare_quantity(turn: Turn) -> list[Want]:
    """«Reducing it to 20»: a figure alone is pieces."""
    numbers = [each for each in turn.said("number") if float(each["value"]).is_integer() and each["value"] > 0]
    by = len(numbers) == 1 and words("change").ends(turn.text[: int(numbers[0]["start"])], "by_so_many")
    return [Want("quantity", to=int(numbers[0]["value"]))] if len(numbers) == 1 and not by else []


def _named_last(turn: Turn) -> list[dict[str, object]]:
    """The one order that the customer named in the message before."""
    named = turn.before.named_lately("order_no", since=turn.before.turn)
    return [{"value": named[0]}] if len(named) == 1 else []


def _in_progress(turn: Turn) -> list[dict[str, object]]:
    """The order of the request in progress."""
    task = turn.slot("task") if turn.slot("question") else None
    number = Answers((turn.slot("answers") or {}).get(task)).value("order") if task else None
    return [{"value": number}] if number else []
