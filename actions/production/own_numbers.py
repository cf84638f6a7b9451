"""Numbers as a customer's own data writes them: orders, parts, drawings and purchase orders, whatever they look like.

Understanding knows the shapes of our numbers; a buyer's own follow no shape anybody could know beforehand.
"""

import re
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Engine, func, or_, select
from sqlalchemy.sql.elements import ColumnElement

from actions.production import views
from actions.production.identity import Identity
from actions.production.promise_parts import fold, parts_of

#: A number is known by its figures alone where it has so many.
FIGURES_FROM = 4


def own_numbers(engine: Engine, identity: Identity, codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Which of these codes the customer's own data knows: code to kind (``order_no``, ``quotation_no`` ...) and number.

    A short order number («30417») is one too. Orders go before parts, drawings, purchase orders, quotations and agreements. Everything is
    filtered by customer, so another customer's number is as unknown as an invented one.
    """
    known = {
        **_by_figures(engine, identity, codes),
        **_papers(engine, identity, codes),
        **_purchase_orders(engine, identity, codes),
        **_parts(engine, identity),
        **_orders(engine, identity, codes),
    }
    return {code: known[fold(code)] for code in codes if fold(code) in known}


def _orders(engine: Engine, identity: Identity, codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    view = views.order.c
    wanted: list[ColumnElement[bool]] = [_folded(view.order_no).in_([fold(code) for code in codes])]
    wanted += [view.order_no.endswith(f"-{code}") for code in codes if code.isdigit()]
    with engine.connect() as connection:
        found = connection.scalars(select(view.order_no).where(view.customer_id == identity.customer_id, or_(*wanted)))
        numbers = list(found)
    whole = {fold(number): ("order_no", number) for number in numbers}
    return {fold(number.rpartition("-")[2]): ("order_no", number) for number in numbers} | whole


def _papers(engine: Engine, identity: Identity, codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """The customer's quotations and framework agreements, whole or by the figures of their number."""
    found: dict[str, tuple[str, str]] = {}
    for kind, view, column in (
        ("agreement_no", views.agreement.c, views.agreement.c.agreement_no),
        ("quotation_no", views.quotation.c, views.quotation.c.quotation_no),
    ):
        wanted: list[ColumnElement[bool]] = [_folded(column).in_([fold(code) for code in codes])]
        wanted += [column.endswith(f"-{code}") for code in codes if code.isdigit() and len(code) >= 4]
        with engine.connect() as connection:
            numbers = list(
                connection.scalars(select(column).where(view.customer_id == identity.customer_id, or_(*wanted)))
            )
        found |= {fold(number.rpartition("-")[2]): (kind, number) for number in numbers}
        found |= {fold(number): (kind, number) for number in numbers}
    return found


def _by_figures(engine: Engine, identity: Identity, codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    """Parts, drawings and purchase orders by the figures of their number alone, where only one has them: «2052» for FP-2052."""
    wanted = {code for code in codes if code.isdigit() and len(code) >= FIGURES_FROM}
    if not wanted:
        return {}
    view = views.order.c
    with engine.connect() as connection:
        mine = select(view.customer_po).where(view.customer_id == identity.customer_id, view.customer_po.is_not(None))
        purchases = {str(number): ("po_no", str(number)) for number in connection.scalars(mine)}
    found: dict[str, set[tuple[str, str]]] = {}
    for number, known in [*purchases.items(), *_parts(engine, identity).items()]:
        found.setdefault(re.sub(r"\D", "", number), set()).add(known)
    # A number that a part and its drawing have alike is the part's.
    return {figures: next(iter(known)) for figures, known in found.items() if figures in wanted and len(known) == 1}


def _purchase_orders(engine: Engine, identity: Identity, codes: Sequence[str]) -> dict[str, tuple[str, str]]:
    view = views.order.c
    wanted = _folded(view.customer_po).in_([fold(code) for code in codes])
    with engine.connect() as connection:
        found = connection.scalars(select(view.customer_po).where(view.customer_id == identity.customer_id, wanted))
        return {fold(number): ("po_no", number) for number in found}


def _parts(engine: Engine, identity: Identity) -> dict[str, tuple[str, str]]:
    """Drawing and part numbers of the customer's parts; a number that is both is the part's."""
    parts = parts_of(engine, identity)
    drawings = {
        fold(str(part.row[name])): ("drawing_no", str(part.row[name]))
        for part in parts
        for name in ("drawing_no", "own_drawing_no")
        if part.row[name]
    }
    return drawings | {number: ("part_no", part.number) for part in parts for number in part.numbers}


def _folded(column: Column[Any]) -> ColumnElement[str]:
    """The column upper case and without the signs people leave out; as ``fold`` does to what they wrote."""
    folded: Any = func.upper(column)
    for sign in " -/._":
        folded = func.replace(folded, sign, "")
    return folded  # type: ignore[no-any-return]
