"""Lines of an order that a message names, by their number or by what they are: «linje 2», «lines 1 and 3», «flensene»."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from actions.production.order_facts import Order, OrderLine
from actions.turns.words import words

#: Between what is said of one line and of the next.
_CUT = re.compile(r"[,;.\n](?!\d)|(?<!\w)(?:og|and|und|och|men|but|samt|plus)(?!\w)", re.I)
_WORD = re.compile(r"[^\W\d_]{3,}")
#: A word of the customer's may be so much longer than that of the part: «flensene», «housings».
ENDING = 4
#: The end of a compound has so many letters, and so many stand before it: «ringene» is a «Slitering», «over» no «Cover».
WHOLE_WORD, COMPOUND = 4, 3


@dataclass(frozen=True)
class Mention:
    """Where a text names lines; none of them means the whole order."""

    start: int
    end: int
    lines: tuple[int, ...] = ()


def numbered(text: str) -> list[Mention]:
    """Lines by their numbers, and the whole order, in the order they stand."""
    known = words("change")
    joint = rf"\s*(?:,(?=\s*\d+\s*(?:,|&|\+|{known.pattern('joint')}))|&|\+|(?:{known.pattern('joint')}))\s*"
    number = rf"(?:(?:{known.pattern('line')})\s*)?\d{{1,3}}(?![\d.]*\d)(?!\s*(?:{known.pattern('after_quantity')}|%))"
    found = re.compile(
        rf"(?<!\w)(?:{known.pattern('line')})\s*(?:nr\.?|no\.?|#)?\s*(?P<numbers>\d{{1,3}}(?!\d)(?:{joint}{number})*)", re.I
    )  # fmt: skip
    lines = [
        Mention(*match.span(), tuple(dict.fromkeys(map(int, re.findall(r"\d+", match["numbers"])))))
        for match in found.finditer(text)
    ]
    whole = re.compile(rf"(?<!\w)(?:{known.pattern('whole')})", re.I)
    return sorted([*lines, *(Mention(*match.span()) for match in whole.finditer(text))], key=lambda each: each.start)


def named(text: str, order: Order) -> list[Mention]:
    """Lines by what they are. A word that fits several lines names none."""
    found = []
    for match in _WORD.finditer(text):
        fitting = [line.line_no for line in order.lines if any(_same(match[0], each) for each in _names(line))]
        if len(fitting) == 1:
            found.append(Mention(*match.span(), tuple(fitting)))
    for line in order.lines:
        for code in filter(None, (line.customer_part_no, line.drawing_no, line.product_no)):
            found += [Mention(*match.span(), (line.line_no,)) for match in re.finditer(rf"(?<!\w){re.escape(code)}(?!\w)", text, re.I)]  # fmt: skip
    return sorted(found, key=lambda each: each.start)


def _names(line: OrderLine) -> set[str]:
    described = " ".join(filter(None, (line.description_nb, line.description_en)))
    return {word.casefold() for word in _WORD.findall(described)}


def _same(said: str, name: str) -> bool:
    """«flensene» is «Flens», «ringene» is «Slitering», «hubs» is «hub»."""
    said = said.casefold()
    if said.startswith(name):
        return len(said) - len(name) <= ENDING
    stems = {said[: len(said) - cut] for cut in range(ENDING) if len(said) - cut >= WHOLE_WORD}
    return any(name.endswith(stem) and len(stem) >= WHOLE_WORD and len(name) - len(stem) >= COMPOUND for stem in stems)


def spans(text: str, mentions: Sequence[Mention]) -> list[tuple[int, int, tuple[int, ...]]]:
    """The text in pieces, each with the lines it is about; one piece when it names one thing or nothing."""
    if len({each.lines for each in mentions}) < 2:
        return [(0, len(text), mentions[0].lines if mentions else ())]
    starts = [0]
    for before, mention in itertools.pairwise(mentions):
        cuts = [cut.end() for cut in _CUT.finditer(text, before.end, mention.start)]
        starts.append(cuts[-1] if cuts else mention.start)
    ends = [*starts[1:], len(text)]
    return [(start, end, each.lines) for start, end, each in zip(starts, ends, mentions, strict=True)]
