"""A message as its questions read it: names hold no metals and uses, weights say whether they are as cast or finished, and
what is ruled out («not week 29», «no drinking water») is no wish."""

import contextlib
import copy
import datetime as dt
import itertools
import re

from actions.form.contact import outside_names
from actions.form.pieces import Piece, pieces
from actions.form.words import closes, find, opens, pattern, without_lead
from actions.turns.reading import Entity, Told
from actions.turns.turn import Turn
from actions.turns.words import blanked
from bot.common.clock import today
from bot.common.spans import last_day, time_of

#: What may be rejected: a time that is has its own words.
_REJECTED = ("weight", "dimensions", "wall", "quantity", "number", "alloy")
#: From so much on a number alone may be one of a drawing.
_CODE = 1000
_PLAIN = re.compile(r"(?<![\w.,/-])\d{1,4}(?:[.,]\d{1,3})?(?![\w/-]|[.,]\d)")
_KINDS = {"weight_finished": "finished", "weight_cast": "casting"}
#: Values that are times, and the questions at which a wish may begin with how many.
_TIMES = ("date", "week", "lead", "asap", "bad_date", "bad_week")
_DAYS = ("date", "week", "lead", "bad_date", "bad_week")
_COUNTS = (None, "part", "quantity")
#: «Not SO-30405, I meant SO-30406»: of two things of such a kind the one that is denied is not meant.
_EITHER = ("order_no", "po_no", "part_no", "drawing_no", "alloy")
#: A time at which nothing is to come: «not week 29».
RULED_OUT = "ruled_out"
#: A piece and its reason stand so near each other.
_BESIDE = 12
#: Words beside a time of something else: when a fault was found, when one meets, until when an offer is wanted.
_ELSEWHEN = ("found_times", "meetings", "offer_deadline")
#: «Not week 29» alone has so many words.
_BARE = 3
#: A clause tells nothing but a time with so many words beside it.
_ALONE = 1
_LETTERS = re.compile(r"[^\W\d_]+")
#: A day and its month, both with two figures; questions at which such a number is a figure of the part.
_DAY = re.compile(r"(\d{2})[.](\d{2})\.?")
_FIGURES = ("quantity", "yearly", "weight", "size", "wall")
_NOUN = re.compile(r"[\s-]+[^\W\d_]{5,}")
#: What «3.1» and «as cast» are taken for where they tell a weight.
_MISTAKEN = ("certificate", "temper", "number", "weight")


def as_told(turn: Turn) -> Turn:
    """The turn with its values set right. Cheap to repeat: what is right stays as it is."""
    entities = _without_rejected(turn.text, _without_wider_time(turn.text, outside_names(turn)))
    entities = _without_ruled_out(turn.text, _without_old_time(turn, entities))
    entities = _with_bare_date(turn, entities)
    entities = _with_weights(turn.text, _without_other_times(turn, entities))
    entities = _with_bare_count(turn, _with_counted(turn, entities))
    seen = tuple(each for each in _without_offer_deadlines(turn) if not _rejected_at(turn.text, each.start))
    if entities == turn.entities and len(seen) == len(turn.told):
        return turn
    told = copy.copy(turn)
    told.entities, told.told = entities, seen
    return told


def leave_count_of_lines(turn: Turn) -> None:
    """Leave out the number of «that is only one part»: it counts the parts of a request, and no pieces."""
    spans = [found.span() for found in pattern("only_one_part").finditer(turn.text)]
    turn.entities = [
        each
        for each in turn.entities
        if each["entity"] not in ("quantity", "number")
        or not any(start <= int(each.get("start", -1)) < end for start, end in spans)
    ]


def _without_rejected(text: str, entities: list[Entity]) -> list[Entity]:
    """«128 kg, that is out of the question»: what is rejected is no value of the goods."""
    if not find(text, "out_of_question"):
        return entities
    return [
        each
        for each in entities
        if each["entity"] not in _REJECTED or not _rejected_at(text, int(each.get("start", -1)))
    ]


def _rejected_at(text: str, at: int) -> bool:
    """Whether the clause at a place, or the one right behind it that only points back, rejects what is told there."""
    parts = pieces(text, joints=False)
    number = next((number for number, each in enumerate(parts) if each.start <= at < each.end), None)
    if number is None:
        return False
    behind = parts[number + 1] if number + 1 < len(parts) else None
    points = (
        behind is not None
        and opens(behind.text, "points_at_line", "out_of_question")
        and not re.search(r"\d", behind.text)
    )
    return bool(
        find(parts[number].text, "out_of_question") or (points and behind and find(behind.text, "out_of_question"))
    )


def _without_wider_time(text: str, entities: list[Entity]) -> list[Entity]:
    """«In the summer, say July»: the narrower time that is settled on right behind the wider one is the one that is meant."""
    times = [each for each in entities if each["entity"] == "date" and each.get("until") and "start" in each]
    wider = [
        one
        for one, other in itertools.pairwise(sorted(times, key=lambda each: int(each["start"])))
        if str(one["value"]) <= str(other["value"])
        and str(other["until"]) <= str(one["until"])
        and (one["value"], one["until"]) != (other["value"], other["until"])
        and not pattern("decides", "filler").sub(" ", text[int(one["end"]) : int(other["start"])]).strip(" ,–-")
    ]
    return [each for each in entities if each not in wider]


def _without_offer_deadlines(turn: Turn) -> tuple[Told, ...]:
    """The stretches that tell a value, but for the day until which an offer is wanted: that is no delivery."""
    others = [each for each in pieces(turn.text) if find(each.text, "offer_deadline")] if turn.told else []
    return tuple(
        each for each in turn.told
        if each.tag != "delivery" or not any(piece.start <= each.start < piece.end for piece in others)
    )  # fmt: skip


def of_other_matter(turn: Turn, piece: Piece) -> bool:
    """Whether a piece tells when something else than the goods comes: a drawing, pictures, an answer; or when a fault was found."""
    if find(piece.text, "offer_deadline", "price_holds"):
        return True
    if find(piece.text, "goods_times") or any(
        each["entity"] == "quantity" for each in turn.entities if piece.holds(each)
    ):
        return False
    gone = find(piece.text, "gone_by") and len(piece.text.split()) > _BARE
    sent = find(piece.text, "drawings", "sent_along") and find(piece.text, "announced")
    return bool(sent or gone or wants_answer(piece.text) or find(piece.text, *_ELSEWHEN))


def for_delivery(turn: Turn) -> Turn:
    """The turn without the times that a clause tells of something else than the goods: «I decide on Thursday», «the audit is on 4 February».

    A time is of the goods where delivery is asked for, where its clause says so, and where it stands alone or in a line of a list.
    """
    times = [each for each in turn.entities if each["entity"] in _DAYS and "start" in each]
    if turn.slot("question") == "delivery" or (not times and not turn.told):
        return turn
    others = [each for each in pieces(turn.text) if any(map(each.holds, times)) and not _of_goods(turn, each)]
    if not others:
        return turn
    seen = copy.copy(turn)
    seen.entities = [each for each in turn.entities if each not in times or not any(one.holds(each) for one in others)]
    seen.told = tuple(each for each in turn.told if not any(one.start <= each.start < one.end for one in others))
    return seen


def _of_goods(turn: Turn, piece: Piece) -> bool:
    """Whether a clause that tells a time tells it of the goods: by a word, by their figures, or as it says nothing else."""
    inside = [each for each in turn.entities if piece.holds(each) and each["entity"] != "language"]
    spans = [(int(each["start"]) - piece.start, int(each["end"]) - piece.start) for each in inside]
    rest = blanked(piece.text, spans)
    if any(each.get("reference") == "either" for each in inside):
        # «Let's say the later one» of two days that were told for the goods.
        return True
    if any(each["entity"] not in (*_TIMES, "number") for each in inside) or find(rest, "goods_times", "comes_by"):
        return True
    return len(_LETTERS.findall(pattern("by_when", "beside_time", "says_so").sub(" ", rest))) <= _ALONE


def ruled_out(turn: Turn) -> list[Piece]:
    """The pieces that say when nothing is to come, each with its reason behind it: «not week 29, we are on holiday»."""
    told = as_told(turn)
    wanted = {each["entity"] for each in told.entities}
    if RULED_OUT not in wanted:
        return []
    found: list[Piece] = []
    for piece in pieces(turn.text):
        behind = turn.text[found[-1].end : piece.start] if found else "."
        inside = [each for each in told.entities if piece.holds(each) and each["entity"] != "language"]
        reason = not inside and not re.search(r"[.!?\n]", behind) and len(behind) <= _BESIDE
        # «Week 30, not week 29» only corrects.
        more = len(piece.text.split()) > _BARE and not any(each["entity"] in _TIMES for each in inside)
        if reason or any(each["entity"] == RULED_OUT and (more or each["time"] not in wanted) for each in inside):
            found.append(piece)
    return found


def wants_answer(text: str) -> bool:
    """Whether words say by when an answer is wanted."""
    if find(text, "offer_deadline"):
        return True
    by_when = find(text, "answers_wanted") and find(text, "needed") and find(text, "times")
    return bool(by_when and not find(text, "goods_times", "sent_to", "offer_deadline"))


def how_to_answer(text: str) -> bool:
    """Whether words say how somebody wants to be reached, and nothing else: «then e-mail», «svar meg på mail»."""
    rest = pattern("reach_ways", "reach_words").sub(" ", text)
    return bool(find(text, "reach_ways")) and not re.search(r"\w", rest)


def of_reaching(text: str) -> bool:
    """Whether words say when or how somebody may be reached or answered: «call me any time»."""
    return bool(find(text, "reach_ways", "meetings", "answers_wanted"))


def any_day(text: str) -> bool:
    """Whether words say that the day does not matter: «no particular day», «samme hvilken dag»."""
    return bool(find(text, "times") and find(text, "indifferent"))


def _without_ruled_out(text: str, entities: list[Entity]) -> list[Entity]:
    """Uses that are denied are gone, and times that are ruled out are kept as such: «not week 28 or 29»."""
    kept: list[Entity] = []
    for each in sorted(entities, key=lambda each: int(each.get("start", 0))):
        last = kept[-1] if kept and kept[-1]["entity"] == RULED_OUT else None
        goes_on = last and pattern("joined_by", "either_or").fullmatch(text[last["end"] : each["start"]].strip(" ,"))
        if each["entity"] in _TIMES and (goes_on or _ruled_out(text, each)):
            kept.append({**each, "entity": RULED_OUT, "time": each["entity"]})
        elif each["entity"] in _EITHER and _other_of_kind(entities, each) and _ruled_out(text, each):
            continue
        elif each["entity"] != "application" or not _ruled_out(text, each, "denied"):
            kept.append(each)
    return kept


def _without_old_time(turn: Turn, entities: list[Entity]) -> list[Entity]:
    """«From week 14 to week 16» where week 14 stands moves it: the old time is none that is wanted."""
    stood = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("delivery") or {}
    times = [each for each in entities if each["entity"] in ("date", "week")]
    if turn.slot("question") and len(times) == 1 and times[0].get("meaning") == "from" and times[0].get("until"):
        # Read as a span, of which the first day or week is the one that stands.
        moved = {key: each for key, each in times[0].items() if key not in ("until", "meaning", "part", "named")}
        if stood.get("value") == times[0]["value"] and stood.get("value") != times[0]["until"]:
            return [{**moved, "value": times[0]["until"]} if each is times[0] else each for each in entities]
    if not turn.slot("question") or len(times) < 2 or stood.get("value") != time_of(times[0]):
        return entities
    return [each for each in entities if each is not times[0]] if times[0].get("meaning") == "from" else entities


def _other_of_kind(entities: list[Entity], entity: Entity) -> bool:
    return any(each["entity"] == entity["entity"] and each.get("value") != entity.get("value") for each in entities)


def _ruled_out(text: str, entity: Entity, *topics: str) -> bool:
    """Whether nothing but small words stands between a value and the «not» before it."""
    before = text[: int(entity.get("start", 0))]
    words = list(pattern("ruled_out", *topics).finditer(before))
    return bool(words) and not pattern("before_ruled_out").sub("", before[words[-1].end() :]).strip()


def _without_other_times(turn: Turn, entities: list[Entity]) -> list[Entity]:
    """Times are kept that may be the delivery's."""
    if not any(each["entity"] in _TIMES for each in entities):
        return entities
    entities = _without_past(entities)
    others = [each for each in pieces(turn.text) if of_other_matter(turn, each)]
    return [each for each in entities if each["entity"] not in _TIMES or not any(piece.holds(each) for piece in others)]


def _without_past(entities: list[Entity]) -> list[Entity]:
    """«After the meeting yesterday ... they want it by week 6»: beside a time to come, a day that has been is none that is wanted."""
    days = [each for each in entities if each["entity"] == "date" and not each.get("ask")]
    past = [each for each in days if last_day(str(each.get("until") or each["value"])) < today()]
    later = any(each["entity"] in ("date", "week", "lead") and each not in past for each in entities)
    return [each for each in entities if each not in past] if later else entities


def _with_counted(turn: Turn, entities: list[Entity]) -> list[Entity]:
    """«30 stuffing boxes» counts pieces, whatever they are called: a wish that begins with a number and a noun."""
    numbers = [each for each in entities if each["entity"] == "number"]
    if turn.slot("question") not in _COUNTS or not numbers or any(each["entity"] == "quantity" for each in entities):
        return entities
    first = numbers[0]
    piece = next((each for each in pieces(turn.text) if each.holds(first)), None)
    before = without_lead(turn.text[piece.start if piece else 0 : first["start"]], "part_lead")
    wanted = closes(before, "wanted", "before_count")
    # «40 RG5 bushes»: what they are made of stands between.
    made_of = next((each for each in turn.said("alloy") if each["start"] == first["end"] + 1), None)
    behind = made_of["end"] if made_of else first["end"]
    noun = _NOUN.match(turn.text[behind:])
    # «Please note a request: 15 discs».
    begins = not before.strip() or wanted or before.rstrip().endswith(":")
    marks = {"bad", "ask"} & first.keys()
    if (
        not begins
        or marks
        or noun is None
        or find(noun[0].strip(" -"), "no_thing", "measures", "times", "part_ends", "times_count", "deliveries")
    ):
        return entities
    if not float(first["value"]).is_integer() or any(
        each is not first and each["start"] < behind + noun.end() and each["end"] > first["start"]
        for each in entities
        if each is not made_of and each["entity"] != "application"
    ):
        return entities
    return [{**each, "entity": "quantity"} if each is first else each for each in entities]


def _with_bare_date(turn: Turn, entities: list[Entity]) -> list[Entity]:
    """«01.06», and hardly a word beside it, is a day where no figure of a part is asked for: the next one of that date."""
    values = [each for each in entities if each["entity"] not in ("language", "dont_know")]
    if turn.slot("question") in _FIGURES or len(values) != 1 or values[0]["entity"] != "number":
        return entities
    start, end = int(values[0]["start"]), int(values[0]["end"])
    day = _DAY.fullmatch(turn.text[start:end])
    rest = f"{turn.text[:start]} {turn.text[end:]}"
    if day is None or re.search(r"[^\W\d_]{3}", pattern("filler", "asides").sub(" ", rest)):
        return entities
    date = _next_day(int(day[1]), int(day[2]))
    return [{**each, "entity": "date", "value": date} if each is values[0] and date else each for each in entities]


def _next_day(day: int, month: int) -> str | None:
    """The next time a date comes; None for one that does not exist."""
    now = today()
    for year in (now.year, now.year + 1):
        with contextlib.suppress(ValueError):
            if (found := dt.date(year, month, day)) >= now:
                return found.isoformat()
    return None


def _with_bare_count(turn: Turn, entities: list[Entity]) -> list[Entity]:
    """«Fifty» where the part is asked for counts pieces: no part is called so, and a drawing has more figures."""
    values = [each for each in entities if each["entity"] != "language"]
    if turn.slot("question") != "part" or len(values) != 1 or values[0]["entity"] != "number":
        return entities
    value, marks = values[0]["value"], {"bad", "ask", "unit"} & values[0].keys()
    rest = turn.text[: values[0]["start"]] + " " + turn.text[values[0]["end"] :]
    if (
        marks
        or not 1 <= value < _CODE
        or not float(value).is_integer()
        or re.search(r"\w", pattern("filler").sub(" ", rest))
    ):
        return entities
    return [{**each, "entity": "quantity", "value": int(value)} if each is values[0] else each for each in entities]


def _with_weights(text: str, entities: list[Entity]) -> list[Entity]:
    """«4.1 was the machined weight, the casting is 5.2 as cast»: plain numbers beside such words are kilograms."""
    for piece in pieces(text):
        topics = [topic for topic in _KINDS if find(piece.text, topic)]
        if len(topics) != 1:
            continue
        inside = [each for each in entities if piece.holds(each) and each["entity"] != "language"]
        if any(each["entity"] not in _MISTAKEN for each in inside):
            continue
        kind = _KINDS[topics[0]]
        weights = [each for each in inside if each["entity"] == "weight"]
        plain = list(_PLAIN.finditer(piece.text))
        if not weights and len(plain) != 1:
            continue
        value = float(plain[0][0].replace(",", ".")) if not weights else None
        said: list[Entity] = [{**each, "kind": kind} for each in weights] or [
            {"entity": "weight", "value": value, "per": None, "kind": kind,
             "start": piece.start + plain[0].start(), "end": piece.start + plain[0].end()}
        ]  # fmt: skip
        entities = [each for each in entities if each not in inside] + said
    entities = [_as_weight(text, each) for each in entities]
    return sorted(entities, key=lambda each: int(each.get("start", 0)))


def _as_weight(text: str, entity: Entity) -> Entity:
    """«Weight 12»: a number without a unit right behind the word is kilograms."""
    if entity["entity"] != "number" or {"unit", "bad", "ask"} & entity.keys() or "start" not in entity:
        return entity
    before = text[: int(entity["start"])]
    words = next(reversed([*pattern("weighs").finditer(before)]), None)
    between = before[words.end() :] if words else "."
    if pattern("measured_as").sub("", between).strip(" :="):
        return entity
    return {**entity, "entity": "weight", "value": float(entity["value"]), "per": None, "kind": None}
