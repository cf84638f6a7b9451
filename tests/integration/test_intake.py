"""Confirmed wishes reach the production side exactly once, whatever is killed, lost or away, on both databases."""

import datetime as dt
import email
import email.policy
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, event, func, select, text, update
from sqlalchemy.exc import OperationalError

from actions.production.database import connect as connect_production
from actions.production.database import migrate
from actions.production.identity import Identity
from actions.production.models import CalendarDay, Contact, Customer, Hold, IntakeSubmission, Resource, ResourceDay
from actions.production.order_intake import (
    CapacityTakenError,
    Receipt,
    RefusedError,
    Share,
    Submission,
    TableIntake,
    hold_wish,
)
from bot.common.clock import utcnow
from bot.common.settings import ROOT, settings
from bot.store.cases import Asker
from bot.store.cases.cases import open_case
from bot.store.cases.drafts import save_draft, submit_draft
from bot.store.cases.intake import Wish
from bot.store.cases.models import Case, Outbox
from bot.store.database import connect, reading, writing
from bot.store.migrate import upgrade
from bot.store.models import Message
from bot.store.records import Incoming
from bot.store.talk import messages
from bot.worker import deliver, intake, send
from tests.conftest import fresh_postgres

KARI = Identity("demo-kari", "C-1001", "sign_in")
JENS = Identity("demo-jens", "C-1004", "sign_in")
ASKER = Asker(
    name="Kari Nordvik", email="kari@fjellvik-pumper.example", contact_id="demo-kari", customer_id="C-1001",
    customer="Fjellvik Pumper AS", proved="sign_in",
)  # fmt: skip
DAY = dt.date(2027, 5, 3)
SHARES = (Share("B", DAY, 2.0),)
ORDER = {"product_id": "P-1001", "quantity": 40, "hold": hold_wish(SHARES, 48)}


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SMELT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture(params=["sqlite", "postgresql"])
def urls(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, str]]:
    """Own and production database of one kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/own.db", f"sqlite:///{tmp_path}/production.db"
        return
    with fresh_postgres() as own, fresh_postgres() as production:
        yield own, production


@pytest.fixture
def own(urls: tuple[str, str]) -> Iterator[Engine]:
    engine = connect(urls[0])
    upgrade(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def production(urls: tuple[str, str]) -> Iterator[Engine]:
    engine = connect_production(urls[1])
    migrate(engine)
    lay_out(engine)
    yield engine
    engine.dispose()


def lay_out(engine: Engine) -> None:
    """Two customers, a contact who may not order, and a line with six moulds on a day."""
    company = {"number": "1", "country": "NO", "language": "nb", "currency": "NOK", "incoterm": "DAP",
               "delivery_place": "x", "transit_days": 1, "payment_days": 30, "credit_hold": False}  # fmt: skip
    person = {"email": "x@x.example", "phone": "1", "role": "purchasing", "may_see_prices": True, "active": True}
    with engine.begin() as connection:
        for number in ("C-1001", "C-1004"):
            connection.execute(
                Customer.__table__.insert().values(**company | {"id": number, "number": number, "name": number})
            )
        for name, customer, may in (
            ("demo-kari", "C-1001", True),
            ("demo-ola", "C-1001", False),
            ("demo-jens", "C-1004", True),
        ):
            values = person | {"id": name, "name": name, "customer_id": customer, "may_order": may}
            connection.execute(Contact.__table__.insert().values(**values))
        connection.execute(Resource.__table__.insert().values(id="B", type="line", unit="mould", capacity_per_day=6))
        connection.execute(CalendarDay.__table__.insert().values(day=DAY, iso_year=2027, iso_week=18))
        connection.execute(ResourceDay.__table__.insert().values(resource_id="B", day=DAY, capacity=6, booked=0))


def change(engine: Engine, statement: str) -> None:
    with engine.begin() as connection:
        connection.execute(text(statement))


def submissions(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        return list(connection.execute(select(IntakeSubmission.__table__)))


def count(engine: Engine, table: Any) -> int:
    with engine.connect() as connection:
        return connection.scalar(select(func.count()).select_from(table)) or 0


def order(own: Engine, number: int = 1, kind: str = "order", payload: dict[str, Any] | None = None, **more: Any) -> str:
    return open_case(
        own, request_id=f"r{number}", kind="order", wording="Antall: 40", asker=ASKER, language="nb",
        intake=Wish(kind, ORDER if payload is None else payload), **more,
    ).case_no  # fmt: skip


def case_of(own: Engine, case_no: str) -> Case:
    with reading(own) as session:
        found = session.get(Case, case_no)
    assert found
    return found


def entry_of(own: Engine, case_no: str) -> Outbox:
    with reading(own) as session:
        found = session.get(Outbox, f"{case_no}-intake")
    assert found
    return found


def hurry(own: Engine) -> None:
    """As if every pause and lease were over."""
    with writing(own) as session:
        session.execute(update(Outbox).values(next_try=utcnow() - dt.timedelta(seconds=1)))


def deliver_all(own: Engine, port: Any) -> None:
    while deliver.deliver_one(own, lambda key, message: None, None, port):
        pass


# --- the port ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", [
    "request", "order", "call_off", "change", "cancel", "stop", "claim", "accept_quotation", "decline_quotation",
])  # fmt: skip
def test_every_kind_is_stored_once_with_a_receipt_and_no_order_table_is_touched(production: Engine, kind: str) -> None:
    port = TableIntake(production)
    first = port.submit(KARI, Submission("r1", kind, {"note": "æøå"}))
    again = port.submit(KARI, Submission("r1", kind, {"note": "another"}))
    assert first == again
    assert first.id.startswith("IN-")
    (row,) = submissions(production)
    assert (row.id, row.kind, row.urgent, row.payload, row.state) == (
        first.id,
        kind,
        kind == "stop",
        {"note": "æøå"},
        "received",
    )
    assert (row.customer_id, row.contact_id, row.proved) == ("C-1001", "demo-kari", "sign_in")
    with production.connect() as connection:
        for table in ("sales_order", "order_line", "works_order", "agreement", "quotation"):
            assert connection.scalar(text(f"SELECT count(*) FROM {table}")) == 0


def test_an_unknown_kind_is_an_error(production: Engine) -> None:
    with pytest.raises(ValueError, match="gift"):
        TableIntake(production).submit(KARI, Submission("r1", "gift", {}))


@pytest.mark.parametrize(
    ("identity", "kind", "code"),
    [
        (None, "order", "not_proven"),
        (None, "stop", "not_proven"),
        (Identity("demo-ola", "C-1001", "sign_in"), "order", "no_right_to_order"),
        (Identity("demo-kari", "C-1004", "sign_in"), "cancel", "no_right_to_order"),
        (Identity("nobody", "C-1001", "mail"), "change", "no_right_to_order"),
    ],
)
def test_what_binds_needs_a_proven_contact_with_the_right(
    production: Engine, identity: Identity | None, kind: str, code: str
) -> None:
    with pytest.raises(RefusedError) as refused:
        TableIntake(production).submit(identity, Submission("r1", kind, {}))
    assert refused.value.code == code
    assert submissions(production) == []


def test_a_stranger_may_ask_and_complain(production: Engine) -> None:
    port = TableIntake(production)
    assert port.submit(None, Submission("r1", "request", {})) == port.submit(None, Submission("r1", "request", {}))
    port.submit(None, Submission("r2", "claim", {}))
    assert [row.customer_id for row in submissions(production)] == [None, None]


def test_somebody_elses_request_id_gives_no_receipt(production: Engine) -> None:
    port = TableIntake(production)
    port.submit(KARI, Submission("r1", "order", {}))
    for identity in (JENS, None):
        with pytest.raises(RefusedError):
            port.submit(identity, Submission("r1", "request", {}))
    assert len(submissions(production)) == 1


def test_an_order_takes_its_hold_in_the_same_transaction_or_nothing(production: Engine) -> None:
    port = TableIntake(production)
    receipt = port.submit(KARI, Submission("r1", "order", ORDER))
    assert receipt.hold_id
    assert receipt.expires_at
    assert abs((receipt.expires_at - utcnow()) - dt.timedelta(hours=48)) < dt.timedelta(minutes=1)
    assert port.submit(KARI, Submission("r1", "order", ORDER)) == receipt
    change(production, "UPDATE resource_day SET capacity = 3")
    with pytest.raises(CapacityTakenError):
        port.submit(JENS, Submission("r2", "order", ORDER))
    assert (count(production, Hold), len(submissions(production))) == (1, 1)
    port.submit(JENS, Submission("r2", "order", ORDER).without_hold())
    assert submissions(production)[-1].payload["hold_lost"] is True


def test_a_hold_taken_in_the_chat_becomes_the_orders(production: Engine) -> None:
    port = TableIntake(production)
    held = port.hold(KARI, "r1", SHARES, utcnow() + dt.timedelta(hours=48))
    receipt = port.submit(KARI, Submission("r1", "order", ORDER))
    assert receipt.hold_id == held.id
    assert count(production, Hold) == 1


def test_a_double_click_at_the_same_moment_is_one_submission_with_one_hold(production: Engine) -> None:
    receipts: list[Receipt] = []
    start = threading.Barrier(4)

    def click() -> None:
        start.wait()
        receipts.append(TableIntake(production).submit(KARI, Submission("r1", "order", ORDER)))

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(receipts) == 4
    assert len({receipt.id for receipt in receipts}) == 1
    assert (len(submissions(production)), count(production, Hold)) == (1, 1)


# --- the worker -------------------------------------------------------------------------------------------------------


def test_a_confirmed_order_arrives_once_and_its_case_knows_the_receipt(own: Engine, production: Engine) -> None:
    numbers = {order(own), order(own), order(own)}
    assert len(numbers) == 1
    deliver_all(own, TableIntake(production))
    hurry(own)
    deliver_all(own, TableIntake(production))
    (row,) = submissions(production)
    assert row.request_id == "r1"
    assert case_of(own, numbers.pop()).receipt_no == row.id


def test_a_yes_to_a_draft_brings_its_wish(own: Engine, production: Engine) -> None:
    request_id = save_draft(own, "c1", "demo-kari", "order", {"quantity": {"value": 40}})
    for _ in range(2):
        submit_draft(
            own, request_id, kind="order", wording="Antall: 40", asker=ASKER, language="nb", intake=Wish("order", ORDER)
        )
    deliver_all(own, TableIntake(production))
    assert [row.request_id for row in submissions(production)] == [request_id]


class Flaky:
    """The real port behind a line that fails as a test says."""

    def __init__(self, engine: Engine) -> None:
        self.port = TableIntake(engine)
        self.away = False
        self.lose_replies = 0
        self.asked: list[str] = []

    def submit(self, identity: Identity | None, submission: Submission) -> Receipt:
        self.asked.append(submission.request_id)
        if self.away:
            raise OperationalError("submit", {}, Exception("connection refused"))
        receipt = self.port.submit(identity, submission)
        if self.lose_replies:
            self.lose_replies -= 1
            raise TimeoutError("no reply")
        return receipt

    def hold(self, *_: Any) -> Receipt:
        raise NotImplementedError

    def release_expired(self, now: dt.datetime) -> int:
        if self.away:
            raise OperationalError("release", {}, Exception("connection refused"))
        return self.port.release_expired(now)


def test_a_lost_reply_is_one_submission(own: Engine, production: Engine) -> None:
    case_no = order(own)
    port = Flaky(production)
    port.lose_replies = 3
    for _ in range(5):
        deliver_all(own, port)
        hurry(own)
    assert port.asked == ["r1"] * 4
    (row,) = submissions(production)
    assert case_of(own, case_no).receipt_no == row.id
    assert count(production, Hold) == 1


def test_a_production_side_that_is_down_for_an_hour_gets_everything_once(own: Engine, production: Engine) -> None:
    numbers = [order(own, number, payload={"n": number}) for number in range(8)]
    port = Flaky(production)
    port.away = True
    pauses: dict[str, list[float]] = {}
    for _ in range(12):
        deliver_all(own, port)
        with reading(own) as session:
            rows = session.scalars(select(Outbox).where(Outbox.kind == "intake")).all()
        for row in rows:
            pauses.setdefault(row.key, []).append((row.next_try - utcnow()).total_seconds())
        hurry(own)
    last = pauses[f"{numbers[0]}-intake"]
    assert last[0] < 10
    assert max(max(each) for each in pauses.values()) <= intake.LONGEST_PAUSE
    assert submissions(production) == []
    assert case_of(own, numbers[0]).receipt_no is None
    port.away = False
    deliver_all(own, port)
    assert sorted(row.request_id for row in submissions(production)) == [f"r{number}" for number in range(8)]
    assert all(case_of(own, number).receipt_no for number in numbers)


def test_while_the_production_side_is_away_mails_go_on(own: Engine, production: Engine) -> None:
    for number in range(5):
        order(own, number)
    port = Flaky(production)
    port.away = True
    sent: list[str] = []
    while deliver.deliver_one(own, lambda key, _: sent.append(key), None, port):
        pass
    assert len(sent) == 10
    assert len(port.asked) < 5


def test_a_stop_goes_before_everything_else(own: Engine, production: Engine) -> None:
    for number in range(4):
        order(own, number, payload={})
    order(own, 9, kind="stop", payload={"order_no": "SO-30419"})
    port = Flaky(production)
    deliver.deliver_one(own, lambda key, message: None, None, port)
    assert port.asked == ["r9"]
    assert submissions(production)[0].urgent


def test_a_stop_is_tried_again_within_seconds(own: Engine, production: Engine) -> None:
    case_no = order(own, 9, kind="stop", payload={})
    port = Flaky(production)
    port.away = True
    for _ in range(9):
        hurry(own)
        deliver.deliver_one(own, lambda key, message: None, None, port)
    assert (entry_of(own, case_no).next_try - utcnow()).total_seconds() <= intake.LONGEST_PAUSE_FIRST


def age(own: Engine, case_no: str, hours: float) -> None:
    with writing(own) as session:
        row = session.get(Outbox, f"{case_no}-intake")
        assert row
        row.created_at = utcnow() - dt.timedelta(hours=hours)


def mails(folder: Path) -> dict[str, EmailMessage]:
    found = {}
    for path in (folder / "mail").glob("*.eml"):
        message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        found[path.stem.split("-", 3)[-1]] = message
    return found


@pytest.mark.parametrize("language", ["nb", "en"])
def test_after_hours_people_are_told_that_it_was_not_registered(
    own: Engine, production: Engine, data_dir: Path, language: str
) -> None:
    messages.accept(own, Incoming("c1", "hei", "m1"), "lease")
    case_no = open_case(
        own, request_id="r1", kind="order", wording="Antall: 40", asker=ASKER, language=language, conversation="c1",
        intake=Wish("order", ORDER),
    ).case_no  # fmt: skip
    port = Flaky(production)
    port.away = True
    age(own, case_no, settings().intake_give_up_hours - 0.1)
    deliver.deliver_one(own, send.save_file, None, port)
    assert entry_of(own, case_no).done_at is None
    age(own, case_no, settings().intake_give_up_hours + 0.1)
    for _ in range(3):
        hurry(own)
        while deliver.deliver_one(own, send.save_file, None, port):
            pass
    assert entry_of(own, case_no).outcome == "gave_up"
    found = mails(data_dir)
    assert set(found) == {"desk", "receipt", "not-registered", "not-registered-desk"}
    desk = found["not-registered-desk"]
    assert desk["To"] == settings().mail_to
    assert "r1" in desk.get_content()
    assert "OperationalError" in desk.get_content()
    told = found["not-registered"]
    assert told["To"] == ASKER.email
    words = {"nb": "ikke er registrert", "en": "not registered"}[language]
    assert words in told.get_content()
    assert case_no in told["Subject"]
    with reading(own) as session:
        chat = session.scalars(select(Message.text).where(Message.author == "system")).all()
    assert len(chat) == 1
    assert words in chat[0]
    port.away = False
    hurry(own)
    deliver_all(own, port)
    assert submissions(production) == []


def test_what_is_refused_for_good_is_told_at_once(own: Engine, production: Engine, data_dir: Path) -> None:
    change(production, "UPDATE contact SET may_order = false")
    case_no = order(own)
    while deliver.deliver_one(own, send.save_file, None, TableIntake(production)):
        pass
    assert (entry_of(own, case_no).outcome, entry_of(own, case_no).attempts) == ("gave_up", 1)
    assert "no_right_to_order" in mails(data_dir)["not-registered-desk"].get_content()


def test_an_order_whose_capacity_went_to_somebody_else_stands_and_the_customer_hears_it(
    own: Engine, production: Engine, data_dir: Path
) -> None:
    messages.accept(own, Incoming("c1", "hei", "m1"), "lease")
    case_no = order(own, conversation="c1")
    TableIntake(production).hold(JENS, "other", (Share("B", DAY, 5.0),), utcnow() + dt.timedelta(hours=48))
    for _ in range(2):
        while deliver.deliver_one(own, send.save_file, None, TableIntake(production)):
            pass
        hurry(own)
    (row,) = submissions(production)
    assert (row.hold_id, row.payload["hold_lost"]) == (None, True)
    assert case_of(own, case_no).receipt_no == row.id
    assert "tatt av en annen" in mails(data_dir)["hold-lost"].get_content()
    with reading(own) as session:
        assert len(session.scalars(select(Message.text).where(Message.author == "system")).all()) == 1


def test_without_an_intake_the_desks_mail_is_all(own: Engine) -> None:
    case_no = order(own)
    deliver_all(own, None)
    assert entry_of(own, case_no).outcome == "nobody"


def test_a_case_that_was_erased_is_not_registered(own: Engine, production: Engine) -> None:
    case_no = order(own)
    with writing(own) as session:
        session.delete(session.get(Case, case_no))
    deliver_all(own, TableIntake(production))
    assert submissions(production) == []
    assert entry_of(own, case_no).outcome == "erased"


def test_holds_that_ran_out_are_released_and_a_side_that_is_away_does_no_harm(production: Engine) -> None:
    port = Flaky(production)
    port.port.submit(KARI, Submission("r1", "order", ORDER))
    change(production, "UPDATE hold SET expires_at = '2020-01-01 00:00:00'")
    port.away = True
    intake.release_expired(port)
    with production.connect() as connection:
        assert connection.scalar(select(Hold.state)) == "active"
    port.away = False
    intake.release_expired(port)
    intake.release_expired(None)
    with production.connect() as connection:
        assert connection.scalar(select(Hold.state)) == "released"


def test_three_workers_register_each_wish_once(own: Engine, production: Engine) -> None:
    for number in range(12):
        order(own, number, payload={"n": number})
    port = Flaky(production)
    threads = [threading.Thread(target=deliver_all, args=(own, port)) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    hurry(own)
    deliver_all(own, port)
    assert sorted(row.request_id for row in submissions(production)) == sorted(f"r{number}" for number in range(12))


# --- killed between any two steps -------------------------------------------------------------------------------------


def in_a_process_killed_at(step: int, work: Callable[[Callable[[Engine], Engine]], None]) -> bool:
    """Run the work in a process of its own that gets SIGKILL before its step ``step``; True when it lived to its end.

    A step is a statement sent to, or a transaction ended in, either database.
    """
    pid = os.fork()
    if pid == 0:
        taken = 0

        def tick(*_: Any) -> None:
            nonlocal taken
            taken += 1
            if taken == step:
                os.kill(os.getpid(), signal.SIGKILL)

        def watched(engine: Engine) -> Engine:
            for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
                event.listen(engine, name, tick)
            return engine

        try:
            work(watched)
        except BaseException:
            os._exit(3)
        os._exit(0)
    _, status = os.waitpid(pid, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0, "the work itself failed"
    return not os.WIFSIGNALED(status)


def test_a_process_killed_between_any_two_steps_leaves_exactly_one_submission(
    urls: tuple[str, str], own: Engine, production: Engine
) -> None:
    """From the yes to the receipt: the customer presses again, the worker is started again."""
    own.dispose()
    production.dispose()

    def confirm_as(request_id: str) -> Callable[[Callable[[Engine], Engine]], None]:
        def confirm(watched: Callable[[Engine], Engine]) -> None:
            submit_draft(
                watched(connect(urls[0])), request_id, kind="order", wording="Antall: 40", asker=ASKER, language="nb",
                intake=Wish("order", {"product_id": "P-1001", "hold": hold_wish([Share("B", DAY, 0.01)], 48)}),
            )  # fmt: skip

        return confirm

    def work(watched: Callable[[Engine], Engine]) -> None:
        engine, port = watched(connect(urls[0])), TableIntake(watched(connect_production(urls[1])))
        deliver_all(engine, port)

    expected, step, ended = [], 0, [False, False]
    while not all(ended):
        step += 1
        assert step < 200
        request_id = save_draft(own, f"c{step}", "demo-kari", f"order{step}", {"quantity": {"value": 40}})
        own.dispose()
        expected.append(request_id)
        ended[0] = in_a_process_killed_at(step, confirm_as(request_id))
        assert in_a_process_killed_at(0, confirm_as(request_id))
        ended[1] = in_a_process_killed_at(step, work)
        hurry(own)
        own.dispose()
        assert in_a_process_killed_at(0, work)
    assert step > 12
    rows = submissions(production)
    assert sorted(row.request_id for row in rows) == sorted(expected)
    assert count(production, Hold) == len(expected)
    assert all(row.hold_id for row in rows)
    with reading(own) as session:
        cases = {case.request_id: case.receipt_no for case in session.scalars(select(Case))}
        undone = session.scalars(select(Outbox.key).where(Outbox.done_at.is_(None))).all()
    assert cases == {row.request_id: row.id for row in rows}
    assert undone == []


def receipts(engine: Engine) -> dict[str, str | None]:
    with reading(engine) as session:
        return {case.request_id: case.receipt_no for case in session.scalars(select(Case))}


def test_the_real_worker_killed_again_and_again_registers_each_order_once(
    urls: tuple[str, str], own: Engine, production: Engine, data_dir: Path
) -> None:
    for number in range(30):
        order(own, number, payload={"n": number})
    places = {"SMELT_DATA_DIR": str(data_dir), "SMELT_DATABASE_URL": urls[0], "SMELT_PRODUCTION_URL": urls[1]}
    for wanted in (7, 14, 21, 30):
        worker = subprocess.Popen([sys.executable, "-m", "bot.worker"], cwd=ROOT, env=os.environ | places)
        until = time.monotonic() + 60
        while sum(map(bool, receipts(own).values())) < wanted and time.monotonic() < until:
            time.sleep(0.01)
        worker.send_signal(signal.SIGTERM if wanted == 30 else signal.SIGKILL)
        worker.wait(20)
        hurry(own)
    rows = submissions(production)
    assert sorted(row.request_id for row in rows) == sorted(f"r{number}" for number in range(30))
    assert receipts(own) == {row.request_id: row.id for row in rows}
