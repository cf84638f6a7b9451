"""The rule about what only somebody who designs castings can judge: nobody is told what is not known here."""

from actions.dialogue.commands import Command, Talk
from actions.dialogue.view import View, because
from actions.production.company import company
from actions.turns.reading import Clause
from actions.turns.words import words

#: What is said of a question about a design.
DESIGN = "design"


def design(clause: Clause, view: View) -> Command | None:
    """A design is asked about, its geometry, a radius, why it cracks: that is judged by a person, who is offered."""
    known = words("advice")
    # «Which draft do you want?» asks for the rule of the house, which is a fact; a radius of theirs is judged.
    ruled = known.says(clause.text, "design_general") and bool(company().named_anyhow(clause.text))
    asked = clause.asks and not ruled and known.says(clause.text, "design_judged")
    return Talk(because(design), DESIGN, clause) if asked else None
