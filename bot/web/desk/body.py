"""Reading requests of the desk: any JSON may come; nothing here raises but Refused."""

import json
from collections.abc import Collection
from typing import Any

from starlette.requests import Request

from bot.web.desk.refusals import Invalid, Refused
from bot.web.frames import CLIENT_ID, clean

#: Bytes of a JSON body: a long reply with every character escaped fits.
LONGEST_BODY = 64_000


async def read_json(request: Request, longest: int = LONGEST_BODY) -> dict[str, Any]:
    """The object in the body, ``{}`` for an empty one. Raises Refused 413 or Invalid."""
    chunks, size = [], 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > longest:
            raise Refused(413, "too_long")
        chunks.append(chunk)
    try:
        body = json.loads(b"".join(chunks) or b"{}")
    except (ValueError, RecursionError) as error:
        raise Invalid("body") from error
    if not isinstance(body, dict):
        raise Invalid("body")
    return body


def text(body: dict[str, Any], name: str, longest: int, required: bool = True) -> str:
    """A text field, freed of control characters and outer blanks; "" when it may be missing. Raises Invalid."""
    value = body.get(name)
    if value is None and not required:
        return ""
    if not isinstance(value, str) or len(value) > longest:
        raise Invalid(name)
    value = clean(value).strip()
    if required and not value:
        raise Invalid(name)
    return value


def choice(body: dict[str, Any], name: str, allowed: Collection[str]) -> str:
    """One of a few words. Raises Invalid."""
    value = body.get(name)
    if not isinstance(value, str) or value not in allowed:
        raise Invalid(name)
    return value


def number(body: dict[str, Any], name: str, least: int = 0, most: int = 2**31 - 1) -> int:
    """A whole number. Raises Invalid."""
    value = body.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise Invalid(name)
    return value


def client_id(body: dict[str, Any]) -> str:
    """The id under which the browser may send the same thing again. Raises Invalid."""
    value = body.get("client_id")
    if not isinstance(value, str) or not CLIENT_ID.fullmatch(value):
        raise Invalid("client_id")
    return value


def page(request: Request) -> int:
    """``?page=`` of a list, from 1. Raises Invalid."""
    value = request.query_params.get("page", "1")
    if not (value.isascii() and value.isdigit() and len(value) <= 6 and int(value) >= 1):
        raise Invalid("page")
    return int(value)
