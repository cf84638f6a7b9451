"""Finds alloys, ambiguous names, unknown designations and materials we do not cast. Deterministic, from the catalogue.

A message is cut into letter and digit runs; runs are joined while they can still become a known name, so spaces,
hyphens and split compounds do not count. The longest name wins. What remains is searched for codes nobody knows.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from rapidfuzz.distance import OSA

from actions.production.alloy_kinds import narrowed
from actions.production.alloy_names import Atom, atoms, key, lost_letters, nearest, repaired, without_addresses
from actions.production.catalogue import Catalogue, Resolution, catalogue
from bot.common.words import topic
from bot.engine.nlu.alloy_context import COMPOSITION, UNIT, cued, grouped, has_context, starts

Entity = dict[str, Any]
#: Shorter words are not looked at for a slip of the fingers.
_SHORT = 5
#: What narrows a name stands no further away.
_BESIDE = 60
_SPACE = re.compile(r"[ \t\u00a0\u2009\u202f]")
_GAP = re.compile(r"[ \t\u00a0\u2009\u202f]{0,2}[-–‑/_(]?[ \u00a0]?|\)[ \u00a0]?")
_DECIMAL = re.compile(r"[.,]")
_INITIALS = re.compile(r"\.[ \u00a0]?")
_TEMPER_TAIL = re.compile(r"(?:[sk]?t\d{1,2}|[sk]f)\b", re.IGNORECASE)
#: How it was cast and treated, behind the number of a Swedish standard: SS 5204-15.
_SWEDISH_STATE = re.compile(r"-\d\d(?![\w-])")
_DIGIT_NAME = re.compile(
    rf"(?<![\w.,/-])(?:\d{{3,4}}(?:\.\d)?|[23]\.\d{{4}}|{COMPOSITION})(?:\.\d\d)?(?![\w]|[.,]\d|[/-]\d)"
)
_AL = re.compile(
    rf"(?<=\b(?:[io]n|av|of) )A[lL]\b(?![ -]?{topic('alloy_context.bronze')})|(?<=\bi )A[lL]\b|"
    rf"(?<=[a-zæøåäöü] )Al\b(?![ -]?(?:{topic('alloy_context.bronze')}|[A-ZÆØÅ]))"
)
_STEEL_NUMBER = re.compile(r"(?<![\w.,])1\.(4\d{3}|[0-35-8]\d{3})(?![\w]|[.,]\d)")
_ELEMENT = re.compile(r"(?:al|as|be|cr|cu|fe|li|mg|mn|nb|ni|pb|sb|si|sn|ti|zn|zr|p|s)\d*")
_UNKNOWN = re.compile(
    r"(?<![\w@#-])(?:EN[ -]?AC[ -]?\d{5}|AC-\d{5}|(?:EN[ -]?)?C[CBW][ -]?\d{3} ?[A-Z]|(?:EN[ -]?)?AW[ -]?\d{4}|\d?C\d{3}[A-HK]|CC\d{3}|RG ?\d{1,2}|"
    r"GBz ?\d{1,2}|BA ?10\d\d|AlMag ?\d{1,2}|SS ?[45]\d{3}(?:-\d\d)?|LM ?\d{1,2}|LG ?\d{1,2}|HTB ?\d|C[89]\d{4}|[23]\.[0-3]\d{3}(?:\.\d\d)?|49\d[A-Z]|33\d[A-Z]|48\d[A-Z]|"
    r"(?:G-?|EN[ -]?AC[ -]?)?(?:Al|Cu)(?=(?:Si|Mg|Cu|Zn|Mn|Ti|Sn|Al|Ni|Pb|Cr|Be|Fe|Li)\d)(?:(?:Al|As|Be|Cr|Cu|Fe|Li|Mg|Mn|Nb|Ni|Pb|Sb|Si|Sn|Ti|Zn|Zr|P|S|C)\d{0,2}(?:[.,]\d{1,2})?)+(?:-C)?)"
    r"(?![\w@])(?![-/.]\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Meaning:
    """What a name stands for: ``kind`` is the entity, ``blocked`` for words that are no material."""

    kind: str
    value: str
    options: tuple[str, ...] = ()
    near: bool = False

    def entity(self, start: int, end: int) -> Entity:
        """The entity at a place."""
        found: Entity = {"entity": self.kind, "value": self.value, "start": start, "end": end}
        if self.near:
            found["near"] = True
        if self.options and (self.kind == "alloy_group" or len(self.options) > 1):
            found["options"] = list(self.options)
        return found


def _meaning(found: Resolution) -> Meaning:
    if found.group is not None:
        return Meaning("alloy_group", found.group, found.options)
    return Meaning("alloy", found.options[0], found.options, found.near)


class _Lexicon:
    """All names by key, prepared for scanning."""

    def __init__(self, source: Catalogue) -> None:
        words = source.words
        #: Keys of names that are several words anyway.
        self.split = {
            key(name) for alloy in source.alloys.values() for name in (*alloy.aliases, *alloy.unverified) if " " in name
        }
        self.split |= {key(name) for names in words["spelled"].values() for name in names if " " in name}
        self.names: dict[str, Meaning] = {name: _meaning(found) for name, found in source.names.items()}
        self.stems: dict[str, Meaning] = {}
        for group, content in source.groups.items():
            self._add(content["names"], Meaning("alloy_group", group, tuple(content["options"])))
        for material, content in source.foreign.items():
            self._add(content["names"], Meaning("foreign_material", material))
        for name in words["unknown"]:
            self._add([name], Meaning("unknown_alloy", name))
        self._add(words["blocked"], Meaning("blocked", ""))
        for name, meaning in list(self.names.items()):
            if len(name) >= 7 and name.isalpha() and meaning.kind != "blocked":
                self.stems.setdefault(name, meaning)
        self.context = {key(name) for name in words["context"]} | {name for name in self.names if name.isdecimal()}
        self.upper = {key(name) for name in words["upper"]}
        self.endings = tuple(key(ending) for ending in words["unknown_endings"])
        self.spaced = tuple(key(start) for start in words["spaced"])
        self.codes = {name: value for name, value in source.codes.items() if len(name) > 4}
        self.contents = {_contents(name): value for name, value in source.codes.items() if name[:2] in ("al", "cu")}
        self.prefixes = {name[:length] for name in self.names for length in range(1, len(name) + 1)}
        self.stem_lengths = sorted({len(stem) for stem in self.stems}, reverse=True)
        self.long_words = [name for name in self.names if len(name) >= 7 and name.isalpha()]
        #: Words short of a safe guess, by their letters: only swapped or doubled ones are forgiven.
        self.slips: dict[str, set[str]] = {}
        for name, meaning in self.names.items():
            if name.isalpha() and len(name) >= _SHORT and meaning.kind in ("alloy", "alloy_group"):
                for form in ("".join(sorted(name)), _single(name)):
                    self.slips.setdefault(form, set()).add(name)

    def _add(self, written: list[str], meaning: Meaning) -> None:
        for name in written:
            plain = name.rstrip("*")
            if " " in plain:
                self.split.add(key(plain))
            for form in {key(plain), lost_letters(plain)}:
                self.names[form] = meaning
                if name.endswith("*"):
                    self.stems[form] = meaning

    def stem(self, joined: str, before: int) -> Meaning | None:
        """The longest stem a longer word begins with; it must reach into the last run, which starts at ``before``."""
        for length in self.stem_lengths:
            if before + (3 if before else 0) <= length < len(joined) and joined[:length] in self.stems:
                return self.stems[joined[:length]]
        return None

    @lru_cache(maxsize=10_000)  # noqa: B019 - one lexicon lives as long as the process
    def typo(self, word: str) -> Meaning | None:
        """The meaning of a long word with one typing error; None when two meanings are as near."""
        hits = {self.names[name] for name in self.long_words if OSA.distance(word, name, score_cutoff=1) <= 1}
        return hits.pop() if len(hits) == 1 else None

    def slip(self, word: str) -> Meaning | None:
        """The meaning of a shorter word with two letters swapped or one doubled: «rødgosd», «mesing»; «missing» is none."""
        near = {*self.slips.get("".join(sorted(word)), ()), *self.slips.get(_single(word), ())}
        hits = {self.names[name] for name in near if OSA.distance(word, name, score_cutoff=1) <= 1}
        return hits.pop() if len(hits) == 1 else None


def _single(word: str) -> str:
    """A word with every doubled letter written once."""
    return re.sub(r"(.)\1+", r"\1", word)


@lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    return _Lexicon(catalogue())


def find_alloys(text: str) -> list[Entity]:
    """The entities ``alloy``, ``alloy_group``, ``unknown_alloy`` and ``foreign_material`` of a message, without overlaps."""
    text = without_addresses(repaired(text))
    lexicon = _lexicon()
    found, waiting = _scan(text, atoms(text), lexicon)
    found += [meaning.entity(match.start(), match.end()) for match, meaning in _other(text, lexicon)
              if _free(found, match.start(), match.end()) and meaning.kind != "waiting"]  # fmt: skip
    waiting += [meaning.entity(match.start(), match.end()) for match, meaning in _digit_names(text, lexicon)]
    for entity in sorted(waiting, key=lambda each: each["start"] - each["end"]):
        if _free(found, entity["start"], entity["end"]) and has_context(text, entity, found):
            found.append(entity)
    found = [entity for entity in found if entity["entity"] != "blocked"]
    return _narrowed(text, _merged(text, sorted(found, key=lambda each: each["start"])))


def _narrowed(text: str, found: list[Entity]) -> list[Entity]:
    """Names of several alloys with what is told beside them: «aluminium bronze with nickel» is one alloy."""
    for entity in [each for each in found if each["entity"] == "alloy_group"]:
        start, end = entity["start"], entity["end"]
        ahead, behind = text[max(0, start - _BESIDE) : start], text[end : end + _BESIDE]
        left, length = narrowed(entity["value"], entity["options"], ahead, behind)
        if left == entity["options"]:
            continue
        entity["end"] += length
        if len(left) == 1:
            entity |= {"entity": "alloy", "value": left[0]}
            del entity["options"]
        else:
            entity["options"] = left
        found = [each for each in found if each is entity or not entity["start"] <= each["start"] < entity["end"]]
    return found


def _free(found: list[Entity], start: int, end: int) -> bool:
    return all(end <= entity["start"] or start >= entity["end"] for entity in found)


def _scan(text: str, pieces: list[Atom], lexicon: _Lexicon) -> tuple[list[Entity], list[Entity]]:
    """Known names; second those that need context to count."""
    found: list[Entity] = []
    waiting: list[Entity] = []
    position = 0
    while position < len(pieces):
        hit = _longest(text, pieces, position, lexicon)
        if hit is None:
            position += 1
            continue
        meaning, last, name = hit
        state = _SWEDISH_STATE.match(text, pieces[last].end) if name.startswith("ss") else None
        entity = meaning.entity(pieces[position].start, state.end() if state else pieces[last].end)
        (waiting if name in lexicon.context else found).append(entity)
        position = last + 1
    return found, waiting


def _longest(text: str, pieces: list[Atom], first: int, lexicon: _Lexicon) -> tuple[Meaning, int, str] | None:
    if not starts(text, pieces[first].start):
        return None
    best: tuple[Meaning, int, str] | None = None
    joined = ""
    for last in range(first, min(first + 14, len(pieces))):
        if last > first:
            gap = text[pieces[last - 1].end : pieces[last].start]
            if not _joins(gap, pieces[last - 1], pieces[last]):
                break
        joined += pieces[last].text
        meaning = lexicon.names.get(joined)
        if meaning is None and last == first and len(joined) >= 8:
            meaning = lexicon.typo(joined)
        if meaning is None and last == first and _SHORT <= len(joined) < 8:
            meaning = lexicon.slip(joined)
        if meaning is None and not pieces[last].digits:
            meaning = lexicon.stem(joined, len(joined) - len(pieces[last].text))
        if meaning is None and last == first and joined.endswith(lexicon.endings):
            meaning = Meaning("unknown_alloy", text[pieces[first].start : pieces[first].end])
        if meaning and _stands(text, pieces, first, last, joined, lexicon):
            best = (meaning, last, joined)
        if joined not in lexicon.prefixes:
            break
    return best


def _joins(gap: str, left: Atom, right: Atom) -> bool:
    if _DECIMAL.fullmatch(gap):
        return (left.digits and right.digits) or gap == "."
    if len(left.text) == 1 and _INITIALS.fullmatch(gap):
        return True
    return bool(_GAP.fullmatch(gap))


def _stands(text: str, pieces: list[Atom], first: int, last: int, joined: str, lexicon: _Lexicon) -> bool:
    """Whether a name stands for itself here: not a piece of a longer code, not a number with its unit."""
    start, end = pieces[first].start, pieces[last].end
    written = text[start:end]
    after = text[end : end + 1]
    if after and (after.isalnum() or after == "@") and not _TEMPER_TAIL.match(text, end):
        return False
    has_digits = any(piece.digits for piece in pieces[first : last + 1])
    state = joined.startswith("ss") and _SWEDISH_STATE.match(text, end)
    if has_digits and not state and after and after in "-/._" and text[end + 1 : end + 2].isdecimal():
        return False
    if (
        not has_digits
        and joined not in lexicon.split
        and _SPACE.search(written)
        and not _compound(pieces[first : last + 1])
    ):
        return False
    if joined in lexicon.upper and not written.isupper() and written not in ("CuNi", "AlBz"):
        return False
    spaces = bool(_SPACE.search(written))
    if spaces and len(joined) <= 4 and has_digits and not joined.startswith(lexicon.spaced):
        return False
    if pieces[last].digits and spaces and UNIT.match(text, end):
        number = _number_start(text, pieces, first, last)
        if number > first and _SPACE.search(text[pieces[number - 1].end : pieces[number].start]):
            return False
    if joined.isdecimal() and (UNIT.match(text, end) or spaces or grouped(text, start, end)):
        return False
    return not (has_digits and cued(text, start, joined.isdecimal()))


def _compound(words: list[Atom]) -> bool:
    """Whether words can be a split compound: two of three letters or more; «let me tal» is none."""
    return len(words) == 2 and min(len(word.text) for word in words) >= 3


def _number_start(text: str, pieces: list[Atom], first: int, last: int) -> int:
    """Index of the first run of the number a name ends in: the 0 of 0.3."""
    if (
        last - 1 > first
        and pieces[last - 1].digits
        and _DECIMAL.fullmatch(text[pieces[last - 1].end : pieces[last].start])
    ):
        return last - 1
    return last


def _other(text: str, lexicon: _Lexicon) -> list[tuple[re.Match[str], Meaning]]:
    """Steel numbers, the element symbol Al, and codes that no list has."""
    hits: list[tuple[re.Match[str], Meaning]] = []
    for match in _STEEL_NUMBER.finditer(text):
        if not UNIT.match(text, match.end()):
            hits.append((match, Meaning("foreign_material", "stainless" if match[1].startswith("4") else "steel")))
    for match in _AL.finditer(text):
        hits.append((match, lexicon.names["aluminium"]))
    for match in _UNKNOWN.finditer(text):
        hits.append((match, _unknown(match[0], lexicon)))
    return [(match, meaning) for match, meaning in hits if not cued(text, match.start(), digits=False)]


def _contents(symbol: str) -> frozenset[str]:
    """The elements of a symbol in any order: CuAl10Ni5Fe5 has those of CuAl10Fe5Ni5."""
    return frozenset(_ELEMENT.findall(symbol.removesuffix("c")))


def _unknown(written: str, lexicon: _Lexicon) -> Meaning:
    wanted = key(written)
    if wanted in lexicon.names or (wanted.isdecimal() and wanted[:5] in lexicon.names):
        return Meaning("waiting", "")
    if _contents(wanted) in lexicon.contents:
        return Meaning("alloy", lexicon.contents[_contents(wanted)], near=True)
    close = nearest(wanted, lexicon.codes) or nearest("cc" + wanted, lexicon.codes)
    if close and len(wanted) > 3:
        return Meaning("alloy", close[0], tuple(close), near=True)
    return Meaning("unknown_alloy", re.sub(r"\s+", " ", written).upper() if wanted[:2] in _CODES else written)


#: Designations are shown in capitals, chemical symbols as written.
_CODES = {"en", "ss", "ba", "cc", "cb", "cw", "rg", "lm", "lg", "ht", "ac", "aw"}


def _digit_names(text: str, lexicon: _Lexicon) -> list[tuple[re.Match[str], Meaning]]:
    """Names made of digits: 356, 356.0, 2.1096, 85-5-5-5 and 88/10/2."""
    hits = []
    for match in _DIGIT_NAME.finditer(text):
        name = match[0][:6] if re.fullmatch(r"[23]\.\d{4}\.\d\d", match[0]) else match[0]
        meaning = lexicon.names.get(key(name))
        if meaning and not UNIT.match(text, match.end()) and not cued(text, match.start(), digits=True):
            hits.append((match, meaning))
    return hits


def _merged(text: str, found: list[Entity]) -> list[Entity]:
    """One entity for an alloy named twice in a row: RG5 (CC491K). A group beside its own member says nothing new."""
    merged: list[Entity] = []
    for entity in found:
        last = merged[-1] if merged else None
        if last and re.fullmatch(r"\)?[ \u00a0]?[-–(/,=]?[ \u00a0]?", text[last["end"] : entity["start"]]):
            if last["value"] == entity["value"] and last["entity"] == entity["entity"]:
                last["end"] = entity["end"] + (text[entity["end"] : entity["end"] + 1] == ")")
                continue
            if last["entity"] == "alloy_group" and entity["value"] in last["options"]:
                merged[-1] = entity
                continue
            if (
                last["entity"] == "alloy"
                and last["value"] in entity.get("options", ())
                and entity["entity"] == "alloy_group"
            ):
                continue
        merged.append(entity)
    return merged
