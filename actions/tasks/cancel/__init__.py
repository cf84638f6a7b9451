"""Task: cancel."""
