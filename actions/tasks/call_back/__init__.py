"""A wish to be rung."""
