"""The parts a proven contact's customer may ask dates for, and what stands in the way of making one."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Engine, and_, or_, select

from actions.production import views
from actions.production.identity import Identity
from actions.production.plant import Plant, Span
from actions.production.promise import Destination


@dataclass(frozen=True)
class Part:
    """A part of the customer: its row of v_product, the customer's own numbers, its pattern, and where it goes."""

    row: Mapping[str, Any]
    numbers: frozenset[str]
    drawings: frozenset[str]
    revision: str
    pattern_condition: str | None
    pattern_revision: str | None
    to: Destination
    credit_hold: bool

    @property
    def number(self) -> str:
        """The number the customer knows it by."""
        return str(self.row["customer_part_no"] or self.row["product_no"])


def parts_of(engine: Engine, identity: Identity) -> list[Part]:
    """The parts of the contact's customer, filtered by customer in SQL. Raises SQLAlchemyError without a database."""
    product, own, pattern, customer = views.product.c, views.customer_product.c, views.pattern.c, views.customer.c
    query = (
        select(
            views.product, own.customer_part_no, own.drawing_no.label("own_drawing_no"),
            own.revision.label("own_revision"), pattern.condition, pattern.revision.label("pattern_revision"),
            pattern.line.label("pattern_line"), customer.country, customer.transit_days, customer.credit_hold,
        )
        .join_from(views.product, views.customer, customer.customer_id == identity.customer_id)
        .outerjoin(
            views.customer_product,
            and_(own.product_id == product.product_id, own.customer_id == identity.customer_id),
        )
        .outerjoin(views.pattern, pattern.pattern_id == product.pattern_id)
        .where(or_(product.owner_customer_id == identity.customer_id, own.customer_id == identity.customer_id))
        .order_by(product.product_no)
    )  # fmt: skip
    with engine.connect() as connection:
        return [_part(dict(row._mapping)) for row in connection.execute(query)]


def _part(row: Mapping[str, Any]) -> Part:
    return Part(
        row={**row, "line": row["line"] or row["pattern_line"]},
        numbers=frozenset(fold(each) for each in (row["product_no"], row["customer_part_no"]) if each),
        drawings=frozenset(fold(each) for each in (row["drawing_no"], row["own_drawing_no"]) if each),
        revision=row["own_revision"] or row["revision"] or "",
        pattern_condition=row["condition"],
        pattern_revision=row["pattern_revision"],
        to=Destination(row["country"] or "NO", row["transit_days"]),
        credit_hold=bool(row["credit_hold"]),
    )


def fold(number: str) -> str:
    """A part or drawing number for comparing: upper case, without spaces and hyphens."""
    return "".join(sign for sign in number.upper() if sign.isalnum())


def named(parts: Sequence[Part], numbers: Sequence[str]) -> list[Part]:
    """The parts with one of these part or drawing numbers."""
    wanted = {fold(number) for number in numbers}
    return [part for part in parts if wanted & (part.numbers | part.drawings)]


def matching(parts: Sequence[Part], alloys: Sequence[str], casting_kg: float | None) -> list[Part]:
    """Parts of one of these alloys and about that weight (within a tenth); both are needed to mean a part."""
    if not alloys or casting_kg is None:
        return []
    return [
        part
        for part in parts
        if part.row["alloy"] in alloys and abs((part.row["casting_kg"] or 0.0) - casting_kg) <= 0.1 * casting_kg
    ]


def described(parts: Sequence[Part], text: str, language: str) -> list[Part]:
    """Parts whose description, as the source writes it in that language, stands in the text, also in the plural."""
    words = text.casefold()
    names = [(part, str(part.row[f"description_{language}"] or part.row["description_nb"] or "")) for part in parts]
    return [part for part, name in names if name and re.search(rf"(?<!\w){re.escape(name.casefold())}", words)]


def words_of_name(part: Part) -> list[str]:
    """The words of the part's name in every language the source has, small."""
    names = " ".join(str(part.row[f"description_{language}"] or "") for language in ("nb", "en"))
    return list(dict.fromkeys(re.findall(r"[^\W\d_]+", names.casefold())))


def obstacle(part: Part, revision: str | None = None) -> str | None:
    """Why no date may be given, as a code: a person has to look first. ``revision`` is the one the customer named."""
    if part.row["release_status"] == "blocked":
        return "blocked"
    if revision and part.revision and revision.upper() != part.revision.upper():
        return "revision_asked"
    if part.credit_hold:
        return "account"
    if part.row["release_status"] == "new":
        return None
    if part.pattern_condition in (None, "missing"):
        return "pattern_missing"
    if part.pattern_condition in ("damaged", "condemned"):
        return "pattern_damaged"
    if part.pattern_revision and part.row["revision"] and part.pattern_revision != part.row["revision"]:
        return "pattern_revision"
    return None


def before_series(part: Part, plant: Plant) -> Span:
    """Workdays before a series may start: pattern, sample and approval as far as they are still missing."""
    status = part.row["release_status"]
    if status == "released":
        return Span(low=0, high=0)
    if status == "sample":
        return plant.new_part.approval_workdays
    made = part.pattern_condition in ("good", "worn")
    return new_part_span(plant, part.row["casting_kg"] or 0.0, pattern_made=made)


def new_part_span(plant: Plant, casting_kg: float, pattern_made: bool = False) -> Span:
    """Workdays for pattern (unless made), sample casting and approval of a part of that weight."""
    table, sample, approval = (
        plant.new_part.pattern_workdays,
        plant.new_part.sample_workdays,
        plant.new_part.approval_workdays,
    )
    pattern = next((row for row in table if casting_kg <= row.up_to_kg), table[-1])
    low = 0 if pattern_made else pattern.low
    high = 0 if pattern_made else pattern.high
    return Span(low=low + sample.low + approval.low, high=high + sample.high + approval.high)
