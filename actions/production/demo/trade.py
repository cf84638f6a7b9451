"""What was agreed about parts: prices with breaks, quotations, framework agreements, stock."""

import datetime as dt
from typing import Any

from actions.production.demo import names
from actions.production.demo.rows import Rows, dice
from actions.production.models import Agreement, Customer, Price, Product, Quotation, Stock

#: NOK per kg of casting, invented
KG_NOK = {"EN": 145.0, "CC": 215.0}


def add_trade(rows: Rows, seed: int, today: dt.date) -> None:
    """Prices for released parts, and some quotations, agreements and shelves with pieces."""
    chance = dice(seed, "trade")
    currencies = {row["id"]: row["currency"] for row in rows.all(Customer)}
    quotation, agreement = 5001, 7001
    for part in rows.all(Product):
        currency = currencies[part["owner_customer_id"]]
        each = piece_price(part, currency)
        fixed = part["id"] in ("P-1001", "P-1003")
        if part["release_status"] == "released":
            _add_prices(rows, part, currency, each, today, expired=not fixed and chance.random() < 0.15)
        if fixed or chance.random() < 0.25:
            _add_quotation(rows, f"T-{quotation}", part, currency, each, today, chance.randint(5, 120))
            quotation += 1
        if part["id"] == "P-1003" or (not fixed and chance.random() < 0.08):
            agreed = chance.choice((400, 1000, 2000))
            rows.add(
                Agreement, number=f"RA-{agreement}", customer_id=part["owner_customer_id"], product_id=part["id"],
                agreed_quantity=agreed, called_off_quantity=int(agreed * chance.uniform(0.2, 0.8)),
                valid_from=today - dt.timedelta(days=200), valid_until=today + dt.timedelta(days=165),
            )  # fmt: skip
            agreement += 1
        if part["id"] == "P-1003" or chance.random() < 0.2:
            on_hand = chance.randint(5, 60)
            rows.add(Stock, product_id=part["id"], on_hand=on_hand, reserved=chance.randint(0, on_hand // 2))


def piece_price(part: dict[str, Any], currency: str) -> int:
    """Minor units for one piece in the customer's currency."""
    work = 60 + 700 * part["fettling_hours_per_piece"] + 900 * part["machining_hours_per_piece"]
    nok = part["casting_kg"] * KG_NOK[part["alloy"][:2]] + work
    return int(round(nok / names.RATES[currency], 0)) * 100


def _add_prices(rows: Rows, part: dict[str, Any], currency: str, each: int, today: dt.date, expired: bool) -> None:
    until = today - dt.timedelta(days=20) if expired else today + dt.timedelta(days=120)
    for number, (quantity, share) in enumerate(((1, 1.25), (20, 1.0), (100, 0.93))):
        rows.add(
            Price, id=f"PR-{part['id'][2:]}-{number + 1}", customer_id=part["owner_customer_id"], product_id=part["id"],
            currency=currency, minimum_quantity=quantity, price_minor=int(each * share), per="piece",
            surcharge_month=f"{today:%Y-%m}", surcharge_open=not part["alloy"].startswith("EN"),
            valid_from=today - dt.timedelta(days=300), valid_until=until,
        )  # fmt: skip


def _add_quotation(
    rows: Rows, number: str, part: dict[str, Any], currency: str, each: int, today: dt.date, age: int
) -> None:
    issued = today - dt.timedelta(days=age)
    valid = issued + dt.timedelta(days=60)
    rows.add(
        Quotation, number=number, customer_id=part["owner_customer_id"], product_id=part["id"], quantity=50,
        currency=currency, price_minor=each, issued_on=issued, valid_until=valid,
        state="open" if valid >= today else "expired",
    )  # fmt: skip
