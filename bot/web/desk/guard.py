"""Every route of the desk's API: who may call it, from where, and what its errors look like."""

import hashlib
import hmac
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import urlsplit

import structlog
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.common.settings import settings
from bot.store.ownership import OwnershipError
from bot.store.records import ConversationErased
from bot.store.staff import sessions
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Refused, SignedOut, Unknown
from bot.web.parts import DatabaseAway

log = structlog.get_logger("desk")
COOKIE = "smelt_desk"
#: A cookie is 43 characters; anything far longer is nobody's.
LONGEST_COOKIE = 100
SAFE = ("GET", "HEAD")
Handler = Callable[[Desk, Request, StaffMember], Awaitable[Response]]
OpenHandler = Callable[[Desk, Request], Awaitable[Response]]


def route(path: str, handler: Handler, methods: Sequence[str] = ("GET",), role: str = "agent") -> Route:
    """A route for signed-in staff; ``role="admin"`` for admins alone.

    The handler may raise Refused, OwnershipError (409 with who answers instead) and ConversationErased (404).
    """

    async def guarded(desk: Desk, request: Request) -> Response:
        person = await signed_in(desk, request)
        if request.method not in SAFE and not csrf_fits(request):
            raise Refused(403, "csrf")
        if role == "admin" and person.role != "admin":
            raise Refused(403, "role")
        return await handler(desk, request, person)

    return open_route(path, guarded, methods)


def open_route(path: str, handler: OpenHandler, methods: Sequence[str] = ("GET",)) -> Route:
    """A route without a session: signing in. What changes something must come from our own page all the same."""

    async def endpoint(request: Request) -> Response:
        desk: Desk = request.app.state.desk
        try:
            if request.method not in SAFE:
                headers = request.headers
                check_origin(headers.get("origin"), headers.get("host"), headers.get("x-forwarded-host"))
            answer = await handler(desk, request)
        except Exception as error:
            answer = _refusal(desk, error, path)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    return Route(path, endpoint, methods=list(methods), name=f"desk {path}")


async def signed_in(desk: Desk, request: Request) -> StaffMember:
    """Who calls. Raises SignedOut."""
    session_id = session_of(request.cookies.get(COOKIE))
    person = await desk.parts.db(sessions.signed_in, desk.parts.own, session_id) if session_id else None
    if person is None:
        raise SignedOut
    return person


def session_of(cookie: str | None) -> str | None:
    """The id of the session a cookie belongs to; whether it holds is for the database to say."""
    return sessions.cookie_hash(cookie) if cookie and len(cookie) <= LONGEST_COOKIE else None


def check_origin(origin: str | None, host: str | None, forwarded: str | None) -> None:
    """A browser's page of this very host sent it; behind a proxy the host it was asked by. Raises Refused.

    No page of another site can set ``X-Forwarded-Host`` without asking first, which is not answered.
    """
    hosts = {one.strip() for one in (host or "", (forwarded or "").split(",")[0])} - {""}
    try:
        sent_by = urlsplit(origin or "").netloc
    except ValueError:
        sent_by = ""
    if sent_by not in hosts:
        raise Refused(403, "origin")


def csrf_token(cookie: str) -> str:
    """The token that belongs to a cookie: a page of another site can send the cookie, but cannot read this."""
    secret = settings().secret.get_secret_value().encode()
    return hmac.new(secret, b"csrf:" + cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def csrf_fits(request: Request) -> bool:
    """Whether a request carries the token of its cookie."""
    given = request.headers.get("x-csrf-token", "").encode("latin-1", "replace")
    return hmac.compare_digest(given, csrf_token(request.cookies.get(COOKIE, "")).encode())


def set_cookie(answer: Response, cookie: str) -> None:
    """Give a browser its session."""
    answer.set_cookie(COOKIE, cookie, path="/", httponly=True, samesite="strict", secure=not settings().demo)


def drop_cookie(answer: Response) -> None:
    """Take it back."""
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict", secure=not settings().demo)


def _refusal(desk: Desk, error: Exception, path: str) -> Response:
    match error:
        case Refused():
            return JSONResponse({"error": error.code, **error.more}, status_code=error.status)
        case OwnershipError():
            present = error.owner
            if present is None:
                return _refusal(desk, Unknown(), path)
            owner = {"state": present.state, "name": present.name}
            return JSONResponse({"error": "taken", "owner": owner}, status_code=409)
        case ConversationErased():
            return _refusal(desk, Unknown(), path)
        case DatabaseAway() | SQLAlchemyError():
            status, code = 503, "unavailable"
        case _:
            status, code = 500, "failed"
    desk.parts.metrics.errors.labels("desk").inc()
    # Its text may hold what somebody wrote, so the log names only its kind.
    log.error("desk request failed", path=path, error=type(error).__name__, exc_info=status == 500)
    return JSONResponse({"error": code}, status_code=status)
