"""The desk's page and API. Every module of the API lists its own routes as ``ROUTES``."""

from collections.abc import Sequence
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.web.desk import (
    canned_api,
    cases_api,
    conversations_api,
    files_api,
    oidc_api,
    privacy_api,
    search_api,
    sign_in_api,
    staff_api,
)  # fmt: skip
from bot.web.desk.guard import route
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Unknown

PAGE = Path(__file__).parents[1] / "templates" / "desk.html"
ANY = ("GET", "POST", "PUT", "PATCH", "DELETE")


async def page(_: Request) -> Response:
    """The desk: nothing in it but the script's name, so it needs no session."""
    if not PAGE.is_file():
        return PlainTextResponse("page not built", status_code=404)
    return FileResponse(PAGE, headers={"Cache-Control": "no-cache"})


async def _unknown(_: Desk, request: Request, person: StaffMember) -> Response:
    raise Unknown


#: In this order: the first that fits is taken.
API: list[Route] = [
    *sign_in_api.ROUTES,
    *oidc_api.ROUTES,
    *staff_api.ROUTES,
    *conversations_api.ROUTES,
    *files_api.ROUTES,
    *search_api.ROUTES,
    *canned_api.ROUTES,
    *cases_api.ROUTES,
    *privacy_api.ROUTES,
]


def desk_routes() -> Sequence[BaseRoute]:
    """Page and API; what is not there is not there for staff only."""
    return [Route("/desk", page), Mount("/desk/api", routes=[*API, route("/{path:path}", _unknown, ANY)])]
