"""Sentences of other hands: an outside folder (``EVAL=``), voices held apart, and each training voice unlearnt in turn.

Right is any of the labels a sentence sensibly carries. Wrong with confidence (0.6 and more) is the worst outcome; what is
not understood is asked again, however sure that is.
"""

import functools
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.training_data.loading import load_data
from rasa.shared.nlu.training_data.message import Message

from bot.common.settings import ROOT
from bot.engine.nlu.blend import Floats, tempered
from bot.engine.nlu.component import FALLBACK
from bot.engine.nlu.context import ANSWER, CHOICE, OFFER, OPENING, RECEIPT, SEND
from bot.engine.nlu.learning import DEFAULTS, Samples
from bot.engine.nlu.voices import FOLDER, Line, line_of, read_voice, read_voices

VOICES = Path(__file__).parent / "voices"
SURE = 0.6
#: The training voices are unlearnt in so many groups.
FOLDS = 5
#: Acts an outside set has no label for, and what it may call them.
ACTS = {
    "postpone": {"stop_task", "affirm", "deny"},
    "resume": {"affirm"},
    "take_back": {"deny", "stop_task", "cancel_order"},
    "correct": {"inform", "change_order"},
    "identify": {"order_status", "inform"},
    "recap": {"help", "inform"},
}


@dataclass
class Score:
    """Counts of one language."""

    all: int = 0
    right: int = 0
    wrong_sure: int = 0
    first_two: int = 0

    def add(self, acts: Sequence[tuple[str, float]], wanted: set[str]) -> None:
        """Count one sentence, read as ``acts`` (likeliest first)."""
        hits = [bool(({name} | ACTS.get(name, set())) & wanted) for name, _ in acts[:2]]
        self.all += 1
        self.right += hits[0]
        self.wrong_sure += not hits[0] and acts[0][0] != FALLBACK and acts[0][1] >= SURE
        self.first_two += any(hits)


def outside_sentences(folder: Path) -> list[tuple[str, set[str], Line]]:
    """(language, labels that are right, sentence) of every ``sentences_*.yml``."""
    found = []
    for path in sorted(folder.glob("sentences_*.yml")):
        for each in yaml.safe_load(path.read_text(encoding="utf-8")):
            labels = {label.replace("faq_", "faq/") for label in (each["task"], *(each.get("multi") or ()))}
            found.append((each["lang"], labels, Line(each["text"], each["lang"], tuple(labels))))
    return found


def held_apart() -> list[tuple[str, set[str], Line]]:
    """The voices that no training file holds."""
    return [(line.language, set(line.labels), line) for line in read_voices(VOICES)]


def read_acts(understanding: Any, line: Line) -> list[tuple[str, float]]:
    """What the model makes of a sentence in its context, the decision first."""
    message = Message({"text": line.text})
    understanding.process([message], tracker_in(line.ctx))
    ranking = [(each["name"], each["confidence"]) for each in message.get("intent_ranking")]
    decided, confidence = message.get("faq") or message.get("intent")["name"], message.get("intent")["confidence"]
    return [(decided, confidence), *[each for each in ranking if each[0] != decided]]


def clauses_held_apart(understanding: Any) -> dict[str, Score]:
    """Counts per language over the clauses of those voices, each read in its message."""
    scores: dict[str, Score] = defaultdict(Score)
    for line in read_voices(VOICES):
        message = Message({"text": line.text})
        understanding.process([message], tracker_in(line.ctx))
        if len(message.get("clauses")) != len(line.clauses or ()):
            # Cut otherwise than when it was labelled, or one clause.
            continue
        for clause, labels in zip(message.get("clauses"), line.clauses or (), strict=True):
            scores[line.language].add([(name, share) for name, share in clause["acts"]], set(labels))
    return scores


def tracker_in(context: str | None) -> DialogueStateTracker | None:
    """A conversation whose next message answers to ``context``."""
    if context is None:
        return None
    context, _, topic = context.partition(":")
    said: dict[str, Any] = {
        OPENING: {},
        ANSWER: {"parts": [{"reply": "utter_fact"}]},
        RECEIPT: {"parts": [{"reply": "utter_case_received"}]},
        OFFER: {"choices": [{"payload": "/affirm"}]},
        CHOICE: {"choices": [{"title": "RG5"}]},
    }.get(str(context), {})
    tracker = DialogueStateTracker.from_events("evaluation", [], slots=_domain().slots)
    if said:
        tracker.update(BotUttered("", metadata=said))
    elif context != OPENING:
        tracker.update(SlotSet("question", "confirmation" if context == SEND else context))
    if topic:
        tracker.update(SlotSet("ground", {"topic": topic}))
    return tracker


@functools.lru_cache(maxsize=1)
def _domain() -> Domain:
    return Domain.load(str(ROOT / "domain.yml"))


def score(understanding: Any, sentences: Iterable[tuple[str, set[str], Line]]) -> dict[str, Score]:
    """Counts per language."""
    scores: dict[str, Score] = defaultdict(Score)
    for language, wanted, line in sentences:
        scores[language].add(read_acts(understanding, line), wanted)
    return scores


def out_of_fold() -> dict[str, Score]:
    """The training voices, each group read by readers that learnt from the others; the temperature that fits is told."""
    files = sorted((ROOT / "data" / "nlu").glob("*/*.yml"))
    lines = [line_of(example) for path in files for example in load_data(str(path)).intent_examples]
    group_of: dict[str, int] = {}
    for number, path in enumerate(sorted(FOLDER.glob("*.tsv"))):
        voice = read_voice(path)
        lines += voice
        group_of |= {line.text: number % FOLDS for line in voice}
    samples = Samples(lines)
    scores: dict[str, Score] = defaultdict(Score)
    opinions, right = [], []
    for group in range(FOLDS):
        kept = [at for at, line in enumerate(samples.lines) if line.ctx and group_of.get(line.text) == group]
        labels, found = samples.unseen(kept, DEFAULTS)
        for at, opinion in zip(kept, found, strict=True):
            line, shares = samples.lines[at], tempered(opinion, DEFAULTS["temperature"])
            best = np.argsort(shares)[::-1][:2]
            scores[line.language].add([(labels[each], float(shares[each])) for each in best], set(line.labels))
            if line.labels[0] in labels:
                opinions.append(opinion)
                right.append(labels.index(line.labels[0]))
    # Each label stands in the files, which every group learns from: the labels are the same in all groups.
    print(f"\ntemperature that fits: {fitting_temperature(np.array(opinions), np.array(right))}")
    return scores


def fitting_temperature(probabilities: Floats, right: NDArray[np.int64]) -> float:
    """The temperature under which sentences not learnt from are the least surprising. ``right`` holds label indices."""
    rows = np.arange(len(right))

    def surprise(temperature: float) -> float:
        return float(-np.log(tempered(probabilities, temperature)[rows, right]).mean())

    return min((round(0.4 + 0.05 * step, 2) for step in range(53)), key=surprise)


def report(title: str, scores: dict[str, Score]) -> None:
    """One line a language and their sum."""
    total = Score()
    for each in scores.values():
        total = Score(*(a + b for a, b in zip(vars(total).values(), vars(each).values(), strict=True)))
    print(f"\n{title:28}{'sentences':>10}{'right':>9}{'first two':>11}{'wrong, sure':>13}")
    for name, each in [*sorted(scores.items()), ("all", total)]:
        shares = (each.right / each.all, each.first_two / each.all, each.wrong_sure / each.all)
        print(f"{name:28}{each.all:>10}{shares[0]:>9.1%}{shares[1]:>11.1%}{shares[2]:>13.1%}")
