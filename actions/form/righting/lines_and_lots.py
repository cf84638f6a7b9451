"""One line of a list, and the lots of a division: where a message tells it, and the pieces of one lot."""

from collections.abc import Iterator

from actions.form.line_edits import edited
from actions.form.line_names import mentions
from actions.form.lines import Item
from actions.form.lots import Division, Lot, with_pieces
from actions.form.pieces import Piece, pieces
from actions.form.righting.figures import number_of
from actions.form.righting.pairs import Pair
from actions.form.righting.standing import Righted, Standing
from actions.form.shared import list_of_parts
from actions.form.typed import PartAnswer, QuantityAnswer
from actions.form.words import closes, find
from actions.turns.turn import Turn

#: So many words beside a division only ask for it.
_FEW = 7


def held_by_lines(standing: Standing, pair: Pair) -> Iterator[Righted]:
    """Put right a figure of one line of a list: of the line that is named, else of the only one that has it."""
    part = standing.answers.get("part")
    known = part.items if isinstance(part, PartAnswer) else []
    old = number_of(pair.old)
    if part is None or not known or old is None:
        return
    named = {line for each in mentions(standing.turn.text, [one["text"] for one in known]) for line in each.lines}
    having = [
        (at, key) for at, each in enumerate(known, 1) for key in ("quantity", "weight")
        if number_of(each.get(key)) == old and (not named or at in named)
    ]  # fmt: skip
    new = number_of(pair.new)
    if len(having) != 1 or new is None or new in named:
        # «50 on line 1, not 40»: the number beside the denial is that of the line.
        return
    at, key = having[0]
    if key == "quantity":
        values = Item(quantity=int(new), said={key: pair.new})
    else:
        values = Item(weight=new, said={key: f"{pair.new} kg"})
    item = edited(known, {"number": at, "values": values})
    yield Righted("part", list_of_parts(item), pair.start, pair.end, part, line=at)


def other_lot(answer: QuantityAnswer, old: float | None, new: float | None) -> QuantityAnswer | None:
    """Give the pieces another number in the one lot that has the old one."""
    having = [each for each in answer.lots if each["quantity"] == old]
    if len(having) != 1 or new is None or not new.is_integer() or old == answer.value:
        return None
    fresh = with_pieces(having[0], int(new))
    return in_lots(answer, [fresh if each is having[0] else each for each in answer.lots])


def in_lots(answer: QuantityAnswer, lots: list[Lot]) -> QuantityAnswer:
    """The pieces divided into lots."""
    total = sum(each["quantity"] for each in lots)
    texts = [each["text"] for each in lots]
    return answer.but(value=total, reply="utter_line_quantity_lots", lots=lots, texts=texts, deliveries=None)


def around(turn: Turn, found: Division) -> tuple[int, int]:
    """The stretch of a message that tells a division: the pieces of it that tell nothing else, and the words beside it that only ask for it."""
    start, end = found.start, found.end
    every = pieces(turn.text, joints=False)
    touched = [at for at, each in enumerate(every) if each.start < end and each.end > start]
    first, last = (touched[0], touched[-1]) if touched else (0, -1)
    while first > 0 and _only_asks_for_it(turn, every[first - 1]):
        first -= 1
    while touched and last + 1 < len(every) and _only_asks_for_it(turn, every[last + 1]):
        last += 1
    for each in every[first : last + 1]:
        inside = [one for one in turn.entities if each.holds(one) and one["entity"] not in ("language", "share")]
        # «Forget the 64, back to 60»: what is taken back belongs to it.
        inside = [one for one in inside if not closes(turn.text[: int(one["start"])], "negated", "forget_that")]
        if all(start <= int(one["start"]) < end for one in inside):
            start, end = min(start, each.start), max(end, each.end)
    return start, end


def _only_asks_for_it(turn: Turn, piece: Piece) -> bool:
    """«Can you split it», «is that possible?»"""
    told = [each for each in turn.entities if each["entity"] != "language" and piece.holds(each)]
    few = len(piece.text.split()) <= _FEW and not told
    return few and bool(find(piece.text, "divides", "lots_asked"))
