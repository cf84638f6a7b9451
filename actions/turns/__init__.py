"""What an action sees of a message, and how it answers."""
