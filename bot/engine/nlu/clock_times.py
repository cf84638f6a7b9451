"""Times of day. Nothing is done with them; they must only not be read as numbers: «halv tre», «kl 14.30», «at 2 pm»."""

import re
from collections.abc import Iterator

from bot.engine.nlu.reading import SILENT, Found, Reading

_HOUR_WORD = r"(?:ett|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|drei|vier|fünf|sechs|sieben|acht|neun|zehn|tio|sex|nio|fyra|tolv|zwei)"
_HOUR = rf"(?:[0-2]?[0-9](?:[.:][0-5][0-9])?(?![0-9])|{_HOUR_WORD})"
_TIME = re.compile(
    rf"(?<!\w)(?:(?:kl|klokka|klokken|klockan|um)\.? ?(?:(?:halv|kvart (?:på|over)|fem (?:på|over)|ti (?:på|over)) )?{_HOUR}(?: uhr)?(?!\w)|"
    rf"(?:halv|kvart på|kvart over|half past|quarter (?:past|to)|halb|viertel (?:vor|nach)|fem på|ti på|fem over|ti over) {_HOUR_WORD}(?!\w)(?! ?(?:kg|kilo|tonn|stk|stykk|uker|dager|mm))|"
    rf"[0-2]?[0-9](?:[.:][0-5][0-9])? ?(?:am|pm|a\.m\.|p\.m\.|uhr|o'clock)(?!\w)|"
    rf"(?<![\d.,:/-])[0-2]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?!\w|[.,:]\d))"
)


def find_clock_times(reading: Reading) -> Iterator[Found]:
    """Silent results."""
    for match in _TIME.finditer(reading.open):
        yield Found(SILENT, None, *match.span())
