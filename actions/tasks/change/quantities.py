"""The quantity that a wish wants: so many pieces, so many more or fewer, or a share of what is ordered."""

import re

from actions.form.text import meant, only_values, written
from actions.tasks.change.wants import Want
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import blanked, words

#: So many words beside a bare number still say only how many.
_BESIDE_NUMBER = 1
_UNIT = r"\s*(?:(?:stk|stykk\w*|pcs|pieces?|st)\b\.?)?\s*"
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
            or _more_or_fewer(turn, each)
            or (not elsewhere and _instead(turn, each))
            or asks(turn.text, "quantity")
        ]
    if not named or not float(named[-1]["value"]).is_integer() or named[-1]["value"] <= 0:
        return None
    entity, amount = named[-1], int(named[-1]["value"])
    sign = _more_or_fewer(turn, entity)
    if entity.get("role") == "by":
        return Want("quantity", by=-amount if words("change").says(turn.text, "fewer") else amount)
    return Want("quantity", by=sign * amount) if sign and entity.get("role") != "to" else Want("quantity", to=amount)


def _more_or_fewer(turn: Turn, entity: Entity) -> int:
    """1 for «20 til», -1 for «10 færre» and «take 10 off», 0 for a figure that stands for itself."""
    before, after = turn.text[: entity["start"]], turn.text[entity["end"] :]
    known = words("change")
    for sign, name in ((-1, "fewer"), (1, "more")):
        last = rf"(?:{known.pattern(f'{name}_last')})\s*(?:$|[.,;!?])"
        if re.match(rf"{_UNIT}(?:{known.pattern(f'{name}_after')}|{last})", after, re.I):
            return sign
        if known.ends(before, f"{name}_before"):
            return sign
    # «10 off» is read as ten pieces.
    away = re.search(rf"(?<!\w)(?:{known.pattern('away')})$", written(turn, entity), re.I) or re.match(
        rf"{_UNIT}(?:{known.pattern('away')})", after, re.I
    )
    return -1 if away and known.ends(before, "takes") else 0


def _instead(turn: Turn, entity: Entity) -> bool:
    """«40 instead of 50», «40 istedenfor det som står»."""
    return bool(re.match(rf"{_UNIT}(?:{words('change').pattern('instead_of')})", turn.text[entity["end"] :], re.I))


def _share(turn: Turn) -> float | None:
    """«Half of them», «20 % more», «cut it by 10 %»: in percent of what is ordered."""
    known = words("change")
    for entity in turn.said("number"):
        if entity.get("unit") == "%":
            sign = _more_or_fewer(turn, entity) or _direction(turn.text)
            if sign:
                return _ALL + sign * float(entity["value"])
            return float(entity["value"]) if known.says(turn.text[entity["end"] :], "of_it") else None
    free = blanked(turn.text, ((each.get("start", -1), each.get("end", 0)) for each in turn.entities))
    return next((share for name, share in _SHARES.items() if known.says(free, name)), None)


def _direction(text: str) -> int:
    """Whether a figure is to be added to or taken off."""
    known = words("change")
    return -1 if known.says(text, "fewer") else 1 if known.says(text, "more_before", "more_after") else 0
