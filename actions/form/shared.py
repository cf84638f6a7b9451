"""Questions that several tasks ask: how each is read out of a message, and how it behaves.

A reader returns an ``Answer``, a ``Problem`` to say before asking again, or None when the message does not answer it. A task
imports the questions it asks (``NAME``, ``QUANTITY`` ...); questions of one task alone stand in its folder.
"""

import datetime as dt
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.form.alloy import (
    chooses_none,
    family_said,
    left_to_us,
    neighbour,
    of_family,
    of_no_list,
    one_of_those_shown,
    proposed_for,
)
from actions.form.answers import Answer, Problem, Reading, line
from actions.form.contact import MAX_NAME, as_typed, find_person, looks_like_person
from actions.form.files import file_line
from actions.form.labels import REVISION
from actions.form.line_edits import names_line, with_words_above
from actions.form.lines import Item, items, numbered
from actions.form.lots import deliveries, lots, of_each_delivery
from actions.form.papers import paper_in
from actions.form.pieces import Piece, asked_in, cut_out, joined, narrowed, pieces
from actions.form.price_breaks import price_breaks
from actions.form.question import Question
from actions.form.shares import share_told, total_told
from actions.form.text import (
    announces_file,
    asks_something,
    denied,
    described_part,
    drawing_word,
    file_named,
    first_thing,
    free_text,
    is_general,
    is_list,
    leading_words,
    meant,
    only_comments,
    only_values,
    says_nothing,
    seen_thing,
    share_of_pieces,
    sketched,
    thing_among_figures,
    written,
    written_drawing,
    written_part,
)
from actions.form.told import as_told, for_delivery, of_other_matter, of_reaching, ruled_out
from actions.form.typed import PartAnswer, QuantityAnswer, WeightAnswer
from actions.form.words import closes, find, pattern, without_lead
from actions.orders.numbers import codes_in
from actions.production.catalogue import catalogue
from actions.production.recommendation import recommendations
from actions.turns.reading import Entity, Told, revised
from actions.turns.turn import Turn
from actions.turns.unknown import knows_nothing
from actions.turns.yes import tells_to_send
from bot.common.clock import today
from bot.common.spans import Span, is_span, last_day, time_of

#: How sure the engine must be of words that no rule reads.
WORDS_SEEN = 0.75
#: Kinds of messages that are no description, however they are worded.
SMALL_TALK = {"affirm", "deny", "thanks", "greet", "goodbye", "explain", "stop_task"}
#: Words of a message that leaves a question open.
FEW_WORDS = 4
#: Fewer pieces than these are «some» in words without a number.
_SOME = 10
_FRIDAY = 4
#: So many characters at most stand between two times that belong together.
BESIDE = 30
#: More words than these beside «no drawing» say something of their own.
BARE_NO = 5
#: So many figures are a number of an order wherever they stand, unless they are a year.
FIGURES_OF_ORDER = 4
#: «One piece» says of how many, and nothing else.
_BARE_COUNT = 2
_LETTERS = re.compile(r"[^\W\d_]{3}")
#: Times that can be read back with the customer's words.
_SAID = {"utter_line_delivery_date_said", "utter_line_delivery_week_said"}
_YEAR = re.compile(r"(?:19|20)\d\d")


def read(question: Question, turn: Turn, requested: bool) -> Reading:
    """What a message says to a question. ``requested``: it was just asked, and nothing else claims the words."""
    turn = as_told(turn)
    if question.name == "delivery":
        turn = for_delivery(turn)
    if only_comments(turn):
        return None
    if requested and _leaves_open(question, turn):
        if not question.may_stay_open:
            return Problem(f"utter_needed_{question.name}", asks=True)
        return left_open(question.name)
    if question.listed and any(_tells(item, question.listed) for item in listed_parts(turn)):
        if question.name != turn.slot("question") and _one_part_stands(turn):
            # «We have 4 people and 2 machines» in the midst of a request for one part is no list of parts.
            return None
        announced = {"announced": True} if question.file and announces_file(turn) else {}
        return Answer(None, "utter_line_listed", listed=True).but(question=f"question.{question.name}", **announced)
    # What a rule reads is right oftener than what was only seen.
    found = question.read(_where_told(question, turn) if requested else turn, requested)
    return found if found is not None else _as_seen(question, turn)


def _where_told(question: Question, turn: Turn) -> Turn:
    """What of the words for the open question tells it, where they tell others too: «31 cm across, 18 kg, and we have a scan»."""
    own = question.told(turn)
    others = [each for each in turn.told if each not in own]
    if not question.words or question.standing or question.name != turn.slot("question") or not own or not others:
        return turn
    if question.name == "name":
        # A firm is whole, however much of it was seen: «Aas Works».
        parts = [each for each in pieces(turn.text, joints=False) if not _overlap(each, others)]
        return narrowed(turn, parts) if parts else turn
    return cut_out(turn, [(each.start, each.end) for each in own])


def _overlap(piece: Piece, others: Sequence[Told]) -> bool:
    """Whether a piece holds what was seen of another question."""
    return any(each.start < piece.end and piece.start < each.end for each in others)


def _tells(item: Item, name: str) -> bool:
    """Whether a part of a list has a value of its own; price breaks tell its pieces, and a metal by its family its alloy."""
    return name in item or (name == "quantity" and "breaks" in item) or (name == "alloy" and "metal" in item)


def _one_part_stands(turn: Turn) -> bool:
    """Whether the request that is going on is for one part, which has a name."""
    part = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("part") or {}
    running = turn.slot("question") not in (None, "part")
    return bool(running and part.get("value") and not part.get("items") and not part.get("vague"))


def _as_seen(question: Question, turn: Turn) -> Reading:
    """What the stretches of a message say that tell just this; None where it has none, or its reader makes nothing of them."""
    if question.words and question.name == turn.slot("question"):
        # Words said to a question look like its answer; its reader knows better which are.
        return None
    told = [each for each in question.told(turn) if each.confidence >= (WORDS_SEEN if question.words else 0.0)]
    # «Not 3» tells no 3.
    told = [each for each in told if not closes(turn.text[: each.start], "set_against")]
    if not told or is_list(turn) or asks_something(turn):
        return None
    alone = cut_out(turn, [(each.start, each.end) for each in told])
    alone.intent, alone.confidence, alone.asks = "inform", 1.0, False
    found = question.read(alone, True)
    if found is None and question.words:
        return line(question.name, " ".join(alone.text.split()))
    return found


def left_open(question: str) -> Answer:
    """«Don't know» as an answer."""
    return Answer(None, "utter_line_unknown", unknown=True).but(question=f"question.{question}")


def _leaves_open(question: Question, turn: Turn) -> bool:
    """«Don't know», or no to a question that wants words."""
    if turn.said("email", "phone"):
        return False
    values = [entity for entity in turn.entities if entity["entity"] not in ("language", "dont_know")]
    if knows_nothing(turn.text) and not values:
        return True
    if turn.said("dont_know"):
        few = len(turn.text.split()) <= FEW_WORDS
        statement = question.standing or question.any_statement
        return only_values(turn) or (few and question.name != "details") or not statement
    if question.words and not question.yes_or_no and not question.standing and not values and says_nothing(turn.text):
        return True
    wants_words = question.words or not question.may_stay_open
    return turn.intent == "deny" and wants_words and not question.yes_or_no and not values


def _ambiguous(question: str, entity: Entity, requested: bool) -> Problem | None:
    """A number or date with two readings leads to a question, not a choice."""
    if entity.get("bad"):
        return Problem(f"utter_bad_{question}")
    if entity.get("ask"):
        choices = tuple(
            {"reply": f"utter_choice_{question}", "value": value, "payload": _typed(question, value)}
            for value in entity["ask"]
            if question != "quantity" or float(value).is_integer()
        )
        return Problem(f"utter_which_{question}", choices=choices, asks=True)
    return None


def _typed(question: str, value: Any) -> str:
    unit = {"quantity": " stk", "weight": " kg"}.get(question, "")
    if question == "delivery":
        return dt.date.fromisoformat(str(value)).strftime("%Y-%m-%d")
    number = int(value) if float(value).is_integer() else value
    return f"{number}{unit}"


def _alloy(turn: Turn, requested: bool) -> Reading:
    if chooses_none(turn):
        return None
    named = _plainly_named(turn)
    near = next((entity for entity in named if entity.get("near")), None)
    if near:
        if beside := neighbour(turn, near):
            return beside
        options = [name for name in near.get("options") or [near["value"]] if name in catalogue()]
        choices = tuple({"title": catalogue()[name].title} for name in options)
        return Problem("utter_which_alloy", choices=(*choices, {"reply": "utter_choice_dont_know"}), asks=True)
    if named:
        names = list(dict.fromkeys(entity["value"] for entity in named))
        if turn.asks and len(names) > 1:
            # «Is RG7 better than RG5?» chooses neither.
            return None
        titles = [catalogue()[name].title if name in catalogue() else name for name in names]
        return with_temper(line("alloy", " / ".join(names), title=" / ".join(titles)), turn)
    if requested and (shown := one_of_those_shown(turn)):
        return with_temper(line("alloy", shown, title=catalogue()[shown].title), turn)
    if ours := left_to_us(turn, requested):
        return ours
    proposed = next((found for each in turn.said("alloy_group") if (found := _proposed(turn, each))), None)
    if proposed or (family := family_said(turn, requested)):
        return proposed or family
    # «Runs on a steel shaft» tells of what stands beside the part.
    of_part = requested or turn.said("quantity", "weight", "dimensions") or turn.intent == "place_order"
    if turn.said("foreign_material") and of_part and not is_list(turn) and (requested or not _alloy_stands(turn)):
        return Problem("utter_not_cast", {"materials": [f"material.{turn.said('foreign_material')[0]['value']}"]})
    if requested and (own := of_no_list(turn)):
        return own
    if turn.said("unknown_alloy"):
        return Problem("utter_unknown_alloy_asked", {"name": turn.said("unknown_alloy")[0]["value"]}, asks=True)
    return None


def _alloy_stands(turn: Turn) -> bool:
    """Whether the request has an alloy: a metal told in passing («the two old ones are steel») changes none."""
    stood = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("alloy") or {}
    return bool(stood.get("reply")) and not stood.get("unknown")


def _plainly_named(turn: Turn) -> list[Entity]:
    """The alloys a message puts down. Words that point at several of a list («use it», «we need them») mean the one talked of last."""
    named = meant(turn, "alloy")
    if len({each["value"] for each in named}) < 2 or not all(each.get("reference") for each in named):
        return named
    talked_of = turn.before.about("alloy")
    return talked_of if len({each["value"] for each in talked_of}) == 1 else []


def _proposed(turn: Turn, group: Entity) -> Answer | None:
    """A metal with a use, and no alloy: the metal, with what we would take of it for that."""
    table = recommendations()
    needs = list(dict.fromkeys(str(each["value"]) for each in turn.said("application")))
    options = [catalogue()[name] for name in group.get("options", []) if name in catalogue()]
    families = {alloy.family for alloy in options}
    if not needs or set(needs) & set(table.guarded) or len(families) != 1:
        return None
    at_large = group["value"] in families
    found = [each.alloy for each in table.choose(needs, (), families.pop())]
    found = [alloy for alloy in found if at_large or alloy in options]
    return proposed_for(of_family(turn, group), found[0], needs) if found else None


def with_temper(answer: Answer, turn: Turn) -> Answer:
    """The alloy in the temper that was said with it: LM25 in T6."""
    told = [each for each in turn.said("temper") if each["value"] != "hardened"]
    # «Would T6 help?», «compare F and T6» asks of a temper, and chooses none.
    weighed = find(turn.text, "metal_undecided") or any(asked_in(turn.text, int(each.get("start", 0))) for each in told)
    codes = [] if weighed else list(dict.fromkeys(each["value"] for each in told))
    return answer.but(reply="utter_line_alloy_temper", temper=codes[0]) if codes else answer


def _quantity(turn: Turn, requested: bool) -> Reading:
    if _somewhat_more(turn):
        return Problem("utter_quantity_in_all", asks=True)
    parted, split = lots(turn), deliveries(turn)
    if parted:
        total = sum(each["quantity"] for each in parted)
        answer = QuantityAnswer(total, "utter_line_quantity_lots", lots=parted)
        return answer.but(texts=[each["text"] for each in parted])
    if several := price_breaks(turn.text) or _priced_apart(turn):
        texts = [f"{each:g}" for each in several]
        return QuantityAnswer(int(several[0]), "utter_line_quantity_alternatives").but(texts=texts)
    named = [each for each in meant(turn, "quantity") if not each.get("every") and not _not_ordered(turn, each)]
    named = [first] if named and (first := said_to_be(turn)) else named
    bare = not named and (requested or split is not None)
    numbers = [each for each in meant(turn, "number") if split is None or each["value"] > split] if bare else []
    for entity in named or numbers:
        others = {each["value"] for each in (*named, *meant(turn, "number"))} - {entity["value"], split}
        if not requested and (_only_some(entity) or closes(turn.text[: entity.get("start", 0)], "definite")):
            # «The three pieces weigh 31 kg» orders none.
            continue
        problem = _ambiguous("quantity", entity, requested)
        if problem:
            return problem
        value = _rather(turn, entity)
        if value <= 0 or value != int(value) or value > 1_000_000:
            return Problem("utter_bad_quantity")
        times = split if split and of_each_delivery(turn, entity) else 1
        answer = QuantityAnswer(
            int(value) * times, f"utter_line_quantity{'_deliveries' if split else ''}", deliveries=split
        )
        # «40 now and 60 later»: what is more than one number is kept in its words too.
        more = requested and others and split is None and not only_values(turn)
        told = share_told(turn) or (free_text(turn) if more else None)
        shares = {"shares": True} if share_told(turn) else {}
        return answer.but(reply="utter_line_quantity_said", said=told, **shares) if told else answer
    return None


def _not_ordered(turn: Turn, entity: Entity) -> bool:
    """«The old part we have, one piece», «one ring as a sample»: beside the pieces that stand it orders none."""
    stood = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("quantity") or {}
    if not stood.get("value"):
        return False
    every = pieces(turn.text)
    at = next((number for number, each in enumerate(every) if each.holds(entity)), None)
    if at is None:
        return False
    bare = len(every[at].text.split()) <= _BARE_COUNT and at and turn.text[every[at - 1].end] == ","
    return any(find(each.text, "not_ordered") for each in every[at - 1 if bare else at : at + 1])


def said_to_be(turn: Turn) -> Entity | None:
    """The first number, where all that stands before it says what it is to be: «it has to be 19, we add four»."""
    said = sorted(turn.said("number", "quantity"), key=lambda each: int(each["start"]))
    before = turn.text[: said[0]["start"]] if said else ""
    return said[0] if pattern("makes_it").fullmatch(without_lead(before, "filler").strip()) else None


def _priced_apart(turn: Turn) -> list[float]:
    """Numbers of pieces that are each to be priced by itself: «50 and 200 as separate lots», «50, 100 og 250 stk»; none where it is one."""
    in_a_row = [each for each in turn.said("quantity") if each.get("listed") and not each.get("every")]
    if not find(turn.text, "as_alternatives"):
        alone = len(in_a_row) == len([each for each in turn.said("quantity") if not each.get("every")]) > 1
        return [float(each["value"]) for each in in_a_row] if alone and not total_told(turn) else []
    marks = {"bad", "ask", "unit", "every", "role"}
    said = sorted(turn.said("quantity", "number", "share"), key=lambda each: int(each.get("start", 0)))
    found = [float(each["value"]) for each in said if not marks & each.keys() and not denied(turn, each)]
    whole = [each for each in found if each >= 1 and each.is_integer()]
    return whole if len(whole) > 1 and len(whole) == len(found) else []


def _rather(turn: Turn, entity: Entity) -> float:
    """The number that takes the place of a quantity in the same breath: «1 pc, or wait, make it 2»."""
    end = entity.get("end", 0)
    for other in turn.said("number"):
        if other["start"] >= end and closes(turn.text[end : other["start"]], "changes_mind"):
            return float(other["value"])
    return float(entity["value"])


def _somewhat_more(turn: Turn) -> bool:
    """«A few more this time» of pieces that stand, without saying how many."""
    stands = ((turn.slot("answers") or {}).get(turn.slot("task")) or {}).get("quantity") or {}
    exact = [each for each in turn.said("quantity", "number") if not each.get("ask")]
    return bool(
        stands.get("value") and not exact and find(turn.text, "some_more", "some_fewer") and not asks_something(turn)
    )


def _only_some(entity: Entity) -> bool:
    """Whether it is «some» or «a few», which nobody has to explain before the pieces are asked for."""
    return bool(entity.get("ask")) and max(entity["ask"]) < _SOME


def _weight(turn: Turn, requested: bool) -> Reading:
    found = meant(turn, "weight") or (meant(turn, "number") if requested else [])
    finished = next((each for each in found if each.get("kind") == "finished"), None)
    others = [each for each in found if each is not finished]
    for entity in others or found:
        problem = _ambiguous("weight", entity, requested)
        if problem:
            return problem
        if not 0 < entity["value"] < 100_000:
            return Problem("utter_bad_weight")
        total = entity.get("per") == "total"
        kind = "_total" if total else "_both" if finished and others else "_finished" if finished else ""
        return WeightAnswer(
            entity["value"], f"utter_line_weight{kind}", total=total, finished=finished["value"] if finished else None
        )
    return None


def _delivery(turn: Turn, requested: bool) -> Reading:
    parted = lots(turn)
    if parted:
        return line("delivery", "; ".join(each["text"] for each in parted))
    if turn.said("bad_date", "bad_week"):
        bad = turn.said("bad_date", "bad_week")[0]
        reply = "utter_unread_delivery" if bad.get("unread") else "utter_bad_delivery"
        return Problem(reply, {"text": written(turn, bad)})
    if several := _in_deliveries(turn):
        return line("delivery", several)
    for entity in meant(turn, "date"):
        problem = _ambiguous("delivery", entity, requested) or _weekday_doubt(entity)
        if problem:
            return problem
        return _at(turn, entity, "date")
    for entity in meant(turn, "week"):
        return _at(turn, entity, "week")
    for entity in turn.said("lead"):
        return line("delivery", (today() + dt.timedelta(days=entity["value"])).isoformat(), "utter_line_delivery_date")
    for entity in turn.said("order_lead"):
        return line("delivery", " ".join(turn.text[entity["start"] : entity["end"]].split()))
    if turn.said("asap"):
        return line("delivery", "asap", "utter_line_delivery_asap")
    any_day = [each for each in pieces(turn.text) if find(each.text, "no_deadline") and not of_reaching(each.text)]
    if any_day and not asks_something(turn):
        return line("delivery", joined(turn.text, any_day), any_day=True)
    if not requested or only_values(turn) or asks_something(turn):
        return None
    closed = [each for each in ruled_out(turn) if not find(each.text, "any_time")]
    told = any(
        find(each.text, "times")
        and each not in closed
        and not of_other_matter(turn, each)
        and not find(each.text, "not_ordered")
        for each in pieces(turn.text)
    )
    return line("delivery", " ".join(turn.text.split())[:200]) if told else None


def _in_deliveries(turn: Turn) -> str | None:
    """The words for several deliveries whose pieces no figure tells: «samples 30 June, series in 2 lots, September and January»."""
    times = meant(turn, "date", "week", "shift")
    if deliveries(turn) is None or len({each["value"] for each in times}) < 2 or turn.said("quantity"):
        return None
    return joined(
        turn.text,
        [
            each
            for each in pieces(turn.text)
            if any(map(each.holds, times)) or find(each.text, "deliveries", "times_count")
        ],
    )


def _weekday_doubt(entity: Entity) -> Problem | None:
    """«Thursday 19 March» of a year in which that is a Friday: one of the two is wrong."""
    if not entity.get("weekday_conflict"):
        return None
    day = entity["value"]
    choice = {"reply": "utter_choice_delivery", "value": day, "payload": _typed("delivery", day)}
    return Problem("utter_capacity_weekday", {"date": day}, choices=(choice,), asks=True)


def _on_weekend(time: str, meaning: str) -> dict[str, str]:
    """For a single day that is a Saturday or Sunday: the working day before it."""
    if is_span(time) or "-W" in time or meaning:
        return {}
    day = last_day(time)
    return {"workday": (day - dt.timedelta(days=day.weekday() - 4)).isoformat()} if day.weekday() > _FRIDAY else {}


def _at(turn: Turn, entity: Entity, kind: str) -> Reading:
    """A day, a week or a span; several of them are kept in their words too, and so is what a span was called."""
    together = _together(turn, entity)
    time, called = together or (time_of(entity), written(turn, entity))
    weekend = dt.timedelta(days=2 if kind == "week" else 0)
    if last_day(time) + weekend < today():
        return Problem("utter_past_delivery")
    kind = "date" if is_span(time) else kind
    words = {"words": called} if is_span(time) else {}
    closed = {} if together else _on_weekend(time, _meaning(entity))
    reply = "utter_line_delivery_weekend" if closed else f"utter_line_delivery_{kind}{_meaning(entity)}"
    answer = line("delivery", time, reply, **words, **closed)
    opened = turn.slot("question") == "delivery"
    several = opened and len({each["value"] for each in meant(turn, "date", "week")}) > 1
    shares = share_of_pieces(turn)
    if shares and not together:
        # «A quarter in June, the rest when you can» is not June for all of them.
        return answer.but(reply=f"utter_line_delivery_{kind}_said", said=shares)
    either = _alternatives(turn)
    if either and not together:
        # One of them stands until the customer says which; both are read back.
        return answer.but(
            reply=f"utter_line_delivery_{kind}_said",
            said=turn.text[either[0]["start"] : either[-1]["end"]],
            either=[time_of(each) for each in either],
        )
    if not several and not together:
        return _with_said(answer, turn, entity)
    return answer.but(reply=f"utter_line_delivery_{kind}_said", said=free_text(turn) if opened else called)


def _with_said(answer: Answer, turn: Turn, entity: Entity) -> Answer:
    """A time in the customer's words too, where they say more of it than was read: «the back end of April»."""
    told = next((each for each in DELIVERY.told(turn) if each.start <= entity["start"] < each.end), None)
    reply = f"{answer.reply}_said"
    if told is None or reply not in _SAID:
        return answer
    more = turn.text[told.start : entity["start"]] + " " + turn.text[entity["end"] : told.end]
    if not _LETTERS.search(pattern("filler", "by_when").sub(" ", more)):
        return answer
    return answer.but(reply=reply, said=" ".join(turn.text[told.start : told.end].split()))


def _alternatives(turn: Turn) -> list[Entity]:
    """Times of which one or the other is meant: «10 May or 24 May»."""
    times = sorted(meant(turn, "date", "week"), key=lambda each: int(each["start"]))
    if len({each["value"] for each in times}) < 2:
        return []
    return times if find(turn.text[times[0]["end"] : times[-1]["start"]], "either_or") else []


def _together(turn: Turn, first: Entity) -> tuple[str, str] | None:
    """Spans that stand beside each other, as one from the first to the last: «half in May, the rest in June»; and its words."""
    spans = [each for each in meant(turn, "date") if is_span(time_of(each))]
    near = all(other["start"] - one["end"] <= BESIDE for one, other in itertools.pairwise(spans))
    if len(spans) < 2 or spans[0] is not first or not near:
        return None
    days = [Span.load(time_of(each)) for each in spans]
    whole = Span(min(each.first for each in days), max(each.last for each in days))
    # «Half in May, the rest in June» begins before its first time.
    half = find(turn.text[max(0, first["start"] - BESIDE) : first["start"]], "half")
    start = max(0, first["start"] - BESIDE) + half.start() if half else first["start"]
    return str(whole), " ".join(turn.text[start : spans[-1]["end"]].split())


def _meaning(entity: Entity) -> str:
    """«after Easter» and «before week 20» are not the day itself."""
    return f"_{entity['meaning']}" if entity.get("meaning") in ("from", "after", "before") else ""


def _bare_answer(turn: Turn) -> bool:
    """Whether yes or no is all that is said, or is said of a drawing: «no, make it 70» and «yes, send it» answer other things."""
    if turn.text.startswith("/"):
        return True
    if turn.said("quantity", "number", "weight", "date", "week") or tells_to_send(turn.text):
        return False
    return len(turn.text.split()) <= BARE_NO or bool(find(turn.text, "drawings", "drawing_words"))


def _drawing(turn: Turn, requested: bool) -> Reading:
    announced = {"announced": True} if announces_file(turn) else {}
    if turn.said("drawing_no"):
        entity = turn.said("drawing_no")[0]
        return line("drawing", revised(entity["value"], entity.get("revision")), "", **announced)
    if file_named(turn):
        return line("drawing", file_named(turn), "", **announced)
    bare = requested and turn.intent in ("affirm", "deny") and _bare_answer(turn)
    word = turn.intent if bare else drawing_word(turn)
    drawn = sketched(turn)
    if drawn and not bare and (word != "affirm" or requested):
        return line("drawing", drawn)
    if word == "deny" and requested and len(turn.text.split()) > BARE_NO and turn.text[:1] != "/":
        return line("drawing", word, "utter_line_drawing_deny_said", said=free_text(turn))
    revision = REVISION.search(turn.text) if word == "affirm" else None
    if revision and not asked_in(turn.text, revision.start()):
        return line("drawing", word, "utter_line_drawing_affirm_rev", revision=revision["revision"].upper())
    if word:
        return line("drawing", word, f"utter_line_drawing_{word}")
    if not requested or turn.angry or not written_drawing(turn):
        return None
    return line("drawing", free_text(turn), "", **announced)


def _part(turn: Turn, requested: bool) -> Reading:
    if turn.table:
        # Its lines are the task's own to take.
        return None
    if is_list(turn):
        return list_of_parts(listed_parts(turn))
    for entity in turn.said("part_no"):
        return PartAnswer(revised(entity["value"], entity.get("revision")), "utter_line_part")
    described = described_part(turn, requested) or (leading_words(turn) or first_thing(turn) if requested else None)
    if described is None and requested and turn.intent not in SMALL_TALK:
        described = written_part(turn)
    if described is None and turn.intent == "place_order" and not requested:
        described = thing_among_figures(turn) or _known_part_ahead(turn)
    if described is None:
        described = seen_thing(turn)
    if described and _only_surroundings(turn, described):
        described = None
    numbers = turn.said("drawing_no")
    if numbers and (described is None or is_general(described)):
        # The number of a drawing is no name, but says which part is meant until one is told.
        return PartAnswer(revised(numbers[0]["value"], numbers[0].get("revision")), "utter_line_part", vague=True)
    if described is None or names_line(turn):
        return None
    return PartAnswer(described, "utter_line_part", vague=is_general(described))


def _known_part_ahead(turn: Turn) -> str | None:
    """The words before the first figure, where they name a kind of part and nothing else: «foring 90 utv 60 innv»."""
    ahead = leading_words(turn)
    kinds = [each for each in turn.said("application") if each["value"] in recommendations().parts]
    return ahead if ahead and any(ahead in turn.text[each["start"] : each["end"]] for each in kinds) else None


def _only_surroundings(turn: Turn, described: str) -> bool:
    """Whether what was taken for a part only says where it works: «sea water»."""
    places = [each for each in turn.said("application") if each["value"] not in recommendations().parts]
    return any(described.casefold() in turn.text[each["start"] : each["end"]].casefold() for each in places)


def listed_parts(turn: Turn) -> list[Item]:
    """The parts a message lists, with what it says of them above it; empty when it lists none."""
    return with_words_above(turn, items(turn))


def list_of_parts(found: list[Item]) -> PartAnswer:
    """Several parts in one request, each on its line."""
    return PartAnswer(numbered(found), "utter_line_parts", items=found).but(count=len(found))


def _text(question: str, turn: Turn) -> Reading:
    """Anything written, unless it is talk, a question or a value for another question."""
    talk = turn.intent in SMALL_TALK or (question != "details" and (asks_something(turn) or looks_like_person(turn)))
    if talk or only_values(turn):
        return None
    text = free_text(turn)
    return line(question, text) if text else None


def _details(turn: Turn, requested: bool) -> Reading:
    return _text("details", turn) if requested else None


def _order(turn: Turn, requested: bool) -> Reading:
    """The order by its number or their own; a part stands for its order until one is named. Words are no number."""
    # «The invoice must say PO-88213»: their own number is what is to stand there.
    paper = paper_in(turn.text)
    for entity in turn.said("order_no") if paper else turn.said("order_no", "po_no"):
        return line("order", entity["value"])
    if paper:
        return None
    for entity in turn.said("part_no", "drawing_no"):
        return Answer(entity["value"], "utter_line_order", vague=True)
    code = order_code(turn) if requested else None
    return line("order", code) if code else None


def order_code(turn: Turn) -> str | None:
    """What may be the number of an order that nobody knows: figures beside letters, or many of them. «All twelve» is none."""
    short = only_values(turn, beside=1) and not asks_something(turn)
    for code, start, _ in codes_in(turn):
        if not code.isdigit() or (len(code) >= FIGURES_OF_ORDER and not _YEAR.fullmatch(code)):
            return code
        # A small figure or a year is one when hardly anything else was written.
        if short and not asked_in(turn.text, start):
            return code
    return None


def _quotation(turn: Turn, requested: bool) -> Reading:
    for entity in turn.said("quotation_no"):
        return line("quotation", entity["value"])
    if requested and turn.said("number"):
        return line("quotation", written(turn, turn.said("number")[0]))
    return None


def _name(turn: Turn, requested: bool) -> Reading:
    # Who has proved who they are is asked for no name, and a signature does not change it.
    if turn.identity is not None and not requested:
        return None
    found = find_person(turn, requested)
    who = turn.ground.who
    if requested and found.company and not found.name and who.get("name"):
        # «The firm is Vik Mek», where that was to be put right: who asks is the same.
        found = replace(found, name=who["name"])
    elif requested and found.name and not found.company and who.get("company"):
        found = replace(found, company=who["company"])
    name = found.full if found.name or requested else None
    if name is None:
        return None
    if len(name) > MAX_NAME:
        return Problem("utter_bad_name")
    # The desk has a field for each.
    return line("name", name, person=found.name, company=found.company)


def _email(turn: Turn, requested: bool) -> Reading:
    for entity in turn.said("email"):
        return line("email", entity["value"])
    for entity in turn.said("phone") if requested else []:
        return line("email", as_typed(turn, entity), "utter_line_reach")
    signed = turn.reading.contact.get("email") if turn.identity is None else None
    if signed:
        return line("email", signed)
    return Problem("utter_bad_email") if requested and "@" in turn.text else None


PART = Question("part", _part, words=True, standing=True)
ALLOY = Question("alloy", _alloy, listed="alloy")
QUANTITY = Question("quantity", _quantity, listed="quantity")
WEIGHT = Question("weight", _weight, listed="weight")
DELIVERY = Question("delivery", _delivery, listed="delivery", claims=True)
DRAWING = Question(
    "drawing", _drawing, words=True, any_statement=True, yes_or_no=True, claims=True, listed="drawing_no", file=file_line("drawing"),
    choices=(("drawing_yes", "/affirm"), ("no_drawing", "/deny")),
)  # fmt: skip
DETAILS = Question("details", _details, words=True, standing=True)
ORDER = Question("order", _order, words=True)
QUOTATION = Question("quotation", _quotation)
NAME = Question(
    "name", _name, words=True, claims=True, keeps=("alloy", "delivery", "size", "pattern"), tags=("name", "company")
)
EMAIL = Question("email", _email, may_stay_open=False, claims=True, tags=("email", "phone"))
