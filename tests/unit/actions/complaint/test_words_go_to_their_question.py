"""A complaint told in a breath: each piece goes to the question it answers, and a wish is no question."""

from typing import Any

import pytest

from actions.form.answers import Answers
from actions.form.taking import Taking
from actions.tasks.complaint.task import Complaint
from tests.unit.actions.quote.reading_help import turn_of, values

#: Open question, message, what is stored after it.
TABLE: list[tuple[str, str, dict[str, Any]]] = [
    ("found", "while machining on Monday. we have no pictures of it",
     {"found": "while machining on Monday", "photos": "deny"}),
    ("found", "oppdaget under montering. bilder kommer", {"found": "oppdaget under montering", "photos": "affirm"}),
    ("found", "at goods-in yesterday / what we want is replacements as soon as possible",
     {"found": "at goods-in yesterday", "remedy": "what we want is replacements as soon as possible"}),
    ("found", "ved dreiing. dere kan svare på siv@eide.example", {"found": "ved dreiing", "email": "siv@eide.example"}),
    ("affected", "3 of 20, found at goods-in, photos follow",
     {"affected": 3, "found": "found at goods-in", "photos": "affirm"}),
    ("remedy", "new parts as soon as possible", {"remedy": "new parts as soon as possible"}),
    ("remedy", "nye deler fort", {"remedy": "nye deler fort"}),
    ("remedy", "reply to siv@eide.example please", {"email": "siv@eide.example"}),
    ("order", "det vet jeg ikke", {"order": None}),
    ("order", "I couldn't say", {"order": None}),
    ("order", "no idea, write to siv@eide.example", {"order": None, "email": "siv@eide.example"}),
    ("photos", "nei", {"photos": "deny"}),
]  # fmt: skip


@pytest.mark.parametrize(("opened", "text", "stored"), TABLE, ids=[f"{opened}: {text}" for opened, text, _ in TABLE])
def test_what_is_stored(opened: str, text: str, stored: dict[str, Any]) -> None:
    answers = Answers()
    Taking(turn_of(text, opened), Complaint(), answers, opened).take()
    assert values(answers) == stored
