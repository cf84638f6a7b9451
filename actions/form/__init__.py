"""Asks what a task needs, fills in, reads back and sends."""
