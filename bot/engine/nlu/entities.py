"""All deterministic extractors over one message, without overlaps: alloys first, then measures, dates and codes."""

import datetime as dt
from typing import Any

from bot.engine.nlu.alloys import find_alloys
from bot.engine.nlu.measures import find_measures
from bot.engine.nlu.words import find_words


def find_entities(text: str, today: dt.date, language: str | None) -> list[dict[str, Any]]:
    """Entities of a message as `docs/architecture.md` lists them, in the order they stand."""
    alloys = find_alloys(text)
    taken = [(entity["start"], entity["end"]) for entity in alloys]
    measures = find_measures(text, today, language, taken=taken)
    found = alloys + measures + find_words(text)
    for entity in found:
        entity["extractor"] = "smelt"
    return sorted(found, key=lambda entity: (entity["start"], entity["end"]))
