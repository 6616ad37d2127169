"""Pelican's writer with feeds of our own: full text, valid, with ids that survive corrections."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from bs4 import BeautifulSoup
from pelican.plugins import signals
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import Writer

from copydesk.feeds.archive import archive_path, parted
from copydesk.feeds.entry import Entry, Feed, Picture, Withdrawn
from copydesk.feeds.jsonfeed import json_feed, json_path
from copydesk.feeds.syndication import atom, rss
from copydesk.render.html import safe_html
from copydesk.render.text import text_of_html
from copydesk.settings import BUILD, Settings
from copydesk.site.days import moment
from copydesk.site.documents import Documents
from copydesk.site.handwritten import NAMESPACE
from copydesk.site.pages import in_theme
from copydesk.site.pictures import OwnPicture
from copydesk.site.reading import code_digest
from copydesk.store import key_of

LIBRARIES = ("feedgen", "lxml", "nh3")
"""Libraries that have a say in what a feed looks like."""

FEED_STYLE, FEED_IMAGE = "css/feed.css", "icon-144.png"
"""Files of the theme; RSS takes no picture of more than 144 pixels."""


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


class NewsWriter(Writer):  # type: ignore[misc]
    """Writes pages as Pelican does and feeds by Copydesk's feed adapter; all `*_FEED_*` settings keep their meaning."""

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        """Begin with no feed written."""
        super().__init__(output_path, settings)
        self._build: Settings = settings[BUILD].settings
        self._documents: Documents = settings[BUILD].documents
        self._json_written: set[str] = set()

    def write_feed(
        self,
        elements: Sequence[Any],
        context: dict[str, Any],
        path: str | None = None,
        url: str | None = None,
        feed_type: str = "atom",
        override_output: bool = False,
        feed_title: str | None = None,
    ) -> Feed:
        """Write a feed of the articles `elements` to `path` (see pelican.writers.Writer.write_feed) and return it.

        What does not go into it stands in archived feeds beside it, and all of it in a JSON Feed, too.
        """
        place = place_of(context)
        address = place.feed(str(url or path))
        full = feed_type != "rss" or not self.settings["RSS_FEED_SUMMARY_ONLY"]
        feed = Feed(
            id=uuid.uuid5(NAMESPACE, f"{context['SITENAME']}/{path or url}").urn,
            title=_title(context, feed_title),
            site_url=f"{place.site}/",
            self_url=address,
            description=str(context.get("SITESUBTITLE") or _title(context, feed_title)),
            language=str(self.settings["DEFAULT_LANG"]),
            entries=tuple(self._entry(article, place.site, full) for article in elements),
            stylesheet=self._stylesheet(path),
            hub=self._build.hub or None,
            rights=self._build.rights or None,
            image=self._image(place.site),
            withdrawn=_withdrawn(context)
            if path in (self.settings.get("FEED_ALL_ATOM"), self.settings.get("FEED_ALL_RSS"))
            else (),
        )
        documents = list(_documents(feed, path, place, self.settings["FEED_MAX_ITEMS"]))
        signals.feed_generated.send(context, feed=documents[0][1])
        for target, document in documents:
            if target:
                self._write(target, document, feed_type, override_output)
                signals.feed_written.send(sanitised_join(self.output_path, target), context=context, feed=document)
        return documents[0][1]

    def _write(self, path: str, feed: Feed, feed_type: str, override: bool) -> None:
        """Write one feed to `path`, and beside it, once, the same as a JSON Feed."""
        formats = {path: rss if feed_type == "rss" else atom}
        beside = json_path(path)
        if self._build.json_feeds and beside not in self._json_written and any(e.content_html for e in feed.entries):
            self._json_written.add(beside)
            formats[beside] = json_feed
        for name, write in formats.items():
            target = sanitised_join(self.output_path, name)
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            told = (
                replace(feed, self_url=_renamed(feed.self_url), older=_renamed(feed.older))
                if write is json_feed
                else feed
            )
            made_from = key_of(code_digest(LIBRARIES), write.__name__, repr(told))
            data = self._documents.of(name, made_from, partial(write, told))
            with self._open_w(target, "utf-8", override) as file:
                file.write(data.decode())

    def _entry(self, article: Any, site: str, full: bool) -> Entry:
        facts = article.copydesk
        link = f"{site}/{article.url}"
        return Entry(
            id=facts.id,
            url=f"{link}?ref=feed" if self.settings["FEED_APPEND_REF"] else link,
            title=text_of_html(article.title),
            authors=facts.authors,
            categories=_categories(article),
            language=facts.language,
            summary=facts.summary,
            content_html=_content(article, site) if full else "",
            published=moment(facts.published),
            updated=moment(facts.updated) or moment(facts.published) or facts.first_seen,
            source_name=facts.source_name,
            appeared=facts.first_seen,
            source_url=facts.provenance.url if facts.provenance else None,
            picture=_picture(facts.picture, site) if full else None,
        )

    def _image(self, site: str) -> str | None:
        """Return the address of the theme's picture of the site for RSS, None where there is none."""
        there = bool(site) and in_theme(self.settings, FEED_IMAGE)
        return f"{site}/{self.settings['THEME_STATIC_DIR']}/{FEED_IMAGE}" if there else None

    def _stylesheet(self, path: str | None) -> str | None:
        """Return the address of the theme's style sheet for feeds, relative to the feed; None where there is none."""
        if not path or not in_theme(self.settings, FEED_STYLE):
            return None
        return f"{path_to_url(get_relative_path(path))}/{self.settings['THEME_STATIC_DIR']}/{FEED_STYLE}"


def _documents(feed: Feed, path: str | None, place: Place, most: int | None) -> Iterator[tuple[str | None, Feed]]:
    """Yield path and feed: the one to subscribe to, then the archived ones, the oldest first (RFC 5005, section 4)."""
    parts = parted(feed.entries, most)
    if not path or not parts.archives:
        yield path, replace(feed, entries=parts.newest)
        return
    paths = [archive_path(path, number) for number in range(1, len(parts.archives) + 1)]
    addresses = [place.feed(name) for name in paths]
    yield path, replace(feed, entries=parts.newest, older=addresses[-1])
    for number, entries in enumerate(parts.archives):
        yield (
            paths[number],
            replace(
                feed,
                entries=entries,
                self_url=addresses[number],
                current=feed.self_url,
                older=addresses[number - 1] if number else None,
                newer=addresses[number + 1] if number + 1 < len(paths) else None,
                withdrawn=(),
            ),
        )


def _picture(own: OwnPicture | None, site: str) -> Picture | None:
    return Picture(f"{site}/{quote(own.path)}", own.media_type, own.length, own.alt) if own and site else None


def _withdrawn(context: dict[str, Any]) -> tuple[Withdrawn, ...]:
    """Return the articles that were taken back."""
    gone = [
        article.copydesk for article in context.get("hidden_articles", ()) if article.copydesk.status == "withdrawn"
    ]
    return tuple(
        Withdrawn(facts.id, moment(facts.updated) or facts.first_seen)
        for facts in sorted(gone, key=lambda facts: facts.id)
    )


def _renamed(address: str | None) -> str:
    """Return the address of the JSON Feed beside a feed."""
    return json_path(address) if address else ""


def _title(context: dict[str, Any], feed_title: str | None) -> str:
    name = context["SITENAME"]
    return text_of_html(f"{name} - {feed_title}" if feed_title else name)


def _categories(article: Any) -> tuple[str, ...]:
    names = [article.category, *getattr(article, "tags", ())]
    return tuple(dict.fromkeys(text_of_html(str(name)) for name in names))


def _content(article: Any, site: str) -> str:
    if article.copydesk.origin == "seed":
        return str(article.feed_html())
    soup = BeautifulSoup(article._update_content(article.copydesk_feed_html, site), "html.parser")
    for name in ("href", "src"):
        for element in soup.find_all(None, {name: True}):
            element[name] = urljoin(f"{site}/{article.url}", str(element[name]))
    return safe_html(str(soup))
