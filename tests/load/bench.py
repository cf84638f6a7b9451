"""``make bench``: whole turns of the running assistant beside a stock Rasa assistant, in one run on one machine.

Ours: customer socket to reply, durable, on SQLite and (where it is) PostgreSQL. Stock: ``rasa init`` as it comes,
over REST, in memory. Every reply is checked; a wrong or missing one fails the run. Figures are medians in
milliseconds around turns 5, 40 and 100 of a conversation.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

import psutil
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import OperationalError

from tests.conftest import POSTGRES
from tests.stack import Chat, Stack, free_port

WINDOWS = {5: range(4, 8), 40: range(38, 43), 100: range(98, 103)}
TURNS = max(WINDOWS[100]) + 1
#: (message, what the reply must hold): one answered by a text, one by an action with a look at the catalogue.
KINDS = {"no action": ("tusen takk", "hyggelig"), "with an action": ("strekkfasthet for RG5?", "200")}


class Checked:
    """Times by kind and window, and how many replies were checked."""

    def __init__(self) -> None:
        self.times: dict[tuple[str, int], list[float]] = {}
        self.replies = 0

    def add(self, kind: str, turn: int, seconds: float) -> None:
        """Note one turn when it lies in a window."""
        self.replies += 1
        for window, turns in WINDOWS.items():
            if turn in turns:
                self.times.setdefault((kind, window), []).append(seconds * 1000)

    def median(self, kind: str, window: int) -> float:
        """Median milliseconds."""
        return statistics.median(self.times[kind, window])


async def ours(stack: Stack, conversations: int) -> Checked:
    """Drive conversations of one kind each, one after another."""
    checked = Checked()
    for kind, (message, wanted) in KINDS.items():
        for _ in range(conversations):
            async with Chat(stack) as chat:
                for turn in range(1, TURNS):
                    started = time.perf_counter()
                    await chat.socket.emit("user_uttered", {"message": message, "session_id": chat.session})
                    reply = await asyncio.wait_for(chat.received.get(), 10)
                    checked.add(kind, turn, time.perf_counter() - started)
                    if wanted not in (reply or {}).get("text", ""):
                        sys.exit(f"wrong reply to {message!r}: {reply!r}")
    return checked


def stock(folder: Path, conversations: int) -> tuple[Checked, float, float]:
    """Train and run ``rasa init``; times, seconds to ready, and megabytes."""
    environment = os.environ | {"RASA_TELEMETRY_ENABLED": "false", "TF_CPP_MIN_LOG_LEVEL": "3"}
    quiet = {"cwd": folder, "env": environment, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(
        [sys.executable, "-m", "rasa", "init", "--no-prompt", "--init-dir", str(folder)], check=True, **quiet
    )
    port = free_port()
    started = time.monotonic()
    server = subprocess.Popen([sys.executable, "-m", "rasa", "run", "-p", str(port), "-i", "127.0.0.1"], **quiet)
    try:
        _wait(f"http://127.0.0.1:{port}/")
        ready = time.monotonic() - started
        checked = Checked()
        for number in range(conversations):
            for turn in range(1, TURNS):
                body = json.dumps({"sender": f"bench{number}", "message": "hello"}).encode()
                request = urllib.request.Request(
                    f"http://127.0.0.1:{port}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
                )
                before = time.perf_counter()
                with urllib.request.urlopen(request, timeout=30) as answer:
                    replies = json.load(answer)
                checked.add("no action", turn, time.perf_counter() - before)
                if not replies:
                    sys.exit("the stock assistant was silent")
        return checked, ready, psutil.Process(server.pid).memory_info().rss / 1e6
    finally:
        server.kill()
        server.wait()


def _wait(url: str) -> None:
    until = time.monotonic() + 180
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(url, timeout=2).close()
            return
        except OSError:
            time.sleep(0.3)
    sys.exit(f"{url} did not come up")


def _postgres() -> dict[str, str] | None:
    """Three fresh databases, None without a server."""
    server = create_engine(make_url(POSTGRES).update_query_dict({"connect_timeout": "2"}), isolation_level="AUTOCOMMIT")
    urls = {}
    try:
        with server.connect() as connection:
            for setting in ("SMELT_DATABASE_URL", "SMELT_TRACKER_URL"):
                name = f"smelt_bench_{setting.lower()[6:9]}"
                connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
                connection.execute(text(f'CREATE DATABASE "{name}"'))
                urls[setting] = make_url(POSTGRES).set(database=name).render_as_string(hide_password=False)
    except OperationalError:
        return None
    return urls


def measure(name: str, conversations: int, **environment: str) -> tuple[Checked, float, float]:
    """Start ours, drive it, stop it; times, seconds to ready, and megabytes of the engine."""
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder), **environment)
        started = time.monotonic()
        stack.start()
        ready = time.monotonic() - started
        try:
            checked = asyncio.run(ours(stack, conversations))
            memory = stack.process_of("engine").memory_info().rss / 1e6
        finally:
            stack.stop()
    print(f"{name}: {checked.replies} replies checked", flush=True)
    return checked, ready, memory


def main() -> None:
    """Run all and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--conversations", type=int, default=4)
    conversations = parser.parse_args().conversations
    results = {"smelt, SQLite": measure("smelt, SQLite", conversations)}
    urls = _postgres()
    if urls:
        results["smelt, PostgreSQL"] = measure("smelt, PostgreSQL", conversations, **urls)
    with tempfile.TemporaryDirectory() as folder:
        print("training and running the stock assistant ...", flush=True)
        results["stock, REST, in memory"] = stock(Path(folder), max(1, conversations // 2))
        print(f"stock: {results['stock, REST, in memory'][0].replies} replies checked")
    print(f"\n{'median ms of a whole turn':34}" + "".join(f"{f'turn {window}':>12}" for window in WINDOWS))
    for name, (checked, _, _) in results.items():
        for kind in KINDS:
            if (kind, 5) in checked.times:
                print(f"{f'{name}, {kind}':34}" + "".join(f"{checked.median(kind, w):12.1f}" for w in WINDOWS))
    for name, (_, ready, memory) in results.items():
        print(f"{name}: ready in {ready:.0f} s, engine {memory:.0f} MB")


if __name__ == "__main__":
    main()
