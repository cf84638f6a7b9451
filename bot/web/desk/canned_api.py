"""Prepared answers of the desk."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.common.replies import foundry_name, replies
from bot.store.models import CannedReply
from bot.store.talk import canned
from bot.web.desk import body as read
from bot.web.desk.guard import route
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Invalid, Unknown


async def everything(desk: Desk, _: Request, __: StaffMember) -> Response:
    """All of them, what may stand in them, and the foundry's name that is filled in."""
    rows = await desk.parts.db(canned.everything, desk.parts.own)
    return JSONResponse(
        {"rows": [_shown(row) for row in rows], "placeholders": sorted(canned.PLACEHOLDERS), "foundry": foundry_name()}
    )


async def add(desk: Desk, request: Request, person: StaffMember) -> Response:
    """A new one."""
    return JSONResponse({"canned": await _save(desk, request, None, person)}, status_code=201)


async def change(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Another wording."""
    return JSONResponse({"canned": await _save(desk, request, request.path_params["id"], person)})


async def remove(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Delete one."""
    try:
        await desk.parts.db(canned.remove, desk.parts.own, request.path_params["id"], person.person)
    except LookupError as error:
        raise Unknown from error
    return JSONResponse({"ok": True})


async def _save(desk: Desk, request: Request, number: int | None, person: StaffMember) -> dict[str, Any]:
    body = await read.read_json(request)
    language = read.choice(body, "language", replies().languages)
    title = read.text(body, "title", canned.LONGEST_TITLE)
    text = read.text(body, "text", canned.LONGEST_TEXT)
    try:
        row = await desk.parts.db(canned.save, desk.parts.own, number, language, title, text, person.person)
    except canned.UnknownPlaceholder as error:
        raise Invalid("text", "placeholder") from error
    except LookupError as error:
        raise Unknown from error
    return _shown(row)


def _shown(row: CannedReply) -> dict[str, Any]:
    return {"id": row.id, "language": row.language, "title": row.title, "text": row.text}


ROUTES = [
    route("/canned", everything),
    route("/canned", add, ["POST"]),
    route("/canned/{id:int}", change, ["PUT"]),
    route("/canned/{id:int}", remove, ["DELETE"]),
]
