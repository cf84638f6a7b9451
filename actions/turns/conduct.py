"""Whether words bear it out that the questions are to stop or to wait: what only sounds like it is told of the castings."""

import functools
import re
from dataclasses import replace

from actions.turns.reading import Clause, Reading
from actions.turns.words import words
from actions.turns.yes import names_a_wish
from bot.common.words import word_set

#: What may tell that the questions are to end or to wait.
_STOPS = ("stop", "later", "wait")
#: How sure a meaning must be where something else is said beside its words; a pause as sure as the other needs no words.
SURE, CERTAIN = 0.65, 0.85
#: So many words stand between those that ask for all of it.
_BETWEEN = 3
#: A word that says something by itself, or a figure.
_TELLING = re.compile(r"[^\W\d_]{3,}|\d")


def borne_out(text: str, *kinds: str) -> bool:
    """Whether a word of these kinds of ``data/words/conduct.yml`` stands in a text: ``stop``, ``later``, ``wait``."""
    return words("conduct").says(text, *kinds)


def says_only(text: str, *kinds: str) -> bool:
    """Whether such words, and those that change nothing about them, are all that a text says."""
    return borne_out(text, *kinds) and not _left(text, kinds)


def merely_waits(text: str) -> bool:
    """Whether somebody is to wait a moment, and nothing else is said: «hang on», «vent litt»."""
    known = words("conduct")
    rest = known.without(known.without(text, "wait"), "beside")
    return "?" not in text and borne_out(text, "wait") and not re.search(r"\w", rest)


def merely_greets(text: str) -> bool:
    """Whether a piece of a message is a greeting or an exclamation and nothing else: «hey there», «jøss»."""
    known = words("conduct")
    rest = known.without(known.without(text, "greeting"), "beside")
    return borne_out(text, "greeting") and not re.search(r"\w", rest)


def _left(text: str, kinds: tuple[str, ...]) -> list[str]:
    """The words beside them that tell something."""
    known = words("conduct")
    for kind in (*kinds, "beside", "talk"):
        text = known.without(text, kind)
    return [each for each in _TELLING.findall(text.casefold()) if each not in word_set("common.common")]


def as_borne_out(reading: Reading, at_read_back: bool, castings: bool) -> Reading:
    """A message in which what only sounds like a word about the talk is told of what is in progress instead.

    ``at_read_back``: before «shall I send it?» a pause needs no words of its own, a needless one being the lesser evil.
    ``castings``: what is in progress can differ in many things, so that leaving one of them out drops nothing.
    """
    needs: dict[str, tuple[str, ...]] = {"stop_task": _STOPS}
    if not at_read_back:
        needs["postpone"] = _STOPS
    if castings:
        needs["take_back"] = ("withdraw",)

    def renewed(clause: Clause) -> Clause:
        idle = {act for act, kinds in needs.items() if not _meant(clause, act, kinds)}
        if not idle & {act for act, _ in clause.acts}:
            return clause
        return clause.told_instead(*idle)

    return replace(reading, whole=renewed(reading.whole), clauses=tuple(renewed(each) for each in reading.clauses))


def _meant(clause: Clause, act: str, kinds: tuple[str, ...]) -> bool:
    """Whether the words bear a meaning out, and tell nothing else unless the clause surely means it."""
    sure = clause.chance(act)
    if clause.text.startswith("/"):
        # A button says what it means.
        return True
    if act == "postpone" and sure >= CERTAIN:
        return True
    if not borne_out(clause.text, *kinds):
        return False
    if act != "take_back":
        # «Wait, I have talked with Per»: what waits is told something else.
        ends = borne_out(clause.text, "stop", "later")
        return says_only(clause.text, *kinds) or (ends and sure >= SURE and not leaves_out(clause.text))
    left = _left(clause.text, kinds)
    return not left or (sure >= SURE and any(names_a_wish(each) for each in left) and not re.search(r"\d", clause.text))


def wants_read_back(text: str) -> bool:
    """Whether what has been taken down is to be said: «oppsummer», «vad har du skrivit ner», «write me all what you send»."""
    said = words("conduct")
    shown = said.near(text, "says_verb", "all_of_it", _BETWEEN)
    return said.says(text, "sums_up") or shown or said.near(text, "what", "taken_down", _BETWEEN)


def leaves_out(text: str) -> bool:
    """«Forget the polishing», «stopp boringen»: one thing is left out, and no questions end."""
    behind = _drops().match(text.strip())
    left = _TELLING.findall(behind["thing"].casefold()) if behind else []
    known = word_set("common.common")
    return any(
        each not in known and not names_a_wish(each) and not words("conduct").says(each, "talk") for each in left
    )


@functools.cache
def _drops() -> re.Pattern[str]:
    said = words("conduct")
    return re.compile(
        rf"(?:\W*(?:{said.pattern('beside')})\W+)*(?:{said.pattern('drops')})\s+(?:(?:{said.pattern('article')})\s+)?(?P<thing>[^\W\d_]+)",
        re.I,
    )
