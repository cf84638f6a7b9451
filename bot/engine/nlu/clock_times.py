"""Times of day. Nothing is done with them; they must only not be read as numbers: «halv tre», «kl 14.30», «at 2 pm»."""

import re
from collections.abc import Iterator

from bot.common.words import topic
from bot.engine.nlu.reading import SILENT, Found, Reading

_HOUR_WORD = topic("clock_times.hours")
_HOUR = rf"(?:[0-2]?[0-9](?:[.:][0-5][0-9])?(?![0-9])|{_HOUR_WORD})"
_TIME = re.compile(
    rf"(?<!\w)(?:{topic('clock_times.clock')}\.? ?(?:{topic('clock_times.clock_parts')} )?{_HOUR}(?: uhr)?(?!\w)|"
    rf"{topic('clock_times.parts')} {_HOUR_WORD}(?!\w)(?! ?{topic('clock_times.amounts')})|[0-2]?[0-9]"
    rf"(?:[.:][0-5][0-9])? ?{topic('clock_times.marks')}(?!\w)|(?<![\d.,:/-])[0-2]?[0-9]:[0-5][0-9]"
    rf"(?::[0-5][0-9])?(?!\w|[.,:]\d))"
)


def find_clock_times(reading: Reading) -> Iterator[Found]:
    """Silent results."""
    for match in _TIME.finditer(reading.open):
        yield Found(SILENT, None, *match.span())
