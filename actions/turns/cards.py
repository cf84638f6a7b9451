"""Cards: what an answer says, laid out for clients that can show it. Every fact and word of a card stands in the text too."""

from collections.abc import Iterable, Sequence
from typing import Any

Word = dict[str, Any]
Card = dict[str, Any]


def word(name: str, **values: Any) -> Word:
    """A text ``utter_card_<name>`` of data/replies."""
    return {"reply": f"utter_card_{name}", **values}


def term(code: str) -> Word:
    """The word for a code: ``status.shipped``."""
    return word("term", value=code)


def request_card(lines: Iterable[dict[str, Any]]) -> Card:
    """A request read back, line by line, to be confirmed."""
    return {"type": "request", "title": word("request"), "lines": [{"answer": line} for line in lines], "confirm": True}


def table_card(title: Word, columns: Sequence[Word | str], rows: Sequence[Sequence[Word | str]]) -> Card:
    """A table whose first column heads its rows."""
    return {"type": "table", "title": title, "columns": list(columns), "rows": [list(row) for row in rows]}
