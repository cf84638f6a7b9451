"""What an order's read-back says beside the answers, and the parts to choose from."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from actions.form.answers import Answer, Answers, fact
from actions.production.candidates import Candidate
from actions.production.promise import Promise
from actions.production.reorder import Assessment
from actions.tasks.order.answers import Which
from actions.tasks.order.judge import Judged, JudgedPart, known_reason, wanted_day
from actions.tasks.order.part import name_of
from actions.tasks.order.price_words import price_lines
from actions.turns.turn import Turn
from bot.common.formats import iso_week


def judged_lines(judged: Judged, language: str, answers: Answers) -> list[Answer]:
    """Price, date, hold, and that nothing is binding; or why it is no order yet, and what it is sent as."""
    lines: list[Answer] = []
    for each in judged.parts:
        if each is not judged.first:
            part = each.found.part
            lines.append(
                fact("utter_order_also", qty=each.found.quantity, name=name_of(part, language), part=part.number)
            )
        lines += _stock(each) + _terms(each, answers)
    if judged.outcome == "order":
        if any(each.found.shares for each in judged.parts):
            lines.append(fact("utter_order_hold", hours=judged.first.found.hold_hours))
        return [*lines, fact("utter_order_not_binding", join=" ")]
    as_what = "utter_order_as_request" if judged.outcome == "quote_request" else "utter_order_as_person"
    return [*lines, fact(as_what)]


def _terms(part: JudgedPart, answers: Answers) -> list[Answer]:
    """Price and date of a part; nothing but the reasons while they stand in the way."""
    found = part.found
    if part.outcome != "order":
        return [fact(known_reason(reason), **_values(reason, part)) for reason in part.reasons]
    lines = [each for each in price_lines(found.price) if each.reply != "utter_price_valid"]
    on_shelf = (found.stock_free or 0) >= found.quantity
    return lines if on_shelf or found.promise is None else [*lines, *_date_lines(found, answers)]


def say_candidates(turn: Turn, found: Sequence[Candidate], meant: Which | None) -> None:
    """Ask which part, each with its last order."""
    if meant and meant.unknown_no:
        turn.say("utter_order_part_unknown", number=meant.unknown_no)
    if not found:
        turn.say("utter_ask_part")
        return
    turn.say("utter_order_which_part" if found else "utter_ask_part")
    for each in found:
        name = name_of(each.part, turn.language)
        if each.last:
            turn.say(
                "utter_order_candidate_last", part=each.part.number, name=name, qty=each.last.quantity,
                ordered=each.last.ordered_on,
            )  # fmt: skip
        else:
            turn.say("utter_order_candidate", part=each.part.number, name=name)
    turn.show_list("part", [(each.part.number, ()) for each in found])
    turn.offer(
        *(
            {"title": f"{name_of(each.part, turn.language)} {each.part.number}", "payload": each.part.number}
            for each in found
        )
    )


def _stock(judged: JudgedPart) -> list[Answer]:
    free = judged.found.stock_free
    if not free or "alloy_changed" in judged.reasons:
        return []
    name = "utter_order_stock_all" if free >= judged.found.quantity else "utter_order_stock_some"
    return [fact(name, free=free)]


def _date_lines(found: Assessment, answers: Answers) -> list[Answer]:
    """When it leaves and arrives when it is cast now, and whether that is in time."""
    promise = found.promise
    if promise is None or promise.ship is None:
        return [fact("utter_order_no_date_yet")]
    lines = _ship_lines(promise)
    lines += _in_time(found, promise, wanted_day(answers.get("delivery")))
    return [*lines, fact("utter_order_frozen")] if promise.in_frozen_zone else lines


def _ship_lines(promise: Promise) -> list[Answer]:
    """When it leaves and arrives when it is cast now."""
    ship = promise.ship
    assert ship
    lines = [
        fact("utter_order_ship_week", ship=iso_week(ship))
        if promise.week_only
        else fact("utter_order_ship", ship=ship.isoformat(), week=iso_week(ship))
    ]
    if promise.arrive and promise.week_only:
        lines.append(fact("utter_order_arrive_week", arrive=iso_week(promise.arrive), join=" "))
    elif promise.arrive:
        lines.append(fact("utter_order_arrive", arrive=promise.arrive.isoformat(), join=" "))
    return lines


def when_lines(judged: Judged | None, by: dt.date | None) -> list[Answer]:
    """When the first part of an order leaves and arrives by the plan; ``by``: a day, and how many are there by then."""
    found = judged.first.found if judged and judged.first.outcome == "order" else None
    promise = found.promise if found else None
    if found is None or promise is None or promise.ship is None:
        return [fact("utter_order_when_open" if judged is None else "utter_order_no_date_yet")]
    lines = _ship_lines(promise)
    if by is not None:
        some, values = promise.quantity_by_wanted, {"qty": found.quantity, "by": by.isoformat(), "week": iso_week(by)}
        name = "all" if promise.in_time else "some" if some else "none"
        lines.append(fact(f"utter_order_by_then_{name}", **values, **({"some": some} if name == "some" else {})))
    return [*lines, fact("utter_order_frozen")] if promise.in_frozen_zone else lines


def _in_time(found: Assessment, promise: Promise, wanted: dt.date | None) -> list[Answer]:
    """Whether the wanted day can be met. What lies on the shelf is not late: sales says when it leaves."""
    free = found.stock_free or 0
    if wanted is None or promise.in_time is not False:
        return []
    some = promise.quantity_by_wanted
    if some:
        return [fact("utter_order_late_some", qty=some)]
    return [fact("utter_order_late_stock" if free else "utter_order_late_none")]


def _values(reason: str, judged: JudgedPart) -> dict[str, Any]:
    found = judged.found
    if reason == "revision_differs":
        return {"asked": judged.asked or found.part.revision, "released": found.released_revision or ""}
    if reason.startswith("agreement_"):
        return {"agreement": judged.agreement.agreement_no if judged.agreement else ""}
    return {}
