"""Cuts a cleaned message into clauses, each a span of the text.

A clause ends at the end of a sentence, a line, a semicolon, and before «og», «men», «and», «but» or a comma where both
sides can stand alone. Courtesy, yes and no at the head or tail are clauses of their own; a list of values stays one. The
words stand in ``data/words/clauses.yml``.
"""

import functools
import re
from typing import Any

from bot.common.data_file import read_yaml
from bot.common.now import with_now
from bot.common.settings import ROOT
from bot.common.words import either
from bot.engine.nlu.reading import fold, word_tables

WORDS = ROOT / "data" / "words" / "clauses.yml"
#: What lies beyond is one clause.
MOST = 12
_END = re.compile(r"(?:[.!?]+[)\"']?|\.{2,}|…)(?=\s|$)|[;\n]+")
_ORDINAL = re.compile(r"(?:^|[^\w.])[0-9]{1,4}$")
_LISTED = re.compile(
    r"\s*(?:[-*•·]|[0-9]{1,2}[.)]|[a-z]\))\s|[^.?!]{1,40}[:=\t]|\s*[0-9][0-9 .,]*\s?(?:stk|st|pcs|pc|x|kg|ea|off)\b"
)
_LEAD_IN = re.compile(r"[^\n]{1,80}:\s*$")
_DIGIT = re.compile(r"[0-9]")
#: A figure of something, and no number of an alloy or a temper: «40 bushes», not «A356» or «T6».
_COUNTED = re.compile(r"(?<![\w.,/-])[0-9]+(?:[.,][0-9]+)?\s?(?:[^\W\d_]{2,}|[x×]\s?[0-9])")
_WORD = re.compile(r"[^\W_]+")
_STRIP = " \t\r\n,.;:!-–…"
#: A line this long that goes on in a small letter is wrapped, not ended.
_WRAPPED = 45
Span = tuple[int, int]


def cut(text: str) -> list[Span]:
    """The clauses of a message in reading order, at most ``MOST``; empty for a text without a letter or digit."""
    text = with_now(text)
    folded = "".join("\t" if written == "\t" else char for written, char in zip(text, fold(text), strict=True))
    parts: list[Span] = []
    for sentence in _gathered(folded, _sentences(folded)):
        parts += _parts(folded, *sentence)
    spans = [trimmed for start, end in parts if (trimmed := _trimmed(folded, start, end))]
    return [*spans[: MOST - 1], (spans[MOST - 1][0], spans[-1][1])] if len(spans) > MOST else spans


def asks(clause: str) -> bool:
    """Whether a clause asks something: by its mark, a question word, or a verb before its subject."""
    folded = fold(with_now(clause)).strip()
    words = _patterns()
    if "?" not in folded and words["goes_into"].match(folded):
        # «Skal i bommen på en maskin» has no subject in front of its noun.
        return False
    return "?" in folded or bool(words["question"].match(folded) or words["wonder"].search(folded))


def _sentences(folded: str) -> list[Span]:
    spans, start = [], 0
    for match in _END.finditer(folded):
        if not _inside(folded, match):
            spans.append((start, match.end()))
            start = match.end()
    return [*spans, (start, len(folded))]


def _inside(folded: str, match: re.Match[str]) -> bool:
    """Whether a full stop belongs to a number, a date or an abbreviation; whether a line break is a mere wrap."""
    before = folded[max(0, match.start() - 40) : match.start()]
    if match[0] == "\n":
        line = folded[folded.rfind("\n", 0, match.start()) + 1 : match.start()].rstrip()
        following = folded[match.end() : match.end() + 80].lstrip(" ")
        wraps = len(line) >= _WRAPPED and line[-1] not in ".!?:" and following[:1].isalpha()
        return wraps and not _opens(following) and not _LISTED.match(following)
    if match[0] != "." or match.end() == len(folded):
        return False
    following = folded[match.end() : match.end() + 80].lstrip(" ")
    if _ORDINAL.search(before):
        return bool(_patterns()["after_ordinal"].match(following)) or not _opens(following)
    return bool(_patterns()["abbreviation"].search(before)) and not _opens(following)


def _gathered(folded: str, sentences: list[Span]) -> list[Span]:
    """Sentences with the lines of one list joined: values that belong together stay together."""
    gathered: list[Span] = []
    for start, end in sentences:
        line = folded[start:end]
        if not _WORD.search(line):
            continue
        if gathered and _is_value(line) and folded[gathered[-1][1] - 1] in "\n;":
            before = folded[gathered[-1][0] : gathered[-1][1]]
            if _is_value(before) or _LEAD_IN.search(before):
                gathered[-1] = (gathered[-1][0], end)
                continue
        gathered.append((start, end))
    return gathered


def _is_value(line: str) -> bool:
    """Whether a line lists values and asks or tells nothing."""
    if "?" in line or _opens(line.strip()) or _patterns()["courtesy"].fullmatch(line.strip(_STRIP)):
        return False
    return bool(_LISTED.match(line)) or (bool(_DIGIT.search(line)) and not _tells(line))


def _parts(folded: str, start: int, end: int) -> list[Span]:
    """A sentence without its courtesy, cut at its joints."""
    head: list[Span] = []
    while True:
        match = _patterns()["head"].match(folded, start, end)
        if not match or not _WORD.search(folded, match.end(), end):
            break
        following = folded[match.end() : end]
        if not match["mark"].strip(" ") and not _opens(following) and not _patterns()["goes_on"].match(following):
            break
        head.append(match.span("said"))
        start = match.end()
    tail: list[Span] = []
    match = _patterns()["tail"].search(folded, start, end)
    if match and _WORD.search(folded, start, match.start()):
        tail, end = [match.span("said")], match.start()
    return [*head, *_joined(folded, start, end), *tail]


def _joined(folded: str, start: int, end: int) -> list[Span]:
    """Cut before a joint or a comma where what stands on both sides can stand alone."""
    for match in _patterns()["joint"].finditer(folded, start, end):
        left, right = folded[start : match.start()], folded[match.end() : end]
        if not _stands(left) or not _opens(right) or len(_WORD.findall(right)) < 2:
            continue
        spoken = match["joint"]
        if not spoken and _patterns()["condition"].match(left.strip()):
            continue
        if (
            not spoken
            and not _opens(left)
            and not (_COUNTED.search(left) and _patterns()["question"].match(right.strip()))
        ):
            # «40 bushes in RG5, do you cast that» tells first, and asks then.
            continue
        next_start = match.end() if not spoken or _patterns()["silent"].fullmatch(spoken) else match.start("joint")
        return [(start, match.start()), *_joined(folded, next_start, end)] if next_start > start else [(start, end)]
    return [(start, end)]


def _opens(part: str) -> bool:
    """Whether a part begins as something that is asked, told or wished."""
    return bool(_patterns()["opening"].match(part.lstrip()))


def _tells(part: str) -> bool:
    return bool(_patterns()["verb"].search(part))


def _stands(part: str) -> bool:
    """Whether what stands before a joint is a clause: a verb, a wish, an answer or a value."""
    said = part.strip(_STRIP)
    answer = _patterns()["answer"].fullmatch(said)
    return bool(answer) or _opens(said) or _tells(said) or bool(_DIGIT.search(said))


def _trimmed(folded: str, start: int, end: int) -> Span | None:
    """The span without blanks around it; None when it holds no letter or digit."""
    part = folded[start:end]
    if not _WORD.search(part):
        return None
    left = len(part) - len(part.lstrip(" \t\r\n,;"))
    return start + left, start + len(part.rstrip(" \t\r\n,;"))


@functools.lru_cache(maxsize=1)
def _patterns() -> dict[str, re.Pattern[str]]:
    words: dict[str, Any] = read_yaml(WORDS)
    asking, verbs, pronouns, articles, contracted, commands, leads, courtesy, answers = (
        either(words[name])
        for name in ("asks", "verbs", "pronouns", "articles", "contracted", "commands", "leads", "courtesy", "yes_no")
    )  # fmt: skip
    lead = rf"(?:(?:{leads})[ ,!.:-]+){{0,3}}"
    sentence = rf"(?:{pronouns}) (?:(?!og |and )\w+ )?(?:{verbs})|(?:{contracted})|(?:{articles}) [\w-]+ (?:{verbs})"
    # Whatever verb stands before «dere» asks: a present tense of Norwegian, Danish and Swedish is told by its ending.
    addressed = rf"(?!(?:{either(words['no_verbs'])})(?!\w))[^\W\d_]{{3,}}r (?:{either(words['addressed'])})"
    inverted = rf"(?:{verbs}) (?:{pronouns}|{articles})|{addressed}"
    months = either(each for forms in word_tables()["months"].values() for form in forms.values() for each in form)
    polite = rf"(?:{courtesy})|(?:{answers})"
    return {
        "opening": re.compile(rf"{lead}(?:(?:{asking}|{commands})(?!\w)|(?:{inverted}|{sentence})(?!\w))"),
        "question": re.compile(
            rf"(?!(?:{either(words['tells_leads'])}) (?:{verbs}) (?:{either(words['ourselves'])})(?!\w))"
            rf"{lead}(?!(?:{either(words['begins_condition'])}) (?:{pronouns}|{articles})(?!\w))(?!(?:{either(words['orders'])})(?!\w))"
            rf"(?!(?:{either(words['tells_verbs'])}) (?:{articles})(?!\w))"
            # «Skal i bommen på en gravemaskin»: where it sits, and no Danish «I».
            rf"(?!(?:{either(words['sits'])}) i (?:(?:{articles}) |\w{{2,}}(?:en|et|ene|ane)(?!\w)))"
            rf"(?:(?:{asking})(?!\w)|(?:{inverted})(?!\w))"
        ),
        "goes_into": re.compile(
            rf"(?:{either(words['goes'])}) i (?:(?:{articles})(?!\w)|[^\W\d_]{{3,}}(?:en|et|ene|a)(?!\w))"
        ),
        "condition": re.compile(rf"{lead}(?:{either(words['conditions'])})(?!\w)"),
        "wonder": re.compile(rf"(?<!\w)(?:{either(words['wonders'])})(?!\w)"),
        "verb": re.compile(rf"(?<!\w)(?:{verbs}|{contracted})(?!\w)"),
        "joint": re.compile(rf",?[ ]+(?P<joint>{either(words['joints'])})(?=[ ,])[ ,]*|,[ ]+"),
        "silent": re.compile(either(words["silent_joints"])),
        "head": re.compile(
            rf"\s*(?:(?:{either(words['silent_joints'])}) )?(?P<said>{polite})(?!\w)"
            rf"(?P<mark>[ ]*[,.!:–-]+[ ]*|[ ]*(?=\n)|[ ]+)(?:(?:{either(words['silent_joints'])})[ ,]+)?"
        ),
        "goes_on": re.compile(rf"(?:{polite}|{either(words['goes_on'])})(?!\w)"),
        "tail": re.compile(rf"[,.!–-]+[ ]*(?P<said>(?:{courtesy}|{either(words['thanks'])})[.! ]*)$"),
        "courtesy": re.compile(courtesy),
        "answer": re.compile(rf"{lead}(?:{polite})"),
        "after_ordinal": re.compile(rf"(?:{months}|{either(words['after_ordinal'])}|[0-9])(?![^\W_])"),
        "abbreviation": re.compile(rf"(?:^|[^\w.])(?:{either(words['abbreviations'])})$"),
    }
