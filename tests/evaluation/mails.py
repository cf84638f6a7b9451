"""How well pasted mails are read: every mail with its truth, each value right, open (it would be asked), or wrong.

``python -m tests.evaluation.mails [FILE] [--show]``: FILE is a list of ``{id, language, text, truth}`` as in ``mails.yml``
beside this. A value that is not read costs a question; one that is read wrongly costs trust, so they are counted apart.
"""

import argparse
import asyncio
import os
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from bot.common.spans import is_span, last_day

MAILS = Path(__file__).with_name("mails.yml")
#: What is compared of each line, and of the whole mail.
OF_LINES = ("quantity", "breaks", "weight_kg_each", "alloy", "drawing", "own_number", "delivery")
OF_MAIL = ("name", "company", "email", "phone", "quotation_deadline")
#: The day in which the mails lie.
TODAY = "2026-11-30"


def read_mail(text: str, language: str) -> dict[str, Any]:
    """The answers of a request after a mail was pasted, by question."""
    from rasa.shared.core.events import UserUttered
    from rasa.shared.core.trackers import DialogueStateTracker
    from rasa.shared.nlu.training_data.message import Message
    from rasa_sdk import Tracker
    from rasa_sdk.executor import CollectingDispatcher

    from actions.dialogue.assistant import Assistant
    from tests.evaluation.model import load_understanding

    message = Message({"text": text})
    load_understanding().process([message], DialogueStateTracker.from_events("mail", []))
    told = {**message.data, "text": text, "metadata": {"message_id": "mail-1"}}
    hint = "nb" if language in ("nb", "nn", "sv", "da") else "en"
    uttered = UserUttered(
        text, message.get("intent"), message.get("entities"), parse_data={**message.data, "text": text}
    )
    tracker = Tracker("mail", {"language": hint}, told, [uttered.as_dict()], False, None, {}, "action_listen")
    events = asyncio.run(Assistant().run(CollectingDispatcher(), tracker, {}))
    slots = {each["name"]: each["value"] for each in events if each["event"] == "slot"}
    return dict((slots.get("answers") or {}).get("quote_request") or {})


def lines_of(answers: dict[str, Any]) -> list[dict[str, Any]]:
    """The lines of a request as a truth has them; what holds for all stands on each."""
    part, quantity = answers.get("part") or {}, answers.get("quantity") or {}
    value = {
        name: (answers.get(name) or {}).get("value") for name in ("weight", "alloy", "drawing", "delivery", "yearly")
    }
    common = {
        "alloy": value["alloy"],
        "delivery": value["delivery"],
        "weight_kg_each": value["weight"],
        "drawing": value["drawing"],
    }
    if part.get("items"):
        return [_line(each, common) for each in part["items"]]
    one = {**common, "part": part.get("value"), "quantity": quantity.get("value"), "yearly": value["yearly"]}
    if quantity.get("reply") == "utter_line_quantity_alternatives":
        one |= {"quantity": None, "breaks": [int(each) for each in quantity["texts"]]}
    if quantity.get("lots"):
        return [{**one, "quantity": each["quantity"], "delivery": each["delivery"]} for each in quantity["lots"]]
    return [one] if part.get("value") else []


def _line(item: dict[str, Any], common: dict[str, Any]) -> dict[str, Any]:
    revision = f" rev {item['revision']}" if item.get("revision") else ""
    own = {
        "part": item.get("part") or item["text"], "quantity": item.get("quantity"), "breaks": item.get("breaks"),
        "weight_kg_each": item.get("weight"), "alloy": item.get("alloy") or item.get("metal"), "yearly": item.get("yearly"),
        "drawing": f"{item['drawing_no']}{revision}" if item.get("drawing_no") else None, "own_number": item.get("part_no"),
        "delivery": item.get("delivery"),
    }  # fmt: skip
    return {
        **own,
        **{name: each for name, each in common.items() if own.get(name) is None and name in ("delivery", "alloy")},
    }


def judge(truth: dict[str, Any], answers: dict[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    """Each value with its verdict: ``right``, ``open`` or ``wrong``, what was wanted, and what was read."""
    refused = [each.casefold() for each in truth.get("not_castable") or []]
    wanted = [each for each in truth["lines"] if not any(one in str(each["part"]).casefold() for one in refused)]
    read = lines_of(answers)
    yield "lines", "right" if len(read) == len(wanted) else "open" if not read else "wrong", len(wanted), len(read)
    for line, found in zip(wanted, read, strict=False):
        for name in OF_LINES:
            if line.get(name) or found.get(name):
                yield name, _verdict(name, line.get(name), found.get(name)), line.get(name), found.get(name)
    who = answers.get("name") or {}
    told = {
        "name": who.get("person"), "company": who.get("company"), "email": (answers.get("email") or {}).get("value"),
        "phone": (answers.get("phone") or {}).get("value"), "quotation_deadline": (answers.get("offer_by") or {}).get("value"),
    }  # fmt: skip
    if told["email"] and "@" not in str(told["email"]):
        told["phone"], told["email"] = told["phone"] or told["email"], None
    for name in OF_MAIL:
        if truth.get(name) or told[name]:
            yield name, _verdict(name, truth.get(name), told[name]), truth.get(name), told[name]


def _verdict(name: str, wanted: Any, read: Any) -> str:
    if read in (None, "", []):
        return "right" if wanted in (None, "", []) else "open"
    return "right" if _alike(name, wanted, read) else "wrong"


def _alike(name: str, wanted: Any, read: Any) -> bool:
    if name in ("delivery", "quotation_deadline"):
        # What no calendar tells («mid March», «10 weeks from order») is compared by eye.
        return _time(wanted) == _time(read) or (wanted is not None and not re.fullmatch(r"[\dW-]+", _time(wanted)))
    if name == "weight_kg_each":
        return wanted is not None and abs(float(wanted) - float(read)) < 0.02 * float(read)
    if name == "phone":
        figures = [re.sub(r"\D", "", str(each).replace("(0)", ""))[-7:] for each in (wanted, read)]
        return figures[0] == figures[1]
    if name == "alloy":
        return _alloy(str(wanted)) == _alloy(str(read)) or _plain(wanted) in _plain(read)
    if name in ("drawing", "own_number"):
        figures = [re.sub(r"(rev|issue|ind|index|utg)[a-z]*", "", _plain(each)) for each in (wanted, read)]
        return wanted is not None and (figures[0] == figures[1] or figures[0].startswith(figures[1]))
    return _plain(wanted) == _plain(read)


def _alloy(written: str) -> str:
    """The alloy of ours that a name means."""
    from bot.engine.nlu.alloys import find_alloys

    found = [each["value"] for each in find_alloys(written)]
    return str(found[0]) if found else written


def _time(value: Any) -> str:
    """A time by its last day: «2027 week 10», an ISO week, a day, a month or a span."""
    text = str(value)
    week = re.fullmatch(r"(\d{4}) (?:week |-?W)(\d{1,2})", text)
    text = f"{week[1]}-W{int(week[2]):02d}" if week else text
    if re.fullmatch(r"\d{4}-(?:W\d\d|\d\d-\d\d)", text) or is_span(text):
        return last_day(text).isoformat()
    return text.casefold()


def _plain(value: Any) -> str:
    return re.sub(r"[^a-z0-9æøåäöü]", "", str(value).casefold())


def main() -> None:
    """Print what was read of every mail."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", nargs="?", default=str(MAILS))
    parser.add_argument("--show", action="store_true", help="print every value that is not right")
    wanted = parser.parse_args()
    os.environ.setdefault("SMELT_TODAY", TODAY)
    from bot.prepare import prepare_own, prepare_production

    prepare_own()
    prepare_production()
    mails = yaml.safe_load(Path(wanted.file).read_text(encoding="utf-8"))
    sums: dict[str, Counter[str]] = {}
    for mail in mails:
        verdicts = list(judge(mail["truth"], read_mail(mail["text"], mail["language"])))
        for name, verdict, *_ in verdicts:
            sums.setdefault(name, Counter())[verdict] += 1
        bad = [each for each in verdicts if each[1] != "right"]
        print(f"{mail['id']} {mail['language']}: {len(verdicts) - len(bad)} right, {len(bad)} not")
        if wanted.show:
            for name, verdict, right, found in bad:
                print(f"    {verdict:5} {name}: {found!r} for {right!r}")
    for name, counts in sums.items():
        print(f"{name:20} {counts['right']:4} right {counts['open']:4} open {counts['wrong']:4} wrong")
    every = sum(sums.values(), Counter())
    print(f"{'all':20} {every['right']:4} right {every['open']:4} open {every['wrong']:4} wrong")


if __name__ == "__main__":
    sys.exit(main())
