"""A visitor of a website with the widget, and a salesperson at the real desk's API."""

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import yaml
from playwright.sync_api import Browser, Locator, Page, expect

from bot.common.settings import ROOT
from tests.browser.conftest import Site, Visitor
from tests.browser.test_page import t

__all__ = ["Desk", "Guest", "Open", "guests", "t"]
Open = Callable[..., "Guest"]


class Guest(Visitor):
    """One person's browser on somebody's website."""

    def __init__(self, browser: Browser, site: Site, path: str = "/", **options: Any) -> None:
        self.path = path
        self.site = site
        super().__init__(browser, site.host.url, **options)

    def tab(self, path: str = "") -> Page:
        """Another tab of the website, the panel closed."""
        page = self.blank()
        page.goto(self.url + (path or self.path))
        page.locator("smelt-launcher .round").wait_for()
        return page

    @property
    def launcher(self) -> Locator:
        """The round button."""
        return self.page.locator("smelt-launcher .round")

    @property
    def chat(self) -> Locator:
        """The chat in the panel."""
        return self.page.locator("smelt-launcher smelt-chat")

    @property
    def panel(self) -> Locator:
        """The panel around the chat."""
        return self.page.locator("smelt-launcher dialog").first

    @property
    def bubbles(self) -> Locator:
        """What was said."""
        return self.chat.locator(".bubble")

    def open(self) -> "Guest":
        """Open the panel."""
        self.launcher.click()
        expect(self.chat.get_by_role("textbox", name=re.compile("."))).to_be_visible()
        return self

    def write(self, text: str) -> None:
        """Type a message and send it with Enter."""
        self.chat.locator("#draft").fill(text)
        self.chat.locator("#draft").press("Enter")

    def talk(self, text: str = "Hei") -> "Guest":
        """Open, say something, and wait for the answer."""
        if self.launcher.get_attribute("aria-expanded") == "false":
            self.open()
        before = self.chat.locator(".assistant").count()
        self.write(text)
        expect(self.chat.locator(".assistant")).to_have_count(before + 1)
        return self

    def menu(self, key: str, language: str = "nb") -> None:
        """Choose something behind the three dots."""
        self.chat.locator("summary").click()
        self.chat.get_by_role("button", name=t(key, language), exact=True).click()

    def attach(self, *files: tuple[str, str, bytes]) -> None:
        """Choose files: name, media type, content."""
        self.chat.locator("#files").set_input_files(
            [{"name": name, "mimeType": kind, "buffer": content} for name, kind, content in files]
        )

    @property
    def stored(self) -> dict[str, Any]:
        """What the browser keeps for the website."""
        kept: dict[str, Any] = self.page.evaluate("({...localStorage, ...sessionStorage, cookie: document.cookie})")
        return kept


class Desk:
    """A salesperson of the demo, over HTTP as the desk's page speaks it."""

    def __init__(self, site: Site, nth: int = 0) -> None:
        demo = yaml.safe_load((ROOT / "data" / "desk" / "demo_staff.yml").read_text(encoding="utf-8"))
        account = demo["accounts"][nth]
        self.name = str(account["name"])
        self.http = httpx.Client(base_url=f"{site.url}/desk/api", headers={"Origin": site.url}, timeout=10)
        answer = self.http.post("/login", json={"email": account["email"], "password": demo["password"]})
        assert answer.status_code == 200, answer.text
        self.http.headers["X-CSRF-Token"] = answer.json()["csrf"]

    def post(self, path: str, body: Any = None, **more: Any) -> Any:
        """POST that must succeed; its answer."""
        answer = self.http.post(path, json={} if body is None else body, **more)
        assert answer.status_code < 300, (path, answer.status_code, answer.text)
        return answer.json()

    def newest(self) -> str:
        """The conversation somebody wrote in last."""
        queue = self.http.get("/queue").json()
        rows = [row for name in ("waiting", "mine", "assistant") for row in queue[name]]
        spoken = [row for row in rows if row["last"]]
        return str(max(spoken, key=lambda row: row["last"]["at"])["id"])

    def take_over(self) -> str:
        """Answer the newest conversation; its id."""
        conversation = self.newest()
        self.post(f"/conversations/{conversation}/take-over")
        return conversation

    def reply(self, conversation: str, text: str) -> None:
        """Say something to the customer."""
        self.post(f"/conversations/{conversation}/reply", {"text": text, "client_id": f"desk-{hash(text) & 0xFFFFFF}"})

    def send_file(self, conversation: str, name: str, content: bytes) -> None:
        """Give the customer a file."""
        headers = {"X-File-Name": name, "X-Client-Id": f"file-{name[:20]}".replace(" ", "-")}
        answer = self.http.post(f"/conversations/{conversation}/files", content=content, headers=headers)
        assert answer.status_code < 300, answer.text

    def hand_back(self, conversation: str, settled: str = "") -> None:
        """Let the assistant answer again."""
        body = {"settled": settled, "request": "none", "answers": {}}
        self.post(f"/conversations/{conversation}/hand-back", body)

    def close(self, conversation: str) -> None:
        """End the conversation."""
        self.post(f"/conversations/{conversation}/close")


def guests(browser: Browser, site: Site) -> Iterator[Open]:
    """Open the website as someone. No page may complain, and nothing may be asked of anybody else."""
    found: list[Guest] = []

    def come(path: str = "/", **options: Any) -> Guest:
        found.append(Guest(browser, site, path, **options))
        return found[-1]

    yield come
    for guest in found:
        guest.context.close()
    known = (f":{site.port}", site.host.url.rpartition(":")[2])
    for guest in found:
        assert guest.problems == [], json.dumps(guest.problems)
        foreign = [url for url in guest.requests if not any(one in url for one in known)]
        assert [url for url in foreign if not url.startswith(("data:", "blob:"))] == []
