"""What a message tells of a request and no answer shows: kept in the customer's words, read back with the rest, never dropped.

A question reads what it knows how to read. Whatever else was stated («ten of them first», «the old one is worn») is
compared with what the read-back would show, and the pieces it does not show go along as they were written.
"""

import copy
import functools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from actions.form.answers import Answer, Answers
from actions.form.decided import WEIGHED
from actions.form.matter import matter_pieces
from actions.form.own_wishes import kept_back
from actions.form.pieces import Piece, cut_out
from actions.form.task import FOR_SALES, SAID, Task
from actions.form.text import MAX_TEXT, only_comments, says_nothing
from actions.form.words import find, pattern
from actions.turns.conduct import leaves_out, merely_greets, merely_waits, wants_read_back
from actions.turns.intents import intent
from actions.turns.reading import BESIDE, Clause
from actions.turns.turn import Turn
from actions.turns.words import blanked, words
from bot.common.replies import replies
from bot.common.words import word_set

_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
#: A figure with the letters that make a code of it: «RG5» and «H7» say neither five nor seven.
_CODED = re.compile(r"(?:(?<![^\W_])(?!ø)[^\W\d_]{1,3})?\d+(?:[.,]\d+)?")
_WORD = re.compile(r"[^\W\d_]{3,}(?:['’][^\W\d_]+)?")
_LETTERS = re.compile(r"[^\W\d_]{2}")
#: Blanks between the figures of a number: «1 200».
_BETWEEN = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3})")
#: So many letters of a word are its beginning: «bushes» and «bush» are one.
_BEGINNING = 4
#: A piece goes along when more than this share of what it tells is not shown; a figure always does.
_SHARE = 0.5
#: «The address is wrong» has no more words.
_CALLS_WRONG = 4
#: Who asks is always taken down.
_WHO = ("email", "phone")
#: What says that something is not known, or was only weighed.
_IDLE = ("dont_know", WEIGHED)
#: How sure a meaning must be that tells nothing of a request, by its kind.
_TALK = {"courtesy": 0.5, "yes": 0.9, "no": 0.9, "person": 0.6, "steer": 0.8, "question": 0.8}


def keep(turn: Turn, task: Task, answers: Answers, clauses: Iterable[Clause]) -> bool:
    """Put what these clauses state and no answer shows into the request; whether there was anything."""
    stating = [alone for clause in clauses if _states(alone := turn.of(clause), clause)]
    shown = _Shown(turn, task, answers) if stating else None
    found = [words for alone in stating for words in _untold(alone, shown)] if shown else []
    if not found:
        return False
    known = answers.get(SAID)
    stood = [str(known.value)] if known else []
    found = [each.rstrip(" .") if each is not found[-1] else each for each in found]
    text = "; ".join([*(each.rstrip(" .") for each in stood), *found])[:MAX_TEXT]
    answers[SAID] = Answer(text, "utter_line_said").but(latest="; ".join(found)[:MAX_TEXT])
    return True


def untold(turn: Turn, task: Task, answers: Answers, words: str) -> str:
    """What some words of a message tell of the matter and no answer shows."""
    return "; ".join(_untold(_alone(turn, words), _Shown(turn, task, answers)))


def says_again(turn: Turn, task: Task, answers: Answers, words: str) -> bool:
    """Whether some words of a message hold nothing but values that the answers show: «ok, we take AB2»."""
    alone, shown = _alone(turn, words), _Shown(turn, task, answers)
    values = [each for each in alone.entities if each["entity"] not in BESIDE]
    return bool(values) and len(shown.spans(alone)) == len(values) and not _untold(alone, shown)


def _alone(turn: Turn, words: str) -> Turn:
    """The turn as if only these words of it had been written."""
    at = turn.text.find(words)
    if at >= 0:
        return cut_out(turn, [(at, at + len(words))])
    alone = copy.copy(turn)
    alone.text, alone.entities = words, []
    return alone


def ask_sales(answers: Answers, question: str) -> None:
    """Put a question that nothing here answers with those that go along to sales."""
    known = answers.get(FOR_SALES)
    stood = str(known.value) if known else ""
    if question and question not in stood:
        text = "; ".join(each for each in (stood, question) if each)[:MAX_TEXT]
        answers[FOR_SALES] = Answer(text, "utter_line_for_sales")


def remark(answers: Answers) -> str | None:
    """The remark of a request with what was kept in the customer's words and what they ask; None without any."""
    told = [str(value) for name in ("notes", SAID, FOR_SALES) if (value := answers.value(name)) not in (None, "none")]
    return "; ".join(told) or None


def _states(turn: Turn, clause: Clause) -> bool:
    """Whether a clause tells something of the request: no courtesy, no question, no word about the talk."""
    if (clause.asks and "?" not in clause.text) or says_nothing(clause.text) or only_comments(turn):
        return False
    if kept_back(clause.text) or find(clause.text, "third_party"):
        # What somebody keeps to themselves is no matter of the castings; nor is what others charge or offer.
        return False
    kind = intent(clause.act).kind
    if kind == "question" and "?" in clause.text:
        # What is told before the question is found piece by piece.
        return True
    return clause.sure < _TALK.get(kind, 1.1) or bool(clause.values)


def _untold(clause: Turn, shown: "_Shown") -> list[str]:
    """The stretches of a clause that nothing shows, as they were written."""
    parts = matter_pieces(clause.text)
    spans = shown.spans(clause)
    text = blanked(clause.text, spans)
    missing = [each for each in parts if shown.misses(clause, each, text, spans)]
    if not missing:
        return []
    runs: list[list[Piece]] = []
    for each in missing:
        at = parts.index(each)
        if (
            at
            and runs
            and runs[-1][-1] == parts[at - 1]
            and not re.search(r"\w", clause.text[parts[at - 1].end : each.start])
        ):
            runs[-1].append(each)
        else:
            runs.append([each])
    return [" ".join(clause.text[run[0].start : run[-1].end].split()) for run in runs]


def tells(text: str) -> bool:
    """Whether a text holds a figure or a word that says something by itself."""
    common = word_set("common.common")
    return bool(_NUMBER.search(text)) or any(each not in common for each in _WORD.findall(text.casefold()))


class _Shown:
    """What the answers of a request say, as it can be compared with words of a message."""

    def __init__(self, turn: Turn, task: Task, answers: Answers) -> None:
        lines = [each.line() for each in task.lines(answers)]
        # What a service reads back stands in no line: the customer's own order number.
        beside = [str(value) for name, each in answers.items() if name != task.home for value in _values(each.value)]
        text = _BETWEEN.sub("", replies().compose(turn.language, lines)).casefold()
        self.text = text = "\n".join([text, *(each.casefold() for each in beside if each not in text)])
        self.numbers = Counter(_figure(each) for each in _CODED.findall(text))
        self.beginnings = {each[:_BEGINNING] for each in _WORD.findall(text)}
        self.values = {str(value).casefold() for each in lines for value in _values(each)} | set(
            map(str.casefold, beside)
        )
        self.common = word_set("common.common")

    def spans(self, clause: Turn) -> list[tuple[int, int]]:
        """Where a clause tells what is shown, or who asks."""
        return [
            (int(each.get("cue") or each.get("start") or 0), int(each.get("end", 0)))
            for each in clause.entities
            if each["entity"] in _WHO or (each["entity"] not in BESIDE and self._has(each.get("value")))
        ]

    def misses(self, clause: Turn, piece: Piece, text: str, spans: Sequence[tuple[int, int]]) -> bool:
        """Whether a piece tells more that is not shown than what is; ``text`` is that of its clause without the ``spans``."""
        talk = wants_read_back(piece.text) or merely_waits(piece.text) or merely_greets(piece.text)
        if talk or any(piece.holds(each) for each in clause.said(*_IDLE)) or not _LETTERS.search(piece.text):
            return False
        known = words("matter")
        calls_wrong = find(piece.text, "is_wrong", "wrong", "comments", "retracts")
        few = len(piece.text.split()) <= _CALLS_WRONG and not _NUMBER.search(piece.text)
        if calls_wrong and few and not leaves_out(piece.text):
            # «The address is wrong», «my bad» beside the right one; «forget the polishing» is told of the castings.
            return False
        if known.says(piece.text, "weighs", "template"):
            return " ".join(piece.text.split()).casefold() not in self.text
        # «Not 20» tells no twenty.
        text = _denied().sub(" ", text[piece.start : piece.end].casefold())
        asked = Counter(_figure(each) for each in _CODED.findall(text))
        if any(count > self.numbers[figure] for figure, count in asked.items()):
            return True
        told = [each for each in _WORD.findall(text) if each not in self.common]
        left = [each for each in told if each[:_BEGINNING] not in self.beginnings]
        beside = sum(piece.start <= start < piece.end for start, _ in spans)
        share: float = _SHARE * (len(told) + beside)
        return len(left) > share or (not beside and bool(left) and len(left) >= share)

    def _has(self, value: Any) -> bool:
        """Whether a value of the message is one of the answers."""
        if isinstance(value, (list, tuple)):
            return all(_figure(str(each)) in self.numbers for each in value)
        told = str(value).casefold()
        if isinstance(value, int | float):
            return _figure(told) in self.numbers
        return any(told in each for each in self.values) or _figure(told) in self.numbers


@functools.cache
def _denied() -> re.Pattern[str]:
    """A figure that is said not to be so."""
    return re.compile(rf"{pattern('set_against').pattern}\s+\d[\d.,]*", re.I)


def _values(line: Any) -> Sequence[Any]:
    """All values within a line of the read-back."""
    if isinstance(line, dict):
        return [found for each in line.values() for found in _values(each)]
    if isinstance(line, (list, tuple)):
        return [found for each in line for found in _values(each)]
    return [line] if line is not None else []


def _figure(text: str) -> str:
    """A number as it is compared: «3,50» is 3.5; anything else stays as it is."""
    try:
        return f"{float(text.replace(',', '.')):g}"
    except ValueError:
        return text
