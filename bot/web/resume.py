"""``POST /chat/resume``: back to a chat from a mail, by its link (a contact's) or with address and code (a stranger's)."""

import asyncio
import json
import re
import time
from typing import Any

import structlog
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response

from actions.production.contacts import contact
from bot.common.addresses import read_address
from bot.common.signing import read_resume, sign_conversation
from bot.store.cases import proof as rules
from bot.store.database import reading
from bot.store.models import Conversation
from bot.web.headers import may_open
from bot.web.identity import proven_by_mail
from bot.web.limits import network
from bot.web.parts import DatabaseAway, Parts
from bot.web.proof import identity
from bot.web.proof_reading import plain

log = structlog.get_logger("resume")
LONGEST_BODY = 2000
#: Every answer about a code takes this long at least, so that no time tells whether anybody has the address.
SECONDS = 0.4
STATUS = {"malformed": 400, "origin": 403, "wrong": 403, "too_many": 429, "unavailable": 503}


class Resume:
    """The route."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    async def post(self, request: Request) -> Response:
        """A session, for a contact with their identity; or an error that is the same for every reason."""
        try:
            answer = await self._answer(request)
        except (SQLAlchemyError, DatabaseAway) as error:
            log.error("database away", error=type(error).__name__)
            answer = "unavailable"
        except ClientDisconnect:
            return Response(status_code=400)
        if isinstance(answer, str):
            return JSONResponse({"ok": False, "error": answer}, status_code=STATUS[answer])
        return JSONResponse({"ok": True, **answer}, headers={"Cache-Control": "no-store"})

    async def _answer(self, request: Request) -> dict[str, Any] | str:
        if not may_open(request.headers.get("origin"), {"HTTP_HOST": request.headers.get("host", "")}):
            return "origin"
        asked = await _body(request)
        if isinstance(asked.get("token"), str):
            return await self._by_link(asked["token"])
        email, code = asked.get("email"), asked.get("code")
        if not isinstance(email, str) or not isinstance(code, str):
            return "malformed"
        until = time.monotonic() + SECONDS
        client = network(request.client.host if request.client else "unknown")
        try:
            return await self._by_code(plain(email), plain(code), client)
        finally:
            await asyncio.sleep(max(0.0, until - time.monotonic()))

    async def _by_link(self, token: str) -> dict[str, Any] | str:
        claims = read_resume(token)
        if claims is None:
            return "wrong"
        row = await self.parts.db(_conversation, self.parts.own, claims.conversation)
        found = await asyncio.to_thread(contact, self.parts.production, claims.contact)
        if row is None or found is None or row.contact_id != claims.contact or not claims.mailed_to(found.email):
            return "wrong"
        if not await self.parts.db(rules.open_link, self.parts.own, claims):
            return "wrong"
        return {"session_id": sign_conversation(row.id), "identity": identity(*proven_by_mail(found))}

    async def _by_code(self, email: str, code: str, client: str) -> dict[str, Any] | str:
        digits = re.sub("[ -]", "", code)
        if read_address(email) is None or not re.fullmatch("[0-9]{4,12}", digits):
            return "wrong"
        try:
            conversation = await self.parts.db(rules.try_resume, self.parts.own, email, digits, client)
        except rules.TooMany:
            return "too_many"
        row = await self.parts.db(_conversation, self.parts.own, conversation or "")
        # Somebody proved it theirs meanwhile: then it is theirs alone.
        if conversation is None or row is None or row.contact_id is not None:
            return "wrong"
        return {"session_id": sign_conversation(conversation)}


def _conversation(engine: Engine, conversation: str) -> Conversation | None:
    with reading(engine) as session:
        return session.get(Conversation, conversation)


async def _body(request: Request) -> dict[str, Any]:
    """The JSON object of a small body, empty for anything else."""
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > LONGEST_BODY:
            return {}
    try:
        found = json.loads(content)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
