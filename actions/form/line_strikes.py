"""What becomes of the lines that a message names, clause by clause: struck out, not to be struck, or wanted again."""

import enum
import re
from collections.abc import Sequence

from actions.form.line_names import Mention
from actions.form.pieces import Piece, pieces
from actions.form.words import closes, find, opens, pattern

#: So many words stand between «not» and what is not to be done.
_FEW = 3
#: So near before a line stands «without».
_NEAR = 16
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


class Fate(enum.Enum):
    """What a clause does with a line: nothing, strike it, keep it from being struck, bring it back."""

    NONE = "none"
    DROPPED = "dropped"
    KEPT = "kept"
    BACK = "back"


def fates(text: str, named: Sequence[Mention]) -> list[Fate]:
    """What becomes of each line, by its own clause or one that only points at it; «line 2 and the cover» share theirs."""
    every = pieces(text)
    found = [_fate(text, every, named, at) for at in range(len(named))]
    for at in range(1, len(named)):
        # «Strike the cover and the bracket», «the cover and the bracket can go».
        if _only_joined(text[named[at - 1].end : named[at].start]):
            if found[at] == Fate.NONE and _bare(text, every, named[at]):
                found[at] = found[at - 1]
            elif found[at - 1] == Fate.NONE and _bare(text, every, named[at - 1]):
                found[at - 1] = found[at]
    return found


def fate_of(text: str) -> Fate:
    """What a clause says of the line in it."""
    # «It shall be in after all», «den skal likevel være med».
    bare = re.sub(r"\s+", " ", pattern("back_again").sub(" ", text))
    if find(text, "put_back") or find(bare, "put_back") or _ends_back(text):
        return Fate.BACK
    found = find(text, "drop") or _may_go(text)
    if found is None:
        return Fate.NONE
    before = _WORD.findall(text[: found.start()])[-_FEW:]
    denied = any(opens(word, "not", "never_struck") for word in before) or opens(text[found.end() :].lstrip(), "not")
    # «Not needed» says itself that it goes.
    return Fate.KEPT if denied else Fate.DROPPED


def brings_back(text: str) -> bool:
    """«Put it back», «sett den inn igjen»: the line that was struck last, which is not named."""
    return any(find(each.text, "put_back_it") for each in pieces(text))


def _fate(text: str, every: Sequence[Piece], named: Sequence[Mention], at: int) -> Fate:
    mention = named[at]
    own = next(
        (number for number, each in enumerate(every) if each.start < mention.end and mention.start < each.end), None
    )
    if own is None:
        return Fate.NONE
    if closes(pattern("articles").sub("", text[max(0, mention.start - _NEAR) : mention.start]), "left_without"):
        return Fate.DROPPED
    piece = every[own]
    others = [
        each for each in named if each is not mention and not each.every and piece.start <= each.start < piece.end
    ]
    found = fate_of(piece.text)
    if found != Fate.NONE:
        return found if not others else fate_of(_own_stretch(text, piece, mention, others))
    for each in (*every[own + 1 : own + 2], *(every[own - 1 : own] if own else ())):
        # «Pos 4: strike it», «take these out: line 3».
        free = not any(each.start <= one.start < each.end for one in named)
        leads = each.end <= piece.start and text[each.end : piece.start].strip() == ":"
        points = each.start >= piece.end and find(each.text, "points_at_line")
        if (
            free
            and (leads or points)
            and not re.search(r"[.!?\n]", text[min(each.end, piece.end) : max(each.start, piece.start)])
        ):
            return fate_of(each.text)
    return Fate.NONE


def _bare(text: str, every: Sequence[Piece], mention: Mention) -> bool:
    """Whether the clause of a line says nothing but its name: «... and the bracket»."""
    piece = next((each for each in every if each.start < mention.end and mention.start < each.end), None)
    return piece is not None and _only_joined(text[piece.start : mention.start] + text[mention.end : piece.end])


def _own_stretch(text: str, piece: Piece, mention: Mention, others: Sequence[Mention]) -> str:
    """The part of a clause with several lines that is about this one: «strike line 2 line 3: 40»; all of it where it only lists them."""
    before = max((each.end for each in others if each.end <= mention.start), default=piece.start)
    after = min((each.start for each in others if each.start >= mention.end), default=piece.end)
    stretch = text[before:after]
    return piece.text if _only_joined(stretch.replace(text[mention.start : mention.end], "")) else stretch


def _only_joined(between: str) -> bool:
    """Whether nothing but «and», a comma and an article stands between two lines."""
    return not re.search(r"\w", pattern("joined_by", "articles").sub(" ", between))


def _may_go(text: str) -> re.Match[str] | None:
    """«Line 4 can go», and nothing behind it that says where to."""
    found = find(text, "may_go")
    behind = text[found.end() :] if found else ""
    return found if found and not _WORD.search(pattern("filler", "asides").sub(" ", behind)) else None


def _ends_back(text: str) -> bool:
    """«Put the cover back», «ta med lokket igjen»."""
    return bool(closes(text.rstrip(" .!"), "back_again") and find(text, "puts"))
