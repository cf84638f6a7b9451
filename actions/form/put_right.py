"""What of a running request a message puts right, read once for the whole message and before anything else of it.

A correction is a new value with the old one or the field, and the line where there are several: «55, not 60», «wrong
mail, with w: pompserwis», «Lunden, not Lunde», «no wait, 16», «forget that about the spare». It goes to what holds the old
value; what was put right is told nowhere else. What stands nowhere is no correction.
"""

import contextlib
import copy
import datetime as dt
import difflib
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from actions.form.answers import Answer, Answers, Problem
from actions.form.corrections import MOST, WORD, Pair, denies, kind_of, pairs
from actions.form.left_out import without
from actions.form.line_edits import edited
from actions.form.line_names import mentions
from actions.form.lines import Item
from actions.form.lots import Lot
from actions.form.pieces import Piece, asked_in, narrowed, pieces
from actions.form.question import Question
from actions.form.shared import list_of_parts, read
from actions.form.task import SAID
from actions.form.text import called
from actions.form.typed import PartAnswer, QuantityAnswer, SizeAnswer, WeightAnswer
from actions.form.words import closes, find, numbers, opens, pattern, without_lead
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import blanked, word_set, words
from actions.turns.yes import names_a_wish
from bot.common.spans import time_of

#: The note of a number that may correct two answers: which of them was asked.
WHICH = "which"
#: The note of the answers that the message before has told.
LAST = "last_told"
#: No message puts more things right.
_AT_MOST = 6
#: A figure of so many signs may be anything: a word beside it must be said too.
_SHORT = 3
#: A whole name has so many words; spelt otherwise it is so alike.
_NAMED, _SPELT_ALIKE = 2, 0.8
#: A word of an address or a name, spelt otherwise, has so many signs, and is so alike.
_SPELT, _RESPELT = 4, 0.7
#: A code has so many figures.
_CODE = 4
#: So many words of what is taken back, and so many letters of a word are its beginning.
_BEGINNING, _TOLD_OF = 4, 0.5
#: Answers that are a number, and the kinds of values that correct them and no other.
_NUMBERS = ("quantity", "yearly", "affected", "weight", "wall")
_KINDS = {
    "weight": ("weight",), "wall": ("wall",), "dimensions": ("size",), "alloy": ("alloy",), "alloy_group": ("alloy",),
    "date": ("delivery",), "week": ("delivery",), "lead": ("delivery",), "email": ("email",), "phone": ("phone", "reach"),
}  # fmt: skip
#: Answers that are a number of pieces.
_PIECES = ("quantity", "affected")
_COUNTED = ("quantity", "yearly", "affected", "part")
#: Answers whose values are read as values, and answers in words of which only names and codes are put right.
_VALUES, _DESCRIBES = (
    ("alloy", "quantity", "weight", "delivery", "wall", "yearly", "order", "quotation"),
    ("requirements", "application", "pattern"),
)
#: What an order notes beside its questions; answers in which a word may be spelt otherwise.
_NOTED = ("po", "place")
_SPELT_OUT = ("email", "name", *_NOTED, "part", "drawing")
#: Words that began a wish stay what they were.
_KEPT = ("first_words", "change", "line", "judged", "split", "confirmation", WHICH, LAST)
#: Answers that keep the customer's own words, from which they may be taken out again.
OWN_WORDS = (SAID, "notes", "details", "requirements", "application", "pattern", "remedy", "found")
#: Words of which a correction by two numbers is made.
_OF_CORRECTING = ("is_wrong", "wrong", "is_right", "should_be", "is_now", "mind_changed", "retracts", "can_it_say", "makes_it", "decides", "to_change")  # fmt: skip
#: Several numbers, each to be priced by itself.
_ALTERNATIVES = "utter_line_quantity_alternatives"
#: No year has more weeks, and every month has so many days.
_WEEKS, _DAYS = 53, 28
_REVISION = re.compile(
    r"(?<!\w)(?:rev(?:isjon(?:en)?|ision(?:en)?)?|utg(?:ave(?:n)?|åva)?|indeks|index|issue|stand|ausgabe)\b[ .:]{0,2}"
    r"(?:(?:is|er|now|skal være|should be|to|til|nå) )*(?P<revision>[a-z]{1,2}|[0-9]{1,2})(?!\w)", re.I,
)  # fmt: skip
_OF_DRAWING = re.compile(r"(?P<lead>\brev\.? )(?P<revision>[a-z0-9]{1,2})\b", re.I)
#: A word and the figure of its own: «Havnegata 21», «Store 7».
_NAMED_FIGURE = re.compile(r"(?<!\w)(?P<word>[^\W\d_]{4,})\s+(?P<figure>\d{1,4}[a-zA-Z]?)(?![\w.,]*\d)(?!\w)")
_LETTERS = re.compile(r"[^\W\d_]{3,}")
_OWN_PIECE = re.compile(r"\s*;\s*|,\s+|\.\s+")
_RUN = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Righted:
    """An answer put right, ``before`` it was, and the stretch of the message that told it.

    ``answer`` None: it is taken out. ``line``: the line of a list that changed. ``problem``: why the new value cannot stand.
    ``which``: the answers that a new value may be for. ``nothing``: what is to be taken back stands nowhere.
    """

    name: str
    answer: Answer | None
    start: int
    end: int
    before: Answer | None = None
    line: int | None = None
    problem: Problem | None = None
    which: tuple[str, ...] = ()
    new: str = ""
    taken_out: str = ""
    nothing: bool = False


def put_right(turn: Turn, questions: Sequence[Question], answers: Answers, opened: str | None = None) -> list[Righted]:
    """All that a message puts right in the answers that stand, each told apart from the others."""
    told, stand = turn, Answers(answers.dump())
    found: list[Righted] = []
    while len(found) < _AT_MOST and (one := _Standing(told, questions, stand, opened).next()):
        whole = _whole(told, one)
        found.append(whole)
        told = without(told, (whole.start, whole.end))
        if whole.which or whole.nothing:
            break
        if whole.answer is not None:
            stand[whole.name] = whole.answer
        else:
            stand.pop(whole.name, None)
    return found


def says_nothing_more(text: str) -> bool:
    """Whether no word is left beside a correction that tells anything: a yes, a sorry, a «just been told»."""
    rest = pattern("comments", "filler", "asides", "no_but", "set_against", "corrects_lead", "changes_mind").sub(
        " ", text
    )
    common = word_set("common", "common")
    return not re.search(r"\d", rest) and all(each.casefold() in common for each in _LETTERS.findall(rest))


def _whole(turn: Turn, righted: Righted) -> Righted:
    """The stretch of a correction with what leads to it, and what behind it tells nothing else."""
    start, end = righted.start, righted.end
    for each in pieces(turn.text):
        if each.end <= righted.start or each.start >= righted.end:
            continue
        before = turn.text[each.start : righted.start] if each.start < righted.start else ""
        behind = turn.text[righted.end : each.end] if each.end > righted.end else ""
        if before and not any(
            each.start <= int(one.get("start", -1)) < righted.start
            for one in turn.entities
            if one["entity"] != "language"
        ):
            start = each.start
        if says_nothing_more(behind):
            end = max(end, each.end)
    return replace(righted, start=start, end=end)


class _Standing:
    """The answers of a request against one message that may put one of them right."""

    def __init__(self, turn: Turn, questions: Sequence[Question], answers: Answers, opened: str | None) -> None:
        self.turn, self.questions, self.answers, self.opened = turn, questions, answers, opened

    def next(self) -> Righted | None:
        """The first thing that the message puts right."""
        return (
            self._asked_which()
            or self._by_pairs()
            or self._two_figures()
            or self._two_values()
            or self._moved()
            or self._revised()
            or self._respelt()
            or self._spelt_otherwise()
            or self._named_wrong()
            or self._named_anew()
            or self._other_figure()
            or self._by_so_many()
            or self._of_a_lot()
            or self._mind_changed()
            or self._taken_back()
        )

    # ------------------------------------------------------------ old and new

    def _by_pairs(self) -> Righted | None:
        for pair in pairs(self.turn.text):
            at = self.turn.text.rfind(pair.new, pair.start, pair.end)
            if asked_in(self.turn.text, max(pair.start, at)) and not self._wished(pair):
                continue
            if house := self._beside_its_word(pair):
                return house
            held = list(self._held(pair))
            names = {each.name for each in held}
            if len(names) > 1:
                return Righted(held[0].name, None, pair.start, pair.end, which=tuple(sorted(names)), new=pair.new)
            if held:
                return held[0]
            for name, answer in _holding(self.answers, pair.old):
                fresh = _renewed(name, answer, pair.old, pair.new, self.turn.text)
                if fresh is not None:
                    return Righted(name, fresh, pair.start, pair.end, answer)
        return None

    def _two_figures(self) -> Righted | None:
        """«18 is wrong, 19 is right», «38? no, 39»: of two numbers and hardly a word the one that stands is the old one."""
        turn = self.turn
        marks = {"bad", "ask", "unit", "every"}
        said = [each for each in turn.entities if each["entity"] != "language"]
        plain = [each for each in said if each["entity"] in ("number", "quantity") and not marks & each.keys()]
        if len(said) != 2 or len(plain) != 2 or plain[0]["value"] == plain[1]["value"]:
            return None
        spans = [(int(each["start"]), int(each["end"])) for each in plain]
        rest = pattern(*_OF_CORRECTING).sub(" ", blanked(turn.text, spans))
        between = turn.text[min(end for _, end in spans) : max(start for start, _ in spans)]
        corrects = find(between, *_OF_CORRECTING, "no_but", "changes_mind") or find(turn.text, "is_wrong", "wrong")
        asks = asked_in(turn.text, max(start for start, _ in spans)) and not find(turn.text, "can_it_say")
        if not corrects or asks or not says_nothing_more(rest):
            return None
        for old, new in itertools.permutations(plain):
            before, after = (turn.text[int(each["start"]) : int(each["end"])] for each in (old, new))
            held = list(self._held(Pair(before, after, 0, len(turn.text))))
            if len({each.name for each in held}) == 1:
                return held[0]
        return None

    def _two_values(self) -> Righted | None:
        """«3 kg is too little, it will be 4 kg», «week 12 is too early, week 14 suits us»: the first one stands, the other is wanted."""
        turn = self.turn
        said = [each for each in turn.entities if each["entity"] not in ("language", "application")]
        if len(said) != 2 or said[0]["entity"] != said[1]["entity"] or said[0]["entity"] not in _KINDS:
            return None
        old, new = sorted(said, key=lambda each: int(each["start"]))
        between = turn.text[int(old["end"]) : int(new["start"])]
        settles = find(turn.text, "is_wrong", "wrong", "too_much", "mind_changed") or find(
            between, "decides", "makes_it"
        )
        if not settles or asked_in(turn.text, int(new["start"])) or find(turn.text, "weight_finished", "guesses"):
            return None
        words = [turn.text[int(each["start"]) : int(each["end"])] for each in (old, new)]
        held = list(self._held(Pair(words[0], words[1], int(old["start"]), int(new["end"]))))
        return held[0] if len({each.name for each in held}) == 1 else None

    def _moved(self) -> Righted | None:
        """«Two weeks later»: the day or week that stands, moved."""
        moved, known = self.turn.said("shift"), self.answers.get("delivery")
        if len(moved) != 1 or known is None or asked_in(self.turn.text, int(moved[0]["start"])):
            return None
        days = int(moved[0]["value"]) * (1 if moved[0].get("way") == "later" else -1)
        fresh = _moved_by(str(known.value or ""), days)
        if fresh is None:
            return None
        start, end = int(moved[0]["start"]), int(moved[0]["end"])
        return Righted("delivery", _other_time(known, fresh), start, end, known)

    def _other_figure(self) -> Righted | None:
        """«No, Havnegata 21» where Havnegata 12 stands: the same word with another figure behind it."""
        for said in _NAMED_FIGURE.finditer(self.turn.text):
            over = [each for each in self.turn.entities if _over(each, said.start("figure"), said.end("figure"))]
            if any(each["entity"] not in ("number", "language", "of_address") for each in over):
                continue
            stands = re.compile(rf"(?<!\w)({re.escape(said['word'])}\s+)(\d{{1,4}}[a-z]?)(?!\w)", re.I)
            for name in (*_NOTED, SAID, "notes"):
                answer = self.answers.get(name)
                found = stands.findall(str(answer.value)) if answer and not answer.unknown else []
                if answer is None or len(found) != 1 or found[0][1].casefold() == said["figure"].casefold():
                    continue
                value = stands.sub(rf"\g<1>{said['figure']}", str(answer.value))
                return Righted(name, answer.but(value=value), said.start(), said.end(), answer)
        return None

    def _of_a_lot(self) -> Righted | None:
        """«No, 12 in May» of 10 in April and 10 in May: the pieces of the one lot that comes then."""
        turn, known = self.turn, self.answers.get("quantity")
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

    def _by_so_many(self) -> Righted | None:
        """«5 more», «two less», «increase by 10»: so many more or fewer than stand."""
        turn, known = self.turn, self.answers.get("quantity")
        said = [each for each in turn.entities if each["entity"] not in ("language", "application")]
        plain = (
            known is not None and isinstance(known.value, int) and not known.listed and not getattr(known, "lots", None)
        )
        if known is None or not plain or len(said) != 1 or said[0]["entity"] not in ("quantity", "number"):
            return None
        start, end = int(said[0]["start"]), int(said[0]["end"])
        figure = turn.text[start:end].casefold().split()[:1]
        if not figure or not (_number(figure[0]) is not None or figure[0] in numbers()):
            # «A few more» is no number of them.
            return None
        way = _way(turn.text[:start], turn.text[end:], float(said[0]["value"]))
        total = int(known.value) + way * abs(int(said[0]["value"]))
        if not way or total <= 0 or asked_in(turn.text, start) or self._of_several("quantity"):
            return None
        return Righted("quantity", replace(known, value=total), 0, len(turn.text), known)

    def _beside_its_word(self, pair: Pair) -> Righted | None:
        """«Fjordgata 21, not 12»: a figure that stands beside the word which is said with it is no number of its own."""
        if not pair.old.isdigit():
            return None
        whole = re.compile(rf"(?<!\w){re.escape(pair.old)}(?![\w@])")
        for name, answer in _holding(self.answers, pair.old):
            if name != "size" and _beside_same(str(answer.value), whole, self.turn.text[pair.start : pair.end]):
                fresh = _renewed(name, answer, pair.old, pair.new, self.turn.text)
                return Righted(name, fresh, pair.start, pair.end, answer) if fresh else None
        return None

    def _wished(self, pair: Pair) -> bool:
        """«Can it say 30?» wants what it asks."""
        said = self.turn.text[pair.start : pair.end]
        return bool(find(said, "can_it_say") or (opens(said, "wish_lead") and find(said, "wish_verb")))

    def _held(self, pair: Pair) -> Iterator[Righted]:
        """The answers that are the old value, each with the new one; only those that are named, where any is."""
        found = [each for each in (*self._held_by_answers(pair), *self._held_by_lines(pair)) if each]
        named = [each for each in found if called(self.turn.text, each.name)]
        kinds = {one for each in self._values(pair) for one in self._of_kind(each)}
        fitting = [each for each in named or found if not kinds or each.name in kinds]
        yield from fitting

    def _held_by_answers(self, pair: Pair) -> Iterator[Righted]:
        old = self._at(pair.old, pair)
        for name, answer in self.answers.items():
            if name in _KEPT or answer.unknown or self._of_several(name) or not self._is(name, answer, pair.old, old):
                continue
            yield from self._renewed_by(name, answer, pair)

    def _renewed_by(self, name: str, answer: Answer, pair: Pair) -> Iterator[Righted]:
        question = next((each for each in self.questions if each.name == name), None)
        if isinstance(answer, QuantityAnswer) and answer.lots and pair.old:
            old, new = self._figure(pair.old, pair), _number(pair.new)
            if (lot := _other_lot(answer, old, new)) is not None:
                yield Righted(name, lot, pair.start, pair.end, answer)
            if old != answer.value:
                return
        same = _same_kind_of_time(answer, pair) if name == "delivery" else None
        fresh = same or (self._read(question, pair) if question else None)
        if isinstance(fresh, Problem):
            yield Righted(name, None, pair.start, pair.end, answer, problem=fresh)
        elif isinstance(fresh, Answer) and not fresh.unknown and fresh.value != answer.value:
            yield Righted(name, _along(answer, fresh, pair), pair.start, pair.end, answer)

    def _read(self, question: Question, pair: Pair) -> Answer | Problem | None:
        """What the new words alone answer to a question."""
        start = self._place(pair.new, pair)
        end = start + len(pair.new)
        over = [each for each in self.turn.entities if each["entity"] != "language" and _over(each, start, end)]
        if any("low" in each for each in over) and _number(pair.new) is not None:
            # «From 30 to 35» is no range where 30 stands.
            return read(question, _bare(self.turn, pair.new), requested=True)
        start, end = (
            min([start, *(int(each["start"]) for each in over)]),
            max([end, *(int(each["end"]) for each in over)]),
        )
        alone = narrowed(self.turn, [Piece(self.turn.text[start:end], start, end)])
        alone.intent, alone.confidence, alone.asks = "inform", 1.0, False
        # «From 20 to 24»: what it becomes is the value.
        alone.entities = [{key: one for key, one in each.items() if key != "role"} for each in alone.entities]
        return read(question, alone, requested=True)

    def _is(self, name: str, answer: Answer, old: str, entities: list[Entity]) -> bool:
        """Whether an answer is the old value: the same number, time, alloy or address."""
        if name in _NUMBERS:
            figure = _first_number(old, entities)
            stands = [answer.value, getattr(answer, "finished", None)]
            stands += [each["quantity"] for each in getattr(answer, "lots", None) or []]
            return figure is not None and any(_number(each) == figure for each in stands)
        if name == "delivery":
            return _is_time(answer, old, entities)
        return any(each.get("value") == answer.value and answer.value is not None for each in entities)

    def _figure(self, words: str, pair: Pair) -> float | None:
        """The number that words of a pair are: «the 10»."""
        return _first_number(words, self._at(words, pair))

    def _values(self, pair: Pair) -> list[Entity]:
        """The values that the old and the new words are."""
        return [*self._at(pair.old, pair), *self._at(pair.new, pair)]

    def _of_kind(self, entity: Entity) -> tuple[str, ...]:
        """The only answers that a value of this kind corrects; none where it may be any."""
        written = self.turn.text[int(entity["start"]) : int(entity["end"])]
        if entity["entity"] == "quantity":
            return _COUNTED if _LETTERS.search(written) else ()
        return _KINDS.get(entity["entity"], ())

    def _place(self, words: str, pair: Pair) -> int:
        """Where words of a pair stand: the new ones nearest to the sign that sets them against the old."""
        at = self.turn.text.rfind(words, pair.start, max(pair.end, pair.start + len(words)))
        return at if at >= 0 else self.turn.text.find(words)

    def _at(self, words: str, pair: Pair) -> list[Entity]:
        start = self._place(words, pair)
        return [
            each for each in self.turn.entities
            if each["entity"] != "language" and "start" in each and _over(each, start, start + len(words))
        ]  # fmt: skip

    # ------------------------------------------------------------ a line of a list

    def _lines(self) -> list[str]:
        """The lines of the list that stands, as they are written."""
        part = self.answers.get("part")
        return [each["text"] for each in part.items] if isinstance(part, PartAnswer) else []

    def _held_by_lines(self, pair: Pair) -> Iterator[Righted]:
        """A figure of one line of a list: of the line that is named, else of the only one that has it."""
        part = self.answers.get("part")
        known = part.items if isinstance(part, PartAnswer) else []
        old = _number(pair.old)
        if part is None or not known or old is None:
            return
        named = {line for each in mentions(self.turn.text, [one["text"] for one in known]) for line in each.lines}
        having = [
            (at, key) for at, each in enumerate(known, 1) for key in ("quantity", "weight")
            if _number(each.get(key)) == old and (not named or at in named)
        ]  # fmt: skip
        new = _number(pair.new)
        if len(having) != 1 or new is None:
            return
        at, key = having[0]
        if key == "quantity":
            values = Item(quantity=int(new), said={key: pair.new})
        else:
            values = Item(weight=new, said={key: f"{pair.new} kg"})
        item = edited(known, {"number": at, "values": values})
        yield Righted("part", list_of_parts(item), pair.start, pair.end, part, line=at)

    # ------------------------------------------------------------ spelt, named, changed

    def _revised(self) -> Righted | None:
        """«It is revision C, not B», «now in rev. D»: another revision of the drawing that stands."""
        turn, known = self.turn, self.answers.get("drawing")
        found = next((each for each in _REVISION.finditer(turn.text) if not denies(turn.text, each.start())), None)
        stands = _OF_DRAWING.search(str(known.value)) if known and isinstance(known.value, str) else None
        if known is None or found is None or stands is None or turn.said("drawing_no", "part_no"):
            return None
        new = found["revision"].upper()
        if stands["revision"].upper() == new or asked_in(turn.text, found.start()):
            return None
        value = _OF_DRAWING.sub(lambda each: each["lead"] + new, str(known.value))
        end = found.end()
        for each in pieces(turn.text):
            # «Revision C, not B»
            if each.start >= found.end() and opens(each.text, "negated") and len(each.text.split()) <= MOST:
                end = max(end, each.end)
        return Righted("drawing", known.but(value=value), found.start(), end, known)

    def _respelt(self) -> Righted | None:
        """«Lena Foxx, with two x's»: the name that stands, spelt otherwise, and hardly a word beside it."""
        turn, known = self.turn, self.answers.get("name")
        person = str(known.more.get("person") or "") if known else ""
        words = [each[0].strip(".") for each in WORD.finditer(turn.text)]
        count = len(person.split())
        if known is None or count < _NAMED or len(words) > count + MOST:
            return None
        for at in range(len(words) - count + 1):
            said = " ".join(words[at : at + count])
            same = set(said.casefold().split()) & set(person.casefold().split())
            if (
                said != person
                and _alike(said, person) >= _SPELT_ALIKE
                and same
                and all(each[0].isupper() for each in said.split())
            ):
                fresh = known.but(value=str(known.value).replace(person, said), person=said)
                return Righted("name", fresh, 0, len(turn.text), known)
        return None

    def _spelt_otherwise(self) -> Righted | None:
        """«Mail wrong, with w: pompserwis», «the PO is 44871, swapped two figures»: a word of what stands, spelt otherwise."""
        turn = self.turn
        if asked_in(turn.text, 0):
            return None
        wrong = find(turn.text, "is_wrong", "wrong", "spelt")
        for name in _SPELT_OUT:
            answer = self.answers.get(name)
            if answer is None or answer.unknown or not isinstance(answer.value, str) or getattr(answer, "items", None):
                continue
            if turn.said(name) or not (called(turn.text, name) or wrong):
                continue
            for said in _RUN.finditer(turn.text):
                if (old := _spelt_like(said[0], answer.value)) and (wrong or said[0].isdigit()):
                    fresh = _renewed(name, answer, old, said[0], turn.text, within=True)
                    if fresh is not None:
                        return Righted(name, fresh, 0, len(turn.text) if self._only(said) else said.end(), answer)
        return None

    def _only(self, said: re.Match[str]) -> bool:
        """Whether a message holds no other value than the word that was found."""
        return all(each["entity"] == "language" or _over(each, said.start(), said.end()) for each in self.turn.entities)

    def _named_wrong(self) -> Righted | None:
        """«Wrong drawing, it is KX-200»: what stands behind the name of an answer that is called wrong is the right one."""
        parts = pieces(self.turn.text, joints=False)
        for piece, told in itertools.pairwise(parts):
            if not find(piece.text, "is_wrong", "wrong") or len(piece.text.split()) > MOST:
                continue
            lead = len(told.text) - len(without_lead(told.text, "corrects_lead"))
            right = Piece(told.text[lead:], told.start + lead, told.end)
            if right.text and len(right.text.split()) <= MOST and (found := self._named(piece, right)):
                return found
        return None

    def _named_anew(self) -> Righted | None:
        """«The PO is 44871», «the name should be Vik AS»: what stands behind the name of an answer in words is the right one."""
        for piece in pieces(self.turn.text, joints=False):
            sign = find(piece.text, "should_be", "is_called", "is_now")
            if sign is None or asked_in(self.turn.text, piece.start) or not _LETTERS.search(piece.text[: sign.start()]):
                continue
            start = piece.start + sign.end()
            label = Piece(self.turn.text[piece.start : start], piece.start, start)
            lead = len(self.turn.text[start : piece.end]) - len(
                without_lead(self.turn.text[start : piece.end], "filler")
            )
            right = Piece(self.turn.text[start + lead : piece.end], start + lead, piece.end)
            strong = find(piece.text, "should_be", "is_called") is not None
            if (
                right.text
                and len(right.text.split()) <= MOST
                and (found := self._named(label, right, noted=not strong))
            ):
                return found
        return None

    def _named(self, label: Piece, right: Piece, noted: bool = False) -> Righted | None:
        """The one answer that a label names, with the right words as its value. ``noted``: only what an order notes beside."""
        marked = [each for each in _NOTED if each in self.answers and called(label.text, each)]
        if len(marked) == 1:
            before = self.answers[marked[0]]
            other = before.but(value=right.text.strip(" .,"))
            return None if other == before else Righted(marked[0], other, label.start, right.end, before)
        named = [each for each in self.questions if each.name in self._told_words(label.text)]
        if noted or len(named) != 1:
            return None
        alone = narrowed(self.turn, [right])
        alone.intent, alone.confidence, alone.asks = "inform", 1.0, False
        if named[0].name == "name" and find(label.text, "called_company"):
            return self._other_firm(label, right)
        before = self.answers[named[0].name]
        fresh = named[0].read(alone, True)
        if not isinstance(fresh, Answer) or fresh.unknown or fresh == before:
            return None
        return Righted(named[0].name, _along(before, fresh, None), label.start, right.end, before)

    def _other_firm(self, label: Piece, right: Piece) -> Righted | None:
        """«The firm is called Viken AS»: the firm beside the name that stands."""
        before = self.answers["name"]
        person, firm = str(before.more.get("person") or ""), right.text.strip(" .,")
        value = ", ".join(each for each in (person, firm) if each)
        if not person or value == before.value:
            return None
        return Righted("name", before.but(value=value, company=firm), label.start, right.end, before)

    def _told_words(self, label: str) -> list[str]:
        """The answers that stand and are named in a label."""
        return [each for each in self.answers if each not in _KEPT and called(label, each)]

    def _mind_changed(self) -> Righted | None:
        """«No wait, 16», «make it 55»: a number behind words that change one's mind corrects what was told last."""
        turn = self.turn
        told = [each for each in turn.said("number", "quantity") if not {"bad", "ask", "unit", "every"} & each.keys()]
        for each in told:
            start, end = int(each["start"]), int(each["end"])
            sure = closes(turn.text[:start].rstrip(" ,:–-"), "mind_changed") or self._only_no(start, end)
            behind = turn.text[end:].lstrip(" ")
            ends = (
                not behind
                or behind[0] in ".,;!?\n"
                or opens(behind, "filler", "unit_words")
                or each["entity"] == "quantity"
            )
            # «Can we do 40 by week 9?» asks; «can we do 40 instead?» wants it.
            wished = closes(turn.text[:start].rstrip(" ,:–-"), "can_it_say") and says_nothing_more(turn.text[end:])
            if (
                not (sure or wished)
                or not ends
                or (asked_in(turn.text, start) and not wished)
                or not float(each["value"]).is_integer()
            ):
                continue
            names = [one for one in _NUMBERS if self._may_be_meant(one)]
            pair = Pair("", turn.text[start:end], start, end)
            found = [one for name in names for one in self._renewed_by(name, self.answers[name], pair)]
            if len(found) > 1:
                return Righted(found[0].name, None, start, end, which=tuple(one.name for one in found), new=pair.new)
            if found:
                return found[0]
        return None

    def _may_be_meant(self, name: str) -> bool:
        """Whether a number without a name is meant for an answer: the one number told last, else the pieces."""
        answer = self.answers.get(name)
        if answer is None or _number(answer.value) is None or answer.listed or self._of_several(name):
            return False
        last = [each for each in self.answers.value(LAST) or [] if each in _NUMBERS and each in self.answers]
        return name == last[0] if len(last) == 1 else name in _PIECES

    def _of_several(self, name: str) -> bool:
        """Whether an order has several parts, each with its pieces: the task knows of which."""
        return name == "quantity" and "parts" in self.answers

    def _only_no(self, start: int, end: int) -> bool:
        """«No, 6» and nothing else, where no number was asked for."""
        text = self.turn.text
        rest = text[:start] + " " + text[end:]
        free = self.opened not in _NUMBERS or self.opened in self.answers
        return free and closes(text[:start].rstrip(" ,:–-"), "no_but") and says_nothing_more(rest)

    def _asked_which(self) -> Righted | None:
        """The name of one of two answers that a number may have been meant for."""
        asked = self.answers.get(WHICH)
        named = [each for each in asked.more["names"] if called(self.turn.text, each)] if asked else []
        if asked is None or len(named) != 1 or (before := self.answers.get(named[0])) is None:
            return None
        question = next((each for each in self.questions if each.name == named[0]), None)
        fresh = read(question, _bare(self.turn, str(asked.value)), requested=True) if question else None
        return Righted(named[0], fresh, 0, len(self.turn.text), before) if isinstance(fresh, Answer) else None

    # ------------------------------------------------------------ taken back

    def _taken_back(self) -> Righted | None:
        """«Forget that about the spare»: the words of the customer that told it are taken out again."""
        for sign in pattern("forget_that").finditer(self.turn.text):
            piece = next(
                (each for each in pieces(self.turn.text, joints=False) if each.start <= sign.start() < each.end), None
            )
            if piece is None or asked_in(self.turn.text, sign.start()):
                continue
            about = self.turn.text[sign.end() : piece.end]
            if mentions(about, self._lines()):
                # A line of the list is struck, not words.
                return None
            told = [each.casefold() for each in _RUN.findall(about)]
            told = [
                each
                for each in told
                if each.isdigit() or (len(each) > _SHORT - 1 and each not in word_set("common", "common"))
            ]
            if not told:
                continue
            found = self._without_number(about, sign.start(), piece.end) or self._without_words(
                told, sign.start(), piece.end
            )
            if found:
                return found
            wish = any(names_a_wish(each) for each in told) or any(called(about, each) for each in self.answers)
            if find(sign[0], "forget_that_said") or (
                self.opened and not wish and piece.end == len(self.turn.text.rstrip(" .!"))
            ):
                return Righted(SAID, None, sign.start(), piece.end, nothing=True, new=about.strip(" .,"))
        return None

    def _without_number(self, about: str, start: int, end: int) -> Righted | None:
        """«Forget the 200» of 50 and 200 that are each to be priced, or of the pieces that stand: these are asked anew."""
        known, figure = self.answers.get("quantity"), _number(about.strip(" .,!"))
        if not isinstance(known, QuantityAnswer) or figure is None:
            return None
        several = [each for each in known.more.get("texts") or [] if known.reply == _ALTERNATIVES]
        left = [each for each in several if _number(each) != figure]
        if several and len(left) < len(several):
            plain = QuantityAnswer(int(left[0]), "utter_line_quantity")
            fresh = plain if len(left) == 1 else known.but(value=int(left[0]), texts=left)
            return Righted("quantity", fresh, start, end, known)
        return Righted("quantity", None, start, end, known) if known.value == figure else None

    def _without_words(self, told: list[str], start: int, end: int) -> Righted | None:
        best: tuple[float, str, list[str], int] | None = None
        as_written = [each for each, answer in self.answers.items() if answer.reply == "utter_line_own_words"]
        for name in (*OWN_WORDS, *as_written):
            answer = self.answers.get(name)
            if answer is None or answer.unknown or not isinstance(answer.value, str):
                continue
            kept = [each for each in _OWN_PIECE.split(answer.value) if each.strip()]
            for at, each in enumerate(kept):
                share = _shared(told, each)
                if share >= _TOLD_OF and (best is None or share > best[0]):
                    best = share, name, kept, at
        known = self.answers.get("quantity")
        parted = find(self.turn.text[start:end], "deliveries", "times_count")
        if isinstance(known, QuantityAnswer) and known.deliveries and parted:
            plain = known.but(deliveries=None, reply="utter_line_quantity")
            out = best[2][best[3]] if best else self.turn.text[parted.start() + start : end].strip(" .!")
            return Righted("quantity", plain, start, end, known, taken_out=out)
        said = str(known.more.get("said") or "") if known else ""
        if known and said and _shared(told, said) > (best[0] if best else _TOLD_OF):
            more = {key: each for key, each in known.more.items() if key not in ("said", "shares")}
            return Righted(
                "quantity", replace(known, reply="utter_line_quantity", more=more), start, end, known, taken_out=said
            )
        if best is None:
            return None
        _, name, kept, at = best
        return Righted(
            name, without_piece(self.answers[name], kept[at]), start, end, self.answers[name], taken_out=kept[at]
        )


def without_piece(answer: Answer, words: str) -> Answer | None:
    """An answer in the customer's words without one stretch of them; None where nothing else is left."""
    left = re.sub(rf"(?:^|\s*[;,.]\s*){re.escape(words)}(?!\w)", "", str(answer.value), count=1).strip(" ;,")
    return answer.but(value=left) if left else None


def _shared(told: list[str], kept: str) -> float:
    """The share of words, by their beginnings, that a piece of what was kept holds."""
    own = [each.casefold() for each in _RUN.findall(kept)]
    hits = [each for each in told if any(_begins_alike(each, one) for one in own)]
    return len(hits) / len(told)


def _begins_alike(one: str, other: str) -> bool:
    if one.isdigit() or other.isdigit():
        return one == other
    return one[:_BEGINNING] == other[:_BEGINNING]


def _along(answer: Answer, fresh: Answer, pair: Pair | None) -> Answer:
    """The new value with what stood beside the old one: the weight when finished, the firm of a name, words of a part of the pieces."""
    if isinstance(answer, WeightAnswer) and isinstance(fresh, WeightAnswer) and answer.finished and answer.value:
        if pair and _number(pair.old) == answer.finished != answer.value:
            return answer.but(finished=fresh.value)
        return answer.but(value=fresh.value) if fresh.finished is None else fresh
    if isinstance(answer, WeightAnswer) and isinstance(fresh, WeightAnswer) and answer.total:
        return answer.but(value=fresh.value)
    firm, person = str(answer.more.get("company") or ""), fresh.more.get("person")
    if firm and person and not fresh.more.get("company"):
        return fresh.but(value=f"{fresh.value}, {firm}", company=firm)
    if answer.more.get("said") and fresh.reply == "utter_line_quantity" and answer.reply == "utter_line_quantity_said":
        return answer.but(value=fresh.value)
    if (
        fresh.value is not None
        and type(fresh) is type(answer)
        and hasattr(answer, "of")
        and getattr(fresh, "of", None) is None
    ):
        return answer.but(value=fresh.value)
    return fresh


def _bare(turn: Turn, figure: str) -> Turn:
    """The turn as if a figure were all that was written."""
    alone = copy.copy(turn)
    alone.text, alone.told, alone.intent, alone.confidence, alone.asks = figure, (), "inform", 1.0, False
    alone.entities = [{"entity": "number", "value": _number(figure), "start": 0, "end": len(figure)}]
    return alone


def _other_lot(answer: QuantityAnswer, old: float | None, new: float | None) -> QuantityAnswer | None:
    """The pieces with another number in the one lot that has the old one."""
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


def _way(before: str, behind: str, value: float) -> int:
    """Whether a figure is so many more (1), so many fewer (-1) or neither (0), by what stands beside it and nothing else."""
    known = words("change")
    before, behind = before.rstrip(), behind.strip(" .!,")
    for way, kinds in (
        (1, ("more_before", "more_after", "more_last")),
        (-1, ("fewer_before", "fewer_after", "fewer_last")),
    ):
        lead, after, last = kinds
        by = known.ends(before, "by_so_many") and known.says(before, lead)
        if by or known.ends(before, lead):
            rest, tail = known.without(known.without(before, lead), "by_so_many"), behind
        elif known.says(behind, after, last):
            rest, tail = before, known.without(known.without(behind, after), last)
        else:
            continue
        tail = pattern("unit_words").sub(" ", tail)
        return way if says_nothing_more(rest) and says_nothing_more(tail) else 0
    return -1 if value < 0 and says_nothing_more(before) and says_nothing_more(behind) else 0


def _moved_by(stands: str, days: int) -> str | None:
    """A day or a week so many days later; None for what is neither, or for a week that is moved by days."""
    with contextlib.suppress(ValueError):
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", stands):
            return (dt.date.fromisoformat(stands) + dt.timedelta(days)).isoformat()
        if re.fullmatch(r"\d{4}-W\d{2}", stands) and days % 7 == 0:
            year, week = map(int, stands.split("-W"))
            moved = (dt.date.fromisocalendar(year, week, 1) + dt.timedelta(days)).isocalendar()
            return f"{moved.year}-W{moved.week:02}"
    return None


def _same_kind_of_time(answer: Answer, pair: Pair) -> Answer | None:
    """«Not week 15 but 16»: a bare number is the week, or the day, of the time that stands."""
    new, stands = pair.new.strip(" ."), str(answer.value or "")
    if not new.isdigit() or not (found := re.fullmatch(r"(\d{4}-W|\d{4}-\d{2}-)\d{2}", stands)):
        return None
    most = _WEEKS if found[1].endswith("W") else _DAYS
    return _other_time(answer, f"{found[1]}{int(new):02}") if 0 < int(new) <= most else None


def _other_time(answer: Answer, value: str) -> Answer:
    """Another day or week in the place of one that stands, without what was said beside the old one."""
    more = {key: each for key, each in answer.more.items() if key != "said"}
    return replace(answer, value=value, reply=str(answer.reply).removesuffix("_said"), more=more)


def _is_time(answer: Answer, old: str, entities: list[Entity]) -> bool:
    """Whether the old words are the time that stands: the same day or week, or its bare number."""
    times = [time_of(each) for each in entities if each["entity"] in ("date", "week")]
    if times:
        # «In April, not March» of the end of March.
        months = [str(time_of(each))[:7] for each in entities if each["entity"] == "date" and each.get("until")]
        return answer.value in times or str(answer.value)[:7] in months
    stands = str(answer.value or "")
    week = re.fullmatch(r"\d{4}-W(\d{2})", stands)
    day = re.fullmatch(r"\d{4}-\d{2}-(\d{2})", stands)
    found = week or day
    return bool(found and old.strip(". ").isdigit() and int(found[1]) == int(old.strip(". ")))


def _number(value: Any) -> float | None:
    """A figure as a number; None for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    try:
        return float(str(value).replace(",", ".").replace(" ", "").strip("."))
    except ValueError:
        return None


def _first_number(words: str, entities: Sequence[Entity]) -> float | None:
    """The number that words are, as they are written or as they were read."""
    told = [_number(words), *(_number(each["value"]) for each in entities)]
    return next((each for each in told if each is not None), None)


def _over(entity: Entity, start: int, end: int) -> bool:
    return int(entity.get("start", -1)) < end and start < int(entity.get("end", -1))


def _alike(one: str, other: str) -> float:
    return difflib.SequenceMatcher(None, one.casefold(), other.casefold()).ratio()


def _spelt_like(said: str, value: str) -> str | None:
    """The one word of a value that a word of the message is, spelt otherwise; figures have the same number of signs."""
    runs = _RUN.findall(value)
    if len(said) < _SPELT or said.casefold() in (each.casefold() for each in runs):
        return None
    if any(each.isdigit() for each in said) and len(said) < _CODE:
        return None
    like = [
        each for each in runs
        if each.isdigit() == said.isdigit() and len(each) >= _SPELT
        and (len(each) == len(said) or not said.isdigit()) and _alike(each, said) >= _RESPELT
    ]  # fmt: skip
    return like[0] if len(like) == 1 else None


def _holding(answers: Answers, old: str) -> Iterator[tuple[str, Answer]]:
    """The answers in words that hold the old ones."""
    whole = re.compile(rf"(?<!\w){re.escape(old)}(?![\w@])", re.I)
    plain = not re.search(r"\d", old) and old.islower()
    for name, answer in answers.items():
        kept = name in _VALUES or name in _KEPT or answer.unknown or not isinstance(answer.value, str)
        typed = type(answer) not in (Answer, PartAnswer, SizeAnswer) and name not in _DESCRIBES
        listed = isinstance(answer, PartAnswer) and bool(answer.items)
        if kept or typed or listed or (plain and name in (*_DESCRIBES, "notes", "details", SAID)):
            continue
        if whole.search(str(answer.value)):
            yield name, answer


def _renewed(name: str, answer: Answer, old: str, new: str, said: str, within: bool = False) -> Answer | None:
    """The answer with the new words in the place of the old ones; None where a letter alone would be guessed at."""
    whole = re.compile(re.escape(old) if within else rf"(?<!\w){re.escape(old)}(?![\w@])", re.I)
    if len(old) == 1 and old.isalpha() and not re.search(rf"\brev\.? {re.escape(old)}\b", str(answer.value), re.I):
        return None
    own_words = name == "details" and len(whole.findall(str(answer.value))) == 1 and kind_of(new) == "figure"
    beside = own_words or name == "size" or _beside_same(str(answer.value), whole, said)
    if old.isdigit() and len(old) <= _SHORT and not beside:
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


def _beside_same(value: str, old: re.Pattern[str], said: str) -> bool:
    """Whether a word that stands beside the old figure in the answer is said beside the new one: «Havnegata 14, not 12»."""
    found = old.search(value)
    beside = re.findall(r"[^\W\d_]{3,}", value[: found.start()])[-1:] if found else []
    beside += re.findall(r"[^\W\d_]{3,}", value[found.end() :])[:1] if found else []
    return any(re.search(rf"(?<!\w){re.escape(each)}(?!\w)", said, re.I) for each in beside)
