"""What a message puts right in a running request: a file a subject, asked one after the other by ``put_right``."""
