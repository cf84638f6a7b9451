"""Common ground: what this conversation is about. Every handler and task reads it, so that nothing has to be said twice.

Kept in the slot ``ground`` as JSON: ``topic`` (the question answered last), ``about`` (by kind of value: what is meant, who
said it and in which message), ``shown`` (the things of the last list, in its order, and in which message), ``facets`` (what
was asked of the topic), ``recent`` (things named lately), ``named`` (those the customer named themselves, each with its message),
``said`` (what is said once in a conversation), ``heard`` (what was told of a casting while no request ran, in the customer's words) and ``turn`` (messages so far).
"""

from collections.abc import Iterable, Sequence
from typing import Any

Entity = dict[str, Any]
#: What names the thing that is talked of. A new thing takes the figures of the one before with it.
THINGS = ("order_no", "part_no", "drawing_no", "quotation_no", "agreement_no", "po_no")
#: Numbers of what a customer has on order, by ours or by theirs.
OWN_NUMBERS = ("order_no", "po_no", "quotation_no")
#: Figures of a wish. They hold for so many messages after they were said; names of things hold until others are named.
FIGURES = ("quantity", "weight", "temper", "dimensions", "week", "date", "lead", "wall", "number", "asap")
FIGURES_HOLD = 8
#: So many messages after a list was shown, words may still point into it.
LIST_HOLDS = 6
#: So many things of a kind are remembered after others were named.
RECENT = 4
#: «Both of them» points at what the customer named in so many messages.
NAMED_HOLDS = 5
#: What a question asks of a thing: it holds only while the same kind of question goes on.
ASPECTS = ("property", "application", "foreign_material", "unknown_alloy", "number", "asap", "certificate")


class Ground:
    """The common ground of a conversation. Changed in place; ``dump`` is what the slot keeps."""

    def __init__(self, stored: dict[str, Any] | None = None) -> None:
        stored = stored or {}
        self.topic: str = stored.get("topic") or ""
        self.turn: int = int(stored.get("turn") or 0)
        self.shown: list[dict[str, Any]] = list(stored.get("shown") or [])
        self.facets: list[str] = list(stored.get("facets") or [])
        self.heard: list[dict[str, Any]] = list(stored.get("heard") or [])
        #: Who writes, as they told it: ``name``, ``company``, ``email``, ``phone``.
        self.who: dict[str, str] = dict(stored.get("who") or {})
        self._said: list[str] = list(stored.get("said") or [])
        self._about: dict[str, dict[str, Any]] = dict(stored.get("about") or {})
        self._recent: dict[str, list[str]] = dict(stored.get("recent") or {})
        self._named: dict[str, dict[str, int]] = dict(stored.get("named") or {})

    def dump(self) -> dict[str, Any]:
        """JSON for the slot."""
        kept = {"topic": self.topic, "turn": self.turn, "shown": self.shown, "about": self._about}
        kept |= {"heard": self.heard} if self.heard else {}
        kept |= {"who": self.who} if self.who else {}
        return kept | {"facets": self.facets, "said": self._said, "recent": self._recent, "named": self._named}

    @property
    def empty(self) -> bool:
        """Whether nothing was talked of yet."""
        return not self.topic and not self._about

    def note(self, kind: str, entities: Sequence[Entity], by: str = "customer") -> None:
        """Keep what was meant of one kind; nothing meant forgets it. ``by``: ``customer``, ``database``, ``reference``."""
        if not entities:
            self._about.pop(kind, None)
            return
        known, named = self._about.get(kind), by == "customer"
        if known and by == "database" and known["by"] == "customer" and _values(known["entities"]) == _values(entities):
            # What an answer keeps was the customer's word.
            by = "customer"
        if kind in (*THINGS, "alloy"):
            values = dict.fromkeys([*(str(each["value"]) for each in entities), *self.recent(kind)])
            self._recent[kind] = list(values)[:RECENT]
            if named:
                self._note_named(kind, [str(each["value"]) for each in entities if not each.get("reference")])
        if kind in THINGS and by == "customer":
            self._turn_to(kind, entities)
        self._about[kind] = {"entities": list(entities), "by": by, "turn": self.turn}

    def _note_named(self, kind: str, values: Sequence[str]) -> None:
        known = {value: at for value, at in (self._named.get(kind) or {}).items() if value not in values}
        self._named[kind] = dict([*known.items(), *((value, self.turn) for value in values)][-RECENT:])

    def _turn_to(self, kind: str, entities: Sequence[Entity]) -> None:
        """A thing that was not talked of takes the place of the one that was, with its figures of earlier messages."""
        known = {str(each["value"]) for each in (self._about.get(kind) or {}).get("entities", [])}
        if known and not known & {str(each["value"]) for each in entities}:
            for figure in ("quantity", "weight", "dimensions"):
                if (self._about.get(figure) or {}).get("turn") != self.turn:
                    self._about.pop(figure, None)

    def about(self, kind: str, topic: str = "") -> list[Entity]:
        """What is meant of one kind when a message leaves it out; ``topic`` is the question that asks."""
        known = self._about.get(kind)
        if known is None:
            return []
        if kind in ASPECTS and topic and topic != self.topic:
            return []
        if kind in FIGURES and self.turn - int(known["turn"]) > FIGURES_HOLD:
            return []
        return list(known["entities"])

    def recent(self, kind: str) -> list[str]:
        """The things of a kind talked of lately, the latest first: for «both»."""
        return list(self._recent.get(kind) or [])

    def named_lately(self, kind: str, since: int = 0) -> list[str]:
        """The things of a kind that the customer named lately, and not before the message ``since``; the latest last."""
        first = max(since, self.turn - NAMED_HOLDS + 1)
        return [value for value, at in (self._named.get(kind) or {}).items() if at >= first]

    def everything(self) -> dict[str, list[Entity]]:
        """What is meant of every kind."""
        return {kind: list(known["entities"]) for kind, known in self._about.items()}

    def said_by(self, kind: str) -> str | None:
        """Who brought up what is meant of one kind."""
        return (self._about.get(kind) or {}).get("by")

    def show(self, kind: str, values: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Keep the things of a list that was just shown, in its order, each with its marks (``late``, words of its name)."""
        self.shown = [
            {"kind": kind, "value": value, "marks": list(marks), "turn": self.turn} for value, marks in values
        ]

    @property
    def list_shown(self) -> list[dict[str, Any]]:
        """The list words may point into: the last one, unless it was shown long ago."""
        return [each for each in self.shown if self.turn - int(each.get("turn") or 0) <= LIST_HOLDS]

    def since(self, kind: str) -> int | None:
        """The message in which what is meant of one kind was noted."""
        known = self._about.get(kind)
        return int(known["turn"]) if known else None

    def first_time(self, what: str) -> bool:
        """Whether this was not said before in the conversation; from now on it was."""
        if what in self._said:
            return False
        self._said.append(what)
        return True


def _values(entities: Sequence[Entity]) -> list[str]:
    return [str(each["value"]) for each in entities]
