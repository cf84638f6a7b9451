"""Task: quote."""
