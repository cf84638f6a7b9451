"""A material that is not to be cast: that of a shaft, a bolt, an old part or another neighbour of the casting.

«It runs on a steel shaft» is no wish for steel. Such a material is taken out of what a message names before anything is
interpreted; that another metal stands beside the casting is heard from the words (``actions/alloys/advice.py``).
"""

import re

from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words

#: So many words may stand between a neighbour and what it is made of, or between «bolted to» and it.
_GAP = 4
#: Where the sentence ends in which a material stands.
_ENDS = re.compile(r"[.!?;\n]|,\s")
#: Grades of stainless steel, which are read as bare numbers.
_GRADES = (304, 316, 304.0, 316.0)


def leave_neighbours(turn: Turn) -> None:
    """Take the materials of neighbours out of what the message names."""
    found = [each for each in turn.said("foreign_material") if _of_neighbour(turn, each)]
    if not found:
        return
    kept = [each for each in turn.entities if each not in found]
    turn.entities = [each for each in kept if not (each["entity"] == "number" and each["value"] in _GRADES)]


def _of_neighbour(turn: Turn, material: Entity) -> bool:
    said, text = words("advice"), turn.text
    start, end = int(material.get("start", 0)), int(material.get("end", 0))
    begins = max((each.end() for each in _ENDS.finditer(text, 0, start)), default=0)
    ends = next((each.start() for each in _ENDS.finditer(text, end)), len(text))
    sentence, ahead = text[begins:ends], text[begins:start]
    touches = said.ends_near(ahead, "touches", _GAP)
    part = said.ends_near(ahead, "neighbour", _GAP) or said.begins_near(text[end:ends], "neighbour", 1)
    if said.says(sentence, "to_cast"):
        # «Can you cast a bush for a steel shaft?»: only what the casting stands against is none of its own.
        return part and (touches or said.near(sentence, "against", "neighbour", _GAP))
    if part or touches:
        return not turn.said("quantity") or touches or said.near(sentence, "against", "neighbour", _GAP)
    # «The other two are newer, and of steel»: a statement, where the metal of the casting is known.
    was = said.says(sentence, "others")
    return was and "?" not in sentence and bool(turn.about("alloy", "alloy_group"))
