"""The training sentences with a context: reading their files, handing them to Rasa, and what a context is."""

from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.events import BotUttered, Event, SlotSet

from actions.production.company import company
from bot.common.settings import ROOT
from bot.engine.nlu.context import context_of
from bot.engine.nlu.encoder import encoder
from bot.engine.nlu.features import intent_features
from bot.engine.nlu.learning import clauses_of
from bot.engine.nlu.voices import Line, line_of, read_voice, read_voices, training_data, unmarked
from tests.evaluation.outside import VOICES, tracker_in


def test_a_line_is_language_context_labels_facet_text(tmp_path: Path) -> None:
    path = tmp_path / "voice.tsv"
    path.write_text("# a comment\n\nnb\tsend\taffirm,change_order\t-\tja.\\nog flytt den\n", encoding="utf-8")
    (line,) = read_voice(path)
    assert line == Line("ja.\nog flytt den", "nb", ("affirm", "change_order"), "send")
    assert dict(line.shares()) == {"affirm": 0.6, "change_order": 0.4}
    (example,) = training_data([line]).intent_examples
    assert example.get("intent") == "affirm"
    assert line_of(example) == line


def test_a_line_may_tell_what_each_of_its_clauses_does(tmp_path: Path) -> None:
    path = tmp_path / "voice.tsv"
    path.write_text("nb\tpart\tinform,lead_time\t-\tlokk. hvor lang tid tar det?\tinform|lead_time\n", encoding="utf-8")
    (line,) = read_voice(path)
    assert line.clauses == (("inform",), ("lead_time",))
    assert line_of(training_data([line]).intent_examples[0]) == line
    whole = "lokk. hvor lang tid tar det?"
    assert [(each.text, each.labels, wanted) for each, wanted in clauses_of(line)] == [
        ("lokk.", ("inform",), (whole, "part", (0, 5))),
        ("hvor lang tid tar det?", ("lead_time",), (whole, "part", (6, 28))),
    ]


def test_clauses_are_cut_as_they_were_labelled() -> None:
    """A cutter that cuts otherwise makes what was labelled teach nothing; then the labels want another look."""
    labelled = [line for line in [*read_voices(), *read_voices(VOICES)] if line.clauses]
    fit = [line for line in labelled if clauses_of(line)]
    assert len(fit) >= 0.95 * len(labelled)


def test_marks_in_a_text_say_what_it_tells() -> None:
    assert unmarked("[tre](quantity) til av [hjulet](part)") == (
        "tre til av hjulet",
        ((0, 3, "quantity"), (11, 17, "part")),
    )
    assert unmarked("hvor er den []()") == ("hvor er den", ())
    assert unmarked("hvor er den [nå]") == ("hvor er den [nå]", None)


@pytest.mark.parametrize("row", ["nb\t-\tgreet\thei", "nb\t-\t\t-\thei", "nb\t-\tgreet\t-\t"])
def test_a_broken_line_is_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "voice.tsv"
    path.write_text(f"nb\t-\tgreet\t-\thei\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"voice\.tsv:2"):
        read_voice(path)


def test_a_retrieval_intent_keeps_its_full_name() -> None:
    line = Line("når åpner dere", "nb", ("faq/contact",), "-", "company.hours")
    (example,) = training_data([line]).intent_examples
    assert example.get_full_intent() == "faq/contact"
    assert line_of(example) == line


def test_voices_use_only_known_labels_languages_and_contexts() -> None:
    domain = (ROOT / "domain.yml").read_text(encoding="utf-8")
    for line in read_voices():
        assert line.language in ("nb", "nn", "sv", "da", "en", "de"), line
        assert line.ctx, line
        assert all(f"- {label.split('/')[0]}:" in domain for label in line.labels), line
        assert {tag for _, _, tag in line.marks or ()} <= set(encoder().tags), line


def test_a_facet_stands_under_the_topic_that_answers_it() -> None:
    topics = {part.about: f"faq/{topic}" for topic, parts in company().answers.items() for part in parts}
    for line in [*read_voices(), *read_voices(VOICES)]:
        if line.facet and any(label.startswith("faq/") for label in line.labels):
            assert topics[line.facet] in line.labels, line


@pytest.mark.parametrize(
    ("events", "context"),
    [
        ([], "-"),
        ([BotUttered("x", metadata={"parts": [{"reply": "utter_hello"}]})], "answer"),
        ([BotUttered("x", metadata={"parts": [{"reply": "utter_case_received"}]})], "receipt"),
        ([BotUttered("x", metadata={"choices": [{"payload": "/human"}]})], "offer"),
        ([BotUttered("x", metadata={"choices": [{"title": "RG5"}]})], "choice"),
        (
            [SlotSet("ground", {"topic": "price"}), BotUttered("x", metadata={"choices": [{"title": "RG5"}]})],
            "choice:price",
        ),
        ([SlotSet("ground", {"topic": "price"}), BotUttered("x"), SlotSet("question", "quantity")], "quantity"),
        ([BotUttered("x"), SlotSet("question", "quantity")], "quantity"),
        ([BotUttered("x"), SlotSet("question", "confirmation")], "send"),
    ],
)
def test_the_context_of_a_message(events: list[Event], context: str) -> None:
    tracker: Any = tracker_in("-")
    for event in events:
        tracker.update(event)
    assert context_of(tracker) == context


def test_no_conversation_no_context() -> None:
    assert context_of(None) is None
    assert not [each for each in intent_features("ja", [], None) if each[0] in "xy"]
    assert {"x:send", "y:send ja"} <= set(intent_features("ja", [], "send"))
    assert {"x:offer", "x::price", "y::price ja"} <= set(intent_features("ja", [], "offer:price"))
