"""The list of feeds that readers import."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from lxml import etree

from copydesk.feeds.entry import Feed
from copydesk.feeds.opml import opml
from copydesk.render.escape import one_line
from newarticle import hostile_text


def feed(title: str, number: int = 1) -> Feed:
    own = f"https://news.example/feeds/{number}.xml"
    return Feed(f"urn:x:{number}", title, "https://news.example/", own, "About", "en", ())


def outlines(document: bytes) -> list[dict[str, Any]]:
    return [dict(outline.attrib) for outline in etree.fromstring(document).iter("outline")]


def test_each_feed_is_an_outline() -> None:
    assert outlines(opml([feed("All", 1), feed("World", 2)], "The Courier"))[1] == {
        "type": "rss",
        "text": "World",
        "title": "World",
        "description": "About",
        "xmlUrl": "https://news.example/feeds/2.xml",
        "htmlUrl": "https://news.example/",
        "language": "en",
    }


@given(hostile_text)
def test_any_title(text: str) -> None:
    written = opml([feed(text)], text)
    assert outlines(written)[0]["text"] == one_line(text)
    assert (etree.fromstring(written).findtext("head/title") or "") == one_line(text)
