"""Finding an order or customer number, an e-mail address and a one-time code in what a customer types."""

import functools
import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.cases.cases import EMAIL

WORDS = Path(__file__).with_name("proof_words.yml")
LONGEST_REFERENCE, LONGEST_EMAIL = 40, 254
#: A longer message is no answer with a code in it.
LONGEST_CODE_MESSAGE = 160
_INVISIBLE = dict.fromkeys((0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0xAD))
#: «kari @ firma . no»: blanks where none belong. A blank after a dot may end a sentence, so it only closes before it.
_AROUND_AT = re.compile(r"\s*@\s*")
_BEFORE_DOT = re.compile(r"(?<=\w)\s*\.\s*(?=[a-z]{2,24}(?:\s|$|[,;]))", re.IGNORECASE)
_ORDER = re.compile(r"(?<![\w-])s\s?[o0]\s?[-.:#]?\s?(?P<number>[0-9](?: ?[0-9]){3,6})(?![0-9])", re.IGNORECASE)
_BARE = re.compile(r"(?<![\w.,-])#?(?P<number>[0-9]{4,12}|[0-9]{1,3}(?: [0-9]{3}){1,3})(?![\w-]|[.,][0-9])")
_TOKEN = re.compile(r"(?<![\w@.-])(?=[\w/.-]*[0-9][\w/.-]*[0-9])[A-Za-zÆØÅæøå0-9][\w/.-]{1,38}[\w]")
_CODE = re.compile(r"(?<![\w@.,/-])[0-9](?:[ -]?[0-9]){5}(?![\w@/-]|[.,][0-9]| ?[0-9])")
_ALMOST = re.compile(r"\s*[0-9](?:[ -]?[0-9]){4,6}[\s.]*")
_NEXT_WORD = re.compile(r"\s?([^\W\d_]+|[%€])")


@dataclass(frozen=True)
class Pair:
    """What a message held of the two things asked for. ``alone``: it held nothing else."""

    reference: str | None
    email: str | None
    alone: bool


@functools.lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in found.items()}


def plain(text: str) -> str:
    """Text as typed, with one kind of blank and digit, and nothing that cannot be seen."""
    return " ".join(unicodedata.normalize("NFKC", text).translate(_INVISIBLE).split())


def is_stop(text: str) -> bool:
    """Whether the customer calls it off."""
    return plain(text).casefold().strip(" .!") in _words()["stop"]


def find_pair(text: str) -> Pair:
    """Order or customer number and address in a message, in either order, with words around them."""
    rest, email = _take_email(plain(text))
    rest, reference = _take_reference(rest)
    words = re.findall(r"[^\W_][\w-]*", rest.casefold())
    alone = "?" not in rest and all(word in _words()["around"] for word in words)
    return Pair(reference, email, alone)


def find_code(text: str) -> str | None:
    """The six digits of a message; of one that is nothing but five to seven digits those, as a code mistyped."""
    text = plain(text)
    if len(text) > LONGEST_CODE_MESSAGE:
        return None
    codes = [match for match in _CODE.finditer(text) if not _is_amount(text, match.end())]
    if len(codes) == 1:
        return re.sub("[ -]", "", codes[0][0])
    return re.sub(r"[^0-9]", "", text) if _ALMOST.fullmatch(text) else None


def _is_amount(text: str, end: int) -> bool:
    word = _NEXT_WORD.match(text, end)
    return word is not None and word[1].casefold() in _words()["units"]


def _take_email(text: str) -> tuple[str, str | None]:
    closed = _BEFORE_DOT.sub(".", _AROUND_AT.sub("@", text))
    for candidate in (text, closed):
        found = EMAIL.search(candidate)
        if found and len(found[0]) <= LONGEST_EMAIL:
            return f"{candidate[: found.start()]} {candidate[found.end() :]}", found[0]
    return text, None


def _take_reference(text: str) -> tuple[str, str | None]:
    """Our own order number first, then a bare number, then any code with two digits."""
    if found := _ORDER.search(text):
        return _without(text, found), "SO-" + found["number"].replace(" ", "")
    if found := _BARE.search(text):
        return _without(text, found), found["number"].replace(" ", "")
    if found := _TOKEN.search(text):
        return _without(text, found), found[0].upper()[:LONGEST_REFERENCE]
    return text, None


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}"
