"""What is wanted of each of several orders in one message: «SO-1 to week 20 and SO-2 to week 22»."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from actions.form.answers import Answers
from actions.form.text import written
from actions.tasks.change.dates import how_far, in_words, way_of
from actions.tasks.change.lines import Mention, spans
from actions.tasks.change.others import others
from actions.tasks.change.questions import own_words, part_of, wants_of
from actions.tasks.change.staying import FIGURES
from actions.tasks.change.wants import Want, noted
from actions.turns.turn import Turn
from actions.turns.words import words


def wants_by_order(
    turn: Turn,
    answers: Answers,
    requested: bool,
    mentions: Sequence[Mention],
    goes_on: bool,
    ordered: int | None = None,
) -> list[Want]:
    """The changes named, each with the order it is of where not the same is wanted of all of them.

    ``goes_on``: the message has begun the wish before, so that another order in it is meant beside the first.
    """
    stretches = _stretches(turn)
    if len(stretches) > 1:
        return [replace(want, order=order) for orders, wants in stretches for want in wants for order in orders]
    stand = next((each.lots for each in noted(answers) if each.lots), None) or ()
    wants, alone = wants_of(turn, requested, mentions, ordered, stand), _one_of(turn, answers, goes_on)
    return [replace(want, order=alone) for want in wants] if alone else wants


def _one_of(turn: Turn, answers: Answers, goes_on: bool) -> str | None:
    """The one order that is named where several are meant, or beside the one that stands: «SO-2 to week 22 as well»."""
    said = {str(each["value"]) for each in turn.said("order_no")}
    main, more = answers.value("order"), others(answers)
    if not main or len(said) != 1:
        return None
    meant = {str(main), *(more.orders if more else [])}
    beside = goes_on or words("change").says(turn.text, "as_well")
    return said.pop() if (more if said <= meant else beside) else None


def _stretches(turn: Turn) -> list[tuple[list[str], list[Want]]]:
    """The orders with what is wanted of them, in the order it was said; none when the same is said of all."""
    named = sorted((each for each in turn.said("order_no") if "start" in each), key=lambda each: each["start"])
    orders = list(dict.fromkeys(str(each["value"]) for each in named))
    if len(orders) < 2:
        return []
    places = [Mention(each["start"], each["end"], (orders.index(str(each["value"])),)) for each in named]
    parts = [(part_of(turn, start, end), orders[at]) for start, end, (at,) in spans(turn.text, places)]
    found: list[tuple[list[str], list[Want]]] = []
    before: list[str] = []
    for (part, order), after in itertools.zip_longest(parts, [each for each, _ in parts[1:]]):
        wants = _of_stretch(part, turn)
        if wants and not (after and _only_begins(part, wants, after)):
            found.append(([*before, order], wants))
            before = []
        else:
            # «SO-1 and SO-2 a week later»: it is said behind the last of them.
            before.append(order)
    if found:
        found[-1][0].extend(before)
    return found


def _only_begins(part: Turn, wants: Sequence[Want], after: Turn) -> bool:
    """«Postpone SO-1 and SO-2 a week»: how far is said behind the other."""
    figures = part.said(*FIGURES) or in_words(part.text)
    return not figures and all(each.kind == "date" for each in wants) and way_of(after.text) is None


def _of_stretch(part: Turn, whole: Turn) -> list[Want]:
    """What is wanted in a stretch, whose verb may stand before another: «postpone SO-1 a week and SO-2 two weeks»."""
    wants = [_as_begun(each, part, whole) for each in wants_of(part, requested=True)]
    if wants or not (part.said(*FIGURES) or in_words(part.text)):
        return wants
    days, way = how_far(part) or in_words(part.text), way_of(part.text) or way_of(whole.text)
    if days and way:
        return [Want("date", by_days=days, way=way)]
    bare = [each for each in part.said("number") if "unit" not in each and written(part, each).isdigit()]
    if len(bare) == 1 and not days:
        # «12 will do on SO-1»
        return [Want("quantity", to=int(bare[0]["value"]))]
    return [Want("other", text=own_words(part))]


def _as_begun(want: Want, part: Turn, whole: Turn) -> Want:
    """«Reduce SO-1 by 5 and SO-2 by 20»: which way is said before the first figure."""
    known = words("change")
    own = known.says(part.text, "fewer", "more_before", "more_after")
    sign = -1 if known.says(whole.text, "fewer") else 1 if known.says(whole.text, "more_before") else 0
    some = want.by or want.to
    if want.kind != "quantity" or own or not sign or not some:
        return want
    by = want.by or re.search(rf"(?<!\w)(?:{known.pattern('by_so_many')})\s+{some}(?!\d)", part.text, re.I)
    return replace(want, by=sign * abs(some), to=None) if by else want
