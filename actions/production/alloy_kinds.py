"""What narrows a name of several alloys: an element that is told with it, or that it must hold no lead."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from actions.production.catalogue import Alloy, catalogue

_SYMBOL = re.compile(r"[A-Z][a-z]?")
#: More alloys than this are no narrower a name.
_MOST = 4


def narrowed(group: str, options: Sequence[str], ahead: str, behind: str) -> tuple[list[str], int]:
    """The options of an ambiguous name that what stands around it leaves, and how much of ``behind`` said so.

    All of them when nothing is told, or nothing of ours has it.
    """
    said = _said(ahead, behind)
    if said is None:
        return list(options), 0
    kind, length = said
    wider = [name for name, alloy in catalogue().alloys.items() if alloy.symbol.startswith(_wider(group))]
    found = [name for name in dict.fromkeys([*options, *wider]) if _has(catalogue()[name], kind)]
    return (found[:_MOST], length) if found else (list(options), 0)


def holding(text: str, options: Iterable[str]) -> list[str]:
    """Those of several alloys that hold an element the text names («the one with nickel»); empty when it names none."""
    found = re.search(rf"(?<!\w)(?:{_patterns()['with']})\s+(?:(?:{_patterns()['some']})\s+)?{_element()}", text, re.I)
    kind = _kind(found) if found else None
    return [name for name in options if kind and name in catalogue() and _has(catalogue()[name], kind)]


def _said(ahead: str, behind: str) -> tuple[str, int] | None:
    words = _patterns()
    free = rf"(?:{words['lead_free']})"
    if re.search(rf"(?<!\w){free}\s+$", ahead, re.I) or re.match(rf"[\s,]*{free}(?!\w)", behind, re.I):
        return "lead_free", 0
    led = rf"(?:(?:{words['with']})\s+)(?:(?:{words['some']})\s+)?"
    found = re.match(rf"[\s,(]*{led}{_element()}\)?", behind, re.I)
    if found:
        return _kind(found), found.end()
    before = re.search(rf"(?<!\w){_element(open_end=True)}(?:[\s-]?(?:{words['holding']}))?\s+$", ahead, re.I)
    return (_kind(before), 0) if before else None


def _kind(found: re.Match[str]) -> str:
    return next(name for name, text in found.groupdict().items() if text)


def _has(alloy: Alloy, kind: str) -> bool:
    return alloy.lead_free if kind == "lead_free" else kind in _SYMBOL.findall(alloy.symbol)


def _wider(group: str) -> tuple[str, ...]:
    return tuple(catalogue().words["qualifiers"]["wider"].get(group, ()))


@lru_cache(maxsize=1)
def _patterns() -> dict[str, str]:
    content: dict[str, Any] = catalogue().words["qualifiers"]
    return {name: _any(content[name]) for name in ("with", "some", "holding", "lead_free")}


@lru_cache(maxsize=2)
def _element(open_end: bool = False) -> str:
    elements = catalogue().words["qualifiers"]["elements"]
    end = "" if open_end else r"(?!\w)"
    return "(?:" + "|".join(f"(?P<{name}>(?:{_any(written)}){end})" for name, written in elements.items()) + ")"


def _any(written: Iterable[str]) -> str:
    return "|".join(
        r"\s+".join(map(re.escape, each.rstrip("*").split())) + (r"\w*" if each.endswith("*") else "")
        for each in sorted(map(str, written), key=len, reverse=True)
    )
