"""Sizes that have a form of their own: 400x300x200 mm, ø40, ±0,2, PN16, «veggtykkelse 5»."""

import re
from collections.abc import Iterator
from typing import Any

from bot.common.words import spelt, topic, whole
from bot.engine.nlu.numbers import readings_of
from bot.engine.nlu.reading import SILENT, Found, Reading

_N = r"(?:[0-9]{1,3}(?: [0-9]{3})(?![0-9])|[0-9]{1,3}\.[0-9]{3}(?![0-9])|[0-9]{1,5}(?:[.,][0-9]{1,3})?)(?![0-9])"
_U = rf'(?: ?(?P<u{{n}}>{topic("sizes.unit")}|"|in(?= ?(?:$|[.,;:!?)\n])))(?![a-zæøå0-9]))?'
_AXIS = rf"(?:{topic('sizes.axis')} ?[=:]? ?)?"
_BY = rf" ?(?:{topic('sizes.by')}|\*) ?"
_SIZE = re.compile(
    rf"(?<![\w.,/-])(?P<axis>{_AXIS})(?P<n1>{_N}){_U.format(n=1)}{_BY}{_AXIS}(?P<n2>{_N}){_U.format(n=2)}(?:{_BY}{_AXIS}(?P<n3>{_N}){_U.format(n=3)})?(?![\w]|[.,][0-9])"
)
_SIZE_CUE = re.compile(rf"(?<!\w){topic('sizes.cue')}[ .:]{{1,2}}(?:{topic('sizes.is')} )?$")
_AXES = re.compile(rf"(?<![\w.])(?P<axis>[lbwh]) ?[=:] ?(?P<n>{_N}){_U.format(n=1)}(?![\w]|[.,][0-9])")
_AXIS_KIND = {"l": "length", "b": "width", "w": "width", "h": "height"}
#: Two bare factors are a size from here on (mm); below it they may be pieces and kilograms.
_SURELY_MM = 50
#: «Toleranse på 300 mm» asks for the tolerance of a length.
WIDEST_TOLERANCE = 10.0
_OTHER_UNIT = re.compile(rf" ?{whole('sizes.no_size')}")
_DIAMETER_WORD = spelt("sizes.diameter")
_DIAMETER = re.compile(
    rf"(?<![a-zæøå])(?:(?:{_DIAMETER_WORD})(?:(?<=[øφ])|(?![a-zæøå]))\.? ?"
    rf"(?:{topic('sizes.diameter_is')} |: ?|= ?)?|d ?= ?)(?P<n>{_N}){_U.format(n=1)}"
    rf"(?: ?[x*] ?(?P<n2>{_N}){_U.format(n=2)})?(?![\w]|[.,][0-9])"
)
_DIAMETER_AFTER = re.compile(
    rf"(?<![\w.,/-])(?P<n>{_N}){_U.format(n=1)} (?:{topic('sizes.in')} )?(?:{_DIAMETER_WORD})(?!\w)"
)
_TOLERANCE = re.compile(
    rf"(?:±|\+ ?/? ?-|(?<!\w)(?:pluss|plus)(?: ?/ ?| eller | or | )?minus) ?(?P<n>{_N})"
    rf"(?P<unit> ?(?:{topic('sizes.tolerance_unit')}|%|°)(?!\w))?"
)
#: «+0.2/-0.1 mm», «+0,2 -0,1»: the wider side is the tolerance, both are told.
_TWO_SIDED = re.compile(
    rf"(?<![\w.,])\+ ?(?P<plus>{_N})(?: ?(?P<unit>mm|um))? ?[/,; ] ?- ?(?P<minus>{_N})(?: ?(?P<last>mm|um)(?!\w))?(?![\w]|[.,][0-9])"
)
_TOLERANCE_NAME = spelt("sizes.tolerance")
_TOLERANCE_WORD = re.compile(
    rf"(?<!\w)(?:{_TOLERANCE_NAME}) (?:{topic('sizes.tolerance_is')} )?(?P<n>{_N}) ?(?P<unit>mm|um|my)(?!\w)"
)
_WALL_WORD = spelt("sizes.wall")
_LINK = rf"(?:(?:{topic('sizes.wall_is')}|:|=)\.? ?){{0,3}}"
_RANGE = rf"(?P<n>{_N})(?: ?(?:-|til|to) ?(?P<n2>{_N}))?"
_WALL = re.compile(
    rf"(?<!\w)(?:{_WALL_WORD})[ :=]{{1,3}}{_LINK}{_RANGE}(?: ?(?P<unit>mm|cm)(?!\w))?"
    rf"(?![\w]|[.,][0-9]| ?(?:{topic('sizes.no_wall')}|%))"
)
_THICK = spelt("sizes.thick")
_WALL_AFTER = re.compile(
    rf"(?<![\w.,/-]){_RANGE} ?(?P<unit>mm|cm)[ -](?:{topic('sizes.thin')} )?(?:{_WALL_WORD}|{_THICK})(?!\w)"
)
_PN = re.compile(r"(?<![\w-])pn ?-?(?P<n>[0-9]{1,3}(?:[.,]5)?)(?!\w)")
_METRE = 1000.0
_TO_MM = {"mm": 1.0, "cm": 10.0, "dm": 100.0} | dict.fromkeys(("m", "meter", "meters", "metre", "metres"), _METRE)
_INCH = 25.4


def find_sizes(reading: Reading) -> Iterator[Found]:
    """``dimensions``, ``wall``, ``tolerance`` and the pressure class PN."""
    text = reading.open
    if not any(char.isdigit() for char in text):
        return
    for match in _SIZE.finditer(text):
        yield from _size(reading, match)
    for match in _AXES.finditer(text):
        side = millimetres(_amount(reading, match["n"]), match["u1"])
        yield Found("dimensions", [side], *match.span(), {"kind": _AXIS_KIND[match["axis"]]})
    for pattern in (_DIAMETER, _DIAMETER_AFTER):
        for match in pattern.finditer(text):
            yield _diameter(reading, match)
    for match in _TOLERANCE.finditer(text):
        unit = (match["unit"] or "mm").strip()
        if unit in _MM_UNITS:
            yield Found("tolerance", _amount(reading, match["n"]) * _MM_UNITS[unit], *match.span())
        else:
            yield Found(SILENT, None, *match.span())
    for match in _TWO_SIDED.finditer(text):
        yield from _two_sided(reading, match)
    for match in _TOLERANCE_WORD.finditer(text):
        millimetre = _amount(reading, match["n"]) * _MM_UNITS[match["unit"]]
        if millimetre <= WIDEST_TOLERANCE:
            yield Found("tolerance", millimetre, match.start("n"), match.end())
    for pattern in (_WALL, _WALL_AFTER):
        for match in pattern.finditer(text):
            yield _wall(reading, match, match.start("n"), match.end())
    for match in _PN.finditer(text):
        yield Found(
            "pressure", _amount(reading, match["n"]), *match.span(), {"class": f"PN{match['n'].replace(',', '.')}"}
        )


def _two_sided(reading: Reading, match: re.Match[str]) -> Iterator[Found]:
    factor = _MM_UNITS[match["last"] or match["unit"] or "mm"]
    plus, minus = (_amount(reading, match[side]) * factor for side in ("plus", "minus"))
    if max(plus, minus) <= WIDEST_TOLERANCE:
        yield Found("tolerance", max(plus, minus), *match.span(), {"plus": plus, "minus": minus})


_MM_UNITS = {"mm": 1.0, "cm": 10.0, "um": 0.001, "my": 0.001}


def _amount(reading: Reading, literal: str) -> float:
    return readings_of(literal, reading.language)[0]


def millimetres(value: float, unit: str | None) -> float:
    """A length in millimetres; inches to a tenth of a millimetre, since nobody writes them finer here."""
    factor = _TO_MM.get(unit or "mm", _INCH)
    return round(value * factor, 1 if factor == _INCH else 3)


def _size(reading: Reading, match: re.Match[str]) -> Iterator[Found]:
    units = [match[f"u{n}"] for n in (1, 2, 3)]
    unit = next((each for each in reversed(units) if each), None)
    text = reading.open
    plain = unit is None and match["n3"] is None
    word = " by " in match[0] or "gange" in match[0] or " mal " in match[0]
    if _OTHER_UNIT.match(text, match.end()) or (unit is None and word):
        return
    cued = match["axis"] or _SIZE_CUE.search(text, max(0, match.start() - 30), match.start())
    if plain and not cued and min(_amount(reading, match[n]) for n in ("n1", "n2")) < _SURELY_MM:
        return
    literals = [match[f"n{n}"] for n in (1, 2, 3) if match[f"n{n}"]]
    sides = [millimetres(_amount(reading, each), units[n] or unit) for n, each in enumerate(literals)]
    round_part = match["axis"].strip(" =:").startswith(("ø", "dia", "d"))
    extras: dict[str, Any] = {"kind": "diameter" if round_part else "size"}
    if unit not in (None, *_TO_MM):
        extras["unit"], extras["ask"] = "inch", [sides]
    yield Found("dimensions", sides, *match.span(), extras)


def _diameter(reading: Reading, match: re.Match[str]) -> Found:
    groups = match.groupdict()
    values = [millimetres(_amount(reading, match["n"]), match["u1"] or groups.get("u2"))]
    if groups.get("n2"):
        values.append(millimetres(_amount(reading, groups["n2"]), groups.get("u2") or match["u1"]))
    return Found("dimensions", values, *match.span(), {"kind": "diameter"})


def _wall(reading: Reading, match: re.Match[str], start: int, end: int) -> Found:
    """The thinner end of a range counts: it decides whether the wall can be cast."""
    factor = _MM_UNITS[match["unit"] or "mm"]
    low = _amount(reading, match["n"]) * factor
    if not match["n2"]:
        return Found("wall", low, start, end)
    return Found("wall", low, start, end, {"low": low, "high": _amount(reading, match["n2"]) * factor})
