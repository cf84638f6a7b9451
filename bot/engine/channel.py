"""The engine's only door: one turn, events of a hand-back, erasure and readiness, for ``web`` alone.

A turn is idempotent by its message id and all or nothing: when an action, a text or the database failed, nothing of
it is kept and ``web`` is told, so that it can tell the customer and try again.
"""

import asyncio
import hmac
import logging
from collections.abc import Awaitable, Callable
from typing import Any
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, OutputChannel, UserMessage
from rasa.shared.core.events import Event
from sanic import Blueprint, Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse

from bot.common.signing import engine_token
from bot.engine import rasa_patch, turn_state
from bot.engine.actions_endpoint import ActionsEndpoint
from bot.engine.internal import read_words
from bot.engine.tracker_store import LiveTrackerStore

logger = logging.getLogger(__name__)


class Replies(OutputChannel):
    """Collects what the assistant says in one turn."""

    def __init__(self) -> None:
        self.messages: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Name of the channel in the tracker."""
        return "smelt"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep one message."""
        self.messages.append(_reply(message.get("text"), message.get("buttons"), message.get("custom")))


def _reply(text: Any, buttons: Any, custom: Any) -> dict[str, Any]:
    extra = custom or {}
    return {
        "text": text or "", "buttons": buttons or [], "card": extra.get("card"), "hand_over": extra.get("hand_over"),
        "understood": extra.get("understood") or [], "identify": bool(extra.get("identify")),
        "only_identify": bool(extra.get("only_identify")),
    }  # fmt: skip


def _recorded(events: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What was said in stored events, as it was sent the first time."""
    said = [event for event in events if event["event"] == "bot"]
    return [_reply(event.get("text"), event["data"].get("buttons"), event["data"].get("custom")) for event in said]


class SmeltChannel(InputChannel):
    """Rasa input channel under ``/webhooks/smelt``, for loopback or a private network, with a bearer token."""

    @classmethod
    def name(cls) -> str:
        """Path of the channel."""
        return "smelt"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes. ``on_new_message`` is not used: it would swallow errors."""
        routes = Blueprint("smelt_webhook")

        @routes.middleware("request")  # type: ignore[untyped-decorator]  # Sanic 21 is untyped here
        async def only_web(request: Request) -> HTTPResponse | None:
            given = request.headers.get("authorization", "")
            if not hmac.compare_digest(given.encode(), f"Bearer {engine_token()}".encode()):
                return response.json({"error": "token"}, status=401)
            return None

        @routes.get("/ready")
        async def ready(request: Request) -> HTTPResponse:
            engine = Engine.of(request.app)
            problem = await engine.problem() if engine else "model"
            return response.json({"ready": problem is None, "problem": problem}, status=503 if problem else 200)

        @routes.post("/turn")
        async def turn(request: Request) -> HTTPResponse:
            engine, call = Engine.of(request.app), request.json
            if engine is None:
                return response.json({"ok": False, "error": "not ready"}, status=503)
            if not _valid(call, "conversation", "message_id", "text"):
                return response.json({"ok": False, "error": "conversation, message_id and text are texts"}, status=400)
            answer = await engine.turn(
                call["conversation"], call["message_id"], call["text"], call.get("metadata") or {}
            )
            return response.json(answer, status=200 if answer["ok"] else 503)

        @routes.post("/events")
        async def events(request: Request) -> HTTPResponse:
            engine, call = Engine.of(request.app), request.json
            if engine is None or not _valid(call, "conversation") or not isinstance(call.get("events"), list):
                return response.json({"ok": False}, status=503 if engine is None else 400)
            await engine.append(call["conversation"], call["events"])
            return response.json({"ok": True})

        @routes.delete("/conversations/<conversation>")
        async def erase(request: Request, conversation: str) -> HTTPResponse:
            engine = Engine.of(request.app)
            if engine is None:
                return response.json({"ok": False}, status=503)
            await engine.erase(conversation)
            return response.json({"ok": True})

        return routes


def _valid(call: Any, *names: str) -> bool:
    return isinstance(call, dict) and all(isinstance(call.get(name), str) and call[name] for name in names)


class Engine:
    """The loaded assistant behind the channel: what Rasa hides or swallows is laid open here."""

    def __init__(self, agent: Agent, store: LiveTrackerStore) -> None:
        rasa_patch.apply()
        self.agent = agent
        self.store = store
        self.processor = agent.processor
        self.processor.tracker_store = store
        if agent.action_endpoint and not isinstance(agent.action_endpoint, ActionsEndpoint):
            self.processor.action_endpoint = agent.action_endpoint = ActionsEndpoint(agent.action_endpoint.url)
        self.warm = False
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    @classmethod
    def of(cls, app: Sanic) -> "Engine | None":
        """The engine of this server, built at first use; None until the model is loaded. Raises on a wrong tracker store."""
        engine: Engine | None = getattr(app.ctx, "smelt", None)
        if engine is None:
            agent: Agent | None = getattr(app.ctx, "agent", None)
            if agent is None or not agent.is_ready():
                return None
            store = getattr(agent.tracker_store, "_tracker_store", agent.tracker_store)
            if not isinstance(store, LiveTrackerStore):
                raise RuntimeError("endpoints.yml: tracker_store is not bot.engine.tracker_store.LiveTrackerStore")
            engine = app.ctx.smelt = cls(agent, store)
        return engine

    async def problem(self) -> str | None:
        """What keeps the engine from answering, None when nothing does."""
        try:
            await asyncio.to_thread(self.store.ping)
        except Exception:
            return "tracker database"
        if isinstance(self.agent.action_endpoint, ActionsEndpoint) and not await self.agent.action_endpoint.answers():
            return "actions"
        if not self.warm:
            await self.processor.parse_message(UserMessage("RG5 40 stk uke 12"))
            self.warm = True
        return None

    async def turn(self, conversation: str, message_id: str, text: str, metadata: dict[str, Any]) -> dict[str, Any]:
        """Answer one message: ``{"ok", "replies", "language", "state"}``; ``ok`` false when it must be asked again.

        A reply is ``{"text", "buttons", "card", "hand_over", "understood", "identify", "only_identify"}``: the reason why a person is
        asked for, or None; the commands that the message was read as, and why; whether the customer was told to say who
        they are, and nothing else.

        A turn that ``web`` gave up waiting for may still run here when the message comes again: one at a time.
        """
        async with self._locks.setdefault(conversation, asyncio.Lock()):
            return await self._turn(conversation, message_id, text, metadata)

    async def _turn(self, conversation: str, message_id: str, text: str, metadata: dict[str, Any]) -> dict[str, Any]:
        state = turn_state.begin()
        try:
            replies = await self._replies(conversation, message_id, text, metadata)
        except Exception as error:
            logger.error("turn failed: %s", state.failures or type(error).__name__)
            if not state.failures and not isinstance(error, turn_state.TurnFailed):
                logger.exception("turn failed unexpectedly")
            self.store.forget(conversation)
            return {"ok": False, "replies": [], "error": "failed"}
        tracker = await self.store.retrieve(conversation)
        language = tracker.get_slot("language") if tracker else None
        desk = tracker.get_slot("desk") if tracker else None
        return {"ok": bool(replies), "replies": replies, "language": language, "state": desk or {}}

    async def _replies(
        self, conversation: str, message_id: str, text: str, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """What is said to one message; the same again when it was answered before."""
        recorded = await self.store.answered(conversation, message_id)
        if recorded is not None:
            return _recorded(recorded)
        tracker = await self.store.get_or_create_tracker(conversation, append_action_listen=False)
        metadata = await read_words(self.processor, tracker, metadata)
        output = Replies()
        message = UserMessage(
            text, output, conversation, input_channel=Replies.name(), message_id=message_id, metadata=metadata
        )
        await self.processor.handle_message(message)
        return output.messages

    async def append(self, conversation: str, events: list[dict[str, Any]]) -> None:
        """Add events (slots, end of the form) that ``web`` decided, as a hand-back does. Raises on an unknown event."""
        async with self._locks.setdefault(conversation, asyncio.Lock()):
            tracker = await self.store.get_or_create_tracker(conversation, append_action_listen=False)
            for event in events:
                tracker.update(Event.from_parameters(event), self.processor.domain)
            await self.store.save(tracker)

    async def erase(self, conversation: str) -> None:
        """Forget a conversation; a turn that still runs ends first, so that it leaves nothing behind."""
        async with self._locks.setdefault(conversation, asyncio.Lock()):
            await self.store.erase(conversation)
