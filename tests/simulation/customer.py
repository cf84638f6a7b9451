"""A simulated customer: reads the assistant's answer through its state and says the next thing, as facts and habits have it."""

import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.simulation.judge import Finding, differences, stands_in
from tests.simulation.personas import Fact, Persona
from tests.simulation.phrases import holes, mistype

#: The name of the read-back among the open questions.
READ_BACK = "confirmation"
#: Whether a drawing is secret is said when it is asked, and not before.
ONLY_ASKED = ("confidential",)
#: What the words of a question ask for beside its own answer.
ASKED_ALONG = {"weight": ("size",), "notes": ("requirements", "pattern", "application")}
#: How often something is said again before the customer gives up.
PATIENCE = 3
#: How often a name told beside other things is a signature.
SIGNED = 0.5
#: Placeholders that tell a fact in another fact's sentence.
SHARED = ("part", "quantity", "alloy", "order", "number", "defect")
_CASE = re.compile(r"C-\d\d-\d{6}")


@dataclass(frozen=True)
class Heard:
    """What the assistant answered."""

    text: str
    buttons: list[dict[str, str]] = field(default_factory=list)
    question: str | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    hand_over: str | None = None

    @classmethod
    def of(cls, answer: dict[str, Any]) -> "Heard":
        """Out of an answer of the engine's channel."""
        replies, state = answer.get("replies") or [], answer.get("state") or {}
        return cls(
            "\n".join(str(reply["text"]) for reply in replies), [each for reply in replies for each in reply["buttons"]],
            state.get("question"), state.get("answers") or {},
            next((reply["hand_over"] for reply in replies if reply["hand_over"]), None),
        )  # fmt: skip

    @property
    def case_no(self) -> str | None:
        """Number of the case that was stored."""
        found = _CASE.search(self.text)
        return found[0] if found else None


@dataclass(frozen=True)
class Message:
    """What the customer writes. ``yes``: a clear yes to the last read-back. ``why``: for the transcript."""

    text: str
    why: str
    yes: bool = False


class Customer:
    """One customer in one conversation. ``next`` gives the next message until it gives None."""

    def __init__(self, persona: Persona, dice: Random) -> None:
        self.persona, self.dice = persona, dice
        self.habits, self.voice = persona.habits, persona.voice
        #: Facts by question as they were said, None for «don't know».
        self.told: dict[str, Fact | None] = {}
        #: What was said wrongly and not yet corrected, and since which turn.
        self.slipped: tuple[Fact, int] | None = None
        self.turn = 0
        self.needless: list[str] = []
        #: Sentences that belong in no field.
        self.talk: list[str] = []
        #: Why the customer has left without what was wanted; empty while all is well.
        self.gave_up = ""
        #: Whether a customer who stores nothing got so far: a question answered, a request withdrawn or left at the read-back.
        self.answered = False
        self._tries: Counter[str] = Counter()
        self._interrupts = list(self.habits.interrupts)
        self._postpones = self.habits.postpones
        self._away = self._reserved = self._left = False
        self._read = ""

    def opening(self) -> Message:
        """The first message: the matter, with as many facts as this customer tells at once."""
        words = self.start("opens")
        if self.habits.courteous:
            words = _ended(self._pick("greeting"), self.dice.choice((", ", "! ", "\n"))) + words
        return Message(words, "opens")

    def start(self, why: str) -> str:
        """The matter in a sentence, and more."""
        sentences = [each for each in self.voice.starts[self.persona.start] if self._fillable(each)]
        words = self._fill(mistype(self.dice.choice(sentences), self.habits.typos, self.dice))
        if self.persona.items:
            lines = [self._item(each["fills"]) for each in self.persona.items]
            self.told |= dict.fromkeys(("part", "quantity", "alloy", "weight"))
            return "\n".join([words, *(f"{self.dice.choice(('', '- '))}{line}" for line in lines)])
        more = self._tell(self._outstanding()[: max(0, self.habits.grouping - 1)]) if why == "opens" else []
        return self._joined([words, *more])

    def next(self, heard: Heard) -> Message | None:
        """The next message, None when the customer is done."""
        self.turn += 1
        self._read += heard.text.casefold() if heard.question == READ_BACK else ""
        if self._left or heard.case_no:
            return None
        if not self.persona.start.startswith("order_"):
            self._count_needless(heard)
            if heard.question is None:
                return self._without_question(heard)
            return self._steer(heard) or (
                self._at_read_back(heard) if heard.question == READ_BACK else self._answer(heard)
            )
        order = self.persona.facts[0].value
        self.answered = order in heard.text and heard.question is None and heard.hand_over is None
        return None if self.answered else self._again_or_leave("the matter", heard)

    # ------------------------------------------------------------ moves

    def _without_question(self, heard: Heard) -> Message | None:
        """Nothing is asked: go on after a pause, or say the matter again."""
        if self._away or self._reserved:
            self._away = False
            return self._talk("resume") if self._may("resume") else self._give_up("cannot go on after a pause")
        return self._again_or_leave("the matter", heard)

    def _again_or_leave(self, what: str, heard: Heard) -> Message | None:
        if not self._may(what):
            return self._give_up(f"{what} is not understood")
        if heard.question and heard.question != READ_BACK:
            return self._answer(heard)
        return Message(self.start("again"), f"says {what} again")

    def _steer(self, heard: Heard) -> Message | None:
        """What the customer does beside the questions."""
        if self._away:
            self._away = False
            return self._talk("resume")
        if self._asks_now() and not (self.habits.asks_along and heard.question != READ_BACK):
            return self._talk(self._interrupts.pop(0)[1])
        if self._postpones is not None and self.turn >= self._postpones:
            self._postpones, self._away = None, True
            return self._talk("postpone")
        if self.slipped and self.turn - self.slipped[1] >= self.habits.slip_after:
            return self._correct(self.slipped[0])
        return None

    def _asks_now(self) -> bool:
        """Whether it is time for a question in between."""
        return bool(self._interrupts) and self.turn >= self._interrupts[0][0]

    def _at_read_back(self, heard: Heard) -> Message | None:
        """A clear yes only to what is right; otherwise what is missing or wrong."""
        if self.habits.ending == "withdraw":
            self._left = self.answered = True
            return self._talk("withdraw")
        wrong = self._seen_wrong(heard)
        if wrong:
            return self._put_right(wrong[0])
        if self.habits.ending in ("reserve", "leave") and not self._reserved:
            self._reserved = True
            self._left = self.answered = self.habits.ending == "leave"
            return self._talk("reserve")
        if not self._may("yes"):
            return self._give_up("a clear yes is not taken")
        button = next((each for each in heard.buttons if each.get("payload") == "/affirm"), None)
        if button and self.dice.random() < self.habits.buttons:
            return Message("/affirm", "presses yes", yes=True)
        return Message(self._pick("yes"), "says yes", yes=True)

    def _seen_wrong(self, heard: Heard) -> list[Finding]:
        """What the customer sees to be wrong. A change is only seen in the text, as it is in no line of its own."""
        found = differences(self.persona, heard.answers, self.talk, self.untold)
        return [each for each in found if not (each.question == "change" and self._reads_of("change"))]

    def _reads_of(self, question: str) -> bool:
        fact = self.persona.fact(question)
        return fact is not None and all(stands_in(each, self._read) for each in fact.fills.values())

    def _put_right(self, wrong: Finding) -> Message | None:
        if not self._may(f"put right {wrong.question}"):
            return self._give_up(f"cannot put right: {wrong.kind} {wrong.question}")
        fact = self.persona.fact(wrong.question)
        if fact is None:
            return Message(self._pick("wrong"), f"sees {wrong}")
        if wrong.kind == "missing" and fact.question not in self.told:
            others = [each for each in self._outstanding() if each != fact]
            return Message(self._joined(self._tell([fact, *others][:PATIENCE])), f"adds ({wrong})")
        return self._correct(fact, f"corrects ({wrong})")

    def _answer(self, heard: Heard) -> Message | None:
        """The answer to the open question, or to another one, with more facts or none."""
        question = str(heard.question)
        fact, along = self.persona.fact(question), ASKED_ALONG.get(question, ())
        asked = [each for each in self._outstanding() if each.question in along]
        others = [each for each in self._outstanding() if each.question not in (question, *along)]
        if others and self.dice.random() < self.habits.beside and self._may("beside"):
            return Message(self._say(others[0]), f"answers {others[0].question} instead")
        if not self._may(question):
            return self._give_up(f"stuck on {question}")
        if fact is None and not asked:
            self.told |= {each: None for each in along if each not in self.told}
            return self._knows_nothing(question, heard)
        button = self._button(fact, heard) if fact else None
        if fact and button:
            self._mark(fact)
            return Message(button, f"presses an answer to {question}")
        more = self._tell([*asked, *others][: max(len(asked), self.habits.grouping - 1)])
        words = self._joined([*([self._say(fact, "answer")] if fact else []), *more])
        self.told |= {each: None for each in (question, *along) if each not in self.told}
        if self._asks_now():
            return Message(self._joined([words, self._talk(self._interrupts.pop(0)[1]).text]), f"answers {question}")
        return Message(self._with_courtesy(words), f"answers {question}")

    def _knows_nothing(self, question: str, heard: Heard) -> Message:
        self.told.setdefault(question, None)
        if question in ("notes", "requirements", "confidential"):
            if self._payload("/deny", heard) and self.dice.random() < self.habits.buttons:
                return Message("/deny", f"presses no to {question}")
            return Message(self._pick("no"), f"has no {question}")
        return Message(self._pick("dont_know"), f"knows no {question}")

    def _correct(self, fact: Fact, why: str = "corrects a slip") -> Message:
        if self.slipped and self.slipped[0].question == fact.question:
            self.slipped = None
        self.told[fact.question] = fact
        if fact.form in self.voice.facts and self.voice.sentences(fact.form, "correct"):
            return Message(self._sentence(fact, "correct"), why)
        words = self._sentence(fact, "say")
        # Who was asked what is wrong says only that.
        first = self._tries[f"put right {fact.question}"] <= 1
        return Message(f"{_ended(self._pick('wrong'), ', ')}{words}" if first else words, why)

    def _give_up(self, why: str) -> Message:
        self.gave_up, self._left = why, True
        return self._talk("stop")

    # ------------------------------------------------------------ words

    def _talk(self, habit: str) -> Message:
        words = self._pick(habit)
        if habit != "stop":
            self.talk.append(words)
        return Message(words, habit)

    def _pick(self, habit: str) -> str:
        return self.dice.choice(self.voice.habits[habit])

    def _say(self, fact: Fact, way: str = "say") -> str:
        """Tell a fact; the first time as it was first, wrongly, remembered."""
        said = fact
        if fact.slip and fact.question not in self.told:
            said, self.slipped = fact.slip, (fact, self.turn)
        words = self._sentence(said, way)
        self.told[fact.question] = said
        return words

    def _tell(self, facts: list[Fact]) -> list[str]:
        """Facts as sentences; who signs with a name does so at the end."""
        signs = bool(self.voice.facts["name"].get("signs")) and self.dice.random() < SIGNED
        last = [each for each in facts if each.form == "name" and signs]
        return [*(self._say(each) for each in facts if each not in last), *(self._say(each, "signs") for each in last)]

    def _sentence(self, fact: Fact, way: str) -> str:
        sentences = [
            each for each in self.voice.sentences(fact.form, way) if self._fillable(each, fact) and self._fresh(each, fact)
        ] or [each for each in self.voice.sentences(fact.form, way) if holes(each) <= fact.fills.keys()]  # fmt: skip
        return self._fill(mistype(self.dice.choice(sentences), self.habits.typos, self.dice), fact)

    def _fill(self, sentence: str, fact: Fact | None = None) -> str:
        """Put the facts into a sentence, and remember that they were told."""
        fills = dict(fact.fills) if fact else {}
        for each in self.persona.facts:
            name = next(iter(each.fills), "")
            if name in holes(sentence) and name not in fills:
                said = each.slip if each.slip and each.question not in self.told else each
                if said is not each:
                    self.slipped = (each, self.turn)
                fills[name] = said.fills[name]
                self.told[each.question] = said
        return sentence.format(**fills)

    def _fillable(self, sentence: str, fact: Fact | None = None) -> bool:
        known = {name for each in self.persona.facts for name in each.fills if name in SHARED}
        return holes(sentence) <= known | (fact.fills.keys() if fact else set())

    def _fresh(self, sentence: str, fact: Fact) -> bool:
        """Whether the sentence says nothing over again beside its own fact."""
        beside = holes(sentence) - fact.fills.keys()
        return not any(each.question in self.told for each in self.persona.facts if beside & each.fills.keys())

    def _item(self, fills: dict[str, str]) -> str:
        return self.dice.choice(self.voice.sentences("item", "say")).format(**fills)

    def _joined(self, sentences: list[str]) -> str:
        """Several sentences as one message; a mark at the end of one stays alone."""
        between = self.dice.choice((". ", ", ", "\n"))
        return "".join(_ended(each, between) for each in sentences[:-1]) + sentences[-1]

    def _with_courtesy(self, words: str) -> str:
        return (
            f"{_ended(words, '. ')}{self._pick('thanks')}"
            if self.habits.courteous and self.dice.random() < 0.2
            else words
        )

    # ------------------------------------------------------------ what is known

    @property
    def untold(self) -> frozenset[str]:
        """What nobody says of their own accord and has not been asked for."""
        return frozenset(ONLY_ASKED) - self.told.keys()

    def _outstanding(self) -> list[Fact]:
        """What is still to be told, in this customer's order; whether a drawing is secret is said when it is asked."""
        return [
            each for each in self.persona.facts if each.question not in self.told and each.question not in ONLY_ASKED
        ]

    def _mark(self, fact: Fact) -> None:
        self.told[fact.question] = fact

    def _count_needless(self, heard: Heard) -> None:
        """A question is needless when all that it asks for, «don't know» too, was told already."""
        asked = (heard.question, *ASKED_ALONG.get(str(heard.question), ()))
        if heard.question != READ_BACK and all(each in self.told for each in asked):
            self.needless.append(str(heard.question))

    def _may(self, what: str) -> bool:
        self._tries[what] += 1
        return self._tries[what] <= PATIENCE

    def _button(self, fact: Fact, heard: Heard) -> str | None:
        """The button that says the fact, for a customer who presses buttons."""
        payload = {"deny": "/deny", "none": "/deny", "affirm": "/affirm"}.get(str(fact.value))
        pressed = payload if payload and self._payload(payload, heard) else None
        if pressed is None and fact.question in self.told:
            said = [str(fact.value), *fact.fills.values()]
            pressed = next(
                (each["payload"] for each in heard.buttons if any(word in f"{each['payload']} {each['title']}" for word in said)), None
            )  # fmt: skip
        return (
            pressed
            if pressed and self.dice.random() < max(self.habits.buttons, 0.5 if fact.question in self.told else 0)
            else None
        )

    @staticmethod
    def _payload(payload: str, heard: Heard) -> bool:
        return any(each.get("payload") == payload for each in heard.buttons)


def _ended(sentence: str, between: str) -> str:
    """A sentence with what stands before the next one; nobody writes two marks in a row."""
    if sentence[-1] in "?!:.":
        return sentence + ("\n" if between == "\n" else " ")
    return sentence + between
