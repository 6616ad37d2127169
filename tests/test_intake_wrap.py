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


PRINTED = """\
The Harrow Bay Herald, 4 March 2026

Council reopens harbour line after nine
years of dispute
By Ann Hale
The council of Harrow Bay voted on Tuesday to reopen the old harbour line,
ending a dispute that lasted nine years and divided the town like few others
in all of its long history.
Members of both parties said that the trains would carry four thousand
passengers a day. The first of the stations will open in spring, the mayor
told reporters after the vote. Work on the bridge will take until the end.
A slow start
Nobody expects the line to earn money in its first year, and the company that
runs the ferries has asked for help, since it fears to lose a third of them:
• a railway ticket for the children of the harbour and the hills around
• two more boats on the day of the market

1

\fThe Harrow Bay Herald, 4 March 2026

The bus drivers want to know what becomes of their jobs when the first
train leaves the station at seven in the morning.

2

\f"""


def test_lines_of_a_printed_text_are_joined_to_paragraphs() -> None:
    texts = [block.text for block in blocks_of(PRINTED.split("\n"))]
    assert [text[:40] for text in texts] == [
        "The Harrow Bay Herald, 4 March 2026",
        "Council reopens harbour line after nine ",
        "By Ann Hale",
        "The council of Harrow Bay voted on Tuesd",
        "Members of both parties said that the tr",
        "A slow start",
        "Nobody expects the line to earn money in",
        "• a railway ticket for the children of t",
        "• two more boats on the day of the marke",
        "1",
        "The Harrow Bay Herald, 4 March 2026",
        "The bus drivers want to know what become",
        "2",
    ]
    assert texts[1].endswith("after nine years of dispute")
    assert texts[3].endswith("like few others in all of its long history.")


def test_a_form_feed_in_a_dump_of_whole_paragraphs_joins_nothing() -> None:
    lines = [*MENU, "\f", *PARAGRAPHS, *MENU, *PARAGRAPHS]
    assert [block.text for block in blocks_of(lines)] == [line for line in lines if line.strip()]
