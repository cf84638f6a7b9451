"""Who a contact is and what it may do, from ``v_contact`` and ``v_customer``."""

import re
from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, Engine, Row, Select, func, or_, select

from actions.production.views import contact as contacts
from actions.production.views import customer as customers
from actions.production.views import order as orders
from bot.common.addresses import spellings

#: Contacts of the invented plant carry this in front of their id.
DEMO_PREFIX = "demo-"
#: What our own order numbers begin with.
ORDER_PREFIX = "SO-"
#: As many figures as ours have, and no rounded sum, to be part of a pattern: «where is 30433?»
ORDER_FIGURES = "[1-9][0-9]{4}(?<!000)"
#: Street and house number at the end of a text, right before a postcode: «Kaigata 4, 5003 Bergen».
HOUSE = re.compile(r"[^\W\d_]{2,}\.?\s+[0-9]{1,4}\s?[a-z]?\s*,?\s*$", re.I)


def order_number(number: str) -> str:
    """A number with the letters of our orders, if it has none."""
    return f"{ORDER_PREFIX}{number}" if number.isdigit() else number


@dataclass(frozen=True)
class Contact:
    """An active person at a customer. ``language`` is the customer's: nb, nn, sv, da, en or de."""

    contact_id: str
    customer_id: str
    name: str
    email: str
    phone: str | None
    role: str | None
    may_order: bool
    may_see_prices: bool
    customer_name: str
    customer_no: str | None
    country: str | None
    language: str | None


_EVERYBODY: Select[tuple[object, ...]] = (
    select(
        contacts.c.contact_id, contacts.c.customer_id, contacts.c.name, contacts.c.email, contacts.c.phone,
        contacts.c.role, contacts.c.may_order, contacts.c.may_see_prices, customers.c.name.label("customer_name"),
        customers.c.customer_no, customers.c.country, customers.c.language,
    )
    .join(customers, customers.c.customer_id == contacts.c.customer_id)
)  # fmt: skip
_QUERY = _EVERYBODY.where(contacts.c.active)


def contact(engine: Engine, contact_id: str) -> Contact | None:
    """The active contact of that id; None for an unknown or inactive one. Raises SQLAlchemyError without a database."""
    with engine.connect() as connection:
        row = connection.execute(_QUERY.where(contacts.c.contact_id == contact_id)).first()
    return _contact(row) if row else None


def contacts_of(engine: Engine, contact_ids: Collection[str]) -> dict[str, Contact]:
    """The active contacts among these ids. Raises SQLAlchemyError without a database."""
    with engine.connect() as connection:
        rows = connection.execute(_QUERY.where(contacts.c.contact_id.in_(contact_ids))).all()
    return {one.contact_id: one for one in map(_contact, rows)}


def named(engine: Engine, words: str, limit: int = 200) -> list[str]:
    """Ids of active contacts whose name, customer or address holds these words. Raises SQLAlchemyError."""
    fits = [
        column.icontains(words, autoescape=True)
        for column in (contacts.c.name, contacts.c.email, customers.c.name, customers.c.customer_no)
    ]
    with engine.connect() as connection:
        return [row.contact_id for row in connection.execute(_QUERY.where(or_(*fits)).limit(limit))]


def ever_known(engine: Engine, contact_ids: Collection[str] = (), email: str | None = None) -> list[Contact]:
    """Contacts with these ids or this address, those no longer active among them: for privacy alone.

    Raises SQLAlchemyError without a database.
    """
    theirs = [contacts.c.contact_id.in_(contact_ids)]
    if email is not None:
        theirs.append(func.lower(contacts.c.email).in_(spellings(email)))
    with engine.connect() as connection:
        return [_contact(row) for row in connection.execute(_EVERYBODY.where(or_(*theirs)))]


def demo_contacts(engine: Engine) -> list[Contact]:
    """The contacts the demo sign-in page offers, by customer and name; none on a real plant."""
    query = _QUERY.where(contacts.c.contact_id.startswith(DEMO_PREFIX, autoescape=True))
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(contacts.c.customer_id, contacts.c.name)).all()
    return [_contact(row) for row in rows]


def _contact(row: Row[tuple[object, ...]]) -> Contact:
    values = dict(row._mapping)
    # A missing right is no right.
    values["may_order"], values["may_see_prices"] = bool(values["may_order"]), bool(values["may_see_prices"])
    return Contact(**values)


def contact_by_pair(engine: Engine, reference: str, email: str) -> Contact | None:
    """The active contact with that address whose customer has that number, order or purchase order; None otherwise.

    ``reference`` is as typed: spaces and case do not matter, and an order may be named without its letters.
    """
    wanted = re.sub(r"\s", "", reference).upper()
    with engine.connect() as connection:
        rows = connection.execute(
            _QUERY.where(func.lower(contacts.c.email).in_(spellings(email))).order_by(contacts.c.contact_id)
        ).all()
        for row in rows:
            found = _contact(row)
            if wanted in (found.customer_no, found.customer_id) or _has_order(connection, found.customer_id, wanted):
                return found
    return None


def _has_order(connection: Connection, customer_id: str, wanted: str) -> bool:
    """Whether the customer has an order of that number, ours or their own."""
    own_number = func.upper(func.replace(orders.c.customer_po, " ", "")) == wanted
    ours = orders.c.order_no.in_((wanted, f"{ORDER_PREFIX}{wanted}"))
    found = select(orders.c.order_no).where(orders.c.customer_id == customer_id, ours | own_number).limit(1)
    return connection.execute(found).first() is not None
