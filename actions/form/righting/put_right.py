"""What of a running request a message puts right, read once for the whole message and before anything else of it.

A correction is a new value with the old one or the field, and the line where there are several: «55, not 60», «wrong
mail, with w: pompserwis», «Lunden, not Lunde», «no wait, 16», «forget that about the spare». It goes to what holds the old
value; what was put right is told nowhere else. What stands nowhere is no correction.
"""

from collections.abc import Sequence
from dataclasses import replace

from actions.form.answers import Answers
from actions.form.left_out import without
from actions.form.pieces import pieces
from actions.form.question import Question
from actions.form.righting.figures import by_so_many
from actions.form.righting.insisted import insisted
from actions.form.righting.meant import asked_which, mind_changed
from actions.form.righting.old_and_new import by_pairs, two_figures, two_values
from actions.form.righting.persons import another_person, asks_to_correct
from actions.form.righting.spelling import other_figure, respelt, revised, spelt_otherwise
from actions.form.righting.standing import Righted, Standing
from actions.form.righting.taken_back import taken_back
from actions.form.righting.times import moved_in_time
from actions.form.righting.under_name import told_by_name
from actions.form.righting.wording import says_nothing_more
from actions.turns.turn import Turn

#: No message puts more things right.
_AT_MOST = 6


def put_right(turn: Turn, questions: Sequence[Question], answers: Answers, opened: str | None = None) -> list[Righted]:
    """Find all that a message puts right in the answers that stand, each told apart from the others."""
    told, stand = turn, Answers(answers.dump())
    found = told_by_name(Standing(told, questions, stand, opened))
    told = without(told, *((each.start, each.end) for each in found))
    named = len(found)
    while len(found) - named < _AT_MOST and (one := _next(standing := Standing(told, questions, stand, opened))):
        whole = _whole(told, one)
        told = without(told, (whole.start, whole.end))
        if any(each.name == one.name for each in found) and by_so_many(standing) == one:
            # «Make it 19, we add four»: the number that it comes to is said.
            continue
        found.append(whole)
        if whole.which or whole.nothing:
            break
        if whole.answer is not None:
            stand[whole.name] = whole.answer
        else:
            stand.pop(whole.name, None)
    if any(each.which for each in found):
        return found
    out = taken_back(Standing(told, questions, stand, opened))
    return [*found, *(_whole(told, each) for each in out)]


def _next(standing: Standing) -> Righted | None:
    """The first thing that the message puts right."""
    return (
        asked_which(standing)
        or another_person(standing)
        or asks_to_correct(standing)
        or by_pairs(standing)
        or two_figures(standing)
        or two_values(standing)
        or moved_in_time(standing)
        or revised(standing)
        or respelt(standing)
        or spelt_otherwise(standing)
        or other_figure(standing)
        or by_so_many(standing)
        or mind_changed(standing)
        or insisted(standing)
    )


def _whole(turn: Turn, righted: Righted) -> Righted:
    """The stretch of a correction with what leads to it, and what behind it tells nothing else."""
    start, end = righted.start, righted.end
    for each in pieces(turn.text):
        if each.end <= righted.start or each.start >= righted.end:
            continue
        before = turn.text[each.start : righted.start] if each.start < righted.start else ""
        behind = turn.text[righted.end : each.end] if each.end > righted.end else ""
        if before and not any(
            each.start <= int(one.get("start", -1)) < righted.start
            for one in turn.entities
            if one["entity"] != "language"
        ):
            start = each.start
        if says_nothing_more(behind):
            end = max(end, each.end)
    return replace(righted, start=start, end=end)
