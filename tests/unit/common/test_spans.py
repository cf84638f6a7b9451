"""Spans: what becomes of an entity, how it is shown in both languages, and which day is compared with the plan."""

import datetime as dt
from typing import Any

import pytest

from bot.common.replies import replies
from bot.common.spans import Span, by_when, first_day, is_span, last_day, time_of
from bot.engine.nlu.measures import find_measures

TODAY = dt.date(2027, 3, 1)


def _time(text: str, language: str) -> str:
    (entity,) = (each for each in find_measures(text, TODAY, language) if each["entity"] in ("date", "week"))
    return time_of(entity)


@pytest.mark.parametrize(
    ("language", "text", "nb", "en", "last"),
    [
        ("en", "September 2027", "september 2027", "September 2027", "2027-09-30"),
        ("en", "sometime in June", "juni 2027", "June 2027", "2027-06-30"),
        ("nb", "i februar", "februar 2028", "February 2028", "2028-02-29"),
        ("nb", "Q2", "2. kvartal 2027", "Q2 2027", "2027-06-30"),
        ("en", "in 2028", "2028", "2028", "2028-12-29"),
        ("nb", "slutten av mai", "slutten av mai 2027 (24.–31. mai)", "end of May 2027 (24–31 May)", "2027-05-31"),
        ("en", "mid April", "midten av april 2027 (12.–20. april)", "mid April 2027 (12–20 April)", "2027-04-20"),
        ("nb", "tidlig i mai", "tidlig i mai 2027 (3.–10. mai)", "early May 2027 (3–10 May)", "2027-05-10"),
        ("en", "first week of June", "første uke i juni 2027 (1.–4. juni)", "first week of June 2027 (1–4 June)", "2027-06-04"),
        ("nb", "månedsskiftet mai/juni", "månedsskiftet mai/juni 2027 (28. mai–2. juni)", "turn of the month May/June 2027 (28 May–2 June)", "2027-06-02"),
        ("en", "the end of Q2", "slutten av 2. kvartal 2027 (17.–30. juni)", "end of Q2 2027 (17–30 June)", "2027-06-30"),
        ("nb", "over sommeren", "sommeren 2027 (1. juni–31. august)", "summer 2027 (1 June–31 August)", "2027-08-31"),
        ("nb", "i fellesferien", "fellesferien 2027 (12. juli–1. august)", "summer holidays 2027 (12 July–1 August)", "2027-07-30"),
        ("nb", "desember/januar", "1. desember 2027–31. januar 2028", "1 December 2027–31 January 2028", "2028-01-31"),
        ("nb", "1.-5. april", "1.–5. april 2027", "1–5 April 2027", "2027-04-05"),
        ("nb", "8.-11. april", "8.–11. april 2027", "8–11 April 2027", "2027-04-09"),
        ("nb", "uke 12-14", "uke 12–14 (2027)", "week 12–14 (2027)", "2027-04-09"),
    ],
)  # fmt: skip
def test_a_span_is_shown_as_it_was_said(language: str, text: str, nb: str, en: str, last: str) -> None:
    time = _time(text, language)
    assert is_span(time)
    assert [_shown(time, each) for each in ("nb", "en")] == [f"Levering: {nb}", f"Delivery: {en}"]
    assert (last_day(time).isoformat(), by_when(time)) == (last, last)


def _shown(time: str, language: str) -> str:
    return replies().compose(language, [{"reply": "utter_line_delivery_date", "value": time}])


@pytest.mark.parametrize(
    ("language", "text", "time", "last"),
    [
        ("en", "week 20", "2027-W20", "2027-05-21"),
        ("nb", "lørdag 5. juni", "2027-06-05", "2027-06-05"),
        ("en", "by the end of May", "2027-05-31", "2027-05-31"),
        ("nb", "fra juni", "2027-06-01", "2027-06-01"),
        ("en", "before Easter", "2027-03-24", "2027-03-24"),
    ],
)
def test_a_day_a_week_and_one_end_of_a_span_are_no_span(language: str, text: str, time: str, last: str) -> None:
    assert _time(text, language) == time == by_when(time)
    assert last_day(time).isoformat() == last


def test_a_span_is_what_it_was_stored_as() -> None:
    for span in (Span(TODAY, TODAY, "month", "late"), Span(TODAY, TODAY, "quarter"), Span(TODAY, TODAY)):
        assert Span.load(str(span)) == span
        assert first_day(str(span)) == last_day(str(span)) == TODAY


@pytest.mark.parametrize("words", ["half now / half later", "April: 30; June: 50", "a/b/c/d/e/f", "asap"])
def test_words_are_no_time(words: Any) -> None:
    with pytest.raises(ValueError, match=r"."):
        last_day(words)
