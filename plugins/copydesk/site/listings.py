"""The pages of sections, topics and authors, written as Pelican does it, in a time that grows with their stories alone.

Pelican looks for each story of a listing among all stories of the site, which takes the square of their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals
from pelican.writers import FileOverwriteFailedError

from copydesk.settings import BUILD
from copydesk.site.build import Build
from copydesk.site.deferred import DeferredArticle

Write = Callable[..., None]
Groups = Iterable[tuple[Any, Sequence[Any]]]


def write_stories(generator: ArticlesGenerator, write: Write) -> None:
    """Write the pages of stories, as Pelican does it; those that would come out as they are, are taken over."""
    build: Build = generator.settings[BUILD]
    stories = (*generator.translations, *generator.articles, *generator.hidden_translations, *generator.hidden_articles)
    taken_over = write.func.__self__.take_over(_as_they_were(generator, stories)) if build.revision else set()  # type: ignore[attr-defined]
    for article in stories:
        if taken_over and isinstance(article, DeferredArticle) and article.save_as in taken_over:
            continue
        signals.article_generator_write_article.send(generator, content=article)
        write(
            article.save_as,
            generator.get_template(article.template),
            generator.context,
            override_output=hasattr(article, "override_save_as"),
            url=article.url,
            **_values(article),
        )


def _as_they_were(generator: ArticlesGenerator, stories: Iterable[Any]) -> list[str]:
    """Return the paths of the pages of stories that would come out as they are."""
    build: Build = generator.settings[BUILD]
    some = [article for article in stories if isinstance(article, DeferredArticle)]
    if not some:
        return []
    template = generator.get_template(some[0].template)
    if not build.unchanged_pages(template, generator.context, _values(some[0])):
        return []
    dirty = build.revision.dirty if build.revision else ()
    return [article.save_as for article in some if article.record.seed not in dirty]


def _values(article: Any) -> dict[str, Any]:
    return {"article": article, "category": getattr(article, "category", None), "blog": True}


def write_sections(generator: ArticlesGenerator, write: Write) -> None:
    """Write the pages of sections."""
    _write(generator, write, "category", generator.categories)


def write_topics(generator: ArticlesGenerator, write: Write) -> None:
    """Write the pages of topics."""
    _write(generator, write, "tag", generator.tags.items())


def write_authors(generator: ArticlesGenerator, write: Write) -> None:
    """Write the pages of authors."""
    _write(generator, write, "author", generator.authors)


def _write(generator: ArticlesGenerator, write: Write, kind: str, groups: Groups) -> None:
    template = generator.get_template(kind)
    same = generator.dates is generator.articles
    place = {} if same else {id(article): number for number, article in enumerate(generator.dates)}
    for wrapper, articles in groups:
        try:
            write(
                wrapper.save_as,
                template,
                generator.context,
                url=wrapper.url,
                **{kind: wrapper},
                articles=articles,
                dates=articles if same else sorted(articles, key=lambda article: place[id(article)]),
                template_name=kind,
                blog=True,
                page_name=wrapper.page_name,
                all_articles=generator.articles,
            )
        except FileOverwriteFailedError:
            if wrapper.slug:
                raise
