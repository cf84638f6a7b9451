"""The chat page a customer's browser runs: TypeScript in ``src/``, built by ``python -m bot.widget.build``."""
