"""A browser, the built page and the real web process; only the engine behind it is scripted (see engine.py)."""

import os
import shutil
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from bot.widget import build
from tests.browser.engine import ScriptedEngine
from tests.browser.host_page import HostPage
from tests.conftest import missing
from tests.stack import TODAY, free_port

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
#: Milliseconds that what is expected may take: two browsers and four processes share the cores of a small machine.
expect.set_options(timeout=15_000)
AXE = build.WIDGET / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


class Site:
    """The web process with an own data folder and the invented plant."""

    def __init__(self, folder: Path, engine: ScriptedEngine) -> None:
        self.engine = engine
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = folder / "web.log"
        self.environment = os.environ | {
            "WEB_PORT": str(self.port),
            "ENGINE_URL": engine.url,
            "SMELT_DATA_DIR": str(folder),
            "SMELT_TODAY": TODAY,
            "SMELT_RATE_LIMIT": "100000",
            "SMELT_MAX_MESSAGE_CHARS": "400",
        }
        self.process: subprocess.Popen[bytes] | None = None
        self.host = HostPage(self.url)
        self.environment["SMELT_ALLOWED_ORIGINS"] = self.host.url

    def prepare(self) -> None:
        """Databases with the demo plant."""
        code = "from bot import prepare; prepare.prepare_own(); prepare.prepare_production()"
        subprocess.run([sys.executable, "-c", code], env=self.environment, check=True)

    def start(self) -> None:
        """Start and wait until the page is served."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "bot.web"],
                env=self.environment,
                stdout=log,
                stderr=log,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            try:
                with urllib.request.urlopen(f"{self.url}/config", timeout=5):
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.1)
        raise AssertionError(self.log.read_text(errors="replace")[-3000:])

    def stop(self) -> None:
        """End it."""
        if self.process:
            self.process.terminate()
            self.process.wait(20)


@pytest.fixture(scope="session")
def built() -> Path:
    """The folder with the built page."""
    try:
        build.build()
    except build.BuildError as error:
        missing(f"the built page ({error})")
    return build.DIST


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The machine's Chromium."""
    chromium = shutil.which("chromium")
    if chromium is None:
        missing("Chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def running_site(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    engine = ScriptedEngine()
    site = Site(tmp_path_factory.mktemp("page"), engine)
    site.prepare()
    site.start()
    yield site
    site.stop()
    site.host.stop()
    engine.stop()


@pytest.fixture
def site(running_site: Site) -> Site:
    """The running site, its engine without a script or memory."""
    running_site.engine.script.clear()
    running_site.engine.states.clear()
    running_site.engine.languages.clear()
    running_site.engine.turns.clear()
    running_site.engine.broken = False
    running_site.engine.pause = 0.0
    return running_site


class Visitor:
    """One person's browser on the page. Errors, foreign requests and policy violations are collected."""

    def __init__(self, browser: Browser, url: str, **options: Any) -> None:
        options = {"locale": "nb-NO", "viewport": {"width": 1280, "height": 900}} | options
        self.url = url
        self.context: BrowserContext = browser.new_context(**options)
        self.problems: list[str] = []
        self.requests: list[str] = []
        self.page = self.tab()

    def blank(self) -> Page:
        """Another tab of the same browser that is watched, with nothing in it yet."""
        page = self.context.new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda said: said.type in ("error", "warning") and self.problems.append(said.text))
        page.on("pageerror", lambda error: self.problems.append(str(error)))
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("websocket", lambda socket: self.requests.append(socket.url))
        return page

    def tab(self, path: str = "/") -> Page:
        """Another tab of the same browser."""
        page = self.blank()
        page.goto(self.url + path)
        page.get_by_role("textbox").wait_for()
        return page

    def write(self, text: str) -> None:
        """Type a message and send it with Enter."""
        self.page.get_by_role("textbox").fill(text)
        self.page.keyboard.press("Enter")

    def axe(self) -> list[tuple[str, list[str]]]:
        """Violations of WCAG 2.2 A and AA and of good practice in what is on the screen now."""
        if not AXE.is_file():
            missing("axe-core")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        found = self.page.evaluate(
            """async (rules) => (await axe.run({ runOnly: rules })).violations.map(
                 (v) => [v.id, v.nodes.map((n) => n.target.join(" ") + ": " + n.failureSummary)])""",
            RULES,
        )
        return list(found)


@pytest.fixture
def visit(browser: Browser, site: Site) -> Iterator[Callable[..., Visitor]]:
    """Open the page as someone: ``visit(locale=..., color_scheme=..., viewport=...)``. The page may not complain."""
    visitors: list[Visitor] = []

    def open_page(**options: Any) -> Visitor:
        visitors.append(Visitor(browser, site.url, **options))
        return visitors[-1]

    yield open_page
    for visitor in visitors:
        visitor.context.close()
    for visitor in visitors:
        assert visitor.problems == []
        assert [url for url in visitor.requests if str(site.port) not in url and not url.startswith("data:")] == []


@pytest.fixture
def sell(browser: Browser, site: Site) -> Iterator[Callable[..., Any]]:
    """Open the desk as someone: ``sell(language=..., color_scheme=..., viewport=...)``. The page may not complain."""
    from tests.browser.desk_rig import Salesperson  # it builds on this file

    people: list[Salesperson] = []

    def open_desk(**options: Any) -> Salesperson:
        people.append(Salesperson(browser, site.url, **options))
        return people[-1]

    yield open_desk
    for person in people:
        person.context.close()
    for person in people:
        assert person.problems == []
        assert [
            url for url in person.requests if str(site.port) not in url and not url.startswith(("data:", "blob:"))
        ] == []
