"""Figures: what number words are, and «5 more», «two less» than stand."""

import copy
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.form.pieces import asked_in
from actions.form.righting.standing import Righted, Standing
from actions.form.righting.wording import says_nothing_more
from actions.form.words import numbers, pattern
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words


def by_so_many(standing: Standing) -> Righted | None:
    """Count up or down from what stands: «5 more», «two less», «increase by 10»."""
    turn, known = standing.turn, standing.answers.get("quantity")
    said = [each for each in turn.entities if each["entity"] not in ("language", "application")]
    plain = known is not None and isinstance(known.value, int) and not known.listed and not getattr(known, "lots", None)
    if known is None or not plain or len(said) != 1 or said[0]["entity"] not in ("quantity", "number"):
        return None
    start, end = int(said[0]["start"]), int(said[0]["end"])
    figure = turn.text[start:end].casefold().split()[:1]
    vague = said[0].get("vague") or said[0].get("ask")
    if not figure or vague or not (number_of(figure[0]) is not None or figure[0] in numbers()):
        # «A few more» is no number of them.
        return None
    way = _way(turn.text[:start], turn.text[end:], float(said[0]["value"]))
    total = int(known.value) + way * abs(int(said[0]["value"]))
    if not way or total <= 0 or asked_in(turn.text, start) or standing.of_several("quantity"):
        return None
    return Righted("quantity", replace(known, value=total), 0, len(turn.text), known)


def _way(before: str, behind: str, value: float) -> int:
    """Whether a figure is so many more (1), so many fewer (-1) or neither (0), by what stands beside it and nothing else."""
    known = words("change")
    before, behind = before.rstrip(), behind.strip(" .!,")
    for way, kinds in (
        (1, ("more_before", "more_after", "more_last")),
        (-1, ("fewer_before", "fewer_after", "fewer_last")),
    ):
        lead, after, last = kinds
        by = known.ends(before, "by_so_many") and known.says(before, lead)
        if by or known.ends(before, lead):
            rest, tail = known.without(known.without(before, lead), "by_so_many"), behind
        elif known.says(behind, after, last):
            rest, tail = before, known.without(known.without(behind, after), last)
        else:
            continue
        tail = pattern("unit_words").sub(" ", tail)
        return way if says_nothing_more(rest) and says_nothing_more(tail) else 0
    return -1 if value < 0 and says_nothing_more(before) and says_nothing_more(behind) else 0


def number_of(value: Any) -> float | None:
    """Read a figure as a number; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(str(value).replace(",", ".").replace(" ", "").strip("."))
    except ValueError:
        return None


def first_number(words: str, entities: Sequence[Entity]) -> float | None:
    """Read the number that words are, as they are written or as they were read."""
    told = [number_of(words), *(number_of(each["value"]) for each in entities)]
    return next((each for each in told if each is not None), None)


def bare(turn: Turn, figure: str) -> Turn:
    """Take the turn as if a figure were all that was written."""
    alone = copy.copy(turn)
    alone.text, alone.told, alone.intent, alone.confidence, alone.asks = figure, (), "inform", 1.0, False
    alone.entities = [{"entity": "number", "value": number_of(figure), "start": 0, "end": len(figure)}]
    return alone
