"""Cuts a message with two requests into its parts, which the engine then understands one by one and decides about.

A cut is made at the end of a sentence, and before «og kan dere ...», «and when ...». Never inside a number, a date
(«1. mars»), an abbreviation, an e-mail address or a pasted list. Greetings, thanks and statements stay with the request
they belong to; an answer («ja», «40 stk») stands for itself.
"""

import re

from bot.engine.nlu.reading import composed, either, fold, word_tables

_ABBREVIATIONS = (
    "ca|nr|stk|st|art|tlf|tel|mob|pr|evt|ev|inkl|ekskl|eks|excl|incl|approx|no|pcs|pc|dvs|f.eks|t.ex|bl.a|m.m|osv|etc|e.g|i.e|dia|diam|min|maks|max|"
    "rev|tegn|ref|mr|mrs|ms|dr|hr|fr|ing|vs|jf|kl|uke|v|wk|u|p.o|ordrenr|varenr|delenr|pos|dept|avd|fig|z.b|zb|bzw|usw|inc|ltd|co|t|kg|mm|jan|feb|mar|apr|"
    "jun|jul|aug|sep|sept|okt|oct|nov|des|dec|tors|tirs|ons|man|fre|mnd|gj.sn|mvh|vennl|bh|fvt|s|d|forts|mill|o.l|el|temp|kvm|iht|ift|pga|mtp"
)
_AFTER_ABBREVIATION = re.compile(rf"(?:^|[^\w.])(?:{_ABBREVIATIONS.replace('.', '[.]')})[.]$")
_ORDINAL = re.compile(r"(?:^|[^\w.])[0-9]{1,4}[.]$")
_MONTHS = either(name for names in word_tables()["months"].values() for form in names.values() for name in form)
_FOLLOWS_ORDINAL = re.compile(rf"(?:{_MONTHS}|etasje|påske|juledag|kvartal|gang|[0-9])(?![^\W_])")
_END = re.compile(r"(?:[.!?]+[)\"']?|\.{2,}|\n) *\n*(?:\s|$)|\n+")

_ASKS = (
    "hva|hvor|hvordan|hvorledes|når|hvem|hvilken|hvilke|hvilket|hvorfor|ka|kva|kor|korleis|kordan|koffor|koffer|kvifor|kem|kven|"
    "what|what's|whats|where|where's|when|how|which|who|why|whose|vad|var|hur|vem|vilken|vilka|vilket|varför|hvad|hvornår|was|wie|wann|wo|wer|welche|welcher|welches|warum|wieviel"
)  # fmt: skip
_INVERTED = (
    "(?:kan|kunne|kunna|vil|skal|ska|må|har|er|e|får|finnes|finst|lagar|lager|støper|tar|rekker|sender|kjenner|driver|bruker|holder|gjør|trenger|vet|veit) "
    "(?:du|dere|dokker|dokk|de|jeg|eg|æ|vi|me|det|den|noen|nokon|dykk|ni|man|i)|"
    "(?:can|could|do|does|did|is|are|was|were|will|would|have|has|may|should|shall) (?:you|i|we|it|they|there|the|that|this|my|our|your|anyone|someone)|"
    "(?:är|har|kan|kunde|vill|gjuter) (?:ni|du|det|jag|vi|den)|(?:können|könnten|haben|ist|sind|gibt|kann|machen|giessen|gießen|liefern) (?:sie|ihr|es|wir|ich|das|die|der|man)"
)  # fmt: skip
_COMMANDS = (
    "send|sende|gi|sjekk|bestill|ring|vis|skriv|forklar|fortell|avbestill|kanseller|endre|flytt|øk|reduser|legg|please|tell|show|give|check|cancel|change|move|increase|call|"
    "quote|explain|compare|sammenlign|forward|resend|confirm|bekreft|skicka|schicken|bitte|vennligst|ver|kunne|kan"
)  # fmt: skip
_WANTS = (
    "(?:jeg|eg|æ|je|vi|me|jag|wir|ich) (?:trenger|treng|ønsker|ønskjer|vil|skal|må|lurer|ska|behöver|vill|brauche|brauchen|möchte|möchten|hätte)|lurer på|"
    "(?:i|we)(?:'d| would)? (?:need|want|like|wish|require|wonder)|i'm wondering|we're looking|"
    "(?:også|also|in addition|i tillegg|dessuten)[ ,]"
)  # fmt: skip
_OPENING = r"(?:(?:og|and|und|och|men|but|so|så|also|også|dessuten|forresten|btw|by the way|ellers|hei|hi|hello|hallo|hey|heisann|og så|ja|yes|please|then|da|samt)[ ,!.:-]+){0,3}"
_FIRST_VERB = "er|har|kan|finnes|finst|støper|støyper|is|are|do|does|did|can|could|has|have|was|were|will|would|är|ist|sind|haben|hat|gibt"
_REQUEST = re.compile(rf"^{_OPENING}(?:(?:{_ASKS}|{_COMMANDS}|{_FIRST_VERB})(?!\w)|(?:{_INVERTED})(?!\w)|(?:{_WANTS}))")
_WANT_INSIDE = re.compile(rf"(?<!\w)(?:{_WANTS})")
_AND = re.compile(
    rf"(?:, ?(?:og|and|und|och|samt|men|but|plus) (?:så |også |also |then |da )?|, | (?:og|and|und|och|samt|men|but|plus) (?:så |også |also |then |da )?)"
    rf"(?=(?P<asks>(?:{_ASKS})(?!\w))|(?P<inverted>(?:{_INVERTED})(?!\w))|(?P<command>(?:{_COMMANDS}) (?!(?:og|and)\b)\w))"
)
_QUESTION = re.compile(rf"^{_OPENING}(?:(?:{_ASKS}|{_COMMANDS}|{_FIRST_VERB})(?!\w)|(?:{_INVERTED})(?!\w))")
_CONDITION = re.compile(
    r"(?:og |and |men |but )?(?:hvis|dersom|om|når|if|when|once|provided|wenn|falls|ifall|når) (?:vi|me|dere|de|jeg|eg|i|we|you|they|the|modellen|tegning|ni|sie|wir)"
)
_LEANING = re.compile(
    r"(?:er|is|er ikke|går|ist|är|would|could|can|kan|vil) (?:det|dette|that|it|this|das|es) (?:be |være |er )?(?:mulig|muligt|mogleg|possible|feasible|ok|okay|greit|möjligt|möglich|work|go|gå|noe dere|realistisk|for sent|too late)"
    r"|(?:kan|can|could|können|kunne) (?:dere|du|de|dokker|you|ni|sie|i) (?:please )?(?:hjelpe|hjelpa|help|hjälpa|helfen|gjøre det|do that|do it|supply|gi (?:oss )?tilbud)"
)
#: Names an order or a paper, or announces something further: a request of its own.
_OWN_SUBJECT = re.compile(
    r"(?<!\w)(?:so-?[0-9]|po [0-9]|[0-9]{5}|ordre|order|bestilling|faktura|invoice|sertifikat|cert|3[.]1|også|also|i tillegg|in addition|besides|forresten|ellers|dessuten|annet|another question)"
)
_ANSWER = re.compile(
    r"^(?:ja|nei|jo|yes|no|nope|yep|ok|okay|jepp|stemmer|riktig|feil|correct|nej|nein|korrekt|ja takk|nei takk|yes please|no thanks|no thank you)[.!,]*$"
)
_PAUSE = re.compile(
    r"^(?:hei|hi|hello|hallo|hey|heisann|god ?(?:dag|morgen|kveld)|good (?:morning|afternoon|day|evening)|hej|moin|guten tag|dear \w+|kjære \w+|takk|thanks|thank you|tack|tak|danke|"
    r"tusen takk|many thanks|på forhånd takk|thanks in advance|mvh|hilsen|regards|best regards|kind regards|vennlig hilsen|med vennlig hilsen)\b"
)
_LIST_LINE = re.compile(
    r"^\s*(?:[-*•·]|[0-9]{1,2}[.)]|[a-z]\))\s|^[^.?!]{1,40}[:;=\t]|\t|^\s*[0-9][0-9 .,]*\s?(?:stk|st|pcs|x|kg|ea)\b"
)
_WORDS = re.compile(r"\w+")
MOST_CHARACTERS = 2000


def split_requests(text: str) -> list[str]:
    """The candidate parts of a message, in order; the message itself (stripped) when there is nothing to cut.

    Every part is a piece of the text as written, less the «and» between two parts.
    """
    whole = composed(text)[0].strip()
    if not whole or len(whole) > MOST_CHARACTERS or _is_list(whole):
        return [whole] if whole else []
    parts = [part for sentence in _sentences(whole) for part in _clauses(sentence)]
    return _gathered(parts) or [whole]


def _is_list(text: str) -> bool:
    """Whether most of a message of several lines is a pasted list or a form."""
    lines = [line for line in fold(text).split("\n") if line.strip()]
    listed = sum(bool(_LIST_LINE.search(line)) for line in lines)
    return (len(lines) >= 2 and listed >= 2) or len(text.split("\t")) > 2


def _sentences(text: str) -> list[str]:
    folded = fold(text)
    sentences, start = [], 0
    for match in _END.finditer(folded):
        if match.end() < len(folded) and _inside(folded, match):
            continue
        sentences.append(text[start : match.end()].strip())
        start = match.end()
    return [sentence for sentence in [*sentences, text[start:].strip()] if sentence]


def _inside(folded: str, match: re.Match[str]) -> bool:
    """Whether a full stop belongs to a date, a number or an abbreviation; whether a line break is a mere wrap."""
    dot = match.start() + 1
    if folded[match.start()] == "\n":
        return not (
            _REQUEST.match(folded[match.end() : match.end() + 80])
            or folded[: match.start()].rstrip().endswith((".", "!", "?", ","))
        )
    if folded[match.start() : dot] != "." or folded[dot : dot + 1] in ".!?":
        return False
    before = folded[max(0, match.start() - 12) : dot]
    if _ORDINAL.search(before):
        return bool(_FOLLOWS_ORDINAL.match(folded, match.end())) or not _REQUEST.match(
            folded[match.end() : match.end() + 80]
        )
    return bool(_AFTER_ABBREVIATION.search(before)) and not _REQUEST.match(folded[match.end() : match.end() + 80])


def _clauses(sentence: str) -> list[str]:
    """Cut a sentence before «og kan dere», «and when»: both sides must be able to stand alone."""
    folded = fold(sentence)
    for match in _AND.finditer(folded):
        comma_only = match[0].strip() == ","
        left, right = folded[: match.start()], folded[match.end() :]
        if len(_WORDS.findall(left)) < 2 or len(_WORDS.findall(right)) < 3 or not _is_request(left):
            continue
        if comma_only and (match["command"] or not _QUESTION.match(left) or _CONDITION.match(left)):
            continue
        if _leans(right):
            continue
        return [sentence[: match.start()].rstrip(" ,"), *_clauses(sentence[match.end() :])]
    return [sentence]


def _leans(part: str) -> bool:
    """Whether a question only makes sense with what was said before it: «er det mulig?», «kan dere hjelpe?»."""
    short = len(_WORDS.findall(part)) <= 2 and not any(char.isdigit() for char in part)
    return short or bool(_LEANING.search(part))


def _is_request(part: str) -> bool:
    """Whether a part asks for something by its form."""
    folded = fold(part).strip()
    return "?" in folded or bool(_REQUEST.match(folded)) or bool(_WANT_INSIDE.search(folded))


def _gathered(parts: list[str]) -> list[str]:
    """Join what is no request to the request it belongs to: a lead-in to the next, an afterthought to the one before."""
    gathered: list[str] = []
    waiting = ""
    for part in parts:
        joined, waiting = f"{waiting} {part}".strip(), ""
        folded = fold(part)
        if gathered and _is_request(part) and (_leans(folded) or _continues(gathered[-1], folded)):
            gathered[-1] = f"{gathered[-1]} {joined}"
        elif _ANSWER.match(folded) or _is_value(part) or _is_request(part):
            gathered.append(joined)
        elif gathered and _is_request(gathered[-1]) and not _PAUSE.match(folded):
            gathered[-1] = f"{gathered[-1]} {joined}"
        else:
            waiting = joined
    if waiting:
        gathered = [*gathered[:-1], f"{gathered[-1]} {waiting}"] if gathered else [waiting]
    return gathered


def _continues(before: str, part: str) -> bool:
    """Whether a question asks on about the wish before it: «We need 60 housings. When could you deliver?»"""
    folded = fold(before)
    wish = "?" not in folded and bool(_WANT_INSIDE.search(folded)) and not _QUESTION.match(folded)
    return wish and not _OWN_SUBJECT.search(part)


def _is_value(part: str) -> bool:
    """A bare answer such as «40 stk.» or «RG5.»: few words, a figure, no verb that asks."""
    words = part.rstrip(".! ").split()
    return len(words) <= 3 and any(char.isdigit() for char in part) and not _is_request(part)
