"""The one way to read a YAML file of ours: words, texts, tables and parameters."""

from pathlib import Path
from typing import Any

import yaml

#: The same language read by libyaml where it is there: some ten times as fast.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> Any:
    """The content of a YAML file. Raises OSError and yaml.YAMLError."""
    return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)  # noqa: S506 - a safe loader, see above
