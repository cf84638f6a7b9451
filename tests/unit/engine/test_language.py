import pytest

from bot.engine.nlu.language import decide, wished_language


@pytest.mark.parametrize(
    ("current", "chosen", "hint", "share_en", "words", "expected"),
    [
        (None, False, None, 0.9, 3, "en"),
        (None, False, None, 0.64, 1, "en"),
        (None, False, "en", 0.5, 0, "en"),
        (None, False, None, 0.5, 0, "nb"),
        (None, False, "en", 0.1, 4, "nb"),
        (None, False, "fr", 0.5, 0, "nb"),
        ("nb", False, "en", 0.99, 1, "nb"),
        ("nb", False, None, 0.99, 0, "nb"),
        ("nb", False, None, 0.95, 4, "en"),
        ("nb", False, None, 0.99, 2, "nb"),
        ("nb", False, None, 0.6, 6, "nb"),
        ("nb", True, None, 0.99, 9, "nb"),
    ],
)
def test_the_language_is_decided_over_the_conversation(
    current: str | None, chosen: bool, hint: str | None, share_en: float, words: int, expected: str
) -> None:
    shares = {"nb": 1 - share_en, "en": share_en}
    assert decide(current, chosen, hint, shares, words, "nb") == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("English please", "en"),
        ("kan vi ta det på engelsk", "en"),
        ("not English, Norwegian", "nb"),
        ("på svenska tack", None),
    ],
)
def test_a_wish_names_a_language(text: str, language: str | None) -> None:
    assert wished_language(text) == language
