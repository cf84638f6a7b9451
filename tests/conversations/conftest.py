"""One running assistant for all conversations."""

from collections.abc import Iterator

import pytest

from tests.stack import Stack


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The assistant on SQLite with the demo plant of 1 March 2027."""
    running = Stack(tmp_path_factory.mktemp("smelt"))
    running.start()
    yield running
    running.stop()
