"""Two years of ordinary orders: what a foundry of this size takes in, with its delays, part shipments and cancellations."""

import datetime as dt
import random
from typing import Any

from actions.production.demo import days
from actions.production.demo.book import Book, Line, Move, Order
from actions.production.demo.notable import BLOCK
from actions.production.demo.people import customer_id
from actions.production.demo.routing import first_day, steps
from actions.production.models import Customer, Pattern
from actions.production.views import REASONS

FIRST, LAST = 30_001, 30_660
OLDEST_DAYS = 730
BROKEN_FOR_DAYS = 150
#: Its only open order is a notable one, so that "where is my order" has one answer.
ONE_OPEN_ORDER = customer_id(1)
QUANTITIES = {"A": (20, 20, 30, 40, 60, 80, 120, 160), "B": (4, 4, 6, 6, 8, 10, 12, 16), "C": (1, 1, 1, 2)}


def add_history(book: Book) -> None:
    """All orders outside the fixed block, oldest first."""
    numbers = [number for number in range(FIRST, LAST + 1) if number not in BLOCK]
    dates = sorted(_ordered_on(book.chance, book.today) for _ in numbers)
    customers = [row["id"] for row in book.rows.all(Customer) if _castable(book, row["id"], book.today)]
    for number, ordered_on in zip(numbers, dates, strict=True):
        customer = book.chance.choice(customers)
        if customer == ONE_OPEN_ORDER and (book.today - ordered_on).days < 150:
            customer = customers[-1]
        own = _castable(book, customer, ordered_on)
        if not own:
            customer = customers[-1]
            own = _castable(book, customer, ordered_on)
        buyer = next(row["id"] for row in book.contacts[customer] if row["may_order"])
        parts = book.chance.sample(own, k=min(book.chance.choice((1, 1, 1, 2, 3)), len(own)))
        order = Order(f"SO-{number}", buyer, customer, ordered_on, [_line(book, part, ordered_on) for part in parts])
        book.write(order)


def _castable(book: Book, customer: str, ordered_on: dt.date) -> list[dict[str, Any]]:
    """The customer's parts whose pattern could be used: a broken one has stopped orders for some months."""
    lately = (book.today - ordered_on).days < BROKEN_FOR_DAYS
    good = {row["id"] for row in book.rows.all(Pattern) if row["condition"] in ("good", "worn")}
    return [part for part in book.parts_of(customer) if not lately or part["pattern_id"] in good]


def _ordered_on(chance: random.Random, today: dt.date) -> dt.date:
    day = today - dt.timedelta(days=chance.randint(0, OLDEST_DAYS))
    while not days.is_open(day):
        day -= days.ONE
    return day


def _line(book: Book, part: dict[str, Any], ordered_on: dt.date) -> Line:
    chance, today = book.chance, book.today
    quantity = chance.choice(QUANTITIES[part["line"]])
    lead = max(steps(part, quantity)[-1].last + chance.randint(3, 10), chance.randint(15, 32))
    wanted = days.shift(ordered_on, chance.randint(12, 35))
    promised = days.shift(ordered_on, lead)
    age = days.workdays_between(ordered_on, today)
    fate = chance.random()
    if fate < 0.03 and age > 2:
        return Line(part, quantity, promised, wanted, state="cancelled")
    if age < 2 or (age < 15 and fate > 0.96):
        return Line(part, quantity, None, wanted, state="quoted" if fate > 0.96 else "received", works=False)
    moves = _moves(chance, promised, ordered_on, today, fate)
    confirmed = moves[-1].new if moves else promised
    if first_day(part, quantity, confirmed) > days.shift(today, 2) and age < 8:
        return Line(part, quantity, confirmed, wanted, works=False, moves=moves)
    if fate > 0.93 and quantity > 3 and confirmed < today:
        return _split(chance, part, quantity, confirmed, wanted, moves, today)
    shipped = [(quantity, confirmed)] if confirmed < today else []
    return Line(part, quantity, confirmed, wanted, moves=moves, shipped=shipped)


def _moves(chance: random.Random, promised: dt.date, ordered_on: dt.date, today: dt.date, fate: float) -> list[Move]:
    """One order in eight is moved to a later date, some days before the old one; few to an earlier one."""
    told = days.shift(promised, -chance.randint(1, 5))
    if told > today or told <= ordered_on:
        return []
    if fate > 0.98:
        return [Move(told, promised, days.shift(promised, -1), None)] if days.shift(promised, -1) > told else []
    if 0.03 <= fate < 0.15:
        later = days.shift(promised, chance.randint(2, 10))
        return [Move(told, promised, later, chance.choice(REASONS), visible=chance.random() < 0.8)]
    return []


def _split(
    chance: random.Random,
    part: dict[str, Any],
    quantity: int,
    confirmed: dt.date,
    wanted: dt.date,
    moves: list[Move],
    today: dt.date,
) -> Line:
    """Some pieces on the promised day, the rest some days later."""
    first = max(1, int(quantity * chance.uniform(0.4, 0.8)))
    rest_on = days.shift(confirmed, chance.randint(4, 10))
    told = [*moves, Move(confirmed, confirmed, rest_on, "SCR")]
    shipped = [(first, confirmed)]
    if rest_on < today:
        shipped.append((quantity - first, rest_on))
    return Line(part, quantity, rest_on, wanted, moves=told, shipped=shipped)
