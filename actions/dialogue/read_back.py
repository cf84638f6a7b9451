"""What a message says to «shall I send it?», piece by piece: a yes that sends, or a no that nothing else in it outweighs."""

import difflib
import re
from collections.abc import Iterator
from dataclasses import replace

from actions.dialogue.view import SURE, View, without_values
from actions.tasks.change.wish import OrderWish, withdraws_in
from actions.turns.intents import intent
from actions.turns.reading import Clause, Reading
from actions.turns.words import words
from actions.turns.yes import kinds_of, kinds_within, names_a_wish, says_yes, unqualified_yes
from bot.common.now import with_now
from bot.common.words import word_set

#: Where a piece of a message ends.
_ENDS = re.compile(r"[.!;,\n]+(?=\s|$)|\s[-–—]+\s|[()]|(?<=\w)!+")
_WORD = re.compile(r"[^\W\d_]+")
#: A yes with all that is polite about it has no more words, and a polite piece of it has not more.
MOST_WORDS, POLITE = 40, 10
#: «Heck no, not like that» has no more words; how likely a no must be that says none in so many words.
REFUSES, CERTAIN = 8, 0.85
#: A yes by its meaning has no more words, is so likely, and holds so many words of no list; shorter words say nothing.
BY_MEANING, MEANS_YES, PASS, SHORT = 14, 0.6, 2, 2
#: How alike a word and a no must be, 0 to 1.
_ALIKE = 0.7
#: So many words stand between who reads it and that they understand it.
_BETWEEN = 2
#: Words that change nothing of what was read back.
_IDLE = ("said_so", "will_do", "the_rest", "by_other_way", "grasps", "readers", "own_doing")


def yes_by_pieces(reading: Reading, view: View) -> bool:
    """Whether one piece says yes or to send it, and every other agrees or is mere courtesy.

    What repeats a figure that was just read back changes nothing: «yes, place the 10».
    """
    if not view.asked_to_send or view.task is None:
        return False
    task = view.task.name
    if unqualified_yes(reading.text, task) or _yes_by_meaning(reading, view):
        return True
    # «No, everything is right, send it»: nothing is to be different.
    if "?" in reading.text or reading.whole.words > MOST_WORDS:
        return False
    kinds, all_right, denied = set(), False, False
    for at, piece in enumerate(pieces_of(reading)):
        found = _kinds(piece, task, view)
        if found is None and at == 0 and _bare_no(piece.text):
            denied = True
        elif found is None:
            return False
        else:
            kinds |= found
            all_right = all_right or words("no").says(piece.text, "all_right")
    return ("send" in kinds and all_right) if denied else says_yes(kinds)


def _yes_by_meaning(reading: Reading, view: View) -> bool:
    """Whether every clause means yes and the words bear it out: «stemmer på en prikk, fyr den av».

    With a word that tells to send, two words of no list are let pass; with a mere yes none but those that say nothing.
    """
    text = with_now(reading.text)
    denied = words("no").says(text, "qualifies", "no", "takes_note") or words("unknown").says(text, "no")
    # «So send the code» asks for what proves who one is, and sends nothing of theirs.
    denied = denied or words("talk").says(text, "proof_code")
    if denied or re.search(r"[\d?]", text) or reading.whole.words > BY_MEANING:
        return False
    means = all(each.chance("affirm") >= MEANS_YES or polite(each, each.text) for each in reading.clauses)
    if not means or any(each.values and not view.repeats(each) for each in reading.clauses):
        return False
    kinds, left = kinds_within(text, view.task.name if view.task else "")
    telling = [each for each in left if each not in word_set("common.common") and len(each) > SHORT]
    if any(names_a_wish(each) or _like_a_no(each) for each in left):
        return False
    return len(telling) <= PASS if "send" in kinds else "yes" in kinds and not telling


def _like_a_no(word: str) -> bool:
    """Whether a word of no list may be a no with a slip in it: «ikek», «nto»."""
    every = word_set("unknown.no") | word_set("no.no")
    return bool(difflib.get_close_matches(word, every, n=1, cutoff=_ALIKE))


def agrees_beside(reading: Reading, task: str) -> bool:
    """Whether a piece of a message says yes or to send it, whatever stands beside it."""
    return any(kinds_of(each.text, task) & {"yes", "send"} for each in pieces_of(reading))


def pieces_of(reading: Reading) -> Iterator[Clause]:
    """The clauses of a message, cut once more where a sentence or a part of it ends."""
    for said in reading.clauses or (reading.whole,):
        start, clause = 0, replace(said, text=with_now(said.text))
        for end in [*(each.start() for each in _ENDS.finditer(clause.text)), len(clause.text)]:
            if _WORD.search(clause.text[start:end]) or re.search(r"\d", clause.text[start:end]):
                yield part(clause, start, end)
            start = end


def part(clause: Clause, start: int, end: int) -> Clause:
    """A part of a clause, from one letter of it to another."""
    first, last = clause.start + start, clause.start + end
    inside = tuple(each for each in clause.entities if first <= each.get("start", -1) < last)
    text = clause.text[start:end]
    return replace(clause, text=text, start=first, end=last, entities=inside, told=())


def _kinds(piece: Clause, task: str, view: View) -> set[str] | None:
    """The kinds of words of a piece that agrees; nothing for courtesy; None for anything else."""
    if piece.values and not view.repeats(piece):
        return None
    text = without_values(piece)
    found = kinds_of(text, task)
    if found or not _WORD.search(text):
        return found
    if polite(piece, text) or idle(piece, view) or weary(piece):
        return {"thanks"}
    # Where one that says two things may be cut: «send it and thanks for your help».
    cut = words("change").where(text, "joint")
    if cut is None or re.search(r"\d", text):
        return None
    both = [part(piece, 0, cut[0]), part(piece, cut[1], len(piece.text))]
    told = [_kinds(each, task, view) for each in both if _WORD.search(each.text)]
    return None if any(each is None for each in told) else {kind for each in told if each for kind in each}


def polite(piece: Clause, text: str) -> bool:
    """Whether a piece is courtesy: by its words or by its meaning, and without a word that reserves, adds or asks."""
    known = words("no")
    if piece.values or piece.words > POLITE or re.search(r"[\d?]", text) or known.says(text, "qualifies", "no"):
        return False
    means = intent(piece.act).kind == "courtesy" and piece.sure >= SURE
    return means or known.says(text, "courtesy")


def idle(piece: Clause, view: View) -> bool:
    """Whether a piece beside a yes changes nothing of what was read back.

    It says the yes again, that it will do, or that somebody sees to the rest: «I said yes», «good enough», «they can read the
    rest in my words».
    """
    known, text = words("sending"), piece.text
    if piece.asks or re.search(r"[\d?]", text) or piece.words > POLITE or piece.values or known.says(text, "instead"):
        return False
    if view.names(piece):
        # «They can sort the alloy» leaves an answer of the request to them.
        return False
    elsewhere = known.says(text, "the_rest") and known.says(text, "by_other_way", "readers")
    understood = known.near(text, "readers", "grasps", _BETWEEN)
    if not (elsewhere or understood or known.says(text, "said_so", "will_do")):
        return False
    for kind in _IDLE:
        text = known.without(text, kind)
    # «I said blue», «they know it must be blue» say more than that.
    left = kinds_within(text, view.task.name if view.task else "")[1]
    return not [each for each in left if each not in word_set("common.common") and len(each) > SHORT]


def weary(piece: Clause) -> bool:
    """Whether a piece only says that one has had enough of this: «orker ikke mer», «so I can go home»."""
    text, known = piece.text, words("sending")
    if piece.values or re.search(r"[\d?]", text) or piece.words > POLITE or known.says(text, "instead"):
        return False
    # «I am tired of the wrong weight» says more than that.
    left = known.without(known.without(text, "weary"), "weary_beside")
    return known.says(text, "weary") and not _WORD.search(left)


# ---------------------------------------------------------------- a no


def withdrawn_in(reading: Reading, view: View) -> list[Clause]:
    """The clauses that take the whole wish back: «let it stand», «forget it»."""
    order_wish = isinstance(view.task, OrderWish)
    return [each for each in reading.clauses if any(_withdraws(piece, order_wish) for piece in pieces_of(_only(each)))]


def refused_in(reading: Reading) -> list[Clause]:
    """The clauses that say no, or that it is not to be sent."""
    return [each for each in reading.clauses if any(_refuses(piece) for piece in pieces_of(_only(each)))]


def only_refuses(clause: Clause) -> bool:
    """Whether every piece of a clause is a bare no, or takes something back without a name."""
    return all(_bare_no(each.text) or _withdraws(each, False) for each in pieces_of(_only(clause)))


def not_now(clause: Clause) -> bool:
    """Whether a clause only says that it is not to be sent, or not yet: the request stays."""
    return words("no").says(clause.text, "not_send")


def _only(clause: Clause) -> Reading:
    return Reading(clause, (clause,))


def _withdraws(piece: Clause, order_wish: bool) -> bool:
    if order_wish:
        return withdraws_in(piece.text, piece.entities)
    # In a request for castings «forget it» may be said of one thing in it.
    return not piece.values and words("conduct").says(piece.text, "withdraw") and not _left_over(piece.text)


def _left_over(text: str) -> bool:
    rest = words("conduct").without(text, "withdraw")
    for kind in ("no", "beside"):
        rest = words("no").without(rest, kind)
    return _WORD.search(rest) is not None


def _refuses(piece: Clause) -> bool:
    if "?" in piece.text:
        return False
    if _bare_no(piece.text) or (words("no").says(piece.text, "not_send") and not piece.values):
        return True
    if intent(piece.act).kind != "no" or piece.values or piece.words > REFUSES:
        return False
    return piece.sure >= (SURE if words("no").says(piece.text, "no", "not") else CERTAIN)


def _bare_no(text: str) -> bool:
    """Whether a piece is a no and nothing else."""
    known = words("no")
    if not known.says(text, "no") or re.search(r"\d", text):
        return False
    rest = known.without(known.without(text, "no"), "beside")
    return _WORD.search(rest) is None
