"""What a message tells, put together from the tags of its pieces."""

import numpy as np
import pytest

from bot.engine.nlu.encoder import Pieces, Seen
from bot.engine.nlu.spans import counted, find_spans

TAGS = ["-", "part", "quantity", "weight"]


def seen(text: str, *tagged: tuple[str, str]) -> Seen:
    """Each word one piece, tagged as told."""
    spans, tags, at = [(0, 0)], [0], 0
    for word in text.split():
        start = text.index(word, at)
        at = start + len(word)
        spans.append((start, at))
        tags.append(TAGS.index(dict(tagged).get(word, "-")))
    shares = np.eye(len(TAGS), dtype=np.float32)[[*tags, 0]]
    nothing = np.zeros((len(spans) + 1, 1), np.float32)
    return Seen(nothing[0], Pieces([0] * (len(spans) + 1), [*spans, (0, 0)]), shares, nothing)


def test_words_of_one_kind_are_one_span_without_the_signs_around_it() -> None:
    text = "ja, tre små hjulnav, takk"
    found = find_spans(text, seen(text, ("tre", "quantity"), ("små", "part"), ("hjulnav,", "part")), TAGS)
    assert [(each["tag"], text[each["start"] : each["end"]]) for each in found] == [
        ("quantity", "tre"),
        ("part", "små hjulnav"),
    ]


@pytest.mark.parametrize(
    ("text", "said", "tag", "value"),
    [
        ("to propellnav", "to", "quantity", 2),
        ("half a dozen of them", "half a dozen", "quantity", 6),
        ("ca 12", "12", "weight", 12),
    ],
)
def test_a_number_is_what_its_span_says(text: str, said: str, tag: str, value: float) -> None:
    start = text.index(said)
    span = {"tag": tag, "start": start, "end": start + len(said), "confidence": 1.0}
    figures = [{"entity": "number", "value": 12.0, "start": 3, "end": 5}] if text == "ca 12" else []
    (found,) = counted(text, figures, [span])
    assert (found["entity"], found["value"]) == (tag, value)


def test_a_value_that_was_read_already_stays() -> None:
    read = [{"entity": "quantity", "value": 4, "start": 0, "end": 5}]
    assert counted("4 stk", read, [{"tag": "quantity", "start": 0, "end": 5, "confidence": 1.0}]) == read
