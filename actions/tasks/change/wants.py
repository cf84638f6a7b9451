"""What is wanted of an order: one ``Want`` a change, as it was said, and what becomes of several."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from actions.form.answers import Answer, Answers
from actions.form.lots import Lot

#: Kinds of wants that take work out of the foundry.
ENDING = ("stop", "hold", "cancel")
#: The note of all that is wanted: what is said later is added to it, or takes the place of the same.
WANTS = "wants"


@dataclass(frozen=True)
class Want:
    """One change that is wanted.

    ``kind``: ``quantity``, ``date``, ``alloy``, ``certificate_3.1``, ``certificate_3.2``, ``delivery_address``, ``hold``,
    ``stop``, ``cancel``, ``split`` (a part shipment, with its ``lots`` where figures tell them), ``express`` or ``other``. ``to`` and ``by`` are pieces, ``percent`` a share of what is ordered; ``date`` (to ``until``, of a ``span``) and
    ``week`` as said, ``bound`` tells ``from`` or ``by`` then, ``any_month`` that a day was said without its month; ``by_days`` how far, ``way`` is
    ``earlier`` or ``later``; ``text`` is what was written where only words tell it,
    ``address`` where the goods are to go once it was told. ``line``: the one line
    that it is about; without it, all that were named. ``order``: the one of several orders, likewise.
    """

    kind: str
    to: int | None = None
    by: int | None = None
    percent: float | None = None
    date: str | None = None
    until: str | None = None
    span: str | None = None
    week: str | None = None
    by_days: int | None = None
    way: str | None = None
    bound: str | None = None
    any_month: bool | None = None
    alloy: str | None = None
    text: str | None = None
    address: str | None = None
    line: int | None = None
    order: str | None = None
    lots: list[Lot] | None = field(default=None, hash=False)

    @property
    def about(self) -> str:
        """What is changed by it: two wants about the same cannot both hold."""
        return "certificate" if self.kind.startswith("certificate") else self.kind

    def dump(self) -> dict[str, Any]:
        """What was said of it, for the production side."""
        return {name: value for name, value in asdict(self).items() if value is not None}


@dataclass
class ChangeAnswer(Answer):
    """What is to be changed; the value is what nobody could read. ``stranger``: not asked, as nothing can be judged for one."""

    wants: list[Want] = field(default_factory=list)
    stranger: bool = False

    def __post_init__(self) -> None:
        self.wants = [each if isinstance(each, Want) else Want(**each) for each in self.wants]

    def figures(self) -> set[float]:
        """The pieces that are wanted, in all or more or fewer."""
        wanted = (figure for each in self.wants for figure in (each.by, each.to) if figure is not None)
        return {float(abs(each)) for each in wanted}


def noted(answers: Answers) -> list[Want]:
    """All that is wanted so far."""
    note = answers.get(WANTS)
    return list(note.wants) if isinstance(note, ChangeAnswer) else []


def put(answers: Answers, wants: Sequence[Want]) -> None:
    """Keep what is wanted, and nothing else."""
    if wants:
        answers[WANTS] = ChangeAnswer(wants=list(wants))
    else:
        answers.pop(WANTS, None)
        given = answers.get("change")
        if isinstance(given, ChangeAnswer) and not given.value:
            answers.pop("change")


def merged(known: Sequence[Want], fresh: Sequence[Want]) -> list[Want]:
    """What is wanted after some more was said: the same of the same line takes the place of what stood."""
    result = list(known)
    for want in fresh:
        # What is not to be made at all is not changed either.
        ends = [
            each
            for each in result
            if "cancel" in (want.kind, each.kind) and (each.line, each.order) == (want.line, want.order)
        ]
        result = [each for each in result if each not in ends]
        same = [each for each in result if each.about == want.about and want.order in (None, each.order)]
        if want.line is None and len({each.line for each in same}) == 1:
            want = replace(want, line=same[0].line)
        placed = [each for each in same if want.line in (None, each.line) or each.line is None]
        result = [each for each in result if each not in placed]
        result.append(want)
    return result


def of_order(wants: Sequence[Want], order: str) -> list[Want]:
    """What is wanted of one order: what was said of it alone goes before what was said of all of them."""
    own = [each for each in wants if each.order == order]
    about = {each.about for each in own}
    return [*(each for each in wants if each.order is None and each.about not in about), *own]


def without(known: Sequence[Want], about: Collection[str]) -> list[Want]:
    """What is left when these are to stay as they are."""
    return [each for each in known if each.about not in about]


def gone_on(known: Sequence[Want], fresh: Sequence[Want], days: int | None, corrects: bool) -> list[Want]:
    """What was said of a date, completed by what was said of it before: «14 days, either way» - «later»; «earlier» - «three weeks».

    ``days``: how far it is to be moved, when which way was asked. ``corrects``: nothing but the direction was said, which then
    belongs to a date that is wanted, or means nothing here.
    """
    before = next((each for each in known if each.kind == "date"), None)
    result = []
    for want in fresh:
        only_way = want.kind == "date" and not (want.date or want.week or want.by_days)
        if only_way and days is None and before is None and corrects:
            continue
        if only_way and before is not None and before.way == want.way and corrects:
            continue
        if only_way:
            far = days if days is not None else before.by_days if before else None
            want = replace(want, by_days=far)
        result.append(want)
    return result
