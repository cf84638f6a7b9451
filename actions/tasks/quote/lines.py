"""Several parts in one request: lines corrected, struck out and added by what a message says of them."""

import copy
import re
from dataclasses import replace
from typing import cast

from actions.form.answers import Answer, Answers, Reading, line, note
from actions.form.left_out import without
from actions.form.line_edits import Edit, back_again, edited, edits, names_line, tells_every
from actions.form.line_strikes import brings_back
from actions.form.lines import MOST_ITEMS, Item, items, listed
from actions.form.lot_lines import UNEQUAL, lots_asked, note_unequal, settled_lots
from actions.form.lots import Division, Lot, Unequal, deliveries, divided, lots
from actions.form.pieces import Piece, about, asked_in, joined, narrowed, pieces
from actions.form.question import Question
from actions.form.righting.lines_and_lots import in_lots
from actions.form.shared import ALLOY, DELIVERY, DRAWING, PART, QUANTITY
from actions.form.shares import total_told
from actions.form.task import LINES
from actions.form.text import MAX_TEXT, announces_file, asks_something
from actions.form.typed import PartAnswer, QuantityAnswer
from actions.form.words import find, opens
from actions.tasks.quote.further import Further, alike, further_part, line_named, only_one, together, with_same
from actions.tasks.quote.standing import beside, described, put, single, store, told_again
from actions.tasks.quote.table import put_single, say_left_out, say_unread, show_lines
from actions.turns.turn import Turn

#: The note in how many deliveries the pieces are wanted, while nobody has said how many pieces.
SPLIT = "split"
#: The note of the lines that were struck out, each with the number it had.
STRUCK = "struck"
#: What «both» tells of all lines.
_OF_EVERY_LINE = ("alloy", "quantity", "weight")
_REVISION = re.compile(r"(?<!\w)(?:rev\.?|revision|revisjon)\s*\w{1,2}(?!\w)", re.I)
_SENTENCE = re.compile(r"[.!?;]\s|\n")


def take_lines(turn: Turn, answers: Answers) -> list[str]:
    """What a message says of lines: each change is said with the line as it is now."""
    part = answers.get("part")
    if turn.table:
        return _take_table(turn, answers)
    if not asks_something(turn):
        say_left_out(turn, listed(turn)[1])
    told = items(turn)
    if part is not None and part.value and told and (described(told) or not asks_something(turn)):
        return told_again(turn, answers, told)
    if part is None or (asks_something(turn) and not _wishes(turn)):
        return []
    if part.value and only_one(turn):
        return put_single(answers, together(_items(part) or [single(answers)]))
    added = further_part(turn)
    if added and part.value:
        return _add(turn, answers, added)
    return _edit(turn, answers)


def _add(turn: Turn, answers: Answers, further: Further) -> list[str]:
    """One more line; what was struck comes back, what stands under its number is put right, and the rest of the message is read."""
    known, struck = _items(answers.get("part")) or [single(answers)], struck_lines(answers)
    item = with_same(further.item, known)
    again = next((at for at, each in enumerate(struck) if alike(each, item)), None)
    stands = next((at for at, each in enumerate(known) if alike(each, item)), None)
    if again is not None and stands is None:
        item = cast("Item", {**item, "place": struck[again].get("place", len(known) + 1)})
        answers[STRUCK] = note([each for at, each in enumerate(struck) if at != again])
        known = back_again(known, item, Item())
        number = min(item["place"], len(known))
        turn.say("utter_quote_line_back", number=number, text=known[number - 1]["text"])
        put(answers, known)
    elif stands is not None and len(known) > 1:
        known = [*known[:stands], beside(known[stands], item), *known[stands + 1 :]]
        turn.say("utter_quote_line_now", number=stands + 1, text=known[stands]["text"])
        put(answers, known)
    else:
        store(turn, answers, [*known, item], len(known) + 1)
    _edit(without(turn, (further.start, further.end)), answers)
    return [LINES]


def _take_table(turn: Turn, answers: Answers) -> list[str]:
    """The lines of a table beside those that stand: shown to be checked, less what is not cast here."""
    new, refused = listed(turn)
    say_left_out(turn, refused)
    standing = _items(answers.get("part")) or ([single(answers)] if answers.value("part") else [])
    known = [*standing, *(each for each in new if each["text"] not in [one["text"] for one in standing])]
    left = int((turn.message.get("table") or {}).get("left") or 0) + max(0, len(known) - MOST_ITEMS)
    known = known[:MOST_ITEMS]
    if not new:
        return [LINES] if refused else []
    before = set(answers)
    if len(known) == 1:
        taken = put_single(answers, known[0])
    else:
        put(answers, known)
        show_lines(turn, known)
        taken = [name for name in answers if name not in before and answers[name].reply]
    say_unread(turn, known, len(standing) + 1, left)
    return list(dict.fromkeys(["part", *taken]))


def of_whole(question: Question) -> Question:
    """A question about the whole request: what is said of one line, or of one more part, does not answer it."""

    def read(turn: Turn, requested: bool) -> Reading:
        if items(turn):
            if question.listed in (None, "quantity", "weight"):
                # The size or the pieces of one part are none of all.
                return None
            turn = _without_asked(turn) if question.name == ALLOY.name else turn
        running, standing = turn.slot("question") not in (None, PART.name), _standing(turn)
        if running and (further := further_part(turn)):
            # What is told beside one more part is read as ever.
            turn = without(turn, (further.start, further.end))
        named = [*standing, *struck_lines(_answers(turn))]
        of_line = names_line(turn, named) and not lots(turn) and not _tells_list(turn, standing)
        if question.name == DELIVERY.name and of_line and (ahead := _ahead_of_lines(turn, standing)):
            return question.read(ahead, requested)
        of_line = of_line or (question.listed in _OF_EVERY_LINE and tells_every(turn, standing))
        if of_line:
            return _drawing_of_lines(turn) if question.name == DRAWING.name else None
        return question.read(turn, requested)

    return replace(question, read=read)


def _without_asked(turn: Turn) -> Turn:
    """The turn without metals that are only asked about: «can you do that weight in bronze?» beside a list."""
    told = copy.copy(turn)
    told.entities = [
        each
        for each in turn.entities
        if each["entity"] not in ("alloy", "alloy_group") or not asked_in(turn.text, int(each.get("start", 0)))
    ]
    return told


def _ahead_of_lines(turn: Turn, standing: list[Item]) -> Turn | None:
    """«Week 22, housings can come first»: the time told before a line is named in its sentence is that of all."""
    told, named = list[Piece](), False
    for each in pieces(turn.text):
        named = named and not _SENTENCE.search(turn.text, told[-1].end if told else 0, each.start)
        alone = narrowed(turn, [each])
        named = named or names_line(alone, standing)
        told += [] if named else [each]
    ahead = narrowed(turn, told)
    return ahead if ahead.said("date", "week", "lead") else None


def _tells_list(turn: Turn, standing: list[Item]) -> bool:
    """Whether a list is being told: «Pos 1: ...» in it names no line that stands."""
    return bool(items(turn)) and not (standing and edits(turn, standing))


def _drawing_of_lines(turn: Turn) -> Reading:
    """«Drawings for lines 2 and 3 follow»: which lines have one stays in the customer's words, with those before."""
    standing, told, before = _standing(turn), [], None
    for each in pieces(turn.text):
        alone = narrowed(turn, [each])
        revised = names_line(alone, standing) and _REVISION.search(each.text)
        if (each in about(turn, "drawings") or revised) and not edits(alone, standing):
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
    if asks_something(turn) and not _wishes(turn):
        return False
    standing, struck = _standing(turn), struck_lines(_answers(turn))
    return (
        bool(edits(turn, standing, struck))
        or bool(struck and brings_back(turn.text))
        or bool(_answers(turn).value("part") and only_one(turn))
    )


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
    known, struck = _items(part), struck_lines(answers)
    wanted = edits(turn, known, struck)
    if not wanted and struck and brings_back(turn.text):
        wanted = [Edit(back=len(struck) - 1)]
    if any("back" in each for each in wanted):
        return _bring_back(turn, answers, wanted)
    if not wanted:
        return []
    if not known:
        return _edit_one(turn, answers, wanted)
    count, now = len(known), dict[int, str]()
    added = _added(turn, wanted, known)
    wanted = [each for each in wanted if each["number"] <= count or not added]
    # From the last: striking a line moves those behind it.
    for edit in sorted(wanted, key=lambda each: -each["number"]):
        number = edit["number"]
        if number > count:
            turn.say("utter_quote_no_line", number=number, count=count)
        elif number > len(known):
            # The last line was struck in the same breath: nothing of it is left to change.
            continue
        elif edit.get("drop"):
            turn.say("utter_quote_line_dropped", number=number, text=known[number - 1]["text"])
            struck = [*struck, cast("Item", {**known[number - 1], "place": number})]
            known = edited(known, edit)
            now = {at - 1: text for at, text in now.items()}
        else:
            known = edited(known, _as_before(edit, known))
            now[number] = known[number - 1]["text"]
    for number, text in sorted(now.items()):
        turn.say("utter_quote_line_now", number=number, text=text)
    if struck:
        answers[STRUCK] = note(struck[-MOST_ITEMS:])
    if added:
        return store(turn, answers, [*known, *added], len(known) + 1)
    if known != _items(part):
        put(answers, known)
    return [LINES]


def _as_before(edit: Edit, known: list[Item]) -> Edit:
    """«Line 2 is a cover, same alloy»: what is the same is that of the line before."""
    if not edit.get("same") or edit["number"] < 2:  # the first has none before it
        return edit
    values = cast("Item", {**(edit.get("values") or {}), "text": edit["same"]})
    same = with_same(values, known[: edit["number"] - 1])
    return cast("Edit", {**edit, "values": {name: each for name, each in same.items() if name != "text"}})


def _edit_one(turn: Turn, answers: Answers, wanted: list[Edit]) -> list[str]:
    """What is said of lines while only one part stands: its name put right, or the next line told."""
    one = single(answers)
    if added := _added(turn, wanted, [one]):
        return store(turn, answers, [one, *added], 2)
    if wanted[0]["number"] > 1:
        turn.say("utter_quote_one_line", number=wanted[0]["number"])
        return [LINES]
    name = next((each["name"] for each in wanted if each.get("name")), None)
    if name is None or answers.get("part") is None:
        return []
    answers["part"] = PartAnswer(name, "utter_line_part")
    return ["part"]


def _added(turn: Turn, wanted: list[Edit], known: list[Item]) -> list[Item]:
    """The lines that are told with the numbers behind the last one: «line 3: impeller, AB2, 4 pcs», «part 2 is called cover»."""
    found: list[Item] = []
    for edit in sorted(wanted, key=lambda each: each["number"]):
        number, values = edit["number"], edit.get("values") or Item()
        # A line told in full is one more, whatever number it is given.
        whole = number > len(known) and len(values.get("said") or {}) > 1
        if not edit.get("name") or not (whole or number == len(known) + len(found) + 1):
            continue
        item = line_named(turn, number, edit["name"], values)
        found.append(with_same(item, [*known, *found]))
    return found


def struck_lines(answers: Answers) -> list[Item]:
    """The lines that were struck out of the list, which may come back."""
    return list(answers.value(STRUCK) or [])


def _bring_back(turn: Turn, answers: Answers, wanted: list[Edit]) -> list[str]:
    """Lines that were struck, in their old places again, with what is told of them now."""
    struck = struck_lines(answers)
    known = _items(answers.get("part")) or [single(answers)]
    taken: list[int] = []
    for edit in wanted:
        at = edit.get("back")
        if at is None or at in taken:
            continue
        known = back_again(known, struck[at], edit.get("values") or Item())
        taken.append(at)
        number = min(struck[at].get("place", len(known)), len(known))
        turn.say("utter_quote_line_back", number=number, text=known[number - 1]["text"])
    answers[STRUCK] = note([each for at, each in enumerate(struck) if at not in taken])
    put(answers, known)
    return [LINES]


def another_part(turn: Turn) -> Item | None:
    """«And another 20 brackets in LM25, 3 kg»: one more part beside those that stand."""
    found = further_part(turn)
    return found.item if found else None


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
    # Sales may have written the pieces in words, which nothing can be divided by.
    found = divided(turn.text, turn.entities, int(whole) if isinstance(whole, int | float) else None, stand)
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
