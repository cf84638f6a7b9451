"""What a message says of an order beside its part: pieces, days, several deliveries, their own number, a certificate."""

import re

from actions.form.addresses import receiver_told
from actions.form.answers import Answer, Answers, Reading, line
from actions.form.lots import divided, lots
from actions.form.place import place_told
from actions.form.question import Question
from actions.form.shared import DELIVERY, QUANTITY, read
from actions.form.shares import share_told
from actions.form.text import written
from actions.form.told import as_told
from actions.form.words import find
from actions.tasks.order.answers import Delivery, FirstWords
from actions.tasks.order.splits import Split, take_split
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words

#: Entities that name a part, for reading the first words again after a proof.
NAMING = ("part_no", "drawing_no", "order_no", "agreement_no")
MOST_WORDS = 500
_PIECE = re.compile(r"[,;.\n]+\s")


def take_values(turn: Turn, answers: Answers, begins: bool = False) -> list[str]:
    """Take what any message may say of an order, wherever it stands. ``begins``: a wish, also one put as a question."""
    taken = _delivery(turn, answers)
    if (
        "quantity" not in answers
        and not turn.said("quantity")
        and (begins or is_wish(turn) or _points(turn) or asks(turn.text, "stock"))
    ):
        pieces = counted(turn)
        if len(pieces) == 1:
            answers["quantity"] = line("quantity", int(pieces[0]["value"]))
            taken.append("quantity")
    stated = begins or is_wish(turn) or not turn.asks
    taken += _alloy(turn, answers) if stated else []
    taken += _place(turn, answers) if stated or street_told(turn) else []
    for name, entity in (("po", "po_no"), ("certificate", "certificate"), ("agreement", "agreement_no")):
        said = turn.said(entity)
        if said:
            answers[name] = line(name, str(said[0]["value"]), f"utter_line_order_{name}")
            taken.append(name)
    for each in turn.said("mark"):
        answers["mark"] = line("mark", written(turn, each), "utter_line_order_mark")
        taken.append("mark")
    return taken


def _points(turn: Turn) -> bool:
    """«10 of the first one»: pieces of what was shown, whatever the words sound like."""
    return not turn.asks and any(each.get("reference") for each in turn.said("part_no", "order_no"))


def is_wish(turn: Turn) -> bool:
    """Whether the message itself is the wish, not a button or a word to go on."""
    wished = turn.intent in ("reorder", "place_order") or takes_priced(turn)
    return wished and not turn.internal and not turn.text.startswith("/")


def takes_priced(turn: Turn) -> bool:
    """«Then we take fifty»: pieces of the part whose price was told just now."""
    took = words("orders").says(turn.text, "takes") and not turn.asks and counted(turn)
    return bool(took and turn.before.topic == "price" and len(turn.before.about("part_no")) == 1)


def wants_usual(text: str) -> bool:
    """«The usual», «same as last time»: what was ordered before tells which part, and how many."""
    return words("orders").says(text, "usual")


def first_words(turn: Turn) -> FirstWords:
    """The wish as it was written: for sales, and to be read again when the customer has proved who they are."""
    named = [{"entity": each["entity"], "value": each["value"]} for each in turn.said(*NAMING)]
    return FirstWords(turn.text[:MOST_WORDS], named=named)


def counted(turn: Turn) -> list[Entity]:
    """The numbers of pieces in a message, in their order: figures with or without «stk», no standards, no parts of a whole."""
    found = [each for each in turn.said("quantity", "number") if not {"bad", "ask", "every", "role"} & each.keys()]
    whole = [each for each in found if float(each["value"]) >= 1 and float(each["value"]).is_integer()]
    return sorted((each for each in whole if not asks(str(int(each["value"])), "standard")), key=_start)


def split_words(turn: Turn) -> str | None:
    """The words that want one order in several deliveries, from the first piece that says so; none when each is a lot."""
    times = {str(each["value"]) for each in turn.said("date", "week")}
    if told := share_told(turn):
        dated = times or turn.said("lead", "asap") or find(told, "at_once")
        return told if dated and not turn.asks and not lots(turn) else None

    def splits(words: str) -> bool:
        return asks(words, "split") or (len(times) > 1 and find(words, "deliveries", "share") is not None)

    if turn.asks or not splits(turn.text) or lots(turn):
        return None
    pieces = [piece.strip() for piece in _PIECE.split(turn.text)]
    first = next((place for place, piece in enumerate(pieces) if splits(piece)), 0)
    return ", ".join(piece for piece in pieces[first:] if piece)[:MOST_WORDS]


def _alloy(turn: Turn, answers: Answers) -> list[str]:
    """Another alloy than the part has been made of so far; «leave it as it is» takes that back."""
    named = turn.said("alloy", "alloy_group")
    if named:
        title = " / ".join(dict.fromkeys(written(turn, each) for each in named))
        meant = dict.fromkeys(name for each in named for name in each.get("options") or [each["value"]])
        answers["alloy"] = line("alloy", " / ".join(meant), title=title)
        return ["alloy"]
    if "alloy" in answers and keeps_alloy(turn):
        del answers["alloy"]
        return ["alloy"]
    return []


def keeps_alloy(turn: Turn) -> bool:
    """«Leave the alloy as it is»."""
    return not turn.asks and asks(turn.text, "alloy_word") and find(turn.text, "unchanged") is not None


def street_told(turn: Turn) -> bool:
    """«Can you send them to Storgata 3 in Hamar»: a street with its number behind a word of sending is wished, however it is put."""
    place = place_told(turn)
    return place is not None and re.search(r"\d", place) is not None and not asks(turn.text, "asks_how_soon")


def _place(turn: Turn, answers: Answers) -> list[str]:
    """Where it shall go, in the customer's words: sales puts the address in."""
    place, receiver, known = place_told(turn), receiver_told(turn), answers.value("place")
    place = place or (str(known) if known and receiver and receiver not in str(known) else None)
    told = ", ".join(each for each in (place, receiver) if each)
    if not told or told == known:
        return []
    answers["place"] = line("place", told, "utter_line_order_place")
    return ["place"]


def _delivery(turn: Turn, answers: Answers) -> list[str]:
    """The day, or the words of several: «half in week 12» is no day for all of it."""
    if take_split(turn, answers):
        return ["split", "quantity"]
    words, known = split_words(turn), answers.get("split")
    if words and isinstance(known, Split) and known.lots:
        # The lots that stand say more than words beside them.
        return []
    if words:
        before = str(answers.value("split") or "") if not find(words, "the_rest") else ""
        together = words if words in before or not before else f"{before}; {words}"
        answers["split"] = line("split", together[:MOST_WORDS], "utter_line_order_split")
        return ["split"]
    said = read(DELIVERY, turn, requested=False)
    if not isinstance(said, Answer):
        return []
    answers["delivery"] = _day(turn, said)
    return ["delivery"]


def _day(turn: Turn, said: Answer) -> Delivery:
    """«After Easter» is a day to begin with and no day to be there by."""
    meanings = {each.get("meaning") for each in as_told(turn).said("date", "week")}
    if not meanings & {"from", "after"}:
        return Delivery(said.value, said.reply, more=said.more)
    week = "-W" in str(said.value)
    return Delivery(said.value, "utter_line_order_from_week" if week else "utter_line_order_from", since=True)


def _start(entity: Entity) -> int:
    return int(entity.get("start", 0))


def _pieces(turn: Turn, requested: bool) -> Reading:
    """How many: the whole of a divided order, and never the number of a standard."""
    found = counted(turn)
    if divided(turn.text, turn.entities):
        return None
    if not found and turn.said("number") and not turn.said("quantity"):
        return None
    if found and split_words(turn):
        return line("quantity", max(int(each["value"]) for each in found)) if len(found) < MANY else None
    return QUANTITY.read(turn, requested)


#: From so many numbers on nobody can tell which is the whole.
MANY = 3


def _remark(turn: Turn, requested: bool) -> Reading:
    return line("notes", " ".join(turn.text.split())[:MOST_WORDS]) if requested and not turn.asks else None


PIECES = Question("quantity", _pieces, may_stay_open=False)
#: Nobody is asked for remarks on an order; what is said beside it is kept here.
NOTES = Question("notes", _remark)
