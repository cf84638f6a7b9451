"""Conversations at the desk: the queue, one of them, and everything staff do with it."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Engine, func, select
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.cases.models import Case
from bot.common.clock import utcnow
from bot.common.replies import replies
from bot.common.settings import settings
from bot.conversations import desk as conversations
from bot.conversations import messages, notes, ownership, wrong_answers
from bot.conversations import replies as staff_replies
from bot.conversations.database import reading
from bot.conversations.models import OWNERS
from bot.conversations.ownership import Owner, OwnershipError
from bot.conversations.records import Reply
from bot.web.desk import body as read
from bot.web.desk.guard import route
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Invalid, Unknown
from bot.web.desk.rows import shown_detail, shown_flag, shown_note, shown_owner, shown_rows
from bot.web.outgoing import desk_entry, neutral_reply
from bot.web.texts import DEFAULT, reply_language, system

LONGEST_SETTLED, LONGEST_ANSWER, MOST_ANSWERS = 1000, 500, 20
LONGEST_SEARCH = 100
#: What becomes of the request the customer was in when the assistant takes over again.
REQUEST = ("continue", "end", "none")
#: Cases nobody has decided yet.
OPEN_CASES = ("received",)


async def queue(desk: Desk, _: Request, person: StaffMember) -> Response:
    """Who waits, whom one looks after, whom the colleagues and the assistant do."""
    found = await desk.parts.db(conversations.queue, desk.parts.own, person.id)
    names = ("waiting", "mine", "others", "assistant")
    lists = {name: await shown_rows(desk, getattr(found, name)) for name in names}
    cases = await desk.parts.db(_open_cases, desk.parts.own)
    return JSONResponse({**lists, "cases_open": cases, "now": utcnow().isoformat()})


async def show(desk: Desk, request: Request, person: StaffMember) -> Response:
    """One conversation with everything in it."""
    found = await desk.parts.db(conversations.detail, desk.parts.own, _id(request))
    language = request.query_params.get("language", DEFAULT)
    if language not in replies().languages:
        raise Invalid("language")
    return JSONResponse(await shown_detail(desk, found, person.id, language))


async def take_over(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Answer this customer oneself; the customer is told who does."""
    owner, new = await desk.parts.db(staff_replies.take_over, desk.parts.own, _id(request), person.person)
    if new:
        await _trail(desk, "take_over", person, request)
        await _tell(desk, _id(request), owner, "utter_desk_taken_over", person=person.name)
    return JSONResponse({"owner": shown_owner(owner)})


async def assign(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Give the conversation to a colleague."""
    staff_id = read.text(await read.read_json(request), "staff_id", 32)
    try:
        owner = await desk.parts.db(
            staff_replies.assign, desk.parts.own, _id(request), person.person, staff_id, person.role == "admin"
        )
    except LookupError as error:
        raise Invalid("staff_id") from error
    await _trail(desk, "assign", person, request, {"to": staff_id})
    await _tell(desk, _id(request), owner, "utter_desk_assigned", person=owner.name)
    return JSONResponse({"owner": shown_owner(owner)})


async def reply(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Say something to the customer; sent again under the same id, it is said once."""
    body = await read.read_json(request)
    said = neutral_reply(
        Reply(read.text(body, "text", settings().max_message_chars), author="person", name=person.name)
    )
    message, contact_id, new = await desk.parts.db(
        staff_replies.reply, desk.parts.own, _id(request), person.person, said, read.client_id(body)
    )
    if new:
        await desk.live.said(message, contact_id)
    return JSONResponse({"message": desk_entry(message)})


async def add_note(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Write a private note."""
    text = read.text(await read.read_json(request), "text", notes.LONGEST)
    note = await desk.parts.db(notes.add, desk.parts.own, _id(request), person.person, text)
    await desk.live.changed(_id(request))
    return JSONResponse({"note": shown_note(note, person.id)})


async def hand_back(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Let the assistant go on, knowing what was settled."""
    body = await read.read_json(request)
    settled = read.text(body, "settled", LONGEST_SETTLED, required=False)
    wish, _ = read.choice(body, "request", REQUEST), _answers(body)
    await _must_hold(desk, _id(request), person)
    owner = await desk.parts.db(ownership.hand_back, desk.parts.own, _id(request), person.person, settled)
    await _trail(desk, "hand_back", person, request, {"request": wish})
    await _tell(desk, _id(request), owner)
    return JSONResponse({"owner": shown_owner(owner)})


async def close(desk: Desk, request: Request, person: StaffMember) -> Response:
    """End the conversation; the customer is told."""
    owner = await desk.parts.db(ownership.close, desk.parts.own, _id(request), person.person)
    await _trail(desk, "close", person, request)
    await _tell(desk, _id(request), owner, "utter_desk_closed")
    return JSONResponse({"owner": shown_owner(owner)})


async def mark_read(desk: Desk, request: Request, person: StaffMember) -> Response:
    """One has seen the messages up to here; the customer of whom one answers is told."""
    seq = read.number(await read.read_json(request), "seq")
    seen = await desk.parts.db(conversations.read, desk.parts.own, _id(request), seq, person.id)
    if seen is not None:
        _, contact_id = await desk.parts.db(conversations.contact_of, desk.parts.own, _id(request))
        await desk.live.to_customer(_id(request), contact_id, "seen_by_desk", {"seq": seen})
    return JSONResponse({"ok": True})


async def flag(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Call an answer of the assistant wrong, and say what is right."""
    right = read.text(await read.read_json(request), "right_answer", wrong_answers.LONGEST)
    try:
        made = await desk.parts.db(wrong_answers.flag, desk.parts.own, request.path_params["id"], right, person.person)
    except LookupError as error:
        raise Unknown from error
    await desk.live.changed(made.conversation_id)
    return JSONResponse({"flag": shown_flag(made)})


async def wrong(desk: Desk, request: Request, _: StaffMember) -> Response:
    """Answers that staff called wrong."""
    rows, total = await desk.parts.db(wrong_answers.page, desk.parts.own, read.page(request))
    shown = [
        {
            **shown_flag(row), "conversation_id": row.conversation_id, "question": row.question, "answer": row.answer,
            "language": row.language, "at": row.at.isoformat(),
        }
        for row in rows
    ]  # fmt: skip
    return JSONResponse({"rows": shown, "total": total, "page": read.page(request)})


async def search(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Past conversations by words, customer, owner and days."""
    wanted = await _wanted(desk, request, person)
    hits, total = await desk.parts.db(conversations.search, desk.parts.own, wanted)
    rows = await shown_rows(desk, [hit.row for hit in hits])
    shown = [{**row, "snippet": hit.snippet} for row, hit in zip(rows, hits, strict=True)]
    return JSONResponse({"rows": shown, "total": total, "page": wanted.page, "page_size": conversations.PAGE})


async def _wanted(desk: Desk, request: Request, person: StaffMember) -> conversations.Search:
    query = request.query_params
    words = " ".join(query.get("q", "").split())
    owner = query.get("owner") or None
    if len(words) > LONGEST_SEARCH or "\0" in words:
        raise Invalid("q")
    if owner not in (None, "mine", *OWNERS):
        raise Invalid("owner")
    until = _day(query.get("to"), "to")
    return conversations.Search(
        words=words, owner=None if owner == "mine" else owner, staff_id=person.id if owner == "mine" else None,
        contacts=await desk.people.find(words) if len(words) >= 3 else (), since=_day(query.get("from"), "from"),
        until=until + dt.timedelta(days=1) if until else None, page=read.page(request),
    )  # fmt: skip


def _day(value: str | None, name: str) -> dt.datetime | None:
    """The beginning of a day in the foundry's time zone."""
    if not value:
        return None
    try:
        day = dt.date.fromisoformat(value)
        return dt.datetime.combine(day, dt.time(), ZoneInfo(settings().time_zone)).astimezone(dt.UTC)
    except (ValueError, OverflowError) as error:
        raise Invalid(name) from error


def _answers(body: dict[str, Any]) -> dict[str, str]:
    """What the person found out, by the question of the request it answers."""
    given = body.get("answers") or {}
    if not isinstance(given, dict) or len(given) > MOST_ANSWERS:
        raise Invalid("answers")
    known = {key.removeprefix("question.") for key in replies().terms[DEFAULT] if key.startswith("question.")}
    if not given.keys() <= known:
        raise Invalid("answers")
    return {name: value for name in given if (value := read.text(given, name, LONGEST_ANSWER, required=False))}


async def _must_hold(desk: Desk, conversation: str, person: StaffMember) -> None:
    """Only who answers hands back: the rules let anybody give a waiting customer to the assistant. Raises OwnershipError."""
    owner, _ = await desk.parts.db(conversations.owner_of, desk.parts.own, conversation)
    if owner.staff_id != person.id:
        raise OwnershipError("not held by this person", owner)


async def _tell(desk: Desk, conversation: str, owner: Owner, text: str | None = None, **values: Any) -> None:
    """Everybody learns who answers now; the customer also in words."""
    row = await desk.parts.db(conversations.row_of, desk.parts.own, conversation)
    contact_id = row.conversation.contact_id
    if text is not None:
        said = system(reply_language(row.conversation.language), text, **values)
        message = await desk.parts.db(messages.say, desk.parts.own, conversation, said)
        await desk.live.said(message, contact_id)
    await desk.live.owner(conversation, contact_id, owner)
    await desk.live.changed(conversation)


async def _trail(
    desk: Desk, action: str, person: StaffMember, request: Request, detail: dict[str, Any] | None = None
) -> None:
    await desk.parts.db(staff_replies.trail, desk.parts.own, action, person.person, _id(request), detail)


def _id(request: Request) -> str:
    value: str = request.path_params["id"]
    if len(value) > 64 or not value.isascii() or not value.isprintable():
        raise Unknown
    return value


def _open_cases(engine: Engine) -> int:
    with reading(engine) as session:
        return session.scalar(select(func.count()).select_from(Case).where(Case.state.in_(OPEN_CASES))) or 0


ROUTES = [
    route("/queue", queue),
    route("/search", search),
    route("/conversations/{id}", show),
    route("/conversations/{id}/take-over", take_over, ["POST"]),
    route("/conversations/{id}/assign", assign, ["POST"]),
    route("/conversations/{id}/reply", reply, ["POST"]),
    route("/conversations/{id}/notes", add_note, ["POST"]),
    route("/conversations/{id}/hand-back", hand_back, ["POST"]),
    route("/conversations/{id}/close", close, ["POST"]),
    route("/conversations/{id}/read", mark_read, ["POST"]),
    route("/messages/{id}/flag", flag, ["POST"]),
    route("/wrong-answers", wrong, role="admin"),
]
