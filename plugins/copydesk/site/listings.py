"""The pages of sections, topics and authors, written as Pelican does it, in a time that grows with their stories alone.

Pelican looks for each story of a listing among all stories of the site, which takes the square of their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.plugins import signals
from pelican.writers import FileOverwriteFailedError

from copydesk.settings import BUILD
from copydesk.site.ahead import PagesAhead, hands_for
from copydesk.site.build import Build
from copydesk.site.deferred import DeferredArticle
from copydesk.site.newsroom import SeedArticle
from copydesk.site.writer import NewsWriter

Write = Callable[..., None]
Groups = Iterable[tuple[Any, Sequence[Any]]]


def start_stories(generator: ArticlesGenerator) -> None:
    """Let further processes begin with the pages of stories, where so many are to be rendered that it pays.

    Pages of articles written by hand are left to this one: to render them may move static files.
    """
    build: Build = generator.settings[BUILD]
    store = build.stories.store if build.stories else None
    heard = signals.content_written.receivers or signals.article_generator_write_article.receivers
    if not build.alone or heard or not store or not store.is_shared:
        return
    stories = _stories(generator)
    same = _as_they_were(generator, stories)
    if not hands_for(len(stories) - len(same)):
        return
    as_they_were = set(map(id, same))
    pages = [a for a in stories if isinstance(a, SeedArticle) and id(a) not in as_they_were]
    hands = hands_for(len(pages))
    if not hands or len({page.save_as for page in pages}) < len(pages):
        return
    writer = NewsWriter(generator.output_path, generator.settings)
    write = partial(writer.write_file, relative_urls=generator.settings["RELATIVE_URLS"])

    def written(article: SeedArticle) -> str:
        _write_story(generator, write, article)
        return article.save_as

    build.kept.let_go()
    build.ahead = PagesAhead(pages, hands, written, build.documents, store)


def write_stories(generator: ArticlesGenerator, write: Write) -> None:
    """Write the pages of stories, as Pelican does it; those that would come out as they are, are taken over."""
    build: Build = generator.settings[BUILD]
    stories = _stories(generator)
    as_they_were = _as_they_were(generator, stories)
    writer: NewsWriter = write.func.__self__  # type: ignore[attr-defined]
    finished = writer.take_over(article.save_as for article in as_they_were) if as_they_were else set()
    finished |= writer.takes_as_written(build.ahead.finish()) if build.ahead else set()
    for article in stories:
        if not (finished and isinstance(article, SeedArticle) and article.save_as in finished):
            _write_story(generator, write, article)


def _stories(generator: ArticlesGenerator) -> tuple[Any, ...]:
    return (
        *generator.translations,
        *generator.articles,
        *generator.hidden_translations,
        *generator.hidden_articles,
    )


def _write_story(generator: ArticlesGenerator, write: Write, article: Any) -> None:
    signals.article_generator_write_article.send(generator, content=article)
    write(
        article.save_as,
        generator.get_template(article.template),
        generator.context,
        override_output=hasattr(article, "override_save_as"),
        url=article.url,
        **_values(article),
    )


def _as_they_were(generator: ArticlesGenerator, stories: Iterable[Any]) -> list[DeferredArticle]:
    """Return the stories whose pages would come out as they are."""
    build: Build = generator.settings[BUILD]
    some = [article for article in stories if isinstance(article, DeferredArticle)] if build.revision else []
    if not some or not build.revision:
        return []
    template = generator.get_template(some[0].template)
    if not build.unchanged_pages(template, generator.context, _values(some[0])):
        return []
    dirty = build.revision.dirty
    return [article for article in some if article.record.seed not in dirty]


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
