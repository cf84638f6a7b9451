"""``python -m bot.engine``: Rasa on loopback with our files, telemetry off before Rasa is imported."""

import os
import sys

from bot.common.settings import ROOT, settings
from bot.train import current_model


def main() -> None:
    """Run the Rasa server with the model it was given, or the one that fits the data. Exits when there is none."""
    given = settings().model
    model = given if given is not None and given.is_file() else current_model()
    if model is None:
        sys.exit("no trained model fits the data: run `make train`")
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    os.environ.setdefault("SMELT_ACTIONS_URL", f"http://127.0.0.1:{settings().actions_port}/webhook")
    sys.argv = [
        "rasa", "run", "-i", os.environ.get("ENGINE_HOST", "127.0.0.1"), "-p", str(settings().engine_port), "-m", str(model),
        "--endpoints", str(ROOT / "endpoints.yml"), "--credentials", str(ROOT / "credentials.yml"),
    ]  # fmt: skip
    from rasa.__main__ import main as rasa

    rasa()


if __name__ == "__main__":
    main()
