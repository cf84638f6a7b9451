"""Which alloys we propose for a use: the table ``data/catalogue/recommendations.yml`` and how it is read."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from actions.production.catalogue import Alloy, Catalogue, CatalogueError, catalogue
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

TABLE = ROOT / "data" / "catalogue" / "recommendations.yml"
WORDS = ROOT / "data" / "catalogue" / "alloy_words.yml"
REASONS = frozenset({
    "seawater", "strength", "lead_free", "lead_limit", "tightness", "machinability", "castability", "weldability",
    "density", "conductivity", "thermal", "hardness", "uses",
})  # fmt: skip
CAUTIONS = frozenset({
    "lead", "feeding", "velocity", "pores", "castability", "coating", "campaign", "shaft", "medium", "dezincification",
    "not_lead_free", "corrosion", "procedure",
})  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A proposed alloy with the codes of why and of what to mind."""

    alloy: Alloy
    reasons: tuple[str, ...]
    cautions: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """Proposals for a combination of needs."""

    needs: frozenset[str]
    candidates: tuple[Candidate, ...]


class Recommendations:
    """The table, checked against the catalogue. Raises CatalogueError for a wrong code or alloy."""

    def __init__(self, alloys: Catalogue, path: Path = TABLE) -> None:
        content: Mapping[str, Any] = read_yaml(path)
        self.dominant = frozenset(content["dominant"])
        self.guarded: tuple[str, ...] = tuple(content["guarded"])
        self.alone = frozenset(content["alone"])
        self.everyday = frozenset(content["everyday"])
        self.parts = frozenset(content["parts"])
        self.strict = frozenset(content["strict"])
        self.entries = tuple(
            Entry(frozenset(entry["needs"]), tuple(_candidate(alloys, each) for each in entry["candidates"]))
            for entry in content["entries"]
        )

    def choose(
        self, needs: Collection[str], without: Collection[str] = (), family: str | None = None
    ) -> list[Candidate]:
        """At most four proposals for all needs together. Empty: a person decides.

        ``without`` names alloys to be replaced; ``family`` keeps to aluminium or copper alloys.
        """
        wanted = frozenset(needs) | ({"light"} if family == "aluminium" else set())
        if wanted & self.alone:
            return []
        fitting = [entry for entry in self.entries if entry.needs <= wanted]
        if not fitting:
            return []
        # What fits best may hold nothing that meets every demand; then what fits next is looked through.
        for fit in sorted({self._fit(entry, wanted) for entry in fitting}, reverse=True):
            chosen = [entry for entry in fitting if self._fit(entry, wanted) == fit]
            for entries in (chosen, *([entry] for entry in chosen)):
                found = self._met(entries, wanted, without, family)
                if found:
                    return found
        return []

    def _met(
        self, entries: list[Entry], wanted: frozenset[str], without: Collection[str], family: str | None
    ) -> list[Candidate]:
        """What some entries propose that meets every demand, the best first."""
        further = wanted - frozenset[str]().union(*(entry.needs for entry in entries))
        found = [_with_reasons(each, wanted) for each in _common(entries)]
        kept = [each for each in found if each.alloy.designation not in without and family in (None, each.alloy.family)]
        strict = further & self.strict
        met = [
            each
            for each in kept
            if _meets(each.alloy, wanted) and all(self.recommended(each.alloy, need) for need in strict)
        ]
        return sorted(met, key=lambda each: _rank(each.alloy, further))[:4]

    def _fit(self, entry: Entry, wanted: frozenset[str]) -> tuple[int, int]:
        return len(entry.needs & self.dominant & wanted), len(entry.needs)

    def recommended(self, alloy: Alloy, need: str) -> bool:
        """Whether the table proposes an alloy for a single need."""
        return any(alloy == each.alloy for entry in self.entries if entry.needs == {need} for each in entry.candidates)

    def campaign(self, alloy: Alloy) -> bool:
        """Whether the alloy's melt group runs on campaign days only."""
        return alloy.melt_group not in self.everyday


def _candidate(alloys: Catalogue, each: Mapping[str, Any]) -> Candidate:
    wrong = set(each["reasons"]) - REASONS | set(each["cautions"]) - CAUTIONS
    if wrong or each["alloy"] not in alloys:
        raise CatalogueError(f"recommendations.yml: {each['alloy']}: unknown {sorted(wrong) or 'alloy'}")
    return Candidate(alloys[each["alloy"]], tuple(each["reasons"]), tuple(each["cautions"]))


def _common(entries: list[Entry]) -> Iterable[Candidate]:
    """What all equally good entries propose, or the first entry's proposals when they agree on nothing."""
    shared = set.intersection(*({each.alloy.designation for each in entry.candidates} for entry in entries))
    merged: dict[str, Candidate] = {}
    for entry in entries if shared else entries[:1]:
        for each in entry.candidates:
            if shared and each.alloy.designation not in shared:
                continue
            known = merged.get(each.alloy.designation, Candidate(each.alloy, (), ()))
            merged[each.alloy.designation] = Candidate(
                each.alloy,
                tuple(dict.fromkeys(known.reasons + each.reasons)),
                tuple(dict.fromkeys(known.cautions + each.cautions)),
            )
    return merged.values()


#: The reason that tells how well an alloy meets a demand which the chosen entries were not made for.
_TELLS = {
    "high_strength": "strength", "weldable": "weldability", "pressure_tight": "tightness", "machining": "machinability",
    "lead_free": "lead_free", "light": "density", "seawater": "seawater",
}  # fmt: skip


def _with_reasons(candidate: Candidate, further: Collection[str]) -> Candidate:
    told = tuple(reason for need, reason in _TELLS.items() if need in further)
    return Candidate(candidate.alloy, tuple(dict.fromkeys(told + candidate.reasons)), candidate.cautions)


def _rank(alloy: Alloy, further: Collection[str]) -> tuple[float, float]:
    """The order of equally good proposals: what is to be welded by its rating, then the strongest where strength is asked."""
    weldable = float("ABCDE12345".index(alloy.ratings["weldability"]) % 5) if "weldable" in further else 0.0
    strongest = max((float(each.minima.uts_mpa) for each in alloy.conditions if each.minima), default=0.0)
    return weldable, -strongest if "high_strength" in further else 0.0


def meets(alloy: Alloy, need: str) -> bool:
    """Whether the catalogue has nothing against an alloy in a use. A safe use is decided by a person all the same."""
    against = {
        "lead_free": not alloy.lead_free,
        "light": alloy.family != "aluminium",
        "anodised": alloy.family != "aluminium",
        "seawater": alloy.seawater == "D",
        "drinking_water": alloy.drinking_water == "not_acceptable",
    }
    return not against.get(need, False)


def _meets(alloy: Alloy, wanted: frozenset[str]) -> bool:
    """Demands an alloy meets or does not, whatever the table says."""
    return all(meets(alloy, need) for need in wanted)


@lru_cache(maxsize=1)
def recommendations() -> Recommendations:
    """The table of this process, loaded once."""
    return Recommendations(catalogue())


@lru_cache(maxsize=1)
def choices() -> Mapping[str, list[str]]:
    """The uses and media offered as quick replies: ``ask_application`` and ``ask_medium``."""
    content = read_yaml(WORDS)
    return {name: content[name] for name in ("ask_application", "ask_medium")}
