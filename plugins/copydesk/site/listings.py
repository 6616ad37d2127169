"""The pages of sections, topics and authors, written as Pelican does it, in a time that grows with their stories alone.

Pelican looks for each story of a listing among all stories of the site, which takes the square of their number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pelican.generators import ArticlesGenerator
from pelican.writers import FileOverwriteFailedError

Write = Callable[..., None]
Groups = Iterable[tuple[Any, Sequence[Any]]]


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
    place = {id(article): number for number, article in enumerate(generator.dates)}
    for wrapper, articles in groups:
        try:
            write(
                wrapper.save_as,
                template,
                generator.context,
                url=wrapper.url,
                **{kind: wrapper},
                articles=articles,
                dates=sorted(articles, key=lambda article: place[id(article)]),
                template_name=kind,
                blog=True,
                page_name=wrapper.page_name,
                all_articles=generator.articles,
            )
        except FileOverwriteFailedError:
            if wrapper.slug:
                raise
