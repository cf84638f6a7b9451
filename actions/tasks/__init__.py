"""One folder a task: what a customer can have done."""
