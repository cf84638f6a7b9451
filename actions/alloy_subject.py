"""Which alloys a question is about: what was said, or else what was talked of; what is unclear becomes a question."""

from collections.abc import Sequence

from actions.production.alloy_names import key
from actions.production.catalogue import Alloy, catalogue
from actions.turn import Entity, Turn

NAMES = ("alloy", "alloy_group", "unknown_alloy", "foreign_material")
#: More alloys than this make no answer a customer reads.
MOST = 4


def written(turn: Turn, entity: Entity) -> str:
    """The customer's own words for an entity."""
    return turn.text[entity.get("start", 0) : entity.get("end", 0)].strip(" ()") or str(entity["value"])


def offer_person(turn: Turn) -> None:
    """A quick reply that leads to a person."""
    turn.offer({"reply": "utter_choice_human", "payload": "/human"})


def fetch_specialist(turn: Turn) -> None:
    """What a person has to decide goes to one: drinking water, food, pressure equipment, lifting, aviation, class approval."""
    if turn.hand_over("safety"):
        turn.say("utter_fetch_safety")


def sure(entities: Sequence[Entity]) -> list[Alloy]:
    """The distinct alloys among entities, typing errors left out."""
    names = dict.fromkeys(each["value"] for each in entities if each["entity"] == "alloy" and not each.get("near"))
    return [catalogue()[name] for name in names if name in catalogue()]


def earlier(turn: Turn) -> list[Alloy]:
    """The alloys the talk was about before this message."""
    before = (turn.tracker.get_slot("subject") or {}).get("entities") or {}
    return sure(before.get("alloy", []))


def group_asked(turn: Turn, alloys: Sequence[Alloy]) -> Entity | None:
    """An ambiguous name that none of the named alloys settles."""
    named = {alloy.designation for alloy in alloys}
    families = {alloy.family for alloy in alloys}
    groups = turn.said("alloy_group") if turn.said(*NAMES) else turn.about("alloy_group")
    for entity in groups:
        options = entity.get("options", [])
        if not named & set(options) and entity["value"] not in families:
            return entity
    return None


def settle(turn: Turn, intent: str, uses: tuple[str, ...]) -> list[Alloy]:
    """The alloys to answer for. Empty when the name was unclear, unknown or missing: then the question is already said."""
    said = turn.said(*NAMES)
    near = next((each for each in said if each.get("near")), None)
    if near:
        turn.remember(intent, uses, alloy=[])
        ask_near(turn, near)
        return []
    alloys = sure(said) if said else sure(turn.about("alloy"))
    if alloys:
        kept = [each for each in turn.about("alloy") if not each.get("near")]
        turn.remember(intent, uses, alloy=kept, alloy_group=[])
        return alloys[:MOST]
    group = group_asked(turn, [])
    if group:
        turn.remember(intent, uses, alloy=[])
        ask_group(turn, group)
    elif said:
        refuse(turn, said)
    else:
        ask_alloy(turn)
    return []


def ask_near(turn: Turn, entity: Entity) -> None:
    """A typing error or a name we are not sure of: did you mean?"""
    options = [catalogue()[name] for name in entity.get("options") or [entity["value"]]]
    turn.say("utter_alloy_did_you_mean", written=written(turn, entity), names=[alloy.label for alloy in options])
    turn.offer(*({"title": alloy.title, "alloy": alloy.designation} for alloy in options))


def ask_group(turn: Turn, entity: Entity) -> None:
    """A name of several alloys: which one?"""
    turn.say("utter_alloy_which", group=f"alloy_group.{entity['value']}")
    turn.offer(*({"title": catalogue()[name].title} for name in entity["options"]))


def ask_alloy(turn: Turn) -> None:
    """No alloy at all: which one? The usual ones as quick replies."""
    turn.say("utter_alloy_none_named")
    turn.offer(*({"title": catalogue()[name].title} for name in ("CC491K", "CC333G", "EN AC-42000", "EN AC-44100")))


def refuse(turn: Turn, said: Sequence[Entity]) -> None:
    """A material we do not cast, or a designation nobody here knows."""
    foreign = next((each for each in said if each["entity"] == "foreign_material"), None)
    if foreign:
        turn.say("utter_not_cast", material=f"material.{foreign['value']}")
    else:
        unknown = next(each for each in said if each["entity"] == "unknown_alloy")
        turn.say("utter_alloy_unknown", written=unknown["value"])
    offer_person(turn)


def read_back(turn: Turn, alloys: Sequence[Alloy]) -> list[str]:
    """Say which designation a name from another standard means: LM25 is EN AC-42000. Designations that were said."""
    told = []
    for alloy in alloys:
        name = other_name(turn, alloy)
        if name:
            turn.say("utter_alloy_means", written=name, alloy=alloy.label)
            told.append(alloy.designation)
    return told


def other_name(turn: Turn, alloy: Alloy) -> str | None:
    """What the customer called an alloy, when that is no part of our name for it."""
    for entity in turn.said("alloy"):
        name = written(turn, entity)
        if (
            entity["value"] == alloy.designation
            and key(name) not in key(alloy.label)
            and key(alloy.designation) not in key(name)
        ):
            return name
    return None
