"""Measures told in words, each figure with what it measures: «140 od, 95 bore, 110 long, flange 180», «Ø320/250».

Such a stretch is one size, kept in the customer's words beside its figures; none of its numbers counts pieces. What is to be left
on for machining is no size of the part.
"""

import re

from actions.form.pieces import pieces
from actions.form.words import closes, find, opens, pattern
from actions.turns.reading import Entity
from actions.turns.shapes import shape_of
from actions.turns.turn import Turn

#: What else a number of a measure was taken for.
_TAKEN_FOR = ("number", "dimensions", "quantity")
_NUMBER = re.compile(
    r"(?<![\w.,/-])(?:[øØ⌀]\s?)?(?P<n>\d{1,5}(?:[.,]\d{1,2})?)(?:\s?(?P<unit>mm|cm|m|meter|metres?|inch|inches|tommer|\"|''))?(?![\w%]|[.,]\d)",
    re.I,
)
#: «Ø320/250», «Ø120/80 x 150», «120/80x150»: without its sign a slash and a length stand together.
_ROUND = re.compile(
    r"(?<!\w)[øØ⌀]\s?\d{1,5}(?:[.,]\d+)?(?:\s?(?:mm)?\s?[/x×]\s?\d{1,5}(?:[.,]\d+)?)+(?![\w])"
    r"|(?<![\w.,/-])\d{2,4}(?:[.,]\d)?\s?/\s?\d{2,4}(?:[.,]\d)?\s?[x×]\s?\d{1,4}(?:[.,]\d)?(?![\w/])"
)
#: «L 150», «H=20» beside other measures; «H7» is a fit.
_AXIS = re.compile(
    r"(?<![\w.,/-])(?!h(?:[5-9]|1[0-3])(?!\d))[lbwht]\s?[=:]?\s?\d{1,5}(?:[.,]\d+)?(?![\w%]|[.,]\d)", re.I
)
_NUMBER_ALONE = re.compile(r"\d+")
_MM = {"cm": 10.0, "m": 1000.0, "meter": 1000.0, "metre": 1000.0, "metres": 1000.0}
_INCH, _INCHES = 25.4, ("inch", "inches", "tommer", '"', "''")
#: So many signs stand between two measures of one thing, and between a name and its number.
_BETWEEN, _LEAD = 14, 30
#: Names of measures, and those of parts of a thing that are names of one beside others only.
_NAMES = ("measured", "measured_beside")
_SIGN = re.compile(r"[;:!?\n]|,(?!\d)|\.(?=\s|$)")
_THING = re.compile(r"\s[^\W\d_]{4,}")
#: What is left on for machining is hardly more than this, mm.
_MOST_LEFT_ON = 15.0
_SPAN = tuple[int, int]


def find_measures(turn: Turn) -> None:
    """Put each stretch of measures into the entities as one size, in the place of what its numbers were taken for."""
    left = [each for each in turn.entities if each["entity"] == "dimensions" and _left_on(turn, each)]
    turn.entities = [{**each, "entity": "allowance"} if each in left else each for each in turn.entities]
    spans = _stretches(turn)
    for start, end in spans:
        inside = [each for each in turn.entities if start <= each.get("start", -1) < end]
        sized = [each for each in inside if each["entity"] == "dimensions"]
        if (
            len(sized) == 1
            and (sized[0]["start"], sized[0]["end"]) == (start, end)
            and not find(turn.text[start:end], *_NAMES)
        ):
            continue
        told: Entity = {
            "entity": "dimensions", "value": _millimetres(turn.text[start:end]), "kind": "told",
            "start": start, "end": end, "words": " ".join(turn.text[start:end].split()),
        }  # fmt: skip
        others = [each for each in turn.entities if each not in inside or not _taken_for(turn, each)]
        turn.entities = sorted([*others, told], key=lambda each: int(each.get("start", 0)))
    turn.entities = [_with_shape(turn, _as_number(turn, each, spans)) for each in turn.entities]
    details = [each for each in turn.entities if _of_feature(turn, each)]
    turn.entities = [{**each, "entity": "feature"} if each in details else each for each in turn.entities]
    turn.told = tuple(
        each for each in turn.told
        if each.tag != "size" or not any(one["start"] < each.end and each.start < one["end"] for one in details)
    )  # fmt: skip


def _of_feature(turn: Turn, entity: Entity) -> bool:
    """«The bore is Ø80 H7» in a request for a part: one measure of a detail is not the size of the whole."""
    if entity["entity"] != "dimensions" or len(entity.get("value") or ()) != 1 or not turn.slot("question"):
        return False
    piece = next((each for each in pieces(turn.text) if each.holds(entity)), None)
    named = find(piece.text, "features") if piece else None
    answers = (turn.slot("answers") or {}).get(turn.slot("task")) or {}
    part = str((answers.get("part") or {}).get("value") or "")
    whole = piece and find(piece.text, "whole_measures")
    return named is not None and not whole and named[0].casefold() not in part.casefold()


def _with_shape(turn: Turn, entity: Entity) -> Entity:
    """A size with the shape that its words tell, where they tell one."""
    if entity["entity"] != "dimensions" or entity.get("ask"):
        return entity
    answers = (turn.slot("answers") or {}).get(turn.slot("task")) or {}
    thing = f"{turn.text} {(answers.get('part') or {}).get('value') or ''}"
    values = entity["value"] if isinstance(entity["value"], list) else [entity["value"]]
    found = shape_of(turn.text[entity["start"] : entity["end"]], values, thing)
    return {**entity, "shape": found.dump()} if found else entity


def _as_number(turn: Turn, entity: Entity, spans: list[_SPAN]) -> Entity:
    """A lone figure that was taken for a measure by the name of another one is a number."""
    loose = entity["entity"] == "dimensions" and not any(start <= entity["start"] < end for start, end in spans)
    bare = loose and spans and _NUMBER_ALONE.fullmatch(turn.text[entity["start"] : entity["end"]])
    return (
        {"entity": "number", "value": float(entity["value"][0]), "start": entity["start"], "end": entity["end"]}
        if bare
        else entity
    )


def _left_on(turn: Turn, size: Entity) -> bool:
    """Whether a measure is what is to be left on for machining, or within what another one is held."""
    if max(size["value"]) > _MOST_LEFT_ON:
        # «What tolerance do I get on 300 mm?»
        return False
    added = closes(turn.text[: size["start"]], "left_on")
    return bool(added) or any(each.holds(size) and find(each.text, "allowances") for each in pieces(turn.text))


def _stretches(turn: Turn) -> list[_SPAN]:
    """Measures that stand beside each other, as one; a weak name («180 flange») counts beside others only."""
    runs: list[list[tuple[int, int, bool]]] = []
    for each in sorted(_measures(turn), key=lambda each: (each[0], -each[1])):
        if runs and each[0] < runs[-1][-1][1]:
            start, end, strong = runs[-1][-1]
            runs[-1][-1] = (start, max(end, each[1]), strong or each[2])
            continue
        between = turn.text[runs[-1][-1][1] : each[0]] if runs else "."
        if len(between) <= _BETWEEN and not re.search(r"[.!?\n]|\d", between):
            runs[-1].append(each)
        else:
            runs.append([each])
    return [(run[0][0], run[-1][1]) for run in runs if any(strong for _, _, strong in run)]


def _measures(turn: Turn) -> list[tuple[int, int, bool]]:
    """Each number with what it measures, and whether its name alone says so."""
    text = turn.text
    named = [each for match in _NUMBER.finditer(text) if _free(turn, match.span("n")) and (each := _named(text, match))]
    # «34 innen den 16.» tells by when; «34 innen» of a German drawing is a bore.
    named = [each for each in named if not _before_time(turn, each[1])]
    round_parts = [(*match.span(), True) for match in _ROUND.finditer(text)]
    axes = [(*match.span(), False) for match in _AXIS.finditer(text) if _free(turn, match.span())]
    sizes = [
        (int(each["start"]), int(each["end"]), True)
        for each in turn.entities
        if each["entity"] == "dimensions" and each.get("end")
    ]
    # «150 long 12»: what stands behind the name of another measure has none of its own.
    behind = {end for start, end, _ in named if text[start : start + 1].isdigit()}
    sizes = [
        each
        for each in sizes
        if len(text[: each[0]].rstrip()) not in behind or _NUMBER_ALONE.fullmatch(text[each[0] : each[1]]) is None
    ]
    return [*named, *round_parts, *axes, *sizes]


def _before_time(turn: Turn, at: int) -> bool:
    """Whether a time begins right behind a place in the text."""
    return any(turn.text[at : int(each["start"])].isspace() for each in turn.said("date", "week") if "start" in each)


def _named(text: str, number: re.Match[str]) -> tuple[int, int, bool] | None:
    """A number with what it measures, behind it or before it; None where nothing names it."""
    if _names_first(text, number.start()):
        return _before(text, number)
    at = _past(text, number.end(), "measured_by")
    for topic in _NAMES:
        if behind := pattern(topic).match(text, at):
            # «40 long bushes» are pieces.
            thing = _THING.match(text, behind.end())
            counts = thing and not opens(thing[0].strip(), *_NAMES, "measured_by", "measured_as", "joints", "part_ends")
            return number.start(), behind.end(), topic == _NAMES[0] and not counts
    if opens(text[number.end() :].lstrip(), "unit_words") and not number["unit"]:
        return None
    if re.search(r"\d\s?(?:mm|cm)?\s[^\W\d_]+\s*$", text[: number.start()]):
        # The name before it belongs to the number before that.
        return None
    return _before(text, number)


def _before(text: str, number: re.Match[str]) -> tuple[int, int, bool] | None:
    """A number with the name that stands right before it."""
    for topic in _NAMES:
        if (before := _name_before(text, number.start(), topic)) is not None:
            return before, number.end(), topic == _NAMES[0]
    return None


def _names_first(text: str, at: int) -> bool:
    """Whether each measure is told behind its name where a number stands: «outer 180 inner 120», up to the last sign."""
    start = max((each.end() for each in _SIGN.finditer(text, 0, at)), default=0)
    first = next(_NUMBER.finditer(text, start), None)
    if first is None or _name_before(text, at, *_NAMES) is None:
        return False
    return (before := _name_before(text, first.start(), *_NAMES)) is not None and before >= start


def _free(turn: Turn, span: _SPAN) -> bool:
    """Whether a number is nothing else for certain: no weight, no date, no «60 off»."""
    over = [
        each
        for each in turn.entities
        if each["entity"] != "language" and each.get("start", 0) < span[1] and each.get("end", 0) > span[0]
    ]
    return all(
        _taken_for(turn, each)
        and (each["entity"] != "quantity" or not re.search(r"[^\W\d_]", turn.text[each["start"] : each["end"]]))
        for each in over
    )


def _taken_for(turn: Turn, entity: Entity) -> bool:
    """Whether a value may be a measure by what it was taken for; a weight is none where a unit or a word tells it."""
    bare = entity["entity"] == "weight" and _NUMBER_ALONE.fullmatch(turn.text[entity["start"] : entity["end"]])
    return entity["entity"] in _TAKEN_FOR or bool(bare)


def _past(text: str, at: int, topic: str) -> int:
    """The place behind the small words that stand between a number and its name."""
    at += len(text[at:]) - len(text[at:].lstrip(" -"))
    link = pattern(topic).match(text, at)
    return link.end() + (len(text[link.end() :]) - len(text[link.end() :].lstrip())) if link else at


def _name_before(text: str, at: int, *topics: str) -> int | None:
    """Where the name of a measure begins that stands right before a number, with nothing but small words between."""
    names = [each for each in pattern(*topics).finditer(text, max(0, at - _LEAD), at) if each.end() <= at]
    last = names[-1] if names else None
    between = text[last.end() : at] if last else "."
    return last.start() if last and not pattern("measured_as").sub("", between).strip(" :=") else None


def _millimetres(text: str) -> list[float]:
    """The figures of a stretch in millimetres; a unit said once holds for those without one."""
    numbers = re.findall(
        r"(\d{1,5}(?:[.,]\d+)?)\s?(mm|cm|m|meter|metres?|inch|inches|tommer|\"|'')?(?![^\Wx×])", text, re.I
    )
    named = [unit.lower() for _, unit in numbers if unit]
    only = named[-1] if len(set(named)) == 1 else ""
    found = []
    for number, unit in numbers:
        unit = unit.lower() or only
        factor = _INCH if unit in _INCHES else _MM.get(unit, 1.0)
        found.append(round(float(number.replace(",", ".")) * factor, 1))
    return found
