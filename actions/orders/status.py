"""Where an order is, whether it is late and why, when it comes."""

import asyncio
import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import Engine

from actions.orders.card import order_card
from actions.orders.facets import (
    ALONE,
    HUMAN,
    ORDERS,
    asks_late_ones,
    facets_of,
    goes_on,
    known,
    reproaches,
    say_facets,
    say_reproached,
    say_together,
)
from actions.orders.late import say_late_ones
from actions.orders.papers import say_papers
from actions.orders.words import (
    say_age,
    say_order,
    say_order_row,
    say_rows,
    say_sign_in,
    say_too_old,
    say_unknown,
    show_orders,
    too_old,
)
from actions.production import orders
from actions.production.identity import Identity
from actions.production.order_facts import Order, OrderSummary
from actions.production.shipments import shipments_of
from actions.turns.handler import Handler
from actions.turns.house import house
from actions.turns.pointing import asks_other
from actions.turns.question_words import asks
from actions.turns.reading import Entity, revised
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today

USES = ("order_no", "part_no", "drawing_no", "po_no")
#: Orders told in full in one answer, rows of a list that asks which one, and numbers looked up in one message.
FULL, ROWS, MOST = 3, 5, 20
#: From here on a bare number is meant as a number of an order and not as an amount.
NUMBER_FROM = 10_000


@dataclass
class Found:
    """What the database says to one question; ``rows`` are orders to choose from."""

    as_of: dt.datetime
    orders: list[Order] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    rows: list[OrderSummary] = field(default_factory=list)
    #: what was searched by, when not an order number
    what: str | None = None
    #: the orders were named by what is cast in them
    named: bool = False
    #: the drawing has another revision than the one asked for
    other_revision: bool = False


class OrderStatus(Handler):
    """Answers about the orders of the proven contact's customer, and only those."""

    intent = "order_status"
    uses = (*USES, "number")

    async def answer(self, turn: Turn) -> None:
        """One order in full; several as a list to choose from; strangers are asked to sign in."""
        await tell_status(turn)

    def goes_on(self, turn: Turn) -> bool:
        """«Why?», «and the new date?»"""
        return goes_on(turn)


async def tell_status(turn: Turn) -> None:
    """Answer for the order numbers, parts, drawings or purchase orders named, or the open orders when none is."""
    identity = turn.identity
    if identity is None:
        say_sign_in(turn)
        return
    turn.ground.facets = list(facets_of(turn))
    if _reproached(turn):
        await tell_reproached(turn, identity)
        return
    if asks_late_ones(turn):
        await tell_late_ones(turn, identity)
        return
    as_of = await data_age(turn)
    if as_of is None:
        return
    other = bool(turn.before.about("order_no")) and not named_in(turn) and asks_other(turn.text)
    asked = await _newest(turn, identity) or (await _others(turn, identity) if other else []) or _asked(turn)
    if other and asked == turn.before.about("order_no"):
        await _say_no_other(turn, identity, str(asked[0]["value"]))
        say_age(turn, as_of)
        return
    late = asks(turn.text, "late")
    brief = set(turn.ground.facets) <= {"date"}
    found = await asyncio.to_thread(look_up, house().production, identity, asked, as_of, late, brief)
    _say(turn, found, late)
    if not turn.ground.facets or "track" in turn.ground.facets:
        await say_live(turn, identity, found.orders)
    if "papers" in turn.ground.facets:
        await say_papers(turn, identity, found.orders)
    # What is talked about now are these orders, also when they were named by a drawing.
    picked = found.orders or found.unknown or found.named or len(found.rows) <= FULL
    told = [*found.orders, *(found.rows if picked else [])]
    numbers = [{"entity": "order_no", "value": order.order_no} for order in told]
    turn.remember("order_status", USES, order_no=numbers, **_part_of(turn, found.orders))


def _reproached(turn: Turn) -> bool:
    """Whether it is only told, after a status, what the waiting costs or what was promised."""
    told = reproaches(turn.text) or (words("talk").says(turn.text, "told_before") and not turn.asks)
    return told and turn.before.topic in ORDERS and not turn.ground.facets and not turn.said(*USES)


async def tell_reproached(turn: Turn, identity: Identity) -> None:
    """Answer somebody whom a late order costs something: that we are sorry, the date, and who can do something."""
    numbers = [str(each["value"]) for each in turn.about("order_no")][:FULL]
    found = await asyncio.to_thread(orders.find_orders, house().production, identity, numbers)
    say_reproached(turn, found, today())
    turn.remember("order_status", USES)


async def data_age(turn: Turn) -> dt.datetime | None:
    """From when the data of orders is; None when it is too old, which is said."""
    as_of = await asyncio.to_thread(orders.data_as_of, house().production)
    if too_old(as_of):
        say_too_old(turn, as_of)
        return None
    return as_of


async def tell_late_ones(turn: Turn, identity: Identity) -> None:
    """All open orders that are late, whichever was talked of."""
    as_of = await data_age(turn)
    if as_of is None:
        return
    found = await asyncio.to_thread(orders.open_orders, house().production, identity)
    if found:
        say_late_ones(turn, found, today())
        say_age(turn, as_of)
    else:
        turn.say("utter_order_none_open")
    turn.remember("order_list", (), order_no=[])


async def _say_no_other(turn: Turn, identity: Identity, order_no: str) -> None:
    """Nothing else is open: say so, and what there was before it."""
    recent = await asyncio.to_thread(orders.recent_orders, house().production, identity, ROWS + 1)
    before = [row for row in recent if row.order_no != order_no][:ROWS]
    turn.say("utter_order_no_others" if before else "utter_order_only", order_no=order_no)
    say_rows(turn, before, today(), ROWS)


async def _newest(turn: Turn, identity: Identity) -> list[Entity]:
    """«Our last order»: the one ordered last, unless one is named or pointed at."""
    if named_in(turn) or not words("orders").says(turn.text, "newest"):
        return []
    found = await asyncio.to_thread(orders.recent_orders, house().production, identity, 1)
    return [{"entity": "order_no", "value": each.order_no} for each in found]


async def _others(turn: Turn, identity: Identity) -> list[Entity]:
    """«And the other?» where no list tells which: what the customer named besides, else the open orders that were not talked of."""
    talked_of = {str(each["value"]) for each in turn.before.about("order_no")}
    named = [each for each in turn.before.named_lately("order_no") if each not in talked_of]
    if named:
        return [{"entity": "order_no", "value": each} for each in named]
    found = await asyncio.to_thread(orders.open_orders, house().production, identity)
    return [{"entity": "order_no", "value": each.order_no} for each in found if each.order_no not in talked_of]


def _asked(turn: Turn) -> list[Entity]:
    """What the message names, else what the talk is about; several of the list shown last where it takes several."""
    found = named_in(turn) or turn.about("order_no")
    listed = [each for each in turn.before.shown if each["kind"] == "order"]
    if "together" in turn.ground.facets and listed and (len(found) < 2 or any(each.get("reference") for each in found)):
        # «Can they wait for the housings?»: those shown, and those named beside.
        shown = [{"entity": "order_no", "value": each["value"]} for each in listed]
        named = {str(each["value"]) for each in found}
        return [*(each for each in shown if each["value"] not in named), *found]
    return found


async def say_live(turn: Turn, identity: Identity, told: list[Order]) -> None:
    """Where the carrier says that the newest parcel is, for one order that is on its way; nothing where nobody can be asked."""
    waiting = [order for order in told if any(line.shipments for line in order.lines)]
    if len(told) != 1 or not waiting:
        return
    parcels = await asyncio.to_thread(shipments_of, house().production, identity, waiting[0].order_no)
    live = next((parcel.live for parcel in parcels if parcel.live), None)
    if live and live.place:
        turn.say("utter_order_live_at", status=f"carrier.{live.status}", place=live.place)
    elif live:
        turn.say("utter_order_live", status=f"carrier.{live.status}")


def _part_of(turn: Turn, told: list[Order]) -> dict[str, list[Entity]]:
    """The part of the one order told, for «how long for 40 more?»; a part named in the message stands."""
    lines = [line for order in told for line in order.lines]
    if turn.said("part_no", "drawing_no") or len(lines) != 1 or not lines[0].product_no:
        return {}
    return {"part_no": [{"entity": "part_no", "value": lines[0].product_no}], "drawing_no": []}


def named_in(turn: Turn) -> list[Entity]:
    """The orders, parts, drawings and purchase orders the message names; a bare long number is one of them."""
    numbers = [each["value"] for each in turn.said("number")]
    bare = [str(int(value)) for value in numbers if value >= NUMBER_FROM and float(value).is_integer()]
    return turn.said(*USES) or [{"entity": "po_no", "value": number} for number in bare]


def look_up(
    engine: Engine, identity: Identity, asked: list[Entity], as_of: dt.datetime, late: bool, brief: bool
) -> Found:  # fmt: skip
    """Find what was asked for among the customer's orders; without anything asked, the open ones.

    ``late``: asked why something is late, which is about the only late one when there is one. ``brief``: a line for each
    says what is asked.
    """
    found = Found(as_of)
    numbers = list(dict.fromkeys(str(entity["value"]) for entity in asked if entity["entity"] == "order_no"))
    others = [entity for entity in asked if entity["entity"] != "order_no"]
    # A purchase order beside order numbers is one more; parts and drawings only say what they are about.
    also = [
        row.order_no
        for each in others
        if numbers and each["entity"] == "po_no"
        for row in _search(engine, identity, each)
    ]
    for number in list(dict.fromkeys([*numbers, *also]))[:MOST]:
        order = orders.find_order(engine, identity, number)
        if order is None:
            found.unknown.append(number)
        else:
            found.orders.append(order)
    # Beyond a few, a line for each; so are those that only a name was told of.
    found.named = brief and len(found.orders) > 1 and all(entity.get("reference") == "name" for entity in asked)
    told = 0 if found.named else FULL
    found.rows.extend(found.orders[told:])
    del found.orders[told:]
    if not numbers:
        _by_reference(engine, identity, others, late, found)
    return found


def _by_reference(engine: Engine, identity: Identity, asked: list[Entity], late: bool, found: Found) -> None:
    rows = _rows_of(engine, identity, asked, found) if asked else orders.open_orders(engine, identity)
    late_ones = [row for row in rows if late and row.late(today())]
    rows = late_ones if len(late_ones) == 1 else rows
    if len(rows) == 1:
        order = orders.find_order(engine, identity, rows[0].order_no)
        found.orders.extend([order] if order else [])
    elif rows:
        found.rows = rows
    elif not asked:
        found.rows = orders.recent_orders(engine, identity, limit=1)


def _rows_of(engine: Engine, identity: Identity, asked: list[Entity], found: Found) -> list[OrderSummary]:
    """The orders on what was named, those to come first; without any of the revision, those of another one."""
    found.what = ", ".join(dict.fromkeys(revised(entity["value"], entity.get("revision")) for entity in asked))
    rows = [row for entity in asked for row in _search(engine, identity, entity)]
    if not rows and any(entity.get("revision") for entity in asked):
        rows = [row for entity in asked for row in _search(engine, identity, {**entity, "revision": None})]
        found.other_revision = bool(rows)
    rows = list({row.order_no: row for row in rows}.values())
    # What is still to come is what is asked about; without any, the latest one.
    waiting = [row for row in rows if row.status not in orders.CLOSED]
    return sorted(waiting, key=orders.by_date) or rows[:1]


def _search(engine: Engine, identity: Identity, entity: Entity) -> list[OrderSummary]:
    value = str(entity["value"])
    if entity["entity"] == "drawing_no":
        return orders.find_by_drawing(engine, identity, value, entity.get("revision"))
    search = orders.find_by_part if entity["entity"] == "part_no" else orders.find_by_po
    return search(engine, identity, value)


def _say(turn: Turn, found: Found, late: bool) -> None:
    if found.other_revision:
        turn.say("utter_order_other_revision", what=found.what)
    in_full = _say_orders(turn, found)
    if len(found.orders) == 1 and in_full and not found.rows:
        turn.show(order_card(found.orders[0], turn.language, today()))
    for number in found.unknown:
        say_unknown(turn, number)
    if "together" in turn.ground.facets and found.orders:
        say_together(turn, [*found.orders, *found.rows], today())
    elif found.orders or found.unknown:
        say_rows(turn, found.rows, today(), MOST)
    elif late and found.rows:
        say_late_ones(turn, found.rows, today())
    else:
        _say_choice(turn, found)
    if found.orders or found.rows:
        say_age(turn, found.as_of)


def _say_orders(turn: Turn, found: Found) -> bool:
    """What is asked of each order; all there is to say of one that nothing was said about yet. True: one was told in full."""
    facets, in_full = turn.ground.facets, False
    beyond = not facets and len(found.orders) == 1 and _asks_beyond(turn, found.orders[0])
    for order in found.orders:
        if beyond:
            say_order_row(turn, order, today())
            turn.say("utter_order_no_more", order_no=order.order_no)
            turn.offer(HUMAN)
        elif facets and (known(turn, order) or set(facets) <= set(ALONE)):
            say_facets(turn, order, facets, today())
        else:
            say_order(turn, order, today())
            in_full = True
    # One alone leaves the list standing that it was picked from.
    show_orders(turn, found.orders, today())
    return in_full


def _asks_beyond(turn: Turn, order: Order) -> bool:
    """Whether something is asked of the order talked of that its status does not hold: the same is not told again."""
    told = turn.before.topic in ORDERS and known(turn, order) and not asks(turn.text, "late")
    return told and turn.asks and not named_in(turn) and not words("orders").says(turn.text, "asks_whole")


def _say_choice(turn: Turn, found: Found) -> None:
    waiting = any(row.status not in orders.CLOSED for row in found.rows)
    if found.other_revision:
        pass
    elif found.named and found.rows:
        turn.say("utter_order_found", count=len(found.rows))
    elif found.what and found.rows:
        turn.say("utter_order_which_found", count=len(found.rows), what=found.what)
    elif found.what:
        turn.say("utter_order_nothing_found", what=found.what)
    elif waiting:
        turn.say("utter_order_which", count=len(found.rows))
    else:
        turn.say("utter_order_none_open")
        if found.rows:
            turn.say("utter_order_last", join=" ")
    say_rows(turn, found.rows, today(), ROWS)
