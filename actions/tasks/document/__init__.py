"""Task: document."""
