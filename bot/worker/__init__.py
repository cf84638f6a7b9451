"""Delivers the outbox: mails to the sales desk and receipts to customers."""
