"""JSON Feed 1.1: the same facts as the other formats, by the rules of jsonfeed.org, whatever the texts hold."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import feedparser
import pytest
from hypothesis import given

from copydesk.feeds.entry import Entry, Feed
from copydesk.feeds.jsonfeed import VERSION, json_feed, json_path
from copydesk.feeds.syndication import atom
from copydesk.model import Article
from copydesk.render.escape import plain
from copydesk.render.html import feed_html
from newarticle import articles, hostile_text

ENTRY = Entry(
    id="urn:uuid:00000000-0000-5000-8000-000000000001",
    url="https://news.example/a.html",
    title="Bread & butter",
    authors=("Ann Lee", "Bo Ek"),
    categories=("World", "Bread"),
    language="de",
    summary="What it says.",
    content_html="<p>What it says, &amp; more.</p>",
    published=datetime(2026, 3, 2, 12, tzinfo=UTC),
    updated=datetime(2026, 3, 3, 12, tzinfo=UTC),
    source_name="origin.example",
    source_url="https://origin.example/1",
)
FEED = Feed(
    id="urn:uuid:00000000-0000-5000-8000-0000000000ff",
    title="The Courier",
    site_url="https://news.example/",
    self_url="https://news.example/feeds/all.json",
    description="News, cleaned and kept",
    language="en",
    entries=(ENTRY,),
    hub="https://hub.example/",
    older="https://news.example/feeds/all-archive-1.json",
)


def record(feed: Feed) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(json_feed(feed))
    return found


def test_all_facts() -> None:
    assert record(FEED) == {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "The Courier",
        "home_page_url": "https://news.example/",
        "feed_url": "https://news.example/feeds/all.json",
        "description": "News, cleaned and kept",
        "language": "en",
        "next_url": "https://news.example/feeds/all-archive-1.json",
        "hubs": [{"type": "WebSub", "url": "https://hub.example/"}],
        "items": [
            {
                "id": "urn:uuid:00000000-0000-5000-8000-000000000001",
                "url": "https://news.example/a.html",
                "external_url": "https://origin.example/1",
                "title": "Bread & butter",
                "content_html": "<p>What it says, &amp; more.</p>",
                "summary": "What it says.",
                "date_published": "2026-03-02T12:00:00+00:00",
                "date_modified": "2026-03-03T12:00:00+00:00",
                "authors": [{"name": "Ann Lee"}, {"name": "Bo Ek"}],
                "tags": ["World", "Bread"],
                "language": "de",
                "_copydesk": {"about": VERSION, "source_name": "origin.example"},
            }
        ],
    }


def test_nothing_is_told_that_is_not_known() -> None:
    bare = replace(ENTRY, authors=(), categories=(), language=None, published=None, source_name=None, source_url=None)
    item = record(replace(FEED, entries=(bare,), hub=None, older=None))["items"][0]
    assert not {"authors", "tags", "language", "date_published", "external_url", "_copydesk"} & set(item)


def test_an_item_always_has_content() -> None:
    item = record(replace(FEED, entries=(replace(ENTRY, content_html=""),)))["items"][0]
    assert "content_html" not in item
    assert item["content_text"] == "What it says."


def test_an_address_that_could_run_is_left_out() -> None:
    item = record(replace(FEED, entries=(replace(ENTRY, source_url="javascript:alert(1)"),)))["items"][0]
    assert "external_url" not in item


@given(hostile_text, hostile_text)
def test_it_tells_what_atom_tells(title: str, summary: str) -> None:
    feed = replace(FEED, entries=(replace(ENTRY, title=title or "x", summary=summary),))
    item = record(feed)["items"][0]
    other = feedparser.parse(atom(feed)).entries[0]
    assert item["id"] == other.id
    assert (item["date_modified"][:19], item["url"]) == (other.updated[:19], other.link)


@pytest.mark.parametrize(
    ("path", "beside"),
    [
        ("feeds/all.rss.xml", "feeds/all.json"),
        ("feeds/all.atom.xml", "feeds/all.json"),
        ("feeds/all-archive-2.atom.xml", "feeds/all-archive-2.json"),
        ("feed.xml", "feed.json"),
        ("feeds/rss", "feeds/rss.json"),
    ],
)
def test_paths(path: str, beside: str) -> None:
    assert json_path(path) == beside


@given(articles())
def test_the_whole_text_comes_along_block_by_block(article: Article) -> None:
    html = feed_html(article)
    item = record(replace(FEED, entries=(replace(ENTRY, content_html=html),)))["items"][0]
    assert item.get("content_html", "") == plain(html)
