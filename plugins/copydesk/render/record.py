"""An article as a record for machines: the JSON of `copydesk clean --format json`."""

from __future__ import annotations

from copydesk.model import Article, BodyBlock, ItemList, Note, Paragraph, Provenance, Quote, Section
from copydesk.render.days import iso


def to_record(article: Article) -> dict[str, object]:
    """Return the article as values that JSON can hold; unknown facts are None or empty.

    `date` and `updated` are ISO 8601, a day or a moment with its zone; `canonical` is the address it was scraped from.
    """
    return {
        "id": article.id,
        "headline": article.headline,
        "dek": article.dek,
        "authors": list(article.authors),
        "date": iso(article.published) or None,
        "updated": iso(article.updated) or None,
        "language": article.language,
        "canonical": article.provenance.url,
        "section": article.section_name,
        "summary": article.summary,
        "sections": [_section(section) for section in article.sections],
        "keywords": list(article.keywords),
        "word_count": article.word_count,
        "reading_minutes": article.reading_minutes,
        "provenance": _provenance(article.provenance),
    }


def _section(section: Section) -> dict[str, object]:
    return {
        "heading": section.heading,
        "fragment": section.fragment,
        "level": section.level,
        "blocks": [_block(block) for block in section.blocks],
    }


def _block(block: BodyBlock) -> dict[str, object]:
    match block:
        case Paragraph(text):
            return {"kind": "paragraph", "text": text}
        case Quote(text):
            return {"kind": "quote", "text": text}
        case ItemList(items, ordered):
            return {"kind": "list", "ordered": ordered, "items": list(items)}
        case Note(text):
            return {"kind": "note", "text": text}


def _provenance(provenance: Provenance) -> dict[str, object]:
    return {
        "seed": provenance.seed,
        "sha256": provenance.sha256,
        "form": provenance.form,
        "encoding": provenance.encoding,
        "url": provenance.url,
        "headline_from": provenance.headline_from,
        "kept": provenance.kept,
        "dropped": provenance.dropped,
        "doubtful": provenance.doubtful,
        "notes": list(provenance.notes),
    }
