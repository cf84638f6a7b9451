"""Whether a message is an unqualified yes: the one thing that lets the assistant send something."""

import functools
import re
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.now import with_now
from bot.common.settings import ROOT

#: A yes is short; who writes more says more than yes.
MOST_WORDS = 14
#: Shorter words of a name are no names.
_SHORT = 3
_SIGNS = re.compile(r"[^\w\s'’-]+")
#: The lists of ``data/words/yes.yml``; of equal words that of the first counts.
_KINDS = ("send", "yes", "consent", "approval", "thanks", "beside")


def unqualified_yes(text: str, task: str = "") -> bool:
    """Whether every word of a message is a word of ``data/words/yes.yml`` and together they say yes. A button is ``/affirm``.

    Consent is a yes unless it thanks or only praises beside it; praise alone is none. ``task``: the request that was read
    back; a yes that calls it by another's name is none.
    """
    return text.strip() == "/affirm" or says_yes(kinds_of(text, task))


def says_yes(kinds: set[str]) -> bool:
    """Whether words of these kinds together say yes."""
    return bool(kinds & {"send", "yes"}) or ("consent" in kinds and not kinds & {"thanks", "approval"})


def tells_to_send(text: str) -> bool:
    """Whether a message tells to send, and says nothing else."""
    return "send" in kinds_of(text)


def only_agrees(text: str) -> bool:
    """Whether a message only agrees, praises or tells to send: it describes nothing."""
    return bool(kinds_of(text) & {"send", "yes", "consent", "approval"})


def merely_consents(text: str) -> bool:
    """Whether a message is no more than «ok», «fine», «thanks»: before something else it is only how people begin."""
    kinds = kinds_of(text)
    return bool(kinds & {"consent", "approval", "thanks"}) and not kinds & {"send", "yes"}


def kinds_of(text: str, task: str = "") -> set[str]:
    """The kinds of words a text is made of; empty when one of them is of none, or it asks."""
    if "?" in text or len(_plain(text).split()) > MOST_WORDS:
        return set()
    kinds, left = kinds_within(text, task)
    return set() if left else kinds


def kinds_within(text: str, task: str = "") -> tuple[set[str], list[str]]:
    """The kinds of the words of a yes that stand anywhere in a text, and the words between them."""
    said = _plain(text)
    known, pattern = _words(task), _pattern(task)
    kinds: set[str] = set()
    left: list[str] = []
    rest = "" if f"{said} ".startswith(_none()) else said
    while rest:
        found = pattern.match(rest)
        if found:
            kinds.add(known[found[0]])
            rest = rest[found.end() :].lstrip(" -'")
        else:
            word, _, rest = rest.partition(" ")
            left.append(word)
    return kinds, left


def _plain(text: str) -> str:
    """The words of a text in small letters, without signs."""
    return " ".join(_SIGNS.sub(" ", with_now(text).casefold().replace("’", "'")).split())


def names_a_wish(word: str) -> bool:
    """Whether a word calls some request by its name, or tells to do one."""
    return word in _wish_names()


@functools.lru_cache(maxsize=1)
def _wish_names() -> frozenset[str]:
    content = _content()
    every = [each for named in ("called", "does") for words in content[named].values() for each in words]
    beside = {part for each in content["beside"] for part in each.casefold().split()}
    return frozenset(
        part for each in every for part in each.casefold().split() if len(part) > _SHORT and part not in beside
    )


def _content() -> dict[str, Any]:
    content: dict[str, Any] = read_yaml(ROOT / "data" / "words" / "yes.yml")
    return content


@functools.lru_cache(maxsize=1)
def _none() -> tuple[str, ...]:
    """Beginnings of what is no yes, whatever follows."""
    return tuple(f"{words.casefold()} " for words in _content()["none"])


@functools.lru_cache(maxsize=16)
def _words(task: str) -> dict[str, str]:
    """The kind of each word and expression, with those of one request."""
    content = _content()
    known = {word.casefold(): kind for kind in reversed(_KINDS) for word in content[kind]}
    for name in content["of"].get(task, ()):
        own = {"beside": content["called"][name], "send": content["does"][name]}
        known |= {word.casefold(): kind for kind, words in own.items() for word in words}
    return known


@functools.lru_cache(maxsize=16)
def _pattern(task: str) -> re.Pattern[str]:
    """One expression or word at a time, the longest first."""
    known = sorted(_words(task), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, known))})(?=[ '-]|$)")
