"""Addresses are found whole or not at all, and one address has one form however it is written."""

import pytest

from bot.common.addresses import address_in, addresses_in, for_servers, read_address, same_address, spellings

WHOLE = [
    # Signs within the local part
    ("Skriv til sean.o'brien@pumpe.example, takk.", "sean.o'brien@pumpe.example"),
    ("Skriv til sean.o’brien@pumpe.example.", "sean.o'brien@pumpe.example"),
    ("(r&d@pumpe.example)", "r&d@pumpe.example"),
    ("salg&innkjøp@pumpe.example", "salg&innkjøp@pumpe.example"),
    ("kari+tilbud_2@pumpe.example", "kari+tilbud_2@pumpe.example"),
    ("50%club@pumpe.example", "50%club@pumpe.example"),
    # Letters beyond ASCII, before the sign and behind it
    ("kåre.nord@pumpe.example", "kåre.nord@pumpe.example"),
    ("ka\u030are@pumpe.example", "kåre@pumpe.example"),
    ("post@støperi.example", "post@støperi.example"),
    ("Kari Nord <Kari.Nord@STØPERI.example>", "Kari.Nord@støperi.example"),
    ("post@xn--stperi-cya.example", "post@støperi.example"),
    ("info@gießerei.example", "info@gießerei.example"),
    # What stands around it
    ("'kari@pumpe.example'", "kari@pumpe.example"),
    ("**kari@pumpe.example**", "kari@pumpe.example"),
    ("_kari@pumpe.example_", "kari@pumpe.example"),
    ("-kari@pumpe.example", "kari@pumpe.example"),
    ("mailto:kari@pumpe.example?subject=Tilbud", "kari@pumpe.example"),
    ("e-post=kari@pumpe.example", "kari@pumpe.example"),
    ("tlf/mail/kari@pumpe.example", "kari@pumpe.example"),
    ("Mail kari@pumpe.example. Ring ikke", "kari@pumpe.example"),
    ("kari@\u200bpumpe.example", "kari@pumpe.example"),
    ("kari＠pumpe.example", "kari@pumpe.example"),
    # Blanks and words for the signs
    ("kari @ pumpe . example", "kari@pumpe.example"),
    ("kari@pumpe .example", "kari@pumpe.example"),
    ("kari (at) pumpe.example", "kari@pumpe.example"),
    ("kari[at]pumpe[dot]example", "kari@pumpe.example"),
    ("kari(a)pumpe.example", "kari@pumpe.example"),
    ("adressen er kari krøllalfa pumpe punktum example", "kari@pumpe.example"),
    ("kari at pumpe dot example", "kari@pumpe.example"),
    ("kari punktum nord krøllalfa pumpe punktum example", "kari.nord@pumpe.example"),
    ("mail: kari(dot)nord(at)pumpe(dot)example", "kari.nord@pumpe.example"),
    ("30418/kari@pumpe.example", "kari@pumpe.example"),
    ("my address: kari.nord @ pumpe.example", "kari.nord@pumpe.example"),
]


@pytest.mark.parametrize(("text", "address"), WHOLE)
def test_found_whole(text: str, address: str) -> None:
    found = address_in(text)
    assert found is not None
    assert found.value == address


@pytest.mark.parametrize("text", [
    "kari@pumpe", "kari@pumpe,example", "kari@@pumpe.example", "kari@pumpe..example", "kari@.example", "@pumpe.example",
    "kari.@pumpe.example", "ka..ri@pumpe.example", "kari@pumpe_x.example", "kari@-pumpe.example", "kari@pumpe.example@x",
    '"kari nord"@pumpe.example', "kari/drift@pumpe.example", "kari@pumpe.e", "kari@10.0.0.1", "kari@pumpe.local",
    "x" * 65 + "@pumpe.example", "kari@" + "x" * 64 + ".example", "40 stk @ 12,50", "40 stk@12.50", "100 % @ pumpe.example",
    "we are at pumpe.example today", "jeg er på jobb @ pumpe.example", "kari@pumpe. No more", "tegning (a) rev.ny",
    "https://pumpe.example/kari@stoperi.example", "kari nord at pumpe dot example", "let us meet at noon dot com",
    "kari@pumpe.example1",
])  # fmt: skip
def test_what_is_cut_off_or_no_address_is_none(text: str) -> None:
    assert addresses_in(text) == []


@pytest.mark.parametrize(("text", "places"), [
    ("kari@pumpe.example, per@pumpe.example", ["kari@pumpe.example", "per@pumpe.example"]),
    ("kari@pumpe.example/per@pumpe.example", ["kari@pumpe.example", "per@pumpe.example"]),
    ("kari@pumpe.example;r&d@støperi.example", ["kari@pumpe.example", "r&d@støperi.example"]),
    ("kari@pumpe og per@pumpe.example", ["per@pumpe.example"]),
])  # fmt: skip
def test_several_each_at_its_place(text: str, places: list[str]) -> None:
    assert [text[each.start : each.end] for each in addresses_in(text)] == places


@pytest.mark.parametrize(("text", "address"), [
    (" kari@pumpe.example ", "kari@pumpe.example"),
    ("a/b=c@pumpe.example", "a/b=c@pumpe.example"),  # alone there is nothing to take it for
    ("Kari <kari@pumpe.example>", None),
    ("kari@pumpe.example og mer", None),
    ("", None),
    ("\ud800@pumpe.example", None),
    ("k@" + "pumpe." * 60 + "example", None),
])  # fmt: skip
def test_a_field_holds_an_address_and_nothing_else(text: str, address: str | None) -> None:
    assert read_address(text) == address


@pytest.mark.parametrize(("one", "other"), [
    ("Kari@Pumpe.example", "kari@pumpe.example"),
    ("post@støperi.example", "post@xn--stperi-cya.example"),
    ("KÅRE@pumpe.example", "kåre@pumpe.example"),
    ("ka\u030are@pumpe.example", "kåre@pumpe.example"),
    ("sean.o’brien@pumpe.example", "sean.o'brien@pumpe.example"),
])  # fmt: skip
def test_spellings_of_one_address_are_the_same(one: str, other: str) -> None:
    assert same_address(one) == same_address(other)
    assert spellings(one) & spellings(other)


def test_a_server_is_given_a_domain_in_ascii() -> None:
    assert for_servers("kåre@støperi.example") == "kåre@xn--stperi-cya.example"
    assert for_servers("kari@pumpe.example") == "kari@pumpe.example"


@pytest.mark.parametrize("piece", ["@", "a@", "a", "a.", "a at ", "a dot ", "a@b.", "x'", "(at)", "_@"])
def test_no_text_costs_more_than_its_length(piece: str) -> None:
    assert isinstance(addresses_in(piece * 4000), list)
