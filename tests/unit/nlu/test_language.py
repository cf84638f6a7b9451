"""Which language a conversation is answered in."""

import pytest

from bot.engine.nlu.language import decide, tells


@pytest.mark.parametrize(
    ("hint", "english", "words", "language"),
    [
        (None, 0.74, 1, "en"),  # «cancel SO-30431»
        ("nb", 0.74, 1, "nb"),
        ("nb", 0.9, 1, "en"),
        (None, 0.27, 0, "nb"),  # «RG5»
        (None, 0.1, 2, "nb"),
    ],
)
def test_a_first_message_is_answered_in_its_own_language_or_the_page_s(
    hint: str | None, english: float, words: int, language: str
) -> None:
    shares = {"nb": 1 - english, "en": english}
    assert decide(None, False, hint, shares, words, "nb") == language


def test_a_guess_does_not_bind_the_next_message() -> None:
    assert not tells({"nb": 0.26, "en": 0.74}, 1)
    assert tells({"nb": 0.1, "en": 0.9}, 1)
