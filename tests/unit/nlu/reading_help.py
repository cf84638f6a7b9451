"""What the tests of the extractors share: the day they happen on, and a short way to say what was found."""

import datetime as dt
from typing import Any

from bot.engine.nlu.measures import find_measures

#: Monday of ISO week 9; Easter 2027 is on 28 March.
TODAY = dt.date(2027, 3, 1)


def found(text: str, language: str | None = "nb", today: dt.date = TODAY) -> list[dict[str, Any]]:
    return find_measures(text, today, language)


def pairs(text: str, language: str | None = "nb", today: dt.date = TODAY) -> list[tuple[str, Any]]:
    """Entity and value of everything found, in reading order."""
    return [(entity["entity"], entity["value"]) for entity in found(text, language, today)]


def only(text: str, language: str | None = "nb", today: dt.date = TODAY) -> dict[str, Any]:
    """The single entity of a message, without its span."""
    (entity,) = found(text, language, today)
    return {name: value for name, value in entity.items() if name not in ("start", "end")}
