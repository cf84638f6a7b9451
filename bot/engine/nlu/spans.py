"""What a message tells, and where it stands: the encoder's tags of its pieces, word by word, put together to spans."""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from bot.engine.nlu.encoder import Seen
from bot.engine.nlu.number_words import ARTICLE, find_spoken
from bot.engine.nlu.reading import fold
from bot.engine.nlu.units import counts_others

#: How likely on the average the words of a span must be what it is called.
LIKELY = 0.5
#: Tags whose numbers are counts and measures, and the entity that they are.
_COUNTS: dict[str, dict[str, Any]] = {
    "quantity": {"entity": "quantity"}, "yearly": {"entity": "quantity", "every": "year"}, "weight": {"entity": "weight", "per": None},
}  # fmt: skip
#: What it costs (a logarithm) when one word is of another value than the word before it.
CHANGES = -0.5
_LEAST = 1e-6
_WORD = re.compile(r"\S+")
_NOUN = re.compile(r" ([^\W\d_]+)")
#: Small words behind a number say nothing of it: «20 of them».
_SHORTEST = 4
_AROUND = " \t\n.,;:!?()«»\"'–-"


def find_spans(text: str, seen: Seen, tags: Sequence[str]) -> list[dict[str, Any]]:
    """The values of a message: ``{tag, start, end, confidence}``, in their order, without the signs around them."""
    words = [(match.start(), match.end()) for match in _WORD.finditer(text)]
    shares = _of_words(words, seen)
    found: list[dict[str, Any]] = []
    for (start, end), share, best in zip(words, shares, _likeliest(shares), strict=True):
        if best == 0:
            found.append({})
        elif found and found[-1].get("tag") == tags[best]:
            found[-1]["end"] = end
            found[-1]["shares"].append(float(share[best]))
        else:
            found.append({"tag": tags[best], "start": start, "end": end, "shares": [float(share[best])]})
    return [kept for each in found if each and (kept := _trimmed(text, each))["confidence"] >= LIKELY]


def _likeliest(shares: Sequence[Any]) -> list[int]:
    """The tags of the words that are the likeliest together: what a value is called changes seldom from word to word (Viterbi)."""
    if not shares:
        return []
    scores = np.log(np.array(shares) + _LEAST)
    total, back = scores[0], []
    for row in scores[1:]:
        stay, move = total, total.max() + CHANGES
        back.append(np.where(stay >= move, np.arange(len(total)), int(total.argmax())))
        total = np.maximum(stay, move) + row
    path = [int(total.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return path[::-1]


def counted(text: str, entities: Sequence[dict[str, Any]], spans: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The entities, with a count of pieces or a weight where a span says that a number is one, in figures or in words."""
    found = list(entities)
    for span in spans:
        if span["tag"] not in _COUNTS:
            continue
        if span["tag"] == "weight" and any(each["entity"] == "weight" for each in entities):
            # «Brackets 2.3 kg, covers 1.1»: whoever reads the list knows the unit.
            continue
        inside = [each for each in found if span["start"] <= each.get("start", -1) < span["end"]]
        if any(each["entity"] != "number" for each in inside):
            continue
        number = inside[0] if inside else _spoken(text, span)
        if number and span["tag"] != "weight" and _counts_others(text, int(number["end"])):
            continue
        if number and not {"bad", "ask"} & number.keys():
            value = number["value"]
            value = int(value) if float(value).is_integer() else value
            found = [each for each in found if each is not number]
            found.append(number | {"value": value} | _COUNTS[span["tag"]])
    return sorted(found, key=lambda each: int(each.get("start", 0)))


def _counts_others(text: str, end: int) -> bool:
    """Whether the noun behind a number is none of parts: «three holes», «fire gjenger»."""
    behind = _NOUN.match(text, end)
    return behind is not None and len(behind[1]) >= _SHORTEST and counts_others(behind[1])


def _spoken(text: str, span: dict[str, Any]) -> dict[str, Any] | None:
    """The number that is written in words in a span, however weak a number its word is: «to» before «hjulnav»."""
    for spoken in find_spoken(fold(text[span["start"] : span["end"]])):
        if not spoken.vague and spoken.value >= 1 and spoken.strength < ARTICLE:
            start = int(span["start"])
            return {"value": spoken.value, "start": start + spoken.start, "end": start + spoken.end}
    return None


def _of_words(words: Sequence[tuple[int, int]], seen: Seen) -> list[Any]:
    """For each word the mean of what its pieces are; a word behind the last piece tells nothing."""
    nothing = np.eye(1, seen.tags.shape[1], dtype=np.float32)[0]
    shares = []
    at, spans = 1, seen.pieces.spans
    while at < len(spans) and spans[at] == (0, 0):
        at += 1
    for start, end in words:
        inside = []
        while at < len(spans) - 1 and spans[at][0] < end:
            if spans[at][1] > start:
                inside.append(at)
            at += 1
        shares.append(seen.tags[inside].mean(axis=0) if inside else nothing)
    return shares


def _trimmed(text: str, span: dict[str, Any]) -> dict[str, Any]:
    start, end = span["start"], span["end"]
    while start < end and text[start] in _AROUND:
        start += 1
    while end > start and text[end - 1] in _AROUND:
        end -= 1
    confidence = sum(span["shares"]) / len(span["shares"]) if start < end else 0.0
    return {"tag": span["tag"], "start": start, "end": end, "confidence": round(confidence, 3)}
