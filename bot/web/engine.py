"""The engine over HTTP: a turn, events of a hand-back, erasure, readiness. Silence, slowness and errors all have names."""

import asyncio
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from bot.common.settings import settings
from bot.common.signing import engine_token, sign_identity
from bot.store.records import Pending, Reply

READY_SECONDS = 2.0
CONNECTIONS = 200
#: What the engine says of each command that it read a message as.
READ = ("command", "because", "about")
#: Shorter than the engine keeps an idle connection (5 s), so that it is seldom closed under our hands.
KEPT_SECONDS = 3.0


class EngineError(RuntimeError):
    """No answer. ``reason`` is for the log and the metrics: no text of the customer."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class EngineAway(EngineError):
    """The engine cannot be reached at all."""


class TurnFailed(EngineError):
    """This turn got no usable answer: late, empty, or refused."""


@dataclass(frozen=True)
class Answer:
    """What the assistant said, and the language the conversation is in now."""

    replies: list[Reply]
    language: str | None
    #: What the assistant is asking for now: see ``Conversation.state``.
    state: dict[str, Any] | None = None


class EngineClient:
    """Kept-alive connections to the engine's private channel.

    aiohttp and not httpx: a turn through httpx cost 3 ms of processor time here, more than storing the message.
    """

    def __init__(self, base: str | None = None) -> None:
        self._base = base or settings().engine_base
        self._session: aiohttp.ClientSession | None = None

    async def turn(self, turn: Pending, seconds: float) -> Answer:
        """Ask for the answer to one message, at most for that long. Raises EngineAway or TurnFailed."""
        call = {
            "conversation": turn.conversation, "message_id": turn.message.id, "text": turn.message.text,
            "metadata": _metadata(turn),
        }  # fmt: skip
        status, body = await self._call("POST", "/webhooks/smelt/turn", call, seconds)
        return _answer(status, body)

    async def ready(self) -> bool:
        """Whether the engine would answer a turn now."""
        return await self.problem() is None

    async def problem(self) -> str | None:
        """What keeps the engine from answering a turn: ``actions``, ``tracker database``, ``model``, ``away``; or None."""
        try:
            status, body = await self._call("GET", "/webhooks/smelt/ready", None, READY_SECONDS)
            return None if status == 200 else str(json.loads(body).get("problem") or "not ready")
        except (EngineError, ValueError, AttributeError):
            return "away"

    async def events(self, conversation: str, events: list[dict[str, Any]]) -> None:
        """Add events to the engine's memory of a conversation, as a hand-back does. Raises EngineError."""
        body = {"conversation": conversation, "events": events}
        _expect_ok(await self._call("POST", "/webhooks/smelt/events", body, settings().turn_timeout))

    async def erase(self, conversation: str) -> None:
        """Make the engine forget a conversation. Raises EngineError."""
        path = f"/webhooks/smelt/conversations/{quote(conversation, safe='')}"
        _expect_ok(await self._call("DELETE", path, None, settings().turn_timeout))

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()

    async def _call(self, method: str, path: str, body: Any, seconds: float) -> tuple[int, bytes]:
        """Status and body of an answer, whole within that many seconds. Raises EngineAway or TurnFailed."""
        try:
            async with asyncio.timeout(seconds):
                try:
                    return await self._once(method, path, body)
                except aiohttp.ServerDisconnectedError:
                    # A kept connection the engine had just closed. Every call may be repeated.
                    return await self._once(method, path, body)
        except TimeoutError as error:
            raise TurnFailed("late") from error
        except (aiohttp.ClientError, OSError) as error:
            raise EngineAway(type(error).__name__) from error

    async def _once(self, method: str, path: str, body: Any) -> tuple[int, bytes]:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                self._base, headers={"Authorization": f"Bearer {engine_token()}"}, cookie_jar=aiohttp.DummyCookieJar(),
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=KEPT_SECONDS),
            )  # fmt: skip
        async with self._session.request(method, path, json=body) as response:
            return response.status, await response.read()


def _expect_ok(answer: tuple[int, bytes]) -> None:
    if answer[0] != 200:
        raise TurnFailed(f"status {answer[0]}")


def _metadata(turn: Pending) -> dict[str, Any]:
    """Verified facts under their names; whatever the client said about itself only under ``client``."""
    metadata: dict[str, Any] = {
        "message_id": turn.message.id, "client": turn.client or {}, "owner": turn.owner,
        "after_answer": turn.after_answer, "proving": list(turn.proving),
    }  # fmt: skip
    if turn.internal:
        metadata["internal"] = turn.internal
    if turn.sender:
        who = turn.sender
        metadata["identity"] = sign_identity(who.contact_id, who.customer_id, who.proved, turn.conversation)
    if turn.language:
        metadata["language_hint"] = turn.language
    return metadata


def _answer(status: int, content: bytes) -> Answer:
    if status != 200:
        raise TurnFailed(f"status {status}")
    try:
        body = json.loads(content)
        replies = [_reply(one) for one in body["replies"]] if body["ok"] is True else []
        language, state = body.get("language"), body.get("state")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TurnFailed("malformed") from error
    replies = [reply for reply in replies if reply.text.strip() or reply.card]
    if not replies:
        raise TurnFailed("empty")
    return Answer(replies, language if isinstance(language, str) else None, state if isinstance(state, dict) else None)


def _reply(said: dict[str, Any]) -> Reply:
    text, card = said["text"], said.get("card")
    buttons = [
        {"title": str(one["title"]), "payload": str(one.get("payload") or one["title"])}
        for one in said.get("buttons") or []
    ]
    if not isinstance(text, str):
        raise TypeError("text")
    reason = said.get("hand_over")
    return Reply(
        text, buttons, card if isinstance(card, dict) else None, hand_over=reason if isinstance(reason, str) else None,
        identify=said.get("identify") is True, only_identify=said.get("only_identify") is True,
        understood=[{name: str(one[name]) for name in READ} for one in said.get("understood") or []],
    )  # fmt: skip
