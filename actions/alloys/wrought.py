"""What comes near a wrought alloy or a steel among the alloys we cast: ``wrought`` of data/catalogue/advice.yml."""

import functools
import re
from collections.abc import Mapping
from typing import Any

from actions.alloys.advice import TABLE
from actions.alloys.subject import offer_person, show_alloys
from actions.production.catalogue import Alloy, Condition, catalogue
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.data_file import read_yaml

#: What may stand before a designation: EN AW-6082.
_LEAD = r"(?:en[ -]?)?(?:aw[ -]?)?"


def wrought_asked(text: str) -> str | None:
    """The wrought designation that a casting alloy is asked for in the place of; None when nothing of the kind is."""
    found = _pattern().search(text)
    if found is None:
        return None
    known, before = words("advice"), text[: found.start()]
    asked = known.says(text, "equivalent") or known.ends(before, "made_of") or found["aw"]
    return found["name"].upper() if asked else None


def say_wrought(turn: Turn) -> bool:
    """The casting alloys that come near what was named, with what they hold. False when nothing of the kind was."""
    name = wrought_asked(turn.reading.text)
    if name is None:
        return False
    kind = next(each for each in _kinds() if name in each["uts"])
    uts = float(kind["uts"][name])
    alloys = [catalogue()[each] for each in kind["alloys"]]
    turn.say("utter_wrought_steel" if kind.get("steel") else "utter_wrought", written=name)
    strongest = 0.0
    for alloy in alloys:
        condition = _strongest(alloy)
        if condition and condition.minima:
            minima = condition.minima
            strongest = max(strongest, float(minima.uts_mpa))
            turn.say(
                "utter_wrought_alloy",
                alloy=alloy.title,
                uts=minima.uts_mpa,
                elongation=minima.elongation_pct,
                condition=f"condition.{condition.temper}",
            )
    turn.say("utter_wrought_strong" if strongest >= uts else "utter_wrought_strength", written=name, uts=uts)
    turn.remember("alloy_recommendation", ())
    show_alloys(turn, alloys)
    offer_person(turn)
    return True


def _strongest(alloy: Alloy) -> Condition | None:
    """The condition in which an alloy holds most."""
    return max(
        (each for each in alloy.conditions if each.minima),
        key=lambda each: each.minima.uts_mpa if each.minima else 0,
        default=None,
    )


@functools.lru_cache(maxsize=1)
def _kinds() -> list[Mapping[str, Any]]:
    return list(read_yaml(TABLE)["wrought"])


@functools.lru_cache(maxsize=1)
def _pattern() -> re.Pattern[str]:
    names = "|".join(re.escape(name) for each in _kinds() for name in sorted(each["uts"], key=len, reverse=True))
    return re.compile(rf"(?<![\w.,/-])(?P<aw>{_LEAD})(?P<name>{names})(?![\w.,/]\d|\d)", re.I)
