"""A paper of an order that says something wrong: what stands in it is no number to look an order up by."""

from actions.turns.question_words import asks
from actions.turns.words import words

#: Papers whose contents sales puts right.
_PUT_RIGHT = ("document_invoice", "document_delivery_note")


def paper_in(text: str) -> bool:
    """Whether a paper of the order is to be put right: an invoice or a delivery note that says something wrong."""
    # «Nothing is wrong, but the invoice is missing»
    left = words("complaint").without(text, "no_fault")
    return any(asks(left, each) for each in _PUT_RIGHT) and words("orders").says(left, "paper_wrong", "paper_lacks")
