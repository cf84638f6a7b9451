"""Number, address, code, and that none came: found however they are typed, in every language that is read."""

import pytest

from bot.web.proof_reading import (
    Code,
    asks_again,
    asks_which_code,
    calls_address_wrong,
    cannot,
    corrected_domain,
    corrected_ending,
    corrects,
    find_code,
    find_pair,
    has_phone,
    lacks_number,
    looks_ours,
    names_other_address,
    resists,
    tries,
    wants_code,
    wants_proof,
)


@pytest.mark.parametrize(
    ("text", "reference", "alone"),
    [
        ("SO-30417, bo@ek.example", "SO-30417", True),
        ("bo@ek.example og ordrenummeret er SO-30417, takk", "SO-30417", True),
        ("kundenr 10101 bo@ek.example", "10101", True),
        ("Mein Auftrag ist SO-30417, meine E-Mail bo@ek.example", "SO-30417", True),
        ("min beställning är SO-30417 och adressen bo@ek.example", "SO-30417", True),
        ("SO-30417, bo@ek.example, kan den komme tidligere?", "SO-30417", False),
        ("no, my customer number is 10101 and bo@ek.example", "10101", True),
        ("it's SO-30417 and I'm bo@ek.example", "SO-30417", True),
        ("yes, the order is SO-30417, registered on bo@ek.example", "SO-30417", True),
        ("bo@ek.example / SO-30417", "SO-30417", True),
        ("SO-30417, den står på bo@ek.example", "SO-30417", True),
    ],
)
def test_number_and_address_in_one_line(text: str, reference: str, alone: bool) -> None:
    found = find_pair(text)
    assert (found.reference, found.email, found.alone, found.sure) == (reference, "bo@ek.example", alone, True)


def test_a_number_that_is_not_called_one_is_not_sure() -> None:
    assert not find_pair("bo@ek.example, 95500111").sure


@pytest.mark.parametrize(
    ("text", "reference"),
    [
        ("kan dere se på 30431? jeg er bo@ek.example", "30431"),
        ("wo bleibt 30401? bo@ek.example", "30401"),
        ("20 stk til på 30411, bo@ek.example", "30411"),
        ("til Havnegata 9, 2317 Hamar, ordre 30417, bo@ek.example", "30417"),
    ],
)
def test_figures_like_ours_in_a_sentence_are_an_order(text: str, reference: str) -> None:
    found = find_pair(text)
    assert (found.reference, found.email, found.sure) == (reference, "bo@ek.example", True)
    assert looks_ours(reference)


@pytest.mark.parametrize(
    "text",
    [
        "budsjettet er 45000, bo@ek.example", "vi skal ha 12500 kg, bo@ek.example", "Hafenstr. 7, 26384 Wilhelmshaven, bo@ek.example",
        "12.500 er taket, bo@ek.example",
    ],
)  # fmt: skip
def test_sums_and_postcodes_are_no_order(text: str) -> None:
    assert not find_pair(text).sure


@pytest.mark.parametrize(
    "text",
    [
        "kan du sende kode?",
        "ok, send the code then",
        "gi meg en kode da",
        "jeg trenger en kode",
        "skicka koden",
        "schicken Sie den Code",
    ],
)
def test_a_code_is_asked_for(text: str) -> None:
    assert wants_code(text)


@pytest.mark.parametrize(
    "text", ["trenger jeg kode?", "jeg gjør ikke koder", "hva er koden", "where do I find the code"]
)
def test_no_code_is_asked_for(text: str) -> None:
    assert not wants_code(text)


@pytest.mark.parametrize("text", ["kva er koden?", "what is the code", "hvor finner jeg koden?"])
def test_the_code_itself_is_asked_for(text: str) -> None:
    assert asks_which_code(text)


@pytest.mark.parametrize("text", ["bruk den andre adressen", "try my other e-mail", "prøv den andre mailen da"])
def test_the_other_address_is_to_be_used(text: str) -> None:
    assert names_other_address(text)


@pytest.mark.parametrize("text", ["kan dere forsøke bo@ek.example?", "maybe it is bo@ek.example"])
def test_an_address_is_proposed(text: str) -> None:
    assert tries(text)


def test_what_is_said_of_goods_is_none_of_the_proof() -> None:
    assert not asks_which_code("123456")
    assert not names_other_address("lever til en annen adresse")
    assert not tries("når kommer den?")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("123456", Code("123456")), ("koden er 123456", Code("123456")), ("ok 123 456", Code("123456")),
        ("here's the code: 123-456, thank you", Code("123456")), ("Der Code ist 123456", Code("123456")),
        ("123456, og når kommer SO-30417?", Code("123456", "og når kommer SO-30417?")),
    ],
)  # fmt: skip
def test_a_code_in_a_sentence(text: str, code: Code) -> None:
    assert find_code(text) == code


@pytest.mark.parametrize(
    "text",
    [
        "111111? no, have someone ring 46 50 21 18", "+47 46 50 21 18", "0044 7700 900123, Jo Bell", "ring 07700 900 123", "we ship 209529 of them",
        "222222, ha ha",
    ],
)  # fmt: skip
def test_a_telephone_number_or_figures_made_up_are_no_code(text: str) -> None:
    assert find_code(text) is None


@pytest.mark.parametrize("text", ["46 50 21 18", "0044 7700 900123", "bo@ek.example, +47 465 02 118"])
def test_a_telephone_number_is_the_number_of_no_order(text: str) -> None:
    assert find_pair(text).reference is None
    assert has_phone(text)
    assert not has_phone("30417 30418")


@pytest.mark.parametrize(
    "text",
    [
        "her mailbox is closed, she has left", "I have no access to that mail", "den går til sjefen, og han er på ferie", "jeg har ikke tilgang til den e-posten",
        "hun har sluttet hos oss", "die geht an den Chef",
    ],
)  # fmt: skip
def test_the_mail_cannot_be_read(text: str) -> None:
    assert cannot(text)


@pytest.mark.parametrize("text", ["no code came", "123456", "send a new one", "when is it sent?", "det kom ingen kode"])
def test_nothing_keeps_from_reading_the_mail(text: str) -> None:
    assert not cannot(text)


@pytest.mark.parametrize(
    "text",
    [
        "there is no code in my inbox", "ok send another one", "please resend", "I didn’t get the code", "send ny kode da", "fekk ikkje noko kode",
        "har ikke fått noe ennå", "koden har ikke kommet", "kan du sende en ny?", "jag fick ingen kod", "jeg fik ikke nogen kode",
        "Ich habe keinen Code bekommen", "bitte nochmal senden", "den kom ikke", "it still hasn't arrived",
        "send me a new one then", "yes, another one please", "nothing in my inbox yet", "I'm still waiting for the code", "where is the code?",
        "it never showed up", "can you try again", "ok, send en til", "send meg en ny da", "vær så snill og send den igjen", "ja, en ny en takk",
        "kan jeg få en ny", "hvor blir det av koden?", "den har ikke dukket opp", "prøv en gang til", "eg ventar enno på koden", "nei, ingenting ennå",
    ],
)  # fmt: skip
def test_no_code_came(text: str) -> None:
    assert asks_again(text)


@pytest.mark.parametrize(
    "text",
    [
        "hva er minstevekten for RG5?", "we have no drawing", "send another order of the same", "ingen hast", "not now", "123456", "hvor er SO-30417?", "where is my order?", "kan jeg få en ny dato", "can you try a lighter alloy",
        "Do you need our pattern for this, or can you make a new one from the drawing that we sent you by mail?",
    ],
)  # fmt: skip
def test_something_else_than_a_missing_code(text: str) -> None:
    assert not asks_again(text)


@pytest.mark.parametrize(
    "text", ["that's the wrong address", "Feil adresse, beklager", "det var fel adress", "falsche Adresse"]
)
def test_a_wrong_address(text: str) -> None:
    assert calls_address_wrong(text)


@pytest.mark.parametrize(
    "text",
    [
        "Show who I am", "show who i am please", "Vis hvem jeg er", "vis hvem jeg er!", "jeg vil vise hvem jeg er", "ok, identify me",
        "I would like to prove who I am", "eg vil gjerne vise kven eg er", "jag vill visa vem jag är", "ich möchte mich ausweisen",
    ],
)  # fmt: skip
def test_the_button_of_the_proof_typed(text: str) -> None:
    assert wants_proof(text)


@pytest.mark.parametrize(
    "text", ["who am I talking to?", "show my orders", "hvem er du?", "vis hva jeg kan velge", "you know who I am", "my name is Kari"]
)  # fmt: skip
def test_no_wish_to_prove_anything(text: str) -> None:
    assert not wants_proof(text)


@pytest.mark.parametrize(
    "text",
    [
        "oh sorry, I mistyped, the address is a.b@firm.example", "beklager, det skulle være a.b@firma.example", "nei vent, ordrenummeret er SO-30417",
        "fel av mig, rätt är a.b@firma.example", "Entschuldigung, vertippt: a.b@firma.example",
    ],
)  # fmt: skip
def test_what_was_told_is_corrected(text: str) -> None:
    assert corrects(text)


@pytest.mark.parametrize(
    ("typed", "address"),
    [
        ("sean.o'brien@ek.example", "sean.o'brien@ek.example"),
        ("r&d@ek.example", "r&d@ek.example"),
        ("kåre.nord@ek.example", "kåre.nord@ek.example"),
        ("bo@støperi.example", "bo@støperi.example"),
        ("bo @ ek . example", "bo@ek.example"),
        ("bo@ek", None),
        ("bo@@ek.example", None),
    ],
)
def test_an_address_is_taken_whole_or_not_at_all(typed: str, address: str | None) -> None:
    found = find_pair(f"SO-30417, {typed}")
    assert (found.reference, found.email) == ("SO-30417", address)


@pytest.mark.parametrize("text", ["should I write to a.b@firm.example?", "send kopi til a.b@firma.example", "123456"])
def test_no_correction(text: str) -> None:
    assert not corrects(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("wrong, it should be fjord-pumps.example", "kari@fjord-pumps.example"),
        ("feil, det skal være @fjord-pumper.example", "kari@fjord-pumper.example"),
        ("feil, det skal være støperi.example", "kari@støperi.example"),
        ("feil, det skal være @STØPERI.example", "kari@støperi.example"),
        ("see fjord-pumps.example for more", None),
        ("sorry, wrong: a.example or b.example", None),
    ],
)
def test_only_the_domain_was_wrong(text: str, wanted: str | None) -> None:
    assert corrected_domain(text, "kari@fjord.example") == wanted


@pytest.mark.parametrize(
    ("text", "reference", "wanted"),
    [
        ("sorry, I meant the one ending 77", "SO-30419", "SO-30477"),
        ("beklager, den som slutter på 05", "SO-30419", "SO-30405"),
        ("oops, ends in 8", "SO-30419", "SO-30418"),
        ("the one ending 77", "SO-30419", None),
        ("sorry, ending soon", "SO-30419", None),
        ("sorry, I meant the one ending 77", None, None),
    ],
)
def test_the_last_figures_of_a_number_are_corrected(text: str, reference: str | None, wanted: str | None) -> None:
    assert corrected_ending(text, reference) == wanted


@pytest.mark.parametrize(
    "text", ["I own this business", "eg er eigaren her", "is that really necessary?", "holder ikke det?"]
)
def test_somebody_resists(text: str) -> None:
    assert resists(text)


@pytest.mark.parametrize("text", ["SO-30419", "where is my order?", "we have our own pattern", "hvor er ordren min"])
def test_nobody_resists(text: str) -> None:
    assert not resists(text)


@pytest.mark.parametrize("text", ["damn, typed it wrong, it is SO-30418", "faen, skrev feil, det er SO-30418", "30418"])
def test_a_slip_told_with_an_oath_is_only_its_number(text: str) -> None:
    found = find_pair(text)
    assert found.alone
    assert str(found.reference).endswith("30418")


@pytest.mark.parametrize(
    "text",
    [
        "vet ikke ordrenummeret", "no idea about the number, its 12 impellers, I work at Fjellvik", "I haven't got the order number here",
        "vet inte ordernummer. det är pumphjul", "har ikkje nummeret for handa", "order number? don't have it", "I lost the number",
        "ich weiß nicht die Auftragsnummer", "finner ikke noe ordrenr på papirene",
    ],
)  # fmt: skip
def test_a_number_that_is_not_at_hand(text: str) -> None:
    assert lacks_number(text)


@pytest.mark.parametrize(
    "text",
    ["SO-30417", "my number is 30417", "I don't know what you mean", "how many numbers are there", "har ikke tid"],
)
def test_no_number_is_said_to_be_missing(text: str) -> None:
    assert not lacks_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "Anna Berg, Vik Mek. anna@vikmek.example, you can send me the code and I will type it in at once",
        "the number is on the slip somewhere, so just send me a code please and look it up for me yourself",
        "jeg husker ikke ordrenummeret akkurat nå, men send meg en kode så finner du det jo selv",
        "Ola Vik, Vik Mek, ola@vikmek.example, du kan sende meg koden så skriver jeg den inn her",
    ],
)
def test_a_code_is_asked_for_in_a_longer_message(text: str) -> None:
    assert wants_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "please send the parts back to us, the customs people asked for the code of the tariff yesterday",
        "vi sender delene i retur, tollen spurte visst etter en kode for dem i går ettermiddag et sted",
    ],
)
def test_another_code_in_a_longer_message_is_none(text: str) -> None:
    assert not wants_code(text)
