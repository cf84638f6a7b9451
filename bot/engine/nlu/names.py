"""Names of people and firms in a message: never searched for metals, uses or moods («Paul Steel», «Kyst Offshore AS»)."""

import functools
import re
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.common.words import either, topic
from bot.engine.nlu.reading import fold

WORDS = ROOT / "data" / "words" / "clean.yml"
#: A capitalised word of a name: Ole, O'Brien, Berg-Hansen.
_CAPITAL = r"(?<!\w)[^\W\d_a-zæøåäöüß](?:[^\W\d_]|['’.-](?=[^\W\d_])){0,30}"
_PARTICLE = topic("grammar.name_particles")
_NAME = rf"{_CAPITAL}(?: (?:{_PARTICLE} )?{_CAPITAL}){{0,3}}"
_PERSON = re.compile(rf"(?:{_CAPITAL})(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{1,3}}[. ]*")
_GIVEN = re.compile(r"[^\W\d_]{2,}")
Span = tuple[int, int]


def person_in(part: str) -> bool:
    """Whether a line is a person's name: two to four words with capital letters, or one that stands alone."""
    folded = fold(part)
    if any(char.isdigit() or char in "@:?" for char in part) or _words()["never"].search(folded):
        return False
    return bool(_PERSON.fullmatch(part)) or (bool(_GIVEN.fullmatch(part)) and part[0].isupper())


def company_in(part: str) -> str | None:
    """The firm that a line names: what stands before AS, Ltd, GmbH, with it."""
    match = _words()["company"].search(part)
    return match["firm"].strip() if match else None


def find_names(text: str, asked: bool = False) -> list[Span]:
    """Spans of names after «jeg heter», «my name is», and of firms («X AS», «Steel & Sons»).

    ``asked``: a name was asked for, so words with a capital letter at the beginning are one.
    """
    words = _words()
    spans = [match.span("firm") for match in words["company"].finditer(text)]
    for match in words["cue"].finditer(fold(text)):
        name = re.compile(_NAME).match(text, match.end())
        if name and not words["never"].match(fold(name[0])):
            spans.append(name.span())
    if asked:
        spans += [match.span() for match in re.finditer(rf"(?:(?<=^)|(?<=[,\n] )|(?<=\n)){_NAME}(?=[,.\n]|$)", text)]
    return sorted(spans)


@functools.lru_cache(maxsize=1)
def _words() -> dict[str, re.Pattern[str]]:
    words: dict[str, Any] = read_yaml(WORDS)
    suffixes = [each for each in words["companies"] if each[0].isalnum() and " " not in each]
    joined = [re.escape(each).replace(r"\ ", " +") for each in words["companies"] if each not in suffixes]
    written = "|".join(sorted({form for each in suffixes for form in _cases(each)}, key=len, reverse=True))
    return {
        "company": re.compile(
            rf"(?P<firm>{_CAPITAL}(?: (?:&|og|and|of|i|for|{_CAPITAL})){{0,4}} (?:(?:{written})(?![\w-])|(?i:{'|'.join(joined)})(?!\w))\.?)"
        ),
        "cue": re.compile(rf"(?<!\w)(?:{either(words['names']['person'])})(?:[ :]+|$)"),
        "never": re.compile(rf"(?<!\w)(?:{either(words['never_names'])})(?!\w)"),
    }


def _cases(suffix: str) -> tuple[str, str, str]:
    """A suffix as firms write it: AS, as is a word; Ltd and GmbH in their own way."""
    own = {"gmbh": "GmbH", "aps": "ApS"}.get(suffix, suffix.capitalize())
    return suffix.upper(), own, suffix.upper().replace("/", "")
