"""Numbers of the customer's own in a message: found in the customer's data where no shape tells them."""

import asyncio
import re

from actions.alloys.subject import ALLOY_TOPICS
from actions.production.contacts import HOUSE, ORDER_FIGURES, order_number
from actions.production.identity import Identity
from actions.production.own_numbers import own_numbers
from actions.turns.facts_told import facts_told
from actions.turns.house import house
from actions.turns.intents import intent
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.words import topic

#: What may be a number of somebody's own: three signs or more with at least two digits among them.
_CODE = re.compile(r"(?<![\w@])(?=[\w/.-]*\d[\w/.-]*\d)\w[\w/.-]{1,28}\w")
#: Readings that give way to a number the customer's data knows.
_WEAK = ("number", "unknown_alloy", "part_no", "drawing_no", "po_no", "quotation_no", "agreement_no")
#: Questions that an address is the answer to.
_OF_ADDRESS = ("address", "place")
#: Questions that figures are the answer to; an own part is known by no more of them.
_OF_FIGURES, FIGURES_OF_PART = ("quantity", "weight", "size", "wall", "yearly"), 5
#: The shape of a buyer's own number («LK-77»): unknown ones are named in the answer, not passed over. Standards are none.
_SHAPE = re.compile(rf"(?!{topic('codes.standard_letters')}-)[a-z]{{1,4}}-\d{{2,6}}", re.I)
#: Numbers of orders of the same time begin with so many figures alike.
ALIKE = 3
#: What is remembered of a purchase order number that is for something yet to be ordered.
REFERENCE = "reference"
#: How likely an order must be meant where something else is likelier: «I wonder whether 30417 is on time».
LIKELY = 0.2
#: Requests for pieces, and the meanings that begin one.
_OF_WISHES, _WISHES_PIECES = ("reorder", "quote_request"), ("reorder", "place_order")
#: Codes looked up in one message.
MOST = 12
_OURS = re.compile(ORDER_FIGURES)
#: What stands right behind it makes it something else: a figure, an address, a unit.
_GOES_ON = re.compile(r"[@/-]|[.,:][0-9]|\s?[%€]")
#: Values of which such a number is hardly ever one without a unit or a word for it.
_PLAIN = ("number",)


#: «EN 10204» is a standard.
_STANDARD = re.compile(rf"(?<!\w){topic('codes.standard_names')}[ -]*$", re.I)


async def find_own_numbers(turn: Turn) -> None:
    """Add the customer's own order, part, drawing and purchase order numbers to the entities of the message."""
    identity, codes = turn.identity, codes_in(turn)
    if identity is None:
        _find_order_meant(turn, codes)
        _find_shaped(turn, codes_in(turn))
        return
    await _find_known(turn, identity, codes)
    if _orders_pieces(turn):
        await _find_references(turn, identity)


async def _find_known(turn: Turn, identity: Identity, codes: list[tuple[str, int, int]]) -> None:
    """Name what the customer's data knows among the codes of a message, and the codes that look like numbers of orders."""
    if not codes:
        return
    found = await asyncio.to_thread(own_numbers, house().production, identity, [code for code, _, _ in codes])
    codes = [each for each in codes if not (each[0] in found and _is_figure(turn, *each))]
    _find_shaped(turn, [each for each in codes if each[0] not in found])
    for code, start, end in codes:
        if code in found:
            kind, number = found[code]
            _put(turn, kind, number, start, end, **({"known": True} if kind == "po_no" else {}))
        elif _SHAPE.fullmatch(code) and not any(
            "start" in each and _overlap(each, start, end) for each in turn.entities
        ):
            _put(turn, "part_no", code.upper(), start, end)


def _orders_pieces(turn: Turn) -> bool:
    """Whether a message is part of an order for pieces: it is the wish, or such a request is in progress."""
    running = turn.slot("task") if turn.slot("question") else None
    return running in _OF_WISHES or (not running and turn.reading.whole.act in _WISHES_PIECES)


async def _find_references(turn: Turn, identity: Identity) -> None:
    """In an order for pieces a bare number after «bestillingsnr» or «ref» that no order has is theirs for the new one."""
    bare = [
        each
        for each in turn.said("order_no", "number")
        if "start" in each
        and not each.get("reference")
        and (each["entity"] == "order_no" or words("orders").ends(turn.text[: each["start"]], "reference_lead"))
        and re.fullmatch(r"\d{4,8}", turn.text[each["start"] : each["end"]])
        and not words("orders").ends_near(turn.text[: each["start"]], "of_order", 1)
    ]
    written = {turn.text[each["start"] : each["end"]]: each for each in bare}
    known = await asyncio.to_thread(own_numbers, house().production, identity, list(written)) if written else {}
    for code, each in written.items():
        if code not in known:
            _put(turn, "po_no", code, int(each["start"]), int(each["end"]))


def _is_figure(turn: Turn, code: str, start: int, end: int) -> bool:
    """Whether figures that are those of an own number answer what is asked, or count: «2040» to «how many?»."""
    if not code.isdigit() or len(code) > FIGURES_OF_PART:
        return False
    if turn.slot("question") in _OF_FIGURES and not re.search(r"[^\W\d_]", turn.text):
        return True
    counts = any(each["entity"] == "quantity" and _overlap(each, start, end) for each in turn.entities)
    return counts and words("orders").ends(turn.text[:start], "counts_behind")


def _find_order_meant(turn: Turn, codes: list[tuple[str, int, int]]) -> None:
    """«It was 30406 I meant»: figures like those of an order that was talked of are the number of one."""
    noted = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("order") or {}
    talked_of = {str(each["value"]) for each in turn.ground.about("order_no")} | {str(noted.get("value") or "")}
    for code, start, end in codes:
        for known in sorted(talked_of):
            head = known.rstrip("0123456789")
            figures = known.removeprefix(head)
            if code.isdigit() and len(code) == len(figures) and code[:ALIKE] == figures[:ALIKE]:
                _put(turn, "order_no", f"{head}{code}", start, end)
                break


def _find_shaped(turn: Turn, codes: list[tuple[str, int, int]]) -> None:
    """Figures that look like an order number of ours are one, where nothing says that they count or cost something."""
    # «EN AC-43000 or 44300» names alloys.
    of_alloys = turn.said("alloy") and turn.reading.whole.act in ALLOY_TOPICS
    if of_alloys or not _about_orders(turn):
        return
    for code, start, end in codes:
        inside = [each for each in turn.entities if "start" in each and _overlap(each, start, end)]
        counts = any(each["entity"] not in _PLAIN or each.get("unit") or each.get("ask") for each in inside)
        placed = HOUSE.search(turn.text[:start]) is not None or _STANDARD.search(turn.text[:start]) is not None
        if _OURS.fullmatch(code) and not counts and not placed and not _GOES_ON.match(turn.text, end):
            _put(turn, "order_no", order_number(code), start, end, guessed=True)


def _about_orders(turn: Turn) -> bool:
    """Whether an order may be meant: nothing is asked, the request in progress is of one, or the words are."""
    answers = (turn.slot("answers") or {}).get(turn.slot("task")) or {}
    # «And 14001?» after a standard is one more standard.
    open_talk = not turn.slot("question") and not facts_told(turn)
    if open_talk or turn.slot("question") == "order" or "order" in answers:
        return True
    said = (turn.reading.whole, *turn.reading.clauses)
    likely = [act for each in said for at, (act, share) in enumerate(each.acts[:2]) if not at or share >= LIKELY]
    return any(intent(act).of_orders for act in likely)


def own_reference(turn: Turn) -> str | None:
    """A purchase order number that no order has: theirs for what they are about to order."""
    new = [each for each in turn.said("po_no") if not each.get("known")]
    return str(new[0]["value"]) if new and turn.identity is not None and not turn.asks else None


def note_orders(turn: Turn) -> None:
    """Keep the orders that a stranger names: nothing is answered before the proof, and what is said next is about them."""
    named = [each for each in turn.said("order_no") if not each.get("reference")]
    if turn.identity is None and named:
        turn.ground.note("order_no", named)


def codes_in(turn: Turn) -> list[tuple[str, int, int]]:
    """Codes in the text that no other value stands on, each with where it begins and ends."""
    strong = [
        each
        for each in turn.entities
        if each["entity"] not in _WEAK and "start" in each and not each.get("guessed") and not _bare_count(turn, each)
    ]
    codes = [(match[0], *match.span()) for match in _CODE.finditer(turn.text) if not _is_postcode(turn, match)]
    return [code for code in codes if not any(_overlap(each, *code[1:]) for each in strong)][:MOST]


def _bare_count(turn: Turn, entity: Entity) -> bool:
    """Whether a number of pieces is figures alone with no thing behind it, so that it may be a number of something."""
    start, end = int(entity["start"]), int(entity["end"])
    bare = entity["entity"] == "quantity" and re.fullmatch(r"\d{4,}", turn.text[start:end])
    return bool(bare) and not re.match(rf"\s+(?!{topic('codes.goes_on')}\b)[^\W\d_]", turn.text[end:])


def _is_postcode(turn: Turn, code: re.Match[str]) -> bool:
    """Whether figures are those of an address, whatever number of the customer's looks like them."""
    behind = turn.text[code.end() :]
    if not re.fullmatch(r"[0-9]{4,5}", code[0]) or not re.match(r"\s+[^\W\d_]{2}", behind):
        return False
    place, before = behind.lstrip()[:1].isupper(), turn.text[: code.start()]
    named = turn.slot("question") in _OF_ADDRESS or asks(turn.text, "address")
    return bool(named and (place or before.rstrip().endswith(","))) or bool(place and HOUSE.search(before))


def _overlap(entity: Entity, start: int, end: int) -> bool:
    return int(entity["start"]) < end and start < int(entity["end"])


def _put(turn: Turn, name: str, value: str, start: int, end: int, **marks: bool) -> None:
    weaker = [each for each in turn.entities if "start" in each and _overlap(each, start, end)]
    revision = {key: each[key] for each in weaker for key in ("revision",) if each.get(key)}
    turn.entities = [each for each in turn.entities if each not in weaker]
    turn.entities.append({"entity": name, "value": value, "start": start, "end": end, **revision, **marks})
