"""What the assistant may say about the company: ``data/company/facts.yml``, read strictly.

Every fact names its source and who approved it. What nobody approved is never shown.
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Field, StrictBool, StrictFloat, StrictInt, StrictStr, ValidationError

from bot.common.settings import ROOT, settings

FACTS = ROOT / "data" / "company" / "facts.yml"

Plain = StrictInt | StrictFloat | StrictStr | list[StrictStr]


class CompanyError(RuntimeError):
    """The file of company facts contradicts itself; the text says where."""


class _Frozen(BaseModel):
    class Config:
        frozen = True
        extra = "forbid"


class Fact(_Frozen):
    """One fact with its origin. ``value`` is None when nobody stated it, a mapping when it differs by language."""

    value: Plain | dict[str, Plain] | None = Field(...)  # written out even when null
    source: StrictStr
    approved_by: StrictStr | None = Field(...)

    @property
    def invented(self) -> bool:
        """Whether it is the demo's invention."""
        return "demo" in (self.approved_by or "")

    def shown(self, demo: bool) -> bool:
        """Whether a customer may see it; an invented one only in the ``demo``."""
        return self.value is not None and self.approved_by is not None and (demo or not self.invented)

    def told(self, language: str) -> Any:
        """The value as told in a language. Raises KeyError when it has no value in that language."""
        return self.value[language] if isinstance(self.value, dict) else self.value


class Part(_Frozen):
    """A facet of a topic: a text's name, the facts it shows, its code, words that ask for just it.

    A ``general`` part gives way to any other part that is asked for beside it. Words of ``unless`` give its words another
    sense: «can we machine the other faces meanwhile?» does not ask what we machine. The words of a part that holds ``anyhow``
    mean it whatever the question was read as and whatever metal or figure stands beside them: «a core of ø14».
    """

    text: StrictStr
    about: StrictStr
    facts: tuple[StrictStr, ...]
    words: tuple[StrictStr, ...]
    unless: tuple[StrictStr, ...] = ()
    general: StrictBool = False
    anyhow: StrictBool = False

    def asked_in(self, question: str) -> bool:
        """Whether a word of the question begins with one of ``words``."""
        return self.named_in(question) > 0

    def other_sense(self, question: str) -> bool:
        """Whether the question uses the words in a sense of their own."""
        return any(_stands_in(word, question) for word in self.unless)

    def named_in(self, question: str) -> int:
        """How long the longest of ``words`` is that stands in the question, in characters; 0 when none does.

        An abbreviation in capitals is as telling as a word of three times its letters.
        """
        if self.other_sense(question):
            return 0
        found = (word for word in self.words if _stands_in(word, question))
        return max((len(word) * (3 if word.isupper() else 1) for word in found), default=0)


def _stands_in(word: str, question: str) -> bool:
    """Whether a word of the question begins with this one; in capitals, whether it stands there as it is."""
    return _pattern(word).search(question if word.isupper() else question.casefold()) is not None


@functools.cache
def _pattern(word: str) -> re.Pattern[str]:
    """A word of the file as a pattern, made once: there are more of them than ``re`` keeps."""
    if word.isupper():
        return re.compile(rf"(?<!\w){re.escape(word)}(?!\w)")
    return re.compile(rf"(?<!\w){re.escape(word.casefold())}")


class Company(_Frozen):
    """All facts by name, the parts of each topic's answer in the order they are told, and what joins several questions."""

    facts: dict[str, Fact]
    joiners: tuple[StrictStr, ...]
    answers: dict[str, tuple[Part, ...]]

    def approved(self, part: Part) -> bool:
        """Whether every fact of the part may be shown."""
        return all(self.facts[name].shown(settings().demo) for name in part.facts)

    def values(self, part: Part, language: str) -> dict[str, Any]:
        """The values of an approved part. Raises PermissionError for a part that holds an unapproved fact."""
        if not self.approved(part):
            raise PermissionError(part.text)
        return {name: self.facts[name].told(language) for name in part.facts}

    def asked(self, topic: str, question: str) -> tuple[Part, ...]:
        """The parts a question asks for by their words; empty when it asks for the topic as a whole."""
        found = tuple(part for part in self.answers[topic] if part.asked_in(question))
        return tuple(part for part in found if not part.general) or found

    def asked_any(self, question: str) -> bool:
        """Whether a word of the question begins with a word of any part."""
        return any(part.asked_in(question) for parts in self.answers.values() for part in parts)

    def pieces(self, question: str) -> list[str]:
        """A question cut where it goes on to another thing: at commas and at the joiners."""
        words = "|".join(map(re.escape, self.joiners))
        return [each for each in re.split(rf"[,;?!+&/]|(?<!\w)(?:{words})(?!\w)", question, flags=re.I) if each.strip()]

    def named_best(self, question: str, telling: int) -> Part | None:
        """The part, of all topics, that the longest word of a question names.

        None when it has fewer letters than ``telling``.
        """
        parts = [(part.named_in(question), part) for parts in self.answers.values() for part in parts]
        length, part = max(parts, key=lambda each: each[0])
        return part if length >= telling else None

    def named_anyhow(self, question: str) -> list[Part]:
        """The parts whose words mean them whatever else a question holds."""
        return [part for parts in self.answers.values() for part in parts if part.anyhow and part.asked_in(question)]

    def named_topic(self, topic: str, question: str) -> bool:
        """Whether a word of any part of the topic stands in the question."""
        return any(part.asked_in(question) for part in self.answers[topic])

    def facet(self, code: str | None) -> Part | None:
        """The part of a facet's code, such as ``company.machining``; None for a code there is none of."""
        return next((part for parts in self.answers.values() for part in parts if part.about == code), None)

    def told_with(self, text: str) -> Part | None:
        """The part that a text of data/replies tells; None for a text of something else."""
        return next((part for parts in self.answers.values() for part in parts if part.text == text), None)

    def topic_of(self, part: Part) -> str:
        """The topic a part stands under."""
        return next(topic for topic, parts in self.answers.items() if part in parts)

    def invented(self) -> bool:
        """Whether any fact is the demo's invention, which production must not start on."""
        return any(fact.invented for fact in self.facts.values())


def read_company(path: Path = FACTS) -> Company:
    """Read and check the facts. Raises CompanyError: unknown keys, a part without its facts, an approved nothing."""
    try:
        content: Mapping[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=_UniqueKeys)  # noqa: S506 - a SafeLoader
        found = Company(**content)
    except (ValidationError, yaml.YAMLError, TypeError) as error:
        raise CompanyError(f"{path}: {error}") from error
    named = {name for parts in found.answers.values() for part in parts for name in part.facts}
    if named != found.facts.keys():
        raise CompanyError(f"{path}: facts and answers differ in {sorted(named ^ found.facts.keys())}")
    empty = sorted(name for name, fact in found.facts.items() if fact.value is None and fact.approved_by)
    if empty:
        raise CompanyError(f"{path}: approved without a value: {empty}")
    return found


class _UniqueKeys(yaml.SafeLoader):
    """YAML that refuses a key written twice: the second would silently replace an approved fact."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]  # type: ignore[no-untyped-call]
        twice = sorted({str(key) for key in keys if keys.count(key) > 1})
        if twice:
            raise yaml.constructor.ConstructorError(None, None, f"written twice: {twice}", node.start_mark)
        return super().construct_mapping(node, deep)


@functools.lru_cache(maxsize=1)
def company() -> Company:
    """The company facts of this process, read once."""
    return read_company()
