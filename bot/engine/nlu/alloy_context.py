"""Whether a name or number stands where an alloy stands, by what is written around it."""

import re
from typing import Any

from bot.common.words import topic, whole

Entity = dict[str, Any]
#: How far around a name its context is looked for.
_NEAR = 30
#: The old mark of the casting process before a symbol: G, GK, GD, GS, GZ, GC.
_PROCESS = re.compile(r"(?<![\w-])G[KDSZC]?-$")
#: The standard before its own designation: «EN 1982-CC491K-GS», «EN 1706 - AC-42100».
_STANDARD = re.compile(r"(?<!\w)(?:1982|1706|1676|1652)(?:-1)?-$")
UNIT = re.compile(
    rf"[ \t\u00a0\u2009\u202f]{{0,2}}(?:{whole('alloy_context.unit')}|%|‰|€|£|\$|°|×)",
    re.IGNORECASE,
)
#: The parts of a metal in hundred: 85-5-5-5, 88/10/2.
COMPOSITION = r"\d\d(?:[/:-]\d{1,2}){2,3}"
#: What makes the number after it a number of something else; a code with letters needs "no." to be one.
_CUE_DIGITS = re.compile(
    rf"\b{topic('alloy_context.cue')}(?:\s?{topic('alloy_context.number')})?\s*[.:#]?\s*$|[#€£$]\s?$|"
    rf"\b{topic('alloy_context.currency')}\.?\s?$",
    re.IGNORECASE,
)
_SO = re.compile(r"[sS]o\s+")
_CUE_CODE = re.compile(
    rf"(?:\b{topic('alloy_context.cue_code')}\s?(?:{topic('alloy_context.code_number')}|#)|"
    rf"\w{topic('alloy_context.number_ending')})\s*[.:#]?\s*$|#\s?$",
    re.IGNORECASE,
)
_CONTEXT_BEFORE = re.compile(
    rf"{topic('alloy_context.before')}[ :=-]{{0,3}}$",
    re.IGNORECASE,
)
_CONTEXT_AFTER = re.compile(
    rf"[ ,-]{{0,2}}(?:[sk]?t\d{{1,2}}\b|{whole('alloy_context.after')})",
    re.IGNORECASE,
)
_BETWEEN = re.compile(rf"\s*(?:,|/|&|\+|{topic('alloy_context.between')})\s*")


def starts(text: str, start: int) -> bool:
    """Whether a word or code begins here, not the middle of a longer one."""
    if start == 0:
        return True
    before = text[start - 1]
    if before.isalnum() or before in "@#":
        return False
    if _PROCESS.search(text[max(0, start - 4) : start]) or _STANDARD.search(text[max(0, start - 8) : start]):
        return True
    return not (before in "-_." and start > 1 and text[start - 2].isalnum())


def cued(text: str, start: int, digits: bool) -> bool:
    """Whether the words before say that this is an order, part or phone number."""
    cue = (_CUE_DIGITS if digits else _CUE_CODE).search(text[max(0, start - _NEAR) : start])
    # «So 42100 then», «så 42000»: the small word begins a sentence more often than it names an order.
    return cue is not None and not _SO.fullmatch(cue[0])


def grouped(text: str, start: int, end: int) -> bool:
    """Whether digits belong to a longer number: 1.42100, 42100,50, 12 42100. «T6 42100» is a temper and a number."""
    before, after = text[max(0, start - 12) : start], text[end : end + 2]
    return bool(re.search(r"(?<!\w)\d+[.,/ -]?$|[.,]\d+[.,/ -]$|[+€$£]$", before) or re.match(r"[.,/-]\d", after))


def has_context(text: str, entity: Entity, found: list[Entity]) -> bool:
    """Whether a doubtful name stands where an alloy stands: a dotted material number, or beside a material word."""
    written = text[entity["start"] : entity["end"]]
    if re.fullmatch(rf"[23]\.\d{{4}}(?:\.\d\d)?|{COMPOSITION}|[2457]\d{{4}}|CuNi", written):
        return True
    if _CONTEXT_BEFORE.search(text[max(0, entity["start"] - _NEAR) : entity["start"]]) or _CONTEXT_AFTER.match(
        text, entity["end"]
    ):
        return True
    if entity["value"] == "356" and " same " in text and any(each["entity"] == "alloy" for each in found):
        return True
    start, end = entity["start"], entity["end"]
    for other in found:
        if other["start"] - end > _NEAR or start - other["end"] > _NEAR or not other["entity"].startswith("alloy"):
            continue
        between = text[end : other["start"]] if other["start"] >= end else text[other["end"] : start]
        if _BETWEEN.fullmatch(between.lower()):
            return True
    return False
