"""The real web process's application behind a real port, with a stand-in for the engine.

The stand-in is a real HTTP server with the engine's private channel: the real engine needs a trained model, the action
server and half a minute, and cannot be made slow, empty or broken on purpose. Everything else is the real thing.
"""

import asyncio
import socket
import threading
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import socketio
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from bot.common.signing import engine_token
from bot.web.app import create_app, transport


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Server:
    """An ASGI application on a port, in a thread, that can be stopped and started again."""

    def __init__(self, make: Callable[[], Any], port: int | None = None) -> None:
        self.make = make
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server: uvicorn.Server | None = None

    def start(self) -> None:
        config = uvicorn.Config(
            self.make(), host="127.0.0.1", port=self.port, log_level="error", timeout_graceful_shutdown=1, **transport(),
        )  # fmt: skip
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run)
        self.thread.start()
        until = time.monotonic() + 10
        while not self.server.started:
            assert time.monotonic() < until
            time.sleep(0.01)

    def stop(self) -> None:
        if self.server is not None:
            self.server.should_exit = True
            self.thread.join(15)
            self.server = None


class StandInEngine:
    """Answers "<text> answered"; ``mode`` makes it slow, empty, broken, not ready or nonsense, for all or for one text."""

    def __init__(self) -> None:
        self.mode = "answer"
        self.ready = True
        self.modes: dict[str, str] = {}
        self.seconds = 3.0
        self.buttons: list[dict[str, str]] = []
        self.reply: str | None = None
        self.card: dict[str, Any] | None = None
        self.hand_over: str | None = None
        self.language = "nb"
        self.state: dict[str, Any] | None = None
        self.calls: list[dict[str, Any]] = []
        self.answered: dict[str, dict[str, Any]] = {}
        self.running: dict[str, int] = defaultdict(int)
        self.overlapped = False
        self.during: Callable[[dict[str, Any]], None] | None = None

    def app(self) -> Starlette:
        return Starlette(
            routes=[
                Route("/webhooks/smelt/turn", self.turn, methods=["POST"]),
                Route("/webhooks/smelt/ready", self.look),
            ]
        )

    async def look(self, request: Request) -> Response:
        return JSONResponse({}, status_code=200 if self.ready else 503)

    async def turn(self, request: Request) -> Response:
        if request.headers.get("authorization") != f"Bearer {engine_token()}":
            return JSONResponse({}, status_code=401)
        call = await request.json()
        self.calls.append(call)
        conversation = call["conversation"]
        self.overlapped |= self.running[conversation] > 0
        self.running[conversation] += 1
        try:
            return await self._answer(call)
        finally:
            self.running[conversation] -= 1

    async def _answer(self, call: dict[str, Any]) -> Response:
        mode = self.modes.get(call["text"], self.mode)
        if self.during:
            await asyncio.to_thread(self.during, call)
        if mode == "slow":
            await asyncio.sleep(self.seconds)
        if mode == "broken":
            return JSONResponse({"ok": False, "error": "failed"}, status_code=503)
        if mode == "nonsense":
            return PlainTextResponse("<html>")
        replies = [] if mode == "empty" else [self._reply(call["text"])]
        answer = {"ok": mode != "not ok", "replies": replies, "language": self.language, "state": self.state}
        return JSONResponse(self.answered.setdefault(call["message_id"], answer) if mode == "answer" else answer)

    def _reply(self, text: str) -> dict[str, Any]:
        said = self.reply if self.reply is not None else f"{text} answered"
        return {"text": said, "buttons": self.buttons, "card": self.card, "hand_over": self.hand_over}

    def texts(self) -> list[str]:
        return [call["text"] for call in self.calls]


class Chat:
    """A customer's client that notes everything it hears."""

    def __init__(self, url: str, token: str | None = None, **headers: str) -> None:
        self.url, self.token, self.headers = url, token, headers
        self.socket = socketio.AsyncClient(reconnection=False)
        self.heard: dict[str, list[Any]] = defaultdict(list)
        self.news = asyncio.Condition()
        self.socket.on("*", self._hear)
        self.session: str | None = None

    async def _hear(self, event: str, data: Any = None) -> None:
        async with self.news:
            self.heard[event].append(data)
            if event == "session_confirm":
                self.session = data
            self.news.notify_all()

    async def __aenter__(self) -> "Chat":
        await self.connect()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.disconnect()
        await self.socket.eio.disconnect()

    async def connect(self) -> None:
        auth = {"token": self.token} if self.token is not None else None
        await self.socket.connect(self.url, auth=auth, transports=["websocket"], headers=self.headers)

    async def open(self, session: Any = None, **more: Any) -> str:
        before, replayed = len(self.heard["session_info"]), len(self.heard["history"])
        await self.socket.emit("session_request", {"session_id": session, **more})
        await self.wait("session_info", before + 1)
        if "last_seq" in more:
            await self.wait("history", replayed + 1)
        assert self.session
        return self.session

    async def send(self, text: Any, client_id: str | None = None, ack: float = 5, **more: Any) -> Any:
        """Send and return the acknowledgement."""
        metadata = {"client_id": client_id} if client_id else {}
        frame = {"message": text, "session_id": self.session, "metadata": metadata} | more
        return await self.socket.call("user_uttered", frame, timeout=ack)

    async def ask(self, text: str, seconds: float = 5, **more: Any) -> str:
        """Send and return the next text said."""
        before = len(self.heard["bot_uttered"])
        await self.send(text, **more)
        await self.wait("bot_uttered", before + 1, seconds)
        return str(self.heard["bot_uttered"][before]["text"])

    async def wait(self, event: str, count: int = 1, seconds: float = 5) -> list[Any]:
        async with self.news:
            try:
                await asyncio.wait_for(self.news.wait_for(lambda: len(self.heard[event]) >= count), seconds)
            except TimeoutError as error:
                raise AssertionError(f"{event}: {len(self.heard[event])} of {count}; {dict(self.heard)}") from error
            return self.heard[event]

    async def wait_for(self, text: str, seconds: float = 8) -> None:
        """Wait until this text was said."""
        async with self.news:
            await asyncio.wait_for(self.news.wait_for(lambda: text in self.texts()), seconds)

    def texts(self) -> list[str]:
        return [one["text"] for one in self.heard["bot_uttered"]]

    def seqs(self) -> list[int]:
        return [one["metadata"]["seq"] for one in self.heard["bot_uttered"]]


def web() -> Server:
    """The web application as ``python -m bot.web`` builds it, from the settings."""
    return Server(create_app)
