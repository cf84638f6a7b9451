"""Opening hours around holidays, week-ends and the clock's changes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from bot.store import hours

OSLO = ZoneInfo("Europe/Oslo")


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=OSLO)


@pytest.mark.parametrize(
    ("moment", "opened"),
    [
        ("2027-03-01T07:59", False),
        ("2027-03-01T08:00", True),
        ("2027-03-01T15:29", True),
        ("2027-03-01T15:30", False),
        ("2027-03-06T10:00", False),  # Saturday
        ("2027-03-25T10:00", False),  # Maundy Thursday
        ("2027-05-17T10:00", False),  # 17 May and Whit Monday
        ("2026-12-24T10:00", False),
        ("2026-12-30T10:00", False),
    ],
)
def test_open_or_not(moment: str, opened: bool) -> None:
    assert hours.is_open(at(moment)) is opened


@pytest.mark.parametrize(
    ("moment", "opening"),
    [
        ("2027-03-01T10:00", "2027-03-01T10:00"),
        ("2027-03-05T16:00", "2027-03-08T08:00"),
        ("2027-03-24T16:00", "2027-03-30T08:00"),  # over Easter, and over the change to summer time
        ("2026-12-23T16:00", "2027-01-04T08:00"),
    ],
)
def test_next_opening(moment: str, opening: str) -> None:
    assert hours.next_open(at(moment)) == at(opening)


@pytest.mark.parametrize(
    ("moment", "minutes", "deadline"),
    [
        ("2027-03-01T10:00", 10, "2027-03-01T10:10"),
        ("2027-03-01T15:25", 10, "2027-03-02T08:05"),
        ("2027-03-05T15:00", 240, "2027-03-08T11:30"),
        ("2027-03-24T15:00", 900, "2027-03-31T15:00"),
    ],
)
def test_a_deadline_counts_opening_time_only(moment: str, minutes: int, deadline: str) -> None:
    assert hours.after(at(moment), minutes) == at(deadline)


def test_a_moment_in_utc_is_the_same_moment() -> None:
    assert hours.is_open(at("2027-07-01T08:30").astimezone(dt.UTC))
    assert hours.answered_by(at("2027-03-06T12:00")) == at("2027-03-08T09:00")
    assert hours.answered_by(at("2027-03-05T10:00")) == at("2027-03-05T10:10")


def test_a_desk_that_never_opens_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(hours.desk()["opening"], "hours", {})
    with pytest.raises(hours.HoursError):
        hours.next_open(at("2027-03-01T10:00"))
