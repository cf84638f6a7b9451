"""The page that shows the rooms says what the linter checks."""

from tests.rooms import PAGE, renewed


def test_the_page_shows_the_rooms_as_they_are_checked() -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert page == renewed(page), "run python -m tests.rooms"
