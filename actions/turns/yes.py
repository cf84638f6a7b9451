"""Whether a message is an unqualified yes: the one thing that lets the assistant send something."""

import functools
import re

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

#: A yes is short; who writes more says more than yes.
MOST_WORDS = 14
_SIGNS = re.compile(r"[^\w\s'’-]+")
#: The lists of ``data/words/yes.yml``; of equal words that of the first counts.
_KINDS = ("send", "yes", "consent", "approval", "thanks", "beside")


def unqualified_yes(text: str) -> bool:
    """Whether every word of a message is a word of ``data/words/yes.yml`` and together they say yes. A button is ``/affirm``.

    Consent is a yes unless it thanks or only praises beside it; praise alone is none.
    """
    if text.strip() == "/affirm":
        return True
    kinds = _kinds_of(text)
    return bool(kinds & {"send", "yes"}) or ("consent" in kinds and not kinds & {"thanks", "approval"})


def tells_to_send(text: str) -> bool:
    """Whether a message tells to send, and says nothing else."""
    return "send" in _kinds_of(text)


def only_agrees(text: str) -> bool:
    """Whether a message only agrees, praises or tells to send: it describes nothing."""
    return bool(_kinds_of(text) & {"send", "yes", "consent", "approval"})


def merely_consents(text: str) -> bool:
    """Whether a message is no more than «ok», «fine», «thanks»: before something else it is only how people begin."""
    kinds = _kinds_of(text)
    return bool(kinds & {"consent", "approval", "thanks"}) and not kinds & {"send", "yes"}


def _kinds_of(text: str) -> set[str]:
    """The kinds of words a message is made of; empty when one of them is of none, or it asks."""
    said = " ".join(_SIGNS.sub(" ", text.casefold().replace("’", "'")).split())
    if "?" in text or len(said.split()) > MOST_WORDS or f"{said} ".startswith(_none()):
        return set()
    kinds, rest, words = set(), said, _words()
    while rest:
        found = _pattern().match(rest)
        if found is None:
            return set()
        kinds.add(words[found[0]])
        rest = rest[found.end() :].lstrip(" -'")
    return kinds


@functools.lru_cache(maxsize=1)
def _none() -> tuple[str, ...]:
    """Beginnings of what is no yes, whatever follows."""
    content = read_yaml(ROOT / "data" / "words" / "yes.yml")
    return tuple(f"{words.casefold()} " for words in content["none"])


@functools.lru_cache(maxsize=1)
def _words() -> dict[str, str]:
    """The kind of each word and expression."""
    content = read_yaml(ROOT / "data" / "words" / "yes.yml")
    return {word.casefold(): kind for kind in reversed(_KINDS) for word in content[kind]}


@functools.lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    """One expression or word at a time, the longest first."""
    return re.compile(rf"(?:{'|'.join(map(re.escape, sorted(_words(), key=len, reverse=True)))})(?=[ '-]|$)")
