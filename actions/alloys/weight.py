"""What a part weighs by its told measures: an estimate with its arithmetic, in the metal it is to be cast in or the one asked about."""

from collections.abc import Sequence

from actions.alloys.asked import asks_heavier
from actions.alloys.density import Density, density_of, density_of_group
from actions.alloys.heavier import say_heavier
from actions.alloys.request import Metal, metal_at_hand, told_uses, usual_of
from actions.alloys.subject import sure
from actions.production.catalogue import catalogue
from actions.production.recommendation import recommendations
from actions.turns.handler import Handler
from actions.turns.shapes import Shape
from actions.turns.turn import Turn

WEIGHT = "part_weight"
#: Where no metal is told, an estimate is for both that are cast here.
_METALS = ("bronze", "aluminium")


class PartWeight(Handler):
    """Reckons with the measures told; without them says which are missing, or compares metals by their density."""

    intent = WEIGHT
    uses = ("alloy", "alloy_group", "dimensions")

    async def answer(self, turn: Turn) -> None:
        """The estimate, or what it needs."""
        if asks_heavier(turn.text) and say_heavier(turn):
            turn.remember(self.intent, self.uses)
            return
        densities = densities_meant(turn)
        shape = shape_told(turn)
        known = turn.told_in_request.get("weight") or {}
        if shape and shape.volume:
            _estimate(turn, shape, densities)
        elif isinstance(known.get("value"), (int, float)) and not known.get("total"):
            _from_known(turn, float(known["value"]), densities)
        elif shape and shape.lacks:
            turn.say(f"utter_weight_lacks_{shape.lacks}")
        else:
            _by_density(turn, densities)


def shape_told(turn: Turn) -> Shape | None:
    """The shape that the message, the request or the talk tells."""
    for told in (turn.said("dimensions"), [turn.told_in_request.get("size") or {}], turn.ground.about("dimensions")):
        shapes = [found for each in told if (found := Shape.load(each.get("shape"))) is not None]
        if shapes:
            whole = shapes[0]
            for other in shapes[1:]:
                whole = whole.with_other(other)
            return whole
    return None


def densities_meant(turn: Turn) -> list[Density]:
    """The densities to reckon with: of the metal named, of that at hand, or of both families."""
    # «What if five of them were in AB2, how much heavier?» names it in front of the question.
    named_ahead = [] if turn.said("alloy", "alloy_group") else turn.reading.whole.entities
    said = sure([*turn.said("alloy"), *named_ahead])
    groups = [*turn.said("alloy_group"), *(each for each in named_ahead if each["entity"] == "alloy_group")]
    if said or groups:
        named = [density_of(each) for each in said]
        return [
            *named,
            *(density_of_group(turn, tuple(each.get("options", ())), str(each["value"])) for each in groups),
        ]
    at_hand = metal_at_hand(turn)
    return of_metal(turn, at_hand) if at_hand else [_usual_of_group(turn, each) for each in _METALS]


def of_metal(turn: Turn, metal: Metal) -> list[Density]:
    """The densities of a metal at hand."""
    if metal.alloys:
        return [density_of(each) for each in metal.alloys]
    name = _group_name(metal.options)
    return [
        density_of_group(turn, metal.options, name) if name else density_of(usual_of(metal.options, told_uses(turn)))
    ]


def _group_name(options: Sequence[str]) -> str | None:
    """The group that these are the alloys of."""
    return next((name for name, each in catalogue().groups.items() if set(each["options"]) == set(options)), None)


def _usual_of_group(turn: Turn, group: str) -> Density:
    """What those of a group weigh that are melted every week."""
    options = catalogue().groups[group]["options"]
    return density_of_group(
        turn, [each for each in options if not recommendations().campaign(catalogue()[each])], group
    )


def _estimate(turn: Turn, shape: Shape, densities: Sequence[Density]) -> None:
    assert shape.volume
    for density in densities:
        turn.say(f"utter_weight_estimate{density.ending}", name=density.name, **kilograms(shape.volume, density))
    turn.say(f"utter_weight_reckoned_{kind_of(shape)}", volume=_rounded(shape.volume), **measures_of(shape))
    turn.say("utter_weight_as_cast_beside" if shape.beside else "utter_weight_as_cast", join=" ")


def kilograms(volume: float, density: Density) -> dict[str, float]:
    """The weights of a volume (dm³), rounded as an estimate is, with the densities."""
    if density.one:
        middle = (density.low + density.high) / 2
        return {"kg": _rounded(volume * middle), "density": round(middle, 1)}
    return {
        "low": _rounded(volume * density.low), "high": _rounded(volume * density.high),
        "density_low": round(density.low, 1), "density_high": round(density.high, 1),
    }  # fmt: skip


def kind_of(shape: Shape) -> str:
    """``block``, ``tube`` or ``round``."""
    return "block" if shape.sides else "tube" if shape.inner else "round"


def measures_of(shape: Shape) -> dict[str, float]:
    """The measures of a shape that its arithmetic shows, mm."""
    if shape.sides:
        return dict(zip(("a", "b", "c"), shape.sides, strict=True))
    found = {"outer": shape.outer, "inner": shape.inner, "length": shape.length}
    return {name: each for name, each in found.items() if each}


def _rounded(figure: float) -> float:
    """A figure as an estimate tells it: two digits, and a tenth below a hundred."""
    return round(figure, 2) if figure < 1 else round(figure, 1) if figure < 100 else float(round(figure))


def _from_known(turn: Turn, kg: float, densities: Sequence[Density]) -> None:
    """The weight that was told, and what the same part would weigh in another metal."""
    own = of_metal(turn, metal_at_hand(turn)) if metal_at_hand(turn) else []
    base = own[0] if own else None
    turn.say("utter_weight_told", kg=kg)
    for density in densities:
        if base is None or density == base or not base.one:
            continue
        kilos = kilograms(kg / base.low, density)
        turn.say(f"utter_weight_estimate{density.ending}", name=density.name, **kilos)


def _by_density(turn: Turn, densities: Sequence[Density]) -> None:
    """Which measures an estimate needs, and what the metals weigh."""
    turn.say("utter_weight_needs")
    for density in densities:
        figures = {name: each for name, each in kilograms(1.0, density).items() if "density" in name}
        name = density.name[:1].upper() + density.name[1:]
        turn.say(f"utter_weight_density{density.ending}", name=name, **figures)
