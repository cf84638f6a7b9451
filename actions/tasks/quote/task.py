"""What a quotation request knows of the foundry: judged at once, secret drawings kept out of the chat, sent as it stands.

A "no" here ends nothing: the figure can be corrected, and sales looks at what is sent all the same.
"""

import re
from collections.abc import Sequence
from typing import Any

from actions.alloys.facts import SAFETY
from actions.alloys.subject import fetch_specialist
from actions.form import case
from actions.form.answers import Answer, Answers, line, note, silent
from actions.form.contact import complete_contact, join_contact
from actions.form.kept import tells
from actions.form.lot_lines import NO_DAY, ask_unequal
from actions.form.pieces import asked_in, joined, pieces
from actions.form.righting.lines_and_lots import around
from actions.form.shared import ALLOY, DELIVERY, DRAWING, EMAIL, NAME, PART, QUANTITY, WEIGHT, left_open, read
from actions.form.task import CONFIRMATION, FOR_SALES, SAID, Doubt, Stop, Task
from actions.form.text import MAX_TEXT, asks_something, is_list, only_values, says_nothing
from actions.form.typed import PartAnswer, SizeAnswer, sides
from actions.form.words import closes, find, pattern
from actions.tasks.quote.estimate import estimate_weight
from actions.tasks.quote.judging import Judging
from actions.tasks.quote.lines import (
    another_part,
    edits_lines,
    join_split,
    of_whole,
    settle_lots,
    take_division,
    take_lines,
    take_split,
)
from actions.tasks.quote.questions import (
    APPLICATION,
    CONFIDENTIAL,
    NOTES,
    PATTERN,
    PLACE,
    REQUIREMENTS,
    SIZE,
    WALL,
    YEARLY,
    ApplicationAnswer,
    nothing_more,
    of_pattern,
)
from actions.turns.question_words import asks
from actions.turns.turn import Turn
from actions.turns.unknown import knows_nothing, leaves_open
from actions.turns.words import words
from actions.turns.yes import tells_to_send
from bot.common.spans import by_when, time_of
from bot.store.cases.intake import Wish

#: Questions nobody is asked apart: another question asks for them too, and they are taken when they are said.
ALONG = {
    "yearly": "quantity", "size": "weight", "wall": "weight",
    "requirements": "notes", "pattern": "notes", "application": "notes", "place": "notes",
}  # fmt: skip
#: Never named as open: nobody misses them, or they come up by themselves. What ``notes`` asks for is named instead of it.
NEVER_OPEN = ("yearly", "wall", "confidential", "place", "notes")
#: What a drawing shows, so that it is not asked when there is one.
ON_DRAWING = ("size",)
#: Never left open by a word: without them nobody could answer.
ASKED_ALWAYS = ("name", "email")
#: The note of what was judged already.
JUDGED = "judged"
#: What of an answer the production side gets beside its value.
FIGURES = (
    "items",
    "lots",
    "deliveries",
    "mm",
    "temper",
    "total",
    "finished",
    "tolerance",
    "grade",
    "codes",
    "files",
    "words",
)
#: The hour behind a word for it.
_HOUR = re.compile(r"\.?\s*\d{1,2}(?:[.:]\d{2})?")
#: The note by when the offer is wanted.
OFFER_BY = "offer_by"
#: With more questions left than these, leaving them all open is offered.
FEW_LEFT = 2


class QuoteRequest(Task):
    """A request for a quotation on castings, as detailed as the customer wants it."""

    name = "quote_request"
    case = "quote_request"
    of_anybody = True
    starts = ("place_order",)
    #: What a wish for a price in one breath is taken for when it names a week, a size or an alloy.
    claims = ("capacity", "lead_time", "casting_limits", "alloy_offered", "alloy_property", "alloy_comparison",
              "alloy_recommendation", "inform")  # fmt: skip
    covers = ("price",)
    of_figures_talked_of = True
    along = ALONG
    most_asked = 2
    keeps_words = True
    questions = (
        PART, of_whole(DRAWING), CONFIDENTIAL, of_whole(ALLOY), of_whole(QUANTITY), of_whole(YEARLY), of_whole(WEIGHT), of_whole(SIZE),
        of_whole(WALL), of_whole(DELIVERY), PLACE, NOTES, REQUIREMENTS, PATTERN, APPLICATION, NAME, EMAIL,
    )  # fmt: skip

    async def wants(self, turn: Turn) -> bool:
        """Parts with their figures for which a price is wanted: «need price on 25 off gear housings, A356, 14 kg»."""
        if turn.slot("question") or not asks(turn.text, "quote_word"):
            return False
        figures = bool(turn.said("quantity")) and bool(turn.said("alloy", "weight"))
        return is_list(turn) or bool(turn.table) or (figures and not asks_something(turn))

    def steers(self, turn: Turn) -> bool:
        """«The rest is open», «a new request», «strike line 3», «and another 20 brackets»."""
        # Who says «send it» before all is asked leaves the rest open; at the read-back it is the yes.
        sends = (_to_send(turn.text) or _ends(turn)) and turn.slot("question") != CONFIRMATION
        if sends or asks(turn.text, "rest_open") or asks(turn.text, "anew"):
            return True
        return edits_lines(turn) or (not asks_something(turn) and another_part(turn) is not None)

    async def take(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """What is said of the request as a whole, of its lines, and of who asks."""
        if asks(turn.text, "anew") and opened:
            for name in [name for name in answers if name not in ASKED_ALWAYS]:
                del answers[name]
            turn.say("utter_start_quote_request")
            return [opened]
        left = self._leave_open(turn, answers, opened)
        left += [*_without_weight(turn, answers, opened), *_without_more(turn, answers, opened)]
        left += _other_time(turn, answers, opened)
        left += _offer_by(turn, answers, opened)
        return [*left, *take_lines(turn, answers), *take_split(turn, answers), *complete_contact(turn, answers)]

    def divide(self, turn: Turn, answers: Answers) -> tuple[tuple[int, int], Answers] | None:
        """The lots that a message tells of the pieces, or puts right."""
        found = take_division(turn, answers)
        return (around(turn, found), answers) if found else None

    def take_file(self, turn: Turn, answers: Answers) -> None:
        """The outer dimensions that a model holds, where none were told and it can be of no other part."""
        lengths, part = turn.internal.get("mm"), answers.get("part")
        several = (isinstance(part, PartAnswer) and part.items) or len(answers["drawing"].more["files"]) > 1
        known = answers.get("size")
        # Nothing shown of it: it needed no asking, and none was told.
        told = known is not None and bool(known.reply) and not self.is_open("size", answers)
        if not lengths or several or told:
            return
        millimetres, name = [float(each) for each in lengths], str(turn.internal.get("name"))
        answers["size"] = SizeAnswer(sides(millimetres), "utter_line_size_file", mm=millimetres).but(file=name)
        turn.say("utter_file_size", mm=millimetres, file=name)

    def _leave_open(self, turn: Turn, answers: Answers, opened: str | None) -> list[str]:
        """«The rest is open» answers every question left, but where to send the answer."""
        ends = asks(turn.text, "rest_open") or _to_send(turn.text) or _ends(turn)
        if not opened or opened in ("email", CONFIRMATION) or not ends:
            return []
        # Somewhere to answer to is enough for who wants it sent.
        kept = ("email",) if opened == "name" or "email" in answers else ASKED_ALWAYS
        left = [each.name for each in self.questions if each.name not in answers and each.name not in kept]
        for name in left:
            # Said once, at the read-back; who asks is no part of it, and neither is what was asked just now.
            said = name == "name" or name == opened == "confidential"
            answers[name] = left_open(name) if said else silent(left=True)
        return left

    async def known(self, turn: Turn, answers: Answers) -> Stop | Doubt | None:
        """Skip what need not be asked, judge what can be judged, and see to what only people may take."""
        if not turn.slot("question") and not turn.answered:
            turn.say("utter_start_quote_request")
        join_contact(answers)
        join_split(answers)
        settle_lots(answers)
        if problem := ask_unequal(answers):
            return "quantity", problem
        _close(turn, answers)
        _skip(answers)
        estimate_weight(turn, answers)
        if turn.slot("question") == "confidential" and "confidential" not in answers:
            # Asked once: whoever answers something else has not decided, and nothing is said of it until they have.
            answers["confidential"] = left_open("confidential").but(told=True)
        _secrecy(turn, answers)
        _guarded(turn, answers)
        answers[JUDGED] = note(Judging(turn, answers, dict(answers.value(JUDGED) or {})).say())
        if turn.identity is not None:
            await case.save(turn, self, answers)
        return None

    async def ask(self, turn: Turn, answers: Answers, question: str) -> bool:
        """The question for all the rest asks only for what nobody has told yet."""
        along = [name for name, host in ALONG.items() if host == NOTES.name]
        left = [name for name in along if name not in answers]
        noted = NOTES.name in answers
        if question != NOTES.name or (left == along and not noted):
            return False
        what = (*left, "more")
        turn.say("utter_ask_notes_left", what=[f"asked.{name}" for name in what])
        turn.offer(*({"reply": f"utter_choice_{name}", "payload": payload} for name, payload in NOTES.choices))
        return True

    def ways_on(self, answers: Answers, question: str) -> tuple[dict[str, Any], ...]:
        """Leaving open what is still to be asked, where that is much; without a part there is nothing to quote."""
        beside = (*ASKED_ALWAYS, *ALONG)
        left = [each for each in self.questions if each.name not in answers and each.name not in beside]
        much = len(left) > FEW_LEFT and question != PART.name
        return ({"reply": "utter_choice_rest_open"},) if much else ()

    def corrected_by_number(self, answers: Answers) -> str | None:
        """Also the pieces that nobody has told yet: «bronze. 12», whatever was asked."""
        return super().corrected_by_number(answers) or ("quantity" if "part" in answers else None)

    async def read_back(self, turn: Turn, answers: Answers) -> None:
        """What does not fit our lines, and what is still open."""
        for remark in self._remarks(answers):
            turn.say(**remark.line())

    def lines(self, answers: Answers) -> list[Answer]:
        """The answers, and by when the offer itself is wanted."""
        offer_by = [answers[OFFER_BY]] if OFFER_BY in answers else []
        return [*super().lines(answers), *offer_by]

    def still_to_ask(self, answers: Answers) -> list[str]:
        """Whether a drawing is secret is asked when there is one; nobody is asked again for the sake of the place alone."""
        left = super().still_to_ask(Answers({PLACE.name: silent(), **answers}))
        return left if DRAWING.name in answers else [each for each in left if each != CONFIDENTIAL.name]

    def is_open(self, question: str, answers: Answers) -> bool:
        """Also what was left out without a word, but for what a drawing shows."""
        if question in ON_DRAWING and _has_drawing(answers):
            return False
        left = question in answers and bool(answers[question].more.get("left")) and question not in NEVER_OPEN
        return left or super().is_open(question, answers)

    def missing(self, answers: Answers) -> list[str]:
        """What is still to come, apart from how to reach the customer and what comes up by itself."""
        beside = (*NEVER_OPEN, *ASKED_ALWAYS)
        return [each.name for each in self.questions if each.name not in beside and self.is_open(each.name, answers)]

    async def submit(self, turn: Turn, answers: Answers, request_id: str) -> bool:
        """The case, and the request in the production system: codes and figures, never sentences."""
        wish = Wish("request", payload(answers))
        await case.submit(turn, self, answers, request_id, intake=wish, lines=self._remarks(answers))
        left = self.missing(answers)
        if left:
            turn.say("utter_quote_still_open", what=[f"question.{name}" for name in left])
        return True

    def _remarks(self, answers: Answers) -> list[Answer]:
        """What is said after the answers, to the customer and in the case."""
        judged = answers.value(JUDGED) or {}
        remarks = [
            line(name, None, "utter_quote_remark_parts")
            if name == "part"
            else line(name, None, "utter_quote_remark", what=f"question.{name}")
            for name, verdict in judged.items()
            if verdict.get("no")
        ]
        awaited = [
            each.name for each in self.questions if each.file and each.name in answers and answers[each.name].pending
        ]
        left = [name for name in self.missing(answers) if name not in awaited]
        if awaited:
            # It is no open question: the customer has it and sends it.
            remarks.append(line("awaited", None, "utter_quote_awaited", what=[f"question.{name}" for name in awaited]))
        if left:
            remarks.append(line("open", None, "utter_quote_open", what=[f"question.{name}" for name in left]))
        return remarks


def _ends(turn: Turn) -> bool:
    """«That's all», «is that all you need?», «slutt å spørre»: there is no more to come, once it is known what is to be cast."""
    asked = turn.slot("question")
    part = ((turn.slot("answers") or {}).get(QuoteRequest.name) or {}).get("part") or {}
    known = bool(part.get("value")) and asked not in (NOTES.name, *ASKED_ALWAYS)
    return known and words("request").says(turn.text, "that_is_all")


def _to_send(text: str) -> bool:
    """Whether a message tells to send, or ends in it: «raw castings, nothing else, send it»."""
    return tells_to_send(text) or any(tells_to_send(each.text) for each in pieces(text, joints=False)[-1:])


def _without_weight(turn: Turn, answers: Answers, opened: str | None) -> list[str]:
    """«No», or «it stands on the drawing», leaves the weight out: the question it answers."""
    values = [each for each in turn.entities if each["entity"] not in ("language", "dont_know")]
    if opened != WEIGHT.name or opened in answers or values or asks_something(turn) or knows_nothing(turn.text):
        return []
    if not says_nothing(turn.text) and not (_has_drawing(answers) and find(turn.text, "drawings")):
        return []
    answers[WEIGHT.name] = silent(left=True)
    return [WEIGHT.name]


def _without_more(turn: Turn, answers: Answers, opened: str | None) -> list[str]:
    """«No» to the question for all the rest, or the same again, leaves what was noted in passing as it stands."""
    noted = answers.get(NOTES.name)
    if opened != NOTES.name or not noted or not noted.value:
        return []
    unknown = leaves_open(turn.text)
    again = not asks_something(turn) and any(each.text in str(noted.value) for each in pieces(turn.text))
    if unknown or again or nothing_more(turn):
        for name, host in ALONG.items():
            if host == opened:
                answers.setdefault(name, silent(left=again or knows_nothing(turn.text)))
    return [NOTES.name] if unknown else []


def _offer_by(turn: Turn, answers: Answers, opened: str | None) -> list[str]:
    """«Offers are due on Friday at noon»: by when the offer is wanted, in the customer's words; it is no delivery.

    Where nothing else is said, the open question is not answered by it.
    """
    for piece in pieces(turn.text):
        times = [each for each in turn.said("date", "week") if piece.start <= each.get("start", -1) < piece.end]
        if times and find(piece.text, "offer_deadline") and not asked_in(turn.text, piece.start):
            # «Bis 10. Dezember», «kl. 14» go on behind a stop.
            end = max(piece.end, int(times[-1]["end"]))
            hour = _HOUR.match(turn.text, end) if closes(turn.text[:end], "clock_lead") else None
            words = " ".join(turn.text[piece.start : hour.end() if hour else end].split())
            kind = "_week" if times[0]["entity"] == "week" else ""
            value = time_of(times[0])
            answers[OFFER_BY] = line(OFFER_BY, value, f"utter_line_offer_by{kind}", said=words)
            others = turn.text.replace(turn.text[piece.start : piece.end], " ")
            alone = not tells(pattern("filler", "asides").sub(" ", others))
            return [OFFER_BY, *([opened] if opened and opened != CONFIRMATION and alone else [])]
    return []


def _other_time(turn: Turn, answers: Answers, opened: str | None) -> list[str]:
    """A time alone, told to the question for all the rest, is when the parts are wanted: nobody asked for another one."""
    if opened != NOTES.name or not turn.said("date", "week") or not only_values(turn) or asks_something(turn):
        return []
    reading = read(DELIVERY, turn, requested=True)
    if not isinstance(reading, Answer) or reading == answers.get(DELIVERY.name):
        return []
    answers[DELIVERY.name] = reading
    return [DELIVERY.name]


def _close(turn: Turn, answers: Answers) -> None:
    """What one question asks for is answered whole by what was said of any of it, and by no: nobody is asked twice."""
    opened = turn.slot("question")
    if opened not in (WEIGHT.name, NOTES.name) or turn.internal:
        return
    before = Answers((turn.slot("answers") or {}).get(QuoteRequest.name))
    told = {each.name for each in QuoteRequest.questions if answers.get(each.name) != before.get(each.name)}
    along = [name for name, host in ALONG.items() if host == opened]
    if opened == WEIGHT.name:
        if opened not in answers and told.intersection(along):
            answers[opened] = silent(left=True)
    elif told.intersection((*along, opened)) or told - before.keys():
        # What only corrects something is no answer.
        said = answers.get(opened, silent(left=True))
        elsewhere = [*(str(answers.value(each)) for each in along), *(each.text for each in of_pattern(turn))]
        elsewhere += [str(answers[OFFER_BY].more["said"])] if OFFER_BY in answers else []
        answers[opened] = _noted(said, before.get(opened), elsewhere)
        for name in along:
            # «No» leaves nothing out.
            answers.setdefault(name, silent(left=said.value != "none"))


def _noted(said: Answer, before: Answer | None, elsewhere: Sequence[str]) -> Answer:
    """What is noted beside the other answers: what stood already, nothing of theirs, and no word when there is nothing."""
    stood = str(before.value) if before and before.value not in (None, "none") else ""
    if said.unknown or said.value == "none":
        return silent(left=True) if said.unknown else said.but(reply=None)
    text = str(said.value)
    kept = [each for each in pieces(text) if not any(each.text in other for other in elsewhere)]
    text = text if len(kept) == len(pieces(text)) else joined(text, kept)
    whole = text if stood in text else stood if text in stood else f"{stood}; {text}"
    return said.but(value=whole[:MAX_TEXT]) if whole else silent(left=True)


def _skip(answers: Answers) -> None:
    """Answer by silence what need not be asked."""
    drawing, confidential, part = answers.get("drawing"), answers.get("confidential"), answers.get("part")
    if drawing and _has_drawing(answers) and not drawing.more.get("files"):
        drawing.pending = True
    if drawing and not _file_comes(drawing):
        answers.setdefault("confidential", silent())
    elif drawing and confidential and confidential.reply is None and not confidential.more.get("left"):
        del answers["confidential"]
    if isinstance(part, PartAnswer) and part.items:
        for name in ("yearly", "size", "wall"):
            answers.setdefault(name, silent())
    for name, with_it in ALONG.items():
        # A remark in passing is no answer to the question for all the rest.
        if with_it in answers and with_it != NOTES.name:
            answers.setdefault(name, silent(left=True))


def _has_drawing(answers: Answers) -> bool:
    drawing = answers.get("drawing")
    return drawing is not None and (drawing.listed or drawing.value not in (None, "deny"))


def _file_comes(drawing: Answer) -> bool:
    """Whether a file was announced or sent: only then does it matter whether it may lie in the chat."""
    return drawing.value == "affirm" or bool(drawing.more.get("files") or drawing.more.get("announced"))


def _secrecy(turn: Turn, answers: Answers) -> None:
    """What is secret or export-controlled goes to a person before any file; otherwise the way to attach it is shown."""
    secret, drawing = answers.get("confidential"), answers.get("drawing")
    if secret is None or not secret.reply or secret.more.get("told"):
        return
    secret.more["told"] = True
    if secret.value == "affirm":
        turn.say("utter_quote_confidential" if turn.hand_over("confidential") else "utter_quote_confidential_waiting")
    elif secret.value is None:
        turn.say("utter_quote_confidential_unknown")
    elif drawing and drawing.pending:
        turn.say("utter_quote_attach")


def _guarded(turn: Turn, answers: Answers) -> None:
    """Drinking water, food, pressure equipment, lifting, aviation, class: a person decides, while the request goes on."""
    use = answers.get("application")
    if not isinstance(use, ApplicationAnswer) or use.told:
        return
    guarded = [code for code in use.codes if code in SAFETY]
    if guarded:
        use.told = True
        turn.say("utter_quote_guarded", uses=[f"application.{code}" for code in guarded])
        fetch_specialist(turn)


def payload(answers: Answers) -> dict[str, Any]:
    """What the production side gets of the request: what was read back, without who asks. Notes never are."""
    found: dict[str, Any] = {}
    for name, answer in answers.items():
        if not answer.reply or name in ("phone", "place", SAID, FOR_SALES, *ASKED_ALWAYS) or answer.value is None:
            continue
        figures = answer.line()
        kept = {key: _timed(figures[key]) for key in FIGURES if figures.get(key)}
        value = by_when(answer.value) if "words" in kept else answer.value
        found[name] = {"value": value, **kept} if kept else value
    return found


def _timed(figure: Any) -> Any:
    """A figure; lots and parts each with the last day of its delivery."""
    if isinstance(figure, list):
        return [_timed(each) for each in figure]
    if isinstance(figure, dict) and "delivery" in figure:
        return {**figure, "delivery": None if figure["delivery"] in NO_DAY else by_when(figure["delivery"])}
    return figure
