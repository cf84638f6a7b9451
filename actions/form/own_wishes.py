"""What somebody says of a request beside its answers: a detail they keep to themselves, the address given before.

``data/words/request.yml``.
"""

import re

from actions.form.pieces import Piece, asked_in, pieces
from actions.form.words import find
from actions.turns.words import words

#: The details of who asks, and that of the request each belongs to.
DETAILS = ("phone", "email", "company", "name")
#: So many words say that a detail is kept back; so many at most that there is none of it.
_MOST, _FEW = 12, 7
#: So many words may stand between «no» and what there is none of.
_GAP = r"(?:\s+[\w'-]+){0,2}?\s+"


def kept_back(text: str) -> dict[str, Piece]:
    """The details somebody keeps to themselves, each with the piece that says so: «no phone number from me»."""
    found: dict[str, Piece] = {}
    for piece in pieces(text):
        if asked_in(text, piece.start) or "@" in piece.text or re.search(r"\d{4}", piece.text):
            continue
        for detail in _kept_in(piece.text):
            found.setdefault(detail, piece)
    return found


def is_private(text: str) -> bool:
    """Whether who asks says that they are no firm."""
    return words("request").says(text, "private")


def named_detail(text: str) -> str | None:
    """The detail of who asks that a text names: «what do you want with my phone number»."""
    return next((each for each in DETAILS if words("request").says(text, each)), None)


def same_as_before(text: str) -> bool:
    """Whether the address given before is meant."""
    return words("request").says(text, "same_contact")


def _kept_in(text: str) -> list[str]:
    said, count = words("request"), len(text.split())
    if said.says(text, "private"):
        return ["company"]
    if count > _MOST or find(text, "goods_times", "drawings"):
        return []
    refuses = said.says(text, "kept_back")
    return [each for each in DETAILS if said.says(text, each) and (refuses or (count <= _FEW and _none_of(text, each)))]


def _none_of(text: str, detail: str) -> bool:
    """«No phone number», «telefon har jeg ikke»; «no phone please» says how an answer is wanted."""
    said = words("request")
    if find(text, "how_to_answer") and not said.says(text, "number"):
        return False
    first, then = said.pattern("without"), said.pattern(detail)
    return bool(re.search(rf"(?<!\w)(?:{first}){_GAP}(?:{then})|^\W*(?:{then}).*(?<!\w)(?:{first})", text, re.I))
