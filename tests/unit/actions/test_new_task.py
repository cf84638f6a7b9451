"""A customer task is a folder: with one more of them, and its texts, the form asks, reads back, sends and can be interrupted."""

import importlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

import actions.tasks
from actions.form import task as form_task
from actions.turns.house import House
from bot.common import replies as texts
from tests.unit.actions.talk import Conversation

TASK = '''
"""A visit to the foundry."""

from actions.form.answers import Reading, line
from actions.form.question import Question
from actions.form.shared import EMAIL, NAME
from actions.form.task import Task
from actions.turns.turn import Turn


def _guests(turn: Turn, requested: bool) -> Reading:
    """How many come."""
    numbers = turn.said("number", "quantity") if requested else turn.said("quantity")
    return line("guests", int(numbers[0]["value"])) if numbers else None


class Visit(Task):
    """Somebody wants to see the foundry."""

    name = "visit"
    case = "message"
    questions = (Question("guests", _guests), NAME, EMAIL)
    claims = ("faq",)

    async def wants(self, turn: Turn) -> bool:
        """«Can we come and see you?»"""
        return "come and see" in turn.text or "se støperiet" in turn.text
'''
WORDS = {
    "en": {
        "utter_start_visit": "You are welcome.", "utter_ask_guests": "How many will you be?",
        "utter_again_guests": "Please give a number.", "utter_why_guests": "So that there are shoes for all.",
        "utter_line_guests": "Guests: {value:int}",
    },
    "nb": {
        "utter_start_visit": "Velkommen skal dere være.", "utter_ask_guests": "Hvor mange blir dere?",
        "utter_again_guests": "Skriv et antall.", "utter_why_guests": "Så det er vernesko til alle.",
        "utter_line_guests": "Gjester: {value:int}",
    },
}  # fmt: skip
TERMS = {
    "en": {"task.visit": "a visit", "question.guests": "guests"},
    "nb": {"task.visit": "et besøk", "question.guests": "gjester"},
}


@pytest.fixture
def visit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The task in a folder beside the others, and its texts."""
    folder = tmp_path / "tasks" / "visit"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("")
    (folder / "task.py").write_text(TASK)
    shutil.copytree(texts.REPLIES, tmp_path / "replies")
    for language, words in WORDS.items():
        lines = [f'{name}: "{word}"' for name, word in words.items()]
        (tmp_path / "replies" / language / "visit.yml").write_text("\n".join(lines), encoding="utf-8")
        with (tmp_path / "replies" / language / "terms.yml").open("a", encoding="utf-8") as terms:
            terms.write("".join(f"\n{code}: {word}" for code, word in TERMS[language].items()))
    monkeypatch.setattr(actions.tasks, "__path__", [*actions.tasks.__path__, str(tmp_path / "tasks")])
    known, found = texts.replies(), texts.Replies(tmp_path / "replies")
    for name in ("texts", "terms", "_formatters"):
        monkeypatch.setattr(known, name, getattr(found, name))
    importlib.invalidate_caches()
    before = dict(form_task.tasks())
    form_task.tasks.cache_clear()
    yield
    kinds = [each for each in form_task.Task.__subclasses__() if each.name == "visit"]
    for kind in kinds:
        kind.name = ""
    for name in [name for name in sys.modules if name.startswith("actions.tasks.visit")]:
        del sys.modules[name]
    # The very tasks that other tests have in hand.
    form_task.tasks().clear()
    form_task.tasks().update(before)


@pytest.mark.parametrize(
    ("language", "wish", "question", "yes"),
    [
        ("en", "can we come and see your foundry?", "How many will you be?", "yes, send it"),
        ("nb", "kan vi få se støperiet?", "Hvor mange blir dere?", "ja, send"),
    ],
)
async def test_one_more_folder_is_one_more_task(
    visit: None, house: House, language: str, wish: str, question: str, yes: str
) -> None:
    talk = Conversation(house, language, contact_id="demo-kari")
    assert question in await talk.say(wish, "faq/location")
    assert question in await talk.say("RG5?", "alloy_property"), (
        "a question in between is answered and the task goes on"
    )
    assert "4" in await talk.say("4")
    assert "C-" in await talk.say(yes, "affirm")
    with house.own.connect() as connection:
        assert connection.scalar(text("select kind from sales_case")) == "message"
