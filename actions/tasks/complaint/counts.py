"""How many pieces have which fault: «7 are porous, 2 missing», and what corrects it."""

import functools
import re
from collections.abc import Sequence
from typing import Any

from actions.form.answers import Answer, Answers, note
from actions.form.words import numbers
from actions.tasks.complaint.questions import AffectedAnswer
from actions.turns.words import words
from bot.common.words import topic

#: The note of what was counted so far: for each fault how many, of how many, and its words.
COUNTS = "counts"
#: A number of five figures that nobody asked for is a code of something (an order is called «30412»), and counts no pieces.
CODE_FROM = 10_000
#: So many letters of a word are its beginning: «porøs» and «porøse» are one fault.
_BEGINNING = 4
_CODE = re.compile(r"\W*\d{6,}\W*")

#: How many, of how many, and what is wrong with them.
Count = tuple[int, int | None, str]


def is_code(text: str) -> bool:
    """Whether a message is a number of six figures or more, and nothing else."""
    return _CODE.fullmatch(text) is not None


def counts_in(text: str) -> list[Count]:
    """What a message counts by its faults, in its order."""
    found: list[tuple[int, Count]] = []
    for match in _counted().finditer(text):
        some, of = _number(match["some"]), _number(match["of"] or "")
        if some and some < CODE_FROM:
            found.append((match.start(), (some, of, " ".join(match["fault"].split()))))
    for match in _lacking().finditer(text):
        some = _number(match["some"])
        taken = any(at <= match.start("some") < at + len(str(each[0])) for at, each in found)
        if some and some < CODE_FROM and not taken:
            found.append((match.start(), (some, None, match["fault"])))
    return [each for _, each in sorted(found, key=lambda one: one[0])]


def take_counts(text: str, answers: Answers) -> bool:
    """Take what a message counts or corrects («9, not 7») into the answers; whether there was anything."""
    known: list[Any] = list(answers.value(COUNTS) or [])
    before = [list(each) for each in known]
    told = counts_in(text)
    for some, of, fault in told:
        same = next((each for each in known if _alike(str(each[2]), fault)), None)
        if same is None and _only_faulty(fault):
            # «3 are faulty» beside 3 with pores calls the same ones by no other fault.
            same = next((each for each in known if each[0] == some and not _lacks(str(each[2]))), None)
        if same is None:
            known.append([some, of, fault])
        else:
            same[0], same[1] = some, of or same[1]
    corrected = _instead(text)
    for each in known:
        if corrected and each[0] == corrected[0] and not any(one[0] == each[0] for one in told):
            each[0] = corrected[1]
    if known == before or not known:
        return False
    answers[COUNTS] = note(known)
    return True


def take_share(some: int, of: int | None, answers: Answers) -> bool:
    """«10 of 40» beside one fault that was counted: how many have it, of how many. False where several are."""
    known: list[Any] = list(answers.value(COUNTS) or [])
    faulty = [each for each in known if not _lacks(str(each[2]))]
    if len(faulty) != 1:
        return False
    faulty[0][0], faulty[0][1] = some, of
    answers[COUNTS] = note(known)
    return True


def affected_of(counts: Sequence[Sequence[Any]], known: Answer | None = None) -> AffectedAnswer:
    """The answer to how many pieces are affected, from what was counted; its value is the pieces that are there.

    ``known``: the answer as it was read before, which may say of how many.
    """
    there = [each[0] for each in counts if not _lacks(str(each[2]))]
    total = sum(there or [each[0] for each in counts])
    of = next((each[1] for each in counts if each[1]), None)
    if len(counts) == 1 and of is None and isinstance(known, AffectedAnswer) and known.value == total:
        of = known.of
    if len(counts) == 1:
        # What is wrong with them stands in the words of the matter.
        return AffectedAnswer(total, "utter_line_affected_of" if of else "utter_line_affected", of=of)
    told = [f"{some}/{among} {fault}" if among else f"{some} {fault}" for some, among, fault in counts]
    return AffectedAnswer(total, "utter_line_affected_counts", of=of, counts=told)


def _alike(one: str, other: str) -> bool:
    """Whether two words call one fault: by their beginnings, or both that something is missing."""
    return one[:_BEGINNING].casefold() == other[:_BEGINNING].casefold() or (_lacks(one) and _lacks(other))


def _lacks(fault: str) -> bool:
    return words("complaint").says(fault, "lacking")


def _only_faulty(fault: str) -> bool:
    """Whether a word calls no fault by its name: «faulty», «feil»."""
    return words("complaint").says(fault, "faulty_at_large")


def _instead(text: str) -> tuple[int, int] | None:
    """The number that is not right, and the one that is: «9 e det, ikkje 7»."""
    found = _denied().search(text)
    wrong = _number(found["wrong"]) if found else None
    others = [
        _number(each[0]) for each in _figure().finditer(text) if not found or each.start() != found.start("wrong")
    ]
    right = [each for each in others if each and each != wrong]
    return (wrong, right[0]) if wrong and right else None


def _number(said: str) -> int | None:
    return int(said) if said.isdigit() else numbers().get(said.casefold())


@functools.cache
def _figure() -> re.Pattern[str]:
    named = "|".join(map(re.escape, sorted(numbers(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w.,-])(?:\d{{1,5}}|{named})(?![\w,.-]*\w)", re.I)


@functools.cache
def _denied() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{words('complaint').pattern('not_so_many')})\s+(?P<wrong>{_figure().pattern})", re.I)


@functools.cache
def _counted() -> re.Pattern[str]:
    """A number, perhaps of how many, and within a few words what is wrong."""
    fault = f"{words('complaint').pattern('defective')}|{words('complaint').pattern('lacking')}"
    between = rf"(?:[ \t]+(?!(?:{_figure().pattern}))[^\s,.;!?]+){{0,6}}?"
    return re.compile(
        rf"(?P<some>{_figure().pattern})(?:\s*{topic('complaint.pieces')}?\s*(?:{topic('complaint.out_of')}|/)\s*"
        rf"(?:{topic('complaint.of_the')} )?(?P<of>{_figure().pattern}))?{between}[ \t]+(?P<fault>{fault})(?!\w)",
        re.I,
    )


@functools.cache
def _lacking() -> re.Pattern[str]:
    """What is missing, and how many: «mangla 2», «short by two»."""
    return re.compile(
        rf"(?<!\w)(?P<fault>{words('complaint').pattern('lacking')})(?:[ \t]+[^\s,.;!?\d]+){{0,2}}?[ \t]+(?P<some>{_figure().pattern})",
        re.I,
    )
