"""What every page shows of the whole site: its sections, its pages, and which lists there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple


class PageLink(NamedTuple):
    """A page written by hand: its address below the site's, and its title as safe HTML."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Navigation:
    """Sections in the site's order, pages, and whether there are topics and authors.

    Every page depends on it, so that it holds no more than every page shows: a story that changes changes none of it.
    """

    sections: tuple[Any, ...]
    pages: tuple[PageLink, ...]
    topics: bool
    authors: bool


def navigation_of(context: Mapping[str, Any]) -> Navigation:
    """Return the navigation of a site; `context` are the values that Pelican's generators give to templates."""
    return Navigation(
        sections=tuple(section for section, _ in context["categories"]),
        pages=tuple(PageLink(page.url, page.title) for page in context["pages"]),
        topics=bool(context["tags"]),
        authors=bool(context["authors"]),
    )
