"""Writes a list of feeds as OPML 2.0 (opml.org/spec2.opml), which feed readers import."""

from __future__ import annotations

from collections.abc import Sequence

from lxml import etree

from copydesk.feeds.entry import Feed
from copydesk.render.escape import one_line, url


def opml(feeds: Sequence[Feed], title: str) -> bytes:
    """Return the list of `feeds` as OPML in UTF-8; `title` names the whole list."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = one_line(title)
    body = etree.SubElement(root, "body")
    for feed in feeds:
        etree.SubElement(body, "outline", _outline(feed))
    return bytes(etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True))


def _outline(feed: Feed) -> dict[str, str]:
    """Return what OPML tells of a feed; `type` is "rss" for every kind of feed."""
    return {
        "type": "rss",
        "text": one_line(feed.title),
        "title": one_line(feed.title),
        "description": one_line(feed.description),
        "xmlUrl": url(feed.self_url) or one_line(feed.self_url),
        "htmlUrl": url(feed.site_url) or one_line(feed.site_url),
        "language": one_line(feed.language),
    }
