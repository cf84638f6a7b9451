"""Privacy for admins: what is kept and why, and one customer's data found, given out or erased.

Looking through every message may take longer than a chat would wait, so these run to their end in threads of their own.
"""

import asyncio
import functools
import json
from dataclasses import dataclass, field
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from actions.production.contacts import Contact, ever_known, named
from bot.common.addresses import read_address, same_address
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.store import audit
from bot.store.privacy import export, kept
from bot.store.privacy.privacy import Erased, erase_customer
from bot.store.privacy.whose import Whom
from bot.web.desk import body as read
from bot.web.desk.guard import route
from bot.web.desk.language import language_of
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Invalid
from bot.web.outgoing import neutral

FOLDER = ROOT / "data" / "desk"
LONGEST_WORDS, LONGEST_ADDRESS, LONGEST_ID = 100, 254, 64
SHORTEST_NAME, MOST_PEOPLE = 3, 20


@functools.lru_cache(maxsize=4)
def texts(language: str) -> dict[str, dict[str, str]]:
    """What each kind of data is and why it is kept."""
    content: dict[str, dict[str, str]] = read_yaml(FOLDER / f"privacy.{language}.yml")
    return content


async def overview(desk: Desk, request: Request, _: StaffMember) -> Response:
    """What is kept, why, for how long, how much and since when."""
    words = texts(language_of(request))
    found = await desk.parts.db(kept.kept, desk.parts.own)
    rows = [
        {"name": one.name, "what": words[one.name]["what"], "why": words[one.name]["why"], "days": one.days,
         "count": one.count, "oldest": one.oldest.isoformat() if one.oldest else None}
        for one in found
    ]  # fmt: skip
    return JSONResponse({"kept": rows})


async def find(desk: Desk, request: Request, _: StaffMember) -> Response:
    """Customers that fit an address, a name, a contact id or a conversation, and how much there is of each."""
    words = read.text(await read.read_json(request), "q", LONGEST_ADDRESS)
    found = []
    for target in await _targets(desk, words):
        there = await asyncio.to_thread(export.find, desk.parts.own, target.whom)
        if target.contact is not None or there["conversations"] or there["cases"] or there["mentions"]:
            found.append({**_who(target), **there})
    return JSONResponse({"found": found})


async def give(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Everything of one customer as a file a machine can read."""
    target = await _target(desk, await read.read_json(request))
    data = await asyncio.to_thread(export.export, desk.parts.own, target.whom)
    counts = {name: len(data[name]) for name in ("conversations", "cases", "files")}
    await desk.parts.db(audit.record, desk.parts.own, "export", person.person, target.name, counts)
    content = json.dumps(data, ensure_ascii=False, indent=1).encode()
    headers = {"Content-Disposition": 'attachment; filename="customer-data.json"'}
    return Response(content, media_type="application/json", headers=headers)


async def erase(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Erase one customer's data. Cases stay for their legal period, and the answer says so."""
    body = await read.read_json(request)
    if body.get("confirm") is not True:
        raise Invalid("confirm")
    target = await _target(desk, body)
    done: Erased = await asyncio.to_thread(erase_customer, desk.parts.own, target.whom)
    counts = {"conversations": len(done.conversations), "files": done.files, "cases_kept": len(done.kept)}
    await desk.parts.db(audit.record, desk.parts.own, "erase", person.person, target.name, counts)
    for conversation, contact_id in done.conversations:
        await desk.live.to_customer(conversation, contact_id, "erased", {})
        await desk.live.changed(conversation)
    await desk.live.queue()
    cases = [{"case_no": case.case_no, "until": case.until.isoformat()} for case in done.kept]
    return JSONResponse({"conversations": len(done.conversations), "files": done.files, "kept": cases})


@dataclass(frozen=True)
class Target:
    """Whose data is meant. ``name`` is for the trail: never an address."""

    whom: Whom
    name: str
    ask: dict[str, str] = field(default_factory=dict)
    contact: Contact | None = None


async def _target(desk: Desk, body: dict[str, Any]) -> Target:
    """The one customer a request names. Raises Invalid."""
    given = [name for name in ("contact_id", "email", "conversation_id") if body.get(name)]
    if len(given) != 1:
        raise Invalid(given[1] if given else "contact_id")
    value = read.text(body, given[0], LONGEST_ADDRESS if given[0] == "email" else LONGEST_ID)
    if given[0] == "email":
        if read_address(value) is None:
            raise Invalid("email")
        return await _at_address(desk, same_address(value))
    if given[0] == "conversation_id":
        return _one_conversation(value)
    people = await asyncio.to_thread(ever_known, desk.parts.production, [value])
    return _contact(value, people[0] if people else None)


async def _targets(desk: Desk, words: str) -> list[Target]:
    """Everybody whom some words may mean."""
    if read_address(words) is not None:
        return [await _at_address(desk, same_address(words))]
    ids = [words]
    if len(words) >= SHORTEST_NAME:
        ids += await asyncio.to_thread(named, desk.parts.production, words, MOST_PEOPLE)
    people = await asyncio.to_thread(ever_known, desk.parts.production, ids)
    exact = [] if any(one.contact_id == words for one in people) else [_contact(words, None)]
    return [*(_contact(one.contact_id, one) for one in people), *exact, _one_conversation(words)]


async def _at_address(desk: Desk, email: str) -> Target:
    people = await asyncio.to_thread(ever_known, desk.parts.production, email=email)
    ids = frozenset(one.contact_id for one in people)
    return Target(Whom(ids, frozenset({email})), "e-mail", {"email": email}, people[0] if people else None)


def _contact(contact_id: str, known: Contact | None) -> Target:
    emails = frozenset({same_address(known.email)} if known and known.email else ())
    return Target(Whom(frozenset({contact_id}), emails), contact_id, {"contact_id": contact_id}, known)


def _one_conversation(conversation: str) -> Target:
    return Target(Whom(conversation=conversation), conversation, {"conversation_id": conversation})


def _who(target: Target) -> dict[str, Any]:
    """``whom`` is what to send back to export or erase."""
    one = target.contact
    return {
        "whom": target.ask, "name": neutral(one.name) if one else None, "company": one.customer_name if one else None,
        "email": one.email if one else target.ask.get("email"),
    }  # fmt: skip


ROUTES = [
    route("/privacy", overview, role="admin"),
    route("/privacy/find", find, ["POST"], role="admin"),
    route("/privacy/export", give, ["POST"], role="admin"),
    route("/privacy/erase", erase, ["POST"], role="admin"),
]
