"""The date that a wish wants an order moved to: a day, a week, a span, or so far from where it stands."""

import datetime as dt
import re

from actions.form.answers import Problem
from actions.form.text import meant, written
from actions.form.words import numbers
from actions.tasks.change.wants import Want
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today
from bot.common.spans import first_day, is_span, last_day, time_of

#: «A week», by its words: nobody counts a single one.
_A_WHILE = {"a_day": 1, "a_week": 7, "a_fortnight": 14, "a_month": 30}
#: «20.04» is read as a number; a change has no other use for one.
_DAY_AND_MONTH = re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{2})")
#: «The 12th», «den 12.»: a day without its month.
_DAY_ALONE = re.compile(r"\D*\d{1,2}(?:\.|st|nd|rd|th|e|:e)?", re.I)
#: How a time stands to the date that is wanted.
_BOUNDS = {"from": "from", "after": "from", "by": "by", "before": "by"}
_MONTHS = 12


def way_of(text: str) -> str | None:
    """Whether a text says earlier or later; None for neither, and for both of them."""
    known = words("change")
    if known.says(text, "either_way"):
        return None
    return "earlier" if known.says(text, "earlier") else "later" if known.says(text, "later") else None


def how_far(turn: Turn) -> int | None:
    """So many days that a date is to be moved by, wherever it goes."""
    for entity in turn.said("shift"):
        return int(entity["value"])
    for entity in turn.said("lead"):
        if not _from_today(turn, entity):
            return int(entity["value"])
    known = words("change")
    moves = way_of(turn.text) or asks(turn.text, "earlier_or_later") or known.says(turn.text, "either_way")
    return in_words(turn.text) if moves and not turn.said("lead") else None


def in_words(text: str) -> int | None:
    """«A week», «two weeks»: so many days, by their words."""
    known = words("change")
    counted = "|".join(map(re.escape, numbers()))
    for unit, days in (("days", 1), ("weeks", 7)):
        found = re.search(rf"(?<!\w)(?P<many>{counted}|\d{{1,2}})\s+(?:{known.pattern(unit)})", text, re.I)
        if found:
            many = found["many"].casefold()
            return days * (int(many) if many.isdigit() else numbers()[many])
    return next((days for name, days in _A_WHILE.items() if known.says(text, name)), None)


def _from_today(turn: Turn, entity: Entity) -> bool:
    """«In three weeks» counts from today, «three weeks» from where the date stands."""
    return words("change").ends(turn.text[: entity["start"]], "from_today")


def either_way(turn: Turn) -> Problem | None:
    """«Flytt fram» is earlier to some and later to others, «14 days earlier or later» is both."""
    both = words("change").says(turn.text, "either_way")
    dated = turn.said("date", "week") or (turn.said("shift") and not both) or _bare_day(turn)
    days = how_far(turn)
    if way_of(turn.text) or dated or asks(turn.text, "hold"):
        return None
    if not (both or days is not None or asks(turn.text, "earlier_or_later")):
        return None
    if days is None and turn.said("quantity", "alloy", "certificate", "lead"):
        return None
    return which_way(days)


def which_way(days: int | None) -> Problem:
    """Ask which way a date is to be moved, by so many days where that is known."""
    named = tuple({"reply": f"utter_choice_{way}_by", "days": days} for way in ("earlier", "later"))
    plain = ({"reply": "utter_choice_earlier"}, {"reply": "utter_choice_later"})
    return Problem("utter_which_move", choices=plain if days is None else named, asks=True)


def wanted_date(turn: Turn) -> Want | None:
    """The date that is wanted, as it was said."""
    way, days = way_of(turn.text), how_far(turn)
    for entity in turn.said("shift"):
        if not _goes_to(turn, entity):
            return Want("date", by_days=int(entity["value"]), way=entity["way"])
    for entity in (*meant(turn, "date"), *meant(turn, "week")):
        if not entity.get("ask"):
            return _at(turn, entity, way)
    bare = _bare_day(turn)
    if bare:
        return Want("date", date=bare.isoformat(), way=way)
    if days is not None and way:
        return Want("date", by_days=days, way=way)
    for entity in turn.said("lead"):
        if _from_today(turn, entity) and not asks(turn.text, "earlier_or_later") and not asks(turn.text, "hold"):
            return Want("date", date=(today() + dt.timedelta(days=int(entity["value"]))).isoformat())
    return Want("date", way=way) if way and not turn.said("lead", "bad_date", "bad_week") else None


def _goes_to(turn: Turn, shift: Entity) -> bool:
    """Whether the day or week is named that a date is moved to: «a week later, to week 14», not «a week later than week 14»."""
    behind = [each for each in turn.said("date", "week") if each["start"] >= shift["end"] and not each.get("ask")]
    between = turn.text[shift["end"] : behind[0]["start"]] if behind else ""
    return bool(behind) and words("change").says(between, "goes_to")


def _at(turn: Turn, entity: Entity, way: str | None) -> Want:
    """A day, a week, or a span with its first and last day and what it was called."""
    bound = _BOUNDS.get(str(entity.get("meaning")))
    if entity["entity"] == "week" and bound == "from" and entity.get("until") and _moves(turn):
        # «Move it from week 14 to week 16» is no span.
        return Want("date", week=str(entity["until"]), way=way)
    time = time_of(entity)
    if is_span(time):
        first, last = first_day(time).isoformat(), last_day(time).isoformat()
        return Want("date", date=first, until=last, span=time, text=written(turn, entity), way=way)
    if (bound, way) in (("by", "later"), ("from", "earlier")) or (bound == "by" and not _no_later(turn)):
        bound = None
    if entity["entity"] == "week":
        return Want("date", week=time, way=way, bound=bound)
    # A day told of the time that stands has its month from there.
    alone = not entity.get("reference") and bool(_DAY_ALONE.fullmatch(written(turn, entity).strip()))
    return Want("date", date=time, way=way, bound=bound, any_month=alone or None)


def _no_later(turn: Turn) -> bool:
    """«Innen uke 22», where «til uke 22» may be that week."""
    return words("change").says(turn.text, "no_later") and not _moves(turn)


def _moves(turn: Turn) -> bool:
    return asks(turn.text, "earlier_or_later") or way_of(turn.text) is not None


def _bare_day(turn: Turn) -> dt.date | None:
    """«20.04»: the next such day."""
    for entity in turn.said("number"):
        found = _DAY_AND_MONTH.fullmatch(written(turn, entity)) if "unit" not in entity else None
        if found is None:
            continue
        for year in (today().year, today().year + 1):
            try:
                day = dt.date(year, int(found["month"]), int(found["day"]))
            except ValueError:
                break
            if day >= today():
                return day
    return None


def nearest(day: dt.date, to: dt.date) -> dt.date:
    """The day of that number which lies nearest to a date and has not passed: «the 12th» of an order for April."""
    found = [day]
    for ahead in (-1, 0, 1):
        month = to.year * _MONTHS + to.month - 1 + ahead
        try:
            found.append(dt.date(month // _MONTHS, month % _MONTHS + 1, day.day))
        except ValueError:
            continue
    return min((each for each in found if each >= today()), key=lambda each: abs((each - to).days), default=day)
