"""How each question of the form reads an answer out of a message.

A reader returns an answer (``{"value", "reply", ...}``: the reply is its line when everything is read back), a
``Problem`` to say before asking again, or None when the message does not hold an answer to it.
"""

import datetime as dt
import re
from collections.abc import Callable
from typing import Any

from actions import task_complaint_reading as complaint
from actions import task_quote_reading as quote
from actions.production.catalogue import catalogue
from actions.task_answers import Problem, Reading, line
from actions.task_change_reading import read_change
from actions.task_line_choice import read_line
from actions.task_lines import items, numbered, signature
from actions.task_text import (
    MAX_NAME,
    asks_something,
    described_part,
    drawing_word,
    free_text,
    is_list,
    leading_words,
    meant,
    only_values,
    person_name,
    written,
)
from actions.tasks import Answer
from actions.turn import Entity, Turn
from bot.common.clock import today
from bot.common.formats import week_monday

#: Kinds of messages that are no description, however they are worded.
SMALL_TALK = {"affirm", "deny", "thanks", "greet", "goodbye", "explain", "stop_task"}


def read(question: str, turn: Turn, requested: bool) -> Reading:
    """What a message says to a question. ``requested`` is whether the question was just asked."""
    if requested and _leaves_open(question, turn):
        if question not in UNKNOWN_ALLOWED:
            return Problem(f"utter_needed_{question}", asks=True)
        return {"value": None, "unknown": True, "reply": "utter_line_unknown", "question": f"question.{question}"}
    if question in LISTED and is_list(turn) and any(LISTED[question] in item for item in items(turn)):
        return {"value": None, "listed": True, "reply": "utter_line_listed", "question": f"question.{question}"}
    return READERS[question](turn, requested)


def _leaves_open(question: str, turn: Turn) -> bool:
    """«Don't know», or no to a question that wants words."""
    if turn.said("email", "phone"):
        return False
    if turn.said("dont_know"):
        few = len(turn.text.split()) <= FEW_WORDS
        return only_values(turn) or (few and question != "details") or question not in ("part", "details", *STATED)
    values = [entity for entity in turn.entities if entity["entity"] != "language"]
    return turn.intent == "deny" and question in ("name", "details", "email") and not values


def _ambiguous(question: str, entity: Entity, requested: bool) -> Problem | None:
    """A number or date with two readings leads to a question, not a choice."""
    if entity.get("bad"):
        return Problem(f"utter_bad_{question}")
    if entity.get("ask"):
        choices = tuple(
            {"reply": f"utter_choice_{question}", "value": value, "payload": _typed(question, value)}
            for value in entity["ask"]
            if question != "quantity" or float(value).is_integer()
        )
        return Problem(f"utter_which_{question}", choices=choices, asks=True)
    return None


def _typed(question: str, value: Any) -> str:
    unit = {"quantity": " stk", "weight": " kg"}.get(question, "")
    if question == "delivery":
        return dt.date.fromisoformat(str(value)).strftime("%Y-%m-%d")
    number = int(value) if float(value).is_integer() else value
    return f"{number}{unit}"


def _alloy(turn: Turn, requested: bool) -> Reading:
    named = meant(turn, "alloy")
    near = next((entity for entity in named if entity.get("near")), None)
    if near:
        options = [name for name in near.get("options") or [near["value"]] if name in catalogue()]
        choices = tuple({"title": catalogue()[name].title} for name in options)
        return Problem("utter_which_alloy", choices=(*choices, {"reply": "utter_choice_dont_know"}), asks=True)
    if named:
        names = list(dict.fromkeys(entity["value"] for entity in named))
        titles = [catalogue()[name].title if name in catalogue() else name for name in names]
        return with_temper(line("alloy", " / ".join(names), title=" / ".join(titles)), turn)
    for entity in turn.said("alloy_group"):
        titles = [catalogue()[name].title for name in entity.get("options", [])[:5] if name in catalogue()]
        if requested or titles:
            choices = tuple({"title": title} for title in titles)
            return Problem("utter_which_alloy", choices=(*choices, {"reply": "utter_choice_dont_know"}), asks=True)
    if turn.said("foreign_material"):
        return Problem("utter_not_cast", {"material": f"material.{turn.said('foreign_material')[0]['value']}"})
    if turn.said("unknown_alloy"):
        return Problem("utter_unknown_alloy_asked", {"name": turn.said("unknown_alloy")[0]["value"]}, asks=True)
    return None


def with_temper(answer: Answer, turn: Turn) -> Answer:
    """The alloy in the temper that was said with it: LM25 in T6."""
    codes = [entity["value"] for entity in turn.said("temper") if entity["value"] != "hardened"]
    return answer | {"reply": "utter_line_alloy_temper", "temper": codes[0]} if codes else answer


def _quantity(turn: Turn, requested: bool) -> Reading:
    named = [entity for entity in meant(turn, "quantity") if not entity.get("every")]
    bare = requested and not turn.said("quantity")
    found = named or (meant(turn, "number") if bare else [])
    for entity in found:
        problem = _ambiguous("quantity", entity, requested)
        if problem:
            return problem
        value = entity["value"]
        if value <= 0 or value != int(value) or value > 1_000_000:
            return Problem("utter_bad_quantity")
        return line("quantity", int(value))
    return None


def _weight(turn: Turn, requested: bool) -> Reading:
    found = meant(turn, "weight") or (meant(turn, "number") if requested else [])
    for entity in found:
        problem = _ambiguous("weight", entity, requested)
        if problem:
            return problem
        if not 0 < entity["value"] < 100_000:
            return Problem("utter_bad_weight")
        total = entity.get("per") == "total"
        return line("weight", entity["value"], "utter_line_weight_total" if total else "", total=total)
    return None


def _delivery(turn: Turn, requested: bool) -> Reading:
    if turn.said("bad_date", "bad_week"):
        return Problem("utter_bad_delivery", {"text": written(turn, turn.said("bad_date", "bad_week")[0])})
    for entity in meant(turn, "date"):
        problem = _ambiguous("delivery", entity, requested)
        if problem:
            return problem
        if dt.date.fromisoformat(entity["value"]) < today():
            return Problem("utter_past_delivery")
        return line("delivery", entity["value"], f"utter_line_delivery_date{_meaning(entity)}")
    for entity in meant(turn, "week"):
        if week_monday(entity["value"]) + dt.timedelta(days=6) < today():
            return Problem("utter_past_delivery")
        return line("delivery", entity["value"], f"utter_line_delivery_week{_meaning(entity)}")
    for entity in turn.said("lead"):
        return line("delivery", (today() + dt.timedelta(days=entity["value"])).isoformat(), "utter_line_delivery_date")
    if turn.said("asap"):
        return line("delivery", "asap", "utter_line_delivery_asap")
    said = requested and turn.intent == "inform" and not only_values(turn) and re.search(r"[^\W\d_]{5}", turn.text)
    return line("delivery", turn.text[:200]) if said else None


def _meaning(entity: Entity) -> str:
    """«after Easter» and «before week 20» are not the day itself."""
    return f"_{entity['meaning']}" if entity.get("meaning") in ("from", "after", "before") else ""


def _drawing(turn: Turn, requested: bool) -> Reading:
    if turn.said("drawing_no"):
        entity = turn.said("drawing_no")[0]
        revision = f" rev. {entity['revision']}" if entity.get("revision") else ""
        return line("drawing", f"{entity['value']}{revision}")
    word = turn.intent if requested and turn.intent in ("affirm", "deny") else drawing_word(turn)
    if word:
        return line("drawing", word, f"utter_line_drawing_{word}")
    return _text("drawing", turn) if requested and not turn.angry else None


def _part(turn: Turn, requested: bool) -> Reading:
    if is_list(turn):
        return list_of_parts(items(turn))
    for entity in turn.said("part_no", "drawing_no"):
        revision = f" rev. {entity['revision']}" if entity.get("revision") else ""
        return line("part", f"{entity['value']}{revision}")
    described = described_part(turn) or (leading_words(turn) if requested else None)
    if described:
        return line("part", described)
    return _text("part", turn) if requested else None


def list_of_parts(found: list[dict[str, Any]]) -> Answer:
    """Several parts in one request, each on its line."""
    return line("part", numbered(found), "utter_line_parts", count=len(found), items=found)


def _text(question: str, turn: Turn) -> Reading:
    """Anything written, unless it is talk, a question or a value for another question."""
    if turn.intent in SMALL_TALK or only_values(turn) or (question != "details" and asks_something(turn)):
        return None
    text = free_text(turn)
    return line(question, text) if text else None


def _details(turn: Turn, requested: bool) -> Reading:
    return _text("details", turn) if requested else None


def _order(turn: Turn, requested: bool) -> Reading:
    for entity in turn.said("order_no", "po_no", "part_no", "drawing_no"):
        return line("order", entity["value"])
    if requested and turn.said("number"):
        return line("order", written(turn, turn.said("number")[0]))
    return _text("order", turn) if requested and turn.intent == "inform" else None


def _quotation(turn: Turn, requested: bool) -> Reading:
    for entity in turn.said("quotation_no"):
        return line("quotation", entity["value"])
    if requested and turn.said("number"):
        return line("quotation", written(turn, turn.said("number")[0]))
    return None


def _name(turn: Turn, requested: bool) -> Reading:
    # Names are words no training holds: what they are taken for counts only when it is sure, or a single word.
    talk = turn.intent in SMALL_TALK and turn.intent != "greet"
    if talk and (turn.confidence >= SURE_TALK or len(turn.text.split()) < 2):
        return None
    name = person_name(turn, requested) if requested or "\n" not in turn.text else signature(turn)
    if name is None:
        return None
    return line("name", name) if len(name) <= MAX_NAME else Problem("utter_bad_name")


def _email(turn: Turn, requested: bool) -> Reading:
    for entity in turn.said("email"):
        return line("email", entity["value"])
    for entity in turn.said("phone") if requested else []:
        return line("email", entity["value"], "utter_line_reach")
    return Problem("utter_bad_email") if requested and "@" in turn.text else None


READERS: dict[str, Callable[[Turn, bool], Reading]] = {
    "part": _part, "alloy": _alloy, "quantity": _quantity, "weight": _weight, "delivery": _delivery,
    "drawing": _drawing, "details": _details, "order": _order, "quotation": _quotation, "name": _name, "email": _email,
    "confidential": quote.confidential, "yearly": quote.yearly, "size": quote.size, "wall": quote.wall,
    "requirements": quote.requirements, "pattern": quote.pattern, "application": quote.application, "notes": quote.notes,
    "line": read_line, "change": read_change,
    "affected": complaint.affected, "found": complaint.found, "photos": complaint.photos, "remedy": complaint.remedy,
}  # fmt: skip
#: Questions that a statement of any kind answers: only another question or wish interrupts them.
STATED = {"drawing", "size", "requirements", "pattern", "application", "notes", "found", "photos", "remedy", "change"}
#: Questions that take anything written, so that a weak guess at another intent must not steal the answer.
#: How sure small talk must be not to be a name.
SURE_TALK = 0.6
FREE_TEXT = {"part", "details", "name", "drawing", "order", *STATED}
#: So many words hold no more than «don't know».
FEW_WORDS = 4
#: Without a way to reach the customer nobody could answer; everything else may stay open.
UNKNOWN_ALLOWED = READERS.keys() - {"email"}
#: What a list of several parts answers for each of them, so that one figure must not stand for all.
LISTED = {"alloy": "alloy", "quantity": "quantity", "weight": "weight", "drawing": "drawing_no"}
