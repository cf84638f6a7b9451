"""The weight of a part whose measures were told and whose weight was not: a line of the request, marked as estimated."""

from actions.alloys.request import Metal, own_metal
from actions.alloys.weight import kilograms, of_metal
from actions.form.answers import Answer, Answers
from actions.form.typed import SizeAnswer
from actions.turns.shapes import Shape
from actions.turns.turn import Turn
from actions.turns.words import words

_LINE = "utter_line_weight_estimated"


def estimate_weight(turn: Turn, answers: Answers) -> None:
    """Put the estimate where no weight was told, and renew it with the alloy and the measures; take it back where it cannot be reckoned.

    Only a tube and a plate are reckoned: of any other part the measures tell its outline, and not what is in it.
    """
    stood = answers.get("weight")
    estimated = stood is not None and str(stood.reply).startswith(_LINE)
    if stood is not None and not estimated and (stood.value is not None or stood.reply):
        return
    line = _line(turn, answers)
    if line is not None:
        answers["weight"] = line
    elif estimated:
        del answers["weight"]


def _line(turn: Turn, answers: Answers) -> Answer | None:
    size = answers.get("size")
    shape = Shape.load(size.shape) if isinstance(size, SizeAnswer) else None
    thing = f"{answers.value('part') or ''} {size.value if size else ''}"
    plain = shape is not None and (bool(shape.inner) or (shape.sides and words("measures").says(thing, "plate")))
    metal = own_metal(turn, answers.dump())
    if shape is None or not plain or not shape.volume or not metal or _several(metal):
        return None
    density = of_metal(turn, metal)[0]
    figures = {name: each for name, each in kilograms(shape.volume, density).items() if "density" not in name}
    return Answer(None, f"utter_line_weight_estimated{density.ending}", vague=True).but(metal=density.name, **figures)


def _several(metal: Metal) -> bool:
    """Whether parts of several alloys are asked for: no one weight holds for them."""
    return len(metal.alloys) > 1
