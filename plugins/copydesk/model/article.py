"""What is published: an article, its sections and their blocks, and where it came from."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from copydesk.model.ledger import Ledger
from copydesk.model.source import MediaKind, Picture, Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text, and what is marked up in it."""

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The block's text as lines, as it stood in the seed."""
        return (self.text,)


@dataclass(frozen=True, slots=True)
class Quote:
    """A block quotation; `lines` as in the seed (with their marks), `text` without marks.

    Where the seed tells, the lines of `text` end with a line end, its paragraphs with two.
    """

    text: str
    lines: tuple[str, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; `items` without their marks, `lines` as in the seed, `spans` those of each item where any has some.

    Lines of one item end with a line end. `start` is the number of the first item of an ordered one.
    """

    items: tuple[str, ...]
    ordered: bool
    lines: tuple[str, ...]
    spans: tuple[tuple[Span, ...], ...] = ()
    start: int = 1

    def marked_items(self) -> Iterator[tuple[str, tuple[Span, ...]]]:
        """Yield each item with its spans."""
        return zip(self.items, self.spans or ((),) * len(self.items), strict=True)


@dataclass(frozen=True, slots=True)
class Note:
    """What the desk says about the article: a correction, an editor's note, "this story was updated"."""

    text: str
    spans: tuple[Span, ...] = ()

    @property
    def lines(self) -> tuple[str, ...]:
        """The note as one line."""
        return (self.text,)


@dataclass(frozen=True, slots=True)
class Table:
    """A table: rows of as many cells each; `head` tells whether the first row names the columns.

    `spans` are those of each cell, row by row, where any has some.
    """

    rows: tuple[tuple[str, ...], ...]
    head: bool
    spans: tuple[tuple[tuple[Span, ...], ...], ...] = ()

    def marked_rows(self) -> Iterator[list[tuple[str, tuple[Span, ...]]]]:
        """Yield each row's cells with their spans."""
        for number, row in enumerate(self.rows):
            yield list(zip(row, self.spans[number] if self.spans else ((),) * len(row), strict=True))

    @property
    def text(self) -> str:
        """The table as running text."""
        return "\n".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for each row."""
        return tuple(" | ".join(row).strip() for row in self.rows)


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with what is said about it; without a file, a link to where the picture or embed can be seen.

    `alt` is what it shows, in words. `lines` are those of caption and credit, as they stood in the seed; of a picture
    that is elsewhere only those that are the article's without it.
    """

    picture: Picture | None
    alt: str
    caption: str
    credit: str
    lines: tuple[str, ...]
    spans: tuple[Span, ...] = ()
    href: str | None = None
    kind: MediaKind = MediaKind.PICTURE

    @property
    def text(self) -> str:
        """Caption and credit as running text."""
        return " ".join(filter(None, (self.caption, self.credit)))


@dataclass(frozen=True, slots=True)
class Code:
    """Lines of code, or of anything whose blanks and line ends matter, as they stood in the page."""

    text: str

    @property
    def lines(self) -> tuple[str, ...]:
        """Each line by itself."""
        return tuple(self.text.split("\n"))


TextBlock = Paragraph | Quote | ItemList | Note | Table | Code
BodyBlock = TextBlock | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of the body under one section head; the first has none where the text starts without one.

    `fragment` is the anchor in the page (no `#`), None where there is no heading. `level` counts as in HTML: 2 is the
    first below the headline.
    """

    heading: str | None
    fragment: str | None
    blocks: tuple[BodyBlock, ...]
    level: int = 2


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where an article's text came from; `headline_found` is the headline that an editor has changed."""

    seed: str
    sha256: str
    form: str
    encoding: str
    url: str | None
    headline_from: str
    kept: int
    dropped: int
    doubtful: int
    notes: tuple[str, ...] = ()
    headline_found: str = ""


class Status(StrEnum):
    """Where the editor wants an article: in listings and feeds, at its address alone, or taken back."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


class Canonical(StrEnum):
    """Which page search engines shall take for a text's original: its own, the one it was scraped from, or none."""

    SELF = "self"
    ORIGINAL = "original"
    NOINDEX = "noindex"


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. What the seed does not tell is None or empty, never invented.

    `id` is a `urn:uuid:` made from the seed's URL or bytes. `published` and `updated` are days or moments with a zone.
    `section_name` is the part of the paper ("World"), None where only the seed's folder may tell it. `topics` are what
    its publisher listed it under, `tags` what the editor does. `warnings` are for the editor: an override that matches
    nothing any more, text that had to be mended.
    """

    id: str
    headline: str | None
    title: str
    dek: str | None
    authors: tuple[str, ...]
    published: date | datetime | None
    sections: tuple[Section, ...]
    ledger: Ledger
    provenance: Provenance
    updated: date | datetime | None = None
    language: str | None = None
    direction: str = "ltr"
    summary: str = ""
    keywords: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    word_count: int = 0
    reading_minutes: int = 1
    section_name: str | None = None
    status: Status = Status.PUBLISHED
    canonical: Canonical | None = None
    was: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()

    def body(self) -> Iterator[BodyBlock]:
        """Yield the body's blocks in order, section heads left out."""
        for section in self.sections:
            yield from section.blocks

    @property
    def title_found(self) -> str:
        """The title that the seed gives, whatever an editor has made of it: scrapes of one story have it in common."""
        return self.provenance.headline_found or self.title

    @property
    def figures(self) -> tuple[Figure, ...]:
        """The body's pictures whose files are there, in order."""
        return tuple(block for block in self.body() if isinstance(block, Figure) and block.picture)

    @property
    def headings(self) -> tuple[Section, ...]:
        """The sections that have a heading, for a table of contents."""
        return tuple(s for s in self.sections if s.heading)
