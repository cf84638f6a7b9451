"""A visitor proves who they are by mail, and comes back to the chat from a mail, in a real browser."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from actions.production.database import connect as connect_production
from bot.common.settings import settings
from bot.common.signing import read_conversation, sign_resume
from bot.store.cases import proof
from bot.store.database import connect, writing
from bot.store.models import Conversation
from bot.store.records import Reply, Sender
from bot.store.talk import messages
from bot.worker import deliver
from bot.worker.send import save_file
from tests.browser.conftest import Site
from tests.browser.test_page import Visit, t

KARI, STRANGER = "kari.nordvik@fjellvik-pumper.example", "per@ukjent.example"


@pytest.fixture
def work(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """What the worker does: the site of these tests runs web alone."""
    monkeypatch.setenv("SMELT_DATA_DIR", site.environment["SMELT_DATA_DIR"])
    settings.cache_clear()
    own, production = connect(settings().own_db), connect_production(settings().production_db)

    def deliver_all() -> None:
        while deliver.deliver_one(own, save_file, production):
            pass

    yield deliver_all
    own.dispose()
    production.dispose()
    settings.cache_clear()


def conversation(visitor) -> str:  # type: ignore[no-untyped-def]
    """The conversation on the screen."""
    token = visitor.page.evaluate("sessionStorage['smelt.conversation'] ?? localStorage['smelt.conversation']")
    found = read_conversation(token.strip('"'))
    assert found
    return found


def test_a_visitor_proves_who_they_are_with_a_code_read_on_the_page_of_mails(
    visit: Visit, work: Callable[[], None]
) -> None:
    visitor = visit()
    visitor.write("Når kommer ordren min?")
    expect(visitor.page.get_by_text("Svar: Når kommer ordren min?")).to_be_visible()
    visitor.page.get_by_role("button", name=t("chat.identify")).first.click()
    expect(visitor.page.get_by_text(re.compile("e-postadressen som er registrert"))).to_be_visible()
    visitor.write(f"10101 {KARI}")
    expect(visitor.page.get_by_text(re.compile("sekssifret kode"))).to_be_visible()
    assert visitor.axe() == []
    work()
    mails = visitor.blank()
    mails.goto(visitor.url + "/demo/mails")
    code = re.search(r"\d{3} \d{3}", mails.locator("article", has_text=KARI).first.inner_text())
    assert code
    visitor.write(code[0])
    expect(visitor.page.get_by_text(re.compile("identifisert som Kari Nordvik"))).to_be_visible()
    expect(visitor.page.get_by_role("button", name=t("chat.identify"))).to_have_count(0)
    assert visitor.axe() == []
    visitor.page.reload()
    expect(visitor.page.get_by_text("••••••")).to_be_visible()
    expect(visitor.page.get_by_text(re.compile("identifisert som Kari Nordvik"))).to_be_visible()


def test_a_mailed_link_opens_the_chat_and_leaves_no_key_in_the_address(visit: Visit, work: Callable[[], None]) -> None:
    asking = visit()
    asking.write("Hei")
    expect(asking.page.get_by_text("Svar: Hei")).to_be_visible()
    own, found = connect(settings().own_db), conversation(asking)
    messages.resume(own, found, Sender("demo-kari", "C-1001", "sign_in"))
    messages.say(own, found, Reply("Den går i uke 12.", author="person", name="Siri"))
    own.dispose()
    other = visit()
    page = other.tab(f"/#resume={sign_resume(found, 'demo-kari', KARI)}")
    expect(page.get_by_text("Den går i uke 12.")).to_be_visible()
    assert "resume" not in page.url


def test_a_mailed_code_opens_the_chat_from_the_dialog_the_mail_leads_to(visit: Visit, work: Callable[[], None]) -> None:
    asking = visit()
    asking.write("Hei igjen")
    expect(asking.page.get_by_text("Svar: Hei igjen")).to_be_visible()
    own, found = connect(settings().own_db), conversation(asking)
    with writing(own) as session:
        session.execute(update(Conversation).where(Conversation.id == found).values(told_email=STRANGER))
    messages.say(own, found, Reply("Vi ringer deg.", author="person", name="Siri"))
    code = proof.make_resume_code(own, found, STRANGER)
    own.dispose()
    other = visit()
    page = other.page
    page.goto(other.url + "/?resume=")
    dialog = page.get_by_role("dialog", name=t("code.open"))
    expect(dialog).to_be_visible()
    assert other.axe() == []
    dialog.get_by_label(t("email")).fill(STRANGER)
    dialog.get_by_label(t("code"), exact=True).fill(code)
    dialog.get_by_role("button", name=t("code.yes"), exact=True).click()
    expect(page.get_by_text("Vi ringer deg.")).to_be_visible()
