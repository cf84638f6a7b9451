"""Task: change."""
