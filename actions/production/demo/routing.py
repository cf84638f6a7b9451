"""Works orders: the steps of a part in routing order, planned backwards from the packing day, as far as today lets them be."""

import datetime as dt
import math
import random
from dataclasses import dataclass
from typing import Any

from actions.production.demo import days
from actions.production.demo.rows import Rows
from actions.production.models import Operation, WorksOrder
from actions.production.plant import plant

#: Made beyond what was ordered, for scrap.
ALLOWANCE = 0.03
RESOURCES = {
    "core": "K",
    "fettling": "FETTLING",
    "heat_treatment": "HT1",
    "inspection": "QA",
    "pressure_test": "QA",
    "certificate": "QA",
    "machining": "CNC",
}


@dataclass(frozen=True)
class Step:
    """One operation: working days from the works order's first day, both included, and whether pieces flow through."""

    code: str
    first: int
    last: int
    flows: bool


@dataclass(frozen=True)
class Batch:
    """Pieces of an order line that go through the shop together; ``done_by`` is the planned packing day.

    At ``blocked_at`` it stands still: blocked when there is a reason, else waiting for its turn.
    """

    number: str
    order_no: str
    line_no: int
    quantity: int
    done_by: dt.date
    blocked_at: str | None = None
    blocked_reason: str | None = None


def steps(part: dict[str, Any], quantity: int) -> list[Step]:
    """The routing of a part with the working days each step needs."""
    line = plant().line(part["line"])
    moulds = math.ceil(quantity * (1 + ALLOWANCE) / part["castings_per_mould"])
    per_day = line.moulds_per_day if line else 6.0
    flow = max(1, math.ceil(moulds / per_day))
    found = [Step("release", 0, 1, False)]
    lead = 2
    if part["core_hours_per_mould"]:
        found.append(Step("core", lead, lead + flow - 1, True))
        lead += 1
    for code, gap in (("moulding", 1), ("melting", 0), ("pouring", 1), ("cooling", 1), ("cutting", 1), ("fettling", 1)):
        found.append(Step(code, lead, lead + flow - 1, True))
        lead += gap
    end = lead + flow - 1
    for code, length in _after_fettling(part, flow):
        found.append(Step(code, end, end + length - 1, code in ("inspection", "pressure_test", "machining")))
        end += length
    return found


def _after_fettling(part: dict[str, Any], flow: int) -> list[tuple[str, int]]:
    """Steps that start when the batch is whole, with their working days."""
    test_days = max(1, flow // 2)
    steps_after = [
        ("heat_treatment", 3, part["heat_treatment_class"]),
        ("inspection", test_days + (5 if part["ndt"] == "RT" else 0), True),
        ("pressure_test", test_days, part["pressure_bar"]),
        ("machining", flow + 1, part["machining_hours_per_piece"]),
        ("surface", part["subcontract_days"], part["subcontract_days"]),
        ("certificate", 1, part["certificate"] in ("3.1", "3.2")),
        ("packing", 1, True),
    ]
    return [(code, length) for code, length, wanted in steps_after if wanted]


def first_day(part: dict[str, Any], quantity: int, done_by: dt.date) -> dt.date:
    """The day a works order must be released to be packed on ``done_by``."""
    return days.shift(done_by, -steps(part, quantity)[-1].last)


def add_works_order(
    rows: Rows, chance: random.Random, batch: Batch, part: dict[str, Any], today: dt.date, shipped: bool = False
) -> None:
    """One works order; ``shipped`` means every step is behind us, whatever the plan says."""
    plan = steps(part, batch.quantity)
    begin = days.shift(batch.done_by, -plan[-1].last)
    scrap_at = next(step.code for step in plan if step.code == "inspection")
    finished, stopped = batch.quantity, False
    for number, step in enumerate(plan):
        start, end = days.shift(begin, step.first), days.shift(begin, step.last)
        done = batch.quantity if shipped else _done(step, start, end, batch.quantity, today)
        state = "done" if shipped else _state(start, end, today)
        stopped = stopped or step.code == batch.blocked_at
        if stopped:
            done, state = 0, "blocked" if step.code == batch.blocked_at and batch.blocked_reason else "waiting"
        if state == "waiting" and number and _last_state(rows) == "done":
            state = "ready"
        if step.code != "packing":
            finished = done
        rows.add(
            Operation, works_order_no=batch.number, sequence=10 * (number + 1), code=step.code,
            resource_id=part["line"] if step.code == "moulding" else RESOURCES.get(step.code),
            planned_start=start, planned_end=end, finished_on=min(end, today) if state == "done" else None,
            hours=round(_hours(step.code, part, batch.quantity), 1), done_quantity=done,
            scrap_quantity=int(done * chance.uniform(0, ALLOWANCE)) if step.code == scrap_at else 0, state=state,
            blocked_reason=batch.blocked_reason if state == "blocked" else None,
        )  # fmt: skip
    _add_header(rows, batch, part, finished)


def _add_header(rows: Rows, batch: Batch, part: dict[str, Any], finished: int) -> None:
    moulds = math.ceil(batch.quantity * (1 + ALLOWANCE) / part["castings_per_mould"])
    poured = any(
        row["code"] == "pouring" and row["done_quantity"]
        for row in rows.all(Operation)[-20:]
        if row["works_order_no"] == batch.number
    )
    rows.add(
        WorksOrder, number=batch.number, order_no=batch.order_no, line_no=batch.line_no,
        quantity_planned=math.ceil(batch.quantity * (1 + ALLOWANCE)), quantity_ok=finished,
        quantity_scrap=sum(row["scrap_quantity"] for row in rows.all(Operation)[-20:] if row["works_order_no"] == batch.number),
        moulds=moulds, poured_kg=round(moulds * part["poured_kg_per_mould"], 1),
        heat_no=f"H{batch.number[3:]}" if poured else None,
    )  # fmt: skip


def _last_state(rows: Rows) -> str:
    return str(rows.all(Operation)[-1]["state"])


def _state(start: dt.date, end: dt.date, today: dt.date) -> str:
    if end < today:
        return "done"
    return "started" if start <= today else "waiting"


def _done(step: Step, start: dt.date, end: dt.date, quantity: int, today: dt.date) -> int:
    """Pieces through a step this morning: even over its days where pieces flow, all at the end where they do not."""
    if end < today:
        return quantity
    if not step.flows or start >= today:
        return 0
    return int(quantity * days.workdays_between(start, today) / (step.last - step.first + 1))


def _hours(code: str, part: dict[str, Any], quantity: int) -> float:
    """Decimal hours of the step for the whole batch, from the method card."""
    moulds = math.ceil(quantity / part["castings_per_mould"])
    per_piece = {
        "fettling": part["fettling_hours_per_piece"],
        "machining": part["machining_hours_per_piece"],
        "cutting": 0.15,
        "inspection": 0.1,
        "pressure_test": 0.3,
    }
    if code == "core":
        return float(part["core_hours_per_mould"] * moulds)
    return float(per_piece.get(code, 0.0) * quantity) or 1.0
