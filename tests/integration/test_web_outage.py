"""Engine or database slow, silent, broken or gone: the customer hears it within 5 seconds, and nothing is lost."""

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest
import socketio
from sqlalchemy import Engine, create_engine, select, text, update

from bot.common.clock import utcnow
from bot.common.replies import replies
from bot.common.settings import ROOT
from bot.store import ownership
from bot.store.cases.models import Case, Outbox
from bot.store.database import reading, writing
from bot.store.models import Conversation, Message
from bot.store.ownership import Person
from bot.web import turns
from bot.web.identity import demo_token
from tests.integration.conftest import Rig
from tests.integration.web_rig import Chat, free_port

FAILED = replies().texts["nb"]["utter_turn_failed"]

SIRI = Person("s1", "Siri")


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


def cases(own: Engine) -> list[Case]:
    with reading(own) as session:
        return list(session.scalars(select(Case)))


def states(own: Engine) -> dict[str, str | None]:
    with reading(own) as session:
        return {row.text: row.state for row in session.scalars(select(Message).where(Message.direction == "in"))}


async def until(true: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


@pytest.mark.parametrize("mode", ["slow", "empty", "broken", "nonsense", "not ok", "stopped", "not ready"])
async def test_without_an_answer_the_customer_is_told_and_answered_later(rig: Rig, mode: str) -> None:
    async with Chat(rig.url) as chat:
        await chat.open(language="nb")
        await chat.ask("hei")
        if mode == "stopped":
            rig.engine_server.stop()
        else:
            rig.engine.mode, rig.engine.ready = mode if mode != "not ready" else "broken", mode != "not ready"
        began = time.monotonic()
        assert await chat.ask("hvor er ordren", client_id="m2") == FAILED
        assert time.monotonic() - began < turns.settings().turn_timeout + 1
        notice = chat.heard["bot_uttered"][1]
        assert notice["quick_replies"] == [
            {"content_type": "text", "title": "Snakk med et menneske", "payload": "/human"}
        ]
        assert notice["metadata"]["author"] == "system"
        assert states(rig.own)["hvor er ordren"] == "failed"
        rig.engine.mode, rig.engine.ready = "answer", True
        if mode == "stopped":
            rig.engine_server.start()
        await chat.wait("bot_uttered", 3, 12)
        assert chat.texts()[2:] == ["hvor er ordren answered"]
        await until(lambda: states(rig.own)["hvor er ordren"] == "answered")
        told = [one["state"] for one in await chat.wait("message_state", 3) if one["client_id"] == "m2"]
        assert told == ["failed", "answered"]
    assert len({call["message_id"] for call in rig.engine.calls if call["text"] == "hvor er ordren"}) <= 1


async def test_what_was_asked_in_an_outage_is_answered_in_order(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open()
        await chat.ask("hei")
        rig.engine_server.stop()
        for word in ("one", "two", "three"):
            await chat.send(word)
        await until(lambda: list(states(rig.own).values()).count("failed") == 3)
        rig.engine_server.start()
        while "three answered" not in chat.texts():
            await chat.wait("bot_uttered", len(chat.heard["bot_uttered"]) + 1, 12)
        # Word of the outage may still be on its way when the engine is back.
        answers = [text for text in chat.texts() if text.endswith(" answered")]
        assert answers[-3:] == ["one answered", "two answered", "three answered"]


async def test_messages_behind_a_late_one_are_told_with_it(rig: Rig) -> None:
    rig.engine.mode, rig.engine.seconds = "slow", 2.0
    async with Chat(rig.url) as chat:
        await chat.open(language="nb")
        began = time.monotonic()
        for number in range(3):
            await chat.socket.emit("user_uttered", {"message": f"m{number}"})
        await chat.wait("bot_uttered")
        await chat.wait("message_state", 3)
        assert time.monotonic() - began < 2
        assert chat.texts() == [FAILED]
        assert {one["state"] for one in chat.heard["message_state"]} == {"failed"}
        rig.engine.mode = "answer"
        await chat.wait("bot_uttered", 4, 12)
        assert chat.texts()[1:] == ["m0 answered", "m1 answered", "m2 answered"]


async def test_one_broken_message_does_not_stop_the_next(rig: Rig) -> None:
    rig.engine.modes["poison"] = "broken"
    async with Chat(rig.url) as chat:
        await chat.open(language="nb")
        assert await chat.ask("poison") == FAILED
        assert await chat.ask("hei") == "hei answered"
        await asyncio.sleep(4.5)
        assert rig.engine.texts().count("poison") >= 2, "it is tried again"
        assert chat.texts() == [FAILED, "hei answered"], "and the customer is told once"


async def test_a_person_is_reached_while_the_engine_is_away(rig: Rig) -> None:
    rig.engine_server.stop()
    async with Chat(rig.url) as chat:
        await chat.open(language="nb")
        assert await chat.ask("hva koster 40 hus") == FAILED
        asked = await chat.ask("/human")
        assert "e-postadresse" in asked
        assert (await chat.wait("owner"))[-1] == {"owner": "waiting", "name": None}
        assert cases(rig.own) == []
        again = await chat.ask("kari@")
        assert "kari@firma.no" in again
        done = await chat.ask("det er kari@pumpe.example, takk")
        case = cases(rig.own)[0]
        assert case.case_no in done
        assert "kari@pumpe.example" in done
        assert (case.kind, case.email, case.proved) == ("call_back", "kari@pumpe.example", None)
    with reading(rig.own) as session:
        assert {entry.payload["template"] for entry in session.scalars(select(Outbox))} == {
            "waiting",
            "desk",
            "receipt",
        }
        assert session.scalars(select(Conversation)).one().reach == "kari@pumpe.example"


async def test_a_customer_who_signed_in_is_not_asked_for_an_address(rig: Rig) -> None:
    rig.engine_server.stop()
    async with Chat(rig.url, demo_token("demo-anna")) as chat:
        await chat.open()
        said = await chat.ask("can I talk to a human please")
        again = await chat.ask("hello, a human please")
    assert "by e-mail" in said
    assert "phone number" not in said
    assert "told that you are waiting" in again
    with reading(rig.own) as session:
        conversation = session.scalars(select(Conversation)).one()
        assert (conversation.owner, conversation.waiting_reason) == ("waiting", "asked")
        assert [entry.payload["template"] for entry in session.scalars(select(Outbox))] == ["waiting"]


async def test_an_address_given_after_the_engine_came_back_still_counts(rig: Rig) -> None:
    rig.engine_server.stop()
    async with Chat(rig.url) as chat:
        await chat.open(language="en")
        await chat.ask("call me back")
        rig.engine_server.start()
        await asyncio.sleep(1.5)
        said = await chat.ask("+47 912 34 567")
        assert cases(rig.own)[0].phone == "+47 912 34 567"
        assert cases(rig.own)[0].wording == "call back" or cases(rig.own)[0].wording == "call me back"
        assert cases(rig.own)[0].case_no in said
        assert await chat.ask("hei") == "hei answered", "one address was asked for, not two"


async def test_the_engine_is_asked_for_a_person_while_it_is_there(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        await chat.open()
        assert await chat.ask("/human") == "/human answered"
    assert cases(rig.own) == []


async def test_after_a_quarter_of_an_hour_the_sales_desk_has_it(rig: Rig) -> None:
    rig.engine_server.stop()
    async with Chat(rig.url) as chat:
        await chat.open(language="nb")
        assert await chat.ask("kan dere støpe i RG5?") == FAILED
        age(rig.own, minutes=16)
        await chat.wait("bot_uttered", 2, 10)
        case = cases(rig.own)[0]
        said = chat.texts()[1]
        assert case.case_no in said
        assert "kan dere støpe i RG5?" in said
        assert (case.kind, case.wording) == ("message", "kan dere støpe i RG5?")
        added = await chat.ask("svar til per@firma.example")
        assert case.case_no in added
        assert [one.email for one in cases(rig.own)] == ["per@firma.example"]
        rig.engine_server.start()
        await asyncio.sleep(2.5)
        assert rig.engine.texts() == [], "what a person has is not answered twice"


def age(own: Engine, minutes: int) -> None:
    with writing(own) as session:
        session.execute(update(Message).values(at=utcnow() - dt.timedelta(minutes=minutes)))


async def test_a_person_who_takes_over_during_a_turn_is_not_talked_over(rig: Rig) -> None:
    rig.engine.during = lambda call: ownership.take_over(rig.own, call["conversation"], SIRI)
    async with Chat(rig.url) as chat:
        await chat.open()
        await chat.send("hei")
        state = (await chat.wait("message_state"))[0]
        assert state["state"] == "person"
        assert chat.texts() == []
        rig.engine.during = None
        await chat.send("er du der?")
        await asyncio.sleep(0.3)
        assert rig.engine.texts() == ["hei"], "the engine is not asked while a person answers"
        with reading(rig.own) as session:
            late = session.scalars(select(Message).where(Message.direction == "out")).one()
            conversation = session.scalars(select(Conversation.id)).one()
        assert late.suppressed is True
        ownership.hand_back(rig.own, conversation, SIRI)
        assert await chat.ask("og nå?") == "og nå? answered"


async def test_while_a_person_is_waited_for_the_assistant_answers(rig: Rig) -> None:
    async with Chat(rig.url) as chat:
        token = await chat.open()
        await chat.ask("hei")
        with reading(rig.own) as session:
            ownership.request_person(rig.own, session.scalars(select(Conversation.id)).one(), "asked")
        assert await chat.ask("imens") == "imens answered"
    async with Chat(rig.url) as again:
        await again.open(token)
        assert again.heard["session_info"][0]["owner"] == "waiting"


async def test_without_the_database_nothing_is_acknowledged_and_the_customer_is_told(rig: Rig, own_url: str) -> None:
    async with Chat(rig.url) as chat:
        await chat.open(language="nb")
        await chat.ask("hei")
        give_back = take_away(own_url)
        began = time.monotonic()
        with pytest.raises(socketio.exceptions.TimeoutError):
            await chat.send("borte?", "m2", ack=4.6)
        await chat.wait("bot_uttered", 2)
        assert time.monotonic() - began < 5
        assert chat.texts()[1] == replies().texts["nb"]["utter_not_stored"]
        assert chat.heard["bot_uttered"][1]["metadata"]["notice"] == "not_stored"
        give_back()
        await asyncio.sleep(0.2)
        assert (await chat.send("borte?", "m2"))["ok"] is True
        await chat.wait("bot_uttered", 3)
        assert chat.texts()[2] == "borte? answered"
    assert rig.engine.texts() == ["hei", "borte?"]


def take_away(url: str) -> Callable[[], None]:
    """Lock the SQLite file, or end PostgreSQL's connections and let nobody in; returns how to undo it."""
    if url.startswith("sqlite"):
        locker = create_engine(url)
        connection = locker.connect()
        connection.exec_driver_sql("BEGIN EXCLUSIVE")

        def unlock() -> None:
            connection.rollback()
            connection.close()
            locker.dispose()

        return unlock
    name = url.rpartition("/")[2]
    server = create_engine(url.rpartition("/")[0] + "/postgres", isolation_level="AUTOCOMMIT")

    def tell(*statements: str) -> None:
        with server.connect() as connection:
            for statement in statements:
                connection.execute(text(statement))

    tell(
        f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false',
        f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'",
    )

    def let_in() -> None:
        tell(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
        server.dispose()

    return let_in


async def test_a_killed_web_process_leaves_no_message_unanswered(rig: Rig, tmp_path: Path) -> None:
    """The real process, killed while the engine is at work."""
    port = free_port()
    environment = os.environ | {"WEB_PORT": str(port), "SMELT_TURN_TIMEOUT": "1"}
    rig.web.stop()

    def start() -> subprocess.Popen[bytes]:
        process = subprocess.Popen([sys.executable, "-m", "bot.web"], cwd=ROOT, env=environment)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/config", timeout=1).close()
                return process
            except OSError:
                time.sleep(0.1)
        raise AssertionError("web did not start")

    process = start()
    rig.engine.modes["hei"], rig.engine.seconds = "slow", 0.8
    async with Chat(f"http://127.0.0.1:{port}") as chat:
        token = await chat.open()
        assert (await chat.send("hei", "m1"))["ok"] is True
        process.send_signal(signal.SIGKILL)
        process.wait()
    rig.engine.modes.clear()
    with writing(rig.own) as session:  # as if the dead process's lease were over
        session.execute(update(Conversation).values(lease_until=utcnow() - dt.timedelta(seconds=1)))
        session.execute(update(Message).values(at=utcnow() - dt.timedelta(minutes=1)))
    process = start()
    try:
        await until(lambda: states(rig.own) == {"hei": "answered"})
        async with Chat(f"http://127.0.0.1:{port}") as again:
            await again.open(token, last_seq=0)
            assert [one["text"] for one in again.heard["history"][0]["messages"]] == ["hei", "hei answered"]
    finally:
        process.terminate()
        assert process.wait(15) in (0, -signal.SIGTERM)
