"""What a question asks for in particular, told by its words (``data/catalogue/question_words.yml``)."""

import functools
import re

import yaml

from bot.common.settings import ROOT


def asks(text: str, topic: str) -> bool:
    """Whether a word of the topic stands in the text. Raises KeyError for a topic that is not in the file."""
    return _patterns()[topic].search(text.casefold()) is not None


@functools.lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    content = yaml.safe_load((ROOT / "data" / "catalogue" / "question_words.yml").read_text(encoding="utf-8"))
    return {topic: re.compile(rf"(?<!\w)(?:{'|'.join(map(_pattern, words))})") for topic, words in content.items()}


def _pattern(word: str) -> str:
    return re.escape(word[:-1]) if word.endswith("*") else re.escape(word) + r"(?!\w)"
