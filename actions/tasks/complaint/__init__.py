"""Task: complaint."""
