"""What a message asks the assistant to do, in one word each. ``interpret`` makes them, ``act`` carries them out."""

from dataclasses import dataclass

from actions.turns.reading import Clause

#: What a ``Talk`` is about that only tells how busy or how new in the job one is.
OPENING = "opening"


@dataclass(frozen=True)
class Command:
    """One thing to do. ``because`` names the rule that decided it: it is kept with the message and shown at the desk."""

    because: str

    @property
    def name(self) -> str:
        """``Answer``, ``Fill`` ..."""
        return type(self).__name__

    @property
    def about(self) -> str:
        """What it is about, for people: a topic, a task, a question."""
        return ""


@dataclass(frozen=True)
class Answer(Command):
    """Answer a question about ``topic`` (an intent with a handler) as this clause asks it."""

    topic: str
    clause: Clause

    @property
    def about(self) -> str:
        """The topic."""
        return self.topic


@dataclass(frozen=True)
class Start(Command):
    """Begin the task of an intent with what this clause says."""

    intent: str
    clause: Clause
    #: Whether nothing of the request that lies aside is to come back.
    anew: bool = False
    #: Whether the request in progress was none: it is dropped, and what was told it goes along.
    leaves: bool = False

    @property
    def about(self) -> str:
        """The intent."""
        return self.intent

    @property
    def only_complains(self) -> bool:
        """Whether it is a complaint that carries no value."""
        return self.intent == "complaint" and not self.clause.values


@dataclass(frozen=True)
class Fill(Command):
    """Put the values of a clause into the questions they belong to; its words go to the open one when ``prose``.

    ``resumes``: the request lies aside and goes on with it. ``within``: the intent of the request in progress that the clause says again, or of one that this request answers too.
    """

    clause: Clause
    prose: bool = False
    within: str = ""
    resumes: bool = False

    @property
    def tells(self) -> bool:
        """Whether it carries values, or was read as values."""
        return bool(self.clause.values) or self.because == "values"


@dataclass(frozen=True)
class PutRight(Command):
    """Put right what the message corrects in the request: ``names`` are the answers."""

    names: tuple[str, ...]

    @property
    def about(self) -> str:
        """The answers."""
        return ", ".join(self.names)


@dataclass(frozen=True)
class Confirm(Command):
    """Send what was just read back: an unqualified yes."""


@dataclass(frozen=True)
class Refuse(Command):
    """Do not send what was read back; ask what is to be different."""


@dataclass(frozen=True)
class Postpone(Command):
    """Put the request aside; nothing is sent, and it can go on later."""


@dataclass(frozen=True)
class Stop(Command):
    """Stop asking; what was answered is kept."""


@dataclass(frozen=True)
class Enough(Command):
    """Ask no more: what is open stays open, and what was told is read back."""


@dataclass(frozen=True)
class TakeBack(Command):
    """Drop the wish that is in progress, or say what becomes of one that was sent."""


@dataclass(frozen=True)
class Drop(Command):
    """Drop the request of this task, in progress or aside, which was called by its name."""

    task: str

    @property
    def about(self) -> str:
        """The task."""
        return self.task


@dataclass(frozen=True)
class Resume(Command):
    """Go on with the request, or ask its open question again."""


@dataclass(frozen=True)
class TakeUp(Command):
    """Go on with the request of this task, which lies aside, with what this clause says."""

    task: str
    clause: Clause

    @property
    def about(self) -> str:
        """The task."""
        return self.task


@dataclass(frozen=True)
class Recap(Command):
    """Say what has been understood so far. ``names``: the answers that were asked for, all where none was named."""

    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Correct(Command):
    """Ask a question anew whose answer is called wrong without saying what is right."""

    clause: Clause


@dataclass(frozen=True)
class Explain(Command):
    """Say why a question is asked (the one the clause names, else the open one), or where the last answer comes from."""

    clause: Clause


@dataclass(frozen=True)
class Person(Command):
    """Fetch a person."""

    clause: Clause


@dataclass(frozen=True)
class Add(Command):
    """Put what is said to what was sent."""

    clause: Clause


@dataclass(frozen=True)
class Accept(Command):
    """Yes to what was offered last."""


@dataclass(frozen=True)
class Decline(Command):
    """No to what was offered last."""


@dataclass(frozen=True)
class Talk(Command):
    """Answer courtesy or a question about the assistant itself."""

    act: str
    clause: Clause

    @property
    def about(self) -> str:
        """Which."""
        return self.act


@dataclass(frozen=True)
class FollowUp(Command):
    """Answer as the question before, with what this clause changes about it."""

    clause: Clause


@dataclass(frozen=True)
class Decide(Command):
    """Ask which of two close readings of a clause is meant, naming both."""

    first: Answer | Start | Fill
    second: Answer | Start | Fill

    @property
    def clause(self) -> Clause:
        """The clause that both are readings of."""
        return self.first.clause

    @property
    def about(self) -> str:
        """Both."""
        return f"{self.first.about} | {self.second.about}"


@dataclass(frozen=True)
class Both(Command):
    """Two things said in one clause, two questions or a value and a question: both are seen to."""

    first: Command
    second: Command


@dataclass(frozen=True)
class Wait(Command):
    """Somebody who waits for a person asks whether anybody is coming."""


@dataclass(frozen=True)
class Miss(Command):
    """Nothing was understood."""

    clause: Clause
