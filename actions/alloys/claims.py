"""What somebody takes an alloy for: «RG5 is an aluminium, right?», «er ikke AB2 en messing?»"""

import re

from actions.alloys.subject import earlier, named, sure
from actions.production.catalogue import Alloy, catalogue
from actions.turns.turn import Turn
from actions.turns.words import words

#: Groups that are a whole family of metals.
FAMILIES = {"aluminium": "aluminium", "copper alloy": "copper"}
#: So many letters before the alloy «is» may stand: «isn't RG5 a brass?»
AHEAD = 12


def say_claim(turn: Turn) -> bool:
    """Say whether an alloy is of the kind it was taken for, and of which it is. False when nobody takes it for anything."""
    groups = turn.said("alloy_group")
    alloy = _taken(turn, groups[0]["start"]) if len(groups) == 1 else None
    if alloy is None:
        return False
    kind = str(groups[0]["value"])
    turn.remember("alloy_property", ("alloy",), alloy_group=[])
    values = {"alloy": alloy.label, "group": f"alloy_group.{kind}", "kind": f"alloy_group.{_kind(alloy)}"}
    if alloy.designation in groups[0].get("options", ()) or FAMILIES.get(kind) == alloy.family:
        turn.say("utter_claim_right", **values)
    elif kind in FAMILIES or _family(kind) != alloy.family or _kind(alloy) not in FAMILIES:
        turn.say("utter_claim_wrong", **values)
    else:
        turn.say("utter_claim_unsure", **values)
    return True


def _taken(turn: Turn, group: int) -> Alloy | None:
    """The alloy that is taken for one of a kind: named before it, or the one talked of («is that an aluminium?»)."""
    said = named(turn, "alloy")
    if len(said) == 1 and not said[0].get("near") and _is_one(turn.text, said[0]["start"], said[0]["end"], group):
        return next(iter(sure(said)), None)
    talked_of, ahead = earlier(turn), turn.text[:group]
    if said or len(talked_of) != 1 or not words("alloys").says(ahead, "is") or not words("alloys").says(ahead, "it"):
        return None
    left = ahead
    for meaning in ("beside_is", "is", "it"):
        left = words("alloys").without(left, meaning)
    return None if re.search(r"\w", left) else talked_of[0]


def _is_one(text: str, start: int, end: int, group: int) -> bool:
    """Whether the words join alloy and kind as «is a» does, and not as «or» and «better than» do."""
    between = text[end:group] if end <= group else ""
    says = words("alloys").says(f"{text[:start].rpartition('.')[2][-AHEAD:]} {between}", "is")
    left = words("alloys").without(words("alloys").without(between, "beside_is"), "is")
    return bool(between) and says and not re.search(r"\w", left)


def _kind(alloy: Alloy) -> str:
    """The narrowest kind an alloy is counted among by name, else its family."""
    found = [name for name, group in catalogue().groups.items() if alloy.designation in group["options"]]
    narrow = [name for name in found if name not in (*FAMILIES, "356", "bronze", "copper")]
    family = next(name for name, family in FAMILIES.items() if family == alloy.family)
    return min(narrow, key=lambda name: len(catalogue().groups[name]["options"]), default=family)


def _family(kind: str) -> str:
    return catalogue()[catalogue().groups[kind]["options"][0]].family
