"""Price breaks: several numbers of pieces, each to be priced by itself: «50/100/250 stk», «pris ved 50, 100 og 250»."""

import functools
import itertools
import re

from actions.form.words import closes, pattern, word_set

_ONE = r"[0-9]{1,3}(?:[ .][0-9]{3})(?![0-9])|[0-9]{1,6}"
_JOINT = re.compile(r" ?(?:/|\||;|,(?=\s)) ?| ?(?P<word>[^\W\d_]+|&|\+) ?")
_NUMBER = re.compile(rf"(?<![\w.,/-])(?:{_ONE})")
_NEXT = re.compile(rf"(?:{_ONE})(?![\w]|[.,/-][0-9])")
_UNIT = re.compile(r" ?(?P<unit>[^\W\d_]+)\.?")


def price_breaks(text: str) -> list[int]:
    """The numbers, the smallest first; empty where no numbers stand side by side that only count pieces."""
    found = _breaks(text)
    return found[0] if found else []


def breaks_span(text: str) -> tuple[int, int] | None:
    """Where the numbers stand."""
    found = _breaks(text)
    return found[1] if found else None


@functools.lru_cache(maxsize=256)
def _breaks(text: str) -> tuple[list[int], tuple[int, int]] | None:
    for first in _NUMBER.finditer(text):
        values, end = [_value(first[0])], first.end()
        unit = _pieces(text, end)
        end = unit or end
        counted = bool(unit)
        while joint := _JOINT.match(text, end):
            if joint["word"] and joint["word"] not in "&+" and joint["word"].casefold() not in word_set("joined_by"):
                break
            number = _NEXT.match(text, joint.end())
            if number is None:
                break
            values.append(_value(number[0]))
            end = number.end()
            if unit := _pieces(text, end):
                counted, end = True, unit
        counted = counted or closes(text[: first.start()], "prices_at")
        rising = all(one < other for one, other in itertools.pairwise(values))
        others = pattern("unit_words").match(text[end:].lstrip()) and not counted
        if len(values) > 1 and counted and rising and not others:
            slashes = "/" in text[first.start() : end]
            if slashes or len(values) > 2 or pattern("as_alternatives", "prices_at").search(text[: first.start()]):
                return values, (first.start(), end)
    return None


def _value(written: str) -> int:
    return int(re.sub(r"[ .]", "", written))


def _pieces(text: str, at: int) -> int:
    """Where a unit of pieces ends that stands behind a number; 0 where none does."""
    unit = _UNIT.match(text, at)
    return unit.end() if unit and unit["unit"].casefold() in word_set("counted") - word_set("no_break_unit") else 0
