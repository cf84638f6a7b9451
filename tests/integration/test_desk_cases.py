"""The case inbox over the real web process: listed, taken, decided once, and everybody concerned hears of it."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.common.clock import utcnow
from bot.store.cases import Asker, open_case
from bot.store.cases.models import Case, CaseEvent, Outbox
from bot.store.database import reading, writing
from bot.store.models import Audit, Upload
from bot.store.privacy.privacy import erase_conversation
from tests.integration.conftest import Rig
from tests.integration.desk_rig import DeskClient, DeskSocket, conversation_of, desk_of
from tests.integration.web_rig import Chat

KARI = Asker(name="Kari Nordmann", email="kari@fjordpumps.example", customer="Fjord Pumps AS")
ANSWERS = {"quantity": {"value": 1500, "reply": "utter_line_quantity"}, "engine": "away", "empty": None}


@pytest.fixture
def own_url(database_url: str) -> str:
    return database_url


async def call(work: Any, *arguments: Any, **names: Any) -> Any:
    return await asyncio.to_thread(work, *arguments, **names)


def opened(rig: Rig, number: int = 1, conversation: str | None = None, asker: Asker = KARI, **more: Any) -> str:
    wording = f"Antall: {number} stk\nLegering: [RG5](javascript:alert)"
    given = {"kind": "quote_request", "language": "nb", "fields": ANSWERS} | more
    return open_case(
        rig.own, request_id=f"r{number}", wording=wording, asker=asker, conversation=conversation, **given
    ).case_no


def decision(state: str, text: str = "", request_id: str = "d1", **more: Any) -> dict[str, Any]:
    return {"request_id": request_id, "state": state, "text": text, **more}


async def test_a_decision_reaches_the_customer_in_the_chat_the_colleagues_and_the_outbox(rig: Rig) -> None:
    desk, colleague = await call(desk_of, rig, "Siri"), await call(desk_of, rig, "Ola")
    async with Chat(rig.url) as chat, DeskSocket(colleague) as socket:
        conversation = await conversation_of(chat)
        case_no = await call(opened, rig, 1, conversation)
        queue = await call(desk.read, "/queue")
        assert queue["cases_open"] == 1
        (row,) = (await call(desk.read, f"/conversations/{conversation}"))["cases"]
        assert (row["case_no"], row["state"]) == (case_no, "received")
        done = await call(desk.done, f"/cases/{case_no}/decide", decision("adjusted", "Vi tar 40 stk i uke 14."))
        assert (done["case"]["state"], done["case"]["staff_name"]) == ("adjusted", "Siri")
        assert done["event"]["text"] == "Vi tar 40 stk i uke 14."
        assert done["told"] == {"mail": True, "chat": True}
        heard = await chat.wait("bot_uttered", 2)
        assert "Vi tar 40 stk i uke 14." in heard[1]["text"]
        assert heard[1]["metadata"]["author"] == "person"
        assert await socket.wait("case") == [{"case_no": case_no}]
        again = await call(desk.done, f"/cases/{case_no}/decide", decision("adjusted", "Vi tar 40 stk i uke 14."))
        assert again["event"]["id"] == done["event"]["id"]
        assert (await call(desk.read, "/queue"))["cases_open"] == 0
        await asyncio.sleep(0.2)
        assert len(chat.heard["bot_uttered"]) == 2
    with reading(rig.own) as session:
        keys = session.scalars(select(Outbox.key).where(Outbox.key.contains("decision"))).all()
        assert keys == [f"{case_no}-decision-{done['event']['id']}"]
        trail = session.scalars(select(Audit).where(Audit.action == "case")).all()
        assert [(row.target, row.detail, row.staff_name) for row in trail] == [(case_no, {"to": "adjusted"}, "Siri")]


def test_one_case_with_everything_the_desk_needs(rig: Rig) -> None:
    desk = desk_of(rig, "Siri")
    case_no = opened(rig, 1, "c1")
    with writing(rig.own) as session:
        session.add(
            Upload(id="a" * 32, conversation_id="c1", case_no=case_no, direction="in", name="tegning.pdf",
                   media_type="application/pdf", size=7, sha256="0" * 64, at=utcnow())
        )  # fmt: skip
    with writing(rig.own) as session:
        session.add(
            Upload(
                id="b" * 32, conversation_id="c1", direction="in", name="bilde.png", media_type="image/png", size=7,
                sha256="0" * 64, at=utcnow(),
            )
        )  # fmt: skip
    assert len(desk.read(f"/cases/{case_no}")["case"]["files"]) == 2, "what is sent later belongs to an open case"
    desk.done(f"/cases/{case_no}/decide", decision("asked", "Hvilken temper?"))
    found = desk.read(f"/cases/{case_no}?language=en")
    case = found["case"]
    assert case["wording"] == "Antall: 1 stk\nLegering: [RG5]"
    assert case["fields"] == [{"label": "Quantity", "value": "1,500 pcs"}, {"label": "engine", "value": "away"}]
    assert (case["who"], case["company"], case["proved"]) == ("Kari Nordmann", "Fjord Pumps AS", None)
    assert (case["email"], case["phone"], case["kind_text"]) == (KARI.email, None, "request for a quotation")
    assert (case["conversation_id"], case["conversation_available"]) == ("c1", False)
    assert [file["name"] for file in case["files"]] == ["tegning.pdf", "bilde.png"]
    assert [(one["state"], one["text"], one["mail"]) for one in found["events"]] == [
        ("asked", "Hvilken temper?", "queued")
    ]
    assert "refused" in found["follows"]
    assert (
        desk.read(f"/cases/{case_no}", headers={"Accept-Language": "nb-NO"})["case"]["kind_text"]
        == "tilbudsforespørsel"
    )


def test_the_list_its_filters_and_its_pages(rig: Rig) -> None:
    desk = desk_of(rig, "Siri")
    numbers = [opened(rig, number, kind="order" if number else "complaint") for number in range(52)]
    desk.done(f"/cases/{numbers[1]}/decide", decision("accepted"))
    listed = desk.read("/cases")
    assert (listed["total"], len(listed["rows"])) == (51, 50)
    assert listed["rows"][0]["wording_first_line"].startswith("Antall: ")
    assert not listed["rows"][0]["overdue"]
    assert desk.read("/cases?state=all")["total"] == 52
    assert desk.read("/cases?kind=complaint")["total"] == 1
    assert len(desk.read("/cases?page=2")["rows"]) == 1
    assert desk.read(f"/cases?q={numbers[7]}")["rows"][0]["case_no"] == numbers[7]
    for wrong in ("state=new", "kind=gift", "page=0", f"q={'x' * 101}", "q=%00", "language=xx"):
        answer = desk.get(f"/cases?{wrong}")
        assert (answer.status_code, answer.json()["error"]) == (422, "invalid"), wrong


def test_taking_a_case(rig: Rig) -> None:
    siri, ola = desk_of(rig, "Siri"), desk_of(rig, "Ola")
    case_no = opened(rig)
    assert siri.done(f"/cases/{case_no}/take")["case"]["staff_name"] == "Siri"
    assert ola.done(f"/cases/{case_no}/take")["case"]["staff_name"] == "Ola"
    assert siri.read(f"/cases/{case_no}")["case"]["state"] == "received"


async def test_of_two_people_at_once_one_decides_and_the_other_is_told_who_did(rig: Rig) -> None:
    siri, ola = await call(desk_of, rig, "Siri"), await call(desk_of, rig, "Ola")
    case_no = await call(opened, rig)
    answers = await asyncio.gather(
        call(siri.post, f"/cases/{case_no}/decide", decision("accepted", request_id="a")),
        call(ola.post, f"/cases/{case_no}/decide", decision("refused", "Ovnen er full.", "b", seen=0)),
    )
    assert sorted(one.status_code for one in answers) == [200, 409]
    lost = next(one.json() for one in answers if one.status_code == 409)
    assert lost["error"] == "taken"
    assert (lost["owner"]["state"], lost["owner"]["name"]) in (("accepted", "Siri"), ("refused", "Ola"))
    with reading(rig.own) as session:
        assert len(session.scalars(select(CaseEvent)).all()) == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({}, "request_id"), (decision("sold"), "state"), (decision("refused", "  "), "text"),
        (decision("accepted", "x" * 4001), "text"), (decision("accepted", request_id="x" * 65), "request_id"),
        ({"request_id": 7, "state": "accepted"}, "request_id"), ({"request_id": "d", "state": ["accepted"]}, "state"),
        (decision("accepted", seen="one"), "seen"), ([], "body"),
    ],
)  # fmt: skip
def test_nonsense_is_refused_by_field(rig: Rig, body: Any, field: str) -> None:
    answer = desk_of(rig, "Siri").post(f"/cases/{opened(rig)}/decide", body)
    assert (answer.status_code, answer.json()) == (422, {"error": "invalid", "field": field})


def test_strangers_other_sites_and_unknown_numbers(rig: Rig) -> None:
    case_no, desk = opened(rig), desk_of(rig, "Siri")
    stranger = DeskClient(rig.url)
    for path in ("/cases", f"/cases/{case_no}"):
        assert stranger.get(path).status_code == 401
    assert stranger.post(f"/cases/{case_no}/decide", decision("accepted")).status_code == 401
    assert desk.post(f"/cases/{case_no}/decide", decision("accepted"), headers={"X-CSRF-Token": "x"}).status_code == 403
    for unknown in ("C-26-000000", "x" * 30, "æ"):
        assert desk.get(f"/cases/{unknown}").status_code == 404
        assert desk.post(f"/cases/{unknown}/take").status_code == 404
        assert desk.post(f"/cases/{unknown}/decide", decision("accepted")).status_code == 404


def test_markup_of_staff_and_customer_stays_harmless_text(rig: Rig) -> None:
    desk = desk_of(rig, "Siri")
    case_no = opened(rig)
    text = "<b>Ja</b> [her](javascript:alert(1)) \u202e"
    done = desk.done(f"/cases/{case_no}/decide", decision("accepted", text))
    assert "javascript" not in done["event"]["text"]
    assert "<b>Ja</b>" in done["event"]["text"]


async def test_after_the_chat_is_erased_the_mail_alone_tells(rig: Rig) -> None:
    desk = await call(desk_of, rig, "Siri")
    async with Chat(rig.url) as chat:
        conversation = await conversation_of(chat)
        case_no = await call(opened, rig, 1, conversation)
        await call(erase_conversation, rig.own, conversation)
        done = await call(desk.done, f"/cases/{case_no}/decide", decision("accepted"))
        assert done["told"] == {"mail": True, "chat": False}
        assert (await call(desk.read, f"/cases/{case_no}"))["case"]["conversation_id"] is None


async def test_the_production_sides_number_stands_in_the_case(rig: Rig) -> None:
    desk, number = desk_of(rig, "Siri"), opened(rig)
    with writing(rig.own) as session:
        session.execute(update(Case).where(Case.case_no == number).values(receipt_no="IN-7A9B5CBC60"))
    for language, label in (("nb", "Registrert i produksjonssystemet"), ("en", "Registered in the production system")):
        found = await call(desk.read, f"/cases/{number}?language={language}")
        assert {"label": label, "value": "IN-7A9B5CBC60"} in found["case"]["fields"]
