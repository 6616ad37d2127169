"""Packs articles as texts for the store, and tells of each what a site has to know before it needs its text.

A packed article is JSON with its own checksum: what is damaged or of another form is none, and is never run as code.
Before it stands its text as HTML, which a site needs more often than the article.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime
from enum import Enum
from typing import Any, NamedTuple

from copydesk.cleaning.notes import is_correction
from copydesk.enrich.likeness import numbers_of, sketch_of
from copydesk.model import (
    Article,
    BodyBlock,
    Canonical,
    Code,
    Emphasis,
    Figure,
    ItemList,
    Ledger,
    MediaKind,
    Note,
    Paragraph,
    Picture,
    Provenance,
    Quote,
    Section,
    Source,
    Span,
    Status,
    Table,
)
from copydesk.render.html import body_html, feed_html
from copydesk.render.text import story_text

_KINDS: dict[str, type[Any]] = {
    "p": Paragraph,
    "q": Quote,
    "l": ItemList,
    "n": Note,
    "t": Table,
    "f": Figure,
    "c": Code,
}
_NAMES: dict[object, str] = {kind: name for name, kind in _KINDS.items()}
_ENUMS = {"status": Status, "canonical": Canonical}
_MOMENTS = ("published", "updated")
_FACTS = tuple(f.name for f in fields(Article) if f.name not in ("ledger", "sections", "provenance"))
_ORIGIN = tuple(field.name for field in fields(Provenance))
_LISTS = ("authors", "keywords", "tags", "topics", "was", "warnings")


@dataclass(frozen=True, slots=True)
class Abstract:
    """An article without its blocks (its sections are heads alone), and what a site has to know of them.

    `digest` is of the whole article; `story` is the same for two scrapes of one story: its headline and text.
    `sketch` and `numbers` tell texts that are nearly the same. `feed_bytes` is the size of the text in a feed;
    `corrections` are the notes on mistakes that were put right, `pictures` those that it shows, each with what it
    shows in words.
    """

    article: Article
    digest: str
    story: str
    sketch: str
    numbers: tuple[str, ...]
    feed_bytes: int
    corrections: tuple[str, ...]
    pictures: tuple[tuple[Picture, str], ...] = ()


class Texts(NamedTuple):
    """An article's text as HTML, for its page and for feeds."""

    page: str
    feed: str


class Packed(NamedTuple):
    """An article as the store keeps it, and its abstract."""

    data: bytes
    abstract: Abstract


def pack(article: Article) -> Packed:
    """Return an article as compressed JSON with its checksum, its ledger left out: the provenance has its counts."""
    record, feed = _text(_record(article)), feed_html(article)
    shows_pictures = any(figure.picture for figure in article.figures)  # their addresses are not the same on all pages
    texts = _text(None if shows_pictures else (body_html(article), feed))
    return Packed(zlib.compress(_checked(b"\n".join((texts, record))), 1), _abstract(article, record, feed))


def unpack(packed: bytes) -> Article | None:
    """Return the article, None where it is damaged or of another form."""
    try:
        return _article(json.loads(_unchecked(zlib.decompress(packed)).partition("\n")[2]))
    except (zlib.error, UnicodeError, ValueError, TypeError, KeyError):
        return None


def texts_of(packed: bytes) -> Texts | None:
    """Return the text of a packed article; None where it shows pictures, is damaged or of another form."""
    try:
        return Texts(*json.loads(_unchecked(zlib.decompress(packed)).partition("\n")[0]))
    except (zlib.error, UnicodeError, ValueError, TypeError):
        return None


def abstract_of(article: Article) -> Abstract:
    """Return the abstract of an article."""
    return _abstract(article, _text(_record(article)), feed_html(article))


def _abstract(article: Article, record: bytes, feed: str) -> Abstract:
    words = [" ".join(text.split()).casefold() for text in (article.title_found, story_text(article))]
    lines = [line for block in article.body() if not isinstance(block, Figure) for line in block.lines]
    heads = tuple(replace(section, blocks=()) for section in article.sections if section.heading)
    return Abstract(
        article=replace(article, sections=heads, ledger=_no_ledger(article.provenance)),
        digest=hashlib.sha256(record).hexdigest(),
        story=hashlib.sha256("\n".join(words).encode("utf-8", "surrogatepass")).hexdigest(),
        sketch=sketch_of(lines),
        numbers=numbers_of(lines),
        feed_bytes=len(feed.encode()),
        corrections=tuple(b.text for b in article.body() if isinstance(b, Note) and is_correction(b.text)),
        pictures=tuple((figure.picture, figure.alt or figure.caption) for figure in article.figures if figure.picture),
    )


def pack_abstract(abstract: Abstract) -> list[Any]:
    """Return an abstract as a value that JSON can hold."""
    told = (
        abstract.digest,
        abstract.story,
        abstract.sketch,
        abstract.numbers,
        abstract.feed_bytes,
        abstract.corrections,
        [[_packed_picture(picture), alt] for picture, alt in abstract.pictures],
    )
    return [_record(abstract.article), *told]


def unpack_abstract(value: list[Any]) -> Abstract:
    """Return the abstract. Raises TypeError, KeyError or ValueError where the value holds none."""
    record, digest, story, sketch, numbers, feed_bytes, corrections, pictures = value
    shown = tuple((Picture(*picture), str(alt)) for picture, alt in pictures)
    return Abstract(_article(record), digest, story, sketch, tuple(numbers), feed_bytes, tuple(corrections), shown)


def pack_value(value: object) -> bytes:
    """Return a value that JSON can hold as a text with its checksum."""
    return _checked(_text(value))


def unpack_value(packed: bytes) -> Any:
    """Return the value. Raises ValueError where it is damaged."""
    return json.loads(_unchecked(packed))


def _text(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")


def _checked(text: bytes) -> bytes:
    return hashlib.sha256(text).digest() + text


def _unchecked(whole: bytes) -> str:
    text = whole[32:]
    if hashlib.sha256(text).digest() != whole[:32]:
        raise ValueError("damaged")
    return text.decode("utf-8", "surrogatepass")


def _record(article: Article) -> dict[str, Any]:
    record = {name: _plain(getattr(article, name)) for name in _FACTS}
    record["sections"] = [
        [section.heading, section.fragment, section.level, [_packed_block(block) for block in section.blocks]]
        for section in article.sections
    ]
    record["provenance"] = {name: getattr(article.provenance, name) for name in _ORIGIN}
    return record


def _plain(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return value.value if isinstance(value, Enum) else value


def _packed_block(block: BodyBlock) -> list[object]:
    values = [_packed_value(name, getattr(block, name)) for name in block.__slots__]
    return [_NAMES[type(block)], *values]


def _packed_value(name: str, value: Any) -> object:
    if isinstance(value, Picture):
        return _packed_picture(value)
    return _packed_spans(value) if name == "spans" else value


def _packed_picture(picture: Picture) -> list[object]:
    return [getattr(picture, name) for name in picture.__slots__]


def _packed_spans(spans: Sequence[Any]) -> list[Any]:
    """Return spans, or the spans of each item of a list, as lists."""
    return [
        [span.start, span.end, span.kind.value, span.href] if isinstance(span, Span) else _packed_spans(span)
        for span in spans
    ]


def _article(record: dict[str, Any]) -> Article:
    """Return the article that a record tells of. Raises TypeError, KeyError or ValueError where it tells of none."""
    record = {**record}  # it may be asked for again
    sections = tuple(
        Section(heading, fragment, tuple(_blocks(blocks)) if blocks else (), level)
        for heading, fragment, level, blocks in record.pop("sections")
    )
    told = record.pop("provenance")
    provenance = Provenance(**{**told, "notes": tuple(told["notes"])})
    for name in _MOMENTS:
        record[name] = _moment(record[name])
    for name in _LISTS:
        record[name] = tuple(record[name])
    for name, kind in _ENUMS.items():
        record[name] = None if record[name] is None else kind(record[name])
    return Article(sections=sections, provenance=provenance, ledger=_no_ledger(provenance), **record)


def _no_ledger(told: Provenance) -> Ledger:
    return Ledger(Source(told.seed, told.sha256, told.form, told.encoding, (), (), told.notes), ())


def _blocks(blocks: Iterable[list[Any]]) -> Iterator[BodyBlock]:
    for name, *told in blocks:
        kind = _KINDS[name]
        values = dict(zip(kind.__slots__, told, strict=True))
        if "spans" in values:
            values["spans"] = _spans(values["spans"])
        if kind is Figure:
            values["picture"] = Picture(*values["picture"]) if values["picture"] else None
            values["kind"] = MediaKind(values["kind"])
        if kind is Table:
            values["rows"] = [tuple(row) for row in values["rows"]]
        yield kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in values.items()})


def _spans(spans: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(
        Span(span[0], span[1], Emphasis(span[2]), span[3]) if span and isinstance(span[0], int) else _spans(span)
        for span in spans
    )


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return date.fromisoformat(text) if len(text) == len("2026-01-31") else datetime.fromisoformat(text)
