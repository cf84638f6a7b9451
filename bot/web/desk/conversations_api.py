"""Conversations at the desk: the queue, one of them, and everything staff do with it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.common.clock import utcnow
from bot.common.replies import replies
from bot.common.settings import settings
from bot.store import audit
from bot.store.cases.inbox import of_conversation, open_count
from bot.store.ownership import OwnershipError
from bot.store.records import Reply
from bot.store.talk import answering, notes, wrong_answers
from bot.store.talk import desk as conversations
from bot.store.talk.answering import Changed, Replied, Words
from bot.web.desk import body as read
from bot.web.desk.cases_api import shown as shown_case
from bot.web.desk.guard import route
from bot.web.desk.language import language_of
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Invalid, Unknown
from bot.web.desk.rows import shown_detail, shown_flag, shown_note, shown_owner, shown_rows
from bot.web.hand_back import REQUESTS, Settled, handed_back
from bot.web.outgoing import desk_entry, neutral_reply
from bot.web.texts import DEFAULT, reply_language, system

LONGEST_SETTLED, LONGEST_ANSWER, MOST_ANSWERS = 1000, 500, 20


async def queue(desk: Desk, _: Request, person: StaffMember) -> Response:
    """Who waits, whom one looks after, whom the colleagues and the assistant do."""
    found = await desk.parts.db(conversations.queue, desk.parts.own, person.id)
    names = ("waiting", "mine", "others", "assistant")
    lists = {name: await shown_rows(desk, getattr(found, name)) for name in names}
    cases = await desk.parts.db(open_count, desk.parts.own)
    return JSONResponse({**lists, "cases_open": cases, "now": utcnow().isoformat()})


async def show(desk: Desk, request: Request, person: StaffMember) -> Response:
    """One conversation with everything in it."""
    found = await desk.parts.db(conversations.detail, desk.parts.own, conversation_id(request))
    language = language_of(request)
    cases = await desk.parts.db(of_conversation, desk.parts.own, conversation_id(request))
    detail = await shown_detail(desk, found, person.id, language)
    return JSONResponse({**detail, "cases": [shown_case(one, language) for one in cases]})


async def take_over(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Answer this customer oneself; the customer is told who does."""
    words = _words("utter_desk_taken_over")
    changed = await desk.parts.db(answering.take_over, desk.parts.own, conversation_id(request), person.person, words)
    return await _tell(desk, conversation_id(request), changed)


async def assign(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Give the conversation to a colleague."""
    staff_id = read.text(await read.read_json(request), "staff_id", 32)
    try:
        changed = await desk.parts.db(
            answering.assign, desk.parts.own, conversation_id(request), person.person, staff_id, person.role == "admin",
            _words("utter_desk_assigned"),
        )  # fmt: skip
    except LookupError as error:
        raise Invalid("staff_id") from error
    return await _tell(desk, conversation_id(request), changed)


async def close(desk: Desk, request: Request, person: StaffMember) -> Response:
    """End the conversation; the customer is told."""
    words = _words("utter_desk_closed")
    changed = await desk.parts.db(answering.close, desk.parts.own, conversation_id(request), person.person, words)
    return await _tell(desk, conversation_id(request), changed)


async def reply(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Say something to the customer; sent again under the same id, it is said once."""
    body = await read.read_json(request)
    said = neutral_reply(
        Reply(read.text(body, "text", settings().max_message_chars), author="person", name=person.name)
    )
    replied = await desk.parts.db(
        answering.reply, desk.parts.own, conversation_id(request), person.person, said, read.client_id(body)
    )
    return await shown_reply(desk, replied)


async def shown_reply(desk: Desk, replied: Replied) -> Response:
    """What a person said, told to everybody when it is new."""
    if replied.new:
        await desk.live.said(replied.message, replied.contact_id)
    return JSONResponse({"message": desk_entry(replied.message)})


async def add_note(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Write a private note."""
    text = read.text(await read.read_json(request), "text", notes.LONGEST)
    note = await desk.parts.db(notes.add, desk.parts.own, conversation_id(request), person.person, text)
    await desk.live.changed(conversation_id(request))
    return JSONResponse({"note": shown_note(note, person.id)})


async def hand_back(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Let the assistant go on, knowing what was settled."""
    body = await read.read_json(request)
    settled = Settled(
        read.text(body, "settled", LONGEST_SETTLED, required=False),
        read.choice(body, "request", REQUESTS),
        _answers(body),
    )
    await _must_hold(desk, conversation_id(request), person)
    owner = await handed_back(desk.parts, desk.live, desk.turns, conversation_id(request), person.person, settled)
    detail = {"request": settled.request}
    await desk.parts.db(
        audit.record, desk.parts.own, "hand_back", person.person, conversation_id(request), detail
    )  # fmt: skip
    await desk.live.changed(conversation_id(request))
    return JSONResponse({"owner": shown_owner(owner)})


async def mark_read(desk: Desk, request: Request, person: StaffMember) -> Response:
    """One has seen the messages up to here; the customer of whom one answers is told."""
    seq = read.number(await read.read_json(request), "seq")
    seen = await desk.parts.db(conversations.read, desk.parts.own, conversation_id(request), seq, person.id)
    if seen is not None:
        _, contact_id = await desk.parts.db(conversations.contact_of, desk.parts.own, conversation_id(request))
        await desk.live.to_customer(conversation_id(request), contact_id, "seen_by_desk", {"seq": seen})
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


def _answers(body: dict[str, Any]) -> dict[str, str]:
    """What the person found out, by the question of the request it answers."""
    given = body.get("answers", {})
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


async def _tell(desk: Desk, conversation: str, changed: Changed) -> Response:
    """Everybody learns who answers now; the customer also in words."""
    if changed.said is not None:
        await desk.live.said(changed.said, changed.contact_id)
        await desk.live.owner(conversation, changed.contact_id, changed.owner)
        await desk.live.changed(conversation)
    return JSONResponse({"owner": shown_owner(changed.owner)})


def _words(name: str) -> Words:
    """A text of data/replies in the conversation's language, naming the person if it does."""
    return lambda language, person: system(reply_language(language), name, person=person)


def conversation_id(request: Request) -> str:
    """The id in the address. Raises Unknown for what can be none."""
    value: str = request.path_params["id"]
    if len(value) > 64 or not value.isascii() or not value.isprintable():
        raise Unknown
    return value


ROUTES = [
    route("/queue", queue),
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
