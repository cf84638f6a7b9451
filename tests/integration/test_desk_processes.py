"""The desk with several web processes, over long polling, and on a database with many conversations."""

import asyncio
import datetime as dt
import json
import time

import httpx
import pytest
from sqlalchemy import insert

from bot.common.clock import utcnow
from bot.store.database import writing
from bot.store.models import Conversation, Message
from bot.web.desk.guard import COOKIE
from tests.integration.conftest import Rig
from tests.integration.desk_rig import DeskClient, DeskSocket, conversation_of, desk_of, session_for, staff_member
from tests.integration.web_rig import Chat, web


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


async def test_customer_and_colleagues_on_different_processes_hear_of_each_other(redis_url: str, rig: Rig) -> None:
    second = web()
    second.start()
    try:
        who = [await asyncio.to_thread(staff_member, rig.own, name) for name in ("Kari", "Ola")]
        kari = await asyncio.to_thread(DeskClient, rig.url, session_for(rig.own, who[0]))
        ola = await asyncio.to_thread(DeskClient, second.url, session_for(rig.own, who[1]))
        async with Chat(second.url) as chat, DeskSocket(kari) as here, DeskSocket(ola) as there:
            conversation = await conversation_of(chat)
            await here.call("watch", conversation=conversation)
            await there.call("watch", conversation=conversation)
            await asyncio.to_thread(kari.done, f"/conversations/{conversation}/take-over")
            assert (await chat.wait("owner"))[0]["name"] == "Kari"
            assert (await there.wait("owner"))[0]["name"] == "Kari"
            await chat.send("hører du meg?")
            texts = [one["message"]["text"] for one in await here.wait("message", 2)]
            assert texts[-1] == "hører du meg?"
            body = {"text": "Ja.", "client_id": "1"}
            await asyncio.to_thread(kari.done, f"/conversations/{conversation}/reply", body)
            await chat.wait("bot_uttered", 3)
            assert chat.texts()[-1] == "Ja."
            shown = (await here.wait("presence", 2))[-1]["staff"]
            assert {one["name"]: one["online"] for one in shown} == {"Kari": True, "Ola": True}
    finally:
        second.stop()


async def test_the_socket_also_comes_over_long_polling(rig: Rig) -> None:
    """Where a browser names no origin in its first request, and only there."""
    desk = await asyncio.to_thread(desk_of, rig, "Kari")
    cookie = f"{COOKIE}={desk.http.cookies[COOKIE]}"
    assert (await asyncio.to_thread(_poll, rig.url, {"Cookie": cookie})).startswith('40/desk,{"sid"')
    assert await asyncio.to_thread(_poll, rig.url, {}) == '44/desk,{"message":"signed_out"}'
    stranger = {"Cookie": cookie, "Origin": "https://evil.example"}
    assert "not an accepted origin" in (await asyncio.to_thread(_poll, rig.url, stranger)).lower()


def _poll(url: str, headers: dict[str, str]) -> str:
    """What a client that joins the desk over long polling is told."""
    with httpx.Client(base_url=url, headers=headers, params={"EIO": "4", "transport": "polling"}, timeout=5) as client:
        opened = client.get("/socket.io/")
        if opened.status_code != 200:
            return opened.text
        session = {"EIO": "4", "transport": "polling", "sid": json.loads(opened.text[1:])["sid"]}
        client.post("/socket.io/", params=session, content="40/desk,")
        return client.get("/socket.io/", params=session).text


async def test_the_queue_stays_quick_with_years_of_conversations(rig: Rig) -> None:
    desk = await asyncio.to_thread(desk_of, rig, "Kari")
    began = utcnow() - dt.timedelta(days=700)
    with writing(rig.own) as session:
        for start in range(0, 20_000, 1000):
            numbers = range(start, start + 1000)
            moments = {number: began + dt.timedelta(minutes=50 * number) for number in numbers}
            session.execute(
                insert(Conversation),
                [
                    {
                        "id": f"c{n}", "owner": "waiting" if n % 1000 == 0 else "closed", "owner_since": moments[n],
                        "created_at": moments[n], "last_at": moments[n], "last_seq": 4,
                    }
                    for n in numbers
                ],
            )  # fmt: skip
            session.execute(
                insert(Message),
                [
                    {
                        "conversation_id": f"c{n}", "seq": seq, "id": f"{n}-{seq}", "direction": "in",
                        "author": "customer", "text": f"melding {n} om pumpehus", "at": moments[n],
                    }
                    for n in numbers
                    for seq in range(1, 5)
                ],
            )  # fmt: skip
    seconds = {}
    for path in ("/queue", "/search?q=pumpehus", "/search?q=melding+19999"):
        times = []
        for _ in range(5):
            at = time.perf_counter()
            found = await asyncio.to_thread(desk.read, path)
            times.append(time.perf_counter() - at)
        seconds[path] = min(times)
        if path == "/queue":
            assert len(found["waiting"]) == 20
    print(rig.own.dialect.name, {path: f"{one * 1000:.0f} ms" for path, one in seconds.items()})
    assert seconds["/queue"] < 0.3
    assert max(seconds.values()) < 2
