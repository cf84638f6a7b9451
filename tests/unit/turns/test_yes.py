"""Only an unqualified yes sends: phrases that are one and phrases that are none, in every language that is read."""

import pytest

from actions.turns.yes import unqualified_yes

YES = {
    "nb": [
        "ja", "Ja!", "jada", "jo", "ja takk", "ja, send den", "send", "Send inn", "ok", "OK, send", "okei, kjør på", "greit",
        "det stemmer", "stemmer, takk", "alt stemmer, send", "ser bra ut, send den inn", "helt riktig", "bekreftes",
        "ja vær så snill", "ja, det er riktig", "bare send den", "gjør det", "selvfølgelig", "kjør",
        "fint, send forespørselen", "ok da", "greit, send", "flott, bare send", "ja, send bestillingen, takk", "jeg bekrefter", "ja ja",
        "oversend den", "bekreftes, oversendes", "få det avgårde", "ja værsågod", "vær så snill å sende den", "det var riktig det", "vi bekrefter", "ja, send det til salg",
    ],
    "nn": ["ja, det stemmer", "stemmar", "sjølvsagt", "greitt, send", "ja, ver så snill", "gjer det", "eg stadfestar", "stemmar heilt", "jau", "jau, det stemme", "send no", "me stadfestar"],
    "sv": ["ja, skicka", "det stämmer", "kör på", "ja tack", "absolut", "självklart, skicka iväg den", "bra så, skicka", "okej", "jajamen", "skicka det ni har"],
    "da": ["ja tak", "det passer", "det er rigtigt", "bekræft", "ja, send den", "selvfølgelig", "det er rigtigt, send", "indsend den"],
    "en": [
        "yes", "Yes, please.", "yep", "yeah send it", "ok, go ahead", "sure", "that's right", "looks good, send it",
        "all correct", "confirmed", "please do", "go for it", "yes, submit the request", "perfect, do it", "correct",
        "I confirm", "everything is correct", "spot on, send it off", "do it please", "great, yes please", "can you send it",
        "forward it to sales", "please do send it", "good to go", "that's fine", "yes that's all right", "we confirm", "ok good, yes, ship it", "fine by us",
    ],
    "de": ["ja", "ja, bitte", "genau", "stimmt", "das stimmt, danke", "passt, abschicken", "jawohl", "einverstanden", "alles richtig", "stimmt alles", "schicken Sie es ab", "senden Sie es bitte ab", "das ist richtig so", "ja klar, schick's ab"],
}  # fmt: skip
NONE = {
    "nb": [
        "nei", "ja, men 30 stk", "ok, vent litt", "jeg tenker på det", "fint, jeg tenker på det", "ja?", "er det riktig?",
        "takk", "hei", "ok, rett opp navnet", "ja hvis dere rekker uke 20", "kanskje", "ikke ennå", "send den ikke",
        "ikke send", "nesten riktig", "ja, og legg til sertifikat", "det stemmer ikke", "greit nok, men hva koster det",
        "60 stk", "uke 20", "ja 60", "jeg må spørre sjefen først", "ok i morgen", "vet ikke", "ja til alt unntatt vekten",
        "", "   ", "!!!", "kan du sende den på e-post også", "bra at du spør", "ja, hvem får den", "ok, hva nå",
        "supert!", "perfekt, tusen takk", "flott, takk skal du ha", "fint", "ok takk", "ser bra ut", "greit, takk for det", "jamen", "send den ikke til salg", "vi sender den på mail", "det e bra",
    ],
    "nn": ["nei takk", "ikkje send", "ja, men vent", "eg må tenkje på det", "ikkje enno", "ja, om prisen er rett"],
    "sv": ["nej", "inte än", "ja, men 30 stycken", "jag återkommer", "vänta lite", "skicka inte", "kanske det"],
    "da": ["nej tak", "ikke endnu", "ja, men vent lidt", "jeg skal lige tænke", "det passer ikke"],
    "en": [
        "no", "yes but 30", "ok, hold on", "fine, I'll think about it", "correct the name", "not yet", "is that right?",
        "thanks", "hello", "that's not right", "don't send it", "almost", "yes if you can make week 20", "maybe", "send me a copy",
        "yes and add a certificate", "ok, who gets it", "sure, what happens next", "great, I'll get back to you", "not sure",
        "let it stand", "cancel", "change the quantity", "yes 60 pcs", "no, that's correct", "good question",
        "go away", "go over it", "let it go", "is it sent", "can you confirm that this is correct", "is everything right", "great, thanks", "great", "fine", "right", "perfect, thanks", "ok thanks", "fine by us but not yet", "send me the drawing", "that's fine, thanks", "all good, thank you", "looks good", "ok great",
    ],
    "de": ["nein", "noch nicht", "ja, aber 30 Stück", "warten Sie bitte", "das stimmt nicht", "vielleicht", "danke"],
}  # fmt: skip


@pytest.mark.parametrize(("language", "phrase"), [(language, each) for language in YES for each in YES[language]])
def test_a_clear_yes_is_one(language: str, phrase: str) -> None:
    assert unqualified_yes(phrase)


@pytest.mark.parametrize(("language", "phrase"), [(language, each) for language in NONE for each in NONE[language]])
def test_a_reservation_a_question_a_correction_a_value_and_courtesy_are_none(language: str, phrase: str) -> None:
    assert not unqualified_yes(phrase)


def test_a_pressed_button_is_a_yes() -> None:
    assert unqualified_yes("/affirm")
    assert not unqualified_yes("/deny")


def test_more_than_a_short_message_says_more_than_yes() -> None:
    assert not unqualified_yes("ja " * 15)
