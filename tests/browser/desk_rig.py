"""Somebody of the sales desk in a browser of their own, and customers for them to talk to."""

import json
import re
import uuid
from typing import Any

from playwright.sync_api import Browser, Locator, Page, expect

from bot.store.staff.staff import demo_staff
from bot.widget import build
from tests.browser.conftest import AXE, RULES, Site, Visitor
from tests.conftest import missing

FOLDER = build.WIDGET / "src" / "i18n"
WORDS = {
    language: json.loads((FOLDER / f"desk.{language}.json").read_text(encoding="utf-8")) for language in ("nb", "en")
}
#: A refusal the desk asked for is written to the console by the browser itself.
REFUSED = re.compile(r"Failed to load resource: the server responded with a status of (4\d\d)")


def t(key: str, language: str = "nb", **values: object) -> str:
    """A text of the desk."""
    return str(WORDS[language][key]).format(**values)


class Salesperson:
    """One person's browser at the desk. Errors, foreign requests and policy violations are collected."""

    def __init__(self, browser: Browser, url: str, language: str = "nb", **options: Any) -> None:
        options = {
            "locale": {"nb": "nb-NO", "en": "en-GB"}[language],
            "viewport": {"width": 1366, "height": 820},
        } | options
        self.url, self.language = url, language
        self.context = browser.new_context(**options)
        self.problems: list[str] = []
        self.refusals: list[str] = []
        self.requests: list[str] = []
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.page.on("console", lambda said: said.type in ("error", "warning") and self._said(said.text))
        self.page.on("pageerror", lambda error: self.problems.append(str(error)))
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("websocket", lambda socket: self.requests.append(socket.url))
        self.page.goto(f"{url}/desk")

    def _said(self, text: str) -> None:
        refused = REFUSED.match(text)
        if refused:
            self.refusals.append(refused[1])
        else:
            self.problems.append(text)

    def t(self, key: str, **values: object) -> str:
        """A text in this person's language."""
        return t(key, self.language, **values)

    def sign_in(self, email: str = "ingrid@norsemetal.example", password: str | None = None) -> "Salesperson":
        """By the form, as one of the invented accounts."""
        self.page.get_by_label(self.t("sign_in.email")).fill(email)
        self.page.get_by_label(self.t("sign_in.password")).fill(password or demo_staff()[0])
        self.page.keyboard.press("Enter")
        expect(self.page.get_by_role("listbox")).to_be_visible()
        return self

    def go(self, place: str) -> None:
        """To a place by its address."""
        self.page.evaluate("place => { location.hash = '#/' + place; }", place)

    def row(self, text: str) -> Locator:
        """The conversation in the queue whose last words are these."""
        return self.page.get_by_role("option").filter(has_text=text)

    def only(self, group: str) -> Locator:
        """The one conversation of a group of the queue, as soon as it is there and alone."""
        found = self.page.locator(f".group.{group}").get_by_role("option")
        expect(found).to_have_count(1)
        return found

    def open(self, text: str) -> None:
        """Open the conversation whose last words are these."""
        self.row(text).click()
        expect(self.log).to_be_visible()

    @property
    def log(self) -> Locator:
        """What was said in the open conversation."""
        return self.page.get_by_role("log")

    @property
    def field(self) -> Locator:
        """Where one writes."""
        return self.page.locator("#draft")

    def take_over(self) -> None:
        """By the button beside who answers."""
        self.page.locator(".owner").get_by_role("button", name=self.t("talk.take")).click()
        expect(self.page.get_by_text(self.t("owner.me"))).to_be_visible()

    def say(self, text: str) -> None:
        """Reply to the customer with Enter."""
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.log.locator(".person .body").last).to_have_text(text)

    def note(self, text: str) -> None:
        """Write a private note."""
        self.page.locator(".mode.note").click()
        self.field.fill(text)
        self.field.press("Enter")
        expect(self.log.locator(".note .body").last).to_have_text(text)

    def axe(self) -> list[tuple[str, list[str]]]:
        """Violations of WCAG 2.2 A and AA and of good practice in what is on the screen now."""
        if not AXE.is_file():
            missing("axe-core")
        self.page.evaluate(AXE.read_text(encoding="utf-8"))
        return list(
            self.page.evaluate(
                """async (rules) => (await axe.run({ runOnly: rules })).violations.map(
                     (v) => [v.id, v.nodes.map((n) => n.target.join(" ") + ": " + n.failureSummary)])""",
                RULES,
            )
        )

    def overflow(self) -> int:
        """Pixels the page is wider than its window."""
        return int(self.page.evaluate("document.documentElement.scrollWidth - innerWidth"))


def unique(text: str) -> str:
    """Words no other test uses."""
    return f"{text} {uuid.uuid4().hex[:8]}"


def waiting(site: Site, visitor: Visitor, asks: str, reason: str = "asked") -> str:
    """The visitor writes this, and the assistant hands over. Returns what they wrote."""
    site.engine.says(asks, "Jeg henter en person.", hand_over=reason)
    visitor.write(asks)
    expect(visitor.page.get_by_role("log")).to_contain_text("Jeg henter en person.")
    return asks


def seen_by_customer(page: Page, text: str) -> None:
    """The customer has this on the screen."""
    expect(page.get_by_role("log")).to_contain_text(text)
