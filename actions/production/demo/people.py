"""Customers and contacts. The first customers own the demo contacts, whose ids hold for every seed."""

from dataclasses import dataclass

from actions.production.demo import names
from actions.production.demo.rows import Rows, dice
from actions.production.models import Contact, Customer

#: Places of the company that buys in EUR and of the one on credit hold.
EURO = next(place for place, (name, *_) in enumerate(names.COMPANIES) if name.startswith("Weserholz"))
ON_HOLD = next(place for place, (name, *_) in enumerate(names.COMPANIES) if name.startswith("Elvebakken"))
ROLES = (("purchasing", True, True), ("technical", False, True), ("quality", True, False))


@dataclass(frozen=True)
class DemoContact:
    """A contact to try the assistant as. ``customer`` is its place in the list of companies."""

    id: str
    name: str
    customer: int
    role: str
    may_order: bool = True
    may_see_prices: bool = True


DEMO_CONTACTS = (
    DemoContact("demo-kari", "Kari Nordvik", 0, "purchasing"),
    DemoContact("demo-ola", "Ola Steinmoen", 0, "technical", may_order=False),
    DemoContact("demo-hanne", "Hanne Vikeland", 0, "quality", may_see_prices=False),
    DemoContact("demo-erik", "Erik Sandmark", 1, "purchasing"),
    DemoContact("demo-anna", "Anna Whitlock", 2, "purchasing"),
    DemoContact("demo-jens", "Jens Kærgård", 3, "purchasing"),
    DemoContact("demo-katrin", "Katrin Ahlersen", EURO, "purchasing"),
    DemoContact("demo-turid", "Turid Elvestad", ON_HOLD, "purchasing"),
)


def customer_id(place: int) -> str:
    """Id of the company at that place in the list."""
    return f"C-{1001 + place}"


def add_people(rows: Rows, seed: int) -> None:
    """All customers with their contacts."""
    chance = dice(seed, "people")
    for place, (name, country, town, transit, domain) in enumerate(names.COMPANIES):
        rows.add(
            Customer, id=customer_id(place), number=str(10101 + 7 * place), name=name, country=country,
            language=names.LANGUAGES[country], currency=names.CURRENCIES[country],
            incoterm="DAP" if country == "NO" else chance.choice(("FCA", "DAP")), delivery_place=town,
            transit_days=transit, payment_days=chance.choice((14, 30, 30, 45)), credit_hold=place == ON_HOLD,
        )  # fmt: skip
        for contact in DEMO_CONTACTS:
            if contact.customer == place:
                _add_demo_contact(rows, contact, country, domain)
        people = [
            f"{first} {last}"
            for first in chance.sample(names.FIRST[country], 3)
            for last in [chance.choice(names.LAST[country])]
        ]
        for number, (person, (role, may_order, may_see)) in enumerate(zip(people, ROLES, strict=True)):
            rows.add(
                Contact, id=f"K-{2001 + 3 * place + number}", customer_id=customer_id(place), name=person,
                email=_mail(person, domain), phone=f"{names.PHONES[country]} {chance.randint(10_00_00_00, 99_99_99_99)}",
                role=role, may_order=may_order, may_see_prices=may_see, active=True,
            )  # fmt: skip


def _add_demo_contact(rows: Rows, contact: DemoContact, country: str, domain: str) -> None:
    rows.add(
        Contact, id=contact.id, customer_id=customer_id(contact.customer), name=contact.name,
        email=_mail(contact.name, domain), phone=f"{names.PHONES[country]} 00 00 00 {10 + contact.customer}",
        role=contact.role, may_order=contact.may_order, may_see_prices=contact.may_see_prices, active=True,
    )  # fmt: skip


def _mail(person: str, domain: str) -> str:
    plain = person.lower().replace("æ", "ae").translate(str.maketrans("øåäöüé", "oaaoue"))
    return f"{plain.replace(' ', '.')}@{domain}.example"
