"""ISO weeks: «uke 12», «u12», «wk 12», «v. 12», «KW 12», «uke 12-14», «2027-W12», «neste uke»; and weeks that do not exist."""

import datetime as dt
import re
from collections.abc import Iterator
from typing import Any

from bot.common.words import either, spelt, topic, whole, word_lists, word_set
from bot.engine.nlu.codes import AMOUNT
from bot.engine.nlu.meanings import meaning_before
from bot.engine.nlu.number_words import word_value
from bot.engine.nlu.reading import Found, Reading, word_tables

#: Words for a week.
CUE = spelt("weeks.week")
_YEAR = r"(?:(?:,? |/|-| i | in | of |, )'?(?P<year>20[0-9]{2}|(?<=[/'])[2-4][0-9])(?!\w))?"
_NEXT = rf"(?P<gap> ?(?:-|/|{topic('weeks.to_and')}|,) ?(?:og med )?)"
_WEEK = re.compile(
    rf"(?<![\w-])(?:(?P<cue>{CUE})\.? ?:? ?[#№]?|(?P<short>u|w|v)(?:\. ?|(?= [0-9])|(?=[0-9])) ?)(?P<week>[0-9]{{1,2}})(?![0-9]|[.,:][0-9])"
    rf"(?:{_NEXT}(?:(?:{CUE}|u|w|v)\.? ?)?(?P<second>[0-9]{{1,2}})(?![\w]|[.,:][0-9]))?(?!\w){_YEAR}"
)
_SPOKEN = re.compile(rf"(?<![\w-])(?:{CUE}) (?P<word>[a-zæøåäöüéß]{{2,20}}(?:-[a-zæøåäöü]{{2,6}})?)(?!\w)")
_ISO = re.compile(r"(?<![\w-])(?P<year>20[2-4][0-9])[ -]?w(?P<week>[0-9]{1,2})(?!\w)")
#: Year and week in four figures, «delivery 2712», «wk2712».
_PACKED = re.compile(
    rf"(?<![\w-])(?:{CUE}|{topic('weeks.delivery')})\.?[ :]{{0,2}}(?P<year>2[4-9]|3[0-9])"
    rf"(?P<week>0[1-9]|[1-4][0-9]|5[0-3])(?![\w/-]|[.,][0-9]| ?{whole('weeks.no_week')})"
)
_BACKWARDS = re.compile(rf"(?<![\w.,/-])(?P<week>[0-9]{{1,2}})\. ?{topic('weeks.behind')}(?!\w)")
_RELATIVE = tuple(
    (weeks, re.compile(rf"(?<!\w)(?:{either(words)})(?!\w)"))
    for weeks, words in word_lists("weeks")["relative"].items()
)  # fmt: skip
#: «om to uker 40 stk», «per week 20 pcs»: the number is not the week's.
_PLURAL = word_set("weeks.plural")
_A_WEEK = re.compile(rf"(?<!\w)(?:per|pr\.?|hver|every|each|{topic('weeks.within')} {topic('weeks.a')}) $")
#: «2. uke i mai», «the last week of May» are weeks of that month and no week numbers.
_MONTH = either(name for names in word_tables()["months"].values() for form in names.values() for name in form)
_OF_MONTH = re.compile(rf",? (?:{topic('weeks.of_month')} )?(?:the )?(?:{_MONTH})(?![^\W_])")
#: «v 2» and «u 2» are no weeks to an English speaker, and «w 2» only glued.
_NO_SHORT = {"en": ("u", "v")}


def iso(year: int, week: int) -> str:
    """``2027-W12``."""
    return f"{year}-W{week:02d}"


def weeks_in(year: int) -> int:
    """52 or 53: the ISO week of 28 December."""
    return dt.date(year, 12, 28).isocalendar().week


def year_of(week: int, today: dt.date) -> int:
    """The year of the nearest week with this number that is not past."""
    now = today.isocalendar()
    return now.year if week >= now.week else now.year + 1


def find_weeks(reading: Reading) -> Iterator[Found]:
    """``week`` with ``until`` for a range, or ``bad_week``."""
    for match in _ISO.finditer(reading.open):
        yield _week(reading, int(match["week"]), int(match["year"]), match.start(), match.end())
    for match in _PACKED.finditer(reading.open):
        yield _week(reading, int(match["week"]), 2000 + int(match["year"]), match.start("year"), match.end())
    for match in _WEEK.finditer(reading.open):
        short = match["short"]
        spaced = short and reading.open[match.end("short")] == " "
        if short in _NO_SHORT.get(reading.language, ()) or (
            spaced and short != "v" and not meaning_before(reading.open, match.start())
        ):
            continue
        counted = match["cue"] in _PLURAL and match["second"] is None
        if not counted and not _A_WEEK.search(reading.open, max(0, match.start() - 14), match.start()):
            yield from _numbered(reading, match)
    for match in _BACKWARDS.finditer(reading.open):
        if not _OF_MONTH.match(reading.open, match.end()):
            yield _week(reading, int(match["week"]), None, match.start(), match.end())
    for match in _SPOKEN.finditer(reading.open):
        number = word_value(match["word"].replace("-", ""))
        if (
            number is not None
            and number == int(number)
            and 1 <= number <= 60
            and match["word"] not in ("en", "ei", "to", "a", "an", "et")
        ):
            yield _week(reading, int(number), None, match.start(), match.end())
    for ahead, pattern in _RELATIVE:
        for match in pattern.finditer(reading.open):
            if _OF_MONTH.match(reading.open, match.end()):
                continue
            year, week, _ = (reading.today + dt.timedelta(weeks=ahead)).isocalendar()
            yield _week(reading, week, year, match.start(), match.end())


_COUNTED = re.compile(rf"{AMOUNT}| {topic('weeks.counted')} ")


_FURTHER = re.compile(rf",? (?:{topic('codes.more')} )?(?P<week>[0-9]{{1,2}})(?![\w]|[.,:/][0-9])")


def _numbered(reading: Reading, match: re.Match[str]) -> Iterator[Found]:
    first, second = int(match["week"]), int(match["second"]) if match["second"] else None
    written = match["year"]
    year = None if not written else int(written) if len(written) == 4 else 2000 + int(written)
    gap = (match["gap"] or "").strip()
    listed = gap not in ("-", "til", "to", "till", "bis", "/")
    if second is not None and listed and (second > 53 or _COUNTED.match(reading.open, match.end("second"))):
        yield _week(reading, first, None, match.start(), match.end("week"))
    elif second is None:
        yield _week(reading, first, year, match.start(), match.end())
    elif gap == "/" and 20 < second < 50 and first <= 53 and year is None:
        yield _week(reading, first, 2000 + second, match.start(), match.end())
    elif not listed and second != first:
        yield _week(reading, first, year, match.start(), match.end(), second)
    else:
        yield _week(reading, first, year, match.start(), match.end("week"))
        yield _week(reading, second, year, match.start("second"), match.end())
        further = _FURTHER.match(reading.open, match.end())
        while further and int(further["week"]) <= 53 and not _COUNTED.match(reading.open, further.end()):
            yield _week(reading, int(further["week"]), year, further.start("week"), further.end())
            further = _FURTHER.match(reading.open, further.end())


def _meaning(reading: Reading, start: int) -> str:
    """As for dates, but Swedish «innan vecka 12» is before it, where Norwegian «innan veke 12» is by it."""
    swedish = reading.open.startswith(("vecka", "v.", "v "), start) and reading.open.endswith("innan ", 0, start)
    return "before" if swedish else meaning_before(reading.open, start) or "on"


def _week(reading: Reading, week: int, year: int | None, start: int, end: int, until: int | None = None) -> Found:
    named_year = year if year is not None else year_of(week, reading.today)
    for number in (week, until):
        if number is not None and not 1 <= number <= weeks_in(named_year):
            return Found("bad_week", iso(named_year, number), start, end, {"number": number, "year": named_year})
    extras: dict[str, Any] = {"meaning": _meaning(reading, start)}
    if until is not None:
        extras["until"] = iso(named_year if until > week else named_year + 1, until)
    return Found("week", iso(named_year, week), start, end, extras)
