"""Dates as customers write them: 01.03.2027, 1/3-27, «1. mars», March 1st, «den 15.», «fredag», «i mars», «ultimo mars».

Day first, as in Norway. In English 03/04/2027 has two readings and is asked about. Without a year it is the next one
from today. A date that does not exist is reported as ``bad_date``, a weekday that does not fit as ``weekday_conflict``.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from bot.common.words import either, spelt, topic, whole, word_lists, word_set
from bot.engine.nlu.codes import AMOUNT
from bot.engine.nlu.feasts import find_feasts, weekday_from, weekday_until
from bot.engine.nlu.meanings import meaning_before
from bot.engine.nlu.reading import Found, Reading, key, word_tables
from bot.engine.nlu.weeks import CUE

_DAY = dt.timedelta(days=1)
_DAYS_AT_MOST, _MONTHS_AT_MOST = 31, 12
_TABLES = word_tables()
_FULL = {key(name): number for number, names in _TABLES["months"].items() for name in names["full"]}
_MONTHS = _FULL | {key(name): number for number, names in _TABLES["months"].items() for name in names["short"]}
_DAYS = {
    key(name): number
    for number, names in _TABLES["weekdays"].items()
    for form in ("full", "short")
    for name in names[form]
}
_ORDINALS = {key(word): number for number, words in _TABLES["ordinals"].items() for word in words}
_FULL_MONTH = either(name for names in _TABLES["months"].values() for name in names["full"])
_MONTH = rf"(?P<month>(?:{either(name for names in _TABLES['months'].values() for form in names.values() for name in form)})(?![^\W_]))\.?"
_SHORT_MONTH = either(name for names in _TABLES["months"].values() for name in names["short"])
_WEEKDAY = either(name for names in _TABLES["weekdays"].values() for name in names["full"])
_ANY_DAY = either(name for names in _TABLES["weekdays"].values() for form in names.values() for name in form)
_ORDINAL = either(word for words in _TABLES["ordinals"].values() for word in words)
_YEAR = (
    rf"(?:,? ?(?:{topic('dates.of_year')} )?(?P<year>20[0-9]{{2}}|'[0-9]{{2}})(?![\w.]*[\w])|[-/]"
    rf"(?P<short>[0-9]{{2}}|20[0-9]{{2}})(?![\w])| (?P<bare>2[5-9]|3[0-9])(?= ?(?:$|[.,!?)\n])))?"
)
_TH = r"(?:st|nd|rd|th|:a|:e|\.?de|\.)"

_ANY_MONTH = either(name for names in _TABLES["months"].values() for form in names.values() for name in form)
#: The time of day that machines put behind a date.
_CLOCK = r"[t ][0-9]{2}:[0-9]{2}(?::[0-9]{2}(?:\.[0-9]{1,6})?)?(?:z|[+-][0-9]{2}:?[0-9]{2})?"
_ISO = re.compile(
    rf"(?<![\w.-])(?P<year>20[0-9]{{2}})(?P<s>[-/.])(?P<month>[0-9]{{1,2}})(?P=s)(?P<day>[0-9]{{1,2}})(?:{_CLOCK})?(?![\w-]|[.,][0-9])"
)
#: Dates as machines write them, «20270315», and a month in letters between its figures, «15-Mar-2027», «06MAR27».
_PACKED = re.compile(
    r"(?<![\w.,/-])(?P<year>20[2-4][0-9])(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12][0-9]|3[01])(?![\w/-]|[.,][0-9])"
)
_LETTERED = re.compile(
    rf"(?<![\w.,/-])(?P<day>[0-9]{{1,2}})(?P<s>[-. /]?)(?P<month>{_ANY_MONTH})\.?(?P=s)(?P<year>20[2-4][0-9]|(?:2[4-9]|3[0-9])(?!{AMOUNT}))(?:{_CLOCK})?(?![\w/-]|[.,][0-9])"
)
#: A word behind two figures: they count what it names.
_COUNTED = re.compile(r" [^\W\d_]")
_NUMERIC = re.compile(
    r"(?<![\w./-])(?P<a>[0-9]{1,2})(?:(?P<s>[./])(?P<gap> ?)(?P<b>[0-9]{1,2})(?:(?P=s)(?P=gap)|-|(?:(?<=\.) )|(?= 20))|-(?P<c>[0-9]{1,2})-(?=20|2[4-9](?![0-9])|3[0-9](?![0-9]))) ?(?P<year>20[0-9]{2}|[2-4][0-9])(?![\w]|[.,/][0-9])"
)
_NAMED = re.compile(
    rf"(?<![\w.,/-])(?:(?P<first>[0-9]{{1,2}})\.? ?(?:-|{topic('dates.to_and')}) ?)?(?P<day>[0-9]{{1,2}})"
    rf"(?:{_TH} ?(?:of |i )?| ?(?:of )?)(?:{_MONTH}){_YEAR}"
)
_WORDED = re.compile(rf"(?<!\w)(?P<word>{_ORDINAL}) (?:of |i )?(?:{_MONTH}){_YEAR}")
_MONTH_FIRST = re.compile(
    rf"(?<!\w)(?:{_MONTH}) (?:the )?(?P<day>[0-9]{{1,2}}){topic('grammar.ordinal_endings')}?"
    rf"(?![0-9\w]|[.,:/-][0-9]|\.? ?(?:{_FULL_MONTH}))(?!{AMOUNT}){_YEAR}"
)
_SHORT_NUMERIC = re.compile(
    r"(?<![\w.,/-])(?P<a>[0-9]{1,2})(?P<s>[./])(?P<b>[0-9]{1,2})(?P<dot>\.?)(?![\w/]|[.,-]?[0-9])"
)
#: «15.3.-20.3.», «15/3 - 20/3 2027», «15.03.-20.03.2027»; «March 15-20, 2027».
_TO = rf" ?(?:-|{topic('dates.to')}) ?"
_SHORT_RANGE = re.compile(
    rf"(?<![\w.,/-])(?P<a>[0-9]{{1,2}})(?P<s>[./])(?P<b>[0-9]{{1,2}})\.?(?:[-/. ]?(?P<early>20[2-4][0-9]|2[4-9]|3[0-9]))?{_TO}"
    rf"(?P<c>[0-9]{{1,2}})(?P=s)(?P<d>[0-9]{{1,2}})(?:\.?[-/ ]?(?P<year>20[2-4][0-9]|2[4-9]|3[0-9])|\.)?(?![\w/]|[.,-]?[0-9])"
)
_MONTH_DAYS = re.compile(
    rf"(?<!\w)(?P<month>{_ANY_MONTH})\.? (?:the )?(?P<first>[0-9]{{1,2}}){topic('grammar.ordinal_endings')}?{_TO}"
    rf"(?:the )?(?P<day>[0-9]{{1,2}}){topic('grammar.ordinal_endings')}?(?![0-9\w]|[.,:/-][0-9])"
    rf"(?:,? (?P<year>20[2-4][0-9]))?(?!\w)"
)
_PART_OF_MONTH = (
    ("first_half", topic("dates.first_half")),
    ("second_half", topic("dates.second_half")),
    ("early", topic("dates.early")),
    ("mid", topic("dates.mid")),
    ("late", topic("dates.late")),
)  # fmt: skip
_PART = re.compile(
    rf"(?<!\w)(?:(?:{topic('dates.part_lead')} )?(?:the )?"
    rf"(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _PART_OF_MONTH)})[ -](?:the )?"
    rf"(?:(?P<month>(?:{_ANY_MONTH})(?!\w))\.?|(?P<relative>{topic('dates.relative')}))|"
    rf"(?P<turn>{topic('dates.turn')})(?: (?:(?:{_FULL_MONTH})/)?(?P<turned>{_FULL_MONTH}))?)"
    rf"(?: (?P<year>20[0-9]{{2}}))?(?!\w)"
)
_WEEK_OF_MONTH = re.compile(
    rf"(?<![\w.,/-])(?:(?P<last>{topic('dates.last')})|(?P<number>[1-5])(?:{_TH})?|(?P<word>{_ORDINAL})) "
    rf"(?:{topic('dates.full')} )?(?:{CUE}),? (?:{topic('dates.of_month')} )?(?:the )?(?:{_MONTH}){_YEAR}"
)
_LONE_MONTH = re.compile(
    rf"(?<![\w./-])(?P<month>{_FULL_MONTH}|(?<=in ){topic('dates.months_in')}|(?<=by ){topic('dates.months_in')}|"
    rf"(?:{_SHORT_MONTH})(?=\.?[ -]20[2-4][0-9](?!\w))|(?<=before )may|^may(?=[ .!?]*$)|may(?=,? 20[0-9]{{2}})|"
    rf"(?<=i ){topic('dates.months_i')})(?!\w)(?:(?:[,.]? |[/-])(?P<year>20[0-9]{{2}}|'[0-9]{{2}}))?(?!\w)"
)
#: «03/2027», «03.2027».
_MONTH_YEAR = re.compile(
    r"(?<![\w.,/-])(?P<month>0[1-9]|1[0-2]|[1-9](?=/))[/.](?P<year>20[2-4][0-9])(?![\w/-]|[.,][0-9])"
)
#: «Juni/juli», «June-August», «between June and August».
_MONTH_RANGE = re.compile(
    rf"(?<![\w./-])(?P<first>{_FULL_MONTH}|may) ?(?:[-/]|(?P<and>{topic('grammar.and')})) ?"
    rf"(?P<month>{_FULL_MONTH}|may)(?!\w)(?:,? (?P<year>20[0-9]{{2}}))?(?!\w)"
)
#: «Den 16. og resten i uke 17» tells a day; of «the 16th cover» something is counted.
_ORDINAL_DAY = re.compile(
    rf"(?<!\w)(?P<lead>{topic('dates.the')}) "
    rf"(?:(?P<day>[0-9]{{1,2}})(?P<mark>\.|st|nd|rd|th|:e|:a)(?!\w| ?[0-9]| (?!{whole('grammar.and')})\w)|(?P<word>{_ORDINAL})(?! ?[\w]))|"
    rf"(?<![\w.,])(?P<bare>[0-9]{{1,2}}){topic('grammar.ordinal_endings')}(?!\w)"
)
_NAMED_DAY = re.compile(
    rf"(?<!\w)(?P<next>{topic('dates.coming')} )?(?P<day>{_WEEKDAY})(?!\w)"
    rf"(?:,? (?:{topic('dates.in_week')} )?{topic('dates.week')} ?(?P<week>[0-9]{{1,2}})(?!\w))?"
)
_DAY_BEFORE = re.compile(rf"(?<!\w)(?P<day>{_ANY_DAY})\.?,?(?: {topic('dates.day_the')})? $")
_DAY_AFTER = re.compile(rf"(?:,? \(?|\()(?P<day>{_WEEKDAY})(?!\w)\)?")
_RELATIVE = tuple(
    (days, re.compile(rf"(?<!\w)(?:{either(words)})(?!\w)"))
    for days, words in word_lists("dates")["relative_days"].items()
)  # fmt: skip
_GERMAN_TOMORROW = re.compile(r"(?<!\w)morgen(?!\w)")
_YEAR_ONLY = re.compile(rf"(?<!\w){topic('dates.year_lead')} (?P<year>20[2-4][0-9])(?![\w.,/-]*[\w])")
_MODAL_MAY = re.compile(rf" {whole('dates.no_month')}")
_NO_DATE_AFTER = re.compile(rf' ?(?:"|{whole("dates.no_date")})')


def find_dates(reading: Reading) -> Iterator[Found]:
    """Candidates of every kind; the caller keeps the longest of overlapping ones."""
    dated = list(_explicit(reading))
    if any(char.isdigit() for char in reading.open):
        dated += _numeric_without_year(reading)
    yield from (_of_paper(reading, _with_weekday(reading, found)) for found in dated)
    yield from _months(reading)
    yield from _days(reading)
    yield from find_feasts(reading, meaning_before)
    for match in _YEAR_ONLY.finditer(reading.open):
        year = int(match["year"])
        extras = {"meaning": "on", "until": f"{year}-12-31", "named": "year"}
        yield Found("date", f"{year}-01-01", *match.span("year"), extras)


_PAPERS = {name: either(_TABLES["papers"][name]) for name in ("drawing", "enquiry", "quotation")}
#: The paper, maybe its number (which may be covered by now), and the words between it and its date.
_PAPER = re.compile(
    rf"(?<!\w)(?:{'|'.join(f'(?P<{name}>{words})' for name, words in _PAPERS.items())})"
    rf"(?: {topic('dates.paper_number')} ?)?[ \x00]{{0,2}}(?:[\w\x00./-]{{1,24}} ?)?[ ,(]{{0,2}}"
    rf"(?:(?P<dated>{either(_TABLES['papers']['dated'])})|(?:{either(_TABLES['papers']['of'])})) (?:the |den )?$|"
    rf"(?<!\w)(?:{either(_TABLES['papers']['dated'])}):? $"
)


def _of_paper(reading: Reading, found: Found) -> Found:
    """A date that stands behind a paper is the date of that: it is known for what it is, and no time of the goods."""
    if found.entity != "date" or "until" in found.extras:
        return found
    paper = _PAPER.search(reading.open, max(0, found.start - 60), found.start)
    if paper is None:
        return found
    of = next((name for name in _PAPERS if paper[name]), "drawing")
    day = dt.date.fromisoformat(found.value)
    if day > reading.today and str(day.year)[2:] not in reading.text[found.start : found.end]:
        # Without a year it is the last such day: the paper is there already.
        day = _on(day.year - 1, day.month, day.day, reading.today) or day
    return Found("paper_date", day.isoformat(), found.start, found.end, {"of": of})


_UNREAD = re.compile(
    rf"(?<!\w)(?:{either(_TABLES['delivery_cues'])})[ :]{{1,2}}(?:{topic('dates.told')} )?"
    rf"(?P<text>[0-9]{{1,4}}(?:[./-][0-9]{{1,4}}){{2,3}}|[0-9]{{1,2}}/[0-9]{{4}}|"
    rf"[0-9]{{1,2}}[./][0-9]{{1,2}}[./]?-[0-9]{{1,2}}[./][0-9]{{1,2}})(?![\w/]|[.,][0-9])"
)


def find_unread_dates(reading: Reading) -> Iterator[Found]:
    """What stands where a day is told and is written like one, but is none that can be read: ``bad_date`` with ``unread``."""
    for match in _UNREAD.finditer(reading.open):
        if not re.compile(AMOUNT).match(reading.open, match.end()):
            yield Found(
                "bad_date",
                reading.text[match.start("text") : match.end()],
                match.start("text"),
                match.end(),
                {"unread": True},
            )


def next_on(today: dt.date, month: int, day: int) -> dt.date | None:
    """The next such day from today; None when its coming year does not have it (29 February)."""
    for year in (today.year, today.year + 1):
        if not 1 <= month <= 12 or day > calendar.monthrange(year, month)[1] or day < 1:
            if (month, day) == (2, 29) and year == today.year and dt.date(year, 3, 1) <= today:
                continue
            return None
        if dt.date(year, month, day) >= today:
            return dt.date(year, month, day)
    return None


def _on(year: int | None, month: int, day: int, today: dt.date) -> dt.date | None:
    if year is None:
        return next_on(today, month, day)
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _full_year(written: str | None) -> int | None:
    if not written:
        return None
    digits = written.lstrip("'")
    return int(digits) if len(digits) == 4 else 2000 + int(digits)


def _explicit(reading: Reading) -> Iterator[Found]:
    text = reading.open
    for match in _ISO.finditer(text):
        yield _found(
            reading, [_on(int(match["year"]), int(match["month"]), int(match["day"]), reading.today)], *match.span()
        )
    for pattern in (_PACKED, _LETTERED):
        for match in pattern.finditer(text):
            if (
                pattern is _LETTERED
                and match["s"] == " "
                and len(match["year"]) == 2
                and _COUNTED.match(text, match.end())
            ):
                # «By 16 april 34 pcs» tells no year.
                continue
            month = int(match["month"]) if match["month"].isdigit() else _MONTHS[key(match["month"])]
            day = _on(_full_year(match["year"]), month, int(match["day"]), reading.today)
            if day or pattern is _LETTERED:
                yield _found(reading, [day], *match.span())
    for match in _SHORT_RANGE.finditer(text):
        yield from _days_apart(reading, match)
    for match in _MONTH_DAYS.finditer(text):
        yield from _days_of_month(reading, match)
    for match in _NUMERIC.finditer(text):
        year = _full_year(match["year"])
        unsure = match["s"] == "/" or bool(match["c"])
        yield _day_month(reading, int(match["a"]), int(match["b"] or match["c"]), year, unsure, *match.span())
    for match in _NAMED.finditer(text):
        if _is_month(match, text):
            yield from _named(reading, match)
    for match in _WORDED.finditer(text):
        if _is_month(match, text):
            yield _month_day(reading, match, _ORDINALS[key(match["word"])], match.start())
    for match in _MONTH_FIRST.finditer(text):
        dated = _year_of(match)
        if _is_month(match, text) and not (int(match["day"]) > 31 and not dated):
            yield _month_day(reading, match, int(match["day"]), match.start())


def _days_apart(reading: Reading, match: re.Match[str]) -> Iterator[Found]:
    """Two days with a dash between them, as one span; the year of the last is that of both."""
    year = _full_year(match["year"])
    first = _on(_full_year(match["early"]) or year, int(match["b"]), int(match["a"]), reading.today)
    last = _on(year or (first.year if first else None), int(match["d"]), int(match["c"]), reading.today)
    if first and last and first < last:
        yield Found("date", first.isoformat(), *match.span(), {"meaning": "on", "until": last.isoformat()})


def _days_of_month(reading: Reading, match: re.Match[str]) -> Iterator[Found]:
    year, month = _full_year(match["year"]), _MONTHS[key(match["month"])]
    first, last = (_on(year, month, int(match[name]), reading.today) for name in ("first", "day"))
    if first and last and first < last:
        yield Found("date", first.isoformat(), *match.span(), {"meaning": "on", "until": last.isoformat()})


def _is_month(match: re.Match[str], text: str) -> bool:
    """«2 may» is a date, «may be», «may not» are not."""
    return match["month"] != "may" or not _MODAL_MAY.match(text, match.end("month"))


def _month_day(reading: Reading, match: re.Match[str], day: int, start: int) -> Found:
    year = _full_year(_year_of(match))
    return _found(reading, [_on(year, _MONTHS[key(match["month"])], day, reading.today)], start, match.end())


def _year_of(match: re.Match[str]) -> str | None:
    return match["year"] or match["short"] or match["bare"]


#: «Flytt den til juni» is in June, not by it; «fram til juni» is.
_TOWARDS = re.compile(rf"(?<!fram )(?<!frem )(?<!\w){topic('dates.towards')} $")
_BETWEEN = re.compile(rf"(?<!\w){topic('grammar.between')} $")
_WEEK_BEFORE = re.compile(rf"(?<!\w){topic('dates.week_before')}\.? ?(?P<week>[0-9]{{1,2}}),? (?:på |on |no )?$")
#: Words that belong to the weekday and leave no doubt which one is meant.
_THIS = word_set("dates.nearest")


def _named(reading: Reading, match: re.Match[str]) -> Iterator[Found]:
    last = _month_day(reading, match, int(match["day"]), match.start("day"))
    if match["first"] is None or last.entity != "date":
        yield last
        return
    first = _month_day(reading, match, int(match["first"]), match.start())
    listed = re.search(rf" {topic('dates.listed')} ", match[0]) and not _BETWEEN.search(
        reading.open, max(0, match.start() - 10), match.start()
    )
    if first.entity == "date" and first.value < last.value and not listed:
        yield Found("date", first.value, match.start(), match.end(), {"meaning": "on", "until": last.value})
    else:
        yield last


def _day_month(reading: Reading, a: int, b: int, year: int | None, unsure: bool, start: int, end: int) -> Found:
    """Day first; where the writing or an English reader allows month first as well, both readings are asked about."""
    day_first, month_first = _on(year, b, a, reading.today), _on(year, a, b, reading.today)
    english = reading.language in ("en", "")
    if not unsure or (not english and day_first):
        return _found(reading, [day_first], start, end)
    readings = [month_first, day_first] if reading.american else [day_first, month_first]
    return _found(reading, [each for each in readings if each] or [None], start, end)


def _found(reading: Reading, readings: list[dt.date | None], start: int, end: int) -> Found:
    days = [day for day in dict.fromkeys(readings) if day is not None]
    if not days:
        return Found("bad_date", reading.text[start:end].strip(" .,"), start, end)
    extras: dict[str, Any] = {"meaning": meaning_before(reading.open, start) or "on"}
    if len(days) > 1:
        extras["ask"] = [day.isoformat() for day in days]
    return Found("date", days[0].isoformat(), start, end, extras)


def _numeric_without_year(reading: Reading) -> Iterator[Found]:
    """«1/3», «12.3.»: only with a word of time or a weekday before it, or standing alone."""
    text = reading.open
    for match in _SHORT_NUMERIC.finditer(text):
        start, end = match.span()
        cued = meaning_before(text, start) or _DAY_BEFORE.search(text, max(0, start - 20), start) or _dated(text, start)
        alone = not (text[:start] + text[end:]).strip(" .!?\n")
        a, b = int(match["a"]), int(match["b"])
        if match["s"] == ".":
            likely = (cued and 1 <= b <= 12 and (match["dot"] or not _looks_decimal(text, start))) or (
                alone and match["dot"]
            )
        else:
            # «60/80» is no day of any month.
            possible = max(a, b) <= _DAYS_AT_MOST and min(a, b) <= _MONTHS_AT_MOST
            likely = possible and (cued or alone)
            likely = likely or (a > 12 >= b >= 1) or (b <= 12 and a <= 12 and b > 4)
        if likely and not re.compile(AMOUNT).match(text, end) and not _NO_DATE_AFTER.match(text, end):
            yield _day_month(
                reading,
                a,
                b,
                None,
                match["s"] == "/",
                start,
                match.end("b") + bool(match["dot"] and text[end:].strip()),
            )


_DATED = re.compile(rf"{topic('dates.dated')}[ :]{{1,2}}(?:er |is |on |på )?$")
_DECIMAL_LEAD = re.compile(rf"(?<!\w){topic('dates.decimal_lead')} $")


def _dated(text: str, start: int) -> bool:
    return bool(_DATED.search(text, max(0, start - 24), start))


def _looks_decimal(text: str, start: int) -> bool:
    """«på 3.1», «the 3.1»: without a closing dot these small words are not enough to make a date."""
    return bool(_DECIMAL_LEAD.search(text, max(0, start - 6), start))


def _with_weekday(reading: Reading, found: Found) -> Found:
    """Take a weekday beside the date into the span, and say when it does not fit."""
    text, start, end = reading.open, found.start, found.end
    before = _DAY_BEFORE.search(text, max(0, start - 24), start)
    after = None if before else _DAY_AFTER.match(text, end)
    match = before or after
    if match is None or found.entity != "date" or "until" in found.extras:
        return found
    start, end = (match.start("day"), end) if before else (start, match.end())
    extras = dict(found.extras)
    if before:
        extras["meaning"] = meaning_before(text, start) or extras["meaning"]
    days = [found.value, *extras.get("ask", [])]
    fitting = [
        day for day in dict.fromkeys(days) if dt.date.fromisoformat(day).isoweekday() == _DAYS[key(match["day"])]
    ]
    if len(fitting) == 1:
        extras.pop("ask", None)
        return Found("date", fitting[0], start, end, extras)
    return Found("date", found.value, start, end, extras | {"weekday_conflict": True})


def _month_span(year: int | None, month: int, today: dt.date) -> tuple[dt.date, dt.date]:
    chosen = year if year is not None else today.year + (month < today.month)
    return dt.date(chosen, month, 1), dt.date(chosen, month, calendar.monthrange(chosen, month)[1])


def _months(reading: Reading) -> Iterator[Found]:
    text, today = reading.open, reading.today
    for match in _PART.finditer(text):
        yield _part_of_month(reading, match)
    for match in _WEEK_OF_MONTH.finditer(text):
        yield from _week_of_month(reading, match)
    for match in _MONTH_RANGE.finditer(text):
        if not match["and"] or _BETWEEN.search(text, max(0, match.start() - 10), match.start()):
            yield _month_range(reading, match)
    for match in _RELATIVE_MONTH.finditer(text):
        month = (today.month % 12 + 1, today.year + today.month // 12) if match["next"] else (today.month, today.year)
        first, last = _month_span(month[1], month[0], today)
        yield _month(reading, match.start(), match.end(), max(first, today), last)
    for match in _MONTH_YEAR.finditer(text):
        yield _month(reading, *match.span(), *_month_span(int(match["year"]), int(match["month"]), today))
    for match in _LONE_MONTH.finditer(text):
        first, last = _month_span(_full_year(match["year"]), _MONTHS[key(match["month"])], today)
        yield _month(reading, match.start(), match.end(), first if match["year"] else max(first, today), last)


_NEXT_MONTH = spelt("dates.next_month")
_THIS_MONTH = spelt("dates.this_month")
_RELATIVE_MONTH = re.compile(rf"(?<!\w)(?:(?P<next>{_NEXT_MONTH})|{_THIS_MONTH})(?!\w)")


def _month(reading: Reading, start: int, end: int, first: dt.date, last: dt.date) -> Found:
    """A whole month, from its first to its last weekday. «Innen mars» can mean either, so both are asked about."""
    found = _span(reading, (start, end), first, last, "month")
    if found.extras["meaning"] != "by":
        return found
    days = [weekday_from(first).isoformat(), found.value]
    return replace(found, extras=found.extras | {"ask": days, "until": found.value})


def _month_range(reading: Reading, match: re.Match[str]) -> Found:
    """Several months in a row, of which the last is not past."""
    begins, ends = _MONTHS[key(match["first"])], _MONTHS[key(match["month"])]
    _, last = _month_span(_full_year(match["year"]), ends, reading.today)
    first, _ = _month_span(last.year - (begins > ends), begins, reading.today)
    return _span(reading, match.span(), first, last, "days")


def _span(reading: Reading, at: tuple[int, int], first: dt.date, last: dt.date, named: str, part: str = "") -> Found:
    """A stretch of weekdays; with a word that names its one end, that day: «from June», «before the end of May»."""
    first, last = weekday_from(first), weekday_until(last)
    meaning = meaning_before(reading.open, at[0]) or ("by" if reading.open.startswith("by ", at[0]) else "on")
    if meaning == "before" and part == "late":
        meaning = "by"
    elif meaning == "by" and _TOWARDS.search(reading.open, max(0, at[0] - 9), at[0]):
        meaning = "on"
    extras: dict[str, Any] = {"meaning": meaning, "named": named}
    if meaning == "on":
        extras |= {"until": last.isoformat(), **({"part": part} if part else {})}
    return Found("date", (last if meaning in ("by", "after") else first).isoformat(), *at, extras)


def _week_of_month(reading: Reading, match: re.Match[str]) -> Iterator[Found]:
    """The weekdays of a month's first, second or last week. A week belongs to the month of its Wednesday."""
    number = int(match["number"] or 0) or _ORDINALS.get(key(match["word"] or ""), 0)

    def days(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
        back = (last.weekday() - 2) % 7 if match["last"] else 0
        forward = (2 - first.weekday()) % 7 + 7 * (number - 1)
        wednesday = last - back * _DAY if match["last"] else first + forward * _DAY
        return max(first, wednesday - 2 * _DAY), min(last, wednesday + 2 * _DAY) if wednesday <= last else first - _DAY

    month = _MONTHS[key(match["month"])]
    first, last = _coming(days, _full_year(_year_of(match)), month, reading.today)
    if first <= last:
        yield _span(reading, match.span(), first, last, "week", f"week_{'last' if match['last'] else number}")


def _coming(
    days: Callable[[dt.date, dt.date], tuple[dt.date, dt.date]], year: int | None, month: int, today: dt.date
) -> tuple[dt.date, dt.date]:
    """The days of a part of a month; without a year those that are not past."""
    part = days(*_month_span(year, month, today))
    return part if year or part[1] >= today else days(*_month_span(today.year + 1, month, today))


def _part_of_month(reading: Reading, match: re.Match[str]) -> Found:
    today, relative = reading.today, match["relative"] or ""
    part = "turn" if match["turn"] else next(name for name, _ in _PART_OF_MONTH if match[name])
    year: int | None = None
    named = "month"
    if relative.startswith(("year", "året", "aaret", "jahr")):
        named, month, year = "year", (1 if part == "early" else 6 if part == "mid" else 12), today.year
    elif match["month"] or match["turned"]:
        month, year = _MONTHS[key(match["month"] or match["turned"])], _full_year(match["year"])
    else:
        ahead = relative in ("neste måned", "next month")
        month, year = (today.month % 12 + 1, today.year + today.month // 12) if ahead else (today.month, today.year)

    def days(first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
        if not match["turn"]:
            return _days_of_part(part, first, last)
        turn = first if match["turned"] else last + _DAY
        return weekday_until(turn - 2 * _DAY), weekday_from(turn + _DAY)

    return _span(reading, match.span(), *_coming(days, year, month, today), named, part)


#: The days of a part of a month, counted from its first; of its end the last eight.
_PARTS = {"early": (0, 9), "mid": (10, 19), "first_half": (0, 14), "second_half": (15, 30), "late": (-7, 30)}


def _days_of_part(part: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    start, end = _PARTS[part]
    return (last if start < 0 else first) + start * _DAY, min(last, first + end * _DAY)


def _days(reading: Reading) -> Iterator[Found]:
    """Days told by their place in the month or week: «den 15.», «fredag», «next Friday», «i morgen», «mandag uke 14»."""
    text, today = reading.open, reading.today
    for match in _ORDINAL_DAY.finditer(text):
        day = int(match["day"] or match["bare"] or 0) or _ORDINALS[key(match["word"])]
        told = meaning_before(text, match.start())
        if match["word"] and (told in (None, "on") or day == 2):
            continue  # «den første», «på den andre»: the first one, the other one
        if 1 <= day <= 31:
            yield _with_weekday(reading, _found(reading, [_next_day_of_month(today, day)], *match.span()))
    for match in _NAMED_DAY.finditer(text):
        yield from _weekday(reading, match)
    for ahead, pattern in _RELATIVE:
        for match in pattern.finditer(text):
            yield _found(reading, [today + dt.timedelta(days=ahead)], *match.span())
    if reading.language == "de":
        for match in _GERMAN_TOMORROW.finditer(text):
            yield _found(reading, [today + dt.timedelta(days=1)], *match.span())


def _next_day_of_month(today: dt.date, day: int) -> dt.date:
    year, month = today.year, today.month
    while True:
        if day <= calendar.monthrange(year, month)[1] and dt.date(year, month, day) >= today:
            return dt.date(year, month, day)
        year, month = year + month // 12, month % 12 + 1


def _weekday(reading: Reading, match: re.Match[str]) -> Iterator[Found]:
    today, number = reading.today, _DAYS[key(match["day"])]
    start, end = match.start("day"), match.end()
    coming = today + dt.timedelta(days=(number - today.isoweekday() - 1) % 7 + 1)
    before = _WEEK_BEFORE.search(reading.open, max(0, start - 16), start)
    if match["week"] or before:
        week = int(match["week"] or (before["week"] if before else 0))
        year = today.isocalendar().year + (week < today.isocalendar().week)
        start = start if match["week"] or not before else before.start()
        try:
            yield _found(reading, [dt.date.fromisocalendar(year, week, number)], start, end)
        except ValueError:
            yield Found("bad_week", f"{year}-W{week:02d}", start, end, {"number": week, "year": year})
        return
    lead = (match["next"] or "").strip()
    if lead in ("neste", "next", "nästa", "næste") and coming.isocalendar().week == today.isocalendar().week:
        yield _found(reading, [coming, coming + dt.timedelta(days=7)], match.start(), end)
    else:
        yield _found(reading, [coming], match.start() if lead in _THIS else start, end)
