"""Plays customers made from personas against the running assistant and compares the stored cases with the truth.

``make simulate [N=2000] [SEED=1] [LANG=nb] [WORKERS=6]``: figures on the screen, the worst conversations in var/simulation.
"""

import argparse
import asyncio
import datetime as dt
import json
import shutil
import statistics
import tempfile
import time
import uuid
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from actions.production.database import connect
from bot.common.settings import ROOT
from tests.engine_rig import Web
from tests.simulation.customer import READ_BACK, Customer, Heard, Message
from tests.simulation.judge import Stored, Verdict, judge
from tests.simulation.personas import COMPANY, Maker, Persona
from tests.stack import TODAY, Stack

#: After so many messages a customer has had enough.
MOST_TURNS = 45
#: A busy machine may be late; web tries again, and so do we.
TRIES = 4
#: Conversations written to files.
WORST = 40
OUT = ROOT / "var" / "simulation"


@dataclass
class Played:
    """One conversation as it went."""

    persona: Persona
    customer: Customer
    conversation: str
    lines: list[str]
    turns: int
    #: Clear yeses to a read-back; cases that were stored on another message; turns without an answer.
    yeses: int = 0
    unasked: int = 0
    failed: int = 0
    verdict: Verdict | None = None

    @property
    def badness(self) -> tuple[int, int, int, int]:
        """The worse, the larger: written without a yes, failed, without a case, differences and needless questions."""
        assert self.verdict
        wrong = len(self.verdict.findings) + len(self.customer.needless)
        return self.verdict.unasked, self.failed, int(not self.verdict.goal), wrong


async def play(stack: Stack, persona: Persona, seed: int) -> Played:
    """Talk until the customer is done. The same seed gives the same customer."""
    dice = Random(f"{seed}:{persona.number}:talk")
    web = Web(stack, persona.replies_in, uuid.UUID(int=dice.getrandbits(128)).hex)
    web.contact = (persona.contact, COMPANY) if persona.contact else None
    customer = Customer(persona, dice)
    played = Played(persona, customer, web.conversation, [], 0)
    message: Message | None = customer.opening()
    asked: str | None = None
    while message and played.turns < MOST_TURNS:
        clear = message.yes and asked == READ_BACK
        played.yeses += clear
        heard = await _turn(web, message, played)
        if played.failed:
            customer.gave_up = "a turn failed again and again"
            break
        played.unasked += bool(heard.case_no) and not clear
        asked = heard.question
        message = customer.next(heard)
    return played


async def _turn(web: Web, message: Message, played: Played) -> Heard:
    played.turns += 1
    played.lines.append(f"> {message.text}    [{message.why}]")
    number = f"{played.conversation}-{played.turns}"
    for _ in range(TRIES):
        if await _answers(web, message, number):
            break
        await asyncio.sleep(1)
    else:
        played.failed += 1
    heard = Heard.of(web.answer)
    shown = [each.get("title") for each in heard.buttons]
    played.lines += [f"  {line}" for line in heard.text.splitlines() or [f"({web.answer.get('error')})"]]
    played.lines.append(
        f"  ({heard.question}{f', {shown}' if shown else ''}{f', person: {heard.hand_over}' if heard.hand_over else ''})"
    )
    return heard


async def _answers(web: Web, message: Message, number: str) -> bool:
    """Send a message as web does, under its number: sent again it is the same message."""
    try:
        await web.say(message.text, number)
    except OSError as error:
        web.answer = {"ok": False, "error": type(error).__name__}
    except KeyError:  # an error of the server itself, which has another shape
        web.answer = {"ok": False, "error": str(web.answer)}
    return bool(web.answer.get("ok"))


async def simulate(stack: Stack, personas: list[Persona], seed: int, workers: int) -> list[Played]:
    """Play all conversations, several at once, and judge them by what is stored then."""
    _add_contacts(stack, personas)
    gate = asyncio.Semaphore(workers)

    async def one(persona: Persona) -> Played:
        async with gate:
            return await play(stack, persona, seed)

    played = list(await asyncio.gather(*(one(each) for each in personas)))
    stored = _stored(stack)
    for each in played:
        cases = stored.get(each.conversation, [])
        unasked = max(each.unasked, len(cases) - each.yeses)
        customer = each.customer
        each.verdict = judge(each.persona, cases, unasked, customer.talk, customer.answered, customer.untold)
    return played


def _add_contacts(stack: Stack, personas: Iterable[Persona]) -> None:
    """A contact of their own for each who is signed in: drafts belong to the contact and follow to the next conversation."""
    engine = connect(stack.database("production"))
    with engine.begin() as connection:
        for each in personas:
            if each.contact:
                connection.execute(
                    text(
                        "INSERT INTO contact (id, customer_id, name, email, phone, role, may_order, may_see_prices, active) "
                        "VALUES (:id, :company, :name, :email, '', 'purchasing', true, true, true)"
                    ),
                    {
                        "id": each.contact,
                        "company": COMPANY,
                        "name": f"Sim {each.number}",
                        "email": f"{each.contact}@kunde.example",
                    },
                )
    engine.dispose()


def _stored(stack: Stack) -> dict[str, list[Stored]]:
    """All cases by conversation, with their drafts' answers and what is queued for the production side."""
    query = text(
        "SELECT c.conversation_id, c.case_no, c.kind, d.fields, c.contact_id, c.email, o.payload FROM sales_case c "
        "LEFT JOIN draft d ON d.request_id = c.request_id LEFT JOIN outbox o ON o.key = c.case_no || '-intake'"
    )
    found: dict[str, list[Stored]] = {}
    engine = connect(stack.database("own"))
    with engine.connect() as connection:
        for conversation, case_no, kind, fields, contact, email, queued in connection.execute(query):
            payload = (_json(queued) or {}).get("payload") or {}
            found.setdefault(conversation, []).append(
                Stored(case_no, kind, _json(fields) or {}, payload, contact, email)
            )
    engine.dispose()
    return found


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


# ------------------------------------------------------------------ figures


@dataclass(frozen=True)
class Figures:
    """What a group of conversations comes to; the shares are of all conversations in it."""

    count: int
    exact: float
    needless: float
    foreign: int
    unasked: int
    failed: int
    turns: float

    @classmethod
    def of(cls, group: list[Played]) -> "Figures":
        """The figures of a group that is not empty."""
        verdicts = [each.verdict for each in group if each.verdict]
        reached = [each.turns for each in group if each.verdict and each.verdict.goal]
        return cls(
            len(group), sum(each.exact for each in verdicts) / len(group),
            sum(len(each.customer.needless) for each in group) / len(group), sum(each.foreign for each in verdicts),
            sum(each.unasked for each in verdicts), sum(each.failed for each in group),
            statistics.median(reached) if reached else 0.0,
        )  # fmt: skip

    def row(self, name: str) -> str:
        """One line of the table."""
        return (
            f"{name:<24}{self.count:>6}{self.exact:>9.1%}{self.needless:>10.2f}{self.foreign:>9}{self.unasked:>9}{self.failed:>8}{self.turns:>7.0f}"
        )  # fmt: skip


def report(played: list[Played]) -> Iterator[str]:
    """The table: all, by kind, by habit, by language; then what went wrong most often."""
    yield f"{'':<24}{'talks':>6}{'exact':>9}{'needless':>10}{'foreign':>9}{'no yes':>9}{'failed':>8}{'turns':>7}"
    yield Figures.of(played).row("all")
    for title, names in (
        ("kind", lambda each: [each.persona.kind]), ("habit", lambda each: each.persona.habits.names),
        ("language", lambda each: [each.persona.language]),
    ):  # fmt: skip
        yield f"by {title}"
        groups: dict[str, list[Played]] = {}
        for each in played:
            for name in names(each):
                groups.setdefault(name, []).append(each)
        yield from (Figures.of(group).row(f"  {name}") for name, group in sorted(groups.items()))
    wrong = Counter(name for each in played for name in set(_names_of_wrong(each)))
    yield "most often"
    yield from (f"{count:>6}  {name}" for name, count in wrong.most_common(25))


def _names_of_wrong(each: Played) -> list[str]:
    assert each.verdict
    found = [f"{finding.kind} {finding.question}" for finding in each.verdict.findings]
    found += [f"asked again: {question}" for question in each.customer.needless]
    return found + ([f"gave up: {each.customer.gave_up}"] if each.customer.gave_up else [])


def write_worst(played: list[Played], folder: Path = OUT) -> int:
    """Write the transcripts of the worst conversations; how many."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    worst = sorted((each for each in played if any(each.badness)), key=lambda each: each.badness, reverse=True)[:WORST]
    for rank, each in enumerate(worst, 1):
        name = f"{rank:02}_{each.persona.kind}_{each.persona.language}_{each.persona.number}.txt"
        (folder / name).write_text("\n".join(_transcript(each)) + "\n", encoding="utf-8")
    return len(worst)


def _transcript(each: Played) -> Iterator[str]:
    assert each.verdict
    persona = each.persona
    yield f"persona {persona.number}: {persona.kind}, {persona.language}/{persona.voice.name}, {', '.join(persona.habits.names)}, ending {persona.habits.ending}"
    yield from (f"  truth  {fact.question} = {fact.value!r}" for fact in persona.facts)
    yield from (
        f"  truth  item {item['quantity']} {item['part']} {item['alloy']} {item['weight']}" for item in persona.items
    )
    yield from (f"  FOUND  {finding}" for finding in each.verdict.findings)
    yield from (f"  FOUND  {count} stored without a clear yes" for count in [each.verdict.unasked] if count)
    yield from (f"  FOUND  asked again: {question}" for question in each.customer.needless)
    if each.customer.gave_up:
        yield f"  FOUND  gave up: {each.customer.gave_up}"
    yield ""
    yield from each.lines


# ------------------------------------------------------------------ starting it


@contextmanager
def assistant() -> Iterator[Stack]:
    """The assistant on SQLite in a folder of its own, ended afterwards."""
    with tempfile.TemporaryDirectory() as folder:
        stack = Stack(Path(folder))
        try:
            stack.start()
            yield stack
        finally:
            stack.stop()


def make_personas(count: int, seed: int, language: str | None = None) -> list[Persona]:
    """The customers of a run."""
    today = dt.date.fromisoformat(TODAY)
    return [Maker(seed, number, language, today).make() for number in range(count)]


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("-n", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--language", default=None)
    parser.add_argument("--workers", type=int, default=6)
    options = parser.parse_args()
    personas = make_personas(options.n, options.seed, options.language or None)
    with assistant() as stack:
        began = time.monotonic()
        played = asyncio.run(simulate(stack, personas, options.seed, options.workers))
    print("\n".join(report(played)))
    turns = sum(each.turns for each in played)
    print(
        f"{turns} turns in {time.monotonic() - began:.0f} s; {write_worst(played)} worst conversations in {OUT.relative_to(ROOT)}"
    )


if __name__ == "__main__":
    main()
