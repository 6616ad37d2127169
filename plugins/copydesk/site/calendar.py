"""The archive as a calendar: years, months and the stories without a date, each month a page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from operator import itemgetter
from typing import Any, NamedTuple

UNDATED = "undated"

Dated = dict[tuple[int, int], list[tuple[int, Any]]]
"""Stories by year and month, each with its day."""


class MonthLink(NamedTuple):
    """What a month's page knows of another: its address and first day."""

    path: str
    day: date | None


@dataclass(slots=True)
class Month:
    """A month's page: its address, first day (None for the undated) and stories, the newest first.

    `older` and `newer` are the nearest months that have stories.
    """

    path: str
    day: date | None
    stories: Sequence[Any] = ()
    older: MonthLink | None = None
    newer: MonthLink | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """A year with all its twelve months."""

    number: int
    months: tuple[Month, ...]

    @property
    def count(self) -> int:
        """Number of stories in the year."""
        return sum(len(month.stories) for month in self.months)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Years, the newest first, and the stories without a date."""

    years: tuple[Year, ...]
    undated: Month

    def pages(self) -> list[Month]:
        """Return the months that have a page, the newest first."""
        filled = [month for year in self.years for month in reversed(year.months) if month.stories]
        return [*filled, self.undated] if self.undated.stories else filled


def calendar_of(articles: Iterable[Any], path: str) -> Calendar:
    """Return the calendar of `articles` with pages at `path`, in which `{month}` stands for the month."""
    dated: Dated = {}
    undated: list[Any] = []
    for article in articles:
        day = article.copydesk.published
        if day:
            dated.setdefault((day.year, day.month), []).append((day.day, article))
        else:
            undated.append(article)
    years = tuple(_year(number, dated, path) for number in sorted({year for year, _ in dated}, reverse=True))
    calendar = Calendar(years, Month(path.format(month=UNDATED), None, undated))
    for newer, older in pairwise(month for month in calendar.pages() if month.day):
        newer.older, older.newer = MonthLink(older.path, older.day), MonthLink(newer.path, newer.day)
    return calendar


def _year(number: int, dated: Dated, path: str) -> Year:
    months = []
    for month in range(1, 13):
        within = sorted(dated.get((number, month), ()), key=itemgetter(0), reverse=True)
        stories = [article for _, article in within]
        months.append(Month(path.format(month=f"{number:04}-{month:02}"), date(number, month, 1), stories))
    return Year(number, tuple(months))
