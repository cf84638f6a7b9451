"""The table of rooms in docs/architecture.md, written from what import-linter checks: ``python -m tests.rooms`` renews it."""

import re
import tomllib

from bot.common.settings import ROOT

PAGE = ROOT / "docs" / "architecture.md"
BEGIN, END = "<!-- rooms: written by python -m tests.rooms -->", "<!-- end of rooms -->"


def table() -> str:
    """A row for each contract of ``[tool.importlinter]`` that is about a room, and the layers in their order."""
    content = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = content["tool"]["importlinter"]["contracts"]
    rows = ["| room | what it is | may not touch |", "|---|---|---|"]
    layers = []
    for contract in contracts:
        if contract["type"] == "forbidden":
            room, _, meaning = contract["name"].partition(": ")
            rows.append(
                f"| `{room}/` | {meaning} | {', '.join(f'`{each}`' for each in contract['forbidden_modules'])} |"
            )
        elif contract["type"] == "layers":
            wings = " → ".join(f"`{each}`" for each in contract["layers"])
            layers.append(f"{contract['name']}: {wings}.")
        else:
            layers.append(f"{contract['name']}, in any room.")
    return "\n".join([*rows, "", *(f"- {each}" for each in layers)])


def renewed(page: str) -> str:
    """The page with the table as it has to be."""
    return re.sub(rf"{re.escape(BEGIN)}.*?{re.escape(END)}", f"{BEGIN}\n{table()}\n{END}", page, flags=re.S)


if __name__ == "__main__":
    PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
