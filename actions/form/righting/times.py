"""Days and weeks: «two weeks later», «not week 15 but 16»."""

import contextlib
import datetime as dt
import re
from dataclasses import replace

from actions.form.answers import Answer
from actions.form.pieces import asked_in
from actions.form.righting.pairs import Pair
from actions.form.righting.standing import Righted, Standing
from actions.turns.reading import Entity
from bot.common.spans import time_of

#: No year has more weeks, and every month has so many days.
_WEEKS, _DAYS = 53, 28


def moved_in_time(standing: Standing) -> Righted | None:
    """Move the day or week that stands: «two weeks later»."""
    moved, known = standing.turn.said("shift"), standing.answers.get("delivery")
    if len(moved) != 1 or known is None or asked_in(standing.turn.text, int(moved[0]["start"])):
        return None
    days = int(moved[0]["value"]) * (1 if moved[0].get("way") == "later" else -1)
    fresh = _moved_by(str(known.value or ""), days)
    if fresh is None:
        return None
    start, end = int(moved[0]["start"]), int(moved[0]["end"])
    return Righted("delivery", _other_time(known, fresh), start, end, known)


def _moved_by(stands: str, days: int) -> str | None:
    """A day or a week so many days later; None for what is neither, or for a week that is moved by days."""
    with contextlib.suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", stands):
            return (dt.date.fromisoformat(stands) + dt.timedelta(days)).isoformat()
        if re.fullmatch(r"\d{4}-W\d{2}", stands) and days % 7 == 0:
            year, week = map(int, stands.split("-W"))
            moved = (dt.date.fromisocalendar(year, week, 1) + dt.timedelta(days)).isocalendar()
            return f"{moved.year}-W{moved.week:02}"
    return None


def same_kind_of_time(answer: Answer, pair: Pair) -> Answer | None:
    """Take a bare number for the week, or the day, of the time that stands: «not week 15 but 16»."""
    new, stands = pair.new.strip(" ."), str(answer.value or "")
    if not new.isdigit() or not (found := re.fullmatch(r"(\d{4}-W|\d{4}-\d{2}-)\d{2}", stands)):
        return None
    most = _WEEKS if found[1].endswith("W") else _DAYS
    return _other_time(answer, f"{found[1]}{int(new):02}") if 0 < int(new) <= most else None


def _other_time(answer: Answer, value: str) -> Answer:
    """Another day or week in the place of one that stands, without what was said beside the old one."""
    more = {key: each for key, each in answer.more.items() if key != "said"}
    return replace(answer, value=value, reply=str(answer.reply).removesuffix("_said"), more=more)


def is_time(answer: Answer, old: str, entities: list[Entity]) -> bool:
    """Tell whether the old words are the time that stands: the same day or week, or its bare number."""
    times = [time_of(each) for each in entities if each["entity"] in ("date", "week")]
    if times:
        # «In April, not March» of the end of March.
        months = [str(time_of(each))[:7] for each in entities if each["entity"] == "date" and each.get("until")]
        return answer.value in times or str(answer.value)[:7] in months
    stands = str(answer.value or "")
    week = re.fullmatch(r"\d{4}-W(\d{2})", stands)
    day = re.fullmatch(r"\d{4}-\d{2}-(\d{2})", stands)
    found = week or day
    return bool(found and old.strip(". ").isdigit() and int(found[1]) == int(old.strip(". ")))
