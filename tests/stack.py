"""The whole assistant as a person starts it (``python -m bot.run``), on free ports with its own data, and a chat client."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import uuid
from pathlib import Path
from typing import Any

import psutil
import socketio

ROOT = Path(__file__).resolve().parents[1]
#: A Monday with Easter week 12 of 2027 ahead: dates in the conversations are written for it.
TODAY = "2027-03-01"


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class Stack:
    """Four processes under their supervisor, in a folder of their own."""

    def __init__(self, folder: Path, today: str = TODAY, seed: int = 1, **environment: str) -> None:
        self.folder = folder
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.environment = os.environ | {
            "WEB_PORT": str(self.port),
            "ENGINE_PORT": str(free_port()),
            "ACTIONS_PORT": str(free_port()),
            "SMELT_DATA_DIR": str(folder),
            "SMELT_TODAY": today,
            "SMELT_DEMO_SEED": str(seed),
            "PYTHONWARNINGS": "default",
            "SMELT_RATE_LIMIT": "100000",
        } | environment  # fmt: skip
        self.process: subprocess.Popen[bytes] | None = None

    def database(self, name: str) -> str:
        """Url of its database: ``own``, ``tracker`` or ``production``."""
        setting, file = {
            "own": ("SMELT_DATABASE_URL", "smelt.db"), "tracker": ("SMELT_TRACKER_URL", "tracker.db"),
            "production": ("SMELT_PRODUCTION_URL", "production.db"),
        }[name]  # fmt: skip
        return self.environment.get(setting) or f"sqlite:///{self.folder / file}"

    def start(self, seconds: float = 150) -> None:
        """Start and wait until healthy. Raises with the log when it does not get there."""
        log = (self.folder / "run.log").open("ab")
        self.process = subprocess.Popen(
            [sys.executable, "-m", "bot.run"], cwd=ROOT, env=self.environment, stdout=log, stderr=log
        )
        self.wait_healthy(seconds)

    def health(self) -> dict[str, Any]:
        """What ``/health`` says, empty while web is not there."""
        try:
            with urllib.request.urlopen(f"{self.url}/health", timeout=5) as answer:
                return dict(json.load(answer))
        except urllib.error.HTTPError as error:
            return dict(json.load(error))
        except (OSError, ValueError):
            return {}

    def wait_healthy(self, seconds: float = 90) -> None:
        """Wait until everything is ready."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.health().get("ok"):
                return
            if self.process and self.process.poll() is not None:
                break
            time.sleep(0.3)
        raise AssertionError(f"not healthy: {self.health()}\n{self.log()}")

    def log(self) -> str:
        """The ends of all logs."""
        return "\n".join(
            f"== {path.name}\n{path.read_text(errors='replace')[-2500:]}" for path in self.folder.glob("*.log")
        )

    def process_of(self, name: str) -> psutil.Process:
        """The running process of a name: web, engine, actions or worker."""
        marks = {"web": "bot.web", "engine": "bot.engine", "actions": "rasa_sdk", "worker": "bot.worker"}
        assert self.process
        for child in psutil.Process(self.process.pid).children(recursive=True):
            if marks[name] in child.cmdline():
                return child
        raise AssertionError(f"{name} does not run")

    def kill(self, name: str) -> None:
        """Kill one process without warning."""
        self.process_of(name).send_signal(signal.SIGKILL)

    def stop(self) -> None:
        """End the supervisor, and with it everything."""
        if self.process:
            self.process.terminate()
            self.process.wait(30)

    def token(self, contact: str) -> str:
        """A sign-in token of a demo contact."""
        request = urllib.request.Request(
            f"{self.url}/demo/sign-in",
            json.dumps({"contact": contact}).encode(),
            {"Content-Type": "application/json", "Origin": self.url},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return str(json.load(answer)["token"])


class Chat:
    """One customer on a socket, speaking the stock protocol."""

    def __init__(self, stack: Stack, contact: str | None = None, session: str | None = None) -> None:
        self.stack, self.contact, self.session = stack, contact, session
        #: What was said; None where the message of ``client_id`` counts as answered.
        self.received: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        self.client_id = ""
        self.socket = socketio.AsyncClient(reconnection=False)

    async def __aenter__(self) -> "Chat":
        confirmed: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.socket.on("session_confirm", lambda session: confirmed.done() or confirmed.set_result(session))
        self.socket.on("bot_uttered", self.received.put)
        self.socket.on("message_state", self._answered)
        auth = {"token": self.stack.token(self.contact)} if self.contact else None
        await self.socket.connect(self.stack.url, auth=auth, transports=["websocket"])
        await self.socket.emit("session_request", {"session_id": self.session})
        self.session = await asyncio.wait_for(confirmed, 10)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.socket.disconnect()

    async def _answered(self, state: dict[str, Any]) -> None:
        if (state["state"], state["client_id"]) == ("answered", self.client_id):
            await self.received.put(None)

    async def say(self, text: str, seconds: float = 15, quiet: float = 0.1, **metadata: Any) -> "Answer":
        """Send a message and collect what comes back until it counts as answered, or until it is quiet."""
        metadata = {"client_id": uuid.uuid4().hex, **metadata}
        self.client_id = metadata["client_id"]
        await self.socket.emit("user_uttered", {"message": text, "session_id": self.session, "metadata": metadata})
        messages: list[dict[str, Any]] = []
        while True:
            try:
                said = await asyncio.wait_for(self.received.get(), quiet if messages else seconds)
            except TimeoutError:
                if messages:
                    return Answer(messages)
                raise
            if said is not None:
                messages.append(said)
            elif messages:
                return Answer(messages)


class Answer:
    """What the assistant said to one message."""

    def __init__(self, messages: list[dict[str, Any]]) -> None:
        self.messages = messages
        self.text = "\n".join(message.get("text") or "" for message in messages)
        self.buttons = {
            button["title"]: button["payload"] for message in messages for button in message.get("quick_replies") or []
        }
