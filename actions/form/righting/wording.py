"""Words of a message that put something right: what they are made of, and whether any of them tells something else."""

import re

from actions.form.words import pattern
from actions.turns.reading import Entity
from bot.common.words import word_set

#: A figure of so many signs may be anything: a word beside it must be said too.
SHORT = 3
LETTERS = re.compile(r"[^\W\d_]{3,}")
RUN = re.compile(r"[^\W_]+")


def says_nothing_more(text: str) -> bool:
    """Tell whether no word is left beside a correction that tells anything: a yes, a sorry, a «just been told»."""
    rest = pattern("comments", "filler", "asides", "no_but", "set_against", "corrects_lead", "changes_mind").sub(
        " ", text
    )
    common = word_set("common.common")
    return not re.search(r"\d", rest) and all(each.casefold() in common for each in LETTERS.findall(rest))


def overlaps(entity: Entity, start: int, end: int) -> bool:
    """Tell whether a value stands in a stretch of the message."""
    return int(entity.get("start", -1)) < end and start < int(entity.get("end", -1))
