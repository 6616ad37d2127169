"""Where a site and its feeds stand in the web."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urljoin


@dataclass(frozen=True, slots=True)
class Place:
    """Where a site stands, and where its feeds do."""

    site: str
    feeds: str

    def feed(self, path: str) -> str:
        """Return the address of the feed at `path`."""
        return urljoin(self.feeds, path)


def place_of(context: Mapping[str, Any]) -> Place:
    """Return where a site and its feeds stand, as Pelican's settings say."""
    site = str(context.get("SITEURL") or context.get("FEED_DOMAIN") or "").rstrip("/")
    return Place(site, f"{str(context.get('FEED_DOMAIN') or site).rstrip('/')}/")
