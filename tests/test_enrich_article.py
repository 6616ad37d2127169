"""Enriching a whole article."""

from __future__ import annotations

from dataclasses import fields

from hypothesis import given

from copydesk.enrich.article import enrich
from copydesk.model import Article, Emphasis, Paragraph, Span
from newarticle import articles, new_article

TEXT = "The council voted on Tuesday to reopen the old harbour line, ending a dispute that lasted for nine years."
ADDED = {"language", "direction", "word_count", "reading_minutes", "summary", "keywords"}


def test_facts_are_added() -> None:
    article = enrich(new_article(Paragraph(TEXT), title="Harbour line to reopen"))
    assert (article.language, article.direction, article.word_count, article.reading_minutes) == ("en", "ltr", 19, 1)
    assert article.summary == TEXT


def test_what_is_struck_out_is_not_in_the_summary() -> None:
    text = "Tickets cost £5 £8 now, and the pool holds 106 litres of H2O free of salt, the council said x."
    spans = (
        Span(13, 15, Emphasis.DELETED),
        Span(45, 46, Emphasis.SUPERSCRIPT),
        Span(58, 59, Emphasis.SUBSCRIPT),
        Span(len(text) - 3, len(text) - 1, Emphasis.DELETED),
    )
    assert enrich(new_article(Paragraph(text, spans))).summary == (
        "Tickets cost £8 now, and the pool holds 10⁶ litres of H₂O free of salt, the council said."
    )


def test_a_known_language_is_kept() -> None:
    assert enrich(new_article(Paragraph(TEXT), language="sco")).language == "sco"


@given(articles())
def test_nothing_else_changes(article: Article) -> None:
    enriched = enrich(article)
    for field in fields(article):
        if field.name not in ADDED:
            assert getattr(enriched, field.name) == getattr(article, field.name)
    assert enrich(article) == enriched
