"""The invented rows on their way to the database: gathered by table, written in one go."""

import random
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, insert

from actions.production.models import Base


class Rows:
    """Rows by table. Every row names every column, so that one statement writes a table."""

    def __init__(self) -> None:
        self.by_table: dict[str, list[dict[str, Any]]] = defaultdict(list)

    def add(self, model: type[Base], **values: Any) -> dict[str, Any]:
        """Keep a row and return it; columns not named are empty."""
        table = Base.metadata.tables[model.__tablename__]
        unknown = values.keys() - table.columns.keys()
        if unknown:
            raise KeyError(f"{table.name} has no {sorted(unknown)}")
        names = [column.name for column in table.columns]
        row = {name: values.get(name) for name in names if name in values or name != "id"}
        self.by_table[table.name].append(row)
        return row

    def all(self, model: type[Base]) -> list[dict[str, Any]]:
        """The rows of one table so far."""
        return self.by_table[model.__tablename__]

    def write(self, connection: Connection) -> None:
        """Insert everything, parents first."""
        for table in Base.metadata.sorted_tables:
            if self.by_table[table.name]:
                connection.execute(insert(table), self.by_table[table.name])


def dice(seed: int, topic: str) -> random.Random:
    """A generator of its own for each topic, so that a change in one leaves the others as they were."""
    return random.Random(f"{seed}/{topic}")
