"""What each number of a message is: pieces, weight, pressure, length, duration, money, or just a number."""

import datetime as dt
import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bot.common.words import either, spelt, topic, whole, word_lists, word_set
from bot.engine.nlu.number_words import ARTICLE, FIRM, WEAK
from bot.engine.nlu.numbers import Number, find_numbers
from bot.engine.nlu.reading import SILENT, Found, Reading, word_tables
from bot.engine.nlu.units import Unit, counts_others, counts_parts, is_single, unit_after

#: More pieces or kilograms than this is a slip of the finger: the plant makes about 140 t a year.
MOST_PIECES = 100_000
MOST_KG = 1_000_000
#: MPa above this is a strength and not a pressure.
MOST_MPA = 10.0

_PIECES = word_tables()["pieces"]
_ABOUT = rf"(?:(?:{topic('amounts.about')}|:|=)[ .]{{1,2}}){{0,3}}"
_QUANTITY_LEAD = re.compile(rf"(?<!\w)(?:{either(_PIECES['verbs'])})[ :=]{{1,2}}{_ABOUT}(?:~ ?|ca\.? ?)?$")
_WEAK_LEAD = re.compile(rf"(?<!\w)(?:{either(_PIECES['weak_verbs'])})[ :=]{{1,2}}{_ABOUT}(?:~ ?|ca\.? ?)?$")
_OPEN_END = re.compile(rf" ?(?:$|[.,;!?\n\x00]|(?:{topic('amounts.open_end')}|à|á)(?!\w))")
_THINGS_LEAD = re.compile(rf"(?<!\w)(?:{either(_PIECES['before_things'])})[ :=]{{1,2}}{_ABOUT}(?:~ ?|ca\.? ?)?$")
_ONLY_LEAD = re.compile(rf"(?<!\w)(?:{either(_PIECES['only'])}) $")
_YEARLY_LEAD = re.compile(
    rf"(?<!\w)(?:{either(_PIECES['yearly'])})(?: {topic('amounts.is_about')}){{0,2}}[ :=]{{1,2}}$"
)
#: A number of its own behind a noun: «RFQ 118», «rev 3», «Pos. 2».
_LABEL = re.compile(rf"(?<!\w)(?:{either(_PIECES['labels'])})(?:[ -]?{topic('amounts.number')})?[.:#]{{0,2}} ?#?$")
_BEGINS = re.compile(rf"(?:^|[.!?:;\n]|(?:^|[.!?\n]){topic('amounts.before_count')}[,!.]?) ?(?P<about>{_ABOUT})$")
_SHARE_OF = re.compile(rf" {topic('grammar.of')} (?:{topic('amounts.of_the')} )?(?P<what>[a-zæøåäöüß]{{2,30}})")
_BESIDE = re.compile(rf"(?<!\w)(?:{either(_PIECES['beside'])}) (?:{_ABOUT})$")
_PACE = re.compile(
    rf" (?:{topic('amounts.per_time')} ?(?:(?P<year>{topic('amounts.year')})|(?P<month>{topic('amounts.month')})|"
    rf"(?P<week>{topic('amounts.week')}))|(?P<yearly>{topic('amounts.yearly')}))(?!\w)(?! ?[0-9])|"
    rf"/ ?{topic('amounts.a_year')}(?!\w)"
)
_ROLE = re.compile(
    rf"(?<!\w)(?:{either(_PIECES['change'])}|{topic('amounts.moved')})(?: [a-zæøå0-9\x00]+){{0,3}}? "
    rf"(?:(?P<by>{topic('amounts.by')})|(?P<to>{topic('amounts.to')}))(?: ca\.?| about)? $"
)
_QUANTITY_TAIL = re.compile(rf" (?P<word>{either(_PIECES['after'])})(?!\w)(?! ?[0-9\x00])")
#: Only after a count, so that a small word before it is one: «ti færre», «to flere».
_SURE_TAIL = re.compile(rf" (?:{either(_PIECES['after_count'])})(?!\w)")
_OF_MORE = re.compile(rf" {topic('grammar.of')} (?:the |de |dei |die )?[0-9]{{1,5}}(?![0-9]|[.,][0-9])")
_NEXT_WORDS = re.compile(r"(?: ?x)?[ -](?P<first>[a-zæøåäöüéß-]{2,30})(?: (?P<second>[a-zæøåäöüéß-]{2,30}))?")
_COVERED_NOUN = re.compile(r" \x00+ (?P<noun>[a-zæøåäöüéß-]{2,30})")
_TIMES = re.compile(rf" ?x(?= ?[0-9.,]{{1,7}} ?{topic('amounts.weights')}(?!\w)| ?\x00| [a-zæøåäöü]{{3}}|$| ?p-)")
_CODE_TAIL = re.compile(rf" {topic('grammar.of')} ?(?:{topic('amounts.before_code')} )?\x00")

_PIECE_WORD = topic("amounts.piece")
_PER_AFTER = re.compile(
    rf" ?(?:[x*] ?[0-9]{{1,6}} ?{topic('amounts.pieces')}(?!\w)|"
    rf"(?:[^\s.,;!?/]+ ){{0,2}}?{topic('amounts.per')} ?\.? ?{_PIECE_WORD}(?!\w)|/ ?{_PIECE_WORD}(?!\w)|"
    rf"(?:[^\s.,;!?]+ ){{0,2}}?{topic('amounts.each')}(?!\w)|(?:i |a )?{topic('amounts.a_piece')}(?!\w))"
)
_PER_BEFORE = re.compile(
    rf"(?:(?<!\w)(?:á|à|@|{topic('amounts.each_before')}|"
    rf"{topic('amounts.weight')}? ?{topic('amounts.per')}\.? ?{_PIECE_WORD}|{_PIECE_WORD}\.? a)"
    rf"(?: {topic('amounts.each_is')})*[ :=]{{0,2}}|@ ?|(?<!\w)[áà] ?|(?<![\w.,])[0-9]{{1,6}} ?[x*] ?)$"
)
_TOTAL = spelt("amounts.total")
_TOTAL_BEFORE = re.compile(rf"(?<!\w)(?:{_TOTAL})(?: {topic('amounts.total_is')})*[ :=]{{1,2}}$")
_TOTAL_AFTER = re.compile(rf",? (?:[^\s.,;!?]+ ){{0,2}}?(?:{_TOTAL})(?!\w)")
_KINDS = tuple(
    (kind, re.compile(rf"(?<!\w)(?:{either(words)})(?!\w)"))
    for kind, words in word_lists("amounts")["weight_kinds"].items()
)  # fmt: skip
_KIND_PAIR = re.compile(r" ?,? ?\(?([a-zæøåäöüß-]{2,20}) ?(?:/|og|and|,) ?([a-zæøåäöüß-]{2,20})")
_CLAUSE = re.compile(rf"[.;!?\n]\s|,\s|\n| {topic('amounts.next_clause')} ")

_LONG_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<length>{topic('amounts.length')}|l ?=)|"
    rf"(?P<width>{topic('amounts.width')}|b ?=|w ?=)|"
    rf"(?P<height>{topic('amounts.height')}|h ?=))[ :]{{0,2}}"
    rf"(?:(?:{topic('amounts.side_is')}|:|=) ?){{0,2}}$"
)
_LONG_AFTER = re.compile(
    rf" (?:i |in )?(?:(?P<length>{topic('amounts.long')})|(?P<width>{topic('amounts.wide')})|"
    rf"(?P<height>{topic('amounts.high')}))(?!\w)"
)
_NOT_A_SIZE = re.compile(rf"(?<!\w){topic('amounts.no_size')}(?: (?:{topic('amounts.no_size_is')}|:))?[ :]?$")
_THREAD_AFTER = re.compile(rf" ?{topic('amounts.thread')}")
_HEAT_LEAD = re.compile(rf"(?<!\w){topic('amounts.heat')}(?: {topic('amounts.heat_is')})?(?: ca\.?)? ?$")
_HEAT_AFTER = re.compile(rf" ?{topic('amounts.celsius')}(?!\w)")
_PRESSURE_WORD = re.compile(rf"{topic('amounts.pressure')}|\btett|\btryck")
_PERCENT_OR_ANGLE = {90, 180, 270, 360}

_LEAD_BEFORE = re.compile(
    rf"(?<!\w)(?:(?P<by>{topic('amounts.within')}|(?:{topic('amounts.in_the')} )*{topic('amounts.next')})|"
    rf"(?P<ahead>{topic('amounts.ahead')}))(?: {topic('amounts.about_time')})* ?$"
)
#: After a duration: so far is a date to be moved.
_SHIFT_AFTER = re.compile(
    rf" (?:(?P<earlier>{either(word_tables()['shift']['earlier'])})|(?P<later>{either(word_tables()['shift']['later'])}))(?!\w)"
)
_PAST_AFTER = re.compile(rf" {whole('amounts.past_after')}")
_PAST_BEFORE = re.compile(rf"(?<!\w){topic('amounts.past_before')}(?: {topic('amounts.past_about')})? $")
#: A blank and one letter.
_LETTER = 2
_ALONE_STRIP = " .!?,\n:;()\"'"
_LIST_MARK = re.compile(r"(?:^|\n) *$")
_MONEY_BEFORE = re.compile(rf"(?:(?<!\w)(?P<word>{topic('amounts.currency')}) ?|(?P<sign>[€$£]) ?)$")
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "kr": "NOK", "euro": "EUR"}
_HARDNESS_BEFORE = re.compile(rf"(?<!\w){topic('amounts.hardness')} ?(?:min\.? ?)?$")
_SINGLE = word_set("amounts.english_single")


def find_amounts(reading: Reading) -> Iterator[Found]:
    """One result a number at most: the unit decides, then the words around it."""
    found = [each for number in find_numbers(reading) for each in _read(reading, number)]
    yield from _enumerated(reading, found)


def _read(reading: Reading, number: Number) -> list[Found]:
    if number.listed:
        return _listed(reading, number)
    found = _understand(reading, number)
    return [found] if found is not None else []


def _listed(reading: Reading, number: Number) -> list[Found]:
    """Numbers in one writing: pieces are alternatives, weights those of one part raw and finished, or asked about."""
    unit = unit_after(reading.open, number.end)
    values = [value for _, _, value in number.listed]
    if unit is None and _goes_on(reading.open, number.end):
        return []
    if unit is not None and unit.kind == "mass":
        return _listed_weights(reading, number, unit)
    if unit is None or unit.kind == "piece":
        if number.role:
            return [_with(_pieces(reading, replace(number, listed=()), unit), ask=[int(each) for each in values])]
        if unit is not None or _is_count(reading, number):
            return [
                Found(
                    "quantity", int(value), start, unit.end if unit and at == len(values) - 1 else end, {"listed": True}
                )
                for at, (start, end, value) in enumerate(number.listed)
                if value == int(value) > 0
            ]
        return [Found("number", values[0], number.start, number.end, {"ask": values})]
    if unit.kind == "length":
        return [
            Found(
                "dimensions",
                [round(each * unit.factor, 3) for each in values],
                number.start,
                unit.end,
                {"kind": "size"},
            )
        ]
    low, high = min(values), max(values)
    return _read(reading, replace(number, listed=(), readings=(low,), low=low, high=high))


def _listed_weights(reading: Reading, number: Number, unit: Unit) -> list[Found]:
    """«12,5/9,8 kg raw/finished»: each its weight by the words; without words, or where the raw one were lighter, all are asked about."""
    values = [round(value * unit.factor, 6) for _, _, value in number.listed]
    kinds = _kinds_behind(reading, unit.end)
    whole: dict[str, Any] = {
        "per": _per(reading, number.start, unit.end),
        "kind": _kind(reading, number.start, unit.end),
    }
    if len(kinds) == len(values) == 2:
        weights = dict(zip(kinds, values, strict=True))
        if weights.get("casting", values[0]) > weights.get("finished", 0.0):
            ends = (number.listed[0][1], unit.end)
            return [
                Found("weight", value, start, end, {**whole, "kind": kind})
                for (start, _, _), end, kind, value in zip(number.listed, ends, kinds, values, strict=True)
            ]
        whole["kind"] = None
    return [Found("weight", max(values), number.start, unit.end, {**whole, "ask": values})]


def _kinds_behind(reading: Reading, end: int) -> list[str]:
    """The kinds of weight that words behind a slash name, in their order: «raw/finished»."""
    pair = _KIND_PAIR.match(reading.text, end)
    named = [next((kind for kind, words in _KINDS if words.search(word)), "") for word in pair.groups()] if pair else []
    return named if all(named) else []


def _goes_on(text: str, end: int) -> bool:
    """Whether letters stand right behind a number, which then is part of a code."""
    return text[end : end + 1].isalpha()


def _with(found: Found, **extras: Any) -> Found:
    """The same with more said about it."""
    return replace(found, extras={**found.extras, **extras})


_ENUMERATION = re.compile(rf",? ?(?:,|/|{topic('grammar.and_or')}) ?")


def _enumerated(reading: Reading, found: list[Found]) -> list[Found]:
    """«10, 50 and 100 pcs»: numbers beside a quantity in an enumeration are quantities too, each of its own price."""
    for order in (range(len(found) - 2, -1, -1), range(1, len(found))):
        for at in order:
            beside = found[at + 1] if order.step < 0 else found[at - 1]
            first, second = (found[at], beside) if order.step < 0 else (beside, found[at])
            bare = found[at].entity == "number" and not found[at].extras and found[at].value == int(found[at].value) > 0
            if not (
                bare and beside.entity == "quantity" and _ENUMERATION.fullmatch(reading.open, first.end, second.start)
            ):
                continue
            if order.step > 0 or _begins_list(reading.open, found[at].start):
                found[at] = Found("quantity", int(found[at].value), found[at].start, found[at].end)
    for at, (first, second) in enumerate(itertools.pairwise(list(found))):
        alike = first.entity == second.entity == "quantity" and not {"role", "every", "bad"} & {
            *first.extras,
            *second.extras,
        }
        if alike and _ENUMERATION.fullmatch(reading.open, first.end, second.start):
            found[at : at + 2] = _with(found[at], listed=True), _with(second, listed=True)
    return found


_ROW_BEFORE = re.compile(rf"(?<![\w.,/-])[0-9]{{1,5}}(?:, ?[0-9]{{1,5}}){{0,4}},? {topic('grammar.and_or')} $")
_LIST_LEAD = re.compile(
    rf"(?:^|[.,;:!?\n(/]|(?<!\w)(?:"
    rf"{either([*_PIECES['verbs'], *_PIECES['weak_verbs'], *_PIECES['before_things']])}|"
    rf"{topic('amounts.list_lead')})) ?$"
)


def _begins_list(text: str, start: int) -> bool:
    """Whether a number may be the first of an enumeration: behind any other noun it is the number of that («RFQ 118, 40 pcs»)."""
    led = start == 0 or _LIST_LEAD.search(text, max(0, start - 40), start)
    return bool(led) and not _LABEL.search(text, max(0, start - 30), start)


def _understand(reading: Reading, number: Number) -> Found | None:
    text = reading.open
    unit = unit_after(text, number.end)
    if unit is None and text[number.end : number.end + 1].isalpha() and not text.startswith("x", number.end):
        return None
    money = _MONEY_BEFORE.search(text, max(0, number.start - 6), number.start)
    if money or (unit and unit.kind == "money"):
        word = (money["word"] or money["sign"]).rstrip(".") if money else ""
        currency = _SIGNS.get(word, word.upper()) if money else unit.name if unit else ""
        return Found(
            "money",
            number.value,
            money.start() if money else number.start,
            unit.end if unit and not money else number.end,
            {"currency": currency},
        )
    if (
        unit is None
        or _other_language(text, number, unit)
        or (len(text[number.end : unit.end]) <= _LETTER and _PACE.match(text, number.end))
    ):
        # «50 a year» are no amperes.
        return _without_unit(reading, number)
    if number.strength == ARTICLE and unit.kind not in ("mass", "piece", "duration", "working_day"):
        return None
    return _KIND[unit.kind](reading, number, unit)


def _other_language(text: str, number: Number, unit: Unit) -> bool:
    """English «to pieces», «to week» is no two; Norwegian «en del» and «a piece» count nothing."""
    word = text[number.start : number.end]
    follower = text[number.end : unit.end].strip(" -")
    return (word == "to" and follower in _SINGLE) or (word in ("a", "an") and unit.kind == "piece")


def _extent(number: Number, factor: float) -> dict[str, Any]:
    extras: dict[str, Any] = {}
    if number.low is not None and number.high is not None:
        extras |= {"low": number.low * factor, "high": number.high * factor}
    return extras


def _pieces(reading: Reading, number: Number, unit: Unit | None) -> Found:
    """Whole pieces; unclear readings that are no whole number are dropped, an impossible figure is marked bad."""
    end = unit.end if unit else number.end
    value = number.value
    extras: dict[str, Any] = {key: int(each) for key, each in _extent(number, 1).items() if each == int(each)}
    whole = [int(each) for each in number.readings if each == int(each)]
    if len(number.readings) > 1 and whole:
        value = whole[0]
        english_thousands = "," in reading.text[number.start : number.end] and reading.language == "en"
        if not english_thousands:
            extras["ask"] = whole
    if number.vague:
        extras["ask"] = {2: [2, 3], 3: [3, 4, 5], 5: [4, 5, 6]}[int(number.value)]
    changed = _ROLE.search(reading.open, max(0, number.start - 48), number.start)
    pace = _pace(reading, end)
    if pace:
        extras["every"] = "year" if pace.lastgroup in (None, "yearly") else pace.lastgroup
    elif _YEARLY_LEAD.search(reading.open, max(0, number.start - 40), number.start):
        extras["every"] = "year"
    if number.role or changed:
        extras["role"] = number.role or (changed.lastgroup if changed else None)
    bad = (
        "negative"
        if value < 0
        else "zero"
        if value == 0
        else "fraction"
        if value != int(value)
        else "absurd"
        if value > MOST_PIECES
        else None
    )
    if bad:
        extras["bad"] = bad
    return Found("quantity", value if bad == "fraction" else int(value), number.start, end, extras)


def _pace(reading: Reading, end: int) -> re.Match[str] | None:
    """How often so many are wanted, behind the number or behind its noun: «50-60 lagerbukker i året»."""
    noun = _NEXT_WORDS.match(reading.open, end)
    ends = [end, *([noun.end("first"), noun.end("second")] if noun else [])]
    paces = (found for each in ends if each >= 0 and (found := _PACE.match(reading.open, each)))
    # «A month ago» was once.
    return next((found for found in paces if not _PAST_AFTER.match(reading.open, found.end())), None)


def _piece(reading: Reading, number: Number, unit: Unit) -> Found | None:
    word = reading.open[number.end : unit.end].strip(" -")
    if number.value == 1 and not number.plain and _AS_ONE.search(reading.open, max(0, number.start - 8), number.start):
        return None
    if word == "st" and reading.language == "en" and number.plain and number.end + 2 == unit.end:
        return None
    return _pieces(reading, number, unit)


def _weight(reading: Reading, number: Number, unit: Unit) -> Found | None:
    if number.vague and number.value > 2:
        return None
    factor = unit.factor
    readings = [round(each * factor, 6) for each in number.readings]
    extras: dict[str, Any] = {
        "per": _per(reading, number.start, unit.end),
        "kind": _kind(reading, number.start, unit.end),
    }
    extras |= {key: round(each, 6) for key, each in _extent(number, factor).items()}
    value = extras.get("high", readings[0])
    word = reading.open[number.end : unit.end].strip(" -")
    if len(readings) > 1:
        extras["ask"] = readings
    elif word in ("pound", "pounds"):
        extras["ask"] = [round(readings[0], 2)]
    if factor == 0.45359237:
        value, extras["unit"] = round(value, 2), "lb"
    bad = "negative" if value < 0 else "zero" if value == 0 else "absurd" if value > MOST_KG else None
    if bad:
        extras["bad"] = bad
    return Found("weight", float(value), number.start, unit.end, extras)


def _per(reading: Reading, start: int, end: int) -> str | None:
    text = reading.text
    before = max(0, start - 40)
    if _PER_BEFORE.search(text, before, start) or _PER_AFTER.match(text, end, end + 40):
        return "piece"
    if _TOTAL_BEFORE.search(text, before, start) or _TOTAL_AFTER.match(text, end, end + 40):
        return "total"
    return None


def _kind(reading: Reading, start: int, end: int) -> str | None:
    """Casting, poured or finished weight: the word nearest to the figure in its clause."""
    text = reading.text
    left, right = max(0, start - 40), min(len(text), end + 30)
    for cut in _CLAUSE.finditer(text, left, start):
        left = cut.end()
    cut_after = _CLAUSE.search(text, end, right)
    right = cut_after.start() if cut_after else right
    nearest: list[tuple[int, str]] = []
    for kind, pattern in _KINDS:
        nearest += [(start - match.end(), kind) for match in pattern.finditer(text, left, start)]
        nearest += [(match.start() - end, kind) for match in pattern.finditer(text, end, right)]
    return min(nearest)[1] if nearest else None


def _length(reading: Reading, number: Number, unit: Unit) -> Found:
    text, start, end = reading.open, number.start, unit.end
    inch = unit.factor in (25.4, 304.8)
    value = round(number.value * unit.factor, 1 if inch else 3)
    if _NOT_A_SIZE.search(text, max(0, start - 30), start) or (inch and _THREAD_AFTER.match(text, end)):
        return Found("number", number.value, start, end, {"unit": "inch" if inch else text[number.end : end].strip()})
    match = _LONG_BEFORE.search(text, max(0, start - 20), start) or _LONG_AFTER.match(text, end)
    extras: dict[str, Any] = {"kind": match.lastgroup if match else "size"}
    if inch:
        extras |= {"unit": "inch", "ask": [[value]]}
    return Found("dimensions", [value], start, end, extras)


def _bar(reading: Reading, number: Number, unit: Unit) -> Found:
    extras = {key: round(each, 3) for key, each in _extent(number, unit.factor).items()}
    return Found("pressure", round(number.value * unit.factor, 3), number.start, unit.end, extras)


def _stress(reading: Reading, number: Number, unit: Unit) -> Found:
    """MPa is a pressure when it is small, or when the message speaks of pressure; else a strength."""
    near = reading.text[max(0, number.start - 40) : unit.end + 30]
    written_mpa = "mpa" in reading.open[number.end : unit.end] or "megapascal" in reading.open[number.end : unit.end]
    if written_mpa and (number.value <= MOST_MPA or (number.value <= 100 and _PRESSURE_WORD.search(near))):
        return Found("pressure", round(number.value * 10, 3), number.start, unit.end)
    return _number(reading, number, unit)


def _number(reading: Reading, number: Number, unit: Unit | None) -> Found:
    extras: dict[str, Any] = {"unit": unit.name} if unit else {}
    if len(number.readings) > 1:
        extras["ask"] = list(number.readings)
    return Found("number", number.value, number.start, unit.end if unit else number.end, extras | _extent(number, 1))


def _celsius(reading: Reading, number: Number, unit: Unit) -> Found:
    return Found("temperature", number.value, number.start, unit.end)


def _degrees(reading: Reading, number: Number, unit: Unit) -> Found:
    """«400 grader» is a temperature, «45 grader» an angle, unless a word before it says heat."""
    further = _HEAT_AFTER.match(reading.open, unit.end)
    led = _HEAT_LEAD.search(reading.open, max(0, number.start - 24), number.start)
    if further or led or (number.value > 100 and number.value not in _PERCENT_OR_ANGLE):
        return Found("temperature", number.value, number.start, further.end() if further else unit.end)
    return _number(reading, number, unit)


def _silent(reading: Reading, number: Number, unit: Unit) -> Found:
    return Found(SILENT, None, number.start, unit.end)


def _other(reading: Reading, number: Number, unit: Unit) -> Found:
    return _silent(reading, number, unit) if number.strength != FIRM else _number(reading, number, unit)


def _lead(reading: Reading, number: Number, unit: Unit) -> Found | None:
    """Days from today; months and working days are counted in the calendar. What lies behind us is no lead time."""
    text = reading.open
    shift = _SHIFT_AFTER.match(text, unit.end)
    if shift and 0 < number.value < 3650 and not number.vague:
        way = "earlier" if shift["earlier"] else "later"
        return Found("shift", _days(reading.today, number.value, unit), number.start, shift.end(), {"way": way})
    match = _LEAD_BEFORE.search(text, max(0, number.start - 24), number.start)
    past = _PAST_AFTER.match(text, unit.end) or (
        not match and _PAST_BEFORE.search(text, max(0, number.start - 24), number.start)
    )
    if past or number.value < 0 or number.value > 3650:
        return _silent(reading, number, unit)
    if (number.strength == ARTICLE and not match and unit.factor != 14) or (number.vague and number.value > 2):
        return None
    ends = [
        _days(reading.today, each, unit)
        for each in (
            (number.low, number.high) if number.low is not None and number.high is not None else (number.value,)
        )
    ]
    extras: dict[str, Any] = {"low": ends[0], "high": ends[1]} if len(ends) == 2 else {}
    if match and match["by"]:
        extras["meaning"] = "by"
    if unit.kind == "working_day":
        extras["working_days"] = int(number.value)
    return Found("lead", ends[-1], number.start, unit.end, extras)


def _days(today: dt.date, count: float, unit: Unit) -> int:
    if unit.kind == "working_day":
        day, left = today, int(count)
        while left > 0:
            day += dt.timedelta(days=1)
            left -= day.weekday() < 5
        return (day - today).days
    if unit.factor == 30 and count == int(count):
        month = today.month - 1 + int(count)
        year, month = today.year + month // 12, month % 12 + 1
        following = dt.date(year + month // 12, month % 12 + 1, 1) - dt.timedelta(days=1)
        return (dt.date(year, month, min(today.day, following.day)) - today).days
    return round(count * unit.factor)


_KIND: dict[str, Callable[[Reading, Number, Unit], Found | None]] = {
    "piece": _piece, "mass": _weight, "length": _length, "bar": _bar, "stress": _stress, "duration": _lead, "working_day": _lead, "clock": _silent,
    "percent": _number, "hardness": _number, "celsius": _celsius, "degrees": _degrees, "other_units": _other,
}  # fmt: skip


def _names_parts(reading: Reading, number: Number) -> bool:
    """Whether the next word or the one after names parts: «40 pumpehus», «25 bronze bushings», «40 RG5 housings»."""
    match = _NEXT_WORDS.match(reading.open, number.end)
    # «A four-bladed propeller», «a three-part pattern»: what hangs on the number says what kind the thing behind is.
    described = match is not None and reading.open[match.start("first") - 1] == "-"
    if match and counts_parts(match["first"]):
        return not _divides(reading, number) and (number.plain or not described)
    second = match["second"] if match and not described else None
    if second and counts_parts(second) and match and not counts_others(match["first"]):
        return match["first"] not in _NO_BRIDGE
    covered = _COVERED_NOUN.match(reading.open, number.end)
    return bool(covered and counts_parts(covered["noun"]))


def _divides(reading: Reading, number: Number) -> bool:
    """«I to deler», «in two halves»: how the thing is divided."""
    return number.value < _MOST_DIVIDED and bool(_DIVIDED.search(reading.open, max(0, number.start - 4), number.start))


def _names_things(reading: Reading, number: Number) -> bool:
    """Whether a noun, whatever it is, stands behind the number, maybe with a word before it: «to nye propella»."""
    match = _NEXT_WORDS.match(reading.open, number.end)
    if match is None or reading.open[match.start("first") - 1] in "-x0123456789" or _divides(reading, number):
        return False
    words = [match["first"], *([match["second"]] if match["second"] else [])]
    if counts_others(words[0]) or len(words[0]) < _SHORTEST_NOUN:
        return False
    # «Two broken teeth» is no count of parts though its first word may be.
    return (
        len(words) == 1
        or not (counts_others(words[1]) and len(words[1]) > _SHORTEST_NOUN)
        or _FUNCTION.fullmatch(words[1]) is not None
    )


def _is_wanted(reading: Reading, number: Number) -> bool:
    """Whether a number with any noun behind it is one of pieces: words of a wish lead to it, or a sentence begins with it."""
    before = max(0, number.start - 60)
    led = any(
        each.search(reading.open, before, number.start) for each in (_QUANTITY_LEAD, _WEAK_LEAD, _THINGS_LEAD, _ROLE)
    )
    if not led and number.strength == FIRM and not number.plain and number.low is None and reading.language:
        # In words a number is hardly anything else, but behind «with», «in» and the like.
        led = not _BESIDE.search(reading.open, before, number.start)
    return led or bool(_BEGINS.search(reading.open, max(0, number.start - 24), number.start))


#: Between a number and a noun of parts these say that it counts kinds of them.
_NO_BRIDGE = word_set("amounts.no_bridge")


#: «In one piece», «i én støp» tell how it is cast, not how many are wanted.
_AS_ONE = re.compile(rf"(?<!\w){topic('amounts.as_one')}(?: a| en| ett?)? $")
#: «Two of us» are people.
_SELVES = word_set("amounts.selves")
#: Of the words for one these are hardly articles.
_ONES = word_set("amounts.ones")
_DIVIDED = re.compile(r"(?<!\w)(?:i|in) $")
_MOST_DIVIDED = 10
_SHORTEST_NOUN = 3
#: «70 of them», «20 av disse» are pieces.
_LONGEST_PRONOUN = 5
_FUNCTION = re.compile(either(_PIECES["function"]))
#: Without a unit a number this large is a code rather than a count.
MOST_UNNAMED = 10_000
#: Longer sentences use «two» and «fire» in other senses.
_SHORT_ANSWER = 5


def _without_unit(reading: Reading, number: Number) -> Found | None:
    text, start, end = reading.open, number.start, number.end
    if _HARDNESS_BEFORE.search(text, max(0, start - 14), start):
        return Found("number", number.value, start, end, {"unit": "HBW"})
    if number.strength == ARTICLE:
        noun, wanted, things = _NEXT_WORDS.match(text, end), _is_wanted(reading, number), _names_things(reading, number)
        only = (
            (things and _ONLY_LEAD.search(text, max(0, start - 24), start))
            or (things and wanted and text[start:end] in _ONES)
            or (wanted and noun is not None and is_single(noun["first"]))
            or (text[start:end] == "one" and _names_parts(reading, number))
        )
        one = only and not _AS_ONE.search(text, max(0, start - 8), start)
        return _pieces(reading, number, None) if one else _alone(reading, number)
    side = _side(reading, number)
    if side is not None:
        return side
    if _is_count(reading, number):
        return _pieces(reading, number, None)
    if number.strength == WEAK:
        return _alone(reading, number)
    if _is_list_mark(reading, number):
        return Found(SILENT, None, start, end)
    in_words = not any(char.isdigit() for char in text[start:end])
    # Split no further than it takes to tell: a long text holds many numbers.
    if in_words and len(text.split(maxsplit=_SHORT_ANSWER)) > _SHORT_ANSWER:
        return None
    return _number(reading, number, None)


def _side(reading: Reading, number: Number) -> Found | None:
    """«200 bred», «length 800»: millimetres, as on a drawing."""
    if number.strength != FIRM or not 5 <= number.value <= 5000:
        return None
    match = _LONG_AFTER.match(reading.open, number.end) or _LONG_BEFORE.search(
        reading.open, max(0, number.start - 20), number.start
    )
    return Found("dimensions", [number.value], number.start, number.end, {"kind": match.lastgroup}) if match else None


def _is_count(reading: Reading, number: Number) -> bool:
    """Whether the words around a number without unit make it a number of pieces."""
    text, start, end = reading.open, number.start, number.end
    label = _LABEL.search(text, max(0, start - 30), start)
    if label and _THINGS_LEAD.search(text, max(0, start - 60), start):
        label = None
    if label and label[0][-1].isspace() and ":" not in label[0]:
        # «Class 150 valve body», «rev 3 housing»
        return False
    if _names_parts(reading, number):
        return not (number.value == 1 and _AS_ONE.search(text, max(0, start - 8), start))
    share = _SHARE_OF.match(text, end)
    if label or (
        share and (share["what"] in _SELVES or (len(share["what"]) > _LONGEST_PRONOUN and counts_others(share["what"])))
    ):
        return False
    if number.strength == WEAK and _SURE_TAIL.match(text, end):
        return True
    begins = _BEGINS.search(text, max(0, start - 24), start)
    # Figures with a noun are much else; words, ranges and «about 35» are hardly.
    loose = not number.plain or number.low is not None or (begins and begins["about"])
    if (
        loose
        and not number.listed
        and number.value < MOST_UNNAMED
        and _names_things(reading, number)
        and _is_wanted(reading, number)
    ):
        return True
    row = _ROW_BEFORE.search(text, max(0, start - 40), start)
    if row and number.value < MOST_UNNAMED and _names_things(reading, number) and _begins_list(text, row.start()):
        return True
    whole = number.value == int(number.value) or len(number.readings) > 1
    year_like = number.plain and 2020 <= number.value <= 2040
    if number.strength != FIRM or not whole or year_like or (number.plain and number.value >= MOST_UNNAMED):
        return False
    before = max(0, start - 48)
    ended = _OPEN_END.match(text, end)
    led = (
        _QUANTITY_LEAD.search(text, before, start)
        or _ROLE.search(text, before, start)
        or _YEARLY_LEAD.search(text, before, start)
        or ((ended or _names_things(reading, number)) and _THINGS_LEAD.search(text, before, start))
        or (ended and _WEAK_LEAD.search(text, before, start))
    )
    tailed = (
        _pace(reading, end)
        or _QUANTITY_TAIL.match(text, end)
        or _OF_MORE.match(text, end)
        or _TIMES.match(text, end)
        or _CODE_TAIL.match(text, end)
    )
    return bool(led or tailed or number.role)


def _alone(reading: Reading, number: Number) -> Found | None:
    """A small word counts as a number when nothing else was said: «to», «et par», «én»."""
    rest = (reading.open[: number.start] + reading.open[number.end :]).strip(_ALONE_STRIP)
    if rest or (reading.language == "en" and reading.open[number.start : number.end] in ("to", "a", "an")):
        return None
    return _pieces(reading, number, None) if number.vague else _number(reading, number, None)


def _is_list_mark(reading: Reading, number: Number) -> bool:
    """«1.» or «2)» at the start of a line of a pasted list."""
    text = reading.open
    marked = text[number.end : number.end + 2] in (". ", ") ")
    return (
        marked
        and number.value < 100
        and "\n" in text
        and bool(_LIST_MARK.search(text, max(0, number.start - 6), number.start))
    )
