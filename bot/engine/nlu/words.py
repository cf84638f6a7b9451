"""Finds tempers, properties and applications by the words of ``data/catalogue/alloy_words.yml``. Longest phrase wins."""

import re
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from actions.production.alloy_names import ATOM, Atom, fold, lost_letters, repaired, without_addresses
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

Entity = dict[str, Any]
WORDS = ROOT / "data" / "catalogue" / "alloy_words.yml"
KINDS = ("temper", "property", "application")
#: What may stand between the words of one phrase.
_GAP = re.compile(r"[ \t\u00a0\u2009\u202f]{0,2}|[ ]?[-–‑/.,'’][ ]?")
_TEMPER = re.compile(
    r"(?:(?<=\d)[SK]|(?<![^\W_])[SK]?)(T\d{1,2}|F(?=\b)(?:(?<=[- ]F)|(?<=^F)))(?!\w|[.,-]\d)", re.IGNORECASE
)
#: The designations that a notation of temper stands right behind; an old German one ends what is said of the alloy.
_BRITISH = r"\bLM ?\d{1,2}[ -]"
_GERMAN = r"\b(?:G[KD]?-?)?Al[A-Z][A-Za-z0-9,.]{1,16}(?:\([A-Za-z]{1,3}\))?[ -]"
_GERMAN_END = r"(?=\s*(?:$|[.,;:)/\n]|\d))"
#: «F instead?» has no more words.
_F_WORDS = 3
_F_CONTEXT = re.compile(
    r"\d{5}[A-Z]?[ -]$|\)[ -]?$|(?:Mg|Si|Cu|Ti)\d?(?:[.,]\d)?[ -]$|(?:LM|A) ?\d{1,3}(?:\.0)?[ -]$|\b[io]n? $"
)
#: Split compounds are read as one word from this length on: «har dere» is not «hardere».
_SPLIT = 9
#: A demanded strength: 650 MPa, min. 650, 140 HB.
_WANTED = re.compile(r"(?<![\w.,])(\d{2,4})\s?(MPa|N\s?/\s?mm(?:2|²)|HBW?)\b", re.IGNORECASE)
_MINIMUM = re.compile(r"\bmin(?:imum|st|\.)?\s?(?:på\s|of\s)?(\d{3})\s?(?=[?.!,;)]|$)", re.IGNORECASE)
_CELSIUS = re.compile(r"(?<![\w.,])([1-9]\d{2})\s?(?:°\s?C?|º\s?C?|C\b|grader\b|degrees\b|Grad\b)")


class _Lexicon:
    """All phrases by their joined, folded words."""

    def __init__(self) -> None:
        content = read_yaml(WORDS)
        self.phrases: dict[str, tuple[str, str]] = {}
        self.stems: dict[str, tuple[str, str]] = {}
        self.short: set[str] = set()
        #: Keys of phrases that are several words anyway.
        self.split: set[str] = set()
        for kind in KINDS:
            for value, phrases in content[kind].items():
                for phrase in phrases:
                    self._add(phrase, (kind, value))
        for phrase in content["ignore"]:
            self._add(phrase, ("ignore", ""))
        self.prefixes = {key[:length] for key in self.phrases for length in range(1, len(key) + 1)}
        self.stem_lengths = sorted({len(stem) for stem in self.stems}, reverse=True)
        self.long_words = [key for key in self.phrases if len(key) >= 8 and key.isalpha()]

    def _add(self, phrase: str, meaning: tuple[str, str]) -> None:
        plain = phrase.rstrip("*")
        for joined in {"".join(fold(atom) for atom in ATOM.findall(plain)), lost_letters(plain)}:
            self.phrases.setdefault(joined, meaning)
            if phrase.endswith("*"):
                self.stems.setdefault(joined, meaning)
            if " " in plain:
                self.split.add(joined)
            if plain.isupper() and len(plain) <= 3 and plain.isalpha():
                self.short.add(joined)

    def stem(self, joined: str, before: int) -> tuple[str, str] | None:
        """The meaning of the longest stem that a longer word begins with; it reaches into the last word."""
        for length in self.stem_lengths:
            if before + (3 if before else 0) <= length < len(joined) and joined[:length] in self.stems:
                return self.stems[joined[:length]]
        return None

    def last_part(self, word: str) -> tuple[str, str] | None:
        """What the last part of a compound says: sjøvanns-pumpehus, bronse-foring. Parts of six letters and more."""
        for start in range(3, len(word) - 5):
            meaning = self.phrases.get(word[start:])
            if meaning and meaning[0] == "application":
                return meaning
        return None

    @lru_cache(maxsize=10_000)  # noqa: B019 - one lexicon lives as long as the process
    def typo(self, word: str) -> tuple[str, str] | None:
        """The meaning of a long word with one typing error; None when two meanings are as near."""
        hits = {self.phrases[known] for known in self.long_words if OSA.distance(word, known, score_cutoff=1) <= 1}
        return hits.pop() if len(hits) == 1 else None


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    return _Lexicon()


def find_words(text: str) -> list[Entity]:
    """The entities ``temper``, ``property`` and ``application`` of a message.

    A property with a demanded figure carries ``wanted`` (MPa or HBW); an application ``heat`` may carry ``celsius``.
    """
    text = without_addresses(repaired(text))
    found = _tempers(text) + _figures(text)
    taken = [(each["start"], each["end"]) for each in found]
    found += [
        each for each in _phrases(text) if all(each["end"] <= start or each["start"] >= end for start, end in taken)
    ]
    if any(each["entity"] == "temper" and each["value"] != "hardened" for each in found):
        found = [each for each in found if (each["entity"], each["value"]) != ("temper", "hardened")]
    return sorted((each for each in found if each["entity"] != "ignore"), key=lambda each: each["start"])


def _tempers(text: str) -> list[Entity]:
    found = []
    for match in _TEMPER.finditer(text):
        value = match[1].upper()
        if value == "F" and not (match[1] == "F" and _of_temper(text, match.start(1))):
            continue
        found.append({"entity": "temper", "value": value, "start": match.start(1), "end": match.end(1)})
    for pattern, names in _notations():
        for match in pattern.finditer(text):
            found.append({"entity": "temper", "value": names[match[1]], "start": match.start(1), "end": match.end(1)})
    return found


@lru_cache(maxsize=1)
def _notations() -> tuple[tuple[re.Pattern[str], dict[str, str]], ...]:
    """Where each standard writes a temper, and what its signs are called here."""
    tables = read_yaml(WORDS)["temper_notations"]
    return (
        (re.compile(rf"{_BRITISH}({'|'.join(tables['bs'])})(?![\w-])"), tables["bs"]),
        (re.compile(rf"{_GERMAN}({'|'.join(tables['din'])}){_GERMAN_END}"), tables["din"]),
    )


def _of_temper(text: str, at: int) -> bool:
    """Whether an F is a temper: behind a word for it, or first of a few («F instead?»)."""
    leads = not text[:at].strip() and len(text.split()) <= _F_WORDS
    return leads or _F_CONTEXT.search(text[max(0, at - 20) : at]) is not None


def _figures(text: str) -> list[Entity]:
    """Demanded strengths and temperatures."""
    found: list[Entity] = []
    for match in _WANTED.finditer(text):
        name = (
            "hardness"
            if match[2].upper().startswith("H")
            else _strength_word(text[max(0, match.start() - 60) : match.start()])
        )
        found.append(_entity("property", name, match, wanted=int(match[1])))
    for match in _MINIMUM.finditer(text):
        found.append(
            _entity(
                "property",
                _strength_word(text[max(0, match.start() - 60) : match.start()]),
                match,
                wanted=int(match[1]),
            )
        )
    for match in _CELSIUS.finditer(text):
        found.append(_entity("application", "heat", match, celsius=int(match[1])))
    return found


def _entity(kind: str, value: str, match: re.Match[str], **extra: Any) -> Entity:
    return {"entity": kind, "value": value, "start": match.start(), "end": match.end(), **extra}


def _strength_word(before: str) -> str:
    """Whether a figure in MPa is a proof stress or a tensile strength, by the nearest word before it."""
    known = [each for each in _phrases(before) if each["value"] in ("uts", "proof")]
    return str(known[-1]["value"]) if known else "uts"


def _phrases(text: str) -> list[Entity]:
    lexicon = _lexicon()
    pieces = [Atom(fold(match[0]), match.start(), match.end()) for match in ATOM.finditer(text)]
    found: list[Entity] = []
    position = 0
    while position < len(pieces):
        hit = _longest(text, pieces, position, lexicon)
        if hit is None:
            position += 1
            continue
        (kind, value), last = hit
        found.append({"entity": kind, "value": value, "start": pieces[position].start, "end": pieces[last].end})
        second = lexicon.last_part(pieces[last].text) if last == position and kind != "ignore" else None
        if second and second != (kind, value):
            found.append({**found[-1], "entity": second[0], "value": second[1]})
        position = last + 1
    return found


def _longest(text: str, pieces: list[Atom], first: int, lexicon: _Lexicon) -> tuple[tuple[str, str], int] | None:
    start = pieces[first].start
    if start and (text[start - 1].isalnum() or text[start - 1] == "@"):
        return None
    best: tuple[tuple[str, str], int] | None = None
    joined = ""
    for last in range(first, min(first + 8, len(pieces))):
        if last > first and not _GAP.fullmatch(text[pieces[last - 1].end : pieces[last].start]):
            break
        before = len(joined)
        joined += pieces[last].text
        meaning = lexicon.phrases.get(joined) or lexicon.stem(joined, before)
        if meaning is None and last == first and len(joined) >= 9:
            meaning = lexicon.typo(joined) or lexicon.last_part(joined)
        after = text[pieces[last].end : pieces[last].end + 1]
        if meaning and not after.isalnum() and _written(text[start : pieces[last].end], joined, lexicon):
            best = (meaning, last)
        if joined not in lexicon.prefixes:
            break
    return best


def _written(written: str, joined: str, lexicon: _Lexicon) -> bool:
    """Short abbreviations count only in capitals: PED, DNV, CTE; «rina» and «ped» are other words."""
    if len(joined) < _SPLIT and " " in written and joined not in lexicon.split:
        return False
    return joined not in lexicon.short or written.isupper()
