"""What is said about a change: the wish as it was understood, the state in the shop, the cost where the contract holds it."""

from collections.abc import Sequence
from typing import Any

from actions.form.answers import Answer
from actions.form.lot_lines import lot_line
from actions.form.lots import OPEN, Lot
from actions.orders.line_words import item
from actions.production.catalogue import catalogue
from actions.production.changes import ChangeAnswer
from actions.production.order_facts import Order
from actions.tasks.change.judging import Cost, Judged
from actions.turns.turn import Turn
from bot.common.clock import today

#: Changes of the overview, by the words that ask for them.
ROWS = {
    "quantity": ("quantity_up", "quantity_down"), "date": ("date_earlier", "date_later"), "alloy_word": ("alloy",),
    "certificate_word": ("certificate_3.1", "certificate_3.2"), "cancel_word": ("cancel",), "address": ("delivery_address",),
}  # fmt: skip


def say_wants(verdicts: Sequence[Judged]) -> list[Answer]:
    """The lines of the read-back: each change with its verdict, once for all lines of which the same is said."""
    said = [(each, [_wish(each), *_lots(each), *_verdict(each)]) for each in verdicts]
    result: list[Answer] = []
    for judged, parts in said:
        alike = [other for other, too in said if too == parts]
        if judged is not alike[0]:
            continue
        first = _on_lines(parts[0], alike) if judged.lines > 1 else parts[0]
        result += [first, *(each if each.more.get("join") else each.but(join=" ") for each in parts[1:])]
    return result


def _on_lines(wish: Answer, alike: Sequence[Judged]) -> Answer:
    """A change with the lines that it is of, by number and name."""
    items = list(dict.fromkeys(each.item for each in alike))
    return part("utter_change_on_lines", lines=[each.line for each in alike], items=items, want=[wish.line()])


def _lots(judged: Judged) -> list[Answer]:
    """The deliveries of a part shipment, a line each, and how many pieces are through the step that goes on."""
    if judged.want.kind != "split":
        return []
    parts = [_shipped_lot(number, each, judged) for number, each in enumerate(judged.want.lots or [], 1)]
    if judged.at_step:
        name = "through" if judged.through else "none_through"
        step = {"operation": f"operation.{judged.at_step}", "total": judged.quantity}
        parts.append(
            part(f"utter_change_split_{name}", **step, **({"through": judged.through} if judged.through else {}))
        )
    if judged.finished is not None:
        name = "finished" if judged.finished else "none_finished"
        told = {"finished": judged.finished} if judged.finished else {}
        parts.append(part(f"utter_change_split_{name}", **told, join=" " if judged.at_step else "\n"))
    return [each if each.more.get("join") else each.but(join="\n") for each in parts]


def _shipped_lot(number: int, lot: Lot, judged: Judged) -> Answer:
    """One delivery of a part shipment; what nobody named a time for stays as it is confirmed."""
    if lot["delivery"] == OPEN and lot.get("rest") and judged.confirmed and judged.confirmed >= today().isoformat():
        return part("utter_change_lot_as_confirmed", number=number, qty=lot["quantity"], date=judged.confirmed)
    if lot["delivery"] == OPEN:
        return part("utter_change_lot_open", number=number, qty=lot["quantity"])
    return lot_line(number, lot)


def _verdict(judged: Judged) -> list[Answer]:
    parts = [part("utter_change_state", state=f"work_state.{judged.state}")] if judged.state else []
    if judged.want.kind == "stop":
        return parts + _melt(judged)
    reasons = [f"change_reason.{reason}" for reason in judged.reasons]
    if judged.verdict == "person" and not reasons:
        parts.append(part("utter_change_person_plain"))
    elif judged.verdict in ("person", "no"):
        parts.append(part(f"utter_change_verdict_{judged.verdict}", reasons=reasons))
    elif judged.verdict == "free":
        parts.append(part("utter_change_verdict_free"))
    if judged.cost:
        parts.append(_cost(judged.cost))
    if judged.lowest and judged.want.to is not None and judged.want.to < judged.lowest:
        parts.append(part("utter_change_lowest", lowest=judged.lowest))
    if judged.latest and judged.verdict != "no":
        parts.append(part("utter_change_latest", latest=judged.latest, step=f"work_step.{judged.step}"))
    return parts + (_melt(judged) if judged.urgent else [])


def part(reply: str, **values: Any) -> Answer:
    """A line of the read-back that answers no question."""
    return Answer(None, reply, more=values)


def _wish(judged: Judged) -> Answer:
    want = judged.want
    values: dict[str, Any] = {}
    if want.kind == "date":
        values = {"old": judged.confirmed, "new": want.span or want.date or want.week}
        return part(f"utter_change_want_{_date_kind(judged)}", **{name: each for name, each in values.items() if each})
    if want.kind == "quantity":
        values = {"from": judged.quantity, "to": want.to}
    if want.address:
        return part("utter_change_want_delivery_address_told", address=want.address)
    if want.kind in ("split", "paper", "express"):
        values = {"text": want.text or "", **({"qty": judged.quantity} if want.kind == "split" else {})}
    if want.alloy:
        values = {"title": catalogue()[want.alloy].title}
    return part(f"utter_change_want_{want.kind.replace('.', '_')}", **values)


def _date_kind(judged: Judged) -> str:
    want = judged.want
    if not (want.date or want.week):
        return f"date_{want.way}"
    kind = "date_week" if want.week else "date_day"
    return kind if judged.confirmed else f"{kind}_new"


def _cost(cost: Cost) -> Answer:
    if not cost.percent:
        return part("utter_change_cost_unknown")
    low, high = cost.percent
    reply = "utter_change_cost_percent" if low == high else "utter_change_cost_range"
    return part(reply, low=low, high=high, contract=cost.contract)


def say_costs(turn: Turn, verdicts: Sequence[Judged] | None) -> None:
    """What the changes that were read back cost; what nobody can say here, sales does."""
    known = [each for each in verdicts or [] if each.cost or each.verdict == "free"]
    parts = [_cost(each.cost) if each.cost else part("utter_change_verdict_free") for each in known]
    if not parts or len(known) < len(verdicts or []):
        parts.append(part("utter_change_cost_sales"))
    for number, each in enumerate(parts):
        if each not in parts[:number]:
            turn.say(**each.line())


def _melt(judged: Judged) -> list[Answer]:
    if not judged.urgent:
        return [part("utter_change_no_melt")]
    parts = [part("utter_change_melt", melt=judged.melt)]
    if judged.poured:
        parts.append(part("utter_change_poured", poured=judged.poured))
    return parts


def say_state(turn: Turn, order: Order, number: int, answer: ChangeAnswer) -> None:
    """Which line, and how far it has got."""
    line = next(each for each in order.lines if each.line_no == number)
    turn.say("utter_change_of", order_no=order.order_no, item=item(line, turn.language), qty=line.quantity)
    turn.say("utter_change_state", join=" ", state=f"work_state.{answer.state}")


def say_overview(turn: Turn, answers: Sequence[ChangeAnswer], topics: Sequence[str]) -> None:
    """A row for each change asked about, or for all of them."""
    wanted = [change for topic in topics for change in ROWS[topic]] or [each.change for each in answers]
    for answer in answers:
        if answer.change not in wanted:
            continue
        values = {
            "change": f"change.{answer.change}",
            "reasons": [f"change_reason.{reason}" for reason in answer.reasons],
        }
        if answer.verdict == "no":
            turn.say("utter_change_row_no", **values)
        elif answer.latest:
            name = "utter_change_row_person" if answer.verdict == "person" else f"utter_change_row_{answer.verdict}"
            turn.say(name, latest=answer.latest, step=f"work_step.{answer.latest_step}", **values)
        else:
            turn.say("utter_change_row_open", **values)
