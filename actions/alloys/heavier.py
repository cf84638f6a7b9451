"""How much heavier or lighter the same part is in another metal: by the densities, and in kilograms where a weight was told."""

from collections.abc import Iterator, Sequence

from actions.alloys.density import Density, density_of, density_of_group
from actions.alloys.request import own_metal
from actions.alloys.subject import sure
from actions.production.catalogue import Alloy, catalogue
from actions.turns.reading import Entity
from actions.turns.turn import Turn

#: From so many times the weight on it is told in times, and below that in hundredths.
_TIMES = 1.5
#: Densities that differ by less than this share are told as the same.
_ALIKE = 0.02


def say_heavier(turn: Turn) -> bool:
    """Say what the same part weighs in the one metal against the other; False where there are not two."""
    pair = _pair(turn)
    if pair is None:
        return False
    base, other = pair
    factor = _middle(other) / _middle(base)
    figures = {
        "name": other.name[:1].upper() + other.name[1:], "base": base.name,
        "density": round(_middle(other), 1), "density_base": round(_middle(base), 1),
    }  # fmt: skip
    if abs(factor - 1) < _ALIKE:
        turn.say("utter_heavier_same", **figures)
    elif factor >= _TIMES:
        turn.say("utter_heavier_times", times=round(factor, 1), **figures)
    elif factor > 1:
        turn.say("utter_heavier_more", share=round((factor - 1) * 100), **figures)
    else:
        turn.say("utter_heavier_less", share=round((1 - factor) * 100), **figures)
    kg = _weight(turn)
    if kg:
        turn.say("utter_heavier_kg", join=" ", kg=kg, other=_rounded(kg * factor))
    return True


def _pair(turn: Turn) -> tuple[Density, Density] | None:
    """The metal that is there, and the one it is set against.

    Two that are named stand in their order; one that is named with a weight is the one that is there («1.8 kg in aluminium, how
    much heavier is it?»), and any other is set against what is there.
    """
    named = _named(turn, [*turn.reading.whole.entities])
    if len(named) > 1:
        return named[0], named[1]
    known = [each for each in _talked_of(turn) if not named or not _alike(each, named[0])]
    if named and known:
        weighed = turn.reading.whole.says("weight")
        return (named[0], known[0]) if weighed else (known[0], named[0])
    return (known[1], known[0]) if len(known) > 1 else None


def _named(turn: Turn, entities: Sequence[Entity]) -> list[Density]:
    """The metals that a message names, in its order."""
    found: list[Density] = []
    for each in sorted(entities, key=lambda one: int(one.get("start", 0))):
        if each["entity"] == "alloy_group":
            density = density_of_group(turn, tuple(each.get("options", ())), str(each["value"]))
        elif each["entity"] == "alloy" and (alloys := sure([each])):
            density = density_of(alloys[0])
        else:
            continue
        found += [] if any(_alike(density, other) for other in found) else [density]
    return found


def _talked_of(turn: Turn) -> list[Density]:
    """The metals of the talk and of the request, the latest first, each once."""
    found: list[Density] = []
    for density in _lately(turn):
        found += [] if any(_alike(density, other) for other in found) else [density]
    return found


def _lately(turn: Turn) -> Iterator[Density]:
    before = turn.before
    alloy_at, group_at = before.since("alloy") or 0, before.since("alloy_group") or 0
    for each in before.about("alloy_group") if group_at >= alloy_at else ():
        yield density_of_group(turn, tuple(each.get("options", ())), str(each["value"]))
    yield from map(density_of, _alloys(before.recent("alloy")))
    yield from map(density_of, own_metal(turn).alloys)


def _alloys(names: Sequence[str]) -> list[Alloy]:
    return [catalogue()[each] for each in names if each in catalogue()]


def _alike(one: Density, other: Density) -> bool:
    """Whether two mean the same metal, or one is a name the other may have."""
    return one.name == other.name or (one.low <= other.high and other.low <= one.high)


def _weight(turn: Turn) -> float | None:
    """Kilograms of one part as they were told."""
    told = [each for each in turn.reading.whole.entities if each["entity"] == "weight"] or turn.before.about("weight")
    figures = [each for each in told if each.get("per") != "total" and not {"bad", "ask"} & each.keys()]
    answer = turn.told_in_request.get("weight") or {}
    if figures:
        return float(figures[0]["value"])
    return float(answer["value"]) if isinstance(answer.get("value"), (int, float)) and not answer.get("total") else None


def _middle(density: Density) -> float:
    return (density.low + density.high) / 2


def _rounded(kg: float) -> float:
    """Kilograms as an estimate tells them."""
    return round(kg, 1) if kg < 10 else float(round(kg))
