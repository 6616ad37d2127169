"""Names and days that lines tell among other facts, also glued to other words."""

from __future__ import annotations

import pytest

from copydesk.cleaning.credits import authors, declared_names, named, told
from copydesk.cleaning.dates import days_told


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("By Ann HaleMarch 3, 2021No Comments", ("Ann Hale",)),
        ("Ann Hale 7 hours", ("Ann Hale",)),
        ("by Ann Hale—10 min read", ("Ann Hale",)),
        ("Written by Ann Hale, Tom Brandt, and Eva Kuhn", ("Ann Hale", "Tom Brandt", "Eva Kuhn")),
        ("Ann Hale avatar", ("Ann Hale",)),
        ("Picture of Ann Hale Ann Hale", ("Ann Hale",)),
        ("by annh", ("annh",)),
        ("한수진 기자", ("한수진",)),
        ("The harbour by night", ()),
        ("Get Started", ()),
        ("Request Info | Ann Hale", ("Ann Hale",)),
        ("Frequently Asked Questions", ()),
        ("By Harbour News", ("Harbour News",)),
    ],
)
def test_names_among_what_scrapes_leave_beside_them(text: str, names: tuple[str, ...]) -> None:
    assert told(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Hale", ("Ann Hale",)),
        ("Maria de los Santos", ("Maria de los Santos",)),
        ("Contact Us", ()),
        ("Budget Travel Guides", ()),
        ("By Ann Hale", ("Ann Hale",)),
        ("By admin", ()),
    ],
)
def test_entries_of_menus_are_no_names_without_a_marker(text: str, names: tuple[str, ...]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Ann Hale and Tom Brandt, Nairobi", ("Ann Hale", "Tom Brandt")),
        ("Ann Hale, Reuters", ("Ann Hale",)),
        ("Ann Hale, Tom Brandt", ("Ann Hale", "Tom Brandt")),
        ("Ann Hale, MS, RD", ("Ann Hale, MS, RD",)),
        ("Hale, Ann", ("Hale, Ann",)),
        ("Ann Hale", ("Ann Hale",)),
        ("By Ann Hale", ("Ann Hale",)),
        ("Von Anna Hall und Tom Brandt", ("Anna Hall", "Tom Brandt")),
        ("By Staff", ()),
        ("Ann Hale, Staff Writer", ("Ann Hale",)),
        ("Anna Hall und Tom Brandt, dpa", ("Anna Hall", "Tom Brandt")),
        ("Le Figaro et AFP", ("Le Figaro et AFP",)),
        ("BBC News", ("BBC News",)),
    ],
)
def test_names_that_a_page_declares_as_one(text: str, names: tuple[str, ...]) -> None:
    assert declared_names(text) == names


def test_functions_are_no_authors() -> None:
    assert authors("By Ann Hale, AP Sports Writer") == ("Ann Hale",)
    assert authors("By Ann Hale and Tom Brandt, Yomiuri Shimbun Staff Writers") == ("Ann Hale", "Tom Brandt")
    assert authors("By The Associated Press") == ("The Associated Press",)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("By Ann HaleMarch 3, 2021February 18, 2026No Comments", [("2021-03-03", False), ("2026-02-18", False)]),
        ("By Ann Hale | Updated on 19-Dec-2025", [("2025-12-19", True)]),
        ("Fri 5 Dec 2025 12.00 CETLast modified on Mon 8 Dec 2025", [("2025-12-05", False), ("2025-12-08", True)]),
        ("Jul. 11. 2025", [("2025-07-11", False)]),
        ("Remarch 3, 2021", []),
    ],
)
def test_days_that_a_scrape_put_right_behind_other_words(text: str, days: list[tuple[str, bool]]) -> None:
    assert [(str(day.when), day.updated) for day in days_told(text)] == days
