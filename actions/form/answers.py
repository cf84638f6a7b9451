"""What a customer answered: one ``Answer`` a question, kept with the draft as JSON; and what keeps one from being taken."""

from collections.abc import Iterator, Mapping, MutableMapping
from dataclasses import asdict, dataclass, field, fields, replace
from typing import Any, ClassVar, Self


@dataclass
class Answer:
    """One answer. ``reply`` is the text of its line in the read-back; without one it is neither asked for nor read back.

    ``unknown``: «don't know», or left open; ``pending``: something announced is still to come; ``listed``: each part of a list
    has its own; ``vague``: it stands in until a better one is told. ``more`` holds what its line shows besides ``value``. A task adds typed fields in a subclass, which is found
    again by ``kind`` when a draft is loaded.
    """

    value: Any = None
    reply: str | None = None
    unknown: bool = False
    pending: bool = False
    listed: bool = False
    vague: bool = False
    more: dict[str, Any] = field(default_factory=dict)

    kinds: ClassVar[dict[str, type["Answer"]]] = {}

    def __init_subclass__(cls, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        Answer.kinds[cls.__name__] = cls

    @classmethod
    def load(cls, stored: Mapping[str, Any]) -> "Answer":
        """An answer out of its JSON; what is no field of its kind goes to ``more``."""
        kind = Answer.kinds.get(str(stored.get("kind")), Answer)
        known = {each.name for each in fields(kind)} - {"more"}
        more = {name: value for name, value in stored.items() if name not in known | {"kind"}}
        return kind(**{name: value for name, value in stored.items() if name in known}, more=more)

    def figures(self) -> set[float]:
        """The numbers that a task itself corrects in it: words which hold them too are no answer of their own."""
        return set()

    def dump(self) -> dict[str, Any]:
        """JSON that ``load`` reads."""
        kept = {name: value for name, value in self.line().items() if value is not False}
        return kept if type(self) is Answer else {**kept, "kind": type(self).__name__}

    def line(self) -> dict[str, Any]:
        """The part of a message that reads the answer back, and what the desk shows of it."""
        shown = {name: value for name, value in asdict(self).items() if name != "more"}
        return {**shown, **self.more}

    def but(self, **changes: Any) -> Self:
        """The same answer with other values; names that are no field go to ``more``."""
        known = {each.name for each in fields(self)} - {"more"}
        more = {name: value for name, value in changes.items() if name not in known}
        return replace(
            self, **{name: value for name, value in changes.items() if name in known}, more={**self.more, **more}
        )


class Answers(MutableMapping[str, Answer]):
    """The answers of one task by question; names that are no question of it are the task's own notes."""

    def __init__(self, stored: Mapping[str, Any] | None = None) -> None:
        self._by_question: dict[str, Answer] = {}
        for question, answer in (stored or {}).items():
            self[question] = answer if isinstance(answer, Answer) else Answer.load(answer)

    def __getitem__(self, question: str) -> Answer:
        return self._by_question[question]

    def __setitem__(self, question: str, answer: Answer) -> None:
        self._by_question[question] = answer

    def __delitem__(self, question: str) -> None:
        del self._by_question[question]

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_question)

    def __len__(self) -> int:
        return len(self._by_question)

    def value(self, question: str) -> Any:
        """The value of an answer; None without one."""
        answer = self.get(question)
        return answer.value if answer else None

    def dump(self) -> dict[str, Any]:
        """JSON for the slot and the draft."""
        return {question: answer.dump() for question, answer in self.items()}


@dataclass(frozen=True)
class Problem:
    """An answer that cannot be taken as it is: what to say, and what to offer.

    ``asks`` is whether the reply itself says what to write instead, so that the question need not be repeated.
    """

    reply: str
    values: dict[str, Any] = field(default_factory=dict)
    choices: tuple[dict[str, Any], ...] = ()
    asks: bool = False


Reading = Answer | Problem | None


def line(question: str, value: Any, reply: str = "", /, **more: Any) -> Answer:
    """An answer with its line of the read-back."""
    return Answer(value, reply or f"utter_line_{question}").but(**more)


def fact(reply: str, /, **values: Any) -> Answer:
    """A line that answers no question: what the foundry adds to a read-back."""
    return Answer(None, reply).but(**values)


def silent(**more: Any) -> Answer:
    """A question that need not be asked; it is not read back, and can still be answered."""
    return Answer(None, None, unknown=True).but(**more)


def note(value: Any, **more: Any) -> Answer:
    """A note of the task's own beside the answers: stored with them, never read back."""
    return Answer(value, None).but(**more)
