"""Who one is, shown by a code; and the ways back from a mail, on another device. The worker runs; mails land in files."""

import email
import email.policy
import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site, Visitor
from tests.browser.test_widget_talk import wait_for_person
from tests.browser.widget_rig import Desk, Guest, Open, guests, t

KARI, CUSTOMER_NO = "kari.nordvik@fjellvik-pumper.example", "10101"


@pytest.fixture
def come(browser: Browser, site: Site) -> Iterator[Open]:
    yield from guests(browser, site)


class Mails:
    """What the worker would have mailed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.before = set(folder.rglob("*.eml"))

    def wait(self, address: str, pattern: str) -> str:
        """The first group of a pattern in a new mail to an address."""
        until = time.monotonic() + 30
        while time.monotonic() < until:
            for path in set(self.folder.rglob("*.eml")) - self.before:
                mail = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
                found = re.search(pattern, mail.get_content()) if address in str(mail["To"]) else None
                if found:
                    return found[1]
            time.sleep(0.2)
        raise AssertionError(f"no mail to {address}")


@pytest.fixture
def mails(site: Site) -> Iterator[Mails]:
    """The mails of a running worker, for whom an answer unseen for a second is unseen."""
    folder = Path(site.environment["SMELT_DATA_DIR"])
    found = Mails(folder)
    environment = os.environ | site.environment | {"SMELT_UNSEEN_MINUTES": "0.02"}
    with (folder / "worker.log").open("ab") as log:
        worker = subprocess.Popen([sys.executable, "-m", "bot.worker"], env=environment, stdout=log, stderr=log)
    yield found
    worker.terminate()
    worker.wait(20)


def prove(guest: Guest, mails: Mails) -> None:
    guest.open()
    guest.chat.get_by_role("button", name=t("chat.identify")).click()
    expect(guest.chat.locator(".system")).to_have_count(1)
    guest.write(f"{CUSTOMER_NO} {KARI}")
    guest.write(mails.wait(KARI, r"\b(\d{3} ?\d{3})\b"))
    expect(guest.chat.get_by_text(t("sign.as", who="Kari Nordvik, Fjellvik Pumper AS"))).to_be_visible()
    # The assistant goes on after the proof: whatever is said next comes behind that answer.
    expect(guest.chat.locator(".assistant")).to_have_count(1)


def test_a_code_to_the_address_on_record_shows_who_one_is(come: Open, site: Site, mails: Mails) -> None:
    guest = come()
    prove(guest, mails)
    expect(guest.chat.get_by_role("button", name=t("chat.identify"))).to_have_count(0)
    assert "smelt.visitor" in guest.page.evaluate("Object.keys(sessionStorage)")
    assert guest.page.evaluate("localStorage.getItem('smelt.conversation')") is None
    guest.write("Hvor er ordren min?")
    expect(guest.chat.get_by_text("Svar: Hvor er ordren min?")).to_be_visible()
    assert "identity" in site.engine.asked("Hvor er ordren min?")[0]["metadata"]
    guest.page.reload()
    guest.open()
    expect(guest.chat.get_by_text("Kari Nordvik").first).to_be_visible()
    guest.chat.get_by_role("button", name=t("sign.out")).click()
    expect(guest.bubbles).to_have_count(0)


def mailed_link(guest: Guest, site: Site, mails: Mails) -> str:
    """The link in the mail to a proven customer who left before a person answered."""
    prove(guest, mails)
    guest.talk("Jeg trenger et menneske")
    desk = Desk(site)
    conversation = desk.take_over()
    guest.page.close()
    desk.reply(conversation, "Svaret er 42 stykker.")
    return mails.wait(KARI, r"(http://\S+#resume=\S+)")


def test_the_link_of_a_mail_goes_on_where_it_was_and_leaves_the_address(
    come: Open, site: Site, mails: Mails, browser: Browser
) -> None:
    link = mailed_link(come(), site, mails)
    other = Visitor(browser, site.url)
    other.page.goto(link)
    expect(other.page.get_by_text("Svaret er 42 stykker.")).to_be_visible()
    expect(other.page.get_by_text(re.compile("^Innlogget: Kari Nordvik"))).to_be_visible()
    expect(other.page).to_have_url(f"{site.url}/")
    other.page.reload()
    expect(other.page.get_by_text("Svaret er 42 stykker.")).to_be_visible()
    assert other.problems == []
    other.context.close()


def test_a_foreign_link_does_not_replace_the_conversation_that_is_open_here(
    come: Open, site: Site, mails: Mails, browser: Browser
) -> None:
    link = mailed_link(come(), site, mails)
    other = Visitor(browser, site.url)
    other.page.goto(site.url)
    other.write("Hei, dette er min samtale")
    expect(other.page.get_by_text("Svar: Hei, dette er min samtale")).to_be_visible()
    other.page.goto(link)
    question = other.page.get_by_role("dialog", name="Fortsette som Kari Nordvik?")
    expect(question).to_be_visible()
    expect(other.page).to_have_url(f"{site.url}/")
    assert other.axe() == []
    question.get_by_role("button", name="Bli i denne samtalen").click()
    expect(other.page.get_by_text("Svar: Hei, dette er min samtale")).to_be_visible()
    expect(other.page.get_by_text("Svaret er 42 stykker.")).to_have_count(0)
    other.page.goto(link)
    question.get_by_role("button", name="Fortsett som Kari Nordvik").click()
    expect(other.page.get_by_text("Svaret er 42 stykker.")).to_be_visible()
    assert other.problems == []
    other.context.close()


def test_a_stranger_comes_back_with_address_and_code(come: Open, site: Site, mails: Mails) -> None:
    guest = come().open()
    wait_for_person(guest, site)
    guest.write("ola@ukjent.example")
    # The assistant answers it, and the address is kept for what staff write.
    expect(guest.chat.get_by_text("Svar: ola@ukjent.example")).to_be_visible()
    desk = Desk(site)
    conversation = desk.take_over()
    guest.page.close()
    desk.reply(conversation, "Vi har plass i uke 14.")
    code = mails.wait("ola@ukjent.example", r"\n\s+(\d{4} \d{4})\s*\n")
    other = come().open()
    other.menu("code.open")
    dialog = other.chat.get_by_role("dialog")
    dialog.get_by_label(t("email")).fill("ola@ukjent.example")
    dialog.get_by_label(t("code"), exact=True).fill("1111 1111")
    dialog.get_by_role("button", name=t("code.yes")).click()
    expect(dialog.get_by_role("alert")).to_have_text(t("code.failed"))
    dialog.get_by_label(t("code"), exact=True).fill(code)
    dialog.get_by_role("button", name=t("code.yes")).click()
    expect(other.chat.get_by_text("Vi har plass i uke 14.")).to_be_visible()
    other.problems.clear()  # the browser itself reports that the server refused the first code


def test_a_link_that_no_longer_holds_is_said_and_leaves_the_address(browser: Browser, site: Site) -> None:
    visitor = Visitor(browser, site.url)
    visitor.page.goto(f"{site.url}/?resume=forged.token")
    expect(visitor.page.get_by_text(t("resume.failed"))).to_be_visible()
    expect(visitor.page).to_have_url(f"{site.url}/")
    visitor.context.close()
