"""Turns cleaned seeds into Pelican articles: their metadata, sections, tags and addresses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from markupsafe import escape
from pelican.contents import Article as PelicanArticle
from pelican.contents import Author, Category, Tag, URLWrapper

from copydesk.model import Article, Status
from copydesk.render.html import body_html, feed_html
from copydesk.settings import BUILD, Settings
from copydesk.site.addresses import MAX_SLUG, slug_of_name
from copydesk.site.facts import canonical_choice, facts_of_seed
from copydesk.site.seeds import Seed
from copydesk.site.writer import moment

PELICAN_STATUS = {Status.PUBLISHED: "published", Status.HIDDEN: "hidden", Status.WITHDRAWN: "hidden"}


class SeedArticle(PelicanArticle):  # type: ignore[misc]
    """A Pelican article whose body is finished: Pelican's own link syntax is not looked for in scraped text."""

    def get_content(self, siteurl: str) -> str:
        """Return the body as it was rendered; it holds no links into the site but its own anchors."""
        return str(self._content)

    def refresh_metadata_intersite_links(self) -> None:
        """Leave the metadata alone: it is text, not links."""


def section_of(seed: Seed, article: Article, default: str) -> str:
    """Return the section that an article stands in: the editor's, else its folder's name, else `default`."""
    if article.section_name:
        return article.section_name
    parts = PurePosixPath(seed.name).parts
    return parts[-2].replace("-", " ").replace("_", " ").strip().capitalize() or default if len(parts) > 1 else default


def shared_keywords(seeds: Iterable[Seed], least: int) -> frozenset[str]:
    """Return the keywords, case folded, that at least `least` articles share: those worth a page of their own."""
    counts = Counter(
        word for seed in seeds if seed.article for word in {word.casefold() for word in seed.article.keywords}
    )
    return frozenset(word for word, count in counts.items() if count >= least)


def tags_of(article: Article, shared: frozenset[str]) -> tuple[str, ...]:
    """Return an article's tags: the editor's where there are any, else its keywords that others share."""
    return article.tags or tuple(word for word in article.keywords if word.casefold() in shared)


def named(kind: type[URLWrapper], name: str, settings: Mapping[str, Any]) -> URLWrapper:
    """Return a section, tag or author of that name, escaped, with a slug that a file can have."""
    wrapper = kind(escape(name), settings)
    if not wrapper.slug or len(wrapper.slug) > MAX_SLUG:
        wrapper.slug = slug_of_name(name)
    return wrapper


def to_pelican(
    seed: Seed, slug: str, shared: frozenset[str], settings: Mapping[str, Any], context: dict[str, Any]
) -> PelicanArticle:
    """Return the Pelican article of a cleaned seed.

    Themes without autoescaping print titles and names as they are, so all text from the seed is escaped here.
    """
    article = seed.article
    if article is None:
        raise ValueError(f"{seed.name} was refused")
    own: Settings = settings[BUILD].settings
    withdrawn = article.status is Status.WITHDRAWN
    metadata: dict[str, Any] = {
        "title": escape(article.title),
        "date": moment(article.published) or seed.first_seen,
        "slug": slug,
        "category": named(Category, section_of(seed, article, own.default_section), settings),
        "tags": [named(Tag, name, settings) for name in tags_of(article, shared)],
        "summary": str(escape("" if withdrawn else article.summary)),
        "status": PELICAN_STATUS[article.status],
    }
    if article.authors:
        metadata["authors"] = [named(Author, name, settings) for name in article.authors]
    if article.updated:
        metadata["modified"] = moment(article.updated)
    if article.language:
        metadata["lang"] = article.language
    if withdrawn:
        article = replace(article, sections=(), summary="", dek=None)
    page = SeedArticle(body_html(article), metadata, settings, f"seeds/{seed.name}", context)
    canonical = canonical_choice(article.provenance.url, own.canonical, own.source_canonical)
    page.copydesk = facts_of_seed(article, seed.first_seen, feed_html(article), canonical)
    return page


def taken_slugs(articles: Sequence[Any]) -> list[str]:
    """Return the slugs of articles that are there already."""
    return [str(article.slug) for article in articles]
