"""The old and the new said side by side: «55, not 60», «18 is wrong, 19 is right», «week 12 is too early, week 14 suits us»."""

import itertools
import re

from actions.form.pieces import asked_in
from actions.form.righting.held import KINDS, beside_same, held_by, holding, of_a_value, part_of_value, renewed
from actions.form.righting.pairs import Pair, pairs
from actions.form.righting.standing import Righted, Standing
from actions.form.righting.taken_back import OWN_WORDS
from actions.form.righting.wording import says_nothing_more
from actions.form.words import find, opens, pattern
from actions.turns.words import blanked

#: Words of which a correction by two numbers is made.
_OF_CORRECTING = ("is_wrong", "wrong", "is_right", "should_be", "is_now", "mind_changed", "retracts", "can_it_say", "makes_it", "decides", "to_change")  # fmt: skip


def by_pairs(standing: Standing) -> Righted | None:
    """Put the new in the place of the old it is set against: «55, not 60», «from B to C»."""
    for pair in pairs(standing.turn.text):
        at = standing.turn.text.rfind(pair.new, pair.start, pair.end)
        if asked_in(standing.turn.text, max(pair.start, at)) and not _wished(standing, pair):
            continue
        if part_of_value(standing, pair):
            continue
        if house := _beside_its_word(standing, pair):
            return house
        held = list(held_by(standing, pair))
        names = {each.name for each in held}
        if len(names) > 1:
            return Righted(held[0].name, None, pair.start, pair.end, which=tuple(sorted(names)), new=pair.new)
        if held:
            return held[0]
        for name, answer in holding(standing.answers, pair.old):
            # «Week 33, not 32» is no figure of an address or of the customer's words.
            told = name in OWN_WORDS and of_a_value(standing, pair)
            fresh = None if told else renewed(name, answer, pair.old, pair.new, standing.turn.text)
            if fresh is not None:
                return Righted(name, fresh, pair.start, pair.end, answer)
    return None


def _beside_its_word(standing: Standing, pair: Pair) -> Righted | None:
    """«Fjordgata 21, not 12»: a figure that stands beside the word which is said with it is no number of its own."""
    if not pair.old.isdigit():
        return None
    whole = re.compile(rf"(?<!\w){re.escape(pair.old)}(?![\w@])")
    for name, answer in holding(standing.answers, pair.old):
        if (
            name != "size"
            and not (name in OWN_WORDS and of_a_value(standing, pair))
            and beside_same(str(answer.value), whole, standing.turn.text[pair.start : pair.end])
        ):
            fresh = renewed(name, answer, pair.old, pair.new, standing.turn.text)
            return Righted(name, fresh, pair.start, pair.end, answer) if fresh else None
    return None


def _wished(standing: Standing, pair: Pair) -> bool:
    """«Can it say 30?» wants what it asks."""
    said = standing.turn.text[pair.start : pair.end]
    return bool(find(said, "can_it_say") or (opens(said, "wish_lead") and find(said, "wish_verb")))


def two_figures(standing: Standing) -> Righted | None:
    """Take of two numbers and hardly a word the one that stands as the old one: «18 is wrong, 19 is right», «38? no, 39»."""
    turn = standing.turn
    marks = {"bad", "ask", "unit", "every"}
    said = [each for each in turn.entities if each["entity"] != "language"]
    plain = [each for each in said if each["entity"] in ("number", "quantity") and not marks & each.keys()]
    if len(said) != 2 or len(plain) != 2 or plain[0]["value"] == plain[1]["value"]:
        return None
    spans = [(int(each["start"]), int(each["end"])) for each in plain]
    rest = pattern(*_OF_CORRECTING).sub(" ", blanked(turn.text, spans))
    between = turn.text[min(end for _, end in spans) : max(start for start, _ in spans)]
    corrects = find(between, *_OF_CORRECTING, "no_but", "changes_mind") or find(turn.text, "is_wrong", "wrong")
    asks = asked_in(turn.text, max(start for start, _ in spans)) and not find(turn.text, "can_it_say")
    if not corrects or asks or not says_nothing_more(rest):
        return None
    for old, new in itertools.permutations(plain):
        before, after = (turn.text[int(each["start"]) : int(each["end"])] for each in (old, new))
        held = list(held_by(standing, Pair(before, after, 0, len(turn.text))))
        if len({each.name for each in held}) == 1:
            return held[0]
    return None


def two_values(standing: Standing) -> Righted | None:
    """Take the first of two values for the one that stands: «3 kg is too little, it will be 4 kg»."""
    turn = standing.turn
    said = [each for each in turn.entities if each["entity"] not in ("language", "application")]
    if len(said) != 2 or said[0]["entity"] != said[1]["entity"] or said[0]["entity"] not in KINDS:
        return None
    old, new = sorted(said, key=lambda each: int(each["start"]))
    between = turn.text[int(old["end"]) : int(new["start"])]
    settles = find(turn.text, "is_wrong", "wrong", "too_much", "mind_changed") or find(between, "decides", "makes_it")
    if not settles or asked_in(turn.text, int(new["start"])) or find(turn.text, "weight_finished", "guesses"):
        return None
    words = [turn.text[int(each["start"]) : int(each["end"])] for each in (old, new)]
    held = list(held_by(standing, Pair(words[0], words[1], int(old["start"]), int(new["end"]))))
    return held[0] if len({each.name for each in held}) == 1 else None
