"""Where the goods are to go, said in passing: «delivery to Bergen», «Leveringsadresse: Kaigata 4, 5003 Bergen»."""

import re

from actions.form.pieces import Piece
from actions.form.words import find, opens
from actions.turns.turn import Turn

#: An address in a sentence is no longer, and what stands so near behind «deliver to» is a day.
_MOST, _NEAR = 160, 6
_STOP = re.compile(r"[;\n]|\.(?=\s|$)|,(?=\s)")
#: What goes on with an address behind its comma: a number, a postcode, a place with a capital letter; few words.
_GOES_ON = re.compile(r"\s*(?:\d|[^\W\d_a-zæøåäöü])")
_MOST_WORDS = 4
#: The small word before a time: «to Bergen in week 20».
_LITTLE = re.compile(r"\s+[a-zæøåäöü]{1,3}\s*$|\s+$")
_TIMES = ("date", "week", "lead", "asap", "email")
_OTHERS = (*_TIMES, "quantity", "weight", "alloy", "certificate", "dimensions", "phone")


def place_in(turn: Turn) -> Piece | None:
    """What stands behind «deliver to»; no day and no week, and nobody's «us»."""
    found = find(turn.text, "deliver_to")
    if found is None:
        return None
    start = found.end() + len(turn.text[found.end() :]) - len(turn.text[found.end() :].lstrip(" \t:–-"))
    end = _end(turn, start)
    told = turn.text[start:end].strip(" .,:;-–")
    times = [each["start"] for each in turn.said(*_TIMES) if "start" in each]
    if any(0 <= at - found.end() <= _NEAR for at in times) or not re.search(r"[^\W\d_]{2}", told):
        return None
    return None if opens(told, "to_nobody_else") else Piece(told[:_MOST], start, start + len(told[:_MOST]))


def _end(turn: Turn, start: int) -> int:
    """Where the address ends: at its sentence, its line, a time, or at the comma behind which something else begins."""
    time = min((each["start"] for each in turn.said(*_TIMES) if each.get("start", -1) >= start), default=len(turn.text))
    return min(_stop(turn, start), start + len(_LITTLE.sub("", turn.text[start:time])))


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
