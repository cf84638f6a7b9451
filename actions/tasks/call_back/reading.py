"""What a wish to be rung tells: the number, the name, the time of day, and what it is about. Nothing here judges it."""

import functools
import re

from actions.form.contact import find_person
from actions.turns.intents import intent
from actions.turns.patience import wants_no_robot
from actions.turns.reading import Clause, Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from actions.turns.yes import merely_consents, only_agrees

#: What holds a long run of figures and is no telephone number.
_NO_NUMBER = ("order_no", "quotation_no", "agreement_no", "po_no", "part_no", "drawing_no", "heat_no", "date", "week", "money", "dimensions")  # fmt: skip
#: Figures that can be rung, where the message was read as something else: «086 555 0119».
_FIGURES = re.compile(r"(?<![\w-])\+?\d(?:[ ()./-]{0,2}\d){6,14}(?![\w-])")
_MAIL = re.compile(r"\S+@\S+")
#: «Seattle time».
_ZONE = re.compile(r"(?<!\w)[A-ZÆØÅÄÖ][^\W\d_]+ (?:time|tid|Zeit)(?!\w)")
_CLOCK = r"\d{1,2}(?:[.:]\d{2})?"
_PIECES = re.compile(r"[,.;:!?\n]+|\s[-–—]\s")
#: A name has no more words than this; a message with a time of day hardly more than that.
_NAME_WORDS, TIMED = 3, 16
#: A clause with fewer words than this tells no matter.
_MATTER = 3
#: So many earlier messages say what it is about, each with so many signs.
_EARLIER, _SIGNS = 2, 160
#: Kinds of meanings that say nothing of the matter.
_NO_MATTER = ("person", "courtesy", "yes", "no", "about", "steer")


def number_in(turn: Turn) -> tuple[int, int] | None:
    """Where a number to ring stands in a message."""
    for each in turn.said("phone"):
        return int(each["start"]), int(each["end"])
    others = turn.said(*_NO_NUMBER)
    for found in _FIGURES.finditer(turn.text):
        if not any(each["start"] < found.end() and found.start() < each["end"] for each in others):
            return found.span()
    return None


def time_in(text: str) -> str | None:
    """The time of day of a call in the customer's words, with the day and whose clock: «i dag etter 14», «7 a.m. Seattle time»."""
    known = words("waiting")
    said = known.without(_without_reach(text), "greetings")
    spans = sorted(found.span() for pattern in _times() for found in pattern.finditer(said))
    told: list[tuple[int, int]] = []
    for start, end in spans:
        if told and (start <= told[-1][1] or _only_glue(said[told[-1][1] : start])):
            told[-1] = told[-1][0], max(told[-1][1], end)
        else:
            told.append((start, end))
    parts = [said[_led(said, start) : end].strip(" ,.") for start, end in told]
    return ", ".join(dict.fromkeys(each for each in parts if each)) or None


def clock_in(text: str) -> str | None:
    """Whose clock a time is of: «Seattle time»; «my time» names none."""
    found = _ZONE.search(text)
    return found[0] if found else None


def name_in(turn: Turn, alone: bool) -> tuple[str | None, str | None]:
    """Name and firm of who is to be rung. ``alone``: a bare name counts, as beside a number or after a read-back."""
    found = find_person(turn, asked=False)
    if found.name or found.company or not alone:
        return found.name, found.company
    said = words("waiting").without(_without_reach(turn.text), "call_me")
    time = time_in(turn.text)
    for piece in _PIECES.split(said):
        bare = piece.strip()
        if not bare or (time and bare in time) or only_agrees(bare) or merely_consents(bare):
            continue
        each = bare.split()
        plain = len(each) <= _NAME_WORDS and all(
            re.fullmatch(r"[^\W\d_][^\W\d_'’-]+(?:-[^\W\d_]+)?", one) for one in each
        )
        named = all(one[0].isupper() for one in each) and not any(words("waiting").says(one, "no_name") for one in each)
        if plain and named:
            return bare, None
    return None, None


def matter_in(turn: Turn) -> str | None:
    """What of the wish itself says what it is about: all of its words; None when it only wants a call."""
    text = " ".join(turn.text.split())
    clauses = [each for each in turn.reading.clauses if each.text in turn.text]
    return text if any(_tells(each) for each in clauses) else None


def _tells(clause: Clause) -> bool:
    known = words("waiting")
    about = known.says(clause.text, "about")
    if intent(clause.act).kind in _NO_MATTER and not about:
        return False
    bare = known.without(_without_reach(clause.text), "call_me")
    time = time_in(bare)
    bare = bare.replace(time, " ") if time else bare
    left = [each for each in re.findall(r"[^\W\d_]+", bare) if not known.says(each, "time_glue", "no_name")]
    capital = [each for each in left if each[0].isupper()]
    return len(left) - len(capital) >= _MATTER - 1 if not about else bool(left)


def said_before(turn: Turn) -> list[str]:
    """What the customer wrote last that says something, the oldest first: their own words."""
    told: list[str] = []
    for text in reversed(_earlier(turn)):
        bare = _without_reach(text)
        wish = wants_no_robot(text) or words("waiting").says(text, "call_me")
        if text.startswith("/") or wish or len(re.findall(r"[^\W\d_]{2,}", bare)) < _MATTER or only_agrees(text):
            continue
        told.append(text if len(text) <= _SIGNS else f"{text[:_SIGNS].rstrip()} …")
        if len(told) == _EARLIER:
            break
    return told[::-1]


def number_before(turn: Turn) -> str | None:
    """A number that the customer told earlier in the talk, or that stands under their mail."""
    for event in reversed([each for each in turn.tracker.events if each["event"] == "user"]):
        read = event.get("parse_data") or {}
        signed = (read.get("contact") or {}).get("phone")
        phones: list[Entity] = [each for each in read.get("entities") or [] if each.get("entity") == "phone"]
        if signed or phones:
            return str(signed or phones[-1]["value"])
    return None


def _earlier(turn: Turn) -> list[str]:
    said = [str(each.get("text") or "") for each in turn.tracker.events if each["event"] == "user"]
    # The message itself is the last of them.
    return [" ".join(each.split()) for each in (said[:-1] if said and said[-1] == turn.reading.text else said)]


def _without_reach(text: str) -> str:
    """A text with commas where numbers to ring and addresses stand; nothing in it moves."""
    for pattern in (_FIGURES, _MAIL):
        text = pattern.sub(lambda found: "," * len(found[0]), text)
    return text


@functools.lru_cache(maxsize=1)
def _times() -> tuple[re.Pattern[str], ...]:
    known = words("waiting")
    lead, unit, joint = (known.pattern(each) for each in ("time_lead", "clock", "time_joint"))
    hour = rf"{_CLOCK}(?:\s*(?:{unit}))?"
    return (
        re.compile(rf"(?<!\w)(?:{known.pattern('at_time')})", re.I),
        re.compile(rf"(?<!\w)(?:(?:{lead})\s+)+{hour}(?:\s*(?:{joint}|-|–)\s*{hour})?(?![\w%]|\s*(?:{known.pattern('counted')}))", re.I),
        re.compile(rf"(?<![\w.,]){_CLOCK}\s*(?:{unit})", re.I),
        re.compile(rf"(?<!\w)(?:{known.pattern('clock_of')})", re.I),
        _ZONE,
    )  # fmt: skip


def _only_glue(between: str) -> bool:
    return (
        all(words("waiting").says(each, "time_glue", "time_lead") for each in re.findall(r"\w+", between))
        and "." not in between
    )


def _led(text: str, start: int) -> int:
    """Where the small words before a time begin: «helst etter»."""
    while found := re.search(r"(\w+)\s*$", text[:start]):
        if not words("waiting").says(found[1], "time_lead", "time_wish"):
            return start
        start = found.start()
    return start
