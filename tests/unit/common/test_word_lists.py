"""Every entry of a word list is a word: YAML reads «yes», «no», «on» and «off» without quotation marks as true or false."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.common.data_file import read_yaml

ROOT = Path(__file__).resolve().parents[3]
LISTS = [*sorted((ROOT / "data" / "words").glob("*.yml")), *sorted((ROOT / "bot" / "web").glob("*_words.yml"))]


def _entries(content: Any) -> Iterator[Any]:
    if isinstance(content, dict):
        for each in content.values():
            yield from _entries(each)
    elif isinstance(content, list):
        for each in content:
            yield from _entries(each)
    else:
        yield content


@pytest.mark.parametrize("path", LISTS, ids=lambda path: path.name)
def test_a_word_list_holds_words(path: Path) -> None:
    assert not [each for each in _entries(read_yaml(path)) if isinstance(each, bool)]
