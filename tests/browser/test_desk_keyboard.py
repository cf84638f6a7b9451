"""The desk without a mouse."""

from collections.abc import Callable

from playwright.sync_api import expect

from tests.browser.conftest import Site, Visitor
from tests.browser.desk_rig import Salesperson, seen_by_customer, t, unique, waiting

Visit = Callable[..., Visitor]
Sell = Callable[..., Salesperson]


def test_a_whole_conversation_by_keys_alone(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell()
    keys = desk.page.keyboard
    expect(desk.page.get_by_label(t("sign_in.email"))).to_be_focused()
    keys.type("ingrid@norsemetal.example")
    keys.press("Tab")
    keys.type("smelt-demo-desk")
    keys.press("Enter")
    expect(desk.page.get_by_role("listbox")).to_be_visible()
    asked = waiting(site, visitor, unique("Uten mus"))
    expect(desk.row(asked)).to_be_visible()
    keys.press("q")
    queue = desk.page.get_by_role("listbox")
    expect(queue).to_be_focused()
    row = desk.row(asked).get_attribute("id")
    for _ in range(100):
        if queue.get_attribute("aria-activedescendant") == row:
            break
        keys.press("ArrowDown")
    keys.press("Enter")
    expect(desk.log).to_contain_text(asked)
    expect(desk.page.locator("#talk-heading")).to_be_focused()
    keys.press("t")
    expect(desk.field).to_be_focused()
    keys.type("Første linje")
    keys.press("Shift+Enter")
    keys.type("Andre linje")
    keys.press("Enter")
    seen_by_customer(visitor.page, "Andre linje")
    keys.press("Escape")
    expect(desk.log).to_be_focused()
    keys.press("n")
    expect(desk.page.get_by_label(t("write.note.label"))).to_be_focused()
    keys.type("Bare for oss")
    keys.press("Enter")
    expect(desk.log.locator(".note .body")).to_have_text("Bare for oss")
    keys.press("Escape")
    keys.press("h")
    expect(desk.page.get_by_label(t("hand_back.settled"))).to_be_focused()
    keys.type("Avtalt på telefon")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    expect(desk.page.get_by_text(t("owner.assistant"))).to_be_visible()
    expect(visitor.page.get_by_role("log")).not_to_contain_text("Bare for oss")


def test_help_lists_the_keys_and_gives_the_focus_back(sell: Sell) -> None:
    desk = sell().sign_in()
    listbox = desk.page.get_by_role("listbox")
    listbox.focus()
    desk.page.keyboard.press("?")
    dialog = desk.page.get_by_role("dialog", name=t("help.title"))
    expect(dialog.get_by_text(t("help.take"))).to_be_visible()
    desk.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(listbox).to_be_focused()


def test_single_letters_can_be_switched_off(sell: Sell) -> None:
    desk = sell().sign_in()
    desk.page.keyboard.press("?")
    desk.page.get_by_label(t("help.single")).uncheck()
    desk.page.keyboard.press("Escape")
    desk.page.keyboard.press("s")
    desk.page.wait_for_timeout(200)
    assert desk.page.evaluate("location.hash") in ("", "#/conversations")
    desk.page.reload()
    expect(desk.page.get_by_role("listbox")).to_be_visible()
    desk.page.keyboard.press("s")
    desk.page.wait_for_timeout(200)
    assert desk.page.evaluate("location.hash") in ("", "#/conversations")


def test_letters_are_letters_while_writing(visit: Visit, sell: Sell, site: Site) -> None:
    desk = sell().sign_in()
    desk.open(waiting(site, visit(), unique("Bokstaver")))
    desk.take_over()
    desk.field.press_sequentially("hatt xq?")
    expect(desk.field).to_have_value("hatt xq?")
    expect(desk.page.get_by_role("dialog")).to_have_count(0)


def test_a_draft_is_kept_while_one_looks_elsewhere(visit: Visit, sell: Sell, site: Site) -> None:
    desk = sell().sign_in()
    first, second = waiting(site, visit(), unique("Den ene")), waiting(site, visit(), unique("Den andre"))
    desk.open(first)
    desk.take_over()
    desk.field.fill("Halvferdig")
    desk.open(second)
    expect(desk.log).to_contain_text(second)
    desk.open(first)
    expect(desk.field).to_have_value("Halvferdig")
    desk.page.locator(".mode.note").click()
    expect(desk.field).to_have_value("")


def test_a_new_view_begins_at_its_heading(sell: Sell) -> None:
    desk = sell().sign_in()
    for view in ("cases", "search", "canned", "conversations"):
        desk.page.get_by_role("navigation", name=t("nav.label")).get_by_role("link", name=t(f"nav.{view}")).click()
        expect(desk.page.get_by_role("heading", level=1, name=t(f"nav.{view}"))).to_be_focused()
