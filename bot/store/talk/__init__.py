"""What was said, and who answers now."""
