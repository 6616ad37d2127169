"""Writes feeds as RSS 2.0 and Atom 1.0; the one module that knows feedgen.

RSS follows rssboard.org/rss-specification and its Best Practices Profile, Atom RFC 4287. The same feed gives the same
bytes: every date comes from the entries, none from the clock.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from typing import Any

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from copydesk.feeds.corrections import EntryCorrections, FeedCorrections, with_hexadecimal_references
from copydesk.feeds.entry import Entry, Feed, Picture
from copydesk.render.escape import html_attribute, html_text, one_line, url, xml_text

GENERATOR = "Copydesk"
MINUTES_TO_LIVE = 60
"""How long a reader may wait before it asks for an RSS feed again."""

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
"""The time at which an Atom feed without entries was updated; Atom demands one."""

_LIKE_HTML = re.compile(r"<[A-Za-z/!?]|&#?\w+;")
"""Plain text that careless readers would take for HTML."""


def rss(feed: Feed) -> bytes:
    """Return `feed` as RSS 2.0 in UTF-8: the summary as description, the full text as content:encoded.

    Where the day of publication is not known, pubDate tells when the entry appeared in the feed: readers sort by it.
    """
    generator = _generator(feed)
    generator.load_extension("dc", atom=False)
    generator.description(one_line(feed.description) or _title(feed))
    generator.ttl(MINUTES_TO_LIVE)
    if feed.image:
        generator.image(url=_address(feed.image))
    if feed.entries:
        generator.pubDate(max(map(_appeared, feed.entries)))
    for entry in feed.entries:
        _item(generator, entry)
    return with_hexadecimal_references(generator.rss_str(pretty=True))


def atom(feed: Feed) -> bytes:
    """Return `feed` as Atom 1.0 in UTF-8; its author is the site, for entries that have none."""
    generator = _generator(feed)
    generator.subtitle(one_line(feed.description) or None)
    generator.author({"name": _title(feed), "uri": _address(feed.site_url)})
    if feed.image:
        generator.logo(_address(feed.image))
    for entry in feed.entries:
        _atom_entry(generator, entry)
    return bytes(generator.atom_str(pretty=True))


def _generator(feed: Feed) -> Any:
    generator: Any = FeedGenerator()
    generator.register_extension("copydesk", FeedCorrections, EntryCorrections)
    generator.id(_address(feed.id))
    generator.title(_title(feed))
    # The link that is given last becomes the channel's own in RSS: it has to be the site's.
    generator.link(href=_address(feed.self_url), rel="self")
    generator.link(href=_address(feed.site_url), rel="alternate", type="text/html")
    generator.language(one_line(feed.language) or None)
    generator.generator(GENERATOR)
    generator.rights(one_line(feed.rights or "") or None)
    generator.updated(max((moment(entry.updated) for entry in feed.entries), default=EPOCH))
    generator.copydesk.undated = not feed.entries
    generator.copydesk.links = tuple(_feed_links(feed))
    generator.copydesk.archived = bool(feed.current)
    generator.copydesk.pictures = any(entry.picture for entry in feed.entries)
    generator.copydesk.withdrawn = tuple((gone.id, moment(gone.when).isoformat()) for gone in feed.withdrawn)
    if feed.stylesheet:
        generator.copydesk.stylesheet = html_attribute(_address(feed.stylesheet)).replace("?>", "%3F%3E")
    return generator


def _feed_links(feed: Feed) -> Iterable[dict[str, str]]:
    """Yield the feed's further links, as both formats write them."""
    told = (("hub", feed.hub), ("current", feed.current), ("prev-archive", feed.older), ("next-archive", feed.newer))
    for rel, address in told:
        if address:
            yield {"rel": rel, "href": _address(address)}


def _item(generator: Any, entry: Entry) -> None:
    item = _entry(generator, entry)
    item.description(html_text(one_line(entry.summary)) or None)
    if entry.content_html:
        item.content(xml_text(entry.content_html))
    if authors := _texts(entry.authors):
        item.dc.dc_creator(authors)
    if entry.language:
        item.dc.dc_language(one_line(entry.language))
    if source := url(entry.source_url or ""):
        item.dc.dc_source(source)
    if entry.picture:
        item.enclosure(entry.picture.url, str(entry.picture.length), entry.picture.media_type)
        item.copydesk.picture = _media(entry.picture)
    item.copydesk.updated = moment(entry.updated).isoformat()
    item.pubDate(_appeared(entry))


def _appeared(entry: Entry) -> datetime:
    return moment(entry.published or entry.appeared or entry.updated)


def _atom_entry(generator: Any, entry: Entry) -> None:
    item = _entry(generator, entry)
    item.updated(moment(entry.updated))
    if entry.published:
        item.published(moment(entry.published))
    if entry.content_html:
        item.content(xml_text(entry.content_html), type="html")
    if summary := one_line(entry.summary):
        item.summary(*((html_text(summary), "html") if _LIKE_HTML.search(summary) else (summary, "text")))
    if _LIKE_HTML.search(entry.title):
        item.copydesk.title_html = html_text(one_line(entry.title))
    if entry.picture:
        item.copydesk.links = (*item.copydesk.links, _enclosure(entry.picture))
    if authors := _texts(entry.authors):
        item.author([{"name": name} for name in authors])


def _entry(generator: Any, entry: Entry) -> Any:
    item: FeedEntry = generator.add_entry(order="append")
    item.guid(_address(entry.id) or _address(entry.url), permalink=False)
    item.title(one_line(entry.title) or _address(entry.url))
    item.link(href=_address(entry.url), rel="alternate")
    for name in _texts(entry.categories):
        item.category(term=name)
    item.copydesk.links = tuple(_links(entry))
    item.copydesk.language = one_line(entry.language or "") or None
    return item


def _links(entry: Entry) -> Iterable[dict[str, str]]:
    yield {"rel": "alternate", "type": "text/html", "href": _address(entry.url)}
    if source := url(entry.source_url or ""):
        title = one_line(entry.source_name or "")
        yield {"rel": "via", "href": source, **({"title": title} if title else {})}


def _enclosure(picture: Picture) -> dict[str, str]:
    """Return a picture as an Atom link."""
    return {"rel": "enclosure", "href": picture.url, "type": picture.media_type, "length": str(picture.length)}


def _media(picture: Picture) -> dict[str, str]:
    """Return a picture as Media RSS tells it (rssboard.org/media-rss)."""
    return {"url": picture.url, "type": picture.media_type, "fileSize": str(picture.length), "medium": "image"}


def _title(feed: Feed) -> str:
    """Return a title in any case, since both formats demand one."""
    return one_line(feed.title) or _address(feed.site_url)


def _texts(texts: Iterable[str]) -> list[str]:
    """Return the texts that are not empty, each once, in order."""
    return [text for text in dict.fromkeys(map(one_line, texts)) if text]


def _address(address: str) -> str:
    """Return an address as it may stand in a feed; relative ones and names (urn:) stay as they are."""
    return url(address) or one_line(address)


def moment(value: date | datetime) -> datetime:
    """Return a day (its midnight) or moment in UTC, to the second; what has no zone is taken to be UTC."""
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    value = value.replace(microsecond=0)
    try:
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    except OverflowError:  # the first and the last day of the calendar
        return value.replace(tzinfo=UTC)
