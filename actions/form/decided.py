"""What somebody decides on within one message: «18 I think, or 20 so we have a spare, yes let's say 20» is twenty.

Values that were only weighed before the decision are kept as such, and answer nothing.
"""

import re

from actions.form.left_out import leave_out
from actions.form.text import is_list
from actions.form.words import closes, find, pattern
from actions.turns.reading import Entity
from actions.turns.turn import Turn

#: A value that was weighed and not chosen.
WEIGHED = "weighed"
#: Kinds of values of which one or the other is meant.
_KINDS = (("quantity", "number"), ("weight", "number"), ("alloy", "alloy_group"), ("date", "week", "lead"), ("drawing_no",), ("part_no",), ("dimensions",), ("wall",))  # fmt: skip
#: Figures that a bare number behind them may be of.
_COUNTED = ("quantity", "weight", "dimensions", "wall")
#: So many signs before a value may say that it is a guess.
_LEAD = 18
#: What is said up to a stop or a comma.
_SENTENCE = re.compile(r"(?:[^.,;!?\n]|[.,](?=\d))+")
#: So many words stand between the deciding ones and the value.
_BESIDE = 2


def find_decided(turn: Turn) -> None:
    """Set the values aside that were weighed before the one that a message decides on."""
    if is_list(turn):
        return
    for kinds in _KINDS:
        said = sorted((each for each in turn.said(*kinds) if "start" in each), key=lambda each: int(each["start"]))
        chosen = next((each for each in reversed(said) if _decides(turn, each, said)), None)
        weighed = _weighed(turn, chosen, said) if chosen and _is_of(turn, chosen, kinds) else []
        if chosen and weighed:
            kept = [each for each in turn.entities if each is not chosen and not any(each is one for one in weighed)]
            fresh = _of_kind(chosen, kinds[0], weighed)
            # Beside the first of them stands what it counts: «18 brackets, or 20, yes let's say 20».
            first = {**fresh, "start": weighed[-1]["start"], "end": weighed[-1]["end"]}
            aside = [{**each, "entity": WEIGHED, "kind": each["entity"]} for each in weighed[:-1]]
            turn.entities = sorted([*kept, *aside, first, fresh], key=lambda each: int(each.get("start", 0)))


def leave_forgotten(turn: Turn) -> None:
    """Leave out a figure that is taken back in the same breath: «400 a year ... no, 50 and 200, forget the 400»."""
    for found in pattern("forget_that").finditer(turn.text):
        figure = re.match(r"\s*(\d+)(?![\w.,]*\d)", turn.text[found.end() :])
        if figure is None:
            continue
        told = re.compile(rf"(?<![\w.,/-]){figure[1]}(?![\w/-])")
        sentences = [each.span() for each in _SENTENCE.finditer(turn.text, 0, found.start())]
        before = [(start, end) for start, end in sentences if told.search(turn.text[start:end])]
        if before:
            leave_out(turn, [(found.start(), found.end() + figure.end()), *before])
            return


def _is_of(turn: Turn, chosen: Entity, kinds: tuple[str, ...]) -> bool:
    """Whether a bare number is of the kind of the value told before it: «4 kg, or let's say 5» weighs kilograms."""
    before = [each for each in turn.said(*_COUNTED) if int(each.get("start", 0)) < chosen["start"]]
    last = max(before, key=lambda each: int(each["start"]), default=None)
    return chosen["entity"] != "number" or (last["entity"] if last else "quantity") in kinds


def _of_kind(chosen: Entity, kind: str, weighed: list[Entity]) -> Entity:
    """The value that was decided on as one of the kind of those weighed: a bare number behind pieces counts pieces."""
    if chosen["entity"] != "number" or kind not in {each["entity"] for each in weighed} or chosen.get("unit"):
        return chosen
    value = int(chosen["value"]) if kind == "quantity" else float(chosen["value"])
    return {**next(each for each in weighed if each["entity"] == kind), **chosen, "entity": kind, "value": value}


def _weighed(turn: Turn, chosen: Entity, said: list[Entity]) -> list[Entity]:
    """The values before a decision that it puts aside: each guessed at, or weighed against the next."""
    found: list[Entity] = []
    nearest = chosen
    for each in reversed([one for one in said if one["start"] < chosen["start"]]):
        between = turn.text[int(each["end"]) : int(nearest["start"])]
        before = turn.text[max(0, int(each["start"]) - _LEAD) : int(each["start"])]
        if each["value"] != chosen["value"] and not find(
            f"{before} | {between}", "guesses", "decides", "so_then", "or_no"
        ):
            break
        found.append(each)
        nearest = each
    first = min((int(each["start"]) for each in found), default=0)
    guessed = find(turn.text[max(0, first - _LEAD) : int(chosen["start"])], "guesses", "changes_mind", "or_no")
    return found if guessed else []


def _decides(turn: Turn, chosen: Entity, said: list[Entity]) -> bool:
    """Whether a value is what is settled on: «let's say 20», «yes, 20» after twenty was weighed."""
    before = [each for each in said if each["start"] < chosen["start"]]
    if not before:
        return False
    text = turn.text[: int(chosen["start"])]
    if closes(text, "so_then") and find(text[int(before[-1]["end"]) :], "changes_mind"):
        # «2 pcs. No wait, the yard wants two as well, so 4»
        return True
    if closes(text.rstrip(" ,"), "or_no"):
        # «Make it 40. Or no, 55»
        return True
    last = next(iter(reversed(list(pattern("decides").finditer(text)))), None)
    if (
        last
        and len(re.findall(r"\w+", text[last.end() :])) <= _BESIDE
        and not re.search(r"[.!?\n]", text[last.end() :])
    ):
        return last.start() >= int(before[-1]["end"]) or len(before) == 1
    again = any(each["value"] == chosen["value"] for each in before)
    return again and closes(text.rstrip(" ,"), "agrees")
