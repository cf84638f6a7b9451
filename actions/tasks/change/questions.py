"""What a wish wants changed on an order, read from its words: quantity, date, alloy, certificate, address, a hold."""

import copy
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import replace

from actions.form.answers import Problem, Reading
from actions.form.left_out import without
from actions.form.lots import Lot
from actions.form.papers import paper_in
from actions.form.question import Question
from actions.form.text import asks_something, free_text, meant
from actions.production.catalogue import catalogue
from actions.tasks.change.address import address_told
from actions.tasks.change.dates import either_way, wanted_date
from actions.tasks.change.holding import holds_making
from actions.tasks.change.lines import Mention, numbered, spans
from actions.tasks.change.part_shipments import PartShipment, part_shipment
from actions.tasks.change.quantities import tells_pieces, wanted_quantity
from actions.tasks.change.staying import CLAUSES, staying, untouched
from actions.tasks.change.wants import ChangeAnswer, Want
from actions.turns.question_words import asks
from actions.turns.reading import Clause, Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today
from bot.common.spans import last_day, time_of

#: Meanings of a message that are no description of a change.
NO_CHANGE = ("affirm", "deny", "thanks", "explain", "nlu_fallback")
#: What says by when.
TIMES = ("date", "week", "lead", "asap")


def read_change(turn: Turn, requested: bool) -> Reading:
    """Every change a message names; what cannot be is said, and one that can be read in two ways is asked about."""
    if only_asks(turn):
        return None
    settled = splits(turn) or staying(turn) or tells_pieces(turn.text)
    problem = _impossible(turn) or (None if settled else either_way(turn))
    if problem:
        return problem
    wants = wants_of(turn, requested)
    if wants:
        return ChangeAnswer(wants=wants)
    counted = any(each["entity"] in ("quantity", "number") for each in turn.reading.whole.entities)
    if tells_pieces(turn.text) and not counted and not asks_something(turn):
        return Problem("utter_change_how_many", asks=True)
    text = free_text(turn) if requested and turn.intent not in NO_CHANGE and not staying(turn) else None
    return ChangeAnswer(text, "utter_line_change") if text else None


def only_asks(turn: Turn) -> bool:
    """Whether a message asks and wishes nothing: «does moving it up cost extra?» «How about week 12?» proposes a change."""
    return asks_something(turn) and (asks_cost(turn) or not words("change").says(turn.text, "wish", "proposes"))


def asks_cost(turn: Turn) -> bool:
    """Whether it is asked what a change costs."""
    other = turn.said("alloy", "part_no", "weight", "quotation_no")
    return asks_something(turn) and not other and words("change").says(turn.text, "costs")


# ---------------------------------------------------------------- what cannot be


def _impossible(turn: Turn) -> Problem | None:
    """A figure, a date or a week that there cannot be, with the reason."""
    for entity in meant(turn, "quantity", "number"):
        kind = entity.get("bad") or ("negative" if entity["value"] < 0 else None)
        if kind == "zero":
            return Problem("utter_change_bad_zero", choices=({"reply": "utter_choice_cancel_it"},))
        if kind and (entity["entity"] == "quantity" or kind == "negative"):
            return Problem(f"utter_change_bad_{kind}")
    for entity in turn.said("bad_week"):
        return Problem("utter_change_bad_week", {"number": entity.get("number"), "year": entity.get("year")})
    for entity in turn.said("bad_date"):
        return Problem("utter_change_bad_date", {"text": entity["value"]})
    for entity in meant(turn, "date", "week"):
        last = _last_day(entity)
        if last and last < today():
            return Problem("utter_change_bad_past", {"day": last.isoformat()})
    return None


def _last_day(entity: Entity) -> dt.date | None:
    if entity.get("ask"):
        return None
    weekend = dt.timedelta(days=2 if entity["entity"] == "week" else 0)
    return last_day(time_of(entity)) + weekend


# ---------------------------------------------------------------- what is wanted


def wants_of(
    turn: Turn,
    requested: bool = False,
    mentions: Sequence[Mention] = (),
    ordered: int | None = None,
    stand: Sequence[Lot] = (),
) -> list[Want]:
    """The changes named, each for the lines it is said of. ``mentions``: lines that are named by what they are.

    ``ordered``: the pieces of the order, ``stand``: the lots of a part shipment that is wanted already.

    A bare number is a quantity when a change was asked for, or after the line it is said of.
    """
    found = sorted([*numbered(turn.text), *mentions], key=lambda each: each.start)
    shown = copy.copy(turn)
    shown.entities = [each for each in turn.entities if not any(_overlaps(each, mention) for mention in found)]
    result: list[Want] = []
    for start, end, lines in spans(turn.text, found):
        part = part_of(shown, start, end)
        wants = _wants(part, requested or bool(lines), ordered, stand)
        if lines and not wants and words("change").says(part.text, "line_off"):
            wants = [Want("cancel")]
        result += [replace(want, line=line) for want in wants for line in lines or (None,)]
    return result


def _overlaps(entity: Entity, mention: Mention) -> bool:
    return int(entity.get("start", -1)) < mention.end and mention.start < int(entity.get("end", 0))


def part_of(turn: Turn, start: int, end: int) -> Turn:
    """The turn narrowed to a stretch of its text, its values with it."""
    if (start, end) == (0, len(turn.text)):
        return turn
    acts = ((turn.intent, turn.confidence),)
    inside = tuple(each for each in turn.entities if start <= each.get("start", -1) < end)
    return turn.of(Clause(turn.text[start:end], start, end, acts, turn.asks, turn.facet, inside))


def _wants(turn: Turn, requested: bool, ordered: int | None = None, stand: Sequence[Lot] = ()) -> list[Want]:
    turn = without(turn, *(span for _, span in untouched(turn.text)))
    if shipment := splits(turn, ordered if not requested or stand else None, stand):
        return _in_parts(turn, shipment)
    if paper_in(turn.text):
        return [Want("paper", text=own_words(turn))]
    if words("change").says(turn.text, "express") and not turn.said("date", "week", "shift"):
        return [Want("express", text=own_words(turn))]
    elsewhere = _goes_elsewhere(turn)
    quantity = wanted_quantity(turn, requested, elsewhere)
    date = wanted_date(turn)
    if (
        quantity
        and quantity.by is not None
        and date
        and not turn.said(*TIMES, "shift")
        and not CLAUSES.search(turn.text)
    ):
        # «Bump it up by 6» moves no date.
        date = None
    if date and not (date.date or date.week or date.by_days) and tells_pieces(turn.text):
        # «Bump it up to more pieces» moves no date.
        date = None
    found = [each for each in (quantity, date, _alloy(turn), _certificate(turn)) if each]
    if asks(turn.text, "address") or elsewhere or _names_address(turn):
        found.append(Want("delivery_address", text=own_words(turn)))
    theirs = turn.said("mark") or any(not each.get("known") for each in turn.said("po_no"))
    if (words("change").says(turn.text, "go_ahead") or theirs) and not found:
        return [Want("other", text=own_words(turn))]
    if (asks(turn.text, "hold") or holds_making(turn.text)) and not found:
        found.append(Want("hold"))
    return found


def _in_parts(turn: Turn, shipment: PartShipment) -> list[Want]:
    """An order in several deliveries: what is said of the parts holds for none of the whole, but so many more, and another address, do."""
    quantity = None if turn.said(*TIMES) else wanted_quantity(turn, False)
    more = [quantity] if quantity and quantity.by is not None else []
    address = [Want("delivery_address", text=own_words(turn))] if _names_address(turn) else []
    split = Want("split", text=shipment.words(turn.text), lots=shipment.lots or None)
    return [*more, *address, split]


def own_words(turn: Turn) -> str:
    """What was written, where only words tell what is wanted."""
    return " ".join(turn.text.split())[:200]


def splits(turn: Turn, ordered: int | None = None, stand: Sequence[Lot] = ()) -> PartShipment | None:
    """The part shipment that is wanted: «10 now and the rest in June»."""
    return part_shipment(turn.text, turn.entities, ordered, stand)


def partly(text: str, entities: Sequence[Entity]) -> bool:
    """Whether a part of an order is to come first: «half of those by Friday», «can you send what is finished?»"""
    timed = any(each["entity"] in TIMES for each in entities)
    known = words("change")
    return known.says(text, "partly") and (timed or known.says(text, "wish", "sends"))


def presses(text: str, entities: Sequence[Entity], asked: bool) -> bool:
    """Whether an earlier or a partial delivery is pressed for, and not only asked about."""
    known = words("change")
    split = known.says(text, "splits") and any(each["entity"] in TIMES for each in entities)
    return split or partly(text, entities) or (known.says(text, "presses") and (not asked or known.says(text, "wish")))


def _names_address(turn: Turn) -> bool:
    """Whether the goods are to go to a street with its number: «and send them to Storgata 5, 2815 Gjøvik»."""
    return address_told(turn) is not None


def _goes_elsewhere(turn: Turn) -> bool:
    """Whether the goods are to go to another place: «put it on Quay 7», «send den til Verksted Nord»."""
    known = words("change")
    if known.says(turn.text, "elsewhere"):
        return True
    place = rf"(?i:(?:{known.pattern('sends')})(?:[\s,]+[\w-]+){{0,4}}?\s+(?:{known.pattern('place')})\s+(?:the\s+|our\s+)?)(?P<at>[^\W\d_a-zæøåäöü]\w)"
    for found in re.finditer(rf"(?<!\w){place}", turn.text):
        if not any(each.get("start", -1) <= found.start("at") < each.get("end", 0) for each in turn.entities):
            return True
    return False


def _alloy(turn: Turn) -> Want | None:
    named: list[Entity] = [
        entity for entity in meant(turn, "alloy") if entity["value"] in catalogue() and not entity.get("near")
    ]
    return Want("alloy", alloy=str(named[-1]["value"])) if named else None


def _certificate(turn: Turn) -> Want | None:
    for entity in turn.said("certificate"):
        if entity["value"] in ("3.1", "3.2"):
            return Want(f"certificate_{entity['value']}")
    return None


CHANGE = Question("change", read_change, words=True, any_statement=True)
