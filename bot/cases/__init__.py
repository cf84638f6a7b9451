"""Drafts, cases and the outbox, shared by web, actions and worker. Plain, synchronous, light to import."""

from bot.cases.cases import Asker, add_contact, find_case, open_case
from bot.cases.drafts import DraftClosed, OpenDraft, drop_draft, load_draft, save_draft, submit_draft
from bot.cases.models import KINDS, Case

__all__ = [
    "KINDS", "Asker", "Case", "DraftClosed", "OpenDraft", "add_contact", "drop_draft", "find_case", "load_draft",
    "open_case", "save_draft", "submit_draft",
]  # fmt: skip
