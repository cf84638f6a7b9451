"""Positions of a list that run over several lines: «Pos. 1» or a bullet, and below it the thing, its drawing, material, figures."""

import re
from collections.abc import Sequence

from actions.form.words import pattern, word_set
from actions.turns.reading import Entity
from actions.turns.turn import Turn

#: What a position begins with: a word and a number, a number or a letter, a bullet.
_MARK = re.compile(
    r"^(?P<indent>[ \t]*)(?:(?P<word>[^\W\d_]{3,9})\.?[ ]?(?:nr\.?|no\.?|#)?[ ]?(?P<of>[0-9]{1,3})(?!\w|[.,][0-9])[ \t]*[.:)–-]*"
    r"|(?P<number>[0-9]{1,3})[.)][ \t](?=\S)|(?P<letter>[a-h])\)[ \t]|(?P<bullet>[-–*•·▪●◦>])[ \t]+(?=\S))",
    re.I | re.M,
)
_BLANK = re.compile(r"\n[ \t]*\n")
_OF_A_PART = ("alloy", "alloy_group", "unknown_alloy", "foreign_material", "weight", "drawing_no", "part_no", "dimensions", "quantity")  # fmt: skip

Span = tuple[int, int]


def blocks(turn: Turn) -> list[Span]:
    """The positions of a list of which some run over several lines; empty where each stands on one."""
    marks = _of_one_kind([each for each in _MARK.finditer(turn.text) if _counts(each)])
    if len(marks) < 2:
        return []
    ends = [*(each.start() for each in marks[1:]), len(turn.text)]
    spans = [_cut(turn, mark, end) for mark, end in zip(marks, ends, strict=True)]
    kept = [span for span in spans if _figures(turn, span)]
    # What stands below the last of them may be told of all, unless others run over several lines too.
    several = any("\n" in turn.text[start:end].strip() for start, end in kept[:-1])
    return kept if several and len(kept) >= 2 else []


def _counts(mark: re.Match[str]) -> bool:
    return mark["word"] is None or mark["word"].casefold() in word_set("item_words")


def _of_one_kind(marks: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The marks in the writing of the first that comes twice; a list within a position has another."""
    kinds = [(bool(each["word"]), bool(each["number"]), bool(each["letter"]), each["bullet"]) for each in marks]
    kind = next((one for one in kinds if kinds.count(one) > 1), None)
    return [each for each, one in zip(marks, kinds, strict=True) if one == kind] if kind else []


def _cut(turn: Turn, mark: re.Match[str], end: int) -> Span:
    """A position up to the next one, or to the blank line or the word that ends the list."""
    start = mark.end()
    begins = start + len(turn.text[start:end]) - len(turn.text[start:end].lstrip())
    blank = _BLANK.search(turn.text, begins, end)
    of_all = pattern("of_all_items").search(turn.text, begins, end)
    stops = [each.start() for each in (blank, of_all) if each]
    return start, min([end, *stops])


def _figures(turn: Turn, span: Span) -> bool:
    """Whether a position tells figures of a part."""
    inside: list[Entity] = [each for each in turn.entities if span[0] <= each.get("start", -1) < span[1]]
    return any(each["entity"] in _OF_A_PART for each in inside)
