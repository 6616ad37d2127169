"""Feeds: the entries of RSS and Atom that hold their text, and of a blog's export those that it has published."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from copydesk.intake.bounded import read_whole
from copydesk.intake.html import around
from copydesk.intake.record import STORY

TEASER = 600
"""Letters of a feed's summary from which it can be the whole article."""

KIND, POST = "http://schemas.google.com/g/2005#kind", "http://schemas.google.com/blogger/2008/kind#post"
"""Scheme of the categories by which Blogger's export tells stories from pages, comments, settings and templates."""

_FEED = re.compile(rb"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,500}?-->\s*|<\?[^>]*\?>\s*)*<(?:rss|feed|rdf:RDF)[\s>]", re.S)


def is_feed(head: bytes) -> bool:
    """Tell a feed by its first bytes."""
    return _FEED.match(head.removeprefix(b"\xef\xbb\xbf")) is not None


def entries(stream: BinaryIO, most: int) -> Iterator[Mapping[str, Any]]:
    """Yield the entries of a feed as records; one that holds no more than a teaser has no page.

    Of an export only posts are, and no drafts (RFC 5023, section 13.1.1).
    """
    import feedparser

    for entry in feedparser.parse(read_whole(stream), sanitize_html=False, resolve_relative_uris=False).entries:
        kinds = {tag.get("term") for tag in entry.get("tags", ()) if tag.get("scheme") == KIND}
        if (kinds and POST not in kinds) or entry.get("app_draft", entry.get("draft")) == "yes":
            continue
        whole = [part.get("value", "") for part in entry.get("content", ())] or [entry.get("summary", "")]
        text = max(whole, key=len)
        yield {
            **({STORY: True, "topics": _labels(entry)} if kinds else {}),
            "html": page_around(text, whole=bool(entry.get("content"))),
            "title": entry.get("title", ""),
            "url": entry.get("link", ""),
            "authors": [author.get("name", "") for author in entry.get("authors", ())],
            "published": _iso(dict.get(entry, "published_parsed")),
            "updated": _iso(dict.get(entry, "updated_parsed")),
            "language": entry.get("language", ""),
        }


def page_around(text: str, whole: bool) -> str:
    """Return the page of an entry's text, `whole` or a summary; an empty text where it is no more than a teaser."""
    return around(text) if text and (whole or len(text) >= TEASER) else ""


def _labels(entry: Mapping[str, Any]) -> list[str]:
    """Return what a post of Blogger is listed under."""
    return [tag.get("term") or "" for tag in entry.get("tags", ()) if tag.get("scheme") != KIND]


def _iso(moment: Any) -> str:
    """Return a moment in UTC as ISO 8601."""
    return "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}+00:00".format(*moment[:6]) if moment else ""
