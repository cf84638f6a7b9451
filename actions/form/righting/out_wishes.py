"""How somebody says that something is to be taken out again, and what they call it: ``data/words/matter.yml``."""

import functools
import re
from collections.abc import Iterator, Sequence

from actions.form.pieces import Piece
from actions.form.words import find, pattern
from actions.turns.turn import names_term
from actions.turns.words import words
from bot.common.replies import replies

_QUOTES = re.compile("[«»\"“”„'‘’]")
_EDGES = " \t\n,.;:!?–-"


def wishes_out(piece: Piece) -> Iterator[str]:
    """What a piece of a message wants out, as it calls it: «take 5 mm out», «det med uff skal vekk»."""
    text = piece.text
    for told in (_behind().match(text), _around().search(text), _before().search(text)):
        if told and told["thing"].strip(_EDGES):
            yield re.split(r"\.\s", told["thing"])[0].strip(_EDGES)
            return


def all_that(about: str, at_read_back: bool) -> bool:
    """Whether all that was kept is meant: «all that chatter»; «the rest» only where all of it was read back."""
    known = words("matter")
    bare = _QUOTES.sub("", about).strip(_EDGES)
    rest = re.fullmatch(rf"(?:{known.pattern('rest')})(?:\s+(?:{known.pattern('out_stop')}))*", bare, re.I)
    called = known.says(bare, "chatter") and not re.search(r"\d", bare)
    return bool(called and not _named(bare)) or bool(rest and at_read_back)


def surely_said(piece: Piece, about: str) -> bool:
    """Whether words that were written are meant, and no thing: «det med uff», «what I said about the flange»."""
    lead = re.match(rf"(?:{words('matter').pattern('said_about')})(?!\w)", about.strip(_EDGES), re.I)
    return bool(lead or find(piece.text, "forget_that_said"))


def named_in(about: str) -> list[str]:
    """The names in a wish, each by itself and without what leads to it: «det der med uff og 8 600»."""
    parts = [each for each in pattern("joints").split(about) if each.strip(_EDGES)]
    return [each for one in parts if (each := _bare(one))]


def label_of(name: str, among: Sequence[str]) -> str | None:
    """The answer that is called so in the read-back: «Other», «I dine ord»."""
    bare = _QUOTES.sub("", name).strip(_EDGES).casefold()
    return next(
        (
            each
            for each in among
            if bare in _labels().get(each, ()) or (names_term(bare, f"question.{each}") and len(bare.split()) == 1)
        ),
        None,
    )


def _named(text: str) -> bool:
    """Whether words tell which of it is meant: «the comment about the flange»."""
    return re.search(rf"(?<!\w)(?:{words('matter').pattern('of_what')})\s+\w", text, re.I) is not None


def _bare(one: str) -> str:
    """A name without «the bit about» before it and «line» behind it."""
    known = words("matter")
    lead = re.compile(rf"(?:{known.pattern('out_object')})(?!\w)[\s:]*", re.I)
    end = re.compile(rf"\s+(?:{known.pattern('out_stop')})$", re.I)
    left = _QUOTES.sub("", one).strip(_EDGES)
    while (found := lead.match(left)) and found.end() < len(left):
        left = left[found.end() :].strip(_EDGES)
    while found := end.search(left):
        left = left[: found.start()].strip(_EDGES)
    return left


@functools.cache
def _labels() -> dict[str, frozenset[str]]:
    """What the read-back calls each answer, in every language."""
    found: dict[str, set[str]] = {}
    for texts in replies().texts.values():
        for name, text in texts.items():
            if name.startswith("utter_line_") and ":" in text:
                found.setdefault(name.removeprefix("utter_line_"), set()).add(text.partition(":")[0].casefold())
    return {name: frozenset(labels) for name, labels in found.items()}


@functools.cache
def _before() -> re.Pattern[str]:
    known = words("matter")
    return re.compile(
        rf"(?<!\w)(?:{pattern('forget_that').pattern}|(?:{known.pattern('out_before')})(?!\w))\s+(?P<thing>.+)",
        re.I | re.S,
    )


@functools.cache
def _around() -> re.Pattern[str]:
    known = words("matter")
    return re.compile(
        rf"(?<!\w)(?:{known.pattern('out_lead')})(?!\w)\s+(?P<thing>[^,;]+?)\s+(?:{known.pattern('out_end')})(?!\w)(?:\s+(?:{known.pattern('out_stop')}))*$",
        re.I,
    )


@functools.cache
def _behind() -> re.Pattern[str]:
    known = words("matter")
    return re.compile(rf"(?P<thing>.+?)\s+(?:{known.pattern('out_behind')})(?!\w)", re.I | re.S)
