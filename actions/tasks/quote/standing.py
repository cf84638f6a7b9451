"""The list of a request as its answer: parts told again put its lines right by name, a part that stands becomes its first line."""

from collections.abc import Sequence
from typing import cast

from actions.form.answers import Answer, Answers, line
from actions.form.line_edits import edited
from actions.form.line_names import mentions
from actions.form.lines import MOST_ITEMS, OF_METAL, Item
from actions.form.part_namings import head, namings, same_name
from actions.form.shared import DELIVERY, DRAWING, QUANTITY, list_of_parts
from actions.form.task import LINES
from actions.form.typed import PartAnswer, QuantityAnswer, SizeAnswer, WeightAnswer
from actions.production.catalogue import catalogue
from actions.turns.turn import Turn

#: What a list answers for each of its parts, and what only one part alone is asked for.
_LISTED = ("quantity", "alloy", "weight", "drawing", "delivery")
_OF_ONE = ("size", "wall", "yearly")
#: What tells that a thing is a part, and no people and machines.
_DESCRIBES = ("weight", "alloy", "metal", "dimensions", "drawing_no", "part_no", "yearly")
#: What two tellings of one part have in common where neither has a name of its own.
_KNOWN_BY = ("drawing_no", "part_no", "weight", "dimensions")


def told_again(turn: Turn, answers: Answers, told: list[Item]) -> list[str]:
    """Parts told while a list or a part stands: each puts its own line right, or comes beside the others."""
    part = answers["part"]
    if isinstance(part, PartAnswer) and part.items:
        return _put_right(turn, answers, part.items, told)
    named = [each for each in told if same_name(_name(each), str(part.value))]
    if not named and not described(told) and turn.slot("question") not in (None, "part"):
        return []
    one = single(answers)
    if len(named) == 1:
        known = [beside(one, each) if each is named[0] else each for each in told]
    elif named or part.vague or _counts(turn, told):
        known = [beside(_metal_of(one), each) for each in told]
    else:
        known = [one, *told]
    put(answers, known[:MOST_ITEMS])
    return ["part"]


def _metal_of(item: Item) -> Item:
    """What the parts have of the one that stood for all of them."""
    said = {name: each for name, each in (item.get("said") or {}).items() if name == "alloy"}
    return cast("Item", {name: item[name] for name in ("alloy",) if name in item} | {"said": said})  # type: ignore[literal-required]  # a name of an Item


def described(told: Sequence[Item]) -> bool:
    """Whether any of the parts has more than a number of pieces."""
    return any(name in each for each in told for name in _DESCRIBES)


def _name(item: Item) -> str:
    return item.get("part") or item["text"]


def _counts(turn: Turn, told: Sequence[Item]) -> bool:
    """«That's two parts, not three»: as many parts are told as there are in all."""
    counts = [each.count["value"] for each in namings(turn) if each.general and each.count]
    return len(told) in counts


def beside(old: Item, new: Item) -> Item:
    """A part told again with what was known of it before and is not told otherwise."""
    kept = {name: each for name, each in old.items() if name not in ("text", "part", "said") and name not in new}
    if any(name in new for name in OF_METAL):
        kept = {name: each for name, each in kept.items() if name not in OF_METAL}
    before = old.get("said") or {}
    written = [before[name] for name in ("alloy", "weight", "quantity") if name in kept and name in before]
    text = ", ".join([new["text"], *written])
    return cast("Item", {**kept, **new, "text": text, "said": {**before, **(new.get("said") or {})}})


def _put_right(turn: Turn, answers: Answers, known: list[Item], told: list[Item]) -> list[str]:
    lines, places = list(known), _places(known, told)
    changed, added = set[int](), list[Item]()
    for each, at in zip(told, places, strict=True):
        if at is None:
            added += [each] if each["text"] not in [one["text"] for one in lines] else []
            continue
        named = bool(mentions(_name(each), [one["text"] for one in known]))
        other = {
            name: it for name, it in each.items() if name not in ("text", "part", "said") and lines[at].get(name) != it
        }
        if other:
            said = {
                name: it
                for name, it in (each.get("said") or {}).items()
                if name in other or (name == "alloy" and "metal" in other)
            }
            values = cast("Item", {**other, "said": said})
            lines[at] = edited(lines, {"number": at + 1, "values": values})[at] if named else beside(lines[at], each)
            changed.add(at)
    if _counts(turn, told):
        # «That's two parts, not three»: the others were none.
        for at in sorted(set(range(len(known))) - {each for each in places if each is not None}, reverse=True):
            turn.say("utter_quote_line_dropped", number=at + 1, text=lines.pop(at)["text"])
            changed = {each - 1 if each > at else each for each in changed}
    for at in sorted(changed):
        turn.say("utter_quote_line_now", number=at + 1, text=lines[at]["text"])
    return store(turn, answers, [*lines, *added], len(lines) + 1) if added or lines != known else [LINES]


def _places(known: Sequence[Item], told: Sequence[Item]) -> list[int | None]:
    """The line that each part told again is, by its name, its letter or its figures; by their order where all are called alike."""
    found = [_place(known, each) for each in told]
    heads = {head(_name(each).split(",")[0]) for each in (*known, *told)}
    alike = len(known) == len(told) and (len(heads) == 1 or None not in found)
    if len(set(found)) < len(found) or None in found:
        return list(range(len(known))) if alike else [each if found.count(each) == 1 else None for each in found]
    return found


def _place(known: Sequence[Item], item: Item) -> int | None:
    lines = {each.lines for each in mentions(_name(item), [one["text"] for one in known]) if not each.every}
    if len(lines) == 1:
        return next(iter(lines))[0] - 1
    for name in _KNOWN_BY:
        alike = [at for at, each in enumerate(known) if name in item and each.get(name) == item.get(name)]
        if len(alike) == 1:
            return alike[0]
    return None


def store(turn: Turn, answers: Answers, known: list[Item], first: int) -> list[str]:
    """The list as the answer, those from ``first`` on said to be added."""
    for number, item in enumerate(known[:MOST_ITEMS], 1):
        if number >= first:
            turn.say("utter_quote_line_added", number=number, text=item["text"])
    put(answers, known[:MOST_ITEMS])
    return [LINES]


def put(answers: Answers, known: list[Item]) -> None:
    """The list as the answer, or the one part that is left with its own figures."""
    if len(known) == 1:
        answers["part"] = PartAnswer(known[0]["text"], "utter_line_part")
        if known[0].get("quantity"):
            answers["quantity"] = QuantityAnswer(known[0]["quantity"], "utter_line_quantity")
        if known[0].get("weight"):
            answers["weight"] = WeightAnswer(known[0]["weight"], "utter_line_weight")
        if known[0].get("alloy") in catalogue():
            answers["alloy"] = line("alloy", known[0]["alloy"], title=catalogue()[known[0]["alloy"]].title)
        return
    answers["part"] = list_of_parts(known)
    for question in (*_OF_ONE, "quantity", "weight"):
        # What was told of one part stands on its line.
        if question in answers and not answers[question].listed and answers[question].value is not None:
            del answers[question]
    for question in _LISTED:
        key = DRAWING.listed if question == DRAWING.name else DELIVERY.listed if question == DELIVERY.name else question
        told = any(key in item or (question == QUANTITY.name and "breaks" in item) for item in known)
        if told and (question in answers or question not in ("drawing", "delivery")):
            answers[question] = Answer(None, "utter_line_listed", listed=True).but(question=f"question.{question}")


def single(answers: Answers) -> Item:
    """The one part of a request so far as the first line of a list."""
    item = Item(text=str(answers.value("part")), part=str(answers.value("part")), said={})
    size = answers.get("size")
    if isinstance(size, SizeAnswer) and size.mm:
        item["dimensions"] = list(size.mm)
    for name, shown in (("quantity", "{:g} ×"), ("alloy", "{}"), ("weight", "{:g} kg"), ("yearly", "")):
        value = answers.value(name)
        if value is not None:
            item[name] = value  # type: ignore[literal-required]  # a name of an Item
            title = answers[name].more.get("title") if name == "alloy" else None
            written = shown.format(title or value)
            item["said"] |= {name: written} if written else {}
            item["text"] += f", {written}" if written else ""
    return item
