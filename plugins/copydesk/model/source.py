"""What was read of a seed: its lines and blocks, how they are marked up, its pictures, and what it says of itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

SECTION_HEADS = frozenset({"h2", "h3", "h4", "h5", "h6"})
"""Elements that are section heads; h1 is the page's title."""


OF_OTHERS = frozenset(("nav", "navigation", "related", "comments"))
"""Telling elements and hints of a page around what is not the article's."""


class Markup(NamedTuple):
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

    @property
    def is_of_others(self) -> bool:
        """Whether names and days in it are those of other articles, or of readers."""
        return not (OF_OTHERS.isdisjoint(self.landmarks) and OF_OTHERS.isdisjoint(self.hints))


class Emphasis(StrEnum):
    """What a stretch of a text is marked up as; the values are HTML's elements for it."""

    LINK = "a"
    STRONG = "strong"
    EMPHASIS = "em"
    CODE = "code"
    SUBSCRIPT = "sub"
    SUPERSCRIPT = "sup"
    DELETED = "del"


class Span(NamedTuple):
    """A stretch of a text, from the character `start` to before `end`; `href` is where a link leads."""

    start: int
    end: int
    kind: Emphasis
    href: str | None = None

    def moved(self, by: int) -> Span:
        """Return the span of the same text after `by` characters more stand before it."""
        return Span(max(0, self.start + by), max(0, self.end + by), self.kind, self.href)


class Cell(NamedTuple):
    """Where a cell stands in a page: the number of its table, its row and column, and whether it names others (th)."""

    table: int
    row: int
    column: int
    is_head: bool


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of input lines that is judged as one: nearly always one line, several where a dump is hard-wrapped.

    `text` is the lines' text without white space at its ends, wrapped lines joined by one space. `markup` is None where
    the seed has none; `spans` are the stretches of the text that it marks up. `code` is the text with its own line ends
    and blanks, where the page marks all of it up as code. `cell` is the cell of a table that holds it,
    `holder` the number of the list item or quotation of which its mark tells.
    """

    text: str
    first: int
    last: int
    markup: Markup | None = None
    spans: tuple[Span, ...] = ()
    code: str | None = None
    cell: Cell | None = None
    holder: int | None = None

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
    near the headline calls the author's or a time's, in their order; `days_above` are all times above the headline.
    `topics` are what the publisher listed it under, `dek` is what it put below the headline. `is_list` tells that the
    page calls itself a list of others, and no article, `is_article` that it calls itself one.
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
    topics: tuple[str, ...] = ()
    dek: str | None = None
    is_list: bool = False
    is_article: bool = False

    @property
    def tells_credits(self) -> bool:
        """Whether it tells who wrote the article, when it was published and when it was changed."""
        return bool(self.authors and self.published and self.updated)


@dataclass(frozen=True, slots=True)
class Source:
    """A seed as intake read it: `lines` hold every input line, `blocks` all lines that have text, in order.

    `name` is the path below the seeds folder with `/` between its parts (`-` for standard input), `sha256` that of the
    bytes, `form` the kind of file ("text", "html"), `notes` what intake had to mend, in words. `url` is where the seed
    says that it was scraped from. `media` are the page's pictures and embeds, `files` those pictures that the seed
    itself holds, by address. `is_markdown` tells that its blocks are marked up, but by no page around them,
    `is_story` that whoever wrote the file knows it to hold a story and nothing else, `is_crawled` that a program took
    it with all other pages of a site.
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
    is_markdown: bool = False
    is_story: bool = False
    is_crawled: bool = False

    @property
    def is_page(self) -> bool:
        """Whether it is a web page: what stands around a line, and what its elements are called, tells of it."""
        return bool(self.blocks) and self.blocks[0].markup is not None and not self.is_markdown
