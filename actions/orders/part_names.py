"""What one and the same casting is called, whichever language says it: ``same`` of ``data/words/part_names.yml``."""

import functools

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT


def names_alike(name: str) -> tuple[str, ...]:
    """Every name of the casting that is called this, in small letters; none when nobody else calls it otherwise."""
    return _by_name().get(name.casefold(), ())


@functools.lru_cache(maxsize=1)
def _by_name() -> dict[str, tuple[str, ...]]:
    groups = read_yaml(ROOT / "data" / "words" / "part_names.yml")["same"]
    return {str(name): tuple(map(str, names)) for names in groups for name in names}
