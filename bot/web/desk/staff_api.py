"""Signing in, oneself, and the accounts of the desk."""

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.common.replies import replies
from bot.common.settings import settings
from bot.web.desk.guard import COOKIE, csrf_token, route
from bot.web.desk.parts import Desk, StaffMember


def shown(person: StaffMember) -> dict[str, str]:
    """Somebody of the desk for a browser."""
    return {
        "id": person.id, "name": person.name, "email": person.email, "role": person.role, "presence": person.presence
    }  # fmt: skip


async def me(_: Desk, request: Request, person: StaffMember) -> Response:
    """Who is signed in, and what their browser needs."""
    return JSONResponse(
        {
            "staff": shown(person), "csrf": csrf_token(request.cookies[COOKIE]), "oidc": settings().oidc,
            "demo": settings().demo, "languages": replies().languages,
        }
    )  # fmt: skip


ROUTES = [route("/me", me)]
