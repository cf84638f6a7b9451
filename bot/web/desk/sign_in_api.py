"""Signing in to the desk and out of it."""

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.common.replies import replies
from bot.common.settings import settings
from bot.store import audit
from bot.store.staff import sessions, sign_in, staff
from bot.store.staff.sign_in import Locked, WrongPassword
from bot.web.desk.body import read_json
from bot.web.desk.guard import COOKIE, csrf_token, drop_cookie, open_route, route, session_of, set_cookie, signed_in
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Invalid, Refused, SignedOut


def shown(person: StaffMember) -> dict[str, str]:
    """Somebody of the desk for a browser."""
    return {
        "id": person.id, "name": person.name, "email": person.email, "role": person.role, "presence": person.presence
    }  # fmt: skip


async def ways(desk: Desk, request: Request) -> Response:
    """How one may sign in; in the demo also as whom. And whether one has: a page asks for no more when not."""
    accounts: list[dict[str, Any]] = []
    if settings().demo:
        password, known = staff.demo_staff()
        accounts = [{**one, "password": password} for one in known]
    try:
        known_already = await signed_in(desk, request) is not None
    except SignedOut:
        known_already = False
    return JSONResponse(
        {
            "oidc": settings().oidc, "demo": settings().demo, "demo_accounts": accounts, "signed_in": known_already
        }
    )  # fmt: skip


async def login(desk: Desk, request: Request) -> Response:
    """E-mail address and password for a cookie."""
    body = await read_json(request, 4000)
    email, password = body.get("email"), body.get("password")
    if not isinstance(email, str) or len(email) > 254:
        raise Invalid("email")
    if not isinstance(password, str):
        raise Invalid("password")
    address = request.client.host if request.client else ""
    desk.tries.count(address)
    try:
        person, cookie = await desk.hash(sign_in.sign_in, desk.parts.own, email, password, address)
    except Locked as locked:
        raise Refused(429, "locked", seconds=locked.seconds) from locked
    except WrongPassword as wrong:
        raise Refused(401, "wrong") from wrong
    desk.tries.right(address)
    return with_session(JSONResponse({"staff": shown(person), "csrf": csrf_token(cookie)}), cookie)


def with_session(answer: Response, cookie: str) -> Response:
    """The answer that gives a browser its session."""
    set_cookie(answer, cookie)
    return answer


async def logout(desk: Desk, request: Request, person: StaffMember) -> Response:
    """End this browser's session."""
    session_id = session_of(request.cookies.get(COOKIE)) or ""
    await desk.parts.db(sessions.end, desk.parts.own, session_id)
    await desk.parts.db(audit.record, desk.parts.own, "sign_out", person.person, person.id)
    await desk.sockets.look()
    answer = JSONResponse({"ok": True})
    drop_cookie(answer)
    return answer


async def me(_: Desk, request: Request, person: StaffMember) -> Response:
    """Who is signed in, and what their browser needs."""
    return JSONResponse(
        {
            "staff": shown(person), "csrf": csrf_token(request.cookies[COOKIE]), "oidc": settings().oidc,
            "demo": settings().demo, "languages": replies().languages,
        }
    )  # fmt: skip


ROUTES = [
    open_route("/sign-in", ways),
    open_route("/login", login, ["POST"]),
    route("/logout", logout, ["POST"]),
    route("/me", me),
]
