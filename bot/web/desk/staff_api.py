"""Oneself, the colleagues, the accounts and the audit trail."""

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.store import audit
from bot.store.models import Audit
from bot.store.staff import staff
from bot.store.staff.passwords import WeakPassword
from bot.store.staff.staff import Account, Change, StaffError, UnknownStaff
from bot.web.desk import body as read
from bot.web.desk.guard import COOKIE, route, session_of
from bot.web.desk.parts import Desk, StaffMember
from bot.web.desk.refusals import Invalid, Unknown
from bot.web.desk.sign_in_api import shown

Arguments = ParamSpec("Arguments")
Result = TypeVar("Result")
LONGEST_NAME, LONGEST_PASSWORD = 120, 200


async def colleagues(desk: Desk, _: Request, person: StaffMember) -> Response:
    """Who can take a conversation; an admin sees all accounts."""
    found = await desk.parts.db(staff.accounts, desk.parts.own)
    online = await desk.sockets.online()
    admin = person.role == "admin"
    return JSONResponse({"staff": [_account(one, online, admin) for one in found if admin or one.active]})


async def add(desk: Desk, request: Request, person: StaffMember) -> Response:
    """A new account."""
    body = await read.read_json(request)
    password = body.get("password") or None  # none for those who sign in through the identity provider
    made = await _changing(
        desk, staff.add, desk.parts.own, read.text(body, "email", 254), read.text(body, "name", LONGEST_NAME),
        read.choice(body, "role", staff.ROLES), _password(body, "password") if password else None, person.person,
    )  # fmt: skip
    return JSONResponse({"staff": _account(made, set(), True)}, status_code=201)


async def change(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Another name, role or password for an account, or its end."""
    body = await read.read_json(request)
    if "active" in body and not isinstance(body["active"], bool):
        raise Invalid("active")
    wanted = Change(
        name=read.text(body, "name", LONGEST_NAME) if "name" in body else None,
        role=read.choice(body, "role", staff.ROLES) if "role" in body else None,
        active=body.get("active"),
        password=_password(body, "password") if body.get("password") else None,
    )
    changed = await _changing(desk, staff.change, desk.parts.own, request.path_params["id"], wanted, person.person)
    await desk.sockets.look()
    return JSONResponse({"staff": _account(changed, await desk.sockets.online(), True)})


async def own_password(desk: Desk, request: Request, person: StaffMember) -> Response:
    """One's own new password."""
    body = await read.read_json(request)
    old, new = _password(body, "old"), _password(body, "new")
    session_id = session_of(request.cookies.get(COOKIE)) or ""
    address = request.client.host if request.client else ""
    desk.tries.count(address)
    await _changing(
        desk, staff.change_own_password, desk.parts.own, person.person, old, new, session_id, field="new"
    )  # fmt: skip
    desk.tries.right(address)
    await desk.sockets.look()
    return JSONResponse({"ok": True})


async def presence(desk: Desk, request: Request, person: StaffMember) -> Response:
    """Whether one can take a conversation."""
    wanted = read.choice(await read.read_json(request), "presence", staff.PRESENCES)
    await desk.parts.db(staff.set_presence, desk.parts.own, person.id, wanted)
    await desk.sockets.tell_presence()
    return JSONResponse({"presence": wanted})


async def trail(desk: Desk, request: Request, _: StaffMember) -> Response:
    """What staff did, newest first."""
    rows, total = await desk.parts.db(audit.page, desk.parts.own, read.page(request))
    return JSONResponse({"rows": [_entry(row) for row in rows], "total": total, "page": read.page(request)})


async def _changing(
    desk: Desk, work: Callable[..., Result], *arguments: Any, field: str = "password"
) -> Result:  # fmt: skip
    """Change an account where passwords are hashed; its errors as answers."""
    try:
        return await desk.hash(work, *arguments)
    except UnknownStaff as error:
        raise Unknown from error
    except StaffError as error:
        raise Invalid(error.field, type(error).__name__) from error
    except WeakPassword as error:
        raise Invalid(field, "weak") from error


def _password(body: dict[str, Any], name: str) -> str:
    """As typed: blanks belong to a password."""
    value = body.get(name)
    if not isinstance(value, str) or len(value) > LONGEST_PASSWORD:
        raise Invalid(name)
    return value


def _account(one: Account, online: set[str], admin: bool) -> dict[str, Any]:
    known: dict[str, Any] = {**shown(one.member), "active": one.active, "online": one.member.id in online}
    if admin:
        known |= {
            "has_password": one.has_password, "oidc": one.has_oidc,
            "last_seen_at": one.last_seen_at.isoformat() if one.last_seen_at else None,
        }  # fmt: skip
    return known


def _entry(row: Audit) -> dict[str, Any]:
    return {
        "id": row.id, "at": row.at.isoformat(), "staff_name": row.staff_name, "action": row.action,
        "target": row.target, "detail": row.detail,
    }  # fmt: skip


ROUTES = [
    route("/staff", colleagues),
    route("/staff", add, ["POST"], role="admin"),
    route("/staff/{id}", change, ["PATCH"], role="admin"),
    route("/password", own_password, ["POST"]),
    route("/presence", presence, ["POST"]),
    route("/audit", trail, role="admin"),
]
