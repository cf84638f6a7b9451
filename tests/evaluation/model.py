"""The trained component without the rest of Rasa: what evaluation and tests of understanding run."""

import tarfile
import tempfile
from pathlib import Path

from bot.engine.nlu.component import Understanding
from bot.engine.nlu.linear import LinearText
from bot.train import current_model, train


def load_understanding() -> Understanding:
    """The component of the model that fits the data; trained first when there is none."""
    model = current_model() or train()
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(model) as archive:
            archive.extractall(folder, filter="data")
        found = next(Path(folder).rglob("intents.npz")).parent
        learnt = [LinearText.load(found, name) for name in ("intents", "languages", "moods")]
    return Understanding(Understanding.get_default_config(), None, None, *learnt)  # type: ignore[arg-type]
