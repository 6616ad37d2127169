"""Adds to an article what its own text tells about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from copydesk.enrich.keywords import keywords_of
from copydesk.enrich.language import direction_of, language_of
from copydesk.enrich.reading import count_words, reading_minutes
from copydesk.enrich.summary import summary_of
from copydesk.model import Article, Figure, ItemList, Paragraph
from copydesk.model.plaintext import in_plain_characters


def enrich(article: Article) -> Article:
    """Return the article with language, direction, word count, reading minutes, summary and keywords.

    A language that is known already is kept.
    """
    texts = list(_texts(article))
    text = "\n".join(texts)
    language = article.language or language_of(text)
    words = count_words(text)
    return replace(
        article,
        language=language,
        direction=direction_of(text or article.title),
        word_count=words,
        reading_minutes=reading_minutes(words, language),
        summary=summary_of(article.dek, _paragraphs(article), language),
        keywords=article.topics or keywords_of(article.headline, _heads(article), texts, language),
    )


def _texts(article: Article) -> Iterator[str]:
    """Yield the body's texts without section heads and what is said of pictures."""
    for block in article.body():
        if not isinstance(block, Figure):
            yield from block.items if isinstance(block, ItemList) else (block.text,)


def _paragraphs(article: Article) -> Iterator[str]:
    """Yield the paragraphs, without what is struck out in them."""
    for block in article.body():
        if isinstance(block, Paragraph):
            yield in_plain_characters(block.text, block.spans, deleted=False) if block.spans else block.text


def _heads(article: Article) -> tuple[str, ...]:
    return tuple(section.heading for section in article.headings if section.heading)
