"""Where the goods are to go, said in passing: «delivery to Bergen», «Leveringsadresse: Kaigata 4, 5003 Bergen»."""

import functools
import re
from collections.abc import Iterator

from actions.form.pieces import Piece
from actions.form.words import find, opens, pattern, word_list
from actions.turns.turn import Turn
from bot.common.words import word_set

#: An address in a sentence is no longer, and what stands so near behind «deliver to» is a day.
_MOST, _NEAR = 160, 6
_HOUSE_AND_POSTCODE = re.compile(
    r"[^\W\d_]{2,}\.?\s+\d{1,4}\s?[a-z]?\s*,\s*(?:[a-z]{1,2}-)?\d{4,5}\s+[^\W\d_a-zæøåäöü][^\W\d_]+", re.I
)
#: A postcode with its town, Dutch and Swedish ones among them; a hall or a gate may stand before it.
_POSTCODE_BEHIND = re.compile(
    r"(?:\s*,\s*[^\W\d_]{3,10}\s\d{1,3}[a-z]?(?=\s*,))?\s*,?\s*"
    r"(?:[A-Z]{1,2}-)?(?:\d{4,5}(?:\s[A-Z]{2})?|\d{3}\s\d{2})\s+[^\W\d_a-zæøåäöü][^\W\d_]+"
)
_STOP = re.compile(r"[;\n]|\.(?=\s|$)|,(?=\s)")
#: What goes on with an address behind its comma: a number, a postcode, a place with a capital letter; few words.
_GOES_ON = re.compile(r"\s*(?:\d|[^\W\d_a-zæøåäöü])")
_MOST_WORDS = 4
#: The small word before a time: «to Bergen in week 20».
_LITTLE = re.compile(r"\s+[a-zæøåäöü]{1,3}\s*$|\s+$")
_TIMES = ("date", "week", "lead", "asap", "email")
_OTHERS = (*_TIMES, "quantity", "weight", "alloy", "certificate", "dimensions", "phone", "po_no", "mark")
#: Where a street is, right behind its number: «Industrivegen 41 på Gjøvik», «12 Mill Road, Leeds».
_TOWN = re.compile(
    r",?\s+(?:(?:på|i|in|at|ved|bei)\s+[^\W\d_]{2,}|(?:[A-Z]{1,2}-)?\d{4,5}\s+[^\W\d_]{2,}"
    r"|[^\W\d_a-zæøåäöü][^\W\d_]+(?:\s+[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}(?!\w))?)"
)


def addresses_in(text: str) -> Iterator[tuple[int, int]]:
    """Where addresses stand: a street with its number, a postcode with its place behind it."""
    yield from (each.span() for each in _HOUSE_AND_POSTCODE.finditer(text))
    for street in _streets().finditer(text):
        behind = _POSTCODE_BEHIND.match(text, street.end())
        yield street.start(), behind.end() if behind else street.end()


@functools.lru_cache(maxsize=1)
def _streets() -> re.Pattern[str]:
    """A street with its number: «Kaigata 4», «Mill Road 12 B»; «12 Mill Road». «Have 300» is none."""
    ends, words = (
        "|".join(sorted(map(re.escape, word_list(topic)), key=len, reverse=True))
        for topic in ("streets", "street_words")
    )
    number, name = r"\d{1,4}\s?[a-zA-Z]?(?!\w)", r"[A-ZÆØÅÄÖÜ][^\W\d_]+"
    compound = rf"(?i:[^\W\d_]{{3,}}(?:{ends})|{name}\s(?:{ends}))"
    english = rf"{name}\s(?i:{words})"
    return re.compile(
        rf"(?<!\w)(?:(?:{compound}|{english})\.?\s+{number}|\d{{1,4}}[a-z]?\s+(?:{name}\s+){{0,1}}{english}(?!\w))"
    )


def with_town(text: str, street: int) -> int:
    """Where an address ends whose street ends here: behind the town beside it, if there is one."""
    town = _TOWN.match(text, street)
    return town.end() if town else street


def _address_behind(turn: Turn) -> Piece | None:
    """«Leveres Kaiveien 7, 6002 Ålesund»: an address right behind a word that brings."""
    for start, end in addresses_in(turn.text):
        for brought in pattern("brought").finditer(turn.text, 0, start):
            if not turn.text[brought.end() : start].strip(" :–-"):
                return Piece(turn.text[start:end], start, end)
    return None


def place_in(turn: Turn) -> Piece | None:
    """What stands behind «deliver to»; no day and no week, and nobody's «us»."""
    found = find(turn.text, "deliver_to")
    if found is None:
        return _address_behind(turn) or _town_behind(turn)
    start = found.end() + len(turn.text[found.end() :]) - len(turn.text[found.end() :].lstrip(" \t:–-"))
    end = _end(turn, start)
    told = turn.text[start:end].strip(" .,:;-–")
    times = [each["start"] for each in turn.said(*_TIMES) if "start" in each]
    if any(0 <= at - found.end() <= _NEAR for at in times) or not re.search(r"[^\W\d_]{2}", told):
        return None
    return None if opens(told, "to_nobody_else", "packed") else Piece(told[:_MOST], start, start + len(told[:_MOST]))


@functools.lru_cache(maxsize=1)
def _to_town() -> re.Pattern[str]:
    """A word of bringing, with a small one behind it or none, and a town: «leveres i Florø», «levert Hamar», «FCA Elverum»; or a
    name of the place with a town in any letters: «leveringssted florø»."""
    brings, small, named, terms, tail = (
        pattern(topic).pattern for topic in ("brings", "to_place", "place_named", "delivery_terms", "place_tail")
    )
    ends = rf"(?=\s*(?:(?i:{tail})\s*)*(?:[.,;!\n]|$))"
    town = r"[A-ZÆØÅÄÖÜ][^\W\d_]+(?:[ -][A-ZÆØÅÄÖÜ][^\W\d_]+){0,2}"
    return re.compile(
        rf"(?P<terms>(?i:{terms})\s+{town})"
        rf"|(?i:{named})(?:\s*[:=–-]\s*|\s+(?i:er|is|blir|e)\s+|\s+)(?P<named>{town}|[^\W\d_]{{3,}}(?:\s[^\W\d_]{{2,}})??{ends})"
        rf"|(?i:{brings})\s+(?:(?i:{small})\s+)?(?P<town>{town})"
        rf"|(?i:{brings})\s+(?i:{small})\s+(?P<single>[^\W\d_]{{3,}}){ends}"
    )


def _town_behind(turn: Turn) -> Piece | None:
    """A town behind a word of bringing, which is no time and nobody."""
    for found in _to_town().finditer(turn.text):
        told = str(found.lastgroup)
        start, end = found.span(told)
        inside = any(each["start"] < end and start < each["end"] for each in turn.said(*_OTHERS) if "start" in each)
        words = found[told].casefold().split()
        small = told in ("single", "named") and words[0] in word_set("common.common")
        if not inside and not small and not opens(found[told], "to_nobody_else", "by_when", "packed"):
            return Piece(turn.text[start:end], start, end)
    return None


def _end(turn: Turn, start: int) -> int:
    """Where the address ends: behind a street with its number and town; else at its sentence, its line, a time, what is
    not meant («not to the main address»), or at the comma or «and» behind which something else begins.
    """
    if street := next((end for first, end in addresses_in(turn.text) if first == start), None):
        return with_town(turn.text, street)
    time = min((each["start"] for each in turn.said(*_TIMES) if each.get("start", -1) >= start), default=len(turn.text))
    others = min(
        (each["start"] for each in turn.said(*_OTHERS) if each.get("start", -1) >= start), default=len(turn.text)
    )
    apart = [each.start() for each in pattern("joined_by", "negated").finditer(turn.text, start + 1, others)]
    joint = len(turn.text[: apart[-1]].rstrip()) if apart and others < len(turn.text) else len(turn.text)
    return min(_stop(turn, start), start + len(_LITTLE.sub("", turn.text[start:time])), joint)


def _stop(turn: Turn, start: int) -> int:
    for stop in _STOP.finditer(turn.text, start):
        if stop[0] != ",":
            return stop.start()
        after = _STOP.search(turn.text, stop.end())
        piece = Piece(
            turn.text[stop.end() : after.start() if after else len(turn.text)],
            stop.end(),
            after.start() if after else len(turn.text),
        )
        another = any(piece.holds(each) for each in turn.said(*_OTHERS))
        if another or not _GOES_ON.match(piece.text) or len(piece.text.split()) > _MOST_WORDS:
            return stop.start()
    return len(turn.text)


def place_told(turn: Turn) -> str | None:
    """The place in the customer's words."""
    place = place_in(turn)
    return place.text if place else None
