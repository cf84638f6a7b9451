"""What of a message tells something of the goods or the matter, as against what is only about the talk: decided here for all.

Only facts, wishes for the goods and conditions are kept in the customer's words. Protest, comments on what we answer, what is
felt, thanks, «as I said», what was talked of with colleagues and questions to us are talk: ``data/words/matter.yml``.
"""

import functools
import re

from actions.form.pieces import Piece, pieces
from actions.form.words import numbers, opens, pattern, without_lead
from actions.turns.words import words
from actions.turns.yes import only_agrees
from bot.common.words import word_set

_WORD = re.compile(r"\w+")
_TELLING = re.compile(r"[^\W\d_]{3,}")
#: A figure that counts or measures something, or is a code.
_MEASURED = re.compile(
    r"\d\s?(?:mm|cm|kg|kilo|bar|stk|st|pcs|pieces|%|°|µm)(?!\w)|(?<![^\W\d_])[A-ZÆØÅ]{1,3}\s?\d|\d[.,]\d"
)
_EDGES = ' \t\n,.;:!?()«»"“”–-…'
#: So many words of a piece before a question ask along with it: «the price, what is it?»
_TOPIC = 2
#: A request is taken back in no more words.
_WITHDRAWS = 5
#: What is felt has no more words.
_FELT = 8
#: So many words at most ask whether what was told is so: «or not?»
_TAG = 3


def of_matter(text: str, questions: bool = False) -> str:
    """What of a text tells something of the matter, as it was written; empty where it only talks.

    ``questions``: what is asked of the goods counts too, as it does where a person is to answer it.
    """
    cut = pieces(text, joints=False)
    runs: list[list[Piece]] = []
    last = -1
    for number, each in enumerate(cut):
        bare = _bare(text, each, cut[number + 1 :], questions)
        if bare is None:
            continue
        joint = text[each.start : bare.start]
        if (
            runs
            and last == number - 1
            and runs[-1][-1].end == cut[last].end
            and not pattern("joints").sub("", joint).strip()
        ):
            runs[-1].append(bare)
        else:
            runs.append([bare])
        last = number
    told = ", ".join(" ".join(text[run[0].start : run[-1].end].split()) for run in runs)
    # Where nothing is left out the signs stand as they were written.
    return " ".join(text.split()) if _WORD.findall(told) == _WORD.findall(text) else told


def matter_pieces(text: str) -> list[Piece]:
    """The pieces of a text that tell something of the matter, each less the words around it that do not."""
    cut = pieces(text, joints=False)
    bare = [_bare(text, each, cut[number + 1 :], False) for number, each in enumerate(cut)]
    return [each for each in bare if each is not None]


def questions_in(text: str) -> str:
    """What of a text asks something of the goods, from its first question to its last; empty without one."""
    cut = pieces(text, joints=False)
    asked = [
        bare
        for number, each in enumerate(cut)
        if (bare := _bare(text, each, cut[number + 1 :], True)) and not _bare(text, each, cut[number + 1 :], False)
    ]
    if not asked:
        return ""
    sign = "?" if text[asked[-1].end :].lstrip().startswith("?") else ""
    return " ".join(text[asked[0].start : asked[-1].end].split()) + sign


def kept_of(value: str, questions: bool = False) -> str:
    """What tells something of the matter in words that were kept piece by piece."""
    told = "; ".join(dict.fromkeys(each for one in value.split("; ") if (each := of_matter(one, questions))))
    return value if _WORD.findall(told) == _WORD.findall(value) else told


def starts_condition(sentence: str) -> bool:
    """Whether a sentence begins with on what something depends, and asks nothing: «hvis de er støpt, tar vi dem»."""
    return "?" not in sentence and re.match(rf"(?:{words('matter').pattern('condition')})", sentence, re.I) is not None


def asks_of_the_talk(text: str) -> bool:
    """Whether a question is about what was taken down, or about this talk: «why does it say 28 of 28?»"""
    return words("matter").says(text, "of_the_talk")


def says_what_was_asked(text: str) -> bool:
    """Whether a text says again what was asked: «I asked about RG5, not AB2», «eg spurde om CuSn10»."""
    found = _asked().search(text)
    if found is None or re.match(rf"\s+(?:{words('matter').pattern('wanted_of_us')})(?!\w)", text[found.end() :], re.I):
        # What was asked for is wanted.
        return False
    return not without_lead(text[: found.start()], "asks_lead").strip(_EDGES)


def only_tagged(text: str) -> bool:
    """Whether a text states something and asks no more than whether that is all right: «I send them afterwards, ok?»"""
    tag = re.search(rf"[\s,]+(?:{words('matter').pattern('tag_question')})\s*\?+\s*$", text, re.I)
    told = text[: tag.start()] if tag else ""
    opens_so = re.match(rf"(?:{words('matter').pattern('auxiliary')})(?!\w)", without_lead(told, "asks_lead"), re.I)
    return len(told.split()) > _TAG and not opens_so and not questions_in(told)


def goes_on_asking(text: str) -> bool:
    """Whether a text goes on with the question before it: «or do you need longer», «eller må den pusses opp», «what for?»"""
    if re.fullmatch(rf"[\s,.–-]*(?:{words('matter').pattern('why')})[\s?!.]*", text, re.I):
        return True
    found = re.match(rf"[\s,.–-]*(?:{words('matter').pattern('or')})\s+", text, re.I)
    rest = text[found.end() :] if found else ""
    return bool(rest) and bool(
        _inverted().match(rest) or re.match(rf"(?:{words('matter').pattern('auxiliary')})(?!\w)", rest, re.I)
    )


def _bare(text: str, piece: Piece, behind: tuple[Piece, ...], questions: bool) -> Piece | None:
    """A piece without the words around it that tell nothing; None where nothing else is in it."""
    start, end = _trimmed(piece.text)
    said = piece.text[start:end]
    if not said or _of_the_talk(piece.text) or _only_felt(said, said != piece.text):
        return None
    if questions and asks_of_the_talk(said):
        return None
    if not questions and _asks(text, piece, said, behind):
        return None
    return Piece(said, piece.start + start, piece.start + end)


def _trimmed(text: str) -> tuple[int, int]:
    """Where a piece begins and ends without «ok», «as I said» and «thanks» around what it tells."""
    start, end = 0, len(text)
    while True:
        start += len(text[start:end]) - len(text[start:end].lstrip(_EDGES))
        found = _leads().match(text[start:end])
        if not found or not found[0]:
            break
        start += found.end()
    while found := _tails().search(text[start:end]):
        end = start + found.start()
        end -= len(text[start:end]) - len(text[start:end].rstrip(" \t\n,;:–-…"))
    return start, end


def _of_the_talk(said: str) -> bool:
    """Whether a piece says something of the talk: what was asked, answered or noted, whom it was talked over with."""
    known = words("matter")
    if only_withdraws(said):
        return True
    if known.says(said, "thanks") or _denies().search(said) or _asked().search(said):
        return True
    return bool(known.says(said, "talk") or _of_us().search(said)) and not known.says(said, "elsewhere")


def only_withdraws(said: str) -> bool:
    """«Glem endringen, avbryt»: a request that is not wanted any more."""
    return len(said.split()) <= _WITHDRAWS and words("conduct").says(said, "withdraw")


def _only_felt(said: str, led: bool) -> bool:
    """Whether a piece says what is felt or agreed to, beside a bare figure at most. ``led``: such words stood around it."""
    if only_agrees(said) or not re.search(r"\d|[^\W\d_]{3}", said):
        return True
    if len(said.split()) > _FELT or starts_condition(said):
        return False
    left = words("matter").without(said, "feeling")
    if left == said and not led and not _negated().fullmatch(said):
        return False
    if _MEASURED.search(left) and not _negated().fullmatch(said):
        return False
    small, counted = word_set("common.common"), numbers()
    telling = [each for each in _TELLING.findall(left.casefold()) if each not in small and each not in counted]
    return not telling and (left != said or not re.search(r"[^\W\d_]{2}", said) or bool(_negated().fullmatch(said)))


def _asks(text: str, piece: Piece, said: str, behind: tuple[Piece, ...]) -> bool:
    """Whether a piece is a question, or only leads to one."""
    known, rest = words("matter"), without_lead(said, "asks_lead")
    if opens(rest, "asks_to_quote"):
        return False
    if text[piece.end :].lstrip(' )»"”').startswith("?") and not _supposes(rest):
        return True
    if re.match(rf"(?:{known.pattern('asks')})", rest, re.I) and not opens(rest, "no_question"):
        return True
    if "?" not in text[piece.end : _sentence_end(text, piece.end)]:
        return False
    if _inverted().match(rest) or re.match(rf"(?:{known.pattern('auxiliary')})", rest, re.I):
        return True
    if behind and re.match(rf"(?:{known.pattern('or')})", behind[0].text, re.I):
        return True
    if not behind or not text[behind[0].end :].lstrip().startswith("?"):
        return False
    leads = re.match(rf"(?:{known.pattern('condition')})", rest, re.I) or len(said.split()) <= _TOPIC
    tag = re.fullmatch(rf"(?:{known.pattern('tag_question')})", behind[0].text.strip(_EDGES), re.I)
    return bool(leads or (tag and len(behind[0].text.split()) <= _TAG))


def _supposes(said: str) -> bool:
    """«Den kan vel brukes som mal?»: what is supposed is told, with a doubt."""
    known = words("matter")
    asks = re.match(rf"(?:{known.pattern('asks')}|{known.pattern('auxiliary')}|{known.pattern('or')})", said, re.I)
    return bool(known.says(said, "supposed")) and not asks and not _inverted().match(said)


def _sentence_end(text: str, at: int) -> int:
    """Where the sentence around a place ends, with its sign."""
    stop = re.search(r"[!?\n]|(?<!\d)\.(?=\s|$)", text[at:])
    return at + stop.end() if stop else len(text)


def says_it_was_told(text: str) -> bool:
    """Whether somebody says that it was told before: «as I said», «sa jeg jo»."""
    found = re.search(rf"(?<!\w)(?:{_said_so()}|{words('matter').pattern('as_said')})(?!\w)", text, re.I)
    return found is not None


@functools.cache
def _inverted() -> re.Pattern[str]:
    """«Trenger dere», «need you»: a verb before who is asked."""
    known = words("matter")
    return re.compile(
        rf"(?!(?:{known.pattern('condition')}|{known.pattern('links')}))[^\W\d_]+\s+(?:{known.pattern('you')})", re.I
    )


@functools.cache
def _leads() -> re.Pattern[str]:
    """What leads to what is told: «ok», «as I said», «I wrote that», «3)»."""
    known = words("matter")
    frame = rf"{_said_so()}(?:\s+(?:{known.pattern('already')}))*(?:\s+(?:{known.pattern('that')}))?"
    found = rf"\(?\d{{1,2}}\)|{known.pattern('as_said')}|{frame}|{known.pattern('lead')}"
    return re.compile(rf"(?:{found})(?![\w-])[ \t\n,.:;!–-]*", re.I)


@functools.cache
def _tails() -> re.Pattern[str]:
    """What ends a piece and is no part of what it tells: «sa eg jo», «as I said», «thanks»."""
    known = words("matter")
    frame = rf"{_said_so()}(?:\s+(?:{known.pattern('between')}))*"
    found = rf"{known.pattern('as_said')}|{frame}|{known.pattern('tail')}"
    return re.compile(rf"(?:^|[\s,]+)(?:{found})[\s.!?,)]*$", re.I)


def _said_so() -> str:
    """«As I said», «sa eg», «har jeg skrevet»: that somebody said it, as a pattern."""
    known = words("matter")
    i, told, between, before = (known.pattern(each) for each in ("i", "told", "between", "before_said"))
    return rf"(?:(?:{before})\s+)?(?:(?:{i})\s+(?:(?:{between})\s+)*(?:{told})|(?:{told})\s+(?:{i}))"


@functools.cache
def _of_us() -> re.Pattern[str]:
    """What is said of our answers: «sist sa dere april», «you keep asking»."""
    known = words("matter")
    you, answered, between, negation = (known.pattern(each) for each in ("you", "answered", "between", "not"))
    ahead = rf"(?:{you})\s+(?:(?:{between}|{negation})\s+)*(?:{answered})"
    return re.compile(rf"(?<!\w)(?:{ahead}|(?:{answered})\s+(?:{you})(?!\w))", re.I)


@functools.cache
def _asked() -> re.Pattern[str]:
    """«I asked how many», «æ spurte dokker»; what was asked for is wanted."""
    known = words("matter")
    i, asked, between = (known.pattern(each) for each in ("i", "asked", "between"))
    said = rf"(?:{i})\s+(?:(?:{between})\s+)*(?:{asked})|(?:{asked})\s+(?:{i})"
    return re.compile(rf"(?<!\w)(?:{said})(?!\w)(?!\s+for)", re.I)


@functools.cache
def _denies() -> re.Pattern[str]:
    """«I'm not asking for a quote», «jeg bestiller ikke løpehjul»."""
    known = words("matter")
    alone, negation, wishes, helps = (known.pattern(each) for each in ("alone", "not", "wishes", "helps_not"))
    ahead = rf"(?:(?:{helps})|(?:{negation}))\s+(?:{wishes})"
    return re.compile(
        rf"(?<!\w)(?:{alone})\s+(?:{ahead}|(?:{wishes})\s+(?:(?:{known.pattern('already')})\s+)?(?:{negation}))(?!\w)",
        re.I,
    )


@functools.cache
def _negated() -> re.Pattern[str]:
    """«Not three», «ikke 6 stk»: a figure that is said not to be so."""
    counted = "|".join(map(re.escape, sorted(numbers(), key=len, reverse=True)))
    return re.compile(rf"(?:{words('matter').pattern('not')})\s+(?:\d[\d .,]*|{counted})(?:\s*\w+\.?)?", re.I)
