"""What may still be changed on an order line, what it costs, until when, and whether a stop must reach the planner now.

The physical state decides (``work.py``), the rules are data (``change_rules.yml``). Nothing here changes anything: a
change is a wish that a person can still refuse. Alloys, overtime and other foundries are never offered here.
"""

import datetime as dt
import math
from dataclasses import dataclass

from sqlalchemy import Engine

from actions.production.calendar import ONE, WorkCalendar
from actions.production.candidates import find_part
from actions.production.capacity_load import Load, read
from actions.production.change_rules import CHANGES, ChangeRules, Rule, change_rules
from actions.production.identity import Identity
from actions.production.plant import Plant
from actions.production.rights import rights
from actions.production.work import Work, work_of, works_of

#: Beside the reasons in the data: no approved rules, no right, no capacity, the plan is fixed, the line is cancelled.
REASONS = (
    "no_right_to_order", "cancelled", "rules_not_approved", "no_capacity", "capacity_unknown", "frozen_zone",
    "credit_hold", "already_ordered", "pouring_on",
)  # fmt: skip


@dataclass(frozen=True)
class CostOf:
    """What a change costs: a code of the data, and its share of the line's price only where the contract holds it."""

    code: str
    percent: tuple[float, float] | None = None
    contract: str | None = None


@dataclass(frozen=True)
class ChangeAnswer:
    """``verdict`` is ``free``, ``costs``, ``person`` or ``no``; ``reasons`` say why it is not free.

    ``latest`` is the planned day of ``latest_step`` (``release``, ``moulding``, ``pouring``, ``packing``): the change
    must be here before that step begins. None when it is not planned or has passed. ``lowest_quantity``: fewer pieces
    than are moulded (or have left) cannot be made any more. ``in_frozen_zone``: the plan is fixed, only the planner
    moves it.
    """

    change: str
    verdict: str
    reasons: tuple[str, ...]
    state: str
    work: Work
    cost: CostOf | None = None
    latest: dt.date | None = None
    latest_step: str | None = None
    lowest_quantity: int | None = None
    in_frozen_zone: bool = False


@dataclass(frozen=True)
class Stop:
    """Whether a wish to stop is urgent. ``urgent``: metal is still to be melted, and the planner must hear first.

    ``next_melt`` is the planned day of the next melt for this line (today when it is overdue or going on), None when
    nothing is planned. ``pieces_poured`` cannot be stopped any more.
    """

    urgent: bool
    next_melt: dt.date | None
    pieces_poured: int
    state: str


def what_if(
    engine: Engine, identity: Identity, order_no: str, line_no: int, change: str, today: dt.date, plant: Plant,
    quantity: int | None = None, rules: ChangeRules | None = None,
) -> ChangeAnswer | None:  # fmt: skip
    """What becomes of one change of the customer's line, asked on ``today``; None when the customer has no such line.

    ``quantity`` is the new total in pieces for ``quantity_up`` and ``quantity_down``. Raises ValueError for a change
    that is none of ``CHANGES``, SQLAlchemyError.
    """
    if change not in CHANGES:
        raise ValueError(f"change {change}")
    work = work_of(engine, identity, order_no, line_no)
    if work is None:
        return None
    allowed = rights(engine, identity)
    answer = _judge(engine, identity, work, change, today, plant, quantity, rules or change_rules())
    if not allowed.may_order:
        return _as_person(answer, "no_right_to_order")
    if allowed.credit_hold and change in ("quantity_up", "date_earlier"):
        return _as_person(answer, "credit_hold")
    return answer


def all_changes(
    engine: Engine, identity: Identity, order_no: str, line_no: int, today: dt.date, plant: Plant
) -> list[ChangeAnswer]:
    """Every change of the customer's line with its latest moment; empty when the customer has no such line."""
    answers = (what_if(engine, identity, order_no, line_no, change, today, plant) for change in CHANGES)
    return [answer for answer in answers if answer is not None]


def stop_before_melt(engine: Engine, identity: Identity, order_no: str, line_no: int, today: dt.date) -> Stop | None:
    """Whether a wish to stop the line must reach the planner before the next melt; None when there is no such line."""
    work = work_of(engine, identity, order_no, line_no)
    return None if work is None else _stop(work, today)


def stop_order_before_melt(engine: Engine, identity: Identity, order_no: str, today: dt.date) -> Stop | None:
    """As ``stop_before_melt`` for all lines of the order: the most urgent of them."""
    stops = [_stop(work, today) for work in works_of(engine, identity, order_no)]
    return min(stops, key=lambda stop: (not stop.urgent, stop.next_melt or dt.date.max), default=None)


def _stop(work: Work, today: dt.date) -> Stop:
    if work.status in ("cancelled", "received", "quoted"):
        return Stop(False, None, work.poured, work.state)
    melt = work.latest("pouring", today)
    # A batch whose pour has begun still has moulds without metal.
    going_on = [batch for batch in work.open_batches if batch.state == "poured" and _moulds_left(batch.done)]
    if going_on:
        melt = today
    return Stop(melt is not None, melt, work.poured, work.state)


def _moulds_left(done: dict[str, int]) -> bool:
    return done.get("pouring", 0) < done.get("moulding", 0)


def _judge(
    engine: Engine, identity: Identity, work: Work, change: str, today: dt.date, plant: Plant, quantity: int | None,
    rules: ChangeRules,
) -> ChangeAnswer:  # fmt: skip
    kind = rules.changes[change]
    rule = kind.states[work.state]
    frozen = kind.plan and _frozen(work, today, plant)
    verdict, reasons = rule.verdict, [rule.reason] if rule.reason else []
    if work.status == "cancelled":
        verdict, reasons = "no", ["cancelled"]
    elif change == f"certificate_{work.certificate}":
        verdict, reasons = "no", ["already_ordered"]
    elif not rules.approved_by:
        verdict, reasons = "person", ["rules_not_approved"]
    elif change == "quantity_down" and reasons == ["poured"] and work.poured < work.quantity:
        # What is not poured yet may still be taken off; only the foundry can tell.
        verdict, reasons = "person", ["pouring_on"]
    elif verdict == "free":
        reasons += _not_quite_free(engine, identity, work, rule, change, today, plant, quantity, frozen)
        verdict = "person" if reasons else "free"
    elif verdict == "costs" and frozen:
        reasons.append("frozen_zone")
    return ChangeAnswer(
        change, verdict, tuple(reasons), work.state, work, _cost(rule, rules) if verdict != "no" else None,
        None if verdict == "no" else work.latest(kind.latest, today), kind.latest,
        _lowest(work) if change == "quantity_down" and "pouring_on" not in reasons else None, frozen,
    )  # fmt: skip


def _lowest(work: Work) -> int:
    """Fewer pieces than are moulded, or have left, cannot be made any more."""
    return max(work.moulded, work.shipped_quantity)


def _not_quite_free(
    engine: Engine, identity: Identity, work: Work, rule: Rule, change: str, today: dt.date, plant: Plant,
    quantity: int | None, frozen: bool,
) -> list[str]:  # fmt: skip
    found = ["frozen_zone"] if frozen else []
    if rule.needs == "capacity" and work.batches and change == "quantity_up":
        found += _room(engine, identity, work, today, plant, quantity)
    return found


def _frozen(work: Work, today: dt.date, plant: Plant) -> bool:
    """Whether moulding or melting of the line is planned within the frozen zone, or goes on."""
    if work.state in ("poured", "treated", "packed", "shipped"):
        return False
    days = [work.latest(moment, today) for moment in ("moulding", "pouring")]
    known = [day for day in days if day is not None]
    if not known:
        return False
    return min(known) < WorkCalendar(plant.closing).add(today, plant.times.frozen_workdays)


def _room(
    engine: Engine, identity: Identity, work: Work, today: dt.date, plant: Plant, quantity: int | None
) -> list[str]:
    """Whether the planned moulding days have free moulds for the pieces more; a person looks when nobody knows."""
    part = find_part(engine, identity, work.product_id)
    if part is None or quantity is None:
        return [] if quantity is None else ["capacity_unknown"]
    more = max(0, quantity - work.quantity)
    moulds = math.ceil(more * (1 + plant.scrap.repeat) / (part.row["castings_per_mould"] or 1))
    span = _moulding_days(work, today)
    if span is None:
        return ["capacity_unknown"]
    load = next((each for each in read(engine, plant, *span) if each.step == "days"), None)
    if load is None or not load.knows("line", part.row["line"]):
        return ["capacity_unknown"]
    return [] if _free_moulds(load, part.row["line"], span) >= moulds else ["no_capacity"]


def _moulding_days(work: Work, today: dt.date) -> tuple[dt.date, dt.date] | None:
    """From the first planned moulding day to the last."""
    first = work.latest("moulding", today)
    ends = [batch.ends.get("moulding") for batch in work.open_batches]
    last = max((day for day in ends if day is not None), default=None)
    return None if first is None else (first, max(first, last or first))


def _free_moulds(load: Load, line: str, span: tuple[dt.date, dt.date]) -> int:
    days = [span[0] + number * ONE for number in range((span[1] - span[0]).days + 1)]
    return sum(math.floor(load.free("line", day, line)) for day in days)


def _cost(rule: Rule, rules: ChangeRules) -> CostOf | None:
    if rule.cost is None:
        return None
    cost = rules.costs[rule.cost]
    return CostOf(rule.cost, cost.percent, cost.contract) if cost.contract else CostOf(rule.cost)


def _as_person(answer: ChangeAnswer, reason: str) -> ChangeAnswer:
    """The same, decided by a person; what is no longer possible stays so."""
    verdict = answer.verdict if answer.verdict == "no" else "person"
    return ChangeAnswer(
        answer.change, verdict, (reason, *answer.reasons), answer.state, answer.work, answer.cost, answer.latest,
        answer.latest_step, answer.lowest_quantity, answer.in_frozen_zone,
    )  # fmt: skip
