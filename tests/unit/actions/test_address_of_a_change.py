"""The address that an order is to go to instead: told within a wish, and corrected in part."""

import pytest

from actions.form.answers import line
from actions.orders.numbers import codes_in
from actions.tasks.change.address import _correction, address_in, street_told
from tests.unit.actions.quote.reading_help import turn_of


@pytest.mark.parametrize(
    ("stands", "text", "address"),
    [
        ("Pier 3, Harbour Road 5, 2317 Hamar", "no, Pier 7", "Pier 7, Harbour Road 5, 2317 Hamar"),
        ("Sjøgata 3, 8006 Bodø", "nei, nr 13", "Sjøgata 13, 8006 Bodø"),
        ("Sjøgata 3, 8006 Bodø", "beklager, 8007 Bodø", "Sjøgata 3, 8007 Bodø"),
        ("Sjøgata 3, 8006 Bodø", "nej, Strandgatan 5, 4110 Göteborg", "Strandgatan 5, 4110 Göteborg"),
        ("Mill Lane 8, 5003 Bergen", "sorry, Gate 4", "Mill Lane 8, 5003 Bergen; Gate 4"),
        ("Sjøgata 3, 8006 Bodø", "nei, uke 20", None),
        ("Sjøgata 3, 8006 Bodø", "ja, send", None),
        ("Sjøgata 3, 8006 Bodø", "40", None),
    ],
)
def test_only_the_part_that_is_named_is_another(stands: str, text: str, address: str | None) -> None:
    corrected = _correction(turn_of(text), line("address", stands))
    assert (corrected.value if corrected else None) == address


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("ny leveringsadresse for SO-30414: Kaigata 7, 5003 Bergen", "Kaigata 7, 5003 Bergen"),
        ("send SO-30414 to Mill Lane 8, 5003 Bergen instead", "Mill Lane 8, 5003 Bergen"),
        ("send it to our other site", None),
    ],
)
def test_the_address_within_a_wish(text: str, address: str | None) -> None:
    assert address_in(text) == address


@pytest.mark.parametrize(
    ("opened", "text", "codes"),
    [
        ("address", "Kaigata 4, 5003 Bergen", []),
        ("address", "kaigata 4, 5003 bergen", []),
        (None, "Kaigata 4, 5003 Bergen", []),
        (None, "I accept 5003", ["5003"]),
        (None, "what about 5003 then", ["5003"]),
    ],
)
def test_a_postcode_is_no_number_of_the_customers(opened: str | None, text: str, codes: list[str]) -> None:
    assert [code for code, _, _ in codes_in(turn_of(text, opened))] == codes


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("leveringsadresse skal være Havnegade 4, Esbjerg", "Havnegade 4, Esbjerg"),
        ("the delivery address should be Mill Road 8, Bergen", "Mill Road 8, Bergen"),
        ("adressen er Kaigata 4, 5003 Bergen", "Kaigata 4, 5003 Bergen"),
        ("it goes to Førde, Hafstadvegen 61", "Hafstadvegen 61, Førde"),
        ("Kaigata 4, takk", "Kaigata 4"),
        ("Kaigata 4, og i uke 20", "Kaigata 4"),
    ],
)
def test_a_street_keeps_the_town_beside_it(text: str, address: str) -> None:
    assert street_told(turn_of(text)) == address
