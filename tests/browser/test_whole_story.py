"""The whole story with the real assistant: stuck, a person, an answer and a file, and on with the request where it was."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from bot.store.database import connect, reading
from bot.store.models import Conversation
from tests.browser.conftest import Visitor
from tests.browser.desk_rig import Salesperson
from tests.stack import Stack

#: Where the pictures of this story go, to be looked at: SMELT_TEST_PICTURES=/tmp/pictures.
PICTURES = os.environ.get("SMELT_TEST_PICTURES")


@dataclass(frozen=True)
class Story:
    """What is said, in one language."""

    language: str
    wish: str
    stuck: tuple[str, str]
    answer: str
    settled: str
    field: str
    week: str
    back: str
    thanks: str
    look: dict[str, object]


STORIES = [
    Story(
        "nb", "Jeg trenger tilbud på 40 pumpehus i RG5, ingen tegning", ("blæh fjompe xyz", "snurrebassfjas hm"),
        "Hei! Uke 20 går fint for oss.", "Vi ble enige om levering i uke 20", "Levering", "uke 20", "Ingrid Moen",
        "Takk, da fortsetter jeg her", {"locale": "nb-NO", "color_scheme": "light"},
    ),
    Story(
        "en", "I need a quote for 40 pump housings in RG5, no drawing", ("blargh fnord xyz", "wibble snark hm"),
        "Hello! Week 20 is fine with us.", "We agreed on delivery in week 20", "Delivery", "week 20", "Ingrid Moen",
        "Thanks, I will go on here",
        {"locale": "en-GB", "color_scheme": "dark", "viewport": {"width": 390, "height": 844}, "has_touch": True},
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def assistant(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    stack = Stack(tmp_path_factory.mktemp("story"))
    stack.start()
    yield stack
    stack.stop()


def picture(who: Visitor | Salesperson, name: str) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        who.page.screenshot(path=f"{PICTURES}/{name}.png")


def delivery(stack: Stack) -> str:
    """When the newest conversation's request wants its parts, as the assistant has it."""
    own = connect(stack.database("own"))
    with reading(own) as session:
        row = session.scalars(select(Conversation).order_by(Conversation.created_at.desc())).first()
    own.dispose()
    assert row is not None
    return str(((row.state or {}).get("answers") or {}).get("delivery"))


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.language)
def test_stuck_a_person_and_back(browser: Browser, assistant: Stack, story: Story) -> None:
    customer = Visitor(browser, assistant.url, **story.look)
    ingrid = Salesperson(browser, assistant.url, story.language).sign_in()
    jonas = Salesperson(browser, assistant.url, story.language).sign_in("jonas@norsemetal.example")
    log = customer.page.get_by_role("log")

    def say(text: str, answers: int) -> None:
        customer.write(text)
        expect(log.locator(".assistant")).to_have_count(answers)

    say(story.wish, 1)
    say(story.stuck[0], 2)
    say(story.stuck[1], 3)
    expect(log.locator(".system").last).to_be_visible()
    picture(customer, f"{story.language}-1-waiting")
    ingrid.only("waiting").click()
    expect(ingrid.page.locator(".details")).to_contain_text("40")
    picture(ingrid, f"{story.language}-2-desk")
    ingrid.take_over()
    expect(log).to_contain_text("Ingrid Moen")
    jonas.only("others").click()
    expect(jonas.page.get_by_text(jonas.t("owner.person", name="Ingrid Moen"), exact=True)).to_be_visible()
    expect(jonas.page.get_by_role("button", name=jonas.t("talk.take"), exact=True)).to_have_count(0)
    ingrid.say(story.answer)
    expect(log.locator(".person").last).to_contain_text(story.answer)
    # A tall answer may hold the reader at its start: they scroll on, and only then have they read what came below.
    log.locator(".person").last.scroll_into_view_if_needed()
    expect(ingrid.log.locator(".person .came").last).to_have_text(ingrid.t("message.seen"))
    ingrid.page.locator("input[type=file]").set_input_files(
        {"name": "kapasitet.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    expect(log.locator(".person").last).to_contain_text("kapasitet.pdf")
    with customer.page.expect_download() as saved:
        log.locator(".person").last.get_by_role("button").or_(log.locator(".person").last.get_by_role("link")).click()
    assert Path(saved.value.path()).read_bytes() == b"%PDF-1.4\n%%EOF\n"
    customer.write(story.thanks)
    expect(ingrid.log.locator(".customer .body").last).to_have_text(story.thanks)
    picture(customer, f"{story.language}-3-person")
    before = log.locator(".assistant").count()
    ingrid.page.get_by_role("button", name=ingrid.t("talk.hand_back")).click()
    dialog = ingrid.page.get_by_role("dialog")
    dialog.get_by_label(ingrid.t("hand_back.settled")).fill(story.settled)
    dialog.get_by_label(story.field, exact=True).fill(story.week)
    picture(ingrid, f"{story.language}-4-hand-back")
    dialog.get_by_role("button", name=ingrid.t("hand_back.do")).click()
    expect(log.locator(".assistant")).to_have_count(before + 1, timeout=15_000)
    expect(log.locator(".assistant").last).to_contain_text(story.settled)
    expect(log.locator(".assistant").last).to_contain_text(story.back)
    assert "W20" in delivery(assistant), "the request knows what was settled"
    assert len(log.locator(".assistant").last.inner_text().split("?")) > 1, "and asks on"
    picture(customer, f"{story.language}-5-back")
    for who in (customer, ingrid, jonas):
        assert who.problems == []
        who.context.close()
