"""What a question about an order asks in particular, and the answer to just that: why, how many days, when, where to follow it."""

import datetime as dt
import re
from collections.abc import Sequence

from actions.orders.line_words import NO_APOLOGY, item, say_shipments, say_sorry, week
from actions.production.order_facts import Order, OrderLine, OrderSummary
from actions.production.views import OPERATIONS
from actions.turns.pointing import asks_other
from actions.turns.question_words import asks
from actions.turns.reading import BESIDE, Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.spans import first_day, last_day, time_of

#: Facets in the order in which they are answered; words in ``data/words/orders.yml`` under ``asks_<facet>``.
FACETS = (
    "waits",
    "days",
    "why",
    "firm",
    "before",
    "made",
    "left",
    "date",
    "signed",
    "vehicle",
    "track",
    "together",
    "address",
    "papers",
)
#: Facets that no other question of orders, papers or prices has.
OWN = ("waits", "signed", "vehicle", "track")
#: Facets answered alone also for an order that nothing was said about yet.
ALONE = ("waits", "firm", "days", "made", "left", "signed", "vehicle", "track", "together", "address", "papers")
#: What was asked of one order in particular is not asked of another by naming that.
OF_THAT_ONE = ("waits", "firm", "before")
#: Facets that are answered beside the orders, and not order by order here.
ELSEWHERE = ("together", "papers")
#: A message that only goes on about an order has no more words than this; one that only names another, than that.
WORDS, BARE = 9, 5
#: So many words stand at most between «how many» and the step.
_TO_STEP = 5
#: More orders than this are counted and not named.
NAMED = 6
#: Meanings that say by themselves what is asked of an order.
ORDERS = ("order_status", "order_list")
#: The reason of a delay that the customer may have a part in.
DOCUMENTS = "DOC"
HUMAN = {"reply": "utter_choice_human", "payload": "/human"}


def facets_in(text: str) -> tuple[str, ...]:
    """What the words ask for; nothing when the whole status is asked."""
    late_by = asks(text, "behind") and words("orders").says(text, "how_much")
    if words("orders").says(text, "asks_whole") and not late_by:
        return ()
    found = tuple(
        facet
        for facet in FACETS
        if facet not in ("before", "made")
        and (words("orders").says(text, f"asks_{facet}") or (facet == "days" and late_by))
    )
    found = ("made", *found) if asks_made(text) else found
    for stronger, weaker in (
        ("waits", ("why", "date")),
        ("days", ("why", "date")),
        ("firm", ("date", "before")),
        ("together", ("date", "track", "vehicle")),
        ("vehicle", ("track",)),
        ("made", ("left", "date", "track")),
    ):
        if stronger in found:
            found = tuple(facet for facet in found if facet not in weaker)
    return found


def asks_made(text: str) -> bool:
    """Whether it is asked how many pieces are through a step, or what is left to be done: «how many are poured?»"""
    known = words("orders")
    return known.near(text, "how_many", "made_so_far", _TO_STEP) or known.says(text, "asks_made")


def facets_of(turn: Turn) -> tuple[str, ...]:
    """The facets a message asks for. One that only names another order asks what was asked before."""
    found = facets_in(turn.text)
    if "made" not in found and _limit(turn) and turn.asks and not set(found) - {"date"}:
        # «Is that before Easter?» asks yes or no.
        return ("before",)
    bare = turn.said("same") or (turn.said("order_no") and len(turn.text.split()) <= BARE)
    if not found and bare and turn.before.topic in ORDERS and not words("orders").says(turn.text, "asks_whole"):
        return tuple(facet for facet in turn.before.facets if facet in FACETS and facet not in OF_THAT_ONE)
    return found


def _limit(turn: Turn) -> tuple[Entity, dt.date] | None:
    """The one time that a date is held against, with the day by which it must be."""
    said = turn.said("date", "week")
    if len(said) != 1 or said[0].get("ask") or not _asked_of(turn.text, int(said[0].get("start", 0))):
        return None
    time = time_of(said[0])
    return said[0], first_day(time) if _exclusive(turn, said[0]) else last_day(time)


def _asked_of(text: str, at: int) -> bool:
    """Whether the sentence around a place asks, or is all that was written: «he is back tomorrow. Are they ready?» asks of no time."""
    start = max(text.rfind(sign, 0, at) for sign in ".!?\n") + 1
    end = next(
        (place for place in range(at, len(text)) if text[place] in "!?\n" or text[place : place + 2] == ". "), len(text)
    )
    return text[end : end + 1] == "?" or not re.search(r"\w", text[:start] + text[end:])


def _exclusive(turn: Turn, limit: Entity) -> bool:
    """Whether the day named is too late itself: «before Friday»."""
    return limit.get("meaning") == "before" or words("orders").says(turn.text, "before_it")


def reproaches(text: str) -> bool:
    """Whether it is told what the waiting costs, or that it was promised: neither a question nor a fault of goods."""
    return words("orders").says(text, "reproach") or words("complaint").says(text, "stopped")


def say_reproached(turn: Turn, orders: Sequence[Order], today: dt.date) -> None:
    """Regret in one sentence, unless that was said already, how each order stands for time, and a person."""
    first = turn.ground.first_time("reproached")
    if first and not turn.angry:
        turn.say("utter_order_reproach")
    for order in orders if first else ():
        for line in _lines(order, "days", today):
            say = _say_track if line.closed else _say_days
            say(turn, order.order_no, line, today, "\n")
    turn.say("utter_order_reproach_person")
    turn.offer(HUMAN)


def goes_on(turn: Turn) -> bool:
    """Whether a message that names no order asks on about those talked of: «why?», «og ny dato?»"""
    beside = (*BESIDE, "order_no", "same", "number")
    pointed = any(each.get("reference") for each in turn.said("order_no"))
    long = len(turn.text.split()) > WORDS and not pointed
    if (
        turn.asks
        and _limit(turn)
        and not long
        and turn.before.about("order_no")
        and {each["entity"] for each in turn.entities} <= {*beside, "date", "week"}
    ):
        return words("orders").says(turn.text, "before_it", "in_time")
    if long or any(each["entity"] not in beside for each in turn.entities):
        return False
    another = asks_other(turn.text) and bool(turn.before.about("order_no"))
    return bool(facets_in(turn.text)) or asks_late_ones(turn) or another


def asks_late_ones(turn: Turn) -> bool:
    """Whether it is asked which orders are late: «any late?», whatever was talked of before."""
    named = any(
        each["entity"] != "number" and not each.get("reference") for each in turn.said("order_no", "part_no", "po_no")
    )
    late = asks(turn.text, "behind") or words("orders").says(turn.text, "meant_late")
    behind = asks(turn.text, "some") and late and not asks(turn.text, "the_late")
    # «Is anything else out of plan, or only 30401?»
    named = named and not words("orders").says(turn.text, "any_more")
    return behind and not named and not facets_in(turn.text)


def known(turn: Turn, order: OrderSummary) -> bool:
    """Whether something was said about the order before: then only what is asked is answered."""
    talked_of = {*(str(each["value"]) for each in turn.before.about("order_no")), *turn.before.recent("order_no")}
    return order.order_no in talked_of or any(each["value"] == order.order_no for each in turn.before.shown)


def say_facets(turn: Turn, order: OrderSummary, facets: Sequence[str], today: dt.date) -> None:
    """Answer each facet for one order; of several lines those that matter, each named."""
    for facet in facets:
        if facet in ELSEWHERE:
            continue
        lines = _lines(order, facet, today)
        for line in lines:
            if len(lines) > 1:
                turn.say("utter_order_facet_line", line_no=line.line_no, item=item(line, turn.language))
            if facet == "date" and "track" in facets and (line.closed or not line.shipments):
                # Whether it has left tells when, too.
                continue
            join = " " if len(lines) > 1 else "\n"
            _SAYS[facet](turn, order.order_no, line, today, join)


def _lines(order: OrderSummary, facet: str, today: dt.date) -> Sequence[OrderLine]:
    late = [line for line in order.lines if line.late(today)]
    still = [line for line in order.lines if not line.closed]
    if facet == "address":
        return order.lines[:1]
    if facet in ("track", "vehicle", "signed"):
        return [line for line in order.lines if line.shipments] or order.lines[:1]
    return (late if facet in ("days", "why") else []) or still or order.lines[:1]


def say_together(turn: Turn, orders: Sequence[OrderSummary], today: dt.date) -> None:
    """When several orders could leave in one shipment at the earliest; sales arranges it."""
    lines = [line for order in orders for line in order.lines if not line.closed]
    numbers = [order.order_no for order in orders]
    days = [line.confirmed_date for line in lines if line.confirmed_date and not line.overdue(today)]
    if 1 < len(numbers) <= NAMED and lines and len(days) == len(lines):
        turn.say("utter_order_together", orders=numbers, date=str(max(days)), week=week(max(days)))
    elif len(numbers) <= NAMED:
        turn.say("utter_order_together_ask", orders=numbers)
    else:
        turn.say("utter_order_together_many", count=len(numbers))
    turn.offer(HUMAN)


# ---------------------------------------------------------------- one facet of one line


def _say_days(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    if line.overdue(today):
        _say_passed(turn, order_no, line, today, join)
    elif line.moved_later and line.first_date and line.confirmed_date:
        days = (line.confirmed_date - line.first_date).days
        reply = "utter_order_days_one" if days == 1 else "utter_order_days"
        old, date = str(line.first_date), str(line.confirmed_date)
        turn.say(reply, order_no=order_no, days=days, old=old, date=date, join=join)
    else:
        _say_on_time(turn, order_no, line, join)


def _say_why(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    reason = line.moves[-1].shown_reason if line.moved_later else None
    if not line.late(today):
        progress = getattr(line, "progress", lambda: None)()
        if progress and progress.state == "blocked":
            turn.say("utter_order_why_blocked", order_no=order_no, operation=f"operation.{progress.code}", join=join)
        else:
            _say_on_time(turn, order_no, line, join)
        return
    if reason:
        turn.say("utter_order_why", order_no=order_no, reason=f"reason.{reason}", join=join)
    else:
        turn.say("utter_order_why_hidden", order_no=order_no, join=join)
        turn.offer(HUMAN)
    if reason not in NO_APOLOGY:
        say_sorry(turn)


def _say_date(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    if line.closed:
        _say_track(turn, order_no, line, today, join)
    elif line.overdue(today):
        _say_passed(turn, order_no, line, today, join)
    elif line.confirmed_date is None:
        turn.say("utter_order_ships_unknown", order_no=order_no, join=join)
    else:
        values = {"date": str(line.confirmed_date), "week": week(line.confirmed_date), "join": join}
        some_sent = line.status == "partly_shipped"
        turn.say("utter_order_ships_rest" if some_sent else "utter_order_ships", order_no=order_no, **values)
        if line.moved_later:
            turn.say("utter_order_ships_first", old=str(line.first_date), join=" ")


def _say_track(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    if line.shipments:
        turn.say("utter_order_facet_order", order_no=order_no, join=join)
        say_shipments(turn, line)
    elif line.closed:
        turn.say("utter_order_facet_order", order_no=order_no, join=join)
        turn.say(f"utter_order_{line.status}", join=" ")
    else:
        turn.say("utter_order_not_sent", order_no=order_no, join=join)
        if line.confirmed_date and not line.overdue(today):
            _say_date(turn, order_no, line, today, " ")


def _say_left(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """How many pieces are still to come, and how many of them are finished."""
    values = {"order_no": order_no, "total": line.quantity, "shipped": line.shipped_quantity, "rest": line.rest}
    if line.closed:
        _say_track(turn, order_no, line, today, join)
        return
    reply = "left" if line.shipped_quantity and line.rest else "left_none" if line.rest else "left_all"
    turn.say(f"utter_order_{reply}", join=join, **values)
    finished = line.finished_quantity - line.shipped_quantity
    if finished > 0 and line.rest:
        turn.say("utter_order_left_finished", finished=finished, join=" ")


def _say_made(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """How many pieces are through the step that goes on, what is finished, and which steps are left."""
    progress = getattr(line, "progress", lambda: None)()
    if line.closed or line.status not in ("in_production", "partly_shipped", "planned") or not progress:
        _say_left(turn, order_no, line, today, join)
        return
    values = {"order_no": order_no, "operation": f"operation.{progress.code}", "total": line.quantity}
    if progress.done_quantity:
        turn.say("utter_order_made", join=join, through=progress.done_quantity, **values)
    else:
        turn.say("utter_order_made_none", join=join, **values)
    finished = max(0, line.finished_quantity - line.shipped_quantity)
    turn.say(
        f"utter_order_made_{'finished' if finished else 'none_finished'}",
        join=" ",
        **({"finished": finished} if finished else {}),
    )
    after = OPERATIONS[OPERATIONS.index(progress.code) + 1 :]
    left = [code for code in after if any(each.code == code and each.state != "done" for each in line.steps)]
    if left:
        turn.say("utter_order_made_left", join=" ", operations=[f"operation.{each}" for each in left])


def _say_signed(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """Who took the goods in is in no table of ours; when they came is."""
    _say_track(turn, order_no, line, today, join)
    if line.shipments:
        turn.say("utter_order_signed_unknown", order_no=order_no)
        turn.offer(HUMAN)


def _say_vehicle(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """Which lorry brings it is in no table of ours; which carrier does, and where it can be followed, is."""
    _say_track(turn, order_no, line, today, join)
    if line.shipments and line.shipments[-1].delivered_on is None:
        turn.say("utter_order_vehicle_unknown", order_no=order_no)


def _say_address(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """Where an order goes to is in no table of ours."""
    turn.say("utter_order_address_unknown", order_no=order_no, join=join)
    turn.offer(HUMAN)


def _say_passed(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """The date has passed and there is no new one: how long ago, and who can find out."""
    assert line.confirmed_date
    days = (today - line.confirmed_date).days
    reply = "utter_order_passed_one" if days == 1 else "utter_order_passed"
    turn.say(reply, order_no=order_no, days=days, date=str(line.confirmed_date), join=join)
    turn.offer(HUMAN)


def _say_firm(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """How firm a date is: what kind of date it is, how often it was moved, and who can vouch for it."""
    if line.closed or line.confirmed_date is None or line.overdue(today):
        _say_date(turn, order_no, line, today, join)
    else:
        turn.say("utter_order_firm", order_no=order_no, date=str(line.confirmed_date), join=join)
        if line.moved_later:
            turn.say("utter_order_ships_first", old=str(line.first_date), join=" ")
        turn.say("utter_order_firm_who", join=" ")
    turn.offer(HUMAN)


def _say_waits(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """What an order on hold waits for, and on whom as far as it is known."""
    progress = getattr(line, "progress", lambda: None)()
    if not progress or progress.state != "blocked":
        _say_waits_for_nothing(turn, order_no, line, today, join)
        return
    reason = line.moves[-1].shown_reason if line.moved_later else None
    turn.say("utter_order_why_blocked", order_no=order_no, operation=f"operation.{progress.code}", join=join)
    if reason:
        turn.say("utter_order_reason", reason=f"reason.{reason}", join=" ")
    turn.say("utter_order_waits_documents" if reason == DOCUMENTS else "utter_order_waits_whom", join=" ")
    if line.confirmed_date and not line.overdue(today):
        turn.say("utter_order_waits_date", date=str(line.confirmed_date), week=week(line.confirmed_date), join=" ")
    turn.offer(HUMAN)


def _say_waits_for_nothing(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """What is not on hold waits for nobody as far as the data tell; what a late one is late for is said."""
    if line.closed:
        _say_track(turn, order_no, line, today, join)
        return
    turn.say("utter_order_waits_none", order_no=order_no, status=f"status.{line.status}", join=join)
    if line.late(today):
        _say_why(turn, order_no, line, today, "\n")


def _say_before(turn: Turn, order_no: str, line: OrderLine, today: dt.date, join: str) -> None:
    """Whether the planned date is by the time that is named."""
    limit = _limit(turn)
    if limit is None or line.closed or line.confirmed_date is None or line.overdue(today):
        _say_date(turn, order_no, line, today, join)
        return
    entity, last = limit
    # «Before Easter» has been counted to the last day before it.
    strict = _exclusive(turn, entity) and not entity.get("named")
    reached = line.confirmed_date < last if strict else line.confirmed_date <= last
    reply = "utter_order_before_yes" if reached else "utter_order_before_no"
    turn.say(reply, order_no=order_no, date=str(line.confirmed_date), limit=str(last), join=join)
    if not reached:
        turn.offer(HUMAN)


def _say_on_time(turn: Turn, order_no: str, line: OrderLine, join: str) -> None:
    if line.confirmed_date and not line.closed:
        turn.say("utter_order_on_time", order_no=order_no, date=str(line.confirmed_date), join=join)
    else:
        turn.say("utter_order_not_late", order_no=order_no, join=join)


_SAYS = {
    "firm": _say_firm, "waits": _say_waits, "before": _say_before, "made": _say_made, "days": _say_days, "why": _say_why, "left": _say_left, "date": _say_date, "signed": _say_signed,
    "vehicle": _say_vehicle, "track": _say_track, "address": _say_address,
}  # fmt: skip
