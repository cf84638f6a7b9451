"""What a metal is like in use, in ordinary words: colour, weather, rust, magnets, another metal beside it. General, and said as such.

The table is ``data/catalogue/advice.yml``, the words that ask are ``data/words/advice.yml``.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from actions.alloys.subject import MOST, NAMES, offer_person, proposed, sure
from actions.production.catalogue import Alloy, CatalogueError, catalogue
from actions.turns.reading import Entity
from actions.turns.turn import Turn
from actions.turns.words import blanked, words
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

TABLE = ROOT / "data" / "catalogue" / "advice.yml"
#: So many words may stand between «turns» and «green», or «with» and «stainless».
_GAP = 4
#: Names of metals we cast: a colour or another metal within them is none.
_NAMES = ("alloy", "alloy_group")


class Advice:
    """The table: a code for each topic and kind of metal. Raises CatalogueError for a melt group it does not know."""

    def __init__(self) -> None:
        content: Mapping[str, Any] = read_yaml(TABLE)
        self.kinds: Mapping[str, Mapping[str, Any]] = content["kinds"]
        self.shown: list[str] = content["shown"]
        self.topics: Mapping[str, Mapping[str, str]] = content["topics"]
        self._kind_of = {group: kind for kind, each in self.kinds.items() for group in each["groups"]}
        missing = {alloy.melt_group for alloy in catalogue().alloys.values()} - self._kind_of.keys()
        if missing or any(codes.keys() != self.kinds.keys() for codes in self.topics.values()):
            raise CatalogueError(f"advice.yml: kinds missing, melt groups without one: {sorted(missing)}")

    def code(self, topic: str, alloy: Alloy) -> str:
        """What is said about an alloy on a topic."""
        return self.topics[topic][self._kind_of[alloy.melt_group]]


@lru_cache(maxsize=1)
def advice() -> Advice:
    """The table of this process, read once."""
    return Advice()


def topics_asked(text: str, entities: Iterable[Entity] = (), start: int = 0) -> list[str]:
    """The topics of the table that words ask about, in its order; «what is red brass?» asks for no colour.

    ``start``: where the text begins in the message that the entities stand in.
    """
    known = words("advice")
    spans = (
        (each["start"] - start, each["end"] - start)
        for each in entities
        if each["entity"] in _NAMES and "start" in each
    )
    text = blanked(text, spans)
    told = {
        "colour": known.says(text, "colour") or known.near(text, "looks", "tone", _GAP),
        "weather": known.says(text, "weather") or known.near(text, "turns", "dark", _GAP),
        "rust": known.says(text, "rust"),
        "magnetic": known.says(text, "magnetic"),
        "galvanic": known.says(text, "galvanic")
        or known.near(text, "beside", "other_metal", 1)
        or known.near(text, "other_metal", "fastener", 1)
        or known.near(text, "touches", "other_metal", _GAP),
    }
    return [topic for topic in advice().topics if told[topic]]


def asks_to_mend(turn: Turn) -> bool:
    """Whether a broken part of the customer's own is to be welded or mended: no weldability of an alloy is asked for."""
    said = words("advice")
    if turn.said("alloy", "alloy_group"):
        return False
    if said.says(turn.text, "mends"):
        return bool(turn.asks)
    told = (str(event.get("text") or "") for event in turn.tracker.events if event.get("event") == "user")
    return said.says(turn.text, "weld_it") and any(said.says(each, "broken") for each in (*told, turn.text))


def say_mending(turn: Turn) -> None:
    """Whether a broken part can be mended is for people; what we do is cast a new one."""
    turn.say("utter_advice_mend")
    turn.offer({"reply": "utter_start_choice_quote", "payload": "/place_order"})
    offer_person(turn)


def say_advice(turn: Turn, topics: Sequence[str]) -> None:
    """What holds for the alloys meant, those alike in one line; for each kind of metal where none is meant."""
    alloys = _meant(turn)
    for topic in topics:
        if alloys:
            by_code: dict[str, list[str]] = {}
            for alloy in alloys:
                by_code.setdefault(advice().code(topic, alloy), []).append(alloy.title)
            for code, names in by_code.items():
                turn.say("utter_advice", names=names, says=f"advice.{code}")
        else:
            _say_kinds(turn, topic)
    turn.say("utter_advice_general")
    offer_person(turn)


def _say_kinds(turn: Turn, topic: str) -> None:
    by_code: dict[str, list[str]] = {}
    for kind in advice().shown:
        by_code.setdefault(advice().topics[topic][kind], []).append(f"alloy_group.{advice().kinds[kind]['name']}")
    for code, kinds in by_code.items():
        turn.say("utter_advice_kinds", kinds=kinds, says=f"advice.{code}")


def _meant(turn: Turn) -> list[Alloy]:
    """The alloys named, all that a name named can mean, or those talked of."""
    if turn.said(*NAMES):
        groups = [catalogue()[name] for each in turn.said("alloy_group") for name in each.get("options", ())]
        return list(dict.fromkeys([*sure(turn.said("alloy")), *groups]))
    talked_of = sure(turn.about("alloy")) or proposed(turn)
    groups = [catalogue()[name] for each in turn.about("alloy_group") for name in each.get("options", ())]
    return talked_of[:MOST] or groups
