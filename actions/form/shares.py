"""Parts of the pieces: «120 of them left-handed», «10 now, the rest in week 22», «30 left and 30 right» of sixty.

Such a number is a share of the total that stands, or that the same message tells; it never takes the total's place. The values are marked
as ``share`` for the whole message at once; the first of them holds the customer's words and the total, where it is known.
"""

import itertools
import re
from dataclasses import dataclass

from actions.form.pieces import Piece, joined, pieces
from actions.form.text import asks_something, is_list
from actions.form.words import closes, find, opens, pattern
from actions.turns.reading import Entity
from actions.turns.turn import Turn

#: A value that counts a part of the pieces.
SHARE = "share"
#: Answers by which several parts are wanted, each with a number of its own.
_SEVERAL = ("items", "parts")
#: Tasks whose pieces are those of a wish, and not of an order that is there.
_WISHES = (None, "", "quote_request", "reorder", "price")
#: What tells when something comes; so near behind a number stands its own time.
_TIMES, _NEAR = ("date", "week", "lead", "asap"), 12
_WORD_BEHIND = re.compile(r"\s+[^\W\d_]{3,}")


@dataclass(frozen=True)
class _Counts:
    """The numbers of pieces in a message, in their order, and the total that they may be shares of."""

    said: list[Entity]
    total: float | None


def find_shares(turn: Turn) -> None:
    """Mark the numbers of a message that count a part of the pieces."""
    if is_list(turn):
        return
    counts = _counts(turn)
    if not counts.said:
        _find_told_in_words(turn, counts)
        return
    shares = _of_the_whole(turn, counts) or [each for each in counts.said if _is_share(turn, each, counts)]
    if not shares:
        return
    shares = _with_their_like(turn, counts, shares)
    told = {SHARE: words_of(turn, shares), "of": counts.total}
    turn.entities = [
        {**each, "entity": SHARE, "value": int(each["value"]), **(told if each is shares[0] else {})}
        if any(each is share for share in shares) else each
        for each in turn.entities
    ]  # fmt: skip


def _find_told_in_words(turn: Turn, counts: _Counts) -> None:
    """«Half of them mirrored»: a share without a figure, of which no time is told."""
    if counts.total is None or asks_something(turn) or turn.said(*_TIMES):
        return
    told = [each for each in pieces(turn.text) if find(each.text, "share") and not find(each.text, "the_rest")]
    if told and len(told[0].text.split()) > 1:
        words, share = joined(turn.text, told), find(told[0].text, "share")
        start = told[0].start + (share.start() if share else 0)
        found = {"entity": SHARE, "value": 0, SHARE: words, "of": counts.total, "start": start, "end": told[0].end}
        turn.entities = [*turn.entities, found]


def share_told(turn: Turn) -> str | None:
    """What a message says of a part of the pieces, in the customer's words."""
    return next((str(each[SHARE]) for each in turn.said(SHARE) if each.get(SHARE)), None)


def total_told(turn: Turn) -> float | None:
    """The whole that the shares of a message are parts of."""
    return next((each["of"] for each in turn.said(SHARE) if each.get("of")), None)


def words_of(turn: Turn, shares: list[Entity]) -> str:
    """The pieces that tell of the shares and of the rest, and what stands between them."""
    parts = pieces(turn.text, joints=False)
    telling = [at for at, each in enumerate(parts) if any(map(each.holds, shares)) or find(each.text, "the_rest")]
    told = joined(turn.text, parts[telling[0] : telling[-1] + 1]) if telling else turn.text
    return _without_total(turn, parts[telling[0]], told, shares) if telling else told


def _without_total(turn: Turn, first: Piece, told: str, shares: list[Entity]) -> str:
    """«60 brackets where 20 of them ...»: the total in the same piece is read back already."""
    before = [each for each in turn.said("quantity") if first.holds(each) and each["end"] <= shares[0]["start"]]
    return " ".join(turn.text[shares[0]["start"] : first.end].split()) + told[len(first.text) :] if before else told


def _counts(turn: Turn) -> _Counts:
    task = str(turn.slot("task") or "") if turn.slot("question") else ""
    answers = (turn.slot("answers") or {}).get(task) or {}
    if task not in _WISHES or turn.said("order_no") or any(answers.get("part", {}).get(each) for each in _SEVERAL):
        return _Counts([], None)
    marks = {"bad", "ask", "unit", "every", "role", "low"}
    said = [
        each
        for each in turn.said("quantity", "number")
        if "start" in each
        and not marks & each.keys()
        and float(each["value"]).is_integer()
        and each["value"] > 0
        and not (each["entity"] == "number" and closes(turn.text[: each["start"]], "figure_of"))
    ]
    said = sorted(said, key=lambda each: int(each["start"]))
    stands = (answers.get("quantity") or {}).get("value") if "parts" not in answers else None
    stands = stands if isinstance(stands, int | float) else None
    first = said[0]["value"] if said and said[0]["entity"] == "quantity" else None
    if stands and (first is None or first < stands):
        return _Counts(said, float(stands))
    # The total is told first: «60 brackets, 20 of them left».
    return _Counts(said, float(first) if first and len(said) > 1 else None)


def _of_the_whole(turn: Turn, counts: _Counts) -> list[Entity]:
    """«30 left and 30 right» of sixty: numbers with a word behind each that are the total together."""
    parts = [each for each in counts.said if each["value"] != counts.total]
    whole = len(parts) > 1 and sum(each["value"] for each in parts) == counts.total
    named = all(each["entity"] == "quantity" or _WORD_BEHIND.match(turn.text, each["end"]) for each in parts)
    gaps = [turn.text[one["end"] : other["start"]] for one, other in itertools.pairwise(parts)]
    joint = all(not pattern("joined_by").sub("", gap).strip(" ,+") for gap in gaps)
    return parts if whole and (named or joint) else []


def _with_their_like(turn: Turn, counts: _Counts, shares: list[Entity]) -> list[Entity]:
    """«20 of them in week 14, 30 in week 20»: beside one share other numbers with a time of their own are shares too."""
    total = counts.total
    if total is None:
        return shares
    like = [
        each for each in counts.said if each in shares or (each["value"] < total and _timed(turn, int(each["end"])))
    ]
    return like if sum(each["value"] for each in like) <= total else shares


def _is_share(turn: Turn, entity: Entity, counts: _Counts) -> bool:
    text, start, end = turn.text, int(entity["start"]), int(entity["end"])
    if (counts.total is not None and entity["value"] >= counts.total) or closes(
        text[:start], "makes_it", "changes_mind"
    ):
        return False
    piece = next((each for each in pieces(text, joints=False) if each.holds(entity)), None)
    counted = opens(text[end:].lstrip(), "unit_words")
    at = end + len(text[end:]) - len(text[end:].lstrip()) + counted.end() if counted else end
    behind, rest = text[at:].lstrip(), _tells_rest(turn, known=counts.total is not None)
    if counts.total is None or piece is None:
        # Without a total only what comes at once or on its own day is a part: «10 now and the rest in June».
        return rest and _timed(turn, at)
    if of_them := opens(behind, "share_behind"):
        # «We only need 20 of them» says how many are wanted, and nothing of a part.
        return rest or bool(re.search(r"\w", behind[of_them.end() : max(0, piece.end - (len(text) - len(behind)))]))
    return rest or closes(text[:start], "share_before") or bool(opens(behind, "share_first"))


def _timed(turn: Turn, at: int) -> bool:
    """Whether a time or «now» stands right behind a place in the text."""
    near = any(0 <= int(each["start"]) - at <= _NEAR for each in turn.said(*_TIMES) if "start" in each)
    return near or bool(opens(turn.text[at:].lstrip(), "share_first"))


def _tells_rest(turn: Turn, known: bool) -> bool:
    """Whether the rest is told beside a number of pieces: «40 by week 14, and the rest in week 20»; of halves it is theirs."""
    if find(pattern("the_rest").sub(" ", turn.text), "share"):
        return False
    for found in pattern("the_rest").finditer(turn.text):
        if opens(turn.text[found.end() :].lstrip(), "rest_open"):
            continue
        piece = next((each for each in pieces(turn.text, joints=False) if each.start <= found.start() < each.end), None)
        timed = piece and any(piece.holds(each) and each["start"] > found.start() for each in turn.said(*_TIMES))
        if known or timed or (piece and find(piece.text[found.start() - piece.start :], "times", "at_once")):
            return True
    return False
