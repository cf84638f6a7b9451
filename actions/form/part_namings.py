"""What a message speaks of as parts: counted nouns, nouns with an article, «one ... and one ...», «the big one», «impeller A», «both»."""

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Protocol

from actions.form.line_names import counts_figures, same_thing
from actions.form.words import closes, find, numbers, opens, pattern
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from bot.common.words import word_set as common_words

#: Kinds of namings: a thing by its noun, one of several that were counted, one by its size or side, all of them.
THING, ONE, SIZED, ALL = "thing", "one", "sized", "all"
_WORD = re.compile(r"[^\W\d_][\w-]*")
_GAP = re.compile(r"[ \t]{1,2}")
_LABEL = re.compile(r"[ \t]+(?P<label>[A-H])(?=[\s:,.)(])(?!\s+(?:[^\W\d_]{2,}\s){2})")
#: Where a clause begins.
#: Quotation marks around the name of a thing.
_QUOTES = re.compile('[«»"“”„]')
_CLAUSE = re.compile(r"(?:^|[.!?:;,(\n–]\s+|\s[-–]\s|\n)\s*")
_UNUSABLE = {"bad", "ask", "near", "role"}
#: What no part is called by.
_NO_NAMES = ("measures", "no_thing", "deliveries", "times", "numbers", "not_cast", "line_words", "requirements", "weight_finished", "weight_cast", "patterns", "drawings", "run_of_parts")  # fmt: skip
#: A name of a part has so many words, and so many letters.
_MOST, _LETTERS = 4, 3
#: No word that ends a name has so many letters.
_LONGEST = 60
#: So many namings are looked for.
_MOST_NAMINGS = 60


@dataclass
class Naming:
    """A place where a message speaks of a part: its noun, and by which mark it is told from others of its name."""

    kind: str
    start: int
    end: int
    name: str = ""
    #: A letter, «big» or «small», «left» ...
    mark: str = ""
    count: Entity | None = None
    #: Whether it names castings at large.
    general: bool = False
    #: Whether somebody has it: «we have two boats».
    held: bool = False
    #: «Of each»: the figure stands before it.
    each: bool = False
    #: How it was written, and whether the noun is among the words.
    words: str = ""
    own_name: bool = False
    #: What is told of it while it is not known which part it is.
    figures: list[Entity] = field(default_factory=list)

    @property
    def from_(self) -> int:
        """Where what is told of it begins: at its count."""
        return min(self.start, int(self.count["start"])) if self.count else self.start


def head(name: str) -> str:
    """The word that a part is called by for short: «housing» of «bearing housing»."""
    words = [each for each in name.split() if len(each) > 1]
    return words[-1].casefold() if words else ""


def same_part(one: Naming, other: Naming) -> bool:
    """Whether two namings are of one part: the same noun or the last part of it, and no other mark."""
    if one.mark and other.mark and one.mark != other.mark:
        return False
    if bool(one.mark) != bool(other.mark) and (one.kind == SIZED or other.kind == SIZED):
        return False
    if one.general or other.general:
        return False
    if not one.name or not other.name:
        return one.kind == other.kind == SIZED and bool(one.mark)
    return same_name(one.name, other.name)


def same_name(one: str, other: str) -> bool:
    """«Housing» and «bearing housings», «lokk» and «endelokket»; «bearing housing» and «gear housing» are two."""
    first, second = head(one), head(other)
    if not (same_thing(first, second) or same_thing(second, first)):
        return False
    own, others = ([each for each in name.casefold().split() if len(each) > 1][:-1] for name in (one, other))
    return not own or not others or own == others


class Text(Protocol):
    """A text with the values in it: a turn, or what of one names parts."""

    text: str

    def said(self, *names: str) -> list[Entity]:
        """The values of these kinds."""


@dataclass
class _Said:
    """A text with its values, alike where all of them are alike."""

    text: str
    entities: list[Entity]

    def said(self, *names: str) -> list[Entity]:
        return [each for each in self.entities if each["entity"] in names]

    def __hash__(self) -> int:
        return hash(self.text)


def namings(turn: Turn) -> list[Naming]:
    """Every place where a message speaks of a part, in order; none stands within another."""
    # «24 stk «pumpelokk»» is counted as it is without the marks.
    found = _found(_Said(_QUOTES.sub(" ", turn.text), [{**each} for each in turn.entities]))
    return [replace(each, figures=[]) for each in found]


@functools.lru_cache(maxsize=64)
def _found(said: _Said) -> tuple[Naming, ...]:
    """Asked for by every question of a form in turn, so the last answers are kept."""
    found: list[Naming] = []
    for each in sorted(_all(said), key=lambda each: (each.from_, -each.end)):
        if not found or each.from_ >= found[-1].end:
            found.append(each)
    return tuple(_without_features(said, found)[:_MOST_NAMINGS])


def _all(turn: Text) -> Iterator[Naming]:
    yield from _counted(turn)
    yield from _for_all(turn)
    yield from _sized(turn)
    yield from _labelled(turn)
    yield from _ones(turn)
    yield from _with_article(turn)
    yield from _bare(turn)


def thing_at(turn: Text, at: int) -> tuple[str, int] | None:
    """The thing that is named from a place in a text on, and where its name ends."""
    return _noun_phrase(turn, at)


def _noun_phrase(turn: Text, at: int) -> tuple[str, int] | None:
    """The words of a thing from a place in a text on, up to a sign, a figure, a metal or a word that ends it."""
    text, words = turn.text, list[str]()
    metals = [int(each["start"]) for each in turn.said("alloy", "alloy_group", "foreign_material", "unknown_alloy")]
    stop = min((each for each in metals if each >= at), default=len(text))
    end = at
    while len(words) < _MOST and (match := _WORD.match(text, at)) and at < stop:
        word = match[0]
        small = words and (len(word) == 1 or word.casefold() in common_words("common.common"))
        if small or opens(text[at : at + _LONGEST], "part_ends", "part_joints", "no_noun", "counted", "approximately"):
            break
        words.append(word)
        end = match.end()
        gap = _GAP.match(text, end)
        if gap is None:
            break
        at = gap.end()
    name = " ".join(words)
    return (name, end) if words and _is_name(name) else None


def _is_name(name: str) -> bool:
    """Whether words may name a thing that is cast: no measure, no time, nothing of the trade."""
    last = name.split()[-1]
    if len(last) < _LETTERS or find(name, *_NO_NAMES) or pattern("measured").fullmatch(name):
        # «80 outside, 60 inside, 50 long» counts nothing.
        return False
    if any(opens(word, "no_part", "filler", "joints") for word in name.split()):
        return False
    return _general(name) or last.casefold() not in common_words("common.common")


def _general(name: str) -> bool:
    return not re.search(r"[^\W\d_]{3}", pattern("general_parts").sub(" ", name))


def _counted(turn: Text) -> Iterator[Naming]:
    """«40 housings», «six caps»."""
    for each in turn.said("quantity", "number"):
        if (
            _UNUSABLE & each.keys()
            or each.get("every", "year") != "year"
            or not float(each["value"]).is_integer()
            or each.get("reference")
        ):
            continue
        start, end = int(each["start"]), int(each["end"])
        behind = turn.text[end:].lstrip()
        if closes(turn.text[:start], "definite", "first_of", "figure_of", "negated") or opens(behind, "of_each_part"):
            # «The first six we fetch ourselves» is a part of what was counted before.
            continue
        lead = re.compile(r"(?:\s*(?:" + pattern("counted").pattern + r"))*\s*", re.I).match(turn.text, end)
        at = lead.end() if lead else end
        named = _noun_phrase(turn, at)
        if named is not None:
            # One of a thing is named, and hardly counted.
            single = int(each["value"]) == 1 and not turn.text[start:end].strip()[:1].isdigit()
            yield Naming(
                THING,
                at if not single else start,
                named[1],
                named[0],
                count=None if single else each,
                general=_general(named[0]),
                held=closes(turn.text[:start], "has"),
            )


def _for_all(turn: Text) -> Iterator[Naming]:
    """«Both», «begge», «20 of each»."""
    for match in pattern("of_every_part").finditer(turn.text):
        if counts_figures(turn.text, match.end()):
            continue
        yield Naming(ALL, match.start(), match.end())
    for each in turn.said("quantity", "number"):
        # «50 each»
        word = opens(turn.text[int(each["end"]) :].lstrip(" "), "each_of_them")
        if word and not _UNUSABLE & each.keys() and float(each["value"]).is_integer():
            end = int(each["end"]) + word.end() + 1
            yield Naming(
                ALL,
                int(each["start"]),
                end,
                count={**each, "entity": "quantity", "value": int(each["value"])},
                each=True,
            )
    for match in pattern("of_each_part").finditer(turn.text):
        word = re.search(r"([^\W\d_]+)\s*$", turn.text[: match.start()])
        value = numbers().get(word[1].casefold()) if word else None
        if word and value:
            start = word.start(1)
            count: Entity = {"entity": "quantity", "value": value, "start": start, "end": word.end(1)}
            yield Naming(ALL, start, match.end(), count=count, each=True)
        else:
            yield Naming(ALL, match.start(), match.end(), each=True)


def _sized(turn: Text) -> Iterator[Naming]:
    """«The big one», «den lille», «the left bracket», «den store flensen»."""
    for topic, mark in (("bigger_one", "big"), ("smaller_one", "small"), ("left_one", "left"), ("right_one", "right"), ("upper_one", "upper"), ("lower_one", "lower")):  # fmt: skip
        for match in pattern(topic).finditer(turn.text):
            at = match.end() + len(turn.text[match.end() :]) - len(turn.text[match.end() :].lstrip(" "))
            named = _noun_phrase(turn, at)
            if named and not find(named[0], "one_of_them"):
                yield Naming(
                    SIZED,
                    match.start(),
                    named[1],
                    named[0],
                    mark,
                    words=turn.text[match.start() : named[1]],
                    own_name=True,
                )
            else:
                one = pattern("one_of_them").match(turn.text, at)
                end = one.end() if one else match.end()
                yield Naming(SIZED, match.start(), end, "", mark, words=turn.text[match.start() : end])


def _labelled(turn: Text) -> Iterator[Naming]:
    """«Impeller A ... impeller B»: one noun with two letters, each at the beginning of a clause."""
    found = []
    for start, name, end in _clauses(turn):
        label = _LABEL.match(turn.text, end)
        if label:
            found.append(Naming(THING, start, label.end(), name, label["label"]))
    # One letter alone may be anything.
    yield from [
        each for each in found if any(one.mark != each.mark and same_name(one.name, each.name) for one in found)
    ]


def _clauses(turn: Text) -> Iterator[tuple[int, str, int]]:
    """The beginnings of clauses that are nouns, with or without an article or a joint before them."""
    for match in _CLAUSE.finditer(turn.text):
        at = match.end()
        for topic in ("joined_by", "articles"):
            if lead := opens(turn.text[at:], topic):
                at += lead.end() + len(turn.text[at + lead.end() :]) - len(turn.text[at + lead.end() :].lstrip(" "))
        named = _noun_phrase(turn, at)
        if named:
            yield at, named[0], named[1]
    for match in pattern("joined_by", "price_of", "wanted", "thing_wanted").finditer(turn.text):
        at = match.end() + 1
        named = _noun_phrase(turn, at)
        if named:
            yield at, named[0], named[1]


def _ones(turn: Text) -> Iterator[Naming]:
    """«One 420 mm diameter and one 310 mm», «ett på 38 kg og ett på 17 kg»: two at least, each with a figure."""
    found = []
    for match in pattern("one_of_them").finditer(turn.text):
        rest = turn.text[match.end() :]
        lead = re.match(rf"\s*(?:(?:{pattern('leads_to_figure').pattern})\s*)*(?=\d|ø|dia)", rest, re.I)
        if lead:
            found.append(Naming(ONE, match.start(), match.end() + lead.end()))
    yield from found if len(found) >= 2 else []


def _with_article(turn: Text) -> Iterator[Naming]:
    """«A bearing housing», «et endelokk»: where a list or a wish may go on, and not behind «with a», «in the»."""
    for match in pattern("articles", "part_articles").finditer(turn.text):
        before = turn.text[: match.start()]
        free = _CLAUSE.search(before[-3:] or "\n") is not None and re.search(r"(?:^|[,:;.!?(–\n])\s*$", before)
        led = closes(before, "joined_by", "joints", "wanted", "thing_wanted", "price_of", "also", "it_is")
        if not (free or led or not before.strip()):
            continue
        at = match.end() + 1
        # «A 12 kg housing»
        weight = next((each for each in turn.said("weight") if int(each["start"]) == at), None)
        named = _noun_phrase(turn, int(weight["end"]) + 1 if weight else at)
        if named and not _general(named[0]):
            yield Naming(THING, match.start(), at if weight else named[1], named[0])


def _bare(turn: Text) -> Iterator[Naming]:
    """«Housing 8 kg, 40 off. End cap 2 kg»: a noun that begins a clause, right before a figure."""
    for start, name, end in _clauses(turn):
        # «First part: gear housing, 18 kg»
        comma = "," if turn.text[:start].rstrip().endswith(":") else ""
        lead = re.match(rf"\s*[:=({comma}]?\s*(?:(?:{pattern('leads_to_figure').pattern})\s*)*", turn.text[end:], re.I)
        behind = end + (lead.end() if lead else 0)
        figure = next((each for each in turn.said("weight", "quantity", "alloy", "alloy_group", "dimensions") if int(each["start"]) == behind), None)  # fmt: skip
        # «... and the cap that goes with it, 2 kg»
        told_of = opens(turn.text[end : end + _LONGEST].lstrip(), "relative") and any(
            end < int(each["start"]) <= end + _LONGEST for each in turn.said("weight")
        )
        if (figure is not None or told_of) and not _general(name):
            yield Naming(THING, start, end, name)


def _without_features(turn: Text, found: list[Naming]) -> list[Naming]:
    """The namings less the details of a part: «with a flange and two bosses», «has a core»."""
    kept: list[Naming] = []
    detail: Naming | None = None
    for each in found:
        before = turn.text[: each.from_]
        led = closes(before, "feature_lead") or (each.name and find(each.name, "features") and not each.mark.isupper())
        chained = detail is not None and re.fullmatch(
            rf"[^.;:\n]{{0,20}}?(?:,|\s(?:{pattern('joined_by').pattern}))\s*", turn.text[detail.end : each.from_], re.I
        )
        if each.kind != ALL and (led or chained):
            detail = each
        else:
            kept.append(each)
            detail = None
    return kept
