"""Questions about the company: told from approved facts, with an offer to have the rest checked."""

from actions.handler import Handler
from actions.production.company import company
from actions.turn import Turn


class Faq(Handler):
    """Answers ``faq/<topic>``: the parts asked for, or the whole topic when none is named."""

    intent = "faq"

    async def answer(self, turn: Turn) -> None:
        """Say the approved parts; name the others and offer a person."""
        house = company()
        topic = topic_of(turn)
        if topic not in house.answers:
            turn.say("utter_faq_which")
            _offer_check(turn)
            return
        asked = house.asked(topic, turn.text)
        parts = asked or house.answers[topic]
        told = [part for part in parts if house.approved(part)]
        for part in told:
            turn.say(part.text, **house.values(part, turn.language))
        unknown = [part.about for part in parts if part not in told]
        if not told:
            turn.say(f"utter_faq_{topic}_unapproved")
        elif asked and unknown:
            turn.say("utter_faq_partly_unapproved", what=unknown)
        else:
            return
        _offer_check(turn)


def topic_of(turn: Turn) -> str:
    """``contact`` of ``faq/contact``, as the understanding of the message found it; empty when it found none."""
    full = str(turn.message.get("faq") or turn.intent)
    return full.partition("/")[2]


def _offer_check(turn: Turn) -> None:
    turn.offer({"reply": "utter_faq_choice_check", "payload": "/human"})
