"""Checks a production database against the read contract: views, columns, types and closed lists."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, inspect, select
from sqlalchemy.exc import DBAPIError, NoSuchTableError

from actions.production import views

#: Rows of a view looked at when the assistant starts; tests look at all.
SAMPLE = 20_000
LISTS: dict[tuple[str, str], Sequence[str]] = {
    ("v_order", "status"): views.STATUSES,
    ("v_order_line", "status"): views.STATUSES,
    ("v_promise", "reason_code"): views.REASONS,
    ("v_operation", "code"): views.OPERATIONS,
    ("v_operation", "state"): views.OPERATION_STATES,
    ("v_pattern", "condition"): views.PATTERN_CONDITIONS,
    ("v_product", "release_status"): views.RELEASE_STATUSES,
    ("v_capacity_week", "resource_type"): views.RESOURCE_TYPES,
    ("v_capacity_week", "planner_band"): views.BANDS,
    ("v_resource_day", "resource_type"): views.RESOURCE_TYPES,
}
#: May be empty; every other list column must have a value.
MAY_BE_EMPTY = {("v_promise", "reason_code"), ("v_capacity_week", "planner_band"), ("v_capacity_week", "resource_type")}
#: Without these a row belongs to nobody.
KEYS = ("customer_id", "order_no", "line_no", "product_id", "contact_id")
OPTIONAL_KEYS = {("v_order", "contact_id"), ("v_document", "line_no")}
PYTHON: dict[type, tuple[type, ...]] = {
    str: (str,),
    int: (int, bool),
    float: (float, int),
    bool: (bool, int),
    dt.date: (dt.date,),
    dt.datetime: (dt.datetime,),
}


class ContractError(RuntimeError):
    """The database does not keep the read contract; the text lists every problem."""


@dataclass(frozen=True)
class Problem:
    """Something wrong with a view. A ``note`` is a missing optional view: the assistant then says less."""

    view: str
    text: str
    note: bool = False

    def __str__(self) -> str:
        return f"{'note: ' if self.note else ''}{self.view}: {self.text}"


def verify(engine: Engine, sample: int | None = SAMPLE) -> list[Problem]:
    """Everything in which the database differs from ``actions.production.views``; empty when it fits.

    ``sample`` is how many rows of each view are looked at, None for all. Raises OperationalError without a database.
    """
    return [problem for table in views.metadata.sorted_tables for problem in _view(engine, table, sample)]


def check(engine: Engine, sample: int | None = SAMPLE) -> list[Problem]:
    """As ``verify``, but raises ContractError for anything worse than a note. Returns the notes."""
    found = verify(engine, sample)
    errors = [problem for problem in found if not problem.note]
    if errors:
        raise ContractError("the production database does not keep the contract:\n" + "\n".join(map(str, errors)))
    return found


def _view(engine: Engine, table: Table, sample: int | None) -> Iterator[Problem]:
    try:
        there = {column["name"] for column in inspect(engine).get_columns(table.name)}
    except NoSuchTableError:
        optional = table.name in views.OPTIONAL
        yield Problem(table.name, "the view is missing", note=optional)
        return
    missing = [name for name in table.columns.keys() if name not in there]  # noqa: SIM118 iterating gives columns
    if missing:
        yield Problem(table.name, f"no column {', '.join(missing)}")
        return
    with engine.connect() as connection:
        yield from _rows(connection, table, sample)


def _rows(connection: Connection, table: Table, sample: int | None) -> Iterator[Problem]:
    """Read the rows as the assistant will, so that a wrong type shows here and not in front of a customer."""
    try:
        rows = connection.execute(select(table).limit(sample)).all()
    except (DBAPIError, ValueError, TypeError) as error:
        yield Problem(table.name, f"cannot be read: {error}".splitlines()[0])
        return
    if table.name == "v_contract":
        yield from _contract([row._mapping for row in rows])
    for place, column in enumerate(table.columns):
        values = {row[place] for row in rows}
        yield from _column(table.name, column, values)


def _column(view: str, column: Column[Any], values: set[Any]) -> Iterator[Problem]:
    name = column.name
    if name in KEYS and None in values and (view, name) not in OPTIONAL_KEYS:
        yield Problem(view, f"{name} is empty in some row")
    allowed = PYTHON[column.type.python_type]
    strange = [value for value in values if value is not None and not isinstance(value, allowed)]
    if strange:
        yield Problem(view, f"{name} holds {strange[0]!r}, not {column.type.python_type.__name__}")
    closed = LISTS.get((view, name))
    if closed is None:
        return
    unknown = sorted(str(value) for value in values - {None} if value not in closed)
    if unknown:
        yield Problem(view, f"{name} holds {', '.join(unknown[:5])}; allowed are {', '.join(closed)}")
    if None in values and (view, name) not in MAY_BE_EMPTY:
        yield Problem(view, f"{name} is empty in some row")


def _contract(rows: Sequence[Any]) -> Iterator[Problem]:
    if len(rows) != 1:
        yield Problem("v_contract", f"has {len(rows)} rows, must have one")
    for row in rows:
        if row["version"] != views.CONTRACT_VERSION:
            yield Problem("v_contract", f"version is {row['version']}, the assistant reads {views.CONTRACT_VERSION}")
        if row["data_as_of"] is None:
            yield Problem("v_contract", "data_as_of is empty: nobody could tell how old an answer is")
