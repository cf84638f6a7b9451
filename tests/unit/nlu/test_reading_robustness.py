"""No input may crash the extractors, move a span, overlap or take long."""

import datetime as dt
import json
import random
import time
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.common.words import word_lists
from bot.engine.nlu.entities import find_entities
from bot.engine.nlu.measures import find_measures
from tests.unit.nlu.reading_help import TODAY, pairs

LANGUAGES = ["nb", "nn", "en", "en-US", "sv", "da", "de", None]
PIECES = [
    "40", "1.500", "12,750", " stk", " kg", "uke ", "SO-", "30417", "1. mars", "før påske", "ø", "×", "±", "3.1", "-", "/", ".", ",", " ", "\n", "½",
    "to ", "hundre", "halv", "@", "firma.no", "+47", "\u00a0", "e\u0301", "å", "a\u030a", "İ", "ß", "٣", "𝟜", "²", "T6", "rev C", "tegning ", "29. februar",
    "9999", "00", "x", "mm", "fredag ", "Q9", "2027", "31/12", "10^", "1e99", "kl ", "mellom ", " og ", " til ", "ordre ", "uke 99", "innen ", "\x00",
    "60/80", "12/15 kg", "100,200,300", "1-1/2", "15.3.-20.3.", "06MAR27", "datert ", "RFQ ", "+0.2/-0.1", "LM25-TF", "\u200b", "tre ledd", "a pair of ",
]  # fmt: skip


def check(text: str, language: str | None, today: dt.date = TODAY) -> None:
    entities = find_measures(text, today, language)
    last = 0
    for entity in entities:
        assert last <= entity["start"] < entity["end"] <= len(text)
        last = entity["end"]
    json.dumps(entities, allow_nan=False)


@settings(max_examples=400, deadline=None)
@given(
    st.lists(st.sampled_from(PIECES), max_size=25).map("".join),
    st.sampled_from(LANGUAGES),
    st.dates(dt.date(2020, 1, 1), dt.date(2090, 1, 1)),
)
def test_pieces_of_real_messages_in_any_order(text: str, language: str | None, today: dt.date) -> None:
    check(text, language, today)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.sampled_from(PIECES), min_size=1, max_size=12).map("".join), st.sampled_from(LANGUAGES))
def test_the_longest_message_of_any_pieces(text: str, language: str | None) -> None:
    check((text * 4_000)[:4_000], language)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=300), st.sampled_from(LANGUAGES))
def test_any_text(text: str, language: str | None) -> None:
    check(text, language)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6))
def test_any_taken_spans_are_left_alone(taken: list[tuple[int, int]]) -> None:
    text = "40 stk RG5 á 38 kg innen uke 12, SO-30417"
    for entity in find_measures(text, TODAY, "nb", taken):
        assert not any(start < entity["end"] and entity["start"] < end for start, end in taken if start < end)


def test_offsets_are_those_of_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "før påske trenger vi førti stk på 38 kg")
    entities = find_measures(text, TODAY, "nb")
    assert [unicodedata.normalize("NFC", text[e["start"] : e["end"]]) for e in entities] == [
        "påske",
        "førti stk",
        "38 kg",
    ]
    taken = [(entities[1]["start"], entities[1]["end"])]
    assert [entity["entity"] for entity in find_measures(text, TODAY, "nb", taken)] == ["date", "weight"]


HARD = {
    "digits": "1" * 20_000,
    "letters": "a" * 20_000,
    "spaces": " " * 20_000,
    "newlines": "\n" * 20_000,
    "dots": "1." * 10_000,
    "mixed": "".join(random.Random(1).choice("0123456789abcdeforstkgm .,-/") for _ in range(20_000)),
    "hyphens": "a-" * 10_000,
    "at signs": "a@" * 10_000,
    "numbers": "1 " * 10_000,
    "weeks": "uke 12-" * 2_800,
    "words": "to og fem " * 2_000,
    "halves": "halv " * 4_000,
    "accents": "a\u0301\u0302" * 6_600,
}


#: Characters of the shorter of two texts of one kind; the longer is four times that.
SHORT = 5_000
PIECES = ["40 stk ", "a ", "1. mars ", "x1", "innen ", "hundre", "+1 ", "3.1 "]
LONG = {**HARD, **{repr(each): each * (SHORT * 4 // len(each)) for each in PIECES}}


@pytest.mark.parametrize("name", LONG)
def test_time_grows_with_the_text_and_not_with_its_square(name: str) -> None:
    """A quadratic reader takes sixteen times as long for four times the text, on any machine."""

    def spent(text: str) -> float:
        best = 9.0
        for _ in range(3):
            started = time.process_time()
            find_measures(text, TODAY, "nb")
            best = min(best, time.process_time() - started)
        return best

    assert spent(LONG[name]) < 10 * spent(LONG[name][:SHORT]) + 0.05


def test_a_usual_message_is_read_in_about_a_millisecond() -> None:
    text = "Hei, vi trenger 40 stk pumpehus i RG5 á 38 kg innen uke 12, ordre SO-30417"
    best = 9.0
    for _ in range(30):
        started = time.process_time()
        find_measures(text, TODAY, "nb")
        best = min(best, time.process_time() - started)
    assert best < 0.004


def test_the_text_of_another_script_is_read_as_far_as_it_goes() -> None:
    assert pairs("٤٠ stk") == [("quantity", 40)]


def strings(content: Any) -> Iterator[str]:
    """Every word of a subject's lists."""
    if isinstance(content, str):
        yield content.rstrip("*")
    elif isinstance(content, list | dict):
        for each in content.values() if isinstance(content, dict) else content:
            yield from strings(each)


SUBJECTS = [
    "alloy_context",
    "amounts",
    "clock_times",
    "codes",
    "contact_details",
    "dates",
    "feasts",
    "grammar",
    "sizes",
    "weeks",
]
WORDS = sorted({word for subject in SUBJECTS for word in strings(word_lists(subject))})
SIGNS = [
    "0",
    "1",
    "40",
    "2027",
    "12,5",
    "1.500",
    " ",
    "  ",
    "-",
    "- ",
    ".",
    ",",
    "/",
    ":",
    "x",
    "#",
    "@",
    "(",
    "+",
    "\n",
    '"',
]
UNITS = ["stk", "kg", "mm", "bar", "%", "uke", "m", "t", "CuSn10", "RG5", "356", "T6"]
STRESS = st.tuples(
    st.lists(st.sampled_from(SIGNS) | st.sampled_from(UNITS) | st.sampled_from(WORDS), min_size=1, max_size=12),
    st.sampled_from(["", " "]),
).map(lambda drawn: (drawn[1].join([*drawn[0], ""]) * MOST)[:MOST])
#: Letters of the longest message; how many times as long a text that is all figures may take as one of plain words.
MOST, DEARER = 4_000, 30
PLAIN = ("we would like to hear whether the castings can be made here and what they cost then. " * 60)[:MOST]


def least(text: str, language: str) -> float:
    """Seconds of the processor that reading takes, undisturbed."""
    spent = []
    for _ in range(2):
        started = time.process_time()
        find_entities(text, TODAY, language)
        spent.append(time.process_time() - started)
    return min(spent)


@settings(max_examples=20, deadline=None)
@given(STRESS, st.sampled_from(["nb", "en", "de"]))
def test_reading_is_total_and_takes_no_longer_than_the_text_is_long(text: str, language: str) -> None:
    for entity in find_entities(text, TODAY, language):
        assert 0 <= entity["start"] < entity["end"] <= len(text)
    taken = least(text, language)
    assert taken < DEARER * least(PLAIN, language) + 0.05
    assert taken < 10 * least(text[: MOST // 4], language) + 0.05
