"""What every process shares: settings, the clock, signatures and the texts. Plain Python, light to import."""
