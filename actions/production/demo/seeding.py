"""Filling a database with the invented plant, and telling whether the plant in it fits a date and seed."""

import datetime as dt
from collections.abc import Callable

from sqlalchemy import Engine, delete, select
from sqlalchemy.exc import DBAPIError

from actions.production.database import migrate
from actions.production.demo.book import Book
from actions.production.demo.history import add_history
from actions.production.demo.load import add_calendar, add_load
from actions.production.demo.notable import add_notable
from actions.production.demo.parts import add_parts
from actions.production.demo.people import add_people
from actions.production.demo.rows import Rows
from actions.production.demo.trade import add_trade
from actions.production.models import Base, Customer, IntakeSubmission, Source

#: Raised whenever the invented plant changes, so that a database seeded before is filled anew.
VERSION = 4
SYSTEM = "demo plant, invented data"


class NotADemoError(RuntimeError):
    """The database holds data that the demo did not write; it is left alone."""


def plan(today: dt.date, seed: int) -> Rows:
    """All rows of the plant for a date and seed; the same ones every time."""
    rows = Rows()
    add_calendar(rows, today)
    add_people(rows, seed)
    add_parts(rows, seed, today)
    add_trade(rows, seed, today)
    add_load(rows, seed, today)
    book = Book(rows, seed, today)
    add_history(book)
    add_notable(book)
    # Known as of midnight: a moved clock keeps the hour of the real day, and data must never be from the future.
    as_of = dt.datetime.combine(today, dt.time(0), dt.UTC) - dt.timedelta(hours=2)
    rows.add(
        Source, id=1, system=SYSTEM, data_as_of=as_of, demo_date=today, demo_seed=seed, demo_version=VERSION,
    )  # fmt: skip
    return rows


def seed(engine: Engine, today: dt.date, seed: int, progress: Callable[[str], None] = lambda text: None) -> None:
    """Bring the schema up and fill it with the invented plant, replacing an earlier one, in one transaction.

    Raises NotADemoError when the database holds customers that the demo did not write.
    """
    migrate(engine)
    progress(f"inventing the plant of {today}, seed {seed}")
    rows = plan(today, seed)
    with engine.begin() as connection:
        demo = connection.scalar(select(Source.demo_date))
        if demo is None and connection.scalar(select(Customer.id).limit(1)) is not None:
            raise NotADemoError("the database holds data that the demo did not write; give it a database of its own")
        for table in reversed(Base.metadata.sorted_tables):
            # What somebody confirmed is no part of the invention.
            if table.name != IntakeSubmission.__tablename__:
                connection.execute(delete(table))
        rows.write(connection)
    progress(f"wrote {sum(map(len, rows.by_table.values()))} rows")


def fits(engine: Engine, today: dt.date, seed: int) -> bool:
    """Whether the database holds the invented plant of this date and seed, as this version writes it."""
    try:
        with engine.connect() as connection:
            found = connection.execute(select(Source.demo_date, Source.demo_seed, Source.demo_version)).first()
    except DBAPIError:
        # No file or no tables yet.
        return False
    return found is not None and tuple(found) == (today, seed, VERSION)
