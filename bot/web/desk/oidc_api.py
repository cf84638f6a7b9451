"""The two steps of signing in through the identity provider, as a browser makes them."""

import secrets
from dataclasses import asdict

import structlog
from itsdangerous import BadSignature, URLSafeTimedSerializer
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from bot.common.settings import settings
from bot.store.staff.sign_in import UnknownStaff, sign_in_by_provider
from bot.web.desk.guard import open_route, set_cookie
from bot.web.desk.oidc import LONGEST, Begun, ProviderError
from bot.web.desk.parts import Desk
from bot.web.desk.refusals import Unknown

log = structlog.get_logger("desk")
COOKIE = "smelt_oidc"
PATH = "/desk/api/oidc"
SECONDS = 600


async def start(desk: Desk, _: Request) -> Response:
    """Off to the provider. The cookie is lax: the way back is a click on another site."""
    if not settings().oidc:
        raise Unknown
    try:
        url, begun = await desk.provider.begin()
    except ProviderError as error:
        return _refused("provider", str(error))
    answer = RedirectResponse(url, 303)
    kept = str(_serializer().dumps(asdict(begun)))
    answer.set_cookie(
        COOKIE, kept, SECONDS, path=PATH, httponly=True, samesite="lax", secure=not settings().demo
    )  # fmt: skip
    return answer


async def callback(desk: Desk, request: Request) -> Response:
    """Back from the provider: a session for staff who have an account here."""
    if not settings().oidc:
        raise Unknown
    begun, code = _begun(request), request.query_params.get("code", "")
    state = request.query_params.get("state", "")
    if begun is None or not secrets.compare_digest(state.encode(), begun.state.encode()):
        return _refused("state")
    if not code or len(code) > LONGEST:
        return _refused("code")
    try:
        known = await desk.provider.finish(code, begun)
        _, cookie = await desk.parts.db(sign_in_by_provider, desk.parts.own, known.issuer, known.subject, known.email)
    except ProviderError as error:
        return _refused("provider", str(error))
    except UnknownStaff:
        return _refused("unknown")
    answer = _done(RedirectResponse("/desk", 303))
    set_cookie(answer, cookie)
    return answer


def _begun(request: Request) -> Begun | None:
    try:
        kept = _serializer().loads(request.cookies.get(COOKIE, "")[:LONGEST], max_age=SECONDS)
        return Begun(**kept)
    except (BadSignature, TypeError):
        return None


def _refused(why: str, detail: str | None = None) -> Response:
    """Back to the sign-in page, which says that it did not work; why is for the log."""
    log.warning("sign-in by provider refused", why=why, detail=detail)
    return _done(RedirectResponse("/desk?sign_in=refused", 303))


def _done(answer: Response) -> Response:
    """A sign-in is good for one answer."""
    answer.delete_cookie(COOKIE, path=PATH, httponly=True, samesite="lax", secure=not settings().demo)
    return answer


def _serializer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(settings().secret.get_secret_value(), salt="oidc")


ROUTES = [open_route("/oidc/start", start), open_route("/oidc/callback", callback)]
