"""One line of a list, and the pieces of one lot: «no, 12 in May»."""

import re
from collections.abc import Iterator

from actions.form.line_edits import edited
from actions.form.line_names import mentions
from actions.form.lines import Item
from actions.form.lots import Lot
from actions.form.pieces import asked_in
from actions.form.righting.figures import number_of
from actions.form.righting.pairs import Pair
from actions.form.righting.standing import Righted, Standing
from actions.form.righting.wording import says_nothing_more
from actions.form.shared import list_of_parts
from actions.form.typed import PartAnswer, QuantityAnswer
from actions.turns.words import blanked
from bot.common.spans import time_of


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


def of_a_lot(standing: Standing) -> Righted | None:
    """Put right the pieces of the one lot that comes then: «no, 12 in May» of 10 in April and 10 in May."""
    turn, known = standing.turn, standing.answers.get("quantity")
    said = [each for each in turn.entities if each["entity"] not in ("language", "share")]
    counts = [each for each in turn.said("quantity", "number", "share") if "start" in each]
    times = [each for each in said if each["entity"] in ("date", "week")]
    if not isinstance(known, QuantityAnswer) or len(counts) != 1 or len(times) != 1:
        return None
    having = [each for each in known.lots if each["delivery"] == time_of(times[0])]
    spans = [(int(each["start"]), int(each["end"])) for each in (*counts, *times)]
    rest = blanked(turn.text, spans)
    if len(having) != 1 or asked_in(turn.text, spans[0][0]) or not says_nothing_more(rest):
        return None
    new = turn.text[spans[0][0] : spans[0][1]]
    fresh = _lots_with(known, having[0], int(counts[0]["value"]), new)
    return Righted("quantity", fresh, 0, len(turn.text), known)


def other_lot(answer: QuantityAnswer, old: float | None, new: float | None) -> QuantityAnswer | None:
    """Give the pieces another number in the one lot that has the old one."""
    having = [each for each in answer.lots if each["quantity"] == old]
    if len(having) != 1 or new is None or not new.is_integer() or old == answer.value:
        return None
    return _lots_with(answer, having[0], int(new), f"{new:g}")


def _lots_with(answer: QuantityAnswer, lot: Lot, pieces: int, written: str) -> QuantityAnswer:
    """The pieces with another number of them in one lot."""
    text = re.sub(rf"\b{lot['quantity']}\b", written, lot["text"])
    fresh = Lot(quantity=pieces, delivery=lot["delivery"], text=text)
    lots = [fresh if each is lot else each for each in answer.lots]
    return answer.but(value=sum(each["quantity"] for each in lots), lots=lots, texts=[each["text"] for each in lots])
