"""Where the parts are to go is an answer of its own, however it is said; nothing else is taken for it."""

import pytest

from .reading_help import told


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("levert Hamar", "Hamar"),
        ("må ha det før påske. levers til Mosjøen", "Mosjøen"),
        ("leverast i florø", "florø"),
        ("leveringssted florø da. 4 bar på bruk", "florø"),
        ("Leveringssted: Hamar", "Hamar"),
        ("næ det va alt. levere te Røros", "Røros"),
        ("arne@havbruksnord.example, leveres Bodø", "Bodø"),
        ("frakt: DAP Hull, 3.1", "DAP Hull"),
        ("FCA Elverum is fine", "FCA Elverum"),
        ("delivered in Kuopio wk 20", "Kuopio"),
        ("nope just t6. deliver to grimsby. faces get machined here", "grimsby"),
        ("delivery to Bergen in week 20", "Bergen"),
        ("place of delivery is Stockport", "Stockport"),
        ("leverans till Göteborg", "Göteborg"),
        ("Lieferung nach Bremen", "Bremen"),
        ("Leveringsadresse: Kaigata 4, 5003 Bergen", "Kaigata 4, 5003 Bergen"),
    ],
)
@pytest.mark.parametrize("opened", ["notes", "name", "delivery", "confirmation"])
def test_the_place_is_taken_whatever_is_asked(text: str, place: str, opened: str) -> None:
    assert told(text, opened).value("place") == place


@pytest.mark.parametrize(
    "text",
    [
        "levert i uke 20", "delivered in May", "levert maskinert", "levert ferdig maskinert", "delivery is urgent", "levering i juni",
        "kan dere levere i Bergen?", "Ola Berg, Berg Marine AS i Måløy", "delivered in two lots", "levering til oss", "leveres på palle",
        "delivery as soon as possible", "levert malt", "leveres i pose", "levering haster", "send tilbudet til Kari",
    ],
)  # fmt: skip
def test_what_is_no_place(text: str) -> None:
    assert "place" not in told(text, "notes")


def test_a_place_told_anew_takes_the_place_of_the_first() -> None:
    first = told("levert Hamar", "notes")
    assert told("nei, leveringssted Gjøvik", "name", first).value("place") == "Gjøvik"
