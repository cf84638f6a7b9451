"""Words that want the making of an order to wait: «vent med støpingen», «hold off pouring»."""

import functools
import re

from actions.turns.words import words


def holds_making(text: str) -> bool:
    """Whether somebody wants what is being made to wait; that it has waited or was poured is no wish."""
    return _pattern().search(text) is not None


def holds_instead(text: str) -> bool:
    """Whether an order is to wait instead of being ended: «itj kanseller, bære vent me'n», «don't cancel, just hold it»."""
    known = words("cancel")
    return known.says(text, "negated") and known.says(text, "only_waits")


def makes_no_more(text: str) -> bool:
    """Whether nothing more of an order is to be cast for now: «gjut inget mer på den förrän vi vet»."""
    return holds_making(text) or words("cancel").says(text, "makes_no_more")


@functools.lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    known = words("cancel")
    between = rf"(?:\s+(?:{known.pattern('hold_between')})){{0,3}}"
    return re.compile(rf"(?<!\w)(?:{known.pattern('hold_verb')}){between}\s+(?:{known.pattern('making')})", re.I)
