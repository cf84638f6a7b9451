"""Cases, search, accounts, privacy and the other lists of the desk."""

import json
import re
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from sqlalchemy import Engine, select

from bot.store.cases import Asker, open_case
from bot.store.cases.models import CaseEvent
from bot.store.database import connect, reading
from tests.browser.conftest import Site, Visitor
from tests.browser.desk_rig import Salesperson, seen_by_customer, t, unique, waiting

Visit = Callable[..., Visitor]
Sell = Callable[..., Salesperson]
KARI = Asker(name="Kari <b>Nordmann</b>", email="kari@fjordpumps.example", customer="Fjord Pumps AS")
ANSWERS = {"quantity": {"value": 1500, "reply": "utter_line_quantity"}}


@pytest.fixture
def own(site: Site) -> Iterator[Engine]:
    """The database the running web process writes to."""
    engine = connect(f"sqlite:///{Path(site.environment['SMELT_DATA_DIR']) / 'smelt.db'}")
    yield engine
    engine.dispose()


def opened(own: Engine, conversation: str | None = None, wording: str = "Antall: 1500 stk\nLegering: RG5") -> str:
    """Number of a new case."""
    return open_case(
        own, request_id=uuid.uuid4().hex, wording=wording, asker=KARI, conversation=conversation, kind="quote_request",
        language="nb", fields=ANSWERS,
    ).case_no  # fmt: skip


def decide(desk: Salesperson, verdict: str, words: str = "") -> None:
    """By button and dialog."""
    desk.page.locator(".case .acts").get_by_role("button", name=t(f"decide.{verdict}"), exact=True).click()
    dialog = desk.page.get_by_role("dialog")
    if words:
        dialog.get_by_role("textbox").fill(words)
    dialog.get_by_role("button", name=t(f"decide.{verdict}.do")).dblclick()
    expect(dialog).to_have_count(0)


# --- cases -----------------------------------------------------------------------------------------------------------


def test_a_case_is_asked_about_then_accepted_and_each_is_decided_once(sell: Sell, own: Engine) -> None:
    desk = sell().sign_in()
    number = opened(own, wording="Antall: 1500 stk\n<script>alert(1)</script>")
    desk.go("cases")
    row = desk.page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("Kari <b>Nordmann</b>")
    expect(row).to_contain_text(t("who.unproven.short"))
    row.get_by_role("link", name=number).click()
    expect(desk.page.get_by_role("heading", name=re.compile(number))).to_be_focused()
    expect(desk.page.get_by_text("<script>alert(1)</script>").first).to_be_visible()
    expect(desk.page.get_by_text(t("proof.none"))).to_be_visible()
    desk.page.get_by_role("button", name=t("case.take")).click()
    expect(desk.page.get_by_role("button", name=t("case.take"))).to_have_count(0)
    decide(desk, "asked", "Hvilken trykklasse?")
    expect(desk.page.locator(".case ol.history")).to_contain_text("Hvilken trykklasse?")
    decide(desk, "accepted")
    expect(desk.page.locator(".case-state")).to_contain_text(t("case_state.accepted"))
    with reading(own) as session:
        found = session.scalars(select(CaseEvent.state).where(CaseEvent.case_no == number).order_by(CaseEvent.id)).all()
    assert found == ["asked", "accepted"]


def test_what_needs_words_is_not_sent_without(sell: Sell, own: Engine) -> None:
    desk = sell().sign_in()
    desk.go(f"cases/{opened(own)}")
    desk.page.locator(".case .acts").get_by_role("button", name=t("decide.refused"), exact=True).click()
    dialog = desk.page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_be_focused()
    dialog.get_by_role("button", name=t("decide.refused.do")).click()
    expect(dialog).to_be_visible()
    assert dialog.get_by_role("textbox").evaluate("field => field.validity.valueMissing")


def test_a_decision_on_what_a_colleague_has_just_decided_is_refused_in_words(sell: Sell, own: Engine) -> None:
    first, second = sell().sign_in(), sell().sign_in("jonas@norsemetal.example")
    number = opened(own)
    for desk in (first, second):
        desk.go(f"cases/{number}")
    second.page.locator(".case .acts").get_by_role("button", name=t("decide.accepted"), exact=True).click()
    decide(first, "refused", "Modellen er ødelagt.")
    dialog = second.page.get_by_role("dialog")
    dialog.get_by_role("button", name=t("decide.accepted.do")).click()
    words = t("decide.taken", name="Ingrid Moen", state=t("case_state.refused"))
    expect(dialog.get_by_text(words)).to_be_visible()
    assert second.refusals == ["409"]


def test_the_customer_hears_of_a_decision_in_the_chat(visit: Visit, sell: Sell, site: Site, own: Engine) -> None:
    visitor, desk = visit(), sell().sign_in()
    desk.open(waiting(site, visitor, unique("Tilbud")))
    desk.page.wait_for_url(re.compile("conversations/.+"))
    number = opened(own, desk.page.url.rsplit("/", 1)[1])
    desk.page.reload()
    desk.page.locator(".details").get_by_role("link", name=number).click()
    decide(desk, "adjusted", "Vi leverer i uke 14.")
    seen_by_customer(visitor.page, "Vi leverer i uke 14.")


# --- search ----------------------------------------------------------------------------------------------------------


def test_a_past_conversation_is_found_by_its_words(visit: Visit, sell: Sell) -> None:
    visitor, desk = visit(), sell().sign_in()
    asked = unique("Støpegods til vannverk")
    visitor.write(asked)
    expect(visitor.page.get_by_role("log").locator(".assistant")).to_have_count(1)
    desk.page.keyboard.press("s")
    desk.page.get_by_label(t("search.q")).fill(asked.split()[-1])
    desk.page.keyboard.press("Enter")
    found = desk.page.locator(".results li")
    expect(found).to_have_count(1)
    found.get_by_role("link").click()
    expect(desk.log).to_contain_text(asked)


# --- administration --------------------------------------------------------------------------------------------------


def test_an_admin_makes_an_account_that_can_sign_in_and_closes_it(sell: Sell) -> None:
    desk = sell().sign_in()
    desk.go("staff")
    desk.page.get_by_role("button", name=t("staff.new")).click()
    dialog = desk.page.get_by_role("dialog")
    email = f"{uuid.uuid4().hex[:8]}@norsemetal.example"
    dialog.get_by_label(t("staff.email")).fill(email)
    dialog.get_by_label(t("staff.name")).fill("Åse Ny")
    dialog.get_by_label(t("staff.password")).fill("kort")
    dialog.get_by_role("button", name=t("canned.save")).click()
    expect(dialog.get_by_text(t("error.invalid.weak"))).to_be_visible()
    dialog.get_by_label(t("staff.password")).fill("et langt og godt passord 17")
    dialog.get_by_role("button", name=t("canned.save")).click()
    row = desk.page.get_by_role("row").filter(has_text=email)
    expect(row).to_be_visible()
    colleague = sell().sign_in(email, "et langt og godt passord 17")
    expect(row).to_contain_text("Åse Ny")
    row.get_by_role("button").click()
    dialog.get_by_label(t("staff.may_sign_in")).uncheck()
    dialog.get_by_role("button", name=t("canned.save")).click()
    expect(row).to_contain_text(t("staff.closed"))
    expect(colleague.page.get_by_label(t("sign_in.email"))).to_be_visible(timeout=15_000)
    desk.go("audit")
    expect(desk.page.get_by_role("row").filter(has_text=t("audit.staff")).first).to_be_visible()
    colleague.problems.clear()  # its socket was shown the door


def test_a_customer_is_found_given_out_and_erased_only_after_typing_who(
    visit: Visit, sell: Sell, site: Site, own: Engine, tmp_path: Path
) -> None:
    visitor, desk = visit(), sell().sign_in()
    asked = waiting(site, visitor, unique("Glem meg"))
    desk.open(asked)
    desk.page.wait_for_url(re.compile("conversations/.+"))
    conversation = desk.page.url.rsplit("/", 1)[1]
    desk.go("privacy")
    expect(desk.page.get_by_role("row").filter(has_text=re.compile("Samtaler"))).to_be_visible()
    desk.page.get_by_label(t("privacy.q")).fill(conversation)
    desk.page.keyboard.press("Enter")
    found = desk.page.locator(".people li")
    expect(found).to_have_count(1)
    with desk.page.expect_download() as saved:
        found.get_by_role("button", name=t("privacy.export")).click()
    saved.value.save_as(tmp_path / "data.json")
    assert asked in str(json.loads((tmp_path / "data.json").read_text(encoding="utf-8")))
    found.get_by_role("button", name=t("privacy.erase")).click()
    dialog = desk.page.get_by_role("dialog")
    expect(dialog.get_by_role("button", name=t("privacy.erase.do"))).to_be_disabled()
    dialog.get_by_role("textbox").fill(t("privacy.erase.word"))
    dialog.get_by_role("button", name=t("privacy.erase.do")).click()
    expect(desk.page.get_by_text(t("privacy.erased"))).to_be_visible()
    expect(desk.page.locator(".people li")).to_have_count(0)
    expect(visitor.page.get_by_role("log").get_by_text(asked)).to_have_count(0)
    desk.go(f"conversations/{conversation}")
    expect(desk.page.get_by_text(t("error.unknown"))).to_be_visible()


def test_the_language_is_changed_at_once_and_remembered(sell: Sell) -> None:
    desk = sell().sign_in()
    desk.page.locator("summary").click()
    desk.page.get_by_role("button", name="English").click()
    expect(desk.page.locator("html")).to_have_attribute("lang", "en")
    expect(desk.page.get_by_role("navigation", name=t("nav.label", "en"))).to_be_visible()
    desk.page.reload()
    expect(desk.page.get_by_role("navigation", name=t("nav.label", "en"))).to_be_visible()


def test_presence_is_switched_and_kept(sell: Sell) -> None:
    desk = sell().sign_in("mari@norsemetal.example")
    switch = desk.page.get_by_role("switch", name=t("presence.label"))
    expect(switch).to_be_checked()
    with desk.page.expect_response(lambda answer: answer.url.endswith("/presence")):
        switch.click()
    expect(switch).not_to_be_checked()
    desk.page.reload()
    expect(desk.page.get_by_role("switch", name=t("presence.label"))).not_to_be_checked()
    desk.page.get_by_role("switch", name=t("presence.label")).click()
    expect(desk.page.get_by_role("switch", name=t("presence.label"))).to_be_checked()
