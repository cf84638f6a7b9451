"""Order, part, drawing, purchase order and heat numbers, certificates; and codes that hold figures but are none of these."""

import functools
import re
from collections.abc import Iterator

from bot.common.words import alternatives, either, topic, whole, word_lists
from bot.engine.nlu.reading import SILENT, Found, Reading, word_tables

#: After a number: it is an amount and not a code.
AMOUNT = rf" ?(?:{whole('codes.amount')}|%|€|,-|x ?[0-9]|°)"
_NO = rf"(?:s?{topic('codes.number')}\b\.?|#)"
_CODE = r"(?P<code>(?=[\w./-]{0,20}[0-9])[a-zæøå0-9](?:[\w/.-]{0,28}[\w])?)(?![\w@])"
_SEP = rf"[ :#=]{{0,3}}(?:{topic('grammar.is')} )?"
#: «Bestillingsnummer» alone may be ours; theirs it is with a word that says so.
_THEIRS = rf"(?: {topic('codes.theirs')})"

_ORDER = re.compile(
    rf"(?<![\w.-])s[o0](?:-| ?- ?|)(?P<number>[0-9]{{4,7}})(?:[-/][0-9]{{1,2}})?(?![\w-])|(?<![\w.-])s[o0] (?P<spaced>[0-9]{{5,7}})(?!\w)(?!{AMOUNT})"
)
_CUED_ORDER = re.compile(
    rf"(?<![\w-])(?P<cue>{topic('codes.order')})[ -]?(?P<no>{_NO})?{_SEP}(?:s[o0][ -]?)?(?P<number>[0-9]{{4,6}})"
    rf"(?!\w)(?![.,-][0-9])(?!{AMOUNT})"
)
_HASH_ORDER = re.compile(rf"(?<!\w)# ?(?P<number>[0-9]{{5,7}})(?!\w)(?!{AMOUNT})")
_MORE_ORDERS = re.compile(
    rf"(?: ?, ?| ?& ?| ?/ ?| {topic('codes.more')} )(?P<number>[0-9]{{5}})(?!\w)(?![.,-][0-9])(?!{AMOUNT})"
)
_TO_ORDER = re.compile(rf"(?<!\w){topic('codes.wish_to')} $")
_OURS = re.compile(rf"(?<!\w){topic('codes.ours')}[ -]?$")

_PO = re.compile(
    rf"(?<![\w-])(?:(?:{topic('codes.purchase_order')}|rekvisi[sjt]+on(?:en)?|{topic('codes.own')} "
    rf"{topic('codes.own_paper')}|{topic('codes.purchase')}(?=-?{_NO})|bestillings?(?=-?{_NO}{_THEIRS}))[ -]?"
    rf"(?:{_NO})?{_THEIRS}?(?: {topic('codes.for')} {topic('codes.this_order')})?{_SEP}{_CODE})(?!{AMOUNT})"
)
#: A buyer's own number is longer than ours: «Bestellung 4500123987».
_PO_LONG = re.compile(
    rf"(?<![\w-]){topic('codes.order_long')}[ -]?(?:{_NO})?{_SEP}(?P<code>[0-9]{{7,12}})(?!\w)(?!{AMOUNT})"
)
_PO_GLUED = re.compile(r"(?<![\w-])po-?[0-9]{3,12}(?:-[0-9]{1,4})?(?!\w)")
_HEAT = re.compile(rf"(?<![\w-]){topic('codes.heat')}[ -]?(?:{_NO})?{_SEP}{_CODE}(?!{AMOUNT})")
_REV = rf"(?P<rev>[ ,/-]{{1,3}}{topic('codes.revision')}\b[ .:]{{0,2}}(?P<revision>[a-z0-9]{{1,3}}))(?!\w)"
_DRAWING = re.compile(rf"(?<![\w-]){topic('codes.drawing')}[. -]?(?:s?{_NO})?{_SEP}{_CODE}(?:{_REV})?(?!{AMOUNT})")
_REVISED = re.compile(rf"(?<![\w.,/-])(?P<code>[0-9a-z]{{1,4}}[0-9][\w./-]{{0,16}}?){_REV}(?!{AMOUNT})")
_DRAWING_SHAPE = re.compile(r"(?<![\w.,/-])(?P<code>[0-9]{3,6}-(?!t[0-9])[a-z][0-9]?)(?![\w-])")
_PART = re.compile(
    rf"(?<![\w-])(?:{topic('codes.part_compound')}(?:{_NO})|{topic('codes.part_article')}(?:{_NO})?|art\. ?"
    rf"(?:{_NO})?|{topic('codes.part')}(?:[ -]?{_NO})?|sku)[. ]?{_SEP}{_CODE}(?:{_REV})?(?!{AMOUNT})"
)
_INFLECTED = re.compile(r"-[a-zæøåäöü]{3,}$")
_PART_DASHED = re.compile(
    rf"(?<![\w.,/+-])(?<![0-9] )(?P<code>[0-9]{{2,3}}-(?!20[2-4][0-9](?![0-9]))[0-9]{{4,5}})(?![\w/-]|[.,][0-9]| [0-9])(?!{AMOUNT})"
)
_PART_AFTER = re.compile(
    rf"[0-9] ?{topic('codes.pieces')} (?:{topic('grammar.of')} )?"
    rf"(?P<code>[a-z]{{1,4}}-[0-9]{{3,6}}(?:-[a-z0-9]{{1,3}})?)(?![\w-])"
)
_PART_SHAPE = re.compile(rf"(?<![\w.-])p(?:-| - |)(?P<number>[0-9]{{4,6}})(?![\w])(?:{_REV})?")
_PART_OF = re.compile(
    rf"[0-9] ?{topic('codes.pieces_of')}? {topic('codes.of_part')} (?!20[2-4][0-9](?![0-9]))"
    rf"(?P<code>[0-9]{{4,7}})(?![\w./])(?!{AMOUNT})"
)

_CERTIFICATE_WORD = re.compile(rf"{topic('codes.certificate')}|10204|\bmtc\b")
_CERTIFICATE = re.compile(
    rf"(?<![\w,.])(?<![a-z]-)(?P<type>[23][.,][12])(?P<b>\.?[abc](?!\w))?(?![\w]|[.,][0-9])(?!{AMOUNT})(?! ?[x*] ?[0-9])"
)
_CERTIFICATE_LEAD = re.compile(rf"(?:(?<!\w){topic('codes.certificate_lead')} |10204[ :-]{{1,2}}(?:type )?)$")
_AFTER = re.compile(rf"(?<!\w){topic('codes.after')} $")
_MEASURED = re.compile(rf"(?<!\w)(?:{topic('codes.measured')}|(?<=[a-zæøå] )(?:er|is))[ :]{{1,2}}$")
_CERTIFICATE_TAIL = re.compile(
    rf" {topic('codes.certificate_for')} (?:s[o0][ -]?[0-9]|#|{topic('codes.certificate_order')})"
)
#: 3.1 and 3.2, 2.1 and 2.2: of a kind there are no more.
_MOST_TYPES = 3
_DIGIT = {str(word): int(digit) for digit, words in word_lists("codes")["spoken_digits"].items() for word in words}
_SPOKEN_CERTIFICATE = re.compile(
    rf"(?<!\w)(?P<a>{alternatives(word for word, digit in _DIGIT.items() if digit > 1)})[ -]?{topic('codes.spoken_point')}?"
    rf"[ -]?(?P<b>{alternatives(word for word, digit in _DIGIT.items() if digit < _MOST_TYPES)})(?!\w)"
)
_DATE_CUE = re.compile(rf"(?<!\w){topic('codes.date_cue')} (?:den |the )?$")

_STANDARDS = re.compile(
    rf"(?<![\w.,-])(?:(?:ns-?)?en[ -](?:iso[ -])?[0-9]{{4,5}}(?:[:-](?![23][.][12])[0-9-]+)*(?!\w)(?!{AMOUNT})|"
    rf"(?:{topic('codes.standards')}|§)(?: ?-?{topic('codes.standard_series')})? ?[a-z]{{0,2}}[0-9]+"
    rf"(?:[:/.,-][0-9]+)*(?!\w)(?!{AMOUNT}))"
)
#: Our quotations and framework agreements, by their shape or after a word for them.
_QUOTATION = re.compile(
    rf"(?<![\w.-])(?P<shaped>t-[0-9]{{4,6}})(?![\w-])|(?<![\w-]){topic('codes.quotation')}[ .-]?"
    rf"(?:{_NO})?[ :#.-]{{0,3}}(?P<cued>(?:[a-z]{{1,3}}-?)?[0-9]{{4,8}})(?!\w)(?![.,-][0-9])(?!{AMOUNT})"
)
_AGREEMENT = re.compile(
    rf"(?<![\w.-])(?P<shaped>ra-[0-9]{{3,6}}(?:-[0-9]{{1,4}})?)(?![\w-]|[.,][0-9])|(?<![\w-])"
    rf"(?:ramme)?{topic('codes.agreement')}[ .-]?(?:{_NO})?[ :#.-]{{0,3}}"
    rf"(?P<cued>(?:[a-z]{{1,3}}-?)?[0-9]{{3,8}}(?:-[0-9]{{1,4}})?)(?!\w)(?![.,-][0-9])(?!{AMOUNT})"
)
#: Numbers of papers, customers and lines: no amount, and no order.
_PAPERS = re.compile(
    rf"(?<![\w-]){topic('codes.papers')}[ .-]?(?:{_NO})?[ :#.-]{{0,3}}(?:q-?)?[0-9]{{4,12}}(?!\w)(?!{AMOUNT})|"
    rf"(?<![\w-]){topic('codes.lines')}[. ]{{1,2}}[0-9]{{1,2}}(?!\w|[.,][0-9])(?!{AMOUNT})"
)
_ALLOYS = re.compile(
    rf"(?<![\w.,-])(?:(?:en[ -]?)?c[cbw][ -]?[0-9]{{3}} ?[a-z]?(?!\w)|(?:en[ -]?)?a[cw][ -]?[0-9]{{5}}(?!\w)|"
    rf"en[ -]?a[cw][ -]?[0-9]{{4,5}}(?!\w)|[0-9]\.[0-9]{{4}}(?:\.[0-9]{{1,2}})?(?!\w)|(?:g-?|en ?ac-?)?"
    rf"(?=[a-z]{{3,12}}[0-9]|cu-c)(?:al|cu)(?:[a-z]{{1,2}}(?:[0-9]{{1,2}}(?:[.,][0-9])?)?){{1,5}}"
    rf"(?: [0-9][.,][0-9](?![0-9]))?(?:-c)?(?!\w)|a ?35[67](?:\.[0-9])?(?!\w)|35[67](?=-t[0-9])|35[67]\.0(?!\w)|"
    rf"r ?g ?-? ?[0-9]{{1,2}}(?!\w)|{topic('codes.alloy_letters')} ?-?[0-9]{{1,2}}(?!\w)|[sk]?t"
    rf"(?:1|4|5|6|64|7|71)(?!\w)|al ?99[.,][0-9]{{1,2}})"
)


def find_codes(reading: Reading) -> Iterator[Found]:
    """Codes in one pass each, cued ones first; the longest wins where they overlap."""
    if not any(char.isdigit() for char in reading.open):
        yield from _spoken_certificates(reading)
        return
    yield from _orders(reading)
    yield from _purchase_orders(reading)
    yield from _marks(reading)
    yield from _trade_papers(reading)
    yield from _cued(reading, "heat_no", _HEAT)
    yield from _cued(reading, "drawing_no", _DRAWING)
    yield from _cued(reading, "part_no", _PART)
    yield from _shaped(reading)
    yield from _certificates(reading)
    yield from _spoken_certificates(reading)
    for pattern in (_STANDARDS, _PAPERS, _ALLOYS):
        yield from (Found(SILENT, None, *match.span()) for match in pattern.finditer(reading.open))


def _orders(reading: Reading) -> Iterator[Found]:
    text = reading.open
    hits: list[tuple[str, int, int]] = [(m["number"] or m["spaced"], *m.span()) for m in _ORDER.finditer(text)]
    hits += [(m["number"], *m.span()) for m in _HASH_ORDER.finditer(text)]
    for match in _CUED_ORDER.finditer(text):
        before = max(0, match.start() - 12)
        wish = match["cue"] == "order" and not match["no"] and _TO_ORDER.search(text, before, match.start())
        if wish or _OURS.search(text, before, match.start()) or (not match["no"] and _year(match["number"])):
            continue
        hits.append((match["number"], *match.span("number")))
    for number, start, end in hits:
        yield Found("order_no", f"SO-{number}", start, end)
        further = _MORE_ORDERS.match(text, end)
        while further:
            yield Found("order_no", f"SO-{further['number']}", further.start("number"), further.end())
            further = _MORE_ORDERS.match(text, further.end())


def _year(number: str) -> bool:
    return len(number) == 4 and number.startswith("20")


def _purchase_orders(reading: Reading) -> Iterator[Found]:
    for match in _PO_GLUED.finditer(reading.open):
        yield Found("po_no", written(match[0]), *match.span())
    yield from _cued(reading, "po_no", _PO)
    yield from _cued(reading, "po_no", _PO_LONG)
    yield from _cued(reading, "po_no", _own_order())


def _marks(reading: Reading) -> Iterator[Found]:
    """What goods are to be marked with: «merk med 44817», «mark the crates Stock 7». It counts nothing and is no order of ours."""
    for match in _marking().finditer(reading.open):
        yield Found("mark", match["mark"].upper(), *match.span("mark"), {"cue": match.start()})


@functools.lru_cache(maxsize=1)
def _own_order() -> re.Pattern[str]:
    """A code behind words for the buyer's own order; behind a bare «ref» only figures that are none of our orders."""
    words = word_tables()
    behind = rf"(?!\w)[.]?[ -]?(?:{_NO})?{_SEP}"
    # «Ref 30411» may be an order of ours: whoever knows the customer's orders decides.
    far = r"(?!s[o0]-?[0-9])(?=[0-9]{6,14}(?!\w)|[a-z]{1,4}-[0-9])"
    own, reference = (either(words[name]) for name in ("own_order_cues", "reference_cues"))
    return re.compile(rf"(?<![\w-])(?:(?:{own}){behind}|(?:{reference}){behind}{far}){_CODE}(?!{AMOUNT})")


@functools.lru_cache(maxsize=1)
def _marking() -> re.Pattern[str]:
    """A word of marking, what is marked, and the mark: words and figures up to the end of the piece."""
    words = word_tables()
    thing, name = (rf"(?!(?:{either(words[none])})(?!\w))[^\W\d_]" for none in ("no_marked", "no_marks"))
    joint = rf" ?(?:{either(words['mark_joints'])})?"
    mark = rf"(?P<mark>(?:{name}+ )?[a-z]{{0,4}}-?[0-9][0-9/-]{{0,14}}(?: {name}{{3,}}(?= ?[.,;\n]| ?$))?)"
    return re.compile(
        rf"(?<![\w-])(?:{either(words['marks'])})(?!\w)(?: {thing}+){{0,4}}?{joint} {mark}(?![\w%]|[.,][0-9])(?!{AMOUNT})"
    )


def _trade_papers(reading: Reading) -> Iterator[Found]:
    """Quotations and agreements. A year after the word is none: «tilbud 2027»."""
    for entity, pattern in (("quotation_no", _QUOTATION), ("agreement_no", _AGREEMENT)):
        for match in pattern.finditer(reading.open):
            group = "shaped" if match["shaped"] else "cued"
            if not _year(match[group]):
                yield Found(entity, written(match[group]), *match.span(group))


def _cued(reading: Reading, entity: str, pattern: re.Pattern[str]) -> Iterator[Found]:
    for match in pattern.finditer(reading.open):
        code = _INFLECTED.sub("", match["code"])
        digits = sum(char.isdigit() for char in code)
        if len(code) < 3 or digits < 2 or _ALLOYS.fullmatch(code) or (entity == "heat_no" and digits < 4):
            continue
        revision = match.groupdict().get("revision")
        extras = {"revision": revision.upper()} if revision else {}
        end = match.end("revision") if revision else match.start("code") + len(code)
        yield Found(entity, written(code), match.start("code"), end, extras)


def _shaped(reading: Reading) -> Iterator[Found]:
    """Codes told by their shape alone: P-1042, 4711-B, anything followed by a revision, «50 stk av 4711»."""
    text = reading.open
    for match in _PART_SHAPE.finditer(text):
        revision = match["revision"]
        yield Found(
            "part_no", f"P-{match['number']}", *match.span(), {"revision": revision.upper()} if revision else {}
        )
    for match in _REVISED.finditer(text):
        yield Found("drawing_no", written(match["code"]), *match.span(), {"revision": match["revision"].upper()})
    for match in _DRAWING_SHAPE.finditer(text):
        yield Found("drawing_no", written(match["code"]), *match.span())
    for match in _PART_DASHED.finditer(text):
        yield Found("part_no", match["code"], *match.span())
    for pattern in (_PART_OF, _PART_AFTER):
        for match in pattern.finditer(text):
            if not match["code"].startswith(("so-", "po-")) and not _ALLOYS.fullmatch(match["code"]):
                yield Found("part_no", written(match["code"]), *match.span("code"))


def written(code: str) -> str:
    """A code as it was written, in capitals and without spaces."""
    return code.upper().replace(" ", "")


def _certificates(reading: Reading) -> Iterator[Found]:
    """«3.1» beside a word for certificate, after «the», «send» and the like, or before the order it is wanted for."""
    hits = list(_CERTIFICATE.finditer(reading.open))
    in_words = bool(hits and _WORD.search(reading.text))
    told = [_is_certificate(reading, match, in_words) for match in hits]
    one_is = any(told)
    for match, sure in zip(hits, told, strict=True):
        if sure or (one_is and "." in match["type"] and not _dated(reading.open, match.start())):
            yield Found("certificate", match["type"].replace(",", "."), *match.span())


_WORD = re.compile("[a-zæøå]{2}")


def _is_certificate(reading: Reading, match: re.Match[str], in_words: bool) -> bool:
    """3.1 and 3.2 mean the certificate in any sentence that does not measure or date; 2.1 and 2.2 need a word for it."""
    start, end = match.span()
    text, dotted = reading.text, "." in match["type"]
    if dotted and _dated(text, start):
        return bool(_CERTIFICATE_WORD.search(text, end, min(len(text), end + 14)))
    if _CERTIFICATE_WORD.search(text, max(0, start - 40), min(len(text), end + 40)):
        return True
    led = _CERTIFICATE_LEAD.search(text, max(0, start - 16), start) or _CERTIFICATE_TAIL.match(text, end)
    in_sentence = in_words and match["type"][0] == "3" and not _MEASURED.search(text, max(0, start - 24), start)
    return dotted and bool(led or in_sentence)


def _dated(text: str, start: int) -> bool:
    return bool(
        _DATE_CUE.search(text, max(0, start - 14), start)
        or (text[start + 3 : start + 4] == "." and _AFTER.search(text, max(0, start - 8), start))
    )


def _spoken_certificates(reading: Reading) -> Iterator[Found]:
    for match in _SPOKEN_CERTIFICATE.finditer(reading.open):
        if _CERTIFICATE_WORD.search(reading.text, max(0, match.start() - 25), min(len(reading.text), match.end() + 25)):
            first, second = _DIGIT[match["a"]], _DIGIT[match["b"]]
            yield Found("certificate", f"{first}.{second}", *match.span())
