"""Training sentences with their context: ``data/nlu/voices/<voice>.tsv``, read into Rasa's training data.

A line holds ``language<TAB>ctx<TAB>labels<TAB>facet<TAB>text``, and behind that what each clause of the text does, where
somebody has told. Rasa's own YAML has no room for a context or a second label, so an importer of ours (named in config.yml)
hands the lines to Rasa beside its files. What a text tells may be marked in it: ``[half a dozen](quantity) [brackets](part)``;
``[]()`` behind it says that it was read and tells nothing.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.importer import TrainingDataImporter
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.common.settings import ROOT

FOLDER = ROOT / "data" / "nlu" / "voices"
_COLUMNS = 5
#: Between the labels of the clauses of a text.
_CLAUSE = "|"
#: How much a message teaches of its first, second ... label.
_SHARES = {1: (1.0,), 2: (0.6, 0.4), 3: (0.5, 0.3, 0.2)}
_MARK = re.compile(r"\[([^\[\]]*)\]\(([a-z]*)\)")
#: Where a value stands in a text, and what it is: (start, end, tag).
Mark = tuple[int, int, str]


@dataclass(frozen=True, slots=True)
class Line:
    """One message to learn from. ``labels`` stand in order of importance; what stands behind them may be unknown.

    ``clauses`` are the labels of each clause that ``clauses.cut`` finds in it, in their order.
    """

    text: str
    language: str
    labels: tuple[str, ...]
    ctx: str | None = None
    facet: str | None = None
    marks: tuple[Mark, ...] | None = None
    clauses: tuple[tuple[str, ...], ...] | None = None

    def shares(self) -> Iterator[tuple[str, float]]:
        """Each label with its share of the message, which add up to one."""
        labels = self.labels[: max(_SHARES)]
        return zip(labels, _SHARES[len(labels)], strict=True)


def read_voice(path: Path) -> list[Line]:
    """The lines of one file; empty lines and those that begin with ``#`` are skipped.

    Raises:
        ValueError: a line has not five or six columns, or no label or no text.
    """
    found = []
    for number, row in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not row.strip() or row.startswith("#"):
            continue
        columns = row.split("\t")
        if len(columns) not in (_COLUMNS, _COLUMNS + 1):
            raise ValueError(f"{path.name}:{number}: {len(columns)} columns instead of {_COLUMNS}")
        language, ctx, labels, facet, text = (column.strip() for column in columns[:_COLUMNS])
        names = _names(labels)
        clauses = tuple(_names(each) for each in columns[_COLUMNS].split(_CLAUSE)) if len(columns) > _COLUMNS else None
        if not names or not text:
            raise ValueError(f"{path.name}:{number}: no label or no text")
        plain, marks = unmarked(text.replace("\\n", "\n"))
        found.append(Line(plain, language, names, ctx or None, None if facet in ("", "-") else facet, marks, clauses))
    return found


def _names(labels: str) -> tuple[str, ...]:
    return tuple(label.strip() for label in labels.split(",") if label.strip())


def unmarked(text: str) -> tuple[str, tuple[Mark, ...] | None]:
    """A text without its marks, and where they stood; None when it has none and nobody has read it for them."""
    plain, marks, last = "", [], 0
    for found in _MARK.finditer(text):
        plain += text[last : found.start()]
        if found[1]:
            marks.append((len(plain), len(plain) + len(found[1]), found[2]))
        plain, last = plain + found[1], found.end()
    return (plain + text[last:]).rstrip(), tuple(marks) if last else None


def read_voices(folder: Path = FOLDER) -> list[Line]:
    """The lines of all voices, file by file."""
    return [line for path in sorted(folder.glob("*.tsv")) for line in read_voice(path)]


def line_of(example: Message) -> Line:
    """The line behind a training example: of a voice, or of Rasa's own YAML."""
    metadata = example.get("metadata")
    labels = metadata.get("labels") or (example.get_full_intent(),)
    clauses = metadata.get("clauses")
    return Line(
        example.get(TEXT),
        metadata["intent"]["language"],
        tuple(labels),
        metadata.get("ctx"),
        metadata.get("facet"),
        clauses=tuple(map(tuple, clauses)) if clauses else None,
    )


def _example(line: Line) -> Message:
    metadata: dict[str, Any] = {"intent": {"language": line.language}, "labels": list(line.labels)}
    metadata |= {
        name: value for name, value in (("ctx", line.ctx), ("facet", line.facet), ("clauses", line.clauses)) if value
    }
    message: Message = Message.build(line.text, line.labels[0])
    message.set("metadata", metadata)
    return message


def training_data(lines: Iterable[Line]) -> TrainingData:
    """Lines as Rasa's training examples, labelled with their first label."""
    return TrainingData([_example(line) for line in lines])


class Voices(TrainingDataImporter):
    """Hands the voices to Rasa; domain, stories and settings come from its own importer."""

    def __init__(
        self, config_file: str | None = None, domain_path: str | None = None,
        training_data_paths: Sequence[str] | str | None = None, **_: Any,
    ) -> None:  # fmt: skip
        self.config_file = config_file

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """All lines of all voices."""
        return training_data(read_voices())

    def get_domain(self) -> Domain:
        """Nothing: the domain is Rasa's importer's."""
        return Domain.empty()

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """Nothing: rules are Rasa's importer's."""
        return StoryGraph([])

    def get_conversation_tests(self) -> StoryGraph:
        """Nothing."""
        return StoryGraph([])

    def get_config(self) -> dict[str, Any]:
        """Nothing: the settings are Rasa's importer's."""
        return {}

    def get_config_file_for_auto_config(self) -> str | None:
        """The settings file it was made with."""
        return self.config_file
