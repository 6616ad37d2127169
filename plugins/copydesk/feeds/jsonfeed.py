"""Writes feeds as JSON Feed 1.1 (jsonfeed.org/version/1.1), for readers that would rather not parse XML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

import msgspec

from copydesk.feeds.entry import Entry, Feed, Picture
from copydesk.feeds.syndication import moment
from copydesk.render.escape import one_line, plain, url

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"

_ENDING = re.compile(r"(?:\.(?:rss|atom))?\.(?:xml|rss|atom)$")


def json_path(path: str) -> str:
    """Return where the JSON Feed beside the RSS or Atom feed at `path` stands: `all.json` beside `all.rss.xml`."""
    return f"{_ENDING.sub('', path)}.json"


def json_feed(feed: Feed) -> bytes:
    """Return `feed` as JSON Feed 1.1 in UTF-8. `_copydesk` holds, as an extension, where each text came from."""
    hubs = [{"type": "WebSub", "url": feed.hub}] if feed.hub else []
    told: dict[str, object] = {
        "version": VERSION,
        "title": one_line(feed.title) or feed.site_url,
        "home_page_url": url(feed.site_url),
        "feed_url": url(feed.self_url),
        "description": one_line(feed.description),
        "language": one_line(feed.language),
        "next_url": url(feed.older or ""),
        "icon": url(feed.image or ""),
        "hubs": hubs,
    }
    record = {**_known(told), "items": [_item(entry) for entry in feed.entries]}
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def _item(entry: Entry) -> dict[str, object]:
    """Return an entry; one kind of content has to be there, so the summary is the text where the whole is not."""
    told: dict[str, object] = {
        "id": one_line(entry.id) or entry.url,
        "url": url(entry.url),
        "external_url": url(entry.source_url or ""),
        "title": one_line(entry.title),
        "content_html": plain(entry.content_html),
        "summary": one_line(entry.summary),
        "image": entry.picture.url if entry.picture else None,
        "attachments": [_attachment(entry.picture)] if entry.picture else [],
        "date_published": _stamp(entry.published),
        "date_modified": _stamp(entry.updated),
        "authors": [{"name": name} for name in map(one_line, entry.authors) if name],
        "tags": [tag for tag in map(one_line, entry.categories) if tag],
        "language": one_line(entry.language or ""),
        "_copydesk": _known({"about": VERSION, "source_name": one_line(entry.source_name or "")}),
    }
    if not entry.content_html:
        told["content_text"] = one_line(entry.summary) or one_line(entry.title)
    if not entry.source_name:
        del told["_copydesk"]
    return _known(told)


def _attachment(picture: Picture) -> dict[str, object]:
    return {"url": picture.url, "mime_type": picture.media_type, "size_in_bytes": picture.length}


def _stamp(value: date | datetime | None) -> str | None:
    """Return a moment as RFC 3339."""
    return moment(value).isoformat() if value else None


def _known(facts: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value}
