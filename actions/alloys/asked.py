"""What ordinary questions about castings ask, by their words alone: what a part weighs, what is lost with another alloy, what people use.

Pure: text in, yes or no out. The words stand in ``data/words/trade.yml``.
"""

import re

from actions.turns.words import words

#: So many words may stand between what asks and what is asked.
_GAP = 4
#: So many words may stand between «is» and «heavy».
_CLOSE = 2
#: A question without its mark has no more words.
_FEW = 8


def asks_weight(text: str) -> bool:
    """Whether it is asked what a part weighs, and not how heavy one may be."""
    said = words("trade")
    works_out = said.near(text, "works_out", "weighs", _GAP)
    if not works_out and said.says(text, "at_most"):
        return False
    what = said.near(text, "what", "weighs", _GAP) or said.near(text, "how", "heavy", 1)
    return works_out or what or said.near(text, "becomes", "heavy", _CLOSE)


def asks_figures(text: str) -> bool:
    """Whether the figures of a metal are asked for in so many words: «same numbers please»."""
    return words("trade").says(text, "figures")


def asks_heavier(text: str) -> bool:
    """Whether it is asked how much heavier or lighter something is."""
    return words("trade").near(text, "how", "heavier", _CLOSE)


def asks_difference(text: str) -> bool:
    """Whether it is asked what is lost or won with another alloy, or what it differs in."""
    return words("trade").says(text, "differs")


def asks_to_compare(text: str) -> bool:
    """Whether a comparison is asked for in so many words, question or not: «put A and B side by side»."""
    return words("trade").says(text, "compares")


def denied(text: str, at: int) -> bool:
    """Whether what stands at a place of a text is said not to be meant: «not against CuSn12»."""
    said = words("trade")
    return (
        re.search(rf"(?<!\w)(?:{said.pattern('not')})\s+(?:(?:{said.pattern('against')})\s+)?$", text[:at], re.I)
        is not None
    )


def asks_better(text: str) -> bool:
    """Whether it is asked if one is better than another, or if another would be."""
    return words("trade").says(text, "better", "other_one")


def asks_choice(text: str) -> bool:
    """Whether an alloy is asked for that people use, or that we would take: «hva bruker folk», «what would you take?»"""
    said = words("trade")
    if said.says(text, "usual"):
        return True
    return said.near(text, "which", "takes", _GAP) and said.says(text, "takers")


def asks_tight(text: str) -> bool:
    """Whether it is asked if it holds liquid or pressure."""
    return words("trade").says(text, "tight")


def of_trade(text: str) -> bool:
    """Whether words ask an ordinary question in so plain words that they stand for themselves beside what is told."""
    return asks_weight(text) or asks_choice(text) or asks_difference(text)


def in_question_order(text: str) -> bool:
    """Whether a few words have the order of a question: «håller den bättre», «og er den tett»."""
    said = words("trade")
    few = len(text.split()) <= _FEW
    rest = text.lstrip(" ,.–-")
    while few and said.begins_near(rest, "and_in", 0) and not said.begins_near(rest, "verb_first", 0):
        rest = re.sub(r"^\S+\s*", "", rest)
    if not few or not said.begins_near(rest, "verb_first", 0):
        return False
    # «Is bronze stronger than that» has a metal for its subject.
    return said.near(rest, "verb_first", "subject", 0) or said.says(rest, "better")


def is_first(text: str) -> bool:
    """Whether a text begins with «is», as a question does."""
    return words("trade").begins_near(text, "is", 0)


def only_names(text: str) -> bool:
    """Whether words beside the name of an alloy say no more than «and in that one?»; the name is left out of the text."""
    said = words("trade")
    return said.begins_near(text, "and_in", 0) and not re.search(r"\w", said.without(text, "beside"))


def asks_whether_few(text: str) -> bool:
    """Whether it is asked if so few pieces are too few: «er 25 lite?»"""
    return words("trade").says(text, "few")
