"""Prepared answers of the desk, in each language, with placeholders that the desk fills in."""

import string

from sqlalchemy import Engine, func, select

from bot.common.clock import utcnow
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.store.audit import record_in
from bot.store.database import reading, writing
from bot.store.models import CannedReply
from bot.store.ownership import Person

FOLDER = ROOT / "data" / "desk"
PLACEHOLDERS = frozenset({"customer_name", "company", "order_no", "case_no", "staff_name", "foundry"})
LONGEST_TITLE, LONGEST_TEXT = 120, 4000


class UnknownPlaceholder(ValueError):
    """The text names something the desk cannot fill in, or has a single brace."""


def check(text: str) -> None:
    """Whether every placeholder can be filled in. Raises UnknownPlaceholder."""
    try:
        fields = list(string.Formatter().parse(text))
    except ValueError as error:
        raise UnknownPlaceholder(str(error)) from error
    for _, name, spec, conversion in fields:
        if name is not None and (name not in PLACEHOLDERS or spec or conversion):
            raise UnknownPlaceholder(name)


def everything(engine: Engine) -> list[CannedReply]:
    """All of them, by language and title."""
    with reading(engine) as session:
        return list(session.scalars(select(CannedReply).order_by(CannedReply.language, CannedReply.title)))


def save(engine: Engine, number: int | None, language: str, title: str, text: str, by: Person) -> CannedReply:
    """Make one, or change the one of this number. Raises UnknownPlaceholder and LookupError."""
    check(text)
    with writing(engine) as session:
        row = CannedReply() if number is None else session.get(CannedReply, number, with_for_update=True)
        if row is None:
            raise LookupError(number)
        row.language, row.title, row.text, row.updated_at = language, title, text, utcnow()
        session.add(row)
        session.flush()
        record_in(session, "canned", by, str(row.id), {"done": "made" if number is None else "changed"})
        return row


def remove(engine: Engine, number: int, by: Person) -> None:
    """Delete one. Raises LookupError."""
    with writing(engine) as session:
        row = session.get(CannedReply, number, with_for_update=True)
        if row is None:
            raise LookupError(number)
        session.delete(row)
        record_in(session, "canned", by, str(number), {"done": "removed"})


def seed(engine: Engine) -> int:
    """Lay out those of data/desk when there are none at all; how many. What staff changed or deleted stays so."""
    with writing(engine) as session:
        if session.scalar(select(func.count()).select_from(CannedReply)):
            return 0
        rows = [
            CannedReply(
                language=path.suffixes[0][1:], title=one["title"], text=one["text"].strip(), updated_at=utcnow()
            )
            for path in sorted(FOLDER.glob("canned.*.yml"))
            for one in read_yaml(path)
        ]
        session.add_all(rows)
        return len(rows)
