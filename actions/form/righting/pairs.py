"""Old words and new ones as a message sets them against each other: «55, not 60», «from B to C», «60? can it say 55?».

Read from the words alone, with where they stand. What the old ones are in the request, ``held`` knows.
"""

import difflib
import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass

from actions.form.words import find, pattern, without_lead, word_set
from bot.common.words import topic

#: The old and the new are no longer, in words.
MOST = 4
#: With more signs of a denial than these, a message sets nothing right.
MOST_SIGNS = 12
#: So alike is what is only spelt otherwise.
ALIKE = 0.5
#: A figure stands among the first so many words behind a «not»: «not 60, 55 is enough for us».
_FIRST = 3
WORD = re.compile(r"(?:(?<=\d),(?=\d)|[^\s,;:!?()«»“”\"])+")
_FIGURE = re.compile(r"\d[\d.,]*")
_SENTENCE = re.compile(r"(?:[^.!?\n]|\.(?=\d))+")
_ARROW = re.compile(r"\s*(?:-+>|=+>|→|⇒)\s*")


@dataclass(frozen=True)
class Pair:
    """Old words and the new ones for them, and the stretch of the message that says so."""

    old: str
    new: str
    start: int
    end: int


def pairs(text: str) -> Iterator[Pair]:
    """Every old and new that a text may set against each other: the longest old words first."""
    yield from _set_against(text)
    yield from _called_wrong(text)
    yield from _asked_for(text)
    for found in (*_from_to().finditer(text), *_arrows(text)):
        yield Pair(found["old"], found["new"], found.start(), found.end())


def kind_of(words: str) -> str:
    """Whether words are a figure, a name or plain."""
    last = words.split()[-1]
    return "figure" if any(each.isdigit() for each in last) else "name" if last[0].isupper() else "word"


def _set_against(text: str) -> Iterator[Pair]:
    signs = [*pattern("set_against").finditer(text)]
    # Who denies that often sets nothing right, and each of them costs time.
    for sign in signs if len(signs) <= MOST_SIGNS else ():
        before, after = _stretch_before(text, sign.start()), _stretch_after(text, sign.end())
        for old in _from_start(after[0]):
            at = sign.end() + text[sign.end() :].index(old)
            # «C, not B», «not B but C».
            for new in _best(before[0], old):
                yield Pair(old, new, before[1], at + len(old))
            behind = _stretch_after(text, at + len(old), over_sign=True)
            fresh = without_lead(without_lead(behind[0], "instead_lead"), "corrects_lead")
            if fresh and len(fresh.split()) <= MOST:
                yield Pair(old, fresh.strip(" .,"), sign.start(), behind[2])
            elif kind_of(old) == "figure" and (first := _first_figure(fresh)):
                yield Pair(old, first, sign.start(), behind[1] + text[behind[1] :].index(first) + len(first))


def _called_wrong(text: str) -> Iterator[Pair]:
    for sign in pattern("should_be", "is_wrong").finditer(text):
        before, after = _stretch_before(text, sign.start()), _stretch_after(text, sign.end(), over_sign=True)
        fresh = without_lead(after[0], "corrects_lead").strip(" .,")
        for old in _from_end(before[0]):
            if fresh and len(fresh.split()) <= MOST and kind_of(fresh) == kind_of(old):
                yield Pair(old, fresh, before[1], after[2])


def _asked_for(text: str) -> Iterator[Pair]:
    """«Did I write 25? Can it say 30?», «did it say 110? It should be 112»: the figure that was asked about is the old one."""
    for sign in pattern("can_it_say", "should_be").finditer(text):
        sentences = [each for each in _SENTENCE.finditer(text, 0, sign.start()) if each[0].strip()]
        told = [each for each in sentences[-2:] if _FIGURE.search(each[0])]
        new, figures = _first_figure(text[sign.end() :]), _FIGURE.findall(told[-1][0]) if told else []
        asked = told and text[told[-1].end() : told[-1].end() + 1] == "?"
        wished = find(sign[0], "can_it_say") and told and told[-1] is sentences[-1]
        if new and len(figures) == 1 and (asked or wished):
            end = sign.end() + text[sign.end() :].index(new) + len(new)
            yield Pair(figures[0].strip(".,"), new, told[-1].start(), end)


def _from_to() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w){topic('grammar.from')}\s+(?P<old>\S+)\s+{topic('amounts.to')}\s+(?P<new>[^\s,;.!?]+)", re.I
    )


def _arrows(text: str) -> Iterator[re.Match[str]]:
    return re.finditer(rf"(?P<old>[^\s;]+?),?{_ARROW.pattern}(?P<new>[^\s,;!?]+)", text)


def _first_figure(text: str) -> str | None:
    """The figure among the first words of a text."""
    words = [each[0].strip(".,") for each in WORD.finditer(text)][:_FIRST]
    return next((each for each in words if _FIGURE.fullmatch(each)), None)


def _stretch_before(text: str, end: int) -> tuple[str, int, int]:
    """The words up to a place, as far back as the next stop."""
    told = text[:end].rstrip(" ,.?–-")
    start = max(told.rfind(each) for each in (", ", "; ", ". ", "! ", "? ", "\n", ": ")) + 1
    return text[start : len(told)].strip(), start, len(told)


def _stretch_after(text: str, start: int, over_sign: bool = False) -> tuple[str, int, int]:
    """The words from a place on, up to the next stop; ``over_sign``: a stop right there is passed."""
    skipped = len(text[start:]) - len(text[start:].lstrip(" ,.;:–-" if over_sign else " :"))
    stop = re.search(r"[;!?\n]|,\s|[.](?=\s|$)", text[start + skipped :])
    end = start + skipped + (stop.start() if stop else len(text[start + skipped :]))
    return text[start + skipped : end].strip(), start + skipped, end


def _from_start(text: str) -> Iterator[str]:
    """The first words of a text, the most of them first."""
    words = [*WORD.finditer(text)][:MOST]
    for count in range(len(words), 0, -1):
        yield text[words[0].start() : words[count - 1].end()].rstrip(".")


def _from_end(text: str) -> Iterator[str]:
    words = [*WORD.finditer(text)][-MOST:]
    for first in range(len(words)):
        yield text[words[first].start() : words[-1].end()].rstrip(".")


def _best(text: str, old: str) -> list[str]:
    """Of a text the words that stand for the old ones: as many, of the same kind, the likest, else the last."""
    words, count = [each[0].rstrip(".") for each in WORD.finditer(text)], len(old.split())
    runs = [" ".join(words[at : at + count]) for at in range(len(words) - count + 1)]
    fitting = [each for each in runs if kind_of(each) == kind_of(old) and each.casefold() not in word_set("filler")]
    fitting = [each for each in fitting if each.casefold() != old.casefold()]
    if not fitting:
        # «Housings, not bearing caps»
        return [" ".join(words)] if words and len(words) < count and kind_of(words[-1]) == kind_of(old) else []
    if _FIGURE.fullmatch(old):
        # Numbers are not alike, and that of a line is none of its values: «line 2 should be 15 pcs, not 12», «50 on line 1, not 40».
        lines = {each for before, each in itertools.pairwise(words) if before.casefold() in word_set("item_words")}
        return [each for each in fitting if each not in lines][-1:]
    alike = {each: difflib.SequenceMatcher(None, each.casefold(), old.casefold()).ratio() for each in fitting}
    ends = [text.split()[0], text.split()[-1]] if text.split() else []
    if len(words) <= MOST and count > 1 and ends == [old.split()[0], old.split()[-1]]:
        # «Dahl Mek AS, not Dahl AS»
        return [text]
    likest = max(reversed(fitting), key=lambda each: alike[each])
    return [likest if alike[likest] >= ALIKE else fitting[-1]]


def denies(text: str, start: int) -> bool:
    """Whether what stands at a place is said not to be so."""
    return find(text[max(0, start - 8) : start], "negated") is not None
