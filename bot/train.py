"""``python -m bot.train``: train a model unless one already fits the data, the code and the catalogue.

Rasa's own fingerprint sees only a component's class source, so the name of the model carries our stamp.
"""

import hashlib
import logging
import os
import sys
import time
import warnings
from pathlib import Path

from bot.common.settings import ROOT

MODELS = ROOT / "models"
#: Everything a trained model depends on.
SOURCES = ("config.yml", "domain.yml", "data/nlu", "data/stories.yml", "data/anger/sentences.yml", "data/languages.yml", "data/catalogue",
           *(f"data/words/{subject}.yml" for subject in (
               "alloy_context", "amounts", "clauses", "clean", "clock_times", "codes", "contact_details", "dates", "feasts", "grammar",
               "numbers", "sizes", "small_words", "tables", "weeks")), "bot/common/words.py", "data/encoder", "bot/engine/nlu", "bot/engine/policy.py",
           "actions/production/catalogue.py", "actions/production/alloy_names.py", "actions/production/alloy_kinds.py")  # fmt: skip
#: Of files in folders, those with these endings.
SUFFIXES = (".yml", ".yaml", ".tsv", ".py", ".csv", ".json", ".onnx")


def stamp() -> str:
    """Digest of the files a model depends on."""
    digest = hashlib.sha256()
    for source in SOURCES:
        path = ROOT / source
        files = sorted(file for file in path.rglob("*") if file.suffix in SUFFIXES) if path.is_dir() else [path]
        for file in files:
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:16]


def current_model() -> Path | None:
    """The model that fits the files as they are, None when it has yet to be trained."""
    path = MODELS / f"smelt-{stamp()}.tar.gz"
    return path if path.exists() else None


def train() -> Path:
    """Train and return the model; models that no longer fit are removed."""
    os.environ["RASA_TELEMETRY_ENABLED"] = "false"
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    # Our own component answers faq/...; Rasa warns of a missing response selector at every training.
    warnings.filterwarnings("ignore", message=r"(?s).*response (phrase|selector)")
    warnings.filterwarnings("ignore", category=DeprecationWarning)  # of Rasa's pinned dependencies
    import rasa
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.WARNING)

    name = f"smelt-{stamp()}"
    result = rasa.train(
        domain=str(ROOT / "domain.yml"),
        config=str(ROOT / "config.yml"),
        training_files=[str(ROOT / "data" / "nlu"), str(ROOT / "data" / "stories.yml")],
        output=str(MODELS),
        fixed_model_name=name,
        force_training=True,
    )
    if result.model is None:
        sys.exit("training failed")
    for old in MODELS.glob("smelt-*.tar.gz"):
        if old.name != f"{name}.tar.gz":
            old.unlink()
    return Path(result.model)


def main() -> Path:
    """Train when needed, say how long it took, and return the model."""
    fitting = current_model()
    if fitting and "--force" not in sys.argv:
        print(f"model {fitting.name} fits the data")
        return fitting
    started = time.monotonic()
    print("training ...", flush=True)
    model = train()
    print(f"trained {model.name} in {time.monotonic() - started:.0f} s")
    return model


if __name__ == "__main__":
    main()
