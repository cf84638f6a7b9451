"""Whether somebody has lost patience: words of ``data/anger/words.yml``, shouting, marks repeated, and what was learnt.

A message is read as ``words of a sentence | words of the next |``, folded to small letters without its signs.
"""

import difflib
import functools
import re
from dataclasses import dataclass
from typing import Any

from actions.turns.words import blanked
from bot.common.data_file import read_yaml
from bot.common.settings import ROOT
from bot.common.words import topic

FILE = ROOT / "data" / "anger" / "words.yml"
#: A typing error in a word of this length or more is overlooked, when the words are at least that alike.
_LONG, _ALIKE = 6, 0.87
#: Shouting is at least so many words and letters, in capitals only; codes are left out.
_SHOUTED_WORDS, _SHOUTED_LETTERS = 3, 10
#: More words than this beside the anger are a matter of their own.
_NO_MATTER = 2
#: Anger comes first: of a pasted letter only the beginning is read.
_READ = 600
#: How sure the classifier of ``data/anger/sentences.yml`` must be; it is not asked about single words.
_SURE, _SENTENCE = 0.4, 2
_CENSORED = re.compile(r"(?<!\w)(?:f|fu|s|sh|b)[*#@]+\w*")
_MARKS = re.compile(r"!\s?!|\?!|!\?|\?\?\?")
#: Shouting with marks is anger only about something that is asked for: «URGENT RFQ!!!» is haste.
_ASKS = re.compile(rf" {topic('anger.asks')} ")
_ENDS = re.compile(r"[.!?;,\n:]+|\s[-–]\s")
_TOKEN = re.compile(r"\((?P<any>[^)]*)\)(?P<maybe>\?)?|<(?P<list>\w+)>|(?P<gap>\.\.\.)|(?P<word>\S+)")


@dataclass(frozen=True)
class _Lexicon:
    harmless: re.Pattern[str]
    insults: re.Pattern[str]
    weary: re.Pattern[str]
    mild: re.Pattern[str]
    swearing: re.Pattern[str]
    praise: re.Pattern[str]
    praised: re.Pattern[str]
    judged: re.Pattern[str]
    alone: re.Pattern[str]
    signs: list[re.Pattern[str]]
    long_words: list[str]
    known: frozenset[str]
    #: Words that are no matter of their own.
    plain: frozenset[str]


def angry(text: str, learnt: float = 0.0) -> bool:
    """Whether a message is said in anger. A command (``/...``) never is. ``learnt``: the engine's share for anger."""
    if text.startswith("/"):
        return False
    said = _folded(text[:_READ])
    polite = _lexicon().praised.search(said) is not None
    if _rest(text) is not None:
        # «Sorry, I have asked twice already» is weary, and may be said kindly.
        weary = polite and _rest(text, "insults", "judged", "alone", "swearing") is None
        return learnt > _SURE or not weary
    return learnt > _SURE and len(re.findall(r"[^\W\d_]+", said)) >= _SENTENCE and not polite


def only_swears(text: str) -> bool:
    """Whether a message names nobody and judges nothing: what is sworn at may be the writer's own slip."""
    return _rest(text, "insults", "weary", "judged", "alone") is None


def only_anger(text: str) -> bool:
    """Whether words of anger are all that is said: no matter that could be registered or answered."""
    rest = None if text.startswith("/") else _rest(text)
    matter = [word for word in rest or () if len(word) > 2 and word not in _lexicon().plain]
    return rest is not None and len(matter) <= _NO_MATTER


@functools.lru_cache(maxsize=512)
def _rest(text: str, *kinds: str) -> tuple[str, ...] | None:
    """The words beside the anger; None when there is none. ``kinds``: the lists that count, without signs; else all."""
    words = _lexicon()
    said = words.harmless.sub("", _folded(text[:_READ]))
    spans = [
        each.span()
        for kind in kinds or ("insults", "weary", "judged", "alone", "swearing")
        for each in getattr(words, kind).finditer(said)
        if kind != "swearing" or not words.praise.match(said, each.end())
    ]
    if not spans and (kinds or not _by_signs(text, said)):
        return None
    return tuple(word for word in blanked(said, spans).split() if word != "|")


def _by_signs(text: str, said: str) -> bool:
    """Whether two weak signs come together."""
    words = _lexicon()
    if words.praised.search(said):
        return False
    letters = " ".join(word for word in re.findall(r"[^\W_]+", text) if not re.search(r"\d", word))
    shouted = letters.isupper() and len(letters.split()) >= _SHOUTED_WORDS and len(letters) >= _SHOUTED_LETTERS
    marked = bool(_MARKS.search(text))
    if shouted and marked:
        return bool(_ASKS.search(said))
    swears = any(not words.praise.match(said, each.end()) for each in words.mild.finditer(said))
    return shouted + marked + swears + sum(bool(pattern.search(said)) for pattern in words.signs) >= 2


@functools.lru_cache(maxsize=512)
def _folded(text: str) -> str:
    """`` words | of | sentences | `` with typing errors of long words mended."""
    folded = _CENSORED.sub(" fuck ", text.casefold().replace("’", "'"))
    folded = re.sub(r"(\w)\1{2,}", r"\1", _ENDS.sub(" | ", folded))
    words = re.findall(r"[\w']+|\|", folded)
    return f" {' '.join(map(_mended, words))} | "


def _mended(word: str) -> str:
    if len(word) < _LONG or word in _lexicon().known:
        return word
    near = difflib.get_close_matches(word, _lexicon().long_words, 1, _ALIKE)
    return near[0] if near and near[0][0] == word[0] and not word.startswith(near[0]) else word


@functools.lru_cache(maxsize=1)
def _lexicon() -> _Lexicon:
    content: dict[str, list[Any]] = read_yaml(FILE)
    judgment, us, thing, filler = (
        _either(map(_word, content[name])) for name in ("judgments", "us", "things", "filler")
    )
    not_for_use = rf"(?!{topic('anger.use')} )"
    judged = (
        rf"(?<= ){us} (?:[^| ]+ ){{0,5}}?{judgment} {not_for_use}|(?<= ){judgment} (?:[^| ]+ )?{thing} |(?<= )"
        rf"{topic('anger.how')} {judgment} {us} {topic('anger.are')} "
    )
    return _Lexicon(
        harmless=_compiled(content, "harmless"),
        insults=_compiled(content, "insults"),
        weary=_compiled(content, "weary"),
        mild=_compiled(content, "mild"),
        swearing=_compiled(content, "swearing"),
        praise=re.compile(rf"(?:[^| ]+ ){{0,2}}?{_either(map(_word, content['praise']))} "),
        praised=re.compile(rf"(?<= ){_either(map(_word, [*content['praise'], *content['polite']]))} "),
        judged=re.compile(judged),
        alone=re.compile(rf"(?:(?<=\| )|(?<=^ ))(?:{filler} )*{judgment} (?:{filler} |{judgment} )*\| "),
        signs=[re.compile(rf"(?<= ){_phrase(each, content)}") for each in content["signs"]],
        long_words=sorted({word.rstrip("*") for word in content["judgments"] if len(word) > _LONG}),
        plain=frozenset([*content["filler"], *content["us"], *content["plain"]]),
        known=frozenset(re.findall(r"\w+", FILE.read_text(encoding="utf-8"))),
    )


def _compiled(content: dict[str, list[Any]], name: str) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?<= ){_phrase(str(each), content)}" for each in content[name]))


def _phrase(phrase: str, content: dict[str, list[Any]]) -> str:
    """A phrase of the file as a pattern; each word is followed by its blank."""
    pattern = ""
    for token in _TOKEN.finditer(phrase):
        if token["gap"]:
            pattern += r"(?:[^| ]+ ){0,4}?"
        elif token["list"]:
            pattern += rf"(?:{_either(map(_word, content[token['list']]))}|\d+) "
        else:
            words = _either(map(_word, token["any"].split("/") if token["any"] else [token["word"]]))
            pattern += rf"(?:{words} )?" if token["maybe"] else rf"{words} "
    return pattern


def _word(word: str) -> str:
    return re.escape(word[:-1]) + r"[\w']*" if word.endswith("*") else re.escape(word)


def _either(patterns: Any) -> str:
    return f"(?:{'|'.join(patterns)})"
