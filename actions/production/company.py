"""What the assistant may say about the company: ``data/company/facts.yml``, read strictly.

Every fact names its source and who approved it. What nobody approved is never shown.
"""

import functools
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, Field, StrictFloat, StrictInt, StrictStr, ValidationError

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
    """A piece of a topic's answer: a text's name, the facts it shows, a term for it, words that ask for just it."""

    text: StrictStr
    about: StrictStr
    facts: tuple[StrictStr, ...]
    words: tuple[StrictStr, ...]

    def asked_in(self, question: str) -> bool:
        """Whether a word of the question begins with one of ``words``."""
        begin = "|".join(re.escape(word) for word in self.words)
        return re.search(rf"(?<!\w)(?:{begin})", question.casefold()) is not None


class Company(_Frozen):
    """All facts by name and the parts of each topic's answer, in the order they are told."""

    facts: dict[str, Fact]
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
        return tuple(part for part in self.answers[topic] if part.asked_in(question))

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
