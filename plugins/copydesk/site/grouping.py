"""Groups stories by section, topic and author as Pelican does, in a time that grows with their number alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pelican.contents import Author, Category, Tag
from pelican.generators import ArticlesGenerator

from copydesk.site.deferred import DeferredArticle
from copydesk.site.stories import StoryRecord, list_of

Groups = list[tuple[Any, list[Any]]]


def regroup(generator: ArticlesGenerator, articles: list[Any]) -> None:
    """Give a generator all articles, newest first, and what Pelican would make of them."""
    generator.articles = generator.dates = articles
    generator.categories = sorted(
        sections_of(articles), key=lambda found: found[0].slug, reverse=generator.settings["REVERSE_CATEGORY_ORDER"]
    )
    generator.tags = dict(topics_of(articles))
    generator.authors = sorted(authors_of(articles), key=lambda found: found[0].slug)
    generator._update_context(("articles", "dates", "tags", "categories", "authors"))


def sections_of(articles: Sequence[Any]) -> Groups:
    """Return the sections with their stories, in the order in which they first come."""
    return _grouped(articles, Category, lambda record: (record.section,), _category)


def topics_of(articles: Sequence[Any]) -> Groups:
    """Return the topics with their stories."""
    return _grouped(articles, Tag, lambda record: list_of(record.tags), lambda article: getattr(article, "tags", ()))


def authors_of(articles: Sequence[Any]) -> Groups:
    """Return the authors with their stories."""
    return _grouped(articles, Author, None, lambda article: getattr(article, "authors", ()))


def _category(article: Any) -> Iterable[Any]:
    return (article.category,) if hasattr(article, "category") else ()


def _grouped(
    articles: Sequence[Any],
    kind: type[Any],
    names: Callable[[StoryRecord], Iterable[str]] | None,
    wrappers: Callable[[Any], Iterable[Any]],
) -> Groups:
    """Group articles by wrappers of one slug; the first one stands for all of them, as in Pelican's dictionaries."""
    groups: dict[str, tuple[Any, list[Any]]] = {}
    known: dict[str, list[Any]] = {}
    for article in articles:
        if names is None or not isinstance(article, DeferredArticle):
            for wrapper in wrappers(article):
                groups.setdefault(wrapper.slug, (wrapper, []))[1].append(article)
            continue
        for name in names(article.record):
            members = known.get(name)
            if members is None:
                wrapper = article._archive.desk.named(kind, name)
                members = known[name] = groups.setdefault(wrapper.slug, (wrapper, []))[1]
            members.append(article)
    return list(groups.values())
