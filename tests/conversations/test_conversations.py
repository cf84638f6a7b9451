"""Whole conversations, written as data in a folder per language: ``<language>/<task>.yml``.

A file is a list of conversations: ``name`` (a sentence), ``sign_in`` (a demo contact), ``turns``. A turn: ``user``,
``reply`` (texts that must all be there), ``not`` (texts that must not), ``any`` (at least one), ``buttons`` (titles).
A text between slashes is a regular expression. Case does not matter.
"""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.stack import Chat, Stack

HERE = Path(__file__).parent


def _conversations() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*/*.yml")):
        for conversation in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            name = f"{path.parent.name}/{path.stem}: {conversation['name']}"
            found.append(pytest.param(conversation, id=name))
    return found


def _holds(wanted: str, text: str) -> bool:
    if wanted.startswith("/") and wanted.endswith("/"):
        return re.search(wanted[1:-1], text, re.I | re.S) is not None
    return wanted.lower() in text.lower()


@pytest.mark.parametrize("conversation", _conversations())
async def test_conversation(conversation: dict[str, Any], stack: Stack) -> None:
    said: list[str] = []
    async with Chat(stack, conversation.get("sign_in")) as chat:
        for turn in conversation["turns"]:
            answer = await chat.say(turn["user"])
            said += [f"> {turn['user']}", f"  {answer.text}  {list(answer.buttons)}"]
            transcript = "\n".join(said)
            for wanted in turn.get("reply", []):
                assert _holds(str(wanted), answer.text), f"missing {wanted!r}\n{transcript}"
            for unwanted in turn.get("not", []):
                assert not _holds(str(unwanted), answer.text), f"unwanted {unwanted!r}\n{transcript}"
            if "any" in turn:
                assert any(_holds(str(wanted), answer.text) for wanted in turn["any"]), (
                    f"none of {turn['any']}\n{transcript}"
                )
            for title in turn.get("buttons", []):
                assert any(_holds(str(title), button) for button in answer.buttons), (
                    f"no button {title!r}\n{transcript}"
                )


def test_no_conversation_is_written_twice() -> None:
    names = [parameter.id for parameter in _conversations()]
    assert len(names) == len(set(names))


def test_both_languages_have_the_same_files() -> None:
    files = {folder.name: {path.name for path in folder.glob("*.yml")} for folder in HERE.iterdir() if folder.is_dir()}
    files.pop("__pycache__", None)
    assert len(set(map(frozenset, files.values()))) == 1, files
