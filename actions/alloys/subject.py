"""Which alloys a question is about: what was said, or else what was talked of; what is unclear becomes a question."""

from collections.abc import Sequence

from actions.alloys.asked import denied
from actions.production.alloy_names import key
from actions.production.catalogue import Alloy, catalogue
from actions.production.recommendation import recommendations
from actions.turns.question_words import asks
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import words

NAMES = ("alloy", "alloy_group", "unknown_alloy", "foreign_material")
#: What names an alloy that is cast here.
_METALS = ("alloy", "alloy_group")
#: More alloys than this make no answer a customer reads.
MOST = 4
#: Questions whose answers are about alloys.
ALLOY_TOPICS = ("alloy_property", "alloy_comparison", "alloy_recommendation", "alloy_offered")
USE_ASKED = "utter_recommend_use"
#: «Which one?» is asked of two or more, shown no more than so many messages ago, and in no more words than this.
FEWEST, FRESH, ASKS_WHICH = 2, 3, 10
#: A message that names another part and asks nothing else has no more words.
NAMES_A_PART = 4
#: The common ground's name for the one alloy of several that an answer named first.
PICKED = "picked"
#: The common ground's name for a name of several alloys that was asked about: its alloys are no proposals.
ASKED_GROUP = "asked_group"
#: So many words may stand between «you» and «choose».
_GAP = 4
#: «Ok, we'll take that one» has no more words.
FEW_TAKE = 6
#: How a name points that means one alloy because of the talk.
TALKED_OF = "talked_of"
#: How «the other» points (actions/turns/pointing.py).
OTHER = "other"
#: How the designations of the aluminium standard begin, and how many digits follow.
_NUMBERED, _DIGITS = "EN AC-", 5


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


def hear_names(turn: Turn) -> None:
    """Complete what names of alloys mean by the names beside them and by the talk.

    A bare number beside a designation is one too («EN AC-43000 or 44300»); a name of several alloys that are much the same
    means the one of them that was talked of («aluminium bronze» after AB2). What is said not to be meant is left out.
    """
    meant = [
        each for each in turn.entities if each["entity"] not in _METALS or not denied(turn.text, each.get("start", 0))
    ]
    if any(each["entity"] in _METALS for each in meant):
        turn.entities = meant
    turn.entities = [_by_talk(turn, _by_name_beside(turn, each)) for each in turn.entities]


def _by_name_beside(turn: Turn, entity: Entity) -> Entity:
    number = str(int(entity["value"])) if entity["entity"] == "number" and float(entity["value"]).is_integer() else ""
    pattern = next((each["value"] for each in turn.said("alloy") if str(each["value"]).startswith(_NUMBERED)), None)
    if pattern and len(number) == _DIGITS:
        return {**entity, "entity": "unknown_alloy", "value": f"{_NUMBERED}{number}"}
    return entity


def _by_talk(turn: Turn, entity: Entity) -> Entity:
    if entity["entity"] != "alloy_group" or turn.said("alloy"):
        return entity
    options = [catalogue()[name] for name in entity.get("options", ())]
    talked_of = [alloy for alloy in earlier(turn) if alloy in options]
    alike = len({alloy.melt_group for alloy in options}) == 1
    if not alike or len(talked_of) != 1:
        # Where some of them have just been proposed, those are meant, the first of them first.
        talked_of = [alloy for alloy in proposed(turn) if alloy in options][:1]
    if not talked_of:
        return entity
    return {**entity, "entity": "alloy", "value": talked_of[0].designation, "reference": TALKED_OF}


def sure(entities: Sequence[Entity]) -> list[Alloy]:
    """The distinct alloys among entities, typing errors left out."""
    names = dict.fromkeys(each["value"] for each in entities if each["entity"] == "alloy" and not each.get("near"))
    return [catalogue()[name] for name in names if name in catalogue()]


def earlier(turn: Turn) -> list[Alloy]:
    """The alloys the talk was about before this message."""
    return sure(turn.before.about("alloy"))


def proposed(turn: Turn) -> list[Alloy]:
    """The alloys of the last list, where an answer has proposed or compared them: not those that one name can mean."""
    before = turn.before
    if before.topic not in ALLOY_TOPICS or before.said_by(ASKED_GROUP):
        return []
    shown = [str(each["value"]) for each in before.list_shown if each["kind"] == "alloy"]
    return [catalogue()[name] for name in shown if name in catalogue()]


def among_compared(turn: Turn) -> bool:
    """Whether a question is about the alloys just compared («which one is lead free?») and not for an alloy at large."""
    if named(turn, *NAMES) or tells_use(turn):
        return False
    if len(sure(turn.said("alloy"))) > 1:
        return True
    if any(each.get("reference") in (TALKED_OF, OTHER) for each in turn.said("alloy")):
        # «The aluminium bronze» is a name too; so is «the other».
        return False
    compared = turn.before.topic == "alloy_comparison" and len(earlier(turn)) > 1
    return (compared and not asks(turn.text, "any_alloy")) or asks_which(turn)


def weighed(turn: Turn) -> list[Alloy]:
    """The alloys that were shown side by side lately: compared, proposed, or those that one name can mean.

    Those that the customer has named since go before them.
    """
    before = turn.before
    named_since = those_named(turn)
    if named_since:
        return [catalogue()[each] for each in named_since]
    shown = [each for each in before.list_shown if each["kind"] == "alloy"]
    if before.topic not in ALLOY_TOPICS or len(shown) < FEWEST:
        return []
    fresh = before.turn - int(shown[0].get("turn") or 0) < FRESH
    return [catalogue()[str(each["value"])] for each in shown if each["value"] in catalogue()] if fresh else []


def those_named(turn: Turn) -> list[str]:
    """The designations that the customer named one after another, since a list was shown: two at least, or none."""
    before = turn.before
    if before.topic not in ALLOY_TOPICS:
        return []
    shown = [int(each.get("turn") or 0) for each in before.list_shown if each["kind"] == "alloy"]
    found = [each for each in before.named_lately("alloy", max(shown, default=0)) if each in catalogue()]
    return found if len(found) >= FEWEST else []


def note_picked(turn: Turn, alloy: Alloy) -> None:
    """Keep which alloy an answer named first: «we'll take it» means that one."""
    turn.ground.note(PICKED, [{"entity": "alloy", "value": alloy.designation}], "database")


def picked(turn: Turn) -> list[Entity]:
    """The alloy that the answer just given named first, unless the customer has named one since."""
    before = turn.before
    at, named_at = before.since(PICKED), before.since("alloy")
    fresh = at is not None and before.turn - at < FRESH - 1 and (named_at is None or named_at <= at)
    return before.about(PICKED) if fresh else []


def find_picked(turn: Turn) -> None:
    """«I'll take that one», «det du anbefaler»: the alloy that the answer just given named first is named."""
    chosen = picked(turn)
    where = words("alloys").where(turn.text, "recommended")
    if turn.slot("question") and len(turn.text.split()) <= FEW_TAKE:
        # «Ok den», right after the proposal.
        where = where or words("alloys").where(turn.text, "that_one")
    if not chosen or where is None or turn.asks or turn.said(*NAMES):
        return
    turn.entities.append({**chosen[0], "start": where[0], "end": where[1], "reference": TALKED_OF})


def takes(text: str) -> bool:
    """Whether words of taking stand in a text: «put me down for ...», «da blir det ...»."""
    return words("alloys").says(text, "takes") or words("orders").says(text, "takes")


def left_to_us(text: str) -> bool:
    """Whether the choice is left to us: «dere velger», «up to you»."""
    known = words("alloys")
    either = known.near(text, "chooser", "chooses", _GAP) or known.near(text, "chooses", "chooser", 2)
    return either or known.says(text, "left_to_us")


def asks_heavy(turn: Turn) -> bool:
    """«And is it heavy?» of an alloy that was talked of, where no casting is weighed."""
    if turn.before.topic not in ALLOY_TOPICS or turn.said("weight", "dimensions", "property", "part_no", "order_no"):
        return False
    return (
        bool(sure(turn.about("alloy")))
        and len(turn.text.split()) <= ASKS_WHICH
        and words("alloys").says(turn.text, "heavy")
    )


def asks_which(turn: Turn) -> bool:
    """Whether it is asked which of the alloys shown side by side: «which one is then», «hvilken ville du valgt?»"""
    if (
        named(turn, *NAMES)
        or turn.said("quantity", "weight")
        or len(turn.text.split()) > ASKS_WHICH
        or (left_to_us(turn.text) and not turn.asks)
        or not weighed(turn)
    ):
        return False
    return words("alloys").says(turn.text, "which_of_them") and not asks(turn.text, "any_alloy")


def tells_use(turn: Turn) -> bool:
    """Whether a message tells the use that was asked for, or states a part: proposals are made, whatever was compared."""
    uses = {str(each["value"]) for each in turn.said("application")}
    of_part = bool(uses & recommendations().parts) and (not turn.asks or names_another_part(turn))
    told = bool(uses) and (USE_ASKED in turn.last_said or of_part)
    return told and not named(turn, *NAMES) and not asks_which(turn)


def names_another_part(turn: Turn) -> bool:
    """«The spindle nut then?»: hardly more than a part is named, and nothing is asked of the alloys talked of."""
    parts = {str(each["value"]) for each in turn.said("application")} & recommendations().parts
    few = len(turn.text.split()) <= NAMES_A_PART and not turn.said("property", *NAMES)
    return bool(parts) and few and turn.before.topic in ALLOY_TOPICS


def named(turn: Turn, *names: str) -> list[Entity]:
    """What the message itself names; «those» and «the first» only point at it."""
    return [each for each in turn.said(*names) if not each.get("reference")]


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
    if "utter_alloy_which" in turn.last_said:
        # It was asked, and not told: the same list a second time helps nobody.
        turn.say("utter_alloy_which_open")
        return
    turn.say("utter_alloy_which", group=f"alloy_group.{entity['value']}")
    show_alloys(turn, [catalogue()[name] for name in entity["options"]])
    turn.ground.note(ASKED_GROUP, [entity], "database")
    turn.offer(*({"title": catalogue()[name].title} for name in entity["options"]))


def take_usual(turn: Turn) -> list[Entity]:
    """Several names set against each other, some of them of several alloys: each of those stands for its usual alloy.

    That is the first of its options which no narrower name took. The names replaced, each with its ``usual``.
    """
    groups = [each for each in turn.said("alloy_group") if each.get("options")]
    named = dict.fromkeys([alloy.designation for alloy in sure(turn.said("alloy"))])
    if not named and len({str(each["value"]) for each in groups}) == 1:
        # «Would aluminium be lighter?» sets it against what was talked of.
        options = groups[0]["options"]
        talked_of = sure(picked(turn)) or earlier(turn) or proposed(turn)
        named = dict.fromkeys([alloy.designation for alloy in talked_of if alloy.designation not in options][:1])
    if len(groups) + len(named) < FEWEST or len({str(each["value"]) for each in groups}) + len(named) < FEWEST:
        return []
    usual: dict[str, str] = {}
    for group in sorted(groups, key=lambda each: len(each["options"])):
        others = {*named, *(name for kind, name in usual.items() if kind != group["value"])}
        usual[group["value"]] = next(
            (each for each in _by_use(group["options"]) if each not in others), group["options"][0]
        )
    taken = [{**group, "usual": usual[group["value"]]} for group in groups]
    by_start = {each["start"]: each for each in taken}
    turn.entities = [
        {
            "entity": "alloy",
            "value": by_start[each["start"]]["usual"],
            "start": each["start"],
            "end": each["end"],
            "usual": True,
        }
        if each["entity"] == "alloy_group" and each["start"] in by_start
        else each
        for each in turn.entities
    ]
    return taken


def _by_use(options: Sequence[str]) -> list[str]:
    """The alloys of a name: of those much the same, the one that is proposed for most uses goes first."""
    if len({catalogue()[each].melt_group for each in options}) > 1:
        return list(options)
    proposals = [each.alloy.designation for entry in recommendations().entries for each in entry.candidates]
    uses = {each: proposals.count(each) for each in options}
    return sorted(options, key=lambda each: -uses[each])


def show_alloys(turn: Turn, alloys: Sequence[Alloy]) -> None:
    """Remember alloys that stand side by side in an answer."""
    turn.ground.note(ASKED_GROUP, [])
    known = [each.lead.max_pct for each in alloys if each.lead.max_pct is not None]
    turn.show_list("alloy", [(each.designation, _marks(each, min(known, default=None))) for each in alloys])


def _marks(alloy: Alloy, least: float | None) -> list[str]:
    free = ["lead_free"] if alloy.lead_free else []
    return [*free, *(["least_lead"] if least is not None and alloy.lead.max_pct == least else [])]


def ask_alloy(turn: Turn) -> None:
    """No alloy at all: which one? The usual ones as quick replies."""
    turn.say("utter_alloy_none_named")
    turn.offer(*({"title": catalogue()[name].title} for name in ("CC491K", "CC333G", "EN AC-42000", "EN AC-44100")))


def answer_rest(turn: Turn) -> bool:
    """Leave out what was refused, and what its own words mean beside («ductile iron»). True when alloys of ours were named too."""
    refused = [each for each in turn.entities if each["entity"] in ("foreign_material", "unknown_alloy")]
    spans = [(int(each.get("start", 0)), int(each.get("end", 0))) for each in refused]
    turn.entities = [
        each
        for each in turn.entities
        if each not in refused and not any(start <= each.get("start", -1) < end for start, end in spans)
    ]
    return bool(turn.said("alloy", "alloy_group"))


def refuse(turn: Turn, said: Sequence[Entity]) -> None:
    """A material we do not cast, or a designation nobody here knows."""
    foreign = [f"material.{each['value']}" for each in said if each["entity"] == "foreign_material"]
    if foreign:
        turn.say("utter_not_cast", materials=list(dict.fromkeys(foreign)))
    for each in said if not foreign else ():
        if each["entity"] == "unknown_alloy":
            turn.say("utter_alloy_unknown", written=each["value"])
    offer_person(turn)


def read_back(turn: Turn, alloys: Sequence[Alloy]) -> list[str]:
    """Say which designation a name from another standard means: LM25 is EN AC-42000. Designations that were said."""
    told = []
    for alloy in alloys:
        name = other_name(turn, alloy)
        if name:
            turn.say("utter_alloy_close" if only_close(name) else "utter_alloy_means", written=name, alloy=alloy.label)
            told.append(alloy.designation)
    return told


def only_close(name: str) -> bool:
    """Whether a name is that of a foreign alloy whose limits are not those of ours: C93200 is much like CC493K."""
    return key(name) in {key(each) for each in catalogue().words["close"]}


def only_loose(name: str) -> bool:
    """Whether a name is an older or loose one, which alone does not say whose limits hold: CuAl10Ni."""
    return key(name) in {key(each) for each in catalogue().words["loose"]}


def other_name(turn: Turn, alloy: Alloy) -> str | None:
    """What the customer called an alloy, when that is no part of our name for it."""
    for entity in named(turn, "alloy"):
        name = written(turn, entity)
        if (
            entity["value"] == alloy.designation
            and key(name) not in key(alloy.label)
            and key(alloy.designation) not in key(name)
        ):
            return name
    return None
