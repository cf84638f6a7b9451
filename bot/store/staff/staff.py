"""Accounts of the sales desk: ``python -m bot.store.staff.staff add kari@foundry.no "Kari Nordmann" --role admin``."""

import argparse
import datetime as dt
import functools
import getpass
import hashlib
import hmac
import os
import sys
import uuid
from dataclasses import dataclass

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.common.addresses import read_address, same_address
from bot.common.clock import utcnow
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT, settings
from bot.store.audit import record_in
from bot.store.database import connect, reading, writing
from bot.store.models import SignInTry, Staff
from bot.store.ownership import Person
from bot.store.staff import passwords, sessions
from bot.store.staff.passwords import WeakPassword
from bot.store.staff.sessions import StaffMember, member

ROLES = ("agent", "admin")
PRESENCES = ("available", "away")
DEMO_STAFF = ROOT / "data" / "desk" / "demo_staff.yml"


class StaffError(RuntimeError):
    """An account cannot be made or changed; ``field`` is what is wrong."""

    def __init__(self, field: str) -> None:
        super().__init__(field)
        self.field = field


class UnknownStaff(StaffError):
    """There is no such account."""


class LastAdmin(StaffError):
    """Somebody must be able to look after the accounts."""


@dataclass(frozen=True)
class Account:
    """An account as an admin sees it."""

    member: StaffMember
    active: bool
    has_password: bool
    has_oidc: bool
    last_seen_at: dt.datetime | None


@dataclass(frozen=True)
class Change:
    """What to change of an account; None leaves it as it is."""

    name: str | None = None
    role: str | None = None
    active: bool | None = None
    password: str | None = None

    @property
    def named(self) -> list[str]:
        """What is changed, for the audit trail."""
        return [name for name in ("name", "role", "active", "password") if getattr(self, name) is not None]


def normal(email: str) -> str:
    """An address as accounts are found by."""
    return same_address(email)


def address_hash(email: str) -> str:
    """Under what wrong passwords for an address are counted, whoever has it."""
    secret = settings().secret.get_secret_value().encode()
    return hmac.new(secret, b"sign-in-try:" + normal(email).encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def accounts(engine: Engine) -> list[Account]:
    """All accounts, by name."""
    with reading(engine) as session:
        return [_account(row) for row in session.scalars(select(Staff).order_by(Staff.name))]


def members(engine: Engine) -> list[StaffMember]:
    """Who may be given a conversation: active staff, by name."""
    with reading(engine) as session:
        return [member(row) for row in session.scalars(select(Staff).where(Staff.active).order_by(Staff.name))]


def find(engine: Engine, staff_id: str) -> Account | None:
    """One account."""
    with reading(engine) as session:
        row = session.get(Staff, staff_id)
        return _account(row) if row else None


def add(
    engine: Engine, email: str, name: str, role: str = "agent", password: str | None = None, by: Person | None = None
) -> Account:
    """Make an account. Raises StaffError (``email`` taken or no address) and WeakPassword."""
    email, name = normal(email), name.strip()
    if read_address(email) is None:
        raise StaffError("email")
    if not 0 < len(name) <= 120:
        raise StaffError("name")
    if role not in ROLES:
        raise StaffError("role")
    row = Staff(
        id=uuid.uuid4().hex, email=email, name=name, role=role, active=True, presence="available",
        password_hash=passwords.hashed(password) if password is not None else None, created_at=utcnow(),
    )  # fmt: skip
    try:
        with writing(engine) as session:
            session.add(row)
            session.flush()
            record_in(session, "staff", by, row.id, {"made": role})
    except IntegrityError as error:
        raise StaffError("email") from error
    return _account(row)


def change(engine: Engine, staff_id: str, wanted: Change, by: Person | None = None) -> Account:
    """Change an account; another role or password, or its end, ends its sessions.

    Raises UnknownStaff, LastAdmin, StaffError and WeakPassword.
    """
    password_hash = passwords.hashed(wanted.password) if wanted.password is not None else None
    with writing(engine) as session:
        # All admins under one lock, so that two cannot end each other at the same moment.
        admins = session.scalars(
            select(Staff).where(Staff.active, Staff.role == "admin").order_by(Staff.id).with_for_update()
        ).all()
        row = session.get(Staff, staff_id, with_for_update=True)
        if row is None:
            raise UnknownStaff("id")
        before = (row.role, row.active)
        _apply(row, wanted, password_hash)
        if row in admins and len(admins) == 1 and (row.role, row.active) != ("admin", True):
            raise LastAdmin("role" if row.role != "admin" else "active")
        if password_hash:
            session.execute(delete(SignInTry).where(SignInTry.address_hash == address_hash(row.email)))
        if (row.role, row.active) != before or password_hash:
            sessions.end_all_in(session, staff_id)
        record_in(session, "staff", by, staff_id, {"changed": wanted.named})
        return _account(row)


def change_own_password(engine: Engine, who: Person, old: str, new: str, session_id: str) -> None:
    """Somebody's own new password; their other browsers are signed out. Raises StaffError (``old``), WeakPassword."""
    with reading(engine) as session:
        row = session.get(Staff, who.id)
        known = row.password_hash if row else None
    if not passwords.fits(known, old):
        raise StaffError("old")
    password_hash = passwords.hashed(new)
    with writing(engine) as session:
        row = session.get(Staff, who.id, with_for_update=True)
        if row is None or row.password_hash != known:
            raise StaffError("old")
        row.password_hash = password_hash
        sessions.end_all_in(session, who.id, but=session_id)
        record_in(session, "password", who, who.id)


def set_presence(engine: Engine, staff_id: str, presence: str) -> None:
    """Say whether somebody can take a conversation. Raises StaffError."""
    if presence not in PRESENCES:
        raise StaffError("presence")
    with writing(engine) as session:
        row = session.get(Staff, staff_id, with_for_update=True)
        if row is not None:
            row.presence = presence


def seen(engine: Engine, staff_ids: set[str]) -> None:
    """Their desks are open."""
    if staff_ids:
        with writing(engine) as session:
            session.execute(update(Staff).where(Staff.id.in_(staff_ids)).values(last_seen_at=utcnow()))


def seen_since(engine: Engine, moment: dt.datetime) -> set[str]:
    """Whose desk was open after that moment."""
    with reading(engine) as session:
        return set(session.scalars(select(Staff.id).where(Staff.active, Staff.last_seen_at > moment)))


@functools.lru_cache(maxsize=1)
def demo_staff() -> tuple[str, list[dict[str, str]]]:
    """The password of the invented accounts, and the accounts."""
    content = read_yaml(DEMO_STAFF)
    return str(content["password"]), content["accounts"]


def add_demo_staff(engine: Engine) -> None:
    """Make the invented accounts that are not there. Raises RuntimeError outside the demo."""
    if not settings().demo:
        raise RuntimeError("invented staff in production")
    password, wanted = demo_staff()
    with reading(engine) as session:
        there = set(session.scalars(select(Staff.email)))
    for one in wanted:
        if one["email"] not in there:
            add(engine, one["email"], one["name"], one["role"], password)


def with_demo_password(engine: Engine) -> list[str]:
    """Addresses of the accounts anybody could sign in to who has read the demo's page."""
    password, _ = demo_staff()
    with reading(engine) as session:
        rows = session.execute(select(Staff.email, Staff.password_hash).where(Staff.password_hash.is_not(None))).all()
    return [email for email, password_hash in rows if passwords.fits(password_hash, password)]


def _apply(row: Staff, wanted: Change, password_hash: str | None) -> None:
    if wanted.name is not None:
        if not 0 < len(wanted.name.strip()) <= 120:
            raise StaffError("name")
        row.name = wanted.name.strip()
    if wanted.role is not None:
        if wanted.role not in ROLES:
            raise StaffError("role")
        row.role = wanted.role
    row.active = row.active if wanted.active is None else wanted.active
    row.password_hash = password_hash or row.password_hash


def _account(row: Staff) -> Account:
    return Account(
        member(row), row.active, row.password_hash is not None, row.oidc_subject is not None, row.last_seen_at
    )


def _by_email(session: Session, email: str) -> Staff | None:
    return session.scalar(select(Staff).where(Staff.email == normal(email)))


def _password() -> str:
    given = os.environ.get("SMELT_STAFF_PASSWORD")
    return given if given is not None else getpass.getpass(f"password, at least {passwords.SHORTEST} characters: ")


def main(arguments: list[str]) -> int:
    """Make an account, or give one a new password. Returns 1 with the reason on standard error when it cannot."""
    parser = argparse.ArgumentParser(prog="python -m bot.store.staff.staff", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    adding = commands.add_parser("add", help="make an account; the password is asked for, or SMELT_STAFF_PASSWORD")
    adding.add_argument("email")
    adding.add_argument("name")
    adding.add_argument("--role", choices=ROLES, default="agent")
    commands.add_parser("password", help="give an account a new password").add_argument("email")
    wanted = parser.parse_args(arguments)
    engine = connect(settings().own_db, pool_size=1)
    try:
        if wanted.command == "add":
            add(engine, wanted.email, wanted.name, wanted.role, _password())
        else:
            with reading(engine) as session:
                row = _by_email(session, wanted.email)
            if row is None:
                raise UnknownStaff("email")
            change(engine, row.id, Change(password=_password()))
    except WeakPassword:
        print(f"the password needs {passwords.SHORTEST} to {passwords.LONGEST} characters", file=sys.stderr)
        return 1
    except StaffError as error:
        print(f"{wanted.email}: {type(error).__name__} ({error.field})", file=sys.stderr)
        return 1
    finally:
        engine.dispose()
    print(f"{normal(wanted.email)}: done")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
