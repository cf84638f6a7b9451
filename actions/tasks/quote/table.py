"""A table of parts, pasted or in a file: its lines taken into the request, shown to be checked, with what could not be read.

The engine has read the cells; here what is not cast by us is refused and left out, and the rest stands as any list of parts does.
"""

from collections.abc import Sequence
from typing import Any

from actions.form.answers import Answer, Answers, line
from actions.form.lines import Item
from actions.form.typed import PartAnswer, QuantityAnswer, SizeAnswer, WeightAnswer, sides
from actions.production.catalogue import catalogue
from actions.turns.cards import table_card, word
from actions.turns.reading import revised
from actions.turns.turn import Turn
from bot.common.spans import is_span

#: The columns of the card, each with its heading and the names of an item that fill it.
COLUMNS = {
    "number": (word("column_line_number"), ()),
    "part": (word("column_line_part"), ("part",)),
    "own_number": (word("column_line_own_number"), ("part_no",)),
    "drawing": (word("column_line_drawing"), ("drawing_no",)),
    "alloy": (word("column_line_alloy"), ("alloy", "metal")),
    "quantity": (word("column_line_quantity"), ("quantity", "breaks")),
    "weight": (word("column_line_weight"), ("weight",)),
    "delivery": (word("column_line_delivery"), ("delivery",)),
}
#: The values that are asked about when they were not read.
_UNREAD = ("alloy", "quantity", "weight", "delivery")


def say_left_out(turn: Turn, refused: Sequence[Item]) -> None:
    """Refuse aloud what is of a metal that is not cast here: the request goes on without it."""
    for item in refused:
        turn.say("utter_quote_line_left_out", text=item["text"], material=f"material.{item['foreign']}")


def say_unread(turn: Turn, known: Sequence[Item], first: int, left: int) -> None:
    """Show what could not be read, by line, as it was written; and how many lines were too many."""
    for number, item in enumerate(known, 1):
        unread = item.get("unread") or {}
        if number >= first and unread:
            for name in [name for name in unread if name in _UNREAD]:
                turn.say("utter_quote_cell_unread", number=number, what=f"question.{name}", text=unread[name])
    if left:
        turn.say("utter_quote_table_cut", count=left)


def show_lines(turn: Turn, known: Sequence[Item]) -> None:
    """Lay the lines out as a table to be checked: only the columns that some line fills."""
    used = [name for name, (_, keys) in COLUMNS.items() if not keys or any(_filled(each, keys) for each in known)]
    heads = [COLUMNS[name][0] for name in used]
    rows = [[str(number), *(_cell(each, name) for name in used[1:])] for number, each in enumerate(known, 1)]
    turn.show(table_card(word("lines_of_request"), heads, rows))


def _filled(item: Item, keys: Sequence[str]) -> bool:
    return any(key in item or key in (item.get("unread") or {}) for key in keys)


def _cell(item: Item, column: str) -> Any:
    """A cell as the customer wrote it; what was not read is marked."""
    unread = (item.get("unread") or {}).get(column)
    if unread:
        return word("unread", text=unread)
    said = item.get("said") or {}
    if column == "part":
        return item.get("part", "")
    if column == "drawing":
        return revised(said.get("drawing_no", item.get("drawing_no", "")), item.get("revision"))
    return said.get("part_no" if column == "own_number" else column, "").removesuffix(" ×")


def put_single(answers: Answers, item: Item) -> list[str]:
    """One line alone as the answers of a request for one part; the questions it answers."""
    taken = _single_answers(item)
    for name, answer in taken.items():
        answers[name] = answer
    return list(taken)


def _single_answers(item: Item) -> Answers:
    found = Answers()
    found["part"] = PartAnswer(item.get("part") or item["text"], "utter_line_part")
    if "breaks" in item:
        found["quantity"] = _breaks(item["breaks"])
    elif "quantity" in item:
        found["quantity"] = QuantityAnswer(item["quantity"], "utter_line_quantity")
    if "weight" in item:
        finished = item.get("finished")
        reply = "utter_line_weight_both" if finished else "utter_line_weight"
        found["weight"] = WeightAnswer(item["weight"], reply, finished=finished)
    if item.get("alloy") in catalogue():
        alloy = line("alloy", item["alloy"], title=catalogue()[item["alloy"]].title)
        temper = item.get("temper")
        found["alloy"] = alloy.but(reply="utter_line_alloy_temper", temper=temper) if temper else alloy
    if "drawing_no" in item:
        found["drawing"] = line("drawing", revised(item["drawing_no"], item.get("revision")))
    if "dimensions" in item:
        found["size"] = SizeAnswer(sides(item["dimensions"]), "utter_line_size_mm", mm=item["dimensions"])
    if "delivery" in item:
        found["delivery"] = _delivery(item["delivery"])
    if "yearly" in item:
        found["yearly"] = line("yearly", item["yearly"])
    return found


def _delivery(time: str) -> Answer:
    """A week, or a day or a stretch of days."""
    week = "W" in time and not is_span(time)
    return line("delivery", time, "utter_line_delivery_week" if week else "utter_line_delivery_date")


def _breaks(pieces: Sequence[int]) -> QuantityAnswer:
    """Price breaks: each number is to be priced by itself."""
    return QuantityAnswer(pieces[0], "utter_line_quantity_alternatives").but(texts=[f"{each:g}" for each in pieces])
