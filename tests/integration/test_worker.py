"""The outbox reaches the desk and the customer: once, readable, whatever is killed or away."""

import asyncio
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

import pytest
from sqlalchemy import Engine, select, update
from sqlalchemy.exc import OperationalError

from bot.common.clock import utcnow
from bot.common.settings import ROOT, settings
from bot.store.cases import Asker, add_contact, open_case
from bot.store.cases import outbox as rules
from bot.store.cases.models import Outbox
from bot.store.database import connect, reading, writing
from bot.store.migrate import upgrade
from bot.store.records import Incoming, Reply
from bot.store.talk import messages
from bot.worker import deliver, send

KARI = Asker(
    name="Kari Nordmann", email="kari@fjordpumps.example", phone="+47 912 34 567", contact_id="p1", customer_id="k1",
    customer="Fjord Pumps AS", proved="sign_in",
)  # fmt: skip


@pytest.fixture(autouse=True)
def data_dir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("SMELT_DATA_DIR", str(tmp_path))
    settings.cache_clear()
    yield tmp_path
    settings.cache_clear()


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    engine = connect(database_url)
    upgrade(engine)
    yield engine
    engine.dispose()


def order(
    engine: Engine, number: int = 1, asker: Asker = KARI, language: str = "nb", wording: str = "Antall: 40"
) -> str:
    return open_case(
        engine, request_id=f"r{number}", kind="quote_request", wording=wording, asker=asker, language=language,
        conversation="c1",
    ).case_no  # fmt: skip


def deliver_all(engine: Engine, sending: send.Send = send.save_file) -> None:
    while deliver.deliver_one(engine, sending):
        pass


def mail(path: Path) -> EmailMessage:
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert isinstance(message, EmailMessage)
    return message


def mails(folder: Path) -> dict[str, EmailMessage]:
    return {path.stem.rpartition("-")[2]: mail(path) for path in (folder / "mail").glob("*.eml")}


def test_the_desk_reads_everything_in_norwegian_and_the_customer_gets_a_receipt(engine: Engine, data_dir: Path) -> None:
    turn = messages.accept(engine, Incoming("c1", "Jeg vil ha tilbud på 40 <hus>", "m1"), "lease").turn
    assert turn
    messages.finish(engine, turn, "lease", [Reply("Fint, det ordner vi.")])
    case_no = order(engine, language="en", wording="Quantity: 40")
    deliver_all(engine)
    desk, receipt = mails(data_dir)["desk"], mails(data_dir)["receipt"]
    text = desk.get_content()
    for wanted in (
        case_no, "Kari Nordmann", "Fjord Pumps AS", "kari@fjordpumps.example", "+47 912 34 567", "innlogget kunde",
        "Quantity: 40", "engelsk", "Kunden: Jeg vil ha tilbud på 40 <hus>", "Assistenten: Fint, det ordner vi.",
    ):  # fmt: skip
        assert wanted in text
    assert "IKKE bekreftet" not in text
    assert desk["To"] == settings().mail_to
    assert desk["Reply-To"] == "kari@fjordpumps.example"
    assert desk["Subject"] == f"{case_no}: Tilbudsforespørsel, Fjord Pumps AS"
    assert receipt["To"] == "kari@fjordpumps.example"
    assert f"The case number is {case_no}" in receipt.get_content()
    assert "Quantity: 40" in receipt.get_content()
    assert desk["Message-ID"] != receipt["Message-ID"]


def test_a_strangers_wish_is_marked_and_the_receipt_carries_none_of_their_text(engine: Engine, data_dir: Path) -> None:
    asker = Asker(name="Buy pills at\r\nBcc: victim@example.com", email="victim@example.com")
    order(engine, asker=asker, wording="Buy pills at http://spam.example")
    deliver_all(engine)
    desk, receipt = mails(data_dir)["desk"], mails(data_dir)["receipt"]
    assert "IKKE bekreftet" in desk.get_content()
    assert "http://spam.example" in desk.get_content()
    assert "pills" not in receipt.as_string()
    assert desk["Bcc"] is receipt["Bcc"] is None


def test_an_english_draft_stands_in_norwegian_too(engine: Engine, data_dir: Path) -> None:
    open_case(
        engine, request_id="r", kind="quote_request", wording="Quantity: 1,500 pcs", asker=KARI, language="en",
        fields={"quantity": {"value": 1500, "reply": "utter_line_quantity"}, "engine": "away"},
    )  # fmt: skip
    deliver_all(engine)
    text = mails(data_dir)["desk"].get_content()
    assert "Antall: 1\xa0500 stk" in text
    assert "engine: away" in text


def test_how_to_be_reached_is_mailed_when_it_comes_later(engine: Engine, data_dir: Path) -> None:
    case_no = order(engine, asker=Asker())
    deliver_all(engine)
    assert set(mails(data_dir)) == {"desk"}
    add_contact(engine, case_no, "late@example.com", None)
    deliver_all(engine)
    assert "late@example.com" in mails(data_dir)["contact"].get_content()


def test_a_mail_that_fails_is_tried_again_and_holds_up_no_other(engine: Engine, data_dir: Path) -> None:
    case_no = order(engine)
    tried: list[str] = []

    def flaky(key: str, message: EmailMessage) -> None:
        tried.append(key)
        if key.endswith("desk") and tried.count(key) < 3:
            raise OSError("mail server away")
        send.save_file(key, message)

    for _ in range(4):
        deliver_all(engine, flaky)
        hurry(engine)
    assert tried.count(f"{case_no}-desk") == 3
    assert tried.count(f"{case_no}-receipt") == 1
    assert set(mails(data_dir)) == {"desk", "receipt"}


def test_pauses_grow_and_the_desk_is_never_given_up(engine: Engine) -> None:
    order(engine, asker=Asker())

    def refuse(key: str, _: EmailMessage) -> None:
        raise send.Refused(key)

    pauses = []
    for _ in range(12):
        assert deliver.deliver_one(engine, refuse)
        with reading(engine) as session:
            pauses.append((session.scalar(select(Outbox.next_try)) - utcnow()).total_seconds())
        hurry(engine)
    assert pauses[0] < pauses[3] < pauses[6]
    assert max(pauses) <= rules.LONGEST_PAUSE
    with reading(engine) as session:
        assert session.scalar(select(Outbox.done_at)) is None


def test_a_customers_address_that_does_not_exist_is_given_up(engine: Engine) -> None:
    case_no = order(engine)

    def refuse_customer(key: str, _: EmailMessage) -> None:
        if key.endswith("receipt"):
            raise send.Refused(key)

    deliver_all(engine, refuse_customer)
    with reading(engine) as session:
        outcomes = {row.key: row.outcome for row in session.scalars(select(Outbox))}
    assert outcomes == {f"{case_no}-desk": "sent", f"{case_no}-receipt": "refused"}


def test_two_workers_send_each_mail_once(engine: Engine) -> None:
    for number in range(20):
        order(engine, number, asker=Asker())
    sent: list[str] = []
    threads = [threading.Thread(target=deliver_all, args=(engine, lambda key, _: sent.append(key))) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(sent) == len(set(sent)) == 20


def test_a_worker_killed_between_sending_and_noting_leaves_one_file(engine: Engine, data_dir: Path) -> None:
    order(engine, asker=Asker())

    def die_after(key: str, message: EmailMessage) -> None:
        send.save_file(key, message)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        deliver.deliver_one(engine, die_after)
    before = (data_dir / "mail").stat().st_mtime_ns
    assert not deliver.deliver_one(engine, send.save_file), "held until the lease is over"
    hurry(engine)
    assert deliver.deliver_one(engine, send.save_file)
    assert len(list((data_dir / "mail").iterdir())) == 1
    assert (data_dir / "mail").stat().st_mtime_ns == before


def test_the_real_process_survives_kills_and_shows_that_it_lives(data_dir: Path) -> None:
    url = settings().own_db
    engine = connect(url)
    upgrade(engine)
    numbers = [order(engine, number, asker=Asker()) for number in range(60)]
    environment = os.environ | {"SMELT_DATA_DIR": str(data_dir)}
    for life in range(4):
        worker = subprocess.Popen([sys.executable, "-m", "bot.worker"], cwd=ROOT, env=environment)
        if life < 3:
            waited_for = (life + 1) * 10
            until = time.monotonic() + 20
            while len(list(data_dir.glob("mail/*.eml"))) < waited_for and time.monotonic() < until:
                time.sleep(0.005)
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            hurry(engine)
    until = time.monotonic() + 20
    while not_done(engine) and time.monotonic() < until:
        time.sleep(0.1)
    age = rules.heartbeat_age(engine, "worker")
    worker.terminate()
    assert worker.wait(10) == 0
    assert sorted(path.stem for path in data_dir.glob("mail/*.eml")) == sorted(f"{number}-desk" for number in numbers)
    whole = [
        mail(path).get_content().strip().endswith("Svar kunden på norsk bokmål.") for path in data_dir.glob("mail/*")
    ]
    assert whole == [True] * len(numbers)
    assert age is not None
    assert age < 30
    engine.dispose()


def test_a_chore_that_fails_holds_up_neither_the_others_nor_the_mails(
    engine: Engine, data_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tried: list[str] = []

    def fails(name: str, error: Exception) -> Callable[..., None]:
        def work(*_: object) -> None:
            tried.append(name)
            raise error

        return work

    monkeypatch.setattr(deliver, "remind", fails("remind", PermissionError("disk")))
    monkeypatch.setattr(deliver, "clear", fails("clear", OperationalError("SELECT", None, OSError("away"))))
    monkeypatch.setattr(deliver, "release_expired", fails("release", ValueError("odd")))
    order(engine)
    stop = threading.Event()
    worker = threading.Thread(target=deliver.run, args=(engine, send.save_file, stop))
    worker.start()
    until = time.monotonic() + 10
    while not_done(engine) and time.monotonic() < until:
        time.sleep(0.05)
    time.sleep(deliver.PAUSE + 0.3)
    alive = worker.is_alive()
    stop.set()
    worker.join(5)
    assert alive
    assert not not_done(engine)
    assert sorted(tried) == ["clear", "release", "remind"], "each once until it is due again"
    assert rules.heartbeat_age(engine, "worker") is not None


def test_a_real_mail_server_gets_it_with_its_message_id(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    case_no = order(engine, asker=Asker())
    with SmtpServer() as server:
        monkeypatch.setenv("SMELT_SMTP_URL", f"smtp://127.0.0.1:{server.port}")
        settings.cache_clear()
        deliver_all(engine, send.sender())
    assert len(server.received) == 1
    message = email.message_from_bytes(server.received[0], policy=email.policy.default)
    assert message["Message-ID"] == f"<{case_no}-desk@norsemetal.example>"


def test_a_password_is_not_sent_without_encryption(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    order(engine, asker=Asker())
    with SmtpServer() as server:
        monkeypatch.setenv("SMELT_SMTP_URL", f"smtp://user:secret@127.0.0.1:{server.port}")
        settings.cache_clear()
        deliver.deliver_one(engine, send.sender())
    assert server.received == []
    assert not any(b"AUTH" in line for line in server.lines)
    with reading(engine) as session:
        assert session.scalar(select(Outbox.error)) == "SMTPException"


class SmtpServer:
    """A mail server's side of the protocol, enough for smtplib: the machine has no mail server to send to."""

    def __init__(self) -> None:
        self.received: list[bytes] = []
        self.lines: list[bytes] = []
        self.loop = asyncio.new_event_loop()
        self.port = 0

    def __enter__(self) -> "SmtpServer":
        self.server = self.loop.run_until_complete(asyncio.start_server(self.talk, "127.0.0.1", 0))
        self.port = self.server.sockets[0].getsockname()[1]
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()
        self.server.close()
        self.loop.run_until_complete(asyncio.sleep(0.05))
        self.loop.close()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 test\r\n")
        while line := await reader.readline():
            self.lines.append(line)
            if line.upper().startswith(b"DATA"):
                writer.write(b"354 go\r\n")
                self.received.append((await reader.readuntil(b"\r\n.\r\n"))[:-5])
            writer.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 ok\r\n")
            await writer.drain()
        writer.close()


def hurry(engine: Engine) -> None:
    """As if every pause and lease were over."""
    with writing(engine) as session:
        session.execute(update(Outbox).values(next_try=utcnow()))


def not_done(engine: Engine) -> int:
    with reading(engine) as session:
        return len(session.scalars(select(Outbox.key).where(Outbox.done_at.is_(None))).all())
