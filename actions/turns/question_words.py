"""What a question asks for in particular, told by its words (``data/catalogue/question_words.yml``)."""

import functools
import re

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT


def asks(text: str, topic: str) -> bool:
    """Whether a word of the topic stands in the text. Raises KeyError for a topic that is not in the file."""
    return _patterns()[topic].search(text.casefold()) is not None


def where(text: str, topic: str) -> tuple[int, int] | None:
    """Where the first word of the topic stands in the text. Raises KeyError for a topic that is not in the file."""
    found = _patterns()[topic].search(text.casefold())
    return found.span() if found else None


@functools.lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    content = read_yaml(ROOT / "data" / "catalogue" / "question_words.yml")
    return {topic: re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, words))})") for topic, words in content.items()}


def _pattern(word: str) -> str:
    return re.escape(word[:-1]) if word.endswith("*") else re.escape(word) + r"(?!\w)"
