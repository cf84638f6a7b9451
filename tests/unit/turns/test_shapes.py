"""The shape and the volume of a part by its told measures."""

import re

import pytest

from actions.turns.shapes import Shape, shape_of

TOLD = [
    ("90 utv 60 innv 110 lang", "", 0.389), ("OD 90 ID 60 L 110", "", 0.389), ("120/80x150", "", 0.942),
    ("Ø120/80 x 150", "", 0.942), ("utv 90, innv 60, lengde 110", "", 0.389), ("90 diameter, 60 hull, lengde 110", "", 0.389),
    ("utvendig diameter 90 innvendig diameter 60 lengde 110", "", 0.389), ("120x80x150", "foring", 0.942),
    ("140 od, 95 bore, 110 long, flange 180", "", 0.914), ("Außen 90 innen 60 Länge 110", "", 0.389),
    ("Ø100, wall 10, 200 long", "", 0.565), ("Ø90 x 40", "", 0.254), ("ø310, 60 tykk", "", 4.529),
    ("400x300x20", "plate", 2.4), ("l=300 b=200 h=20", "", 1.2), ("300 lang 200 bred 20 tykk", "", 1.2),
    ("Ø310", "", None), ("90 utv 60 innv", "", None), ("300x200", "", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "thing", "volume"), TOLD, ids=[each[0] for each in TOLD])
def test_measures_tell_a_volume_or_none(text: str, thing: str, volume: float | None) -> None:
    shape = shape_of(text, [float(each.replace(",", ".")) for each in re.findall(r"\d+(?:[.,]\d+)?", text)], thing)
    found = shape.volume if shape else None
    assert found == (pytest.approx(volume, abs=0.001) if volume else None)


def test_what_is_told_later_completes_a_shape() -> None:
    whole = Shape(outer=310.0).with_other(Shape(length=60.0))
    assert (whole.lacks, Shape(outer=310.0).lacks, Shape(inner=40.0).lacks) == (None, "length", "outer")
    assert Shape.load(whole.dump()) == whole
