"""The stock widget rasa-webchat 1.0.1, unchanged, in the machine's Chromium against the real web process."""

import base64
import hashlib
import json
import shutil
import subprocess
import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from bot.widget import build
from tests.browser.conftest import Site
from tests.conftest import missing

VERSION = "1.0.1"
HOST = """<!doctype html><html lang="en"><title>host</title><body><div id="webchat"></div>
<script src="/stock/webchat.js"></script>
<script>window.WebChat.default({initPayload: "/get_started", socketUrl: location.origin, socketPath: "/socket.io/",
  title: "Stock", customData: {language: "en"}, params: {storage: "local"}}, null)</script></body></html>"""


def integrity(content: bytes) -> str:
    """As npm writes it."""
    return "sha512-" + base64.b64encode(hashlib.sha512(content).digest()).decode()


@pytest.fixture(scope="module")
def webchat(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The widget's script from the npm registry."""
    folder = tmp_path_factory.mktemp("webchat")
    npm = shutil.which("npm", path=build.node_path())
    command = [str(npm), "pack", "--json", f"rasa-webchat@{VERSION}"]
    packed = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if packed.returncode:
        missing("rasa-webchat from the npm registry")
    archive = folder / f"rasa-webchat-{VERSION}.tgz"
    assert integrity(archive.read_bytes()) == json.loads(packed.stdout)[0]["integrity"]
    with tarfile.open(archive) as files:
        files.extract("package/lib/index.js", folder)
    return folder / "package" / "lib" / "index.js"


@pytest.fixture
def host(browser: Browser, site: Site, webchat: Path) -> Iterator[Page]:
    """A page with the stock widget, as a website would carry it."""
    context = browser.new_context(viewport={"width": 1000, "height": 800})
    page = context.new_page()
    page.route("**/stock.html", lambda route: route.fulfill(body=HOST, content_type="text/html"))
    page.route("**/stock/webchat.js", lambda route: route.fulfill(path=webchat, content_type="text/javascript"))
    page.goto(f"{site.url}/stock.html")
    yield page
    context.close()


def test_open_ask_press_and_reload(host: Page, site: Site) -> None:
    site.engine.says("/get_started", "Hello from Smelt")
    site.engine.says("what is RG5", "It is CC491K.", buttons={"Tell me more": "/alloy_property"})
    site.engine.says("/alloy_property", "Its strength is 200 MPa.")
    host.get_by_role("button").first.click()
    expect(host.get_by_text("Hello from Smelt")).to_be_visible()
    field = host.locator("textarea[name=message]")
    field.fill("what is RG5")
    field.press("Enter")
    expect(host.get_by_text("It is CC491K.")).to_be_visible()
    host.get_by_text("Tell me more").click()
    expect(host.get_by_text("Its strength is 200 MPa.")).to_be_visible()
    first = site.engine.turns[-1]["conversation"]
    host.reload()
    host.locator("textarea[name=message]").fill("again")
    host.locator("textarea[name=message]").press("Enter")
    expect(host.get_by_text("Svar: again")).to_be_visible()
    assert site.engine.turns[-1]["conversation"] == first, "a reload is the same conversation"


def test_markup_from_the_engine_is_text(host: Page, site: Site) -> None:
    site.engine.says("evil", '<img src=x onerror="window.hacked=1"> [x](javascript:window.hacked=1)')
    host.get_by_role("button").first.click()
    host.locator("textarea[name=message]").fill("evil")
    host.locator("textarea[name=message]").press("Enter")
    expect(host.get_by_text("onerror")).to_be_visible()
    assert host.evaluate("window.hacked") is None
    assert host.locator("a[href^='javascript:']").count() == 0
