"""Files of conversations: what staff send, and what they save of what came."""

import asyncio
from urllib.parse import unquote

from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import Response

from bot.store import audit, uploads
from bot.store.ownership import OwnershipError
from bot.store.records import ConversationErased, Reply
from bot.store.talk import answering
from bot.store.uploads import BadUpload, FileInfo
from bot.web.desk.conversations_api import conversation_id, shown_reply
from bot.web.desk.guard import route
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Invalid, Refused, Unknown
from bot.web.frames import CLIENT_ID
from bot.web.uploads import STATUS, body, download


async def send(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Send a file to the customer; sent again under the same id, it is sent once."""
    client_id = request.headers.get("x-client-id", "")
    if not CLIENT_ID.fullmatch(client_id):
        raise Invalid("client_id")
    name = unquote(request.headers.get("x-file-name", ""))
    try:
        content = await body(request)
        info = await asyncio.to_thread(uploads.check, name, content)
        await asyncio.to_thread(uploads.store, info, content)
        replied = await _put(desk, conversation_id(request), person, info, client_id)
    except BadUpload as bad:
        raise Refused(STATUS[bad.code], bad.code) from bad
    return await shown_reply(desk, replied)


async def save(desk: Desk, request: Request, person: StaffMember) -> Response:
    """One file, as something to save whatever it is."""
    found = await desk.parts.db(uploads.find, desk.parts.own, request.path_params["id"])
    if found is None or not uploads.path_of(found.id).is_file():
        raise Unknown
    await desk.parts.db(audit.record, desk.parts.own, "download", person.person, found.id)
    return download(found)


async def _put(desk: Desk, conversation: str, person: StaffMember, info: FileInfo, client_id: str) -> answering.Replied:
    """Store the message of a file; a file that belongs to none is deleted again."""
    said = Reply(info.name, card=info.card, author="person", name=person.name)
    try:
        replied = await desk.parts.db(
            answering.reply, desk.parts.own, conversation, person.person, said, client_id, info
        )
    except (OwnershipError, ConversationErased, BadUpload, SQLAlchemyError):
        uploads.remove(info.id)
        raise
    if not replied.new:
        uploads.remove(info.id)
    return replied


ROUTES = [
    route("/conversations/{id}/files", send, ["POST"]),
    route("/files/{id}", save),
]
