"""Stock Rasa clients work unchanged: socket.io-client from npm, as any Rasa widget uses it."""

import asyncio
import json
import shutil
import subprocess
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.store.database import reading
from bot.store.models import Conversation
from bot.widget import build
from tests.conftest import missing
from tests.integration.conftest import Rig

SCRIPT = Path(__file__).with_name("stock_client.cjs")


@pytest.fixture(scope="module")
def node() -> str:
    """The machine's Node with the packages of the page."""
    try:
        build.build()
    except build.BuildError as error:
        missing(f"Node ({error})")
    found = shutil.which("node", path=build.node_path())
    assert found
    return found


@pytest.mark.parametrize("transport", ["websocket", "polling"])
async def test_socket_io_client_from_npm(rig: Rig, node: str, transport: str) -> None:
    rig.engine.buttons = [{"title": "Ja", "payload": "/affirm"}]
    done = await asyncio.to_thread(
        subprocess.run, [node, str(SCRIPT), rig.url, transport], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    heard = json.loads(done.stdout)
    first, second = heard["confirmed"]
    assert isinstance(first, str)
    assert second == first, "coming back with the token is the same conversation"
    texts = [one["text"] for one in heard["said"]]
    assert texts[0] == "hei answered"
    assert heard["said"][0]["quick_replies"] == [{"content_type": "text", "title": "Ja", "payload": "/affirm"}]
    assert texts[1] == "/affirm answered", "the payload of an offered button is obeyed"
    assert "skråstrek" in texts[2] or "slash" in texts[2], "and no other command"
    assert texts[3] == "tilbake answered"
    with reading(rig.own) as session:
        assert len(session.scalars(select(Conversation)).all()) == 1
