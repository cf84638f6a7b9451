"""Every rule that decides what a message means has its words at the desk."""

import datetime as dt

import pytest

from actions.dialogue.rules.for_clause import FOR_CLAUSE
from actions.dialogue.rules.for_message import FOR_MESSAGE
from bot.common.replies import replies
from bot.store.records import Stored
from bot.web.desk.understood import understood


def a_message(understood: list[dict[str, str]]) -> Stored:
    return Stored(
        "c", 1, "m", "in", "customer", None, "?", None, [], None, None, "answered", None, dt.datetime.now(dt.UTC), "nb",
        understood=understood,
    )  # fmt: skip


@pytest.mark.parametrize("language", ["nb", "en"])
def test_every_rule_has_its_words(language: str) -> None:
    found = [rule.__name__.strip("_") for rule in (*FOR_MESSAGE, *FOR_CLAUSE)]
    missing = [rule for rule in (*found, "decided", "enquiry") if f"understood.{rule}" not in replies().terms[language]]
    assert not missing


def test_rule_and_topic_are_said() -> None:
    read = [{"command": "Answer", "because": "question", "about": "order_status"}]
    assert understood(a_message(understood=read), "nb") == ["Et eget spørsmål (status på en ordre)"]


def test_an_unknown_rule_is_called_by_its_name() -> None:
    read = [{"command": "Answer", "because": "older_rule", "about": ""}]
    assert understood(a_message(understood=read), "en") == ["older_rule"]
