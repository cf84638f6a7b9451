"""What in the data files is the invented foundry's: production must not tell customers inventions."""

from actions.production.change_rules import change_rules
from actions.production.company import company
from actions.production.plant import plant


def invented_data() -> list[str]:
    """The data files that hold invented facts, as they are named in the repository."""
    found = {
        "data/company/facts.yml": company().invented(),
        "data/catalogue/plant.yml": plant().demo(),
        "data/catalogue/change_rules.yml": change_rules().invented(),
    }
    return [name for name, invented in found.items() if invented]
