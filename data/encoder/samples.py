"""Write what ``tune.py`` learns from: every training sentence and every voice held apart, cut into pieces.

    python -m data.encoder.samples samples.json      (with the environment of the project)

A sample is ``{text, language, context, labels, shares, facet, source, plain, pieces}`` and, where its text is marked, ``plain_tags`` and
``tags``: the pieces without and with the context in front, and for each of them what it is part of (null for nothing). Where its
clauses are labelled, ``parts`` holds ``{at, labels, shares}`` of each: the places of its pieces.
"""

import json
import sys
from pathlib import Path
from typing import Any

from rasa.shared.nlu.training_data.loading import load_data

from bot.common.settings import ROOT
from bot.engine.nlu.clean import clean
from bot.engine.nlu.encoder import Encoder, Pieces, Wanted
from bot.engine.nlu.learning import clauses_of, elsewhere
from bot.engine.nlu.voices import Line, line_of, read_voice, read_voices
from tests.evaluation.outside import VOICES

#: Texts that tell several things at once: they teach the encoder alone; those of one file are kept apart.
MARKED = ROOT / "data" / "encoder" / "marked"
HELD = MARKED / "held_apart.tsv"


def sample(encoder: Encoder, line: Line, source: str) -> dict[str, Any]:
    """One line as numbers."""
    text = clean(line.text).text
    plain, pieces = encoder.pieces(text), encoder.pieces(text, line.ctx)
    found = {
        "text": text, "language": line.language, "context": line.ctx, "labels": list(line.labels), "shares": [share for _, share in line.shares()],
        "facet": line.facet, "source": source, "plain": plain.ids, "pieces": pieces.ids,
    }  # fmt: skip
    if line.marks is not None:
        found |= {"plain_tags": tags(plain, text, line), "tags": tags(pieces, text, line)}
    if line.clauses and (parts := clauses_of(line)):
        found["parts"] = [told for each in parts if (told := part(pieces, *each))["at"]]
    return found


def part(pieces: Pieces, clause: Line, wanted: Wanted) -> dict[str, Any]:
    """A clause as the places of its pieces; none where the message is too long for it."""
    start, end = wanted[2] or (0, 0)
    at = [place for place, (first, last) in enumerate(pieces.spans) if start < last and first < end]
    return {"at": at, "labels": list(clause.labels), "shares": [share for _, share in clause.shares()]}


def tags(pieces: Pieces, text: str, line: Line) -> list[str | None]:
    """What each piece is part of; what was covered in cleaning (a signature) is part of nothing."""
    marks = [(start, end, tag) for start, end, tag in line.marks or () if text[start:end].strip()]
    return [
        next((tag for first, last, tag in marks if start < last and first < end), None) for start, end in pieces.spans
    ]


def main() -> None:
    """Write the samples to the file that is named."""
    encoder = Encoder()
    files = sorted((ROOT / "data" / "nlu").glob("*/*.yml"))
    own = [line_of(example) for path in files for example in load_data(str(path)).intent_examples]
    voices = read_voices()
    marked = [line for path in sorted(MARKED.glob("*.tsv")) if path != HELD for line in read_voice(path)]
    held = [*read_voices(VOICES), *read_voice(HELD)]
    parts = (
        ("own", own), ("voice", voices), ("marked", marked), ("elsewhere", elsewhere([*own, *voices])), ("held", held),
    )  # fmt: skip
    found = [sample(encoder, line, source) for source, lines in parts for line in lines]
    Path(sys.argv[1]).write_text(json.dumps(found), encoding="utf-8")


if __name__ == "__main__":
    main()
