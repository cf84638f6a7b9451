"""Smelt: the foundry's front desk, an assistant over the production database."""
