"""Whole conversations, written as data in a folder per language: ``<language>/<task>.yml``.

A file is a list of conversations: ``name`` (a sentence), ``sign_in`` (a demo contact), ``turns``. A turn: ``user``,
``reply`` (texts that must all be there), ``not`` (texts that must not), ``any`` (at least one), ``buttons`` (titles),
``hand_over`` (why a person is asked for; ``no`` when nobody may be). ``web`` instead of ``user`` is a turn that web starts
itself (``{kind: handed_back, ...}``), ``proved`` names the contact of a proof by mail.
``user`` may be a list of wordings that must all do the same: the conversation is then played once for each of them.
``expect_case`` (kind), ``expect_intake`` (what the outbox hands to the production side: ``kind`` and values of its payload) are
looked up in the database after the turn; ``no`` means that this conversation has opened none. ``sql`` changes the production
database under the running assistant before the turn. A text between slashes is a regular expression. Case does not matter.
"""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
import yaml
from sqlalchemy import text

from actions.production.contacts import contact
from actions.production.database import connect
from tests.engine_rig import Web
from tests.stack import Answer, Chat, Stack

HERE = Path(__file__).parent
_CASE = re.compile(r"C-\d\d-\d{6}")


def _conversations() -> list[Any]:
    found = []
    for path in sorted(HERE.glob("*/*.yml")):
        for conversation in yaml.safe_load(path.read_text(encoding="utf-8")) or []:
            name = f"{path.parent.name}/{path.stem}: {conversation['name']}"
            found.extend(_wordings(conversation, name))
    # Orders keep capacity, which moves the dates of everybody who asks afterwards.
    return sorted(found, key=lambda each: any("expect_intake" in turn for turn in each.values[0]["turns"]))


def _wordings(conversation: dict[str, Any], name: str) -> list[Any]:
    """The conversation once for each wording of the turns that have several; those turns have equally many."""
    several = {len(turn["user"]) for turn in conversation["turns"] if isinstance(turn.get("user"), list)}
    if not several:
        return [pytest.param(conversation, id=name)]
    (count,) = several
    return [
        pytest.param(
            {**conversation, "turns": [_worded(turn, nth) for turn in conversation["turns"]]}, id=f"{name} ({nth + 1})"
        )
        for nth in range(count)
    ]


def _worded(turn: dict[str, Any], nth: int) -> dict[str, Any]:
    return {**turn, "user": turn["user"][nth]} if isinstance(turn.get("user"), list) else turn


def _holds(wanted: str, text: str) -> bool:
    text = text.replace("\xa0", " ")
    if wanted.startswith("/") and wanted.endswith("/"):
        return re.search(wanted[1:-1], text, re.I | re.S) is not None
    return wanted.lower() in text.lower()


def _known(stack: Stack, contact_id: str) -> tuple[str, str]:
    """Contact and customer, as web knows them from a proof."""
    engine = connect(stack.database("production"))
    person = contact(engine, contact_id)
    engine.dispose()
    assert person, contact_id
    return person.contact_id, person.customer_id


async def _as_web(web: Web, turn: dict[str, Any], stack: Stack) -> Answer:
    """One turn over the engine's own channel, for what web decides and no customer can send."""
    if "proved" in turn:
        web.contact = _known(stack, turn["proved"])
        text = await web.tell("proved")
    elif "web" in turn:
        text = await web.tell(**turn["web"])
    else:
        text = await web.say(turn["user"])
    return Answer([{"text": text, "quick_replies": web.buttons}])


def _change(stack: Stack, statement: str) -> None:
    """A change in the plant while the assistant runs."""
    engine = connect(stack.database("production"))
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def _check_rows(stack: Stack, turn: dict[str, Any], case_no: str | None, transcript: str) -> None:
    """The case a conversation has opened last, and what the worker hands over for it."""
    if not turn.keys() & {"expect_case", "expect_intake"}:
        return
    if turn.get("expect_case") == "no":
        assert case_no is None, transcript
        return
    assert case_no, transcript
    engine = connect(stack.database("own"))
    with engine.connect() as connection:
        kind = connection.scalar(text("select kind from sales_case where case_no = :no"), {"no": case_no})
        entry = connection.scalar(text("select payload from outbox where key = :key"), {"key": f"{case_no}-intake"})
    engine.dispose()
    assert kind == turn.get("expect_case", kind), (kind, transcript)
    if "expect_intake" in turn:
        handed = json.loads(entry) if isinstance(entry, str) else entry
        assert handed, transcript
        flat = {"kind": handed["kind"], **handed["payload"]}
        for name, wanted in turn["expect_intake"].items():
            assert flat.get(name) == wanted, (name, flat.get(name), wanted, transcript)


async def _handed_over(stack: Stack) -> None:
    """Wait until production has what earlier conversations ordered: its holds move dates between a read-back and a yes."""
    engine = connect(stack.database("own"))
    for _ in range(100):
        with engine.connect() as connection:
            left = connection.scalar(text("select count(*) from outbox where kind like 'intake%' and done_at is null"))
        if not left:
            break
        await asyncio.sleep(0.1)
    engine.dispose()


@asynccontextmanager
async def _talk(stack: Stack, conversation: dict[str, Any]) -> AsyncIterator[Chat | Web]:
    """A customer on a socket; where web's own part is in question, the engine as web speaks to it."""
    if not any(each.keys() & {"web", "proved", "hand_over"} for each in conversation["turns"]):
        async with Chat(stack, conversation.get("sign_in")) as chat:
            yield chat
        return
    web = Web(stack)
    if "sign_in" in conversation:
        web.contact = _known(stack, conversation["sign_in"])
    yield web


@pytest.mark.parametrize("conversation", _conversations())
async def test_conversation(conversation: dict[str, Any], stack: Stack) -> None:
    said: list[str] = []
    case_no: str | None = None
    if any("expect_intake" in turn for turn in conversation["turns"]):
        await _handed_over(stack)
    async with _talk(stack, conversation) as chat:
        for turn in conversation["turns"]:
            if "sql" in turn:
                _change(stack, turn["sql"])
            answer = await (_as_web(chat, turn, stack) if isinstance(chat, Web) else chat.say(turn["user"]))
            said += [f"> {turn.get('user') or turn}", f"  {answer.text}  {list(answer.buttons)}"]
            transcript = "\n".join(said)
            found = _CASE.findall(answer.text)
            case_no = found[-1] if found else case_no
            _check_rows(stack, turn, case_no, transcript)
            if "hand_over" in turn:
                assert isinstance(chat, Web)
                assert (chat.hand_over or "no") == turn["hand_over"], transcript
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
