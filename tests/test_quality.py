"""The quality gate: cleaning by evidence alone stays above its floors, and no floor is lowered without a reason."""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "quality"))
from measure import FLOORS, crowded, measured, stories

DATA = tomllib.loads(FLOORS.read_text("utf-8"))


def test_figures_stay_above_their_floors() -> None:
    found = measured()
    assert found.keys() == DATA["floor"].keys()
    floors = {name: floor["least"] for name, floor in DATA["floor"].items()}
    below = {name: (value, floors[name]) for name, value in found.items() if value < floors[name]}
    assert not below, "cleaning got worse; a floor is lowered only with a reason, see tests/quality/floors.toml"


@pytest.mark.parametrize("name", DATA["floor"])
def test_no_floor_is_lowered_silently(name: str) -> None:
    floor = DATA["floor"][name]
    assert floor["least"] >= round(floor["best"] - DATA["slack"], 4) or floor.get("lowered")


def test_every_story_has_an_article_and_the_crowded_ones_much_furniture() -> None:
    plain = stories()
    assert len(plain) > 60
    assert all(len(story.article) > 2 for story in plain)
    assert all(sum(furniture for _, furniture in story.lines) >= 10 for story in crowded(plain))
