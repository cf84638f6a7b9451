"""What somebody decides on within one message: «18 I think, or 20 so we have a spare, yes let's say 20» is twenty.

Values that were only weighed before the decision are kept as such, and answer nothing.
"""

import re

from actions.form.text import is_list
from actions.form.words import closes, find, pattern
from actions.turns.reading import Entity
from actions.turns.turn import Turn

#: A value that was weighed and not chosen.
WEIGHED = "weighed"
#: Kinds of values of which one or the other is meant.
_KINDS = (("quantity", "number"), ("weight", "number"), ("alloy", "alloy_group"), ("date", "week", "lead"), ("drawing_no",), ("part_no",), ("dimensions",), ("wall",))  # fmt: skip
#: So many words stand between the deciding ones and the value.
_BESIDE = 2


def find_decided(turn: Turn) -> None:
    """Set the values aside that were weighed before the one that a message decides on."""
    if is_list(turn):
        return
    for kinds in _KINDS:
        said = sorted((each for each in turn.said(*kinds) if "start" in each), key=lambda each: int(each["start"]))
        weighed = _weighed(turn, said, kinds[0])
        if weighed:
            turn.entities = [
                {**each, "entity": WEIGHED, "kind": each["entity"]} if any(each is one for one in weighed) else each
                for each in turn.entities
            ]


def _weighed(turn: Turn, said: list[Entity], kind: str) -> list[Entity]:
    """The values before the last one that was decided on; none where nothing was guessed at or only named."""
    for chosen in reversed(said):
        before = [each for each in said if each["start"] < chosen["start"]]
        if before and _decides(turn, chosen, before) and kind in {each["entity"] for each in (*before, chosen)}:
            first = max(0, int(before[0]["start"]) - len("we think perhaps "))
            guessed = find(turn.text[first : int(chosen["start"])], "guesses")
            return before if guessed else []
    return []


def _decides(turn: Turn, chosen: Entity, before: list[Entity]) -> bool:
    """Whether a value is what is settled on: «let's say 20», «yes, 20» after twenty was weighed."""
    text = turn.text[: int(chosen["start"])]
    last = next(iter(reversed(list(pattern("decides").finditer(text)))), None)
    if (
        last
        and len(re.findall(r"\w+", text[last.end() :])) <= _BESIDE
        and not re.search(r"[.!?\n]", text[last.end() :])
    ):
        return last.start() >= int(before[-1]["end"]) or len(before) == 1
    again = any(each["value"] == chosen["value"] for each in before)
    return again and closes(text.rstrip(" ,"), "agrees")
