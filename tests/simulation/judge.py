"""Compares what the assistant has written down with what the customer meant."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.simulation.personas import Fact, Persona

#: Questions whose answers are the customer's words on the whole matter: other facts may stand in them.
WHOLE_WORDS = ("details", "said")
#: What the customer asked and nobody here answers goes along to sales as it was asked.
ASKED_OF_SALES = "for_sales"
#: Where the words of a sentence stay that say nothing of their own: they are no fact, and no other fact may stand in them.
LEFTOVERS = ("notes",)
#: Answers the assistant knows from the sign-in, or notes for itself.
OWN_NOTES = ("judged", "told", "sales", "which", "unknown_order", "attach_told", "agreement")
#: What stands for «nothing» in an answer.
NOTHING = (None, "", "none", "deny", "running")


@dataclass(frozen=True)
class Finding:
    """One difference: ``missing``, ``wrong``, ``foreign`` (words of something else), ``invented`` (nobody said it)."""

    kind: str
    question: str
    wanted: Any = None
    got: Any = None

    def __str__(self) -> str:
        return f"{self.kind} {self.question}: wanted {self.wanted!r}, got {self.got!r}"


@dataclass(frozen=True)
class Stored:
    """A case as it stands in the database, with what was queued for the production side."""

    case_no: str
    kind: str
    fields: Mapping[str, Any]
    payload: Mapping[str, Any]
    contact: str | None
    email: str | None


@dataclass
class Verdict:
    """What became of one conversation."""

    exact: bool
    goal: bool
    unasked: int
    findings: list[Finding] = field(default_factory=list)

    @property
    def foreign(self) -> int:
        """Fields that hold something that is not theirs."""
        return sum(each.kind in ("foreign", "invented") for each in self.findings)


def judge(
    persona: Persona, cases: list[Stored], unasked: int, talk: Iterable[str], answered: bool, untold: Collection[str] = (),
) -> Verdict:  # fmt: skip
    """The verdict on a finished conversation.

    ``unasked``: cases written without a clear yes. ``talk``: what was said that belongs in no field. ``answered``: a customer
    who stores nothing got so far as they meant to. ``untold``: questions that are answered only when asked, and were not.
    """
    if not persona.cases:
        goal = answered and not cases
        kept = [Finding("unwanted", "case", None, each.kind) for each in cases]
        return Verdict(goal, goal, unasked, kept)
    if len(cases) != 1:
        return Verdict(False, False, unasked, [Finding("missing" if not cases else "unwanted", "case", 1, len(cases))])
    case = cases[0]
    found = [*differences(persona, case.fields, talk, untold), *_handed_over(persona, case)]
    if case.kind not in persona.cases:
        found.append(Finding("wrong", "kind", persona.cases[0], case.kind))
    if persona.contact != case.contact:
        found.append(Finding("wrong", "contact", persona.contact, case.contact))
    return Verdict(not found and not unasked, True, unasked, found)


def differences(
    persona: Persona, answers: Mapping[str, Any], talk: Iterable[str] = (), untold: Collection[str] = ()
) -> list[Finding]:
    """Everything in which the answers are other than the truth. What was never said, as nobody asked, is not missing."""
    facts = [each for each in persona.facts if each.question not in untold or _says(answers.get(each.question))]
    found = [each for fact in facts if (each := _difference(fact, answers.get(fact.question))) is not None]
    found += _items(persona, answers)
    sentences = [_fold(each) for each in talk]
    for question, answer in answers.items():
        if question not in OWN_NOTES and isinstance(answer, Mapping) and answer.get("reply"):
            found += _not_its_own(persona, question, answer, sentences)
    return found


def _says(answer: Any) -> bool:
    return isinstance(answer, Mapping) and answer.get("reply") is not None and not answer.get("unknown")


def _difference(fact: Fact, answer: Any) -> Finding | None:
    if not isinstance(answer, Mapping) or (answer.get("reply") is None and fact.question not in ("change", "line")):
        return Finding("missing", fact.question, fact.value)
    if answer.get("unknown"):
        return Finding("missing", fact.question, fact.value, "unknown")
    got = _value_of(fact, answer)
    if fact.words or fact.form == "drawing_number":
        return None if _fold(fact.value) in _fold(got) else Finding("wrong", fact.question, fact.value, got)
    return None if got == fact.value else Finding("wrong", fact.question, fact.value, got)


def _value_of(fact: Fact, answer: Mapping[str, Any]) -> Any:
    """The stored value in the shape of the fact's."""
    value = answer.get("value")
    if fact.form == "own_part":
        return answer.get("product_no")
    if fact.question == "weight":
        return {"kg": value, "total": bool(answer.get("total"))}
    if fact.question == "size":
        return answer.get("mm")
    if fact.question == "change":
        wants = answer.get("wants") or []
        return {name: wants[0].get(name) for name in fact.value} if len(wants) == 1 else wants
    return value.lower() if fact.question == "email" and isinstance(value, str) else value


def _items(persona: Persona, answers: Mapping[str, Any]) -> Iterator[Finding]:
    if not persona.items:
        return
    listed = list((answers.get("part") or {}).get("items") or [])
    if len(listed) != len(persona.items):
        yield Finding("missing", "items", len(persona.items), len(listed))
        return
    for number, (item, got) in enumerate(zip(persona.items, listed, strict=True), 1):
        for name in ("quantity", "alloy", "weight"):
            if got.get(name) != item[name]:
                yield Finding("wrong", f"item {number} {name}", item[name], got.get(name))
        if _fold(item["part"]) not in _fold(got.get("text")):
            yield Finding("wrong", f"item {number} part", item["part"], got.get("text"))


def _not_its_own(
    persona: Persona, question: str, answer: Mapping[str, Any], talk: list[str]
) -> Iterator[Finding]:  # fmt: skip
    """Words of other facts or of talk in an answer, and answers to what the customer never knew."""
    fact, value = persona.fact(question), answer.get("value")
    signed_in = persona.contact is not None and question in ("name", "email")
    listed = bool(persona.items) and question in ("part", "alloy", "quantity", "weight")
    if signed_in or listed or question == ASKED_OF_SALES:
        return
    if (
        fact is None
        and question not in (*WHOLE_WORDS, *LEFTOVERS, "line", "change")
        and not answer.get("unknown")
        and value not in NOTHING
    ):
        yield Finding("invented", question, None, value)
        return
    if not isinstance(value, str):
        return
    text = _fold(value)
    for sentence in talk:
        if sentence and sentence in text:
            yield Finding("foreign", question, None, value)
            return
    if question in WHOLE_WORDS or (fact is None and question not in LEFTOVERS):
        return
    rest = text.replace(_fold(fact.value), " ") if fact and fact.words else text
    for other in persona.facts:
        if other.question != question and any(stands_in(each, rest) for each in other.fills.values()):
            yield Finding("foreign", question, fact.value if fact else None, value)
            return


def stands_in(words: str, text: str) -> bool:
    """Whether words stand in a folded text as whole words."""
    folded = _fold(words)
    return len(folded) >= 2 and re.search(rf"(?<![\w,.-]){re.escape(folded)}(?![\w-]|[,.]\d)", text) is not None


def _handed_over(persona: Persona, case: Stored) -> Iterator[Finding]:
    """Figures and codes as the production side gets them."""
    payload = case.payload
    if persona.kind in ("change", "cancel"):
        wants = [each.get("want", {}) for each in payload.get("wants") or []]
        change = persona.fact("change")
        wanted: dict[str, Any] = change.value if change else {"kind": "cancel"}
        got: Any = {name: wants[0].get(name) for name in wanted} if len(wants) == 1 else wants
        if got != wanted:
            yield Finding("wrong", "intake wants", wanted, got)
    for question, name in (
        ("quantity", "quantity"),
        ("alloy", "alloy"),
        ("order", "order"),
        ("affected", "affected"),
        ("po", "customer_po"),
    ):
        fact, handed = persona.fact(question), payload.get(name)
        figure = handed.get("value") if isinstance(handed, Mapping) else handed
        if fact and figure != fact.value:
            yield Finding("wrong", f"intake {name}", fact.value, figure)


def _fold(text: Any) -> str:
    return " ".join(str(text or "").casefold().split())
