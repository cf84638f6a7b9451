"""What is taken back or out again: «forget that about the spare», «take out the Other line», «all that chatter»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from actions.form.answers import Answer
from actions.form.line_names import mentions
from actions.form.pieces import Piece, asked_in, pieces, sentence_breaks
from actions.form.righting.figures import number_of
from actions.form.righting.out_wishes import all_that, label_of, named_in, surely_said, wishes_out
from actions.form.righting.standing import Righted, Standing
from actions.form.righting.wording import RUN, SHORT
from actions.form.task import CONFIRMATION, FOR_SALES, SAID
from actions.form.typed import PartAnswer, QuantityAnswer
from actions.form.words import find
from bot.common.words import word_set

#: So many words of what is taken back, and so many letters of a word are its beginning.
_BEGINNING, _TOLD_OF = 4, 0.5
#: Answers that keep the customer's own words, from which they may be taken out again.
OWN_WORDS = (SAID, FOR_SALES, "notes", "details", "requirements", "application", "pattern", "remedy", "found")
#: Those that hold nothing else, so that all of them goes with «all that chatter».
_BESIDE = (SAID, FOR_SALES, "notes")
#: Several numbers, each to be priced by itself.
_ALTERNATIVES = "utter_line_quantity_alternatives"
_OWN_PIECE = re.compile(rf"\s*;\s*|,\s+|{sentence_breaks().pattern}")
#: What is kept was added piece by piece.
_ADDED = "; "


def taken_back(standing: Standing) -> list[Righted]:
    """Take out again what the message names: a line by its label, words by some of them, or all that was kept."""
    found: list[Righted] = []
    for piece in pieces(standing.turn.text, joints=False):
        for about in wishes_out(piece):
            if mentions(about, _lines(standing)) or asked_in(standing.turn.text, piece.start):
                # A line of the list is struck, not words.
                continue
            found += _taken_out(standing, about, piece)
    return found


def _taken_out(standing: Standing, about: str, piece: Piece) -> list[Righted]:
    """What one wish takes out; where nothing of it stands, only what was surely meant so says that."""
    if all_that(about, standing.opened == CONFIRMATION):
        everything = list(_everything(standing, piece))
        return everything or [Righted(SAID, None, piece.start, piece.end, nothing=True, new=about.strip(" .,"))]
    found: list[Righted] = []
    for one in named_in(about):
        name = label_of(one, [each for each in OWN_WORDS if each in standing.answers])
        known = standing.answers.get(name) if name else None
        if name and known and isinstance(known.value, str):
            found.append(Righted(name, None, piece.start, piece.end, known, taken_out=known.value))
        elif told := _telling(one):
            number = _without_number(standing, one, piece.start, piece.end)
            found += [number] if number else _without_words(standing, told, piece.start, piece.end)
    if not found and surely_said(piece, about):
        # «Forget the polishing» that nobody spoke of tells what is not wanted.
        return [Righted(SAID, None, piece.start, piece.end, nothing=True, new=about.strip(" .,"))]
    return found


def _telling(about: str) -> list[str]:
    """The words of a wish by which what was kept is known."""
    told = [each.casefold() for each in RUN.findall(about)]
    common = word_set("common.common")
    return [each for each in told if each.isdigit() or (len(each) > SHORT - 1 and each not in common)]


def _everything(standing: Standing, piece: Piece) -> Iterator[Righted]:
    """All that was kept beside the answers; of the words that began the wish these stay."""
    for name in _BESIDE:
        known = standing.answers.get(name)
        if known and isinstance(known.value, str) and known.value != "none":
            yield Righted(name, None, piece.start, piece.end, known, taken_out=known.value)
    details = standing.answers.get("details")
    first, _, more = str(details.value).partition(_ADDED) if details else ("", "", "")
    if details and more:
        yield Righted("details", details.but(value=first), piece.start, piece.end, details, taken_out=more)


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


def _without_words(standing: Standing, told: list[str], start: int, end: int) -> list[Righted]:
    best = _best(standing, told)
    known = standing.answers.get("quantity")
    parted = find(standing.turn.text[start:end], "deliveries", "times_count")
    if isinstance(known, QuantityAnswer) and known.deliveries and parted:
        plain = known.but(deliveries=None, reply="utter_line_quantity")
        out = best[0][2] if best else standing.turn.text[parted.start() + start : end].strip(" .!")
        return [Righted("quantity", plain, start, end, known, taken_out=out)]
    said = str(known.more.get("said") or "") if known else ""
    if known and said and _shared(told, said) > (best[0][0] if best else _TOLD_OF):
        more = {key: each for key, each in known.more.items() if key not in ("said", "shares")}
        plain_answer = replace(known, reply="utter_line_quantity", more=more)
        return [Righted("quantity", plain_answer, start, end, known, taken_out=said)]
    if len({words for _, _, words in best}) > 1:
        # More than one may be meant: which, is asked.
        return [Righted(SAID, None, start, end, either=tuple(dict.fromkeys(words for _, _, words in best)))]
    if not best:
        return []
    _, name, words = best[0]
    answer = standing.answers[name]
    return [Righted(name, without_piece(answer, words), start, end, answer, taken_out=words)]


def _best(standing: Standing, told: Sequence[str]) -> list[tuple[float, str, str]]:
    """The stretches that hold most of the words, all that hold as many: their share, their answer, as written."""
    as_written = [each for each, answer in standing.answers.items() if answer.reply == "utter_line_own_words"]
    found = []
    for name in dict.fromkeys((*OWN_WORDS, *as_written)):
        answer = standing.answers.get(name)
        if answer is None or answer.unknown or not answer.reply or not isinstance(answer.value, str):
            continue
        for each in _OWN_PIECE.split(answer.value):
            if each.strip() and (share := _shared(told, each)) >= _TOLD_OF:
                found.append((share, name, each.strip(" .")))
    most = max((share for share, _, _ in found), default=0.0)
    return [each for each in found if each[0] == most]


def without_piece(answer: Answer, words: str) -> Answer | None:
    """Take one stretch out of an answer in the customer's words; None where nothing else is left."""
    left = re.sub(rf"(?:^|\s*[;,.]\s*){re.escape(words)}(?!\w)", "", str(answer.value), count=1).strip(" ;,")
    return answer.but(value=left) if left else None


def _shared(told: Sequence[str], kept: str) -> float:
    """The share of words, by their beginnings, that a piece of what was kept holds."""
    own = [each.casefold() for each in RUN.findall(kept)]
    hits = [each for each in told if any(_begins_alike(each, one) for one in own)]
    return len(hits) / len(told)


def _begins_alike(one: str, other: str) -> bool:
    if one.isdigit() or other.isdigit():
        return one == other
    return one[:_BEGINNING] == other[:_BEGINNING]
