"""Anger is heard in other people's words, and politeness is never taken for it."""

import functools
from typing import Any

import pytest
import yaml
from rasa.shared.nlu.training_data.message import Message

from actions.turns.anger import angry, only_anger
from bot.common.settings import ROOT
from tests.evaluation.model import load_understanding

SETS = yaml.safe_load((ROOT / "tests" / "evaluation" / "anger.yml").read_text(encoding="utf-8"))
#: Share of angry sentences that must be heard, and of calm ones that may be taken for angry.
HEARD = {"first": 0.97, "second": 0.75, "third": 0.7, "fourth": 0.6}
FALSE = {"first": 0.0, "second": 0.1, "third": 0.05, "fourth": 0.05}


@functools.lru_cache(maxsize=1)
def _understanding() -> Any:
    return load_understanding()


def _hears(text: str) -> bool:
    message = Message({"text": text})
    _understanding().process([message])
    return angry(text, message.get("anger"))


@pytest.mark.parametrize("name", SETS)
def test_anger_is_heard_and_calm_is_left_in_peace(name: str) -> None:
    heard = {text: _hears(text) for mood in ("angry", "calm") for texts in SETS[name][mood].values() for text in texts}
    missed = [text for texts in SETS[name]["angry"].values() for text in texts if not heard[text]]
    wrong = [text for texts in SETS[name]["calm"].values() for text in texts if heard[text]]
    angry_ones = sum(map(len, SETS[name]["angry"].values()))
    calm_ones = sum(map(len, SETS[name]["calm"].values()))
    assert 1 - len(missed) / angry_ones >= HEARD[name], missed
    assert len(wrong) / calm_ones <= FALSE[name], wrong


def test_no_sentence_is_measured_that_was_learnt() -> None:
    learnt = yaml.safe_load((ROOT / "data" / "anger" / "sentences.yml").read_text(encoding="utf-8"))
    known = {text.casefold() for moods in learnt.values() for texts in moods.values() for text in texts}
    measured = {
        text.casefold()
        for moods in SETS.values()
        for texts in moods.values()
        for each in texts.values()
        for text in each
    }
    assert not known & measured


def test_a_command_and_an_empty_message_are_never_angry() -> None:
    assert not any(map(angry, ("/human", "/deny", "", "   ", "!!!", "?", "🤬")))
    assert not angry("ok", 0.9)
    assert not angry("thank you so much", 0.9)
    assert angry("get your act together", 0.9)


def test_anger_with_a_matter_is_more_than_anger() -> None:
    assert only_anger("dere er helt ubrukelige!!")
    assert only_anger("what a useless bot")
    assert not only_anger("dere er ubrukelige, ti av husene i forrige sending lekker")


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "faen " * 4_000, "!" * 20_000, "(((/?*|<count>" * 500, "you are " * 3_000]
)
@pytest.mark.timeout(5)
def test_long_and_odd_messages_are_read_in_no_time(text: str) -> None:
    angry(text)


@pytest.mark.parametrize(
    ("text", "learnt", "heard"),
    [
        ("damn, what's RG5 good for", 0.1, False), ("crap, I forgot the drawing number", 0.1, False),
        ("søren heller, når åpner dere", 0.1, False), ("this is crap", 0.1, True),
        ("where is my damn order!!", 0.1, True), ("where is my damn order", 0.8, True),
        ("Sorry to bother you, I've asked twice already but could you tell me", 0.1, False),
        ("beklager at jeg maser, jeg har spurt to ganger", 0.1, False), ("I've asked three times now", 0.1, True),
        ("beklager, men nå er jeg drittlei", 0.9, True), ("you have let us down again", 0.1, True),
    ],
)  # fmt: skip
def test_mild_swearing_and_kind_weariness_are_no_anger(text: str, learnt: float, heard: bool) -> None:
    assert angry(text, learnt) is heard
