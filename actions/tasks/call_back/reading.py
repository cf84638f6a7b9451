"""What a wish to be rung tells: the number, the name, the time of day, and what it is about. Nothing here judges it."""

import functools
import re
from collections.abc import Sequence
from dataclasses import replace

from actions.form.contact import find_person
from actions.form.matter import of_matter
from actions.tasks.complaint.questions import tells_fault
from actions.turns.anger import only_anger
from actions.turns.ground import THINGS
from actions.turns.intents import intent
from actions.turns.patience import wants_no_robot
from actions.turns.reading import Clause, Entity, Reading, read_message
from actions.turns.turn import Turn
from actions.turns.words import words
from actions.turns.yes import merely_consents, only_agrees

#: What holds a long run of figures and is no telephone number.
_NO_NUMBER = ("order_no", "quotation_no", "agreement_no", "po_no", "part_no", "drawing_no", "heat_no", "date", "week", "money", "dimensions")  # fmt: skip
#: Figures that can be rung, where the message was read as something else: «086 555 0119».
_FIGURES = re.compile(r"(?<![\w-])\+?\d(?:(?:[ ()/-]{0,2}|\.)\d){6,14}(?![\w-])")
_MAIL = re.compile(r"\S+@\S+")
#: «Seattle time».
_ZONE = re.compile(r"(?<!\w)[A-ZÆØÅÄÖ][^\W\d_]+ (?:time|tid|Zeit)(?!\w)")
_CLOCK = r"(?:2[0-4]|[01]?\d)(?:[.:]\d{2})?(?!\d)"
_PIECES = re.compile(r"[,.;:!?\n]+|\s[-–—]\s")
#: A name has no more words than this; a message with a time of day hardly more than that.
_NAME_WORDS, TIMED = 3, 16
#: A clause with fewer words than this tells no matter.
_MATTER = 3
#: What is left of one beside an address has at least so many to be one.
_BESIDE_REACH = 5
#: So many earlier messages say what it is about, each with so many signs.
_EARLIER, _SIGNS = 3, 160
#: How likely a meaning must be to be a matter, and figures that are one.
_LIKELY, _OF_MATTER = 0.45, ("quantity", "weight", "dimensions", "alloy", "alloy_group", "certificate")
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
    spans = sorted([*spans, *_ranges_beside(said, spans)])
    told: list[tuple[int, int]] = []
    for start, end in spans:
        if told and (start <= told[-1][1] or _only_glue(said[told[-1][1] : start])):
            told[-1] = told[-1][0], max(told[-1][1], end)
        else:
            told.append((start, end))
    parts = [said[_led(said, start) : end].strip(" ,.") for start, end in told]
    return ", ".join(dict.fromkeys(each for each in parts if each)) or None


def _ranges_beside(said: str, spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Hours from and to that stand right beside a day or whose clock it is: «tomorrow 10 to 12», «10-12 UK time»."""
    beside = []
    for found in _hours().finditer(said):
        before = any(end <= found.start() and _only_glue(said[end : found.start()]) for _, end in spans)
        if before or any(start >= found.end() and _only_glue(said[found.end() : start]) for start, _ in spans):
            beside.append(found.span())
    return beside


def with_time(known: str, told: str) -> str:
    """A time told anew, with what stood and is told no other: the day beside new hours, all of it beside «UK time»."""
    if _day().search(told):
        return told
    if _hour().search(told):
        day = _day().search(known)
        return f"{day[0]}, {told}" if day else told
    only_clock = _clock().fullmatch(told) or _ZONE.fullmatch(told)
    stood = _ZONE.sub("", _clock().sub("", known)).strip(" ,") if only_clock else ""
    return f"{stood}, {told}" if stood else told


@functools.cache
def _hours() -> re.Pattern[str]:
    known = words("waiting")
    return re.compile(rf"(?<![\w.,/-]){_CLOCK}\s*(?:{known.pattern('time_joint')}|-|–)\s*{_CLOCK}(?:\s*(?:{known.pattern('clock')}))?(?![\w%/]|\s*(?:{known.pattern('counted')}))", re.I)  # fmt: skip


@functools.cache
def _day() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words('waiting').pattern('at_time')})", re.I)


@functools.cache
def _hour() -> re.Pattern[str]:
    return re.compile(rf"(?:(?<!\w)(?:{words('waiting').pattern('time_lead')})\s+)*{_hours().pattern}|(?:(?<!\w)(?:{words('waiting').pattern('time_lead')})\s+)+{_CLOCK}", re.I)  # fmt: skip


@functools.cache
def _clock() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words('waiting').pattern('clock_of')})", re.I)


def time_told(turn: Turn, asked: bool) -> str | None:
    """The time of day of a call in a message. ``asked``: it is all the message may be about, so that a day in passing counts too.

    «We decide on Friday» beside a yes is no time to ring.
    """
    if asked:
        return time_in(turn.text)
    known = words("waiting")
    for clause in turn.reading.clauses:
        told = time_in(clause.text) if clause.text in turn.text else None
        if not told or words("matter").says(clause.text, "weighs"):
            # «We run out on Wednesday» tells no time to ring.
            continue
        left = known.without(_without_reach(clause.text).replace(told, " "), "call_me")
        beside = [
            each
            for each in re.findall(r"[^\W\d_]{2,}", left)
            if not known.says(each, "time_glue", "time_wish", "time_lead", "no_name", "reachable", "call_verb")
        ]
        if not beside or known.says(clause.text, "call_me", "call_verb"):
            return told
    return None


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


def matter_in(turn: Turn) -> tuple[str | None, bool]:
    """What of the wish itself says what it is about, and whether that is enough to tell: «on SO-30401», «about the price»."""
    spans = [*find_person(turn, asked=False).spans, *_addresses(turn)]
    clauses = [_with_pointed(each, turn) for each in _clauses(turn)]
    told = [(clause, text) for clause in clauses if (text := _matter_of(clause, spans))]
    # «I want the rings now. But have somebody ring me about the housings» is about these.
    told = [each for each in told if _called_about(each[0])] or told
    return "; ".join(text for _, text in told) or None, any(_names_matter(clause) for clause, _ in told)


def _clauses(turn: Turn) -> list[Clause]:
    """The clauses of a turn, placed where they stand in it: it may be one clause of a message itself."""
    inside = [(each, turn.text.find(each.text)) for each in turn.reading.clauses]
    return [replace(each, start=at, end=at + len(each.text)) for each, at in inside if at >= 0]


def _with_pointed(clause: Clause, turn: Turn) -> Clause:
    """A clause with what its words point at: «on the housings»."""
    inside = [each for each in turn.entities if clause.start <= each.get("start", -1) < clause.end]
    return replace(clause, entities=tuple(inside))


def _addresses(turn: Turn) -> list[tuple[int, int]]:
    found = [(int(each["start"]), int(each["end"])) for each in turn.said("phone", "email")]
    number = number_in(turn)
    return [*found, number] if number else found


def _names_matter(clause: Clause) -> bool:
    """Whether a clause names a thing, figures of one, or says «about»."""
    named = any(each["entity"] in (*THINGS, *_OF_MATTER) for each in clause.entities)
    # What is asked of the company in passing, as when it is open, is none.
    asked = intent(clause.act).kind == "task" or (
        intent(clause.act).kind == "question" and intent(clause.act).name != "faq"
    )
    wish = asked and clause.sure >= _LIKELY
    return named or wish or words("waiting").says(clause.text, "about")


def _matter_of(clause: Clause, spans: Sequence[tuple[int, int]]) -> str | None:
    """A clause without who writes and how to be reached, where anything is left that says something."""
    grumbles = clause.act in ("complaint", "out_of_scope") and not clause.values and not tells_fault(clause.text)
    if not _tells(clause) or grumbles or only_anger(clause.text):
        return None
    kept = (
        sign for at, sign in enumerate(clause.text, clause.start) if not any(start <= at < end for start, end in spans)
    )
    text = "".join(kept)
    text = _MAIL.sub(" ", text)
    if about := _called_about(replace(clause, text=text)):
        # «Have somebody ring me about the housings after lunch»
        time = time_in(about)
        text = about.replace(time, " ") if time else about
    text = " ".join(words("waiting").without(text, "reach_label").split())
    text = re.sub(r"(?:\s*[,;/]\s*)+(?=[,;/.?!]|$)|^[\s,;/.–-]+", "", text).strip(" ,;/?!")
    lead = words("waiting").where(text, "about")
    if lead and lead[0] == 0:
        # «It is about the rings»
        text = text[lead[1] :].strip(" :,")
    text = of_matter(text, questions=True)
    # What is left of a clause that tells an address tells little: «is my mail here».
    least = _BESIDE_REACH if any(start < clause.end and clause.start < end for start, end in spans) else _MATTER
    return text if len(re.findall(r"[^\W\d_]{2,}", text)) >= least or (text and _names_matter(clause)) else None


def visit_in(turn: Turn) -> str:
    """What a wish to come and see us says: all of it but who writes and how they are reached."""
    spans = [*find_person(turn, asked=False).spans, *_addresses(turn)]
    said = [each for each in _clauses(turn) if intent(each.act).kind not in ("courtesy", "yes")]
    text = " ".join(
        "".join(
            sign for at, sign in enumerate(each.text, each.start) if not any(start <= at < end for start, end in spans)
        )
        for each in said
    )
    return re.sub(r"\s+(?=[,.;])|^[\s,.;/–-]+", "", " ".join(text.split())).strip(" ,;/")


def _called_about(clause: Clause) -> str | None:
    """What a call is wanted about: what stands behind «about», behind the wish."""
    known = words("waiting")
    wish = known.where(clause.text, "call_me")
    behind = clause.text[wish[1] :] if wish else ""
    found = known.where(behind, "about")
    return behind[found[1] :].strip(" .,;!") or None if found else None


def _tells(clause: Clause) -> bool:
    known = words("waiting")
    about = known.says(clause.text, "about") or any(each["entity"] in THINGS for each in clause.entities)
    if intent(clause.act).kind in _NO_MATTER and not about:
        return False
    bare = known.without(_without_reach(clause.text), "call_me")
    time = time_in(bare)
    bare = bare.replace(time, " ") if time else bare
    left = [each for each in re.findall(r"[^\W\d_]+", bare) if not known.says(each, "time_glue", "no_name")]
    capital = [each for each in left if each[0].isupper()]
    return len(left) - len(capital) >= _MATTER - 1 if not about else bool(left)


def said_before(turn: Turn) -> list[str]:
    """What the customer wrote before that says something of the matter, the oldest first: their own words, without how to be reached."""
    told: list[str] = []
    for reading in reversed(_earlier(turn)):
        text = reading.text
        if text.startswith("/") or only_agrees(text) or wants_no_robot(text):
            continue
        spans = [*_addresses_in(reading.whole.entities), *_names_in(turn, text)]
        said = [found for each in reading.clauses if _weighs(each) and (found := _matter_of(each, spans))]
        bare = " ".join(said)
        if len(re.findall(r"[^\W\d_]{2,}", bare)) < _MATTER and not any(
            _names_matter(each) for each in reading.clauses
        ):
            continue
        if bare:
            told.append(bare if len(bare) <= _SIGNS else f"{bare[:_SIGNS].rstrip()} …")
        if len(told) == _EARLIER:
            break
    return told[::-1]


def _addresses_in(entities: Sequence[Entity]) -> list[tuple[int, int]]:
    return [(int(each["start"]), int(each["end"])) for each in entities if each["entity"] in ("phone", "email")]


def _names_in(turn: Turn, text: str) -> list[tuple[int, int]]:
    """Where the name and the firm of who writes stand in an earlier message."""
    known = [each for kind in ("name", "company") if (each := turn.ground.who.get(kind))]
    return [found.span() for each in known for found in re.finditer(re.escape(each), text)]


def _weighs(clause: Clause) -> bool:
    """Whether a clause of an earlier message is no mere wish for a call, and no grumbling."""
    wish = words("waiting").says(clause.text, "call_me") or intent(clause.act).kind in _NO_MATTER
    return not wish or _names_matter(clause)


def number_before(turn: Turn) -> str | None:
    """A number that the customer told earlier in the talk, or that stands under their mail."""
    for event in reversed([each for each in turn.tracker.events if each["event"] == "user"]):
        read = event.get("parse_data") or {}
        signed = (read.get("contact") or {}).get("phone")
        phones: list[Entity] = [each for each in read.get("entities") or [] if each.get("entity") == "phone"]
        if signed or phones:
            return str(signed or phones[-1]["value"])
    return None


def _earlier(turn: Turn) -> list[Reading]:
    """The messages before this one, as the engine has read them."""
    said = [
        event.get("parse_data") or {"text": event.get("text")}
        for event in turn.tracker.events
        if event["event"] == "user"
    ]
    read = [read_message(each) for each in said]
    # The message itself is the last of them.
    return read[:-1] if read and read[-1].text == turn.reading.text else read


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
        # «Før fire», «til halv fire i dag»: an hour in a word needs a small word before it and nothing counted behind.
        re.compile(rf"(?<!\w)(?:(?:{lead})\s+)+(?:(?:{known.pattern('half_hour')})\s+)?(?:{known.pattern('hour_word')})(?=\s*(?:$|[.,;!?)]|(?:{known.pattern('behind_hour')})))", re.I),
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
