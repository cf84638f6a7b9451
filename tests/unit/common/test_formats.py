import pytest

from bot.common.formats import Formats, iso_week, week_monday

NB = Formats("nb", {"unit.week": "uke", "status.shipped": "sendt"})
EN = Formats("en", {"unit.week": "week", "status.shipped": "shipped"})


@pytest.mark.parametrize(
    ("value", "spec", "nb", "en"),
    [
        ("2027-03-19", "date", "fredag 19. mars 2027", "Friday 19 March 2027"),
        ("2027-03-19", "day", "19. mars", "19 March"),
        ("2027-06-01/2027-06-30/month", "date", "juni 2027", "June 2027"),
        ("2027-03-22/2027-04-09/weeks", "date", "uke 12–14 (2027)", "week 12–14 (2027)"),
        ("2027-03-19", "week", "uke 11 (2027)", "week 11 (2027)"),
        ("2026-W53", "week", "uke 53 (2026)", "week 53 (2026)"),
        ("2027-01-01", "week", "uke 53 (2026)", "week 53 (2026)"),
        (1385.0, "int", "1\u00a0385", "1,385"),
        (7.6, "num", "7,6", "7.6"),
        (0.62, "num", "0,62", "0.62"),
        ("<1", "num", "<1", "<1"),
        ("1.3-1.5", "num", "1,3–1,5", "1.3–1.5"),
        ("status.shipped", "term", "sendt", "shipped"),
        (["a", "b", "c"], "list", "a, b og c", "a, b and c"),
        (["a", "b"], "or", "a eller b", "a or b"),
        ([1234500, "NOK"], "money", "12\u00a0345,00 NOK", "12,345.00 NOK"),
    ],
)
def test_a_value_looks_as_the_reader_expects(value: object, spec: str, nb: str, en: str) -> None:
    assert (NB.apply(value, spec), EN.apply(value, spec)) == (nb, en)


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(KeyError):
        NB.apply(1, "weight")


def test_weeks_and_dates_meet() -> None:
    assert iso_week(week_monday("2027-W12")) == "2027-W12"
    with pytest.raises(ValueError, match="53"):
        week_monday("2027-W53")


def test_a_month_is_named() -> None:
    assert Formats("nb", {}).apply("2027-03", "month") == "mars 2027"
    assert Formats("en", {}).apply("2027-03", "month") == "March 2027"
