"""What is taken back: «forget that about the spare»."""

import re
from dataclasses import replace

from actions.form.answers import Answer
from actions.form.line_names import mentions
from actions.form.pieces import asked_in, pieces
from actions.form.righting.figures import number_of
from actions.form.righting.standing import Righted, Standing
from actions.form.righting.wording import RUN, SHORT
from actions.form.task import SAID
from actions.form.typed import PartAnswer, QuantityAnswer
from actions.form.words import find, pattern
from bot.common.words import word_set

#: So many words of what is taken back, and so many letters of a word are its beginning.
_BEGINNING, _TOLD_OF = 4, 0.5
#: Answers that keep the customer's own words, from which they may be taken out again.
OWN_WORDS = (SAID, "notes", "details", "requirements", "application", "pattern", "remedy", "found")
#: Several numbers, each to be priced by itself.
_ALTERNATIVES = "utter_line_quantity_alternatives"
_OWN_PIECE = re.compile(r"\s*;\s*|,\s+|\.\s+")


def taken_back(standing: Standing) -> Righted | None:
    """Take out again the words of the customer that told it: «forget that about the spare»."""
    for sign in pattern("forget_that").finditer(standing.turn.text):
        piece = next(
            (each for each in pieces(standing.turn.text, joints=False) if each.start <= sign.start() < each.end), None
        )
        if piece is None or asked_in(standing.turn.text, sign.start()):
            continue
        about = standing.turn.text[sign.end() : piece.end]
        if mentions(about, _lines(standing)):
            # A line of the list is struck, not words.
            return None
        told = [each.casefold() for each in RUN.findall(about)]
        told = [
            each for each in told if each.isdigit() or (len(each) > SHORT - 1 and each not in word_set("common.common"))
        ]
        if not told:
            continue
        found = _without_number(standing, about, sign.start(), piece.end) or _without_words(
            standing, told, sign.start(), piece.end
        )
        if found:
            return found
        # «Forget the polishing» that nobody spoke of tells what is not wanted.
        if find(sign[0], "forget_that_said"):
            return Righted(SAID, None, sign.start(), piece.end, nothing=True, new=about.strip(" .,"))
    return None


def _lines(standing: Standing) -> list[str]:
    """The lines of the list that stands, as they are written."""
    part = standing.answers.get("part")
    return [each["text"] for each in part.items] if isinstance(part, PartAnswer) else []


def _without_number(standing: Standing, about: str, start: int, end: int) -> Righted | None:
    """«Forget the 200» of 50 and 200 that are each to be priced, or of the pieces that stand: these are asked anew."""
    known, figure = standing.answers.get("quantity"), number_of(about.strip(" .,!"))
    if not isinstance(known, QuantityAnswer) or figure is None:
        return None
    several = [each for each in known.more.get("texts") or [] if known.reply == _ALTERNATIVES]
    left = [each for each in several if number_of(each) != figure]
    if several and len(left) < len(several):
        plain = QuantityAnswer(int(left[0]), "utter_line_quantity")
        fresh = plain if len(left) == 1 else known.but(value=int(left[0]), texts=left)
        return Righted("quantity", fresh, start, end, known)
    return Righted("quantity", None, start, end, known) if known.value == figure else None


def _without_words(standing: Standing, told: list[str], start: int, end: int) -> Righted | None:
    best: tuple[float, str, list[str], int] | None = None
    as_written = [each for each, answer in standing.answers.items() if answer.reply == "utter_line_own_words"]
    for name in (*OWN_WORDS, *as_written):
        answer = standing.answers.get(name)
        if answer is None or answer.unknown or not isinstance(answer.value, str):
            continue
        kept = [each for each in _OWN_PIECE.split(answer.value) if each.strip()]
        for at, each in enumerate(kept):
            share = _shared(told, each)
            if share >= _TOLD_OF and (best is None or share > best[0]):
                best = share, name, kept, at
    known = standing.answers.get("quantity")
    parted = find(standing.turn.text[start:end], "deliveries", "times_count")
    if isinstance(known, QuantityAnswer) and known.deliveries and parted:
        plain = known.but(deliveries=None, reply="utter_line_quantity")
        out = best[2][best[3]] if best else standing.turn.text[parted.start() + start : end].strip(" .!")
        return Righted("quantity", plain, start, end, known, taken_out=out)
    said = str(known.more.get("said") or "") if known else ""
    if known and said and _shared(told, said) > (best[0] if best else _TOLD_OF):
        more = {key: each for key, each in known.more.items() if key not in ("said", "shares")}
        return Righted(
            "quantity", replace(known, reply="utter_line_quantity", more=more), start, end, known, taken_out=said
        )
    if best is None:
        return None
    _, name, kept, at = best
    return Righted(
        name, without_piece(standing.answers[name], kept[at]), start, end, standing.answers[name], taken_out=kept[at]
    )


def without_piece(answer: Answer, words: str) -> Answer | None:
    """Take one stretch out of an answer in the customer's words; None where nothing else is left."""
    left = re.sub(rf"(?:^|\s*[;,.]\s*){re.escape(words)}(?!\w)", "", str(answer.value), count=1).strip(" ;,")
    return answer.but(value=left) if left else None


def _shared(told: list[str], kept: str) -> float:
    """The share of words, by their beginnings, that a piece of what was kept holds."""
    own = [each.casefold() for each in RUN.findall(kept)]
    hits = [each for each in told if any(_begins_alike(each, one) for one in own)]
    return len(hits) / len(told)


def _begins_alike(one: str, other: str) -> bool:
    if one.isdigit() or other.isdigit():
        return one == other
    return one[:_BEGINNING] == other[:_BEGINNING]
