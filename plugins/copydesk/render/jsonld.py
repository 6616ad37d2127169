"""Facts about an article's page as schema.org structured data (https://schema.org/NewsArticle), written as JSON-LD."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from copydesk.render.escape import json_in_script, url


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What is known of a page; None or empty where nothing is known, and then nothing is said about it.

    `url`, `site_url` and `based_on` (where the text was scraped from) are absolute addresses.
    """

    url: str | None
    site_name: str
    site_url: str | None
    headline: str
    description: str = ""
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    updated: date | datetime | None = None
    language: str | None = None
    word_count: int = 0
    section: str | None = None
    keywords: tuple[str, ...] = ()
    based_on: str | None = None


def news_article(page: PageFacts) -> dict[str, object]:
    """Return the page as a NewsArticle."""
    facts: dict[str, object] = {
        "headline": page.headline,
        "description": page.description,
        "url": page.url,
        "mainEntityOfPage": {"@type": "WebPage", "@id": page.url} if page.url else None,
        "datePublished": _iso(page.published),
        "dateModified": _iso(page.updated or page.published),
        "author": [{"@type": "Person", "name": name} for name in page.authors],
        "publisher": _known({"@type": "Organization", "name": page.site_name, "url": page.site_url}),
        "inLanguage": page.language,
        "articleSection": page.section,
        "keywords": list(page.keywords),
        "wordCount": page.word_count,
        "isBasedOn": url(page.based_on or ""),
    }
    return {"@context": "https://schema.org", "@type": "NewsArticle", **_known(facts)}


def as_script(data: dict[str, object]) -> str:
    """Return `data` for the inside of a `<script type="application/ld+json">`; no text in it can end the element."""
    return json_in_script(data)


def _known(facts: dict[str, object]) -> dict[str, object]:
    return {name: value for name, value in facts.items() if value}


def _iso(value: date | None) -> str | None:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if value else None
