"""Which language the conversation is in: decided over the conversation, never flipped by a code, a name or «ok»."""

import re
from collections.abc import Mapping

from bot.common.words import topic

#: A message must hold this many words, and be this sure, to change the language of a conversation.
SURE = ((5, 0.80), (3, 0.90))
FIRST = ((3, 0.60), (1, 0.80))


def decide(
    current: str | None, chosen: bool, hint: str | None, probabilities: Mapping[str, float], words: int, default: str
) -> str:
    """The reply language after a message.

    ``chosen`` is whether the customer asked for the current language; ``hint`` is the language of the page;
    ``probabilities`` are per reply language; ``words`` counts words that are not codes, figures or alloys.
    """
    best = max(probabilities, key=lambda language: probabilities[language])
    sure = probabilities[best]
    if current is None:
        if tells(probabilities, words):
            return best
        # What a word says most likely is better than nothing: «cancel SO-30431».
        return hint if hint is not None and hint in probabilities else best if words else default
    if chosen or best == current:
        return current
    return best if any(words >= least and sure >= bound for least, bound in SURE) else current


def tells(probabilities: Mapping[str, float], words: int) -> bool:
    """Whether a first message tells its language, so that it is no mere guess."""
    return any(words >= least and max(probabilities.values()) >= bound for least, bound in FIRST)


_WISHES = {
    "en": re.compile(rf"\b({topic('small_words.english')})\b", re.I),
    "nb": re.compile(rf"\b({topic('small_words.norwegian')})\b", re.I),
}


def wished_language(text: str) -> str | None:
    """The language a message names: the last one, as in «not Norwegian, English please»."""
    named = [(match.start(), language) for language, pattern in _WISHES.items() for match in pattern.finditer(text)]
    return max(named)[1] if named else None
