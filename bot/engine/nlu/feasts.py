"""Holidays and seasons customers plan by: «før påske», «over nyttår», «etter ferien», «til våren», «Q3».

The date is the next one from today. What "before" and "after" mean is the foundry's use: before Easter is the Wednesday
before Maundy Thursday, after Easter the Tuesday after Easter Monday, before Christmas the last weekday until 20 December,
after New Year the first working week of January, the summer holidays are ISO weeks 28 to 30.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.common.words import alternatives, spelt, topic, word_lists, word_set
from bot.engine.nlu.reading import Found, Reading

_DAY = dt.timedelta(days=1)
SUMMER_WEEKS = (28, 30)


@dataclass(frozen=True, slots=True)
class Span:
    """A feast in one year: deadline before it, its first and last day, and the first day after it."""

    by: dt.date
    first: dt.date
    last: dt.date
    resume: dt.date


def easter_sunday(year: int) -> dt.date:
    """Gregorian Easter (Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    (i, k), m = divmod(c, 4), (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return dt.date(year, month, (h - m + r + month + 19) % 32)


def weekday_until(day: dt.date) -> dt.date:
    """The day itself or the last Monday to Friday before it."""
    return day - _DAY * max(0, day.weekday() - 4)


def weekday_from(day: dt.date) -> dt.date:
    """The day itself or the first Monday to Friday after it."""
    return day if day.weekday() < 5 else day + _DAY * (7 - day.weekday())


def _easter(year: int) -> Span:
    sunday = easter_sunday(year)
    return Span(sunday - 4 * _DAY, sunday - 6 * _DAY, sunday + _DAY, sunday + 2 * _DAY)


def _whitsun(year: int) -> Span:
    sunday = easter_sunday(year) + 49 * _DAY
    return Span(sunday - 2 * _DAY, sunday, sunday + _DAY, sunday + 2 * _DAY)


def _ascension(year: int) -> Span:
    day = easter_sunday(year) + 39 * _DAY
    return Span(day - _DAY, day, day, day + _DAY)


def _first_working_day(year: int) -> dt.date:
    """2 January when it falls early in a week, else the Monday after."""
    second = dt.date(year, 1, 2)
    return second if second.weekday() <= 2 else second + _DAY * (7 - second.weekday())


def _christmas(year: int) -> Span:
    return Span(
        weekday_until(dt.date(year, 12, 20)), dt.date(year, 12, 24), dt.date(year, 12, 26), _first_working_day(year + 1)
    )


def _between_years(year: int) -> Span:
    return Span(
        weekday_until(dt.date(year, 12, 23)), dt.date(year, 12, 27), dt.date(year, 12, 31), _first_working_day(year + 1)
    )


def _new_year(year: int) -> Span:
    return Span(
        weekday_until(dt.date(year, 12, 23)),
        dt.date(year, 12, 31),
        dt.date(year + 1, 1, 1),
        _first_working_day(year + 1),
    )


def _january(year: int) -> Span:
    start = _first_working_day(year)
    return Span(start, start, start + 11 * _DAY, start)


def _holidays(year: int) -> Span:
    monday = dt.date.fromisocalendar(year, SUMMER_WEEKS[0], 1)
    end = dt.date.fromisocalendar(year, SUMMER_WEEKS[1], 7)
    return Span(monday - 3 * _DAY, monday, end, end + _DAY)


def _months(first: int, last: int) -> Callable[[int], Span]:
    def span(year: int) -> Span:
        start = dt.date(year, first, 1)
        after = dt.date(year + last // 12, last % 12 + 1, 1)
        return Span(weekday_until(start - _DAY), weekday_from(start), weekday_until(after - _DAY), weekday_from(after))

    return span


def _day(month: int, day: int) -> Callable[[int], Span]:
    def span(year: int) -> Span:
        date = dt.date(year, month, day)
        return Span(date, date, date, date)

    return span


def _from_easter(days: int) -> Callable[[int], Span]:
    def span(year: int) -> Span:
        date = easter_sunday(year) + days * _DAY
        return Span(date, date, date, date)

    return span


_END = r"(?= ?(?:$|[.,!?;\n]))"
_NO_SEASON = rf"(?! {topic('feasts.no_season')})"
#: Name, words (regular expressions over folded text; a group is not allowed), span of a year.
_FEASTS: tuple[tuple[str, str, Callable[[int], Span]], ...] = (
    ("easter", spelt("feasts.easter"), _easter),
    ("new_year", spelt("feasts.between_years"), _between_years),
    ("new_year", spelt("feasts.new_year"), _new_year),
    ("christmas", spelt("feasts.christmas"),
     _christmas),
    ("summer", spelt("feasts.summer_holidays"), _holidays),
    ("summer", spelt("feasts.summer") + _NO_SEASON,
     _months(6, 8)),
    ("spring", spelt("feasts.spring") + rf"|i (?:vår|vaar){_END}",
     _months(3, 5)),
    ("autumn", spelt("feasts.autumn"), _months(9, 11)),
    ("winter", spelt("feasts.winter"), _months(12, 14)),
    ("whitsun", spelt("feasts.whitsun"), _whitsun),
    ("ascension", spelt("feasts.ascension"), _ascension),
    ("holiday", spelt("feasts.christmas_eve"), _day(12, 24)),
    ("holiday", spelt("feasts.christmas_day"), _day(12, 25)),
    ("holiday", spelt("feasts.boxing_day"), _day(12, 26)),
    ("holiday", spelt("feasts.new_years_eve"), _day(12, 31)),
    ("holiday", spelt("feasts.maundy_thursday"), _from_easter(-3)),
    ("holiday", spelt("feasts.good_friday"), _from_easter(-2)),
    ("holiday", spelt("feasts.easter_saturday"), _from_easter(-1)),
    ("holiday", spelt("feasts.easter_sunday"), _from_easter(0)),
    ("holiday", spelt("feasts.easter_monday"), _from_easter(1)),
    ("holiday", spelt("feasts.constitution_day"), _day(5, 17)),
)  # fmt: skip
_QUARTERS = {word: number for number, words in word_lists("feasts")["ordinals"].items() for word in words}
_QUARTER = re.compile(
    rf"(?<![\w-])(?:q(?P<q>[1-4])|(?P<n>[1-4])\. ?{topic('feasts.quarter_number')}|"
    rf"(?P<word>{alternatives(_QUARTERS)}) {topic('feasts.quarter')})"
    rf"(?: (?P<year>20[0-9]{{2}})| ?-(?P<short>[2-4][0-9]))?(?!\w)"
)
#: «The end of Q2» and «starten av Q2»: the fortnight at that end.
_END_OF = re.compile(
    rf"(?<!\w)(?:(?P<early>{topic('feasts.early')})|(?P<late>{topic('feasts.late')}))(?: in)?(?: the)? $"
)
_FORTNIGHT = 13 * _DAY
_ANY = re.compile(
    r"(?<![\w-])(?:"
    + "|".join(f"(?P<f{n}>{words})" for n, (_, words, _) in sorted(enumerate(_FEASTS), key=lambda f: -f[0]))
    + r")(?: (?P<year>20[0-9]{2}))?(?!\w)"
)
_OVER = re.compile(rf"(?<!\w){topic('feasts.over')}(?: the| den)? $")
#: Through it, for an English speaker; Norwegian «over påske» is after it, «over sommeren» through the season.
_THROUGH = re.compile(rf"(?<!\w){topic('feasts.through')}(?: the)? $")
#: Feasts by their English names, whose «over» is through them also before the language is known.
_ENGLISH = (*sorted(word_set("feasts.english")), "the ")
#: Also a coil spring, a summer job: a season only after a word of time.
_BARE = word_set("feasts.bare")
#: «Til høsten» is in the autumn, not by it.
_SEASONS = {"summer", "spring", "autumn", "winter"}
#: Words that say of a season that it is to come, and how many days of it may have gone when it is meant all the same.
_COMING = ("til ", "next ", "till ")
_SEASON_BEGINS = 31
_YEAR_TURN = re.compile(rf"(?<!\w){topic('feasts.year_turn')}")

MeaningOf = Callable[[str, int], str | None]


def find_feasts(reading: Reading, meaning_before: MeaningOf) -> Iterator[Found]:
    """``date`` with ``named`` and ``meaning``; ``until`` when the time itself is meant."""
    for match in _ANY.finditer(reading.open):
        name, _, span_of = _FEASTS[int((match.lastgroup or "f0")[1:]) if match.lastgroup != "year" else _group(match)]
        meaning = meaning_before(reading.open, match.start())
        before = max(0, match.start() - 14)
        if _OVER.search(reading.open, before, match.start()):
            meaning = "after"
        english = reading.language == "en" or match[0].startswith(_ENGLISH)
        if _THROUGH.search(reading.open, before, match.start()) and (
            english or name in _SEASONS or not reading.open.endswith("over ", 0, match.start())
        ):
            meaning = "on"
        if meaning is None and match[0] in _BARE:
            continue
        towards = name in _SEASONS and reading.open.endswith(("til ", "till ", "te "), 0, match.start())
        if towards or match[0].startswith(("til ", "i ", "på ")):
            meaning = "on"
        if name == "new_year" and _YEAR_TURN.match(match[0]):
            span_of = _january
        year = int(match["year"]) if match["year"] else None
        if year is None and name in _SEASONS and (towards or match[0].startswith(_COMING)):
            year = _coming(reading.today, span_of)
        yield Found(
            "date",
            *_placed(reading.today, span_of, meaning, year, match),
            _extras(reading.today, span_of, meaning, year, name),
        )
    yield from _quarters(reading, meaning_before)


def _coming(today: dt.date, span_of: Callable[[int], Span]) -> int | None:
    """The year of the season that is to come, where it is that season now: «til høsten» in November is next autumn."""
    year = next(
        (each for each in (today.year - 1, today.year) if span_of(each).first <= today <= span_of(each).last), None
    )
    late = year is not None and (today - span_of(year).first).days > _SEASON_BEGINS
    return year + 1 if year is not None and late else None


def _quarters(reading: Reading, meaning_before: MeaningOf) -> Iterator[Found]:
    for match in _QUARTER.finditer(reading.open):
        quarter = int(match["q"] or match["n"] or _QUARTERS[match["word"]])
        span_of, start, part = _months(quarter * 3 - 2, quarter * 3), match.start(), ""
        end_of = _END_OF.search(reading.open, max(0, start - 20), start)
        if end_of:
            part, start = "late" if end_of["late"] else "early", end_of.start()
            span_of = _end_of(span_of, bool(end_of["late"]))
        written = match["year"] or (f"20{match['short']}" if match["short"] else None)
        year = int(written) if written else None
        meaning = meaning_before(reading.open, start)
        if meaning == "by" or (meaning == "before" and part == "late"):
            span, _ = _chosen(reading.today, span_of, "on", year)
            extras = {"meaning": "by", "named": "quarter"}
            yield Found("date", span.last.isoformat(), start, match.end(), extras)
            continue
        day, _, end = _placed(reading.today, span_of, meaning, year, match)
        yield Found("date", day, start, end, _extras(reading.today, span_of, meaning, year, "quarter", part))


def _end_of(span_of: Callable[[int], Span], late: bool) -> Callable[[int], Span]:
    """The last or the first fortnight of a span."""

    def part(year: int) -> Span:
        whole = span_of(year)
        if late:
            first = weekday_from(whole.last - _FORTNIGHT)
            return Span(weekday_until(first - _DAY), first, whole.last, whole.resume)
        last = weekday_until(whole.first + _FORTNIGHT)
        return Span(whole.by, whole.first, last, weekday_from(last + _DAY))

    return part


def _group(match: re.Match[str]) -> int:
    return next(number for number in range(len(_FEASTS)) if match[f"f{number}"])


def _chosen(
    today: dt.date, span_of: Callable[[int], Span], meaning: str | None, year: int | None
) -> tuple[Span, dt.date]:
    """The feast of the year that was named, or the next whose date, as meant, is not past; and that date."""

    def meant(span: Span) -> dt.date:
        if meaning in ("by", "before"):
            return span.by
        return span.resume if meaning in ("after", "from") else span.first

    years = [year] if year else range(today.year - 1, today.year + 3)
    spans = [span_of(each) for each in years]
    for span in spans:
        still = span.last if meaning in (None, "on") else meant(span)
        if still >= today:
            return span, meant(span)
    return spans[-1], meant(spans[-1])


def _placed(
    today: dt.date, span_of: Callable[[int], Span], meaning: str | None, year: int | None, match: re.Match[str]
) -> tuple[str, int, int]:
    return _chosen(today, span_of, meaning, year)[1].isoformat(), *match.span()


def _extras(
    today: dt.date, span_of: Callable[[int], Span], meaning: str | None, year: int | None, name: str, part: str = ""
) -> dict[str, str]:
    span, _ = _chosen(today, span_of, meaning, year)
    if name == "holiday":
        return {"meaning": meaning or "on", "named": name}
    if meaning in ("by", "before"):
        return {"meaning": "by", "named": name}
    if meaning in ("after", "from"):
        return {"meaning": "from", "named": name}
    until = {} if span.first == span.last else {"until": span.last.isoformat()}
    part = part or ("holidays" if span_of is _holidays else "")
    return {"meaning": "on", "named": name, **until, **({"part": part} if part else {})}
