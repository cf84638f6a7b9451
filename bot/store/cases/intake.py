"""A wish on its way from a case to the production side, as the outbox carries it."""

from dataclasses import dataclass
from typing import Any

from actions.production.order_intake import KINDS, URGENT

#: Kinds of outbox entries. Stops have one of their own: they are taken before everything else.
INTAKE, INTAKE_FIRST = "intake", "intake_first"
ENTRIES = (INTAKE, INTAKE_FIRST)


@dataclass(frozen=True)
class Wish:
    """What the production side is asked: a kind of ``order_intake.KINDS`` and its JSON.

    Who asks and the request id are those of the case. Raises ValueError for an unknown kind.
    """

    kind: str
    payload: dict[str, Any]

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"kind {self.kind}")

    @property
    def outbox_kind(self) -> str:
        """The kind of its entry."""
        return INTAKE_FIRST if self.kind in URGENT else INTAKE

    def entry(self, case_no: str) -> dict[str, Any]:
        """The entry's payload."""
        return {"case_no": case_no, "kind": self.kind, "payload": self.payload}
