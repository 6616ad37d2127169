"""Facts about pages as schema.org structured data (https://schema.org/NewsArticle and others), written as JSON-LD."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from copydesk.render.days import iso
from copydesk.render.escape import json_in_script, url

CONTEXT = "https://schema.org"


@dataclass(frozen=True, slots=True)
class Link:
    """A page: its name, and its absolute address where the site knows its own."""

    name: str
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of an article's page; None or empty where nothing is known, and then nothing is said about it.

    `url`, `site_url` and `based_on` (where the text was scraped from) are absolute addresses. `authors` lead to the
    site's pages about them. `corrections` are notes on mistakes that were put right, `logo` is the site's
    picture, `picture` the article's.
    """

    url: str | None
    site_name: str
    site_url: str | None
    headline: str
    description: str = ""
    authors: tuple[Link, ...] = ()
    published: date | datetime | None = None
    updated: date | datetime | None = None
    language: str | None = None
    word_count: int = 0
    section: str | None = None
    keywords: tuple[str, ...] = ()
    based_on: str | None = None
    corrections: tuple[str, ...] = ()
    logo: str | None = None
    picture: str | None = None


def news_article(page: PageFacts) -> dict[str, object]:
    """Return the page as a NewsArticle."""
    based_on = url(page.based_on or "")
    facts: dict[str, object] = {
        "headline": page.headline,
        "description": page.description,
        "url": page.url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": page.url} if page.url else None,
        "datePublished": iso(page.published),
        "dateModified": iso(page.updated or page.published),
        "author": [_known({"@type": "Person", "name": author.name, "url": author.url}) for author in page.authors],
        "publisher": organization(page.site_name, page.site_url, page.logo),
        "image": [page.picture] if page.picture else None,
        "inLanguage": page.language,
        "articleSection": page.section,
        "keywords": list(page.keywords),
        "wordCount": page.word_count,
        "isBasedOn": based_on,
        "citation": based_on,
        "correction": [{"@type": "CorrectionComment", "text": text} for text in page.corrections],
    }
    return {"@type": "NewsArticle", **_known(facts)}


def organization(name: str, site_url: str | None, logo: str | None = None) -> dict[str, object]:
    """Return who publishes the site; `logo` is the absolute address of its picture."""
    picture = {"@type": "ImageObject", "url": logo} if logo else None
    return _known({"@type": "Organization", "name": name, "url": site_url, "logo": picture})


def web_site(name: str, site_url: str | None, description: str | None, language: str) -> dict[str, object]:
    """Return the site as a whole."""
    facts = {"url": site_url, "name": name, "description": description, "inLanguage": language}
    return {"@type": "WebSite", **_known({**facts, "publisher": organization(name, site_url)})}


def breadcrumbs(trail: Sequence[Link]) -> dict[str, object] | None:
    """Return the way from the front page to a page, None where the addresses are not known."""
    if not trail or not all(link.url for link in trail):
        return None
    return {"@type": "BreadcrumbList", "itemListElement": _positions(trail, "item")}


def item_list(articles: Sequence[Link]) -> dict[str, object] | None:
    """Return the articles that a page lists, None where the addresses are not known or there are none."""
    if not articles or not all(link.url for link in articles):
        return None
    return {"@type": "ItemList", "numberOfItems": len(articles), "itemListElement": _positions(articles, "url")}


def as_script(objects: Iterable[dict[str, object] | None]) -> str:
    """Return objects for the inside of a `<script type="application/ld+json">`; no text in them can end the element."""
    graph = [found for found in objects if found]
    data = graph[0] if len(graph) == 1 else {"@graph": graph}
    return json_in_script({"@context": CONTEXT, **data})


def _positions(links: Sequence[Link], key: str) -> list[dict[str, object]]:
    return [
        {"@type": "ListItem", "position": number, "name": link.name, key: link.url}
        for number, link in enumerate(links, 1)
    ]


def _known(facts: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value}
