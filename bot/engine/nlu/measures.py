"""Measures, dates and codes of a message: one entry point over the extractors, from the most to the least specific."""

import datetime as dt
from collections.abc import Iterable
from typing import Any

from bot.engine.nlu.amounts import find_amounts
from bot.engine.nlu.clock_times import find_clock_times
from bot.engine.nlu.codes import find_codes
from bot.engine.nlu.contact_details import find_contact_details
from bot.engine.nlu.dates import find_dates, find_unread_dates
from bot.engine.nlu.reading import SILENT, Reading, composed
from bot.engine.nlu.sizes import find_sizes
from bot.engine.nlu.small_words import find_small_words
from bot.engine.nlu.weeks import find_weeks

#: What an earlier group understood is covered for the later ones; inside a group the longest wins.
_GROUPS = (
    (find_contact_details,),
    (find_codes,),
    (find_small_words,),
    (find_clock_times, find_weeks, find_dates),
    (find_unread_dates,),
    (find_sizes,),
    (find_amounts,),
)


def find_measures(
    text: str, today: dt.date, language: str | None, taken: Iterable[tuple[int, int]] = ()
) -> list[dict[str, Any]]:
    """Entities as ``docs/architecture.md`` lists them, in reading order and without overlaps.

    ``taken`` are spans that belong to somebody else (alloys). ``language`` is the conversation's (``nb``, ``en``,
    ``en-US``, ``sv``, ``da``, ``de`` ...) and decides what 1.500 and 03/04/2027 mean; None asks about both.
    """
    plain, offsets = composed(text)
    reading = Reading(plain, today, language)
    reading.cover(taken if offsets is None else _moved(taken, offsets))
    for group in _GROUPS:
        reading.take(found for find in group for found in find(reading))
    results = []
    last = 0
    for found in sorted(reading.found, key=lambda each: each.start):
        start, end = (found.start, found.end) if offsets is None else (offsets[found.start], offsets[found.end])
        if found.entity != SILENT and last <= start < end:
            results.append({"entity": found.entity, "value": found.value, "start": start, "end": end, **found.extras})
            last = end
    return results


def _moved(spans: Iterable[tuple[int, int]], offsets: list[int]) -> list[tuple[int, int]]:
    """Spans of the text as given, in the offsets of its composed form."""
    places: dict[int, int] = {}
    for at, offset in enumerate(offsets):
        places.setdefault(offset, at)
    known = sorted(places)
    return [
        (
            places[max((each for each in known if each <= start), default=0)],
            places[min((each for each in known if each >= end), default=known[-1])],
        )
        for start, end in spans
    ]
