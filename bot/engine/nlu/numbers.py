"""Every number of a message, in digits or words, with its readings: decimal comma and dot, thousands, ranges, fractions.

``1.500`` is 1 500 to a Norwegian, Dane or German and unclear in English; ``12,750`` is unclear everywhere.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from bot.common.words import either, topic, whole, word_set
from bot.engine.nlu.number_words import ARTICLE, FIRM, WEAK, WORD, Spoken, find_spoken, multiplier
from bot.engine.nlu.reading import Reading, word_tables

LARGEST = 1e15
_FRACTIONS = {"½": 0.5, "¼": 0.25, "¾": 0.75, "⅛": 0.125, "⅜": 0.375, "⅝": 0.625, "⅞": 0.875, "⅓": 1 / 3, "⅔": 2 / 3}
#: A fraction as somebody writes it: a half, two thirds, seven sixteenths of an inch. «12/15» and «60/80» are two numbers.
_PROPER = r"(?:1/[2348]|1/16|2/3|3/[48]|3/16|[57]/8|[579]/16|1[135]/16)"
_WHOLE_UNIT = rf'(?=\ ?(?:{whole("numbers.fraction_unit")}|"))'
DIGITS = re.compile(
    rf"""(?<![a-zæøåäöüß0-9_])(?<![0-9][.,/^])(?<![a-zæøåäöü]-)
    (?:(?P<mixed>(?:[0-9]{{1,3}}[\ -])?{_PROPER}){_WHOLE_UNIT}
     |(?P<digits>[0-9]{{1,3}}(?:[\ '][0-9]{{3}}(?![0-9]))+(?:[.,][0-9]{{1,3}}(?![0-9]))?
      |[0-9]{{1,3}}(?:\.[0-9]{{3}}(?![0-9]))+(?:,[0-9]+)?
      |[0-9]{{1,3}}(?:,[0-9]{{3}}(?![0-9]))+(?:\.[0-9]+)?
      |[0-9]+(?:[.,][0-9]+)?)
      (?:\ ?(?P<power>(?:\*\*|\^)[0-9]{{1,2}}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{{1,2}}|e[0-9]{{1,2}})(?!\w)|(?P<kilo>k)(?![\w/]))?
      (?:\ ?(?P<vulgar>[½¼¾⅛⅜⅝⅞⅓⅔]))?
     |(?P<only>[½¼¾⅛⅜⅝⅞⅓⅔]))(?![0-9]|[.,/:][0-9])""",
    re.VERBOSE,
)
#: Numbers that share the unit behind the last of them: «60/80 stk», «12,5/9,8 kg», «100,200,300 pcs».
_CHAIN = re.compile(
    r"(?<![\w.,/:-])[0-9]{1,6}(?:(?:[.,][0-9]{1,2})?(?:/[0-9]{1,6}(?:[.,][0-9]{1,2})?){1,5}|(?:,[0-9]{1,5}){2,6})(?![\w/:]|[.,-][0-9])"
)
_SHORT_LINK = re.compile(r",(?:[0-9]{1,2}|[0-9]{4,})(?![0-9])")
_FRACTION = re.compile(rf"{_PROPER}{_WHOLE_UNIT}")
_LINK = re.compile(r"[0-9]+(?:[.,][0-9]+)?")
_COMMA_LINK = re.compile(r"[0-9]+")
#: «Forty (40)» says a number twice.
_AGAIN = re.compile(r" ?\((?P<n>[0-9]{1,6})\)")
_SUPER = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_GROUPED = re.compile(r"[0-9]{1,3}(?:[ '][0-9]{3})+(?:[.,][0-9]+)?")
_MINUS = re.compile(r"(?:(?<!\S)(?:minus |-)|(?<=[(:])-)$")
_HALF_WORD = re.compile(
    rf"(?<!\w)(?:{topic('numbers.a_half')} )?(?:{either(word_tables()['halves'])})(?: {topic('numbers.half_a')})?"
    rf"(?!\w)"
)
_BETWEEN = re.compile(rf" ?(?:-|{topic('numbers.to_or')}|/) ?")
#: «12, 24 or 36» are three numbers, where «24 or 36» alone is about as many.
_ORS = word_set("numbers.or")
_COMMA = re.compile(r" ?, ?")
_BETWEEN_AND = re.compile(rf" {topic('grammar.and')} ")
_BETWEEN_LEAD = re.compile(rf"(?<!\w){topic('grammar.between')} (?:ca\.? )?$")
_FROM = re.compile(rf"(?<!\w){topic('grammar.from')} (?:ca\.? )?$")
_CHANGE = re.compile(rf"(?<!\w)(?:{either(word_tables()['pieces']['change'])})(?!\w)")


_NOT_ENGLISH = frozenset(word_tables()["not_english"])
_ENGLISH_TO = re.compile(rf"(?<!\w)(?:{either(word_tables()['before_english_to'])}) $")


@dataclass(frozen=True, slots=True)
class Number:
    """One number. ``readings`` holds more than one value when the writing is unclear, the likeliest first.

    ``strength``: FIRM, WEAK (also another word) or ARTICLE. ``plain``: whole and written in digits.
    ``role``: ``from``/``to`` in «øk fra 40 til 60», which is no range.
    """

    start: int
    end: int
    readings: tuple[float, ...]
    strength: int = FIRM
    vague: bool = False
    low: float | None = None
    high: float | None = None
    plain: bool = False
    role: str | None = None
    #: Several numbers in one writing («60/80», «100,200,300»), each with its place; ``readings`` holds the first.
    listed: tuple[tuple[int, int, float], ...] = ()

    @property
    def value(self) -> float:
        """The likeliest value; of a range the upper end, which is what capacity has to bear."""
        return self.readings[0] if self.high is None else self.high


def readings_of(literal: str, language: str) -> tuple[float, ...]:
    """The values a digit string can stand for, likeliest first. ``language`` is two letters or empty."""
    compact = re.sub(r"[ ']", "", literal)
    if len(compact) > 15:
        return (LARGEST,)
    dots, commas = compact.count("."), compact.count(",")
    if dots and commas:
        decimal = max(compact.rfind("."), compact.rfind(","))
        thousands = "," if compact[decimal] == "." else "."
        return (float(compact.replace(thousands, "").replace(",", ".")),)
    if dots + commas == 0:
        return (float(compact),)
    if dots + commas > 1:
        return (float(re.sub("[.,]", "", compact)),)
    head, tail = re.split("[.,]", compact)
    decimal_value = float(f"{head}.{tail}")
    grouped = len(tail) == 3 and head not in ("0", "00", "000") and len(head) <= 3 and not _GROUPED.fullmatch(literal)
    if not grouped:
        return (decimal_value,)
    thousand_value = float(head + tail)
    if dots:
        if language in ("nb", "nn", "no", "da", "de", "sv"):
            return (thousand_value,)
        return (decimal_value, thousand_value) if language == "en" else (thousand_value, decimal_value)
    return (thousand_value, decimal_value) if language == "en" else (decimal_value, thousand_value)


def find_numbers(reading: Reading) -> list[Number]:
    """The numbers in what is not yet understood, ranges joined, in order."""
    chains = list(_chains(reading))
    chained = {at for number in chains for at in range(number.start, number.end)}
    digits = sorted(
        [*chains, *(each for each in _digits(reading) if each.end - 1 not in chained)], key=lambda each: each.start
    )
    spoken = [_from_words(found) for found in find_spoken(reading.open)]
    inside = {at for number in spoken for at in range(number.start + 1, number.end)}
    longer = {number.start: number.end for number in spoken}
    # «Half a dozen» is no half.
    halves = [
        Number(m.start(), m.end(), (0.5,), WEAK)
        for m in _HALF_WORD.finditer(reading.open)
        if m.start() not in inside and longer.get(m.start(), 0) <= m.end()
    ]
    taken = {at for number in (*digits, *halves) for at in range(number.start, number.end)}
    spoken = [number for number in spoken if number.start not in taken and number.end - 1 not in taken]
    numbers = _said_once(reading.open, sorted([*digits, *spoken, *halves], key=lambda number: number.start))
    return list(_ranges(reading, _without_english_to(reading, numbers)))


def _chains(reading: Reading) -> Iterator[Number]:
    """Numbers without a space between them that are several: behind slashes, or behind commas where they rise as price breaks do."""
    for match in _CHAIN.finditer(reading.open):
        if _FRACTION.match(reading.open, match.start(), match.end() + 8):
            continue
        link = _LINK if "/" in match[0] else _COMMA_LINK
        places = tuple(
            (match.start() + each.start(), match.start() + each.end(), readings_of(each[0], reading.language)[0])
            for each in link.finditer(match[0])
        )
        values = [value for _, _, value in places]
        # Three figures behind each comma may be thousands, unless there are three before the first too: «1,500,000».
        thousands = link is _COMMA_LINK and len(match[0].split(",")[0]) < 3 and not _SHORT_LINK.search(match[0])
        if "/" in match[0] or (not thousands and values == sorted(set(values))):
            yield Number(*match.span(), (values[0],), listed=places)


def _said_once(text: str, numbers: list[Number]) -> list[Number]:
    """«Forty (40)» is one number; its figures are what it is read by."""
    kept: list[Number] = []
    for number in numbers:
        again = _AGAIN.fullmatch(text, kept[-1].end, number.end + 1) if kept and not number.listed else None
        if again and kept[-1].value == number.value:
            kept[-1] = replace(number, start=kept[-1].start, end=again.end())
        else:
            kept.append(number)
    return kept


def _without_english_to(reading: Reading, numbers: list[Number]) -> list[Number]:
    """Leave out number words of other languages that are English: «fire», «ten to», «10 to 12 pcs», «we need to order»."""
    kept = []
    for at, number in enumerate(numbers):
        word = reading.open[number.start : number.end]
        if reading.language == "en" and word in _NOT_ENGLISH:
            continue
        if word == "to":
            between = (
                0 < at < len(numbers) - 1
                and numbers[at - 1].end + 1 == number.start
                and number.end + 1 == numbers[at + 1].start
            )
            if between or _ENGLISH_TO.search(reading.open, max(0, number.start - 10), number.start):
                continue
        kept.append(number)
    return kept


def _from_words(found: Spoken) -> Number:
    return Number(found.start, found.end, (min(found.value, LARGEST),), found.strength, found.vague)


def _digits(reading: Reading) -> Iterator[Number]:
    for match in DIGITS.finditer(reading.open):
        readings = _value(match, reading.language)
        start, end = match.span()
        minus = _MINUS.search(reading.open, max(0, start - 7), start)
        if minus and not _bullet(reading.open, minus.start()):
            start, readings = minus.start(), tuple(-value for value in readings)
        word = WORD.match(reading.open, end + (reading.open[end : end + 1] == " "))
        times = multiplier(word[0]) if word and _letters_end(reading.open, word.end()) else None
        if word is not None and times:
            end, readings = word.end(), tuple(value * times for value in readings)
        plain = (
            not times
            and bool(match["digits"])
            and match["digits"].isdigit()
            and not match["power"]
            and not match["kilo"]
            and not match["vulgar"]
        )
        yield Number(start, end, tuple(min(value, LARGEST) for value in readings), plain=plain)


def _letters_end(text: str, end: int) -> bool:
    return not text[end : end + 1].isalnum()


def _value(match: re.Match[str], language: str) -> tuple[float, ...]:
    if match["only"]:
        return (_FRACTIONS[match["only"]],)
    if match["mixed"]:
        whole, _, fraction = match["mixed"].replace("-", " ").rpartition(" ")
        over, under = fraction.split("/")
        return (float(whole or 0) + float(over) / float(under),) if int(under) else (0.0,)
    readings = readings_of(match["digits"], language)
    if match["kilo"]:
        return tuple(1000 * value for value in readings)
    if match["power"]:
        power = int(re.sub(r"[*^e]", "", match["power"].translate(_SUPER)))
        base = readings[0]
        return (
            base * 10.0**power
            if match["power"].startswith("e")
            else min(base**power, LARGEST)
            if base < 1e4
            else LARGEST,
        )
    return tuple(value + _FRACTIONS.get(match["vulgar"] or "", 0.0) for value in readings)


def _bullet(text: str, minus: int) -> bool:
    """Whether a minus is a list mark: it starts a line, and so does one on another line."""
    starts_line = minus == 0 or text[minus - 1] == "\n"
    return starts_line and (text.count("\n-") + text.startswith("-")) > 1


def _ranges(reading: Reading, numbers: list[Number]) -> Iterator[Number]:
    at = 0
    while at < len(numbers):
        number = numbers[at]
        following = numbers[at + 1] if at + 1 < len(numbers) else None
        gap = _gap(reading.open, number, following) if following else None
        if gap and gap[0].strip() in _ORS and at and _COMMA.fullmatch(reading.open, numbers[at - 1].end, number.start):
            gap = None
        if following is None or gap is None or number.vague or following.vague:
            yield number
            at += 1
            continue
        word = gap[0].strip()
        changing = word in ("til", "to", "till", "bis") and _FROM.search(
            reading.open, max(0, number.start - 12), number.start
        )
        if changing and (following.listed or _CHANGE.search(reading.text, max(0, number.start - 60), number.start)):
            yield replace(number, role="from")
            yield replace(following, role="to")
        elif number.listed or following.listed:
            yield number
            at += 1
            continue
        elif (low_high := _low_high(number, following)) is not None and number.strength != ARTICLE:
            low, high = low_high
            strength = min(number.strength, following.strength)
            plain = number.plain and following.plain
            yield Number(number.start, following.end, (low,), strength, low=low, high=high, plain=plain)
        else:
            yield number
            yield following
        at += 2


def _gap(text: str, first: Number, second: Number) -> re.Match[str] | None:
    """The words that make two numbers a range: «10-12», «10 til 12», «mellom 10 og 12»."""
    gap = _BETWEEN.fullmatch(text, first.end, second.start)
    if gap is None and _BETWEEN_LEAD.search(text, max(0, first.start - 14), first.start):
        gap = _BETWEEN_AND.fullmatch(text, first.end, second.start)
    return gap


def _low_high(first: Number, second: Number) -> tuple[float, float] | None:
    """The ends of a range: «10-12», «3-4 hundre» (the multiplier counts for both)."""
    low, high = first.readings[0], second.readings[0]
    if high >= 100 * max(low, 1) and high % 100 == 0 and low < 10 and not second.plain:
        scale = 1000 if high % 1000 == 0 and high / 1000 > low else 100
        low *= scale
    unlikely = first.plain and second.plain and low > 3 and high > 20 * low
    return (low, high) if 0 <= low < high and not unlikely else None
