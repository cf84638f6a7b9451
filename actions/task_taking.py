"""Takes what a message says into the form's answers: new answers, corrections, remarks."""

from actions.task_answers import Problem
from actions.task_questions import FREE_TEXT, LISTED, read, with_temper
from actions.task_text import MAX_TEXT, asks_something, is_list, labelled, looks_like_name, only_values
from actions.tasks import Answer, Task
from actions.turn import Turn

#: A remark has at least so many words, unless it holds a figure or a code.
_REMARK_WORDS = 3


#: Dates and places in a remark are part of it: «answer by Friday» moves no delivery.
BESIDE = {"notes": ("delivery", "requirements", "application"), "name": ("alloy", "delivery", "size", "pattern")}


#: Descriptions that later figures are added to.
ADDED_TO = ("requirements", "found")


class Taking:
    """One message against all questions of the running task. ``taken`` names the questions it answered."""

    def __init__(self, turn: Turn, task: Task, answers: dict[str, Answer], opened: str | None) -> None:
        self.turn = turn
        self.task = task
        self.answers = answers
        self.open = opened
        self.taken: list[str] = []
        self._changed = False

    def take(self) -> tuple[str, Problem] | None:
        """Take every answer; the first that cannot be taken comes back with its question."""
        if self._labelled():
            return None
        problem: tuple[str, Problem] | None = None
        asked = (self.open, self._bare_number(), self._late_name())
        for question in self.task.questions:
            if self._is_settled(question) or (question in BESIDE.get(self.open or "", ()) and question in self.answers):
                continue
            reading = read(question, self.turn, requested=question in asked)
            if isinstance(reading, Problem):
                if problem is None or question == self.open:
                    problem = question, reading
            elif reading is not None:
                self._accept(question, reading)
        self._temper()
        self._corrected()
        return None if problem and self._beside(problem[0]) else problem

    def _beside(self, question: str) -> bool:
        """Whether a doubtful word is only part of a description: «Norsk Bronse AS» as a name asks for no alloy."""
        return question != self.open and question in self.answers and self.open in FREE_TEXT and self.open in self.taken

    def add(self, question: str) -> None:
        """More words to an answer that is a description."""
        text = " ".join(self.turn.text.split())
        known = self.answers[question]
        if text and text not in (known["value"] or ""):
            value = f"{known['value']}; {text}" if known["value"] else text
            reply = f"utter_line_{question}" if known.get("unknown") else known["reply"]
            self.answers[question] = {**known, "value": value[:MAX_TEXT], "reply": reply, "unknown": False}
            self.taken.append(question)
            self.turn.say("utter_added")

    def remark(self) -> bool:
        """Figures and codes without a question of their own belong to the words that told the matter.

        At the read-back any sentence does.
        """
        turn = self.turn
        values = [entity for entity in turn.entities if entity["entity"] not in ("language", "dont_know", "resume")]
        words = self.open == "confirmation" and turn.intent == "inform" and len(turn.text.split()) >= _REMARK_WORDS
        if "details" not in self.answers or not (values or words) or asks_something(turn):
            return False
        self.add("details")
        return bool(self.taken)

    def _labelled(self) -> bool:
        """«Part: valve body» renames what was written in words."""
        found = labelled(self.turn)
        if found is None or found[0] not in FREE_TEXT or found[0] not in self.answers:
            return False
        question, value = found
        self.answers[question] = {"value": value[:MAX_TEXT], "reply": f"utter_line_{question}"}
        self.taken.append(question)
        self.turn.say("utter_corrected")
        return True

    def _is_settled(self, question: str) -> bool:
        """Whether a description stands already and this message does not name it anew."""
        if question not in FREE_TEXT or question == self.open or question not in self.answers:
            return False
        if question == "part" and is_list(self.turn):
            self.add("part")
            return True
        return question in ("part", "details")

    def _bare_number(self) -> str | None:
        """The question a lone number corrects: «make it 60», when no number was asked for."""
        turn = self.turn
        said = turn.said("number") and not turn.said("quantity", "weight")
        changed = self.answers.get("change", {}).get("wants") or []
        if said and only_values(turn) and any(want["kind"] == "quantity" for want in changed):
            return "change"
        free = self.open in FREE_TEXT or self.open in ("confirmation", "delivery", "email")
        if said and free and self.open != "order" and "quantity" in self.answers and only_values(turn):
            return "quantity"
        return None

    def _late_name(self) -> str | None:
        """A name that was left open, written when the address was asked for."""
        left = self.open == "email" and self.answers.get("name", {}).get("unknown")
        return "name" if left and looks_like_name(self.turn) else None

    def _accept(self, question: str, reading: Answer) -> None:
        known = self.answers.get(question)
        if known == reading or (known and question in LISTED and known.get("listed") and reading.get("listed")):
            if question == self.open:
                self.taken.append(question)
            return
        if question == "part" and known and question != self.open:
            return
        if question in ADDED_TO and known and question != self.open and known.get("reply") == f"utter_line_{question}":
            self._more(question, known, reading)
            return
        self.answers[question] = reading
        self.taken.append(question)
        if known and not known.get("unknown"):
            self._changed = True
        if question == "alloy" and self.turn.said("alloy"):
            self._talk_of_alloy()

    def _more(self, question: str, known: Answer, reading: Answer) -> None:
        """A figure said in passing comes beside what stands."""
        if str(reading["value"]) in str(known["value"]):
            return
        figures = {name: each for name, each in reading.items() if name not in ("value", "reply") and each}
        self.answers[question] = {**known, "value": f"{known['value']}; {reading['value']}"[:MAX_TEXT], **figures}
        self.taken.append(question)
        self.turn.say("utter_added")

    def _corrected(self) -> None:
        if self._changed:
            self.turn.say("utter_corrected")

    def _temper(self) -> None:
        """«T6» alone belongs to the alloy that is noted."""
        known, tempers = self.answers.get("alloy"), self.turn.said("temper")
        if tempers and known and known.get("title") and "alloy" not in self.taken:
            self._accept("alloy", with_temper(known, self.turn))

    def _talk_of_alloy(self) -> None:
        """Questions in between are about the alloy that was just named."""
        known = self.turn.subject.get("entities") or {}
        self.turn.subject = {**self.turn.subject, "entities": {**known, "alloy": self.turn.said("alloy")}}
        self.turn.set("subject", self.turn.subject)
