"""What every page shows of the whole site: its sections, its pages, and which lists there are.

Pages of many sites are of hundreds of sections; the largest are named on every page, the others in their list.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple


class PageLink(NamedTuple):
    """A page written by hand: its address below the site's, and its title as safe HTML."""

    url: str
    title: str


@dataclass(frozen=True, slots=True)
class Navigation:
    """Sections in the site's order, pages, and whether there are further sections, topics and authors.

    Every page depends on it, so that it holds no more than every page shows: a story that changes changes none of it.
    """

    sections: tuple[Any, ...]
    more_sections: bool
    pages: tuple[PageLink, ...]
    topics: bool
    authors: bool


def navigation_of(context: Mapping[str, Any], most: int) -> Navigation:
    """Return the navigation of a site that names `most` sections.

    `context` are the values that Pelican's generators give to templates.
    """
    sections = context["categories"]
    shown = _largest(sections, most)
    return Navigation(
        sections=tuple(section for section, _ in shown),
        more_sections=len(shown) < len(sections),
        pages=tuple(PageLink(page.url, page.title) for page in context["pages"]),
        topics=bool(context["tags"]),
        authors=bool(context["authors"]),
    )


def _largest(sections: Sequence[tuple[Any, Sequence[Any]]], most: int) -> Sequence[tuple[Any, Sequence[Any]]]:
    """Return the `most` sections with most stories, in their order.

    Numbers of stories are told apart by powers of two alone: one more story seldom changes what every page shows.
    """
    if len(sections) <= most:
        return sections
    ranks = sorted(range(len(sections)), key=lambda n: -len(sections[n][1]).bit_length())
    return [sections[n] for n in sorted(ranks[:most])]
