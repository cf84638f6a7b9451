"""Capacity, lead times and what can be cast."""
