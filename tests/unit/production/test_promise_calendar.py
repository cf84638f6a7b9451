"""Working days, closed days and their names."""

import datetime as dt

import pytest

from actions.production.calendar import WorkCalendar, public_holiday
from actions.production.plant import plant

RULE = WorkCalendar(plant().closing)


@pytest.mark.parametrize(
    ("day", "code"),
    [
        ("2027-03-25", "maundy_thursday"), ("2027-03-26", "good_friday"), ("2027-03-29", "easter_monday"),
        ("2028-04-17", "easter_monday"), ("2026-05-14", "ascension"), ("2027-05-06", "ascension"),
        ("2026-05-25", "whit_monday"), ("2027-05-17", "constitution_day"), ("2028-06-05", "whit_monday"),
        ("2027-01-01", "new_year"), ("2027-12-26", "boxing_day"), ("2027-03-24", None), ("2027-05-18", None),
    ],
)  # fmt: skip
def test_public_holidays(day: str, code: str | None) -> None:
    assert public_holiday(dt.date.fromisoformat(day)) == code


def test_the_plan_stands_above_the_rule_and_a_holiday_keeps_its_name() -> None:
    friday, monday = dt.date(2027, 3, 26), dt.date(2027, 7, 12)
    calendar = WorkCalendar(plant().closing, {friday: "public_holiday", monday: None})
    assert calendar.closed_reason(friday) == "good_friday"
    assert calendar.is_working(monday)
    assert RULE.closed_reason(monday) == "summer"


def test_a_reason_nobody_has_a_word_for_is_told_as_closed() -> None:
    day = dt.date(2027, 4, 14)
    assert WorkCalendar(plant().closing, {day: "flood"}).closed_reason(day) == "other"


def test_workdays_skip_easter() -> None:
    assert RULE.add(dt.date(2027, 3, 24), 1) == dt.date(2027, 3, 30)
    assert RULE.after_days(dt.date(2027, 3, 24), 5) == dt.date(2027, 3, 30)
    assert RULE.add(dt.date(2027, 3, 24), 0) == dt.date(2027, 3, 24)


def test_a_closing_goes_on_over_weekends() -> None:
    assert RULE.closings(dt.date(2027, 7, 1), dt.date(2027, 8, 10)) == [
        (dt.date(2027, 7, 12), dt.date(2027, 7, 30), "summer")
    ]
