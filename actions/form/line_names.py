"""How a customer names lines of a list: by number («linje 2»), by place («den øverste») or by what the line is («foringa»)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.form.words import line_places, numbers, pattern, word_set

#: «and 5» behind «lines 2».
_MORE_LINES = re.compile(r"\s*(?:,|&|\+|\bog\b|\band\b|\bund\b|\boch\b)\s*(\d{1,2})(?![\w-]|[.,:)]\s*\S*\d)", re.I)
_NUMBER = re.compile(r"\s*(?:nr\.?|no\.?|number|nummer|#)?\s*(\d{1,2}|[^\W\d_]+)(?![\w-]|[.,:)]\s*\S*\d)")
_WORD = re.compile(r"[^\W\d_]{3,}")
#: Two forms of a noun share its stem and differ in at most so many letters at the end.
_STEM, _ENDING = 4, 3


@dataclass(frozen=True)
class Mention:
    """Lines named in a message: their numbers as the customer counts, from 1, and where the words stand."""

    lines: tuple[int, ...]
    start: int
    end: int
    #: Whether the words are the thing itself, so that its pieces may stand right before them: «60 foringer».
    noun: bool = False


def mentions(text: str, known: Sequence[str]) -> list[Mention]:
    """Every line a message names, in the order of the words. ``known``: the lines as they were written."""
    found = numbered_lines(text)
    if known:
        found += [each for each in _by_place(text, len(known)) if not _inside(each, found)]
        found += [each for each in _by_noun(text, known) if not _inside(each, found)]
    return sorted(found, key=lambda each: each.start)


def numbered_lines(text: str) -> list[Mention]:
    """Each «linje 2», «item two», «lines 2 and 5». A numbering («1. hus») is none."""
    found = []
    for match in pattern("line_words").finditer(text):
        number = _NUMBER.match(text[match.end() :])
        value = number and (numbers().get(number[1].casefold()) or (int(number[1]) if number[1].isdigit() else 0))
        foreign = (
            match[0].casefold() in word_set("line_words_en")
            and number
            and number[1].casefold() in word_set("no_english_number")
        )
        if number and value and not foreign:
            lines, at = [value], match.end() + number.end()
            several = match[0].casefold() in word_set("many_lines")
            while several and (more := _MORE_LINES.match(text, at)):
                lines.append(int(more[1]))
                at = more.end()
            found.append(Mention(tuple(lines), match.start(), at))
    return found


def _by_place(text: str, count: int) -> list[Mention]:
    """«The top one», «den nederste»: counted from the front, or from the end when the place is negative."""
    found = []
    for word, place in line_places().items():
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I):
            line = place if place > 0 else count + 1 + place
            if 1 <= line <= count:
                found.append(Mention((line,), match.start(), match.end()))
    return found


def _by_noun(text: str, known: Sequence[str]) -> list[Mention]:
    """Words that are those of one line only, whatever their ending."""
    own = [[word.casefold() for word in _WORD.findall(line)] for line in known]
    found = []
    for match in _WORD.finditer(text):
        said = match[0].casefold()
        lines = [at for at, words in enumerate(own, 1) if any(same_noun(said, word) for word in words)]
        if len(lines) == 1 and said not in word_set("counted") and not pattern("filler").fullmatch(said):
            found.append(Mention((lines[0],), match.start(), match.end(), noun=True))
    return found


def same_noun(one: str, other: str) -> bool:
    """Whether two words are forms of one noun: «foringer» and «foringa», «hus» and «huset»."""
    if one == other:
        return True
    shared = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
    begins = shared == min(len(one), len(other)) and shared >= _STEM - 1
    return (begins or shared >= _STEM) and max(len(one), len(other)) - shared <= _ENDING


def _inside(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(each.start < mention.end and mention.start < each.end for each in others)
