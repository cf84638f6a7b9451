"""What is said about an agreed price: only what the price list of the contact's own customer holds."""

from typing import Any

from actions.form.answers import Answer, fact
from actions.production.prices import PartPrice


def price_lines(price: PartPrice | None) -> list[Answer]:
    """The price of a quantity on one line: each, the total or why there is none, and what is not in it."""
    if price is None:
        return []
    if not price.ok:
        return _no_price(price)
    lines = [_each(price)]
    if price.surcharge_open:
        month = {"month": price.surcharge_month} if price.surcharge_month else {}
        lines.append(
            fact("utter_price_surcharge_open" if month else "utter_price_surcharge_unknown", join=" ", **month)
        )
    lines.append(fact("utter_price_excludes", join=" "))
    if price.valid_until:
        lines.append(fact("utter_price_valid", until=price.valid_until.isoformat(), join=" "))
    return lines


def break_lines(price: PartPrice) -> list[Answer]:
    """All breaks of a price list, for a question without a quantity."""
    name = "utter_price_break_kg" if price.per == "kg" else "utter_price_break"
    return [fact(name, qty=each.minimum_quantity, price=_money(price, each.price_minor)) for each in price.breaks]


def _each(price: PartPrice) -> Answer:
    """The price of a piece or kilogram, with the total where it can be told."""
    assert price.price_minor is not None
    values: dict[str, Any] = {"price": _money(price, price.price_minor), "qty": price.from_quantity}
    name = "utter_price_each_kg" if price.per == "kg" else "utter_price_each"
    if price.per == "kg" and price.piece_minor is not None:
        name = "utter_price_each_of_kg"
        values |= {"piece": _money(price, price.piece_minor), "kg": price.casting_kg}
    if price.total_minor is None:
        return fact(name, **values)
    return fact(f"{name}_total", **{**values, "qty": price.quantity, "total": _money(price, price.total_minor)})


def _no_price(price: PartPrice) -> list[Answer]:
    if price.code == "expired" and price.valid_until:
        return [fact("utter_price_expired", until=price.valid_until.isoformat())]
    if price.code == "not_yet" and price.valid_from:
        return [fact("utter_price_not_yet", since=price.valid_from.isoformat())]
    if price.code == "below_break":
        return [fact("utter_price_below_break", qty=price.breaks[0].minimum_quantity)]
    return [fact("utter_price_no_right" if price.code == "no_right" else "utter_price_none")]


def _money(price: PartPrice, minor: int) -> list[Any]:
    return [minor, price.currency]
