"""The files beside the pages: sitemaps, robots.txt, the list of feeds, provenance, what GitHub Pages reads."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from copydesk import __version__
from copydesk.feeds.entry import Feed
from copydesk.feeds.opml import opml
from copydesk.render.days import iso
from copydesk.render.text import text_of_html
from copydesk.settings import Settings
from copydesk.site.days import microseconds, moment
from copydesk.site.deferred import DeferredArticle, changed_on
from copydesk.site.jsonlines import as_json, lines_of
from copydesk.site.listpages import listed_at
from copydesk.site.place import place_of
from copydesk.site.sitemaps import Address, News, news_sitemap, sitemap, sitemap_index
from copydesk.site.translations import translations_of

OPML = "feeds/feeds.opml"
SITEMAP_LIMIT = 50_000
"""Addresses in one sitemap (sitemaps.org/protocol.html)."""

NEWS_HOURS, NEWS_LIMIT = 48, 1000
"""Age and number of articles in a news sitemap (developers.google.com, "Create a news sitemap")."""

SECOND = 1_000_000
"""A second in microseconds."""

AI_CRAWLERS: tuple[str, ...] = tuple(
    tomllib.loads(Path(__file__).with_name("robots.toml").read_text("utf-8"))["ai_crawlers"]
)


def site_files(context: Mapping[str, Any], settings: Settings) -> Iterator[tuple[str, str]]:
    """Yield path and text of each file; what needs an absolute address is left out where there is none."""
    siteurl = str(context["SITEURL"])
    yield ".nojekyll", ""
    yield "robots.txt", robots(siteurl, settings.ai_crawlers == "refuse")
    yield "provenance.json", provenance(context)
    yield OPML, list_of_feeds(context)
    if siteurl:
        yield from sitemaps(context, settings.news_sitemap).items()
    if settings.cname:
        yield "CNAME", f"{settings.cname}\n"


def robots(siteurl: str, refuse_ai: bool = False) -> str:
    """Return robots.txt (RFC 9309): who may read what, and the sitemap's address where it is known."""
    groups = ["User-agent: *\nAllow: /\n"]
    if refuse_ai:
        groups.append("".join(f"User-agent: {name}\n" for name in AI_CRAWLERS) + "Disallow: /\n")
    if siteurl:
        groups.append(f"Sitemap: {siteurl}/sitemap.xml\n")
    return "\n".join(groups)


def sitemaps(context: Mapping[str, Any], with_news: bool) -> dict[str, str]:
    """Return the sitemaps by their paths: an index, one for each 50,000 pages, and one of the latest news."""
    siteurl = str(context["SITEURL"])
    indexed = list(filter(_is_indexed, context["articles"]))
    addresses = sorted(pages(context, indexed))
    files: dict[str, str] = {}
    for number, start in enumerate(range(0, len(addresses), SITEMAP_LIMIT), 1):
        files[f"sitemap-{number}.xml"] = sitemap(siteurl, addresses[start : start + SITEMAP_LIMIT])
    news = list(_latest(indexed)) if with_news else []
    if news:
        files["sitemap-news.xml"] = news_sitemap(siteurl, text_of_html(str(context["SITENAME"])), news)
    return {"sitemap.xml": sitemap_index(siteurl, list(files)), **files}


def pages(context: Mapping[str, Any], indexed: Iterable[Any]) -> Iterator[Address]:
    """Yield every page that search engines shall know; the day is empty where nothing tells of a change.

    `indexed` are the articles whose own page they shall take for the original.
    """
    days = {id(article): _day(article) for article in context["articles"]}
    day_of = days.__getitem__
    yield Address("", max(days.values(), default=""))
    for article in indexed:
        yield Address(article.url, day_of(id(article)))
    for text in translations_of(context["articles"]):
        yield Address(text.url, _day(text))
    for page in (*context["pages"], *translations_of(context["pages"])):
        yield Address(page.url, "")
    for group in ("categories", "authors", "tags"):
        for wrapper, members in context[group]:
            if address := listed_at(context, wrapper):
                yield Address(address, max(map(day_of, map(id, members)), default=""))


def list_of_feeds(context: Mapping[str, Any]) -> str:
    """Return the site's feeds and its sections' as OPML."""
    place = place_of(context)
    name = text_of_html(str(context["SITENAME"]))
    found: list[tuple[str, str, str]] = []
    if path := context.get("FEED_ALL_RSS") or context.get("FEED_ALL_ATOM"):
        found.append((name, path, ""))
    if path := context.get("CATEGORY_FEED_RSS") or context.get("CATEGORY_FEED_ATOM"):
        for section, _ in context["categories"]:
            title, page = f"{name}: {text_of_html(str(section))}", listed_at(context, section)
            found.append((title, str(path).format(slug=section.slug), page))
    feeds = [
        Feed(
            id=path,
            title=title,
            site_url=f"{place.site}/{page}",
            self_url=place.feed(str(path)),
            description=title,
            language=str(context["DEFAULT_LANG"]),
            entries=(),
        )
        for title, path, page in found
    ]
    return opml(feeds, name).decode()


def provenance(context: Mapping[str, Any]) -> str:
    """Return where each article's text came from, as JSON, by its permanent id."""
    site = str(context["SITEURL"])
    listed = context["articles"]
    everything = [*listed, *translations_of(listed), *context.get("hidden_articles", ())]
    everything.sort(key=lambda article: article.copydesk.id)
    records = (_origin(article, site) for article in everything)
    whole = {"generator": f"Copydesk {__version__}", "site": site or None, "articles": records}
    return lines_of(whole)


def _origin(article: Any, site: str) -> str:
    told = isinstance(article, DeferredArticle)
    return str(article.record.origin) if told else as_json(origin_of(article, site))


def origin_of(article: Any, site: str) -> dict[str, object]:
    """Return where an article's text came from."""
    facts = article.copydesk
    told: dict[str, object] = {
        "id": facts.id,
        "url": f"{site}/{article.url}" if site else article.url,
        "origin": facts.origin,
        "status": facts.status,
        "published": iso(facts.published) or None,
        "updated": iso(facts.updated) or None,
    }
    if facts.provenance:
        source = facts.provenance
        told |= {
            "seed": source.seed,
            "sha256": source.sha256 or None,
            "form": source.form or None,
            "source": facts.source_name,
            "original_url": source.url,
            "lines_kept": source.kept,
            "lines_dropped": source.dropped,
        }
    return told


def _is_indexed(article: Any) -> bool:
    return bool(article.record.indexed if isinstance(article, DeferredArticle) else article.copydesk.indexed)


def _latest(articles: Iterable[Any]) -> Iterator[News]:
    """Yield the articles of the last two days: until SOURCE_DATE_EPOCH, else until the newest, never by the clock."""
    dated = [(when, article) for article in articles if (when := _published(article)) is not None]
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    end = int(epoch) * SECOND if epoch.isdigit() else max((when for when, _ in dated), default=0)
    start = end - NEWS_HOURS * 3600 * SECOND
    latest = [(when, article.copydesk.id, article) for when, article in dated if when >= start]
    latest.sort(key=lambda told: told[:2], reverse=True)
    for when, _, article in latest[:NEWS_LIMIT]:
        if when <= end:
            published = article.copydesk.published
            yield News(article.url, iso(published), text_of_html(article.title), article.copydesk.language or "en")


def _published(article: Any) -> int | None:
    """Return when an article was published, in microseconds since 1970; None where nothing tells it."""
    if isinstance(article, DeferredArticle):
        return article.record.moment if article.record.published else None
    when = moment(article.copydesk.published)
    return microseconds(when) if when else None


def _day(article: Any) -> str:
    """Return the day of an article's last change."""
    if isinstance(article, DeferredArticle):
        return changed_on(article.record)
    facts = article.copydesk
    when: date = facts.updated or facts.published or facts.first_seen
    return when.date().isoformat() if isinstance(when, datetime) else when.isoformat()
