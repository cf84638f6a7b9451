"""Who answers now and every message: models and rules of Smelt's own database. No Rasa, no HTTP."""
