"""What was agreed about parts: prices with breaks, quotations, framework agreements, stock."""

import datetime as dt
from typing import Any

from actions.production.demo import names
from actions.production.demo.rows import Rows, dice
from actions.production.models import Agreement, Customer, Price, Product, Quotation, Stock

#: NOK per kg of casting, invented
KG_NOK = {"EN": 145.0, "CC": 215.0}
DAY = dt.timedelta(days=1)
#: What holds for a fixed part whatever the seed: when its price is valid, per what, and whether the surcharge is open.
FIXED_PRICES: dict[str, dict[str, Any]] = {
    "P-1001": {"open": True}, "P-1002": {"open": False}, "P-1003": {"open": False, "next": True}, "P-1004": {},
    "P-1006": {"open": False}, "P-1007": {}, "P-1008": {}, "P-1009": {}, "P-1010": {}, "P-1011": {"open": False},
    "P-1012": {"open": True, "per": "kg"}, "P-1013": {"valid": "expired"}, "P-1014": {"valid": "not_yet"},
    "P-1016": {}, "P-1017": {},
}  # fmt: skip
#: Agreed, called off, first and last day counted from today.
FIXED_AGREEMENTS: dict[str, tuple[str, int, int, int, int]] = {
    "P-1003": ("RA-7001", 1000, 640, -200, 165),
    "P-1001": ("RA-7002", 400, 400, -500, -135),
    "P-1008": ("RA-7003", 2000, 500, -60, 305),
    "P-1011": ("RA-7004", 300, 120, -100, 265),
}
#: Number, part, pieces, age in days, state; a quotation is valid for sixty days.
FIXED_QUOTATIONS = (
    ("T-5001", "P-1001", 50, 10, "open"),
    ("T-5002", "P-1002", 20, 75, "expired"),
    ("T-5003", "P-1003", 200, 30, "accepted"),
    ("T-5004", "P-1004", 60, 25, "declined"),
    ("T-5005", "P-1005", 30, 5, "open"),
    ("T-5006", "P-1007", 12, 8, "open"),
    ("T-5007", "P-1011", 40, 12, "open"),
    ("T-5008", "P-1009", 80, 90, "open"),
    ("T-5009", "P-1017", 100, 6, "open"),
)
#: On the shelf and of these reserved.
FIXED_STOCK = {"P-1003": (48, 12), "P-1001": (6, 6), "P-1008": (120, 0)}


def add_trade(rows: Rows, seed: int, today: dt.date) -> None:
    """Prices for released parts, and some quotations, agreements and shelves with pieces."""
    chance = dice(seed, "trade")
    currencies = {row["id"]: row["currency"] for row in rows.all(Customer)}
    parts = {row["id"]: row for row in rows.all(Product)}
    _add_fixed(rows, parts, currencies, today)
    quotation, agreement = 5101, 7101
    for part in parts.values():
        currency = currencies[part["owner_customer_id"]]
        each = piece_price(part, currency)
        draws = chance.random(), chance.random(), chance.random(), chance.random()
        age, agreed, share = chance.randint(5, 120), chance.choice((400, 1000, 2000)), chance.uniform(0.2, 0.8)
        on_hand, reserved = chance.randint(5, 60), chance.random() / 2
        if part["id"] in FIXED_PRICES or part["release_status"] != "released":
            continue
        _add_prices(rows, part, currency, each, today, {"valid": "expired"} if draws[0] < 0.15 else {})
        if draws[1] < 0.25:
            _add_quotation(rows, (f"T-{quotation}", part["id"], 50, age, "open"), part, currency, today)
            quotation += 1
        if draws[2] < 0.08:
            _add_agreement(rows, part, (f"RA-{agreement}", agreed, int(agreed * share), -200, 165), today)
            agreement += 1
        if draws[3] < 0.2:
            rows.add(Stock, product_id=part["id"], on_hand=on_hand, reserved=int(on_hand * reserved))


def _add_fixed(rows: Rows, parts: dict[str, dict[str, Any]], currencies: dict[str, str], today: dt.date) -> None:
    """What docs/demo.md promises, for every seed."""

    def currency(number: str) -> str:
        return currencies[parts[number]["owner_customer_id"]]

    for number, given in FIXED_PRICES.items():
        _add_prices(
            rows, parts[number], currency(number), piece_price(parts[number], currency(number)), today, given
        )  # fmt: skip
    for quotation in FIXED_QUOTATIONS:
        _add_quotation(rows, quotation, parts[quotation[1]], currency(quotation[1]), today)
    for number, agreement in FIXED_AGREEMENTS.items():
        _add_agreement(rows, parts[number], agreement, today)
    for number, (on_hand, reserved) in FIXED_STOCK.items():
        rows.add(Stock, product_id=number, on_hand=on_hand, reserved=reserved)


def piece_price(part: dict[str, Any], currency: str) -> int:
    """Minor units for one piece in the customer's currency."""
    work = 60 + 700 * part["fettling_hours_per_piece"] + 900 * part["machining_hours_per_piece"]
    nok = part["casting_kg"] * KG_NOK[part["alloy"][:2]] + work
    return int(round(nok / names.RATES[currency], 0)) * 100


def _add_prices(
    rows: Rows, part: dict[str, Any], currency: str, each: int, today: dt.date, given: dict[str, Any]
) -> None:
    """The breaks of a part for their period, and of some parts those of the period after it."""
    periods = {"valid": (-300, 120), "expired": (-300, -20), "not_yet": (21, 386), "next": (121, 486)}
    wanted = [given.get("valid", "valid")] + (["next"] if given.get("next") else [])
    per = given.get("per", "piece")
    base = each / part["casting_kg"] if per == "kg" else each
    for period in wanted:
        first, last = periods[period]
        rise = 1.031 if period == "next" else 1.0
        for number, (quantity, share) in enumerate(((1, 1.25), (20, 1.0), (100, 0.93)), start=1):
            rows.add(
                Price, id=f"PR-{part['id'][2:]}-{'N' if period == 'next' else ''}{number}",
                customer_id=part["owner_customer_id"], product_id=part["id"], currency=currency,
                minimum_quantity=quantity, price_minor=round(base * share * rise), per=per,
                surcharge_month=f"{today:%Y-%m}",
                surcharge_open=given.get("open", not part["alloy"].startswith("EN")),
                valid_from=today + first * DAY, valid_until=today + last * DAY,
            )  # fmt: skip


def _add_quotation(
    rows: Rows, quotation: tuple[str, str, int, int, str], part: dict[str, Any], currency: str, today: dt.date
) -> None:
    number, _, quantity, age, state = quotation
    issued = today - age * DAY
    valid = issued + 60 * DAY
    # The ERP notices what ran out some days late: the day decides, not the word.
    ran_out = state == "open" and (today - valid).days > 40
    rows.add(
        Quotation, number=number, customer_id=part["owner_customer_id"], product_id=part["id"], quantity=quantity,
        currency=currency, price_minor=piece_price(part, currency), issued_on=issued, valid_until=valid,
        state="expired" if ran_out else state,
    )  # fmt: skip


def _add_agreement(rows: Rows, part: dict[str, Any], agreement: tuple[str, int, int, int, int], today: dt.date) -> None:
    number, agreed, called_off, first, last = agreement
    rows.add(
        Agreement, number=number, customer_id=part["owner_customer_id"], product_id=part["id"],
        agreed_quantity=agreed, called_off_quantity=called_off, valid_from=today + first * DAY,
        valid_until=today + last * DAY,
    )  # fmt: skip
