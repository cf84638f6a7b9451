"""Parts of the customer's own named in words: by their full description, or by its noun alone («the hubs», «husene»)."""

import functools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actions.orders.part_names import names_alike
from actions.production.promise_parts import Part
from bot.common.data_file import read_yaml
from bot.common.replies import replies
from bot.common.settings import ROOT

#: A noun of fewer letters is too short to be told from the end of another word.
SHORTEST = 3
#: Another name of so many letters stands for the part alone; «lid» or «lock» only where it is pointed at or counted.
SPEAKING = 7
#: So many words before a noun may point at it or count it.
BEFORE = 3


@dataclass(frozen=True)
class Named:
    """A part that a text names, and where. ``whole``: by its full description."""

    part: Part
    start: int
    end: int
    whole: bool


def parts_named(parts: Sequence[Part], text: str, nouns_too: bool = False) -> list[Named]:
    """The parts a text names, in the order they stand there.

    Nouns count only where no full description does; ``nouns_too``: beside them as well («10 hubs and 20 deck fittings»).
    """
    whole = list(_whole(parts, text))
    nouns = _nouns(parts, text) if nouns_too or not whole else []
    found = [*whole, *(each for each in nouns if not any(one.start <= each.start < one.end for one in whole))]
    first: dict[str, Named] = {}
    for each in sorted(found, key=lambda each: each.start):
        first.setdefault(each.part.row["product_id"], each)
    return list(first.values())


def _whole(parts: Sequence[Part], text: str) -> Iterator[Named]:
    words = text.casefold()
    for part in parts:
        for name in _names(part):
            match = re.search(rf"(?<!\w){re.escape(name)}", words)
            if match:
                yield Named(part, match.start(), match.end(), whole=True)


def _names(part: Part) -> list[str]:
    """What the part is called: as the source describes it, and what else such a casting is called in any language."""
    told = [_description(part, language) for language in replies().languages]
    return list(dict.fromkeys([*filter(None, told), *(name for name in _other_names(part) if len(name) >= SPEAKING)]))


def _other_names(part: Part) -> list[str]:
    return [name for language in replies().languages for name in names_alike(_description(part, language))]


def _nouns(parts: Sequence[Part], text: str) -> Iterator[Named]:
    tokens = [(match[0].casefold(), match.start()) for match in re.finditer(r"\w+", text)]
    for place, (word, start) in enumerate(tokens):
        before = {each for each, _ in tokens[max(0, place - BEFORE) : place]}
        pointed = any(each.isdigit() for each in before) or bool(before & _words()["pointing"])
        for stem in _stems(word, pointed):
            yield from (Named(part, start, start + len(word), whole=False) for part in parts if _has_noun(part, stem))


def _stems(word: str, pointed: bool) -> list[str]:
    """The noun a word can be a form of; without a number or a pointing word only what no verb looks like."""
    endings = [*_words()["plural"], *(_words()["other"] if pointed else ())]
    stems = [word.removesuffix(ending) for ending in endings if word.endswith(ending)] + ([word] if pointed else [])
    return [stem for stem in stems if len(stem) >= SHORTEST]


def _has_noun(part: Part, stem: str) -> bool:
    for language in replies().languages:
        noun = _description(part, language).rpartition(" ")[2]
        if noun == stem or (language in _words()["compounding"] and noun.endswith(stem)):
            return True
    return stem in _other_names(part)


def _description(part: Part, language: str) -> str:
    return str(part.row[f"description_{language}"] or "").casefold()


@functools.lru_cache(maxsize=1)
def _words() -> dict[str, frozenset[str]]:
    content = read_yaml(ROOT / "data" / "words" / "part_names.yml")
    return {name: frozenset(map(str, words)) for name, words in content.items() if name != "same"}
