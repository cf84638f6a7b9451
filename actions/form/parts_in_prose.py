"""Several parts told in sentences: «a bearing housing, 8 kg, and the end cap, 2 kg. 40 housings and 80 caps, both in RG7».

What a message speaks of is found first (``part_namings.py``), and each figure goes to the part that was named last before it,
wherever in the message that stands; the same name again adds to the part that has it.
"""

import itertools
import re
from dataclasses import dataclass, field
from typing import Any

from actions.form.part_namings import ALL, ONE, SIZED, Naming, namings, same_part
from actions.form.pieces import asked_in, pieces
from actions.form.words import closes, find, opens
from actions.turns.reading import Entity
from actions.turns.turn import Turn

#: What each part can have of its own, and what is told of all of them in a word.
_OWN = ("quantity", "number", "weight", "alloy", "alloy_group", "foreign_material", "temper", "dimensions", "wall", "drawing_no", "part_no", "date", "week")  # fmt: skip
_OF_ALL = ("quantity", "number", "weight", "alloy", "alloy_group", "temper")
#: What makes a thing that is named a part of the list.
_MAKES_PART = ("quantity", "yearly", "weight", "alloy", "alloy_group", "foreign_material")
_UNUSABLE = {"bad", "ask", "near", "role"}
#: Fewer parts are no list.
_SEVERAL = 2
_SENTENCE = re.compile(r"[.!?]\s+(?=[^\W\d_])|\n")
_METALS = ("alloy", "alloy_group", "foreign_material")
#: A revision behind the name of a part.
_REVISION = re.compile(r"(?<!\w)(?:rev\.?|revision|revisjon)\s*(?P<revision>[A-Z]|\d{1,2})(?!\w)", re.I)


@dataclass
class Told:
    """A part as a message tells it: its name, its figures in their order, where it was named first."""

    naming: Naming
    figures: list[Entity] = field(default_factory=list)
    spans: list[tuple[int, int]] = field(default_factory=list)
    revision: str = ""
    #: Whether something told of several parts is among its figures.
    shared: bool = False

    @property
    def written(self) -> str:
        """What the customer calls it: «den store flensen», «impeller A», «brackets, the left one»."""
        naming = self.naming
        if naming.kind == SIZED:
            return ", ".join(each for each in (naming.name if not naming.own_name else "", naming.words) if each)
        return f"{naming.name} {naming.mark}".strip() if naming.mark.isupper() else naming.name

    def has(self, *kinds: str) -> bool:
        """Whether it has a figure of one of these kinds."""
        return any(("yearly" if each.get("every") else each["entity"]) in kinds for each in self.figures)


def told_parts(turn: Turn) -> list[Told]:
    """The parts that a message tells of in sentences; empty where it tells of one, or of none."""
    found = namings(turn)
    parts, owners = _parts(found)
    if len(parts) < _SEVERAL:
        return []
    _give(turn, found, owners, parts)
    _give_sized(parts, found, owners)
    kept = _without_collective([each for each in parts if _is_part(each)])
    if len(kept) < _SEVERAL:
        return []
    _of_same(turn, kept)
    return kept


def _is_part(part: Told) -> bool:
    """Whether a thing that is named is a part of the list, by its count or a figure of its own; «we have two boats» is none."""
    if part.naming.held:
        return part.has("weight", *_METALS)
    marked = bool(part.naming.mark) or part.naming.kind == ONE
    return part.naming.count is not None or part.has(*_MAKES_PART) or (marked and part.has("dimensions"))


def _parts(found: list[Naming]) -> tuple[list[Told], dict[int, Told]]:
    """The parts by their first naming, and which part each naming speaks of."""
    parts: list[Told] = []
    owners: dict[int, Told] = {}
    for at, naming in enumerate(found):
        if naming.kind == ALL or (naming.kind == SIZED and any(each.naming.kind == ONE for each in parts)):
            continue
        known = next((each for each in reversed(parts) if same_part(naming, each.naming)), None)
        if known is None or naming.kind == ONE:
            known = Told(naming)
            parts.append(known)
        owners[at] = known
    return parts, owners


def _give(turn: Turn, found: list[Naming], owners: dict[int, Told], parts: list[Told]) -> None:
    """Each figure to the part that was named last before it in its sentence, or to all of them."""
    taken: set[tuple[int, int]] = set()
    before: Entity | None = None
    for at, naming in enumerate(found):
        until = found[at + 1].from_ if at + 1 < len(found) else len(turn.text)
        stop = _SENTENCE.search(turn.text, naming.end, until)
        end = stop.start() if stop else until
        if naming.kind == ALL:
            since = max(found[at - 1].end if at else 0, _sentence_start(turn.text, naming.start))
            figures = _of_all(turn, naming, since, end)
            for part in parts:
                part.figures += [each for each in figures if not part.has(*_alike(each))]
                part.shared |= bool(figures)
            taken |= {(each["start"], each["end"]) for each in figures}
            continue
        figures = [each for each in _figures(turn, naming.end, until) if (each["start"], each["end"]) not in taken]
        figures = [naming.count, *figures] if naming.count else figures
        before = _give_to(turn, naming, owners.get(at), parts, figures, end, before)


def _give_to(
    turn: Turn,
    naming: Naming,
    part: Told | None,
    parts: list[Told],
    figures: list[Entity],
    end: int,
    before: Entity | None,
) -> Entity | None:
    """The figures behind a naming to its part; the last of them. «The big one» waits until its part is known."""
    near = [each for each in figures if int(each["start"]) < end]
    if part is None:
        naming.figures += [_parallel(turn.text, each, before, None) for each in near]
        return naming.figures[-1] if naming.figures else before
    # What stands in the next sentence is of the part named last, where it is what all the others have.
    for each in (*near, *(each for each in figures if each not in near and _lacks(part, parts, each))):
        before = _parallel(turn.text, each, before, part)
        part.figures.append(before)
    part.spans.append((naming.from_, _up_to(turn.text, naming.end, end, near)))
    revision = _REVISION.search(turn.text, naming.end, end)
    part.revision = part.revision or (revision["revision"].upper() if revision else "")
    return before


def _up_to(text: str, start: int, end: int, figures: list[Entity]) -> int:
    """Where the words for a part end: «5 kg, 40 off; part two is ...» goes on with another one."""
    last = max((int(each["end"]) for each in figures), default=start)
    stop = text.find(";", last, end)
    return stop if stop >= 0 else end


def _alike(figure: Entity) -> tuple[str, ...]:
    """The kinds of which a part has one: a metal goes by an alloy or by a name of several."""
    if figure["entity"] in _METALS:
        return _METALS
    return ("yearly",) if figure.get("every") else (figure["entity"],)


def _lacks(part: Told, parts: list[Told], figure: Entity) -> bool:
    """Whether all the other parts have a figure of this kind, and this one has not: «8 kg. 40 off. An end cap. 2 kg»."""
    kinds = _alike(figure)
    return not part.has(*kinds) and all(each.has(*kinds) for each in parts if each is not part)


def _figures(turn: Turn, start: int, end: int) -> list[Entity]:
    """The figures in a stretch that may be those of a part: not asked, not of a core, a boss or another feature of it."""
    inside = [
        _behind(turn, each, start)
        for each in turn.said(*_OWN)
        if start < int(each.get("end", -1))
        and int(each["start"]) < end
        and not _UNUSABLE & each.keys()
        and not each.get("reference")
    ]
    return sorted(
        (each for each in inside if not _asked(turn, each) and not _of_feature(turn, start, each)),
        key=lambda each: int(each["start"]),
    )


def _behind(turn: Turn, figure: Entity, start: int) -> Entity:
    """«Impeller B 310 mm»: the letter is the name of the part, and no breadth."""
    if int(figure["start"]) >= start:
        return figure
    return {**figure, "start": start, "words": turn.text[start : int(figure["end"])].strip()}


def _asked(turn: Turn, figure: Entity) -> bool:
    """Whether the piece that holds a figure is itself a question; what stands before one is told."""
    piece = next((each for each in pieces(turn.text) if each.holds(figure)), None)
    behind = turn.text[piece.end : piece.end + 2].lstrip() if piece else ""
    return (
        piece is not None
        and asked_in(turn.text, piece.start)
        and (behind[:1] == "?" or bool(opens(piece.text, "asks")))
    )


def _of_feature(turn: Turn, start: int, figure: Entity) -> bool:
    """«With a core ø14 × 150», «a flange of 200 mm»: the size of a detail is not that of the part."""
    if figure["entity"] not in ("dimensions", "quantity", "number"):
        return False
    piece = next((each for each in pieces(turn.text, joints=False) if each.holds(figure)), None)
    since = max(start, piece.start if piece else start)
    return bool(find(turn.text[since : int(figure["start"])], "features", "feature_lead")) or bool(
        figure["entity"] != "dimensions" and opens(turn.text[int(figure["end"]) :].lstrip(), "features")
    )


def _sentence_start(text: str, at: int) -> int:
    return max((each.end() for each in _SENTENCE.finditer(text, 0, at)), default=0)


def _of_all(turn: Turn, naming: Naming, since: int, end: int) -> list[Entity]:
    """What is said of all parts: «both in RG7», «20 of each», «CC492K for both»."""
    behind = [each for each in _figures(turn, naming.end, end) if each["entity"] in _OF_ALL]
    before = [each for each in _figures(turn, since, naming.start) if each["entity"] in _OF_ALL]
    counted = [naming.count] if naming.count is not None else before[-1:] if naming.each or not behind else []
    if counted:
        # «20 of each in RG5»
        return [*counted, *(each for each in behind if naming.each and each["entity"] in (*_METALS, "temper"))]
    kinds: dict[str, Entity] = {}
    for each in behind:
        if not closes(turn.text[naming.end : int(each["start"])], "negated"):
            kinds.setdefault(_alike(each)[0], each)
    return list(kinds.values())


def _parallel(text: str, figure: Entity, before: Entity | None, part: Told | None) -> Entity:
    """A bare number is of the kind that was told of the part before: «6 a year of the big one, of the small 12»."""
    if figure["entity"] != "number":
        return figure
    kind = str(before["entity"]) if before and before["entity"] in ("quantity", "weight") else "quantity"
    if kind == "quantity" and not float(figure["value"]).is_integer():
        kind = "weight"
    elif kind == "weight" and part is not None and part.has("weight"):
        kind = "quantity"
    alike = before if before and before["entity"] == kind else {}
    # It is written with the words behind the figure before it.
    written = re.sub(r"^\W*[\d.,]+", "", as_written(text, alike)) if alike else ""
    said = f"{as_written(text, figure)}{written}"
    value: Any = int(figure["value"]) if kind == "quantity" else float(figure["value"])
    return {**figure, "entity": kind, "value": value, "said": said, **({"every": "year"} if alike.get("every") else {})}


def _give_sized(parts: list[Told], found: list[Naming], owners: dict[int, Told]) -> None:
    """What is told of «the big one», «den lille» among parts that were told by their figures only."""
    ones = [each for each in parts if each.naming.kind == ONE and each.has("weight", "dimensions")]
    ones.sort(key=_size)
    for at, naming in enumerate(found):
        if naming.kind == SIZED and at not in owners and len(ones) >= _SEVERAL:
            part = ones[-1] if naming.mark == "big" else ones[0]
            part.figures += naming.figures
            part.spans.append((naming.start, naming.end))
            part.naming.mark = naming.mark


def _size(part: Told) -> float:
    weights = [float(each["value"]) for each in part.figures if each["entity"] == "weight"]
    sizes = [max(map(float, each["value"])) for each in part.figures if each["entity"] == "dimensions"]
    return weights[0] if weights else max(sizes, default=0.0)


def _without_collective(parts: list[Told]) -> list[Told]:
    """The parts less what only counts them: «two castings, a housing and a cap», «two impellers, one ... and one ...»."""
    kept = list(parts)
    for each in parts:
        count = each.naming.count
        others = [one for one in kept if one is not each]
        if count is None or len(others) < _SEVERAL:
            continue
        named_by = [one for one in others if one.naming.kind in (ONE, SIZED) or one.naming.mark]
        whole = int(count["value"]) == len(others) or len(named_by) == int(count["value"])
        if each.naming.general or (named_by and whole):
            kept.remove(each)
            told = [figure for figure in each.figures if figure["entity"] in _METALS]
            for one in others:
                # «Two parts in bronze: a bush ... and a flange ...»
                one.figures += [] if one.has(*_METALS) else told
                one.shared |= bool(told)
            for one in named_by:
                one.naming.name = one.naming.name or ("" if each.naming.general else each.naming.name)
    return kept


def _of_same(turn: Turn, parts: list[Told]) -> None:
    """«The end cap, same stuff»: the metal of the part before."""
    for before, part in itertools.pairwise(parts):
        said = any(find(turn.text[start:end], "same_alloy") for start, end in part.spans)
        if said and not part.has(*_METALS):
            part.figures += [each for each in before.figures if each["entity"] in _METALS]


def as_written(text: str, figure: Entity) -> str:
    """A figure in the customer's words: with what it measures, with the words for the year."""
    written = str(figure.get("said") or figure.get("words") or text[int(figure["start"]) : int(figure["end"])])
    year = find(text[int(figure["end"]) :], "a_year") if figure.get("every") and "said" not in figure else None
    return f"{written} {year[0]}" if year else written
