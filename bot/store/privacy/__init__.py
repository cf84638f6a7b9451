"""What is kept of people, given out and erased."""
