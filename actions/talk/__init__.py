"""The company, people and small talk."""
