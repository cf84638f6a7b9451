"""Whether somebody says that they do not know, or that there is nothing to say, in whatever words: ``data/words/unknown.yml``."""

import functools
import re

from actions.turns.words import words

#: So many words may stand between a no and what is not known.
_GAP = 3
#: So many words say it; so many may follow on it («no clue, that's for engineering»).
_MOST_WORDS, _MOST_BEHIND = 14, 8
#: What follows on it has at least so many words.
_FOLLOWS = 3
_PIECES = re.compile(r"[.,;:!\n]+|\s[-–]\s")


def leaves_open(text: str) -> bool:
    """Whether a message says no more than that its writer does not know, or has nothing to say."""
    return knows_nothing(text) or has_nothing(text)


def knows_nothing(text: str) -> bool:
    """«Det vet jeg dessverre ikke», «I'd only be guessing», «null Plan»; what is known after all is none."""
    return _says(text, _not_known())


def has_nothing(text: str) -> bool:
    """«No, nothing to add», «itte noe der», «hierzu gibt es keine Angaben»."""
    return _says(text, _no_thing())


def behind_shrug(text: str) -> int | None:
    """Where goes on what begins with not knowing: «don't know, but we want new ones»; None where nothing follows."""
    end = _PIECES.search(text)
    but = re.search(rf"(?<!\w)(?:{words('unknown').pattern('but')})", text, re.I)
    ends = [each.end() for each in (end, but) if each and knows_nothing(text[: each.start()])]
    return max(ends) if ends and len(text[max(ends) :].split()) >= _FOLLOWS else None


def _says(text: str, meant: re.Pattern[str]) -> bool:
    known = words("unknown")
    if "?" in text or re.search(r"\d", text) or len(text.split()) > _MOST_WORDS or known.says(text, "but"):
        return False
    parts = [each for each in _PIECES.split(text.casefold().replace("’", "'")) if each.strip()]
    while parts and not known.without(parts[0], "lead").strip():
        parts = parts[1:]
    return bool(parts) and bool(meant.search(parts[0])) and len(" ".join(parts[1:]).split()) <= _MOST_BEHIND


@functools.cache
def _not_known() -> re.Pattern[str]:
    known = words("unknown")
    near = _either_way(known.pattern("no"), known.pattern("known"))
    return re.compile(rf"{near}|(?<!\w)(?:{known.pattern('unknown')})", re.I)


@functools.cache
def _no_thing() -> re.Pattern[str]:
    known = words("unknown")
    near = _either_way(known.pattern("no"), known.pattern("anything"))
    alone = rf"^\s*(?:{known.pattern('nothing')})(?!\s+(?:{known.pattern('of_it')}))"
    return re.compile(rf"{alone}|(?<!\w)(?:{known.pattern('skipped')})|{near}", re.I)


def _either_way(first: str, then: str) -> str:
    """A pattern of a word of one kind near a word of another, whichever comes first, in one sentence and joined by nothing."""
    gap = rf"(?:\s+(?!(?:{words('unknown').pattern('joins')}))[\w'-]+){{0,{_GAP}}}?\s+"
    return rf"(?<!\w)(?:(?:{first}){gap}(?:{then})|(?:{then}){gap}(?:{first}))"
