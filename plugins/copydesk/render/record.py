"""An article as a record for machines: the JSON of `copydesk clean --format json`."""

from __future__ import annotations

from collections.abc import Sequence

from copydesk.model import (
    Article,
    BodyBlock,
    Code,
    Figure,
    ItemList,
    Note,
    Paragraph,
    Provenance,
    Quote,
    Section,
    Span,
    Table,
)
from copydesk.render.days import iso
from copydesk.render.pictures import path_of


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
        case Paragraph(text, spans):
            return {"kind": "paragraph", "text": text, **_spans(spans)}
        case Quote(text, _, spans):
            return {"kind": "quote", "text": text, **_spans(spans)}
        case ItemList(items, ordered):
            told = [_spans(spans) for _, spans in block.marked_items()] if block.spans else []
            marks = {"spans": [item.get("spans", []) for item in told]} if told else {}
            start = {"start": block.start} if ordered and block.start != 1 else {}
            return {"kind": "list", "ordered": ordered, **start, "items": list(items), **marks}
        case Note(text, spans):
            return {"kind": "note", "text": text, **_spans(spans)}
        case Table(rows, head):
            cells = [[_spans(spans).get("spans", []) for _, spans in row] for row in block.marked_rows()]
            marked = {"spans": cells} if block.spans else {}
            return {"kind": "table", "head": head, "rows": [list(row) for row in rows], **marked}
        case Code(text):
            return {"kind": "code", "text": text}
        case Figure():
            return _figure(block)


def _figure(figure: Figure) -> dict[str, object]:
    """Return a picture, or an embed, with what is said about it; `file` is where the other formats have it."""
    told: dict[str, object] = {"kind": "figure", "of": figure.kind.value, "alt": figure.alt}
    told |= {"caption": figure.caption, "credit": figure.credit, **_spans(figure.spans)}
    if (picture := figure.picture) is None:
        return {**told, "href": figure.href}
    size = {"width": picture.width, "height": picture.height, "bytes": picture.length}
    return {**told, "file": path_of(picture), "type": picture.media_type, **size, "sha256": picture.digest}


def _spans(spans: Sequence[Span]) -> dict[str, object]:
    """Return what is marked up in a text: element, first character, character after the last, address of a link."""
    if not spans:
        return {}
    told = [{"element": s.kind.value, "start": s.start, "end": s.end, "href": s.href} for s in spans]
    return {"spans": [{name: value for name, value in span.items() if value is not None} for span in told]}


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
