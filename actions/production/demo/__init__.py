"""The invented plant: customers, parts, orders and load that obey how a sand foundry works. No real company or person."""

from actions.production.demo.papers import write_papers
from actions.production.demo.seeding import NotADemoError, fits, seed

__all__ = ["NotADemoError", "fits", "seed", "write_papers"]
