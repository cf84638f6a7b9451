"""How the questions of a complaint read an answer. Nothing here judges what was told."""

import re

from actions.question_words import asks
from actions.task_answers import Reading, line
from actions.task_text import asks_something, free_text, only_values
from actions.turn import Turn

_SHARE = re.compile(r"(\d[\d ]*)\s*(?:stk\.?|pcs|pieces)?\s*(?:av|of|von|out of|/)\s*(?:de |the )?(\d[\d ]*)", re.I)
_ALL = re.compile(
    r"^\W*(?:alle|all|samtlige|hele partiet|everything|the whole (?:lot|batch)|alla|alle sammen|all of them)\b", re.I
)
_ATTACHES = re.compile(
    r"\b(?:vedlagt|legger ved|sender|kommer|ettersend\w*|attach\w*|will send|sending|enclosed|bifogar)\b", re.I
)


def affected(turn: Turn, requested: bool) -> Reading:
    """Pieces with the fault, and of how many where it is said."""
    share = _SHARE.search(turn.text)
    if share and not turn.said("date"):
        some, of = (int(share[number].replace(" ", "")) for number in (1, 2))
        if 0 < some <= of:
            return line("affected", some, "utter_line_affected_of", of=of)
    for entity in turn.said("quantity") or (turn.said("number") if requested else []):
        if not {"bad", "ask", "every"} & entity.keys() and entity["value"] > 0 and float(entity["value"]).is_integer():
            return line("affected", int(entity["value"]))
    if requested and _ALL.search(turn.text):
        return line("affected", "all", "utter_line_affected_all")
    return None


def found(turn: Turn, requested: bool) -> Reading:
    """When and where it was found, the heat, machined or raw."""
    heats = [str(entity["value"]) for entity in turn.said("heat_no")]
    if requested:
        if turn.intent in ("affirm", "deny", "thanks") or asks_something(turn):
            return None
        text = None if _SHARE.fullmatch(turn.text.strip(" .!")) else free_text(turn)
        return line("found", text, heats=heats) if text else None
    if heats and only_values(turn):
        return line("found", ", ".join(heats), "utter_line_found_heat", heats=heats)
    return line("found", free_text(turn), heats=heats) if heats and turn.intent == "inform" else None


def photos(turn: Turn, requested: bool) -> Reading:
    """Whether pictures come."""
    if not requested:
        return None
    if turn.intent == "deny":
        return line("photos", "deny", "utter_line_photos_deny")
    if turn.intent == "affirm" or _ATTACHES.search(turn.text):
        return line("photos", "affirm", "utter_line_photos_affirm", pending=True)
    return None


def remedy(turn: Turn, requested: bool) -> Reading:
    """What hurries and what the customer wants: as written, promised by nobody."""
    stands = asks(turn.text, "production_stopped")
    if not requested:
        return None
    if turn.intent == "affirm" and len(turn.text.split()) <= 2:
        return line("remedy", "stopped", "utter_line_remedy_stopped", stopped=True)
    if turn.intent == "deny" and len(turn.text.split()) <= 2:
        return line("remedy", "running", "utter_line_remedy_running", stopped=False)
    text = None if asks_something(turn) or turn.intent == "thanks" else free_text(turn)
    return line("remedy", text, stopped=stands) if text else None
