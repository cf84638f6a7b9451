"""Ordering a part again, a part of one's own by its number, or pieces of a framework agreement (task ``reorder``).

A released part with a price that holds becomes an order that waits for its confirmation, with a hold on the capacity;
everything else says why, and goes to sales as a request. A stranger's wish stays what was written.
"""

import asyncio
from typing import Any

from actions import task_case
from actions.capacity_reading import data_too_old
from actions.house import house
from actions.order_words import say_stranger
from actions.production.candidates import Candidate, last_order
from actions.production.identity import Identity
from actions.question_words import asks
from actions.task_answers import Problem
from actions.task_order_call_off import by_agreement, note_agreement, say_left
from actions.task_order_judge import Judged, as_payload, case_of, judge, kind_of
from actions.task_order_part import Meant, as_answer, choices_for, meant_by, name_of, part_of, revision_in
from actions.task_order_words import judged_lines, say_candidates
from actions.task_questions import read
from actions.task_service import Doubt, Stop
from actions.task_text import asks_something, is_list
from actions.tasks import Answer, Answers, Task
from actions.turn import Entity, Turn
from bot.cases.intake import Wish
from bot.common.clock import today

#: Entities that name a part, for reading the first words again after a proof.
NAMING = ("part_no", "drawing_no", "order_no", "agreement_no")
#: What the service reads out of any message, so that a weak guess at another question must not steal it.
READS = ("certificate", "po_no", "agreement_no", "date", "week", "lead")
#: Doubts that are told once: who insists is taken at their word, and a person looks at it.
ONCE = ("revision_differs", "below_minimum", "agreement_short")


async def wants(turn: Turn, task: Task) -> bool:
    """An order of an own part that is named, unless an offer is asked for."""
    identity = turn.identity
    running = turn.tracker.get_slot("task") if turn.tracker.get_slot("requested_slot") else None
    if identity is None or asks(turn.text, "quote") or running not in (None, task.name) or is_list(turn):
        return False
    meant = await asyncio.to_thread(meant_by, house().production, identity, turn.text, turn.entities)
    return bool(meant.found) and meant.by in ("number", "words", "agreement")


async def take(turn: Turn, task: Task, answers: Answers, opened: str | None) -> list[str]:
    """The part, a delivery, an agreement, the customer's own order number and a certificate, wherever they stand."""
    if turn.internal or turn.text.startswith("/"):
        return []
    taken = _notes(turn, answers)
    if turn.identity is None:
        return taken
    if "details" not in answers and _is_wish(turn):
        answers["details"] = _first_words(turn)
    if await _take_part(turn, turn.identity, answers, opened):
        taken.append("part")
    return taken


async def known(turn: Turn, task: Task, answers: Answers) -> Stop | Doubt | None:
    """Find part, quantity and agreement in what was said and in the database, and judge the order as it stands."""
    identity = turn.identity
    if identity is None:
        _stranger(turn, answers)
        return None
    if await data_too_old(turn):
        return Stop()
    if is_list(turn) and "part" not in answers:
        # One order is one part here: a list goes to sales whole, line by line.
        return Stop("utter_order_list", becomes="quote_request")
    if _asks_what_is_left(turn):
        await say_left(turn, identity)
        if "part" not in answers:
            return Stop()
    await by_agreement(turn, identity, answers)
    await _find_again(turn, identity, answers)
    if "part" not in answers:
        return None
    part = await asyncio.to_thread(part_of, house().production, identity, answers["part"])
    if part is None:
        answers.pop("part")
        return None
    answers["part"] = {**answers["part"], "name": name_of(part, turn.language)}
    turn.remember(task.name, (), part_no=[{"entity": "part_no", "value": part.number}], drawing_no=[])
    await note_agreement(turn, identity, answers)
    await _same_quantity(identity, answers)
    judged = await asyncio.to_thread(judge, house(), identity, answers)
    if judged is None:
        return None
    answers["judged"] = {"value": judged.seal, "reply": None}
    return _doubt(answers, judged)


async def ask(turn: Turn, task: Task, answers: Answers, question: str) -> bool:
    """The question for the part, with the parts the customer orders to choose from."""
    identity = turn.identity
    if question != "part" or identity is None:
        return False
    meant = answers.pop("which", None)
    found = await asyncio.to_thread(_to_choose, identity, meant)
    say_candidates(turn, found, meant)
    return True


async def read_back(turn: Turn, task: Task, answers: Answers) -> None:
    """Price, date, hold, what stands in the way, and that nothing is binding yet."""
    for line in await _lines(turn, answers):
        turn.say(**line)


async def submit(turn: Turn, task: Task, answers: Answers, request_id: str) -> bool:
    """Store the order with its hold, or the request, in one transaction with the case. Judged anew right before."""
    identity = turn.identity
    if identity is None:
        await task_case.submit(turn, task, answers, request_id, intake=Wish("request", _stranger_payload(answers)))
        return True
    judged = await asyncio.to_thread(judge, house(), identity, answers)
    if judged is None or judged.seal != answers.get("judged", {}).get("value"):
        turn.say("utter_order_changed_meanwhile")
        return False
    payload, lines = as_payload(answers, judged), await _lines(turn, answers)
    wish = Wish(kind_of(answers, judged), payload)
    await task_case.submit(turn, task, answers, request_id, kind=case_of(judged), intake=wish, lines=lines)
    if payload["hold"]:
        turn.say("utter_order_held", hours=judged.found.hold_hours)
    return True


def _notes(turn: Turn, answers: Answers) -> list[str]:
    taken = []
    delivery = read("delivery", turn, requested=False)
    if isinstance(delivery, dict):
        answers["delivery"] = delivery | _from(turn, delivery)
        taken.append("delivery")
    if _is_wish(turn) and "quantity" not in answers and not turn.said("quantity"):
        numbers = [float(each["value"]) for each in turn.said("number") if not each.get("ask") and not each.get("bad")]
        if len(numbers) == 1 and numbers[0] >= 1 and numbers[0].is_integer():
            answers["quantity"] = {"value": int(numbers[0]), "reply": "utter_line_quantity"}
    for name, entity in (("po", "po_no"), ("certificate", "certificate"), ("agreement", "agreement_no")):
        said = turn.said(entity)
        if said:
            answers[name] = {"value": str(said[0]["value"]), "reply": f"utter_line_order_{name}"}
            taken.append(name)
    return taken


def _from(turn: Turn, delivery: Answer) -> Answer:
    """«After Easter» is a day to begin with and no day to be there by."""
    meanings = {each.get("meaning") for each in turn.said("date", "week")}
    if not meanings & {"from", "after"}:
        return {"since": False}
    week = "-W" in str(delivery["value"])
    return {"since": True, "reply": "utter_line_order_from_week" if week else "utter_line_order_from"}


def _is_wish(turn: Turn) -> bool:
    """Whether the message itself is the wish, not a button or a word to go on."""
    return turn.intent in ("reorder", "place_order") and not turn.internal and not turn.text.startswith("/")


def _first_words(turn: Turn) -> Answer:
    """The wish as it was written: for sales, and to be read again when the customer has proved who they are."""
    named = [{"entity": each["entity"], "value": each["value"]} for each in turn.said(*NAMING)]
    return {"value": turn.text[:500], "reply": None, "named": named}


async def _take_part(turn: Turn, identity: Identity, answers: Answers, opened: str | None) -> bool:
    if opened not in (None, "part") and not turn.said("part_no", "drawing_no"):
        return _revision_alone(turn, answers)
    if _asks_what_is_left(turn) or (asks_something(turn) and opened not in (None, "part")):
        return False
    named = [*_named(turn), *([{"entity": "agreement_no", **answers["agreement"]}] if "agreement" in answers else [])]
    meant = await asyncio.to_thread(meant_by, house().production, identity, turn.text, named)
    return _settle(answers, meant, revision_in(turn.text) or _entity_revision(turn))


def _named(turn: Turn) -> list[Entity]:
    """What names a part in the message, or what was talked of just before («order 40 more of those»)."""
    said = turn.said(*NAMING)
    return said or (turn.about("order_no", "part_no", "drawing_no") if turn.intent == "reorder" else [])


def _entity_revision(turn: Turn) -> str | None:
    return next((str(each["revision"]) for each in turn.said("part_no", "drawing_no") if each.get("revision")), None)


def _revision_alone(turn: Turn, answers: Answers) -> bool:
    """«Rev. C» alone is about the part that is noted."""
    revision, part = revision_in(turn.text), answers.get("part")
    if not revision or not part:
        return False
    answers["part"] = {**part, "asked": revision}
    return True


def _settle(answers: Answers, meant: Meant, revision: str | None) -> bool:
    """Note the part when it is clear; several, or an unknown number, are asked about."""
    if len(meant.found) == 1:
        answers["part"] = as_answer(meant.found[0].part, revision)
        answers.pop("which", None)
        return True
    if meant.found or meant.unknown:
        answers.pop("part", None)
        ids = [each.part.row["product_id"] for each in meant.found]
        answers["which"] = {"value": ids, "reply": None, "unknown_no": meant.unknown, "asked": revision}
    return False


async def _find_again(turn: Turn, identity: Identity, answers: Answers) -> None:
    """A part that was only written so far (by a stranger who has proved who they are, or by staff) is looked up."""
    part = answers.get("part")
    if part and part.get("product_id"):
        return
    text = " ".join(str(answers[name]["value"]) for name in ("details", "part") if answers.get(name, {}).get("value"))
    answers.pop("part", None)
    if "which" in answers or not text or _asks_what_is_left(turn):
        return
    named = answers.get("details", {}).get("named") or []
    meant = await asyncio.to_thread(meant_by, house().production, identity, text, named)
    revision = revision_in(turn.text) or revision_in(text)
    if not _settle(answers, meant, revision) and part and "which" not in answers:
        answers["which"] = {"value": [], "reply": None, "unknown_no": str(part["value"])[:60]}


def _to_choose(identity: Identity, meant: Answer | None) -> list[Candidate]:
    engine = house().production
    if not meant or not meant["value"]:
        return choices_for(engine, identity)
    parts = [part_of(engine, identity, {"product_id": product}) for product in meant["value"]]
    return [
        Candidate(part, last_order(engine, identity, part.row["product_id"], today()), 0, None)
        for part in parts
        if part
    ]


async def _same_quantity(identity: Identity, answers: Answers) -> None:
    """«Same as last time» without a number means as many as then; it is read back."""
    if "quantity" in answers or not asks(str(answers.get("details", {}).get("value") or ""), "same_quantity"):
        return
    last = await asyncio.to_thread(last_order, house().production, identity, answers["part"]["product_id"], today())
    if last and last.quantity:
        answers["quantity"] = {
            "value": last.quantity, "reply": "utter_line_order_quantity_last", "order_no": last.order_no
        }  # fmt: skip


def _asks_what_is_left(turn: Turn) -> bool:
    return (
        turn.intent in ("reorder", "place_order", "inform")
        and asks(turn.text, "call_off")
        and asks(turn.text, "left")
        and not turn.said("quantity")
    )


def _doubt(answers: Answers, judged: Judged) -> Doubt | None:
    """What the customer should hear before the read-back: another revision, too few pieces, too little left."""
    told = answers.setdefault("told", {"value": [], "reply": None})
    part = judged.found.part
    for reason in ONCE:
        mark = f"{reason} {part.row['product_id']} {answers['part'].get('asked')} {judged.found.quantity}"
        if reason not in judged.reasons or mark in told["value"]:
            continue
        problem = _problem(reason, judged, answers)
        if problem:
            told["value"] = [*told["value"], mark]
            return ("part" if reason == "revision_differs" else "quantity"), problem
    return None


def _problem(reason: str, judged: Judged, answers: Answers) -> Problem | None:
    found = judged.found
    number, quantity = found.part.number, found.quantity
    if reason == "revision_differs":
        asked = answers["part"].get("asked")
        if not asked or not found.released_revision:
            return None
        choices = tuple(
            {
                "reply": f"utter_order_choice_revision_{kind}",
                "revision": revision,
                "payload": f"{number} rev. {revision}",
            }
            for kind, revision in (("ours", found.released_revision), ("theirs", asked))
        )
        values = {"part": number, "asked": asked, "released": found.released_revision}
        return Problem("utter_order_revision_differs", values, choices, asks=True)
    # What stands on the shelf need not be cast.
    least = found.minimum_quantity if reason == "below_minimum" and "from_stock" not in found.notes else None
    if reason == "agreement_short" and judged.agreement:
        left = judged.agreement.remaining_quantity
        choices = ({"reply": "utter_choice_quantity", "value": left, "payload": f"{left} stk"},) if left else ()
        values = {"agreement": judged.agreement.agreement_no, "left": left, "qty": quantity}
        return Problem("utter_order_agreement_short", values, choices, asks=True)
    if least and quantity < least:
        choices = tuple(
            {"reply": "utter_choice_quantity", "value": each, "payload": f"{each} stk"} for each in (least, quantity)
        )
        return Problem("utter_order_below_minimum", {"least": least, "qty": quantity}, choices, asks=True)
    return None


def _stranger(turn: Turn, answers: Answers) -> None:
    say_stranger(turn, answers, "utter_order_stranger")
    if "details" not in answers and _is_wish(turn):
        answers["details"] = _first_words(turn)
    if "part" not in answers and answers.get("details", {}).get("value"):
        answers["part"] = {"value": answers["details"]["value"], "reply": "utter_line_details"}


def _stranger_payload(answers: Answers) -> dict[str, Any]:
    names = ("part", "quantity", "delivery", "po", "certificate", "agreement", "name", "email")
    return {"task": "reorder"} | {name: answers[name].get("value") for name in names if name in answers}


async def _lines(turn: Turn, answers: Answers) -> list[Answer]:
    """What is added to the answers: read back, and written into the case."""
    notes = [answers[name] for name in ("delivery", "agreement", "po", "certificate") if name in answers]
    details = answers.get("details")
    if details and ";" in str(details["value"]):
        notes.append({**details, "reply": "utter_line_details"})
    identity = turn.identity
    judged = await asyncio.to_thread(judge, house(), identity, answers) if identity else None
    if judged is None:
        return notes
    return [*notes, *judged_lines(judged, turn.language, answers)]
