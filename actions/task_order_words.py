"""What an order's read-back says beside the answers, and the parts to choose from."""

from collections.abc import Sequence
from typing import Any

from actions.price_words import price_lines
from actions.production.candidates import Candidate
from actions.production.promise import Promise
from actions.task_order_judge import Judged, known_reason, wanted_day
from actions.task_order_part import name_of
from actions.tasks import Answer, Answers
from actions.turn import Turn
from bot.common.formats import iso_week


def judged_lines(judged: Judged, language: str, answers: Answers) -> list[Answer]:
    """Price and date of an order; or why it is none, and what it is sent as."""
    found = judged.found
    lines = [*_last(judged), *_stock(judged)]
    if judged.outcome != "order":
        lines += [_line("utter_order_not_direct")]
        lines += [_line(known_reason(reason), **_values(reason, judged, answers)) for reason in judged.reasons]
    if found.price and (found.price.ok or judged.outcome == "order"):
        lines += price_lines(found.price)
    if found.promise:
        lines += _date_lines(found.promise, answers)
    lines += _certificate(judged, answers)
    if judged.outcome == "order":
        if found.shares:
            lines.append(_line("utter_order_hold", hours=found.hold_hours))
        lines.append(_line("utter_order_not_binding"))
    else:
        lines.append(_line("utter_order_as_request" if judged.outcome == "quote_request" else "utter_order_as_person"))
    return lines


def say_candidates(turn: Turn, found: Sequence[Candidate], meant: Answer | None) -> None:
    """Ask which part, each with its last order."""
    if meant and meant.get("unknown_no"):
        turn.say("utter_order_part_unknown", number=meant["unknown_no"])
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
    turn.offer(
        *(
            {"title": f"{name_of(each.part, turn.language)} {each.part.number}", "payload": each.part.number}
            for each in found
        )
    )


def _last(judged: Judged) -> list[Answer]:
    last = judged.found.last
    if last is None:
        return []
    return [
        _line("utter_order_last_time", order_no=last.order_no, qty=last.quantity, ordered=last.ordered_on.isoformat())
    ]


def _stock(judged: Judged) -> list[Answer]:
    free = judged.found.stock_free
    if not free:
        return []
    name = "utter_order_stock_all" if free >= judged.found.quantity else "utter_order_stock_some"
    return [_line(name, free=free)]


def _date_lines(promise: Promise, answers: Answers) -> list[Answer]:
    if promise.ship is None:
        return [_line("utter_order_no_date_yet")]
    ship = promise.ship
    lines = [
        _line("utter_order_ship_week", ship=iso_week(ship))
        if promise.week_only
        else _line("utter_order_ship", ship=ship.isoformat(), week=iso_week(ship))
    ]
    if promise.arrive and not promise.week_only:
        lines.append(_line("utter_order_arrive", arrive=promise.arrive.isoformat(), join=" "))
    wanted = wanted_day(answers.get("delivery"))
    if promise.arrive and promise.week_only:
        lines.append(_line("utter_order_arrive_week", arrive=iso_week(promise.arrive), join=" "))
    if wanted and promise.in_time:
        lines.append(_line("utter_order_in_time"))
    elif wanted and promise.in_time is False:
        some = promise.quantity_by_wanted
        lines.append(_line("utter_order_late_some", qty=some) if some else _line("utter_order_late_none"))
    if promise.in_frozen_zone:
        lines.append(_line("utter_order_frozen"))
    return lines


def _certificate(judged: Judged, answers: Answers) -> list[Answer]:
    usual, asked = judged.found.part.row["certificate"], answers.get("certificate", {}).get("value")
    if asked and asked != usual:
        return [_line("utter_order_certificate_asked", asked=asked)]
    return [_line("utter_order_certificate", certificate=usual)] if usual and not asked else []


def _values(reason: str, judged: Judged, answers: Answers) -> dict[str, Any]:
    found = judged.found
    if reason == "revision_differs":
        return {"asked": answers["part"].get("asked") or found.part.revision, "released": found.released_revision or ""}
    if reason.startswith("agreement_"):
        return {"agreement": answers.get("agreement", {}).get("value") or ""}
    return {}


def _line(reply: str, **values: Any) -> Answer:
    return {"reply": reply, **values}
