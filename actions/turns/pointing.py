"""What words that point mean in a list that was shown: «the first», «den øverste», «the late one», «the other», «the hubs».

The words stand in ``data/words/references.yml``. Pure: text, list and what is talked of in, things of the list out.
"""

import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from rapidfuzz.distance import OSA

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

#: A pointing word without «the» is one only in a message of hardly more words.
FEW = 2
#: Words in whose definite form a thing is meant are at least so long; «the» may stand so many words before them.
SHORTEST, AHEAD = 3, 3
#: A word of so many letters is told in spite of one wrong letter: «slitringene» for a «slitering».
LONG = 6
#: «The next», «the one before»: so many places from the one talked of.
_STEPS: dict[int | str, int] = {"next": 1, "previous": -1}
Thing = Mapping[str, Any]
Meant = TypeVar("Meant")


@dataclass(frozen=True)
class Pointer:
    """A piece of the text and the things of the list it means. ``how``: ``place``, ``mark``, ``other``, ``all``, ``they``, ``name``."""

    start: int
    end: int
    how: str
    things: tuple[Thing, ...]


def pointed_at(text: str, shown: Sequence[Thing], focus: Sequence[str], fresh: bool = True) -> list[Pointer]:
    """What words of a text mean in a list. ``focus``: the things talked of last; ``fresh``: the list was shown just now."""
    for look in (_marked, _placed, _all, _named):
        found = list(look(text, shown, focus))
        if found:
            return found
    return list(_standing_for(text, shown)) if fresh else []


def asks_other(text: str) -> bool:
    """Whether another one than that talked of is asked for: «og den andre?», «the others»."""
    words = _words()
    return any(m["word"].casefold() in words.other and _points(text, m) for m in words.place.finditer(text))


def named_among(text: str, things: Sequence[Thing]) -> list[Pointer]:
    """The things whose names a text tells, though no list of them was shown: «my hubs», «løpehjulene»."""
    return list(_named(text, things, ()))


def _placed(text: str, shown: Sequence[Thing], focus: Sequence[str]) -> Iterator[Pointer]:
    words = _words()
    for match in words.place.finditer(text):
        word = match["word"].casefold()
        plural = not words.plural.isdisjoint(each.casefold() for each in match.groups() if each)
        if not _points(text, match):
            continue
        if word in words.other and (plural or word not in words.places or _is_other(shown, focus)):
            things = [each for each in shown if each["value"] not in focus]
            if len(things) < len(shown) and (len(things) == 1 or (plural and things)):
                yield Pointer(match.start(), match.end(), "other", tuple(things))
                continue
        place = words.places.get(word)
        thing = _at(place, shown, focus)
        if thing:
            yield Pointer(match.start(), match.end(), "previous" if place == "previous" else "place", (thing,))


def _is_other(shown: Sequence[Thing], focus: Sequence[str]) -> bool:
    """Of two, «den andre» is the one that is not talked of."""
    return len(shown) == 2 and sum(each["value"] in focus for each in shown) == 1


def _at(place: int | str | None, shown: Sequence[Thing], focus: Sequence[str]) -> Thing | None:
    if place is None:
        return None
    if place in _STEPS:
        at = [number for number, each in enumerate(shown) if each["value"] in focus]
        index = at[0] + _STEPS[place] if len(at) == 1 else -1
    else:
        index = int(place) - 1 if int(place) > 0 else len(shown) + int(place)
    return shown[index] if 0 <= index < len(shown) else None


def _points(text: str, match: re.Match[str]) -> bool:
    """«The first» is one of the list when it stands alone, before a word for such a thing, or before no other thing."""
    words = _words()
    if match["noun"]:
        return True
    after = words.next_word.match(text, match.end())
    blocked = after is not None and after["word"].casefold() in words.not_before
    if blocked:
        return False
    rest = f"{text[: match.start()]} {text[match.end() :]}"
    word = match["word"].casefold()
    if word in words.only_alone:
        return _left(rest) == 0
    numbered = word.split()[0] in words.numbered
    return numbered or bool(match["det"]) or _left(rest) == 0 or len(rest.split()) <= FEW


def _left(rest: str) -> int:
    """How many words of a text are more than a word beside a pointing one."""
    return len(re.findall(r"\w+", _words().beside.sub(" ", rest)))


def _marked(text: str, shown: Sequence[Thing], focus: Sequence[str]) -> Iterator[Pointer]:
    for name, pattern in _words().marks.items():
        things = tuple(each for each in shown if name in each["marks"])
        for match in pattern.finditer(text) if things else ():
            alone = _left(f"{text[: match.start()]} {text[match.end() :]}") == 0
            after = _words().next_word.match(text, match.end())
            if after and after["word"].casefold() in _words().not_before:
                continue
            if (match["det"] and (match["noun"] or match["that"] or not after or alone)) or match["noun"] or alone:
                yield Pointer(match.start(), match.end(), "mark", things)


def _all(text: str, shown: Sequence[Thing], focus: Sequence[str]) -> Iterator[Pointer]:
    match = _words().all.search(text) if len(shown) > 1 else None
    if match:
        yield Pointer(match.start(), match.end(), "all", tuple(shown))


def _standing_for(text: str, shown: Sequence[Thing]) -> Iterator[Pointer]:
    match = _words().they.search(text) if len(shown) > 1 else None
    if match:
        yield Pointer(match.start(), match.end(), "they", tuple(shown))


def _named(text: str, shown: Sequence[Thing], focus: Sequence[str]) -> Iterator[Pointer]:
    """«The hubs», «flensene»: the things whose names hold most of the words."""
    words = list(re.finditer(r"[^\W\d_]+(?:'s)?", text))
    few = len(words) <= FEW + 1
    found: dict[int, list[re.Match[str]]] = {}
    for number, thing in enumerate(shown):
        names = [mark for mark in thing["marks"] if mark not in _words().marks]
        hits = [each for each in words if any(_is_word_of(each[0].casefold(), name) for name in names)]
        if any(few or _definite(text, words, each, names) for each in hits):
            found[number] = hits
    if not found:
        return
    most = max(len({each[0].casefold() for each in hits}) for hits in found.values())
    best = {number: hits for number, hits in found.items() if len({each[0].casefold() for each in hits}) == most}
    start = min(each.start() for hits in best.values() for each in hits)
    end = max(each.end() for hits in best.values() for each in hits)
    yield Pointer(start, end, "name", tuple(shown[number] for number in best))


def _is_word_of(word: str, name: str) -> bool:
    """Whether a word is a word of a name, inflected or not; the noun a compound ends in stands for it."""
    for ending in ("", *_words().endings):
        stem = word[: len(word) - len(ending)] if word.endswith(ending) else ""
        if len(stem) >= SHORTEST and (stem == name or (ending and name.endswith(stem) and len(name) > len(stem) + 1)):
            return True
        if min(len(stem), len(name)) >= LONG and OSA.distance(stem, name, score_cutoff=1) <= 1:
            return True
    return False


def _definite(text: str, words: Sequence[re.Match[str]], word: re.Match[str], names: Sequence[str]) -> bool:
    """Whether a certain one is meant: «the» stands just before it, or it ends as «flensene» does."""
    at = next(number for number, each in enumerate(words) if each.start() == word.start())
    ahead = {each[0].casefold() for each in words[max(0, at - AHEAD) : at]}
    folded = word[0].casefold()
    ends = any(folded.endswith(each) and folded not in names for each in _words().definite)
    return bool(ahead & (_words().determiners | _words().own)) or ends


def same_asked(text: str) -> re.Match[str] | None:
    """«The same for ...»: the question before, for another thing."""
    return _words().same.search(text)


def spoken_of(text: str) -> re.Match[str] | None:
    """«The one I asked about», «den sjefen ga meg»: what the customer said, and nothing of a list of ours."""
    return _words().spoken_of.search(text)


def week_counted(text: str) -> tuple[int, int, int] | None:
    """How many weeks from the one talked of a text points, and where it says so: «the week after»."""
    return _first_found(_words().weeks, text)


def share_asked(text: str) -> tuple[float, int, int] | None:
    """Which part of what was talked of a text points at, and where: «what about half of it?»"""
    return _first_found(_words().shares, text)


def _first_found(patterns: Mapping[Meant, re.Pattern[str]], text: str) -> tuple[Meant, int, int] | None:
    """What the first pattern that is found means, and where it stands."""
    found = ((meant, pattern.search(text)) for meant, pattern in patterns.items())
    return next(((meant, *match.span()) for meant, match in found if match), None)


def then_meant(text: str) -> re.Match[str] | None:
    """«By then»: the time that was talked of."""
    return _words().then.search(text)


def opens_with_other_thing(text: str) -> bool:
    """Whether a wish is about a thing not talked of: «an order», «en annen ordre»."""
    return _words().indefinite.search(text) is not None


# ---------------------------------------------------------------- words


@dataclass(frozen=True)
class _Words:
    place: re.Pattern[str]
    places: dict[str, int | str]
    other: frozenset[str]
    plural: frozenset[str]
    marks: dict[str, re.Pattern[str]]
    all: re.Pattern[str]
    they: re.Pattern[str]
    beside: re.Pattern[str]
    next_word: re.Pattern[str]
    not_before: frozenset[str]
    numbered: frozenset[str]
    only_alone: frozenset[str]
    determiners: frozenset[str]
    own: frozenset[str]
    endings: tuple[str, ...]
    definite: tuple[str, ...]
    same: re.Pattern[str]
    weeks: dict[int, re.Pattern[str]]
    shares: dict[float, re.Pattern[str]]
    then: re.Pattern[str]
    indefinite: re.Pattern[str]
    spoken_of: re.Pattern[str]


@functools.lru_cache(maxsize=1)
def _words() -> _Words:
    content = read_yaml(ROOT / "data" / "words" / "references.yml")
    places = {word: place for place, words in content["place"].items() for word in words}
    det, noun = f"(?P<det>{_any(content['determiners'])})", f"(?P<noun>{_any(content['nouns'])})"
    one = _any([*places, *content["other"]])
    that = rf"(?:(?:{_any(content['nouns'])})\s+)?(?P<that>{_any(content['that_is'])})\s+"
    marks = {
        name: rf"(?:{det}\s+)?(?:{that}(?:{_any(words)})|(?:{_any(words)})(?:\s+{noun})?)"
        for name, words in content["marks"].items()
    }
    return _Words(
        place=_pattern(rf"(?:{det}\s+)?(?P<word>{one})(?:\s+{noun})?"),
        places=places,
        other=frozenset(content["other"]),
        plural=frozenset(content["plural"]),
        marks={name: _pattern(pattern) for name, pattern in marks.items()},
        all=_pattern(_any(content["all"])),
        they=_pattern(_any(content["they"])),
        beside=_pattern(rf"(?:{_any(content['beside'])})"),
        next_word=re.compile(r"\s+(?P<word>[^\W\d_]+)"),
        not_before=frozenset(content["not_before"]),
        numbered=frozenset(content["numbered"]),
        only_alone=frozenset(content["only_alone"]),
        determiners=frozenset(content["determiners"]),
        own=frozenset(content["own"]),
        endings=tuple(content["endings"]),
        definite=tuple(content["definite"]),
        same=_pattern(rf"(?:{_any(content['same'])})(?:\s+\w+)?\s+(?:{_any(content['same_for'])})"),
        weeks={step: _pattern(_any(words)) for step, words in content["week"].items()},
        shares={float(share): _pattern(_any(words)) for share, words in content["share"].items()},
        then=_pattern(_any(content["then"])),
        indefinite=_pattern(_any(content["indefinite"])),
        spoken_of=_pattern(
            rf"(?:{det}(?:\s+\w+)?(?:\s+{noun})?|(?:{_any(content['nouns'])}|{_any(content['number_of'])}))[\s,]+"
            rf"(?:(?!{_any(content['nouns'])})\w+[\s,]+){{0,4}}?(?:{_any(content['spoke'])})"
        ),
    )


def _any(words: Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(map(str, words), key=len, reverse=True))


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.I)
