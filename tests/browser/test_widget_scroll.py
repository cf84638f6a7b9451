"""The reader's place in the chat: a new message decides it once, afterwards it is the reader's own."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.browser.conftest import Site, Visitor
from tests.browser.widget_rig import Desk, Guest, Open, guests, t

SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1280, "height": 900}},
    "phone": {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 3,
        "has_touch": True,
        "is_mobile": True,
    },
    "zoom-200": {"viewport": {"width": 640, "height": 450}, "device_scale_factor": 2},
}
TALL = "Linjene i avropet:\n" + "\n".join(f"- linje {number} av avropet, 40 stk pumpehus" for number in range(60))
CHOICES = {f"Avrop {number}": f"/choose{number}" for number in range(1, 9)}
LAST = "Avrop 8"
STEPS = 8
EDGE = 2
"""Pixels that a place may be off: browsers round."""


@pytest.fixture
def come(browser: Browser, site: Site) -> Iterator[Open]:
    site.engine.says("Avrop", TALL, buttons=CHOICES)
    yield from guests(browser, site)


class Reader:
    """Somebody who reads the log of a chat, on the widget or on the page."""

    def __init__(self, visitor: Visitor) -> None:
        self.page = visitor.page
        self.log: Locator = self.page.get_by_role("log")

    def below(self) -> float:
        """Pixels between what is seen and the end."""
        return float(self.log.evaluate("it => it.scrollHeight - it.clientHeight - it.scrollTop"))

    def top(self) -> float:
        """Pixels above what is seen."""
        return float(self.log.evaluate("it => it.scrollTop"))

    def height(self) -> float:
        """Pixels of the log that are seen."""
        return float(self.log.evaluate("it => it.clientHeight"))

    def offset(self, message: Locator) -> float:
        """Where a message begins, from the top of what is seen."""
        log, box = self.log.bounding_box(), message.bounding_box()
        assert log
        assert box
        return box["y"] - log["y"]

    def still(self) -> float:
        """Wait until nothing moves any more; the place."""
        before, same = self.top(), 0
        while same < 3:
            self.page.wait_for_timeout(80)
            now = self.top()
            before, same = now, same + 1 if now == before else 0
        return before

    def wheel(self, pixels: int) -> None:
        """Turn the wheel over the log."""
        box = self.log.bounding_box()
        assert box
        self.page.mouse.move(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
        self.page.mouse.wheel(0, pixels)
        self.still()

    def swipe(self, pixels: int) -> None:
        """Drag the log with a finger; up, so that what is below comes."""
        box = self.log.bounding_box()
        assert box
        x, y = box["x"] + box["width"] / 4, box["y"] + box["height"] * 0.9
        # A finger goes no further than the log is high.
        most = int(box["height"] * 0.8)
        finger = self.page.context.new_cdp_session(self.page)
        for begun in range(0, pixels, most):
            way = min(most, pixels - begun)
            finger.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
            for step in range(1, STEPS + 1):
                at = {"x": x, "y": y - way * step / STEPS}
                finger.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [at]})
            finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
        finger.detach()
        self.still()

    def redraw(self) -> None:
        """What happens all the time: the chat is drawn again."""
        self.page.evaluate(
            """async () => {
              const launcher = document.querySelector('smelt-launcher');
              const chat = (launcher ? launcher.renderRoot : document).querySelector('smelt-chat');
              for (let time = 0; time < 3; time += 1) {
                chat.requestUpdate();
                await new Promise((done) => setTimeout(done, 30));
              }
            }"""
        )
        self.still()

    def at_end(self) -> bool:
        """Whether the end is on the screen, now and after it has been drawn again."""
        before = self.below()
        self.redraw()
        return before < EDGE and self.below() < EDGE

    @property
    def latest(self) -> Locator:
        """The button to the latest message."""
        return self.page.get_by_role("button", name=t("chat.latest"))

    @property
    def last_choice(self) -> Locator:
        """The button at the very end of the tall answer."""
        return self.page.get_by_role("button", name=LAST, exact=True)


def arrive(guest: Guest) -> Reader:
    """Ask, get the tall answer, and see its beginning."""
    guest.talk("Avrop")
    reader = Reader(guest)
    reader.still()
    answer = guest.chat.locator(".assistant").last
    box = answer.bounding_box()
    assert box
    assert box["height"] > 1.5 * reader.height()
    assert 0 <= reader.offset(answer) < 40
    expect(reader.latest).to_be_visible()
    return reader


def chosen(guest: Guest, reader: Reader, site: Site) -> None:
    """The last choice was sent, and its answer is read at the end."""
    expect(guest.bubbles.last).to_have_text("Svar: /choose8")
    assert len(site.engine.asked("/choose8")) == 1
    reader.still()
    assert reader.at_end()
    expect(guest.bubbles.last).to_be_in_viewport(ratio=1)
    expect(reader.latest).to_have_count(0)


# --- to the end of a tall answer ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", ["desktop", "zoom-200"])
def test_the_wheel_reaches_the_end_and_the_last_choice_can_be_pressed(come: Open, site: Site, size: str) -> None:
    guest = come(**SIZES[size])
    reader = arrive(guest)
    places = [reader.top()]
    while reader.below() >= EDGE and len(places) < 60:
        reader.wheel(240)
        places.append(reader.top())
    assert places == sorted(places)
    assert reader.at_end()
    expect(reader.latest).to_have_count(0)
    reader.last_choice.click()
    chosen(guest, reader, site)


@pytest.mark.parametrize("size", SIZES)
def test_a_finger_reaches_the_end_and_the_last_choice_can_be_tapped(come: Open, site: Site, size: str) -> None:
    guest = come(**SIZES[size] | {"has_touch": True})
    reader = arrive(guest)
    for _ in range(30):
        if reader.below() < EDGE:
            break
        reader.swipe(int(reader.height()))
    assert reader.at_end()
    reader.last_choice.tap()
    chosen(guest, reader, site)


@pytest.mark.parametrize("size", SIZES)
def test_the_end_key_reaches_the_end(come: Open, site: Site, size: str) -> None:
    guest = come(**SIZES[size])
    reader = arrive(guest)
    reader.log.focus()
    guest.page.keyboard.press("End")
    reader.still()
    assert reader.at_end()
    guest.page.keyboard.press("Home")
    reader.still()
    reader.redraw()
    assert reader.top() == 0


@pytest.mark.parametrize("size", SIZES)
def test_the_focus_that_moves_to_the_last_choice_brings_it_on_the_screen(come: Open, site: Site, size: str) -> None:
    guest = come(**SIZES[size])
    reader = arrive(guest)
    reader.log.focus()
    for name in CHOICES:
        guest.page.keyboard.press("Tab")
        choice = guest.page.get_by_role("button", name=name, exact=True)
        expect(choice).to_be_focused()
        reader.redraw()
        expect(choice).to_be_in_viewport(ratio=1)
    guest.page.keyboard.press("Enter")
    chosen(guest, reader, site)


@pytest.mark.parametrize("size", SIZES)
def test_the_button_to_the_latest_goes_to_the_very_end(come: Open, site: Site, size: str) -> None:
    guest = come(**SIZES[size])
    reader = arrive(guest)
    reader.latest.click()
    expect(reader.latest).to_have_count(0)
    reader.still()
    assert reader.at_end()
    reader.last_choice.click()
    chosen(guest, reader, site)


@pytest.mark.parametrize("size", SIZES)
def test_on_the_page_of_our_own_too(visit: Callable[..., Visitor], site: Site, size: str) -> None:
    site.engine.says("Avrop", TALL, buttons=CHOICES)
    visitor = visit(**SIZES[size])
    reader = Reader(visitor)
    visitor.write("Avrop")
    answer = reader.log.locator(".assistant").last
    expect(answer).to_be_visible()
    reader.still()
    assert 0 <= reader.offset(answer) < 40
    if size == "phone":
        reader.swipe(5000)
    else:
        reader.wheel(5000)
    assert reader.at_end()
    reader.last_choice.click()
    expect(reader.log.locator(".assistant .bubble").last).to_have_text("Svar: /choose8")


# --- where a new message is shown --------------------------------------------------------------------------------------


def test_replies_that_come_together_are_read_from_the_first(come: Open, site: Site) -> None:
    site.engine.says("Mange", *("\n".join(["- noe å lese"] * 8) for _ in range(6)), buttons=CHOICES)
    guest = come(**SIZES["phone"]).talk()
    guest.write("Mange")
    expect(guest.chat.locator(".assistant")).to_have_count(7)
    reader = Reader(guest)
    reader.still()
    assert 0 <= reader.offset(guest.chat.locator(".assistant").nth(1)) < 40


def test_a_choice_that_does_not_fit_costs_no_line_of_the_answer(come: Open, site: Site) -> None:
    guest = come(**SIZES["zoom-200"]).open()
    reader = Reader(guest)
    lines = int(reader.height() / 26)
    site.engine.says("Hei", "\n".join(["- noe å lese"] * lines), buttons=CHOICES)
    guest.talk()
    reader.still()
    assert reader.offset(guest.chat.locator(".assistant").last) >= 0
    expect(reader.latest).to_be_visible()


def test_whoever_reads_elsewhere_is_left_there(come: Open, site: Site) -> None:
    guest = come(**SIZES["desktop"])
    reader = arrive(guest)
    desk = Desk(site)
    conversation = desk.take_over()
    reader.still()
    reader.wheel(300)
    place = reader.top()
    desk.reply(conversation, "Hei, det er Ingrid.")
    expect(guest.chat.locator(".message.person")).to_have_count(1)
    reader.redraw()
    assert reader.top() == place
    guest.chat.locator("#draft").fill("en\nto\ntre\nfire")
    reader.redraw()
    assert reader.top() == place
    expect(reader.latest).to_be_visible()
    guest.chat.locator("#draft").press("Enter")
    expect(guest.bubbles.last).to_contain_text("fire")
    reader.still()
    assert reader.at_end()


def test_a_step_away_from_the_end_is_kept(come: Open, site: Site) -> None:
    guest = come(**SIZES["desktop"])
    reader = arrive(guest)
    reader.latest.click()
    reader.still()
    for step in (-12, -30):
        reader.wheel(step)
        place = reader.top()
        assert reader.below() >= -step - EDGE
        reader.redraw()
        assert reader.top() == place


def test_whoever_is_at_the_end_stays_there_whatever_grows(come: Open, site: Site) -> None:
    guest = come(**SIZES["desktop"])
    reader = arrive(guest)
    reader.latest.click()
    reader.still()
    desk = Desk(site)
    conversation = desk.take_over()
    desk.reply(conversation, "Hei, det er Ingrid.")
    expect(guest.chat.locator(".message.person")).to_have_count(1)
    reader.still()
    assert reader.at_end()
    for words in ("en\nto\ntre\nfire", "en\nto\ntre\nfire\nfem", "en", ""):
        guest.chat.locator("#draft").fill(words)
        reader.still()
        assert reader.at_end(), words
    guest.page.set_viewport_size({"width": 1280, "height": 560})
    reader.still()
    assert reader.at_end()


def test_the_place_is_kept_while_the_panel_is_closed(come: Open, site: Site) -> None:
    guest = come(**SIZES["desktop"])
    reader = arrive(guest)
    reader.wheel(300)
    place = reader.top()
    guest.page.keyboard.press("Escape")
    expect(guest.panel).to_be_hidden()
    guest.page.wait_for_timeout(100)
    guest.open()
    reader.redraw()
    assert reader.top() == place


def test_what_came_while_the_panel_was_closed_is_shown_when_it_opens(come: Open, site: Site) -> None:
    guest = come(**SIZES["desktop"])
    reader = arrive(guest)
    reader.latest.click()
    reader.still()
    guest.page.keyboard.press("Escape")
    expect(guest.panel).to_be_hidden()
    desk = Desk(site)
    desk.reply(desk.take_over(), "Hei, det er Ingrid.")
    expect(guest.page.locator("smelt-launcher .count")).to_be_visible()
    guest.open()
    reader.still()
    assert reader.at_end()
    expect(guest.chat.get_by_text("det er Ingrid")).to_be_in_viewport(ratio=1)


def test_after_a_reload_one_reads_on_at_the_beginning_of_the_answer(come: Open, site: Site) -> None:
    guest = come(**SIZES["phone"])
    arrive(guest)
    guest.page.reload()
    guest.open()
    reader = Reader(guest)
    answer = guest.chat.locator(".assistant").last
    expect(answer).to_be_visible()
    reader.still()
    assert 0 <= reader.offset(answer) < 40
    reader.latest.tap()
    reader.still()
    assert reader.at_end()
