"""Orders that stand: status, lists, dates, prices in words."""
