"""The files of a feed: the one to subscribe to, archived ones for what is older, and the same as JSON Feeds.

What a file would say is told by its articles' digests; their texts are read where it has to be written.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from urllib.parse import quote

from pelican.utils import get_relative_path, path_to_url

from copydesk.feeds.archive import Parts, archive_path, parted
from copydesk.feeds.entry import Entry, Feed, Picture, Withdrawn
from copydesk.feeds.jsonfeed import json_feed, json_path
from copydesk.feeds.syndication import atom, rss
from copydesk.render.html import with_whole_links
from copydesk.render.text import text_of_html
from copydesk.settings import BUILD, Settings
from copydesk.site.code import code_digest
from copydesk.site.days import moment
from copydesk.site.deferred import DeferredArticle
from copydesk.site.digests import article_told, articles_told
from copydesk.site.handwritten import NAMESPACE
from copydesk.site.kept import Kept
from copydesk.site.newsroom import SeedArticle
from copydesk.site.pages import in_theme
from copydesk.site.pictures import OwnPicture
from copydesk.site.place import Place, place_of
from copydesk.site.reads import Depth
from copydesk.store import key_of

LIBRARIES = ("feedgen", "lxml", "nh3")
"""Libraries that have a say in what a feed looks like."""

FEED_STYLE, FEED_IMAGE = "css/feed.css", "icon-144.png"
"""Files of the theme; RSS takes no picture of more than 144 pixels."""

SITE_FEEDS = ("FEED_ALL_ATOM", "FEED_ALL_RSS", "FEED_ATOM", "FEED_RSS")
"""Pelican's settings that name feeds of the whole site."""


class Item(NamedTuple):
    """An article in a feed, its permanent id, and the size of its entry in bytes."""

    article: Any
    id: str
    size: int


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A feed with the articles that stand in it; `path` is None for one that is not written.

    `feed` has no entries yet, `told` stands for all that the file is made from. `full` tells whether entries have the
    articles' texts.
    """

    path: str | None
    feed: Feed
    items: tuple[Item, ...]
    told: str
    site: str
    append_ref: bool
    full: bool

    def made_from(self, forms: Mapping[str, str]) -> dict[str, str]:
        """Return, by path, what stands for all that the file is made from in each of the feed formats."""
        return {path: key_of(form, self.told) for path, form in forms.items()}

    def complete(self) -> Feed:
        """Return the feed with its entries."""
        return replace(self.feed, entries=tuple(self._entry(item.article) for item in self.items))

    def _entry(self, article: Any) -> Entry:
        facts = article.copydesk
        link = f"{self.site}/{article.url}"
        return Entry(
            id=facts.id,
            url=f"{link}?ref=feed" if self.append_ref else link,
            title=text_of_html(article.title),
            authors=facts.authors,
            categories=_categories(article),
            language=facts.language,
            summary=facts.summary,
            content_html=_content(article, self.site) if self.full else "",
            published=moment(facts.published),
            updated=moment(facts.updated) or moment(facts.published) or facts.first_seen,
            source_name=facts.source_name,
            appeared=facts.first_seen,
            source_url=facts.provenance.url if facts.provenance else None,
            picture=_picture(facts.picture, self.site) if self.full else None,
        )


def written(feed: Feed, form: str) -> bytes:
    """Return a feed in one of the formats: "rss", "atom" or "json"."""
    if form == "json":
        return json_feed(replace(feed, self_url=_renamed(feed.self_url), older=_renamed(feed.older)))
    return rss(feed) if form == "rss" else atom(feed)


class Asked(NamedTuple):
    """A feed that Pelican asks for: its articles (newest first), the site's values, where it is to stand and is called.

    `kind` is "rss" or "atom", `title` the feed's own name, empty for the site's.
    """

    articles: Sequence[Any]
    context: Mapping[str, Any]
    path: str | None
    url: str | None
    kind: str
    title: str


class FeedDesk:
    """Lays out the feeds of one build."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        """Take Pelican's settings."""
        self._settings = settings
        self._own: Settings = settings[BUILD].settings
        self._kept: Kept = settings[BUILD].kept
        self._circumstances = key_of(code_digest(LIBRARIES), settings[BUILD].circumstances)
        self._last: tuple[Sequence[Any], str, bool, Parts[Item]] | None = None
        self._told: dict[tuple[int, bool], tuple[Sequence[Any], str]] = {}
        self._has_style, self._has_image = in_theme(settings, FEED_STYLE), in_theme(settings, FEED_IMAGE)

    def made_from(self, asked: Asked) -> str:
        """Return what stands for all that the files of a feed are made from together (see `files`)."""
        context = asked.context
        named = (context["SITENAME"], context.get("SITESUBTITLE"), place_of(context), self._withdrawn(asked), asked[2:])
        texts = self._texts_told(asked.articles, self._shown(asked), self._is_archived(asked.path))
        return key_of(self._circumstances, repr(named), texts)

    def _texts_told(self, held: Sequence[Any], articles: Sequence[Any], whole: bool) -> str:
        """Return what stands for the articles that are `held`, or for some of them; several formats are of the same."""
        key = (id(held), whole)
        if key not in self._told:
            told = articles_told(articles, Depth.TEXT)
            self._told[key] = (held, told)  # held, so that nothing else gets its id
        return self._told[key][1]

    def _shown(self, asked: Asked) -> Sequence[Any]:
        """Return the articles that stand in the feed, or in archived ones."""
        return asked.articles if self._is_archived(asked.path) else asked.articles[: self._settings["FEED_MAX_ITEMS"]]

    def _withdrawn(self, asked: Asked) -> tuple[Withdrawn, ...]:
        """Return the articles that were taken back; feeds of the whole site tell of them."""
        return _withdrawn(asked.context) if self._is_of_site(asked.path) else ()

    def _is_of_site(self, path: str | None) -> bool:
        return path in [self._settings.get(name) for name in SITE_FEEDS]

    def _is_archived(self, path: str | None) -> bool:
        """Tell whether what does not go into a feed stands in archived ones."""
        which = self._own.feed_archives
        return which == "all" or (which == "site" and self._is_of_site(path))

    def files(self, asked: Asked) -> list[FeedFile]:
        """Return the files of a feed: the one to subscribe to first, then the archived."""
        context, path, title = asked.context, asked.path, asked.title
        place = place_of(context)
        feed = Feed(
            id=uuid.uuid5(NAMESPACE, f"{context['SITENAME']}/{path or asked.url}").urn,
            title=_title(context, title),
            site_url=f"{place.site}/",
            self_url=place.feed(str(asked.url or path)),
            description=str(context.get("SITESUBTITLE") or _title(context, title)),
            language=str(self._settings["DEFAULT_LANG"]),
            entries=(),
            stylesheet=self._stylesheet(path),
            hub=self._own.hub or None,
            rights=self._own.rights or None,
            image=self._image(place.site),
            withdrawn=self._withdrawn(asked),
        )
        full = asked.kind != "rss" or not self._settings["RSS_FEED_SUMMARY_ONLY"]
        parts = self._parts(self._shown(asked), place.site, full)
        laid_out = _laid_out(feed, path, place, parts, self._is_archived(path))
        reference = bool(self._settings["FEED_APPEND_REF"])
        shared = key_of(code_digest(LIBRARIES), repr((replace(feed, withdrawn=()), place.site, reference, full)))
        files = []
        for target, about, some in laid_out:
            texts = self._texts_told(some, [item.article for item in some], True)
            own = repr((about.self_url, about.current, about.older, about.newer, about.withdrawn))
            files.append(FeedFile(target, about, some, key_of(shared, own, texts), place.site, reference, full))
        return files

    def _parts(self, articles: Sequence[Any], site: str, full: bool) -> Parts[Item]:
        """Return the articles of a feed, parted by what their entries take; of several formats it is asked in turn."""
        if self._last is None or self._last[:3] != (articles, site, full):
            items = [Item(article, article.copydesk.id, self._size(article, site, full)) for article in articles]
            self._last = (articles, site, full, parted(items, self._settings["FEED_MAX_ITEMS"]))
        return self._last[3]

    def _size(self, article: Any, site: str, full: bool) -> int:
        """Return the size of an article's entry, without reading its text where the last build has told it."""
        if isinstance(article, DeferredArticle):
            return article.entry_bytes(full)
        text = 0
        if full:
            text = article.feed_bytes if isinstance(article, SeedArticle) else self._text_size(article, site)
        return text + len(article.copydesk.summary.encode())

    def _text_size(self, article: Any, site: str) -> int:
        """Return the size of a text by hand in a feed."""
        key = key_of(code_digest(LIBRARIES), article_told(article, Depth.TEXT), site)
        return self._kept.of(key, int, lambda: len(_content(article, site).encode()))

    def _image(self, site: str) -> str | None:
        """Return the address of the theme's picture of the site for RSS, None where there is none."""
        there = bool(site) and self._has_image
        return f"{site}/{self._settings['THEME_STATIC_DIR']}/{FEED_IMAGE}" if there else None

    def _stylesheet(self, path: str | None) -> str | None:
        """Return the address of the theme's style sheet for feeds, relative to the feed; None where there is none."""
        if not path or not self._has_style:
            return None
        return f"{path_to_url(get_relative_path(path))}/{self._settings['THEME_STATIC_DIR']}/{FEED_STYLE}"


def _laid_out(
    feed: Feed, path: str | None, place: Place, parts: Parts[Item], archived: bool
) -> Iterator[tuple[str | None, Feed, tuple[Item, ...]]]:
    """Yield path, feed and items: the one to subscribe to, then the archived ones (RFC 5005, section 4)."""
    if not path or not archived or not parts.archives:
        yield path, feed, parts.newest
        return
    paths = [archive_path(path, some) for some in parts.archives]
    addresses = [archive_path(place.feed(path), some) for some in parts.archives]
    yield path, replace(feed, older=addresses[-1]), parts.newest
    for number, some in enumerate(parts.archives):
        told = replace(
            feed,
            self_url=addresses[number],
            current=feed.self_url,
            older=addresses[number - 1] if number else None,
            newer=addresses[number + 1] if number + 1 < len(paths) else None,
            withdrawn=(),
        )
        yield paths[number], told, some


def _picture(own: OwnPicture | None, site: str) -> Picture | None:
    return Picture(f"{site}/{quote(own.path)}", own.media_type, own.length, own.alt) if own and site else None


def _withdrawn(context: Mapping[str, Any]) -> tuple[Withdrawn, ...]:
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


def _title(context: Mapping[str, Any], title: str) -> str:
    name = context["SITENAME"]
    return text_of_html(f"{name} - {title}" if title else name)


def _categories(article: Any) -> tuple[str, ...]:
    names = [article.category, *getattr(article, "tags", ())]
    return tuple(dict.fromkeys(text_of_html(str(name)) for name in names))


def _content(article: Any, site: str) -> str:
    if isinstance(article, SeedArticle):
        return article.feed_html(site)
    return with_whole_links(article._update_content(article.copydesk_feed_html, site), f"{site}/{article.url}")
