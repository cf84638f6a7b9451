"""What is said about a change: the wish as it was understood, the state in the shop, the cost where the contract holds it."""

from collections.abc import Sequence
from typing import Any

from actions.order_line_words import item
from actions.production.changes import ChangeAnswer
from actions.production.order_facts import Order
from actions.turn import Turn

#: Changes of the overview, by the words that ask for them.
ROWS = {
    "quantity": ("quantity_up", "quantity_down"), "date": ("date_earlier", "date_later"), "alloy_word": ("alloy",),
    "certificate_word": ("certificate_3.1", "certificate_3.2"), "cancel_word": ("cancel",), "address": ("delivery_address",),
}  # fmt: skip


def say_want(facts: dict[str, Any]) -> list[dict[str, Any]]:
    """The parts of the read-back for one change of one line."""
    parts = [_wish(facts)]
    if facts.get("state"):
        parts.append({"reply": "utter_change_state", "state": f"work_state.{facts['state']}"})
    if facts["want"]["kind"] == "stop":
        return parts + _melt(facts)
    reasons = [f"change_reason.{reason}" for reason in facts["reasons"]]
    verdict = facts["verdict"]
    if verdict == "person" and not reasons:
        parts.append({"reply": "utter_change_person_plain"})
    elif verdict in ("person", "no"):
        parts.append({"reply": f"utter_change_verdict_{verdict}", "reasons": reasons})
    elif verdict == "free":
        parts.append({"reply": "utter_change_verdict_free"})
    if facts.get("cost"):
        parts.append(_cost(facts["cost"]))
    if facts.get("lowest") and facts["want"].get("to", facts["lowest"]) < facts["lowest"]:
        parts.append({"reply": "utter_change_lowest", "lowest": facts["lowest"]})
    if facts.get("latest") and verdict != "no":
        parts.append({"reply": "utter_change_latest", "latest": facts["latest"], "step": f"work_step.{facts['step']}"})
    return parts + (_melt(facts) if facts.get("urgent") else [])


def _wish(facts: dict[str, Any]) -> dict[str, Any]:
    want = facts["want"]
    kind = want["kind"]
    if kind == "date":
        kind = "date_day" if "date" in want else "date_week" if "week" in want else f"date_{want['way']}"
        if not facts["confirmed"] and kind in ("date_day", "date_week"):
            kind += "_new"
    values = (
        {"old": facts["confirmed"], "new": want.get("date") or want.get("week")}
        if want["kind"] == "date"
        else dict(want)
    )
    values = {name: value for name, value in values.items() if value is not None and name != "kind"}
    several = {"line": facts["line"]} if facts["lines"] > 1 else {}
    return {"reply": f"utter_change_want_{kind.replace('.', '_')}", **values, **several}


def _cost(cost: dict[str, Any]) -> dict[str, Any]:
    if not cost["percent"]:
        return {"reply": "utter_change_cost_unknown"}
    low, high = cost["percent"]
    reply = "utter_change_cost_percent" if low == high else "utter_change_cost_range"
    return {"reply": reply, "low": low, "high": high, "contract": cost["contract"]}


def _melt(facts: dict[str, Any]) -> list[dict[str, Any]]:
    if not facts.get("urgent"):
        return [{"reply": "utter_change_no_melt"}]
    parts: list[dict[str, Any]] = [{"reply": "utter_change_melt", "melt": facts["melt"]}]
    if facts.get("poured"):
        parts.append({"reply": "utter_change_poured", "poured": facts["poured"]})
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
