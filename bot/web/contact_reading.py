"""Who a stranger says they are and where to reach them: name, firm, e-mail address and phone number in a message."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml

from bot.common.addresses import address_in
from bot.store.records import Told

WORDS = Path(__file__).with_name("contact_words.yml")
#: Longer messages are about something else, whatever they hold.
LONGEST = 400
LONGEST_NAME_WORDS = 5
_PHONE = re.compile(r"(?<![\w-])\+?\d(?:[ ()./-]{0,2}\d){6,14}(?![\w-])")
#: A run of digits this long may be a phone number by itself; a shorter one needs a word or a name beside it.
_BARE_DIGITS = 8
#: Digits in groups as telephone numbers are written, at the end of what is said, and how many words may stand before them.
_GROUPED = re.compile(r"(?<!\S)(?:\d{2}(?: \d{2}){3}|\d{3} \d{2} \d{3})[\s.!]*$")
_FEW_WORDS = 5
_SPLIT = re.compile(r"[,;:\n|!]+|\.(?=\s|$)|\s[-–—]\s")
_WORD = re.compile(r"[^\W\d_][\w'’./-]*|&")


@dataclass(frozen=True)
class Contact:
    """What was told. ``clear``: the message means to tell it, and asks nothing. ``more``: it says something else too."""

    told: Told
    clear: bool
    more: bool = False

    @property
    def reach(self) -> str | None:
        """Where to reach whoever wrote, by mail if that was told."""
        return self.told.email or self.told.phone


@functools.lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    found: dict[str, list[str]] = yaml.safe_load(WORDS.read_text(encoding="utf-8"))
    return {name: frozenset(words) for name, words in found.items()}


def find_contact(text: str) -> Contact:
    """What a message tells of whoever wrote it; nothing when it is about something else."""
    if len(text) > LONGEST or text.startswith("/"):
        return Contact(Told(), False)
    address = address_in(text)
    rest = f"{text[: address.start]},{text[address.end :]}" if address else text
    rest, phone = _take(_PHONE, rest)
    email, written = (address.value, text[address.start : address.end]) if address else (None, None)
    names, firms, left = _named(rest)
    clear = not left and ("?" not in text or bool(email or phone))
    if phone and not _is_phone(phone, text, clear=clear, named=bool(names or firms)):
        phone, clear = None, False
    introduced = bool(_words()["name"].intersection(_lower(text)))
    if not (email or phone) and not (clear and names and (introduced or (firms and " " in names[0]))):
        return Contact(Told(), False)
    name = names[0] if names and (clear or introduced) else _beside(text, written or phone)
    told = Told(name, firms[0] if firms and (clear or introduced) else None, email, phone)
    return Contact(told, clear or (bool(email or phone) and "?" not in text), bool(left))


def _take(pattern: re.Pattern[str], text: str) -> tuple[str, str | None]:
    found = pattern.search(text)
    return (f"{text[: found.start()]},{text[found.end() :]}", found[0].strip()) if found else (text, None)


def _beside(text: str, reach: str | None) -> str | None:
    """A full name that stands right before or after an address, whatever else a message says."""
    before, _, after = text.partition(reach or "\n")
    ahead, behind = list(_pieces(before)), list(_pieces(after))
    near = [*ahead[-1:], *behind[:1]]
    full = next((" ".join(words) for words, _ in near if len(words) > 1 and _is_name(words, 2)), None)
    # «..., Ola, 911 22 333»: a single name between other pieces and the number.
    single = ahead[-1][0] if len(ahead) > 1 else []
    given = single[0] if len(single) == 1 and single[0][0].isupper() and _is_name(single, 1) else None
    return full or given


def _is_phone(digits: str, text: str, *, clear: bool, named: bool) -> bool:
    """Whether digits are a number to call: they are told as one, or stand alone and are long enough."""
    if digits.startswith("+") or _words()["phone"].intersection(_lower(text)):
        return True
    if len(re.sub(r"\D", "", digits)) < _BARE_DIGITS:
        return clear and named
    # «rune nilsen hydro 91 23 45 67»: names written small are no names, the number is one.
    return clear or (bool(_GROUPED.search(text)) and len(_lower(text)) <= _FEW_WORDS)


def _named(text: str) -> tuple[list[str], list[str], list[str]]:
    """Names of persons, of firms, and what is neither, in the pieces of a text."""
    names: list[str] = []
    firms: list[str] = []
    left: list[str] = []
    for words, after_from in _pieces(text):
        said = " ".join(words)
        if after_from or words[-1].casefold().strip(".") in _words()["firm"]:
            (firms if _is_name(words, 1) else left).append(said)
        elif _is_name(words, 1):
            (firms if names else names).append(said)
        else:
            left.append(said)
    return names, firms, left


def _pieces(text: str) -> Iterator[tuple[list[str], bool]]:
    """The pieces of a text without the words around names, each with whether «from» stands before it."""
    around = _words()["around"]
    for part in _SPLIT.split(text):
        words, after = _WORD.findall(part), False
        for index, word in enumerate(words):
            # «Tom from Hydro»: what follows is the firm.
            if (
                word in _words()["from"]
                and word[0].islower()
                and index + 1 < len(words)
                and words[index + 1][0].isupper()
            ):
                yield from _stripped(words[:index], around, after)
                words, after = words[index + 1 :], True
                break
        yield from _stripped(words, around, after)


def _stripped(words: list[str], around: frozenset[str], after: bool) -> Iterator[tuple[list[str], bool]]:
    while words and words[0].casefold().strip(".") in around:
        words = words[1:]
    while words and words[-1].casefold().strip(".") in around:
        words = words[:-1]
    if words:
        yield words, after


def _is_name(words: list[str], least: int) -> bool:
    """Whether words look like a name: capitals, small words only inside; a single one may be written small."""
    if not least <= len(words) <= LONGEST_NAME_WORDS or any(any(sign.isdigit() for sign in word) for word in words):
        return False
    if words[0].casefold() in _words()["things"]:
        return False
    if len(words) == 1:
        return len(words[0]) > 1
    inside = _words()["inside"] | _words()["firm"]
    return all(word[0].isupper() or word.casefold() in inside for word in words)


def _lower(text: str) -> list[str]:
    return [word.casefold().strip(".") for word in _WORD.findall(text)]
