"""Largest pours, weights, sizes and walls."""

import pytest

from actions.production.catalogue import catalogue
from actions.production.limits import (
    NotMeltedError,
    fits,
    inner_box,
    judge,
    judge_wall,
    largest_casting,
    line_for,
    pour_limit,
    wall,
)
from actions.production.plant import load, plant


@pytest.mark.parametrize(
    ("group", "kg", "furnaces"),
    [
        ("AL-SiMg", 740, ("F1", "F2")), ("AL-SiMg-lowFe", 740, ("F1", "F2")), ("AL-Si", 740, ("F1", "F2")),
        ("AL-Mg", 270, ("F2",)), ("AL-SiMg-sec", 270, ("F2",)), ("CU-GUN", 570, ("F3",)), ("CU-SN", 570, ("F3",)),
        ("CU-AB", 285, ("F4",)), ("CU-BRASS", 95, ("F5",)),
    ],
)  # fmt: skip
def test_largest_pour(group: str, kg: float, furnaces: tuple[str, ...]) -> None:
    limit = pour_limit(plant(), group)
    assert limit
    assert (limit.kg, limit.furnaces) == (kg, furnaces)


def test_every_alloy_of_the_catalogue_has_a_furnace_and_a_melt_loss() -> None:
    for alloy in catalogue().alloys.values():
        assert pour_limit(plant(), alloy.melt_group), alloy.designation
        assert alloy.melt_group in plant().melting.melt_loss


def test_an_unknown_group_is_not_melted() -> None:
    assert pour_limit(plant(), "FE-CAST") is None


def test_a_weight_on_the_limit_is_possible_and_above_is_not() -> None:
    bronze = catalogue()["CC333G"]
    assert largest_casting(plant(), bronze) == pytest.approx(142.5)
    assert judge(plant(), bronze, 142.5).possible
    assert not judge(plant(), bronze, 143).possible
    assert judge(plant(), bronze, 285, poured=True).possible
    assert not judge(plant(), bronze, 286, poured=True).possible


def test_the_line_may_say_no_before_the_furnace() -> None:
    verdict = judge(plant(), catalogue()["CC491K"], 360)
    assert verdict.poured_kg < 570
    assert verdict.by_line


def test_an_alloy_without_furnace_raises() -> None:
    melting = plant().melting.copy(update={"furnaces": ()})
    with pytest.raises(NotMeltedError):
        judge(plant().copy(update={"melting": melting}), catalogue()["CC491K"], 10)


def test_sizes_fit_in_any_order() -> None:
    line = plant().line("B")
    assert line
    assert inner_box(plant(), line) == (850, 800, 600)
    assert fits(plant(), line, [600, 850, 800])
    assert not fits(plant(), line, [850, 800, 601])
    assert fits(plant(), line, [850])


def test_the_smallest_line_that_takes_weight_and_size() -> None:
    assert [getattr(line_for(plant(), "copper", kg), "id", None) for kg in (10, 26, 251, 351)] == ["A", "B", "C", None]
    assert getattr(line_for(plant(), "copper", 10, [700]), "id", None) == "B"


def test_walls() -> None:
    limits = wall(plant(), catalogue()["EN AC-42000"], "aluminium")
    assert [judge_wall(limits, size) for size in (3.9, 4, 4.9, 5)] == ["no", "review", "review", "yes"]
    assert judge_wall(wall(plant(), catalogue()["CC333G"], "copper"), 5.5) == "no"


def test_every_section_names_its_source_and_the_demo_is_known_as_such() -> None:
    fresh = load()
    assert all(getattr(fresh, name).source for name in fresh.__fields__)
    assert fresh.demo()
