"""Files and the transcript of the customer's own conversation, over HTTP with the conversation's token."""

import asyncio
import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote, unquote

from sqlalchemy.exc import SQLAlchemyError
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import FileResponse, JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route

from bot.common.signing import read_conversation
from bot.store import sheets, uploads
from bot.store.records import ForeignConversation, Incoming, Sender
from bot.store.sheets import BadSheet
from bot.store.talk import messages
from bot.store.uploads import BadUpload
from bot.web.drawings.look import Looker
from bot.web.drawings.wording import MODEL, told_of_file
from bot.web.frames import CLIENT_ID
from bot.web.headers import allowed_origins
from bot.web.identity import SignInRefused, visitor
from bot.web.live import Live
from bot.web.parts import DatabaseAway, Parts
from bot.web.resume import Resume
from bot.web.texts import reply_language, system
from bot.web.transcript import read as read_transcript
from bot.web.turns import Turns

Handler = Callable[["Files", Request], Awaitable[Response]]
#: The status of each refusal.
STATUS = {
    "too_large": 413, "type": 415, "empty": 422, "too_many": 429, "rate_limited": 429, "session": 401, "malformed": 400,
    "unavailable": 503,
}  # fmt: skip
#: Files that are read at once, each held in memory; seconds one waits for its turn, and may take.
AT_ONCE, PATIENCE, LONGEST = 4, 15.0, 180.0
#: Questions of a request that a file answers.
FILE_QUESTIONS = {"drawing", "photos"}
#: A browser may show none of it, only save it.
SAFE = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "sandbox", "Cache-Control": "no-store"}


class Refused(Exception):
    """The request gets no further; ``code`` is what the client is told."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True)
class Caller:
    """Whose request it is: the conversation of the token, and the contact who signed in."""

    conversation: str
    sender: Sender | None
    proven: bool
    language: str


def answered(handler: Handler) -> Handler:
    """Turn a refusal, and a database that is away, into the answer a client is told."""

    @functools.wraps(handler)
    async def run(files: "Files", request: Request) -> Response:
        try:
            return await handler(files, request)
        except (Refused, BadUpload) as refused:
            return JSONResponse({"ok": False, "error": refused.code}, status_code=STATUS[refused.code])
        except (SQLAlchemyError, DatabaseAway):
            return JSONResponse({"ok": False, "error": "unavailable"}, status_code=503)

    return run


class Files:
    """The customer's routes under ``/chat``."""

    def __init__(self, parts: Parts, live: Live, turns: Turns) -> None:
        self.parts = parts
        self.live = live
        self.turns = turns
        self._reading = asyncio.Semaphore(AT_ONCE)
        self._looker = Looker()
        self._sheets = sheets.Reader()

    def routes(self) -> Sequence[BaseRoute]:
        """All routes, open to the web origins that may open the chat."""
        cors = Middleware(
            CORSMiddleware, allow_origins=allowed_origins(), allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "X-Client-Id", "X-File-Name", "X-Smelt-Identity"],
            expose_headers=["Content-Disposition"],
        )  # fmt: skip
        routes = [
            Route("/files", self.receive, methods=["POST"]),
            Route("/files/{id}", self.give),
            Route("/transcript", self.transcript),
            Route("/resume", Resume(self.parts).post, methods=["POST"]),
        ]
        return [Mount("/chat", routes=routes, middleware=[cors])]

    @answered
    async def receive(self, request: Request) -> Response:
        """Take one file of the customer's: kept, shown as a message, acknowledged by name and size."""
        try:
            client_id = request.headers.get("x-client-id", "")
            caller = await self._sender(request, client_id)
            async with self._turn_to_read():
                info = await _kept(request)
            found = await self._looker.look(uploads.path_of(info.id), info.media_type, info.size)
            info = replace(info, facts=found.told if found else {})
            return await self._accept(caller, client_id, info)
        except ClientDisconnect:
            return Response(status_code=400)
        except OSError as error:  # the disk
            raise Refused("unavailable") from error

    async def _sender(self, request: Request, client_id: str) -> Caller:
        """Whose file it is, asked before a byte of it is read. Raises Refused, BadUpload."""
        if self.parts.limits.file_from(request.client.host if request.client else "unknown"):
            raise Refused("rate_limited")
        caller = await self._caller(request)
        if self.parts.limits.file_into(caller.conversation):
            raise Refused("rate_limited")
        await self.parts.db(uploads.may_come, self.parts.own, caller.conversation, client_id)
        return caller

    @asynccontextmanager
    async def _turn_to_read(self) -> AsyncIterator[None]:
        """One of the few places for files that are read. Raises Refused when none gets free."""
        try:
            await asyncio.wait_for(self._reading.acquire(), PATIENCE)
        except TimeoutError as error:
            raise Refused("unavailable") from error
        try:
            yield
        finally:
            self._reading.release()

    @answered
    async def give(self, request: Request) -> Response:
        """One file of this conversation, as a download."""
        caller = await self._caller(request)
        found = await self.parts.db(uploads.find, self.parts.own, request.path_params["id"], caller.conversation)
        if found is None or not uploads.path_of(found.id).is_file():
            return JSONResponse({"ok": False, "error": "unknown"}, status_code=404)
        return download(found)

    @answered
    async def transcript(self, request: Request) -> Response:
        """The conversation as text."""
        caller = await self._caller(request)
        text = await self.parts.db(read_transcript, self.parts.own, caller.conversation, caller.language)
        headers = {**SAFE, "Content-Disposition": 'attachment; filename="chat.txt"'}
        return PlainTextResponse(text, headers=headers)

    async def _caller(self, request: Request) -> Caller:
        """Whose conversation it is. Raises Refused."""
        conversation = read_conversation(request.headers.get("authorization", "").removeprefix("Bearer ").strip())
        if conversation is None:
            raise Refused("session")
        try:
            who = await visitor({"token": request.headers.get("x-smelt-identity")}, self.parts.production)
            row = await self.parts.db(messages.resume, self.parts.own, conversation, who.sender if who else None)
        except (SignInRefused, ForeignConversation) as error:
            raise Refused("session") from error
        wish = request.headers.get("accept-language", "").split(",")[0].split("-")[0]
        language = reply_language(row.language if row else None, wish or None)
        return Caller(conversation, who.sender if who else None, bool(who and who.proven), language)

    async def _accept(self, caller: Caller, client_id: str, info: uploads.FileInfo) -> Response:
        incoming = Incoming(
            conversation=caller.conversation, text=info.name, sender=caller.sender, proven=caller.proven,
            client_id=client_id if CLIENT_ID.fullmatch(client_id) else info.id, language=caller.language, file=info,
        )  # fmt: skip
        try:
            accepted = await self.parts.db(messages.accept, self.parts.own, incoming, self.parts.lease)
        except DatabaseAway:
            raise  # the row may be written yet, so the file stays
        except BaseException:
            uploads.remove(info.id)
            raise
        message, contact_id = accepted.message, accepted.contact_id
        if accepted.duplicate:
            uploads.remove(info.id)
        else:
            await self.live.said(message, contact_id)
            if accepted.owner != "person":
                reply = system(caller.language, "utter_file_received", file=info.name, size=info.size)
                said = await self.parts.db(messages.say, self.parts.own, caller.conversation, reply, message.id)
                await self.live.said(said, contact_id)
                if holds := told_of_file(caller.language, info):
                    said = await self.parts.db(messages.say, self.parts.own, caller.conversation, holds, message.id)
                    await self.live.said(said, contact_id)
                await self._tell_form(caller.conversation, info)
        return JSONResponse({"ok": True, "seq": message.seq, "file": message.card}, status_code=201)

    async def _tell_form(self, conversation: str, info: uploads.FileInfo) -> None:
        """The request in progress learns of a file it asks for, and goes on; a list of parts is read as if it were pasted."""
        if sheets.is_sheet(info.media_type):
            await self._tell_lines(conversation, info)
            return
        state = await self.parts.db(messages.state_of, self.parts.own, conversation) or {}
        if FILE_QUESTIONS & {state.get("question"), *(state.get("missing") or [])}:
            told = _told(info)
            # How far the lines of a flat drawing reach is no size of the part.
            told |= {"mm": info.facts["mm"]} if info.media_type == MODEL and "mm" in info.facts else {}
            await self.turns.internal(conversation, told)

    async def _tell_lines(self, conversation: str, info: uploads.FileInfo) -> None:
        """Hand the lines of a sheet on, or that they cannot be read."""
        told = {**_told(info), "kind": "sheet"}
        try:
            told["said"] = await self._sheets.read(uploads.path_of(info.id), info.media_type)
        except (BadSheet, TimeoutError, OSError):
            told.pop("said", None)
        await self.turns.internal(conversation, told)


def _told(info: uploads.FileInfo) -> dict[str, Any]:
    """What the assistant learns of a file."""
    return {"kind": "file", "name": info.name, "size": info.size, "media_type": info.media_type}


def download(info: uploads.FileInfo) -> Response:
    """A file as something to save, whatever it is."""
    disposition = f"attachment; filename*=UTF-8''{quote(info.name)}"
    headers = {**SAFE, "Content-Disposition": disposition}
    return FileResponse(uploads.path_of(info.id), media_type="application/octet-stream", headers=headers)


async def _kept(request: Request) -> uploads.FileInfo:
    """The file of a request, checked and on the disk. Raises BadUpload, Refused."""
    try:
        content = await asyncio.wait_for(body(request), LONGEST)
    except TimeoutError as error:
        raise Refused("unavailable") from error
    info = await asyncio.to_thread(uploads.check, unquote(request.headers.get("x-file-name", "")), content)
    await asyncio.to_thread(uploads.store, info, content)
    return info


async def body(request: Request) -> bytes:
    """The whole body, refused as soon as it is too large. Raises BadUpload."""
    said = request.headers.get("content-length", "")
    if said.isdigit() and int(said) > uploads.largest():
        raise BadUpload("too_large")
    content = bytearray()
    async for chunk in request.stream():
        content += chunk
        if len(content) > uploads.largest():
            raise BadUpload("too_large")
    return bytes(content)
