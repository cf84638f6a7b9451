"""The answers an order is computed from: typed, because a number, a revision or a day of them decides."""

from dataclasses import dataclass, field
from typing import TypedDict

from actions.form.answers import Answer, Answers
from actions.turns.reading import Entity


@dataclass
class OwnPart(Answer):
    """A part of the customer's own. ``asked``: the revision they named; ``name``: in the language of the turn."""

    product_id: str = ""
    product_no: str = ""
    drawing: str = ""
    released: str = ""
    asked: str | None = None
    name: str = ""


@dataclass
class OwnAgreement(Answer):
    """A framework agreement of the customer's own, with what is ``left`` of it."""

    left: int | None = None


@dataclass
class Delivery(Answer):
    """When it shall be there. ``since``: a day to begin with, and no day to be there by."""

    since: bool = False


@dataclass
class FirstWords(Answer):
    """The wish as it was written, with what it named: read again when the customer has proved who they are."""

    named: list[Entity] = field(default_factory=list)


@dataclass
class Which(Answer):
    """A note: the parts (their ids, in ``value``) that may be meant, or the number that none of them has."""

    unknown_no: str | None = None
    asked: str | None = None


class MorePart(TypedDict):
    """One part of several in an order. ``asked``: the revision the customer named."""

    product_id: str
    number: str
    quantity: int
    asked: str | None


@dataclass
class MoreParts(Answer):
    """A note: the parts (in ``value``) of an order of several, the first in front."""

    def each(self) -> list[MorePart]:
        """The parts, in the order they were named."""
        return list(self.value or [])


def own_part(answers: Answers) -> OwnPart | None:
    """The part as it was found in the database; None while it is only written."""
    part = answers.get("part")
    return part if isinstance(part, OwnPart) else None


def more_parts(answers: Answers) -> list[MorePart]:
    """The parts that are ordered beside the first."""
    more = answers.get("parts")
    return more.each()[1:] if isinstance(more, MoreParts) else []


def words(answers: Answers) -> str:
    """The wish as it was written; empty without one."""
    return str(answers.value("details") or "")
