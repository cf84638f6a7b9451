"""Task: quotation."""
