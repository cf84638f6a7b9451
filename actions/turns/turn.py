"""One customer message as an action sees it: what was said, who asks, what was talked of, and what to reply.

An action declares the entities it can use, asks the turn for them and says its parts; it never builds a sentence.
"""

import copy
import datetime as dt
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.production.identity import Identity
from actions.turns.anger import angry, only_swears
from actions.turns.ground import Ground
from actions.turns.intents import intent as intent_named
from actions.turns.reading import Clause, Entity, Reading, Told, read_message, told_in
from actions.turns.unknown import leaves_open
from actions.turns.words import words
from bot.common.replies import replies
from bot.common.signing import read_identity

#: How likely words must be an answer, or how sure anger must be, while a question is open.
ANSWERS, CURT = 0.3, 0.9
#: Texts that say a message was not understood.
MISSES = ("utter_not_understood", "utter_again_", "utter_bad_", "utter_needed_", "utter_decide", "utter_what_about")
#: Words of one letter that are articles or persons as well as values.
_ARTICLES = {"A", "I"}
#: The payload that web answers: whoever is offered it may as well type number and address.
IDENTIFY = "/identify"
#: Texts that do nothing but ask for it: web leaves them out when number and address have just been given.
ASKS_WHO = {"utter_order_sign_in", "utter_order_sign_in_email", "utter_order_sign_in_number", "utter_identify"}
#: Texts that begin what is read back, and how those are named that ask.
READ_BACK, ASKS = ("utter_read_back", "utter_changed_now", "utter_recap"), "utter_ask_"
#: Answers of the form that questions asked in its midst may leave out.
FROM_FORM = ("alloy", "quantity", "weight")
#: What sounds weary or insistent without anger is said in anger only when the engine has hardly a doubt.
BEYOND_DOUBT = 0.95
#: Texts that stand beside an answer (where a figure comes from, what holds for all of them): said once in so many answers.
BESIDE_ANSWER = (
    "utter_source", "utter_alloy_reach_", "utter_alloy_rohs_", "utter_alloy_note_", "utter_alloy_welding_agreed",
    "utter_advice_general", "utter_compare_different", "utter_compare_kind", "utter_compare_usual",
    "utter_lead_assumed", "utter_lead_assumes", "utter_lead_new_part", "utter_lead_provisional", "utter_lead_tell_rest",
    "utter_capacity_provisional", "utter_capacity_tell_more", "utter_limits_drawing", "utter_recommend_lead_free",
)  # fmt: skip
SOURCES, LATELY = "utter_source", 6
#: Kept of every message, things before their figures: a new thing takes the figures of the one before with it.
SAID = ("part_no", "drawing_no", "alloy", "alloy_group", "temper", "quantity", "weight", "dimensions")


@dataclass
class Saying:
    """What is said in answer to one message, by whoever has a part in it."""

    parts: list[dict[str, Any]] = field(default_factory=list)
    choices: list[dict[str, Any]] = field(default_factory=list)
    hand_over: str | None = None
    card: dict[str, Any] | None = None
    understood: list[dict[str, str]] = field(default_factory=list)
    #: How often it asked who the customer is.
    asks_who: int = 0
    #: Whether an earlier part of this answer went out as a message of its own.
    sent: bool = False

    def emptied(self) -> "Saying":
        """What was said so far, which is then empty: clauses of the same message go on saying into it."""
        said = copy.copy(self)
        self.__dict__.update(Saying(asks_who=self.asks_who, sent=self.sent or bool(self.parts)).__dict__)
        return said


class Turn:
    """The latest message of a conversation with the means to answer it. ``of`` narrows it to a clause of the message."""

    def __init__(self, tracker: Tracker, dispatcher: CollectingDispatcher) -> None:
        self.tracker = tracker
        self.dispatcher = dispatcher
        self.conversation: str = tracker.sender_id
        self.hear(tracker.latest_message or {})
        self.language: str = tracker.get_slot("language") or _hinted(self.metadata)
        #: The common ground before this message, and as this turn leaves it.
        self.before = Ground(tracker.get_slot("ground"))
        self.ground = Ground(tracker.get_slot("ground"))
        self.ground.turn += 1
        #: The question that is answered now: what was talked of is looked up for it.
        self.topic: str = ""
        self.slots: dict[str, Any] = {}
        self._saying = Saying()

    def hear(self, message: dict[str, Any]) -> None:
        """Take these words, as the engine has read them, for those of the message."""
        self.message: dict[str, Any] = message
        self.reading: Reading = read_message(message)
        #: The same with what is taken out of it when it has been put right.
        self.written: Reading = self.reading
        self.text: str = self.reading.text
        self.intent: str = (message.get("intent") or {}).get("name") or ""
        self.faq: str = str(message.get("faq") or "")
        self.confidence: float = (message.get("intent") or {}).get("confidence") or 0.0
        self.entities: list[Entity] = list(message.get("entities") or [])
        #: The stretches of the text that tell a value.
        self.told: tuple[Told, ...] = self.reading.told
        #: The lines of a table of parts, which are no part of the text.
        self.table: Sequence[dict[str, Any]] = (message.get("table") or {}).get("rows") or ()
        self.asks: bool = self.reading.whole.asks
        self.facet: str | None = self.reading.whole.facet

    def of(self, clause: Clause, intent: str | None = None) -> Self:
        """The same turn, narrowed to one clause: its text, values and meaning. What is said goes into the same answer."""
        act = intent or clause.act
        narrow = copy.copy(self)
        narrow.text, narrow.asks, narrow.facet = clause.text, clause.asks, clause.facet
        narrow.intent, narrow.faq = act.partition("/")[0], act if act.startswith("faq/") else ""
        narrow.confidence = clause.chance(act) if intent else clause.sure
        inside = {id(each) for each in clause.entities}
        kept = [
            each for each in self.entities if id(each) in inside or clause.start <= each.get("start", -1) < clause.end
        ]
        narrow.entities = [moved(each, clause.start) for each in kept]
        narrow.told = tuple(each.moved(-clause.start) for each in told_in(self.told, clause.start, clause.end))
        if clause.text != self.text:
            narrow.table = ()
        return narrow

    def untold(self, names: Collection[str] | None = None) -> Self:
        """The same turn without the stretches that tell a value: any, or those of the named answers."""
        plain = copy.copy(self)
        plain.told = tuple(each for each in self.told if names is not None and each.tag not in names)
        return plain

    def scratch(self) -> Self:
        """The same turn for trying something out: what is said, set or noted on it is lost."""
        tried = copy.copy(self)
        tried._saying, tried.slots, tried.ground = Saying(), dict(self.slots), Ground(self.ground.dump())
        return tried

    @property
    def metadata(self) -> dict[str, Any]:
        """What web sent with the message."""
        return self.message.get("metadata") or {}

    @property
    def internal(self) -> dict[str, Any]:
        """What web tells the assistant of itself (``kind`` is ``proved``, ``file`` or ``handed_back``); else empty."""
        return self.metadata.get("internal") or {}

    @property
    def waiting(self) -> bool:
        """Whether a person has been asked for already and has not come yet."""
        return self.metadata.get("owner") == "waiting"

    @property
    def angry(self) -> bool:
        """Whether the customer has lost patience, by the words of the message and by what the engine has learnt."""
        if self.internal:
            return False
        if words("talk").says(self.reading.text, "own_slip") and only_swears(self.reading.text):
            return False
        meaning = intent_named(self.intent)
        # Who says where to write to goes on with the talk; who asks for a person gets one.
        calm = self.said("email", "phone") or meaning.kind == "person"
        # Who reminds of what was said before may do so kindly.
        kind = meaning.calm or words("talk").says(self.reading.text, "told_before")
        calm = calm or self._answers_calmly or (kind and self.reading.anger < BEYOND_DOUBT)
        learnt = 0.0 if calm else self.reading.anger
        return angry(self.reading.text, learnt)

    @property
    def _answers_calmly(self) -> bool:
        """Whether something is asked and the words may well be the answer: short ones sound curt without anger."""
        whole = self.reading.whole
        answers = whole.chance("inform", "affirm", "deny") >= ANSWERS or leaves_open(whole.text)
        return self.slot("question") is not None and (answers or self.reading.anger < CURT)

    @property
    def identity(self) -> Identity | None:
        """The proven contact, verified from this very message; None for a stranger."""
        claims = read_identity(self.metadata.get("identity"), self.conversation)
        return Identity(claims["contact"], claims["customer"], claims["proved"]) if claims else None

    @property
    def proving(self) -> bool:
        """Whether a stranger has told all that a code is sent for: nobody asks for number and address again."""
        return {"reference", "email"} <= self.told_for_proof

    @property
    def told_for_proof(self) -> set[str]:
        """Which of ``reference`` and ``email`` a stranger has told."""
        return set() if self.identity else set(self.metadata.get("proving") or ())

    @property
    def message_id(self) -> str:
        """Web's id of the message, unique in the conversation: the key that makes writes safe to repeat."""
        return str(self.metadata.get("message_id") or self.message.get("message_id") or "")

    def said(self, *names: str) -> list[Entity]:
        """The entities of these names in the message itself."""
        return [entity for entity in self.entities if entity["entity"] in names]

    def about(self, *names: str) -> list[Entity]:
        """As ``said``, or else what the conversation is about: for questions with the subject left out."""
        found = self.said(*names)
        if found:
            return found
        given = self._given()
        return [each for name in names for each in given.get(name) or self.ground.about(name, self.topic)]

    def note_said(self) -> None:
        """Keep the figures and names of things of the message, whatever it asks: a later question may leave them out."""
        for name in SAID:
            found = [each for each in self.said(name) if _plainly(each)]
            if found:
                self.ground.note(name, found)

    def _given(self) -> dict[str, list[Entity]]:
        """What the request that runs, or was sent last, was told: a question in its midst is about the same thing."""
        answers = self._answers_given()
        given: dict[str, list[Entity]] = {}
        for name in FROM_FORM:
            answer = answers.get(name) or {}
            value = None if answer.get("as_written") else answer.get("value")
            if value is not None:
                values = str(value).split(" / ") if name == "alloy" else [value]
                per = {"per": "total" if answer.get("total") else "piece"} if name == "weight" else {}
                given[name] = [{"entity": name, "value": each, "start": 0, "end": 0, **per} for each in values]
        return given

    @property
    def told_in_request(self) -> dict[str, Any]:
        """The answers of the request that runs, or was sent last where nothing else was talked of since, by question."""
        return self._answers_given()

    def _answers_given(self) -> dict[str, Any]:
        if self.slot("question"):
            return (self.slot("answers") or {}).get(self.slot("task")) or {}
        # What was talked of since the request was sent goes before it.
        talked_of = any(self.ground.about(name, self.topic) for name in (*FROM_FORM, "part_no", "drawing_no"))
        return {} if talked_of else (self.slot("sent") or {}).get("answers") or {}

    def first(self, *names: str) -> Entity | None:
        """The first of ``about``."""
        found = self.about(*names)
        return found[0] if found else None

    def remember(self, topic: str, names: Iterable[str], **entities: Sequence[Entity]) -> None:
        """Keep what this question is about.

        ``entities`` overrides what is kept under a name, for a handler that found out more than the message said.
        """
        before = self.ground.topic
        self.ground.topic = topic
        for name in names:
            if self.said(name):
                self.ground.note(name, self.said(name))
            elif name in ("property", "application") and topic != before:
                self.ground.note(name, [])
        for name, found in entities.items():
            self.ground.note(name, found, "customer" if found and found[0] in self.entities else "database")

    @property
    def last_message(self) -> dict[str, Any]:
        """Metadata of what the assistant said last: its ``parts`` and the ``choices`` it offered.

        Empty when web knows that the customer has read something else since, or wrote before they could read it: a yes
        is then no answer to it.
        """
        if not self.metadata.get("after_answer", True):
            return {}
        for event in reversed(self.tracker.events):
            if event["event"] == "bot":
                return event.get("metadata") or {}
        return {}

    @property
    def last_said(self) -> list[str]:
        """Names of the texts the assistant said last."""
        return [part["reply"] for part in self.last_message.get("parts") or []]

    @property
    def last_offered(self) -> list[dict[str, Any]]:
        """The quick replies the assistant offered last."""
        return self.last_message.get("choices") or []

    @property
    def _said_lately(self) -> list[dict[str, Any]]:
        """The parts of the last answers."""
        bot = [event for event in self.tracker.events if event["event"] == "bot"][-LATELY:]
        return [part for event in bot for part in (event.get("metadata") or {}).get("parts") or []]

    def count_miss(self) -> int:
        """How many messages in a row were not understood, this one included. Kept until the assistant says anything else."""
        missed = any(reply.startswith(MISSES) for reply in self.last_said)
        misses = int(self.slot("misses") or 0) + 1 if missed else 1
        self.set("misses", misses)
        return misses

    def slot(self, name: str) -> Any:
        """A slot as it stands in this turn."""
        return self.slots[name] if name in self.slots else self.tracker.get_slot(name)

    def set(self, slot: str, value: Any) -> None:
        """Set a slot when the turn ends."""
        self.slots[slot] = value

    @property
    def events(self) -> list[dict[str, Any]]:
        """What the engine is to keep of this turn."""
        return [SlotSet(name, value) for name, value in {**self.slots, "ground": self.ground.dump()}.items()]

    def say(self, reply: str, **values: Any) -> None:
        """Add a text from data/replies to this answer, on a line of its own unless ``join=" "`` is given."""
        self._saying.parts.append({"reply": reply, **{name: _plain(value) for name, value in values.items()}})

    def say_again(self, *parts: dict[str, Any]) -> None:
        """Say what was taken out of this answer (``take_out``), in another order."""
        self._saying.parts += parts

    def say_first(self, reply: str, **values: Any) -> None:
        """As ``say``, before everything said so far."""
        self.say(reply, **values)
        self._saying.parts.insert(0, self._saying.parts.pop())

    def choice_named(self, key: str) -> dict[str, Any] | None:
        """What is named of the choices just offered, by what tells them apart: «C as I said» after «revision C or D?»

        None where none or more than one of them is named, or the word could as well be another.
        """
        offered = [each for each in self.last_offered if each.get(key)]
        named = [each for each in offered if _stands_in(str(each[key]), self.text)]
        return named[0] if len(offered) > 1 and len(named) == 1 else None

    def offer(self, *choices: dict[str, Any]) -> None:
        """Add quick replies: ``{"reply": text name, "payload": "/intent"}`` or ``{"title": "RG5"}`` (sent as typed).

        Whoever waits for a person is not offered one, and nothing is offered twice.
        """
        wanted = [each for each in choices if not (self.waiting and each.get("payload") == "/human")]
        self._saying.choices += [each for each in wanted if each not in self._saying.choices]
        self._saying.asks_who += any(each.get("payload") == IDENTIFY for each in choices)

    @property
    def asked_who(self) -> int:
        """How often this answer has asked who the customer is."""
        return self._saying.asks_who

    def hand_over(self, reason: str) -> bool:
        """Ask for a person: web makes the conversation wait for one when this answer is stored. The first reason counts.

        False when somebody has been asked for before.
        """
        if not self.waiting:
            self._saying.hand_over = self._saying.hand_over or reason
        return not self.waiting

    @property
    def parts(self) -> list[dict[str, Any]]:
        """What has been said so far, to be shown in a card too."""
        return list(self._saying.parts)

    def take_out(self, parts: Sequence[dict[str, Any]]) -> None:
        """Take back parts that were said in this answer, to be said elsewhere or not at all."""
        self._saying.parts = [each for each in self._saying.parts if not any(each is part for part in parts)]

    def said_already(self, parts: Sequence[dict[str, Any]]) -> bool:
        """Whether all of these parts stand in this answer."""
        return all(part in self._saying.parts for part in parts)

    def names_question(self, question: str) -> bool:
        """Whether the message names a question of a request by what the read-back calls it, in any language."""
        return names_term(self.text, f"question.{question}")

    def show(self, card: dict[str, Any]) -> None:
        """Facts of this answer for a rich client, which the text says as well.

        Words in a card are ``{"reply": name, **values}``, ``{"parts": [...]}`` or, as label and value, ``{"answer": answer}``.
        """
        self._saying.card = _plain(card)

    def show_list(self, kind: str, values: Iterable[tuple[str, Iterable[str]]]) -> None:
        """Remember the list this answer shows, so that «the first», «the late one» and «the other» find it."""
        self.ground.show(kind, values)

    def explain(self, command: str, because: str, about: str) -> None:
        """Keep how the message was understood, for the desk."""
        self._saying.understood.append({"command": command, "because": because, "about": about})

    @property
    def answered(self) -> bool:
        """Whether anything has been said."""
        return bool(self._saying.parts) or self._saying.sent

    def send(self) -> None:
        """Send what was said as one message, with its quick replies and its card. No line of it is said twice."""
        said = self._saying.emptied()
        said.parts = _not_again(_said_once(said.parts), self._said_lately)
        if said.parts:
            extra: dict[str, Any] = {"choices": said.choices} if said.choices else {}
            for name in ("card", "hand_over", "understood"):
                if getattr(said, name):
                    extra[name] = getattr(said, name)
            if said.asks_who:
                extra["identify"] = True
                extra["only_identify"] = all(part["reply"] in ASKS_WHO for part in said.parts)
            if not self.tracker.get_slot("language"):
                extra["language"] = self.language
            self.dispatcher.utter_message(response=said.parts[0]["reply"], parts=said.parts, **extra)


def names_term(text: str, code: str) -> bool:
    """Whether a term of data/replies, or what begins with it («vekten» for «vekt»), stands in a text."""
    words = {terms[code].casefold() for terms in replies().terms.values() if code in terms}
    said = re.findall(r"[^\W\d_]+", text.casefold())
    return any(all(any(each.startswith(part) for each in said) for part in word.split()) for word in words)


def _said_once(parts: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts of an answer without the lines that it says already; a question stays where it is asked last.

    What is read back is a list of its own, and stays whole.
    """
    lines: list[list[dict[str, Any]]] = []
    for part in parts:
        if not lines or "\n" in part.get("join", "\n"):
            lines.append([])
        lines[-1].append(part)
    whole = next((at for at, line in enumerate(lines) if line[0]["reply"] in READ_BACK), len(lines))
    once: list[list[dict[str, Any]]] = []
    for at, line in enumerate(lines):
        same = [each for each in once if list(map(_without_join, each)) == list(map(_without_join, line))]
        asks = line[0]["reply"].startswith(ASKS)
        if same and asks:
            once = [each for each in once if each is not same[0]]
        if not same or asks or at > whole:
            once.append(line)
    return [part for line in once for part in line]


def _not_again(parts: Sequence[dict[str, Any]], lately: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The parts without the lines beside the answer that the last answers have told word for word; all when nothing else is left."""
    known = [_without_join(each) for each in lately if each["reply"].startswith(BESIDE_ANSWER)]
    lines: list[list[dict[str, Any]]] = []
    for part in parts:
        if not lines or "\n" in part.get("join", "\n"):
            lines.append([])
        lines[-1].append(part)
    told = [[part for part in line if _without_join(part) not in known] for line in lines]
    kept = [
        line if left and left[0] is not line[0] and not line[0]["reply"].startswith(BESIDE_ANSWER) else left
        for line, left in zip(lines, told, strict=True)
    ]
    # The sources are one line: it stands whole, or not at all.
    kept = [line if left and line[0]["reply"] == SOURCES else left for line, left in zip(lines, kept, strict=True)]
    found = [part for line in kept for part in line]
    return found or list(parts)


def _without_join(part: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in part.items() if name != "join"}


def _plainly(entity: Entity) -> bool:
    """Whether a value has one reading, and was said and not pointed at."""
    return not any(entity.get(mark) for mark in ("bad", "ask", "near", "reference", "every", "role"))


def moved(entity: Entity, start: int) -> Entity:
    """An entity whose offsets are those of a clause."""
    if "start" not in entity:
        return entity
    return {**entity, "start": max(0, entity["start"] - start), "end": max(0, entity["end"] - start)}


def _hinted(metadata: dict[str, Any]) -> str:
    """The language of a conversation whose first message is a pressed button: what the page is in."""
    hint = metadata.get("language_hint")
    return str(hint) if hint in replies().languages else "nb"


def _plain(value: Any) -> Any:
    """Values travel to the engine as JSON: dates as ISO text, also within lists and cards."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, dict):
        return {name: _plain(each) for name, each in value.items()}
    return [_plain(each) for each in value] if isinstance(value, (list, tuple)) else value


def _stands_in(value: str, text: str) -> bool:
    """Whether a value stands in a text as a word of its own; «A» before a word is an article as often."""
    behind = r"(?!\s+[a-zæøåäöü])" if value in _ARTICLES else ""
    return re.search(rf"(?<![\w-]){re.escape(value)}(?![\w-]){behind}", text) is not None
