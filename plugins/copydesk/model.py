"""The values that flow through the pipeline; all frozen, a stage returns a new one.

Source (what was read) -> labelled blocks (what is kept, and why) -> Article (what is published).
Lines are counted from 1, as editors do. Text is plain text everywhere in this module: nothing is escaped yet.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple


class Role(StrEnum):
    """What a line is in its article, or that it is none of it."""

    BLANK = "blank"
    FURNITURE = "furniture"
    HEADLINE = "headline"
    DEK = "dek"
    BYLINE = "byline"
    DATELINE = "dateline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list item"
    CAPTION = "caption"
    FIGURE = "figure"
    NOTE = "note"


class Status(StrEnum):
    """Where the editor wants an article: in listings and feeds, at its address alone, or taken back."""

    PUBLISHED = "published"
    HIDDEN = "hidden"
    WITHDRAWN = "withdrawn"


SECTION_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""Elements that are section heads; h1 is the page's title."""


@dataclass(frozen=True, slots=True)
class Markup:
    """How a web page marks a block up.

    `element` is the block element that holds the text; `landmarks` are the telling elements around it (`aside`, `nav`),
    `hints` what the names of the elements around it hint at (`related`, `advert`), `own` what its own element's do.
    `linked` is the share of its letters that are in links, `containers` the numbers of the elements around it, the
    nearest first, `depth` how many there are.
    """

    element: str
    landmarks: frozenset[str]
    hints: frozenset[str]
    own: frozenset[str]
    linked: float
    containers: tuple[int, ...]
    depth: int


class Emphasis(StrEnum):
    """What a stretch of a text is marked up as; the values are HTML's elements for it."""

    LINK = "a"
    STRONG = "strong"
    EMPHASIS = "em"
    CODE = "code"
    SUBSCRIPT = "sub"
    SUPERSCRIPT = "sup"
    DELETED = "del"


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of a text, from the character `start` to before `end`; `href` is where a link leads."""

    start: int
    end: int
    kind: Emphasis
    href: str | None = None

    def moved(self, by: int) -> Span:
        """Return the span of the same text after `by` characters more stand before it."""
        return Span(max(0, self.start + by), max(0, self.end + by), self.kind, self.href)


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of input lines that is judged as one: nearly always one line, several where a dump is hard-wrapped.

    `text` is the lines' text without white space at its ends, wrapped lines joined by one space. `markup` is None where
    the seed has none; `spans` are the stretches of the text that it marks up. `code` is the text with its own line ends
    and blanks, where the page marks all of it up as code.
    """

    text: str
    first: int
    last: int
    markup: Markup | None = None
    spans: tuple[Span, ...] = ()
    code: str | None = None

    @property
    def is_title(self) -> bool:
        """Whether the page marks the block up as its title (h1)."""
        return self.markup is not None and self.markup.element == "h1"

    @property
    def is_heading(self) -> bool:
        """Whether the page marks the block up as a section head (h2 to h6)."""
        return self.markup is not None and self.markup.element in SECTION_HEADS


class MediaKind(StrEnum):
    """What a page shows beside its text: a picture, or something of another site (a video, a post, a map)."""

    PICTURE = "picture"
    EMBED = "embed"


class Lines(NamedTuple):
    """Lines of a seed from `first` to `last`; none where `last` is smaller."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Media:
    """A picture or an embed as a page has it, with what its surroundings tell; the page's lines know nothing of it.

    `place` is the number of lines before it. `addresses` are where its file may be found, the best first, of an embed
    where it can be seen. `words` are its alternative text or title, `width` and `height` what the page says of its
    size in pixels (0: nothing), `link` is where a click on it leads. `hints` and `landmarks` are as a block's,
    `names` the words of its own names. `figure` and `caption` are the lines of its figure and figcaption, `around`
    those of the elements around it, the nearest first.
    """

    kind: MediaKind
    place: int
    addresses: tuple[str, ...]
    words: str = ""
    width: int = 0
    height: int = 0
    link: str = ""
    hints: frozenset[str] = frozenset()
    landmarks: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    figure: Lines | None = None
    caption: Lines | None = None
    around: tuple[Lines, ...] = ()

    @property
    def name(self) -> str:
        """What people call it: the name of its file, of an embed its address, else its words."""
        for address in self.addresses:
            if self.kind is MediaKind.EMBED:
                return address
            if not address.startswith("data:"):
                path = address.partition("?")[0].partition("#")[0].rstrip("/")
                return path.rpartition("/")[2] or address
        return self.words or self.kind.value


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture's file as a site publishes it: `digest` is the SHA-256 of its bytes, sizes are in pixels and bytes."""

    digest: str
    media_type: str
    width: int
    height: int
    length: int


@dataclass(frozen=True, slots=True)
class Declared:
    """What a page declares about itself in its markup, None or empty where it declares nothing that can be true.

    `headlines` are all that it calls its headline, the surest first, as often as it says so; `headline` is the first.
    `publishers` are authors that are no people. `credits` and `days` are texts, unread, that the head or the markup
    near the headline calls the author's or a time's, in their order; `days_above` are all times above the
    headline. `is_list` tells that the page calls itself a list of others, and no article.
    """

    headline: str | None = None
    authors: tuple[str, ...] = ()
    published: date | datetime | None = None
    updated: date | datetime | None = None
    language: str | None = None
    section: str | None = None
    publishers: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    days: tuple[str, ...] = ()
    headlines: tuple[str, ...] = ()
    days_above: tuple[str, ...] = ()
    is_list: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """A seed as intake read it: `lines` hold every input line, `blocks` all lines that have text, in order.

    `name` is the path below the seeds folder with `/` between its parts (`-` for standard input), `sha256` that of the
    bytes, `form` the kind of file ("text", "html"), `notes` what intake had to mend, in words. `url` is where the seed
    says that it was scraped from. `media` are the page's pictures and embeds, `files` those pictures that the seed
    itself holds, by address.
    """

    name: str
    sha256: str
    form: str
    encoding: str
    lines: tuple[str, ...]
    blocks: tuple[Block, ...]
    notes: tuple[str, ...] = ()
    url: str | None = None
    declared: Declared = Declared()
    media: tuple[Media, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict, repr=False)

    @property
    def has_markup(self) -> bool:
        """Whether its blocks are marked up, as a web page's are."""
        return bool(self.blocks) and self.blocks[0].markup is not None


@dataclass(frozen=True, slots=True)
class Label:
    """The verdict on a block: keep or drop, as what, by which reason, and how sure.

    `reason` is a stable name: `rule:ID`, `evidence:NAME`, `structure:NAME` or `override`. `why` says it in words.
    `confidence` runs from 0.5 (a coin's toss) to 1. `heading` is the probability that a kept line is a section head,
    None where nobody has judged that.
    """

    keep: bool
    role: Role
    reason: str
    why: str
    confidence: float = 1.0
    heading: float | None = None


@dataclass(frozen=True, slots=True)
class LabelledBlock:
    """A block and its verdict."""

    block: Block
    label: Label


@dataclass(frozen=True, slots=True)
class LabelledMedia:
    """A picture or an embed and its verdict; `caption` are the lines that belong to it, `picture` its file.

    `href` is where it can be seen instead, if its file is not here.
    """

    media: Media
    label: Label
    caption: tuple[int, ...] = ()
    picture: Picture | None = None
    href: str | None = None


BLANK_LINE = Label(True, Role.BLANK, "structure:blank", "blank line")


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One input line in the ledger."""

    number: int
    text: str
    label: Label


DOUBT = 0.75
"""Verdicts less sure than this are listed as doubtful."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """Every input line of a seed exactly once, kept or dropped, with the reason; so are its pictures and embeds."""

    source: Source
    labelled: tuple[LabelledBlock, ...]
    media: tuple[LabelledMedia, ...] = ()

    def lines(self) -> Iterator[LedgerLine]:
        """Yield all input lines in order; lines without text are kept as blank."""
        labels = {n: lb.label for lb in self.labelled for n in range(lb.block.first, lb.block.last + 1)}
        for number, text in enumerate(self.source.lines, start=1):
            yield LedgerLine(number, text, labels.get(number, BLANK_LINE))

    def with_text(self) -> list[LedgerLine]:
        """Return the input lines that have text."""
        return [line for line in self.lines() if line.label.role is not Role.BLANK]

    @property
    def kept(self) -> int:
        """Number of lines with text that are kept."""
        return sum(line.label.keep for line in self.with_text())

    @property
    def dropped(self) -> int:
        """Number of lines with text that are dropped."""
        return sum(not line.label.keep for line in self.with_text())

    @property
    def doubtful(self) -> int:
        """Number of lines with text whose verdict is less sure than `DOUBT`."""
        return sum(line.label.confidence < DOUBT for line in self.with_text())


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
    """A block quotation; `lines` as in the seed (with their marks), `text` without marks."""

    text: str
    lines: tuple[str, ...]
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class ItemList:
    """A list; `items` without their marks, `lines` as in the seed, `spans` those of each item where any has some."""

    items: tuple[str, ...]
    ordered: bool
    lines: tuple[str, ...]
    spans: tuple[tuple[Span, ...], ...] = ()

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
    """A table: rows of as many cells each; `head` tells whether the first row names the columns."""

    rows: tuple[tuple[str, ...], ...]
    head: bool

    @property
    def text(self) -> str:
        """The table as running text."""
        return "\n".join(self.lines)

    @property
    def lines(self) -> tuple[str, ...]:
        """A line for each row."""
        return tuple(" | ".join(row) for row in self.rows)


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
    """Where an article's text came from."""

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


class Canonical(StrEnum):
    """Which page search engines shall take for a text's original: its own, the one it was scraped from, or none."""

    SELF = "self"
    ORIGINAL = "original"
    NOINDEX = "noindex"


@dataclass(frozen=True, slots=True)
class Article:
    """A cleaned article. What the seed does not tell is None or empty, never invented.

    `id` is a `urn:uuid:` made from the seed's URL or bytes. `published` and `updated` are days or moments with a zone.
    `section_name` is the part of the paper ("World"), None where only the seed's folder may tell it. `warnings` are for
    the editor: an override that matches nothing any more, text that had to be mended.
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
    def figures(self) -> tuple[Figure, ...]:
        """The body's pictures whose files are there, in order."""
        return tuple(block for block in self.body() if isinstance(block, Figure) and block.picture)

    @property
    def headings(self) -> tuple[Section, ...]:
        """The sections that have a heading, for a table of contents."""
        return tuple(s for s in self.sections if s.heading)


@dataclass(frozen=True, slots=True)
class LineOverride:
    """An editor's word on one line; it matches by number and text where both are given, else by the one given.

    With `picture` it is about the picture or embed of that name or address instead.
    """

    keep: bool
    line: int | None = None
    text: str | None = None
    role: Role | None = None
    picture: str | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """All that an editor corrects of one seed; None leaves what was found. `where` is the file it was read from.

    `was` are slugs that the article had before: links to them lead on.
    """

    where: str
    lines: tuple[LineOverride, ...] = ()
    headline: str | None = None
    dek: str | None = None
    authors: tuple[str, ...] | None = None
    published: date | datetime | None = None
    section: str | None = None
    tags: tuple[str, ...] | None = None
    language: str | None = None
    updated: date | datetime | None = None
    status: Status | None = None
    canonical: Canonical | None = None
    was: tuple[str, ...] = ()
