"""The marks of a division in a text, in their order: pieces, the rest, halves, places («delivery 2»), times, the whole.

What a number counts is told by what stands around it. ``actions/form/lots.py`` makes lots of the marks.
"""

import datetime as dt
import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from actions.form.words import closes, find, lot_ordinals, numbers, opens, pattern
from actions.turns.reading import Entity
from bot.common.clock import today
from bot.common.spans import time_of

#: Times of a lot that are no day: as soon as can be, when it suits the foundry, and one that was not told.
ASAP, LATER, OPEN = "asap", "later", ""
#: What tells the time of a lot.
TIMES = ("date", "week", "lead", "asap")
#: Values that count no pieces.
_NO_COUNT = {"bad", "ask", "every", "unit", "low"}
#: «3 x 50»: how many times, before the pieces.
_TIMES = re.compile(r"(?<![\w.,])([1-9][0-9]?)\s*[x×*]\s*$", re.I)
_IS_TIMES = re.compile(r"\s*[x×*]\s*\d", re.I)
#: So near stand a word and the number that belongs to it; nothing but signs between them.
_NEAR = 14
_SIGNS = re.compile(r"[\s,:;(–-]*")
#: More deliveries than these nobody means; so many words stand from «delivered» to «times».
_MOST, _BEFORE_TIMES, _SEVERAL = 60, 3, 2


@dataclass(frozen=True)
class Mark:
    """One thing told of a division. ``kind``: ``count``, ``rest``, ``half``, ``place`` or ``time``.

    ``value``: pieces, or the place (-1 for the last); ``times``: how often a count comes; ``rest``: a count that is what the
    others leave; ``since``: a time to begin with; ``named``: a time that a word tells, and no day.
    """

    kind: str
    start: int
    end: int
    value: int = 0
    time: str = OPEN
    times: int = 1
    rest: bool = False
    since: bool = False
    named: bool = False


@dataclass(frozen=True)
class Marks:
    """The marks of a text. ``parts``: counts, the rest and halves; ``whole``: the pieces in all, where they are told.

    ``deliveries``: in how many deliveries they are wanted.
    """

    parts: list[Mark]
    places: list[Mark]
    times: list[Mark]
    whole: Mark | None
    deliveries: int | None


def marks_of(text: str, entities: Sequence[Entity], total: int | None = None) -> Marks:
    """All marks of a text with its values; ``total``: the pieces in all as they stand, which are no part of themselves."""
    places, several = _places(text), deliveries_in(text)
    told = [*places, several] if several else places
    counts = [_count(text, each, several) for each in _counting(text, entities)]
    counts = [each for each in counts if not any(one.start <= each.start < one.end for one in told)]
    counts, whole = _without_whole(text, counts, entities, several)
    if whole is None and any(each.value != total for each in counts):
        whole = next((each for each in counts if each.value == total), None)
        counts = [each for each in counts if each is not whole]
    elif whole is not None and total is not None and whole.value != total:
        # «Forget the 64, back to 60, 34 + 26»: what stood before is no part of what is told now.
        counts = [each for each in counts if each.value != total]
    # «Half in April, half in June, so 30 and 50»: the figures say how many the halves are.
    halves = _halves(text) if len(counts) < _SEVERAL else []
    parts = sorted([*_with_rests(text, counts), *halves], key=lambda each: each.start)
    places = [each for each in places if not any(one.start <= each.start < one.end for one in parts)]
    return Marks(parts, places, _times(text, entities), whole, several.value if several else None)


def _counting(text: str, entities: Sequence[Entity]) -> list[Entity]:
    """The values that may count pieces: no number of a revision or a line, where «into 30 and 30» counts."""
    found = [
        each
        for each in entities
        if each["entity"] in ("quantity", "number", "share")
        and "start" in each
        and not _NO_COUNT & each.keys()
        and float(each["value"]).is_integer()
        and each["value"] > 0
        and not _IS_TIMES.match(text, int(each["end"]))
        and not (
            each["entity"] == "number"
            and closes(text[: int(each["start"])], "figure_of")
            and not closes(text[: int(each["start"])], "into_lots")
        )
    ]
    return sorted(found, key=lambda each: int(each["start"]))


def _count(text: str, entity: Entity, several: Mark | None) -> Mark:
    """A number of pieces, with how often it comes: «3 x 50», «three lots of 20»."""
    start = int(entity["start"])
    before = _TIMES.search(text, 0, start)
    times = int(before[1]) if before else 1
    if several and several.end <= start and pattern("of_each").fullmatch(text[several.end : start].strip(" ,:")):
        times = several.value
    return Mark("count", before.start() if before else start, int(entity["end"]), int(entity["value"]), times=times)


def _without_whole(
    text: str, counts: list[Mark], entities: Sequence[Entity], several: Mark | None
) -> tuple[list[Mark], Mark | None]:
    """The counts of the parts, and the pieces in all: said so, the sum of the parts, or more than the parts beside a rest."""
    counts = [each for each in counts if not closes(text[: each.start], "negated", "forget_that")]
    whole = next((each for each in counts if _said_in_all(text, each, counts)), None)
    others = [each for each in counts if each is not whole]
    if whole is None and len(counts) > 1:
        total = sum(each.value * each.times for each in counts)
        whole = next((each for each in counts if 2 * each.value == total and len(counts) > 2), None)
        first, rest = counts[0], total - counts[0].value * counts[0].times
        if whole is None and first.value > rest and (find(text, "the_rest", "half") or several):
            whole = None if _timed(text, first, entities) else first
        others = [each for each in counts if each is not whole]
    elif whole is None and len(counts) == 1 and counts[0].times == 1:
        alone = (find(text, "half") or several) and not _timed(text, counts[0], entities)
        whole, others = (counts[0], []) if alone else (None, counts)
    return others, whole


def _said_in_all(text: str, count: Mark, counts: Sequence[Mark]) -> bool:
    """«64 in all», «back to 60», «15 of the 40»."""
    if closes(text[: count.start], "whole_before") or opens(text[count.end :].lstrip(), "whole_behind"):
        return True
    behind = opens(text[count.end :].lstrip(), "unit_words")
    if behind and opens(text[count.end :].lstrip()[behind.end() :].lstrip(), "whole_behind"):
        return True
    ahead = [each for each in counts if each.end <= count.start and each.value < count.value]
    return bool(ahead) and pattern("part_of").fullmatch(text[ahead[-1].end : count.start].strip()) is not None


def _timed(text: str, count: Mark, entities: Sequence[Entity]) -> bool:
    """Whether a time of its own stands right behind a count."""
    return any(
        0 <= int(each["start"]) - count.end <= _NEAR and not re.search(r"[,;.:]", text[count.end : int(each["start"])])
        for each in entities
        if each["entity"] in TIMES and "start" in each
    )


def _with_rests(text: str, counts: list[Mark]) -> list[Mark]:
    """The counts, those that are told to be the rest as such, and the rest where no figure is told for it."""
    result = list(counts)
    for found in pattern("the_rest").finditer(text):
        if opens(text[found.end() :].lstrip(), "rest_open"):
            continue
        behind = next(
            (each for each in result if found.end() <= each.start and _joined(text, found.end(), each.start)), None
        )
        if behind:
            result[result.index(behind)] = replace(behind, start=found.start(), rest=True)
        elif not any(each.start <= found.start() < each.end for each in result):
            result.append(Mark("rest", *found.span(), rest=True))
    rests = [each for each in result if each.kind == "rest"]
    return [each for each in result if each not in rests[1:]]


def _joined(text: str, start: int, end: int) -> bool:
    return end - start <= _NEAR and _SIGNS.fullmatch(text[start:end]) is not None


def _halves(text: str) -> list[Mark]:
    return [Mark("half", *each.span()) for each in pattern("half").finditer(text)]


# ---------------------------------------------------------------- places and times


def _places(text: str) -> list[Mark]:
    """Where a lot is named by its place: «delivery 2», «første levering», «in the second»."""
    found = []
    for each in _place_pattern().finditer(text):
        said = (each["number"] or each["word"] or each["alone"]).casefold()
        place = int(said) if said.isdigit() else lot_ordinals().get(said) or numbers().get(said, 0)
        if place and place <= _MOST:
            found.append(Mark("place", each.start(), each.end(), place))
    return found


@functools.cache
def _place_pattern() -> re.Pattern[str]:
    noun, lead, unit = (pattern(*each).pattern for each in (("lot_words",), ("place_lead",), ("unit_words",)))
    word = "|".join(sorted(map(re.escape, lot_ordinals()), key=len, reverse=True))
    count = "|".join(
        sorted((re.escape(each) for each, value in numbers().items() if value <= 9), key=len, reverse=True)
    )
    return re.compile(
        rf"(?:{noun})\s*(?:(?:no|nr|nummer|number)\.?\s*)?(?P<number>[1-9](?![\w.,]*\d)|(?:{count})(?!\w))(?!\s*{unit})"
        rf"|(?:{lead}\s+)?(?<!\w)(?P<word>{word})(?!\w)\s+(?:{noun})"
        rf"|{lead}\s+(?P<alone>{word})(?!\w)",
        re.I,
    )


def _times(text: str, entities: Sequence[Entity]) -> list[Mark]:
    """The times of a text: days, weeks and spans, and words for at once and later where no value stands."""
    found = []
    for each in entities:
        if each["entity"] not in TIMES or "start" not in each or each.get("ask"):
            continue
        if closes(text[: int(each["start"])], "negated"):
            continue
        days = (today() + dt.timedelta(days=int(each["value"]))).isoformat() if each["entity"] == "lead" else ""
        time = ASAP if each["entity"] == "asap" else days or time_of(each)
        since = each.get("meaning") in ("from", "after")
        found.append(
            Mark("time", int(each["start"]), int(each["end"]), time=time, since=since, named=each["entity"] == "asap")
        )
    for topics, time in ((("share_first", "lot_now"), ASAP), (("lot_later",), LATER)):
        for said in pattern(*topics).finditer(text):
            if not any(one.start < said.end() and said.start() < one.end for one in found):
                found.append(Mark("time", *said.span(), time=time, named=True))
    return sorted(found, key=lambda each: each.start)


def deliveries_in(text: str) -> Mark | None:
    """In how many deliveries the pieces are wanted, when that was said, and where."""
    for word in pattern("deliveries", "times_count").finditer(text):
        ahead = text[: word.start()]
        if not find(word[0], "deliveries") and not find(" ".join(ahead.split()[-_BEFORE_TIMES:]), "brought"):
            continue
        before = re.search(r"(\d{1,2}|[^\W\d_]+)\s+(?:\w+\s+)?$", ahead)
        near = re.findall(r"\d{1,2}|[^\W\d_]+", before[0]) if before else []
        found = [numbers().get(each.casefold()) or (int(each) if each.isdigit() else 0) for each in near]
        count = next((each for each in reversed(found) if each), 0)
        if before and 1 < count <= _MOST:
            return Mark("place", before.start(), word.end(), count)
    return None
