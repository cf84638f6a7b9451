"""An answer called by its name with the right words behind it: «wrong drawing, it is KX-200», «the PO is 44871»."""

import itertools

from actions.form.answers import Answer
from actions.form.pieces import Piece, asked_in, narrowed, pieces
from actions.form.righting.held import along
from actions.form.righting.pairs import MOST
from actions.form.righting.standing import KEPT, NOTED, Righted, Standing
from actions.form.righting.wording import LETTERS
from actions.form.text import called
from actions.form.words import find, without_lead


def named_wrong(standing: Standing) -> Righted | None:
    """Take what stands behind the name of an answer that is called wrong for the right one: «wrong drawing, it is KX-200»."""
    parts = pieces(standing.turn.text, joints=False)
    for piece, told in itertools.pairwise(parts):
        if not find(piece.text, "is_wrong", "wrong") or len(piece.text.split()) > MOST:
            continue
        lead = len(told.text) - len(without_lead(told.text, "corrects_lead"))
        right = Piece(told.text[lead:], told.start + lead, told.end)
        if right.text and len(right.text.split()) <= MOST and (found := _named(standing, piece, right)):
            return found
    return None


def named_anew(standing: Standing) -> Righted | None:
    """Take what stands behind the name of an answer in words for the right one: «the PO is 44871», «the name should be Vik AS»."""
    for piece in pieces(standing.turn.text, joints=False):
        sign = find(piece.text, "should_be", "is_called", "is_now")
        if sign is None or asked_in(standing.turn.text, piece.start) or not LETTERS.search(piece.text[: sign.start()]):
            continue
        start = piece.start + sign.end()
        label = Piece(standing.turn.text[piece.start : start], piece.start, start)
        lead = len(standing.turn.text[start : piece.end]) - len(
            without_lead(standing.turn.text[start : piece.end], "filler")
        )
        right = Piece(standing.turn.text[start + lead : piece.end], start + lead, piece.end)
        strong = find(piece.text, "should_be", "is_called") is not None
        if (
            right.text
            and len(right.text.split()) <= MOST
            and (found := _named(standing, label, right, noted=not strong))
        ):
            return found
    return None


def _named(standing: Standing, label: Piece, right: Piece, noted: bool = False) -> Righted | None:
    """The one answer that a label names, with the right words as its value. ``noted``: only what an order notes beside."""
    marked = [each for each in NOTED if each in standing.answers and called(label.text, each)]
    if len(marked) == 1:
        before = standing.answers[marked[0]]
        other = before.but(value=right.text.strip(" .,"))
        return None if other == before else Righted(marked[0], other, label.start, right.end, before)
    named = [each for each in standing.questions if each.name in _told_words(standing, label.text)]
    if noted or len(named) != 1:
        return None
    alone = narrowed(standing.turn, [right])
    alone.intent, alone.confidence, alone.asks = "inform", 1.0, False
    if named[0].name == "name" and find(label.text, "called_company"):
        return _other_firm(standing, label, right)
    before = standing.answers[named[0].name]
    fresh = named[0].read(alone, True)
    if not isinstance(fresh, Answer) or fresh.unknown or fresh == before:
        return None
    return Righted(named[0].name, along(before, fresh, None), label.start, right.end, before)


def _other_firm(standing: Standing, label: Piece, right: Piece) -> Righted | None:
    """«The firm is called Viken AS»: the firm beside the name that stands."""
    before = standing.answers["name"]
    person, firm = str(before.more.get("person") or ""), right.text.strip(" .,")
    value = ", ".join(each for each in (person, firm) if each)
    if not person or value == before.value:
        return None
    return Righted("name", before.but(value=value, company=firm), label.start, right.end, before)


def _told_words(standing: Standing, label: str) -> list[str]:
    """The answers that stand and are named in a label."""
    return [each for each in standing.answers if each not in KEPT and called(label, each)]
