"""The rules for changes of an order line: ``data/catalogue/change_rules.yml``, read strictly."""

import functools
from pathlib import Path
from typing import Literal

import yaml
from pydantic import BaseModel, Field, ValidationError, root_validator

from actions.production.work import MOMENTS, STATES
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT

FILE = ROOT / "data" / "catalogue" / "change_rules.yml"
#: What a customer may want changed.
CHANGES = (
    "quantity_up", "quantity_down", "date_earlier", "date_later", "alloy", "certificate_3.1", "certificate_3.2",
    "delivery_address", "cancel",
)  # fmt: skip


class RulesError(RuntimeError):
    """The rules contradict themselves; the text says where."""


class _Frozen(BaseModel):
    class Config:
        frozen = True
        extra = "forbid"


class Rule(_Frozen):
    """What becomes of a change in one state."""

    verdict: Literal["free", "costs", "person", "no"]
    reason: str | None = None
    cost: str | None = None
    needs: Literal["capacity"] | None = None

    @root_validator(skip_on_failure=True)
    def _says_enough(cls, values: dict[str, object]) -> dict[str, object]:
        if values["verdict"] == "costs" and not values["cost"]:
            raise ValueError("what costs names its cost")
        if values["verdict"] in ("person", "no") and not values["reason"]:
            raise ValueError("what is not free says why")
        return values


class Change(_Frozen):
    """One kind of change. ``latest`` is a moment of ``work.MOMENTS``; ``plan``: the frozen zone counts."""

    plan: bool
    latest: str
    states: dict[str, Rule]


class Cost(_Frozen):
    """A cost; ``percent`` (low, high) of the line's price may be named where ``contract`` says that it holds."""

    percent: tuple[float, float] | None
    contract: str | None


class ChangeRules(_Frozen):
    """All rules with their origin."""

    source: str
    approved_by: str | None = Field(...)
    changes: dict[str, Change]
    costs: dict[str, Cost]

    @root_validator(skip_on_failure=True)
    def _complete(cls, values: dict[str, dict[str, Change]]) -> dict[str, dict[str, Change]]:
        if set(values["changes"]) != set(CHANGES):
            raise ValueError(f"changes differ in {sorted(set(values['changes']) ^ set(CHANGES))}")
        for name, change in values["changes"].items():
            if set(change.states) != set(STATES) or change.latest not in MOMENTS:
                raise ValueError(f"{name}: every state once, and a moment of {list(MOMENTS)}")
            unknown = {rule.cost for rule in change.states.values() if rule.cost} - set(values["costs"])
            if unknown:
                raise ValueError(f"{name}: no cost {sorted(unknown)}")
        return values

    def invented(self) -> bool:
        """Whether they are the demo's invention, which production must not start on."""
        return "demo" in (self.approved_by or "")


def read_rules(path: Path = FILE) -> ChangeRules:
    """Read and check the rules. Raises RulesError."""
    try:
        return ChangeRules.parse_obj(read_yaml(path))
    except (ValidationError, yaml.YAMLError) as error:
        raise RulesError(f"{path}: {error}") from error


@functools.lru_cache(maxsize=1)
def change_rules() -> ChangeRules:
    """The rules of this process, read once."""
    return read_rules()
