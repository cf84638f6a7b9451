"""The quantity that a wish wants: so many pieces, so many more or fewer, or a share of what is ordered."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from actions.form.righting.pairs import pairs
from actions.form.text import asks_something, meant, only_values
from actions.tasks.change.wants import Want
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import blanked, words

#: So many words beside a bare number still say only how many.
_BESIDE_NUMBER = 1
#: So many words stand between «more» and the pieces.
_BESIDE_PIECES = 2
_UNIT = r"\s*(?:(?:stk|stykk\w*|pcs|pieces?|st)\b\.?)?\s*"
#: «+10»
_PLUS = re.compile(r"(?:^|\s)\+\s?$")
#: Shares in words, in percent of what is ordered.
_SHARES = {"half": 50.0, "double": 200.0}
_ALL = 100.0


def wanted_quantity(turn: Turn, requested: bool, elsewhere: bool = False) -> Want | None:
    """The quantity that is wanted. ``requested``: a bare number is one, unless the goods are to go ``elsewhere``: «Shed 9 instead»."""
    share = _share(turn)
    if share is not None:
        return Want("quantity", percent=share)
    named = [
        each for each in meant(turn, "quantity") if each.get("role") != "from" and not {"every", "bad"} & each.keys()
    ]
    if not named:
        bare = [each for each in meant(turn, "number") if "unit" not in each]
        alone = only_values(turn, beside=_BESIDE_NUMBER) or words("talk").says(turn.text, "own_slip")
        counts = requested and not elsewhere and alone
        named = [
            each
            for each in bare
            if counts
            or more_or_fewer(turn.text, each)
            or (not elsewhere and _instead(turn, each))
            or asks(turn.text, "quantity")
        ]
    # «6 til i staden for 10», «8, not the 10»: the figure behind stood before.
    named = [each for each in named if not _stood(turn, each)]
    if not named or not float(named[-1]["value"]).is_integer() or named[-1]["value"] <= 0:
        return None
    # «6 ekstra, i to sendinger»: the one that says more or fewer counts.
    entity = next((each for each in reversed(named) if more_or_fewer(turn.text, each)), named[-1])
    amount = int(entity["value"])
    sign = more_or_fewer(turn.text, entity)
    if entity.get("role") == "by":
        return Want("quantity", by=-amount if words("change").says(turn.text, "fewer") else amount)
    return Want("quantity", by=sign * amount) if sign and entity.get("role") != "to" else Want("quantity", to=amount)


def more_or_fewer(text: str, entity: Entity) -> int:
    """1 for «20 til», -1 for «10 færre» and «take 10 off», 0 for a figure that stands for itself."""
    before, after = text[: entity["start"]], text[entity["end"] :]
    known = words("change")
    for sign, name in ((-1, "fewer"), (1, "more")):
        goes_on = rf"|(?:{known.pattern('more_goes_on')})" if sign > 0 else ""
        last = rf"(?:{known.pattern(f'{name}_last')})\s*(?:$|[.,;!?]{goes_on})"
        if re.match(rf"{_UNIT}(?:{known.pattern(f'{name}_after')}|{last})", after, re.I):
            return sign
        if known.ends(before, f"{name}_before") or (sign > 0 and _PLUS.search(before)):
            return sign
    # «10 off» is read as ten pieces.
    away = re.search(rf"(?<!\w)(?:{known.pattern('away')})$", text[entity["start"] : entity["end"]], re.I) or re.match(
        rf"{_UNIT}(?:{known.pattern('away')})", after, re.I
    )
    return -1 if away and known.ends(before, "takes") else 0


def tells_pieces(text: str) -> bool:
    """Whether more or fewer pieces are wanted, however many: «more pieces», «øke antallet», «fewer of them»."""
    known = words("change")
    return any(
        known.near(text, each, "pieces_named", _BESIDE_PIECES) for each in ("more_after", "more_before", "fewer")
    )


def _stood(turn: Turn, entity: Entity) -> bool:
    """Whether a figure is what was said before: «instead of 10», «not 10», «the 10»."""
    before, known = turn.text[: entity["start"]], words("change")
    return any(known.ends(before, each) for each in ("instead_of", "left_out", "told_before"))


def adds_to_order(turn: Turn) -> bool:
    """Whether so many more are wanted on an order that is there: «10 more on it», «add another 8 to SO-30417»."""
    more = any(
        more_or_fewer(turn.text, each) > 0
        or (each.get("role") == "by" and not words("change").says(turn.text, "fewer"))
        for each in turn.said("quantity", "number")
        if "unit" not in each and "start" in each
    )
    if asks_something(turn) and not words("change").says(turn.text, "wish", "proposes"):
        # «One more, SO-30417 still ships on the 16th?»
        return False
    return more and (words("change").says(turn.text, "onto_order") or bool(turn.said("order_no")))


def of_the_difference(known: Sequence[Want], want: Want, said: Collection[float], ordered: int | None) -> Want | None:
    """What a bare figure changes where so many more or fewer are wanted: «8 not 10», «9», after 10 more.

    ``said``: the figures of the message, ``ordered``: the pieces of the order. None where it only says the same again.
    """
    before = next((each for each in known if each.kind == "quantity" and each.by), None)
    if before is None or before.by is None or want.kind != "quantity" or want.to is None:
        return want
    if want.to == abs(before.by):
        return None
    instead = abs(before.by) in said
    # So many in all would be fewer, where more are wanted.
    below = before.by > 0 and ordered is not None and want.to <= ordered
    return replace(before, by=want.to if before.by > 0 else -want.to) if instead or below else want


def corrected(text: str, known: Sequence[Want]) -> Want | None:
    """A quantity that is wanted with another figure set against its own: «colleague says 8, not 10»."""
    for want in known:
        figure = abs(want.by) if want.by else want.to
        for pair in pairs(text) if want.kind == "quantity" and figure else ():
            if pair.old == str(figure) and pair.new.isdigit() and 0 < int(pair.new) != figure:
                new = int(pair.new)
                return replace(want, by=new if want.by > 0 else -new) if want.by else replace(want, to=new)
    return None


def _instead(turn: Turn, entity: Entity) -> bool:
    """«40 instead of 50», «40 istedenfor det som står»."""
    return bool(re.match(rf"{_UNIT}(?:{words('change').pattern('instead_of')})", turn.text[entity["end"] :], re.I))


def _share(turn: Turn) -> float | None:
    """«Half of them», «20 % more», «cut it by 10 %»: in percent of what is ordered."""
    known = words("change")
    for entity in turn.said("number"):
        if entity.get("unit") == "%":
            sign = more_or_fewer(turn.text, entity) or _direction(turn.text)
            if sign:
                return _ALL + sign * float(entity["value"])
            return float(entity["value"]) if known.says(turn.text[entity["end"] :], "of_it") else None
    free = blanked(turn.text, ((each.get("start", -1), each.get("end", 0)) for each in turn.entities))
    return next((share for name, share in _SHARES.items() if known.says(free, name)), None)


def _direction(text: str) -> int:
    """Whether a figure is to be added to or taken off."""
    known = words("change")
    return -1 if known.says(text, "fewer") else 1 if known.says(text, "more_before", "more_after") else 0
