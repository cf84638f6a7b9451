"""What words mean of a time that stands: «the last week» of a month, «the 24th» of it, «whichever comes last» of two."""

import calendar
import datetime as dt
import re
from typing import Any

from actions.form.answers import Answers
from actions.form.task import tasks
from actions.form.text import asks_something
from actions.form.words import find, pattern
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today
from bot.common.spans import Span, first_day, is_span, last_day
from bot.common.words import topic

#: The days of a part of a month, counted from its first; of its end the last eight.
_PARTS = {"early": (0, 9), "mid": (10, 19), "first_half": (0, 14), "second_half": (15, 30), "late": (-7, 30)}
_WEEKS = ("week_1", "week_2", "week_3", "week_4", "week_last")
#: The middle of a month.
_MIDDLE = 15
_MID = re.compile(rf"(?<!\w){topic('dates.mid')}", re.I)
#: A span is narrowed that has so many days.
_NARROWED_FROM = 14
#: So many words of four letters may stand beside those for the part.
_BESIDE = 3
#: «The 24th», «den 24.»: a day without its month.
_DAY = re.compile(r"(?<![\w.,/-])(?P<day>[0-3]?[0-9])(?:\.(?!\d)|st|nd|rd|th|e|:e)?(?![\w/-]|[.,]\d)", re.I)
_DAY_LEAD = re.compile(r"(?<!\w)(?:den|the|der|dem)\s+$", re.I)
_MOVED = 45
#: The common ground's name for when an order is to come. So near a time stand the words that tell what is meant by it.
ORDERED, _NEAR, _BETWEEN, _LEAD = "order_time", 40, 3, 12
#: Seasons, in which a part may have to stand something year after year.
_SEASONS = ("winter", "summer", "spring", "autumn")


def leave_times(turn: Turn) -> None:
    """Take the times that no delivery is wanted by out of what the message names.

    «PO perhaps in April» and «the day I order» tell when an order comes, «six weeks from order» counts from it, and «it must
    stand salt in winter» tells of a habit, and «that was last autumn» of what has been.
    """
    turn.entities = [each for each in (_meant_time(turn, entity) for entity in turn.entities) if each]
    ordered = [each for each in turn.entities if each["entity"] == ORDERED]
    if ordered:
        turn.ground.note(ORDERED, ordered)


def _meant_time(turn: Turn, entity: Entity) -> Entity | None:
    """A time as it is meant: when an order comes, counted from the order, or None for a habit."""
    if entity["entity"] not in ("date", "week", "lead") or "start" not in entity:
        return entity
    said, text = words("request"), turn.text
    before, behind = (
        text[max(0, entity["start"] - _NEAR) : entity["start"]],
        text[entity["end"] : entity["end"] + _NEAR],
    )
    if entity["entity"] == "lead":
        if _orders_then(before):
            # «If we order in two weeks»
            at = (today() + dt.timedelta(days=int(entity["value"]))).isoformat()
            return {**entity, "entity": ORDERED, "value": at, "meaning": "on"}
        counted = said.where(behind, "from_order")
        if counted is None or re.search(r"\w", behind[: counted[0]]):
            return entity
        return {**entity, "entity": "order_lead", "end": entity["end"] + counted[1]}
    if _orders_then(before):
        return {**entity, "entity": ORDERED}
    if entity.get("named") not in _SEASONS or asks_something(turn):
        return entity
    habit = said.says(text[max(0, entity["start"] - _LEAD) : entity["end"]], "in_season")
    past = said.ends_near(before, "was_then", _BETWEEN)
    return None if past or (habit and not said.says(text, "delivered")) else entity


def _orders_then(before: str) -> bool:
    """Whether what stands before a time tells when an order comes: «when are they ready if we order ...»."""
    said = words("request")
    if not said.ends_near(before, "order_comes", _BETWEEN):
        return False
    last = max(found.end() for found in re.finditer(rf"(?<!\w)(?:{said.pattern('order_comes')})", before, re.I))
    return not said.says(before[last:], "delivered")


def find_times(turn: Turn) -> None:
    """Add the time that such words mean to the entities of the message."""
    turn.entities = [_by_middle(turn, each) for each in turn.entities]
    if asks_something(turn):
        return
    either = _one_of_two(turn)
    if either:
        _put(turn, either)
        return
    standing = _standing(turn)
    if standing is None:
        return
    found = _part_of(turn, standing) or _day_of(turn, standing)
    if found:
        _put(turn, found)


def _by_middle(turn: Turn, entity: Entity) -> Entity:
    """«By mid-May» is no later than the middle of it, however many days that has."""
    if entity["entity"] != "date" or entity.get("meaning") != "by" or entity.get("named") != "month":
        return entity
    day = first_day(str(entity["value"]))
    if day.day <= _MIDDLE or not _MID.search(turn.text[int(entity["start"]) : int(entity["end"])]):
        return entity
    middle = day.replace(day=_MIDDLE)
    return {**entity, "value": (middle - dt.timedelta(days=max(0, middle.weekday() - 4))).isoformat()}


def _standing(turn: Turn) -> str | None:
    """The time that the running request asks for."""
    task = tasks().get(turn.slot("task") or "")
    if task is None or not turn.slot("question"):
        return None
    time = task.standing_time(Answers((turn.slot("answers") or {}).get(task.name)))
    try:
        first_day(time or "")
    except ValueError:
        return None
    return time


def _put(turn: Turn, found: Entity) -> None:
    """In the place of what else was read there."""
    turn.entities = [
        each
        for each in turn.entities
        if not (each.get("start", -1) < found["end"] and found["start"] < each.get("end", 0))
        or each["entity"] == "language"
    ]
    turn.entities.append(found)


def _part_of(turn: Turn, standing: str) -> Entity | None:
    """«Siste uka», «early in the month», said of a month that stands."""
    span = Span.load(standing) if is_span(standing) else None
    if span is None or (span.last - span.first).days < _NARROWED_FROM:
        return None
    for part in (*_WEEKS, "first_half", "second_half", "mid", "early", "late"):
        word = find(turn.text, f"time_{part}")
        if word is None or _of_another(turn, word):
            continue
        rest = pattern("filler", f"time_{part}", "of_the_month").sub(" ", turn.text)
        if len(re.findall(r"[^\W\d_]{4,}", rest)) > _BESIDE:
            return None
        first, last = _days(part, span.first, span.last)
        if first > last:
            return None
        named = "week" if part in _WEEKS else "month"
        return _date(first, word.start(), word.end(), until=last.isoformat(), named=named, part=part)
    return None


def _of_another(turn: Turn, word: re.Match[str]) -> bool:
    """Whether another time is named: «early June». «In the middle of the month» and «the last week» name none."""
    times = [each for each in turn.said("date", "week", "lead", "shift") if "start" in each]
    return any(
        not find(
            turn.text[each["start"] : each["end"]], "of_the_month", *(f"time_{part}" for part in (*_WEEKS, *_PARTS))
        )
        or (find(turn.text[each["start"] : each["end"]], "months_named") is not None)
        for each in times
    )


def _days(part: str, first: dt.date, last: dt.date) -> tuple[dt.date, dt.date]:
    """The days of a part; a week belongs to the month of its Wednesday."""
    if part not in _WEEKS:
        start, end = _PARTS[part]
        return (last if start < 0 else first) + dt.timedelta(start), min(last, first + dt.timedelta(end))
    if part == "week_last":
        wednesday = last - dt.timedelta((last.weekday() - 2) % 7)
    else:
        begins = first.replace(day=1)
        wednesday = begins + dt.timedelta((2 - begins.weekday()) % 7 + 7 * (int(part[-1]) - 1))
    return max(first, wednesday - dt.timedelta(2)), min(last, wednesday + dt.timedelta(2))


def _day_of(turn: Turn, standing: str) -> Entity | None:
    """«The 24th it is», «den 26. heller»: a day of the time that stands, or the one nearest to it."""
    said = turn.said("date", "week", "number", "quantity", "lead", "shift")
    days = [each for each in _DAY.finditer(turn.text) if _is_day(turn, each)]
    if len(days) != 1 or len(said) > 1 or (said and not _covers(said[0], days[0])):
        return None
    number = int(days[0]["day"])
    near = [day for month in (-1, 0, 1) if (day := _day_in(first_day(standing), month, number))]
    within = [day for day in near if first_day(standing) <= day <= last_day(standing)]
    meant = min(within or near, key=lambda day: abs((day - first_day(standing)).days), default=None)
    if meant is None or meant < today() or abs((meant - first_day(standing)).days) > _MOVED:
        return None
    return _date(meant, *days[0].span())


def _is_day(turn: Turn, match: re.Match[str]) -> bool:
    """Whether figures are a day by their ending or the article before them: «40 pcs» and «20» are none."""
    led = _DAY_LEAD.search(turn.text[: match.start()])
    ended = match.end() > match.end("day")
    dated = any(_covers(each, match) for each in turn.said("date"))
    return 1 <= int(match["day"]) <= 31 and bool(dated or (led and ended))


def _covers(entity: Entity, match: re.Match[str]) -> bool:
    """Whether a value is hardly more than the day."""
    text_length = int(entity["end"]) - int(entity["start"])
    return bool(entity["start"] <= match.start() < entity["end"] and text_length <= len(match[0]) + len("den "))


def _day_in(day: dt.date, months: int, number: int) -> dt.date | None:
    month = day.year * 12 + day.month - 1 + months
    year, month = month // 12, month % 12 + 1
    return dt.date(year, month, number) if 1 <= number <= calendar.monthrange(year, month)[1] else None


def _one_of_two(turn: Turn) -> Entity | None:
    """«Whichever comes last», where two times were offered or named just before."""
    word = find(turn.text, "whichever_last", "whichever_first")
    if word is None or turn.said("date", "week"):
        return None
    times = _offered(turn)
    if len(times) < 2:
        return None
    later = find(word[0], "whichever_last") is not None
    chosen = (max if later else min)(times, key=lambda each: first_day(str(each["value"])))
    return {**chosen, "start": word.start(), "end": word.end(), "reference": "either"}


def _offered(turn: Turn) -> list[Entity]:
    """The times that were offered with the last answer, or the several that were named last."""
    offered = [
        str(each["value"]) for each in turn.last_offered if re.fullmatch(r"\d{4}-\d\d-\d\d", str(each.get("value")))
    ]
    if len(offered) > 1:
        return [_date(dt.date.fromisoformat(each), 0, 0) for each in offered]
    stored = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("delivery") or {}
    return [_time(each) for each in stored.get("either") or []]


def _time(time: str) -> Entity:
    """A day, a week or a span as an entity."""
    if is_span(time):
        span = Span.load(time)
        return _date(span.first, 0, 0, until=span.last.isoformat(), named=span.of, part=span.part)
    kind = "week" if "-W" in time else "date"
    return {**_date(first_day(time), 0, 0), "entity": kind, "value": time}


def _date(day: dt.date, start: int, end: int, **more: Any) -> Entity:
    return {
        "entity": "date",
        "value": day.isoformat(),
        "start": start,
        "end": end,
        "meaning": "on",
        "reference": "time",
        **more,
    }
