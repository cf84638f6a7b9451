"""Redis stopped and started under a running chat: answers go on, and several processes find each other again."""

import asyncio
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis

from bot.common.settings import settings
from tests.conftest import missing
from tests.integration.conftest import Rig
from tests.integration.web_rig import Chat, free_port, web


class OwnRedis:
    """A Redis server of this test's own, to be stopped and started."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        command = ["redis-server", "--port", str(self.port), "--save", "", "--dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        client = redis.Redis.from_url(self.url)
        until = time.monotonic() + 10
        while True:
            try:
                client.ping()
                return
            except redis.RedisError:
                assert time.monotonic() < until
                time.sleep(0.05)

    def stop(self) -> None:
        if self.process:
            self.process.kill()
            self.process.wait(10)
            self.process = None


@pytest.fixture
def own_redis(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[OwnRedis]:
    if shutil.which("redis-server") is None:
        missing("redis-server")
    server = OwnRedis(tmp_path)
    server.start()
    monkeypatch.setenv("SMELT_REDIS_URL", server.url)
    settings.cache_clear()
    yield server
    server.stop()


async def test_answers_go_on_without_redis_and_tabs_meet_again_with_it(own_redis: OwnRedis, rig: Rig) -> None:
    second = web()
    second.start()
    try:
        async with Chat(rig.url) as here, Chat(second.url) as there:
            await there.open(await here.open())
            assert await here.ask("one") == "one answered"
            await there.wait("bot_uttered", 1)
            own_redis.stop()
            began = time.monotonic()
            assert await here.ask("two") == "two answered"
            assert time.monotonic() - began < 5, "nobody waits for a server that is gone"
            own_redis.start()
            await asyncio.sleep(5)
            assert await here.ask("three") == "three answered"
            await there.wait("user_message", 2, seconds=8)
            await there.open(here.session, last_seq=0)
            told = [one["text"] for one in there.heard["history"][-1]["messages"]]
            assert told == [f"{word}{end}" for word in ("one", "two", "three") for end in ("", " answered")]
    finally:
        second.stop()
