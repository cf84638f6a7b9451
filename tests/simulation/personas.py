"""Who the simulated customers are: what each has to get across (the truth) and the habits of getting it across."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from babel.dates import format_date

from tests.simulation.phrases import CORRECTED, Voice, voices

#: Kinds of personas and how many of a hundred are of each.
KINDS = {
    "quote": 40, "quote_list": 8, "reorder": 12, "change": 12, "cancel": 8, "complaint": 12, "status": 5, "document": 3,
}  # fmt: skip
#: Language of the phrases: Babel's locale, and the language the assistant answers in.
LOCALES = {
    "nb": ("nb", "nb"),
    "nn": ("nn", "nb"),
    "sv": ("sv", "nb"),
    "da": ("da", "nb"),
    "en": ("en_GB", "en"),
    "de": ("de", "en"),
}
#: Alloys by the designation that must be stored, with unambiguous names.
ALLOYS = {
    "CC491K": ("RG5", "LG2", "CuSn5Zn5Pb5"), "CC493K": ("RG7", "CC493K"), "CC483K": ("CuSn12", "CC483K"), "CC480K": ("CuSn10",),
    "EN AC-42000": ("LM25", "AlSi7Mg"), "EN AC-44100": ("LM6",), "EN AC-43000": ("AlSi10Mg",), "CC333G": ("AB2", "CuAl10Ni"),
}  # fmt: skip
#: Of the demo plant: the company everybody who is signed in buys for, its parts, and its orders in the state a wish needs.
COMPANY = "C-1001"
OWN_PARTS = {"FP-2040": "P-1001", "FP-2052": "P-1003", "FP-2041": "P-1002"}
CHANGEABLE = ("SO-30405", "SO-30406")
CANCELLABLE = ("SO-30405", "SO-30406", "SO-30407")
DELIVERED = ("SO-30411", "SO-30412", "SO-30402")
RUNNING = ("SO-30401", "SO-30403", "SO-30405", "SO-30417", "SO-30419", "SO-30420")
CERTIFIED = ("SO-30412",)


@dataclass(frozen=True)
class Fact:
    """One thing to get across.

    ``form``: whose sentences tell it (``phrases.FACTS``). ``question``: the question of the form it answers. ``fills``: its
    placeholders. ``value``: what must be stored, exactly; with ``words`` the text that must stand in what is stored.
    ``slip``: what the customer says first, by mistake.
    """

    form: str
    question: str
    value: Any
    fills: dict[str, str] = field(default_factory=dict)
    words: bool = False
    slip: "Fact | None" = None


@dataclass(frozen=True)
class Habits:
    """How a customer talks.

    ``grouping``: most facts in one message. ``own_order``: facts beyond the first question come as they come to mind.
    ``beside``: how often another question is answered than the one asked. ``slip``: something is said wrongly and corrected,
    after ``slip_after`` turns (or at the read-back). ``interrupts``: questions in between, each at its turn; with ``asks_along`` in the same message as an answer. ``postpones``: the
    turn at which the customer leaves for a while. ``ending``: ``send``, ``reserve`` (a yes with a reservation, a clear one
    later), ``leave`` (a reservation and nothing more) or ``withdraw``. ``buttons``: how often one is pressed.
    """

    grouping: int = 1
    own_order: bool = False
    beside: float = 0.0
    slip: bool = False
    slip_after: int = 1
    interrupts: tuple[tuple[int, str], ...] = ()
    asks_along: bool = False
    postpones: int | None = None
    courteous: bool = False
    typos: float = 0.0
    buttons: float = 0.0
    ending: str = "send"

    @property
    def names(self) -> list[str]:
        """The habits that make this customer other than the plainest one."""
        told = {
            "several facts at once": self.grouping > 1, "own order": self.own_order, "answers beside": self.beside > 0,
            "corrects": self.slip, "interrupts": bool(self.interrupts), "asks along": self.asks_along, "postpones": self.postpones is not None,
            "courteous": self.courteous, "typos": self.typos > 0, "presses buttons": self.buttons > 0,
            "reserves": self.ending in ("reserve", "leave"), "withdraws": self.ending == "withdraw",
        }  # fmt: skip
        return [name for name, is_so in told.items() if is_so] or ["plain"]


@dataclass(frozen=True)
class Persona:
    """One customer. ``cases``: kinds of case the request may end in; empty when nothing is to be stored."""

    number: int
    kind: str
    voice: Voice
    contact: str | None
    start: str
    cases: tuple[str, ...]
    facts: tuple[Fact, ...]
    items: tuple[dict[str, Any], ...]
    habits: Habits

    @property
    def language(self) -> str:
        """Language of the customer."""
        return self.voice.language

    @property
    def replies_in(self) -> str:
        """Language the assistant answers in."""
        return LOCALES[self.language][1]

    def fact(self, question: str | None) -> Fact | None:
        """What the customer knows of a question."""
        return next((each for each in self.facts if each.question == question), None)


class Maker:
    """Makes one persona: the same seed and number give the same one."""

    def __init__(self, seed: int, number: int, language: str | None, today: dt.date) -> None:
        self.dice = Random(f"{seed}:{number}")
        self.number, self.today = number, today
        spoken = [voice for voice in voices() if language in (None, voice.language)]
        self.voice = self.dice.choice(spoken)
        self.locale = LOCALES[self.voice.language][0]

    def make(self) -> Persona:
        """A kind, its facts and the habits that tell them."""
        kind = self.dice.choices(list(KINDS), list(KINDS.values()))[0]
        known: dict[str, Callable[[], list[Fact]]] = {
            "quote": self._quote, "quote_list": self._quote_list, "reorder": self._reorder, "change": self._change,
            "cancel": self._cancel, "complaint": self._complaint, "status": self._status, "document": self._document,
        }  # fmt: skip
        starts = {
            "quote": "quote_request", "status": "order_status", "document": "order_document", "change": "change_order",
            "cancel": "cancel_order",
        }  # fmt: skip
        cases = {
            "quote": ("quote_request",), "quote_list": ("quote_request",), "reorder": ("reorder", "order", "quote_request"),
            "change": ("change",), "cancel": ("cancel",), "complaint": ("complaint",),
        }  # fmt: skip
        habits = self._habits(asks_only=kind in ("status", "document"))
        facts = known[kind]()
        items = tuple(self._item() for _ in range(self.dice.randint(2, 4))) if kind == "quote_list" else ()
        if habits.slip:
            facts = self._with_slip(facts)
        if habits.own_order:
            self.dice.shuffle(facts)
        signed_in = not kind.startswith("quote")
        sends = habits.ending in ("send", "reserve")
        return Persona(
            self.number, kind, self.voice, f"sim-{self.number}" if signed_in else None, starts.get(kind, kind),
            cases.get(kind, ()) if sends else (), tuple(facts), items, habits,
        )  # fmt: skip

    def _habits(self, asks_only: bool) -> Habits:
        dice = self.dice
        if asks_only:
            return Habits(courteous=dice.random() < 0.4, typos=dice.choice((0.0, 0.0, 0.15)))
        topics = ["ask_alloy", "ask_capacity", "ask_company"]
        interrupts = [(dice.randint(1, 6), dice.choice(topics)) for _ in range(dice.choice((0, 0, 0, 1, 1, 2)))]
        return Habits(
            grouping=dice.choice((1, 1, 2, 3, 4, 12)), own_order=dice.random() < 0.4, beside=dice.choice((0, 0, 0, 0.25)),
            slip=dice.random() < 0.35, slip_after=dice.randint(1, 5), interrupts=tuple(sorted(interrupts)),
            postpones=dice.randint(1, 6) if dice.random() < 0.12 else None, courteous=dice.random() < 0.4,
            typos=dice.choice((0.0, 0.0, 0.08, 0.2)), buttons=dice.choice((0.0, 0.0, 0.3, 0.8)),
            ending=dice.choices(("send", "reserve", "leave", "withdraw"), (70, 14, 6, 10))[0],
            asks_along=bool(interrupts) and dice.random() < 0.4,
        )  # fmt: skip

    # ------------------------------------------------------------ the facts of each kind

    def _quote(self) -> list[Fact]:
        maybe = self.dice.random
        facts = [self._words("part"), self._quantity(), *self._reach()]
        facts += [self._alloy()] if maybe() < 0.8 else []
        facts += [self._weight()] if maybe() < 0.8 else []
        facts += self._drawing() if maybe() < 0.8 else []
        facts += [self._size()] if maybe() < 0.5 else []
        facts += [self._delivery()] if maybe() < 0.8 else []
        facts += [self._pattern()] if maybe() < 0.6 else []
        facts += [self._words(name) for name in ("requirements", "application", "notes") if maybe() < 0.5]
        return facts

    def _quote_list(self) -> list[Fact]:
        facts = [*self._reach(), self._delivery()]
        facts += self._drawing() if self.dice.random() < 0.6 else []
        return facts + [self._words(name) for name in ("application", "notes") if self.dice.random() < 0.4]

    def _reorder(self) -> list[Fact]:
        number = self.dice.choice(list(OWN_PARTS))
        facts = [Fact("own_part", "part", OWN_PARTS[number], {"number": number}), self._quantity(most=90)]
        facts += [self._delivery()] if self.dice.random() < 0.6 else []
        po = f"PO-{self.dice.randint(60000, 87999)}"
        return facts + ([Fact("po", "po", po, {"po": po})] if self.dice.random() < 0.4 else [])

    def _change(self) -> list[Fact]:
        if self.dice.random() < 0.5:
            count = self.dice.randint(31, 190)
            wanted = Fact("change_quantity", "change", {"kind": "quantity", "to": count}, {"quantity": str(count)})
        else:
            week = self.dice.randint(22, 45)
            wanted = Fact("change_week", "change", {"kind": "date", "week": self._iso(week)}, {"week": str(week)})
        return [self._order(CHANGEABLE), wanted]

    def _cancel(self) -> list[Fact]:
        return [self._order(CANCELLABLE)]

    def _complaint(self) -> list[Fact]:
        dice = self.dice
        defect = dice.choice(self.voice.things["defect"])
        count = dice.randint(2, 15)
        photos = dice.choice((("photos_no", "deny"), ("photos_later", "affirm")))
        return [
            self._order(DELIVERED), Fact("defect", "details", defect, {"defect": defect}, words=True),
            Fact("affected", "affected", count, {"affected": str(count)}), self._words("found"),
            Fact(photos[0], "photos", photos[1]), self._words("remedy"),
        ]  # fmt: skip

    def _status(self) -> list[Fact]:
        return [self._order(RUNNING)]

    def _document(self) -> list[Fact]:
        return [self._order(CERTIFIED)]

    # ------------------------------------------------------------ single facts

    def _words(self, name: str) -> Fact:
        text = self.dice.choice(self.voice.things[name])
        return Fact(name, name, text, {name: text}, words=True)

    def _reach(self) -> list[Fact]:
        name = self.dice.choice(self.voice.things["name"])
        first = "".join(each for each in name.split()[0].lower() if each.isascii() and each.isalpha())
        mail = f"{first}{self.number}@kunde{self.dice.randint(10, 99)}.example"
        return [Fact("name", "name", name, {"name": name}, words=True), Fact("email", "email", mail, {"email": mail})]

    def _quantity(self, most: int = 400) -> Fact:
        count = self.dice.choice((self.dice.randint(4, 60), self.dice.randint(61, max(61, most))))
        return Fact("quantity", "quantity", count, {"quantity": str(count)})

    def _alloy(self) -> Fact:
        code = self.dice.choice(list(ALLOYS))
        return Fact("alloy", "alloy", code, {"alloy": self.dice.choice(ALLOYS[code])})

    def _weight(self) -> Fact:
        kg = self.dice.choice((0.8, 1.4, 2.5, 3.75, 6, 12, 17, 28, 38, 55))
        return Fact("weight", "weight", {"kg": float(kg), "total": False}, {"weight": self._number(kg)})

    def _size(self) -> Fact:
        mm = sorted((self.dice.randrange(60, 600, 5) for _ in range(3)), reverse=True)
        return Fact("size", "size", [float(each) for each in mm], {"size": " x ".join(map(str, mm))})

    def _drawing(self) -> list[Fact]:
        form = self.dice.choice(("drawing_none", "drawing_later", "drawing_number"))
        if form == "drawing_none":
            return [Fact(form, "drawing", "deny")]
        open_to_all = Fact("confidential_no", "confidential", "deny")
        if form == "drawing_later":
            return [Fact(form, "drawing", "affirm"), open_to_all]
        number = f"{self.dice.randint(2100, 9800)}-{self.dice.choice('ABCD')}"
        return [Fact(form, "drawing", number, {"drawing": number}), open_to_all]

    def _pattern(self) -> Fact:
        return Fact("pattern_none", "pattern", "none") if self.dice.random() < 0.5 else self._words("pattern")

    def _delivery(self) -> Fact:
        form = self.dice.choices(("delivery_week", "delivery_date", "delivery_asap"), (60, 30, 10))[0]
        if form == "delivery_week":
            week = self.dice.randint(18, 48)
            return Fact(form, "delivery", self._iso(week), {"week": str(week)})
        if form == "delivery_date":
            day = self.today + dt.timedelta(days=self.dice.randint(60, 250))
            return Fact(form, "delivery", day.isoformat(), {"date": self._date(day)})
        return Fact(form, "delivery", "asap")

    def _order(self, numbers: tuple[str, ...]) -> Fact:
        number = self.dice.choice(numbers)
        written = number if self.dice.random() < 0.7 else number.removeprefix("SO-")
        return Fact("order", "order", number, {"order": written})

    def _item(self) -> dict[str, Any]:
        code = self.dice.choice(list(ALLOYS))
        kg = self.dice.choice((0.8, 2.5, 6, 12, 28))
        count, part = self.dice.randint(4, 90), self.dice.choice(self.voice.things["part"])
        fills = {
            "part": part,
            "quantity": str(count),
            "alloy": self.dice.choice(ALLOYS[code]),
            "weight": self._number(kg),
        }
        return {"part": part, "quantity": count, "alloy": code, "weight": float(kg), "fills": fills}

    def _with_slip(self, facts: list[Fact]) -> list[Fact]:
        """One of the facts is said wrongly at first."""
        wrong: dict[str, Callable[[], Fact]] = {
            "alloy": self._alloy, "quantity": self._quantity, "weight": self._weight, "delivery": self._delivery,
            "email": lambda: self._reach()[1],
        }  # fmt: skip
        may = [each for each in facts if each.form in CORRECTED and (each.question in wrong or each.fills)]
        if not may:
            return facts
        right = self.dice.choice(may)
        slip = wrong[right.question]() if right.question in wrong else self._other(right)
        if slip.form != right.form or slip.value == right.value:
            return facts
        said_wrongly = Fact(right.form, right.question, right.value, right.fills, right.words, slip)
        return [said_wrongly if each is right else each for each in facts]

    def _other(self, fact: Fact) -> Fact:
        """The same fact with its number two off."""
        name, text = next(iter(fact.fills.items()))
        number = int(text) + 2
        value: Any = number
        if isinstance(fact.value, dict):
            value = fact.value | ({"to": number} if "to" in fact.value else {"week": self._iso(number)})
        return Fact(fact.form, fact.question, value, {name: str(number)})

    def _iso(self, week: int) -> str:
        return f"{self.today.year}-W{week:02}"

    def _number(self, kg: float) -> str:
        return f"{kg:g}" if self.locale.startswith("en") else f"{kg:g}".replace(".", ",")

    def _date(self, day: dt.date) -> str:
        numeric = [] if self.locale.startswith("en") else ["dd.MM.y"]
        pattern = self.dice.choice(["d. MMMM y" if numeric else "d MMMM y", "y-MM-dd", *numeric])
        return str(format_date(day, pattern, locale=self.locale))
