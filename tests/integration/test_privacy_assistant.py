"""The whole assistant forgets a conversation on its customer's wish: all databases, files and logs, engine there or not."""

import asyncio
import time
import uuid
from pathlib import Path

import pytest

from tests.integration.talking import Customer
from tests.stack import Stack

SECONDS = 90


def traces(folder: Path, word: str) -> list[str]:
    """Files below the folder, databases and logs among them, that hold the word."""
    return [path.name for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]


def still_there(folder: Path, word: str) -> list[str]:
    """Its traces, after waiting for them to go."""
    until = time.monotonic() + SECONDS
    while (found := traces(folder, word)) and time.monotonic() < until:
        time.sleep(0.3)
    return found


@pytest.mark.parametrize("engine", ["there", "killed"])
async def test_a_deleted_conversation_is_found_nowhere(sqlite_assistant: Stack, engine: str) -> None:
    await asyncio.to_thread(sqlite_assistant.wait_healthy)
    word = f"hvalross{uuid.uuid4().hex[:8]}"
    customer = Customer(sqlite_assistant, None)
    await customer.connect()
    await customer.open(language="nb")
    await customer.ask_for(f"hvilken strekkfasthet har RG5? hilsen {word}@hav.example")
    assert {"smelt.db", "tracker.db"} <= {name.removesuffix("-wal") for name in traces(sqlite_assistant.folder, word)}
    if engine == "killed":
        sqlite_assistant.kill("engine")
    assert (await customer.socket.call("delete_conversation", {}, timeout=10))["ok"]
    await customer.wait("erased")
    assert await asyncio.to_thread(still_there, sqlite_assistant.folder, word) == []
    await asyncio.to_thread(sqlite_assistant.wait_healthy)
    old = customer.session
    await customer.open(None, language="nb")
    assert customer.session != old
    assert "MPa" in await customer.ask_for("hvilken strekkfasthet har RG5?")
    await customer.socket.disconnect()
