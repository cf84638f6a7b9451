"""A customer who talks to the whole running assistant, and repeats what was not acknowledged as a real client does."""

import asyncio
import time
import uuid
from contextlib import nullcontext
from typing import Any

import pytest
from socketio.exceptions import BadNamespaceError, ConnectionError

from bot.common.replies import replies
from tests.integration.outages import Outage
from tests.integration.web_rig import Chat
from tests.stack import Stack

#: The customer hears a clear word within this time, whatever is away.
SECONDS = 5.0
#: A dead engine loads its model anew.
BACK_SECONDS = 60.0
NOTICES = ("utter_proof_sent", "utter_turn_failed", "utter_not_stored")


class Customer(Chat):
    """A client on the assistant's socket; ``ask_for`` asks under an outage and returns the answer after it."""

    def __init__(self, stack: Stack, contact: str | None = None) -> None:
        super().__init__(stack.url, stack.token(contact) if contact else None)
        self.stack = stack

    async def ask_for(self, message: str, outage: Outage | None = None) -> str:
        """Everything the assistant answers to one message. Fails when it is silent for longer than a customer waits."""
        client_id = uuid.uuid4().hex
        heard, began = len(self.heard["bot_uttered"]), time.monotonic()
        with outage(self.stack) if outage else nullcontext():
            acknowledged = await self._say(message, client_id)
            await self.wait("bot_uttered", heard + 1, SECONDS)
            assert time.monotonic() - began < SECONDS
            _clear(self.heard["bot_uttered"][heard])
        message_id = await self._stored(message, client_id, acknowledged)
        return await self._answer(message_id)

    async def come_back(self, seconds: float = BACK_SECONDS) -> None:
        """Connect again with the session's token, as often as it takes."""
        until = time.monotonic() + seconds
        await self.socket.disconnect()
        while True:
            try:
                await self.connect()
                break
            except ConnectionError:
                assert time.monotonic() < until
                await asyncio.sleep(0.3)
        await self.open(self.session, last_seq=0)

    async def _say(self, message: str, client_id: str) -> asyncio.Future[dict[str, Any]]:
        acknowledged: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        frame = {"message": message, "session_id": self.session, "metadata": {"client_id": client_id}}
        await self.socket.emit(
            "user_uttered", frame, callback=lambda data=None: acknowledged.done() or acknowledged.set_result(data)
        )
        return acknowledged

    async def _stored(self, message: str, client_id: str, acknowledged: asyncio.Future[dict[str, Any]]) -> str:
        """The id of the message, which is sent again until it is acknowledged."""
        until = time.monotonic() + BACK_SECONDS
        while time.monotonic() < until:
            try:
                answer = await asyncio.wait_for(acknowledged, 1)
                assert answer["ok"], answer
                return str(answer["message_id"])
            except TimeoutError:
                acknowledged = await self._say(message, client_id)
            except BadNamespaceError:
                await self.come_back()
        pytest.fail(f"{message!r} was never stored\n{self.stack.log()}")

    async def _answer(self, message_id: str) -> str:
        """What the assistant said to a message, once it is marked as answered."""

        def answered() -> bool:
            return any(
                one["message_id"] == message_id and one["state"] == "answered" for one in self.heard["message_state"]
            )

        async with self.news:
            try:
                await asyncio.wait_for(self.news.wait_for(answered), BACK_SECONDS)
            except TimeoutError:
                pytest.fail(f"never answered: {dict(self.heard)}\n{self.stack.log()}")
        return "\n".join(self.said_to(message_id))

    def said_to(self, message_id: str) -> list[str]:
        """The assistant's own answers to a message."""
        return [
            one["text"]
            for one in self.heard["bot_uttered"]
            if one["metadata"].get("in_reply_to") == message_id and one["metadata"]["author"] == "assistant"
        ]


def _clear(word: dict[str, Any]) -> None:
    """An answer, or one of the sentences of web: that there is none now, or that a code is on its way."""
    known = [texts[name] for texts in replies().texts.values() for name in NOTICES]
    assert word["metadata"]["author"] == "assistant" or word["text"] in known, word


def question_in(answer: str, language: str) -> str | None:
    """The question of the form that an answer asks."""
    texts = replies().texts[language]
    asked = [name.removeprefix("utter_ask_") for name in texts if name.startswith("utter_ask_")]
    return next((name for name in asked if texts[f"utter_ask_{name}"] in answer), None)


def case_number(answer: str) -> str | None:
    """The case number an answer gives."""
    words = (word.strip(".,:") for word in answer.split())
    return next((word for word in words if word.startswith("C-") and word[2:4].isdigit()), None)
