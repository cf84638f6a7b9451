"""Whether a quotation, or the price in it, still holds: looked up by what it was given for, and nothing is decided by asking."""

import asyncio
from collections.abc import Sequence

from sqlalchemy import Engine

from actions.form.proven import proven
from actions.plan.capacity_reading import HUMAN
from actions.production.identity import Identity
from actions.production.quotations import Quotation, quotations_of
from actions.tasks.order.part import meant_by
from actions.tasks.quotation.task import facts
from actions.turns.house import house
from actions.turns.reading import Clause
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today

#: The topic of the common ground after it; so many quotations are told of.
QUOTED, MOST = "quotation", 3
#: «Holds» and «still» stand no farther apart.
WITHIN = 8
#: How a part is named, and not guessed from what is usual.
_NAMED = ("number", "words", "noun")


def asked_whether_holds(clause: Clause, topic: str) -> bool:
    """Whether it is asked if something that was offered still holds, without its number."""
    known, text = words("prices"), clause.text
    holds = known.says(text, "holds") or known.near(text, "holds_verb", "still", WITHIN)
    holds = holds or known.near(text, "still", "holds_verb", WITHIN)
    offered = known.says(text, "offer", "given") or topic == QUOTED
    return offered and holds and not clause.says("quotation_no", "agreement_no", "order_no")


async def tell_whether_holds(turn: Turn) -> None:
    """Each quotation that may be meant, with the day it runs to, or that it ran out."""
    identity = await proven(turn)
    if identity is None:
        return
    found = await asyncio.to_thread(_meant, house().production, identity, turn)
    if not found:
        turn.say("utter_quotation_none_of_it")
        turn.offer(HUMAN)
        return
    for each in found[:MOST]:
        for one in facts(turn, each):
            turn.say(**one.line())
        _say_state(turn, each)
    numbers = [{"entity": "quotation_no", "value": each.quotation_no} for each in found[:MOST]]
    turn.remember(QUOTED, (), quotation_no=numbers)


def _say_state(turn: Turn, found: Quotation) -> None:
    """What has become of one that is not open; until when the open one holds stands in its facts."""
    if found.state == "expired" and found.valid_until:
        turn.say("utter_quotation_expired", until=found.valid_until.isoformat(), join=" ")
    elif found.state in ("accepted", "declined"):
        turn.say(f"utter_quotation_{found.state}", join=" ")


def _meant(engine: Engine, identity: Identity, turn: Turn) -> Sequence[Quotation]:
    """Those talked of; those given for the part named, the newest first; else the open ones, or the newest of all."""
    every = quotations_of(engine, identity, today(), every=True)
    named = meant_by(engine, identity, turn.text, turn.said("part_no", "drawing_no"))
    products = [each.part.row["product_id"] for each in named.found] if named.by in _NAMED else []
    if products or named.unknown:
        return [each for each in every if each.product_id in products]
    known = {str(each["value"]) for each in turn.before.about("quotation_no")}
    talked_of = [each for each in every if each.quotation_no in known]
    return talked_of or [each for each in every if each.state == "open"] or every[:1]
