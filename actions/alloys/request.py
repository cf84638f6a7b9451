"""What the request in progress is of: its own alloy or family, and the use that was told. A question in its midst is put to that."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.alloys.subject import earlier, sure
from actions.production.alloy_names import key
from actions.production.catalogue import Alloy, catalogue
from actions.production.recommendation import recommendations
from actions.turns.turn import Turn
from bot.common.replies import replies

#: The common ground's name for what the customer told of the part and where it works.
TOLD_USE = "told_use"
#: The answer of a request that names environments, and that of its metal.
_USE, _METAL = "application", "alloy"


@dataclass(frozen=True)
class Metal:
    """What a part is to be cast in: alloys, or the ``options`` of a name of several."""

    alloys: tuple[Alloy, ...] = ()
    options: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.alloys or self.options)

    @property
    def members(self) -> list[Alloy]:
        """All alloys it may be."""
        return list(self.alloys) or [catalogue()[each] for each in self.options]

    @property
    def family(self) -> str | None:
        """``aluminium`` or ``copper``; None where it is neither one of them alone."""
        families = {alloy.family for alloy in self.members}
        return families.pop() if len(families) == 1 else None


def own_metal(turn: Turn, told: Mapping[str, Any] | None = None) -> Metal:
    """The metal of the request that runs, or was sent last; ``told``: its answers as they stand within this message."""
    told = turn.told_in_request if told is None else told
    answer = told.get(_METAL) or {}
    named = [catalogue()[each] for each in str(answer.get("value") or "").split(" / ") if each in catalogue()]
    named = named or _of_lines(told)
    if named:
        return Metal(tuple(named))
    return Metal(options=options_of(str(answer["title"]))) if answer.get("title") else Metal()


def _of_lines(told: Mapping[str, Any]) -> list[Alloy]:
    """The alloys of a request for several parts, each line with its own."""
    items = (told.get("part") or {}).get("items") or []
    return list(dict.fromkeys(catalogue()[each["alloy"]] for each in items if each.get("alloy") in catalogue()))


def options_of(name: str) -> tuple[str, ...]:
    """The alloys that a name of several means, in the customer's words or in ours; empty for another name."""
    wanted = key(name)
    found: list[tuple[int, Sequence[str]]] = []
    for group, content in catalogue().groups.items():
        ours = [terms[f"alloy_group.{group}"] for terms in replies().terms.values()]
        for each in (*content["names"], *ours):
            plain = key(each.rstrip("*"))
            if wanted == plain or (each.endswith("*") and wanted.startswith(plain)):
                found.append((len(plain), content["options"]))
    return tuple(max(found, key=lambda each: each[0])[1]) if found else ()


def metal_at_hand(turn: Turn) -> Metal:
    """The metal of the request, or else the one the talk is about."""
    own = own_metal(turn)
    if own:
        return own
    talked_of = earlier(turn)
    groups = turn.before.about("alloy_group")
    return (
        Metal(tuple(talked_of)) if talked_of else Metal(options=tuple(groups[0].get("options", ())) if groups else ())
    )


def note_use(turn: Turn) -> None:
    """Keep what a message states of the part and where it works: another part takes the place of the one before."""
    stated = [each for each in turn.reading.clauses if not each.asks]
    told = [
        str(each["value"])
        for each in turn.said(_USE)
        if any(clause.start <= each.get("start", -1) < clause.end for clause in stated)
    ]
    if not told:
        return
    parts = recommendations().parts
    stays = [each for each in told_uses(turn) if not (set(told) & parts and each in parts)]
    turn.ground.note(TOLD_USE, [{"entity": TOLD_USE, "value": each} for each in dict.fromkeys([*stays, *told])])


def told_uses(turn: Turn) -> list[str]:
    """What the customer told of the part and where it works, in the talk and in the request."""
    codes = (turn.told_in_request.get(_USE) or {}).get("codes") or []
    return list(dict.fromkeys([*(str(each["value"]) for each in turn.ground.about(TOLD_USE)), *map(str, codes)]))


def usual_of(options: Sequence[str], needs: Sequence[str]) -> Alloy:
    """Of the alloys that one name means, the one that is proposed for the needs; without one, the one proposed most."""
    table = recommendations()
    fitting = [each.alloy for each in table.choose(needs) if each.alloy.designation in options] if needs else []
    proposals = [each.alloy.designation for entry in table.entries for each in entry.candidates]
    return fitting[0] if fitting else catalogue()[max(options, key=proposals.count)]


def last_named(turn: Turn) -> Alloy | None:
    """The alloy named last in the talk that is not the request's own: «does that one last longer?»"""
    own = {alloy.designation for alloy in own_metal(turn).alloys}
    groups = [tuple(each.get("options", ())) for each in turn.before.about("alloy_group")]
    strange = [each for each in groups if each and not own & set(each)]
    said = sure(turn.said("alloy")) or earlier(turn)
    named = next((alloy for alloy in said if alloy.designation not in own), None)
    if named:
        return named
    return usual_of(strange[0], told_uses(turn)) if strange else None


def pair_in_request(turn: Turn) -> tuple[Alloy, Alloy] | None:
    """The request's own alloy and the one it is set against: the one named, or the last that was talked of. None without both."""
    said, groups = sure(turn.said("alloy")), turn.said("alloy_group")
    if not turn.slot("question") or len(said) > 1 or len(groups) > 1 or (said and groups):
        return None
    needs = told_uses(turn)
    grouped = usual_of(groups[0]["options"], needs) if groups and groups[0].get("options") else None
    other = said[0] if said else grouped or last_named(turn)
    own = own_metal(turn)
    if other is None or not own:
        return None
    bases = list(own.alloys) or _of_options(own, needs, other)
    bases = sorted((each for each in bases if each != other), key=lambda each: each.family != other.family)
    return (bases[0], other) if bases else None


def _of_options(own: Metal, needs: Sequence[str], other: Alloy) -> list[Alloy]:
    """What a name of several stands for beside another alloy: its usual one, or the one proposed for the needs where the other is one of them."""
    if other.designation not in own.options:
        return [usual_of(own.options, needs)]
    return [each.alloy for each in recommendations().choose(needs, (), own.family)] if needs else []
