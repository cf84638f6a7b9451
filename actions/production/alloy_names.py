"""How alloy names are compared: folded spelling, one key for all ways to write a name. No alloy is known here."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

#: A run of letters (with lost or combining accents inside) or a run of digits.
ATOM = re.compile(r"[^\W\d_](?:[^\W\d_]|[\u0300-\u036f\u200b]|\?(?=[^\W\d_]))*|\d+")
#: UTF-8 read as Latin-1, two characters a letter. The second becomes a filler so that positions stay true.
_MOJIBAKE = {"¸": "ø", "¦": "æ", "¥": "å", "¤": "ä", "¶": "ö", "¼": "ü", "˜": "Ø", "†": "Æ", "…": "Å", "Ÿ": "ß"}
_BROKEN = re.compile("Ã([" + "".join(_MOJIBAKE) + "])")
_ADDRESS = re.compile(r"[^\s<>,;:]+@[^\s<>,;]+|(?:https?://|www\.)\S+")
_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "\u200b": "", "ı": "i"})
_DIGRAPHS = re.compile("ae|oe|aa")


def repaired(text: str) -> str:
    """The text with mojibake undone, every character still at its place."""
    return _BROKEN.sub(lambda match: _MOJIBAKE[match[1]] + "\u200b", text) if "Ã" in text else text


def without_addresses(text: str) -> str:
    """The text with mail and web addresses blanked, every character still at its place: names in them mean nothing."""
    return (
        _ADDRESS.sub(lambda match: " " * len(match[0]), text) if "@" in text or "//" in text or "www." in text else text
    )


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """One form for æ/ae/ä, ø/oe/ö, å/aa, accents and case. Only for comparing: never store or show it."""
    text = unicodedata.normalize("NFKD", word.lower().translate(_LETTERS))
    text = "".join(char for char in text if not unicodedata.combining(char))
    return _DIGRAPHS.sub(lambda match: match[0][0], text)


def key(name: str) -> str:
    """The folded letters and digits of a name: ``EN AC-42100`` and ``enac 42100`` are one."""
    return "".join(fold(atom) for atom in ATOM.findall(repaired(name)))


def lost_letters(name: str) -> str:
    """The key of a name whose Norwegian letters became question marks, or the plain key when it has none."""
    return key(re.sub("(?<=[^\\W\\d_])[æøåäöüÆØÅÄÖÜ](?=[^\\W\\d_])", "?", name))


@dataclass(frozen=True)
class Atom:
    """A piece of a text: its folded form and where it stands."""

    text: str
    start: int
    end: int

    @property
    def digits(self) -> bool:
        """Whether it is a run of digits."""
        return self.text.isdecimal()


def atoms(text: str) -> list[Atom]:
    """The letter and digit runs of a (repaired) text."""
    return [Atom(fold(match[0]), match.start(), match.end()) for match in ATOM.finditer(text)]


def nearest(wanted: str, known: dict[str, str]) -> list[str]:
    """The values whose key is one typing error away; swapped characters beat a wrong one. Empty when none or too many."""
    hits = [other for other in known if OSA.distance(wanted, other, score_cutoff=1) <= 1]
    swapped = [other for other in hits if len(other) == len(wanted) and sorted(other) == sorted(wanted)]
    values = list(dict.fromkeys(known[other] for other in swapped or hits))
    return values if len(values) <= 4 else []
