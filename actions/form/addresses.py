"""Addresses and receivers in a message: their figures count nothing, and who takes the goods in is not who asks.

«Leveres til Industriveien 4, 2817 Gjøvik. Mottaker: Tore Bakke, tlf 91 22 33 44» tells a place and somebody there.
"""

import re

from actions.form.place import addresses_in, place_in
from actions.form.words import opens, pattern
from actions.turns.turn import Turn

#: Who takes the goods in at the place, in the customer's words with the number to ring.
RECEIVER = "receiver"
#: A figure of an address.
OF_ADDRESS = "of_address"
#: So far behind «receiver» a number to ring is that person's; so long is what tells of one without a number.
_FAR, _MOST = 70, 60
_NAME = re.compile(r"(?:[^\W\d_a-zæøåäöü][^\W\d_]+[ ]+){1,3}$")
_STOP = re.compile(r"[;\n!?]|\.(?=\s|$)")


def find_addresses(turn: Turn) -> None:
    """Set the figures of addresses apart, and put a receiver with the telephone number into one value."""
    spans = _addresses(turn)
    turn.entities = [
        {**each, "entity": OF_ADDRESS} if each["entity"] in ("number", "quantity") and _within(each, spans) else each
        for each in turn.entities
    ]
    span = _receiver(turn, spans)
    if span:
        start, end = span
        words = " ".join(turn.text[start:end].split()).strip(" .,;")
        kept = [
            each
            for each in turn.entities
            if each["entity"] not in ("phone", "number", "quantity") or not start <= each.get("start", -1) < end
        ]
        turn.entities = [*kept, {"entity": RECEIVER, "value": words, "start": start, "end": end}]


def receiver_told(turn: Turn) -> str | None:
    """Who takes the goods in, in the customer's words."""
    return next((str(each["value"]) for each in turn.said(RECEIVER)), None)


def _addresses(turn: Turn) -> list[tuple[int, int]]:
    place = place_in(turn)
    return [*([(place.start, place.end)] if place else []), *addresses_in(turn.text)]


def _within(entity: dict[str, object], spans: list[tuple[int, int]]) -> bool:
    return any(start <= int(str(entity.get("start", -1))) < end for start, end in spans)


def _receiver(turn: Turn, addresses: list[tuple[int, int]]) -> tuple[int, int] | None:
    """Where it is told who takes the goods in: behind a word for it, or a name with a number right behind the place."""
    phones = [each for each in turn.said("phone") if "start" in each]
    for cue in pattern("receivers").finditer(turn.text):
        phone = next((each for each in phones if 0 <= each["start"] - cue.end() <= _FAR), None)
        stop = _STOP.search(turn.text, cue.end())
        end = int(phone["end"]) if phone else min(stop.start() if stop else len(turn.text), cue.end() + _MOST)
        if re.search(r"[^\W\d_]{2}", turn.text[cue.end() : end]) and not opens(
            turn.text[cue.end() :].lstrip(" :"), "asks"
        ):
            return cue.start(), end
    known = turn.identity is not None or bool(_reached(turn))
    for phone in phones if known and place_in(turn) else []:
        name = _NAME.search(
            re.sub(r"[,:]|\b(?:tlf|tel|phone|mob|mobil)\b\.?", " ", turn.text[: phone["start"]], flags=re.I)
        )
        before = max((end for _, end in addresses if end <= phone["start"]), default=None)
        if before is not None and name and phone["start"] - before <= _FAR:
            start = before + len(turn.text[before:]) - len(turn.text[before:].lstrip(" ,.;:–-"))
            return start, int(phone["end"])
    return None


def _reached(turn: Turn) -> object:
    """How the customer is reached, where the request knows it already."""
    answers = (turn.slot("answers") or {}).get(turn.slot("task")) or {}
    return (answers.get("email") or {}).get("value") if turn.slot("question") else None
