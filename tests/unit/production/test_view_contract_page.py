"""docs/view-contract.md explains every view, column and closed value to those who write the views."""

import re

import pytest

from actions.production import views
from bot.common.settings import ROOT

PAGE = (ROOT / "docs" / "view-contract.md").read_text(encoding="utf-8")
SECTIONS = {part.split("\n", 1)[0].strip("` "): part for part in re.split(r"^### ", PAGE, flags=re.MULTILINE)[1:]}


@pytest.mark.parametrize("table", views.metadata.sorted_tables, ids=lambda table: table.name)
def test_every_column_is_explained(table) -> None:  # type: ignore[no-untyped-def]
    described = re.findall(r"^\| `(\w+)` \|", SECTIONS[table.name], flags=re.MULTILINE)
    assert described == [column.name for column in table.columns]


def test_no_view_is_explained_that_is_not_there() -> None:
    assert SECTIONS.keys() == views.metadata.tables.keys()


@pytest.mark.parametrize(
    "values",
    [
        views.STATUSES, views.REASONS, views.OPERATIONS, views.OPERATION_STATES, views.PATTERN_CONDITIONS,
        views.RELEASE_STATUSES, views.RESOURCE_TYPES, views.BANDS,
    ],
)  # fmt: skip
def test_every_closed_value_is_named(values: tuple[str, ...]) -> None:
    assert all(f"`{value}`" in PAGE for value in values)
