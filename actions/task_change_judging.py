"""The verdict on each wanted change of each line, as facts that can be stored, compared and said."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine

from actions.capacity_reading import HUMAN
from actions.production.calendar import WorkCalendar
from actions.production.changes import ChangeAnswer, stop_before_melt, what_if
from actions.production.identity import Identity
from actions.production.order_facts import Order, OrderLine
from actions.production.plant import Plant
from actions.production.rights import rights
from actions.task_service import Stop
from bot.common.formats import iso_week, week_monday

#: The new quantity is the old one.
SAME = "same"


@dataclass(frozen=True)
class Judged:
    """One change of one line. ``facts`` is JSON: want, verdict, reasons, state, cost, latest, urgent."""

    facts: dict[str, Any]

    @property
    def verdict(self) -> str:
        """``free``, ``costs``, ``person`` or ``no``."""
        return str(self.facts["verdict"])


def judge(
    engine: Engine, identity: Identity, order: Order, numbers: Sequence[int], wants: Sequence[dict[str, Any]], today: dt.date, plant: Plant,
) -> list[Judged]:  # fmt: skip
    """Every wish on every line named, on ``today``; a wish nobody can read goes to a person."""
    lines = [line for line in order.lines if line.line_no in numbers]
    return [
        Judged(_facts(engine, identity, order, line, want, today, plant))
        for line in lines
        for want in wants or [{"kind": "other"}]
    ]


def _facts(
    engine: Engine,
    identity: Identity,
    order: Order,
    line: OrderLine,
    want: dict[str, Any],
    today: dt.date,
    plant: Plant,
) -> dict[str, Any]:
    want = _settled(want, line)
    facts: dict[str, Any] = {
        "order": order.order_no, "line": line.line_no, "lines": len(order.lines), "want": want, "reasons": [], "quantity": line.quantity,
        "confirmed": line.confirmed_date.isoformat() if line.confirmed_date else None, "urgent": False,
    }  # fmt: skip
    if want["kind"] in ("stop", "hold", "cancel"):
        facts |= _stop(engine, identity, order, line, want["kind"], today, plant)
    change = _change(want)
    answer = change and what_if(
        engine, identity, order.order_no, line.line_no, change, today, plant, quantity=want.get("to")
    )
    if isinstance(answer, ChangeAnswer):
        return facts | _of(answer)
    reasons = [] if rights(engine, identity).may_order else ["no_right_to_order"]
    return facts | {
        "verdict": "no" if want.get("same") else "person",
        "reasons": [SAME] if want.get("same") else reasons,
    }


def _settled(want: dict[str, Any], line: OrderLine) -> dict[str, Any]:
    """The wish in absolute figures: the new quantity, the new date and which way it goes."""
    if want["kind"] == "quantity":
        to = want["to"] if "to" in want else line.quantity + want["by"]
        return {"kind": "quantity", "from": line.quantity, "to": to, "same": to == line.quantity}
    if want["kind"] != "date":
        return want
    day = _day(want, line)
    way = want.get("way")
    if day and line.confirmed_date:
        way = "earlier" if day < line.confirmed_date else "later"
    settled = {name: value for name, value in want.items() if name not in ("way", "by_days")}
    if "by_days" in want and day:
        settled["date"] = day.isoformat()
    return settled | {"way": way or "later"}


def _day(want: dict[str, Any], line: OrderLine) -> dt.date | None:
    if "date" in want:
        return dt.date.fromisoformat(str(want["date"]))
    if "week" in want:
        same_week = line.confirmed_date is not None and iso_week(line.confirmed_date) == want["week"]
        return line.confirmed_date if same_week else week_monday(str(want["week"]))
    if "by_days" in want and line.confirmed_date:
        days = int(want["by_days"]) * (1 if want.get("way") == "later" else -1)
        return line.confirmed_date + dt.timedelta(days=days)
    return None


def _change(want: dict[str, Any]) -> str | None:
    if want["kind"] == "quantity":
        if want["same"]:
            return None
        if want["to"] <= 0:
            return "cancel"
        return "quantity_up" if want["to"] > want["from"] else "quantity_down"
    if want["kind"] == "date":
        return f"date_{want['way']}"
    return (
        str(want["kind"])
        if want["kind"] in ("alloy", "certificate_3.1", "certificate_3.2", "delivery_address", "cancel")
        else None
    )


def _of(answer: ChangeAnswer) -> dict[str, Any]:
    cost = answer.cost
    return {
        "change": answer.change, "verdict": answer.verdict, "reasons": list(answer.reasons), "state": answer.state,
        "cost": {"code": cost.code, "percent": list(cost.percent) if cost.percent else None, "contract": cost.contract} if cost else None,
        "latest": answer.latest.isoformat() if answer.latest else None, "step": answer.latest_step, "lowest": answer.lowest_quantity,
    }  # fmt: skip


def _stop(
    engine: Engine, identity: Identity, order: Order, line: OrderLine, kind: str, today: dt.date, plant: Plant
) -> dict[str, Any]:
    """Whether metal is to be melted soon: the planner must hear of it first."""
    stop = stop_before_melt(engine, identity, order.order_no, line.line_no, today)
    if stop is None:
        return {}
    soon = WorkCalendar(plant.closing).add(today, plant.times.frozen_workdays)
    near = stop.urgent and stop.next_melt is not None and stop.next_melt <= soon
    return {
        "urgent": stop.urgent and (kind == "stop" or near), "melt": stop.next_melt.isoformat() if stop.next_melt else None,
        "poured": stop.pieces_poured, "state": stop.state,
    }  # fmt: skip


def refused(order: Order, judged: Sequence[Judged]) -> Stop | None:
    """The end of a wish of which nothing is possible any more, with why and with what is possible instead."""
    if not judged or any(each.verdict != "no" for each in judged):
        return None
    facts = judged[0].facts
    reasons = list(dict.fromkeys(reason for each in judged for reason in each.facts["reasons"]))
    if reasons == [SAME]:
        return Stop("utter_change_same", {"order_no": order.order_no, "quantity": facts["quantity"]})
    choices = (HUMAN,)
    again = ({"reply": "utter_choice_order_more", "payload": "/reorder"},) if "next_batch" in reasons else ()
    values = {
        "order_no": order.order_no, "change": f"change.{facts.get('change') or facts['want']['kind']}",
        "reasons": [f"change_reason.{reason}" for reason in reasons],
    }  # fmt: skip
    return Stop("utter_change_no", values, (*again, *choices))
