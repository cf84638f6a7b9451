"""What web itself says, in a language there are texts for."""

import functools
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.replies import replies
from bot.common.settings import ROOT
from bot.store.records import Reply

LANGUAGES = ROOT / "data" / "languages.yml"
#: The foundry's own language, when nothing tells the customer's.
DEFAULT = "nb"
#: How browsers call Norwegian in general.
ALSO = {"no": "nb"}


@functools.lru_cache(maxsize=1)
def _answered_in() -> dict[str, str]:
    known: dict[str, str] = read_yaml(LANGUAGES)
    return known | ALSO


def reply_language(*wishes: str | None) -> str:
    """The language to answer in: the first wish we understand, English for one we do not, else Norwegian."""
    for wish in wishes:
        if wish:
            return _answered_in().get(wish.lower(), "en")
    return DEFAULT


def accepted_language(header: str | None) -> str | None:
    """The first language of an ``Accept-Language`` header, as ``nb`` or ``en``; None without one."""
    first = (header or "").split(",")[0].split(";")[0].split("-")[0].strip().lower()
    return reply_language(first) if first.isalpha() else None


def text(language: str, name: str, **values: Any) -> str:
    """One text of data/replies."""
    return replies().render(language, name, values)


def system(language: str, name: str, *choices: dict[str, Any], **values: Any) -> Reply:
    """Something web says in its own name, with quick replies."""
    return Reply(text(language, name, **values), replies().choices(language, choices), author="system")


def turn_failed(language: str) -> Reply:
    """No answer now, and the way to a person."""
    return system(language, "utter_turn_failed", {"reply": "utter_choice_human", "payload": "/human"})
