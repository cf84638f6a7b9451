"""What is said of the goods and the matter is kept as it was written; what is only about the talk is not."""

import pytest

from actions.form.matter import asks_of_the_talk, kept_of, of_matter, questions_in

TALK = [
    "uff det er sent", "ok 5, worse than I thought", "sist sa dere april", "NEI jeg bestiller ikke løpehjul", "just been told",
    "not three", "herregud nei. ikke 6 stk.", "Three different things", "That is an honest capacity table at least",
    "why does it say 28 of 28??", "what po number do you have on that", "Thanks for the tolerances", "Simple question",
    "Clear answer", "that's what I wanted to hear", "as i said", "hvem betaler maskineringa", "whos responsible for this",
    "I'm not asking for a quote yet", "But you mixed it", "du svarte ikke", "30401 svarte du ikke på", "du säger samma sak 3 gånger",
    "nå snakket jeg med sjefen", "jeg ER logget inn", "så bra, kjempefint", "the question was the split",
    "hm 37 by then is actually ok", "ok 34 is fine too", "This isn't getting me there", "æ spurte dokker",
    "I asked how many are already poured", "det står fortsatt rare ting under I dine ord", "men ok det får gå", "so kan du senda",
    "jeg ba ikke om å flytte hele ordren", "you keep asking quote things", "det trenger ikke salg å se", "tack för svaret",
    "I told you that twice", "fint, då veit eg det", "vet du hva, dropp bestillinga", "det var ikkje det eg spurde om",
]  # fmt: skip

FACTS = [
    "we run out on Wednesday", "20 rings would do this week", "the old housing can be used as a template",
    "det gamle huset kan brukes som modell", "pumpa står", "linja står ikke helt, vi har 5 gode igjen så det holder til ca 15. mars",
    "material was supposed to be CuSn12", "no repair welding please, they go on a crane",
    "if it's already poured more than 28 we take what is poured", "vi har kunde som står", "Can send by post",
    "Old part we have, one piece, broken but complete.", "Flange face we machine ourself", "please quote it seperately",
    "Deliver to Stockport", "leverast i florø", "den gamle va litt gul i bruddet", "vi trenger ikke maling", "ingen sveising",
    "we did not order these, right hand ones came", "dere sa på telefonen at porer opp til 1 mm er greit",
    "montøren kommer 10. mars", "modellen finnes hos det andre støperiet", "good surface on the flange", "det haster",
    "båten går fredag", "prisen må vere inkl. frakt", "bare råstøpt, ingen maskinering", "6 are cracked",
    "delsending av SO-30417, 34 pumpehus først og 6 etterpå", "verre enn sist, porene er større", "we were promised 24 for March",
    "vi behöver dem till färjan på torsdag", "If it's like 30 then just leave it",
]  # fmt: skip


@pytest.mark.parametrize("text", TALK)
def test_talk_tells_nothing_of_the_matter(text: str) -> None:
    assert of_matter(text) == ""


@pytest.mark.parametrize("text", FACTS)
def test_what_tells_of_the_goods_stands_as_it_was_written(text: str) -> None:
    assert of_matter(text) == text


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("sjøvatn sa eg øvst", "sjøvatn"),
        ("pumpehuset sa eg jo", "pumpehuset"),
        ("as i said only paper drawing", "only paper drawing"),
        ("skriv at dokker får det gamle huset som mal", "dokker får det gamle huset som mal"),
        ("og merk kassen med Lager 3 Ås", "merk kassen med Lager 3 Ås"),
        ("jeg sa jo at flensen må være plan", "flensen må være plan"),
        ("nå snakket jeg med sjefen, boringen skal være 40 H7", "boringen skal være 40 H7"),
        ("add: 20 rings this week is enough, we run out wednesday. then send", "20 rings this week is enough, we run out wednesday"),
        ("takk, flensen må være plan", "flensen må være plan"),
        ("så mye støt på bommen, er cusn12 for sprø?", "mye støt på bommen"),
        ("skriv: Delsending, 34 stk til 10. mars, rest 6 stk 16. mars", "Delsending, 34 stk til 10. mars, rest 6 stk 16. mars"),
        ("det e jo delt i to men kan vel brukes som mal?", "det e jo delt i to men kan vel brukes som mal?"),
    ],
)  # fmt: skip
def test_what_leads_to_it_is_left_out(text: str, told: str) -> None:
    assert of_matter(text) == told


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("vi fikk 9 med porer. hvem betaler dette?", "hvem betaler dette?"),
        ("og hva skyldes det", "hva skyldes det"),
        ("lokket skal males", ""),
        ("what po number do you have on that", "what po number do you have on that"),
        ("trenger dere 3.1 bestilt spesielt, eller følger det med?", "trenger dere 3.1 bestilt spesielt, eller følger det med?"),
    ],
)  # fmt: skip
def test_what_is_asked_stands_by_itself(text: str, asked: str) -> None:
    assert questions_in(text) == asked


@pytest.mark.parametrize("text", ["why does it say 28 of 28?", "står det der?", "hva er det du sender til salg nå da?"])
def test_a_question_about_what_was_taken_down_is_none_for_sales(text: str) -> None:
    assert asks_of_the_talk(text)


def test_words_that_were_kept_piece_by_piece_stay_apart() -> None:
    assert kept_of("flensen må være plan; uff det er sent; boltes i betong") == "flensen må være plan; boltes i betong"
