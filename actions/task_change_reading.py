"""What a wish wants changed on an order, read from its words: quantity, date, alloy, certificate, address, a hold."""

from typing import Any

from actions.production.catalogue import catalogue
from actions.question_words import asks
from actions.task_answers import Problem, Reading, line
from actions.task_text import free_text, meant
from actions.turn import Entity, Turn

Want = dict[str, Any]


def read_change(turn: Turn, requested: bool) -> Reading:
    """Every change a message names; one that can be read in two ways is asked about."""
    if _either_way(turn):
        choices = ({"reply": "utter_choice_earlier"}, {"reply": "utter_choice_later"})
        return Problem("utter_which_move", choices=choices, asks=True)
    if any(entity.get("bad") for entity in turn.said("quantity")):
        return Problem("utter_bad_quantity")
    wants = wants_of(turn, requested)
    if wants:
        return {"value": ", ".join(each["kind"] for each in wants), "reply": None, "wants": wants}
    text = (
        free_text(turn)
        if requested and turn.intent not in ("affirm", "deny", "thanks", "explain", "nlu_fallback")
        else None
    )
    return line("change", text, wants=[]) if text else None


def _either_way(turn: Turn) -> bool:
    """«Flytt fram» is earlier to some and later to others."""
    dated = turn.said("date", "week", "lead") and not asks(turn.text, "earlier_or_later_even_dated")
    return (
        asks(turn.text, "earlier_or_later")
        and not dated
        and not asks(turn.text, "earlier")
        and not asks(turn.text, "later")
    )


def wants_of(turn: Turn, requested: bool = False) -> list[Want]:
    """The changes named, each with its kind and its figures; a bare number is a quantity when a change was asked for."""
    found = [each for each in (_quantity(turn, requested), _date(turn), _alloy(turn), _certificate(turn)) if each]
    if asks(turn.text, "address"):
        found.append({"kind": "delivery_address", "text": " ".join(turn.text.split())[:200]})
    if asks(turn.text, "hold") and not found:
        found.append({"kind": "hold"})
    return found


def _quantity(turn: Turn, requested: bool) -> Want | None:
    named = [entity for entity in meant(turn, "quantity") if entity.get("role") != "from" and not entity.get("every")]
    if not named and turn.said("number") and (requested or asks(turn.text, "quantity")):
        named = turn.said("number")
    if not named or not float(named[-1]["value"]).is_integer():
        return None
    amount, role = int(named[-1]["value"]), named[-1].get("role")
    if role == "by" or (role != "to" and asks(turn.text, "more_of_it")):
        return {"kind": "quantity", "by": -amount if asks(turn.text, "fewer") else amount}
    return {"kind": "quantity", "to": amount} if amount > 0 else None


def _date(turn: Turn) -> Want | None:
    if turn.said("bad_date", "bad_week"):
        return None
    way = "earlier" if asks(turn.text, "earlier") else "later" if asks(turn.text, "later") else None
    for entity in (*meant(turn, "date"), *meant(turn, "week")):
        if not entity.get("ask"):
            return {"kind": "date", entity["entity"]: entity["value"], **({"way": way} if way else {})}
    for entity in turn.said("lead"):
        if way:
            return {"kind": "date", "by_days": int(entity["value"]), "way": way}
    return {"kind": "date", "way": way} if way else None


def _alloy(turn: Turn) -> Want | None:
    named: list[Entity] = [
        entity for entity in meant(turn, "alloy") if entity["value"] in catalogue() and not entity.get("near")
    ]
    if not named:
        return None
    name = str(named[-1]["value"])
    return {"kind": "alloy", "alloy": name, "title": catalogue()[name].title}


def _certificate(turn: Turn) -> Want | None:
    for entity in turn.said("certificate"):
        if entity["value"] in ("3.1", "3.2"):
            return {"kind": f"certificate_{entity['value']}"}
    return None
