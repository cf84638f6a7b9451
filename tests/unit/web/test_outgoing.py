"""No link that runs code leaves web, and nothing else is changed."""

import pytest

from bot.conversations.records import Reply
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


def test_payloads_stay_byte_for_byte() -> None:
    reply = neutral_reply(Reply("", [{"title": "[x](javascript:y)", "payload": '/a{"b": "javascript:c"}'}]))
    assert reply.buttons == [{"title": "[x]", "payload": '/a{"b": "javascript:c"}'}]
