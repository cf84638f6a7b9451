"""What a customer is promised: opening hours alone count, and the promise is kept or noticed."""

import datetime as dt
from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import Engine, select, update

from bot.common.clock import now
from bot.store.cases import KINDS, Asker, Case, open_case
from bot.store.cases.deadline import answer_by
from bot.store.cases.decisions import decide
from bot.store.cases.inbox import details, inbox, open_count, overdue, remind
from bot.store.cases.models import Outbox
from bot.store.database import connect, reading, writing
from bot.store.hours import is_open
from bot.store.migrate import upgrade
from bot.store.ownership import Person

OSLO = ZoneInfo("Europe/Oslo")
SIRI = Person("s1", "Siri Salg")


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.mark.parametrize(
    ("kind", "received", "promised"),
    [
        ("order", "2027-03-01 09:00", "2027-03-01 13:00"),  # a Monday
        ("order", "2027-03-01 09:01", "2027-03-01 13:15"),
        ("order", "2027-03-01 14:00", "2027-03-02 10:30"),
        ("quote_request", "2027-03-01 08:00", "2027-03-02 15:30"),
        ("quote_request", "2027-03-01 12:00", "2027-03-03 12:00"),
        ("complaint", "2027-03-05 15:00", "2027-03-08 11:30"),  # over a weekend
        ("complaint", "2027-03-06 23:00", "2027-03-08 12:00"),
        ("order", "2027-03-24 14:30", "2027-03-30 11:00"),  # Easter: from Maundy Thursday to Easter Monday
        ("order", "2027-05-14 14:30", "2027-05-18 11:00"),  # Whit Monday is on 17 May
        ("order", "2028-05-16 14:30", "2028-05-18 11:00"),  # 17 May alone, in the middle of a week
        ("quote_request", "2026-12-23 12:00", "2027-01-05 12:00"),  # closed from Christmas Eve to New Year
        ("order", "2027-03-26 12:00", "2027-03-30 12:00"),  # Good Friday, before summer time starts
    ],
)
def test_only_opening_hours_count(kind: str, received: str, promised: str) -> None:
    moment = dt.datetime.fromisoformat(received).replace(tzinfo=OSLO)
    assert answer_by(kind, moment).astimezone(OSLO) == dt.datetime.fromisoformat(promised).replace(tzinfo=OSLO)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_a_promise_that_ends_while_somebody_is_there(kind: str) -> None:
    for hour in range(0, 24 * 14, 5):
        moment = dt.datetime(2027, 3, 20, 0, 7, tzinfo=OSLO) + dt.timedelta(hours=hour)
        promised = answer_by(kind, moment)
        assert promised > moment
        assert is_open(promised - dt.timedelta(minutes=1))


def opened(engine: Engine, number: int, kind: str = "order", **asker: str) -> str:
    who = Asker(**{"name": "Kari", "email": "kari@fjordpumps.example", **asker})
    wording = f"Antall: {number}\nLegering: RG5"
    return open_case(engine, request_id=f"r{number}", kind=kind, wording=wording, asker=who, language="nb").case_no


def promise(engine: Engine, case_no: str, hours: float) -> None:
    with writing(engine) as session:
        moment = now() + dt.timedelta(hours=hours)
        session.execute(update(Case).where(Case.case_no == case_no).values(answer_by=moment))


def test_a_new_case_carries_its_promise(engine: Engine) -> None:
    case_no = opened(engine, 1)
    shown = details(engine, case_no)
    assert shown
    assert shown.case.answer_by
    assert shown.case.answer_by > now()
    assert not overdue(shown.case)


def test_the_inbox_shows_the_most_urgent_first_and_what_is_decided_last(engine: Engine) -> None:
    numbers = [opened(engine, number) for number in range(5)]
    for case_no, hours in zip(numbers, (5, -2, 1, 3, 4), strict=True):
        promise(engine, case_no, hours)
    decide(engine, numbers[3], "d3", "asked", "Når?", SIRI)
    decide(engine, numbers[4], "d4", "accepted", "", SIRI)
    rows, total = inbox(engine)
    assert total == open_count(engine) == 4
    assert [row.case_no for row in rows] == [numbers[1], numbers[2], numbers[0], numbers[3]]
    assert [overdue(row) for row in rows] == [True, False, False, False]
    rows, total = inbox(engine, open_only=False)
    assert total == 5
    assert rows[-1].case_no == numbers[4]


def test_the_inbox_is_searched_and_turned_page_by_page(engine: Engine) -> None:
    quote = opened(engine, 98765, "quote_request", name="Per Ås", customer="Ås 50% Verft_AS")
    for number in range(55):
        opened(engine, number)
    first, total = inbox(engine)
    second, _ = inbox(engine, page=2)
    assert (total, len(first), len(second)) == (56, 50, 6)
    assert not {row.case_no for row in first} & {row.case_no for row in second}
    for words in ("antall: 98765", "per verft", quote.lower(), "50%", "verft_as"):
        assert [row.case_no for row in inbox(engine, words=words)[0]] == [quote]
    assert [row.case_no for row in inbox(engine, kind="quote_request")[0]] == [quote]
    assert inbox(engine, words="finnes ikke")[1] == 0
    assert inbox(engine, words="50_")[1] == 0


def test_the_desk_is_reminded_once_of_a_broken_promise(engine: Engine) -> None:
    late, asked, early = (opened(engine, number) for number in range(3))
    decide(engine, asked, "d", "asked", "Når?", SIRI)
    for case_no, hours in ((late, -1), (asked, -1), (early, 1)):
        promise(engine, case_no, hours)
    assert remind(engine) == [late]
    assert remind(engine) == []
    with reading(engine) as session:
        assert session.scalars(select(Outbox.key).where(Outbox.key.contains("overdue"))).all() == [f"{late}-overdue"]
