"""A message in pieces: what stands between stops, commas and joints, with offsets, so that each can go to its own question."""

import copy
import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from actions.form.line_names import Mention, numbered_lines
from actions.form.words import find, opens, pattern, without_lead, word_set
from actions.turns.reading import Entity
from actions.turns.turn import Turn

#: What lies beyond so many cuts is one piece.
MOST = 240
_STOP = re.compile(
    r"[;!?\n]+|,(?!\d)|(?<=\d),(?=\s)|(?<!\d)\.(?=\s|$)|(?<=\d)\.(?=\s+[^\s\da-zæøåäöü]|\s*$)|\s[-–/]\s|:(?=\s)"
)


@dataclass(frozen=True)
class Piece:
    """A part of a message; ``text`` is ``message[start:end]``."""

    text: str
    start: int
    end: int

    def holds(self, entity: Entity) -> bool:
        """Whether a value stands in it."""
        return self.start <= int(entity.get("start", -1)) < self.end


@functools.lru_cache(maxsize=256)
def pieces(text: str, joints: bool = True) -> tuple[Piece, ...]:
    """The pieces of a message in their order; ``joints`` cuts before «and» and «but» too."""
    cuts = [match.span() for match in _STOP.finditer(text) if not _abbreviated(text, match)]
    if joints:
        cuts += [match.span() for match in pattern("joints").finditer(text)]
    named = numbered_lines(text) if cuts else []
    cuts = [each for each in cuts if not any(_of_line(text, each[0], line) for line in named)]
    found, at = [], 0
    for start, end in [*sorted(cuts)[:MOST], (len(text), len(text))]:
        if start >= at:
            found.append(_trimmed(text, at, start))
            at = end
    return tuple(each for each in found if re.search(r"\w", each.text))


@functools.cache
def sentence_breaks(signs: str = ".!?") -> re.Pattern[str]:
    """Where a sentence ends: neither behind an abbreviation nor behind the figure of a day («ca 15. mars»)."""
    short = "".join(rf"(?<!\b(?i:{re.escape(each)})\.)" for each in word_set("abbreviations"))
    day = rf"(?<=\d\.)(?=\s+[^\Wa-zæøåäöü])(?!\s+(?i:{pattern('months_named').pattern}))"
    others = "".join(each for each in signs if each != ".")
    return re.compile(rf"(?:(?<=[{re.escape(others)}])|(?<=[^\d\W]\.){short}|(?<=[^\w\s]\.)|{day})\s+|\n+")


def sentence_spans(text: str) -> list[tuple[int, int]]:
    """Where each sentence of a text stands."""
    found, at = list[tuple[int, int]](), 0
    for stop in sentence_breaks().finditer(text):
        found.append((at, stop.start()))
        at = stop.end()
    return [*found, (at, len(text))]


def sentences(text: str) -> list[str]:
    """The sentences of a text as they were written."""
    return [each for start, end in sentence_spans(text) if (each := text[start:end].strip())]


def _of_line(text: str, cut: int, line: Mention) -> bool:
    """Whether a cut would part the lines that are named, or them from what is said of them: «lines 1 and 4: no drawing»."""
    return line.start < cut < line.end or (cut == line.end and text[cut] == ":")


def _abbreviated(text: str, stop: re.Match[str]) -> bool:
    if stop[0] != "." or stop.end() == len(text):
        return False
    word = re.search(r"[\w.]+$", text[: stop.start()])
    return word is not None and word[0].casefold() in word_set("abbreviations")


def _trimmed(text: str, start: int, end: int) -> Piece:
    part = text[start:end]
    start += len(part) - len(part.lstrip(" \t\n,.–-"))
    return Piece(text[start:end].rstrip(" \t\n,–-"), start, start + len(text[start:end].rstrip(" \t\n,–-")))


def joined(text: str, chosen: Sequence[Piece]) -> str:
    """Pieces as they were written: neighbours keep what stood between them."""
    return ", ".join(" ".join(text[start:end].split()) for start, end in _runs(text, chosen))


def narrowed(turn: Turn, chosen: Sequence[Piece]) -> Turn:
    """The turn as if only these pieces had been written, with the values in them."""
    return cut_out(turn, _runs(turn.text, chosen))


def cut_out(turn: Turn, spans: Sequence[tuple[int, int]]) -> Turn:
    """The turn as if only these stretches of its text had been written, with the values in them."""
    narrow = copy.copy(turn)
    narrow.text, narrow.entities, narrow.told, narrow.table = "", [], (), ()
    for start, end in spans:
        narrow.text += ", " if narrow.text else ""
        moved = len(narrow.text) - start
        narrow.told += tuple(each.moved(moved) for each in turn.told if start <= each.start < end)
        inside = [each for each in turn.entities if start <= each.get("start", -1) < end]
        narrow.entities += [{**each, "start": each["start"] + moved, "end": each["end"] + moved} for each in inside]
        narrow.text += turn.text[start:end]
    return narrow


def _runs(text: str, chosen: Sequence[Piece]) -> list[tuple[int, int]]:
    """The spans of pieces, neighbours as one."""
    parts: list[tuple[int, int]] = []
    every = pieces(text)
    for piece in chosen:
        at = every.index(piece) if piece in every else -1
        if parts and at > 0 and every[at - 1].end == parts[-1][1]:
            parts[-1] = (parts[-1][0], piece.end)
        else:
            parts.append((piece.start, piece.end))
    return parts


def asked_in(text: str, at: int) -> bool:
    """Whether the sentence around a place in a text asks something, with or without its mark."""
    start = max(text.rfind(each, 0, at) for each in (". ", "! ", "? ", "\n")) + 1
    stop = re.search(r"[!?\n]|\.(?=\s|$)", text[at:])
    asks = stop is not None and stop[0] == "?"
    sentence = without_lead(text[start:].lstrip(), "asks_lead")
    if opens(sentence, "asks_to_quote"):
        # «Can you quote 25 bodies, fettled only?» tells what is wanted.
        return False
    return asks or bool(opens(sentence, "asks") and not opens(sentence, "no_question"))


def about(turn: Turn, *topics: str, but: Sequence[str] = ()) -> list[Piece]:
    """The pieces of a message that hold a word of a topic, less those with a word of another; all without a topic.

    What is asked is not told.
    """
    return [
        each
        for each in pieces(turn.text)
        if (not topics or (find(each.text, *topics) and not asked_in(turn.text, each.start)))
        and not (but and find(each.text, *but))
    ]


def rest(turn: Turn, *taken: Callable[[Piece], bool]) -> str:
    """What was written, less the pieces that belong to other questions."""
    kept = [each for each in pieces(turn.text) if not any(belongs(each) for belongs in taken)]
    return joined(turn.text, kept)
