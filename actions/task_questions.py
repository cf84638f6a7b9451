"""How each question of the form reads an answer out of a message.

A reader returns an answer (``{"value", "reply", ...}``: the reply is its line when everything is read back), a
``Problem`` to say before asking again, or None when the message does not hold an answer to it.
"""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from actions.tasks import Answer
from actions.turn import Entity, Turn
from bot.common.clock import today
from bot.common.formats import week_monday

MAX_TEXT = 1500
MAX_NAME = 80
_LEAD_IN = re.compile(
    r"^\W*((hei|hi|hello|og|and|navnet mitt er|mitt navn er|eg heiter|jeg heter|jeg er|dette er|det er|navn|my name is|"
    r"i am|i'm|this is|it's|name|jag heter|jeg hedder|ich bin)\b[\s:,]*)+",
    re.I,
)
_MAIL = re.compile(r"\S+@\S+")


@dataclass(frozen=True)
class Problem:
    """An answer that cannot be taken as it is: what to say, and what to offer."""

    reply: str
    values: dict[str, Any] = field(default_factory=dict)
    choices: tuple[dict[str, Any], ...] = ()


Reading = Answer | Problem | None


def read(question: str, turn: Turn, requested: bool) -> Reading:
    """What a message says to a question. ``requested`` is whether the question was just asked."""
    if requested and turn.said("dont_know") and question in UNKNOWN_ALLOWED:
        return {"value": None, "unknown": True, "reply": "utter_line_unknown", "question": f"question.{question}"}
    return READERS[question](turn, requested)


def _line(question: str, value: Any, reply: str = "", **extra: Any) -> Answer:
    return {"value": value, "reply": reply or f"utter_line_{question}", **extra}


def _ambiguous(question: str, entity: Entity, requested: bool) -> Problem | None:
    """A number or date with two readings leads to a question, not a choice."""
    if entity.get("bad"):
        return Problem(f"utter_bad_{question}")
    if entity.get("ask"):
        choices = tuple(
            {"reply": f"utter_choice_{question}", "value": value, "payload": _typed(question, value)}
            for value in entity["ask"]
        )
        return Problem(f"utter_which_{question}", choices=choices)
    return None


def _typed(question: str, value: Any) -> str:
    unit = {"quantity": " stk", "weight": " kg"}.get(question, "")
    if question == "delivery":
        return dt.date.fromisoformat(str(value)).strftime("%Y-%m-%d")
    number = int(value) if float(value).is_integer() else value
    return f"{number}{unit}"


def _alloy(turn: Turn, requested: bool) -> Reading:
    foreign = turn.said("foreign_material")
    if foreign and not turn.said("alloy"):
        return Problem("utter_not_cast", {"material": f"material.{foreign[0]['value']}"})
    for entity in turn.said("alloy"):
        if entity.get("near"):
            return Problem("utter_which_alloy", choices=({"title": entity["value"]},))
        return _line("alloy", entity["value"])
    for entity in turn.said("alloy_group"):
        options = tuple({"title": name} for name in entity.get("options", [])[:5])
        if requested or options:
            return Problem("utter_which_alloy", choices=(*options, {"reply": "utter_choice_dont_know"}))
    if turn.said("unknown_alloy"):
        return Problem("utter_unknown_alloy_asked", {"name": turn.said("unknown_alloy")[0]["value"]})
    return None


def _quantity(turn: Turn, requested: bool) -> Reading:
    found = turn.said("quantity") or (turn.said("number") if requested else [])
    for entity in found:
        problem = _ambiguous("quantity", entity, requested)
        if problem:
            return problem
        value = entity["value"]
        if value <= 0 or value != int(value) or value > 1_000_000:
            return Problem("utter_bad_quantity")
        return _line("quantity", int(value))
    return None


def _weight(turn: Turn, requested: bool) -> Reading:
    found = turn.said("weight") or (turn.said("number") if requested else [])
    for entity in found:
        problem = _ambiguous("weight", entity, requested)
        if problem:
            return problem
        if not 0 < entity["value"] < 100_000:
            return Problem("utter_bad_weight")
        total = entity.get("per") == "total"
        return _line("weight", entity["value"], "utter_line_weight_total" if total else "", total=total)
    return None


def _delivery(turn: Turn, requested: bool) -> Reading:
    if turn.said("bad_date", "bad_week"):
        return Problem("utter_bad_delivery", {"text": _written(turn, turn.said("bad_date", "bad_week")[0])})
    for entity in turn.said("date"):
        problem = _ambiguous("delivery", entity, requested)
        if problem:
            return problem
        if dt.date.fromisoformat(entity["value"]) < today():
            return Problem("utter_past_delivery")
        return _line("delivery", entity["value"], "utter_line_delivery_date")
    for entity in turn.said("week"):
        if week_monday(entity["value"]) + dt.timedelta(days=6) < today():
            return Problem("utter_past_delivery")
        return _line("delivery", entity["value"], "utter_line_delivery_week")
    for entity in turn.said("lead"):
        return _line("delivery", (today() + dt.timedelta(days=entity["value"])).isoformat(), "utter_line_delivery_date")
    if turn.said("asap"):
        return _line("delivery", "asap", "utter_line_delivery_asap")
    return _line("delivery", turn.text[:200]) if requested and turn.intent == "inform" else None


def _written(turn: Turn, entity: Entity) -> str:
    return turn.text[entity["start"] : entity["end"]]


def _drawing(turn: Turn, requested: bool) -> Reading:
    if turn.said("drawing_no"):
        entity = turn.said("drawing_no")[0]
        revision = f" rev. {entity['revision']}" if entity.get("revision") else ""
        return _line("drawing", f"{entity['value']}{revision}")
    if not requested:
        return None
    if turn.intent in ("affirm", "deny"):
        return _line("drawing", turn.intent, f"utter_line_drawing_{turn.intent}")
    return _line("drawing", turn.text[:200]) if turn.text else None


def _part(turn: Turn, requested: bool) -> Reading:
    for entity in turn.said("part_no", "drawing_no"):
        revision = f" rev. {entity['revision']}" if entity.get("revision") else ""
        return _line("part", f"{entity['value']}{revision}")
    described = _after_quantity(turn) or _asked_for(turn)
    if described:
        return _line("part", described)
    return _text("part", turn) if requested and not _only_values(turn) else None


def _only_values(turn: Turn) -> bool:
    """Whether nothing but codes and figures was written, which answer other questions."""
    values = [entity for entity in turn.entities if entity["entity"] not in ("application", "language")]
    rest = "".join(" " if any(e["start"] <= i < e["end"] for e in values) else c for i, c in enumerate(turn.text))
    return bool(values) and not re.search(r"[^\W\d_]{3}", rest)


_WANTED = re.compile(
    r"\b(?:tilbud|tilbod|pris|prisoverslag|offert|angebot|quote|quotation|rfq|offer|estimate)\s+(?:på|for|on|av|für|om)\s+"
    r"(?:en|et|ei|ein|eit|a|an|some|noen|nokre|noen få|the|ny|new)?\s*(.+)",
    re.I | re.S,
)


def _asked_for(turn: Turn) -> str | None:
    """«tilbud på pumpehus i RG5» holds the part too."""
    found = _WANTED.search(turn.text)
    if not found or turn.intent != "place_order":
        return None
    words = _STOP.split(found[1], maxsplit=1)[0].strip(" .,!?")
    return words if re.search(r"[^\W\d_]{4}", words) and len(words.split()) <= 4 else None


_STOP = re.compile(
    r"[,.;:?!\n(]|\b(i|in|av|of|på|til|for|med|with|à|á|a|at|each|hver|som|that|innen|by|before|før|og|and|from|fra|der|"
    r"stk|stykk|pcs|pieces|ea|uke|week|made|laget|støpt|cast)\b",
    re.I,
)


def _after_quantity(turn: Turn) -> str | None:
    """«40 pumpehus i RG5» holds the part as well: the words between the quantity and the next thing."""
    for entity in turn.said("quantity"):
        ends = [
            other["start"]
            for other in turn.entities
            if other["start"] > entity["end"] and other["entity"] != "application"
        ]
        rest = turn.text[entity["end"] : min(ends, default=len(turn.text))].strip(" -–")
        rest = re.sub(r"^(stk\.?|st|stykk(er)?|pcs|pieces?|ea|nye|new|of|av)\s+", "", rest, flags=re.I)
        words = _STOP.split(rest, maxsplit=1)[0].strip()
        if re.search(r"[^\W\d_]{3}", words) and len(words.split()) <= 4:
            return words
    return None


def _text(question: str, turn: Turn) -> Reading:
    text = " ".join(turn.text.split())
    if not re.search(r"\w{2}", text):
        return None
    return _line(question, text[:MAX_TEXT])


def _details(turn: Turn, requested: bool) -> Reading:
    return _text("details", turn) if requested else None


def _order(turn: Turn, requested: bool) -> Reading:
    for entity in turn.said("order_no", "po_no", "part_no", "drawing_no"):
        return _line("order", entity["value"])
    if requested and turn.said("number"):
        return _line("order", _written(turn, turn.said("number")[0]))
    return _text("order", turn) if requested and turn.intent == "inform" else None


def _name(turn: Turn, requested: bool) -> Reading:
    if not requested:
        return None
    name = _LEAD_IN.sub("", _MAIL.sub("", turn.text)).strip(" ,.;:")
    for entity in turn.said("phone"):
        name = name.replace(_written(turn, entity), "").strip(" ,.;:")
    if turn.said("email") and not re.search(r"[^\W\d_]{2}", name):
        return None
    return (
        _line("name", name) if re.search(r"[^\W\d_]{2}", name) and len(name) <= MAX_NAME else Problem("utter_bad_name")
    )


def _email(turn: Turn, requested: bool) -> Reading:
    for entity in turn.said("email"):
        return _line("email", entity["value"])
    return Problem("utter_bad_email") if requested and "@" in turn.text else None


def _reach(turn: Turn, requested: bool) -> Reading:
    for entity in turn.said("phone", "email"):
        return _line("reach", entity["value"])
    return Problem("utter_bad_reach") if requested and re.search(r"[@\d]", turn.text) else None


READERS: dict[str, Callable[[Turn, bool], Reading]] = {
    "part": _part, "alloy": _alloy, "quantity": _quantity, "weight": _weight, "delivery": _delivery,
    "drawing": _drawing, "details": _details, "order": _order, "name": _name, "email": _email, "reach": _reach,
}  # fmt: skip
#: Questions that take anything written, so that a weak guess at another intent must not steal the answer.
FREE_TEXT = {"part", "details", "name", "drawing", "order"}
#: Without a way to reach the customer nobody could answer; everything else may stay open.
UNKNOWN_ALLOWED = READERS.keys() - {"email", "reach", "name", "details"}
