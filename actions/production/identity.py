"""Who is asking, as proved to ``web`` and signed by it. Never taken from a slot, an entity or a typed e-mail."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Identity:
    """A proven contact of a customer.

    ``proved`` tells how: ``sign_in`` (the website's token) or ``mail`` (a one-time code).
    """

    contact_id: str
    customer_id: str
    proved: str
