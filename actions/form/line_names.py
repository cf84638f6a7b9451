"""How a customer names lines of a list: by number («linje 2»), by place («den øverste») or by what the line is («foringa»)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.form.words import closes, line_places, numbers, opens, pattern, word_set

#: The number of a line; «line 2.5» and «item 30-12» name none.
_NUMBER = re.compile(r"\s*(?:nr\.?|no\.?|number|nummer|#)?\s*(\d{1,2}|[^\W\d_]+)(?!\w|\.\d)")
#: What stands between the numbers of several lines.
_JOINT = re.compile(r"\s*(?:(?P<list>,)|(?P<range>[-–])|[&+/]|(?P<word>[^\W\d_]+))\s*")
#: «2-4» ends here at the latest: larger figures are codes.
_MOST_IN_RANGE = 40
_WORD = re.compile(r"[^\W\d_]{3,}")
#: The letter before a line of a list, and such a letter in a message.
_LABEL = re.compile(r"\W*(?:[^\W\d_]{3,}\.?\s+)?([A-Ha-h])\s*[).:,]\s*(?=\S)")
_LETTER = re.compile(r"(?<![\w.@/-])(?P<label>[A-H]|[a-h](?=\)))(?:\s*[):])?(?![\w./@-])")
_FIGURES = re.compile(r"\s*[:=]?\s*\d")
#: Two forms of a noun share its stem and differ in at most so many letters at the end.
_STEM, _ENDING = 4, 3
#: The endings of a noun; a word of so many letters has none.
_ENDINGS = "(?:ene|ane|arna|erna|et|en|er|ar|or|es|s|a|e|n|t)"
_SHORT = 4


@dataclass(frozen=True)
class Mention:
    """Lines named in a message: their numbers as the customer counts, from 1, and where the words stand."""

    lines: tuple[int, ...]
    start: int
    end: int
    #: Whether the words are the thing itself, so that its pieces may stand right before them: «60 foringer».
    noun: bool = False
    #: Whether the words are «both», «alle»: what is told of all lines.
    every: bool = False
    #: Whether the line was struck out before: its number is its place among those.
    struck: bool = False


def mentions(text: str, known: Sequence[str]) -> list[Mention]:
    """Every line a message names, in the order of the words. ``known``: the lines as they were written."""
    found = numbered_lines(text)
    if known:
        found += [each for each in _by_label(text, known) if not _inside(each, found)]
        found += [each for each in _by_place(text, len(known)) if not _inside(each, found)]
        found += [each for each in _by_noun(text, known) if not _inside(each, found)]
    if len(known) > 1:
        found += [each for each in _every(text, len(known)) if not _inside(each, found)]
    return sorted(found, key=lambda each: each.start)


def numbered_lines(text: str) -> list[Mention]:
    """Each «linje 2», «item two», «lines 2 and 5», «line 2 and line 3». A numbering («1. hus») is none."""
    found: list[Mention] = []
    for match in pattern("line_words").finditer(text):
        word = match[0].casefold()
        lines, end = _line_numbers(text, match.end(), word in word_set("line_words_en"), word in word_set("many_lines"))
        if not lines:
            continue
        mention, joint = Mention(lines, match.start(), end), _between(text, found, match.start())
        if joint and _joins(joint):
            # «Line 1, line 2 and line 3» are three.
            while joint and (joint["list"] or _joins(joint)):
                before = found.pop()
                mention = Mention((*before.lines, *mention.lines), before.start, end)
                joint = _between(text, found, mention.start)
        found.append(mention)
    return found


def _between(text: str, found: list[Mention], start: int) -> re.Match[str] | None:
    """The joint between the last line that was named and a place in the text, when nothing else stands there."""
    return _JOINT.fullmatch(text, found[-1].end, start) if found else None


def _line_numbers(text: str, at: int, english: bool, many: bool) -> tuple[tuple[int, ...], int]:
    """The numbers behind the word for a line, and where they end: «2», «2 and 3», «1, 2 og 4», «2-4».

    ``many``: the word says several lines itself, so that a comma is enough: «lines 2, 3».
    """
    first = _number_at(text, at, english)
    if first is None:
        return (), at
    lines, kept, end = [first[0]], 1, first[1]
    at = end
    while joint := _JOINT.match(text, at):
        ranges = joint["range"] or (many and joint["word"] and joint["word"].casefold() in word_set("until"))
        number = _number_at(text, joint.end(), english) if ranges or joint["list"] or _joins(joint) else None
        if number is None or opens(text[number[1] :].lstrip(), "unit_words"):
            break
        if ranges and not lines[-1] < number[0] <= _MOST_IN_RANGE:
            break
        lines += range(lines[-1] + 1, number[0]) if ranges else ()
        lines.append(number[0])
        at = number[1]
        if many or not joint["list"]:
            # «Line 2, 90» tells a figure of it; «line 1, 2 and 4» names three.
            kept, end = len(lines), at
    # «Item 30-12» is a code, «line 2,5» a figure.
    goes_on = re.match(r"[-/]\w" if kept > 1 else r"[-/,]\w", text[end:])
    return ((), at) if goes_on else (tuple(lines[:kept]), end)


def _number_at(text: str, at: int, english: bool) -> tuple[int, int] | None:
    """A number of a line and where it ends, in figures or words; «part to measure» is no part two."""
    found = _NUMBER.match(text, at)
    word = found[1].casefold() if found else ""
    if found is None or (english and word in word_set("no_english_number")):
        return None
    value = int(word) if word.isdigit() else numbers().get(word, 0)
    return (value, found.end()) if value else None


def _joins(joint: re.Match[str]) -> bool:
    """Whether what stands between two numbers of lines is «and» or its sign."""
    word = joint["word"]
    # «Linje 2 å 3»: written as it is spoken.
    return (
        word.casefold() in word_set("joined_by") | word_set("joins_numbers")
        if word
        else not joint["range"] and not joint["list"]
    )


def _by_label(text: str, known: Sequence[str]) -> list[Mention]:
    """«B», «pos. C»: the letter that a line was written with. An English «a» before a noun and a revision name none."""
    labels = {found[1].upper(): at for at, each in enumerate(known, 1) if (found := _LABEL.match(each))}
    return [
        Mention((labels[match["label"].upper()],), match.start(), match.end())
        for match in _LETTER.finditer(text)
        if match["label"].upper() in labels
        and not closes(text[: match.start()], "figure_of")
        and (
            match["label"] != "A"
            or opens(text[match.end() :].lstrip(" ,:"), "label_goes_on")
            or _FIGURES.match(text, match.end())
        )
    ]


def _by_place(text: str, count: int) -> list[Mention]:
    """«The top one», «den nederste»: counted from the front, or from the end when the place is negative."""
    found = []
    for word, place in line_places().items():
        for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text, re.I):
            line = place if place > 0 else count + 1 + place
            if 1 <= line <= count:
                found.append(Mention((line,), match.start(), match.end()))
    return found


def _every(text: str, count: int) -> list[Mention]:
    """«Both», «alle», «of each»: every line there is."""
    lines = tuple(range(1, count + 1))
    return [
        Mention(lines, match.start(), match.end(), every=True)
        for match in pattern("of_every_part", "of_each_part").finditer(text)
        if not counts_figures(text, match.end())
    ]


def counts_figures(text: str, at: int) -> bool:
    """«Both 50 and 100 pcs» tells nothing of all lines."""
    joint = re.match(r"\s*\d[\d.,]*\s*(?:[^\W\d_]+\.?\s+)?(?:&|[^\W\d_]+)\s+\d", text[at:])
    return joint is not None


def _by_noun(text: str, known: Sequence[str]) -> list[Mention]:
    """Words that are those of one line only, whatever their ending."""
    own = [[word.casefold() for word in _WORD.findall(line)] for line in known]
    found = []
    for match in _WORD.finditer(text):
        said = match[0].casefold()
        lines = [at for at, words in enumerate(own, 1) if any(same_thing(said, word) for word in words)]
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


def same_thing(said: str, known: str) -> bool:
    """Whether a word is a form of a noun, or of the last part of it: «lokkene» of an «endelokk»."""
    said, known = (re.sub(r"ies$", "y", each) for each in (said, known))
    return same_noun(said, known) or ends_in(known, said)


def ends_in(whole: str, last: str) -> bool:
    """Whether a compound ends in another noun, whatever the ending of either."""
    stem = re.sub(rf"{_ENDINGS}$", "", last) if len(last) > _SHORT else last
    return len(stem) >= _SHORT - 1 and re.search(rf"\w{{2}}{re.escape(stem)}{_ENDINGS}?$", whole) is not None


def _inside(mention: Mention, others: Sequence[Mention]) -> bool:
    return any(each.start < mention.end and mention.start < each.end for each in others)
