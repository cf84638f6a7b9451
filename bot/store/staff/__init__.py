"""Accounts and sign-ins of the sales desk."""
