"""The texts a customer can read: ``data/replies/<language>/*.yml``, one loader for the engine, web and worker.

Each folder is a language. A file maps ``utter_*`` names to a text; ``terms.yml`` maps codes to words. A text names
its values and their format, ``{ship:date}``; a missing text, term or placeholder in any language fails at start.
"""

import functools
import string
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.formats import Formats
from bot.common.settings import ROOT

REPLIES = ROOT / "data" / "replies"
TERMS_FILE = "terms.yml"
COMPANY_FACTS = ROOT / "data" / "company" / "facts.yml"


class ReplyError(RuntimeError):
    """A text is missing, differs between languages or names a value nobody gave."""


class _Formatter(string.Formatter):
    def __init__(self, formats: Formats) -> None:
        self.formats = formats

    def format_field(self, value: Any, format_spec: str) -> str:
        return self.formats.apply(value, format_spec)


@functools.lru_cache(maxsize=1)
def foundry_name() -> str:
    """The foundry's name, from the company facts: texts and mails speak for it."""
    return str(read_yaml(COMPANY_FACTS)["facts"]["name"]["value"])


def placeholders(text: str) -> frozenset[str]:
    """The names a text wants, without their formats."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(text) if name)


class Replies:
    """All texts of all languages, checked against each other."""

    def __init__(self, folder: Path = REPLIES) -> None:
        self.texts: dict[str, dict[str, str]] = {}
        #: Values every text may name without being given them.
        self._known = {"foundry": foundry_name()}
        self._formatters: dict[str, _Formatter] = {}
        self.terms: dict[str, dict[str, str]] = {}
        for language in sorted(path.name for path in folder.iterdir() if path.is_dir()):
            self._load(folder / language)
        self._check()

    def _load(self, folder: Path) -> None:
        texts: dict[str, str] = {}
        for path in sorted(folder.glob("*.yml")):
            content: Mapping[str, str] = read_yaml(path) or {}
            twice = texts.keys() & content.keys()
            if twice:
                raise ReplyError(f"{path}: {sorted(twice)} stand in another file too")
            if path.name == TERMS_FILE:
                self.terms[folder.name] = {key: str(value) for key, value in content.items()}
            else:
                texts.update({key: str(value).strip() for key, value in content.items()})
        self.texts[folder.name] = texts
        self._formatters[folder.name] = _Formatter(Formats(folder.name, self.terms.setdefault(folder.name, {})))

    def _check(self) -> None:
        names = {name for texts in self.texts.values() for name in texts}
        terms = {key for words in self.terms.values() for key in words}
        for language, texts in self.texts.items():
            missing = (names - texts.keys()) | (terms - self.terms[language].keys())
            if missing:
                raise ReplyError(f"{language}: no text for {sorted(missing)}")
            for name, text in texts.items():
                for other in self.texts.values():
                    if name in other and placeholders(other[name]) != placeholders(text):
                        raise ReplyError(f"{name}: other placeholders in another language than in {language}")

    @property
    def languages(self) -> list[str]:
        """The reply languages there are."""
        return list(self.texts)

    def render(self, language: str, name: str, values: Mapping[str, Any] | None = None) -> str:
        """One text, its values filled in. Raises ReplyError when the text or one of its values is missing."""
        given = {key: self._answers(language, value) for key, value in (values or {}).items()}
        was = given.pop("was", None)
        try:
            text = self._formatters[language].vformat(self.texts[language][name], (), {**self._known, **given})
            # A value that stands in the place of another: «Antall: 55 stk (før 60 stk)».
            return f"{text} {self.render(language, 'utter_was', {'old': self.line(language, was)[1]})}" if was else text
        except (KeyError, ValueError, TypeError) as error:
            raise ReplyError(f"{language}/{name}: {error!r}") from error

    def compose(self, language: str, parts: Sequence[Mapping[str, Any]]) -> str:
        """Several texts as one message. A part is ``{"reply": name, **values}``; ``"join": " "`` keeps it on the line."""
        message = ""
        for part in parts:
            text = self.render(language, part["reply"], part)
            if text:
                message += (part.get("join", "\n") if message else "") + text
        return message

    def _answers(self, language: str, value: Any) -> Any:
        """Answers of a request within a text: «antall 40 stk, vekt 2,8 kg»."""
        if (
            not isinstance(value, list)
            or not all(isinstance(each, dict) and "reply" in each for each in value)
            or not value
        ):
            return value
        told = [self.line(language, each) for each in value]
        return ", ".join(f"{label[:1].lower()}{label[1:]} {text}".strip().rstrip(".") for label, text in told)

    def line(self, language: str, answer: Mapping[str, Any]) -> tuple[str, str]:
        """Label and value of an answer of the form, whose texts (``utter_line_*``) all read «label: value»."""
        text = self.render(language, answer["reply"], answer)
        label, colon, value = text.partition(": ")
        return (label, value) if colon else ("", text)

    def choices(self, language: str, choices: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
        """Quick replies: ``{"title": text}`` or ``{"reply": name, **values}``, each with its ``payload`` (default: the title)."""
        buttons = []
        for choice in choices:
            title = choice.get("title") or self.render(language, choice["reply"], choice)
            buttons.append({"title": title, "payload": choice.get("payload") or title})
        return buttons


@functools.lru_cache(maxsize=1)
def replies() -> Replies:
    """The texts of this process, loaded once."""
    return Replies()
