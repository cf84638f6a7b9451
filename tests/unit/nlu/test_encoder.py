"""The encoder, and two readers as one."""

from pathlib import Path

import numpy as np
import pytest

from bot.engine.nlu.blend import VectorHead, mix, tempered
from bot.engine.nlu.encoder import SIZE, encoder
from tests.evaluation.outside import fitting_temperature


@pytest.mark.parametrize(
    ("one", "alike", "other"),
    [
        ("hvor er ordren min", "where is my order", "how heavy can you cast"),
        ("kan dere røntge delene", "do you x-ray castings", "when will it ship"),
        ("jeg må tenke på det", "I need to think it over", "what does it cost"),
    ],
)
def test_sentences_that_mean_alike_lie_close(one: str, alike: str, other: str) -> None:
    vectors = [encoder().embed(text) for text in (one, alike, other)]
    assert all(abs(float(np.linalg.norm(vector)) - 1) < 1e-5 for vector in vectors)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2]


@pytest.mark.parametrize("text", ["", " ", "日本語", "x" * 5000, "a b " * 2000, "\x00"])
def test_anything_has_a_vector(text: str) -> None:
    assert encoder().embed(text).shape == (SIZE,)


def test_a_context_is_part_of_what_is_read() -> None:
    alone, counted, weighed = (encoder().embed("20", context) for context in (None, "quantity", "weight"))
    assert min(alone @ counted, counted @ weighed) < 0.999


def test_each_piece_knows_its_place_and_what_it_is_part_of() -> None:
    text = "vi trenger  7½ kg pumpehus"
    seen = encoder().see(text, "part")
    written = [text[start:end] for start, end in seen.pieces.spans if end > start]
    assert "".join(dict.fromkeys(written)).startswith("vitrenger")
    assert seen.tags.shape == (len(seen.pieces.ids), len(encoder().tags))
    assert np.allclose(seen.tags.sum(axis=1), 1, atol=1e-4)


def test_a_clause_is_read_in_its_message() -> None:
    clause, fault = "it is yellow at any rate", "your castings came yesterday and they are ruined."
    alone = encoder().embed(clause)
    after_fault, after_wish = (
        encoder().see(f"{before} {clause}").part(len(before) + 1, len(before) + 1 + len(clause))
        for before in (fault, "we need a new sleeve.")
    )
    assert after_fault is not None
    assert after_wish is not None
    assert alone.shape == after_fault.shape
    assert after_fault @ after_wish < 0.999


def test_what_lies_behind_the_last_piece_is_read_alone() -> None:
    text = "a b " * 400 + "hvor er den"
    part = (len(text) - 11, len(text))
    assert encoder().see(text).part(*part) is None
    assert np.allclose(encoder().embed(text, None, part), encoder().embed("hvor er den"), atol=1e-5)


def test_vectors_of_training_sentences_are_kept(tmp_path: Path) -> None:
    first = encoder().embed_all([("hei", None, None), ("hvor er den", "-", None), ("hei", None, None)], tmp_path)
    (kept,) = tmp_path.glob("*.npz")
    written = kept.stat().st_mtime_ns
    again = encoder().embed_all([("hvor er den", "-", None), ("hei", None, None)], tmp_path)
    assert kept.stat().st_mtime_ns == written
    assert np.array_equal(first[:2][::-1], again)


def test_a_head_learns_from_vectors_and_context() -> None:
    texts = ["where is my order", "hvor er ordren", "do you x-ray", "røntger dere"]
    vectors = encoder().embed_all([(text, None, None) for text in texts] * 5)
    head = VectorHead.fit(vectors, [None] * 20, ["status", "status", "test", "test"] * 5, [1.0] * 20, 0.1)
    asked = head.probabilities(encoder().embed("wo ist mein Auftrag"), None)
    assert head.labels[int(asked.argmax())] == "status"
    assert abs(float(asked.sum()) - 1) < 1e-5


def test_what_one_reader_rules_out_is_out_and_doubt_lowers_confidence() -> None:
    mixed = mix(np.array([[0.5, 0.5, 0.0]], np.float32), np.array([[0.1, 0.5, 0.4]], np.float32), 0.4)
    assert mixed[0].argmax() == 1
    assert mixed[0][2] < 0.05
    assert tempered(mixed, 2.0)[0].max() < mixed[0].max()


def test_the_temperature_of_a_reader_too_sure_is_above_one() -> None:
    sure = np.array([[0.99, 0.01]] * 10, np.float32)
    assert fitting_temperature(sure, np.array([0] * 7 + [1] * 3)) > 1.5
