"""Dates, weeks, holidays and lead times, seen from Monday 1 March 2027 unless said otherwise."""

import datetime as dt
from typing import Any

import pytest

from tests.unit.nlu.reading_help import found, only, pairs

DATES = [
    ("nb", "1. mars", "2027-03-01", "on"),
    ("nb", "2. mars", "2027-03-02", "on"),
    ("nb", "28. februar", "2028-02-28", "on"),
    ("nb", "innen 1. april", "2027-04-01", "by"),
    ("nb", "innen 1.april", "2027-04-01", "by"),
    ("nb", "senest 1. april", "2027-04-01", "by"),
    ("nb", "til 1. april", "2027-04-01", "by"),
    ("nb", "før 1. april", "2027-04-01", "before"),
    ("nb", "foer 1. april", "2027-04-01", "before"),
    ("nb", "fra 1. april", "2027-04-01", "from"),
    ("nb", "tidligst 1. april", "2027-04-01", "from"),
    ("nb", "ikke før 1. april", "2027-04-01", "from"),
    ("nb", "etter 1. april", "2027-04-01", "after"),
    ("nb", "den 1. april", "2027-04-01", "on"),
    ("nb", "første april", "2027-04-01", "on"),
    ("nb", "1. april 2028", "2028-04-01", "on"),
    ("nb", "15. mars 28", "2028-03-15", "on"),
    ("nb", "15.mars-28", "2028-03-15", "on"),
    ("nb", "15 mars", "2027-03-15", "on"),
    ("nb", "15 mar", "2027-03-15", "on"),
    ("nb", "01.04.2027", "2027-04-01", "on"),
    ("nb", "1.4.27", "2027-04-01", "on"),
    ("nb", "1. 4. 2027", "2027-04-01", "on"),
    ("nb", "1/4-27", "2027-04-01", "on"),
    ("nb", "1/4 2027", "2027-04-01", "on"),
    ("nb", "1/4", "2027-04-01", "on"),
    ("nb", "innen 1/4", "2027-04-01", "by"),
    ("nb", "03/04/2027", "2027-04-03", "on"),
    ("nb", "01-04-2027", "2027-04-01", "on"),
    ("nb", "2027-04-01", "2027-04-01", "on"),
    ("nb", "leveres 12.4.", "2027-04-12", "on"),
    ("nb", "innen 12.4.", "2027-04-12", "by"),
    ("nb", "innen 12.4", "2027-04-12", "by"),
    ("nb", "ons 31.3", "2027-03-31", "on"),
    ("nb", "den 15.", "2027-03-15", "on"),
    ("nb", "17. mai", "2027-05-17", "on"),
    ("nb", "i dag", "2027-03-01", "on"),
    ("nb", "i morgen", "2027-03-02", "on"),
    ("nb", "i morra", "2027-03-02", "on"),
    ("nb", "i overmorgen", "2027-03-03", "on"),
    ("nb", "i går", "2027-02-28", "on"),
    ("nb", "fredag", "2027-03-05", "on"),
    ("nb", "på fredag", "2027-03-05", "on"),
    ("nb", "innen fredag", "2027-03-05", "by"),
    ("nb", "mandag", "2027-03-08", "on"),
    ("nb", "førstkommende fredag", "2027-03-05", "on"),
    ("nb", "mandag uke 14", "2027-04-05", "on"),
    ("nb", "fredag i uke 14", "2027-04-09", "on"),
    ("nb", "uke 14 mandag", "2027-04-05", "on"),
    ("nb", "fredag 19. mars", "2027-03-19", "on"),
    ("nb", "innen fredag 19. mars", "2027-03-19", "by"),
    ("nn", "innan 1. april", "2027-04-01", "by"),
    ("nn", "laurdag", "2027-03-06", "on"),
    ("sv", "senast den 15 mars", "2027-03-15", "by"),
    ("sv", "före 15 mars", "2027-03-15", "before"),
    ("sv", "i övermorgon", "2027-03-03", "on"),
    ("sv", "lördag", "2027-03-06", "on"),
    ("da", "senest 1. marts", "2027-03-01", "by"),
    ("da", "inden 1. maj", "2027-05-01", "by"),
    ("de", "bis 15. März", "2027-03-15", "by"),
    ("de", "bis zum 15. Maerz", "2027-03-15", "by"),
    ("de", "am 1. Mai", "2027-05-01", "on"),
    ("de", "morgen", "2027-03-02", "on"),
    ("de", "übermorgen", "2027-03-03", "on"),
    ("de", "Freitag", "2027-03-05", "on"),
    ("en", "by 1 April", "2027-04-01", "by"),
    ("en", "by April 1st", "2027-04-01", "by"),
    ("en", "the 1st of April", "2027-04-01", "on"),
    ("en", "first of April", "2027-04-01", "on"),
    ("en", "1st April 2028", "2028-04-01", "on"),
    ("en", "April 15, 2028", "2028-04-15", "on"),
    ("en", "Apr 15", "2027-04-15", "on"),
    ("en", "May 2", "2027-05-02", "on"),
    ("en", "2 May", "2027-05-02", "on"),
    ("en", "before 1 April", "2027-04-01", "before"),
    ("en", "no later than 1 April", "2027-04-01", "by"),
    ("en", "from 1 April", "2027-04-01", "from"),
    ("en", "not before 1 April", "2027-04-01", "from"),
    ("en", "after 1 April", "2027-04-01", "after"),
    ("en", "on 15/04", "2027-04-15", "on"),
    ("en", "13/04/2027", "2027-04-13", "on"),
    ("en", "04/13/2027", "2027-04-13", "on"),
    ("en", "04/04/2027", "2027-04-04", "on"),
    ("en", "03.04.2027", "2027-04-03", "on"),
    ("en", "by the 15th", "2027-03-15", "by"),
    ("en", "tomorrow", "2027-03-02", "on"),
    ("en", "by Friday", "2027-03-05", "by"),
    ("en", "this Friday", "2027-03-05", "on"),
    ("en", "by Friday week 14", "2027-04-09", "by"),
]


@pytest.mark.parametrize(("language", "text", "day", "meaning"), DATES)
def test_a_date_is_read_with_its_meaning(language: str, text: str, day: str, meaning: str) -> None:
    assert only(text, language) == {"entity": "date", "value": day, "meaning": meaning}


@pytest.mark.parametrize("text", ["16 april 34 pcs", "16 april 34 stk"])
def test_pieces_behind_a_day_are_no_year(text: str) -> None:
    assert pairs(text) == [("date", "2027-04-16"), ("quantity", 34)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "03/04/2027", {"value": "2027-04-03", "ask": ["2027-04-03", "2027-03-04"]}),
        ("en-US", "03/04/2027", {"value": "2027-03-04", "ask": ["2027-03-04", "2027-04-03"]}),
        ("en-GB", "03/04/2027", {"value": "2027-04-03", "ask": ["2027-04-03", "2027-03-04"]}),
        ("en", "03-04-2027", {"value": "2027-04-03", "ask": ["2027-04-03", "2027-03-04"]}),
        (None, "03/04/2027", {"value": "2027-04-03", "ask": ["2027-04-03", "2027-03-04"]}),
        ("en", "next Friday", {"value": "2027-03-05", "ask": ["2027-03-05", "2027-03-12"]}),
        ("nb", "neste fredag", {"value": "2027-03-05", "ask": ["2027-03-05", "2027-03-12"]}),
        ("nb", "torsdag 19. mars", {"value": "2027-03-19", "weekday_conflict": True}),
        ("nb", "tirsdag 1.4.2027", {"value": "2027-04-01", "weekday_conflict": True}),
        ("en", "Thursday 19 March", {"value": "2027-03-19", "weekday_conflict": True}),
        ("en", "Saturday 03/04/2027", {"value": "2027-04-03"}),
        ("nb", "1.-5. april", {"value": "2027-04-01", "until": "2027-04-05"}),
        ("en", "between 1 and 5 April", {"value": "2027-04-01", "until": "2027-04-05"}),
        ("nb", "i april", {"value": "2027-04-01", "until": "2027-04-30", "named": "month"}),
        ("nb", "april", {"value": "2027-04-01", "until": "2027-04-30", "named": "month"}),
        ("nb", "i mars", {"value": "2027-03-01", "until": "2027-03-31", "named": "month"}),
        ("nb", "i februar", {"value": "2028-02-01", "until": "2028-02-29", "named": "month"}),
        ("en", "in April", {"value": "2027-04-01", "until": "2027-04-30", "named": "month"}),
        ("en", "in May", {"value": "2027-05-03", "until": "2027-05-31", "named": "month"}),
        ("nb", "mars 2028", {"value": "2028-03-01", "until": "2028-03-31", "named": "month"}),
        ("nb", "neste måned", {"value": "2027-04-01", "until": "2027-04-30", "named": "month"}),
        ("nb", "primo april", {"value": "2027-04-01", "until": "2027-04-09", "named": "month", "part": "early"}),
        ("nb", "medio april", {"value": "2027-04-12", "until": "2027-04-20", "named": "month", "part": "mid"}),
        ("nb", "ultimo april", {"value": "2027-04-23", "until": "2027-04-30", "named": "month", "part": "late"}),
        ("nb", "slutten av april", {"value": "2027-04-23", "until": "2027-04-30", "named": "month", "part": "late"}),
        ("en", "early April", {"value": "2027-04-01", "until": "2027-04-09", "named": "month", "part": "early"}),
        ("en", "mid-April", {"value": "2027-04-12", "until": "2027-04-20", "named": "month", "part": "mid"}),
        ("en", "the end of April", {"value": "2027-04-23", "until": "2027-04-30", "named": "month", "part": "late"}),
        ("de", "Anfang April", {"value": "2027-04-01", "until": "2027-04-09", "named": "month", "part": "early"}),
        ("de", "Ende April", {"value": "2027-04-23", "until": "2027-04-30", "named": "month", "part": "late"}),
        (
            "nb",
            "månedsskiftet mars/april",
            {"value": "2027-03-30", "until": "2027-04-02", "named": "month", "part": "turn"},
        ),
        ("nb", "Q3", {"value": "2027-07-01", "until": "2027-09-30", "named": "quarter"}),
        ("nb", "til våren", {"value": "2027-03-01", "until": "2027-05-31", "named": "spring"}),
        ("nb", "i høst", {"value": "2027-09-01", "until": "2027-11-30", "named": "autumn"}),
    ],
)
def test_periods_and_dates_that_must_be_asked_about(language: str | None, text: str, expected: dict[str, Any]) -> None:
    assert only(text, language) == {"entity": "date", "meaning": "on", **expected}


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "1st week of June", "2027-06-01", "2027-06-04"),
        ("en", "2nd week of May", "2027-05-10", "2027-05-14"),
        ("en", "the second week in May", "2027-05-10", "2027-05-14"),
        ("en", "last week of May", "2027-05-24", "2027-05-28"),
        ("en", "last week of April 2028", "2028-04-24", "2028-04-28"),
        ("nb", "2. uke i mai", "2027-05-10", "2027-05-14"),
        ("nb", "første uka i juni", "2027-06-01", "2027-06-04"),
        ("nb", "siste uka i oktober", "2027-10-25", "2027-10-29"),
        ("nb", "første uke i oktober", "2027-10-04", "2027-10-08"),
        ("de", "erste Woche im Juni", "2027-06-01", "2027-06-04"),
        ("en", "1st half of June", "2027-06-01", "2027-06-15"),
        ("nb", "andre halvdel av mai", "2027-05-17", "2027-05-31"),
        ("en", "early May", "2027-05-03", "2027-05-10"),
        ("en", "late May", "2027-05-24", "2027-05-31"),
        ("nb", "månedsskiftet mai/juni", "2027-05-28", "2027-06-02"),
        ("en", "the end of Q2", "2027-06-17", "2027-06-30"),
        ("nb", "starten av Q4", "2027-10-01", "2027-10-14"),
        ("en", "over the summer", "2027-06-01", "2027-08-31"),
        ("nb", "over sommeren", "2027-06-01", "2027-08-31"),
        ("en", "over Easter", "2027-03-22", "2027-03-29"),
        ("en", "end of the year", "2027-12-24", "2027-12-31"),
        ("en", "June/July", "2027-06-01", "2027-07-30"),
        ("nb", "mellom mai og juli", "2027-05-03", "2027-07-30"),
        ("nb", "desember/januar", "2027-12-01", "2028-01-31"),
        ("en", "May", "2027-05-03", "2027-05-31"),
        ("en", "May 2028", "2028-05-01", "2028-05-31"),
        ("en", "September '27", "2027-09-01", "2027-09-30"),
        ("nb", "juni/2027", "2027-06-01", "2027-06-30"),
        ("nb", "i løpet av juni", "2027-06-01", "2027-06-30"),
        ("nb", "til juni", "2027-06-01", "2027-06-30"),
        ("en", "early February", "2028-02-01", "2028-02-10"),
        ("nb", "siste uka i februar", "2028-02-21", "2028-02-25"),
    ],
)
def test_a_part_of_a_month_or_quarter_is_a_span_of_weekdays(language: str, text: str, first: str, last: str) -> None:
    entity = only(text, language)
    assert (entity["value"], entity["until"]) == (first, last)


def test_the_deadline_of_a_span_is_its_end() -> None:
    assert only("by the end of Q2", "en")["value"] == "2027-06-30"
    assert only("by the 2nd week of May", "en")["value"] == "2027-05-14"
    assert only("innen første uka i juni")["value"] == "2027-06-04"
    assert only("fram til slutten av mai")["value"] == "2027-05-31"
    assert only("før slutten av mai")["value"] == "2027-05-31"
    assert only("before the end of Q2", "en")["value"] == "2027-06-30"


def test_a_word_for_one_end_of_a_span_names_that_day() -> None:
    assert only("after the end of May", "en") == {
        "entity": "date",
        "value": "2027-05-31",
        "meaning": "after",
        "named": "month",
    }
    assert only("fra midten av mai") == {"entity": "date", "value": "2027-05-11", "meaning": "from", "named": "month"}


@pytest.mark.parametrize("today", [dt.date(2027, month, 1) for month in range(1, 13)])
def test_no_span_begins_or_ends_at_a_weekend(today: dt.date) -> None:
    for text in (
        "i {}",
        "primo {}",
        "medio {}",
        "ultimo {}",
        "første uka i {}",
        "siste uka i {}",
        "andre halvdel av {}",
    ):
        for month in ("januar", "mars", "mai", "juli", "oktober"):
            entity = only(text.format(month), "nb", today)
            days = [dt.date.fromisoformat(entity[name]) for name in ("value", "until")]
            assert all(day.weekday() < 5 for day in days), (text, month, days)


def test_by_a_month_may_mean_its_first_or_its_last_day() -> None:
    entity = only("innen april")
    assert (entity["meaning"], entity["ask"]) == ("by", ["2027-04-01", "2027-04-30"])


@pytest.mark.parametrize(
    ("language", "text", "today", "day", "meaning", "named"),
    [
        ("nb", "før påske", "2027-03-01", "2027-03-24", "by", "easter"),
        ("nb", "foer paaske", "2027-03-01", "2027-03-24", "by", "easter"),
        ("nb", "innen påske", "2027-03-01", "2027-03-24", "by", "easter"),
        ("en", "before Easter", "2027-03-01", "2027-03-24", "by", "easter"),
        ("de", "vor Ostern", "2027-03-01", "2027-03-24", "by", "easter"),
        ("nb", "før påske", "2027-03-25", "2028-04-12", "by", "easter"),
        ("nb", "før påske", "2026-03-01", "2026-04-01", "by", "easter"),
        ("nb", "etter påske", "2027-03-01", "2027-03-30", "from", "easter"),
        ("nb", "over påske", "2027-03-01", "2027-03-30", "from", "easter"),
        ("en", "after Easter", "2027-03-26", "2027-03-30", "from", "easter"),
        ("nb", "i påskeuka", "2027-03-01", "2027-03-22", "on", "easter"),
        ("nb", "før jul", "2027-03-01", "2027-12-20", "by", "christmas"),
        ("nb", "til jul", "2026-10-01", "2026-12-18", "by", "christmas"),
        ("en", "before Christmas", "2027-03-01", "2027-12-20", "by", "christmas"),
        ("nb", "etter jul", "2027-03-01", "2028-01-03", "from", "christmas"),
        ("nb", "over nyttår", "2027-03-01", "2028-01-03", "from", "new_year"),
        ("nb", "over nyttår", "2026-10-01", "2027-01-04", "from", "new_year"),
        ("nb", "på nyåret", "2027-03-01", "2028-01-03", "on", "new_year"),
        ("en", "after New Year", "2027-03-01", "2028-01-03", "from", "new_year"),
        ("nb", "romjula", "2027-03-01", "2027-12-27", "on", "new_year"),
        ("nb", "mellom jul og nyttår", "2027-03-01", "2027-12-27", "on", "new_year"),
        ("nb", "før fellesferien", "2027-03-01", "2027-07-09", "by", "summer"),
        ("nb", "før ferien", "2027-03-01", "2027-07-09", "by", "summer"),
        ("nb", "etter ferien", "2027-03-01", "2027-08-02", "from", "summer"),
        ("en", "after the summer holidays", "2027-03-01", "2027-08-02", "from", "summer"),
        ("sv", "efter semestern", "2027-03-01", "2027-08-02", "from", "summer"),
        ("de", "nach den Betriebsferien", "2027-03-01", "2027-08-02", "from", "summer"),
        ("nb", "fellesferien", "2027-03-01", "2027-07-12", "on", "summer"),
        ("nb", "i sommer", "2027-03-01", "2027-06-01", "on", "summer"),
        ("en", "this summer", "2027-07-20", "2027-06-01", "on", "summer"),
        ("nb", "skjærtorsdag", "2027-03-01", "2027-03-25", "on", "holiday"),
        ("en", "Good Friday", "2027-03-01", "2027-03-26", "on", "holiday"),
    ],
)
def test_holidays_are_those_of_the_next_time(
    language: str, text: str, today: str, day: str, meaning: str, named: str
) -> None:
    entity = only(text, language, dt.date.fromisoformat(today))
    assert (entity["value"], entity["meaning"], entity["named"]) == (day, meaning, named)


@pytest.mark.parametrize(
    ("text", "today"),
    [
        ("30. februar", "2027-03-01"),
        ("30.02.2028", "2027-03-01"),
        ("31. april", "2027-03-01"),
        ("32.03.2027", "2027-03-01"),
        ("2027-02-30", "2027-03-01"),
        ("29. februar", "2027-01-10"),
        ("29.02.2027", "2027-01-10"),
        ("February 30", "2027-03-01"),
        ("den 31.11.2027", "2027-03-01"),
    ],
)
def test_a_date_that_does_not_exist_is_told(text: str, today: str) -> None:
    entity = only(text, "nb", dt.date.fromisoformat(today))
    assert entity["entity"] == "bad_date"
    assert entity["value"] in text.lower()


def test_a_leap_day_is_found_when_its_year_comes() -> None:
    assert only("29. februar")["value"] == "2028-02-29"
    assert only("29.02.2028")["value"] == "2028-02-29"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "we may need it"),
        ("en", "it may be late"),
        ("nb", "12.3 kg"),
        ("nb", "12,3 kg"),
        ("nb", "vår ordre"),
        ("en", "a spring housing"),
        ("nb", "Jan Hansen"),
        ("nb", "1/2 tonn"),
        ("nb", "3.2381"),
        ("nb", "9 mm på den andre, 3 på den første"),
        ("en", "03 pieces"),
        ("nb", "versjon 1.2.3"),
    ],
)
def test_what_only_looks_like_a_date_is_none(language: str, text: str) -> None:
    assert not [entity for entity in found(text, language) if entity["entity"] in ("date", "bad_date")]


WEEKS = [
    ("nb", "uke 12", "2027-W12", "on"),
    ("nb", "Uke 12", "2027-W12", "on"),
    ("nb", "uka 12", "2027-W12", "on"),
    ("nb", "u12", "2027-W12", "on"),
    ("nb", "u. 12", "2027-W12", "on"),
    ("nb", "i uke 12", "2027-W12", "on"),
    ("nb", "innen uke 12", "2027-W12", "by"),
    ("nb", "til uke 12", "2027-W12", "by"),
    ("nb", "te uke 12", "2027-W12", "by"),
    ("nb", "før uke 12", "2027-W12", "before"),
    ("nb", "fra uke 12", "2027-W12", "from"),
    ("nb", "etter uke 12", "2027-W12", "after"),
    ("nb", "uke 8", "2028-W08", "on"),
    ("nb", "uke 9", "2027-W09", "on"),
    ("nb", "uke 12 2028", "2028-W12", "on"),
    ("nb", "uke 12/28", "2028-W12", "on"),
    ("nb", "uke tolv", "2027-W12", "on"),
    ("nb", "2027-W12", "2027-W12", "on"),
    ("nb", "denne uka", "2027-W09", "on"),
    ("nb", "neste uke", "2027-W10", "on"),
    ("nb", "til uka", "2027-W10", "on"),
    ("nn", "veke 12", "2027-W12", "on"),
    ("nn", "innan veke 12", "2027-W12", "by"),
    ("nn", "neste veke", "2027-W10", "on"),
    ("sv", "v. 12", "2027-W12", "on"),
    ("sv", "v12", "2027-W12", "on"),
    ("sv", "v 12", "2027-W12", "on"),
    ("sv", "vecka 12", "2027-W12", "on"),
    ("sv", "innan vecka 12", "2027-W12", "before"),
    ("sv", "nästa vecka", "2027-W10", "on"),
    ("da", "uge 12", "2027-W12", "on"),
    ("da", "næste uge", "2027-W10", "on"),
    ("de", "KW 12", "2027-W12", "on"),
    ("de", "KW12", "2027-W12", "on"),
    ("de", "bis KW 12", "2027-W12", "by"),
    ("de", "12. Kalenderwoche", "2027-W12", "on"),
    ("de", "nächste Woche", "2027-W10", "on"),
    ("en", "week 12", "2027-W12", "on"),
    ("en", "wk 12", "2027-W12", "on"),
    ("en", "wk12", "2027-W12", "on"),
    ("en", "W12", "2027-W12", "on"),
    ("en", "by week 12", "2027-W12", "by"),
    ("en", "move it to week 12", "2027-W12", "on"),
    ("en", "week 12 2028", "2028-W12", "on"),
    ("en", "week 12 of 2028", "2028-W12", "on"),
    ("en", "next week", "2027-W10", "on"),
    ("en", "this week", "2027-W09", "on"),
]


@pytest.mark.parametrize(("language", "text", "week", "meaning"), WEEKS)
def test_a_week_is_read(language: str, text: str, week: str, meaning: str) -> None:
    assert only(text, language) == {"entity": "week", "value": week, "meaning": meaning}


def test_ranges_and_pairs_of_weeks() -> None:
    assert only("uke 12-14") == {"entity": "week", "value": "2027-W12", "until": "2027-W14", "meaning": "on"}
    assert only("uke 12 til uke 14")["until"] == "2027-W14"
    assert only("fra uke 50 til uke 2")["until"] == "2028-W02"
    assert [value for _, value in pairs("leveres uke 14, 15 og 16")] == ["2027-W14", "2027-W15", "2027-W16"]
    assert only("uke 10-2028")["value"] == "2028-W10"
    assert pairs("uke 12 og 13") == [("week", "2027-W12"), ("week", "2027-W13")]


def test_a_quantity_after_a_week_is_no_second_week() -> None:
    assert [name for name, _ in pairs("60 in week 33 and 60 in week 37", "en") if name in ("week", "bad_week")] == [
        "week",
        "week",
    ]
    assert pairs("uke 33 og 20 stk") == [("week", "2027-W33"), ("quantity", 20)]


def test_a_week_that_does_not_exist_is_told() -> None:
    assert only("uke 53") == {"entity": "bad_week", "value": "2027-W53", "number": 53, "year": 2027}
    assert only("uke 53", "nb", dt.date(2026, 11, 23))["value"] == "2026-W53"
    assert only("uke 53 2028")["entity"] == "bad_week"
    assert only("uke 54")["number"] == 54
    assert only("uke 0")["entity"] == "bad_week"


def test_the_week_after_new_year_belongs_to_the_next_year() -> None:
    assert only("uke 2", "nb", dt.date(2027, 12, 20))["value"] == "2028-W02"
    assert only("uke 52", "nb", dt.date(2028, 1, 1))["value"] == "2027-W52"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("nb", "om 14 dager", {"value": 14}),
        ("nb", "om fjorten dager", {"value": 14}),
        ("nb", "om tre uker", {"value": 21}),
        ("nb", "om en uke", {"value": 7}),
        ("nb", "om et par uker", {"value": 14}),
        ("nb", "3 uker", {"value": 21}),
        ("nb", "leveringstid 3 uker", {"value": 21}),
        ("nb", "innen 14 dager", {"value": 14, "meaning": "by"}),
        ("nb", "tre til fem uker", {"value": 35, "low": 21, "high": 35}),
        ("nb", "om en måned", {"value": 31}),
        ("nb", "10 arbeidsdager", {"value": 14, "working_days": 10}),
        ("nn", "om to veker", {"value": 14}),
        ("sv", "om två veckor", {"value": 14}),
        ("sv", "inom 2 veckor", {"value": 14, "meaning": "by"}),
        ("da", "om 3 uger", {"value": 21}),
        ("de", "in drei Wochen", {"value": 21}),
        ("de", "innerhalb von 14 Tagen", {"value": 14, "meaning": "by"}),
        ("en", "in three weeks", {"value": 21}),
        ("en", "within 2 weeks", {"value": 14, "meaning": "by"}),
        ("en", "in a week", {"value": 7}),
        ("en", "in a month", {"value": 31}),
        ("en", "a fortnight", {"value": 14}),
        ("en", "3-5 weeks", {"value": 35, "low": 21, "high": 35}),
        ("en", "10 working days", {"value": 14, "working_days": 10}),
    ],
)
def test_lead_times_are_days_from_today(language: str, text: str, expected: dict[str, Any]) -> None:
    assert only(text, language) == {"entity": "lead", **expected}


def test_weeks_counted_are_no_week_number() -> None:
    assert pairs("om to uker 40 stk") == [("lead", 14), ("quantity", 40)]
    assert pairs("2 tonn per uke 12 ganger") != [("week", "2027-W12")]


#: Machine dates, months in letters or short, and what they were before: numbers, or nothing.
SPELLINGS = [
    ("en", "15-Mar-2027", "2027-03-15"),
    ("en", "06MAR27", "2027-03-06"),
    ("nb", "6.mai.2027", "2027-05-06"),
    ("de", "15-Okt-27", "2027-10-15"),
    ("en", "15-03-27", "2027-03-15"),
    ("da", "31-12-27", "2027-12-31"),
    ("en", "20270315", "2027-03-15"),
    ("nb", "levering 20271201", "2027-12-01"),
    ("en", "2027-03-15T10:00", "2027-03-15"),
    ("en", "2027-03-15T10:00:00Z", "2027-03-15"),
    ("nb", "2027-03-15 10:00", "2027-03-15"),
]


@pytest.mark.parametrize(("language", "text", "day"), SPELLINGS)
def test_every_spelling_of_a_date_is_read(language: str, text: str, day: str) -> None:
    assert pairs(text, language) == [("date", day)]


@pytest.mark.parametrize("text", ["99999999", "20271340", "tlf 20270315 1", "35-13-27", "12-34-56", "15-Foo-2027"])
def test_figures_that_are_no_day_are_none(text: str) -> None:
    assert "date" not in [name for name, _ in pairs(text)]


@pytest.mark.parametrize(
    ("language", "text", "week"),
    [
        ("en", "CW12", "2027-W12"),
        ("de", "KW 12", "2027-W12"),
        ("nb", "week №12", "2027-W12"),
        ("nb", "kalenderuke 12", "2027-W12"),
        ("en", "calendar week 12", "2027-W12"),
        ("en", "delivery 2712", "2027-W12"),
        ("nb", "levering: 2748", "2027-W48"),
        ("nb", "uke 2712", "2027-W12"),
        ("en", "wk2801", "2028-W01"),
    ],
)
def test_every_spelling_of_a_week_is_read(language: str, text: str, week: str) -> None:
    assert pairs(text, language) == [("week", week)]


@pytest.mark.parametrize(
    ("language", "text", "first", "last"),
    [
        ("en", "Mar 2027", "2027-03-01", "2027-03-31"),
        ("en", "Oct. 2027", "2027-10-01", "2027-10-29"),
        ("en", "03/2027", "2027-03-01", "2027-03-31"),
        ("nb", "11.2027", "2027-11-01", "2027-11-30"),
        ("en", "early Feb 2028", "2028-02-01", "2028-02-10"),
        ("en", "mid Apr", "2027-04-12", "2027-04-20"),
        ("de", "Ende Okt 2027", "2027-10-25", "2027-10-29"),
        ("nb", "15.3.-20.3.", "2027-03-15", "2027-03-20"),
        ("nb", "15/3-20/3", "2027-03-15", "2027-03-20"),
        ("nb", "29.11.-3.12.2027", "2027-11-29", "2027-12-03"),
        ("de", "15.03.2027 - 20.03.2027", "2027-03-15", "2027-03-20"),
        ("en", "March 15-20, 2027", "2027-03-15", "2027-03-20"),
        ("en", "Oct 4 to 8", "2027-10-04", "2027-10-08"),
        ("en", "May 3rd-7th", "2027-05-03", "2027-05-07"),
    ],
)
def test_every_spelling_of_a_span_is_one_span(language: str, text: str, first: str, last: str) -> None:
    entity = only(text, language)
    assert (entity["value"], entity["until"]) == (first, last)


def test_two_weeks_with_a_dash_are_a_span() -> None:
    assert only("week 22-23", "en")["until"] == "2027-W23"


@pytest.mark.parametrize(
    ("language", "text", "today", "first"),
    [
        ("nb", "til høsten", "2026-11-16", "2027-09-01"),
        ("nb", "til høsten", "2027-09-10", "2027-09-01"),
        ("nb", "til høsten", "2027-06-10", "2027-09-01"),
        ("nb", "i høst", "2026-11-16", "2026-09-01"),
        ("en", "next autumn", "2026-10-20", "2027-09-01"),
        ("nb", "til våren", "2027-05-10", "2028-03-01"),
        ("sv", "till sommaren", "2027-08-10", "2028-06-01"),
    ],
)
def test_a_season_that_is_to_come_is_not_the_one_that_ends(language: str, text: str, today: str, first: str) -> None:
    assert only(text, language, dt.date.fromisoformat(today))["value"] == first


@pytest.mark.parametrize(
    ("language", "text", "day", "of"),
    [
        ("en", "drawing 8811-C dated 12.03.2024", "2024-03-12", "drawing"),
        ("nb", "tegning 4711 rev B datert 3. mai 2027", "2027-05-03", "drawing"),
        ("sv", "ritning 4711 daterad 2026-05-03", "2026-05-03", "drawing"),
        ("en", "our enquiry of 12 November: 40 pcs, delivery week 10", "2026-11-12", "enquiry"),
        ("nb", "ref. vår forespørsel av 12. november", "2026-11-12", "enquiry"),
        ("de", "Ihre Anfrage vom 3.2.2027", "2027-02-03", "enquiry"),
        ("en", "quotation Q-118 dated 4 December", "2026-12-04", "quotation"),
        ("de", "Ihr Angebot vom 03.02.2027", "2027-02-03", "quotation"),
        ("nb", "tilbudet av 1. februar", "2027-02-01", "quotation"),
    ],
)
def test_the_date_of_a_paper_is_no_time_of_the_goods(language: str, text: str, day: str, of: str) -> None:
    entities = found(text, language)
    assert "date" not in [each["entity"] for each in entities]
    assert [(each["value"], each["of"]) for each in entities if each["entity"] == "paper_date"] == [(day, of)]


@pytest.mark.parametrize("text", ["levering 12/2027/3", "innen 45/2027", "delivery 7/13/2027/2", "senest 12-13-14-15"])
def test_what_is_told_as_a_day_and_cannot_be_read_is_named(text: str) -> None:
    entity = next(each for each in found(text) if each["entity"] == "bad_date")
    assert entity["unread"] is True
    assert entity["value"] in text


@pytest.mark.parametrize("text", ["innen 3.1", "til 60/80 stk", "levering 12/15", "by 10-20 pcs"])
def test_figures_behind_a_word_of_time_are_not_all_days(text: str) -> None:
    assert "bad_date" not in [name for name, _ in pairs(text)]
