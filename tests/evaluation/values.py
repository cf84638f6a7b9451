"""Values of an outside folder (``EVAL=``): what its sentences state, and what is read in them.

A sentence counts for a kind when it states a value of it; found is when each of its values is read. Foreign is a value
read of a kind that the sentence does not state so.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from rasa.shared.nlu.training_data.message import Message

KINDS = ("alloy", "quantity", "weight_kg", "week", "order")

#: Digits of a bare number that can only be an order's: which one it is, the customer's own orders tell.
SHORTEST = 5


@dataclass
class Found:
    """Counts of one kind of value."""

    sentences: int = 0
    stated: int = 0
    found: int = 0
    foreign: int = 0


def score_values(understanding: Any, folder: Path) -> dict[str, Found]:
    """Counts per kind over every ``sentences_*.yml``."""
    counts: dict[str, Found] = defaultdict(Found)
    for path in sorted(folder.glob("sentences_*.yml")):
        for each in yaml.safe_load(path.read_text(encoding="utf-8")):
            message = Message({"text": each["text"]})
            understanding.process([message], None)
            read = _read(message.get("entities"), each["text"])
            for kind in KINDS:
                stated = set(_stated(kind, (each.get("entities") or {}).get(kind)))
                seen = read[kind]
                counts[kind].sentences += 1
                counts[kind].stated += bool(stated)
                counts[kind].found += bool(stated) and all(any(_same(kind, a, b) for b in seen) for a in stated)
                counts[kind].foreign += any(not any(_same(kind, a, b) for a in stated) for b in seen)
    return counts


def report_values(counts: dict[str, Found]) -> None:
    """One line a kind."""
    print(f"\n{'values':12}{'stated in':>10}{'found':>9}{'foreign':>9}")
    for kind in KINDS:
        each = counts[kind]
        print(
            f"{kind:12}{each.stated:>10}{each.found / max(each.stated, 1):>9.1%}{each.foreign / each.sentences:>9.1%}"
        )


def _stated(kind: str, given: Any) -> Iterator[Any]:
    for value in given if isinstance(given, list) else [] if given is None else [given]:
        yield _code(str(value)) if kind in ("alloy", "order") else float(value)


def _read(entities: Iterable[dict[str, Any]], text: str) -> dict[str, set[Any]]:
    found: dict[str, set[Any]] = defaultdict(set)
    for each in entities:
        words = _code(text[each["start"] : each["end"]])
        match each["entity"]:
            case "alloy" | "alloy_group" | "unknown_alloy" | "foreign_material":
                found["alloy"].add((_code(str(each["value"])), words))
            case "quantity":
                found["quantity"].add(float(each["value"]))
            case "weight":
                found["weight_kg"].add(float(each["value"]))
            case "week":
                found["week"].add(float(str(each["value"]).rpartition("W")[2]))
            case "order_no" | "po_no" | "part_no":
                found["order"].add((_code(str(each["value"])), words))
            case "number" if len(words) >= SHORTEST:
                found["order"].add((words, words))
    return found


def _same(kind: str, stated: Any, read: Any) -> bool:
    if kind in ("alloy", "order"):
        value, words = read
        # A family is stated in words («rødgods»), and read as a group.
        family = kind == "alloy" and not re.search(r"\d", stated + value)
        return stated in (value, words) or value.endswith(stated) or family
    return abs(stated - read) < 0.01 * max(1.0, stated)


def _code(value: str) -> str:
    return re.sub(r"[\W_]", "", value.casefold())
