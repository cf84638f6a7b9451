"""What a proven contact may do, read anew for every question: rights can be taken away at any time."""

from dataclasses import dataclass

from sqlalchemy import Engine, select

from actions.production.identity import Identity
from actions.production.views import contact, customer

#: So many colleagues are named.
MOST_NAMED = 3


@dataclass(frozen=True)
class Rights:
    """Rights of a contact and what holds for the company. ``currency`` is the customer's (ISO 4217)."""

    may_order: bool = False
    may_see_prices: bool = False
    credit_hold: bool = False
    currency: str | None = None


def rights(engine: Engine, identity: Identity) -> Rights:
    """The contact's rights; none for a contact who is inactive or of another customer. Raises SQLAlchemyError."""
    query = (
        select(contact.c.may_order, contact.c.may_see_prices, customer.c.credit_hold, customer.c.currency)
        .join(customer, customer.c.customer_id == contact.c.customer_id)
        .where(
            contact.c.contact_id == identity.contact_id,
            contact.c.customer_id == identity.customer_id,
            contact.c.active,
        )
    )
    with engine.connect() as connection:
        row = connection.execute(query).first()
    if row is None:
        return Rights()
    # A missing right is no right.
    return Rights(bool(row.may_order), bool(row.may_see_prices), bool(row.credit_hold), row.currency)


def who_sees_prices(engine: Engine, identity: Identity) -> list[str]:
    """The names of the contact's colleagues who may see prices, a few. Raises SQLAlchemyError."""
    query = (
        select(contact.c.name)
        .where(contact.c.customer_id == identity.customer_id, contact.c.active, contact.c.may_see_prices)
        .order_by(contact.c.name)
        .limit(MOST_NAMED)
    )
    with engine.connect() as connection:
        return [str(row.name) for row in connection.execute(query) if row.name]
