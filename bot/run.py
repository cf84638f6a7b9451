"""``python -m bot.run``: prepare, start the four processes, restart one that dies, stop all on Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

from bot import prepare
from bot.common.settings import ROOT, settings

READY_SECONDS = 120
#: A process that lived shorter than this is restarted with a growing pause.
SHORT_LIFE = 10.0
STOP_SECONDS = 10


@dataclass
class Child:
    """One of the four processes."""

    name: str
    command: list[str]
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = 0.0

    def start(self) -> None:
        """Start it, its log going to the data folder."""
        log = (settings().data_dir / f"{self.name}.log").open("ab")
        self.process = subprocess.Popen(
            self.command, cwd=ROOT, env=os.environ | self.environment, stdout=log, stderr=subprocess.STDOUT
        )
        log.close()
        self.started = time.monotonic()

    def revive(self) -> None:
        """Start it again when it has died; sooner or later by how long it had lived."""
        assert self.process
        if self.process.poll() is None:
            return
        lived = time.monotonic() - self.started
        if lived < self.pause:
            return
        self.pause = min(max(1.0, self.pause * 2), 30.0) if lived < SHORT_LIFE + self.pause else 0.0
        print(f"{self.name} ended ({self.process.returncode}), starting it again", flush=True)
        self.start()

    def ask_to_stop(self) -> None:
        """Tell it to end, without waiting."""
        if self.process and self.process.poll() is None:
            self.process.terminate()

    def stop(self) -> None:
        """End it, first kindly."""
        self.ask_to_stop()
        if self.process:
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()


def children(model: Path) -> list[Child]:
    """The four processes, each on its own port; only web listens beyond loopback when told to.

    The engine gets the prepared model by name: data files that change meanwhile do not keep it from starting.
    """
    python = sys.executable
    actions_url = f"http://127.0.0.1:{settings().actions_port}/webhook"
    return [
        Child("actions", [python, "-m", "rasa_sdk", "--actions", "actions", "-p", str(settings().actions_port)],
              {"SANIC_HOST": "127.0.0.1"}),
        Child("engine", [python, "-m", "bot.engine"], {"SMELT_ACTIONS_URL": actions_url, "SMELT_MODEL": str(model)}),
        Child("worker", [python, "-m", "bot.worker"]),
        Child("web", [python, "-m", "bot.web"]),
    ]  # fmt: skip


def health() -> dict[str, object]:
    """What ``/health`` says; empty when web does not answer."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{settings().web_port}/health", timeout=3) as answer:
            return dict(json.load(answer))
    except urllib.error.HTTPError as error:
        return dict(json.load(error))
    except (OSError, ValueError):
        return {}


def wait_ready(running: list[Child]) -> None:
    """Print when everything answers; go on supervising when it takes too long."""
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        if health().get("ok"):
            print(f"Smelt is ready: http://127.0.0.1:{settings().web_port}/   (Ctrl-C stops it)", flush=True)
            return
        for child in running:
            child.revive()
        time.sleep(0.5)
    print(
        f"not ready after {READY_SECONDS} s: {health() or 'web does not answer'}; logs in {settings().data_dir}",
        flush=True,
    )


def stop_all(running: list[Child]) -> None:
    """End web first, which lets running turns be answered, then the others side by side."""
    *others, web = running
    web.stop()
    for child in others:
        child.ask_to_stop()
    for child in others:
        child.stop()


def main() -> None:
    """Run in the foreground until a signal."""
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    running = children(prepare.main())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, stop)
    try:
        for child in running:
            child.start()
        print("starting ...", flush=True)
        wait_ready(running)
        while True:
            for child in running:
                child.revive()
            time.sleep(0.5)
    except KeyboardInterrupt:
        print("stopping ...", flush=True)
    finally:
        stop_all(running)


if __name__ == "__main__":
    main()
