"""Which part an order means: its number, a drawing with its revision, an earlier order, its name, the last one or the usual.

Only parts of the contact's own customer are ever found; nothing is guessed when several fit.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Engine

from actions.production import orders
from actions.production.agreements import find_agreement
from actions.production.candidates import Candidate, find_part, find_parts, last_order, last_ordered, usual
from actions.production.identity import Identity
from actions.production.promise_parts import Part, fold, parts_of
from actions.tasks.order.answers import OwnPart
from actions.tasks.order.names import parts_named
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from bot.common.clock import today
from bot.common.words import topic

#: Parts offered to choose from.
MOST = 5
#: What makes a noun («40 housings») one of something new and not of a part of theirs.
OF_SOMETHING_NEW = ("alloy", "alloy_group", "unknown_alloy", "weight", "dimensions", "wall")
#: A number with its last sign left out is looked for from so many signs on.
SHORTEST = 4
_REVISION = re.compile(
    rf"(?<!\w){topic('codes.revision')}\b[ .:]{{0,2}}(?P<revision>[a-z]{{1,2}}|[0-9]{{1,2}})(?!\w)", re.I
)  # fmt: skip


@dataclass(frozen=True)
class Meant:
    """The parts that may be meant. ``unknown``: the number that none of the customer's parts has."""

    found: list[Candidate] = field(default_factory=list)
    unknown: str | None = None
    #: which of the words led here, for what is said about it
    by: str = "none"


def revision_in(text: str) -> str | None:
    """The revision named in a message."""
    found = _REVISION.search(text)
    return found["revision"].upper() if found else None


def meant_by(engine: Engine, identity: Identity, text: str, entities: Sequence[Entity]) -> Meant:
    """The parts a message means, by what it says most definitely. Raises SQLAlchemyError."""
    for look in (_by_number, _by_order, _by_agreement):
        found = look(engine, identity, entities)
        if found is not None:
            return found
    by_name = parts_named(parts_of(engine, identity), text)
    if by_name:
        by = "words" if by_name[0].whole else "noun"
        return Meant([_candidate(engine, identity, each.part) for each in by_name], by=by)
    if asks(text, "usual"):
        return Meant(usual(engine, identity, today()), by="usual")
    if asks(text, "last_time"):
        return Meant(_newest(last_ordered(engine, identity, today(), MOST)), by="last")
    return Meant()


def choices_for(engine: Engine, identity: Identity) -> list[Candidate]:
    """What the customer orders, when nothing said which part is meant."""
    return last_ordered(engine, identity, today(), MOST)


def as_answer(part: Part, revision: str | None) -> OwnPart:
    """The form's answer: the part as the read-back names it; its name is put in the language of each turn."""
    row = part.row
    return OwnPart(
        part.number, _line(part), product_id=row["product_id"], product_no=row["product_no"] or "",
        drawing=row["own_drawing_no"] or row["drawing_no"] or "", released=row["revision"] or "", asked=revision,
    )  # fmt: skip


def name_of(part: Part, language: str) -> str:
    """What the part is called in a language, else its number."""
    return str(part.row[f"description_{language}"] or part.row["description_nb"] or part.number)


def part_of(engine: Engine, identity: Identity, answer: OwnPart | None) -> Part | None:
    """The part of an answer, looked up again: it may have been taken from the customer meanwhile."""
    return find_part(engine, identity, answer.product_id) if answer else None


def _line(part: Part) -> str:
    drawing = part.row["own_drawing_no"] or part.row["drawing_no"]
    if not drawing:
        return "utter_line_order_part"
    return "utter_line_order_drawing_revision" if part.row["revision"] else "utter_line_order_drawing"


def _by_number(engine: Engine, identity: Identity, entities: Sequence[Entity]) -> Meant | None:
    numbers = [str(entity["value"]) for entity in entities if entity["entity"] in ("part_no", "drawing_no")]
    if not numbers:
        return None
    found = {
        each.part.row["product_id"]: each
        for number in numbers
        for each in find_parts(engine, identity, number, today()) or _by_beginning(engine, identity, number)
    }
    return Meant(list(found.values()), None if found else numbers[0], by="number")


def _by_beginning(engine: Engine, identity: Identity, number: str) -> list[Candidate]:
    """«4711» for drawing 4711-B: own numbers that only go on with a letter or a figure more."""
    wanted = fold(number)
    parts = [
        part
        for part in parts_of(engine, identity)
        if len(wanted) >= SHORTEST
        and any(own.startswith(wanted) and len(own) - len(wanted) <= 1 for own in part.numbers | part.drawings)
    ]
    return [_candidate(engine, identity, part) for part in parts]


def _by_order(engine: Engine, identity: Identity, entities: Sequence[Entity]) -> Meant | None:
    numbers = [str(entity["value"]) for entity in entities if entity["entity"] == "order_no"]
    products: dict[str, Any] = {}
    for number in numbers:
        order = orders.find_order(engine, identity, number)
        products |= {line.product_id: number for line in order.lines} if order else {}
    if not numbers:
        return None
    parts = [part for product in products if (part := find_part(engine, identity, product))]
    return Meant([_candidate(engine, identity, part) for part in parts], None if parts else numbers[0], by="order")


def _by_agreement(engine: Engine, identity: Identity, entities: Sequence[Entity]) -> Meant | None:
    for entity in entities:
        agreement = (
            find_agreement(engine, identity, str(entity["value"])) if entity["entity"] == "agreement_no" else None
        )
        part = find_part(engine, identity, agreement.product_id) if agreement else None
        if part:
            return Meant([_candidate(engine, identity, part)], by="agreement")
    return None


def _candidate(engine: Engine, identity: Identity, part: Part) -> Candidate:
    return Candidate(part, last_order(engine, identity, part.row["product_id"], today()), 0, None)


def _newest(found: list[Candidate]) -> list[Candidate]:
    """The part of the newest order; several only when they were ordered on the same day."""
    if not found or found[0].last is None:
        return found
    day = found[0].last.ordered_on
    return [each for each in found if each.last and each.last.ordered_on == day]
