"""No link that runs code leaves web, and nothing else is changed."""

import time

import pytest

from bot.store.records import Reply
from bot.web.outgoing import neutral, neutral_reply


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))", "[x](JaVaScRiPt:alert(1))", "[x](java\nscript:alert(1))", "[x]( javascript:a)",
        "[x](javascript&#58;alert(1))", "[x](data:text/html;base64,AAAA)", "![x](data:image/svg+xml,<svg>)",
        "javascript:alert(1)", "vbscript:msgbox(1)", "<javascript:alert(1)>", "j a v a s c r i p t : x",
        "data:text/html,<script>alert(1)</script>", "se data:;base64,AAA", "[a](vbscript:x) [b](javascript:y)",
    ],
)  # fmt: skip
def test_script_links_are_taken_apart(text: str) -> None:
    left = neutral(text).casefold()
    for scheme in ("javascript:", "vbscript:", "data:text", "data:image", "data:;", "javascript&#58;", "java\nscript:"):
        assert scheme not in left


@pytest.mark.parametrize(
    "text",
    [
        "RG5: 200 MPa (EN 1982)", "Se [prislisten](https://norsemetal.example/a_(b)?c=1&d=2)", "[e-post](mailto:a@b.no)",
        "[ring](tel:+4712345678)", "Her er data: 40 stk", "Metadata: ja", "<b>fet</b> & 3 < 4", "[side](/om-oss)",
        "Javascript er et språk", "kl. 10:30, 2:1", "[liste] (se under: punkt 2)",
    ],
)  # fmt: skip
def test_other_text_stays_as_it_is(text: str) -> None:
    assert neutral(text) == text


@pytest.mark.parametrize(
    "piece", ["[](", "[", "![a](", "<data:", "[a] (", "](\n", "<javascript:", "javascript", "data:a/", "[a]( "]
)
@pytest.mark.parametrize("end", ["", ")", ">", ":)"])
def test_long_text_takes_time_by_its_length_only(piece: str, end: str) -> None:
    text = (piece * 10_000)[:9990] + end
    assert _seconds(text) < 0.02


def test_many_blanks_before_a_target_take_no_time() -> None:
    assert _seconds("[a](" + " " * 9900 + ":)") < 0.02


def _seconds(text: str) -> float:
    """The quickest of some tries, in this thread's own time: a busy machine must not fail the test."""
    tries = []
    for _ in range(3):
        start = time.thread_time()
        neutral(text)
        tries.append(time.thread_time() - start)
    return min(tries)


def test_a_link_in_a_long_text_is_taken_apart_too() -> None:
    assert neutral("x" * 20_000 + "[[a]](javascript&#58;b) [c](https://d.example)").endswith(
        "[[a]] [c](https://d.example)"
    )


def test_payloads_stay_byte_for_byte() -> None:
    reply = neutral_reply(Reply("", [{"title": "[x](javascript:y)", "payload": '/a{"b": "javascript:c"}'}]))
    assert reply.buttons == [{"title": "[x]", "payload": '/a{"b": "javascript:c"}'}]
