"""Which answers hold the old value, and what they become with the new one in its place."""

import re
from collections.abc import Iterator
from dataclasses import fields

from actions.form.answers import Answer, Answers, Problem
from actions.form.labels import called
from actions.form.pieces import Piece, narrowed
from actions.form.question import Question
from actions.form.righting.figures import bare, first_number, number_of
from actions.form.righting.lines_and_lots import held_by_lines, other_lot
from actions.form.righting.pairs import Pair, kind_of
from actions.form.righting.standing import KEPT, Righted, Standing
from actions.form.righting.times import is_time, same_kind_of_time
from actions.form.righting.wording import LETTERS, SHORT, overlaps
from actions.form.shared import read
from actions.form.task import SAID
from actions.form.typed import PartAnswer, QuantityAnswer, SizeAnswer, WeightAnswer
from actions.turns.reading import Entity

#: Answers that are a number.
NUMBERS = ("quantity", "yearly", "weight", "wall", "affected")
#: The kinds of values that correct these answers and no other.
KINDS = {
    "weight": ("weight",), "wall": ("wall",), "dimensions": ("size",), "alloy": ("alloy",), "alloy_group": ("alloy",),
    "date": ("delivery",), "week": ("delivery",), "lead": ("delivery",), "email": ("email",), "phone": ("phone", "reach"),
}  # fmt: skip
#: Answers that are a number of things, and answers that are sentences of the customer.
_COUNTED, _OWN_SENTENCES = ("quantity", "yearly", "part", "affected"), ("details", "found", "remedy")
#: Values that are made of several figures.
_OF_FIGURES = ("dimensions", "date", "phone", "money", "order_no", "po_no", "part_no", "drawing_no", "email")
#: Answers whose values are read as values, and answers in words of which only names and codes are put right.
_VALUES, _DESCRIBES = (
    ("alloy", "quantity", "weight", "delivery", "wall", "yearly", "order", "quotation"),
    ("requirements", "application", "pattern"),
)


def held_by(standing: Standing, pair: Pair) -> Iterator[Righted]:
    """Find the answers that are the old value, each with the new one; only those that are named, where any is."""
    found = [each for each in (*_held_by_answers(standing, pair), *held_by_lines(standing, pair)) if each]
    named = [each for each in found if called(standing.turn.text, each.name)]
    kinds = {one for each in _values(standing, pair) for one in _of_kind(standing, each)}
    fitting = [each for each in named or found if not kinds or each.name in kinds]
    yield from fitting


def _held_by_answers(standing: Standing, pair: Pair) -> Iterator[Righted]:
    old = _at(standing, pair.old, pair)
    for name, answer in standing.answers.items():
        if (
            name in KEPT
            or answer.unknown
            or standing.of_several(name)
            or not _is(standing, name, answer, pair.old, old)
        ):
            continue
        yield from renewed_by(standing, name, answer, pair)


def renewed_by(standing: Standing, name: str, answer: Answer, pair: Pair) -> Iterator[Righted]:
    """Read the new words as an answer, or say why it cannot stand."""
    question = next((each for each in standing.questions if each.name == name), None)
    if isinstance(answer, QuantityAnswer) and answer.lots and pair.old:
        old, new = _figure(standing, pair.old, pair), number_of(pair.new)
        if (lot := other_lot(answer, old, new)) is not None:
            yield Righted(name, lot, pair.start, pair.end, answer)
        if old != answer.value:
            return
    same = same_kind_of_time(answer, pair) if name == "delivery" else None
    fresh = same or (_read(standing, question, pair) if question else None)
    if isinstance(fresh, Problem):
        yield Righted(name, None, pair.start, pair.end, answer, problem=fresh)
    elif isinstance(fresh, Answer) and not fresh.unknown and fresh.value != answer.value:
        yield Righted(name, along(answer, fresh, pair), pair.start, pair.end, answer)


def _read(standing: Standing, question: Question, pair: Pair) -> Answer | Problem | None:
    """What the new words alone answer to a question."""
    start = _place(standing, pair.new, pair)
    end = start + len(pair.new)
    over = [each for each in standing.turn.entities if each["entity"] != "language" and overlaps(each, start, end)]
    if any("low" in each for each in over) and number_of(pair.new) is not None:
        # «From 30 to 35» is no range where 30 stands.
        return read(question, bare(standing.turn, pair.new), requested=True)
    start, end = (
        min([start, *(int(each["start"]) for each in over)]),
        max([end, *(int(each["end"]) for each in over)]),
    )
    alone = narrowed(standing.turn, [Piece(standing.turn.text[start:end], start, end)])
    alone.intent, alone.confidence, alone.asks = "inform", 1.0, False
    # «From 20 to 24»: what it becomes is the value.
    alone.entities = [{key: one for key, one in each.items() if key != "role"} for each in alone.entities]
    return read(question, alone, requested=True)


def _is(standing: Standing, name: str, answer: Answer, old: str, entities: list[Entity]) -> bool:
    """Whether an answer is the old value: the same number, time, alloy or address."""
    if name in NUMBERS:
        figure = first_number(old, entities)
        stands = [answer.value, getattr(answer, "finished", None)]
        stands += [each["quantity"] for each in getattr(answer, "lots", None) or []]
        return figure is not None and any(number_of(each) == figure for each in stands)
    if name == "delivery":
        return is_time(answer, old, entities)
    return any(each.get("value") == answer.value and answer.value is not None for each in entities)


def _figure(standing: Standing, words: str, pair: Pair) -> float | None:
    """The number that words of a pair are: «the 10»."""
    return first_number(words, _at(standing, words, pair))


def _values(standing: Standing, pair: Pair) -> list[Entity]:
    """The values that the old and the new words are."""
    return [*_at(standing, pair.old, pair), *_at(standing, pair.new, pair)]


def _of_kind(standing: Standing, entity: Entity) -> tuple[str, ...]:
    """The only answers that a value of this kind corrects; none where it may be any."""
    written = standing.turn.text[int(entity["start"]) : int(entity["end"])]
    if entity["entity"] == "quantity":
        return _COUNTED if LETTERS.search(written) else ()
    return KINDS.get(entity["entity"], ())


def of_a_value(standing: Standing, pair: Pair) -> bool:
    """Whether a figure of a pair is told as a value of its own kind: a week, pieces, a weight."""
    kinds = {*KINDS, "quantity"}
    return kind_of(pair.new) == "figure" and any(each["entity"] in kinds for each in _values(standing, pair))


def part_of_value(standing: Standing, pair: Pair) -> bool:
    """Whether a figure of a pair is only a part of a value: «ikke 3, bare 180 x 90 x 60», «before 20 March»."""
    return any(
        kind_of(words) == "figure" and _cuts(standing, _place(standing, words, pair), words)
        for words in (pair.old, pair.new) if words
    )  # fmt: skip


def _cuts(standing: Standing, start: int, words: str) -> bool:
    """Whether words at a place hold some of the figures of a value, and others of it, or its month, stand beside them."""
    text = standing.turn.text
    for each in standing.turn.entities:
        first, last = int(each.get("start", 0)), int(each.get("end", 0))
        if each["entity"] in _OF_FIGURES and overlaps(each, start, start + len(words)):
            beside = text[first : max(first, start)] + text[min(last, start + len(words)) : last]
            if re.search(r"\d", beside) or (each["entity"] == "date" and LETTERS.search(beside)):
                return True
    return False


def _place(standing: Standing, words: str, pair: Pair) -> int:
    """Where words of a pair stand: the new ones nearest to the sign that sets them against the old."""
    at = standing.turn.text.rfind(words, pair.start, max(pair.end, pair.start + len(words)))
    return at if at >= 0 else standing.turn.text.find(words)


def _at(standing: Standing, words: str, pair: Pair) -> list[Entity]:
    start = _place(standing, words, pair)
    return [
        each for each in standing.turn.entities
        if each["entity"] != "language" and "start" in each and overlaps(each, start, start + len(words))
    ]  # fmt: skip


def along(answer: Answer, fresh: Answer, pair: Pair | None) -> Answer:
    """Keep beside the new value what stood beside the old one: the weight when finished, the firm of a name."""
    if isinstance(answer, WeightAnswer) and isinstance(fresh, WeightAnswer) and answer.finished and answer.value:
        if pair and number_of(pair.old) == answer.finished != answer.value:
            return answer.but(finished=fresh.value)
        return answer.but(value=fresh.value) if fresh.finished is None else fresh
    if isinstance(answer, WeightAnswer) and isinstance(fresh, WeightAnswer) and answer.total:
        return answer.but(value=fresh.value)
    firm, person = str(answer.more.get("company") or ""), fresh.more.get("person")
    if firm and person and not fresh.more.get("company"):
        return fresh.but(value=f"{fresh.value}, {firm}", company=firm)
    if answer.more.get("said") and fresh.reply == "utter_line_quantity" and answer.reply == "utter_line_quantity_said":
        return answer.but(value=fresh.value)
    if getattr(answer, "counts", None):
        # «9 with the fault» of several faults that were counted: how many in all is said now.
        return fresh
    if (
        fresh.value is not None
        and type(fresh) is type(answer)
        and hasattr(answer, "of")
        and getattr(fresh, "of", None) is None
    ):
        return answer.but(value=fresh.value)
    return fresh


def holding(answers: Answers, old: str) -> Iterator[tuple[str, Answer]]:
    """Find the answers in words that hold the old ones."""
    whole = re.compile(rf"(?<!\w){re.escape(old)}(?![\w@])", re.I)
    plain = not re.search(r"\d", old) and old.islower()
    if number_of(old) in {figure for each in answers.values() for figure in each.figures()}:
        return
    for name, answer in answers.items():
        kept = name in _VALUES or name in KEPT or answer.unknown or not isinstance(answer.value, str)
        typed = type(answer) not in (Answer, PartAnswer, SizeAnswer) and name not in _DESCRIBES
        listed = isinstance(answer, PartAnswer) and bool(answer.items)
        # A figure of an order's facts in the story that began a wish («28 of the 40») is no value of it.
        told = name == "details" and number_of(old) is not None
        if kept or typed or listed or told or (plain and name in (*_DESCRIBES, "notes", "details", SAID)):
            continue
        if whole.search(str(answer.value)):
            yield name, answer


def renewed(name: str, answer: Answer, old: str, new: str, said: str, within: bool = False) -> Answer | None:
    """Put the new words in the place of the old ones; None where a letter alone would be guessed at."""
    whole = re.compile(re.escape(old) if within else rf"(?<!\w){re.escape(old)}(?![\w@])", re.I)
    if len(old) == 1 and old.isalpha() and not re.search(rf"\brev\.? {re.escape(old)}\b", str(answer.value), re.I):
        return None
    if name in _OWN_SENTENCES and kind_of(old) == "figure":
        # «4, not 3» corrects how many; what the customer wrote of them stays as it was written.
        return None
    if name == "details" and re.search(rf"(?<!\w){re.escape(new)}(?!\w)", str(answer.value), re.I):
        # «We only need 28 of the 40» holds both.
        return None
    beside = name == "size" or beside_same(str(answer.value), whole, said)
    if old.isdigit() and len(old) <= SHORT and not beside:
        return None
    words = {each.name for each in fields(answer)} - {"more", "value", "reply"}
    more = {key: whole.sub(lambda _: new, each) if isinstance(each, str) else each for key, each in answer.more.items()}
    fresh = answer.but(value=whole.sub(lambda _: new, str(answer.value)), **more)
    if isinstance(fresh, SizeAnswer) and "mm" in words:
        try:
            fresh.mm = [float(new.replace(",", ".")) if f"{each:g}" == old else each for each in fresh.mm]
        except ValueError:
            return None
    return fresh


def beside_same(value: str, old: re.Pattern[str], said: str) -> bool:
    """Tell whether a word that stands beside the old figure in the answer is said beside the new one: «Havnegata 14, not 12»."""
    found = old.search(value)
    beside = re.findall(r"[^\W\d_]{3,}", value[: found.start()])[-1:] if found else []
    beside += re.findall(r"[^\W\d_]{3,}", value[found.end() :])[:1] if found else []
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", said, re.I) for each in beside)
