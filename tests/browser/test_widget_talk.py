"""What a customer can do in the widget: files, cards, a person, a verdict, and every way of leaving and coming back."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import Site
from tests.browser.widget_rig import Desk, Guest, Open, guests, t

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
ORDER = {
    "type": "order", "title": "Pumpehus, 40 stk", "order_no": "SO-30401", "status": "I produksjon",
    "dates": [
        {"label": "Opprinnelig dato", "value": "fredag 26. februar 2027", "old": True},
        {"label": "Ny dato", "value": "tirsdag 9. mars 2027"},
    ],
    "steps": [
        {"label": "Støpt", "state": "done"},
        {"label": "Kontroll", "state": "late"},
        {"label": "Sendt", "state": "todo"},
    ],
    "note": "Vrak i støping.",
}  # fmt: skip
TABLE = {
    "type": "table", "title": "Sammenligning", "columns": ["", "RG5", "AlBz"],
    "rows": [["Strekkfasthet", "200 MPa", "600 MPa"], ["Forlengelse", "13 %", "13 %"]],
}  # fmt: skip
CAPACITY = {
    "type": "capacity", "title": "Ledig kapasitet",
    "weeks": [
        {"label": "Uke 10", "level": "full", "text": "Fullt"},
        {"label": "Uke 11", "level": "good", "text": "God plass"},
    ],
}  # fmt: skip
REQUEST = {
    "type": "request", "title": "Forespørsel", "confirm": True, "lines": [{"label": "Antall", "value": "40 stk"}],
}  # fmt: skip


@pytest.fixture
def come(browser: Browser, site: Site) -> Iterator[Open]:
    yield from guests(browser, site)


# --- cards -----------------------------------------------------------------------------------------------------------


def test_an_order_is_shown_as_a_timeline_that_says_its_states_in_words(come: Open, site: Site) -> None:
    site.engine.says("Hvor er ordren?", "Den er i produksjon.", card=ORDER)
    guest = come().talk("Hvor er ordren?")
    card = guest.chat.get_by_role("region", name="Pumpehus, 40 stk")
    expect(card.get_by_role("listitem")).to_have_text(["Støpt, ferdig", "Kontroll, forsinket", "Sendt, gjenstår"])
    expect(card.locator("[aria-current=step]")).to_have_text("Kontroll, forsinket")
    expect(card.locator("s")).to_have_text("fredag 26. februar 2027")
    expect(card.get_by_text("Vrak i støping.")).to_be_visible()
    guest.page.reload()
    guest.open()
    expect(guest.chat.get_by_role("region", name="Pumpehus, 40 stk")).to_be_visible()


def test_what_the_card_shows_is_not_said_twice(come: Open, site: Site) -> None:
    lines = [{"label": "Deler", "value": "2 i alt\n1. hus, 40 stk\n2. lokk, 80 stk"}, {"label": "Uke", "value": "12"}]
    said = "Dette har jeg notert:\nDeler: 2 i alt\n1. hus, 40 stk\n2. lokk, 80 stk\nUke: 12\nSkal jeg sende det?"
    site.engine.says("Les opp", said, card=REQUEST | {"lines": lines})
    guest = come(viewport={"width": 390, "height": 844}).talk("Les opp")
    answer = guest.chat.locator(".assistant").last
    expect(answer.locator(".bubble")).to_have_text(["Dette har jeg notert:", "Skal jeg sende det?"])
    expect(answer.locator("dd")).to_have_text(["2 i alt\n1. hus, 40 stk\n2. lokk, 80 stk", "12"])
    card, question = answer.locator(".card").bounding_box(), answer.locator(".bubble").last.bounding_box()
    assert card
    assert question
    assert card["y"] + card["height"] <= question["y"]


def test_the_interface_follows_the_language_of_the_talk(come: Open, site: Site) -> None:
    site.engine.says("Which alloy for sea water?", "AB2 (CC333G).")
    site.engine.languages["Which alloy for sea water?"] = "en"
    guest = come().talk("Which alloy for sea water?")
    expect(guest.page.get_by_placeholder("Write a message")).to_be_visible()
    assert len(site.engine.turns) == 1


def test_a_comparison_is_a_table_with_headers_both_ways(come: Open, site: Site) -> None:
    site.engine.says("Sammenlign", "Her er de.", card=TABLE)
    table = come().talk("Sammenlign").chat.get_by_role("table", name="Sammenligning")
    expect(table.get_by_role("rowheader")).to_have_text(["Strekkfasthet", "Forlengelse"])
    expect(table.get_by_role("cell", name="600 MPa")).to_be_visible()


def test_capacity_says_in_words_what_the_bars_show(come: Open, site: Site) -> None:
    site.engine.says("Plass?", "Slik er det.", card=CAPACITY)
    weeks = come().talk("Plass?").chat.get_by_role("region", name="Ledig kapasitet").get_by_role("listitem")
    expect(weeks).to_have_text([re.compile("Uke 10.*Fullt", re.S), re.compile("Uke 11.*God plass", re.S)])


def test_a_request_is_read_back_and_confirmed_with_one_press(come: Open, site: Site) -> None:
    site.engine.says("Tilbud", "Stemmer dette?", card=REQUEST, buttons={"Ja, send": "/affirm", "Endre noe": "/deny"})
    guest = come().talk("Tilbud")
    expect(guest.chat.get_by_role("region", name="Forespørsel").locator("dd")).to_have_text("40 stk")
    guest.chat.get_by_role("button", name="Ja, send").click()
    expect(guest.bubbles).to_have_text(["Tilbud", "Stemmer dette?", "Ja, send", "Svar: /affirm"])


def test_a_card_nobody_knows_and_a_broken_one_leave_the_words_standing(come: Open, site: Site) -> None:
    site.engine.says("En", "Ordene en.", card={"type": "hologram", "title": "x"})
    site.engine.says("To", "Ordene to.", card={"type": "order", "title": "Tom", "steps": "nei", "dates": {"a": 1}})
    guest = come().talk("En").talk("To")
    expect(guest.bubbles).to_have_text(["En", "Ordene en.", "To", "Ordene to."])


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_file_is_sent_and_acknowledged_by_name(come: Open) -> None:
    guest = come().open()
    guest.attach(("tegning 4711-Å.pdf", "application/pdf", PDF))
    expect(guest.chat.locator(".you .card.file")).to_contain_text("tegning 4711-Å.pdf")
    expect(guest.chat.locator(".system .bubble")).to_contain_text("tegning 4711-Å.pdf")
    expect(guest.chat.locator(".you .state").get_by_text(t("message.sent"))).to_be_attached()
    with guest.page.expect_download() as saved:
        guest.chat.get_by_role("button", name=f"{t('file.save')} tegning 4711-Å.pdf").click()
    assert saved.value.suggested_filename == "tegning 4711-Å.pdf"
    guest.page.reload()
    guest.open()
    expect(guest.chat.locator(".you .card.file")).to_have_count(1)


def test_progress_is_shown_and_a_file_can_be_taken_back(come: Open) -> None:
    guest = come().talk()
    client = guest.page.context.new_cdp_session(guest.page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 200_000}
    client.send("Network.enable")
    client.send("Network.emulateNetworkConditions", slow)
    guest.attach(("stor.pdf", "application/pdf", PDF + b"%" * 18_000_000), ("etter.pdf", "application/pdf", PDF))
    bar = guest.chat.get_by_role("progressbar", name=t("file.progress", name="stor.pdf"))
    expect(bar).to_be_visible()
    guest.page.wait_for_function(
        """() => {
          const chat = document.querySelector('smelt-launcher').renderRoot.querySelector('smelt-chat').renderRoot;
          return chat.querySelector('progress').value > 0.05;
        }"""
    )
    guest.chat.get_by_role("button", name=t("file.cancel", name="stor.pdf")).click()
    client.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    expect(guest.chat.locator(".you .card.file")).to_have_text([re.compile("etter.pdf")])
    expect(guest.chat.locator(".system .bubble")).to_have_count(1)


def test_dropped_and_pasted_files_are_sent_too(come: Open) -> None:
    guest = come().talk()
    put = """([how, name, text]) => {
      const chat = document.querySelector('smelt-launcher').renderRoot.querySelector('smelt-chat').renderRoot;
      const data = new DataTransfer();
      data.items.add(new File([text], name));
      const target = chat.querySelector(how === 'drop' ? '.chat' : '#draft');
      const more = { bubbles: true, cancelable: true };
      target.dispatchEvent(how === 'drop' ? new DragEvent('drop', { ...more, dataTransfer: data })
        : new ClipboardEvent('paste', { ...more, clipboardData: data }));
    }"""
    guest.page.evaluate(put, ["drop", "sluppet.pdf", PDF.decode()])
    guest.page.evaluate(put, ["paste", "limt.pdf", PDF.decode()])
    expect(guest.chat.locator(".you .card.file")).to_have_text([re.compile("sluppet.pdf"), re.compile("limt.pdf")])
    expect(guest.chat.locator(".system .bubble")).to_have_count(2)


def test_what_is_wrong_with_a_file_is_said_in_words_and_it_can_be_removed(come: Open) -> None:
    guest = come().talk()
    guest.attach(("tom.pdf", "application/pdf", b""))
    expect(guest.chat.locator(".you .state").get_by_text(t("file.empty"))).to_be_visible()
    guest.chat.get_by_role("button", name=t("file.drop")).click()
    expect(guest.chat.locator(".card.file")).to_have_count(0)
    guest.attach(("program.exe", "application/octet-stream", b"MZ" + bytes(200)))
    expect(guest.chat.locator(".you .state").get_by_text(t("file.type"))).to_be_visible()
    guest.page.evaluate(
        """() => {
          const chat = document.querySelector('smelt-launcher').renderRoot.querySelector('smelt-chat');
          chat.session.outbox.attach([new File([new Uint8Array(26e6)], 'svaer.pdf')]);
        }"""
    )
    expect(guest.chat.locator(".you .state").get_by_text(t("file.too_large"))).to_be_visible()
    guest.problems.clear()  # the browser itself reports that the server refused


# --- a person --------------------------------------------------------------------------------------------------------


def wait_for_person(guest: Guest, site: Site) -> None:
    site.engine.says("/human", "Jeg henter en person.", hand_over="asked")
    guest.chat.get_by_role("button", name=t("chat.person")).click()
    expect(guest.chat.get_by_text(t("chat.waiting"))).to_be_visible()


def test_a_person_is_asked_for_comes_answers_and_gives_back(come: Open, site: Site) -> None:
    guest = come().talk()
    wait_for_person(guest, site)
    expect(guest.chat.locator(".system .bubble")).to_have_count(1)
    expect(guest.chat.get_by_role("button", name=t("chat.person"))).to_have_count(0)
    desk = Desk(site)
    conversation = desk.take_over()
    expect(guest.chat.get_by_text(t("chat.kind.name", name=desk.name))).to_be_visible()
    expect(guest.chat.get_by_text(t("chat.waiting"))).to_have_count(0)
    desk.reply(conversation, "Hei! Jeg ser på tegningen.")
    said = guest.chat.locator(".message.person")
    expect(said).to_contain_text(f"{desk.name}, Norse Metal AS")
    expect(said.locator(".bubble")).to_have_text("Hei! Jeg ser på tegningen.")
    guest.write("Takk")
    expect(guest.chat.locator(".you").last.get_by_text(t("message.person.state"))).to_be_visible()
    desk.post(f"/conversations/{conversation}/read", {"seq": 100})
    expect(guest.chat.locator(".you").last.get_by_text(t("message.seen"), exact=True)).to_be_visible()
    desk.send_file(conversation, "tilbud.pdf", PDF)
    with guest.page.expect_download() as saved:
        guest.chat.locator(".person .card.file").get_by_role("button").click()
    assert saved.value.suggested_filename == "tilbud.pdf"
    desk.hand_back(conversation, "Prisen er avtalt.")
    expect(guest.chat.get_by_text(t("chat.kind.assistant"), exact=True)).to_be_visible()
    expect(guest.chat.get_by_role("group", name=t("rating.ask"))).to_be_visible()


def test_the_desk_sees_what_has_been_read_and_that_the_customer_writes(come: Open, site: Site) -> None:
    guest = come().talk()
    sent: list[str] = []
    other = guest.blank()
    other.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(str(frame))))
    other.goto(guest.url)
    other.locator("smelt-launcher .round").click()
    # Of two tabs that show it, whichever is first tells that it was read.
    guest.page.goto("about:blank")
    desk = Desk(site)
    conversation = desk.take_over()
    desk.reply(conversation, "Hei!")
    chat = other.locator("smelt-launcher smelt-chat")
    expect(chat.get_by_text("Hei!")).to_be_visible()
    chat.locator("#draft").press_sequentially("Jeg tenker")
    for _ in range(100):
        other.wait_for_timeout(100)
        if any('"seen",{"seq":' in one for one in sent) and any("user_typing" in one for one in sent):
            break
    assert len([one for one in sent if '"user_typing",{"typing":true}' in one]) == 1
    assert any('"seen",{"seq":' in one for one in sent)
    desk.hand_back(conversation)


# --- how it went -----------------------------------------------------------------------------------------------------


def finished(guest: Guest, site: Site) -> str:
    guest.talk()
    desk = Desk(site)
    conversation = desk.take_over()
    expect(guest.chat.get_by_text(t("chat.kind.name", name=desk.name))).to_be_visible()
    desk.close(conversation)
    expect(guest.chat.get_by_text(t("chat.kind.closed"), exact=True)).to_be_visible()
    return conversation


def test_a_finished_conversation_is_rated_once(come: Open, site: Site) -> None:
    guest = come()
    conversation = finished(guest, site)
    guest.chat.get_by_role("button", name=t("rating.send")).click()
    expect(guest.chat.get_by_role("alert").get_by_text(t("rating.missing"))).to_be_visible()
    guest.chat.get_by_role("radio", name=re.compile("^4")).check(force=True)
    guest.chat.get_by_label(t("rating.words")).fill("Raskt svar")
    guest.chat.get_by_role("button", name=t("rating.send")).click()
    expect(guest.chat.get_by_text(t("rating.thanks"))).to_be_visible()
    found = Desk(site).http.get(f"/conversations/{conversation}").json()
    assert found["conversation"]["rating"] == 4
    guest.page.reload()
    guest.open()
    expect(guest.bubbles).not_to_have_count(0)
    expect(guest.chat.get_by_text(t("rating.ask"))).not_to_be_visible()


def test_who_does_not_want_to_rate_is_not_asked_again(come: Open, site: Site) -> None:
    guest = come()
    finished(guest, site)
    guest.chat.get_by_role("button", name=t("rating.no")).click()
    guest.page.reload()
    guest.open()
    expect(guest.chat.get_by_text(t("chat.kind.closed"), exact=True)).to_be_visible()
    expect(guest.chat.get_by_role("button", name=t("rating.send"))).to_have_count(0)


def test_leaving_for_a_new_conversation_one_may_say_how_it_went(come: Open, site: Site) -> None:
    guest = come().talk("Før")
    conversation = Desk(site).newest()
    guest.menu("chat.new")
    guest.chat.get_by_role("radio", name=re.compile("^5")).check(force=True)
    guest.chat.get_by_role("button", name=t("chat.new.yes")).click()
    expect(guest.chat.get_by_text(t("chat.welcome"))).to_be_visible()
    assert Desk(site).http.get(f"/conversations/{conversation}").json()["conversation"]["rating"] == 5
    guest.talk("Etter")
    expect(guest.bubbles).to_have_text(["Etter", "Svar: Etter"])


# --- leaving and coming back -----------------------------------------------------------------------------------------


def test_the_transcript_can_be_downloaded(come: Open) -> None:
    guest = come().talk("Hva er RG5?")
    with guest.page.expect_download() as saved:
        guest.menu("transcript.save")
    assert saved.value.suggested_filename == "samtale.txt"
    assert "Hva er RG5?" in saved.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize(("typed", "answer"), [
    ("kari@pumper.example", "transcript.sent"),
    ("sean.o'brien@pumper.example", "transcript.sent"),
    ("kåre@støperi.example", "transcript.sent"),
    ("kari@pumper", "email.wrong"),
    ("kari@@pumper.example", "email.wrong"),
])  # fmt: skip
def test_the_transcript_can_be_had_by_mail(come: Open, typed: str, answer: str) -> None:
    guest = come().talk()
    guest.menu("transcript.send")
    guest.chat.get_by_role("dialog").get_by_label(t("email")).fill(typed)
    guest.chat.get_by_role("dialog").get_by_role("button", name=t("transcript.yes")).click()
    expect(guest.chat.get_by_text(t(answer))).to_be_visible()


def test_an_address_in_a_text_is_one_link_and_whole(come: Open, site: Site) -> None:
    texts = ["sean.o'brien@pumper.example", "r&d@pumper.example", "kåre.nord@støperi.example", "a.b+c@pumper.example"]
    site.engine.says("adresser", f"«{'», «'.join(texts)}», 'per@pumper.example'.")
    guest = come().talk("adresser")
    links = guest.chat.locator(".assistant .bubble").get_by_role("link")
    expect(links).to_have_text([*texts, "per@pumper.example"])
    assert links.nth(2).get_attribute("href") == "mailto:k%C3%A5re.nord@st%C3%B8peri.example"
    assert links.nth(1).get_attribute("href") == "mailto:r%26d@pumper.example"


def test_a_drawing_shows_what_it_holds(come: Open) -> None:
    rows = ["#1=PRODUCT('P','Bracket','',(#9))", "#2=(LENGTH_UNIT()NAMED_UNIT(*)SI_UNIT(.MILLI.,.METRE.))"]
    for number in range(8):
        place = f"{number % 2 * 120.5},{number // 2 % 2 * 80.0},{number // 4 * 10.0}"
        rows += [f"#{10 + number}=CARTESIAN_POINT('',({place}))", f"#{30 + number}=VERTEX_POINT('',#{10 + number})"]
    guest = come().open()
    guest.attach(("a.step", "model/step", ("ISO-10303-21;\nDATA;\n" + ";\n".join(rows) + ";\n").encode()))
    expect(guest.chat.locator(".you .card.file")).to_contain_text("Bracket · 120,5 × 80 × 10 mm")
    expect(guest.chat.locator(".system .bubble").last).to_contain_text("ytre mål 120,5 × 80 × 10 mm")


def test_deleting_asks_first_and_then_leaves_nothing_in_any_tab(come: Open, site: Site) -> None:
    guest = come().talk()
    conversation = Desk(site).newest()
    other = guest.tab()
    other.locator("smelt-launcher .round").click()
    expect(other.locator("smelt-chat .bubble")).to_have_count(2)
    guest.menu("erase")
    dialog = guest.chat.get_by_role("dialog")
    expect(dialog).to_contain_text(t("erase.stays"))
    dialog.get_by_role("button", name=t("chat.cancel")).click()
    expect(guest.bubbles).to_have_count(2)
    guest.menu("erase")
    dialog.get_by_role("button", name=t("erase.yes")).click()
    expect(guest.bubbles).to_have_text([t("erase.done")])
    expect(other.locator("smelt-chat .bubble")).to_have_text([t("erase.done")])
    assert guest.stored == {"cookie": ""}
    assert Desk(site).http.get(f"/conversations/{conversation}").status_code == 404
    guest.write("Hei igjen")
    expect(guest.bubbles).to_have_text([t("erase.done"), "Hei igjen", "Svar: Hei igjen"])


def test_a_new_conversation_in_one_tab_is_one_in_the_other(come: Open) -> None:
    guest = come().talk("Før")
    other = guest.tab()
    other.locator("smelt-launcher .round").click()
    expect(other.locator("smelt-chat .bubble")).to_have_count(2)
    guest.menu("chat.new")
    guest.chat.get_by_role("button", name=t("chat.new.yes")).click()
    expect(other.get_by_text(t("chat.welcome"))).to_be_visible()
    guest.talk("Etter")
    expect(other.locator("smelt-chat .bubble")).to_have_text(["Etter", "Svar: Etter"])


def test_without_a_network_nothing_is_lost_and_nothing_comes_twice(come: Open, site: Site) -> None:
    guest = come().talk("Før")
    site.stop()
    expect(guest.chat.get_by_text(t("link.lost"))).to_be_visible()
    guest.write("Under")
    guest.write("Og mer")
    guest.attach(("under.pdf", "application/pdf", PDF))
    expect(guest.chat.get_by_text(t("message.waiting"))).to_have_count(3)
    site.start()
    expect(guest.chat.get_by_text(t("message.waiting"))).to_have_count(0, timeout=20_000)
    wanted = ["Før", "Svar: Før", "Under", "Svar: Under", "Og mer", "Svar: Og mer"]
    expect(guest.chat.locator(".you .bubble, .assistant .bubble")).to_have_count(6)
    assert sorted(guest.chat.locator(".you .bubble, .assistant .bubble").all_inner_texts()) == sorted(wanted)
    expect(guest.chat.locator(".you .card.file")).to_have_count(1)
    assert [len(site.engine.asked(text)) for text in ("Før", "Under", "Og mer")] == [1, 1, 1]
    guest.problems.clear()  # the browser itself reports every failed attempt to connect
