"""The case inbox at the desk: list, one case, take it, decide it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.common.replies import ReplyError, replies
from bot.store.cases import decisions
from bot.store.cases.decisions import Decided, InvalidDecision, NotAllowed, UnknownCase
from bot.store.cases.inbox import details, inbox, overdue
from bot.store.cases.models import KINDS, Case, CaseEvent
from bot.web.desk import body as read
from bot.web.desk.guard import route
from bot.web.desk.language import language_of
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Invalid, Refused, Unknown
from bot.web.outgoing import neutral

LONGEST_NUMBER, LONGEST_SEARCH, FIRST_LINE = 16, 100, 140
STATES = ("open", "all")


async def cases(desk: Desk, request: Request, _: StaffMember) -> Response:
    """A page of cases, the most urgent first."""
    query = request.query_params
    state, kind, words = query.get("state", "open"), query.get("kind") or None, query.get("q", "")
    if state not in STATES:
        raise Invalid("state")
    if kind is not None and kind not in KINDS:
        raise Invalid("kind")
    if len(words) > LONGEST_SEARCH or "\0" in words:
        raise Invalid("q")
    rows, total = await desk.parts.db(
        inbox, desk.parts.own, open_only=state == "open", kind=kind, words=words, page=read.page(request)
    )
    language = language_of(request)
    return JSONResponse({"rows": [shown(row, language) for row in rows], "total": total, "page": read.page(request)})


async def case(desk: Desk, request: Request, _: StaffMember) -> Response:
    """One case with its files and what was decided."""
    found = await desk.parts.db(details, desk.parts.own, _number(request))
    if found is None:
        raise Unknown
    language = language_of(request)
    files = [
        {"id": one.id, "name": one.name, "size": one.size, "media_type": one.media_type, "direction": one.direction,
         "at": one.at.isoformat()}
        for one in found.files
    ]  # fmt: skip
    whole = {
        **shown(found.case, language), "wording": neutral(found.case.wording), "fields": fields(found.case, language),
        "email": found.case.email, "phone": found.case.phone, "files": files,
        "conversation_available": found.conversation_available,
    }  # fmt: skip
    events = [{**shown_event(one), "mail": found.mails[one.id]} for one in found.events]
    return JSONResponse({"case": whole, "events": events, "follows": decisions.FOLLOWS[found.case.state]})


async def take(desk: Desk, request: Request, person: StaffMember) -> Response:
    """I work on it."""
    try:
        taken = await desk.parts.db(decisions.take, desk.parts.own, _number(request), person.person)
    except UnknownCase as error:
        raise Unknown from error
    await desk.live.case(taken.case_no)
    return JSONResponse({"case": shown(taken, language_of(request))})


async def decide(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Decide it; the customer is told by mail and in the chat, as far as either reaches them."""
    body = await read.read_json(request)
    text = neutral(read.text(body, "text", decisions.LONGEST_TEXT, required=False))
    seen = read.number(body, "seen") if body.get("seen") is not None else None
    try:
        done = await desk.parts.db(
            decisions.decide, desk.parts.own, _number(request), _word(body, "request_id"), _word(body, "state"), text,
            person.person, seen,
        )  # fmt: skip
    except UnknownCase as error:
        raise Unknown from error
    except InvalidDecision as error:
        raise Invalid(error.field) from error
    except NotAllowed as error:
        raise Refused(409, "taken", owner={"state": error.state, "name": error.staff_name}) from error
    await _tell(desk, done)
    answer = {"case": shown(done.case, language_of(request)), "event": shown_event(done.event), "told": _told(done)}
    return JSONResponse(answer)


async def _tell(desk: Desk, done: Decided) -> None:
    if done.repeated:
        return
    if done.message is not None:
        await desk.live.said(done.message, done.contact_id)
    await desk.live.case(done.case.case_no)


def _told(done: Decided) -> dict[str, bool]:
    """By which ways the customer hears of it: with neither, somebody has to ring."""
    return {"mail": bool(done.case.email), "chat": done.chat}


def shown(one: Case, language: str) -> dict[str, Any]:
    """A row of the inbox."""
    first = next((line.strip() for line in one.wording.splitlines() if line.strip()), "")
    return {
        "case_no": one.case_no, "kind": one.kind, "kind_text": replies().terms[language][f"case.{one.kind}"],
        "state": one.state, "received_at": one.received_at.isoformat(),
        "answer_by": one.answer_by.isoformat() if one.answer_by else None, "overdue": overdue(one),
        "who": neutral(one.name or one.email or one.phone or "") or None,
        "company": neutral(one.customer) if one.customer else None, "proved": one.proved,
        "staff_id": one.staff_id, "staff_name": one.staff_name, "wording_first_line": neutral(first)[:FIRST_LINE],
        "conversation_id": one.conversation_id, "language": one.language,
    }  # fmt: skip


def shown_event(event: CaseEvent) -> dict[str, Any]:
    """A decision."""
    return {
        "id": event.id, "at": event.at.isoformat(), "state": event.state, "text": event.text,
        "staff_name": event.staff_name,
    }  # fmt: skip


def fields(one: Case, language: str) -> list[dict[str, str]]:
    """What was asked and answered, in the desk's language, and the production side's number for it."""
    terms = replies().terms[language]
    answered = [
        {"label": terms.get(f"question.{name}", name), "value": neutral(value)}
        for name, answer in one.fields.items()
        if (value := _value(answer, language))
    ]
    receipt = [{"label": terms["case.receipt_no"], "value": one.receipt_no}] if one.receipt_no else []
    return answered + receipt


def _value(answer: Any, language: str) -> str:
    """An answer as the read-back has it, without its label."""
    if not isinstance(answer, dict):
        return ", ".join(map(str, answer)) if isinstance(answer, list) else str(answer or "")
    if (
        "reply" in answer and not answer["reply"]
    ):  # a note of the task's own: the confirmed wording says what came of it
        return ""
    try:
        line = replies().render(language, str(answer.get("reply")), answer)
    except ReplyError:  # an old case and a text that is gone
        return str(answer.get("value") or "")
    return line.partition(": ")[2] or line


def _word(body: dict[str, Any], name: str) -> str:
    return read.text(body, name, decisions.LONGEST_REQUEST_ID)


def _number(request: Request) -> str:
    value: str = request.path_params["no"]
    if len(value) > LONGEST_NUMBER or not value.isascii() or not value.isprintable():
        raise Unknown
    return value


ROUTES = [
    route("/cases", cases),
    route("/cases/{no}", case),
    route("/cases/{no}/take", take, ["POST"]),
    route("/cases/{no}/decide", decide, ["POST"]),
]
