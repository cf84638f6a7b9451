"""Says single facts about an alloy, each with where it comes from. Used by the answers on alloys."""

from collections.abc import Callable, Iterable

from actions.alloys.subject import fetch_specialist, offer_person
from actions.production.catalogue import RATINGS, Alloy, Condition, catalogue
from actions.production.recommendation import recommendations
from actions.turns.sources import Source, say_sources
from actions.turns.turn import Turn

MINIMA = {"uts": "uts_mpa", "proof": "proof_mpa", "elongation": "elongation_pct", "hardness": "hardness_hbw"}
#: Uses that end with a person, whatever the catalogue says.
SAFETY = frozenset({"drinking_water", "food", "pressure_equipment", "lifting", "aviation", "class_approval"})
PHYSICAL = ("density", "melting", "electrical", "thermal", "expansion", "shrinkage")
#: What a use asks of a named alloy.
PROPERTY_OF_USE = {
    "seawater": "seawater", "drinking_water": "drinking_water", "weldable": "weldability", "lead_free": "lead",
    "pressure_tight": "pressure_tightness", "machining": "machinability", "electrical": "electrical",
    "anodised": "anodising", "thin_wall": "castability", "high_strength": "strength", "ductile": "elongation",
    "light": "density", "low_cost": "price", "wear": "hardness",
}  # fmt: skip


class Facts:
    """Collects the lines of one answer; ``finish`` adds the sources they rest on, in one line."""

    def __init__(
        self,
        turn: Turn,
        tempers: tuple[str, ...] = (),
        wanted: dict[str, float] | None = None,
        named: Iterable[str] = (),
        notes: bool = True,
    ) -> None:
        """``named``: designations of alloys whose full name stands in the answer already; ``notes``: say remarks too."""
        self._with_notes = notes
        self.turn = turn
        self._named = set(named)
        self.tempers = tempers
        self.wanted = wanted or {}
        self.sources: dict[Source, None] = {}
        self.remarks: dict[str, None] = {}
        self.notes: dict[str, None] = {}
        #: What holds for all alloys told, said once.
        self.closing: dict[str, None] = {}
        #: Whether the temper asked for is none of the alloy's, and its others were told before.
        self.no_temper = False
        #: Whether something was said that a person has to judge.
        self.person = False
        #: Whether it must go to one.
        self.safety = False

    def say(self, alloy: Alloy, name: str) -> None:
        """One property, ``strength`` for all minima, or a use that a person has to judge."""
        special: dict[str, Callable[[Alloy], None]] = {
            "lead": self._lead, "seawater": self._seawater, "drinking_water": self._drinking_water, "uses": self._uses,
            "names": self._names, "composition": self._composition, "anodising": self._anodising, "melting": self._melting,
        }  # fmt: skip
        if name == "strength" or name in MINIMA:
            self._minima(alloy, name)
        elif name in special:
            special[name](alloy)
        elif name in PHYSICAL:
            self._physical(alloy, name)
        elif name in RATINGS:
            self._rating(alloy, name)
        elif name in recommendations().guarded:
            self.turn.say("utter_alloy_guarded", alloy=self._name(alloy), application=f"application.{name}")
            self.safety = self.safety or name in SAFETY
            self.person = True
        else:
            self.turn.say("utter_alloy_price" if name == "price" else "utter_alloy_no_data", alloy=self._name(alloy))
            self.person = True

    def finish(self) -> None:
        """Notes and sources after all lines, and a person where one has to judge."""
        for designation in self.notes if self._with_notes else ():
            self.turn.say(f"utter_alloy_note_{slug(designation)}")
        for reply in self.remarks if self._with_notes else ():
            self.turn.say(reply)
        for reply in self.closing:
            self.turn.say(reply)
        say_sources(self.turn, list(self.sources))
        if self.safety:
            fetch_specialist(self.turn)
        elif self.person:
            offer_person(self.turn)

    def _name(self, alloy: Alloy) -> str:
        """The full name the first time, then the designation alone."""
        if alloy.designation in self._named:
            return alloy.designation
        self._named.add(alloy.designation)
        return alloy.label

    def _source(self, name: str, standard: str = "") -> None:
        self.sources.setdefault((name, standard))

    def _remark(self, reply: str) -> None:
        """What the law asks beside the figure: said once for all alloys."""
        self.remarks.setdefault(reply)

    def _conditions(self, alloy: Alloy) -> list[Condition]:
        """The conditions to show: those asked for, or all; says when one asked for does not exist."""
        if not self.tempers:
            return list(alloy.conditions)
        if "hardened" in self.tempers:
            return [each for each in alloy.conditions if each.temper != "F"] or list(alloy.conditions)
        found = [each for each in alloy.conditions if each.temper in self.tempers]
        if not found and self._told_before(alloy):
            self.no_temper = True
        asked = [str(each["value"]) for each in self.turn.about("temper")]
        missing = [temper for temper in self.tempers if temper in asked and alloy.condition(temper) is None]
        if missing:
            self.turn.say(
                "utter_alloy_no_temper", alloy=self._name(alloy), temper=missing[0],
                conditions=[f"condition.{each.temper}" for each in alloy.conditions],
            )  # fmt: skip
        return found if found or self._told_before(alloy) else list(alloy.conditions)

    def _told_before(self, alloy: Alloy) -> bool:
        """Whether the question before was about this alloy: its other conditions were told, and its remarks."""
        before = self.turn.before
        named = any(each["value"] == alloy.designation for each in before.about("alloy"))
        return named and before.topic == self.turn.topic == "alloy_property"

    def _minima(self, alloy: Alloy, name: str) -> None:
        shown = [each for each in self._conditions(alloy) if each.minima]
        for condition in shown:
            if name == "strength":
                self._all_minima(alloy, condition)
            else:
                self._one_minimum(alloy, condition, name)
        if any(each.minima and each.minima.by_records for each in shown):
            self.turn.say("utter_alloy_by_records", join=" ")
        if shown:
            self._source("minima", alloy.standard)
        elif not self.no_temper:
            self.turn.say("utter_alloy_minima_hidden", alloy=self._name(alloy))
            self.person = True
        asked = any(each.temper in self.tempers for each in shown)
        told = asked or (self._told_before(alloy) and not self.no_temper)
        if alloy.designation in catalogue().words["notes"]["strength"] and not told:
            self.notes.setdefault(alloy.designation)

    def _all_minima(self, alloy: Alloy, condition: Condition) -> None:
        minima = condition.minima
        assert minima is not None
        self.turn.say(
            "utter_alloy_minima", alloy=self._name(alloy), condition=f"condition.{condition.temper}", uts=minima.uts_mpa,
            proof=minima.proof_mpa, elongation=minima.elongation_pct, hardness=minima.hardness_hbw,
        )  # fmt: skip

    def _one_minimum(self, alloy: Alloy, condition: Condition, name: str) -> None:
        value = getattr(condition.minima, MINIMA[name])
        below = "_below" if isinstance(value, str) else ""
        shown = value.removeprefix("<") if isinstance(value, str) else value
        self.turn.say(
            f"utter_alloy_{name}{below}",
            alloy=self._name(alloy),
            condition=f"condition.{condition.temper}",
            value=shown,
        )
        wanted = self.wanted.get(name)
        if wanted is not None and not below:
            reply = "utter_alloy_wanted_met" if wanted <= value else f"utter_alloy_wanted_above_{alloy.family}"
            self.turn.say(reply, wanted=wanted, value=value, join=" ")

    def _physical(self, alloy: Alloy, name: str) -> None:
        by_value: dict[float | str, list[str]] = {}
        for condition in alloy.conditions:
            value = getattr(condition, name)
            if value is not None:
                by_value.setdefault(value, []).append(f"condition.{condition.temper}")
        if not by_value:
            self.turn.say("utter_alloy_no_figure", alloy=self._name(alloy), property=f"property.{name}")
            self.person = True
            return
        for value, conditions in by_value.items():
            split = "_in" if len(by_value) > 1 else ""
            self.turn.say(f"utter_alloy_{name}{split}", alloy=self._name(alloy), value=value, conditions=conditions)
        self._source("pattern" if name == "shrinkage" else f"physical_{alloy.physical_confidence}")

    def _melting(self, alloy: Alloy) -> None:
        melting = alloy.conditions[0].melting
        if melting is None:
            self.turn.say("utter_alloy_no_figure", alloy=self._name(alloy), property="property.melting")
            self.person = True
            return
        self.turn.say("utter_alloy_melting", alloy=self._name(alloy), low=melting[0], high=melting[1])
        self._source(f"physical_{alloy.physical_confidence}")

    def _rating(self, alloy: Alloy, name: str) -> None:
        self.turn.say(
            "utter_alloy_rating", alloy=self._name(alloy), property=f"property.{name}", rating=alloy.ratings[name]
        )
        confirmed = "_confirmed" if alloy.rating_confidence == "A" else ""
        self._source(f"rating_{alloy.scale}{confirmed}")
        if name == "weldability":
            self.closing.setdefault("utter_alloy_welding_agreed")
            self.person = True

    def _lead(self, alloy: Alloy) -> None:
        role = alloy.lead.role if alloy.lead.max_pct is not None else "no_figure"
        self.turn.say(
            f"utter_alloy_lead_{role}", alloy=self._name(alloy), value=alloy.lead.max_pct, standard=alloy.standard
        )
        if alloy.lead.reach == "yes":
            self._remark("utter_alloy_reach_yes")
        elif self._with_notes:
            self.turn.say(f"utter_alloy_reach_{alloy.lead.reach}", join=" ")
        if alloy.family == "copper" and alloy.lead.reach != "no":
            self._remark("utter_alloy_rohs_above" if (alloy.lead.max_pct or 0) > 4 else "utter_alloy_rohs_check")
        if alloy.designation in catalogue().words["notes"]["lead"]:
            self.notes.setdefault(alloy.designation)
        self._source("lead")

    def _seawater(self, alloy: Alloy) -> None:
        self.turn.say("utter_alloy_seawater", alloy=self._name(alloy), rating=f"seawater.{alloy.seawater}")
        if alloy.seawater_rule:
            self.turn.say("utter_alloy_seawater_rule", join=" ")
        self._source("seawater")

    def _drinking_water(self, alloy: Alloy) -> None:
        self.turn.say(f"utter_alloy_drinking_{alloy.drinking_water}", alloy=self._name(alloy))
        self._remark("utter_alloy_drinking_rule")
        if alloy.lead.max_pct is not None:
            self.turn.say("utter_alloy_drinking_lead", value=alloy.lead.max_pct, join=" ")
            self._source("lead")
        self.safety = True

    def _uses(self, alloy: Alloy) -> None:
        self.turn.say("utter_alloy_uses", alloy=self._name(alloy), uses=alloy.use(self.turn.language))

    def _names(self, alloy: Alloy) -> None:
        self.turn.say("utter_alloy_standard", alloy=self._name(alloy), standard=alloy.standard)
        if alloy.aliases:
            self.turn.say("utter_alloy_names", names=alloy.aliases[:8])
        if alloy.status != "current":
            self.turn.say(f"utter_alloy_status_{alloy.status}", standard=alloy.standard)

    def _composition(self, alloy: Alloy) -> None:
        self.turn.say("utter_alloy_composition", alloy=self._name(alloy), symbol=alloy.symbol, standard=alloy.standard)
        if alloy.lead.max_pct is not None:
            self.turn.say("utter_alloy_composition_lead", value=alloy.lead.max_pct, join=" ")

    def _anodising(self, alloy: Alloy) -> None:
        if alloy.family != "aluminium":
            self.turn.say("utter_alloy_anodising_copper", alloy=self._name(alloy))
            return
        kind = "usual" if recommendations().recommended(alloy, "anodised") else "ask"
        self.turn.say(f"utter_alloy_anodising_{kind}", alloy=self._name(alloy))
        self.person = True


def slug(designation: str) -> str:
    """The part of a text name that stands for an alloy: ``en_ac_42100``."""
    return designation.lower().replace(" ", "_").replace("-", "_")
