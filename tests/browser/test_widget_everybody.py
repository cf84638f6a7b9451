"""The widget for everybody: by ear, by keyboard, small, large, in high contrast; and harmless whatever is written."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import AXE, RULES, Site
from tests.browser.test_widget_talk import CAPACITY, ORDER, PDF, REQUEST, TABLE, wait_for_person
from tests.browser.widget_rig import Desk, Guest, Open, guests, t

LOOKS: list[dict[str, Any]] = [
    {"locale": "nb-NO"},
    {"locale": "nb-NO", "color_scheme": "dark"},
    {"locale": "nb-NO", "viewport": {"width": 390, "height": 844}, "color_scheme": "dark"},
    {"locale": "nb-NO", "viewport": {"width": 320, "height": 568}},
    {"locale": "nb-NO", "forced_colors": "active"},
]


@pytest.fixture
def come(browser: Browser, site: Site) -> Iterator[Open]:
    yield from guests(browser, site)


def axe(guest: Guest) -> list[Any]:
    """Violations within the widget, whatever the page around it does."""
    guest.page.evaluate(AXE.read_text(encoding="utf-8"))
    found = guest.page.evaluate(
        """async (rules) => (await axe.run({ include: [['smelt-launcher']] }, { runOnly: rules })).violations.map(
             (v) => [v.id, v.nodes.map((n) => n.target.join(' ') + ': ' + n.failureSummary)])""",
        RULES,
    )
    return list(found)


# --- WCAG 2.2 AA -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("look", LOOKS, ids=lambda look: "-".join(str(one) for one in look.values()))
def test_no_state_of_the_widget_breaks_wcag_22_aa(come: Open, site: Site, look: dict[str, Any]) -> None:
    guest = come(reduced_motion="reduce", **look)
    assert axe(guest) == [], "closed"
    guest.open()
    assert axe(guest) == [], "first screen"
    for name, card in {"Ordre": ORDER, "Tabell": TABLE, "Plass": CAPACITY}.items():
        site.engine.says(name, "Her er det.", card=card)
        guest.talk(name)
        assert axe(guest) == [], name
    site.engine.says("Tilbud", "Stemmer det?", card=REQUEST, buttons={"Ja": "/affirm", "Nei": "/deny"})
    guest.talk("Tilbud")
    assert axe(guest) == [], "request with choices"
    guest.chat.locator("summary").click()
    assert axe(guest) == [], "menu"
    guest.chat.locator("summary").click()
    for key in ("transcript.send", "code.open", "chat.new", "erase"):
        guest.menu(key)
        assert axe(guest) == [], key
        guest.page.keyboard.press("Escape")
    guest.attach(("tom.pdf", "application/pdf", b""), ("tegning.pdf", "application/pdf", PDF))
    expect(guest.chat.locator(".system .bubble")).to_have_count(1)
    assert axe(guest) == [], "files"
    guest.chat.locator("#draft").fill("x" * 410)
    assert axe(guest) == [], "too long"
    guest.chat.locator("#draft").fill("")
    wait_for_person(guest, site)
    assert axe(guest) == [], "waiting"
    desk = Desk(site)
    conversation = desk.take_over()
    desk.reply(conversation, "Hei!")
    expect(guest.chat.locator(".message.person")).to_have_count(1)
    assert axe(guest) == [], "a person"
    desk.close(conversation)
    expect(guest.chat.get_by_role("button", name=t("rating.send"))).to_be_visible()
    assert axe(guest) == [], "rating"


def test_without_a_line_too(come: Open, site: Site) -> None:
    guest = come().talk()
    site.stop()
    expect(guest.chat.get_by_text(t("link.lost"))).to_be_visible()
    assert axe(guest) == []
    site.start()
    expect(guest.chat.get_by_text(t("link.lost"))).to_have_count(0, timeout=20_000)
    guest.problems.clear()  # the browser itself reports every failed attempt to connect


@pytest.mark.parametrize("size", [(320, 568), (390, 844), (568, 320), (640, 450), (1440, 900)])
def test_everything_fits_whatever_the_size(come: Open, site: Site, size: tuple[int, int]) -> None:
    guest = come(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce").open()
    site.engine.says("Ordre", "Her er den.", card=ORDER)
    site.engine.says("Tabell", "Her er den.", card=TABLE)
    guest.talk("Ordre").talk("Tabell")
    expect(guest.chat.locator("#draft")).to_be_in_viewport(ratio=1)
    expect(guest.chat.get_by_role("button", name=t("chat.person"))).to_be_in_viewport(ratio=1)
    wide = guest.page.evaluate(
        """() => {
          const chat = document.querySelector('smelt-launcher').renderRoot.querySelector('smelt-chat').renderRoot;
          const log = chat.querySelector('[role=log]');
          return [log.scrollWidth - log.clientWidth, chat.querySelector('.chat').scrollWidth - innerWidth];
        }"""
    )
    assert wide[0] <= 0
    assert wide[1] <= 0


def test_every_target_is_large_enough(come: Open, site: Site) -> None:
    site.engine.says("Hei", "Velg:", buttons={"Ja": "/affirm"})
    guest = come(viewport={"width": 320, "height": 568}).talk()
    small = guest.page.evaluate(
        """() => {
          const chat = document.querySelector('smelt-launcher').renderRoot.querySelector('smelt-chat').renderRoot;
          return [...chat.querySelectorAll('button, summary, textarea')].map((it) => [it.textContent.trim(), it.getBoundingClientRect()])
            .filter(([, box]) => box.width > 0 && (box.width < 24 || box.height < 24)).map(([name]) => name);
        }"""
    )
    assert small == []


def test_a_large_letter_of_the_browser_makes_the_widget_larger(come: Open) -> None:
    guest = come(viewport={"width": 1280, "height": 900}).open()
    guest.page.evaluate("document.documentElement.style.setProperty('zoom', '2')")
    expect(guest.chat.locator("#draft")).to_be_in_viewport()


# --- keyboard and ear ------------------------------------------------------------------------------------------------

FOCUSED = """() => {
  let at = document.activeElement;
  while (at.shadowRoot && at.shadowRoot.activeElement) at = at.shadowRoot.activeElement;
  return at.getAttribute('aria-label') || at.placeholder || at.innerText.trim();
}"""


def test_the_keyboard_alone_does_it_all(come: Open, site: Site) -> None:
    site.engine.says("Hei", "Velg:", buttons={"Ja takk": "/affirm", "Nei": "/deny"})
    guest = come()
    page = guest.page
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == t("launcher.open")
    page.keyboard.press("Enter")
    expect(guest.chat.locator("#draft")).to_be_focused()
    page.keyboard.type("Hei")
    page.keyboard.press("Enter")
    expect(guest.chat.get_by_role("button", name="Ja takk")).to_be_visible()
    reached = []
    for _ in range(12):
        page.keyboard.press("Shift+Tab")
        reached.append(page.evaluate(FOCUSED))
        if reached[-1] == "Ja takk":
            break
    page.keyboard.press("Enter")
    expect(guest.bubbles.last).to_have_text("Svar: /affirm")
    expect(guest.chat.locator("#draft")).to_be_focused()
    words = []
    for _ in range(10):
        page.keyboard.press("Shift+Tab")
        words.append(page.evaluate(FOCUSED))
    for name in (t("file.add"), t("chat.log"), t("chat.close"), t("menu")):
        assert name in words, (name, words)
    guest.chat.locator("summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == t("transcript.save")
    page.keyboard.press("Escape")
    assert page.evaluate(FOCUSED) == t("menu")


def test_what_happens_is_announced(come: Open, site: Site) -> None:
    guest = come().talk()
    expect(guest.chat.get_by_role("log", name=t("chat.log"))).to_have_attribute("aria-live", "polite")
    wait_for_person(guest, site)
    expect(guest.chat.get_by_role("status").filter(has_text=t("chat.waiting"))).to_have_count(1)
    expect(guest.chat.locator("header [aria-live=polite]")).to_have_text(t("chat.kind.assistant"))
    expect(guest.panel).to_have_attribute("aria-label", t("launcher.panel"))


def test_each_message_says_who_wrote_it_machine_or_person(come: Open, site: Site) -> None:
    guest = come().talk("En").talk("To")
    desk = Desk(site)
    desk.reply(desk.take_over(), "Tre")
    expect(guest.chat.locator(".message.person")).to_have_count(1)
    who = [one.inner_text() for one in guest.chat.locator(".message > p:first-child").all()]
    machine, human = t("message.assistant"), f"{desk.name}, Norse Metal AS"
    assert [one for one in who if one not in (t("message.you"), t("message.system"))] == [machine, machine, human]


def test_who_asks_for_less_motion_gets_none(come: Open) -> None:
    guest = come(reduced_motion="reduce").open()
    assert guest.panel.evaluate("it => it.getAnimations({ subtree: true }).length") == 0


# --- hostile ---------------------------------------------------------------------------------------------------------

HOSTILE = [
    "<img src=x onerror=\"document.title='taken'\">",
    "<script>document.title='taken'</script>",
    "</textarea></dialog><style>*{display:none}</style>",
    "[trykk](javascript:document.title='taken')",
    "[trykk](data:text/html,<script>document.title='taken'</script>)",
    "javascript:document.title='taken'",
    "${document.title='taken'} {{constructor.constructor('x')()}}",
    "\u202egnp.exe\u202c \u200b\u200d\ufeff\u2066x\u2069",
    "a\u0300" * 300,
    "٠١٢ שלום مرحبا",
]


def test_hostile_text_is_harmless_from_either_side(come: Open, site: Site) -> None:
    guest = come().talk()
    for number, text in enumerate(HOSTILE):
        site.engine.says(f"nummer {number}", text, card=json.loads(json.dumps(ORDER).replace("Kontroll", "<b>x</b>")))
        guest.talk(f"nummer {number}")
        guest.talk(text[:390])
    desk = Desk(site)
    conversation = desk.take_over()
    for text in HOSTILE:
        desk.reply(conversation, text[:390])
    expect(guest.chat.locator(".message.person .bubble")).to_have_count(len(HOSTILE), timeout=15_000)
    assert guest.page.title() == "Fjellvik Pumper"
    inside = guest.chat.locator("[role=log]")
    expect(inside.locator("img, script, style, iframe, b")).to_have_count(0)
    for link in inside.locator("a").all():
        assert re.match("https:|mailto:|tel:", link.get_attribute("href") or "")
    expect(guest.chat.locator("#draft")).to_be_in_viewport(ratio=1)
    assert guest.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_megabyte_of_text_neither_breaks_nor_blocks(come: Open, site: Site) -> None:
    guest = come().talk()
    for name, text in {"ord": "stoff " * 160_000, "klammer": "[" * 1_000_000, "a": "a" * 1_000_000}.items():
        site.engine.says(name, text)
        guest.write(name)
        expect(guest.chat.locator(".message.assistant").last).to_contain_text(text[:50].strip(), timeout=15_000)
    guest.chat.locator("#draft").evaluate(
        "(it, text) => { it.value = text; it.dispatchEvent(new Event('input')); }", "x" * 1_000_000
    )
    expect(guest.chat.get_by_role("alert").filter(has_text="tegn for mye")).to_be_visible()
    guest.chat.locator("#draft").fill("fortsatt her")
    # Three megabytes are laid out anew for the keystroke: a slow machine needs its time.
    guest.chat.locator("#draft").press("Enter", timeout=30_000)
    expect(guest.bubbles.last).to_have_text("Svar: fortsatt her", timeout=30_000)


@pytest.mark.parametrize(
    "name",
    ["../../x.svg", "..\\..\\x.pdf", "ordre\u202egpj.exe", "<b>x</b>.pdf", "a" * 300 + ".pdf", "\u200b\u200b.pdf"],
)
def test_a_hostile_file_name_is_only_a_name(come: Open, site: Site, name: str) -> None:
    guest = come().talk()
    guest.page.evaluate(
        """([name, text]) => {
          const chat = document.querySelector('smelt-launcher').renderRoot.querySelector('smelt-chat');
          chat.session.outbox.attach([new File([text], name)]);
        }""",
        [name, PDF.decode()],
    )
    card = guest.chat.locator(".you .card.file")
    expect(card).to_have_count(1)
    expect(card.locator("b")).to_have_count(0)
    assert not re.search("[\u200b-\u200f\u202a-\u202e\u2066-\u2069]", card.inner_text())
    state = guest.chat.locator(".you .state").last
    expect(state.get_by_text(re.compile(f"^({t('message.sent')}|{t('message.failed')})"))).to_be_attached()
    log = guest.chat.locator("[role=log]")
    assert log.evaluate("it => it.scrollWidth <= it.clientWidth")
    guest.problems.clear()  # the browser itself reports that the server refused
