"""A message as the engine has read it: clauses, each with what it may do, its values, and whether it asks something."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

Entity = dict[str, Any]
#: How likely the facet of a company question must be to be answered alone.
FACET_SURE = 0.5
#: How likely a facet must be to count where words of it stand in the question, whatever that was read as.
FACET_HINT = 0.75
#: How likely the facet and that the company is asked about at all must be together.
FACET_LIKELY = 0.5
#: The meaning of what is told, and asks and wants nothing by itself.
TOLD = "inform"
#: Entities that are about the talk and no value of it.
BESIDE = ("language", "asap", "resume", "dont_know")

#: «They» and «the same» say what is meant and nothing of their own.
STANDS_FOR = ("they", "same")


@dataclass(frozen=True)
class Told:
    """A stretch of a message that tells a value, as the engine has learnt to see it: what of, and where it stands."""

    tag: str
    start: int
    end: int
    confidence: float = 1.0

    def moved(self, by: int) -> "Told":
        """The same in a text that begins ``by`` letters earlier or later."""
        return Told(self.tag, self.start + by, self.end + by, self.confidence)


@dataclass(frozen=True)
class Clause:
    """A piece of a message. ``acts`` are (meaning, probability), the likeliest first; offsets are those of the message."""

    text: str
    start: int
    end: int
    acts: tuple[tuple[str, float], ...]
    asks: bool = False
    facet: str | None = None
    entities: tuple[Entity, ...] = field(default=(), hash=False)
    told: tuple[Told, ...] = ()
    #: The facet that the engine has seen in it, whether or not it was read as a question to the company.
    hint: str | None = None

    @property
    def act(self) -> str:
        """The likeliest meaning; ``faq/<topic>`` for a company question."""
        return self.acts[0][0] if self.acts else "nlu_fallback"

    @property
    def sure(self) -> float:
        """The probability of the likeliest meaning, 0 to 1."""
        return self.acts[0][1] if self.acts else 0.0

    def says(self, *names: str) -> bool:
        """Whether a value of one of these kinds was found in it."""
        return any(each["entity"] in names for each in self.entities)

    def chance(self, *acts: str) -> float:
        """The probability that the clause is any of these."""
        return sum(share for name, share in self.acts if name in acts)

    def told_instead(self, *acts: str) -> "Clause":
        """The clause with these meanings counted as what is told."""
        others = ((act, share) for act, share in self.acts if act not in (TOLD, *acts))
        told = (TOLD, self.chance(TOLD, *acts))
        return replace(self, acts=tuple(sorted([told, *others], key=lambda each: -each[1])))

    @property
    def values(self) -> tuple[Entity, ...]:
        """What was said in figures, codes and names of things, or pointed at."""
        return tuple(
            each for each in self.entities if each["entity"] not in BESIDE and each.get("reference") not in STANDS_FOR
        )

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())


@dataclass(frozen=True)
class Reading:
    """The whole message: as one clause, and cut into clauses in their order."""

    whole: Clause
    clauses: tuple[Clause, ...]
    contact: dict[str, str] = field(default_factory=dict)
    anger: float = 0.0

    @property
    def told(self) -> tuple[Told, ...]:
        """The stretches of the message that tell a value."""
        return self.whole.told

    @property
    def text(self) -> str:
        """The message as it was written."""
        return self.whole.text


def read_message(message: dict[str, Any]) -> Reading:
    """The reading in a message of the engine's. A message without clauses is one clause.

    Its text is the one that was read: without the marks of a quotation, and without a mail of ours below it.
    """
    text = message.get("read") or message.get("text") or ""
    entities: Sequence[Entity] = message.get("entities") or []
    told = tuple(Told(**each) for each in message.get("spans") or [])
    clauses = tuple(_clause(text, each, entities, told) for each in message.get("clauses") or [])
    asks = "?" in text or any(each.asks for each in clauses)
    acts = _whole_acts(message)
    whole = Clause(text, 0, len(text), acts, asks, _facet(message, acts), tuple(entities), told)
    return Reading(whole, clauses or (whole,), message.get("contact") or {}, float(message.get("anger") or 0))


def _whole_acts(message: dict[str, Any]) -> tuple[tuple[str, float], ...]:
    """The ranking of the whole message, led by what the engine decided for."""
    best = message.get("intent") or {}
    name = message.get("faq") or best.get("name") or "nlu_fallback"
    ranking = [(each["name"], float(each["confidence"])) for each in message.get("intent_ranking") or []]
    return ((name, float(best.get("confidence") or 0)), *((act, share) for act, share in ranking if act != name))


def _clause(text: str, said: dict[str, Any], entities: Sequence[Entity], told: Sequence[Told]) -> Clause:
    start, end = int(said["start"]), int(said["end"])
    acts = tuple((str(name), float(share)) for name, share in said.get("acts") or [])
    inside = tuple(each for each in entities if start <= each.get("start", 0) < end and each["entity"] != "language")
    tells = told_in(told, start, end)
    asks, facet = bool(said.get("asks")), said.get("facet") or {}
    hint = str(facet["name"]) if facet and float(facet["confidence"]) >= FACET_HINT else None
    return Clause(text[start:end], start, end, acts, asks, _facet(said, acts), inside, tells, hint)


def told_in(told: Sequence[Told], start: int, end: int) -> tuple[Told, ...]:
    """The stretches of which a piece of the text holds most, as far as they stand in it."""
    kept = []
    for each in told:
        inside = min(each.end, end) - max(each.start, start)
        if inside > 0 and 2 * inside >= each.end - each.start:
            kept.append(replace(each, start=max(each.start, start), end=min(each.end, end)))
    return tuple(kept)


def _facet(said: dict[str, Any], acts: Sequence[tuple[str, float]]) -> str | None:
    """The code of the company's facts that a question is about; None where the engine is not sure enough."""
    facet = said.get("facet") or {}
    if not facet or float(facet["confidence"]) < FACET_SURE:
        return None
    # A guess within a guess is none.
    asked = max((share for act, share in acts if act.startswith("faq/")), default=1.0)
    return str(facet["name"]) if asked * float(facet["confidence"]) >= FACET_LIKELY else None


def revised(number: object, revision: object) -> str:
    """The number of a drawing with its revision, where it has one: «8811-C rev. 3»."""
    return f"{number} rev. {revision}" if revision else str(number)
