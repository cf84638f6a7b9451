"""What a customer sees and can do on the page, in a real browser."""

import gzip
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.widget import build
from tests.browser.conftest import Site, Visitor

Visit = Callable[..., Visitor]
WORDS = {
    language: {
        key: words
        for name in (language, f"page.{language}")
        for key, words in json.loads(
            (build.WIDGET / "src" / "i18n" / f"{name}.json").read_text(encoding="utf-8")
        ).items()
    }
    for language in ("nb", "en")
}
TEMPLATE = (build.ROOT / "bot" / "web" / "templates" / "index.html").read_text(encoding="utf-8")
PHONE = {"width": 320, "height": 640}
LARGEST = {"widget.js": 41_000, "page.js": 42_000}
"""Bytes, gzipped. The page's script also holds the page's words and the demo's sign-in."""


def t(key: str, language: str = "nb", **values: object) -> str:
    return str(WORDS[language][key]).format(**{"foundry": "Norse Metal AS", "town": "Elverum", **values})


def log(page: Page):  # type: ignore[no-untyped-def]
    return page.get_by_role("log")


# --- words and build -------------------------------------------------------------------------------------------------


def test_every_language_has_the_same_words_and_values() -> None:
    for key, words in WORDS["nb"].items():
        assert words.strip()
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", WORDS["en"][key])), key
    assert WORDS["nb"].keys() == WORDS["en"].keys()


def test_every_word_is_used() -> None:
    source = TEMPLATE + "".join(path.read_text(encoding="utf-8") for path in (build.WIDGET / "src").rglob("*.ts"))
    composed = re.compile(
        r"^(refused\.|role\.|step\.|file\.|rating\.\d|chat\.kind\.|message\.(assistant|person|system|you|unanswered|handed_over))"
    )
    assert [key for key in WORDS["nb"] if f'"{key}"' not in source and not composed.match(key)] == []


def test_the_template_reads_as_the_norwegian_dictionary() -> None:
    places = re.findall(r'data-text="([\w.]+)"[^>]*>\s*([^<]*?)\s*<', TEMPLATE)
    assert len(places) > 10
    for key, words in places:
        assert re.sub(r"\s+", " ", words) in (t(key), "{{ foundry.name }}"), key


def test_the_lock_names_no_registry() -> None:
    lock = build.LOCK.read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    assert lock.count('"integrity": "sha512-') > 10


@pytest.mark.parametrize("script", LARGEST)
def test_the_script_is_small(built: Path, script: str) -> None:
    assert len(gzip.compress((built / script).read_bytes())) < LARGEST[script]


def test_building_again_does_nothing(built: Path) -> None:
    assert build.build() is False


# --- first screen ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("locale", "language"), [("nb-NO", "nb"), ("nn-NO", "nb"), ("en-GB", "en"), ("de-DE", "en")])
def test_it_says_that_it_is_automatic_in_the_visitors_language(visit: Visit, locale: str, language: str) -> None:
    page = visit(locale=locale).page
    expect(page.get_by_text(t("chat.kind.assistant", language), exact=True)).to_be_visible()
    expect(page.get_by_text(t("chat.welcome", language))).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text(t("page.heading", language))
    expect(page.locator("html")).to_have_attribute("lang", language)


def test_a_demo_says_that_its_data_is_invented(visit: Visit) -> None:
    expect(visit().page.get_by_text(t("page.demo"))).to_be_visible()


def test_nothing_is_stored_and_no_socket_opened_before_the_chat_is_used(visit: Visit) -> None:
    visitor = visit()
    visitor.page.get_by_role("button", name="English").click()
    visitor.page.wait_for_timeout(300)
    assert visitor.page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    assert not [url for url in visitor.requests if "socket.io" in url]


def test_the_policy_is_strict(visit: Visit, site: Site) -> None:
    page = visit().page
    response = page.request.get(site.url)
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy


# --- talking ---------------------------------------------------------------------------------------------------------


def test_an_example_question_is_asked_and_answered(visit: Visit, site: Site) -> None:
    visitor = visit()
    site.engine.says(t("example.alloy"), "RG5 er CC491K.\nMinst 200 MPa.\n- flytegrense 90 MPa\n- forlengelse 13 %")
    visitor.page.get_by_role("button", name=t("example.alloy")).click()
    answer = log(visitor.page).locator(".assistant .bubble")
    expect(answer.locator("p")).to_have_text(["RG5 er CC491K.", "Minst 200 MPa."])
    expect(answer.locator("li")).to_have_text(["flytegrense 90 MPa", "forlengelse 13 %"])
    expect(visitor.page.get_by_text(t("chat.examples"))).to_have_count(0)


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_example_of_a_week_names_one_ahead_on_the_foundrys_calendar(visit: Visit, language: str) -> None:
    page = visit(locale=language).page
    expect(page.get_by_role("button", name=t("example.room", language, week=14))).to_be_visible()


def test_a_message_shows_how_far_it_came_and_when(visit: Visit) -> None:
    visitor = visit()
    visitor.write("Hei")
    own = log(visitor.page).locator(".you")
    expect(own.get_by_text(t("message.sent"), exact=True)).to_be_attached()
    expect(own.locator("time")).to_have_text(re.compile(r"^\d\d[:.]\d\d$"))


def test_enter_sends_and_shift_enter_makes_a_line(visit: Visit) -> None:
    page = visit().page
    field = page.get_by_role("textbox")
    field.click()
    page.keyboard.type("En")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("To")
    expect(field).to_have_value("En\nTo")
    page.keyboard.press("Enter")
    expect(field).to_have_value("")
    expect(log(page).locator(".you .bubble p")).to_have_text("En\nTo", use_inner_text=True)


def test_an_empty_message_is_not_sent(visit: Visit) -> None:
    visitor = visit()
    visitor.write("   ")
    expect(log(visitor.page).locator(".you")).to_have_count(0)


def test_a_quick_reply_sends_its_payload_and_shows_its_title(visit: Visit, site: Site) -> None:
    visitor = visit()
    site.engine.says("Bestill", "Stemmer det?", buttons={"Ja, send": "/affirm", "Nei": "/deny"})
    visitor.write("Bestill")
    choices = visitor.page.get_by_role("group", name=t("message.choices"))
    choices.get_by_role("button", name="Ja, send").click()
    expect(log(visitor.page).locator(".you .bubble").last).to_have_text("Ja, send")
    expect(visitor.page.get_by_role("textbox")).to_be_focused()
    expect(log(visitor.page).locator(".assistant .bubble").last).to_have_text("Svar: /affirm")
    expect(choices).to_have_count(0)
    assert len(site.engine.asked("/affirm")) == 1


def test_words_are_never_markup_and_only_safe_addresses_are_links(visit: Visit, site: Site) -> None:
    visitor = visit()
    site.engine.says(
        "lenker",
        "**Fet** <b>ikke</b> [se](https://example.com/a) [feil](javascript:alert(1)) ring [oss](tel:+4762000000) salg@norsemetal.example",
    )
    visitor.write("lenker")
    answer = log(visitor.page).locator(".assistant .bubble")
    expect(answer.locator("strong")).to_have_text("Fet")
    expect(answer).to_contain_text("<b>ikke</b>")
    expect(answer.locator("b")).to_have_count(0)
    links = [link.get_attribute("href") for link in answer.get_by_role("link").all()]
    assert links == ["https://example.com/a", "tel:+4762000000", "mailto:salg@norsemetal.example"]
    visitor.write("<img src=x onerror=alert(1)>")
    expect(log(visitor.page).locator(".you .bubble").last).to_have_text("<img src=x onerror=alert(1)>")


def test_a_person_is_always_in_reach(visit: Visit, site: Site) -> None:
    visitor = visit()
    visitor.page.get_by_role("button", name=t("chat.person")).click()
    expect(log(visitor.page).locator(".you .bubble")).to_have_text(t("chat.person"))
    expect(log(visitor.page).locator(".assistant, .system").first).to_be_visible()


def test_it_shows_that_an_answer_is_being_written(visit: Visit, site: Site) -> None:
    visitor = visit()
    site.engine.pause = 1.0
    visitor.write("Hei")
    expect(visitor.page.get_by_text(t("chat.typing"))).to_be_visible()
    expect(log(visitor.page).locator(".assistant")).to_have_count(1)
    expect(visitor.page.get_by_text(t("chat.typing"))).to_have_count(0)


def test_an_answer_that_does_not_come_is_said_and_the_way_to_a_person_offered(visit: Visit, site: Site) -> None:
    visitor = visit()
    site.engine.broken = True
    visitor.write("Hei")
    expect(log(visitor.page).get_by_text(t("message.unanswered.state"))).to_be_visible(timeout=15_000)
    expect(log(visitor.page).locator(".system .bubble")).to_be_visible()
    expect(visitor.page.get_by_role("group", name=t("message.choices")).get_by_role("button")).not_to_have_count(0)


def test_what_the_page_says_of_the_foundry_is_what_the_company_facts_say(visit: Visit, site: Site) -> None:
    about = visit().page.request.get(f"{site.url}/config").json()
    assert f'data-foundry="{about["foundry"]["name"]}" data-town="{about["foundry"]["town"]}"' in TEMPLATE


def test_escape_leads_back_to_writing(visit: Visit) -> None:
    visitor = visit()
    visitor.write("Hei")
    log(visitor.page).focus()
    visitor.page.keyboard.press("Escape")
    expect(visitor.page.get_by_role("textbox")).to_be_focused()


def test_the_limit_is_shown_near_the_end_and_kept(visit: Visit) -> None:
    page = visit().page
    field = page.get_by_role("textbox")
    field.fill("x" * 300)
    expect(page.get_by_text(re.compile("tegn igjen"))).to_have_count(0)
    field.fill("x" * 390)
    expect(page.get_by_text(t("write.left", count=10))).to_be_visible()
    field.fill("x" * 405)
    expect(page.get_by_role("alert")).to_have_text(t("write.over", count=5))
    page.keyboard.press("Enter")
    expect(log(page).locator(".you")).to_have_count(0)


# --- language --------------------------------------------------------------------------------------------------------


def test_switching_language_changes_the_page_the_chat_and_what_the_assistant_is_told(visit: Visit, site: Site) -> None:
    visitor = visit()
    visitor.page.get_by_role("button", name="English").click()
    expect(visitor.page).to_have_title(t("page.title", "en"))
    expect(visitor.page.get_by_role("textbox")).to_have_attribute("placeholder", t("write.placeholder", "en"))
    expect(visitor.page.locator("footer")).to_have_text(t("page.footer", "en"))
    visitor.write("RG5")
    expect(log(visitor.page).locator(".assistant")).to_have_count(1)
    assert '"en"' in json.dumps(site.engine.asked("RG5")[0]["metadata"])
    visitor.page.reload()
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text(t("page.heading", "en"))


# --- coming back -----------------------------------------------------------------------------------------------------


def test_a_reload_resumes_the_conversation(visit: Visit) -> None:
    visitor = visit()
    visitor.write("Første")
    expect(log(visitor.page).locator(".assistant")).to_have_count(1)
    visitor.page.reload()
    expect(log(visitor.page).locator(".bubble")).to_have_text(["Første", "Svar: Første"])
    visitor.write("Andre")
    expect(log(visitor.page).locator(".bubble")).to_have_text(["Første", "Svar: Første", "Andre", "Svar: Andre"])


def test_a_new_conversation_starts_empty_after_a_question(visit: Visit) -> None:
    visitor = visit()
    visitor.write("Hei")
    expect(log(visitor.page).locator(".assistant")).to_have_count(1)
    visitor.page.locator("summary").click()
    visitor.page.get_by_role("button", name=t("chat.new")).click()
    visitor.page.get_by_role("button", name=t("chat.new.yes")).click()
    expect(visitor.page.get_by_text(t("chat.welcome"))).to_be_visible()
    visitor.page.reload()
    expect(visitor.page.get_by_text(t("chat.welcome"))).to_be_visible()


def test_two_tabs_show_one_conversation(visit: Visit) -> None:
    visitor = visit()
    visitor.write("Fra den ene")
    expect(log(visitor.page).locator(".assistant")).to_have_count(1)
    other = visitor.tab()
    expect(log(other).locator(".bubble")).to_have_count(2)
    visitor.write("Og en til")
    wanted = ["Fra den ene", "Svar: Fra den ene", "Og en til", "Svar: Og en til"]
    expect(log(other).locator(".bubble")).to_have_text(wanted)
    expect(log(visitor.page).locator(".bubble")).to_have_text(wanted)


def test_what_is_written_while_the_server_is_away_is_sent_once_when_it_is_back(visit: Visit, site: Site) -> None:
    visitor = visit()
    visitor.write("Før")
    expect(log(visitor.page).locator(".assistant")).to_have_count(1)
    site.stop()
    expect(visitor.page.get_by_text(t("link.lost"))).to_be_visible()
    visitor.write("Under")
    expect(log(visitor.page).get_by_text(t("message.waiting"))).to_be_visible()
    site.start()
    expect(log(visitor.page).locator(".bubble")).to_have_text(
        ["Før", "Svar: Før", "Under", "Svar: Under"], timeout=20_000
    )
    expect(visitor.page.get_by_text(t("link.lost"))).to_have_count(0)
    assert len(site.engine.asked("Under")) == 1
    visitor.problems.clear()  # the browser itself reports every failed attempt to connect


def test_a_message_nobody_acknowledges_is_marked_and_can_be_sent_again(visit: Visit, site: Site) -> None:
    visitor = visit()
    swallow = True

    def pass_on(route) -> None:  # type: ignore[no-untyped-def]
        server = route.connect_to_server()
        route.on_message(lambda frame: None if swallow and "user_uttered" in str(frame) else server.send(frame))

    visitor.page.route_web_socket(re.compile("socket.io"), pass_on)
    visitor.page.reload()
    visitor.write("Hei")
    expect(log(visitor.page).get_by_text(t("message.failed"))).to_be_visible(timeout=15_000)
    swallow = False
    log(visitor.page).get_by_role("button", name=t("message.retry")).click()
    expect(log(visitor.page).locator(".bubble")).to_have_text(["Hei", "Svar: Hei"])
    expect(log(visitor.page).get_by_text(t("message.failed"))).to_have_count(0)
    assert len(site.engine.asked("Hei")) == 1


# --- signing in ------------------------------------------------------------------------------------------------------


def sign_in(page: Page) -> str:
    """Become the first invented contact; the name."""
    page.get_by_role("button", name=t("sign.in"), exact=True).click()
    person = page.get_by_role("dialog").get_by_role("listitem").first
    name = person.locator("strong").inner_text()
    person.get_by_role("button").click()
    expect(page.get_by_role("button", name=t("sign.out"))).to_be_visible()
    return name


def test_signing_in_shows_who_one_is_and_takes_the_conversation_along(visit: Visit) -> None:
    visitor = visit()
    visitor.write("Hei")
    expect(log(visitor.page).locator(".assistant")).to_have_count(1)
    name = sign_in(visitor.page)
    expect(visitor.page.get_by_text(re.compile(f"^Innlogget: {re.escape(name)}, .+"))).to_be_visible()
    visitor.write("Og nå?")
    expect(log(visitor.page).locator(".bubble")).to_have_text(["Hei", "Svar: Hei", "Og nå?", "Svar: Og nå?"])
    visitor.page.reload()
    expect(visitor.page.get_by_text(re.compile("^Innlogget: "))).to_be_visible()
    expect(log(visitor.page).locator(".bubble")).to_have_count(4)


def test_the_engine_is_told_who_is_signed_in(visit: Visit, site: Site) -> None:
    visitor = visit()
    sign_in(visitor.page)
    visitor.write("Hvor er ordren min?")
    expect(log(visitor.page).locator(".assistant")).to_have_count(1)
    assert "identity" in site.engine.asked("Hvor er ordren min?")[0]["metadata"]


def test_signing_out_leaves_nothing_behind(visit: Visit) -> None:
    visitor = visit()
    sign_in(visitor.page)
    visitor.write("Hvor er ordren min?")
    expect(log(visitor.page).locator(".assistant")).to_have_count(1)
    visitor.page.get_by_role("button", name=t("sign.out")).click()
    expect(visitor.page.get_by_text(t("chat.welcome"))).to_be_visible()
    visitor.page.reload()
    expect(visitor.page.get_by_text(t("chat.welcome"))).to_be_visible()
    expect(log(visitor.page).locator(".bubble")).to_have_count(0)


def test_a_sign_in_that_no_longer_holds_is_said_and_forgotten(visit: Visit) -> None:
    visitor = visit()
    visitor.page.evaluate(
        "sessionStorage.setItem('smelt.visitor', JSON.stringify({token: 'a.b.c', name: 'Kari', company: 'Pumper AS'}))"
    )
    visitor.page.reload()
    expect(visitor.page.get_by_text(t("sign.expired"))).to_be_visible()
    expect(visitor.page.get_by_role("button", name=t("sign.in"), exact=True)).to_be_visible()
    assert visitor.page.evaluate("sessionStorage.getItem('smelt.visitor')") is None


def test_the_dialog_closes_on_escape_and_gives_the_focus_back(visit: Visit) -> None:
    page = visit().page
    button = page.get_by_role("button", name=t("sign.in"), exact=True)
    button.click()
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(button).to_be_focused()


# --- for everybody ---------------------------------------------------------------------------------------------------

LOOKS = [
    {"locale": "nb-NO"},
    {"locale": "en-GB", "color_scheme": "dark"},
    {"locale": "nb-NO", "viewport": PHONE},
    {"locale": "en-GB", "viewport": PHONE, "color_scheme": "dark"},
]


@pytest.mark.parametrize("look", LOOKS)
def test_no_state_of_the_page_breaks_wcag_22_aa(visit: Visit, site: Site, look: dict[str, object]) -> None:
    visitor = visit(**look)
    language = str(look["locale"])[:2]
    page = visitor.page
    assert visitor.axe() == [], "first screen"
    site.engine.says("Hei", "Se https://example.com\n- **en**\n- to", buttons={"Ja": "/affirm", "Nei": "/deny"})
    visitor.write("Hei")
    expect(log(page).get_by_role("button", name="Nei")).to_be_visible()
    assert visitor.axe() == [], "conversation"
    page.get_by_role("button", name=t("sign.in", language), exact=True).click()
    expect(page.get_by_role("dialog").get_by_role("listitem").first).to_be_visible()
    assert visitor.axe() == [], "dialog"
    page.get_by_role("dialog").get_by_role("listitem").first.get_by_role("button").click()
    expect(page.get_by_role("button", name=t("sign.out", language))).to_be_visible()
    page.get_by_role("textbox").fill("x" * 410)
    assert visitor.axe() == [], "signed in, message too long"


@pytest.mark.parametrize("size", [(320, 568), (390, 844), (640, 450), (1024, 768), (1440, 900)])
def test_the_field_is_on_the_first_screen_and_nothing_scrolls_sideways(visit: Visit, size: tuple[int, int]) -> None:
    page = visit(viewport={"width": size[0], "height": size[1]}).page
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.get_by_text(t("chat.welcome"))).to_be_in_viewport()
    expect(page.get_by_role("textbox")).to_be_in_viewport(ratio=1)


def test_everything_can_be_reached_and_used_with_the_keyboard_alone(visit: Visit) -> None:
    page = visit().page
    expect(page.get_by_role("button", name=t("sign.in"), exact=True)).to_be_visible()
    reached: list[str] = []
    for _ in range(18):
        page.keyboard.press("Tab")
        reached.append(
            page.evaluate("""() => {
            let at = document.activeElement;
            while (at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
            return at.getAttribute('aria-label') || at.placeholder || at.innerText;
        }""")
        )
    words = "\n".join(reached)
    for name in ("page.skip", "sign.in", "chat.log", "example.order", "write.placeholder", "write.send", "chat.person"):
        assert t(name) in words, name
    assert words.index(t("page.skip")) < words.index("English") < words.index(t("write.placeholder"))


def test_messages_are_announced_in_a_log(visit: Visit) -> None:
    region = log(visit().page)
    expect(region).to_have_attribute("aria-live", "polite")
    expect(region).to_have_attribute("aria-label", t("chat.log"))


def test_who_asks_for_less_motion_gets_none(visit: Visit) -> None:
    page = visit(reduced_motion="reduce").page
    page.evaluate(
        "{ const chat = document.querySelector('smelt-chat'); chat.session.presence.typing = true; chat.requestUpdate(); }"
    )
    dot = page.locator(".dots i").first
    expect(dot).to_be_attached()
    assert dot.evaluate("dot => getComputedStyle(dot).animationName") == "none"
