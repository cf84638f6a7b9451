"""«No er det rett»: the nynorsk and dialect word for now, which is a no to whoever reads English."""

import functools
import re

from bot.common.data_file import read_yaml
from bot.common.settings import ROOT


def with_now(text: str) -> str:
    """Write «nå» for a «no» that a Norwegian verb follows without a sign between; nothing in the text moves."""
    return _now().sub(lambda found: "Nå" if found[0][0].isupper() else "nå", text)


@functools.lru_cache(maxsize=1)
def _now() -> re.Pattern[str]:
    verbs = "|".join(map(re.escape, read_yaml(ROOT / "data" / "words" / "clauses.yml")["after_now"]))
    return re.compile(rf"(?<![\w-])no(?=[ \t]+(?:{verbs})(?!\w))", re.I)
