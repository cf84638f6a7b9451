"""What staff did, for whoever must be able to say so later. Never the text of a message: ids, and what was done."""

from typing import Any

from sqlalchemy import Engine, func, select
from sqlalchemy.orm import Session

from bot.common.clock import utcnow
from bot.store.database import reading, writing
from bot.store.models import Audit
from bot.store.ownership import Person

ACTIONS = (
    "sign_in", "sign_in_failed", "sign_out", "take_over", "reply", "file", "note", "hand_back", "close", "assign",
    "flag", "download", "case", "export", "erase", "staff", "password", "canned",
)  # fmt: skip
PAGE = 50


def record(
    engine: Engine, action: str, who: Person | None, target: str | None = None, detail: dict[str, Any] | None = None
) -> None:
    """Note something that has been done. Raises ValueError for an action that is not on the list."""
    with writing(engine) as session:
        record_in(session, action, who, target, detail)


def record_in(
    session: Session, action: str, who: Person | None, target: str | None = None, detail: dict[str, Any] | None = None
) -> None:
    """As ``record``, within the transaction that does it: both or neither."""
    if action not in ACTIONS:
        raise ValueError(f"action {action}")
    session.add(
        Audit(
            at=utcnow(), staff_id=who.id if who else None, staff_name=who.name if who else None, action=action,
            target=target, detail=detail or None,
        )
    )  # fmt: skip


def page(engine: Engine, number: int) -> tuple[list[Audit], int]:
    """A page of the trail, newest first, from 1; and how many entries there are."""
    with reading(engine) as session:
        rows = session.scalars(select(Audit).order_by(Audit.id.desc()).limit(PAGE).offset((number - 1) * PAGE)).all()
        return list(rows), session.scalar(select(func.count()).select_from(Audit)) or 0
