"""The engine over HTTP: a turn, events of a hand-back, erasure, readiness. Silence, slowness and errors all have names."""

import asyncio
from dataclasses import dataclass
from typing import Any

import httpx

from bot.common.settings import settings
from bot.common.signing import engine_token, sign_identity
from bot.conversations.records import Pending, Reply

READY_SECONDS = 2.0
HEADROOM_CONNECTIONS = 200


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


class EngineClient:
    """Kept-alive connections to the engine's private channel."""

    def __init__(self, base: str | None = None) -> None:
        limits = httpx.Limits(max_connections=HEADROOM_CONNECTIONS, max_keepalive_connections=HEADROOM_CONNECTIONS)
        self._http = httpx.AsyncClient(
            base_url=base or settings().engine_base, limits=limits, trust_env=False,
            headers={"Authorization": f"Bearer {engine_token()}"},
        )  # fmt: skip

    async def turn(self, turn: Pending, seconds: float) -> Answer:
        """Ask for the answer to one message, at most for that long. Raises EngineAway or TurnFailed."""
        call = {
            "conversation": turn.conversation, "message_id": turn.message.id, "text": turn.message.text,
            "metadata": _metadata(turn),
        }  # fmt: skip
        try:
            async with asyncio.timeout(seconds):
                response = await self._http.post("/webhooks/smelt/turn", json=call, timeout=seconds)
        except (httpx.TimeoutException, TimeoutError) as error:
            raise TurnFailed("late") from error
        except httpx.TransportError as error:
            raise EngineAway(type(error).__name__) from error
        return _answer(response)

    async def ready(self) -> bool:
        """Whether the engine would answer a turn now."""
        return await self.problem() is None

    async def problem(self) -> str | None:
        """What keeps the engine from answering a turn: ``actions``, ``tracker database``, ``model``, ``away``; or None."""
        try:
            response = await self._http.get("/webhooks/smelt/ready", timeout=READY_SECONDS)
            return None if response.status_code == 200 else str(response.json().get("problem") or "not ready")
        except (httpx.HTTPError, ValueError, AttributeError):
            return "away"

    async def events(self, conversation: str, events: list[dict[str, Any]]) -> None:
        """Add events to the engine's memory of a conversation, as a hand-back does. Raises EngineError."""
        await self._call("POST", "/webhooks/smelt/events", {"conversation": conversation, "events": events})

    async def erase(self, conversation: str) -> None:
        """Make the engine forget a conversation. Raises EngineError."""
        await self._call("DELETE", f"/webhooks/smelt/conversations/{conversation}", None)

    async def close(self) -> None:
        """Close the connections."""
        await self._http.aclose()

    async def _call(self, method: str, path: str, body: Any) -> None:
        try:
            response = await self._http.request(method, path, json=body, timeout=settings().turn_timeout)
        except httpx.HTTPError as error:
            raise EngineAway(type(error).__name__) from error
        if response.status_code != 200:
            raise TurnFailed(f"status {response.status_code}")


def _metadata(turn: Pending) -> dict[str, Any]:
    """Verified facts under their names; whatever the client said about itself only under ``client``."""
    metadata: dict[str, Any] = {"message_id": turn.message.id, "client": turn.client or {}}
    if turn.sender:
        who = turn.sender
        metadata["identity"] = sign_identity(who.contact_id, who.customer_id, who.proved, turn.conversation)
    if turn.language:
        metadata["language_hint"] = turn.language
    return metadata


def _answer(response: httpx.Response) -> Answer:
    if response.status_code != 200:
        raise TurnFailed(f"status {response.status_code}")
    try:
        body = response.json()
        replies = [_reply(one) for one in body["replies"]] if body["ok"] is True else []
        language = body.get("language")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise TurnFailed("malformed") from error
    replies = [reply for reply in replies if reply.text.strip() or reply.card]
    if not replies:
        raise TurnFailed("empty")
    return Answer(replies, language if isinstance(language, str) else None)


def _reply(said: dict[str, Any]) -> Reply:
    text, card = said["text"], said.get("card")
    buttons = [
        {"title": str(one["title"]), "payload": str(one.get("payload") or one["title"])}
        for one in said.get("buttons") or []
    ]
    if not isinstance(text, str):
        raise TypeError("text")
    return Reply(text, buttons, card if isinstance(card, dict) else None)
