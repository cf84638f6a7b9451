"""The customer asks for another language: kept from now on, also inside the form."""

from actions.turns.handler import Handler
from actions.turns.turn import Turn


class ChangeLanguage(Handler):
    """Confirms in the language asked for; says which there are when the wish cannot be met."""

    intent = "change_language"

    async def answer(self, turn: Turn) -> None:
        """The engine has set the slot ``language`` from the wish already; here it is made to stay."""
        wished = [entity for entity in turn.said("language") if entity.get("wish")]
        turn.say("utter_language_changed" if wished else "utter_which_language")
        if wished:
            turn.set("language_chosen", True)
        else:
            turn.offer({"title": "Norsk", "payload": "norsk takk"}, {"title": "English", "payload": "English please"})
