"""What is corrected by its old words: «rev. C, not B», «it's Lunden, not Lunde», «KX-118 should be KX-181», «from B to C».

The field that holds the old words gets the new ones in their place, whatever is asked. What nothing holds is no correction.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields

from actions.form.answers import Answer, Answers
from actions.form.pieces import Piece, narrowed, pieces
from actions.form.question import Question
from actions.form.text import asks_something, called
from actions.form.typed import PartAnswer, SizeAnswer
from actions.form.words import find, pattern, without_lead, word_set
from actions.turns.turn import Turn

#: The old and the new are no longer, in words.
_MOST = 4
#: A figure of so many signs may be anything: a word beside it must be said too.
_SHORT = 3
#: A whole name has so many words; spelt otherwise it is so alike.
_NAMED, _SPELT_ALIKE = 2, 0.8
#: So alike is what is only spelt otherwise.
_ALIKE = 0.5
#: Answers whose values are read as values, and answers in words of which only names and codes are put right.
_VALUES, _DESCRIBES = (
    ("alloy", "quantity", "weight", "delivery", "wall", "yearly", "order", "quotation"),
    ("requirements", "application", "pattern"),
)
#: What an order notes beside its questions.
_NOTED = ("po", "place")
#: Words that began a wish stay what they were.
_KEPT = ("details", "first_words", "change", "line", "judged", "split", "confirmation")
_WORD = re.compile(r"[^\s,;:!?()«»“”\"]+")
_REVISION = re.compile(
    r"(?<!\w)(?:rev(?:isjon(?:en)?|ision(?:en)?)?|utg(?:ave(?:n)?|åva)?|indeks|index|issue|stand|ausgabe)\b[ .:]{0,2}"
    r"(?:(?:is|er|now|skal være|should be|to|til|nå) )*(?P<revision>[a-z]{1,2}|[0-9]{1,2})(?!\w)", re.I,
)  # fmt: skip
_OF_DRAWING = re.compile(r"(?P<lead>\brev\.? )(?P<revision>[a-z0-9]{1,2})\b", re.I)


@dataclass(frozen=True)
class Righted:
    """An answer with new words in it, and what of the message told that."""

    name: str
    answer: Answer
    rest: list[Piece]


def put_right(turn: Turn, questions: Sequence[Question], answers: Answers) -> Righted | None:
    """The answer that a message corrects by its old words."""
    if asks_something(turn):
        return None
    parts = pieces(turn.text, joints=False)
    for old, new, start, end in _pairs(turn.text):
        for name, answer in _holding(answers, old):
            fresh = _renewed(name, answer, old, new, turn.text)
            if fresh is not None:
                return Righted(name, fresh, [each for each in parts if each.end <= start or each.start >= end])
    return _revised(turn, parts, answers) or _respelt(turn, answers) or _named_wrong(turn, parts, questions, answers)


def _pairs(text: str) -> Iterator[tuple[str, str, int, int]]:
    """Old and new words as a text sets them against each other, with where they stand: the longest old words first."""
    for sign in pattern("set_against").finditer(text):
        before, after = _stretch_before(text, sign.start()), _stretch_after(text, sign.end())
        for old in _from_start(after[0]):
            # «C, not B», «not B but C».
            for new in _best(before[0], old):
                yield old, new, before[1], sign.end() + len(text[sign.end() :].split(old)[0]) + len(old)
            behind = _stretch_after(text, sign.end() + text[sign.end() :].index(old) + len(old), over_sign=True)
            fresh = without_lead(without_lead(behind[0], "instead_lead"), "corrects_lead")
            if fresh and len(fresh.split()) <= _MOST:
                yield old, fresh.strip(" .,"), sign.start(), behind[2]
    for sign in pattern("should_be", "is_wrong").finditer(text):
        before, after = _stretch_before(text, sign.start()), _stretch_after(text, sign.end(), over_sign=True)
        fresh = without_lead(after[0], "corrects_lead").strip(" .,")
        for old in _from_end(before[0]):
            if fresh and len(fresh.split()) <= _MOST and _kind(fresh) == _kind(old):
                yield old, fresh, before[1], after[2]
    for found in _from_to().finditer(text):
        yield found["old"], found["new"], found.start(), found.end()


def _from_to() -> re.Pattern[str]:
    return re.compile(
        r"(?<!\w)(?:from|fra|frå|från|von)\s+(?P<old>\S+)\s+(?:to|til|till|auf)\s+(?P<new>[^\s,;.!?]+)", re.I
    )


def _stretch_before(text: str, end: int) -> tuple[str, int, int]:
    """The words up to a place, as far back as the next stop."""
    told = text[:end].rstrip(" ,.–-")
    start = max(told.rfind(each) for each in (", ", "; ", ". ", "! ", "\n", ": ")) + 1
    return text[start : len(told)].strip(), start, len(told)


def _stretch_after(text: str, start: int, over_sign: bool = False) -> tuple[str, int, int]:
    """The words from a place on, up to the next stop; ``over_sign``: a stop right there is passed."""
    skipped = len(text[start:]) - len(text[start:].lstrip(" ,.;:–-" if over_sign else " :"))
    stop = re.search(r"[;!?\n]|,\s|[.](?=\s|$)", text[start + skipped :])
    end = start + skipped + (stop.start() if stop else len(text[start + skipped :]))
    return text[start + skipped : end].strip(), start + skipped, end


def _from_start(text: str) -> Iterator[str]:
    """The first words of a text, the most of them first."""
    words = [*_WORD.finditer(text)][:_MOST]
    for count in range(len(words), 0, -1):
        yield text[words[0].start() : words[count - 1].end()].rstrip(".")


def _from_end(text: str) -> Iterator[str]:
    words = [*_WORD.finditer(text)][-_MOST:]
    for first in range(len(words)):
        yield text[words[first].start() : words[-1].end()].rstrip(".")


def _best(text: str, old: str) -> list[str]:
    """Of a text the words that stand for the old ones: as many, of the same kind, the likest, else the last."""
    words, count = [each[0].rstrip(".") for each in _WORD.finditer(text)], len(old.split())
    runs = [" ".join(words[at : at + count]) for at in range(len(words) - count + 1)]
    fitting = [each for each in runs if _kind(each) == _kind(old) and each.casefold() not in word_set("filler")]
    fitting = [each for each in fitting if each.casefold() != old.casefold()]
    if not fitting:
        # «Housings, not bearing caps»
        return [" ".join(words)] if words and len(words) < count and _kind(words[-1]) == _kind(old) else []
    alike = {each: difflib.SequenceMatcher(None, each.casefold(), old.casefold()).ratio() for each in fitting}
    likest = max(reversed(fitting), key=lambda each: alike[each])
    return [likest if alike[likest] >= _ALIKE else fitting[-1]]


def _kind(words: str) -> str:
    last = words.split()[-1]
    return "figure" if any(each.isdigit() for each in last) else "name" if last[0].isupper() else "word"


def _holding(answers: Answers, old: str) -> Iterator[tuple[str, Answer]]:
    """The answers in words that hold the old ones."""
    whole = re.compile(rf"(?<!\w){re.escape(old)}(?![\w@])", re.I)
    plain = not re.search(r"\d", old) and old.islower()
    for name, answer in answers.items():
        kept = name in _VALUES or name in _KEPT or answer.unknown or not isinstance(answer.value, str)
        typed = type(answer) not in (Answer, PartAnswer, SizeAnswer) and name not in _DESCRIBES
        listed = isinstance(answer, PartAnswer) and bool(answer.items)
        if kept or typed or listed or (plain and name in (*_DESCRIBES, "notes")):
            continue
        if whole.search(str(answer.value)):
            yield name, answer


def _renewed(name: str, answer: Answer, old: str, new: str, said: str) -> Answer | None:
    """The answer with the new words in the place of the old ones; None where a letter alone would be guessed at."""
    whole = re.compile(rf"(?<!\w){re.escape(old)}(?![\w@])", re.I)
    if len(old) == 1 and old.isalpha() and not re.search(rf"\brev\.? {re.escape(old)}\b", str(answer.value), re.I):
        return None
    if old.isdigit() and len(old) <= _SHORT and not _beside_same(str(answer.value), whole, said) and name != "size":
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


def _respelt(turn: Turn, answers: Answers) -> Righted | None:
    """«Lena Foxx, with two x's»: the name that stands, spelt otherwise, and hardly a word beside it."""
    known = answers.get("name")
    person = str(known.more.get("person") or "") if known else ""
    words = [each[0].strip(".") for each in _WORD.finditer(turn.text)]
    count = len(person.split())
    if known is None or count < _NAMED or len(words) > count + _MOST:
        return None
    for at in range(len(words) - count + 1):
        said = " ".join(words[at : at + count])
        alike = difflib.SequenceMatcher(None, said.casefold(), person.casefold()).ratio()
        same = set(said.casefold().split()) & set(person.casefold().split())
        if said != person and alike >= _SPELT_ALIKE and same and all(each[0].isupper() for each in said.split()):
            return Righted("name", known.but(value=str(known.value).replace(person, said), person=said), [])
    return None


def _revised(turn: Turn, parts: Sequence[Piece], answers: Answers) -> Righted | None:
    """«It is revision C, not B», «now in rev. D»: another revision of the drawing that stands."""
    known, found = answers.get("drawing"), None
    for each in _REVISION.finditer(turn.text):
        found = found or (each if not find(turn.text[max(0, each.start() - 8) : each.start()], "negated") else None)
    stands = _OF_DRAWING.search(str(known.value)) if known and isinstance(known.value, str) else None
    if known is None or found is None or stands is None or turn.said("drawing_no", "part_no"):
        return None
    new = found["revision"].upper()
    if stands["revision"].upper() == new:
        return None
    value = _OF_DRAWING.sub(lambda each: each["lead"] + new, str(known.value))
    rest = [each for each in parts if not each.start <= found.start() < each.end]
    rest = [each for each in rest if not find(each.text, "negated") or len(each.text.split()) > _MOST]
    return Righted("drawing", known.but(value=value), rest)


def _named_wrong(turn: Turn, parts: Sequence[Piece], questions: Sequence[Question], answers: Answers) -> Righted | None:
    """«Wrong drawing, it is KX-200»: what stands behind the name of an answer that is called wrong is the right one."""
    for at, piece in enumerate(parts[:-1]):
        if not find(piece.text, "is_wrong", "wrong") or len(piece.text.split()) > _MOST:
            continue
        named = [each for each in questions if each.name in answers and called(piece.text, each.name)]
        noted = [each for each in _NOTED if each in answers and called(piece.text, each)]
        told = parts[at + 1]
        lead = len(told.text) - len(without_lead(told.text, "corrects_lead"))
        right = Piece(told.text[lead:], told.start + lead, told.end)
        if not right.text or len(right.text.split()) > _MOST:
            continue
        if len(noted) == 1 and not named:
            put = answers[noted[0]].but(value=right.text.strip(" .,"))
            return Righted(noted[0], put, [*parts[:at], *parts[at + 2 :]])
        if len(named) != 1:
            continue
        alone = narrowed(turn, [right])
        alone.intent, alone.confidence, alone.asks = "inform", 1.0, False
        fresh = named[0].read(alone, True)
        if isinstance(fresh, Answer) and not fresh.unknown:
            return Righted(named[0].name, fresh, [*parts[:at], *parts[at + 2 :]])
    return None
