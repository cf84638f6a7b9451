"""What each meaning of a message is: the properties of ``data/intents.yml``, read once."""

import functools
from dataclasses import dataclass

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

KINDS = ("question", "task", "value", "yes", "no", "courtesy", "steer", "person", "about", "outside")


@dataclass(frozen=True)
class Intent:
    """One meaning and its properties, as data/intents.yml describes them."""

    name: str
    kind: str
    matter: bool = False
    of_orders: bool = False
    elsewhere: bool = False
    calm: bool = False


@functools.lru_cache(maxsize=1)
def _intents() -> dict[str, Intent]:
    content = read_yaml(ROOT / "data" / "intents.yml")
    found = {name: Intent(name, **properties) for name, properties in content.items()}
    wrong = [each.name for each in found.values() if each.kind not in KINDS]
    if wrong:
        raise ValueError(f"data/intents.yml: unknown kind of {wrong}")
    return found


def intent(name: str) -> Intent:
    """The properties of a meaning; ``faq/contact`` is a ``faq``, an unknown name is outside."""
    return _intents().get(name.partition("/")[0]) or _intents()["nlu_fallback"]


def names() -> list[str]:
    """All meanings there are."""
    return list(_intents())
