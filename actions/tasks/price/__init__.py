"""Task: price."""
