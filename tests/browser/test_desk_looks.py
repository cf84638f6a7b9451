"""How the desk looks: on a phone, in the dark, and to those who do not see it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor
from tests.browser.desk_rig import Salesperson, seen_by_customer, unique, waiting

Visit = Callable[..., Visitor]
Sell = Callable[..., Salesperson]
PHONE = {"width": 320, "height": 640}
LOOKS: list[dict[str, Any]] = [
    {"language": "nb"},
    {"language": "en", "color_scheme": "dark"},
    {"language": "en", "viewport": PHONE},
    {"language": "nb", "viewport": PHONE, "color_scheme": "dark"},
]
NAMES = ["light", "dark", "phone", "phone-dark"]
ORDER = {
    "type": "order", "title": "Ordre SO-30417", "order_no": "SO-30417", "status": "I produksjon",
    "dates": [{"label": "Lovet", "value": "12. mars", "old": True}, {"label": "Ny dato", "value": "19. mars"}],
    "steps": [{"label": "Modell", "state": "done"}, {"label": "Støping", "state": "now"}, {"label": "Sending", "state": "todo"}],
}  # fmt: skip
TABLE = {
    "type": "table",
    "title": "Legeringer",
    "columns": ["Egenskap", "CC491K"],
    "rows": [["Strekkfasthet", "200 MPa"]],
}
REQUEST = {
    "task": "quote_request", "question": "weight", "missing": ["weight", "delivery"],
    "answers": {"alloy": {"value": "CC491K"}, "name": {"value": "Åse Brønn"}}, "subject": {},
}  # fmt: skip


def rich_conversation(site: Site, visitor: Visitor) -> str:
    """Every kind of message, and a request in progress."""
    site.engine.says("Hvor er ordren?", "Her er **ordren**:", card=ORDER)
    site.engine.says("Sammenlign", "Se her", buttons={"Mer": "/affirm"}, card=TABLE)
    asked = unique("Jeg vil ha et tilbud")
    site.engine.says(asked, "Jeg henter en person.", hand_over="safety", state=REQUEST)
    for text in ("Hvor er ordren?", "Sammenlign", asked):
        before = visitor.page.get_by_role("log").locator(".assistant").count()
        visitor.write(text)
        expect(visitor.page.get_by_role("log").locator(".assistant")).to_have_count(before + 1)
    return asked


@pytest.mark.parametrize("look", LOOKS, ids=NAMES)
def test_no_state_of_the_desk_breaks_wcag_22_aa(
    visit: Visit, sell: Sell, site: Site, look: dict[str, Any], tmp_path: Path
) -> None:
    asked = rich_conversation(site, visit())
    desk = sell(**look)
    phone = "viewport" in look
    found: dict[str, object] = {}

    def look_at(name: str) -> None:
        desk.page.wait_for_timeout(150)
        desk.page.screenshot(path=tmp_path / f"{name}.png")
        if problems := desk.axe():
            found[name] = problems
        if desk.overflow() > 0:
            found[f"{name} overflows"] = desk.overflow()

    expect(desk.page.get_by_label(desk.t("sign_in.email"))).to_be_focused()
    look_at("sign-in")
    desk.sign_in()
    look_at("queue")
    desk.open(asked)
    look_at("waiting")
    desk.page.get_by_role("button", name=desk.t("talk.take")).last.click()
    expect(desk.field).to_be_visible()
    desk.say("Hei, jeg ser på det")
    desk.note("Ring innkjøp")
    look_at("note")
    desk.page.locator(".mode.reply").click()
    desk.field.fill("")
    desk.field.press("/")
    expect(desk.page.get_by_role("combobox")).to_be_focused()
    look_at("canned picker")
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("button", name=desk.t("talk.hand_back")).click()
    look_at("hand back")
    desk.page.keyboard.press("Escape")
    desk.page.get_by_role("button", name=desk.t("talk.assign")).click()
    look_at("assign")
    desk.page.keyboard.press("Escape")
    desk.log.get_by_role("button", name=desk.t("flag.do")).first.click()
    look_at("flag")
    desk.page.keyboard.press("Escape")
    if phone:
        desk.page.get_by_role("button", name=desk.t("talk.details"), exact=True).click()
        expect(desk.page.get_by_role("complementary")).to_be_visible()
        look_at("details")
        desk.page.get_by_role("link", name=desk.t("details.back")).click()
        expect(desk.field).to_be_visible()
    desk.page.locator("summary").click()
    look_at("menu")
    desk.page.get_by_role("button", name=desk.t("help.title")).click()
    look_at("help")
    desk.page.keyboard.press("Escape")
    for view in ("cases", "search", "canned", "staff", "wrong-answers", "audit", "privacy"):
        desk.go(view)
        expect(desk.page.get_by_role("heading", level=1)).to_be_visible()
        expect(desk.page.locator(".page[aria-busy=true]")).to_have_count(0)
        look_at(view)
    desk.go("canned")
    desk.page.get_by_role("button", name=desk.t("canned.new")).click()
    look_at("canned editor")
    desk.page.keyboard.press("Escape")
    desk.go("staff")
    desk.page.get_by_role("button", name=desk.t("staff.new")).click()
    look_at("staff editor")
    assert found == {}


def test_on_a_phone_one_goes_from_the_queue_to_the_talk_to_the_customer_and_back(
    visit: Visit, sell: Sell, site: Site
) -> None:
    visitor, desk = visit(), sell(viewport=PHONE)
    desk.sign_in()
    asked = waiting(site, visitor, unique("På telefon"))
    desk.open(asked)
    expect(desk.page.get_by_role("listbox")).to_be_hidden()
    desk.page.get_by_role("button", name=desk.t("talk.take")).click()
    desk.say("Hei fra telefonen")
    seen_by_customer(visitor.page, "Hei fra telefonen")
    desk.page.get_by_role("button", name=desk.t("talk.details"), exact=True).click()
    expect(desk.page.get_by_role("complementary")).to_contain_text(desk.t("proof.none"))
    expect(desk.log).to_be_hidden()
    desk.page.go_back()
    expect(desk.log).to_be_visible()
    desk.page.get_by_role("button", name=desk.t("talk.hand_back")).click()
    desk.page.get_by_role("dialog").get_by_role("button", name=desk.t("hand_back.do")).click()
    expect(desk.page.get_by_text(desk.t("owner.assistant"))).to_be_visible()
    desk.page.get_by_role("link", name=desk.t("talk.back")).click()
    expect(desk.page.get_by_role("listbox")).to_be_visible()


def test_at_200_percent_nothing_is_lost(visit: Visit, sell: Sell, site: Site) -> None:
    desk = sell(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    desk.sign_in()
    desk.open(waiting(site, visit(), unique("Stort")))
    desk.page.get_by_role("button", name=desk.t("talk.take")).last.click()
    desk.say("Godt synlig")
    assert desk.overflow() <= 0
    for view in ("cases", "search", "canned", "staff", "audit", "privacy"):
        desk.go(view)
        expect(desk.page.locator(".page[aria-busy=false]")).to_be_visible()
        assert desk.overflow() <= 0, view


def test_what_is_new_is_read_aloud_and_what_is_not_is_quiet(visit: Visit, sell: Sell, site: Site) -> None:
    desk = sell().sign_in()
    expect(desk.page.locator("[role=status].ds-sr-only")).to_have_text("")
    desk.open(waiting(site, visit(), unique("Lytt")))
    assert desk.log.get_attribute("aria-live") in (None, "polite")
    expect(desk.page.get_by_role("listbox")).not_to_have_attribute("aria-live", "polite")
