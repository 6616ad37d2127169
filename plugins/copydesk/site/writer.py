"""Pelican's writer with feeds of our own: full text, valid, with ids that survive corrections."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from pelican.plugins import signals
from pelican.utils import get_relative_path, path_to_url, sanitised_join
from pelican.writers import Writer

from copydesk.feeds.entry import Entry, Feed
from copydesk.feeds.syndication import atom, rss
from copydesk.render.html import safe_html
from copydesk.render.text import text_of_html
from copydesk.site.handwritten import NAMESPACE

FEED_STYLE = "css/feed.css"


class NewsWriter(Writer):  # type: ignore[misc]
    """Writes pages as Pelican does and feeds by Copydesk's feed adapter; all `*_FEED_*` settings keep their meaning."""

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
        """Write a feed of the articles `elements` to `path` (see pelican.writers.Writer.write_feed) and return it."""
        site = str(context.get("SITEURL") or context.get("FEED_DOMAIN") or "").rstrip("/")
        own = urljoin(f"{str(context.get('FEED_DOMAIN') or site).rstrip('/')}/", str(url or path))
        articles = list(elements)[: self.settings["FEED_MAX_ITEMS"]]
        full = feed_type != "rss" or not self.settings["RSS_FEED_SUMMARY_ONLY"]
        feed = Feed(
            id=uuid.uuid5(NAMESPACE, f"{context['SITENAME']}/{path or url}").urn,
            title=_title(context, feed_title),
            site_url=f"{site}/",
            self_url=own,
            description=str(context.get("SITESUBTITLE") or _title(context, feed_title)),
            language=str(self.settings["DEFAULT_LANG"]),
            entries=tuple(self._entry(article, site, full) for article in articles),
            stylesheet=self._stylesheet(path),
        )
        signals.feed_generated.send(context, feed=feed)
        if path:
            target = sanitised_join(self.output_path, path)
            Path(target).parent.mkdir(parents=True, exist_ok=True)
            with self._open_w(target, "utf-8", override_output) as file:
                file.write((rss(feed) if feed_type == "rss" else atom(feed)).decode())
            signals.feed_written.send(target, context=context, feed=feed)
        return feed

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
        )

    def _stylesheet(self, path: str | None) -> str | None:
        """Return the address of the theme's style sheet for feeds, relative to the feed; None where there is none."""
        folders = (Path(self.settings["THEME"], folder) for folder in self.settings["THEME_STATIC_PATHS"])
        if not path or not any((folder / FEED_STYLE).is_file() for folder in folders):
            return None
        return f"{path_to_url(get_relative_path(path))}/{self.settings['THEME_STATIC_DIR']}/{FEED_STYLE}"


def moment(value: date | datetime | None) -> datetime | None:
    """Return `value` as a moment with a zone; a day becomes its midnight in UTC."""
    if value is None:
        return None
    if not isinstance(value, datetime):
        value = datetime.combine(value, time())
    return value if value.tzinfo else value.replace(tzinfo=UTC)


def _title(context: dict[str, Any], feed_title: str | None) -> str:
    name = context["SITENAME"]
    return text_of_html(f"{name} - {feed_title}" if feed_title else name)


def _categories(article: Any) -> tuple[str, ...]:
    names = [article.category, *getattr(article, "tags", ())]
    return tuple(dict.fromkeys(text_of_html(str(name)) for name in names))


def _content(article: Any, site: str) -> str:
    facts = article.copydesk
    if facts.origin == "seed":
        return str(facts.feed_html)
    soup = BeautifulSoup(article._update_content(facts.feed_html, site), "html.parser")
    for name in ("href", "src"):
        for element in soup.find_all(None, {name: True}):
            element[name] = urljoin(f"{site}/{article.url}", str(element[name]))
    return safe_html(str(soup))
