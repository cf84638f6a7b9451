"""Short phrases that are answers in themselves: «vet ikke», «fortsett», «så fort som mulig»."""

import re
from collections.abc import Iterator

from bot.common.words import either, topic
from bot.engine.nlu.reading import Found, Reading, word_tables

_TABLES = word_tables()
_PHRASES = re.compile(
    "|".join(rf"(?P<{name}>(?<![\w-])(?:{either(_TABLES[name])})(?![\w-]))" for name in ("dont_know", "resume", "asap"))
)
_NOT = rf"(?:{either(_TABLES['negations'])})"
_DENIED_BEFORE = re.compile(rf"(?<!\w){_NOT} (?:{topic('small_words.between')} )?$")
_DENIED_AFTER = re.compile(rf",? (?:det )?{_NOT}(?!\w)")

#: Going on in another language, or at another time, is not going on with the questions.
_ELSEWHERE = re.compile(
    rf" (?:\w+ )?(?:{topic('small_words.in')} {topic('small_words.languages')}|"
    rf"{topic('small_words.another_time')})(?!\w)"
)


def find_small_words(reading: Reading) -> Iterator[Found]:
    """``dont_know``, ``resume`` and ``asap``; «det haster ikke» is no haste."""
    for match in _PHRASES.finditer(reading.open):
        name = match.lastgroup or ""
        if name != "dont_know":
            before = _DENIED_BEFORE.search(reading.open, max(0, match.start() - 24), match.start())
            if before or (name == "asap" and _DENIED_AFTER.match(reading.open, match.end())):
                continue
        if name == "resume" and _ELSEWHERE.match(reading.open, match.end()):
            continue
        yield Found(name, True, *match.span())
