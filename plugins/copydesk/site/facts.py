"""What templates can ask an article or a page: `article.copydesk`, the same for cleaned and hand-written ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from copydesk.enrich.related import Subject, related
from copydesk.model import Provenance, Section, Status
from copydesk.packing import Abstract
from copydesk.render.text import text_of_html
from copydesk.site.pictures import OwnPicture


@dataclass(slots=True)
class Facts:
    """Facts about one article or page, plain text, None or empty where nothing is known.

    `published` and `updated` are days or moments with a zone; `first_seen` is always there and orders what has no date.
    `was` are slugs that it had before. `canonical` says which page search engines shall take for the original ("self",
    "original", "noindex"); `corrections` are the notes on mistakes that were put right. `origin` is "seed" or
    "handwritten", `status` "published", "hidden" or "withdrawn". `previous`, `next` and `more` are Pelican articles:
    the neighbours in time (older, newer), further ones of the section, and `related` ones about the same. `card` is the
    path of the picture for link previews where the article has none of its own.
    """

    id: str
    origin: str
    first_seen: datetime
    dek: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    updated: date | datetime | None = None
    language: str | None = None
    direction: str = "ltr"
    word_count: int = 0
    reading_minutes: int = 1
    headings: tuple[Section, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    status: str = "published"
    canonical: str = "self"
    corrections: tuple[str, ...] = ()
    provenance: Provenance | None = None
    source_name: str | None = None
    was: tuple[str, ...] = ()
    picture: OwnPicture | None = None
    pictures: tuple[OwnPicture, ...] = ()
    previous: Any = None
    next: Any = None
    more: Sequence[Any] = ()
    related: Sequence[Any] = ()
    card: str = ""


def facts_of_seed(abstract: Abstract, first_seen: datetime, canonical: str) -> Facts:
    """Return the facts of a cleaned article; `canonical` is the site's choice, which the editor's goes before.

    Of one that was withdrawn neither dek nor summary nor section heads are told.
    """
    article = abstract.article
    withdrawn = article.status is Status.WITHDRAWN
    return Facts(
        id=article.id,
        origin="seed",
        first_seen=first_seen,
        dek=None if withdrawn else article.dek,
        authors=article.authors,
        published=article.published,
        updated=article.updated,
        language=article.language,
        direction=article.direction,
        word_count=article.word_count,
        reading_minutes=article.reading_minutes,
        headings=() if withdrawn else article.headings,
        keywords=article.keywords,
        summary="" if withdrawn else article.summary,
        status=article.status.value,
        canonical=article.canonical.value if article.canonical else canonical,
        corrections=() if withdrawn else abstract.corrections,
        provenance=article.provenance,
        source_name=source_name(article.provenance.url),
        was=article.was,
    )


def canonical_choice(url: str | None, default: str, by_source: Iterable[str]) -> str:
    """Return which page is a scraped text's original, by its source's choice (`host=choice`) or the site's."""
    host = source_name(url)
    return next((choice for name, _, choice in (entry.partition("=") for entry in by_source) if name == host), default)


def indexed(facts: Facts) -> bool:
    """Tell whether search engines shall take an article's own page for the original.

    One without a source can't point to it, and is its own original.
    """
    if facts.canonical == "original":
        return not (facts.provenance and facts.provenance.url)
    return facts.canonical == "self"


def source_name(url: str | None) -> str | None:
    """Return the host of `url` without `www.`, None where there is none."""
    host = urlsplit(url).hostname if url else None
    return host.removeprefix("www.") if host else None


def tie_neighbours(articles: Sequence[Any], most: int = 4) -> None:
    """Give each article (newest first) its older and newer neighbour and up to `most` others of its section."""
    sections: dict[str, list[Any]] = {}
    for article in articles:
        sections.setdefault(str(article.category), []).append(article)
    for newer, older in pairwise(articles):
        newer.copydesk.previous, older.copydesk.next = older, newer
    for group in sections.values():
        for place, article in enumerate(group):
            start = max(0, min(place - most // 2, len(group) - most - 1))
            article.copydesk.more = [other for other in group[start : start + most + 1] if other is not article]


def tie_related(articles: Sequence[Any], most: int) -> None:
    """Give each article up to `most` others that are about the same; those are not named again under `more`."""
    known = {article.copydesk.id: article for article in articles}
    subjects = [
        Subject(facts.id, facts.language, text_of_html(article.title), facts.keywords, facts.first_seen)
        for article, facts in ((article, article.copydesk) for article in articles)
    ]
    for id, others in related(subjects, most).items():
        facts = known[id].copydesk
        facts.related = [known[other] for other in others]
        facts.more = [other for other in facts.more if other not in facts.related]
