"""Hard-wrapped dumps: wrapped lines are joined, and nothing else is."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.intake.wrap import blocks_of

PARAGRAPHS = [
    "For forty weeks of the year, the deep end of the old baths at Millbrook holds no water and twenty-six musicians. "
    "The tiles, says the band's conductor, are the best acoustic in the county, and the rent is one pound a year.",
    "The council, which owns the building, charges the band one pound a year and a concert. The concert is held in "
    "July, with the audience in the shallow end, and the tubas in the deep one, where the echo lasts four seconds.",
]
MENU = [
    "Home",
    "News",
    "Sport",
    "Share this:",
    "Your email address will not be published. Required fields are marked *",
]


@pytest.mark.parametrize("width", [58, 66, 72, 80, 98])
def test_wrapped_paragraphs_are_joined_among_furniture(width: int) -> None:
    wrapped = [textwrap.wrap(paragraph, width, break_on_hyphens=False) for paragraph in PARAGRAPHS]
    lines = [*MENU[:3], "", *wrapped[0], "", *wrapped[1], "", *MENU[3:]]
    texts = [block.text for block in blocks_of(lines)]
    assert texts == [*MENU[:3], *PARAGRAPHS, *MENU[3:]]


@pytest.mark.parametrize(
    "lines",
    [
        PARAGRAPHS,
        MENU,
        ["- bread and butter", "- a pound of cheese", "- two bottles of milk", "- a newspaper"],
        ["> We do not resign our seats here,", "> we wait for fog to come to the bay.", "> It always comes in the end"],
        ["Shall I compare thee to a summer's day?", "Thou art more lovely and more temperate:"],
    ],
)
def test_lists_verses_menus_and_whole_paragraphs_stay_lines(lines: list[str]) -> None:
    assert [block.text for block in blocks_of(lines)] == lines


@given(st.lists(st.sampled_from([*PARAGRAPHS, *MENU, ""]), max_size=12), st.integers(40, 110))
def test_joining_twice_is_joining_once(paragraphs: list[str], width: int) -> None:
    lines = [line for text in paragraphs for line in [*textwrap.wrap(text, width, break_on_hyphens=False), ""]]
    once = [block.text for block in blocks_of(lines)]
    separated = [line for text in once for line in (text, "")]
    assert [block.text for block in blocks_of(separated)] == once
