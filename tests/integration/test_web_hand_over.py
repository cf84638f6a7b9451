"""Waiting for a person and what surrounds a chat: files, read state, verdict, over the real web process."""

import asyncio
import datetime as dt
import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.common.clock import utcnow
from bot.store import hours, ownership
from bot.store.cases.models import Case, Outbox
from bot.store.database import reading, writing
from bot.store.models import Conversation, HandOver, Message, Staff, Upload
from bot.store.ownership import Person
from bot.store.talk import waiting
from bot.store.uploads import path_of
from bot.web import hand_over, sockets, transcript
from bot.web.identity import demo_token
from bot.web.limits import Limits
from tests.integration.conftest import Rig
from tests.integration.web_rig import Chat

SIRI = Person("s1", "Siri")
PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


@pytest.fixture(autouse=True)
def in_english(rig: Rig) -> None:
    rig.engine.language = "en"


def staff(rig: Rig, seen: dt.datetime | None, presence: str = "available") -> None:
    with writing(rig.own) as session:
        session.merge(
            Staff(
                id="s1", email="siri@desk.example", name="Siri", role="agent", active=True, presence=presence,
                last_seen_at=seen, created_at=utcnow(),
            )
        )  # fmt: skip


def conversation(rig: Rig) -> Conversation:
    with reading(rig.own) as session:
        return session.scalars(select(Conversation)).one()


def mails(rig: Rig) -> list[str]:
    with reading(rig.own) as session:
        return [entry.payload["template"] for entry in session.scalars(select(Outbox).order_by(Outbox.created_at))]


def at(monkeypatch: pytest.MonkeyPatch, moment: str) -> None:
    """The desk's clock shows this moment in Oslo."""
    fixed = dt.datetime.fromisoformat(moment).replace(tzinfo=dt.timezone(dt.timedelta(hours=1)))
    monkeypatch.setattr(hand_over, "now", lambda: fixed)


def fetches(rig: Rig, reason: str) -> None:
    """The engine's next answers fetch a person."""
    rig.engine.hand_over = reason


async def test_a_customer_waits_for_somebody_who_is_there(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2027-03-01T10:00")
    staff(rig, utcnow())
    fetches(rig, "angry")
    async with Chat(rig.url) as chat:
        await chat.open(language="en")
        await chat.send("this is hopeless")
        said = [one["text"] for one in await chat.wait("bot_uttered", 2)]
        assert said[0] == "this is hopeless answered"
        assert "10 minutes" in said[1]
        assert (await chat.wait("owner"))[0]["owner"] == "waiting"
        await chat.ask("again hopeless")
        await asyncio.sleep(0.2)
        assert len(chat.texts()) == 3, "it is said once that a person comes"
    row = conversation(rig)
    assert (row.owner, row.waiting_reason) == ("waiting", "angry")
    assert row.promised_at == dt.datetime.fromisoformat("2027-03-01T10:10:00+01:00")
    assert mails(rig) == [], "the desk sees it on the screen"


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2027-03-01T10:00", "by Monday 1 March at 10:10"),
        ("2027-03-05T16:00", "open Monday 8 March at 08:00"),
        ("2027-03-24T18:00", "open Tuesday 30 March at 08:00"),
    ],
)
async def test_nobody_there_is_said_and_mailed(
    rig: Rig, monkeypatch: pytest.MonkeyPatch, moment: str, words: str
) -> None:
    at(monkeypatch, moment)
    staff(rig, utcnow(), presence="away")
    fetches(rig, "asked")
    async with Chat(rig.url) as chat:
        await chat.open(language="en")
        await chat.send("a person please")
        said = (await chat.wait("bot_uttered", 2))[1]["text"]
        assert words in said
        assert "e-mail address or a phone number" in said
        done = await chat.ask("kari@pumpe.example")
        assert "kari@pumpe.example" in done
    assert mails(rig)[0] == "waiting"
    assert conversation(rig).reach == "kari@pumpe.example"


async def test_an_address_told_with_the_wish_is_not_asked_for(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2027-03-01T10:00")
    fetches(rig, "asked")
    rig.engine.state = {"contact": {"name": "Liv Berg", "email": "liv@berg.example"}}
    async with Chat(rig.url) as chat:
        await chat.open(language="en")
        await chat.send("a person please. Liv Berg, liv@berg.example")
        said = (await chat.wait("bot_uttered", 2))[1]["text"]
    assert "e-mail address or a phone number" not in said
    assert (conversation(rig).told_name, conversation(rig).told_email) == ("Liv Berg", "liv@berg.example")


async def test_longer_than_promised_is_said_once(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    at(monkeypatch, "2027-03-01T10:00")
    staff(rig, utcnow())
    fetches(rig, "asked")
    async with Chat(rig.url, demo_token("demo-anna")) as chat:
        await chat.open(language="en")
        await chat.send("a person please")
        await chat.wait("bot_uttered", 2)
        at(monkeypatch, "2027-03-01T10:11")
        late = (await chat.wait("bot_uttered", 3, seconds=9))[2]["text"]
        assert "longer than I said" in late
        assert "e-mail" not in late, "this customer's address is on record"
        await asyncio.sleep(6)
        assert len(chat.heard["bot_uttered"]) == 3
    assert mails(rig) == ["waiting"]


async def test_a_customer_left_alone_waits_for_somebody_else(rig: Rig) -> None:
    long_ago = utcnow() - dt.timedelta(minutes=waiting.ABSENT_MINUTES + 1)
    staff(rig, long_ago)
    async with Chat(rig.url) as chat:
        await chat.open(language="en")
        await chat.ask("hello")
        ownership.take_over(rig.own, conversation(rig).id, SIRI)
        await chat.send("are you there?")
        with writing(rig.own) as session:
            session.execute(update(Message).values(at=long_ago))
            session.execute(update(Conversation).values(owner_since=long_ago))
        said = (await chat.wait("bot_uttered", 2, seconds=9))[1]["text"]
        assert "somebody else" in said
        assert (await chat.wait("owner"))[-1]["owner"] == "waiting"
    assert conversation(rig).waiting_reason == "colleague_away"
    with reading(rig.own) as session:
        assert [row.to for row in session.scalars(select(HandOver).order_by(HandOver.id))] == ["person", "waiting"]


async def test_a_present_colleague_who_thinks_is_not_replaced(rig: Rig) -> None:
    staff(rig, utcnow())
    async with Chat(rig.url) as chat:
        await chat.open(language="en")
        await chat.ask("hello")
        ownership.take_over(rig.own, conversation(rig).id, SIRI)
        await chat.send("are you there?")
        long_ago = utcnow() - dt.timedelta(minutes=30)
        with writing(rig.own) as session:
            session.execute(update(Message).values(at=long_ago))
            session.execute(update(Conversation).values(owner_since=long_ago))
    assert waiting.left_alone(rig.own) == []


async def test_seen_and_verdict(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open(language="en")
        assert await chat.socket.call("seen", {"seq": 1}) == {"ok": True}
        await chat.ask("hello")
        for seq, kept in ((1, 1), (99, 1), (2, 2), (1, 2)):
            assert await chat.socket.call("seen", {"seq": seq}) == {"ok": True}
            assert conversation(rig).seen_seq == kept
        for bad in (None, {"seq": "2"}, {"seq": True}, {"seq": -1}, {"seq": 2**40}, []):
            assert await chat.socket.call("seen", bad) == {"ok": False, "error": "malformed"}
        assert await chat.socket.call("rate", {"score": 6}) == {"ok": False, "error": "malformed"}
        assert await chat.socket.call("rate", {"score": 4, "text": "  fine\x00 "}) == {"ok": True}
        assert (conversation(rig).rating, conversation(rig).rating_text) == (4, "fine")
        assert await chat.socket.call("user_typing", {"typing": True}) == {"ok": True}


async def test_a_transcript_by_mail_needs_an_address_and_is_limited(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open(language="en")
        await chat.ask("hello")
        assert (await chat.socket.call("send_transcript", {}))["error"] == "email"
        assert (await chat.socket.call("send_transcript", {"email": "x@y"}))["error"] == "email"
        for _ in range(3):
            assert await chat.socket.call("send_transcript", {"email": "kari@pumpe.example"}) == {"ok": True}
        again = await chat.socket.call("send_transcript", {"email": "KARI@pumpe.example"})
        assert again == {"ok": False, "error": "rate_limited"}
    assert mails(rig) == ["transcript"] * 3


def call(url: str, session: str, body: bytes | None = None, **headers: str) -> tuple[int, Any, dict[str, str]]:
    request = urllib.request.Request(url, body, {"Authorization": f"Bearer {session}", **headers})
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            content = answer.read()
            return answer.status, content, dict(answer.headers)
    except urllib.error.HTTPError as error:
        content = error.read()
        return error.code, json.loads(content) if content.startswith(b"{") else content, dict(error.headers)


def send_file(rig: Rig, session: str, name: str, content: bytes, key: str, **headers: str) -> tuple[int, Any]:
    named = {"X-File-Name": urllib.request.quote(name), "X-Client-Id": key, **headers}
    status, answer, _ = call(f"{rig.url}/chat/files", session, content, **named)
    return status, json.loads(answer) if isinstance(answer, bytes) else answer


async def test_a_file_is_kept_acknowledged_and_given_back(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        session = await chat.open(language="nb")
        await chat.ask("hei")
        status, answer = await asyncio.to_thread(send_file, rig, session, "Pumpehus åæø.pdf", PDF, "f1")
        assert (status, answer["file"]["name"], answer["file"]["size"]) == (201, "Pumpehus åæø.pdf", len(PDF))
        assert "Pumpehus åæø.pdf (1 kB)" in (await chat.wait("bot_uttered", 2))[1]["text"]
        assert (await chat.wait("user_message"))[0]["card"]["id"] == answer["file"]["id"]
        again = await asyncio.to_thread(send_file, rig, session, "Pumpehus åæø.pdf", PDF, "f1")
        assert again[1]["file"] == answer["file"], "sent twice is kept once"
        await chat.open(session, last_seq=0)
        history = (await chat.wait("history"))[-1]["messages"]
        assert [one["card"]["name"] for one in history if one["card"]] == ["Pumpehus åæø.pdf"]
    with reading(rig.own) as db:
        upload = db.scalars(select(Upload)).one()
    assert path_of(upload.id).read_bytes() == PDF
    assert len(list(path_of(upload.id).parent.iterdir())) == 1
    got, content, headers = await asyncio.to_thread(call, f"{rig.url}/chat/files/{upload.id}", session)
    assert (got, content) == (200, PDF)
    assert headers["content-disposition"].startswith("attachment")
    assert headers["content-type"] == "application/octet-stream"
    assert rig.engine.texts() == ["hei"], "a file is no question"


async def test_a_file_answers_the_question_for_a_drawing(rig: Rig) -> None:
    rig.engine.state = {"task": "quote_request", "question": "drawing", "answers": {}, "missing": ["drawing", "name"]}
    async with Chat(rig.url) as chat:
        session = await chat.open(language="en")
        await chat.ask("a quote please")
        await asyncio.to_thread(send_file, rig, session, "a.pdf", PDF, "f1")
        await chat.wait("bot_uttered", 3)
        assert [call["metadata"].get("internal") for call in rig.engine.calls] == [
            None, {"kind": "file", "name": "a.pdf", "size": len(PDF), "media_type": "application/pdf"},
        ]  # fmt: skip
        rig.engine.state = {"task": "quote_request", "question": "name", "answers": {}, "missing": ["name"]}
        await chat.ask("and more")
        await asyncio.to_thread(send_file, rig, session, "b.pdf", PDF, "f2")
        await chat.wait("bot_uttered", 5)
        await asyncio.sleep(0.3)
        assert len(rig.engine.calls) == 3
        await chat.open(session, last_seq=0)
        assert "/inform" not in [one["text"] for one in chat.heard["history"][-1]["messages"]]


async def test_what_a_model_holds_is_told_shown_and_used(rig: Rig) -> None:
    rig.engine.state = {"task": "quote_request", "question": "drawing", "answers": {}, "missing": ["drawing"]}
    corners = [(x, y, z) for x in (0, 120) for y in (0, 80) for z in (0, 10)]
    rows = ["#1=PRODUCT('P','Bracket','',(#9))", "#2=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))"]
    for number, (x, y, z) in enumerate(corners):
        rows.append(f"#{10 + number}=CARTESIAN_POINT('',({x}.,{y}.,{z}.))")
        rows.append(f"#{30 + number}=VERTEX_POINT('',#{10 + number})")
    model = ("ISO-10303-21;\nHEADER;\nENDSEC;\nDATA;\n" + ";\n".join(rows) + ";\nENDSEC;\n").encode()
    async with Chat(rig.url) as chat:
        session = await chat.open(language="en")
        await chat.ask("a quote please")
        _, answer = await asyncio.to_thread(send_file, rig, session, "bracket.step", model, "f1")
        facts = {"name": "Bracket", "unit": "mm", "size": [120.0, 80.0, 10.0], "mm": [120.0, 80.0, 10.0]}
        assert answer["file"]["facts"] == facts
        said = [one["text"] for one in await chat.wait("bot_uttered", 3)]
        assert "The file itself says: name “Bracket” and outer dimensions 120 × 80 × 10 mm." in said
        await asyncio.sleep(0.3)
        assert rig.engine.calls[-1]["metadata"]["internal"] == {
            "kind": "file", "name": "bracket.step", "size": len(model), "media_type": "model/step", "mm": facts["mm"],
        }  # fmt: skip


async def test_files_of_others_and_bad_files_are_refused(rig: Rig) -> None:
    async with Chat(rig.url) as mine, Chat(rig.url) as other, Chat(rig.url, demo_token("demo-anna")) as anna:
        session, foreign = await mine.open(language="nb"), await other.open(language="nb")
        _, answer = await asyncio.to_thread(send_file, rig, session, "a.pdf", PDF, "f1")
        path = f"{rig.url}/chat/files/{answer['file']['id']}"
        assert (await asyncio.to_thread(call, path, foreign))[0] == 404
        assert (await asyncio.to_thread(call, path, "forged"))[0] == 401
        assert (await asyncio.to_thread(call, f"{rig.url}/chat/files/..%2F..%2Fown.db", session))[0] == 404
        for name, content, status, code in (
            ("x.svg", b"<svg><script>alert(1)</script></svg>", 415, "type"),
            ("x.pdf", b"", 422, "empty"),
        ):
            assert await asyncio.to_thread(send_file, rig, session, name, content, "f2") == (
                status, {"ok": False, "error": code}
            )  # fmt: skip
        bound = await anna.open()
        await anna.ask("hi")
        assert (await asyncio.to_thread(send_file, rig, bound, "a.pdf", PDF, "f1"))[0] == 401, (
            "the token alone is no proof"
        )
        signed = {"X-Smelt-Identity": demo_token("demo-anna")}
        assert (await asyncio.to_thread(send_file, rig, bound, "a.pdf", PDF, "f1", **signed))[0] == 201


async def test_too_many_files_are_refused_before_they_are_read(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    async def unread(_: Any) -> bytes:
        raise AssertionError("it was read")

    async with Chat(rig.url) as chat:
        session = await chat.open(language="en")
        monkeypatch.setattr("bot.store.uploads.MOST_FILES", 1)
        first = await asyncio.to_thread(send_file, rig, session, "a.pdf", PDF, "f1")
        assert (await asyncio.to_thread(send_file, rig, session, "a.pdf", PDF, "f1")) == first, "it came already"
        with monkeypatch.context() as patch:
            patch.setattr("bot.web.uploads.body", unread)
            refused = await asyncio.to_thread(send_file, rig, session, "b.pdf", PDF, "f2")
            assert refused == (429, {"ok": False, "error": "too_many"})
            for buckets in ("file_into", "file_from"):
                patch.setattr(Limits, buckets, lambda *_: 3.0)
                refused = await asyncio.to_thread(send_file, rig, session, "b.pdf", PDF, "f2")
                assert refused == (429, {"ok": False, "error": "rate_limited"})
            assert await asyncio.to_thread(send_file, rig, "forged", "b.pdf", PDF, "f2") == refused


async def test_few_files_are_read_at_once(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    going: list[int] = [0]
    most: list[int] = [0]

    async def slow(_: Any) -> bytes:
        going[0] += 1
        most[0] = max(most[0], going[0])
        await asyncio.sleep(0.2)
        going[0] -= 1
        return PDF

    async with Chat(rig.url) as chat:
        session = await chat.open(language="en")
        monkeypatch.setattr("bot.web.uploads.body", slow)
        sent = (asyncio.to_thread(send_file, rig, session, "a.pdf", PDF, f"f{number}") for number in range(6))
        assert {status for status, _ in await asyncio.gather(*sent)} == {201}
    assert most[0] <= 4


async def test_the_transcript_as_text(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        session = await chat.open(language="en")
        await chat.ask("hello <b>you</b>")
    status, content, headers = await asyncio.to_thread(call, f"{rig.url}/chat/transcript", session)
    text = content.decode()
    assert status == 200
    assert "You:\nhello <b>you</b>" in text
    assert "Automatic assistant:" in text
    assert headers["content-disposition"] == 'attachment; filename="chat.txt"'


async def test_long_texts_keep_no_other_customer_waiting(rig: Rig, monkeypatch: pytest.MonkeyPatch) -> None:
    """History and transcript are put together in the database's threads, not in the loop."""
    threads: set[str] = set()

    def noting(work: Callable[..., Any]) -> Callable[..., Any]:
        def run(*arguments: Any) -> Any:
            threads.add(threading.current_thread().name.split("_")[0])
            return work(*arguments)

        return run

    monkeypatch.setattr(sockets, "history_entry", noting(sockets.history_entry))
    monkeypatch.setattr(transcript, "as_text", noting(transcript.as_text))
    async with Chat(rig.url) as chat:
        session = await chat.open(language="en")
        for number in range(4):
            await chat.ask(f"hello {number}")
        await chat.open(session, last_seq=0)
        assert len((await chat.wait("history"))[-1]["messages"]) == 8
        monkeypatch.setattr(transcript, "MOST", 2)
        _, content, _ = await asyncio.to_thread(call, f"{rig.url}/chat/transcript", session)
    assert threads == {"database"}
    assert b"hello 3" in content
    assert b"hello 2" not in content, "only the newest"


def test_every_promise_is_a_moment_when_the_desk_is_open() -> None:
    moment = dt.datetime(2026, 12, 1, 3, 7, tzinfo=dt.UTC)
    for _ in range(400):
        moment += dt.timedelta(hours=13, minutes=7)
        promised = hours.answered_by(moment)
        assert promised > moment
        assert hours.is_open(promised - dt.timedelta(seconds=1))


async def test_a_strangers_old_socket_does_nothing_to_what_was_proven_anothers(rig: Rig) -> None:
    async with Chat(rig.url) as stale, Chat(rig.url, demo_token("demo-anna")) as anna:
        session = await stale.open(language="en")
        await stale.ask("hello")
        await anna.open(session)
        await anna.ask("mine now")
        for event, frame in (
            ("seen", {"seq": 2}), ("user_typing", {"typing": True}), ("rate", {"score": 1}),
            ("send_transcript", {"email": "kari@pumpe.example"}), ("delete_conversation", {}),
        ):  # fmt: skip
            assert await stale.socket.call(event, frame) == {"ok": False, "error": "session"}, event
        row = conversation(rig)
        assert (row.contact_id, row.seen_seq, row.rating) == ("demo-anna", 0, None)
        assert mails(rig) == []
        assert await anna.socket.call("seen", {"seq": 2}) == {"ok": True}
        assert await anna.socket.call("rate", {"score": 5}) == {"ok": True}
        assert (conversation(rig).seen_seq, conversation(rig).rating) == (2, 5)
        assert await anna.socket.call("delete_conversation", {}) == {"ok": True, "kept": []}


async def test_a_customer_deletes_the_conversation_everywhere(rig: Rig) -> None:
    async with Chat(rig.url) as chat, Chat(rig.url) as tab:
        session = await chat.open(language="en")
        await chat.ask("a secret wish")
        await asyncio.to_thread(send_file, rig, session, "a.pdf", PDF, "f1")
        await tab.open(session, last_seq=0)
        answer = await chat.socket.call("delete_conversation", {})
        assert answer == {"ok": True, "kept": []}
        assert await tab.wait("erased")
        with reading(rig.own) as db:
            assert db.scalars(select(Message)).all() == []
            assert db.scalars(select(Conversation)).all() == []
            assert [row.kind for row in db.scalars(select(Outbox))] == ["erase"], "the worker sees to files and engine"
        fresh = await tab.open(session, last_seq=0)
        assert tab.heard["history"][-1]["messages"] == []
        assert await tab.ask("hello again") == "hello again answered"
        assert fresh


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("nb", "Torunn, 955 00 111", ("Torunn", None, None, "955 00 111")),
        ("nb", "Arne Moe, Moe Maskin AS, arne@moe.example", ("Arne Moe", "Moe Maskin AS", "arne@moe.example", None)),
        ("en", "call us on 555 0177", (None, None, None, "555 0177")),
        ("en", "97654321, Joan Day", ("Joan Day", None, None, "97654321")),
        ("en", "ring me, 555 0144", (None, None, None, "555 0144")),
        ("nb", "ring meg, 955 00 144", (None, None, None, "955 00 144")),
    ],
)
async def test_contact_details_are_heard_long_after_they_were_asked_for(
    rig: Rig, language: str, typed: str, told: tuple[str | None, ...]
) -> None:
    fetches(rig, "asked")
    rig.engine.language = language
    async with Chat(rig.url) as chat:
        await chat.open(language=language)
        await chat.send("human")
        await chat.wait("bot_uttered", 2)
        rig.engine.hand_over = None
        await chat.ask("do you cast RG5?")
        await chat.ask("and RG7?")
        await chat.ask(typed)
        assert typed in rig.engine.texts(), "the assistant reads it back before it is a case"
    with reading(rig.own) as session:
        assert session.scalars(select(Case)).all() == []
    row = conversation(rig)
    assert (row.told_name, row.told_company, row.told_email, row.told_phone) == told


@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("nb", "Erna Solvang, erna@vik.example. Ta med alt som gjenstår, helst før 12. mars.", ("Erna Solvang", "erna@vik.example", None)),
        ("nb", "Ring meg på +47 955 00 111, helst om morgenen. Det gjelder relieffet.", (None, None, "+47 955 00 111")),
        ("en", "Peter Hall, p.hall@hall.example. Send the open points, I need them by Friday.", ("Peter Hall", "p.hall@hall.example", None)),
        ("en", "+44 20 7946 0000, Peter Hall. Mornings, about the wall plate.", ("Peter Hall", None, "+44 20 7946 0000")),
    ],
)  # fmt: skip
async def test_what_is_said_beside_the_address_reaches_sales_without_the_engine(
    rig: Rig, language: str, typed: str, told: tuple[str | None, ...]
) -> None:
    rig.engine_server.stop()
    async with Chat(rig.url) as chat:
        await chat.open(language=language)
        await chat.ask("please call me")
        assert typed in await chat.ask(typed), "what goes to sales is read back"
    with reading(rig.own) as session:
        case = session.scalars(select(Case)).one()
    assert (case.name, case.email, case.phone) == told
    assert case.wording == f"please call me\n{typed}"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Arne Moe fra Moe Maskin, 955 00 111", ("Arne Moe", "Moe Maskin", "955 00 111")),
        ("Gerd, 955 00 112", ("Gerd", None, "955 00 112")),
        ("ring meg heller, 955 00 113", (None, None, "955 00 113")),
        ("call me on 555 0178", (None, None, "555 0178")),
        ("This is Joan Day, 555 0179", ("Joan Day", None, "555 0179")),
        ("ring me, 555 0177", (None, None, "555 0177")),
    ],
)
async def test_contact_details_are_heard_while_a_person_answers(
    rig: Rig, typed: str, told: tuple[str | None, ...]
) -> None:
    async with Chat(rig.url) as chat:
        await chat.open(language="nb")
        await chat.ask("hei")
        with writing(rig.own) as session:
            session.execute(update(Conversation).values(owner="person", owner_id="s", owner_name="Ola"))
        await chat.send(typed)
        await chat.send("tegning 12345678")
    row = conversation(rig)
    assert (row.told_name, row.told_company, row.told_phone) == told
    assert row.contact_id is None, "told, not proven"


async def test_what_the_assistant_read_of_the_customer_is_kept(rig: Rig) -> None:
    rig.engine.state = {"task": None, "contact": {"name": "Arne Moe", "company": "Moe Maskin"}}
    async with Chat(rig.url) as chat:
        await chat.open(language="nb")
        await chat.ask("hei, mvh Arne Moe")
        rig.engine.state = {"task": None, "contact": {"phone": "955 00 111"}}
        await chat.ask("ring gjerne")
    row = conversation(rig)
    assert (row.told_name, row.told_company, row.told_phone) == ("Arne Moe", "Moe Maskin", "955 00 111")
