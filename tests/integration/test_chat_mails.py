"""Mails about a chat: an answer nobody saw, the way back from it, a customer who waits, a transcript; by a real server."""

import asyncio
import datetime as dt
import ssl
import statistics
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine, create_engine, select, text, update

from actions.production.database import connect as connect_production
from bot.common import signing
from bot.common.clock import utcnow
from bot.common.settings import settings
from bot.common.signing import read_conversation, sign_conversation, sign_resume
from bot.store.cases import Asker, open_case, proof
from bot.store.cases.cases import put_conversation_mail
from bot.store.cases.decisions import decide
from bot.store.cases.models import Outbox, Proof
from bot.store.cases.unseen import mail_unseen
from bot.store.database import reading, writing
from bot.store.models import Conversation, Message
from bot.store.ownership import Person
from bot.store.records import Incoming, Reply, Sender
from bot.store.talk import messages
from bot.web import resume as way_back
from bot.worker import deliver
from bot.worker.send import save_file, sender
from tests.integration.conftest import Rig
from tests.integration.smtp_rig import Certificate, Mailbox, MailServer, code_in
from tests.integration.web_rig import Chat

KARI = Sender("demo-kari", "C-1001", "sign_in")
ADDRESS, STRANGER = "kari.nordvik@fjellvik-pumper.example", "per@ukjent.example"


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


@pytest.fixture
def server(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    with MailServer() as server:
        use(monkeypatch, server.url)
        yield server


@pytest.fixture
def mailbox(server: MailServer) -> Mailbox:
    return server.mailbox


@pytest.fixture
def register(plant: str) -> Iterator[Engine]:
    engine = connect_production(plant)
    yield engine
    engine.dispose()


def use(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    monkeypatch.setenv("SMELT_SMTP_URL", url)
    settings.cache_clear()


def answered(own: Engine, conversation: str, sender: Sender | None, *answers: str, language: str = "nb") -> None:
    """A conversation in which a person answered, longer ago than a customer is waited for."""
    incoming = Incoming(conversation, "Når kommer ordren?", f"q-{conversation}", sender, True, language)
    turn = messages.accept(own, incoming, "lease").turn
    assert turn
    messages.finish(own, turn, "lease", [Reply("Jeg henter en person.")])
    for answer in answers:
        messages.say(own, conversation, Reply(answer, author="person", name="Siri Salg"))
    with writing(own) as session:
        values: dict[str, Any] = {} if sender else {"told_email": STRANGER}
        session.execute(update(Conversation).where(Conversation.id == conversation).values(owner="person", **values))
    age(own, minutes=3)


def age(own: Engine, minutes: float) -> None:
    with writing(own) as session:
        session.execute(update(Message).values(at=utcnow() - dt.timedelta(minutes=minutes)))


def work(own: Engine, register: Engine) -> int:
    """What the worker does in one round; how many unseen answers it found."""
    found = mail_unseen(own, settings().unseen_minutes)
    while deliver.deliver_one(own, sender(), register):
        pass
    return found


def link_in(content: str) -> str:
    return next(line for line in content.splitlines() if line.startswith("http"))


class TestUnseen:
    def test_a_contact_gets_all_that_was_written_once_with_a_link_back(
        self, rig: Rig, mailbox: Mailbox, register: Engine
    ) -> None:
        answered(rig.own, "c1", KARI, "Den går i uke 12.", "Vil du ha sporing?")
        assert work(rig.own, register) == 1
        mail = mailbox.wait(ADDRESS)
        content = mail.get_content()
        for wanted in ("Kari Nordvik", "Den går i uke 12.", "Vil du ha sporing?", "Siri Salg", "Norse Metal"):
            assert wanted in content
        assert "/#resume=" in link_in(content)
        assert mail["Message-ID"] == "<answer-c1-4@norsemetal.example>"
        assert mail["Reply-To"] == settings().mail_to
        assert work(rig.own, register) == 0, "once for a batch"
        messages.say(rig.own, "c1", Reply("Den er sendt.", author="person", name="Siri Salg"))
        assert work(rig.own, register) == 0, "not yet"
        age(rig.own, minutes=3)
        assert work(rig.own, register) == 1
        second = mailbox.wait(ADDRESS, 2).get_content()
        assert "Den er sendt." in second
        assert "uke 12" not in second

    def test_what_was_seen_is_not_mailed(self, rig: Rig, mailbox: Mailbox, register: Engine) -> None:
        answered(rig.own, "c1", KARI, "Hei")
        with writing(rig.own) as session:
            session.execute(update(Conversation).values(seen_seq=3))
        assert work(rig.own, register) == 0
        answered(rig.own, "c2", KARI, "Hei")
        assert mail_unseen(rig.own, 2) == 1
        with writing(rig.own) as session:  # seen between the look and the sending
            session.execute(update(Conversation).values(seen_seq=3))
        work(rig.own, register)
        assert mailbox.mails == []

    def test_whoever_wrote_since_has_seen_it_also_with_a_client_that_does_not_tell(
        self, rig: Rig, mailbox: Mailbox, register: Engine
    ) -> None:
        answered(rig.own, "c1", KARI, "Hei")
        messages.accept(rig.own, Incoming("c1", "Takk!", "m9", KARI, True, "nb"), "lease")
        work(rig.own, register)
        assert mailbox.mails == []

    def test_an_address_nobody_proved_gets_a_code_and_none_of_the_text(
        self, rig: Rig, mailbox: Mailbox, register: Engine
    ) -> None:
        answered(rig.own, "c1", None, "Prisen er 12 500 kroner.", language="en")
        assert work(rig.own, register) == 1
        mail = mailbox.wait(STRANGER)
        assert "12 500" not in mail.as_string()
        assert "You have an answer" in mail["Subject"]
        assert len(code_in(mail)) == 8
        assert code_in(mail) not in str(stored(rig.own)), "only its hash is kept"

    def test_a_phone_number_or_nothing_is_not_mailed_to(self, rig: Rig, mailbox: Mailbox, register: Engine) -> None:
        answered(rig.own, "c1", None, "Hei")
        with writing(rig.own) as session:
            session.execute(update(Conversation).values(told_email=None, told_phone="912 34 567"))
        assert work(rig.own, register) == 0

    @pytest.mark.parametrize("sender", [KARI, None])
    def test_a_decision_that_is_mailed_on_its_own_is_not_mailed_again(
        self, rig: Rig, mailbox: Mailbox, register: Engine, sender: Sender | None
    ) -> None:
        answered(rig.own, "c1", sender)
        address = ADDRESS if sender else STRANGER
        case = open_case(
            rig.own, request_id="r", kind="order", wording="40 stk", asker=Asker(email=address), language="nb",
            conversation="c1",
        )  # fmt: skip
        decide(rig.own, case.case_no, "d1", "adjusted", "Vi kan levere i uke 14.", Person("s1", "Siri Salg"))
        age(rig.own, minutes=3)
        assert work(rig.own, register) == 0
        subjects = [mail["Subject"] for mail in mailbox.to(address)]
        assert len(subjects) == 2, "the receipt and the decision"
        messages.say(rig.own, "c1", Reply("Og en ting til.", author="person", name="Siri Salg"))
        age(rig.own, minutes=3)
        assert work(rig.own, register) == 1, "what was said besides is mailed as ever"
        assert "uke 14" not in mailbox.wait(address, 3).get_content()

    def test_a_decision_nobody_can_be_mailed_about_is_an_answer_like_any_other(
        self, rig: Rig, mailbox: Mailbox, register: Engine
    ) -> None:
        answered(rig.own, "c1", KARI)
        case = open_case(
            rig.own, request_id="r", kind="order", wording="40 stk", asker=Asker(), language="nb", conversation="c1"
        )
        decide(rig.own, case.case_no, "d1", "adjusted", "Vi kan levere i uke 14.", Person("s1", "Siri Salg"))
        age(rig.own, minutes=3)
        assert work(rig.own, register) == 1
        assert "uke 14" in mailbox.wait(ADDRESS).get_content()

    def test_two_workers_mail_once(self, rig: Rig, mailbox: Mailbox, register: Engine) -> None:
        for number in range(8):
            answered(rig.own, f"c{number}", KARI, "Hei")
        found: list[int] = []
        threads = [threading.Thread(target=lambda: found.append(work(rig.own, register))) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert sum(found) == 8
        assert len(mailbox.to(ADDRESS)) == 8

    def test_a_contact_who_left_gets_nothing(self, rig: Rig, mailbox: Mailbox, register: Engine, plant: str) -> None:
        answered(rig.own, "c1", KARI, "Hei")
        with inactive(plant):
            work(rig.own, register)
        assert mailbox.mails == []


class inactive:
    """Kari is no longer with the customer."""

    def __init__(self, plant: str) -> None:
        self.engine = create_engine(plant)

    def set(self, active: bool) -> None:
        with self.engine.begin() as connection:
            connection.execute(text("UPDATE contact SET active = :v WHERE id = 'demo-kari'"), {"v": active})

    def __enter__(self) -> None:
        self.set(False)

    def __exit__(self, *_: object) -> None:
        self.set(True)
        self.engine.dispose()


def stored(own: Engine) -> list[dict[str, Any]]:
    with reading(own) as session:
        return [
            {column.key: getattr(row, column.key) for column in table.__table__.columns}
            for table in (Proof, Outbox)
            for row in session.scalars(select(table))
        ]


async def resume(rig: Rig, **body: Any) -> tuple[int, dict[str, Any]]:
    async with httpx.AsyncClient(base_url=rig.url, trust_env=False) as http:
        answer = await http.post("/chat/resume", json=body)
        return answer.status_code, answer.json()


class TestComingBack:
    async def test_the_link_leads_a_contact_back_and_proves_who_they_are(
        self, rig: Rig, mailbox: Mailbox, register: Engine
    ) -> None:
        answered(rig.own, "c1", KARI, "Den går i uke 12.")
        await asyncio.to_thread(work, rig.own, register)
        token = link_in(mailbox.wait(ADDRESS).get_content()).partition("resume=")[2]
        status, answer = await resume(rig, token=token)
        assert status == 200
        assert read_conversation(answer["session_id"]) == "c1"
        assert answer["identity"]["name"] == "Kari Nordvik"
        async with Chat(rig.url, token=answer["identity"]["token"]) as chat:
            await chat.open(answer["session_id"], last_seq=0)
            assert chat.session == answer["session_id"]
            assert "Den går i uke 12." in [one["text"] for one in chat.heard["history"][0]["messages"]]

    async def test_a_link_that_does_not_hold_says_only_that(
        self, rig: Rig, monkeypatch: pytest.MonkeyPatch, plant: str
    ) -> None:
        answered(rig.own, "c1", KARI, "Hei")
        good = sign_resume("c1", "demo-kari", ADDRESS)
        for bad in (
            good[:-4] + ("a" if good[-4] != "a" else "b") + good[-3:], sign_resume("c9", "demo-kari", ADDRESS),
            sign_resume("c1", "demo-anna", ADDRESS), sign_resume("c1", "demo-kari", "kari@earlier.example"), sign_conversation("c1"), "", "x" * 900, "ø\u202e",
        ):  # fmt: skip
            assert await resume(rig, token=bad) == (403, {"ok": False, "error": "wrong"})
        with inactive(plant):
            assert (await resume(rig, token=good))[0] == 403
        monkeypatch.setattr(signing, "RESUME_SECONDS", -1)
        assert (await resume(rig, token=good))[0] == 403

    async def test_a_link_opens_five_times_and_another_mails_link_is_counted_apart(self, rig: Rig) -> None:
        answered(rig.own, "c1", KARI, "Hei")
        link, later = (sign_resume("c1", "demo-kari", ADDRESS) for _ in range(2))
        opened = [(await resume(rig, token=link))[0] for _ in range(6)]
        assert opened == [200] * proof.OPENINGS + [403]
        proof.forget_old(rig.own)
        assert (await resume(rig, token=link))[0] == 403
        assert (await resume(rig, token=later))[0] == 200

    async def test_address_and_code_lead_a_stranger_back_once(
        self, rig: Rig, mailbox: Mailbox, register: Engine
    ) -> None:
        answered(rig.own, "c1", None, "Hei")
        await asyncio.to_thread(work, rig.own, register)
        code = code_in(mailbox.wait(STRANGER))
        assert (await resume(rig, email="per@annen.example", code=code))[0] == 403
        status, answer = await resume(rig, email=f" {STRANGER.upper()} ", code=f"{code[:4]} {code[4:]}")
        assert status == 200
        assert "identity" not in answer
        async with Chat(rig.url) as chat:
            assert await chat.open(answer["session_id"], last_seq=0) == answer["session_id"]
        assert (await resume(rig, email=STRANGER, code=code))[0] == 403, "used"

    async def test_five_wrong_codes_lock_it_a_newer_ends_the_older_and_old_ones_are_refused(
        self, rig: Rig, mailbox: Mailbox, register: Engine
    ) -> None:
        answered(rig.own, "c1", None, "Hei")
        await asyncio.to_thread(work, rig.own, register)
        code = code_in(mailbox.wait(STRANGER))
        for step in range(1, 6):
            wrong = f"{(int(code) + step) % 10**8:08d}"
            assert (await resume(rig, email=STRANGER, code=wrong))[0] == 403
        assert (await resume(rig, email=STRANGER, code=code))[0] == 403, "locked"
        codes = [proof.make_resume_code(rig.own, "c1", STRANGER) for _ in range(2)]
        assert (await resume(rig, email=STRANGER, code=codes[0]))[0] == 403
        with writing(rig.own) as session:
            session.execute(update(Proof).values(expires_at=Proof.created_at))
        assert (await resume(rig, email=STRANGER, code=codes[1]))[0] == 403

    async def test_a_conversation_that_became_a_contacts_is_closed_to_the_code(self, rig: Rig) -> None:
        answered(rig.own, "c1", None, "Hei")
        code = proof.make_resume_code(rig.own, "c1", STRANGER)
        messages.resume(rig.own, "c1", KARI)
        assert (await resume(rig, email=STRANGER, code=code))[0] == 403

    async def test_anything_else_is_refused_in_order(self, rig: Rig) -> None:
        for body in ({}, {"email": 7, "code": "1"}, {"email": "a@b.no"}, {"token": ["x"]}):
            assert await resume(rig, **body) == (400, {"ok": False, "error": "malformed"})
        async with httpx.AsyncClient(base_url=rig.url, trust_env=False) as http:
            assert (await http.post("/chat/resume", content=b"{" * 5000)).status_code == 400
            assert (await http.post("/chat/resume", content=b"[1]")).status_code == 400
            foreign = await http.post("/chat/resume", json={"token": "x"}, headers={"Origin": "https://evil.example"})
            assert foreign.status_code == 403
            assert foreign.json()["error"] == "origin"
            assert (await http.get("/chat/resume")).status_code == 405

    async def test_too_many_attempts_end_in_the_same_words_for_every_address(
        self, rig: Rig, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(way_back, "SECONDS", 0.0)
        answered(rig.own, "c1", None, "Hei")
        proof.make_resume_code(rig.own, "c1", STRANGER)
        heard = {}
        for address in (STRANGER, "nobody@ukjent.example"):
            heard[address] = [await resume(rig, email=address, code="12345678") for _ in range(21)]
        assert heard[STRANGER] == heard["nobody@ukjent.example"]
        assert heard[STRANGER][-1] == (429, {"ok": False, "error": "too_many"})

    async def test_no_time_tells_whether_an_address_waits_for_an_answer(
        self, rig: Rig, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for limit in ("RESUME_PER_ADDRESS", "RESUME_PER_CLIENT", "TRIES"):
            monkeypatch.setattr(proof, limit, 10_000)
        monkeypatch.setattr(way_back, "SECONDS", 0.15)
        answered(rig.own, "c1", None, "Hei")
        proof.make_resume_code(rig.own, "c1", STRANGER)
        times: dict[str, list[float]] = {STRANGER: [], "nobody@ukjent.example": []}
        async with httpx.AsyncClient(base_url=rig.url, trust_env=False) as http:
            for number in range(25):
                for address, taken in times.items():
                    began = time.perf_counter()
                    await http.post("/chat/resume", json={"email": address, "code": f"{number:08d}"})
                    taken.append(time.perf_counter() - began)
        one, other = (statistics.median(taken) for taken in times.values())
        assert abs(one - other) < 0.02
        assert min(map(min, times.values())) >= 0.15


class TestToTheDeskAndTranscripts:
    def queue(self, rig: Rig, template: str, conversation: str, **values: Any) -> None:
        with writing(rig.own) as session:
            put_conversation_mail(session, f"{template}-{conversation}", template, conversation, **values)

    def test_the_desk_reads_who_waits_and_why(self, rig: Rig, mailbox: Mailbox, register: Engine) -> None:
        answered(rig.own, "c1", KARI)
        self.queue(rig, "waiting", "c1", reason="complaint")
        answered(rig.own, "c2", None, language="en")
        self.queue(rig, "waiting", "c2", reason="something new")
        work(rig.own, register)
        known, stranger = (mail.get_content() for mail in mailbox.to(settings().mail_to))
        for wanted in ("reklamasjon", "Kari Nordvik, Fjellvik Pumper AS", "innlogget", "Når kommer ordren?", "/desk"):
            assert wanted in known
        for wanted in ("IKKE bekreftet", STRANGER, "engelsk", "trenger en person"):
            assert wanted in stranger

    def test_a_transcript_goes_to_the_contact_or_to_the_address_typed(
        self, rig: Rig, mailbox: Mailbox, register: Engine
    ) -> None:
        answered(rig.own, "c1", KARI, "Den går i uke 12.")
        self.queue(rig, "transcript", "c1", to="thief@evil.example")
        answered(rig.own, "c2", None, "Hei")
        said = Incoming(
            "c2",
            "kjøp på https://spam.example/x eller bedre.example, ftp://u.example, t.co/abc, f.eks. RG5",
            "m9",
            None,
            False,
            "nb",
        )
        messages.accept(rig.own, said, "lease")
        self.queue(rig, "transcript", "c2", to=STRANGER)
        with writing(rig.own) as session:
            session.execute(update(Conversation).values(seen_seq=99))
        work(rig.own, register)
        own = mailbox.wait(ADDRESS).get_content()
        assert "Når kommer ordren?" in own
        assert "Siri Salg" in own
        assert mailbox.to("thief@evil.example") == [], "a contact's conversation goes to the contact alone"
        other = mailbox.wait(STRANGER).get_content()
        assert "Var det ikke deg" in other
        for link in ("spam.example", "bedre.example", "u.example", "t.co"):
            assert link not in other
        assert "f.eks. RG5" in other
        assert STRANGER not in str(stored(rig.own)), "the address is forgotten with the sending"

    def test_the_transcript_of_a_contact_who_left_goes_to_nobody(
        self, rig: Rig, mailbox: Mailbox, register: Engine, plant: str
    ) -> None:
        answered(rig.own, "c1", KARI)
        self.queue(rig, "transcript", "c1", to="thief@evil.example")
        with inactive(plant):
            work(rig.own, register)
        assert mailbox.mails == []
        with reading(rig.own) as session:
            assert session.scalar(select(Outbox.outcome)) == "nobody"

    def test_an_erased_conversation_mails_nothing(self, rig: Rig, mailbox: Mailbox, register: Engine) -> None:
        self.queue(rig, "waiting", "never", reason="asked")
        work(rig.own, register)
        with reading(rig.own) as session:
            assert session.scalar(select(Outbox.outcome)) == "erased"
        assert mailbox.mails == []

    def test_every_template_is_there_in_both_languages_and_leaves_nothing_open(self) -> None:
        from bot.worker.letter import FOLDER

        names = {language: {path.name for path in (FOLDER / language).glob("*.j2")} for language in ("nb", "en")}
        ours = {f"{name}.txt.j2" for name in ("code", "answer", "answer_code", "waiting", "transcript")}
        assert ours <= names["nb"]
        assert ours <= names["en"]


class TestServers:
    """How mails leave: over TLS with a password, and what becomes of them when the other side will not."""

    def one_mail(self, rig: Rig) -> None:
        answered(rig.own, "c1", KARI, "Hei")
        mail_unseen(rig.own, 2)

    def outcome(self, rig: Rig) -> tuple[str | None, str | None]:
        with reading(rig.own) as session:
            row = session.scalars(select(Outbox)).one()
            return row.outcome, row.error

    def test_starttls_and_a_password(
        self, rig: Rig, register: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        certificate = Certificate(tmp_path)
        self.one_mail(rig)
        with MailServer(tls=certificate, password="s3cret+/") as server:
            address = server.url.replace("smtp://", "smtp://smelt:s3cret%2B%2F@")
            use(monkeypatch, address)
            work(rig.own, register)
            assert self.outcome(rig) == (None, "SSLCertVerificationError"), "nobody vouches for this server"
            monkeypatch.setenv("SSL_CERT_FILE", str(certificate.path))
            assert ssl.create_default_context().get_ca_certs()
            hurry(rig.own)
            use(monkeypatch, address.replace("s3cret", "wrong"))
            work(rig.own, register)
            assert self.outcome(rig) == (None, "SMTPAuthenticationError")
            hurry(rig.own)
            use(monkeypatch, address)
            work(rig.own, register)
            assert server.mailbox.wait(ADDRESS)
        assert self.outcome(rig)[0] == "sent"

    def test_a_recipient_who_does_not_exist_is_given_up(
        self, rig: Rig, register: Engine, server: MailServer, mailbox: Mailbox
    ) -> None:
        mailbox.refused.add(ADDRESS)
        self.one_mail(rig)
        work(rig.own, register)
        assert self.outcome(rig)[0] == "refused"

    def test_a_server_that_hangs_up_or_is_busy_gets_it_later_once(
        self, rig: Rig, register: Engine, mailbox: Mailbox
    ) -> None:
        mailbox.drop, mailbox.busy = 1, 1
        self.one_mail(rig)
        for _ in range(4):
            work(rig.own, register)
            hurry(rig.own)
        assert len(mailbox.to(ADDRESS)) == 1
        assert self.outcome(rig)[0] == "sent"

    def test_a_server_that_is_not_there_is_waited_for(
        self, rig: Rig, register: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.one_mail(rig)
        with MailServer() as server:
            use(monkeypatch, server.url)
        work(rig.own, register)
        assert self.outcome(rig) == (None, "ConnectionRefusedError")


def hurry(own: Engine) -> None:
    with writing(own) as session:
        session.execute(update(Outbox).values(next_try=utcnow()))


class TestDemoPage:
    async def test_whoever_tries_the_demo_can_read_the_mails(self, rig: Rig, register: Engine) -> None:
        answered(rig.own, "c1", KARI, "<script>alert(1)</script> & mer")
        mail_unseen(rig.own, 2)
        while deliver.deliver_one(rig.own, save_file, register):
            pass
        async with httpx.AsyncClient(base_url=rig.url, trust_env=False) as http:
            page = await http.get("/demo/mails", headers={"Accept-Language": "en-GB"})
            assert page.status_code == 200
            assert ADDRESS in page.text
            assert "&lt;script&gt;" in page.text
            assert "<script" not in page.text
            assert 'href="http://127.0.0.1' in page.text, "the link back can be pressed"
            assert "script-src" not in page.headers["Content-Security-Policy"]
            assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
            assert "E-mails from the demo" in page.text
            assert (await http.get("/static/mails.css")).status_code == 200

    async def test_there_is_no_such_page_in_production(self, rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
        rig.web.stop()
        monkeypatch.setenv("SMELT_MODE", "production")
        settings.cache_clear()
        rig.web.start()
        async with httpx.AsyncClient(base_url=rig.url, trust_env=False) as http:
            assert (await http.get("/demo/mails")).status_code == 404
