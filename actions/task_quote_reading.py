"""How the questions of a quotation request that only castings have are answered: size, wall, requirements, pattern, use, secrecy."""

import re
from typing import Any

from actions.task_answers import Reading, line
from actions.task_text import asks_something, free_text, only_values
from actions.turn import Turn

#: Uses that say in which environment a part works, as against what it is.
ENVIRONMENTS = (
    "seawater", "drinking_water", "food", "acid", "heat", "pressure_equipment", "lifting", "aviation", "class_approval",
)  # fmt: skip
#: What a message asks of quality, found as a figure or code.
_REQUIRED = ("tolerance", "certificate", "pressure")
_SECRET = re.compile(
    r"\b(?:konfidensiel\w*|fortrolig\w*|hemmel\w*|gradert\w*|taushets\w*|eksportkontroll\w*|eksport-kontroll\w*|konfidentiel\w*|"
    r"confidential\w*|secret|proprietary|classified|export[- ]?controlled|export controls?|itar|ear99|nda|geheim\w*|vertraulich\w*|"
    r"sekretess\w*|sekretessbelagd\w*)\b",
    re.I,
)
_NOT = re.compile(
    r"\b(?:ikke|ikkje|ingen|inte|not|no|nothing|nei|none|isn't|aren't|nicht|non|verken|hverken|neither)\b", re.I
)
_NO_PATTERN = re.compile(
    r"(?:\b(?:ingen|uten|utan|ikke|ikkje|no|without|not|need a new|trenger ny|treng ny|ny|new)\s+(?:(?:a|any|en|et|har|have|got|casting|støpe)\s*)*"
    r"(?<!3d.)(?:modell|støpemodell|pattern)\w*)",
    re.I,
)
_HAS_PATTERN = re.compile(
    r"\b(?:modellen|støpemodellen|the pattern|our pattern|vår modell|pattern)\s+(?:står|finnes|ligger|er hos|eies|is at|is with|exists|stands)\b",
    re.I,
)
#: «Nothing special» to a question for requirements or anything else.
_NOTHING = re.compile(
    r"^\W*(?:nei|no|none|nope|nothing|ingen|ingenting|inga|standard|normal\w*|vanlig\w*|nej|nein|keine|inget)\b[\w\s,.!]{0,40}$",
    re.I,
)


def size(turn: Turn, requested: bool) -> Reading:
    """Largest dimensions in mm."""
    values = [each for entity in turn.said("dimensions") for each in _list(entity["value"])]
    if values:
        return line("size", " × ".join(f"{each:g}" for each in values) + " mm", "utter_line_size_mm", mm=values)
    others = turn.said("weight", "quantity", "alloy", "date", "week", "tolerance", "wall")
    return _statement("size", turn) if requested and turn.intent != "deny" and not others else None


def _list(value: Any) -> list[float]:
    return [float(each) for each in (value if isinstance(value, list) else [value])]


def wall(turn: Turn, requested: bool) -> Reading:
    """The thinnest wall in mm."""
    named = turn.said("wall") or (turn.said("dimensions") if requested else [])
    for entity in named:
        thickness = min(_list(entity.get("low") or entity["value"]))
        return line("wall", thickness)
    if requested and turn.said("number"):
        return line("wall", float(turn.said("number")[0]["value"]))
    return None


def yearly(turn: Turn, requested: bool) -> Reading:
    """Pieces a year, beside those of one batch."""
    for entity in turn.said("quantity"):
        if entity.get("every") == "year" and not entity.get("bad"):
            return line("yearly", int(entity["value"]))
    batches = re.search(
        r"\b(\d{1,3})\s*(?:ganger|gongar|batches|series|serier|lots|times|x)\s*(?:i |per |pr\.? |a |om )?(?:året|år|year|annum)\b",
        turn.text,
        re.I,
    )
    if batches:
        return line("yearly", int(batches[1]), "utter_line_yearly_batches")
    if requested and turn.said("number"):
        return line("yearly", int(turn.said("number")[0]["value"]))
    return None


def requirements(turn: Turn, requested: bool) -> Reading:
    """Tolerance, machining, tests, certificate, surface: as written; the figures are judged apart."""
    if requested:
        if turn.intent == "deny" or _NOTHING.match(turn.text):
            return line("requirements", "none", "utter_line_requirements_none")
        text = free_text(turn)
        talk = _says_nothing(turn) and not turn.said(*_REQUIRED)
        if talk or asks_something(turn) or not text:
            return None
        return line("requirements", text, tolerance=_tolerance(turn), grade=_grade(turn))
    found = turn.said(*_REQUIRED)
    if not found and _grade(turn) is None:
        return None
    words = [turn.text[entity["start"] : entity["end"]] for entity in found] or [f"DCTG {_grade(turn)}"]
    return line("requirements", ", ".join(words), tolerance=_tolerance(turn), grade=_grade(turn))


def _tolerance(turn: Turn) -> float | None:
    """The narrowest plus or minus, mm."""
    return min((float(entity["value"]) for entity in turn.said("tolerance")), default=None)


def _grade(turn: Turn) -> int | None:
    found = re.search(r"\b(?:D?CTG?|GCTG)\s*-?\s*(\d{1,2})\b", turn.text, re.I)
    return int(found[1]) if found else None


def pattern(turn: Turn, requested: bool) -> Reading:
    """Whether a pattern stands somewhere, whose and in which condition."""
    said = re.sub(r"3d[- ]?\w+", "", turn.text, flags=re.I)
    if (requested and turn.intent == "deny") or _NO_PATTERN.search(said):
        return line("pattern", "none", "utter_line_pattern_none")
    if not requested:
        return line("pattern", free_text(turn)) if _HAS_PATTERN.search(said) else None
    if turn.intent == "affirm" and len(turn.text.split()) <= 3:
        return line("pattern", "exists", "utter_line_pattern_exists")
    return _statement("pattern", turn)


def application(turn: Turn, requested: bool) -> Reading:
    """What the part is for; the environment decides what is legal and which alloy holds."""
    codes = [entity["value"] for entity in turn.said("application") if entity["value"] in ENVIRONMENTS]
    if requested:
        if turn.intent == "deny":
            return line("application", "none", "utter_line_application_none")
        reading = _statement("application", turn)
        return reading | {"codes": codes} if isinstance(reading, dict) else reading
    if codes:
        return line(
            "application",
            ", ".join(codes),
            "utter_line_application_codes",
            codes=codes,
            terms=[f"application.{code}" for code in codes],
        )
    return None


def notes(turn: Turn, requested: bool) -> Reading:
    """Whatever else sales should know: place and terms, packing, currency, by when an answer is needed."""
    if not requested:
        return None
    if turn.intent == "deny" or _NOTHING.match(turn.text):
        return line("notes", "none", "utter_line_notes_none")
    return _statement("notes", turn)


def confidential(turn: Turn, requested: bool) -> Reading:
    """Whether drawings may lie in a chat at all."""
    found = _SECRET.search(turn.text)
    if found:
        secret = not _NOT.search(turn.text[: found.start()])
        if "?" in turn.text and not requested:
            return None
        return _secrecy(secret)
    if requested and turn.intent in ("affirm", "deny") and not turn.said("dont_know"):
        return _secrecy(turn.intent == "affirm")
    return None


def _secrecy(secret: bool) -> dict[str, object]:
    word = "affirm" if secret else "deny"
    return line("confidential", word, f"utter_line_confidential_{word}")


def _says_nothing(turn: Turn) -> bool:
    """A bare word, figures that belong to other questions, or noises: «ja», «90 kg», «hmm»."""
    bare = turn.intent in ("affirm", "thanks", "goodbye") and len(turn.text.split()) <= 3
    noise = turn.intent == "nlu_fallback" and not re.search(r"[^\W\d_]{4}", turn.text)
    return bare or noise or turn.angry or only_values(turn) or _of_another(turn)


def _of_another(turn: Turn) -> bool:
    """«600 x 400 mm, wall 6 mm»: figures of other questions with one word beside them."""
    figures = turn.said("weight", "quantity", "dimensions", "wall")
    rest = "".join(
        " " if any(e["start"] <= at < e["end"] for e in figures) else sign for at, sign in enumerate(turn.text)
    )
    return bool(figures) and len(re.findall(r"[^\W\d_]{3,}", rest)) <= 1


def _statement(question: str, turn: Turn) -> Reading:
    if _says_nothing(turn) or turn.intent in ("greet", "stop_task", "explain") or asks_something(turn):
        return None
    text = free_text(turn)
    return line(question, text) if text else None
