"""Whether a name or number stands where an alloy stands, by what is written around it."""

import re
from typing import Any

Entity = dict[str, Any]
#: How far around a name its context is looked for.
_NEAR = 30
#: The old mark of the casting process before a symbol: G, GK, GD, GS, GZ, GC.
_PROCESS = re.compile(r"(?<![\w-])G[KDSZC]?-$")
#: The standard before its own designation: «EN 1982-CC491K-GS», «EN 1706 - AC-42100».
_STANDARD = re.compile(r"(?<!\w)(?:1982|1706|1676|1652)(?:-1)?-$")
UNIT = re.compile(
    r"[ \t\u00a0\u2009\u202f]{0,2}(?:stk|stykk|styck|stück|stk\.|st\b|pcs|pc\b|pieces|ea\b|kg|kilo|g\b|gram|tonn|tons?\b|t\b|mm|cm|m\b|bar|%|‰|"
    r"kr\b|nok|sek|dkk|eur|€|£|\$|usd|mpa|n/mm|hb|°|grader|degrees|dager|days|uker|weeks|wochen|tage|år|timer|hours|"
    r"deler|parts|castings|hus\b|housings|x\b|×)",
    re.IGNORECASE,
)
#: The parts of a metal in hundred: 85-5-5-5, 88/10/2.
COMPOSITION = r"\d\d(?:[/:-]\d{1,2}){2,3}"
#: What makes the number after it a number of something else; a code with letters needs "no." to be one.
_CUE_DIGITS = re.compile(
    r"\b(?:part|item|article|drawing|order|serial|pos(?:ition)?|ref(?:erence)?|po|so|charge|heat|batch|case|tlf|phone|tel|post(?:boks)?|"
    r"delenr|varenr|artikkelnr|artikkel|artikel|tegning|ordre|bestilling|ordrenr|tegningsnr|delnr|del|teil|zeichnung|auftrag|ritning)"
    r"(?:\s?(?:no|nr|number|nummer|num|id))?\s*[.:#]?\s*$|[#€£$]\s?$|\b(?:kr|nok|sek|eur)\.?\s?$",
    re.IGNORECASE,
)
_SO = re.compile(r"[sS]o\s+")
_CUE_CODE = re.compile(
    r"(?:\b(?:part|item|article|drawing|order|serial|ref|po)\s?(?:no|nr|number|#)|\w(?:nummer|nr|number))\s*[.:#]?\s*$|#\s?$",
    re.IGNORECASE,
)
_CONTEXT_BEFORE = re.compile(
    r"(?:alloys?|legering(?:en|a|er|ar)?|legierung(?:en)?|al|alu|aluminium|aluminum|din|aa|astm|type|typen?|grade|kvalitet(?:en)?|"
    r"qualität|kvalité|grade|bs ?1400|unifont|material(?:et)?|werkstoff|støpt i|cast in|støpe i|støper dere(?: i)?|do you cast)[ :=-]{0,3}$",
    re.IGNORECASE,
)
_CONTEXT_AFTER = re.compile(
    r"[ ,-]{0,2}(?:[sk]?t\d{1,2}\b|f\b|alloys?\b|legering|aluminium|aluminum|alu\b|gunmetal|bron[sz]e|rødgods|brass|messing|castings? alloy)",
    re.IGNORECASE,
)
_BETWEEN = re.compile(
    r"\s*(?:,|/|&|\+|vs\.?|versus|mot|og|and|und|och|eller|or|oder|enn|än|end|than|als|as|som|kontra|istedenfor|instead of)\s*"
)


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
