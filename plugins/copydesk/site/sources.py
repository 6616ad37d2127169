"""The sources that texts were scraped from, told apart by host, each with a page and by setting a feed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from copydesk.site.addresses import slugs_of_names


@dataclass(frozen=True, slots=True)
class Source:
    """A source: its host, the addresses of its page and feed in the site; empty where there is none."""

    name: str
    url: str
    feed: str = ""

    def __str__(self) -> str:
        """Return the host."""
        return self.name


def sources_of(articles: Iterable[Any], page: str, feed: str = "") -> list[tuple[Source, list[Any]]]:
    """Return each source with its articles, in order of their names; `page` and `feed` are paths with `{slug}`."""
    members: dict[str, list[Any]] = {}
    for article in articles:
        if article.copydesk.source_name:
            members.setdefault(article.copydesk.source_name, []).append(article)
    slugs = slugs_of_names(members)
    return [
        (Source(name, page.format(slug=slugs[name]), feed.format(slug=slugs[name])), own)
        for name, own in sorted(members.items())
    ]
