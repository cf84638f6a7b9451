"""The trained component without the rest of Rasa: what evaluation and tests of understanding run."""

import tarfile
import tempfile
from pathlib import Path

from bot.engine.nlu.component import Understanding
from bot.engine.nlu.learning import Learnt
from bot.train import current_model, train


def load_understanding() -> Understanding:
    """The component of the model that fits the data; trained first when there is none."""
    model = current_model() or train()
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(model) as archive:
            archive.extractall(folder, filter="data")
        learnt = Learnt.load(next(Path(folder).rglob("acts.json")).parent)
    return Understanding(Understanding.get_default_config(), None, None, learnt)  # type: ignore[arg-type]
