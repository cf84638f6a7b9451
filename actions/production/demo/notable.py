"""Orders worth asking about: a fixed block of numbers that tells the same stories for every date and seed."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from actions.production.demo import days
from actions.production.demo.book import Book, Line, Move, Order
from actions.production.demo.people import DEMO_CONTACTS, customer_id
from actions.production.demo.routing import steps

BLOCK = range(30_401, 30_451)


@dataclass(frozen=True)
class Notable:
    """An order of a demo contact. ``story`` names what happened, ``about`` says it to the reader of docs/demo.md."""

    order_no: str
    contact_id: str
    part: str
    quantity: int
    story: str
    about: str
    po: str | None = None


NOTABLE = (
    Notable("SO-30401", "demo-kari", "P-1001", 40, "late", "late: moved six working days on, reason: scrap", "PO-88101"),
    Notable("SO-30402", "demo-kari", "P-1001", 40, "partly", "24 of 40 shipped, the rest has its own date", "PO-88102"),
    Notable("SO-30417", "demo-kari", "P-1001", 40, "fettling", "in production, on time", "PO-88117"),
    Notable("SO-30403", "demo-kari", "P-1002", 12, "late_silent", "late, with a reason the customer may not read"),
    Notable("SO-30404", "demo-kari", "P-1003", 120, "overdue", "confirmed date has passed and no new date is set"),
    Notable("SO-30405", "demo-kari", "P-1001", 18, "planned", "planned, works order not started"),
    Notable("SO-30406", "demo-kari", "P-1003", 200, "confirmed", "confirmed, no works order yet"),
    Notable("SO-30407", "demo-kari", "P-1001", 25, "received", "received this morning, no date yet"),
    Notable("SO-30408", "demo-kari", "P-1002", 8, "quoted", "quoted, waits for the customer"),
    Notable("SO-30409", "demo-kari", "P-1003", 80, "ready", "finished, ready to ship"),
    Notable("SO-30410", "demo-kari", "P-1001", 12, "packing", "being packed"),
    Notable("SO-30411", "demo-kari", "P-1001", 20, "shipped", "shipped, on its way, with tracking"),
    Notable("SO-30412", "demo-kari", "P-1001", 40, "delivered", "delivered, with a 3.1 certificate"),
    Notable("SO-30413", "demo-kari", "P-1003", 60, "cancelled", "cancelled"),
    Notable("SO-30414", "demo-kari", "P-1001", 10, "two_lines", "two lines in different states"),
    Notable("SO-30415", "demo-kari", "P-1002", 6, "blocked", "on hold, waits for the customer's answer to a drawing question"),
    Notable("SO-30416", "demo-kari", "P-1003", 100, "earlier", "moved to an earlier date"),
    Notable("SO-30418", "demo-kari", "P-1001", 24, "released", "released, moulding starts in two working days"),
    Notable("SO-30419", "demo-kari", "P-1001", 12, "moulded", "moulds being made, poured the next working day"),
    Notable("SO-30420", "demo-kari", "P-1003", 60, "poured", "poured, cooling"),
    Notable("SO-30421", "demo-erik", "P-1006", 24, "late_metal", "the only open order of this customer; late, metal campaign"),
    Notable("SO-30422", "demo-erik", "P-1006", 16, "delivered", "delivered"),
    Notable("SO-30431", "demo-anna", "P-1007", 8, "fettling", "in production, 3.1 certificate", "HM-PO-2201"),
    Notable("SO-30432", "demo-anna", "P-1008", 160, "late_capacity", "late: capacity", "HM-PO-2202"),
    Notable("SO-30433", "demo-anna", "P-1007", 4, "shipped", "shipped, on its way", "HM-PO-2203"),
    Notable("SO-30441", "demo-jens", "P-1009", 60, "late_heat", "drawing 4711-B of another customer; late: heat treatment"),
    Notable("SO-30442", "demo-jens", "P-1010", 80, "fettling", "in production"),
    Notable("SO-30443", "demo-jens", "P-1009", 40, "delivered", "delivered"),
    Notable("SO-30444", "demo-jens", "P-1009", 30, "treated", "heat-treated, waits for inspection"),
    Notable("SO-30445", "demo-katrin", "P-1011", 30, "delivered", "delivered, priced in EUR"),
    Notable("SO-30446", "demo-katrin", "P-1011", 40, "planned", "planned, priced in EUR"),
    Notable("SO-30447", "demo-turid", "P-1017", 60, "planned", "planned; the company is on credit hold"),
)  # fmt: skip

Teller = Callable[[Book, Notable], Line]


def add_notable(book: Book) -> None:
    """Write the block."""
    customers = {contact.id: customer_id(contact.customer) for contact in DEMO_CONTACTS}
    for notable in NOTABLE:
        line = STORIES[notable.story](book, notable)
        lines = [line]
        if notable.story == "two_lines":
            lines.append(_plain(book, "P-1003", 80, 12))
        first = line.moves[0].old if line.moves else line.confirmed
        ordered = book.today if first is None else days.shift(first, -35)
        if notable.story in ("confirmed", "quoted"):
            ordered = days.shift(book.today, -2)
        ordered = _not_after(ordered, book.today)
        book.write(
            Order(notable.order_no, notable.contact_id, customers[notable.contact_id], ordered, lines, notable.po)
        )


def _not_after(day: dt.date, today: dt.date) -> dt.date:
    return min(day, today)


def _at(book: Book, workdays: int) -> dt.date:
    """A working day counted from today; 0 is today or, on a closed day, the next open one."""
    return days.shift(book.today, workdays)


def _plain(book: Book, part: str, quantity: int, workdays: int) -> Line:
    return Line(book.parts[part], quantity, _at(book, workdays))


def _moved(book: Book, it: Notable, old: int, new: int, reason: str | None, visible: bool = True) -> Line:
    """Moved from one working day to another, told two working days ago."""
    move = Move(_at(book, -2), _at(book, old), _at(book, new), reason, visible)
    return Line(book.parts[it.part], it.quantity, move.new, moves=[move])


def _partly(book: Book, it: Notable) -> Line:
    gone = it.quantity * 3 // 5
    move = Move(_at(book, -6), _at(book, -5), _at(book, 4), "SCR")
    return Line(book.parts[it.part], it.quantity, move.new, moves=[move], shipped=[(gone, _at(book, -5))])


def _fettling(book: Book, it: Notable) -> Line:
    """Timed so that fettling is half done today."""
    part = book.parts[it.part]
    plan = steps(part, it.quantity)
    step = next(step for step in plan if step.code == "fettling")
    begin = _at(book, -((step.first + step.last + 1) // 2))
    return Line(part, it.quantity, days.shift(begin, plan[-1].last))


def _standing(step_code: str, after: int) -> Teller:
    """Timed so that a step begins so many working days after the last open day up to today."""

    def tell(book: Book, it: Notable) -> Line:
        part = book.parts[it.part]
        plan = steps(part, it.quantity)
        step = next(step for step in plan if step.code == step_code)
        begin = days.shift(_last_open(book.today), after - step.first)
        return Line(part, it.quantity, days.shift(begin, plan[-1].last))

    return tell


def _last_open(day: dt.date) -> dt.date:
    """That day or the last working day before it."""
    while not days.is_open(day):
        day -= days.ONE
    return day


def _treated(book: Book, it: Notable) -> Line:
    """The furnace is behind it, inspection is the next step and has not begun."""
    part = book.parts[it.part]
    plan = steps(part, it.quantity)
    step = next(step for step in plan if step.code == "inspection")
    begin = days.shift(_last_open(book.today), -step.first)
    return Line(part, it.quantity, days.shift(begin, plan[-1].last), blocked=("inspection", None))


def _planned(book: Book, it: Notable) -> Line:
    part = book.parts[it.part]
    return Line(part, it.quantity, _at(book, steps(part, it.quantity)[-1].last + 6))


def _finished(book: Book, it: Notable) -> Line:
    return Line(book.parts[it.part], it.quantity, _at(book, 2), finish=_at(book, -1), blocked=("packing", None))


def _packing(book: Book, it: Notable) -> Line:
    return Line(book.parts[it.part], it.quantity, _at(book, 1), finish=_at(book, -1))


def _sent(book: Book, it: Notable, workdays: int) -> Line:
    day = _at(book, workdays)
    on_the_way = workdays > -5
    return Line(book.parts[it.part], it.quantity, day, shipped=[(it.quantity, day)], on_the_way=on_the_way)


def _blocked(book: Book, it: Notable) -> Line:
    move = Move(_at(book, -3), _at(book, 4), _at(book, 15), "DOC")
    return Line(book.parts[it.part], it.quantity, move.new, finish=move.old, moves=[move], blocked=("core", "DOC"))


def _no_date(state: str) -> Teller:
    return lambda book, it: Line(book.parts[it.part], it.quantity, None, _at(book, 30), state=state, works=False)


STORIES: dict[str, Teller] = {
    "late": lambda book, it: _moved(book, it, -1, 6, "SCR"),
    "late_silent": lambda book, it: _moved(book, it, -1, 5, "CAP", visible=False),
    "late_metal": lambda book, it: _moved(book, it, 2, 9, "MET"),
    "late_capacity": lambda book, it: _moved(book, it, 3, 10, "CAP"),
    "late_heat": lambda book, it: _moved(book, it, 0, 5, "HT"),
    "earlier": lambda book, it: _moved(book, it, 12, 9, None),
    "overdue": lambda book, it: Line(book.parts[it.part], it.quantity, _at(book, -2), finish=_at(book, 4)),
    "partly": _partly,
    "fettling": _fettling,
    "planned": _planned,
    "confirmed": lambda book, it: Line(book.parts[it.part], it.quantity, _at(book, 40), works=False),
    "received": _no_date("received"),
    "quoted": _no_date("quoted"),
    "ready": _finished,
    "packing": _packing,
    "shipped": lambda book, it: _sent(book, it, -1),
    "delivered": lambda book, it: _sent(book, it, -15),
    "cancelled": lambda book, it: Line(book.parts[it.part], it.quantity, _at(book, 15), state="cancelled"),
    "two_lines": lambda book, it: _sent(book, it, -1),
    "blocked": _blocked,
    "released": _standing("moulding", 2),
    "moulded": _standing("moulding", 0),
    "poured": _standing("cooling", 0),
    "treated": _treated,
}
