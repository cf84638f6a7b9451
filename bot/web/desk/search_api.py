"""Past conversations, found by words, customer, owner and days."""

import datetime as dt
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.common.settings import settings
from bot.store.models import OWNERS
from bot.store.talk import desk as conversations
from bot.web.desk import body as read
from bot.web.desk.guard import route
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Invalid
from bot.web.desk.rows import shown_rows

LONGEST_SEARCH = 100


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


ROUTES = [route("/search", search)]
