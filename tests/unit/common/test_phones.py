"""A telephone number has one spelling to be compared by, whatever was typed."""

import pytest

from bot.common.phones import normal


@pytest.mark.parametrize(("language", "typed", "number"), [
    ("nb", "62 41 00 00", "+4762410000"),
    ("nb", "624 10 000", "+4762410000"),
    ("nb", "(+47) 62 41 00 00", "+4762410000"),
    ("nb", "0047 62410000", "+4762410000"),
    ("nb", "12 34 56 78", "+4712345678"),
    ("en", "+44 (0)20 7946 0958", "+442079460958"),
    ("en", "+1 (330) 555-0117", "+13305550117"),
    ("en", "330 555 0117", "3305550117"),
    ("sv", "070-123 45 67", "+46701234567"),
    ("de", "030 / 1234567", "+49301234567"),
    ("da", "12 34 56 78", "+4512345678"),
    ("fr", "62 41 00 00", "+4762410000"),
    ("", "1234", "1234"),
    ("nb", "ring", ""),
])  # fmt: skip
def test_one_spelling(language: str, typed: str, number: str) -> None:
    assert normal(typed, language) == number
