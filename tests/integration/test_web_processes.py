"""Several web processes share conversations through Redis and the database; and what web itself costs a turn."""

import asyncio
import statistics
import time

import pytest

from tests.integration.conftest import Rig
from tests.integration.web_rig import Chat, web


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


async def test_two_processes_serve_one_conversation_in_order(redis_url: str, rig: Rig) -> None:
    second = web()
    second.start()
    try:
        rig.engine.modes["one"], rig.engine.seconds = "slow", 0.4
        async with Chat(rig.url) as here, Chat(second.url) as there:
            await there.open(await here.open())
            await here.ask("hei")
            for chat, word in ((here, "one"), (there, "two"), (here, "three"), (there, "four")):
                await chat.send(word)
            wanted = ["hei answered", "one answered", "two answered", "three answered", "four answered"]
            await here.wait("bot_uttered", 5)
            await there.wait("bot_uttered", 5)
            assert here.texts() == there.texts() == wanted
            assert [one["text"] for one in here.heard["user_message"]] == ["two", "four"]
            assert [one["text"] for one in there.heard["user_message"]] == ["hei", "one", "three"]
        assert not rig.engine.overlapped
        assert rig.engine.texts() == ["hei", "one", "two", "three", "four"]
    finally:
        second.stop()


async def test_what_web_adds_to_a_turn_is_a_few_milliseconds(rig: Rig) -> None:
    """The bound is loose, for machines that others use too; the figure is printed (``pytest -s``)."""
    times = []
    async with Chat(rig.url) as chat:
        await chat.open()
        for number in range(60):
            await asyncio.sleep(0.3 if number < 3 else 0.01)
            began = time.perf_counter()
            await chat.socket.emit("user_uttered", {"message": f"m{number}"})
            await chat.wait("bot_uttered", number + 1)
            times.append((time.perf_counter() - began) * 1000)
    print(f"{rig.own.dialect.name}: whole turn with an engine that answers at once {statistics.median(times):.1f} ms")
    assert statistics.median(times) < 100
