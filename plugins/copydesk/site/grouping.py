"""Groups stories by section, topic and author as Pelican does, in a time that grows with their number alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pelican.contents import Author, Category, Tag
from pelican.generators import ArticlesGenerator

from copydesk.site.deferred import DeferredArticle, author_names
from copydesk.site.digests import Stories
from copydesk.site.newsroom import Newsroom
from copydesk.site.stories import StoryRecord, list_of

Groups = list[tuple[Any, Stories]]


def regroup(generator: ArticlesGenerator, articles: list[Any]) -> None:
    """Give a generator all articles, newest first, and what Pelican would make of them."""
    stories = generator.articles = generator.dates = Stories(articles, map(_card, articles))
    generator.categories = sorted(
        sections_of(stories), key=lambda found: found[0].slug, reverse=generator.settings["REVERSE_CATEGORY_ORDER"]
    )
    generator.tags = dict(topics_of(stories))
    generator.authors = sorted(authors_of(stories), key=lambda found: found[0].slug)
    generator._update_context(("articles", "dates", "tags", "categories", "authors"))


def _card(article: Any) -> str | None:
    return article.record.card if isinstance(article, DeferredArticle) else None


def sections_of(articles: Stories) -> Groups:
    """Return the sections with their stories, in the order in which they first come."""
    return _grouped(articles, Category, lambda record, _: (record.section,), lambda record: record.section, _category)


def topics_of(articles: Stories) -> Groups:
    """Return the topics with their stories."""
    return _grouped(articles, Tag, lambda record, _: list_of(record.tags), lambda record: record.tags, _tags)


def authors_of(articles: Stories) -> Groups:
    """Return the authors with their stories."""
    return _grouped(articles, Author, author_names, lambda record: record.authors, _authors)


def _category(article: Any) -> Iterable[Any]:
    return (article.category,) if hasattr(article, "category") else ()


def _tags(article: Any) -> Iterable[Any]:
    return getattr(article, "tags", ())


def _authors(article: Any) -> Iterable[Any]:
    return getattr(article, "authors", ())


def _grouped(
    articles: Stories,
    kind: type[Any],
    names: Callable[[StoryRecord, Newsroom], Iterable[str]],
    told: Callable[[StoryRecord], str],
    wrappers: Callable[[Any], Iterable[Any]],
) -> Groups:
    """Group articles by wrappers of one slug; the first one stands for all of them, as in Pelican's dictionaries.

    `names` are those of a record's wrappers; records of which the same is `told` have the same ones.
    """
    groups: dict[str, tuple[Any, Stories]] = {}
    known: dict[str, list[Stories]] = {}
    for article, card in zip(articles, articles.cards, strict=True):
        if isinstance(article, DeferredArticle):
            same = told(article.record)
            own = known.get(same)
            if own is None:
                desk = article._archive.desk
                own = known[same] = [_members(groups, desk.named(kind, name)) for name in names(article.record, desk)]
        else:
            own = [_members(groups, wrapper) for wrapper in wrappers(article)]
        for members in _once(own):
            members.append(article)
            members.cards.append(card)
    return list(groups.values())


def _once(own: Sequence[Stories]) -> Iterable[Stories]:
    """Return the groups of an article, each once: several of its topics may have one slug."""
    return own if len(own) < 2 else {id(members): members for members in own}.values()


def _members(groups: dict[str, tuple[Any, Stories]], wrapper: Any) -> Stories:
    return groups.setdefault(wrapper.slug, (wrapper, Stories()))[1]
