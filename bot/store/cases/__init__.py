"""Drafts, cases and the outbox, shared by web, actions and worker. Plain, synchronous, light to import."""

from bot.store.cases.cases import Asker, add_contact, find_case, open_case
from bot.store.cases.drafts import (
    DraftClosed,
    DraftElsewhere,
    OpenDraft,
    drop_draft,
    load_draft,
    save_draft,
    submit_draft,
    take_draft,
)
from bot.store.cases.models import KINDS, Case

__all__ = [
    "KINDS", "Asker", "Case", "DraftClosed", "DraftElsewhere", "OpenDraft", "add_contact", "drop_draft", "find_case",
    "load_draft", "open_case", "save_draft", "submit_draft", "take_draft",
]  # fmt: skip
