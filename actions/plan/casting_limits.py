"""What is too heavy, too large or too thin to cast, with the arithmetic and a way on."""

from collections.abc import Sequence
from typing import Any

from actions.alloys.property import asks_pattern_size, say_pattern_size
from actions.plan.capacity_reading import (
    HUMAN,
    alloys_meant,
    dimensions_of,
    offer_alloys,
    problem,
    quantity_of,
    weight_of,
)
from actions.plan.melting import say_week
from actions.production.catalogue import Alloy, catalogue
from actions.production.limits import (
    Verdict,
    inner_box,
    judge,
    judge_wall,
    largest_casting,
    line_for,
    pour_limit,
    wall,
)
from actions.production.plant import Wall, plant
from actions.turns.handler import Handler, answer_as
from actions.turns.outside import outside
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words
from bot.common.clock import today

#: Inches and pounds.
MM_PER_INCH, KG_PER_POUND = 25.4, 0.45359237
#: More pieces than this are no longer a divided part.
MOST_PARTS = 6
#: What the overview tells, by the words that ask for it; all of it when none does.
#: A single figure up to so many millimetres is a wall, where walls are spoken of.
_THICK = 25
TOPICS = ("weight", "size", "wall", "small")
#: Those asked for in more words than the question words know (data/words/limits.yml).
MORE_WORDS = ("weight", "size")
#: What a verdict begins with, and those that refuse; that the drawing decides.
_REFUSALS = ("utter_limits_no", "utter_limits_turned_yes")
_LEADS = ("utter_limits_yes", "utter_limits_turned_no", *_REFUSALS)
_DRAWING = "utter_limits_drawing"
#: What is judged when it is named. A new one takes the place of those talked of before.
JUDGED = ("weight", "dimensions", "wall")


class CastingLimits(Handler):
    """Answers ``casting_limits`` from the plant's parameters."""

    intent = "casting_limits"
    uses = ("weight", "dimensions", "wall", "alloy", "alloy_group", "quantity")

    async def answer(self, turn: Turn) -> None:
        """Judge what was named (weight, size, wall); with none of them say the largest and the thinnest."""
        if problem(turn, today()) or say_how_many(turn):
            return
        if not turn.said(*JUDGED) and outside(turn):
            await answer_as(turn, "out_of_scope")
            return
        if asks_pattern_size(turn):
            await say_pattern_size(turn)
            return
        if say_week(turn):
            return
        _hear_wall(turn)
        if turn.said(*JUDGED):
            turn.remember(self.intent, self.uses, **{name: turn.said(name) for name in JUDGED})
        elif any(asks(turn.text, topic) for topic in TOPICS) and not asks(turn.text, "turned_round"):
            turn.remember(self.intent, self.uses, **{name: [] for name in JUDGED})
        if not plant().approved("melting", "moulding"):
            turn.say("utter_capacity_to_check")
            turn.offer(HUMAN)
            return
        alloys = alloys_meant(turn)
        melted = [alloy for alloy in alloys if pour_limit(plant(), alloy.melt_group)]
        if alloys and not melted:
            turn.say("utter_limits_not_melted", alloy=alloys[0].title)
            turn.offer(HUMAN)
            return
        before = len(turn.parts)
        if before and not turn.said(*JUDGED) and asks(turn.text, "turned_round"):
            # «35 kg in bronze. Is that too big?»: the figures were judged as they were told.
            return
        if asks(turn.text, "too_small"):
            _say_small(turn)
            return
        if _asks_of_such(turn):
            _say_such(turn, melted)
            return
        if not _at_large(turn):
            _say_judged(turn, melted)
        if len(turn.parts) == before:
            _say_overview(turn, melted)
        _say_in_their_units(turn, turn.parts[before:])


def _say_judged(turn: Turn, alloys: Sequence[Alloy]) -> None:
    """Weight, size and wall, with one yes or no for all of them: a no to one of them comes first."""
    judged = []
    for judge_one in (_say_weight, _say_size, _say_wall):
        before = len(turn.parts)
        judge_one(turn, alloys)
        judged.append(turn.parts[before:])
    turn.take_out([part for parts in judged for part in parts])
    told = [each for each in judged if each]
    leads = [each[0]["reply"] for each in told]
    refused = [lead for lead in leads if lead in _REFUSALS]
    told.sort(key=lambda each: each[0]["reply"] not in refused)
    for number, parts in enumerate(told):
        led = number and parts[0]["reply"] in _LEADS
        kept = [{**parts[1], "join": "\n"}, *parts[2:]] if led else parts
        turn.say_again(*(each for each in kept if not (refused and each["reply"] == _DRAWING)))


def _say_small(turn: Turn) -> None:
    """Whether a casting is too small for us: there is no smallest size."""
    turn.say("utter_limits_turned_no")
    turn.say("utter_limits_small", join=" ")
    _say_wall(turn, alloys_meant(turn))


def _asks_of_such(turn: Turn) -> bool:
    """Whether it is asked if such a thing can be cast, and nothing of it is known but what it is."""
    return not (turn.about(*JUDGED) or _at_large(turn)) and words("limits").says(turn.text, "can_cast")


def _say_such(turn: Turn, alloys: Sequence[Alloy]) -> None:
    """Yes to a thing that was only named, with the largest there is room for."""
    heaviest = max(
        largest_casting(plant(), alloy) for alloy in alloys or _shown() if pour_limit(plant(), alloy.melt_group)
    )
    turn.say("utter_limits_such", largest=heaviest, **_largest_box())
    turn.offer({"reply": "utter_start_choice_quote", "payload": "/place_order"})


def _briefly(turn: Turn) -> bool:
    """Whether a plain yes or no is wanted."""
    return words("talk").says(turn.text, "yes_or_no")


def _say_in_their_units(turn: Turn, parts: Sequence[dict[str, Any]]) -> None:
    """The same sizes and weights in inches and pounds, for whoever asks in those."""
    said = words("limits")
    box = next((each for each in parts if each["reply"] in ("utter_limits_size_max", "utter_limits_size_no")), None)
    if box and (said.says(turn.text, "inches") or any(each.get("unit") == "inch" for each in turn.entities)):
        sizes = [round(float(box[name]) / MM_PER_INCH) for name in ("length", "width", "height")]
        turn.say("utter_limits_in_inches", sizes=sizes)
    pounds = said.says(turn.text, "pounds") or any(each.get("unit") == "lb" for each in turn.entities)
    heaviest = [float(each["largest"]) for each in parts if isinstance(each.get("largest"), (int, float))]
    if pounds and heaviest:
        turn.say(
            "utter_limits_in_pounds", low=round(min(heaviest) / KG_PER_POUND), high=round(max(heaviest) / KG_PER_POUND)
        )


def _hear_wall(turn: Turn) -> None:
    """Take a single small figure in a question after walls for a wall: «is 3 mm too thin?», «thinnest wall? 1/8 inch possible?»"""
    sizes = turn.said("dimensions")
    figures = dimensions_of(turn) if sizes else []
    of_wall = asks(turn.text, "thin") or (figures and figures[0] <= _THICK and asks(turn.reading.whole.text, "wall"))
    if len(figures) == 1 and not turn.said("wall") and of_wall:
        wall = {**sizes[0], "entity": "wall", "value": figures[0]}
        turn.entities = [wall if each is sizes[0] else each for each in turn.entities]


def say_how_many(turn: Turn) -> bool:
    """How many pieces a total weight is: divided by the weight of one, which is asked for when nobody said it.

    True when that was the question, or the answer to it.
    """
    said = [each for each in turn.said("weight") if not each.get("bad")]
    asked = asks(turn.text, "how_many")
    if asked and said:
        whole = max(said, key=lambda each: float(each["value"]))
        one = next((each for each in said if each is not whole), None) or _one_piece(turn)
    elif said and "utter_limits_how_many_weight" in turn.last_said and turn.before.about("total"):
        whole, one = turn.before.about("total")[0], said[0]
    else:
        return False
    turn.ground.note("total", [whole])
    if one is None:
        turn.ground.note("weight", [])
        turn.say("utter_limits_how_many_weight", kg=whole["value"])
        return True
    turn.ground.note("weight", [{**one, "per": "piece"}])
    pieces = int(float(whole["value"]) / float(one["value"]) + 1e-6)
    turn.say("utter_limits_how_many", total=whole["value"], kg=one["value"], qty=pieces)
    return True


def _one_piece(turn: Turn) -> Entity | None:
    """The weight of a piece that was talked of before."""
    return next((each for each in turn.before.about("weight") if each.get("per") == "piece"), None)


def _at_large(turn: Turn) -> bool:
    """Whether a limit itself is asked for («how thin can walls be»), and nothing that was told before is to be judged."""
    return not turn.said(*JUDGED) and words("limits").says(turn.text, "at_large")


def _say_weight(turn: Turn, alloys: Sequence[Alloy]) -> None:
    weight, quantity = weight_of(turn), quantity_of(turn)
    if weight is None:
        return
    kg = weight.kg
    if weight.per == "total" and quantity and quantity > 1:
        kg = kg / quantity
        turn.say("utter_limits_each", kg=kg)
    kind = weight.kind if weight.kind in ("casting", "poured") else None
    candidates = alloys or [alloy for alloy in catalogue().alloys.values() if pour_limit(plant(), alloy.melt_group)]
    if len(candidates) == 1:
        _one_alloy(turn, candidates[0], kg, kind)
    else:
        _any_alloy(turn, candidates, kg, kind)


def _verdict(turn: Turn, yes: bool, reply: str, **values: Any) -> None:
    """Yes or no and the reason: «no, that works» where the question is turned round («is 3 mm too thin?»)."""
    if asks(turn.reading.text, "turned_round"):
        turn.say("utter_limits_turned_no" if yes else "utter_limits_turned_yes")
    else:
        turn.say("utter_limits_yes" if yes else "utter_limits_no")
    turn.say(reply, join=" ", **values)


def _say_drawing(turn: Turn, join: str = "\n") -> None:
    """That the drawing decides, once in an answer."""
    if not _briefly(turn) and not any(each["reply"] == _DRAWING for each in turn.parts):
        turn.say(_DRAWING, join=join)


def _verdicts(alloy: Alloy, kg: float) -> tuple[Verdict, Verdict]:
    """The weight as casting weight and as poured weight. The alloy is melted here."""
    return judge(plant(), alloy, kg), judge(plant(), alloy, kg, poured=True)


def _values(verdict: Verdict, kg: float) -> dict[str, object]:
    return {
        "kg": kg, "alloy": verdict.alloy.title, "yield": verdict.alloy.yield_planning, "poured": verdict.poured_kg,
        "casting": verdict.casting_kg, "limit": verdict.limit.kg, "largest": verdict.largest_kg,
    }  # fmt: skip


def _one_alloy(turn: Turn, alloy: Alloy, kg: float, kind: str | None) -> None:
    casting, poured = _verdicts(alloy, kg)
    if kind == "poured":
        reply = "utter_limits_yes_poured" if poured.possible else "utter_limits_no_poured_only"
        _verdict(turn, poured.possible, reply, **_values(poured, kg))
    elif casting.possible:
        _verdict(turn, True, "utter_limits_yes_casting", **_values(casting, kg))
    else:
        reply = "utter_limits_no_line" if casting.by_line else "utter_limits_no_casting"
        _verdict(turn, False, reply, **_values(casting, kg))
        if kind is None and not poured.possible:
            turn.say("utter_limits_no_poured", join=" ", kg=kg, limit=poured.limit.kg)
        elif kind is None:
            _verdict(turn, True, "utter_limits_yes_poured", **_values(poured, kg))
            turn.say("utter_limits_which_weight")
            turn.offer(*({"reply": f"utter_limits_choice_{each}", "kg": kg} for each in ("casting", "poured")))
            return
    meant = poured if kind == "poured" else casting
    _say_furnaces(turn, meant)
    if meant.possible:
        _say_drawing(turn)
    else:
        turn.say("utter_limits_largest", alloy=alloy.title, largest=casting.largest_kg)
        _say_ways_on(turn, meant)


def _say_furnaces(turn: Turn, verdict: Verdict) -> None:
    if len(verdict.limit.furnaces) == 2:
        first, second = verdict.limit.furnaces
        turn.say("utter_limits_two_furnaces", join=" ", first=first, second=second)


def _say_ways_on(turn: Turn, verdict: Verdict) -> None:
    """What is possible instead: several castings, a divided part, a partner foundry through a person."""
    if _briefly(turn):
        return
    turn.say("utter_limits_several", kg=verdict.casting_kg, melts=verdict.melts)
    parts = max(2, int(-(-verdict.casting_kg // verdict.largest_kg)))
    if parts <= MOST_PARTS:
        turn.say("utter_limits_divide", join=" ", parts=parts)
    else:
        turn.say("utter_limits_partner", join=" ")
    turn.offer(HUMAN)


def _any_alloy(turn: Turn, alloys: Sequence[Alloy], kg: float, kind: str | None) -> None:
    """Several alloys could be meant: one answer when it is the same for all of them, else the alloys that differ."""
    pairs = [_verdicts(alloy, kg) for alloy in alloys]
    meant = [
        [casting] if kind == "casting" else [poured] if kind == "poured" else [casting, poured]
        for casting, poured in pairs
    ]
    every = [verdict for verdicts in meant for verdict in verdicts]
    stated = "_stated" if kind else ""
    if all(verdict.possible for verdict in every):
        _verdict(turn, True, f"utter_limits_yes_any{stated}", kg=kg)
        _say_drawing(turn)
    elif not any(verdict.possible for verdict in every):
        best = max((verdicts[0] for verdicts in meant), key=lambda verdict: verdict.largest_kg)
        _verdict(turn, False, f"utter_limits_no_any{stated}", **_values(best, kg))
        _say_ways_on(turn, best)
    else:
        _say_depends(turn, alloys, pairs, kg, kind)


def _say_depends(
    turn: Turn, alloys: Sequence[Alloy], pairs: Sequence[tuple[Verdict, Verdict]], kg: float, kind: str | None
) -> None:
    """Yes in some alloys, no in others (as casting weight unless poured was said): say which, then ask.

    When no alloy was named only the metals of the overview are told: all of them would be a wall of text.
    """
    judged = [poured if kind == "poured" else casting for casting, poured in pairs]
    no = list(dict.fromkeys(f"melt_group.{verdict.alloy.melt_group}" for verdict in judged if not verdict.possible))
    yes = list(dict.fromkeys(f"melt_group.{verdict.alloy.melt_group}" for verdict in judged if verdict.possible))
    yes = [group for group in yes if group not in no]
    if not alloys_meant(turn):
        shown = {f"melt_group.{group}" for group in plant().melting.shown}
        yes = [group for group in yes if group in shown]
        no = [group for group in no if group in shown] or no
    if yes and no:
        turn.say(f"utter_limits_depends{'_poured' if kind == 'poured' else ''}", kg=kg, yes=yes, no=no)
        if _briefly(turn) or "utter_limits_which_alloy" in turn.last_said:
            # Which alloy it is was asked, and not told.
            return
    turn.say("utter_limits_which_alloy", **({"join": " "} if yes and no else {}))
    offer_alloys(turn, alloys_meant(turn) or [each for each in alloys if each.melt_group in plant().melting.shown])


def _say_size(turn: Turn, alloys: Sequence[Alloy]) -> None:
    sizes = dimensions_of(turn)
    if not sizes:
        return
    families = sorted({alloy.family for alloy in alloys} or {"aluminium", "copper"})
    weight = weight_of(turn)
    kg = weight.kg if weight and weight.per != "total" and weight.kind != "poured" else 0.0
    # A weight that no line carries was refused above: then the size is judged alone.
    fitting = [line_for(plant(), family, each, sizes) for each in (kg, 0.0) for family in families]
    line = next((line for line in fitting if line), None)
    if line is not None:
        _verdict(turn, True, "utter_limits_size_yes", sizes=list(sizes), line=f"resource.{line.id}")
        _say_drawing(turn, join=" ")
        return
    say_too_large(turn, sizes)


def say_too_large(turn: Turn, sizes: Sequence[float]) -> None:
    """No to a size in mm, with the largest part there is room for."""
    _verdict(turn, False, "utter_limits_size_no", sizes=list(sizes), **_largest_box())
    turn.say("utter_limits_size_partner", join=" ")
    turn.offer(HUMAN)


def say_too_heavy(turn: Turn, alloys: Sequence[Alloy], kg: float) -> bool:
    """No to a casting weight that none of these alloys allows, with the figures of the one that goes furthest."""
    verdicts = [judge(plant(), alloy, kg) for alloy in alloys]
    if any(verdict.possible for verdict in verdicts):
        return False
    best = max(verdicts, key=lambda verdict: verdict.largest_kg)
    _verdict(turn, False, "utter_limits_no_line" if best.by_line else "utter_limits_no_casting", **_values(best, kg))
    _say_furnaces(turn, best)
    _say_ways_on(turn, best)
    return True


def _largest_box() -> dict[str, float]:
    boxes = (inner_box(plant(), line) for line in plant().moulding.lines)
    return dict(zip(("length", "width", "height"), max(boxes), strict=True))


def _walls(alloys: Sequence[Alloy]) -> dict[Wall, list[str]]:
    """The wall limits that apply, each with the terms of the metals it is for."""
    found: dict[Wall, list[str]] = {}
    if alloys:
        for alloy in alloys:
            special = alloy.melt_group in plant().moulding.walls_mm
            term = f"melt_group.{alloy.melt_group}" if special else f"family.{alloy.family}"
            _add(found, wall(plant(), alloy, alloy.family), term)
        return found
    for name, limits in plant().moulding.walls_mm.items():
        _add(found, limits, f"{'family' if name in ('aluminium', 'copper') else 'melt_group'}.{name}")
    return found


def _add(found: dict[Wall, list[str]], limits: Wall, term: str) -> None:
    terms = found.setdefault(limits, [])
    if term not in terms:
        terms.append(term)


def _say_wall(turn: Turn, alloys: Sequence[Alloy]) -> None:
    entity = turn.first("wall")
    if entity is not None:
        say_wall(turn, alloys, float(entity["value"]))


def wall_verdicts(alloys: Sequence[Alloy], thickness: float) -> dict[Wall, str]:
    """``yes``, ``review`` or ``no`` for each wall limit of these alloys, or of all metals when none is named."""
    return {limits: judge_wall(limits, thickness) for limits in _walls(alloys)}


def say_wall(turn: Turn, alloys: Sequence[Alloy], thickness: float) -> None:
    """Yes or no to a wall, for each metal that differs; a person looks at what is at the limit."""
    materials = _walls(alloys)
    for limits, verdict in wall_verdicts(alloys, thickness).items():
        values = {"wall": thickness, "materials": materials[limits], "usual": limits.usual, "possible": limits.possible}
        if verdict == "review":
            turn.say("utter_limits_wall_review", **values)
            turn.offer(HUMAN)
        else:
            _verdict(turn, verdict == "yes", f"utter_limits_wall_{verdict}", **values)


def _say_overview(turn: Turn, alloys: Sequence[Alloy]) -> None:
    """The largest weight per melt group named (else of the overview), the largest size, the thinnest walls: what is asked."""
    said = words("limits")
    if said.says(turn.text, "poured_or_not"):
        turn.say("utter_limits_which_is_which")
        if not said.says(turn.text, "size"):
            return
    asked = [topic for topic in TOPICS if asks(turn.text, topic)]
    asked += [topic for topic in MORE_WORDS if topic not in asked and said.says(turn.text, topic)]
    asked = asked or list(TOPICS)
    if said.says(turn.text, "size") and not asks(turn.text, "wall"):
        asked = [topic for topic in asked if topic != "small"]
    if "wall" in asked and "size" not in asked:
        asked = ["wall"]
    if "weight" in asked:
        _say_heaviest(turn, alloys)
    if "size" in asked:
        turn.say("utter_limits_size_max", **_largest_box())
    if "wall" in asked:
        _say_thinnest(turn, alloys)
    if "small" in asked:
        turn.say("utter_limits_small")
    _say_drawing(turn)


def _say_heaviest(turn: Turn, alloys: Sequence[Alloy]) -> None:
    shown = alloys or _shown()
    heaviest: dict[str, tuple[float, float]] = {}
    for alloy in shown:
        limit = pour_limit(plant(), alloy.melt_group)
        if limit:
            known = heaviest.get(alloy.melt_group, (0.0, 0.0))
            heaviest[alloy.melt_group] = max(known, (limit.kg, largest_casting(plant(), alloy)))
    turn.say("utter_limits_max_head")
    same: dict[tuple[float, float], list[str]] = {}
    for group, figures in heaviest.items():
        same.setdefault((round(figures[0]), round(figures[1])), []).append(f"melt_group.{group}")
    for (kg, casting), groups in same.items():
        turn.say("utter_limits_max", materials=groups, limit=kg, largest=casting)


def _shown() -> list[Alloy]:
    """The alloys of the overview."""
    return [alloy for alloy in catalogue().alloys.values() if alloy.melt_group in plant().melting.shown]


def _say_thinnest(turn: Turn, alloys: Sequence[Alloy]) -> None:
    for limits, materials in _walls(alloys).items():
        plain = "_plain" if limits.usual == limits.possible else ""
        turn.say(f"utter_limits_wall_min{plain}", materials=materials, usual=limits.usual, possible=limits.possible)
