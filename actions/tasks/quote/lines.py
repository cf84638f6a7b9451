"""Several parts in one request: lines corrected, struck out and added by what a message says of them."""

from dataclasses import replace

from actions.form.answers import Answer, Answers, Reading, line, note
from actions.form.line_edits import edited, edits, names_line
from actions.form.lines import MOST_ITEMS, Item, item_in, items, listed
from actions.form.lot_lines import UNEQUAL, lots_asked, note_unequal, settled_lots
from actions.form.lots import Division, Lot, Unequal, deliveries, divided, lots
from actions.form.pieces import about, joined, narrowed, pieces
from actions.form.question import Question
from actions.form.righting.lines_and_lots import in_lots
from actions.form.shared import DELIVERY, DRAWING, PART, QUANTITY, list_of_parts
from actions.form.shares import total_told
from actions.form.task import LINES
from actions.form.text import MAX_TEXT, announces_file, asks_something, described_part
from actions.form.typed import PartAnswer, QuantityAnswer, WeightAnswer
from actions.form.words import find, opens
from actions.production.catalogue import catalogue
from actions.tasks.quote.table import put_single, say_left_out, say_unread, show_lines
from actions.turns.turn import Turn

#: The note in how many deliveries the pieces are wanted, while nobody has said how many pieces.
SPLIT = "split"
#: What a list answers for each of its parts.
_LISTED = ("quantity", "alloy", "weight", "drawing", "delivery")


def take_lines(turn: Turn, answers: Answers) -> list[str]:
    """What a message says of lines: each change is said with the line as it is now."""
    part = answers.get("part")
    if turn.table:
        return _take_table(turn, answers)
    if not asks_something(turn):
        say_left_out(turn, listed(turn)[1])
    if part is None or (asks_something(turn) and not _wishes(turn)):
        return []
    if items(turn) and not edits(turn, _items(part)):
        return _merge(turn, answers, items(turn)) if isinstance(part, PartAnswer) and part.items else []
    added = another_part(turn)
    if added and part.value:
        known = part.items if isinstance(part, PartAnswer) and part.items else [_single(answers)]
        return _store(turn, answers, [*known, added], len(known) + 1)
    return _edit(turn, answers)


def _take_table(turn: Turn, answers: Answers) -> list[str]:
    """The lines of a table beside those that stand: shown to be checked, less what is not cast here."""
    new, refused = listed(turn)
    say_left_out(turn, refused)
    standing = _items(answers.get("part")) or ([_single(answers)] if answers.value("part") else [])
    known = [*standing, *(each for each in new if each["text"] not in [one["text"] for one in standing])]
    left = int((turn.message.get("table") or {}).get("left") or 0) + max(0, len(known) - MOST_ITEMS)
    known = known[:MOST_ITEMS]
    if not new:
        return [LINES] if refused else []
    before = set(answers)
    if len(known) == 1:
        taken = put_single(answers, known[0])
    else:
        _put(answers, known)
        show_lines(turn, known)
        taken = [name for name in answers if name not in before and answers[name].reply]
    say_unread(turn, known, len(standing) + 1, left)
    return list(dict.fromkeys(["part", *taken]))


def of_whole(question: Question) -> Question:
    """A question about the whole request: what is said of one line, or of one more part, does not answer it."""

    def read(turn: Turn, requested: bool) -> Reading:
        running, standing = turn.slot("question") not in (None, PART.name), _standing(turn)
        of_line = names_line(turn, standing) and not lots(turn) and not _tells_list(turn, standing)
        if of_line or (running and another_part(turn)):
            return _drawing_of_lines(turn) if question.name == DRAWING.name else None
        return question.read(turn, requested)

    return replace(question, read=read)


def _tells_list(turn: Turn, standing: list[Item]) -> bool:
    """Whether a list is being told: «Pos 1: ...» in it names no line that stands."""
    return bool(items(turn)) and not (standing and edits(turn, standing))


def _drawing_of_lines(turn: Turn) -> Reading:
    """«Drawings for lines 2 and 3 follow»: which lines have one stays in the customer's words, with those before."""
    standing, told, before = _standing(turn), [], None
    for each in pieces(turn.text):
        alone = narrowed(turn, [each])
        if each in about(turn, "drawings") and not edits(alone, standing):
            # «Lines 2 and 3, drawings follow»: the lines stand before it.
            named = [each] if names_line(alone, standing) or before is None else [before, each]
            told += named if names_line(narrowed(turn, named), standing) else []
        before = each
    if not told:
        return None
    words, known = joined(turn.text, told), _answers(turn).get(DRAWING.name)
    kept = str(known.value) if known and known.more.get("of_lines") else ""
    if words in kept:
        return known
    announced = {"announced": True} if announces_file(turn) else {}
    text = f"{kept}; {words}" if kept else words
    return line("drawing", text[:MAX_TEXT], "", of_lines=True, **announced)


def edits_lines(turn: Turn) -> bool:
    """Whether a message changes lines of the list that stands: a statement, or a wish put as a question."""
    return (not asks_something(turn) or _wishes(turn)) and bool(edits(turn, _standing(turn)))


def _wishes(turn: Turn) -> bool:
    """«Can the first one be in RG5?»"""
    lead = opens(turn.text.lstrip(), "wish_lead")
    return bool(lead and find(turn.text[lead.end() :], "wish_verb", "drop"))


def _standing(turn: Turn) -> list[Item]:
    """The lines as they stood before the message."""
    return _items(_answers(turn).get("part"))


def _answers(turn: Turn) -> Answers:
    """The answers as they stood before the message."""
    return Answers((turn.slot("answers") or {}).get("quote_request"))


def _items(part: Answer | None) -> list[Item]:
    return part.items if isinstance(part, PartAnswer) and part.items else []


def _edit(turn: Turn, answers: Answers) -> list[str]:
    part = answers["part"]
    wanted = edits(turn, _items(part))
    if not wanted:
        return []
    if not isinstance(part, PartAnswer) or not part.items:
        if wanted[0]["number"] > 1:
            turn.say("utter_quote_one_line", number=wanted[0]["number"])
            return [LINES]
        return []
    known, count = part.items, len(part.items)
    # From the last: striking a line moves those behind it.
    for edit in sorted(wanted, key=lambda each: -each["number"]):
        if edit["number"] > count:
            turn.say("utter_quote_no_line", number=edit["number"], count=count)
        elif edit.get("drop"):
            turn.say("utter_quote_line_dropped", number=edit["number"], text=known[edit["number"] - 1]["text"])
            known = edited(known, edit)
        else:
            known = edited(known, edit)
            turn.say("utter_quote_line_now", number=edit["number"], text=known[edit["number"] - 1]["text"])
    if known != part.items:
        _put(answers, known)
    return [LINES]


def another_part(turn: Turn) -> Item | None:
    """«And another 20 brackets in LM25, 3 kg»: one more part beside those that stand."""
    counted = [each for each in turn.said("quantity") if not {"bad", "every", "role"} & each.keys()]
    described = described_part(turn) or (turn.said("part_no", "drawing_no") or None)
    beside = opens(turn.text.lstrip(" ,.-"), "also")
    return item_in(turn, beside.end(), len(turn.text)) if beside and counted and described and not items(turn) else None


def take_split(turn: Turn, answers: Answers) -> list[str]:
    """«In three deliveries», said apart from the number of pieces: kept until that is known."""
    count = deliveries(turn)
    alone = not lots(turn) and not turn.said("quantity", "order_no", "po_no")
    if count is None or not alone or any(float(each["value"]) > count for each in turn.said("number")):
        return []
    answers[SPLIT] = note(count)
    return [QUANTITY.name if join_split(answers) else SPLIT]


def take_division(turn: Turn, answers: Answers) -> Division | None:
    """The pieces divided into the lots that a message tells, or puts right; None where it tells none, and of a list of parts."""
    part, known = answers.get("part"), answers.get(QUANTITY.name)
    if (isinstance(part, PartAnswer) and part.items) or items(turn) or turn.said("order_no"):
        return None
    stand = (known.lots if isinstance(known, QuantityAnswer) else []) or lots_asked(answers)
    told = total_told(turn)
    # Lots told without the pieces in all are those of the customer's sum: another number in one of them makes another sum.
    whole = told or (known.value if known and not known.listed and (not stand or known.more.get("whole")) else None)
    found = divided(turn.text, turn.entities, int(whole) if whole else None, stand)
    if isinstance(found, Unequal):
        note_unequal(answers, found)
    elif found:
        answers.pop(UNEQUAL, None)
        put_lots(answers, found.lots, bool(whole or found.whole))
    return found


def put_lots(answers: Answers, found: list[Lot], whole: bool) -> None:
    """Let these be the lots; each tells when it is wanted. ``whole``: the pieces in all were told, and stay."""
    pieces = in_lots(QuantityAnswer(), found)
    answers[QUANTITY.name] = pieces.but(whole=True) if whole else pieces
    answers[DELIVERY.name] = line("delivery", "; ".join(each["text"] for each in found))


def settle_lots(answers: Answers) -> None:
    """Take the lots that were asked about, where the pieces in all have become their sum."""
    if found := settled_lots(answers):
        put_lots(answers, found, whole=True)


def join_split(answers: Answers) -> bool:
    """Say the number of deliveries with the pieces. False while these are not known."""
    known, split = answers.get(QUANTITY.name), answers.get(SPLIT)
    if split is None or not isinstance(known, QuantityAnswer) or known.lots:
        return False
    del answers[SPLIT]
    if known.deliveries is None or known.deliveries != split.value:
        answers[QUANTITY.name] = known.but(deliveries=split.value, reply="utter_line_quantity_deliveries")
    return True


def _merge(turn: Turn, answers: Answers, found: list[Item]) -> list[str]:
    """Another list beside the first: its parts come after those that stand, the same ones once."""
    part = answers["part"]
    assert isinstance(part, PartAnswer)
    new = [each for each in found if each["text"] not in [known["text"] for known in part.items]]
    return _store(turn, answers, [*part.items, *new], len(part.items) + 1) if new else []


def _store(turn: Turn, answers: Answers, known: list[Item], first: int) -> list[str]:
    for number, item in enumerate(known[:MOST_ITEMS], 1):
        if number >= first:
            turn.say("utter_quote_line_added", number=number, text=item["text"])
    _put(answers, known[:MOST_ITEMS])
    return [LINES]


def _put(answers: Answers, known: list[Item]) -> None:
    """The list as the answer, or the one part that is left with its own figures."""
    if len(known) == 1:
        answers["part"] = PartAnswer(known[0]["text"], "utter_line_part")
        if known[0].get("quantity"):
            answers["quantity"] = QuantityAnswer(known[0]["quantity"], "utter_line_quantity")
        if known[0].get("weight"):
            answers["weight"] = WeightAnswer(known[0]["weight"], "utter_line_weight")
        if known[0].get("alloy") in catalogue():
            answers["alloy"] = line("alloy", known[0]["alloy"], title=catalogue()[known[0]["alloy"]].title)
        return
    answers["part"] = list_of_parts(known)
    for question in _LISTED:
        key = DRAWING.listed if question == DRAWING.name else DELIVERY.listed if question == DELIVERY.name else question
        told = any(key in item or (question == QUANTITY.name and "breaks" in item) for item in known)
        if told and (question in answers or question not in ("drawing", "delivery")):
            answers[question] = Answer(None, "utter_line_listed", listed=True).but(question=f"question.{question}")


def _single(answers: Answers) -> Item:
    """The one part of a request so far as the first line of a list."""
    item = Item(text=str(answers.value("part")))
    for name, shown in (("quantity", "{:g} ×"), ("alloy", "{}"), ("weight", "{:g} kg")):
        value = answers.value(name)
        if value is not None:
            item[name] = value  # type: ignore[literal-required]  # a name of an Item
            title = answers[name].more.get("title") if name == "alloy" else None
            item["text"] += ", " + shown.format(title or value)
    return item
