"""A number without the old one or a name: which answer it is meant for, «no wait, 16», and what is said when that was asked."""

from actions.form.answers import Answer
from actions.form.labels import called
from actions.form.pieces import asked_in
from actions.form.righting.figures import bare, number_of
from actions.form.righting.held import NUMBERS, renewed_by
from actions.form.righting.pairs import Pair
from actions.form.righting.standing import LAST, WHICH, Righted, Standing
from actions.form.righting.wording import says_nothing_more
from actions.form.shared import read
from actions.form.words import closes, opens

#: Answers that are a number of pieces.
_PIECES = ("quantity",)


def mind_changed(standing: Standing) -> Righted | None:
    """Correct what was told last by a number behind words that change one's mind: «no wait, 16», «make it 55»."""
    turn = standing.turn
    told = [each for each in turn.said("number", "quantity") if not {"bad", "ask", "unit", "every"} & each.keys()]
    for each in told:
        start, end = int(each["start"]), int(each["end"])
        sure = closes(turn.text[:start].rstrip(" ,:–-"), "mind_changed") or _only_no(standing, start, end)
        behind = turn.text[end:].lstrip(" ")
        ends = (
            not behind
            or behind[0] in ".,;!?\n"
            or opens(behind, "filler", "unit_words")
            or each["entity"] == "quantity"
        )
        # «Can we do 40 by week 9?» asks; «can we do 40 instead?» wants it.
        wished = closes(turn.text[:start].rstrip(" ,:–-"), "can_it_say") and says_nothing_more(turn.text[end:])
        if (
            not (sure or wished)
            or not ends
            or (asked_in(turn.text, start) and not wished)
            or not float(each["value"]).is_integer()
        ):
            continue
        names = [one for one in NUMBERS if _may_be_meant(standing, one)]
        pair = Pair("", turn.text[start:end], start, end)
        found = [one for name in names for one in renewed_by(standing, name, standing.answers[name], pair)]
        if len(found) > 1:
            return Righted(found[0].name, None, start, end, which=tuple(one.name for one in found), new=pair.new)
        if found:
            return found[0]
    return None


def _may_be_meant(standing: Standing, name: str) -> bool:
    """Whether a number without a name is meant for an answer: the one number told last, else the pieces."""
    answer = standing.answers.get(name)
    if answer is None or number_of(answer.value) is None or answer.listed or standing.of_several(name):
        return False
    last = [each for each in standing.answers.value(LAST) or [] if each in NUMBERS and each in standing.answers]
    return name == last[0] if len(last) == 1 else name in _PIECES


def _only_no(standing: Standing, start: int, end: int) -> bool:
    """«No, 6» and nothing else, where no number was asked for."""
    text = standing.turn.text
    rest = text[:start] + " " + text[end:]
    free = standing.opened not in NUMBERS or standing.opened in standing.answers
    return free and closes(text[:start].rstrip(" ,:–-"), "no_but") and says_nothing_more(rest)


def asked_which(standing: Standing) -> Righted | None:
    """Put the number that was asked about where it is meant, by the name of one of two answers."""
    asked = standing.answers.get(WHICH)
    named = [each for each in asked.more["names"] if called(standing.turn.text, each)] if asked else []
    if asked is None or len(named) != 1 or (before := standing.answers.get(named[0])) is None:
        return None
    question = next((each for each in standing.questions if each.name == named[0]), None)
    fresh = read(question, bare(standing.turn, str(asked.value)), requested=True) if question else None
    return Righted(named[0], fresh, 0, len(standing.turn.text), before) if isinstance(fresh, Answer) else None
