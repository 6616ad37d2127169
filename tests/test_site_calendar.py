"""The archive's months: every story on exactly one page, the newest first, months in a chain."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from copydesk.site.calendar import MonthLink, calendar_of


def story(day: date | None) -> Any:
    return SimpleNamespace(copydesk=SimpleNamespace(published=day))


@given(st.lists(st.none() | st.dates(date(1990, 1, 1), date(2030, 1, 1)), max_size=40))
def test_each_story_stands_on_one_page(days: list[date | None]) -> None:
    stories = [story(day) for day in days]
    pages = calendar_of(stories, "archive/{month}.html").pages()
    assert sorted(map(id, stories)) == sorted(id(each) for page in pages for each in page.stories)
    months = [page.day for page in pages if page.day]
    assert months == sorted(months, reverse=True)
    for page in pages:
        if page.day:
            assert page.path == f"archive/{page.day:%Y-%m}.html"
            assert [s.copydesk.published.day for s in page.stories] == sorted(
                (s.copydesk.published.day for s in page.stories), reverse=True
            )


def test_months_lead_to_the_nearest_that_have_stories() -> None:
    calendar = calendar_of(map(story, [date(2026, 3, 2), date(2024, 1, 9), None]), "{month}")
    newest, oldest, undated = calendar.pages()
    assert (newest.older, oldest.newer, oldest.older, newest.newer) == (
        MonthLink("2024-01", date(2024, 1, 1)),
        MonthLink("2026-03", date(2026, 3, 1)),
        None,
        None,
    )
    assert (undated.path, undated.older) == ("undated", None)
    assert [(year.number, year.count, len(year.months)) for year in calendar.years] == [(2026, 1, 12), (2024, 1, 12)]
