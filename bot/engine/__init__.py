"""What Rasa loads: understanding, texts, tracker store and the channel that only ``web`` may call."""
