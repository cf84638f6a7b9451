"""The sales desk beside a customer's page, both in real browsers over the real web process."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from bot.widget import build
from tests.browser.conftest import Site, Visitor
from tests.browser.desk_rig import WORDS, Salesperson, seen_by_customer, t, unique, waiting

Visit = Callable[..., Visitor]
Sell = Callable[..., Salesperson]
#: A name holds no digits.
LETTERS = str.maketrans("0123456789", "abcdefghij")
SOURCES = build.WIDGET / "src" / "desk"


# --- words and build -------------------------------------------------------------------------------------------------


def test_both_languages_have_the_same_words_and_values() -> None:
    assert WORDS["nb"].keys() == WORDS["en"].keys()
    for key, words in WORDS["nb"].items():
        assert words.strip(), key
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", WORDS["en"][key])), key


def test_every_word_of_the_desk_is_used() -> None:
    source = "".join(path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.ts"))
    groups = (
        "audit|by|case_state|contact_role|decide|direction|error|kind|mail|message|nav|place|presence|proof|queue|reason|role"
        "|search\\.owner|task|to|hand_back|cases|author"
    )
    composed = re.compile(rf"^(?:(?:{groups})\.|.*\.(?:one|other)$)")
    assert [key for key in WORDS["nb"] if f'"{key}"' not in source and not composed.match(key)] == []


def test_no_file_of_the_desk_is_long() -> None:
    long = {path.name: len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES.rglob("*.ts")}
    assert {name: lines for name, lines in long.items() if lines > 300} == {}


# --- signing in ------------------------------------------------------------------------------------------------------


def test_signing_in_and_out(sell: Sell) -> None:
    desk = sell()
    expect(desk.page.get_by_label(t("sign_in.email"))).to_be_focused()
    desk.sign_in()
    expect(desk.page.get_by_text("Ingrid Moen")).to_be_visible()
    desk.page.reload()
    expect(desk.page.get_by_role("listbox")).to_be_visible()
    desk.page.locator("summary").click()
    desk.page.get_by_role("button", name=t("header.sign_out")).click()
    expect(desk.page.get_by_label(t("sign_in.email"))).to_be_visible()
    desk.page.reload()
    expect(desk.page.get_by_label(t("sign_in.email"))).to_be_visible()


def test_a_wrong_password_is_said_and_nothing_more(sell: Sell) -> None:
    desk = sell()
    desk.page.get_by_label(t("sign_in.email")).fill("ingrid@norsemetal.example")
    desk.page.get_by_label(t("sign_in.password")).fill("something else")
    desk.page.get_by_role("button", name=t("sign_in.do"), exact=True).click()
    expect(desk.page.get_by_role("alert")).to_have_text(t("sign_in.refused"))
    expect(desk.page.get_by_label(t("sign_in.password"))).to_be_focused()


def test_another_tab_that_signs_in_again_does_not_lock_this_one_out(visit: Visit, sell: Sell, site: Site) -> None:
    desk = sell().sign_in()
    desk.open(waiting(site, visit(), unique("To faner")))
    other = desk.context.new_page()
    other.goto(f"{site.url}/desk")
    other.locator("summary").click()
    other.get_by_role("button", name=t("header.sign_out")).click()
    other.get_by_role("button", name=re.compile("Ingrid Moen")).click()
    expect(other.get_by_role("listbox")).to_be_visible()
    desk.page.wait_for_timeout(300)
    if desk.page.get_by_role("listbox").count() == 0:  # it was told that the old session ended
        desk.page.reload()
    desk.go("cases")
    desk.page.get_by_role("switch", name=t("presence.label")).click()
    expect(desk.page.get_by_role("switch", name=t("presence.label"))).not_to_be_checked()
    desk.page.get_by_role("switch", name=t("presence.label")).click()
    expect(desk.page.get_by_text(t("error.csrf"))).to_have_count(0)
    desk.problems.clear()  # the socket of the session that ended


def test_a_demo_account_signs_in_by_one_press(sell: Sell) -> None:
    desk = sell(language="en")
    desk.page.get_by_role("button", name=re.compile("Jonas Bakken")).click()
    expect(desk.page.get_by_role("listbox")).to_be_visible()
    nav = desk.page.get_by_role("navigation", name=t("nav.label", "en"))
    assert [link.inner_text().split("\n")[0] for link in nav.get_by_role("link").all()] == [
        t(f"nav.{name}", "en") for name in ("conversations", "cases", "search", "canned")
    ]
    desk.go("staff")
    expect(desk.page.get_by_text(t("error.role", "en"))).to_be_visible()


def test_the_policy_is_strict(sell: Sell, site: Site) -> None:
    policy = sell().page.request.get(f"{site.url}/desk").headers["content-security-policy"]
    assert "script-src 'self'; style-src 'self'" in policy


# --- the queue -------------------------------------------------------------------------------------------------------


def test_whoever_asks_for_a_person_comes_first_with_reason_and_time(visit: Visit, sell: Sell, site: Site) -> None:
    desk = sell().sign_in()
    asked = waiting(site, visit(), unique("Jeg vil snakke med noen"), "complaint")
    row = (
        desk.page.get_by_role("group", name=re.compile(f"^{t('queue.waiting')}"))
        .get_by_role("option")
        .filter(has_text=asked)
    )
    expect(row).to_be_visible()
    expect(row).to_contain_text(t("reason.complaint"))
    expect(row).to_contain_text(t("who.unproven.short"))
    expect(row.locator(".wait")).to_have_text(re.compile(r"\d+:\d\d$"))
    expect(desk.page).to_have_title(re.compile(r"^\(\d+\) "))
    expect(
        desk.page.get_by_role("status").filter(has_text=t("announce.waiting", name=t("who.stranger")))
    ).to_be_attached()


def test_how_the_assistant_read_a_message_opens_under_it(visit: Visit, sell: Sell, site: Site) -> None:
    desk, asked = sell().sign_in(), unique("Hva koster RG5, og når kommer SO-30417?")
    read = [
        {"command": "Start", "because": "other_task", "about": "price"},
        {"command": "Answer", "because": "question", "about": "order_status"},
    ]
    site.engine.says(asked, "Jeg henter en person.", hand_over="asked", understood=read)
    visitor = visit()
    visitor.write(asked)
    seen_by_customer(visitor.page, "Jeg henter en person.")
    desk.open(asked)
    line = desk.log.locator("details.understood")
    expect(line.locator("summary")).to_have_text("Forstått som: Vil ha gjort noe annet (en pris) +1")
    expect(line.get_by_text("Et eget spørsmål (status på en ordre)")).to_be_hidden()
    line.locator("summary").click()
    expect(line.get_by_text("Et eget spørsmål (status på en ordre)")).to_be_visible()
    expect(visitor.page.get_by_role("log")).not_to_contain_text("Forstått")


def test_a_stranger_who_tells_name_and_number_is_called_by_it(visit: Visit, sell: Sell, site: Site) -> None:
    desk, visitor, name = sell().sign_in(), visit(), f"Torunn {unique('Vik').replace(' ', '').translate(LETTERS)}"
    desk.open(waiting(site, visitor, unique("Jeg vil snakke med noen")))
    desk.take_over()
    visitor.write(f"{name}, Vik Maskin AS, 955 00 111")
    expect(desk.page.get_by_role("heading", name=name)).to_be_visible()
    expect(desk.row(name)).to_contain_text("Vik Maskin AS")
    expect(desk.row(name)).to_contain_text(t("who.unproven.short"))
    expect(desk.page.locator("desk-details")).to_contain_text("955 00 111")
    desk.go("search")
    desk.page.get_by_role("searchbox").fill(name)
    desk.page.get_by_role("searchbox").press("Enter")
    expect(desk.page.get_by_role("main")).to_contain_text(name)


RECORD = """
    window.notices = []; window.tones = 0;
    window.Notification = class { constructor(title, more) { notices.push([title, more.body]); }
      static permission = "granted"; static requestPermission = async () => "granted"; };
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (...at) { window.tones += 1; return start.apply(this, at); };
"""
"""A headless browser shows no notifications and plays no sound: what was asked of it is noted."""


def test_a_new_customer_is_heard_and_notified_of_while_one_looks_elsewhere(
    visit: Visit, sell: Sell, site: Site
) -> None:
    desk = sell()
    desk.page.add_init_script(RECORD)
    desk.page.reload()
    desk.sign_in()
    desk.page.locator("summary").click()
    desk.page.get_by_label(t("alerts.notice")).check()
    desk.page.keyboard.press("Escape")
    desk.page.evaluate("Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })")
    asked = waiting(site, visit(), unique("Er det noen der?"))
    expect(desk.row(asked)).to_be_visible()
    assert desk.page.evaluate("notices") == [[t("announce.waiting", name=t("who.stranger")), asked]]
    assert desk.page.evaluate("tones") == 2


# --- talking ---------------------------------------------------------------------------------------------------------


def test_a_person_takes_over_answers_and_hands_back(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    asked = waiting(site, visitor, unique("Kan dere trykkteste?"))
    desk.open(asked)
    expect(desk.log.locator(".assistant .kind, .assistant .head strong").first).to_have_text(t("author.assistant"))
    desk.take_over()
    expect(desk.field).to_be_focused()
    desk.say("Ja, opp til 25 bar.")
    seen_by_customer(visitor.page, "Ja, opp til 25 bar.")
    expect(visitor.page.get_by_role("log").locator(".person").last).to_contain_text("Ingrid Moen")
    visitor.write("Supert, takk")
    expect(desk.log.locator(".customer .body").last).to_have_text("Supert, takk")
    desk.page.get_by_role("button", name=t("talk.hand_back")).click()
    desk.page.get_by_label(t("hand_back.settled")).fill("Trykktest til 25 bar er mulig")
    desk.page.get_by_role("dialog").get_by_role("button", name=t("hand_back.do")).click()
    expect(desk.page.get_by_text(t("owner.assistant"))).to_be_visible()
    expect(desk.page.locator(".details ol.history")).to_contain_text("Trykktest til 25 bar er mulig")
    told = [turn for turn in site.engine.turns if "internal" in str(turn)]
    assert "Trykktest til 25 bar er mulig" in str(told[-1])


def test_a_note_is_for_colleagues_only(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    desk.open(waiting(site, visitor, unique("Hallo")))
    desk.page.locator(".mode.note").click()
    expect(desk.page.get_by_label(t("write.note.label"))).to_be_visible()
    desk.note("Husk: kunden skylder oss penger")
    desk.page.locator(".mode.reply").click()
    desk.take_over()
    desk.say("Hei!")
    seen_by_customer(visitor.page, "Hei!")
    expect(visitor.page.get_by_role("log")).not_to_contain_text("skylder")
    visitor.page.reload()
    seen_by_customer(visitor.page, "Hei!")
    expect(visitor.page.get_by_role("log")).not_to_contain_text("skylder")
    colleague = sell().sign_in("jonas@norsemetal.example")
    colleague.open("Hei!")
    expect(colleague.log.locator(".note")).to_contain_text("skylder")


def test_two_who_take_over_at_once_are_one_and_one_who_is_told(visit: Visit, sell: Sell, site: Site) -> None:
    asked = waiting(site, visit(), unique("Hvem tar den?"))
    first, second = sell().sign_in(), sell().sign_in("jonas@norsemetal.example")
    for desk in (first, second):
        desk.open(asked)
    # The second one's page does not hear of it in time.
    second.page.route("**/desk/api/conversations/*?*", lambda route: route.abort())
    second.page.evaluate("document.querySelector('desk-talk').open.owned = () => {}")
    first.take_over()
    second.page.unroute("**/desk/api/conversations/*?*")
    second.page.locator(".owner").get_by_role("button", name=t("talk.take")).click()
    expect(second.page.get_by_text(t("talk.taken", name="Ingrid Moen"))).to_be_visible()
    expect(second.page.get_by_text(t("owner.person", name="Ingrid Moen"), exact=True)).to_be_visible()
    expect(second.page.get_by_role("button", name=t("talk.take"))).to_have_count(0)
    assert "409" in second.refusals
    second.problems.clear()  # the aborted request


def test_what_the_assistant_said_too_late_is_shown_as_never_seen(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    first = unique("Hei")
    visitor.write(first)
    expect(visitor.page.get_by_role("log").locator(".assistant")).to_have_count(1)
    desk.open(first)
    site.engine.pause = 2.0
    visitor.write("Et spørsmål til")
    expect(desk.log.locator(".customer .body").last).to_have_text("Et spørsmål til")
    desk.take_over()
    expect(desk.log.locator(".suppressed")).to_contain_text(t("message.suppressed"))
    expect(visitor.page.get_by_role("log").get_by_text("Svar: Et spørsmål til")).to_have_count(0)


def test_a_colleague_gets_the_conversation(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    asked = waiting(site, visitor, unique("Teknisk spørsmål"))
    colleague = sell().sign_in("mari@norsemetal.example")
    desk.open(asked)
    desk.take_over()
    desk.page.get_by_role("button", name=t("talk.assign")).click()
    desk.page.get_by_role("dialog").get_by_role("button", name=re.compile("Mari Sundby")).click()
    expect(desk.page.get_by_text(t("owner.person", name="Mari Sundby"), exact=True)).to_be_visible()
    expect(desk.page.get_by_text(t("write.locked.person", name="Mari Sundby"))).to_be_visible()
    mine = colleague.page.get_by_role("group", name=re.compile(f"^{t('queue.mine')}"))
    mine.get_by_role("option").filter(has_text="Mari Sundby").or_(mine.get_by_role("option")).first.click()
    expect(colleague.page.get_by_text(t("owner.me"))).to_be_visible()


def test_closing_asks_first_and_tells_the_customer(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    desk.open(waiting(site, visitor, unique("Ferdig snart")))
    desk.take_over()
    desk.page.get_by_role("button", name=t("talk.close")).click()
    desk.page.get_by_role("dialog").get_by_role("button", name=t("close.do")).click()
    expect(desk.page.get_by_text(t("owner.closed"))).to_be_visible()
    expect(desk.page.get_by_text(t("write.locked.closed"))).to_be_visible()


def test_the_customer_typing_and_reading_is_seen(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    desk.open(waiting(site, visitor, unique("Skriver mye")))
    desk.take_over()
    desk.say("Les dette")
    expect(desk.log.locator(".person .came").last).to_have_text(t("message.seen"))
    visitor.page.get_by_role("textbox").press_sequentially("Jeg skriver nå", delay=20)
    expect(desk.page.get_by_text(t("talk.typing"))).to_be_visible()
    desk.field.press_sequentially("Jeg også", delay=20)
    expect(visitor.page.locator(".typing")).not_to_be_empty()


def test_a_wrong_answer_is_flagged_with_the_right_one(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    asked = unique("Hva er flytegrensen?")
    visitor.write(asked)
    expect(visitor.page.get_by_role("log").locator(".assistant")).to_have_count(1)
    desk.open(asked)
    desk.log.locator(".assistant").get_by_role("button", name=t("flag.do")).click()
    right = unique("90 MPa")
    desk.page.get_by_label(t("flag.right")).fill(right)
    desk.page.get_by_role("dialog").get_by_role("button", name=t("flag.save")).click()
    expect(desk.log.locator(".flagged")).to_contain_text(right)
    desk.go("wrong-answers")
    expect(desk.page.locator(".wrong li").filter(has_text=right)).to_contain_text(asked)


def test_what_the_customer_deletes_is_gone_from_the_desk_at_once(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    asked = waiting(site, visitor, unique("Slett meg"))
    desk.open(asked)
    desk.page.wait_for_url(re.compile("conversations/.+"))
    admin = sell().sign_in()
    admin.go("privacy")
    admin.page.get_by_label(t("privacy.q")).fill(desk.page.url.rsplit("/", 1)[1])
    admin.page.keyboard.press("Enter")
    admin.page.locator(".people").get_by_role("button", name=t("privacy.erase")).click()
    admin.page.get_by_role("dialog").get_by_role("textbox").fill(t("privacy.erase.word"))
    admin.page.keyboard.press("Enter")
    expect(desk.page.get_by_text(t("error.unknown"))).to_be_visible()
    expect(desk.page.get_by_text(asked)).to_have_count(0)


# --- canned replies and files ----------------------------------------------------------------------------------------


def test_a_canned_reply_is_found_by_typing_and_its_gaps_are_kept_from_the_customer(
    visit: Visit, sell: Sell, site: Site
) -> None:
    visitor, desk = visit(), sell().sign_in()
    desk.go("canned")
    title = unique("Prøvetrykk")
    desk.page.get_by_role("button", name=t("canned.new")).click()
    dialog = desk.page.get_by_role("dialog")
    dialog.get_by_label(t("canned.title")).fill(title)
    text = dialog.get_by_label(t("canned.text"), exact=True)
    text.fill("Hei {navn}")
    expect(dialog.get_by_text(t("canned.unknown", places="{navn}"))).to_be_visible()
    expect(dialog.get_by_role("button", name=t("canned.save"))).to_be_disabled()
    text.fill("Hilsen {staff_name} i {foundry}. Ordre: ")
    dialog.get_by_role("button", name="{order_no}").click()
    dialog.get_by_role("button", name=t("canned.save")).click()
    expect(desk.page.get_by_role("heading", name=title)).to_be_visible()
    desk.go("conversations")
    desk.open(waiting(site, visitor, unique("Hvor er ordren?")))
    desk.take_over()
    desk.field.press("/")
    find = desk.page.get_by_role("combobox")
    expect(find).to_be_focused()
    find.fill(title.split()[-1])
    expect(desk.page.locator("#canned-found").get_by_role("option")).to_have_count(1)
    find.press("Enter")
    expect(desk.field).to_have_value(re.compile(r"^Hilsen Ingrid Moen i Norse Metal AS\. Ordre: \{order_no\}$"))
    desk.field.press("Enter")
    expect(desk.page.get_by_text(t("write.gaps", gaps="{order_no}"))).to_be_visible()
    desk.page.keyboard.type("SO-30417")
    desk.page.keyboard.press("Enter")
    seen_by_customer(visitor.page, "Hilsen Ingrid Moen i Norse Metal AS. Ordre: SO-30417")


def test_a_file_reaches_the_customer_and_one_that_may_not_be_sent_is_refused(
    visit: Visit, sell: Sell, site: Site
) -> None:
    visitor, desk = visit(), sell().sign_in()
    desk.open(waiting(site, visitor, unique("Har dere sertifikat?")))
    desk.take_over()
    choose = desk.page.locator("input[type=file]")
    choose.set_input_files(
        {"name": "../../sertifikat.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.4\n%%EOF\n"}
    )
    expect(desk.log.locator(".person a.file")).to_contain_text("sertifikat.pdf")
    seen_by_customer(visitor.page, "sertifikat.pdf")
    with desk.page.expect_download() as saved:
        desk.log.locator(".person a.file").click()
    assert saved.value.suggested_filename.endswith("sertifikat.pdf")
    choose.set_input_files(
        {"name": "bilde.svg", "mimeType": "image/svg+xml", "buffer": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    )
    expect(desk.page.locator(".sending").get_by_role("alert")).to_have_text(t("error.type"))


# --- when the line is lost -------------------------------------------------------------------------------------------


def test_a_lost_line_is_said_and_what_was_missed_comes_afterwards(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    desk.open(waiting(site, visitor, unique("Før bruddet")))
    desk.take_over()
    desk.context.set_offline(True)
    expect(desk.page.get_by_text(t("link.lost"))).to_be_visible(timeout=40_000)
    visitor.write("Under bruddet")
    desk.field.fill("Svar under bruddet")
    desk.field.press("Enter")
    expect(desk.log.locator(".pending")).to_contain_text(t("error.unreachable"))
    desk.context.set_offline(False)
    expect(desk.page.get_by_text(t("link.lost"))).to_have_count(0, timeout=15_000)
    expect(desk.log.locator(".customer .body").last).to_have_text("Under bruddet")
    desk.log.locator(".pending").get_by_role("button", name=t("message.again")).click()
    seen_by_customer(visitor.page, "Svar under bruddet")
    expect(desk.log.get_by_text("Svar under bruddet")).to_have_count(1)
    desk.problems.clear()  # the browser itself reports every failed attempt


# --- hostile text ----------------------------------------------------------------------------------------------------

HOSTILE = (
    "<img src=x onerror=alert(1)><script>alert(2)</script> [klikk](javascript:alert(3)) javascript:alert(4) "
    "\u202egnp.exe\u202c a\u200bb https://evil.example/x"
)


def test_hostile_text_is_only_text(visit: Visit, sell: Sell, site: Site) -> None:
    visitor, desk = visit(), sell().sign_in()
    alerts: list[str] = []
    desk.page.on("dialog", lambda dialog: (alerts.append(dialog.message), dialog.dismiss()))
    mark = unique("Farlig")
    visitor.write(f"{mark} {HOSTILE}")
    expect(visitor.page.get_by_role("log").locator(".assistant")).to_have_count(1)
    desk.open(mark)
    body = desk.log.locator(".customer .body").first
    expect(body).to_contain_text("<img src=x onerror=alert(1)><script>")
    expect(body.locator("a, img, script")).to_have_count(0)
    assert "\u202e" not in body.inner_text()
    assert "\u200b" not in body.inner_text()
    desk.take_over()
    desk.say(f"Svar {HOSTILE[:60]}")
    assert desk.page.locator("a[href^='javascript']").count() == 0
    assert alerts == []


@pytest.mark.parametrize(
    "place",
    ["conversations/%00", "conversations/..%2f..", "conversations/" + "x" * 300, "cases/<b>", "nowhere/%E0%A4%A"],
)
def test_an_odd_address_is_harmless(sell: Sell, place: str) -> None:
    desk = sell().sign_in()
    desk.go(place)
    desk.page.wait_for_timeout(300)
    expect(desk.page.get_by_role("navigation", name=t("nav.label"))).to_be_visible()
