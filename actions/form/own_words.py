"""What of a message is meant for the open question: its pieces, less those that answer the other questions of the task."""

import re
from collections.abc import Sequence

from actions.form.answers import Answers
from actions.form.contact import find_person
from actions.form.own_wishes import kept_back, same_as_before
from actions.form.pieces import Piece, narrowed, pieces
from actions.form.question import Question
from actions.form.text import asks_something, only_values
from actions.form.told import any_day, how_to_answer, ruled_out
from actions.form.words import find, pattern, without_lead
from actions.turns.turn import Turn

#: So many words behind «and» go on with what was said before it.
_GOES_ON = 2
#: So many words of a piece only take back what was said before.
_RETRACTS = 9
#: Questions that a name and an address are the answer to.
_CONTACT = ("name", "email")


def own_words(turn: Turn, opened: Question, questions: Sequence[Question], answers: Answers) -> Turn | None:
    """The turn with what is left for the open question; None when every piece answers another one."""
    parts = pieces(turn.text)
    claimed = _claimed(turn, parts, opened, questions, answers)
    left = [each for each, taken in zip(parts, claimed, strict=True) if not taken]
    claims = any(claimed)
    said = [each for each in left if without_lead(each.text, "asides") and not (claims and _only_retracts(each))]
    if not claims and (not said or said == left):
        return turn
    if not said:
        return None
    return _freed(narrowed(turn, [each for each in said if _tells(each)] or said))


def _freed(told: Turn) -> Turn:
    """What is left when thanks and greetings beside it are gone is no courtesy."""
    if told.intent in ("thanks", "greet", "goodbye"):
        told.intent = "inform"
    return told


def _only_retracts(piece: Piece) -> bool:
    """«Wrong address», «I misspoke»: beside the right value it says nothing else."""
    return bool(find(piece.text, "retracts")) and len(piece.text.split()) <= _RETRACTS


def _tells(piece: Piece) -> bool:
    """Whether a piece is more than the small words that were cut off from another one."""
    return bool(re.search(r"\d|[^\W\d_]{3}", pattern("filler").sub(" ", piece.text)))


def _claimed(
    turn: Turn, parts: Sequence[Piece], opened: Question, questions: Sequence[Question], answers: Answers
) -> list[bool]:
    """For each piece whether it belongs to another question than the open one."""
    others = [each for each in questions if each.name != opened.name]
    kept = [each for each in others if each.name in opened.keeps and each.name in answers]
    spans = find_person(turn, False).spans if opened.name not in _CONTACT else ()
    closed = ruled_out(turn) if any(each.name == "notes" for each in others) else []
    kept_to_them = list(kept_back(turn.text).values())
    claimed: list[bool] = []
    free = False
    for number, piece in enumerate(parts):
        named = any(piece.start < end and start < piece.end for start, end in spans)
        alone = narrowed(turn, [piece])
        # What describes the matter comes first; behind it other questions may be answered.
        # What is part of the open question's words as a rule is another's where it names that one.
        meant = [each for each in others if each not in kept or alone.names_question(each.name)]
        taken = (
            named
            or piece in closed
            or piece in kept_to_them
            or same_as_before(piece.text)
            or _is_other(alone, opened, meant, claims=free or not opened.standing)
        )
        behind = bool(claimed) and claimed[-1] and not taken
        goes_on = behind and (_joins(turn.text, parts[number - 1], piece) or any_day(piece.text))
        claimed.append(taken or goes_on)
        free = free or not claimed[-1]
    return claimed


def _is_other(alone: Turn, opened: Question, others: Sequence[Question], claims: bool) -> bool:
    if opened.name in _CONTACT:
        return False
    if alone.said("email", "phone"):
        return True
    if opened.name == "details" or asks_something(alone) or opened.read(alone, False) is not None:
        return False
    bare = only_values(alone) or bool(find(alone.text, "retracts")) or how_to_answer(alone.text)
    return any((bare or (each.claims and claims)) and each.read(alone, False) is not None for each in others)


def _joins(text: str, before: Piece, piece: Piece) -> bool:
    """Whether a piece is only a word or two behind «and»."""
    between = text[before.end : piece.start]
    return len(piece.text.split()) <= _GOES_ON and any(sign.isalpha() for sign in between)
