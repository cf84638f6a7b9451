"""What capacity questions share: which alloys, weight, quantity and dates a message means, and what must be asked first."""

import asyncio
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actions.orders.words import say_age, too_old
from actions.production.calendar import ONE, monday_of
from actions.production.catalogue import Alloy, catalogue
from actions.production.limits import judge, pour_limit
from actions.production.orders import data_as_of
from actions.production.plant import plant
from actions.turns.house import house
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from bot.common.formats import iso_week, week_monday

HUMAN = {"reply": "utter_choice_human", "payload": "/human"}
#: More choices than this are no help on a telephone.
MOST_CHOICES = 6
#: Named together they mean all that is cast.
METALS = {"aluminium", "copper"}
#: Values that may have several readings, and how the texts call what is asked.
DOUBTED = (("date", "delivery"), ("quantity", "quantity"), ("weight", "weight"), ("alloy", "alloy"))
#: Kinds of values that are figures.
FIGURES = ("quantity", "weight")


@dataclass(frozen=True)
class Weight:
    """A weight in kg; ``per`` piece, total or None; ``kind`` casting, poured, finished or None."""

    kg: float
    per: str | None
    kind: str | None


def problem(turn: Turn, today: dt.date, any_date: bool = False) -> bool:
    """Say what cannot be, or ask which reading is meant. True when that was the answer and nothing else can be said.

    ``any_date``: a date with several readings is not asked about, for the answer tells all of them.
    """
    unclear = _bad(turn) or _ambiguous(turn, DOUBTED[1:] if any_date else DOUBTED)
    return unclear or _unknown_alloy(turn) or _past(turn, today)


async def data_too_old(turn: Turn) -> bool:
    """Hand over to a person when the source has been silent for too long, or call old what is old.

    True when that was the answer.
    """
    as_of = await asyncio.to_thread(data_as_of, house().production)
    if too_old(as_of):
        if as_of:
            turn.say("utter_capacity_data_too_old", as_of=as_of.date())
            turn.hand_over("old_data")
        else:
            turn.say("utter_capacity_not_known")
            turn.offer(HUMAN)
        return True
    say_age(turn, as_of)
    return False


def _bad(turn: Turn) -> bool:
    for entity in turn.said("bad_date", "bad_week"):
        if entity["entity"] == "bad_date":
            turn.say("utter_capacity_bad_date", text=str(entity["value"]))
        else:
            year = int(entity.get("year") or str(entity["value"])[:4])
            last = dt.date(year, 12, 28).isocalendar().week
            number = int(entity.get("number") or str(entity["value"]).split("W")[-1])
            turn.say("utter_capacity_bad_week", number=number, year=year, last=last)
        return True
    for name in ("quantity", "weight"):
        if any(entity.get("bad") for entity in turn.said(name)):
            turn.say(f"utter_bad_{name}")
            return True
    return False


def _ambiguous(turn: Turn, doubted: Sequence[tuple[str, str]]) -> bool:
    """A figure or date with several readings: ask, with each reading as a choice."""
    for name, reply in doubted:
        for entity in _doubtful(turn, name):
            if entity.get("ask"):
                turn.say(f"utter_which_{reply}")
                turn.offer(*({"reply": f"utter_choice_{reply}", "value": value} for value in entity["ask"]))
                return True
            if entity.get("near"):
                turn.say("utter_capacity_alloy_near", name=str(entity["value"]))
                turn.offer({"title": catalogue()[entity["value"]].title})
                return True
            if entity.get("weekday_conflict"):
                turn.say("utter_capacity_weekday", date=entity["value"])
                turn.offer({"reply": "utter_choice_delivery", "value": entity["value"]})
                return True
    return False


def _doubtful(turn: Turn, name: str) -> list[Entity]:
    """Values that may have to be asked about: of this message, or of the one before, whose question is still open.

    Beside a plain figure of its kind, anywhere in the message, one with several readings is no figure: «some bushings, about fifty».
    """
    lately = (turn.before.since(name) or 0) >= turn.before.turn
    said = turn.said(name) or (turn.about(name) if lately else [])
    whole = [each for each in turn.reading.whole.entities if each["entity"] == name]
    plain = name in FIGURES and any(not each.get("ask") for each in (*said, *whole))
    return [each for each in said if not (plain and each.get("ask"))]


def _unknown_alloy(turn: Turn) -> bool:
    if turn.said("alloy", "alloy_group"):
        return False
    for entity in turn.said("unknown_alloy", "foreign_material"):
        if entity["entity"] == "unknown_alloy":
            turn.say("utter_capacity_unknown_alloy", name=str(entity["value"]))
        else:
            turn.say("utter_capacity_foreign")
        turn.offer(HUMAN)
        return True
    return False


def _past(turn: Turn, today: dt.date) -> bool:
    for entity in turn.said("week", "date"):
        last = entity.get("until") or entity["value"]
        if entity["entity"] == "week" and week_monday(last) < monday_of(today):
            turn.say("utter_capacity_past_week", week=last, now=iso_week(today))
            return True
        if entity["entity"] == "date" and dt.date.fromisoformat(str(last)) < today:
            turn.say("utter_capacity_past_date", date=last, now=today.isoformat())
            return True
    return False


def alloys_meant(turn: Turn) -> list[Alloy]:
    """The alloys of the question: those named, with the options of ambiguous names; none when none or both metals are."""
    said = turn.said("alloy", "alloy_group") or _talked_of(turn)
    if {each["value"] for each in said} >= METALS:
        return []
    meant = [_alloys_of(each) for each in said]
    single = {found[0].family for found in meant if len(found) == 1}
    # «AlSi7Mg, so aluminium»: the name of the metal says nothing more.
    kept = [found for found in meant if len(found) == 1 or not {alloy.family for alloy in found} <= single]
    return list(dict.fromkeys(alloy for found in kept for alloy in found))


def _talked_of(turn: Turn) -> list[Entity]:
    """The alloy or the group of alloys talked of, the one named last: «aluminium» after RG5 is not RG5."""
    alloy, group = turn.about("alloy")[:1], turn.about("alloy_group")
    later = (turn.ground.since("alloy_group") or 0) > (turn.ground.since("alloy") or 0)
    # «The bronze» is the bronze that was named.
    other = group and not any(each["value"] in group[0].get("options", ()) for each in alloy)
    return group if later and other else alloy or group


def _alloys_of(entity: Entity) -> list[Alloy]:
    names = [entity["value"]] if entity["entity"] == "alloy" else entity.get("options", ())
    return [catalogue()[name] for name in names if name in catalogue()]


def temper_of(turn: Turn, alloys: Sequence[Alloy] = ()) -> str:
    """The temper named, or none; ``hardened`` counts as T6, the longest way, so that no time is too short.

    A temper that none of the alloys is ever in is no temper: see ``temper_refused``.
    """
    entity = turn.first("temper")
    if entity is None or temper_refused(turn, alloys):
        return ""
    return "T6" if entity["value"] == "hardened" else str(entity["value"])


def temper_refused(turn: Turn, alloys: Sequence[Alloy]) -> str | None:
    """The temper named, when it is a heat treatment and the catalogue has none of these alloys heat treated."""
    entity = turn.first("temper")
    if entity is None or not alloys or not str(entity["value"]).startswith("T"):
        return None
    treated = any(each.temper.startswith("T") for alloy in alloys for each in alloy.conditions)
    return None if treated else str(entity["value"])


def quantity_of(turn: Turn) -> int | None:
    """Pieces; of a range the high end."""
    entity = _plainest(turn.about("quantity"))
    if entity is None or entity.get("bad"):
        return None
    return int(entity.get("high") or entity["value"])


def weight_of(turn: Turn) -> Weight | None:
    """The weight; of a range the high end."""
    entity = _plainest(turn.about("weight"))
    if entity is None or entity.get("bad"):
        return None
    return Weight(float(entity.get("high") or entity["value"]), entity.get("per"), entity.get("kind"))


def _plainest(found: Sequence[Entity]) -> Entity | None:
    """The first figure with one reading, else none: one with several has been asked about, or is no figure."""
    return next((each for each in found if not each.get("ask")), None)


def settle_weight(turn: Turn, alloys: Sequence[Alloy]) -> None:
    """Keep a weight told with a number of pieces as that of one piece, when it can be nothing but that of all of them.

    «3 tonnes of RG5, about 150 pieces»: no casting weighs 3 tonnes, so it is 20 kg each, also when half of it is asked about.
    """
    weight, quantity = weight_of(turn), quantity_of(turn)
    if weight is None or not quantity or quantity < 2 or weight.per == "piece" or weight.kind == "poured":
        return
    share = round(weight.kg / quantity, 2) or weight.kg / quantity
    if weight.per == "total" or (not _castable(alloys, weight.kg) and _castable(alloys, share)):
        kept = {"entity": "weight", "value": share, "start": 0, "end": 0, "per": "piece", "kind": weight.kind}
        turn.entities = [each for each in turn.entities if each["entity"] != "weight"]
        turn.ground.note("weight", [kept])


def _castable(alloys: Sequence[Alloy], kg: float) -> bool:
    """Whether a casting of this weight is possible in any of these alloys, or in any at all."""
    melted = [each for each in alloys or catalogue().alloys.values() if pour_limit(plant(), each.melt_group)]
    return any(judge(plant(), alloy, kg).possible for alloy in melted)


def dimensions_of(turn: Turn) -> list[float]:
    """The part's size in mm, all figures of the question."""
    return [mm for entity in turn.about("dimensions") for mm in figures(entity["value"])]


def figures(value: Any) -> list[float]:
    """The figures of a size: one or several."""
    return [float(each) for each in (value if isinstance(value, list) else [value])]


@dataclass(frozen=True)
class Period:
    """The days a question is about: ``named`` a feast or season, ``day`` the one day, ``open_start`` from now on."""

    first: dt.date
    last: dt.date
    named: str | None = None
    open_start: bool = False
    #: The time after the named feast or season is meant, and not it itself.
    after: bool = False
    day: dt.date | None = None


def periods_of(turn: Turn, today: dt.date) -> list[Period]:
    """The periods named, in the order they stand; none when the question names none."""
    # «Half a day» is no time from now.
    said = [each for each in turn.about("week", "date", "lead") if each["entity"] != "lead" or each["value"]]
    return [_period(entity, today) for entity in said]


def _period(entity: Entity, today: dt.date) -> Period:
    meaning = entity.get("meaning")
    if entity["entity"] == "lead":
        day = today + int(entity["value"]) * ONE
        # «In the next two months» is all of that time, «in two months» the week that lies there.
        return Period(today, day, open_start=True) if meaning == "by" else _week_of(day)
    if entity["entity"] == "week":
        first = week_monday(entity["value"])
        last = week_monday(entity.get("until") or entity["value"]) + 6 * ONE
    else:
        first = dt.date.fromisoformat(entity["value"])
        last = dt.date.fromisoformat(str(entity["until"])) if entity.get("until") else first
    named = entity.get("named")
    if meaning in ("by", "before"):
        end = last if meaning == "by" else first - ONE
        return Period(today, max(today, end), named, open_start=True)
    if meaning in ("from", "after") and not entity.get("until"):
        start = first if meaning == "from" else last + ONE
        return Period(start, start + 27 * ONE, named, after=True)
    if first == last:
        week = _week_of(first)
        return Period(week.first, week.last, named, day=first)
    return Period(first, last, named)


def _week_of(day: dt.date) -> Period:
    return Period(monday_of(day), monday_of(day) + 6 * ONE)


def wanted_days(turn: Turn, today: dt.date) -> list[dt.date]:
    """As ``wanted_of``, each reading of a date that has several: «by May» is its first or its last day."""
    date = next(iter(turn.said("date")), {})
    days = sorted({dt.date.fromisoformat(str(each)) for each in date.get("ask") or []})
    wanted = wanted_of(turn, today)
    return days or ([wanted] if wanted else [])


def wanted_of(turn: Turn, today: dt.date) -> dt.date | None:
    """The last day the goods may come: a date, the Friday of a week, or so many days from now. None: not said."""
    for entity in turn.about("date", "week", "lead"):
        meaning = entity.get("meaning")
        if entity["entity"] == "lead":
            return today + int(entity["value"]) * ONE
        if meaning in ("from", "after"):
            continue
        if entity["entity"] == "week":
            friday = week_monday(entity.get("until") or entity["value"]) + 4 * ONE
            return friday - 7 * ONE if meaning == "before" else friday
        day = dt.date.fromisoformat(str(entity.get("until") or entity["value"]))
        return day - ONE if meaning == "before" else day
    return None


def offer_alloys(turn: Turn, alloys: Sequence[Alloy]) -> None:
    """One choice per melt group, the most common names first as the catalogue lists them."""
    chosen: dict[str, Alloy] = {}
    for alloy in alloys:
        chosen.setdefault(alloy.melt_group, alloy)
    turn.offer(*({"title": alloy.title} for alloy in list(chosen.values())[:MOST_CHOICES]))


def one_part(turn: Turn, intent: str, uses: Sequence[str]) -> None:
    """A part or drawing named now takes the place of the one talked of before, under whichever name that stood."""
    if turn.said("part_no", "drawing_no"):
        turn.remember(intent, uses, part_no=turn.said("part_no"), drawing_no=turn.said("drawing_no"))


def numbers_named(turn: Turn) -> tuple[list[str], str | None]:
    """Part and drawing numbers of the question, and the drawing revision if one was named.

    Keep only the latest with ``one_part`` first, or an earlier part still stands in the subject.
    """
    entities = turn.said("part_no", "drawing_no")
    if not entities and not turn.said("alloy", "alloy_group", "weight"):
        # Another alloy or weight is about another part than the one talked of before.
        entities = turn.about("part_no", "drawing_no")
    revision = next((str(entity["revision"]) for entity in entities if entity.get("revision")), None)
    return [re.sub(r"\s", "", str(entity["value"])) for entity in entities], revision
