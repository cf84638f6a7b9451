"""One order in several deliveries: «30 stk uke 12, 50 stk uke 16», «3 x 50 in June, September, December», «600 in four»."""

import datetime as dt
import itertools
import re
from collections.abc import Iterator
from typing import NotRequired, TypedDict

from actions.form.lines import items
from actions.form.shares import SHARE, total_told
from actions.form.words import closes, find, numbers, pattern
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from bot.common.clock import today
from bot.common.spans import time_of

#: «3 x 50»: how many times, before the pieces.
_TIMES = re.compile(r"(?<![\w.,])([1-9][0-9]?)\s*[x×*]\s*$", re.I)


#: So many words stand from «delivered» to «times».
_BEFORE_TIMES = 3


#: Times of a lot that are no day: as soon as can be, and when it suits the foundry.
ASAP, LATER = "asap", "later"


class Lot(TypedDict):
    """Pieces that are wanted at one time; ``text`` as the customer wrote it, ``rest`` when it is what the others leave, ``since``
    when its time is one to begin with: «after Easter»."""

    quantity: int
    delivery: str
    text: str
    rest: NotRequired[bool]
    since: NotRequired[bool]


def lots(turn: Turn) -> list[Lot]:
    """The lots of a message, each a number of pieces with a date, week or span; empty when there are not two."""
    if items(turn):
        return []
    dated = sorted((each for each in turn.said("week", "date") if not each.get("ask")), key=_start)
    fitting = [found for found in _counts(turn, len(dated)) if len(found) == len(dated) > 1]
    if not fitting:
        return []
    # Of «100 more, 50 in week 22 and 50 in week 30» those that stand beside their times.
    beside = (found for found in fitting if _side_by_side(list(zip(found, dated, strict=True))))
    counted = next(beside, fitting[0])
    pairs = list(zip(counted, dated, strict=True))
    if _side_by_side(pairs):
        texts = [_between(turn, min(_start(each), _start(when)), max(_end(each), _end(when))) for each, when in pairs]
    elif _listed(turn, counted) and _each_time(turn, dated) and _in_two_lists(counted, dated):
        texts = [f"{_words(turn, when)}: {_words(turn, each)}" for each, when in pairs]
    else:
        return []
    return [
        Lot(quantity=int(pieces["value"]), delivery=time_of(when), text=text)
        for (pieces, when), text in zip(pairs, texts, strict=True)
    ]


def lots_of(turn: Turn, total: int) -> list[Lot]:
    """The lots of an order for ``total`` pieces, also where one is the rest, a half, or wanted at no day but «now» or «later».

    «20 first and the rest in the new year», «half now, half after Easter». Empty when not every lot has a time, or when
    they are not the total together.
    """
    known = lots(turn)
    if known and sum(each["quantity"] for each in known) == total:
        rest = find(turn.text, "the_rest")
        return [{**each, "rest": True} if rest and each is known[-1] else each for each in known]
    told = sorted(_shares_told(turn, total))
    if len(told) < 2:
        return []
    spans = list(zip(told, [*(start for start, _, _ in told[1:]), len(turn.text)], strict=True))
    parted: list[Lot] = []
    for (start, end, pieces), until in spans:
        stop = re.compile(r"[.;\n!?](?=\s|$)").search(turn.text, end, until)
        last = stop.start() if stop else until
        when = _time_between(turn, start, end, last)
        text = _between(turn, start, last).strip(" ,")
        while joint := re.search(r"[\s,]+(\w+)$", text):
            if not pattern("joined_by").fullmatch(joint[1]):
                break
            text = text[: joint.start()]
        if when is None:
            return []
        since = any(
            start <= int(each.get("start", -1)) < last and each.get("meaning") in ("from", "after")
            for each in turn.said("date", "week")
        )
        parted.append(Lot(quantity=pieces, delivery=when, text=text, rest=pieces == 0, since=since))
    left = total - sum(each["quantity"] for each in parted)
    if len(parted) < 2 or sum(each["rest"] for each in parted) > 1 or left < 0:
        return []
    parted = [{**each, "quantity": left} if each["rest"] else each for each in parted]
    whole = sum(each["quantity"] for each in parted) == total
    return parted if whole and all(each["quantity"] for each in parted) else []


def _shares_told(turn: Turn, total: int) -> list[tuple[int, int, int]]:
    """Where a part of the pieces is told and how many they are; no pieces for the rest."""
    marks = {"bad", "ask", "every", "unit"}
    found = [
        (_start(each), _end(each), int(each["value"]))
        for each in turn.said(SHARE, "quantity", "number")
        if "start" in each and not marks & each.keys() and 0 < float(each["value"]) < total
    ]
    halves = [each.span() for each in pattern("half").finditer(turn.text)]
    found += [(*span, total // 2) for span in halves if total % 2 == 0]
    rest = next(pattern("the_rest").finditer(turn.text), None)
    if len(halves) == 1 and rest is None:
        found = [each for each in found if each[:2] != halves[0]]
    return [*found, (*rest.span(), 0)] if rest and not any(a <= rest.start() < b for a, b, _ in found) else found


def _time_between(turn: Turn, start: int, end: int, until: int) -> str | None:
    """When a lot is wanted that is told from ``start`` to ``until``, its pieces up to ``end``."""
    for each in turn.said("date", "week", "lead", "asap"):
        if start <= int(each.get("start", -1)) < until and not each.get("ask"):
            if each["entity"] == "lead":
                return (today() + dt.timedelta(days=int(each["value"]))).isoformat()
            return ASAP if each["entity"] == "asap" else time_of(each)
    words = turn.text[end:until]
    if find(words, "share_first", "lot_now"):
        return ASAP
    if find(words, "lot_later") or find(turn.text[start:end], "lot_later"):
        return LATER
    # «The first 20» come first.
    return ASAP if closes(turn.text[:start], "lot_first") else None


def _counts(turn: Turn, times: int) -> Iterator[list[Entity]]:
    """The numbers that may count the lots: those of pieces, bare ones, or both; without their total where it is told."""
    if shares := turn.said(SHARE):
        yield _with_rest(turn, shares, times)
        return
    for kinds in (("quantity",), ("number",), ("quantity", "number")):
        counted = [
            each
            for each in sorted(turn.said(*kinds), key=_start)
            if not {"bad", "ask", "every", "unit"} & each.keys() and float(each["value"]).is_integer()
        ]
        yield _as_often(turn, counted, times) or _without_total(counted, times)


def _with_rest(turn: Turn, shares: list[Entity], times: int) -> list[Entity]:
    """«40 in week 14, the rest in week 20» of 240: shares that are the whole together, the rest as one of them; else none."""
    total, told = total_told(turn), sum(each["value"] for each in shares)
    if total is None or told > total:
        return []
    rest = next(pattern("the_rest").finditer(turn.text), None) if told < total and len(shares) == times - 1 else None
    if rest:
        shares = [*shares, {"entity": SHARE, "value": int(total - told), "start": rest.start(), "end": rest.end()}]
    whole = sum(each["value"] for each in shares) == total
    return sorted(shares, key=_start) if whole else []


def _without_total(counted: list[Entity], times: int) -> list[Entity]:
    """«100 in all, 50 in week 22 and 50 in week 30»: a number that is the sum of the others is no lot."""
    if len(counted) != times + 1:
        return counted
    whole = sum(float(each["value"]) for each in counted)
    rest = [each for each in counted if 2 * float(each["value"]) != whole]
    return rest if len(rest) == times else counted


def _as_often(turn: Turn, counted: list[Entity], times: int) -> list[Entity]:
    """«3 x 50» with three times beside it: the same pieces for each."""
    for each in counted:
        before = _TIMES.search(turn.text, 0, _start(each))
        if before and int(before[1]) == times:
            return [each] * times
    return []


def _side_by_side(pairs: list[tuple[Entity, Entity]]) -> bool:
    """Whether each number stands beside its own time: «30 in April, 50 in June»."""
    first_counted = all(_start(pieces) < _start(when) for pieces, when in pairs)
    first_dated = all(_start(when) < _start(pieces) for pieces, when in pairs)
    spans = [sorted((_start(pieces), _end(pieces), _start(when), _end(when))) for pieces, when in pairs]
    apart = all(one[-1] <= other[0] for one, other in itertools.pairwise(spans))
    return apart and (first_counted or first_dated)


def _listed(turn: Turn, counted: list[Entity]) -> bool:
    """Whether the numbers are one list, or one number for all: «30 and 50»."""
    gaps = [turn.text[_end(one) : _start(other)] for one, other in itertools.pairwise(counted)]
    return all(not pattern("joined_by").sub("", gap).strip(" ,;/+&\n") for gap in gaps)


def _each_time(turn: Turn, dated: list[Entity]) -> bool:
    """Whether all times are meant, and not one or the other: «in June or July»."""
    return not find(turn.text[_end(dated[0]) : _start(dated[-1])], "either_or")


def _in_two_lists(counted: list[Entity], dated: list[Entity]) -> bool:
    return _end(counted[-1]) <= _start(dated[0]) or _end(dated[-1]) <= _start(counted[0])


def deliveries(turn: Turn) -> int | None:
    """In how many deliveries the pieces are wanted, when that was said."""
    for word in pattern("deliveries", "times_count").finditer(turn.text):
        if not find(word[0], "deliveries") and not _delivered(turn.text[: word.start()]):
            continue
        before = re.search(r"(\d{1,2}|[^\W\d_]+)\s+(?:\w+\s+)?$", turn.text[: word.start()])
        near = re.findall(r"\d{1,2}|[^\W\d_]+", before[0]) if before else []
        found = [numbers().get(each.casefold()) or (int(each) if each.isdigit() else 0) for each in near]
        count = next((each for each in reversed(found) if each), 0)
        if 1 < count <= 60:
            return count
    return None


def of_each_delivery(turn: Turn, pieces: Entity) -> bool:
    """Whether pieces are those of every delivery: «six shipments of 50»."""
    behind = (
        turn.text[each.end() : _start(pieces)] for each in pattern("deliveries").finditer(turn.text, 0, _start(pieces))
    )
    return any(pattern("of_each").fullmatch(words.strip(" ,:")) for words in behind)


def _delivered(before: str) -> bool:
    """Whether what comes so many times is a delivery: «delivered three times»."""
    return bool(find(" ".join(before.split()[-_BEFORE_TIMES:]), "brought"))


def _start(entity: Entity) -> int:
    return int(entity["start"])


def _end(entity: Entity) -> int:
    return int(entity["end"])


def _words(turn: Turn, entity: Entity) -> str:
    return _between(turn, _start(entity), _end(entity))


def _between(turn: Turn, start: int, end: int) -> str:
    return " ".join(turn.text[start:end].split())
