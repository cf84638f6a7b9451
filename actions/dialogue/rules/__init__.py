"""The rules that decide what a message and each of its units mean, by their subject; the docstring of a rule is the reason that is kept."""
