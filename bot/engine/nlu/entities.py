"""All deterministic extractors over one message, without overlaps: alloys first, then measures, dates and codes."""

import datetime as dt
from collections.abc import Sequence
from typing import Any

from bot.engine.nlu.alloys import find_alloys
from bot.engine.nlu.measures import find_measures
from bot.engine.nlu.words import find_words


def find_entities(
    text: str, today: dt.date, language: str | None, names: Sequence[tuple[int, int]] = ()
) -> list[dict[str, Any]]:
    """Entities of a message as `docs/architecture.md` lists them, in the order they stand.

    ``names`` are spans of people's and firms' names: neither metals nor uses are searched in them.
    """
    nameless = text
    for start, end in names:
        nameless = nameless[:start] + " " * (end - start) + nameless[end:]
    alloys = find_alloys(nameless)
    taken = [(entity["start"], entity["end"]) for entity in alloys]
    measures = find_measures(text, today, language, taken=taken)
    found = alloys + measures + find_words(nameless)
    for entity in found:
        entity["extractor"] = "smelt"
    return sorted(found, key=lambda entity: (entity["start"], entity["end"]))
