"""Takes what a message says into the form's answers: every value into the question it belongs to, whatever is being asked."""

import copy
import re
from collections.abc import Collection
from dataclasses import dataclass, field

from actions.form.addresses import receiver_told
from actions.form.answers import Answer, Answers, Problem, line, note
from actions.form.contact import reached_when
from actions.form.kept import says_again, untold
from actions.form.labels import called
from actions.form.line_names import same_noun
from actions.form.lots import lots
from actions.form.matter import kept_of
from actions.form.own_wishes import is_private, kept_back, same_as_before
from actions.form.own_words import own_words
from actions.form.pieces import Piece, narrowed, pieces, rest
from actions.form.question import Question
from actions.form.shared import left_open, read, said_to_be, with_temper
from actions.form.shares import share_told
from actions.form.task import CONFIRMATION, Task
from actions.form.text import (
    MAX_TEXT,
    asks_something,
    denied,
    is_list,
    is_thing,
    looks_like_name,
    named_part,
    only_values,
    part_words,
    share_of_pieces,
)
from actions.form.told import RULED_OUT, as_told
from actions.form.typed import PartAnswer, QuantityAnswer, SizeAnswer, WeightAnswer
from actions.form.words import closes, find, pattern
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.unknown import knows_nothing
from bot.common.spans import time_of
from bot.common.words import word_set

#: A remark has at least so many words, unless it holds a figure or a code.
_REMARK_WORDS = 3
#: «The boss says 50»: so many words more than those of a correction stand beside a number at the read-back.
_BESIDE_NUMBER = 3
#: A number of six figures that nobody asked for is a code or a number of something, and no pieces.
CODE_FROM = 100_000
#: The note of how often each question was passed over.
PASSED = "passed"
#: A lone number up to so much counts pieces where their number is not known yet.
_MOST_COUNTED = 1000
#: A part that was left open is named late in no more words.
_NAMES_PART = 4
#: «No requirements after all» is short.
_CALLED_OFF = 6
#: What leads to a number that is wanted in the place of another.
_LEADS = ("changes_mind", "mind_changed", "makes_it", "decides", "should_be")
#: A whole size has so many sides.
_SIDES = 3
#: Answers in words that are no statement.
_NO_STATEMENT = ("name", "email", "order", "delivery", "quantity", "change", "size")
_WORDS = re.compile(r"[^\W\d_]{3,}")


def _of_total(known: Answer | None, reading: Answer) -> Answer:
    """«In three deliveries of 400» of 1 200 pieces tells how they come, not how many are wanted."""
    if not (isinstance(known, QuantityAnswer) and isinstance(reading, QuantityAnswer) and reading.deliveries):
        return reading
    if not known.value or not reading.value or reading.value >= known.value:
        return reading
    return known.but(deliveries=reading.deliveries, reply="utter_line_quantity_deliveries")


def _of_as_many(known: Answer | None, reading: Answer) -> Answer:
    """«It's only 11» beside 12 of 12 says how many it is, and not of how many."""
    of, value = getattr(known, "of", None), reading.value
    if (
        known is None
        or not isinstance(of, int)
        or getattr(reading, "of", of) is not None
        or type(known) is not type(reading)
    ):
        return reading
    return known.but(value=value) if isinstance(value, int) and value <= of else reading


def _of_firm(known: Answer | None, reading: Answer) -> Answer:
    """A name that is another person's, or spelt otherwise, keeps the firm that stands."""
    firm = str(known.more.get("company") or "") if known else ""
    if not firm or not reading.value or reading.more.get("company") or not reading.more.get("person"):
        return reading
    return reading.but(value=f"{reading.value}, {firm}", company=firm)


def _of_revision(known: Answer | None, reading: Answer) -> Answer:
    """«There is a drawing» says nothing against the revision that was told of it."""
    revision = known.more.get("revision") if known else None
    return (
        known if known and revision and reading.value == known.value and not reading.more.get("revision") else reading
    )


def _beside_other_weight(known: Answer | None, reading: Answer, turn: Turn) -> Answer:
    """«Finished it is 3.1» beside 4 kg as cast, or the other way round, tells the other weight of the same part."""
    if not (isinstance(known, WeightAnswer) and isinstance(reading, WeightAnswer) and known.value and reading.value):
        return reading
    if known.total or reading.total:
        return reading
    only_finished = reading.finished == reading.value
    if only_finished and float(known.value) > reading.value and known.finished != known.value:
        return known.but(finished=reading.finished, reply="utter_line_weight_both")
    cast = any(each.get("kind") == "casting" for each in turn.said("weight"))
    if cast and known.finished and reading.finished is None and reading.value > known.finished:
        return reading.but(finished=known.finished, reply="utter_line_weight_both")
    return reading


def _beside_other_size(known: Answer, reading: Answer) -> Answer | None:
    """«Thickness 30» beside a size that stands is one more measure; a size of several sides takes its place."""
    if not isinstance(known, SizeAnswer) or not isinstance(reading, SizeAnswer):
        return None
    stood, told = known.mm, reading.mm
    if not stood or not told or set(stood) <= set(told):
        return None
    if len(told) >= _SIDES:
        return None
    if set(told) <= set(stood):
        return known
    if len(told) > 1 and len(told) >= len(stood):
        return None
    words = [str(each.value) for each in (known, reading)]
    return reading.but(value="; ".join(words)[:MAX_TEXT], reply="utter_line_size", mm=[*stood, *told])


def _made_to_be(turn: Turn) -> bool:
    """«It has to be 19, we add four»: the number that is told first, and asked about by nobody."""
    if asks_something(turn) or any(each["entity"] not in ("number", "language") for each in turn.entities):
        return False
    return said_to_be(turn) is not None


def _plain() -> re.Pattern[str]:
    """Words beside a number that say no more than that it is to be another one, or counts pieces."""
    return pattern("filler", "comments", "unit_words", "agrees", *_LEADS)


@dataclass
class Taken:
    """What a message changed: questions answered first, answered anew, and added to; the first doubt with its question.

    ``withheld``: the details of who asks that they keep to themselves. ``before``: what stood where another answer stands now.
    """

    new: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)
    withheld: list[str] = field(default_factory=list)
    before: dict[str, Answer] = field(default_factory=dict)
    problem: tuple[str, Problem] | None = None

    @property
    def stored(self) -> list[str]:
        """The questions whose answers are other than before."""
        return list(dict.fromkeys([*self.new, *self.changed]))

    @property
    def anything(self) -> bool:
        """Whether the message was an answer at all, one given before included."""
        return bool(self.new or self.changed or self.same or self.withheld or self.problem)


class Taking:
    """One clause against all questions of the running task. ``opened`` is the question its words may answer, if any.

    ``again``: an earlier clause of the same message has answered that question. ``settled``: what the message has put right.
    """

    def __init__(
        self,
        turn: Turn,
        task: Task,
        answers: Answers,
        opened: str | None,
        again: bool = False,
        settled: Collection[str] = (),
    ) -> None:
        self.turn = as_told(turn)
        self.task = task
        self.answers = answers
        self.open = opened
        self.again = again
        self.settled = settled
        self.taken = Taken()

    def take(self) -> Taken:
        """Take every answer; a doubt comes back with its question."""
        done = {
            *self.settled,
            *self._withheld(),
            *self._unknown(),
            *self._emptied(),
            *self._named_anew(),
        }
        asked = (self.open, self._bare_number(), self._late_name(), self._late_part())
        own = self._own_words()
        doubt: tuple[str, Problem] | None = None
        # «The rest can wait until August» is told of the delivery, whatever is asked.
        keeps = () if share_of_pieces(self.turn) else self._kept_in_words()
        for question in self.task.questions:
            if question.name in done or self._is_settled(question.name):
                continue
            stands = question.name in self.answers and not self.answers[question.name].unknown
            if question.name in keeps and stands and not self.turn.names_question(question.name):
                continue
            opened = question.name == self.open
            reading = read(
                question,
                own if opened and own else self.turn,
                question.name in asked and not (opened and (own is None or self._tells_others(question, own))),
            )
            if isinstance(reading, Problem):
                if doubt is None or question.name == self.open:
                    doubt = question.name, reading
            elif reading is not None:
                self._accept(question.name, reading)
        self._share()
        self._receiver()
        self._reached_when()
        self._denied()
        self._temper()
        self._same_address()
        self._ruled_out()
        self._tidy()
        if doubt and not self._beside(doubt[0]):
            self.taken.problem = self.taken.problem or doubt
        return self.taken

    def _tidy(self) -> None:
        """Leave in the words that were just taken what tells something of the matter; talk answers nothing."""
        for name in self.taken.stored:
            question, answer = self.task.question(name), self.answers.get(name)
            if question is None or answer is None or not question.words or name in _NO_STATEMENT:
                continue
            if not isinstance(answer.value, str) or " " not in answer.value:
                continue
            told = kept_of(answer.value) or kept_of(answer.value, questions=True)
            if told and name == self.task.home == "notes":
                others = Answers({each: one for each, one in self.answers.items() if each != name})
                told = "" if says_again(self.turn, self.task, others, told) else told
            if told == answer.value:
                continue
            before = self.taken.before.get(name)
            if told:
                self.answers[name] = answer.but(value=told)
            elif before:
                self.answers[name] = before
            else:
                del self.answers[name]
            if not told or (before and before.value == told):
                self.taken.new = [each for each in self.taken.new if each != name]
                self.taken.changed = [each for each in self.taken.changed if each != name]
                self.taken.same.append(name)

    def remark(self) -> Taken:
        """Words that answer nothing, kept with the words that told the matter; the form says them back as a remark."""
        turn = self.turn
        home = self.task.home
        values = [each for each in turn.entities if each["entity"] not in ("language", "dont_know", "resume")]
        words = self.open == CONFIRMATION and len(turn.text.split()) >= _REMARK_WORDS
        if (
            home
            and (home in self.answers or self.open == CONFIRMATION)
            and (values or words)
            and not asks_something(turn)
        ):
            self.tell(home, self._of_no_question(home))
        return self.taken

    def tell(self, home: str, words: str | None = None) -> Taken:
        """Keep what words tell of the matter beside all answers; those of the message, unless ``words`` are given."""
        told = untold(self.turn, self.task, self.answers, words or self.turn.text)
        if told:
            return self.add(home, told)
        self.taken.same.append(home)
        return self.taken

    def _of_no_question(self, home: str) -> str:
        """The pieces of a message that answer no question of the request: what is told of others is theirs."""
        others = [each for each in self.task.questions if each.name != home]

        def told(piece: Piece) -> bool:
            alone = narrowed(self.turn, [piece])
            return bool(alone.entities) and any(isinstance(each.read(alone, False), Answer) for each in others)

        return rest(self.turn, told) or self.turn.text

    def add(self, question: str, words: str | None = None) -> Taken:
        """More words to an answer that is a description: those of the message, unless ``words`` are given."""
        text = " ".join((words or self.turn.text).split())
        known = self.answers.get(question)
        if not text or (known and text in str(known.value or "")):
            self.taken.same.append(question)
            return self.taken
        empty = known is None or known.unknown or known.value in (None, "none")
        value = text if empty else f"{known.value}; {text}"  # type: ignore[union-attr]  # not empty is not None
        self.answers[question] = line(question, value[:MAX_TEXT])
        (self.taken.new if empty else self.taken.changed).append(question)
        return self.taken

    def _kept_in_words(self) -> tuple[str, ...]:
        """Values that are part of the words of the open question: «answer by Friday» moves no delivery."""
        question = self.task.question(self.open)
        return question.keeps if question else ()

    def _beside(self, question: str) -> bool:
        """Whether a doubtful word is only part of a description: «Norsk Bronse AS» as a name asks for no alloy."""
        opened = self.task.question(self.open)
        taken = opened is not None and opened.words and self.open in (*self.taken.new, *self.taken.changed)
        return question != self.open and question in self.answers and taken

    def _own_words(self) -> Turn | None:
        """What of the message is meant for the open question; None when nothing is."""
        question = self.task.question(self.open)
        if question is None or not question.words:
            return self.turn
        return own_words(self.turn, question, self.task.questions, self.answers)

    def _tells_others(self, question: Question, own: Turn) -> bool:
        """Whether words that no other question has claimed tell what others ask for, and nothing that this one does."""
        if not question.words:
            # A figure is one whatever is told beside it: «198, and the name is ...»
            return False
        others = [each for each in self.task.questions if each is not question and each.told(own)]
        return bool(others) and not question.told(own)

    def _withheld(self) -> list[str]:
        """«No name from me», «I'm a private person»: a detail that is kept back is asked for no more; the questions it answers."""
        kept = kept_back(self.turn.text) if self.task.question("email") else {}
        self.taken.withheld += kept
        known = self.answers.get("name")
        if "company" in kept and known and ", " in str(known.value):
            self._renew("name", line("name", str(known.value).partition(", ")[0]))
        if "company" in kept and is_private(kept["company"].text):
            self.answers["private"] = note(True)
        if "name" not in kept or self.task.question("name") is None:
            return []
        self.answers["name"] = left_open("name")
        return ["name"]

    def _unknown(self) -> list[str]:
        """«I don't know which alloy»: the question that is named is left open, and not the one that was asked."""
        done: list[str] = []
        for piece in pieces(self.turn.text):
            unknown = [each for each in self.turn.said("dont_know") if piece.holds(each)]
            if not unknown and not knows_nothing(piece.text):
                continue
            named = [each for each in self.task.questions if called(piece.text, each.name)]
            if len(named) != 1 or named[0].name in (self.open, *self.answers) or not named[0].may_stay_open:
                continue
            beside = [each for each in pieces(self.turn.text) if each != piece]
            if beside and isinstance(named[0].read(narrowed(self.turn, beside), False), Answer):
                # «The weight I don't know, about eight kilos» tells it all the same.
                continue
            self.answers[named[0].name] = left_open(named[0].name)
            self.taken.new.append(named[0].name)
            others = [each for each in pieces(self.turn.text) if each != piece]
            done += [named[0].name, *([self.open] if self.open and not others else [])]
            self.turn = narrowed(self.turn, others) if others else self.turn
        return done

    def _renew(self, name: str, reading: Answer) -> None:
        known = self.answers.get(name)
        reading = _of_firm(known, reading) if name == "name" else _of_revision(known, reading)
        self.answers[name] = reading
        if known and known != reading:
            self.taken.before.setdefault(name, known)
        (self.taken.same if known == reading else self.taken.changed).append(name)

    def _emptied(self) -> list[str]:
        """«No requirements after all» at the read-back: an answer that was optional is none any more."""
        if self.open != CONFIRMATION or asks_something(self.turn):
            return []
        done = []
        for question in self.task.questions:
            if question.may_stay_open and question.name in self.answers and self._called_off(question.name):
                none = copy.copy(self.turn)
                none.text, none.entities, none.intent = "", [], "deny"
                reading = read(question, none, requested=True)
                self._renew(question.name, reading if isinstance(reading, Answer) else left_open(question.name))
                done.append(question.name)
        return done

    def _called_off(self, name: str) -> bool:
        """Whether a short piece says that there is none of what a question asks for."""
        return any(
            find(each.text, "none_of", "drop") and called(each.text, name) and len(each.text.split()) <= _CALLED_OFF
            for each in pieces(self.turn.text)
        )

    def _named_anew(self) -> list[str]:
        """«We need a bearing sleeve» at the read-back, or where only castings were spoken of, says which part is meant."""
        known = self.answers.get("part")
        if type(known) is not PartAnswer or known.items or not (known.vague or self.open == CONFIRMATION):
            return []
        words = named_part(self.turn) if not is_list(self.turn) else None
        if words:
            self._renew("part", PartAnswer(words, "utter_line_part"))
        return ["part"] if words else []

    def _answered_by(self, number: float) -> list[str]:
        """The questions that a number is the answer to."""
        return [each for each in ("quantity", "weight") if each in self.answers and self.answers.value(each) == number]

    def _is_settled(self, name: str) -> bool:
        """Whether a description stands already and this message does not name it anew."""
        question = self.task.question(name)
        if question is None or not question.words or name == self.open or name not in self.answers:
            return False
        return question.standing and not self.answers[name].vague and not self.answers[name].unknown

    def _bare_number(self) -> str | None:
        """The question a lone number corrects: «make it 60», when no number was asked for."""
        turn, opened = self.turn, self.task.question(self.open)
        # «24.04» is no number of pieces.
        whole = all(float(each["value"]).is_integer() and each["value"] < CODE_FROM for each in turn.said("number"))
        # «40 employees» are no pieces.
        whole = whole and not any(each.get("unit") for each in turn.said("number"))
        said = turn.said("number") and whole and not turn.said("quantity", "weight")
        free = self.open in (CONFIRMATION, "delivery", "email") or (opened is not None and opened.words)
        corrected = self.task.corrected_by_number(self.answers) or self._counted()
        beside = _BESIDE_NUMBER if self.open == CONFIRMATION and not asks_something(turn) else 0
        # «Make the brackets 20» counts the part that is noted.
        part = str(self.answers.value("part") or "")
        said = said and not find(turn.text, "other_numbers") and not any(map(self._labels, turn.said("number")))
        alone = said and (only_values(turn, beside, part) or _made_to_be(turn))
        return corrected if alone and free and self.open != "order" else None

    def _counted(self) -> str | None:
        """«Bronze. 12» while a drawing is asked for: how many are wanted, where nobody has told it."""
        asked = self.task.question("quantity") is not None and "quantity" not in self.answers
        few = all(float(each["value"]) <= _MOST_COUNTED for each in self.turn.said("number"))
        return "quantity" if asked and few and self.open in ("part", "drawing", "notes") else None

    def _labels(self, number: Entity) -> bool:
        """«Mark them Store 7», «4471 Bakken»: a number beside a word that tells something by itself counts nothing."""
        text, known = self.turn.text, _WORDS.findall(str(self.answers.value("part") or "").casefold())
        before = re.search(r"([^\W\d_]+)[\s.:]*$", text[: int(number["start"])])
        behind = re.match(r"\s+([^\W\d_]+)", text[int(number["end"]) :])
        led = closes(text[: int(number["start"])], *_LEADS)
        near = [each[1].casefold() for each in ((None if led else before), behind) if each]
        telling = [each for each in near if not (_plain().fullmatch(each) or each in word_set("common.common"))]
        return any(not any(same_noun(each, one) for one in known) for each in telling)

    def _late_name(self) -> str | None:
        """A name alone where the address was asked for: the one that was left open, or that was taken for another's."""
        known = self.answers.get("name")
        values = [each for each in self.turn.entities if each["entity"] != "language"]
        asked = self.open == "email" and known is not None and not values
        return "name" if asked and looks_like_name(self.turn) else None

    def _late_part(self) -> str | None:
        """The part that was left open, or passed over, named in a few words when something else was asked."""
        turn, known = self.turn, self.answers.get("part")
        passed = known is None and "part" in (self.answers.value(PASSED) or {})
        if not (passed or (known is not None and known.unknown)) or find(turn.text, "drawings", "sketches"):
            return None
        if self.open in ("name", "email", "notes") or asks_something(turn):
            return None
        values = [each for each in turn.entities if each["entity"] not in ("language", "application")]
        named = not values and len(turn.text.split()) <= _NAMES_PART and part_words(turn.text) and is_thing(turn.text)
        return "part" if named and not looks_like_name(turn) else None

    def _accept(self, name: str, reading: Answer) -> None:
        known, question = self.answers.get(name), self.task.question(name)
        reading = _of_firm(known, reading) if name == "name" else _of_revision(known, reading)
        if name == "quantity" and known and known.more.get("shares"):
            reading = self._with_shares(known, reading)
        reading = _beside_other_weight(known, _of_as_many(known, _of_total(known, reading)), self.turn)
        if known == reading or (known and question and question.listed and known.listed and reading.listed):
            self.taken.same.append(name)
            return
        if known and (size := _beside_other_size(known, reading)):
            reading = size
            if reading == known:
                self.taken.same.append(name)
                return
        if (
            name == "part"
            and known
            and name != self.open
            and not known.unknown
            and not (known.vague and not reading.vague)
        ):
            return
        if name == "order" and known and known.value and name != self.open and reading.vague and not known.vague:
            return
        if known and known.value and reading.reply == f"utter_line_{name}_none" and (name != self.open or self.again):
            # A no in passing takes nothing away of what words have told.
            self.taken.same.append(name)
            return
        plain = known is not None and (known.reply == f"utter_line_{name}" or known.more.get("as_written"))
        if question and question.adds and known and (name != self.open or self.again) and plain:
            self._more(name, known, reading)
            return
        if name == "delivery" and known and known.value and name != self.open and reading.more.get("any_day"):
            # «No hurry» beside a day that stands is courtesy.
            self.taken.same.append(name)
            return
        if (
            name == "delivery"
            and known
            and known.value
            and name != self.open
            and share_told(self.turn)
            and not lots(self.turn)
        ):
            # «The first 10 are urgent» stands with the pieces.
            self.taken.same.append(name)
            return
        if name == "delivery" and known and known.value and name != self.open and (part := share_of_pieces(self.turn)):
            # «40 percent can wait until September» moves no delivery.
            self._remember(part)
            return
        if self.again and name == self.open and known and question and question.any_statement:
            # What comes behind the answer in the same message describes it further.
            self._beside_answer(name, known, reading)
            return
        self.answers[name] = reading
        if known:
            self.taken.before.setdefault(name, known)
        (self.taken.changed if known and known.reply and not known.unknown else self.taken.new).append(name)

    def _more(self, name: str, known: Answer, reading: Answer) -> None:
        """A figure said in passing comes beside what stands."""
        if str(reading.value) in str(known.value):
            self.taken.same.append(name)
            return
        figures = {key: each for key, each in reading.line().items() if key not in ("value", "reply") and each}
        self.answers[name] = known.but(value=f"{known.value}; {reading.value}"[:MAX_TEXT], **figures)
        self.taken.changed.append(name)

    def _ruled_out(self) -> None:
        """«Not week 28» where week 28 stands: when it is wanted is asked again."""
        known = self.answers.get("delivery")
        times = [time_of(each) for each in self.turn.said(RULED_OUT) if each["time"] in ("date", "week")]
        if known and known.value in times and "delivery" not in self.taken.stored and self.task.question("delivery"):
            del self.answers["delivery"]
            self.taken.same.append("delivery")

    def _same_address(self) -> None:
        """«The same mail as before»: the address that is known is meant."""
        if "email" in self.taken.stored or self.task.question("email") is None or not same_as_before(self.turn.text):
            return
        known = self.answers.get("email")
        if known and known.value:
            self.taken.new.append("email")
        else:
            self.taken.withheld.append("email")

    def _beside_answer(self, name: str, known: Answer, reading: Answer) -> None:
        """More words to an answer in words, and beside another one as a remark."""
        if known.reply == f"utter_line_{name}" and reading.reply == known.reply:
            self._more(name, known, reading)
        else:
            self._remember(str(reading.value))

    def _with_shares(self, known: Answer, reading: Answer) -> Answer:
        """What was told of a part of the pieces stands beside another total; beside lots it is a remark."""
        told = str(known.more.get("said"))
        if isinstance(reading, QuantityAnswer) and not reading.lots and reading.reply == "utter_line_quantity":
            return reading.but(reply="utter_line_quantity_said", said=told, shares=True)
        if reading.value != known.value or isinstance(reading, QuantityAnswer):
            self._remember(told)
        return reading

    def _share(self) -> None:
        """«120 of them left-handed» is kept in its words with the pieces that stand, and changes none of them."""
        words, known = share_told(self.turn), self.answers.get("quantity")
        if words is None or self.task.question("quantity") is None or "quantity" in self.taken.stored:
            return
        if known is None or not known.value or (isinstance(known, QuantityAnswer) and known.lots):
            if "delivery" not in self.taken.stored:
                self._remember(words)
            return
        before = str(known.more.get("said") or "")
        if words in before or any(words in str(each.value or "") for each in self.answers.values()):
            self.taken.same.append("quantity")
            return
        told = "; ".join(each for each in (before, words) if each)[:MAX_TEXT]
        self._renew("quantity", known.but(reply="utter_line_quantity_said", said=told, shares=True))

    def _reached_when(self) -> None:
        """When somebody is best called, told beside the number, is kept with the request."""
        words = reached_when(self.turn)
        if words and not any(words in str(each.value or "") for each in self.answers.values()):
            self._remember(words)

    def _denied(self) -> None:
        """«Just been told, not 20» of twenty pieces: how many is asked again."""
        numbers = [each for each in self.turn.said("number", "quantity", "weight") if "start" in each]
        named = self._answered_by(float(numbers[0]["value"])) if len(numbers) == 1 else []
        if (
            len(named) == 1
            and denied(self.turn, numbers[0])
            and not self.taken.stored
            and not asks_something(self.turn)
        ):
            del self.answers[named[0]]
            self.taken.problem = self.taken.problem or (named[0], Problem(f"utter_ask_{named[0]}", asks=True))

    def _receiver(self) -> None:
        """Who takes the goods in is kept with the request, and is not who asks."""
        words = receiver_told(self.turn)
        if words and not any(words in str(each.value or "") for each in self.answers.values()):
            self._remember(words)

    def _remember(self, words: str) -> None:
        """Words of a message as a remark."""
        if home := self.task.home:
            self.add(home, words)

    def _temper(self) -> None:
        """«T6» alone belongs to the alloy that is noted."""
        known = self.answers.get("alloy")
        if self.turn.said("temper") and known and known.more.get("title") and "alloy" not in self.taken.stored:
            self._accept("alloy", with_temper(known, self.turn))
