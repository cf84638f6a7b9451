"""Numbers written as words: «førti-to», «toogfemti», «tolv hundre», «halvtreds», «zwanzig», «a dozen», «to og en halv»."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from bot.common.words import either, topic, whole, word_set
from bot.engine.nlu.reading import key, word_tables

WORD = re.compile(r"[a-zæøåäöüéß]+")
#: How sure a word is a number: firm, one that is also another word («to», «tre»), an article («en», «a»).
FIRM, WEAK, ARTICLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Spoken:
    """A number in words with its place. ``vague`` for «et par», ``low``/``high`` with «noen»."""

    start: int
    end: int
    value: float
    strength: int = FIRM
    vague: bool = False


@dataclass(frozen=True, slots=True)
class _Tables:
    small: dict[str, float]
    weak: dict[str, int]
    times: dict[str, int]
    compound: re.Pattern[str]
    vague: re.Pattern[str]
    vague_values: dict[str, float]
    exact: frozenset[str]


_JOINTS = word_set("grammar.and")
_GAP = re.compile(r" ?-? ?")
_AND = re.compile(rf" {topic('grammar.and')} ")
_HALF = re.compile(
    rf" ?(?:{topic('grammar.and')}|&) (?:{topic('numbers.a_half')} )?(?:{either(word_tables()['halves'])})(?!\w)"
)
_POINT = re.compile(rf" {topic('numbers.point')} ")
_THANKS = re.compile(rf" {whole('numbers.thanks')}")


@lru_cache(maxsize=1)
def _tables() -> _Tables:
    raw: dict[str, Any] = word_tables()
    small = {key(word): float(value) for value, words in raw["numbers"].items() for word in words}
    ones = {word: value for word, value in small.items() if 1 <= value <= 9 and value == int(value)}
    tens = {word: value for word, value in small.items() if value in range(20, 100, 10)}
    for ten, base in tens.items():
        for one, unit in ones.items():
            small.setdefault(ten + one, base + unit)
            for joint in ("og", "und", "och"):
                small.setdefault(one + joint + ten, base + unit)
    times = {key(word): int(value) for value, words in raw["multipliers"].items() for word in words}
    weak = {key(word): WEAK for word in raw["weak_numbers"]} | {key(word): ARTICLE for word in raw["article_numbers"]}
    small.update(dict.fromkeys(("a", "an"), 1.0))
    stems = "|".join(sorted((word for word, value in times.items() if value in (100, 1000)), key=len, reverse=True))
    both = [*raw["vague"].items(), *raw["phrases"].items()]
    vague = {key(phrase): float(value) for value, phrases in both for phrase in phrases}
    phrases = either(phrase for _, phrases in both for phrase in phrases)
    return _Tables(
        small,
        weak,
        times,
        re.compile(rf"([a-z]*?)({stems})(?:og|und|och|en)?([a-z]*)"),
        re.compile(rf"(?<!\w)(?:{phrases})(?!\w)"),
        vague,
        frozenset(key(phrase) for phrases in raw["phrases"].values() for phrase in phrases),
    )


@lru_cache(maxsize=4096)
def word_value(word: str) -> float | None:
    """The value of one word of at most 40 letters, «tohundreogfemti» too; None when it is no number."""
    tables = _tables()
    folded = key(word)
    value = tables.small.get(folded)
    if value is not None or len(folded) > 40 or not ("hund" in folded or "tus" in folded or "taus" in folded):
        return value
    found = tables.compound.fullmatch(folded)
    if not found:
        return None
    head, stem, tail = found.groups()
    if not head and not tail:
        return None
    first = word_value(head) if head else 1.0
    rest = word_value(tail) if tail else 0.0
    return None if first is None or rest is None or rest >= tables.times[stem] else first * tables.times[stem] + rest


def multiplier(word: str) -> int | None:
    """12, 20, 100, 1000 or a million for a word that multiplies the number before it."""
    return _tables().times.get(key(word))


def find_spoken(text: str) -> list[Spoken]:
    """All numbers in words in a folded text, in order, without overlaps."""
    found = _vague(text)
    taken = {at for spoken in found for at in range(spoken.start, spoken.end)}
    words = [match for match in WORD.finditer(text) if match.start() not in taken and match[0] not in _JOINTS]
    at = 0
    while at < len(words):
        spoken, used = _sequence(text, words, at)
        if spoken:
            found.append(spoken)
        at += max(used, 1)
    return sorted(found, key=lambda spoken: spoken.start)


def _vague(text: str) -> list[Spoken]:
    values = _tables().vague_values
    found = []
    for match in _tables().vague.finditer(text):
        phrase = key(" ".join(match[0].split()))
        value, end = values[phrase], match.end()
        if phrase in _tables().exact:
            found.append(Spoken(match.start(), end, value))
            continue
        word = WORD.match(text, end + 1) if text[end : end + 1] == " " else None
        times = multiplier(word[0]) if word else None
        if word and times:
            found.append(Spoken(match.start(), word.end(), value * times))
        else:
            found.append(Spoken(match.start(), end, value, WEAK, vague=True))
    return found


def _standing_alone(text: str, match: re.Match[str]) -> bool:
    """Whether the word is no part of a code such as ``fem2`` or an address."""
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    return not (before.isalnum() or before in ("@", "_", "\x00")) and not (after.isalnum() or after in ("@", "_"))


def _sequence(text: str, words: list[re.Match[str]], first: int) -> tuple[Spoken | None, int]:
    """The longest number that starts at this word, and how many words it took."""
    total = current = 0.0
    end, used, strength = words[first].start(), 0, FIRM
    for at in range(first, len(words)):
        match = words[at]
        if not _standing_alone(text, match) or (used and not _joined(text, end, match.start(), total + current)):
            break
        value, times = word_value(match[0]), multiplier(match[0])
        if times and (used or (times > 1 and not _THANKS.match(text, match.end()))):
            if times >= 1000:
                total, current = total + max(current, 1.0) * times, 0.0
            else:
                current = max(current, 1.0) * times
            strength = FIRM
        elif value is None or (used and not _fits(current, total, value, text, end, match.start())):
            break
        else:
            if not used:
                strength = ARTICLE if match[0] == "a" else _tables().weak.get(key(match[0]), FIRM)
                strength = WEAK if match[0] == "én" else strength
            elif current != 0 or total != 0:
                strength = FIRM
            current += value
        end, used = match.end(), used + 1
    if not used:
        return None, 0
    return _finished(text, words, first, used, total + current, end, strength)


def _joined(text: str, end: int, start: int, so_far: float) -> bool:
    return bool(_GAP.fullmatch(text, end, start) or (_AND.fullmatch(text, end, start) and so_far))


def _fits(current: float, total: float, value: float, text: str, end: int, start: int) -> bool:
    """Whether a further word belongs to the number: ones after tens, anything smaller after hundreds, «fem og førti»."""
    with_and = bool(_AND.fullmatch(text, end, start))
    if 1 <= current <= 9 and value in range(20, 100, 10):
        return with_and
    if current == 0:
        return total > 0
    if current % 100 == 0:
        return value < 100
    return not with_and and current % 100 >= 20 and current % 10 == 0 and 1 <= value <= 9


def _finished(
    text: str, words: list[re.Match[str]], first: int, used: int, value: float, end: int, strength: int
) -> tuple[Spoken, int]:
    start = words[first].start()
    half = _HALF.match(text, end)
    if half:
        swallowed = sum(half.start() <= word.start() < half.end() for word in words[first + used : first + used + 4])
        return Spoken(start, half.end(), value + 0.5, FIRM), used + swallowed
    point = _POINT.match(text, end)
    digit = words[first + used + 1] if point and first + used + 1 < len(words) else None
    if point and digit is not None and digit.start() == point.end():
        decimal = word_value(digit[0])
        if decimal is not None and 0 <= decimal <= 9 and decimal == int(decimal):
            return Spoken(start, digit.end(), round(value + decimal / 10, 1), FIRM), used + 2
    return Spoken(start, end, value, strength), used
