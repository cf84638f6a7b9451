"""The widget on somebody else's website: it stands there by itself, quiet until it is opened."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from bot.widget import build
from tests.browser.conftest import Site
from tests.browser.widget_rig import Desk, Open, guests, t

PHONE = {"width": 390, "height": 844}


@pytest.fixture
def come(browser: Browser, site: Site) -> Iterator[Open]:
    yield from guests(browser, site)


# --- one script tag --------------------------------------------------------------------------------------------------


def test_the_script_may_be_loaded_by_any_page_and_is_looked_at_again_soon(come: Open, site: Site) -> None:
    answer = come().page.request.get(f"{site.url}/widget.js")
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "public, max-age=300"


def test_before_it_is_opened_nothing_is_stored_and_nothing_but_the_script_is_fetched(come: Open, site: Site) -> None:
    guest = come()
    guest.page.wait_for_timeout(400)
    assert guest.stored == {"cookie": ""}
    assert [url for url in guest.requests if f":{site.port}" in url] == [f"{site.url}/widget.js"]
    expect(guest.chat).to_have_count(0)


def test_opening_it_stores_nothing_until_something_is_said(come: Open) -> None:
    guest = come().open()
    guest.page.wait_for_timeout(400)
    assert guest.stored == {"cookie": ""}
    guest.talk()
    assert "smelt.conversation" in guest.stored


def test_a_customer_of_another_site_asks_and_is_answered_there(come: Open, site: Site) -> None:
    guest = come().talk("Hva er RG5?")
    expect(guest.bubbles).to_have_text(["Hva er RG5?", "Svar: Hva er RG5?"])
    assert len(site.engine.asked("Hva er RG5?")) == 1


def test_it_runs_from_a_copy_of_ones_own_where_only_own_scripts_may_run(come: Open, site: Site, built) -> None:  # type: ignore[no-untyped-def]
    site.host.script = (built / "widget.js").read_text(encoding="utf-8")
    guest = come(f"/own?data-server=%22{site.url}%22").talk()
    expect(guest.bubbles).to_have_count(2)


def test_the_css_of_the_page_does_not_reach_it(come: Open) -> None:
    guest = come().open()
    seen = guest.page.evaluate(
        """() => {
          const launcher = document.querySelector('smelt-launcher').renderRoot;
          const chat = launcher.querySelector('smelt-chat').renderRoot;
          const style = (root, what) => getComputedStyle(root.querySelector(what));
          const send = style(chat, '.send'), panel = style(launcher, 'dialog');
          return [send.backgroundColor, send.letterSpacing, send.textTransform, send.fontSize, panel.width, panel.height];
        }"""
    )
    assert seen == ["rgb(156, 68, 22)", "normal", "none", "16px", "400px", "640px"]
    expect(guest.launcher).to_be_in_viewport(ratio=1)


def test_the_page_may_choose_a_colour_through_a_property_of_ours(come: Open) -> None:
    guest = come().open()
    guest.page.evaluate("document.documentElement.style.setProperty('--smelt-accent', 'rgb(0, 0, 120)')")
    assert guest.chat.locator(".send").evaluate("it => getComputedStyle(it).backgroundColor") == "rgb(0, 0, 120)"


@pytest.mark.parametrize(("path", "locale", "wanted"), [
    ("/", "en-GB", "nb"),
    ("/?data-language=%22en%22", "nb-NO", "en"),
    ("/?data-language=%22de%22", "nb-NO", "nb"),
])  # fmt: skip
def test_it_speaks_as_the_page_says(come: Open, path: str, locale: str, wanted: str) -> None:
    guest = come(path, locale=locale)
    expect(guest.launcher).to_have_accessible_name(t("launcher.open", wanted))


def test_the_language_is_switched_in_the_chat_and_remembered(come: Open, site: Site) -> None:
    guest = come().talk()
    guest.chat.get_by_role("button", name="English").click()
    expect(guest.chat.locator("#draft")).to_have_attribute("placeholder", t("write.placeholder", "en"))
    expect(guest.bubbles).to_have_text(["Hei", "Svar: Hei", t("chat.speak", "en"), f"Svar: {t('chat.speak', 'en')}"])
    assert site.engine.asked(t("chat.speak", "en"))[0]["metadata"]["client"]["language"] == "en"
    guest.page.reload()
    expect(guest.launcher).to_have_accessible_name(t("launcher.open", "en"))


# --- pages that change under it ---------------------------------------------------------------------------------------

NEW_BODY = "const body = document.createElement('body'); body.innerHTML = '<main>Pumper</main>';"


@pytest.mark.parametrize("change", [
    f"{NEW_BODY} document.documentElement.replaceChild(body, document.body)",
    f"{NEW_BODY} document.body = body",
    f"document.body.remove(); {NEW_BODY} document.documentElement.append(body)",
    "document.body.innerHTML = '<main>Pumper</main>'",
    "document.body.replaceChildren()",
])  # fmt: skip
def test_a_page_that_changes_its_body_keeps_it_with_what_was_said(come: Open, change: str) -> None:
    guest = come().talk("Hva er RG5?")
    guest.page.evaluate(f"() => {{ {change} }}")
    expect(guest.bubbles).to_have_text(["Hva er RG5?", "Svar: Hva er RG5?"])
    expect(guest.panel).to_be_visible()
    guest.talk("Og RG7?")
    expect(guest.bubbles).to_have_count(4)
    guest.page.evaluate(f"() => {{ document.body.append('Pumper'); {change} }}")
    expect(guest.bubbles).to_have_count(4)


def test_a_phone_has_it_over_the_new_body_too(come: Open) -> None:
    guest = come(viewport=PHONE).open()
    guest.page.evaluate(f"() => {{ {NEW_BODY} document.body = body }}")
    expect(guest.panel).to_be_visible()
    guest.page.wait_for_function("document.querySelector('smelt-launcher').renderRoot.querySelector('dialog:modal')")


def test_what_is_on_its_way_goes_on_while_the_body_changes(come: Open) -> None:
    guest = come().talk()
    guest.write("Hva er RG5?")
    guest.page.evaluate(f"() => {{ {NEW_BODY} document.body = body }}")
    expect(guest.bubbles).to_have_text(["Hei", "Svar: Hei", "Hva er RG5?", "Svar: Hva er RG5?"])


def test_a_page_that_takes_it_away_has_it_gone(come: Open) -> None:
    guest = come()
    guest.page.evaluate("document.querySelector('smelt-launcher').remove()")
    guest.page.evaluate("document.body.append(document.createElement('p'))")
    expect(guest.launcher).to_have_count(0)


@pytest.mark.parametrize("path", ["/", "/single"])
def test_a_second_tag_changes_nothing(come: Open, path: str) -> None:
    guest = come(path).talk()
    source = guest.page.evaluate("document.querySelector('script').src")
    guest.page.evaluate("window.first = smelt")
    for query in ("", "?again"):
        guest.page.add_script_tag(url=source + query)
    assert guest.page.evaluate("window.first === smelt")
    expect(guest.launcher).to_have_count(1)
    expect(guest.bubbles).to_have_text(["Hei", "Svar: Hei"])


def test_a_page_that_requires_trusted_types_names_our_policy(come: Open) -> None:
    guest = come("/named").talk("Hva er RG5?")
    expect(guest.bubbles).to_have_text(["Hva er RG5?", "Svar: Hva er RG5?"])


def test_a_page_that_names_other_policies_only_is_served_without_ours(come: Open) -> None:
    guest = come("/unnamed").talk("Hva er RG5?")
    expect(guest.bubbles).to_have_text(["Hva er RG5?", "Svar: Hva er RG5?"])
    # The browser tells the page's own people so.
    assert [said for said in guest.problems if "smelt" not in said] == []
    guest.problems.clear()


# --- keys of an input method -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("key", "sends"), [
    ({"key": "Enter", "keyCode": 229}, False),  # Safari: the composition has ended by then
    ({"key": "Enter", "keyCode": 229, "isComposing": True}, False),
    ({"key": "Enter", "keyCode": 13, "isComposing": True}, False),  # Firefox
    ({"key": "Process", "keyCode": 229}, False),
    ({"key": "Enter", "keyCode": 13}, True),
])  # fmt: skip
def test_enter_that_ends_a_word_being_put_together_does_not_send(
    come: Open, key: dict[str, object], sends: bool
) -> None:
    guest = come().talk()
    guest.chat.locator("#draft").fill("鋳物")
    guest.chat.locator("#draft").evaluate(
        "(field, key) => field.dispatchEvent(new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...key }))",
        key,
    )
    expect(guest.chat.locator("#draft")).to_have_value("" if sends else "鋳物")
    expect(guest.bubbles).to_have_count(4 if sends else 2)


# --- window.smelt ----------------------------------------------------------------------------------------------------


def test_the_page_opens_closes_and_hears(come: Open) -> None:
    guest = come()
    guest.page.evaluate(
        """() => {
          window.heard = [];
          for (const name of ['opened', 'closed', 'unread']) smelt.on(name, (value) => heard.push([name, value]));
          smelt.open();
        }"""
    )
    expect(guest.chat.locator("#draft")).to_be_focused()
    guest.page.evaluate("smelt.close()")
    expect(guest.chat).not_to_be_visible()
    guest.page.evaluate("smelt.setLanguage('en')")
    expect(guest.launcher).to_have_accessible_name(t("launcher.open", "en"))
    assert guest.page.evaluate("heard.map(([name]) => name)") == ["opened", "closed"]


def sign_in_token(guest, site: Site) -> str:  # type: ignore[no-untyped-def]
    contact = guest.page.request.get(f"{site.url}/demo/contacts").json()["contacts"][0]
    answer = guest.page.request.post(f"{site.url}/demo/sign-in", data={"contact": contact["contact"]})
    return str(answer.json()["token"])


def test_who_the_page_signs_in_before_opening_is_stored_and_known_after_it(come: Open, site: Site) -> None:
    guest = come()
    guest.page.evaluate("token => smelt.signIn(token)", sign_in_token(guest, site))
    guest.page.wait_for_timeout(200)
    assert guest.stored == {"cookie": ""}
    guest.talk("Hvor er ordren min?")
    expect(guest.chat.get_by_text(re.compile("^Innlogget: .+"))).to_be_visible()
    assert "identity" in site.engine.asked("Hvor er ordren min?")[0]["metadata"]


def test_a_fresh_token_for_the_same_person_keeps_the_conversation(come: Open, site: Site) -> None:
    guest = come()
    guest.page.evaluate("token => smelt.signIn(token)", sign_in_token(guest, site))
    guest.talk("Første")
    guest.page.evaluate("token => smelt.signIn(token)", sign_in_token(guest, site))
    guest.talk("Andre")
    expect(guest.bubbles).to_have_text(["Første", "Svar: Første", "Andre", "Svar: Andre"])
    guest.page.evaluate("smelt.signOut()")
    expect(guest.bubbles).to_have_count(0)
    assert "smelt.visitor" not in guest.stored


# --- the panel -------------------------------------------------------------------------------------------------------


def test_escape_closes_the_panel_and_the_focus_goes_to_the_button(come: Open) -> None:
    guest = come().open()
    expect(guest.chat.locator("#draft")).to_be_focused()
    guest.page.keyboard.press("Escape")
    expect(guest.chat).not_to_be_visible()
    expect(guest.launcher).to_be_focused()
    expect(guest.launcher).to_have_attribute("aria-expanded", "false")


def test_escape_in_menu_or_question_leaves_the_panel_open(come: Open) -> None:
    guest = come().talk()
    guest.chat.locator("summary").click()
    guest.page.keyboard.press("Escape")
    expect(guest.chat.locator("details")).not_to_have_attribute("open", re.compile(".*"))
    guest.menu("erase")
    guest.page.keyboard.press("Escape")
    expect(guest.chat.get_by_role("dialog")).to_have_count(0)
    expect(guest.chat).to_be_visible()


def test_beside_a_page_the_panel_lets_one_use_the_page(come: Open) -> None:
    guest = come().open()
    guest.page.get_by_role("button", name="Bestill").focus()
    expect(guest.page.get_by_role("button", name="Bestill")).to_be_focused()
    assert guest.panel.evaluate("it => it.matches(':modal')") is False


def test_on_a_phone_it_is_the_whole_screen_and_the_page_out_of_reach(come: Open) -> None:
    guest = come(viewport=PHONE, reduced_motion="reduce").open()
    box = guest.panel.bounding_box()
    assert box == {"x": 0, "y": 0, **PHONE}
    assert guest.panel.evaluate("it => it.matches(':modal')")
    guest.page.set_viewport_size({"width": 1280, "height": 900})
    expect(guest.panel).to_have_css("width", "400px")
    guest.chat.get_by_role("button", name=t("chat.close")).click()
    expect(guest.launcher).to_be_focused()


def test_answers_that_come_while_it_is_closed_are_counted(come: Open, site: Site) -> None:
    guest = come().talk()
    guest.page.evaluate("() => { window.heard = []; smelt.on('unread', (count) => heard.push(count)); }")
    guest.page.keyboard.press("Escape")
    desk = Desk(site)
    conversation = desk.take_over()
    desk.reply(conversation, "Hei, det er Ingrid.")
    desk.reply(conversation, "Er du der?")
    expect(guest.launcher).to_have_accessible_name(re.compile(r"\d ules"))
    expect(guest.page.locator("smelt-launcher .count")).to_be_visible()
    before = int(guest.page.locator("smelt-launcher .count").inner_text())
    assert before >= 2
    assert guest.page.evaluate("heard.at(-1)") == before
    guest.page.reload()
    expect(guest.page.locator("smelt-launcher .count")).to_have_text(str(before))
    guest.open()
    expect(guest.launcher).to_have_accessible_name(t("chat.close"))
    guest.page.keyboard.press("Escape")
    expect(guest.launcher).to_have_accessible_name(t("launcher.open"))
    guest.page.reload()
    guest.page.wait_for_timeout(400)
    expect(guest.page.locator("smelt-launcher .count")).to_have_count(0)


def test_what_is_read_in_one_tab_is_read_in_the_other(come: Open, site: Site) -> None:
    guest = come().talk()
    other = guest.tab()
    desk = Desk(site)
    conversation = desk.take_over()
    desk.reply(conversation, "Hei, det er Ingrid.")
    expect(guest.chat.get_by_text("det er Ingrid")).to_be_visible()
    expect(other.locator("smelt-launcher .count")).to_have_count(0)


# --- the page of our own ---------------------------------------------------------------------------------------------


def test_the_widget_does_not_carry_the_words_of_the_page() -> None:
    script = (build.DIST / "widget.js").read_text(encoding="utf-8")
    assert t("page.lead") not in script
    assert t("sign.in.title") not in script
