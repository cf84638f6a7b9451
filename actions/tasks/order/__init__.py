"""Task: order."""
