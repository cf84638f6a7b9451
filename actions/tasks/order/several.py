"""Several parts in one wish, each with its pieces: «10 FP-2040 og 20 FP-2041», «40 each of the hubs and the fittings»."""

from dataclasses import dataclass
from itertools import pairwise

from sqlalchemy import Engine

from actions.production.identity import Identity
from actions.production.promise_parts import Part, named, parts_of
from actions.tasks.order.answers import MorePart
from actions.tasks.order.names import parts_named
from actions.tasks.order.reading import counted
from actions.turns.question_words import asks
from actions.turns.turn import Turn


def several_in(engine: Engine, identity: Identity, turn: Turn) -> list[MorePart]:
    """The parts of a message with the pieces of each; empty unless there are several and it is clear which is which.

    Raises SQLAlchemyError.
    """
    places = _places(engine, identity, turn)
    pieces = [(int(each.get("start", 0)), int(each["value"])) for each in counted(turn)]
    if len(places) < 2:
        return []
    if len(pieces) == 1 and asks(turn.text, "each"):
        return [_more(each, pieces[0][1]) for each in places]
    if len(pieces) != len(places) or not _alternate([each.start for each in places], [start for start, _ in pieces]):
        return []
    return [_more(each, quantity) for each, (_, quantity) in zip(places, pieces, strict=True)]


@dataclass(frozen=True)
class _Place:
    """Where a message names a part, and the revision it names with it."""

    start: int
    part: Part
    revision: str | None = None


def _places(engine: Engine, identity: Identity, turn: Turn) -> list[_Place]:
    parts = parts_of(engine, identity)
    found = [_Place(each.start, each.part) for each in parts_named(parts, turn.text, nouns_too=True)]
    for entity in turn.said("part_no", "drawing_no"):
        start, revision = int(entity.get("start", 0)), entity.get("revision")
        found += [_Place(start, part, revision) for part in named(parts, [str(entity["value"])])[:1]]
    if len({each.start for each in found}) < len(found):
        return []  # A noun that several parts share: which is asked about.
    first: dict[str, _Place] = {}
    for place in sorted(found, key=lambda each: each.start):
        first.setdefault(place.part.row["product_id"], place)
    return list(first.values())


def _alternate(parts: list[int], pieces: list[int]) -> bool:
    """Whether pieces and parts take turns, whichever comes first."""
    order = [kind for _, kind in sorted([(start, "part") for start in parts] + [(start, "pieces") for start in pieces])]
    return all(one != other for one, other in pairwise(order))


def _more(place: _Place, quantity: int) -> MorePart:
    part = place.part
    return {"product_id": part.row["product_id"], "number": part.number, "quantity": quantity, "asked": place.revision}
