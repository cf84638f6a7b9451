"""Questions about a framework agreement: what is left, at which price, until when, whether an order goes on it; and about finished pieces.

Nothing is ordered by asking.
"""

import asyncio
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Engine

from actions.form.proven import proven
from actions.plan.capacity_reading import HUMAN
from actions.production.agreements import Agreement, agreements_of
from actions.production.candidates import find_part
from actions.production.identity import Identity
from actions.production.order_facts import Order
from actions.production.orders import find_order
from actions.production.stock import free_stock
from actions.tasks.order.call_off import say_agreement
from actions.tasks.order.part import meant_by, name_of
from actions.tasks.price.task import say_price
from actions.turns.house import house
from actions.turns.reading import Clause
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today

#: The topic of the common ground after an answer about agreements, or about finished pieces.
AGREEMENT, STOCK = "agreement", "stock"
#: What is asked of one in particular.
FACETS = ("after", "covers", "left", "price", "until")
#: How a part is named, and not guessed from what is usual.
NAMED = ("number", "words", "noun")
#: What names an agreement or its part.
_NAMES = ("agreement_no", "part_no", "drawing_no")


def asked_of_agreement(clause: Clause, topic: str) -> bool:
    """Whether a clause asks about an agreement that it names, or asks on about the one talked of."""
    known, text = words("agreements"), clause.text
    named = known.says(text, "agreement") or clause.says("agreement_no")
    asked = any(known.says(text, facet) for facet in FACETS)
    if topic == AGREEMENT and not clause.says("part_no", "drawing_no", "weight", "alloy"):
        return asked
    return named and (asked or known.says(text, "which") or clause.says("agreement_no"))


def asked_of_stock(text: str) -> bool:
    """Whether it is asked for finished pieces."""
    return words("agreements").says(text, "stock")


async def tell_agreement(turn: Turn) -> None:
    """What is asked of the agreement that is meant; of all of them when none is."""
    identity = await proven(turn)
    if identity is None:
        return
    every = await asyncio.to_thread(agreements_of, house().production, identity, today(), True)
    named = {str(each["value"]).upper() for each in turn.said("agreement_no")}
    if named and not any(each.agreement_no.upper() in named for each in every):
        turn.say("utter_agreement_unknown", agreement=", ".join(sorted(named)))
        turn.offer(HUMAN)
        return
    meant = await asyncio.to_thread(_meant, house().production, identity, turn, every)
    if not meant:
        turn.say("utter_agreement_none")
        return
    one = meant[0] if len(meant) == 1 else None
    facets = [facet for facet in FACETS if words("agreements").says(turn.text, facet)]
    if len(facets) > 1 and not turn.said("order_no"):
        # «What is left on the agreement?» asks of no order.
        facets = [facet for facet in facets if facet != "covers"]
    numbers = [{"entity": "agreement_no", "value": each.agreement_no} for each in meant]
    if one is None or not facets:
        for each in meant:
            say_agreement(turn, each)
    else:
        await _say(turn, identity, one, facets)
    part_no = one and (one.customer_part_no or one.product_no)
    part = {"part_no": [{"entity": "part_no", "value": part_no}], "drawing_no": []} if part_no else {}
    order = {"order_no": turn.said("order_no")} if turn.said("order_no") else {}
    turn.remember(AGREEMENT, (), agreement_no=numbers if one else [], **part, **order)


def _meant(engine: Engine, identity: Identity, turn: Turn, every: Sequence[Agreement]) -> list[Agreement]:
    """The agreement named, that of the part named, the one talked of, that of the part or order talked of; else all of them."""
    named = {str(each["value"]).upper() for each in turn.said("agreement_no")}
    known = {str(each["value"]).upper() for each in turn.before.about("agreement_no")}
    if named:
        return [each for each in every if each.agreement_no.upper() in named]
    parts = meant_by(engine, identity, turn.text, turn.said("part_no", "drawing_no"))
    by_part = _of_products(every, [each.part.row["product_id"] for each in parts.found if parts.by in NAMED])
    if by_part or words("agreements").says(turn.text, "which"):
        return by_part or list(every)
    if known:
        return [each for each in every if each.agreement_no.upper() in known]
    talked_of = meant_by(engine, identity, "", turn.about("part_no", "drawing_no", "order_no"))
    return _of_products(every, [each.part.row["product_id"] for each in talked_of.found]) or list(every)


def _of_products(every: Sequence[Agreement], products: Sequence[str]) -> list[Agreement]:
    """The agreements on parts: those that hold, else those that ended."""
    found = [each for each in every if each.product_id in products]
    return [each for each in found if each.state(today()) == "valid"] or found


async def _say(turn: Turn, identity: Identity, agreement: Agreement, facets: Sequence[str]) -> None:
    orders = [str(each["value"]) for each in turn.about("order_no")]
    order = await asyncio.to_thread(find_order, house().production, identity, orders[0]) if len(orders) == 1 else None
    if "after" in facets:
        _say_after(turn, agreement, order)
    elif "covers" in facets:
        _say_covers(turn, agreement, order)
    if "left" in facets and "after" not in facets:
        say_agreement(turn, agreement, until=False)
    if "price" in facets:
        await _say_price(turn, identity, agreement)
    if "until" in facets:
        _say_until(turn, agreement)


def _say_after(turn: Turn, agreement: Agreement, order: Order | None) -> None:
    """What is left when so many pieces, or those of the order talked of, come off it."""
    said = [int(each["value"]) for each in turn.said("quantity") if not each.get("bad")]
    of_order = [each for each in order.lines if each.product_no == agreement.product_no] if order else []
    taken = said[0] if said else sum(each.quantity for each in of_order)
    values = {"agreement": agreement.agreement_no, "left": agreement.remaining_quantity, "qty": taken}
    if not taken:
        say_agreement(turn, agreement, until=False)
    elif taken > agreement.remaining_quantity:
        turn.say("utter_agreement_short", **values)
    else:
        turn.say("utter_agreement_after", rest=agreement.remaining_quantity - taken, **values)
    if taken and not said and order:
        turn.say("utter_agreement_counted", order_no=order.order_no, join=" ")
        turn.offer(HUMAN)


def _say_covers(turn: Turn, agreement: Agreement, order: Order | None) -> None:
    """Whether an order is on it is in no table of ours; that it is of another part is."""
    if order is None:
        turn.say("utter_agreement_covers_which", agreement=agreement.agreement_no)
        return
    same = any(each.product_no == agreement.product_no for each in order.lines)
    reply = "utter_agreement_covers_unknown" if same else "utter_agreement_covers_not"
    turn.say(reply, order_no=order.order_no, agreement=agreement.agreement_no, part=_part(agreement))
    turn.offer(HUMAN)


def _say_until(turn: Turn, agreement: Agreement) -> None:
    if agreement.valid_until is None:
        turn.say("utter_agreement_runs_on", agreement=agreement.agreement_no)
        return
    over = agreement.valid_until < today()
    reply = "utter_agreement_ran_until" if over else "utter_agreement_runs_until"
    turn.say(reply, agreement=agreement.agreement_no, until=_day(agreement.valid_until))


def _day(day: dt.date) -> str:
    return day.isoformat()


async def _say_price(turn: Turn, identity: Identity, agreement: Agreement) -> None:
    part = await asyncio.to_thread(find_part, house().production, identity, agreement.product_id)
    if part is None or not await say_price(turn, identity, part):
        turn.offer(HUMAN)


def _part(agreement: Agreement) -> str:
    return agreement.customer_part_no or agreement.product_no or ""


async def tell_stock(turn: Turn) -> None:
    """Finished pieces of the part meant that nobody was promised; without a part, which one is asked."""
    identity = await proven(turn)
    if identity is None:
        return
    engine = house().production
    found = await asyncio.to_thread(meant_by, engine, identity, turn.text, turn.said(*_NAMES))
    if not found.found:
        talked_of = turn.about(*_NAMES) or turn.about("order_no")
        found = await asyncio.to_thread(meant_by, engine, identity, "", talked_of)
    if len(found.found) != 1:
        turn.say("utter_stock_which")
        turn.offer(*({"title": name_of(each.part, turn.language)} for each in found.found))
        return
    part = found.found[0].part
    free = await asyncio.to_thread(free_stock, engine, identity, part.row["product_id"])
    if free is None:
        turn.say("utter_stock_unknown", name=name_of(part, turn.language), part=part.number)
        turn.offer(HUMAN)
    else:
        name = "utter_order_stock_free" if free else "utter_order_stock_none"
        turn.say(name, free=free, name=name_of(part, turn.language), part=part.number)
    turn.remember(STOCK, (), part_no=[{"entity": "part_no", "value": part.number}], drawing_no=[])
