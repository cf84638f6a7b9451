"""The alloy catalogue: what we cast and what customers call it, loaded once; a wrong row or list is a start-up error."""

import csv
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from actions.production.alloy_names import key, lost_letters, nearest
from actions.production.alloys import RATINGS, Alloy, CatalogueError, Condition, Lead, Minima, read_alloy
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

__all__ = ["RATINGS", "Alloy", "Catalogue", "CatalogueError", "Condition", "Lead", "Minima", "Resolution", "catalogue"]

FOLDER = ROOT / "data" / "catalogue"


@dataclass(frozen=True)
class Resolution:
    """What a name means. One option: that alloy; several: ask; ``near``: a typing error or unverified name, ask."""

    options: tuple[str, ...]
    near: bool = False
    group: str | None = None


def _yaml(path: Path) -> dict[str, Any]:
    content = read_yaml(path)
    if not isinstance(content, dict):
        raise CatalogueError(f"{path.name}: not a mapping")
    return content


def _rows(path: Path) -> dict[str, list[dict[str, str]]]:
    grouped: dict[str, list[dict[str, str]]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if None in row or None in row.values():
                raise CatalogueError(
                    f"{path.name}: a row of {row.get('designation_en')!r} has the wrong number of columns"
                )
            grouped.setdefault(row["designation_en"], []).append(row)
    return grouped


class Catalogue:
    """All alloys by designation, and all names. Immutable after loading."""

    def __init__(self, folder: Path = FOLDER) -> None:
        words = _yaml(folder / "alloy_names.yml")
        self.alloys: dict[str, Alloy] = {
            designation: read_alloy(rows, words["common"]) for designation, rows in _rows(folder / "alloys.csv").items()
        }
        self.groups: dict[str, dict[str, Any]] = words["groups"]
        self.foreign: dict[str, dict[str, Any]] = words["foreign"]
        self.words: dict[str, Any] = words
        for name in words["common"]:
            self._known(name, "common")
        for group, content in self.groups.items():
            for name in content["options"]:
                self._known(name, group)
        self.names: dict[str, Resolution] = self._names()

    def _known(self, designation: str, where: str) -> None:
        if designation not in self.alloys:
            raise CatalogueError(f"alloy_names.yml, {where}: {designation!r} is not in alloys.csv")

    def __getitem__(self, designation: str) -> Alloy:
        """The alloy of a designation. Raises KeyError for another text: use ``resolve`` for what customers write."""
        return self.alloys[designation]

    def __contains__(self, designation: object) -> bool:
        return designation in self.alloys

    def _names(self) -> dict[str, Resolution]:
        """Every name by its key. Groups beat aliases, aliases beat unverified names, a name of several alloys asks."""
        sure, unsure = _collect(self.alloys.values(), self.words["spelled"])
        names = {name: Resolution(tuple(found), near=True) for name, found in unsure.items()}
        for name, found in sure.items():
            names[name] = Resolution(tuple(found), group=None if len(found) == 1 else name)
        for group, content in self.groups.items():
            for written in content["names"]:
                plain = written.rstrip("*")
                names[key(plain)] = names[lost_letters(plain)] = Resolution(tuple(content["options"]), group=group)
        loose = [name for name, found in names.items() if found.group and found.group not in self.groups]
        if loose:
            raise CatalogueError(
                f"alloys.csv: {loose} are aliases of several alloys and of no group in alloy_names.yml"
            )
        return names

    def resolve(self, name: str) -> Resolution | None:
        """What a name as written means; None when we do not know it. A typing error of a code comes back as ``near``."""
        wanted = key(name)
        found = self.names.get(wanted)
        if found:
            return found
        close = nearest(wanted, self.codes) if len(wanted) > 4 else []
        return Resolution(tuple(close), near=True) if close else None

    @cached_property
    def codes(self) -> dict[str, str]:
        """Designations and chemical symbols by key: what a typing error is compared with."""
        return {
            key(name): alloy.designation
            for alloy in self.alloys.values()
            for name in (alloy.designation, alloy.symbol, alloy.symbol.removesuffix("-C"))
        }


def _collect(
    alloys: Iterable[Alloy], spelled: Mapping[str, list[str]]
) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    sure: dict[str, list[str]] = {}
    unsure: dict[str, list[str]] = {}
    for alloy in alloys:
        for name in [*_spellings(alloy), *alloy.aliases, *spelled.get(alloy.designation, [])]:
            for form in {key(name), lost_letters(name)}:
                if alloy.designation not in sure.setdefault(form, []):
                    sure[form].append(alloy.designation)
        for name in alloy.unverified:
            if alloy.designation not in unsure.setdefault(key(name), []):
                unsure[key(name)].append(alloy.designation)
    return sure, {name: found for name, found in unsure.items() if name not in sure}


def _spellings(alloy: Alloy) -> Iterable[str]:
    """The designation and symbol with the usual abbreviations: 42100, AC-42100, EN CC491K, CC491, CuSn12."""
    number = alloy.designation.removeprefix("EN AC-")
    yield from (alloy.designation, alloy.symbol, alloy.symbol.removesuffix("-C"), f"EN {alloy.symbol}")
    if number != alloy.designation:
        yield from (number, f"AC-{number}", f"EN {number}", f"EN AC-{alloy.symbol}", f"EN AC-{number} {alloy.symbol}")
    elif re.fullmatch(r"CC\d{3}[A-Z]", alloy.designation):
        yield from (f"EN {alloy.designation}", alloy.designation[:-1], f"EN-{alloy.designation}-GS")


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """The catalogue of this process, loaded once. Raises CatalogueError when the data is wrong."""
    return Catalogue()
