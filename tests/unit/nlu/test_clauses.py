"""Where a message is cut, as a table; and which clauses ask."""

import pytest

from bot.engine.nlu.clauses import MOST, asks, cut


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("", []),
        ("?!", []),
        ("hei", ["hei"]),
        ("ok takk, og SO-30433?", ["ok", "takk", "SO-30433?"]),
        ("hei, jeg skal ha flere av FP-2052", ["hei", "jeg skal ha flere av FP-2052"]),
        ("ja. og flytt levering to uker fram", ["ja.", "og flytt levering to uker fram"]),
        ("ja send den", ["ja", "send den"]),
        ("yes but 30", ["yes", "but 30"]),
        ("nei, 60 stk", ["nei", "60 stk"]),
        ("fine, I'll think about it", ["fine", "I'll think about it"]),
        ("ok, takk, send it", ["ok", "takk", "send it"]),
        ("I know the price, thanks", ["I know the price", "thanks"]),
        ("hvor er SO-30417, og når kommer den?", ["hvor er SO-30417", "når kommer den?"]),
        ("Kan dere støpe en ny og hva koster det?", ["Kan dere støpe en ny", "hva koster det?"]),
        ("we need 40 and they must be in RG5", ["we need 40", "they must be in RG5"]),
        ("the first one. 10 pieces", ["the first one.", "10 pieces"]),
        ("40 stk RG5 og 20 stk RG7", ["40 stk RG5 og 20 stk RG7"]),
        ("40 stk; RG5; uke 12", ["40 stk; RG5; uke 12"]),
        ("ca. 40 stk, 2,8 kg pr. stk", ["ca. 40 stk, 2,8 kg pr. stk"]),
        ("levering 1. mars hvis mulig", ["levering 1. mars hvis mulig"]),
        ("kan dere støpe i RG5 og RG7?", ["kan dere støpe i RG5 og RG7?"]),
        ("if you can do it, we need 40", ["if you can do it, we need 40"]),
        ("Pos\tVarenr\tAntall\n10\tFP-2\t40\n20\tFP-3\t50", ["Pos\tVarenr\tAntall\n10\tFP-2\t40\n20\tFP-3\t50"]),
        ("RFQ:\n1) Hus, 14 stk\n2) Deksel, 14 stk\nHva koster det?", ["RFQ:\n1) Hus, 14 stk\n2) Deksel, 14 stk", "Hva koster det?"]),
    ],
)  # fmt: skip
def test_clauses(text: str, clauses: list[str]) -> None:
    assert [text[start:end] for start, end in cut(text)] == clauses


def test_what_lies_beyond_is_one_clause() -> None:
    text = "Hvor er den? " * 30
    spans = cut(text)
    assert len(spans) == MOST
    assert text[spans[-1][0] : spans[-1][1]].count("?") == 30 - MOST + 1


@pytest.mark.parametrize(
    ("clause", "asking"),
    [
        ("SO-30433?", True),
        ("når kommer den", True),
        ("og hva koster det", True),
        ("kan dere støpe den", True),
        ("lurer på om dere har plass", True),
        ("jobber dere med RG7 også", True),
        ("dreier dere dem ferdig", True),
        ("leverer ni till Sverige", True),
        ("etter du har sendt dem", False),
        ("eller du kan ta 30", False),
        ("when it is ready", False),
        ("når det er klart", False),
        ("40 stk", False),
        ("jeg skal ha flere", False),
    ],
)
def test_a_question_is_known_by_its_form(clause: str, asking: bool) -> None:
    assert asks(clause) is asking
